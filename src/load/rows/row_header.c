/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header of a table: by --map, by name or alias in either language, with a unit behind it ("Сумма, млн руб."), or as Gephi
 * calls its columns. Invariant: columns[i] is what cell i means; UNUSED where nothing is known of it. O(cells · columns), once a table.
 */
#include "cell_value.h"
#include "near_name.h"
#include "row_internal.h"
#include "utf8.h"

#include <string.h>

size_t cn__row_used(const cn__row_reader *t) {
    size_t count = t->cell_count;
    while (count > 0 && t->cells[count - 1].len == 0) {
        count--;
    }
    return count;
}

const cn__column *cn__row_free_column(const cn__section *section) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].type == CN__FREE) {
            return &section->columns[i];
        }
    }
    return NULL;
}

uint32_t cn__row_spec_column(const cn__section *section, cn__spec spec) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].to == CN__TO_SPEC && section->columns[i].index == (int)spec) {
            return (uint32_t)i;
        }
    }
    return CN__ROW_UNUSED;
}

/* ---- names ---- */

static uint32_t index_of(const cn__row_reader *t, const cn__column *column) {
    return column ? (uint32_t)(column - t->section->columns) : CN__ROW_UNUSED;
}

/* By the name of the format, not by alias. */
static uint32_t by_key(const cn__row_reader *t, const char *key, size_t len) {
    for (size_t i = 0; i < t->section->column_count; i++) {
        const cn__column *column = &t->section->columns[i];
        bool readable = column->type != CN__FREE && !(column->flags & CN__JSON_ONLY);
        if (readable && strlen(column->key) == len && memcmp(column->key, key, len) == 0) {
            return (uint32_t)i;
        }
    }
    return CN__ROW_UNUSED;
}

static uint32_t by_alias(cn__row_reader *t, const char *text, size_t len) {
    cn_buf plain = {0};
    cn_buf_add(&plain, text, len);
    t->folded.len = 0;
    if (plain.data) {
        cn__utf8_fold(&t->folded, plain.data);
    }
    t->folded.failed = t->folded.failed || plain.failed;
    cn_buf_release(&plain);
    return t->folded.failed || !t->folded.data
               ? CN__ROW_UNUSED
               : index_of(t, cn__column_find_header(t->section, t->folded.data, &t->scratch));
}

static bool name_free(cn__row_reader *t, const char *text, cn__row_found *found) {
    const cn__column *column = cn__row_free_column(t->section);
    if (!column || strncmp(text, "x.", 2) != 0 || !text[2]) {
        return false;
    }
    found->column = index_of(t, column);
    found->name = t->names.len;
    cn_buf_add(&t->names, text + 2, strlen(text + 2) + 1);
    return true;
}

/* What --map says. False: nothing. */
static bool by_map(cn__row_reader *t, const char *text, cn__row_found *found) {
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, text);
    const char *target = t->folded.data ? cn__column_map_find(&t->load->map, t->section->table, t->folded.data) : NULL;
    if (!target) {
        return false;
    }
    size_t len = strlen(target);
    found->silent = true;
    found->repeat = len > 3 && strcmp(target + len - 3, "...") == 0 ? target : NULL;
    if (!found->repeat && !name_free(t, target, found)) {
        found->column = by_key(t, target, len);
    }
    (void)cn__unit_split(text, strlen(text), &found->shift);
    return true;
}

static bool by_gephi(cn__row_reader *t, const char *text, cn__row_found *found) {
    static const struct {
        const char *name;
        int spec; /* -1: says nothing that a network holds */
    } names[] = {
        {"source", CN__SPEC_FROM}, {"target", CN__SPEC_TO}, {"weight", CN__SPEC_VALUE}, {"type", -1}, {"id", -1},
        {"timeset", -1},           {"interval", -1}};
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, text);
    for (size_t i = 0; i < sizeof names / sizeof *names && t->folded.data; i++) {
        if (strcmp(names[i].name, t->folded.data) == 0) {
            found->silent = true;
            found->column =
                names[i].spec < 0 ? CN__ROW_UNUSED : cn__row_spec_column(t->section, (cn__spec)names[i].spec);
            return true;
        }
    }
    return false;
}

cn__row_found cn__row_find(cn__row_reader *t, const char *text) {
    cn__row_found found = {CN__ROW_UNUSED, 0, 0, false, NULL};
    bool mapped = t->load->map.count && by_map(t, text, &found);
    if (mapped || name_free(t, text, &found) || (t->gephi && by_gephi(t, text, &found))) {
        return found;
    }
    size_t len = strlen(text);
    found.column = by_alias(t, text, len);
    if (found.column == CN__ROW_UNUSED) {
        size_t name = cn__unit_split(text, len, &found.shift);
        found.column = name < len ? by_alias(t, text, name) : CN__ROW_UNUSED;
    }
    if (found.column == CN__ROW_UNUSED || t->section->columns[found.column].type != CN__MONEY) {
        found.shift = 0;
    }
    return found;
}

