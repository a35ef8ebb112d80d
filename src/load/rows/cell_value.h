/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cells of people's tables mean: numbers, units, marks for no data, codes that a spreadsheet spoilt. */
#ifndef CN_LOAD_CELL_VALUE_H
#define CN_LOAD_CELL_VALUE_H

#include "coopnet/base.h"

/* "млн руб.", "in thousands of roubles", "руб.": *shift is the power of ten. False: no unit. */
bool cn__unit_parse(const char *text, size_t len, int *shift);
/* The length of a header's text without the unit behind it ("Сумма, млн руб."), or its whole length. */
size_t cn__unit_split(const char *header, size_t len, int *shift);

typedef enum cn__number_form {
    CN__NUMBER_PLAIN, /* digits, spaces or apostrophes between them, a decimal comma or point */
    CN__NUMBER_READ_AS, /* understood, but worth a remark: groups by points or commas, a unit or a percent sign behind it */
    CN__NUMBER_NOT
} cn__number_form;

/* A number as people write it, in the notation of JSON, times 10^shift. Appends to `out`; NOT: the text as it is. */
cn__number_form cn__number_read(const char *text, size_t len, bool decimal_comma, int shift, cn_buf *out);

/* Marks of no data: "-", "—", "н/д", "нет данных", "n/a", "#N/A" …; `typed`: of a column that takes no free text, also "NA". */
bool cn__is_no_data(const char *text, size_t len, bool typed);
/* Does a row that begins so hold totals? "Итого", "Всего по …", "Total". */
bool cn__is_total(const char *text);

/* An INN of 9 or 11 digits that is valid with a zero before it. */
bool cn__inn_restore(const char *text, size_t len, char out[16]);
/* "7,70708E+09": a long number that a spreadsheet shortened. */
bool cn__is_shortened(const char *text, size_t len);

typedef enum cn__code_fate { CN__CODE_FINE, CN__CODE_RESTORED, CN__CODE_LOST } cn__code_fate;
/* How a spreadsheet shows a date cell. */
typedef enum cn__date_look { CN__LOOK_TEXT, CN__LOOK_DATE, CN__LOOK_DAY, CN__LOOK_MONTH } cn__date_look;
/* A product code that became a date: as text as a spreadsheet shows it, or a date cell. */
cn__code_fate cn__code_restore(const char *text, cn__date_look look, char out[16]);

#endif
