/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding the header. As a rule it is the first row, and nothing waits. Where the first row is none, up to LOOK_ROWS rows wait: titles
 * may stand above the header, the table may be a matrix, or it may have no header at all. Of a lone table the header also
 * tells what it is a table of. Memory is that of the rows that wait, at most LOOK_BYTES and one row.
 */
#include "row_internal.h"
#include "utf8.h"

#include <string.h>

enum { LOOK_ROWS = 20, LOOK_BYTES = 4 << 20, GUESS_CELLS = 200 };

void cn__row_waiting_release(cn__row_waiting *waiting) {
    cn_buf_release(&waiting->texts);
    cn__free(waiting->cells);
    cn__free(waiting->rows);
    memset(waiting, 0, sizeof *waiting);
}

/* ---- which section, and is it a header ---- */

/* How many cells of the present row name columns of a section; *complete: no required one is missing. */
static size_t names_in(cn__row_reader *t, const cn__section *section, bool *complete) {
    const cn__section *own = t->section;
    uint64_t seen = 0;
    size_t count = 0;
    bool gephi[2] = {false, false};
    t->section = section;
    for (size_t i = 0; i < t->cell_count && !cn__row_failed(t); i++) {
        cn__row_found found = cn__row_find(t, t->cells[i].text);
        count += found.column != CN__ROW_UNUSED || found.repeat != NULL;
        seen |= found.column < 64 ? UINT64_C(1) << found.column : 0;
        for (size_t c = 0; found.repeat && c < section->column_count && c < 64; c++) {
            const char *at = strstr(found.repeat, section->columns[c].key);
            seen |= at && (at == found.repeat || at[-1] == '+') ? UINT64_C(1) << c : 0;
        }
        t->folded.len = 0;
        cn__utf8_fold(&t->folded, t->cells[i].text);
        const char *folded = t->folded.data ? t->folded.data : "";
        gephi[0] = gephi[0] || strcmp(folded, "source") == 0;
        gephi[1] = gephi[1] || strcmp(folded, "target") == 0;
    }
    *complete = true;
    for (size_t i = 0; i < section->column_count; i++) {
        const cn__column *column = &section->columns[i];
        bool kind = column->to == CN__TO_SPEC && column->index == CN__SPEC_KIND;
        bool needed = (column->flags & CN__REQUIRED) && !(column->flags & CN__JSON_ONLY) && !kind;
        uint32_t inn = cn__row_inn_column(section, (uint32_t)i);
        bool there = (seen >> i & 1u) || (inn < 64 && (seen >> inn & 1u));
        *complete = *complete && (!needed || there);
    }
    *complete = *complete || (section->shape == CN__SHAPE_LINK && gephi[0] && gephi[1]);
    t->section = own;
    return count;
}

/* The table that --map names for one of the cells, or NULL. */
static const cn__section *mapped_section(cn__row_reader *t) {
    for (size_t i = 0; i < t->cell_count && t->load->map.count; i++) {
        size_t len = 0;
        t->folded.len = 0;
        cn__utf8_fold(&t->folded, t->cells[i].text);
        const char *table = t->folded.data ? cn__column_map_table(&t->load->map, t->folded.data, &len) : NULL;
        if (table) {
            return cn__section_find_table(table, len);
        }
    }
    return NULL;
}

/* What a lone table is a table of, by the present row: links before children before entities; NULL: it is no complete header. */
static const cn__section *guess_section(cn__row_reader *t) {
    bool complete = false;
    const cn__section *named = mapped_section(t);
    const cn__section *best = NULL;
    size_t most = 1;
    (void)names_in(t, named ? named : t->section, &complete);
    if (complete || t->cell_count > GUESS_CELLS) {
        return !complete ? NULL : named ? named : t->section;
    }
    for (int id = 0; id < CN__SECTION_COUNT && !named; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        bool child = section->shape == CN__SHAPE_CHILD_LINK;
        bool entity = section->shape == CN__SHAPE_ENTITY;
        size_t count = child || entity ? names_in(t, section, &complete) : 0;
        bool over_entity = child && best && best->shape == CN__SHAPE_ENTITY && count > 1;
        bool over_like = count > most && (child || !best || best->shape == CN__SHAPE_ENTITY);
        if (complete && (over_entity || over_like)) {
            best = section;
            most = count;
        }
    }
    return best;
}

/* Is the present row the header for certain? Of a lone table this also settles the section. */
static bool is_complete_header(cn__row_reader *t) {
    bool complete = false;
    if (!t->lone) {
        (void)names_in(t, t->section, &complete);
        return complete;
    }
    const cn__section *section = guess_section(t);
    if (section && section != t->section) {
        t->section = section;
        CN__REPORT1(t->load, t->label, t->place, TABLE_GUESSED, section->table);
    }
    return section != NULL;
}

/* ---- rows that wait ---- */

static cn_status wait_row(cn__row_reader *t) {
    cn__row_waiting *w = &t->waiting;
    size_t count = cn__row_used(t);
    if (!cn__grow((void **)&w->rows, &w->row_cap, w->row_count, 1, sizeof *w->rows) ||
        !cn__grow((void **)&w->cells, &w->cell_cap, w->cell_count, count, sizeof *w->cells)) {
        return cn__row_no_memory(t);
    }
    w->rows[w->row_count++] = (struct cn__waiting_row){w->cell_count, count, t->place};
    for (size_t i = 0; i < count; i++) {
        const cn__row_cell *cell = &t->cells[i];
        w->cells[w->cell_count++] = (struct cn__waiting_cell){w->texts.len, cell->len, cell->kind, cell->place};
        cn_buf_add(&w->texts, cell->text, cell->len + 1);
    }
    return w->texts.failed ? cn__row_no_memory(t) : CN_OK;
}