/* ---- the header ---- */

void cn__row_say_unknown(const cn__row_reader *t, const cn__row_cell *cell) {
    const char *near = cn__may_suggest(t->load) ? cn__near_column(t->section, cell->text, true) : NULL;
    if (near) {
        CN__REPORT3(t->load, t->label, cell->place, UNKNOWN_COLUMN_NEAR, cell->text, t->section->table, near);
    } else {
        CN__REPORT2(t->load, t->label, cell->place, UNKNOWN_COLUMN, cell->text, t->section->table);
    }
}

static const cn__row_column *earlier_of(const cn__row_reader *t, uint32_t column, size_t name) {
    bool is_free = t->section->columns[column].type == CN__FREE;
    for (size_t i = 0; i < t->column_count; i++) {
        bool same = t->columns[i].column == column;
        if (same && (!is_free || strcmp(t->names.data + t->columns[i].name, t->names.data + name) == 0)) {
            return &t->columns[i];
        }
    }
    return NULL;
}

static cn_status keep_column(cn__row_reader *t, cn__row_column head) {
    if (!cn__grow((void **)&t->columns, &t->column_cap, t->column_count, 1, sizeof *t->columns)) {
        return cn__row_no_memory(t);
    }
    t->columns[t->column_count++] = head;
    return CN_OK;
}

static void say_duplicate(const cn__row_reader *t, const cn__row_cell *cell, uint32_t column, cn__place earlier) {
    cn_buf place = {0};
    cn__place_text(&place, t->label, earlier);
    CN__REPORT3(t->load, t->label, cell->place, DUPLICATE_COLUMN, cell->text, t->section->columns[column].key,
                place.data ? place.data : "");
    cn_buf_release(&place);
}

/* "10^6" as people write it. */
static void say_unit(const cn__row_reader *t, const cn__row_cell *cell, int shift) {
    static const char *const factors[] = {"1", "1000", "1000000", "1000000000"};
    CN__REPORT2(t->load, t->label, cell->place, UNIT_IN_HEADER, cell->text, factors[shift / 3 > 3 ? 3 : shift / 3]);
}

/* "from+quantity...": this column and all behind it, again and again. */
static void begin_repeat(cn__row_reader *t, const char *list) {
    t->repeats = true;
    t->repeat_from = t->column_count;
    t->repeat_count = 0;
    for (const char *at = list; *at && strcmp(at, "...") != 0 && t->repeat_count < CN__REPEAT_MAX;) {
        size_t len = 0;
        while (at[len] && at[len] != '+' && strcmp(at + len, "...") != 0) {
            len++;
        }
        t->repeat[t->repeat_count++] = by_key(t, at, len);
        at += len + (at[len] == '+');
    }
    t->repeats = t->repeat_count > 0;
}

/* “ИНН” right behind an end of the link is that of the end. */
static uint32_t inn_of_end_before(cn__row_reader *t, const char *text) {
    static const char *const words[] = {"inn", "инн", "инн/кпп", "tax id"};
    uint32_t before = t->column_count ? t->columns[t->column_count - 1].column : CN__ROW_UNUSED;
    uint32_t column = before == CN__ROW_UNUSED ? before : cn__row_inn_column(t->section, before);
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, text);
    for (size_t i = 0; i < sizeof words / sizeof *words && column != CN__ROW_UNUSED && t->folded.data; i++) {
        if (strcmp(t->folded.data, words[i]) == 0) {
            return column;
        }
    }
    return CN__ROW_UNUSED;
}

/* Beside a table of entities it is their ids that links name: an INN in the links would say nothing. */
static bool may_have_inn(const cn__row_reader *t) { return t->assembly->name_entities; }

