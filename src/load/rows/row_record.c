/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row as records: marks of no data and totals are left out, numbers, INNs and product codes are brought to the form the rest of
 * the loader reads, and every change is told. Nothing is changed that could mean two things. Memory is that of one row; O(bytes).
 */
#include "cell_value.h"
#include "coopnet/ident.h"
#include "json_free.h"
#include "number.h"
#include "reference.h"
#include "row_internal.h"
#include "utf8.h"

#include <string.h>

/* ---- cells ---- */

static cn_status add_text(cn__row_reader *t, uint32_t index, const char *name, const char *text, size_t len,
                          cn__place place) {
    if (len > t->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(t->load, t->label, place, TEXT_TOO_LONG, t->section->columns[index].key,
                    cn__digits_of(&limit, t->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return CN_OK;
    }
    return cn__draft_add(&t->draft, index, name, text, len, place) ? CN_OK : cn__row_no_memory(t);
}

/* The items of a list cell, between "|", each with its own place. */
static cn_status add_list(cn__row_reader *t, uint32_t index, const cn__row_cell *cell) {
    const char *text = cell->text;
    size_t number = (size_t)(cell - t->cells);
    cn_status status = CN_OK;
    for (size_t from = 0; from <= cell->len && status == CN_OK;) {
        size_t to = from + strcspn(text + from, "|");
        size_t next = to + 1;
        while (from < to && text[from] == ' ') {
            from++;
        }
        while (to > from && text[to - 1] == ' ') {
            to--;
        }
        if (to > from) {
            cn__place place = t->place_in ? t->place_in(t->context, number, from) : cell->place;
            status = add_text(t, index, NULL, text + from, to - from, place);
        }
        from = next;
    }
    return status;
}

static cn_status add_number(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    cn__number_form form = CN__NUMBER_PLAIN;
    t->scratch.len = 0;
    if (cell->kind == CN__CELL_NUMBER) {
        cn_buf_add(&t->scratch, cell->text, cell->len);
        if (head->shift) {
            cn_buf_add_text(&t->scratch, "e");
            cn__format_i64(&t->scratch, head->shift);
        }
        if (strpbrk(cell->text, "eE") && head->shift) {
            t->scratch.len = 0;
            form = cn__number_read(cell->text, cell->len, false, head->shift, &t->scratch);
        }
    } else {
        form = cn__number_read(cell->text, cell->len, t->decimal_comma, head->shift, &t->scratch);
    }
    if (t->scratch.failed) {
        return cn__row_no_memory(t);
    }
    if (form == CN__NUMBER_READ_AS) {
        CN__REPAIR3(t->load, t->label, cell->place, NUMBER_READ_AS, cell->text, column->key, t->scratch.data);
    }
    return add_text(t, head->column, NULL, t->scratch.data, t->scratch.len, cell->place);
}

/*
 * A code in quotes of its own, "01" or ="01", which keep spreadsheets from taking it for a number: the cell without them. `plain` holds its
 * text.
 */
static bool is_wrapped(const cn__row_cell *cell, char plain[32]) {
    size_t begin = strncmp(cell->text, "=\"", 2) == 0 ? 2 : strncmp(cell->text, "\"", 1) == 0 ? 1 : 0;
    if (begin == 0 || cell->len < begin + 2 || cell->len - begin > 31 || cell->text[cell->len - 1] != '"') {
        return false;
    }
    memcpy(plain, cell->text + begin, cell->len - begin - 1);
    plain[cell->len - begin - 1] = '\0';
    return strchr(plain, '"') == NULL;
}

/* INN and OGRN: what a spreadsheet that takes them for numbers makes of them. */
static cn_status add_registration(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    char restored[16];
    size_t len = cell->len;
    if (cn__is_shortened(cell->text, len)) {
        CN__REPORT2(t->load, t->label, cell->place, DIGITS_LOST, cell->text, column->key);
        return CN_OK;
    }
    if (column->type == CN__INN && cn__inn_restore(cell->text, len, restored)) {
        CN__REPAIR3(t->load, t->label, cell->place, ZERO_RESTORED, cell->text, column->key, restored);
        return add_text(t, head->column, NULL, restored, strlen(restored), cell->place);
    }
    size_t first = strcspn(cell->text, "/"); /* INN/KPP */
    if (column->type == CN__INN && first < len && first < sizeof restored) {
        memcpy(restored, cell->text, first);
        restored[first] = '\0';
        if (cn_inn_valid(restored)) {
            CN__REPAIR3(t->load, t->label, cell->place, NUMBER_READ_AS, cell->text, column->key, restored);
            return add_text(t, head->column, NULL, restored, first, cell->place);
        }
    }
    bool fraction = len > 2 && strcmp(cell->text + len - 2, ".0") == 0;
    return add_text(t, head->column, NULL, cell->text, fraction ? len - 2 : len, cell->place);
}

static cn_status add_code(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    cn__date_look look = cell->kind == CN__CELL_DATE    ? CN__LOOK_DATE
                         : cell->kind == CN__CELL_DAY   ? CN__LOOK_DAY
                         : cell->kind == CN__CELL_MONTH ? CN__LOOK_MONTH
                                                        : CN__LOOK_TEXT;
    char restored[16];
    switch (cn__code_restore(cell->text, look, restored)) {
    case CN__CODE_RESTORED:
        CN__REPAIR3(t->load, t->label, cell->place, CODE_RESTORED, cell->text, column->key, restored);
        return add_text(t, head->column, NULL, restored, strlen(restored), cell->place);
    case CN__CODE_LOST:
        CN__REPORT2(t->load, t->label, cell->place, CODE_BECAME_DATE, cell->text, column->key);
        return CN_OK;
    default:
        return add_text(t, head->column, NULL, cell->text, cell->len, cell->place);
    }
}

static cn_status add_digits(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    char plain[32];
    cn__row_cell inner = *cell;
    if (cell->kind == CN__CELL_TEXT && is_wrapped(cell, plain)) {
        CN__REPAIR3(t->load, t->label, cell->place, NUMBER_READ_AS, cell->text, column->key, plain);
        inner.text = plain;
        inner.len = strlen(plain);
    }
    return column->type == CN__OKPD2 ? add_code(t, head, &inner) : add_registration(t, head, &inner);
}

/* Columns that take no free text. */
static bool is_typed(const cn__column *column) {
    return column->type != CN__TEXT && column->type != CN__REF && column->type != CN__FREE &&
           column->type != CN__FLAG && column->type != CN__ENUM;
}

cn_status cn__row_add_cell(cn__row_reader *t, const cn__row_column *head, const cn__row_cell *cell) {
    const cn__column *column = &t->section->columns[head->column];
    bool plain = cell->kind == CN__CELL_TEXT || cell->kind == CN__CELL_NUMBER;
    if (plain && cn__is_no_data(cell->text, cell->len, is_typed(column))) {
        CN__REPAIR2(t->load, t->label, cell->place, NO_DATA_MARK, cell->text, column->key);
        return CN_OK;
    }
    switch (column->type) {
    case CN__FREE:
        t->scratch.len = 0;
        cn__json_free_cell(&t->scratch, cell->text, cell->len);
        return t->scratch.failed ? cn__row_no_memory(t)
                                 : add_text(t, head->column, t->names.data + head->name, t->scratch.data,
                                            t->scratch.len, cell->place);
    case CN__MONEY:
    case CN__NUMBER:
    case CN__COUNT:
        return add_number(t, head, cell);
    case CN__INN:
    case CN__OGRN:
    case CN__OKPD2:
        return add_digits(t, head, cell);
    default:
        return column->flags & CN__LIST ? add_list(t, head->column, cell)
                                        : add_text(t, head->column, NULL, cell->text, cell->len, cell->place);
    }
}

/* ---- ends of children ---- */

/* An end of a lone table of children is an entity by being named. */
static cn_status name_end(cn__row_reader *t, const cn__cell *cell, cn_entity_kind kind) {
    const char *id = cell ? t->draft.texts.bytes + cell->text : "";
    uint32_t text = 0;
    const cn__section *section = cn__section_find(cn_entity_kind_section(kind));
    if (!*id || !section || cn__strmap_find(&t->named, id, strlen(id)) != CN_NONE) {
        return CN_OK;
    }
    if (!cn__strmap_add(&t->named, id, strlen(id), (uint32_t)kind, &text)) {
        return cn__row_no_memory(t);
    }
    cn__cell own = {cell->text, 0, 0, cell->place};
    cn__record record = {section, t->label, t->draft.texts.bytes, &own, 1, CN_NONE, t->place};
    return cn__assembly_take(t->assembly, &record, NULL);
}

static cn_status name_ends(cn__row_reader *t, const cn__record *record) {
    cn_entity_kind other = t->section->kind == CN_ENTITY_PRODUCT ? CN_ENTITY_PRODUCT : CN_ENTITY_COMPANY;
    cn_status status = name_end(t, cn__record_cell(record, CN__TO_PARENT, -1), t->section->kind);
    return status == CN_OK ? name_end(t, cn__record_cell(record, CN__TO_SPEC, CN__SPEC_OTHER), other) : status;
}

cn_status cn__row_take_draft(cn__row_reader *t) {
    cn_status joined = cn__row_join_ends(t);
    if (joined != CN_OK) {
        return joined;
    }
    cn__record record = {t->section, t->label, t->draft.texts.bytes, t->draft.cells, t->draft.cell_count,
                         CN_NONE,    t->place};
    cn_status status = CN_OK;
    if (t->lone && t->section->shape == CN__SHAPE_CHILD_LINK) {
        status = name_ends(t, &record);
    }
    return status == CN_OK ? cn__assembly_take(t->assembly, &record, NULL) : status;
}

/* ---- rows ---- */

static void check_width(const cn__row_reader *t, size_t columns) {
    cn__digits found;
    cn__digits expected;
    size_t used = cn__row_used(t);
    if (used > columns) {
        CN__REPORT2(t->load, t->label, t->cells[columns].place, ROW_TOO_LONG, cn__digits_of(&found, used),
                    cn__digits_of(&expected, columns));
    } else if (t->cell_count < columns) {
        CN__REPORT2(t->load, t->label, t->place, ROW_TOO_SHORT, cn__digits_of(&found, t->cell_count),
                    cn__digits_of(&expected, columns));
    }
}

static const cn__column *column_of(const cn__row_reader *t, size_t cell) {
    uint32_t column = cell < t->column_count ? t->columns[cell].column : CN__ROW_UNUSED;
    return column == CN__ROW_UNUSED ? NULL : &t->section->columns[column];
}

/* "Итого" in the first cell that has a text, and no other end of a link. */
static bool is_total_row(cn__row_reader *t) {
    size_t ends = 0;
    const cn__row_cell *first = NULL;
    for (size_t i = 0; i < t->cell_count; i++) {
        const cn__column *column = column_of(t, i);
        first = first || t->cells[i].len == 0 ? first : &t->cells[i];
        ends += t->cells[i].len > 0 && column && column->type == CN__REF;
    }
    if (!first || first->kind == CN__CELL_LITERAL || ends > 1 || !cn__is_total(first->text)) {
        return false;
    }
    CN__REPAIR1(t->load, t->label, first->place, TOTAL_SKIPPED, first->text);
    return true;
}

/* "1; 2; 3; …" below the header, as forms have it. */
static bool is_column_numbers(cn__row_reader *t) {
    size_t count = cn__row_used(t);
    cn__digits digits;
    for (size_t i = 0; i < count; i++) {
        if (t->cells[i].kind == CN__CELL_LITERAL || strcmp(t->cells[i].text, cn__digits_of(&digits, i + 1)) != 0) {
            return false;
        }
    }
    if (count < 3 || count != t->column_count) {
        return false;
    }
    CN__REPORT0(t->load, t->label, t->place, COLUMN_NUMBERS);
    return true;
}

/* An empty cell below a name in the first column: a merged cell, when the row has another end. */
static bool fills_down(const cn__row_reader *t) {
    const cn__column *first = column_of(t, 0);
    bool has_end = false;
    bool named = false; /* by its INN */
    for (size_t i = 1; i < t->cell_count; i++) {
        const cn__column *column = column_of(t, i);
        has_end = has_end || (t->cells[i].len > 0 && column && (column->flags & CN__REQUIRED));
        named =
            named || (t->cells[i].len > 0 && first && column &&
                      (uint32_t)(column - t->section->columns) == cn__row_inn_column(t->section, t->columns[0].column));
    }
    return first && first->type == CN__REF && (first->flags & CN__REQUIRED) && t->cells[0].len == 0 && has_end &&
           !named && t->above.len > 0;
}

static cn_status add_first(cn__row_reader *t) {
    const cn__row_cell *cell = &t->cells[0];
    if (cell->len > 0) {
        t->above.len = 0;
        cn_buf_add(&t->above, cell->text, cell->len);
        return t->above.failed ? cn__row_no_memory(t) : cn__row_add_cell(t, &t->columns[0], cell);
    }
    CN__REPAIR2(t->load, t->label, cell->place, FILLED_DOWN, t->above.data,
                t->section->columns[t->columns[0].column].key);
    return add_text(t, t->columns[0].column, NULL, t->above.data, t->above.len, cell->place);
}

/* The cells of the header's columns into the draft. */
static cn_status add_cells(cn__row_reader *t) {
    cn_status status = CN_OK;
    cn__draft_begin(&t->draft);
    for (size_t i = 0; i < t->cell_count && i < t->column_count && status == CN_OK; i++) {
        bool used = t->columns[i].column != CN__ROW_UNUSED;
        if (i == 0 && used && (t->cells[0].len > 0 || fills_down(t))) {
            status = add_first(t);
        } else if (used && t->cells[i].len > 0) {
            status = cn__row_add_cell(t, &t->columns[i], &t->cells[i]);
        }
    }
    if (status == CN_OK && t->default_kind != CN__ROW_UNUSED) {
        const char *supply = cn_vocabulary_key(CN_VOC_LINK_KIND, CN_LINK_SUPPLY);
        bool kept = cn__draft_add(&t->draft, t->default_kind, NULL, supply, strlen(supply), t->place);
        status = kept ? CN_OK : cn__row_no_memory(t);
    }
    return status;
}

/* Columns that repeat: a record for each group that is not empty; a row without any names its end only. */
static cn_status take_groups(cn__row_reader *t) {
    cn_status status = CN_OK;
    size_t used = cn__row_used(t);
    bool any = false;
    for (size_t from = t->repeat_from; from < used && status == CN_OK && !t->load->stop; from += t->repeat_count) {
        if (t->cells[from].len == 0) {
            continue;
        }
        any = true;
        status = add_cells(t);
        for (size_t i = 0; i < t->repeat_count && from + i < used && status == CN_OK; i++) {
            const cn__row_column head = {t->repeat[i], 0, 0, t->cells[from + i].place};
            if (t->cells[from + i].len > 0 && head.column != CN__ROW_UNUSED) {
                status = cn__row_add_cell(t, &head, &t->cells[from + i]);
            }
        }
        status = status == CN_OK ? cn__row_take_draft(t) : status;
    }
    status = !any && status == CN_OK ? add_cells(t) : status;
    if (!any && status == CN_OK && t->draft.cell_count > 0 && t->assembly->name_entities) {
        cn__record record = {t->section, t->label, t->draft.texts.bytes, t->draft.cells, t->draft.cell_count,
                             CN_NONE,    t->place};
        cn_entity entity = CN_NONE;
        const cn__cell *end = cn__record_cell(&record, CN__TO_SPEC, CN__SPEC_FROM);
        end = end ? end : cn__record_cell(&record, CN__TO_SPEC, CN__SPEC_TO);
        status = end ? cn__resolve(t->assembly, &record, end, &entity) : CN_OK;
    }
    return status;
}

cn_status cn__row_record(cn__row_reader *t) {
    uint64_t forgiven = t->load->forgiven;
    cn_status status = CN_OK;
    if (is_total_row(t) || (t->first_rows == 0 && is_column_numbers(t))) {
        t->first_rows = 1;
        return CN_OK;
    }
    t->first_rows = 1;
    t->load->in_rows = true;
    if (t->matrix) {
        status = cn__row_matrix_record(t);
    } else if (t->repeats) {
        status = take_groups(t);
    } else {
        check_width(t, t->column_count);
        status = add_cells(t);
        if (status == CN_OK && t->load->forgiven == forgiven) {
            status = cn__row_take_draft(t);
        }
    }
    t->load->in_rows = false;
    t->load->left_out += t->load->forgiven > forgiven;
    return status;
}

/* ---- properties ---- */

cn_status cn__row_property(cn__row_reader *t) {
    check_width(t, 2);
    if (t->cell_count < 2 || t->cells[1].len == 0) {
        return CN_OK;
    }
    const cn__row_cell *key = &t->cells[0];
    cn__row_found found = cn__row_find(t, key->text);
    if (cn__row_failed(t)) {
        return cn__row_no_memory(t);
    }
    if (found.column == CN__ROW_UNUSED) {
        cn__row_say_unknown(t, key);
        return CN_OK;
    }
    cn__row_column head = {found.column, 0, 0, key->place};
    for (size_t i = 0; i < t->column_count; i++) {
        if (t->columns[i].column == head.column) {
            cn_buf place = {0};
            cn__place_text(&place, t->label, t->columns[i].place);
            CN__REPORT2(t->load, t->label, key->place, DUPLICATE_KEY, key->text, place.data ? place.data : "");
            cn_buf_release(&place);
            break;
        }
    }
    if (!cn__grow((void **)&t->columns, &t->column_cap, t->column_count, 1, sizeof *t->columns)) {
        return cn__row_no_memory(t);
    }
    t->columns[t->column_count++] = head;
    cn__draft_begin(&t->draft);
    cn_status status = cn__row_add_cell(t, &head, &t->cells[1]);
    return status == CN_OK ? cn__row_take_draft(t) : status;
}
