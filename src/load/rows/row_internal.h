/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the row reader share. */
#ifndef CN_LOAD_ROW_INTERNAL_H
#define CN_LOAD_ROW_INTERNAL_H

#include "row_reader.h"

#include "error.h"

static inline cn_status cn__row_no_memory(const cn__row_reader *t) { return CN__NO_MEMORY(t->load->err); }
static inline bool cn__row_failed(const cn__row_reader *t) {
    return t->names.failed || t->folded.failed || t->scratch.failed || t->above.failed || t->waiting.texts.failed;
}
static inline void cn__row_stand_on(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    t->cells = cells;
    t->cell_count = count;
    t->place = place;
}
/* Cells of the present row up to the last that is not empty. */
size_t cn__row_used(const cn__row_reader *t);
const cn__column *cn__row_free_column(const cn__section *section);

/* row_header.c: the present row as the header; `*good` false: it lacks columns (reported). */
cn_status cn__row_header_read(cn__row_reader *t, bool *good);
/* Without header: from, to and perhaps the value. */
cn_status cn__row_header_assume(cn__row_reader *t, bool *good);
/* Which column of the reader's section a text names; column CN__ROW_UNUSED: none. */
typedef struct cn__row_found {
    uint32_t column;
    int shift;
    size_t name;
    bool silent;        /* meant, but not to be read */
    const char *repeat; /* "from+quantity...": it and what follows; NULL: one column */
} cn__row_found;
cn__row_found cn__row_find(cn__row_reader *t, const char *text);
/* Report that a cell names no column. */
void cn__row_say_unknown(const cn__row_reader *t, const cn__row_cell *cell);

/* row_look.c: a row before the header is known. */
cn_status cn__row_look(cn__row_reader *t, bool *decided);
/* No more rows come: decide by what there is. */
cn_status cn__row_look_end(cn__row_reader *t);
void cn__row_waiting_release(cn__row_waiting *waiting);

/* row_record.c: the present row as records. */
cn_status cn__row_record(cn__row_reader *t);
cn_status cn__row_property(cn__row_reader *t);
/* row_matrix.c: do these rows, of which there is one at least, begin a matrix: the number of its head's rows, 0: no. And the present row as links. */
typedef struct cn__matrix_row {
    const cn__row_cell *cells;
    size_t count;
} cn__matrix_row;
size_t cn__row_is_matrix(cn__row_reader *t, const cn__matrix_row *rows, size_t count);
cn_status cn__row_matrix_header(cn__row_reader *t);
cn_status cn__row_matrix_record(cn__row_reader *t);

/* row_ends.c: the column with the INN of the end in `column`, or CN__ROW_UNUSED; and is it such a column? */
uint32_t cn__row_inn_column(const cn__section *section, uint32_t column);
bool cn__row_is_inn_of_end(const cn__column *column);
/* Ends of the draft that have an INN become the entities that bear it. */
cn_status cn__row_join_ends(cn__row_reader *t);

/* One cell that is not empty into the draft. */
cn_status cn__row_add_cell(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell);
cn_status cn__row_take_draft(cn__row_reader *t);
/* Column index of a member of a link; CN__ROW_UNUSED: the section has none. */
uint32_t cn__row_spec_column(const cn__section *section, cn__spec spec);

#endif