/* All waiting cells as cells of rows. NULL: memory. */
static cn__row_cell *waiting_cells(const cn__row_waiting *w) {
    cn__row_cell *cells = cn__alloc(w->cell_count, sizeof *cells);
    for (size_t i = 0; cells && i < w->cell_count; i++) {
        const struct cn__waiting_cell *cell = &w->cells[i];
        cells[i] = (cn__row_cell){w->texts.data + cell->text, cell->len, cell->kind, cell->place};
    }
    return cells;
}

/* ---- deciding ---- */

typedef enum verdict { HEADER, MATRIX, NONE } verdict;

static void stand_on_waiting(cn__row_reader *t, const cn__row_cell *cells, size_t row) {
    const struct cn__waiting_row *w = &t->waiting.rows[row];
    cn__row_stand_on(t, cells + w->first, w->count, w->place);
}

/* The first of the waiting rows that is the head of a matrix; *head: how many rows it has, 0: none. */
static size_t find_matrix(cn__row_reader *t, const cn__row_cell *cells, size_t *head) {
    const cn__row_waiting *w = &t->waiting;
    cn__matrix_row rows[LOOK_ROWS];
    size_t count = w->row_count < LOOK_ROWS ? w->row_count : LOOK_ROWS;
    for (size_t row = 0; row < count; row++) {
        rows[row] = (cn__matrix_row){cells + w->rows[row].first, w->rows[row].count};
    }
    *head = 0;
    for (size_t row = 0; row + 1 < count; row++) {
        *head = cn__row_is_matrix(t, rows + row, count - row);
        if (*head) {
            return row;
        }
    }
    return 0;
}

/* What the waiting rows are, the first row that is not a title, and how many rows the header has. */
static verdict judge(cn__row_reader *t, const cn__row_cell *cells, size_t *first, size_t *head) {
    const cn__row_waiting *w = &t->waiting;
    bool complete;
    *first = 0;
    *head = 1;
    for (size_t row = 0; row < w->row_count; row++) {
        stand_on_waiting(t, cells, row);
        size_t count = names_in(t, t->section, &complete);
        if (count > (row > 0)) {
            *first = row;
            return HEADER;
        }
    }
    size_t rows = 0;
    size_t row = t->lone ? find_matrix(t, cells, &rows) : 0;
    if (rows) {
        *first = row;
        *head = rows;
        return MATRIX;
    }
    *head = !t->lone;
    return t->lone ? NONE : HEADER;
}

static cn_status begin(cn__row_reader *t, verdict what) {
    bool good = true;
    t->begun = true;
    cn_status status = what == HEADER   ? cn__row_header_read(t, &good)
                       : what == MATRIX ? cn__row_matrix_header(t)
                                        : cn__row_header_assume(t, &good);
    t->refused = !good || status != CN_OK;
    return status;
}

/* The rows that waited, once it is clear what they are: `first` is the header, of `head` rows, or without one the first record. */
static cn_status replay(cn__row_reader *t, const cn__row_cell *cells, verdict what, size_t first, size_t head) {
    cn__digits digits;
    if (first > 0) {
        stand_on_waiting(t, cells, 0);
        CN__REPORT1(t->load, t->label, t->place, TITLES_SKIPPED, cn__digits_of(&digits, first));
    }
    stand_on_waiting(t, cells, first);
    cn_status status = begin(t, what);
    cn__place (*place_in)(void *, size_t, size_t) = t->place_in;
    t->place_in = NULL;
    if (head > 1) {
        CN__REPORT0(t->load, t->label, t->waiting.rows[first + 1].place, SECOND_HEADER);
    }
    for (size_t row = first + head; row < t->waiting.row_count && status == CN_OK; row++) {
        const struct cn__waiting_row *w = &t->waiting.rows[row];
        status = cn__row_reader_row(t, cells + w->first, w->count, w->place);
    }
    t->place_in = place_in;
    return status;
}

static cn_status decide(cn__row_reader *t, bool by_last) {
    size_t first = t->waiting.row_count - 1;
    size_t head = 1;
    verdict what = HEADER;
    cn__row_cell *cells = waiting_cells(&t->waiting);
    if (!cells) {
        return cn__row_no_memory(t);
    }
    if (!by_last) {
        what = judge(t, cells, &first, &head);
    }
    cn_status status = cn__row_failed(t) ? cn__row_no_memory(t) : replay(t, cells, what, first, head);
    cn__free(cells);
    cn__row_waiting_release(&t->waiting);
    return status;
}

cn_status cn__row_look(cn__row_reader *t, bool *decided) {
    bool header = is_complete_header(t);
    *decided = false;
    if (cn__row_failed(t)) {
        return cn__row_no_memory(t);
    }
    if (header && t->waiting.row_count == 0) {
        *decided = true;
        return begin(t, HEADER);
    }
    cn_status status = wait_row(t);
    *decided = header || t->waiting.row_count >= LOOK_ROWS || t->waiting.texts.len >= LOOK_BYTES;
    return status == CN_OK && *decided ? decide(t, header) : status;
}

cn_status cn__row_look_end(cn__row_reader *t) { return t->waiting.row_count ? decide(t, false) : CN_OK; }
