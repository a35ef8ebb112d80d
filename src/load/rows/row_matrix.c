/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A matrix of supplies: the first row names the customers, the first column the suppliers, a number is what one delivers to the other.
 * Invariant: columns[i].name is the name of customer i in `names`, NO_NAME of a column of sums; the draft of a row holds one link at a
 * time. O(cells).
 */
#include "cell_value.h"
#include "row_internal.h"

#include <string.h>

#define NO_NAME SIZE_MAX

/* Empty, a mark of no data, or a number. */
static bool is_amount(cn__row_reader *t, const cn__row_cell *cell) {
    t->scratch.len = 0;
    return cell->len == 0 || cell->kind == CN__CELL_NUMBER || cn__is_no_data(cell->text, cell->len, true) ||
           cn__number_read(cell->text, cell->len, t->decimal_comma, 0, &t->scratch) != CN__NUMBER_NOT;
}

/* Amounts behind a name; *any: some cell is not empty. */
static bool is_body(cn__row_reader *t, const cn__row_cell *row, size_t count, size_t head_count, bool *any) {
    bool good = count > 1 && count <= head_count && row[0].len > 0;
    for (size_t i = 1; i < count && good; i++) {
        good = is_amount(t, &row[i]);
        *any = *any || row[i].len > 0;
    }
    return good;
}

