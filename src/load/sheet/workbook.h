/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sheets of a workbook are which tables, and in which order they are read. */
#ifndef CN_LOAD_WORKBOOK_H
#define CN_LOAD_WORKBOOK_H

#include "input.h"
#include "sheet_rows.h"

typedef struct cn__book_sheet {
    char *name;
    char *part;  /* where it lies in the file; NULL: where its name tells */
    char *label; /* "book.xlsx[Поставки]"; lives as long as the load */
    bool hidden;
    const cn__section *section; /* NULL: not told by its name */
} cn__book_sheet;

typedef struct cn__book {
    cn__assembly *assembly;
    const char *label;
    cn__book_sheet *sheets;
    size_t count, cap;
    /* Read a sheet into rows; stops early where the rows are not wanted any more. */
    cn_status (*read)(void *context, const cn__book_sheet *sheet, cn__sheet_rows *rows);
    void *context;
} cn__book;

/* Name and part are copied. */
cn_status cn__book_add(cn__book *book, const char *name, const char *part, bool hidden);
/* Read the sheets that are tables, or the one that was asked for. */
cn_status cn__book_read(cn__book *book);
void cn__book_release(cn__book *book);

#endif
