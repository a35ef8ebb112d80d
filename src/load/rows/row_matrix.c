/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A matrix of supplies: the first row names the customers, the first column the suppliers, a number is what one delivers to the other.
 * Invariant: columns[i].name is the name of customer i in `names`; the draft of a row holds one link at a time. O(cells).
 */
#include "cell_value.h"
#include "row_internal.h"

#include <string.h>

/* Empty, a mark of no data, or a number. */
static bool is_amount(cn__row_reader *t, const cn__row_cell *cell) {
    t->scratch.len = 0;
    return cell->len == 0 || cell->kind == CN__CELL_NUMBER || cn__is_no_data(cell->text, cell->len, true) ||
           cn__number_read(cell->text, cell->len, t->decimal_comma, 0, &t->scratch) != CN__NUMBER_NOT;
}

/*
 * Names in the first row, behind a corner that is empty or marks itself ("от \ кому"); a name and amounts in the second. With an
 * empty corner that is enough; otherwise the two rows must share a name.
 */
bool cn__row_is_matrix(cn__row_reader *t, const cn__row_cell *head, size_t head_count, const cn__row_cell *row,
                       size_t row_count) {
    bool shared = head_count > 0 && (head[0].len == 0 || strpbrk(head[0].text, "\\/") != NULL);
    bool amounts = false;
    bool good = head_count > 2 && row_count > 1 && row_count <= head_count && row[0].len > 0;
    for (size_t i = 1; i < head_count && good; i++) {
        good = head[i].len > 0 && (head[i].kind != CN__CELL_TEXT || !is_amount(t, &head[i]) || !shared);
        shared = shared || strcmp(head[i].text, row[0].text) == 0;
    }
    for (size_t i = 1; i < row_count && good; i++) {
        good = is_amount(t, &row[i]);
        amounts = amounts || row[i].len > 0;
    }
    return good && shared && amounts;
}

cn_status cn__row_matrix_header(cn__row_reader *t) {
    size_t count = cn__row_used(t);
    if (!cn__grow((void **)&t->columns, &t->column_cap, 0, count, sizeof *t->columns)) {
        return cn__row_no_memory(t);
    }
    for (size_t i = 0; i < count; i++) {
        t->columns[i] = (cn__row_column){CN__ROW_UNUSED, 0, t->names.len, t->cells[i].place};
        cn_buf_add(&t->names, t->cells[i].text, t->cells[i].len + 1);
    }
    t->column_count = count;
    t->matrix = true;
    CN__REPORT0(t->load, t->label, t->place, MATRIX_READ);
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
        if (cell->len == 0) {
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