static bool has_name(const cn__row_cell *head, size_t count, const char *name) {
    for (size_t i = 1; i < count; i++) {
        if (strcmp(head[i].text, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The codes of the columns, say, below their names: no cell is empty but the first, and where that is none, half are no amounts. */
static bool is_second_head(cn__row_reader *t, const cn__matrix_row *row, const cn__matrix_row *head) {
    size_t texts = 0;
    bool good = row->count == head->count;
    for (size_t i = 1; i < row->count && good; i++) {
        good = row->cells[i].len > 0;
        texts += row->cells[i].kind == CN__CELL_TEXT && !is_amount(t, &row->cells[i]);
    }
    bool named = good && row->cells[0].len > 0;
    bool supplier = named && has_name(head->cells, head->count, row->cells[0].text);
    return good && !supplier && (!named || 2 * texts >= row->count - 1);
}

/* Names behind the corner; `plain`: no number among them. */
static bool is_head(cn__row_reader *t, const cn__row_cell *head, size_t count, bool plain) {
    bool good = count > 2;
    for (size_t i = 1; i < count && good; i++) {
        good = head[i].len > 0 && (!plain || head[i].kind != CN__CELL_TEXT || !is_amount(t, &head[i]));
    }
    return good;
}

/*
 * Names in the first row, then names with amounts. Behind a corner that is empty or marks itself ("от \ кому") that is enough; behind any
 * other text some name must stand in both, unless the person chose these cells (--sheet with a range).
 */
size_t cn__row_is_matrix(cn__row_reader *t, const cn__matrix_row *rows, size_t count) {
    const cn__matrix_row *head = rows;
    bool marked = head->count > 0 && (head->cells[0].len == 0 || strpbrk(head->cells[0].text, "\\/") != NULL);
    size_t body = count > 2 && is_second_head(t, &rows[1], head) ? 2 : 1;
    bool any = false;
    bool shared = false;
    if (count <= body || !is_head(t, head->cells, head->count, marked || t->chosen)) {
        return 0;
    }
    for (size_t row = body; row < count; row++) {
        if (!is_body(t, rows[row].cells, rows[row].count, head->count, &any)) {
            body = row == body ? 0 : body;
            break;
        }
        shared = shared || has_name(head->cells, head->count, rows[row].cells[0].text);
    }
    return any && (marked || shared || t->chosen) ? body : 0;
}

/* A column of sums is no customer. */
static bool is_sums(cn__row_reader *t, const cn__row_cell *cell) {
    if (cell->kind == CN__CELL_LITERAL || !cn__is_total(cell->text)) {
        return false;
    }
    CN__REPAIR1(t->load, t->label, cell->place, TOTAL_SKIPPED, cell->text);
    return true;
}

cn_status cn__row_matrix_header(cn__row_reader *t) {
    size_t count = cn__row_used(t);
    if (!cn__grow((void **)&t->columns, &t->column_cap, 0, count, sizeof *t->columns)) {
        return cn__row_no_memory(t);
    }
    CN__REPORT0(t->load, t->label, t->place, MATRIX_READ);
    for (size_t i = 0; i < count; i++) {
        bool sums = i > 0 && is_sums(t, &t->cells[i]);
        t->columns[i] = (cn__row_column){CN__ROW_UNUSED, 0, sums ? NO_NAME : t->names.len, t->cells[i].place};
        cn_buf_add(&t->names, t->cells[i].text, t->cells[i].len + 1);
    }
    t->column_count = count;
    t->matrix = true;
    return cn__row_failed(t) ? cn__row_no_memory(t) : CN_OK;
}

static bool is_zero(const char *number) { return number[strspn(number, "-0.")] == '\0'; }

/* The link of the present row to customer i. */
static cn_status take_amount(cn__row_reader *t, size_t i) {
    const cn__section *section = t->section;
    const cn__row_cell *cells[] = {&t->cells[0], &t->cells[i]};
    const char *to = t->names.data + t->columns[i].name;
    const char *supply = cn_vocabulary_key(CN_VOC_LINK_KIND, CN_LINK_SUPPLY);
    cn__place place = cells[1]->place;
    t->scratch.len = 0;
    cn_status status = CN_OK;
    if (cells[1]->kind == CN__CELL_NUMBER) {
        cn_buf_add(&t->scratch, cells[1]->text, cells[1]->len);
    } else {
        (void)cn__number_read(cells[1]->text, cells[1]->len, t->decimal_comma, 0, &t->scratch);
    }
    if (t->scratch.failed || is_zero(t->scratch.data)) {
        return t->scratch.failed ? cn__row_no_memory(t) : CN_OK;
    }
    if (strcmp(to, cells[0]->text) == 0) {
        CN__REPAIR2(t->load, t->label, place, MATRIX_DIAGONAL, to, t->scratch.data);
        return CN_OK;
    }
    cn__draft_begin(&t->draft);
    bool kept =
        cn__draft_add(&t->draft, cn__row_spec_column(section, CN__SPEC_FROM), NULL, cells[0]->text, cells[0]->len,
                      cells[0]->place) &&
        cn__draft_add(&t->draft, cn__row_spec_column(section, CN__SPEC_TO), NULL, to, strlen(to),
                      t->columns[i].place) &&
        cn__draft_add(&t->draft, cn__row_spec_column(section, CN__SPEC_KIND), NULL, supply, strlen(supply), place) &&
        cn__draft_add(&t->draft, cn__row_spec_column(section, CN__SPEC_VALUE), NULL, t->scratch.data, t->scratch.len,
                      place);
    status = kept ? cn__row_take_draft(t) : cn__row_no_memory(t);
    return status;
}

cn_status cn__row_matrix_record(cn__row_reader *t) {
    cn_status status = CN_OK;
    if (t->cells[0].len == 0) {
        CN__REPORT2(t->load, t->label, t->place, MISSING_FIELD, "from", t->section->table);
        return CN_OK;
    }
    for (size_t i = 1; i < t->cell_count && i < t->column_count && status == CN_OK && !t->load->stop; i++) {
        const cn__row_cell *cell = &t->cells[i];
        if (cell->len == 0 || t->columns[i].name == NO_NAME) {
            continue;
        }
        if (cn__is_no_data(cell->text, cell->len, true)) {
            CN__REPAIR2(t->load, t->label, cell->place, NO_DATA_MARK, cell->text, t->names.data + t->columns[i].name);
        } else {
            status = take_amount(t, i);
        }
    }
    return status;
}
