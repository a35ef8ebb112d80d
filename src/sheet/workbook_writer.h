/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a workbook (.xlsx), sheet after sheet, row after row, in bounded memory. A failure is remembered and told by cn__workbook_close; until
 * then every call may be made. The same calls give the same bytes.
 */
#ifndef CN_SHEET_WORKBOOK_H
#define CN_SHEET_WORKBOOK_H

#include "coopnet/date.h"

typedef struct cn__workbook cn__workbook;

typedef enum cn__workbook_type {
    CN__WORKBOOK_TEXT,
    CN__WORKBOOK_NUMBER,
    CN__WORKBOOK_COUNT,
    CN__WORKBOOK_MONEY, /* shown with two decimals and grouped digits */
    CN__WORKBOOK_DATE,  /* whole days; a month or a year is written as text */
    CN__WORKBOOK_CODE,  /* text, also what a person types into the column: an INN keeps its zeros */
    CN__WORKBOOK_PLAIN  /* a number as it is */
} cn__workbook_type;

/* Written under another name beside `path`, which changes only when all is well. CN_ERR_IO, CN_ERR_MEMORY. */
cn_status cn__workbook_create(const char *path, cn__workbook **out, cn_error *err);

/* Begin a sheet; what a name may not hold is replaced, a long name cut, a second one of the same name numbered. */
void cn__workbook_sheet(cn__workbook *book, const char *name);
/* Columns of the sheet, before its first row; `width` in characters, 0: as wide as the title asks. The header row stays in view and filters. */
void cn__workbook_column(cn__workbook *book, const char *title, int width, cn__workbook_type type);
/*
 * In the column added last: the words that may stand there, as a drop-down (more than 255 characters of them: none), and what is meant by
 * it, shown with the header. Others are let in after a question.
 */
void cn__workbook_choices(cn__workbook *book, const char *const *words, size_t count);
void cn__workbook_note(cn__workbook *book, const char *text);

/* Cells from left to right; the last column ends the row. */
void cn__workbook_text(cn__workbook *book, const char *text); /* cut at 32,767 characters, as the format demands */
/* The same with a mark by which coopnet reads it as it is: "-" is no empty cell, blanks and line ends are kept. */
void cn__workbook_literal(cn__workbook *book, const char *text);
void cn__workbook_number(cn__workbook *book, double value); /* NaN: an empty cell */
void cn__workbook_money(cn__workbook *book, int64_t minor); /* INT64_MIN: an empty cell */
void cn__workbook_date(cn__workbook *book, cn_date date);   /* CN_DATE_NONE: an empty cell */

/*
 * Write the file and free the book. CN_ERR_IO, CN_ERR_MEMORY, CN_ERR_LIMIT (more rows or columns than a sheet holds); CN_ERR_CANCELLED when
 * the watch (may be NULL), asked before the file gets its name, says so.
 */
cn_status cn__workbook_close(cn__workbook *book, const cn_watch *watch, cn_error *err);
/* Free it without a trace. */
void cn__workbook_drop(cn__workbook *book);

#endif
