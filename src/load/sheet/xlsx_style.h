/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which numbers of an Excel workbook are shown as dates, and what day they are. */
#ifndef CN_LOAD_XLSX_STYLE_H
#define CN_LOAD_XLSX_STYLE_H

#include "row_reader.h"
#include "zip_archive.h"

typedef struct cn__xlsx_styles {
    uint8_t *kinds; /* cn__cell_kind of each cell style */
    size_t count, cap;
    struct cn__xlsx_form {
        unsigned id;
        cn__cell_kind kind;
    } * forms; /* of numbers, those that the file defines */
    size_t form_count, form_cap;
    bool in_cells; /* reading the styles of cells */
    bool failed;
} cn__xlsx_styles;

cn_status cn__xlsx_styles_read(cn__xlsx_styles *styles, cn__load *load, const char *label, cn__zip *zip);
/* NUMBER, DATE, DAY or MONTH; LITERAL of texts that our writer marked. */
cn__cell_kind cn__xlsx_style_kind(const cn__xlsx_styles *styles, unsigned style);
void cn__xlsx_styles_release(cn__xlsx_styles *styles);

/* What a number format shows: "dd.mm.yyyy" is a date, "d\-mmm" a day, "#,##0.00" a number. */
cn__cell_kind cn__xlsx_form_kind(const char *code);
/* Day of a serial number as 2016-07-01. False: it is none. */
bool cn__xlsx_date(double serial, bool from_1904, char out[64]);
/* A number in the notation of JSON, with at most 15 digits that count. */
void cn__xlsx_number(const char *text, double value, char out[64]);

#endif