static cn_status read_name(cn__row_reader *t, const cn__row_cell *cell) {
    cn__row_column head = {CN__ROW_UNUSED, 0, 0, cell->place};
    if (cell->len == 0) {
        CN__REPORT1(t->load, t->label, cell->place, UNNAMED_COLUMN, t->section->table);
        return keep_column(t, head);
    }
    cn__row_found found = cn__row_find(t, cell->text);
    if (cn__row_failed(t)) {
        return cn__row_no_memory(t);
    }
    if (found.repeat) {
        begin_repeat(t, found.repeat);
        return CN_OK;
    }
    if (found.column == CN__ROW_UNUSED && !found.silent) {
        found.column = inn_of_end_before(t, cell->text);
    }
    if (found.column != CN__ROW_UNUSED && cn__row_is_inn_of_end(&t->section->columns[found.column])) {
        found.column = may_have_inn(t) ? found.column : CN__ROW_UNUSED;
        t->has_inns = t->has_inns || may_have_inn(t);
    }
    const cn__row_column *earlier = found.column == CN__ROW_UNUSED ? NULL : earlier_of(t, found.column, found.name);
    if (earlier) {
        say_duplicate(t, cell, found.column, earlier->place);
    } else if (found.column == CN__ROW_UNUSED && !found.silent) {
        cn__row_say_unknown(t, cell);
    } else {
        head.column = found.column;
        head.name = found.name;
        head.shift = found.shift;
        if (found.shift) {
            say_unit(t, cell, found.shift);
        }
    }
    return keep_column(t, head);
}

static bool has_column(const cn__row_reader *t, const cn__column *wanted) {
    for (size_t i = 0; i < t->repeat_count && t->repeats; i++) {
        if (t->repeat[i] == index_of(t, wanted)) {
            return true;
        }
    }
    for (size_t i = 0; i < t->column_count; i++) {
        const cn__column *column =
            t->columns[i].column == CN__ROW_UNUSED ? NULL : &t->section->columns[t->columns[i].column];
        if (column && column->to == wanted->to && column->index == wanted->index) {
            return true;
        }
    }
    return false;
}

static void say_missing(const cn__row_reader *t, const cn__column *column) {
    size_t len = 0;
    const char *russian = cn__column_russian(column, &len);
    cn_buf named = {0};
    cn_buf_add(&named, russian ? russian : column->key, russian ? len : strlen(column->key));
    CN__REPORT3(t->load, t->label, t->place, MISSING_COLUMN, column->key, t->section->table,
                named.data ? named.data : column->key);
    cn_buf_release(&named);
}

/* Report required columns that the header lacks. False: there are some. */
static bool header_complete(cn__row_reader *t) {
    bool all = true;
    for (size_t i = 0; i < t->section->column_count; i++) {
        const cn__column *column = &t->section->columns[i];
        uint32_t inn = cn__row_inn_column(t->section, (uint32_t)i);
        if (!(column->flags & CN__REQUIRED) || (column->flags & CN__JSON_ONLY) || has_column(t, column) ||
            (inn != CN__ROW_UNUSED && has_column(t, &t->section->columns[inn]))) {
            continue;
        }
        if (column->to == CN__TO_SPEC && column->index == CN__SPEC_KIND) {
            t->default_kind = (uint32_t)i;
            continue;
        }
        say_missing(t, column);
        all = false;
    }
    return all;
}

static bool is_gephi(cn__row_reader *t) {
    bool source = false;
    bool target = false;
    for (size_t i = 0; i < t->cell_count && t->section->shape == CN__SHAPE_LINK; i++) {
        t->folded.len = 0;
        cn__utf8_fold(&t->folded, t->cells[i].text);
        const char *folded = t->folded.data ? t->folded.data : "";
        source = source || strcmp(folded, "source") == 0;
        target = target || strcmp(folded, "target") == 0;
    }
    return source && target;
}

cn_status cn__row_header_read(cn__row_reader *t, bool *good) {
    cn_status status = CN_OK;
    size_t count = cn__row_used(t);
    t->gephi = is_gephi(t);
    if (t->gephi) {
        CN__REPORT0(t->load, t->label, t->place, EDGE_LIST_READ);
    }
    for (size_t i = 0; i < count && status == CN_OK && !t->repeats; i++) {
        status = read_name(t, &t->cells[i]);
    }
    *good = status == CN_OK && header_complete(t);
    return status;
}

cn_status cn__row_header_assume(cn__row_reader *t, bool *good) {
    static const cn__spec order[] = {CN__SPEC_FROM, CN__SPEC_TO, CN__SPEC_VALUE};
    size_t count = cn__row_used(t);
    *good = count == 2 || count == 3;
    if (!*good) {
        cn__digits digits;
        CN__REPORT1(t->load, t->label, t->place, NO_HEADER, cn__digits_of(&digits, count));
        return CN_OK;
    }
    CN__REPORT1(t->load, t->label, t->place, HEADER_ASSUMED, count == 2 ? "from, to" : "from, to, value");
    cn_status status = CN_OK;
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        uint32_t column = cn__row_spec_column(t->section, order[i]);
        status = keep_column(t, (cn__row_column){column, 0, 0, t->cells[i].place});
    }
    (void)header_complete(t);
    return status;
}
