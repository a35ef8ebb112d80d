/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The native tables: one CSV file for each section that has rows, with the columns that are used. Each table is walked twice, for its
 * columns and for its rows, so that nothing but the plan of the links is kept. A folder is made under a temporary name and appears
 * complete. Texts that a spreadsheet would run as formulas get an apostrophe, which the reader takes off again. O(values).
 */
#define _XOPEN_SOURCE 700
#include "buf.h"
#include "csv_guard.h"
#include "native_table.h"
#include "number.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As many cells as the reader takes. */
enum { CELLS_MAX = 10000, TABLE_NAME_MAX = 64 };

typedef struct writer {
    cn__table table;
    cn_buf *out;
    cn__file_out *file;
} writer;

/* ---- cells ---- */

static void add_cell(writer *w, const char *text, size_t len, bool number) {
    bool space = len > 0 && (text[0] == ' ' || text[len - 1] == ' ' || (unsigned char)text[0] == 0xC2 ||
                             (unsigned char)text[len - 1] == 0xA0);
    bool guard = !number && cn__csv_needs_guard(text, len);
    bool quote = space || guard || memchr(text, ';', len) || memchr(text, ',', len) || memchr(text, '"', len) ||
                 memchr(text, '\n', len) || memchr(text, '\r', len) || memchr(text, '\t', len);
    if (!quote) {
        cn_buf_add(w->out, text, len);
        return;
    }
    cn_buf_add_text(w->out, guard ? "\"'" : "\"");
    for (const char *mark = memchr(text, '"', len); mark; mark = memchr(text, '"', len)) {
        size_t part = (size_t)(mark - text) + 1;
        cn_buf_add(w->out, text, part);
        cn_buf_add_text(w->out, "\"");
        text += part;
        len -= part;
    }
    cn_buf_add(w->out, text, len);
    cn_buf_add_text(w->out, "\"");
}

static void add_values(writer *w, const cn__section *section, const cn__column *column) {
    bool number = cn__table_value(&w->table, section, column);
    add_cell(w, cn__table_text(&w->table), w->table.cell.len, number);
}

static void add_free(writer *w, const cn_prop *prop) {
    bool plain = cn__table_free_value(&w->table, prop);
    add_cell(w, cn__table_text(&w->table), w->table.cell.len, !plain);
}

/* ---- tables ---- */

static void write_header(writer *w, const cn__section *section) {
    bool first = true;
    for (size_t i = 0; i < section->column_count; i++) {
        if (w->table.used[i]) {
            cn_buf_add_text(w->out, first ? "" : ";");
            cn_buf_add_text(w->out, section->columns[i].key);
            first = false;
        }
    }
    for (size_t i = 0; i < w->table.free_names.entry_count; i++) {
        cn__table_free_header(&w->table, i);
        cn_buf_add_text(w->out, ";");
        add_cell(w, cn__table_text(&w->table), w->table.cell.len, true);
    }
    cn_buf_add_text(w->out, "\n");
}

static void write_row(writer *w, const cn__native_row *row) {
    bool first = true;
    for (size_t i = 0; i < row->section->column_count; i++) {
        if (w->table.used[i]) {
            cn_buf_add_text(w->out, first ? "" : ";");
            cn__native_values(&w->table.native, row, &row->section->columns[i], &w->table.values);
            add_values(w, row->section, &row->section->columns[i]);
            first = false;
        }
    }
    cn__table_free_row(&w->table, row);
    for (size_t i = 0; i < w->table.free_names.entry_count; i++) {
        cn_buf_add_text(w->out, ";");
        if (w->table.free[i]) {
            add_free(w, w->table.free[i]);
        }
    }
    cn_buf_add_text(w->out, "\n");
}

/* network.csv: a property a row. */
static void write_network(writer *w) {
    cn__native_row row = {.section = cn__section_at(CN__SECTION_NETWORK)};
    cn_buf_add_text(w->out, "key;value\n");
    for (size_t i = 0; i < row.section->column_count; i++) {
        const cn__column *column = &row.section->columns[i];
        cn__native_values(&w->table.native, &row, column, &w->table.values);
        if (!(column->flags & CN__JSON_ONLY) && w->table.values.count > 0) {
            cn_buf_add_text(w->out, column->key);
            cn_buf_add_text(w->out, ";");
            add_values(w, row.section, column);
            cn_buf_add_text(w->out, "\n");
        }
    }
}

/* All rows of a table whose columns have been seen. */
static void write_rows(writer *w, const cn__section *section) {
    cn__native_row row = {.section = section};
    write_header(w, section);
    cn__native_rewind(&w->table.native);
    while (w->file->failed == 0 && !w->out->failed && cn__native_next(&w->table.native, &row)) {
        write_row(w, &row);
        cn__file_out_put(w->file, "", 0);
    }
}

/* ---- a folder ---- */

static cn_status write_table(writer *w, const char *folder, const cn__section *section) {
    cn_buf path = {0};
    cn__file_out file;
    cn_buf_add_text(&path, folder);
    cn_buf_add_text(&path, "/");
    cn_buf_add_text(&path, section->table);
    cn_buf_add_text(&path, ".csv");
    cn_status status =
        path.failed ? CN__NO_MEMORY(w->table.save->err) : cn__file_out_open(path.data, &file, w->table.save->err);
    if (status == CN_OK) {
        w->file = &file;
        w->out = &file.waiting;
        if (section->shape == CN__SHAPE_NETWORK) {
            write_network(w);
        } else {
            write_rows(w, section);
        }
        bool good = !cn__table_failed(&w->table);
        status = cn__file_out_close(&file, path.data, good, w->table.save->err);
        status = good ? status : CN__NO_MEMORY(w->table.save->err);
    }
    cn_buf_release(&path);
    return status;
}

static cn_status write_all(writer *w, const char *folder) {
    cn_status status = CN_OK;
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_NETWORK || cn__table_see(&w->table, section)) {
            status = write_table(w, folder, section);
        }
        status = status == CN_OK && cn__table_failed(&w->table) ? CN__NO_MEMORY(w->table.save->err) : status;
    }
    return status;
}

/* Remove the folder and the tables in it. Its name has room for those of tables: memory may just have run out. */
static void remove_folder(cn_buf *folder) {
    size_t len = folder->len;
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        cn_buf_add_text(folder, "/");
        cn_buf_add_text(folder, cn__section_at((cn__section_id)id)->table);
        cn_buf_add_text(folder, ".csv");
        (void)unlink(folder->data);
        folder->len = len;
        folder->data[len] = '\0';
    }
    (void)rmdir(folder->data);
}

/* The path without slashes at its end, and beside it a name that nothing has. */
static bool make_temporary(const char *path, cn_buf *target, cn_buf *temporary) {
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    cn_buf_add(target, path, len);
    int failed = target->failed ? ENOMEM : EEXIST;
    for (int i = 0; i < 100 && failed == EEXIST; i++) {
        const char *slash = strrchr(target->data, '/');
        temporary->len = 0;
        cn_buf_add(temporary, target->data, slash ? (size_t)(slash - target->data) + 1 : 0);
        cn_buf_add_text(temporary, ".coopnet-");
        cn__format_u64(temporary, (uint64_t)getpid());
        cn_buf_add_text(temporary, "-");
        cn__format_u64(temporary, (uint64_t)i);
        cn_buf_add_text(temporary, ".tmp");
        (void)cn__buf_reserve(temporary, TABLE_NAME_MAX);
        failed = temporary->failed ? ENOMEM : mkdir(temporary->data, 0777) == 0 ? 0 : errno;
    }
    errno = failed;
    return failed == 0;
}

static cn_status put_in_place(const char *temporary, const char *target, cn_error *err) {
    if (rename(temporary, target) == 0) {
        return CN_OK;
    }
    bool taken = errno == ENOTEMPTY || errno == EEXIST;
    return taken ? CN__FAIL1(err, CN_ERR_IO, SAVE_FOLDER_NOT_EMPTY, target) : cn__file_fail_writing(err, target, errno);
}

cn_status cn__save_tables(cn__save *s) {
    writer w = {.table = {.save = s, .free_max = CELLS_MAX - CN__TABLE_COLUMNS}};
    cn_buf target = {0};
    cn_buf temporary = {0};
    cn_status status = cn__native_begin(&w.table.native, s->net, s->err);
    if (status == CN_OK && !make_temporary(s->path, &target, &temporary)) {
        status = errno == ENOMEM ? CN__NO_MEMORY(s->err) : cn__file_fail_writing(s->err, s->path, errno);
    } else if (status == CN_OK) {
        status = write_all(&w, temporary.data);
        cn__native_lose(s);
        status = status == CN_OK ? cn__save_tell(s) : status;
        status = status == CN_OK ? put_in_place(temporary.data, target.data, s->err) : status;
        if (status != CN_OK) {
            remove_folder(&temporary);
        }
    }
    cn_buf_release(&target);
    cn_buf_release(&temporary);
    cn__table_release(&w.table);
    return status;
}

/* ---- one table of links ---- */

/* Whoever is named in such a table is a company: everything else of an entity is lost. */
static void lose_entity(cn__save *s, cn_entity e) {
    const cn_network *net = s->net;
    const char *section = cn_entity_kind_section(cn_entity_kind_of(net, e));
    size_t count = 0;
    if (strcmp(cn_entity_name(net, e), cn_entity_id(net, e)) != 0) {
        cn__save_lose(s, CN_MSG_SAVE_LOST, section, "name", 1);
    }
    const cn_prop *props = cn_entity_props(net, e, &count);
    for (size_t i = 0; i < count; i++) {
        bool x = props[i].field == CN_FIELD_X;
        cn__save_lose(s, CN_MSG_SAVE_LOST, section,
                      x ? cn_prop_x(net, &props[i]) : cn_field_key((cn_field)props[i].field), 1);
    }
    static const char *const items[] = {"makes", "needs", "plan", "fact"};
    for (int kind = CN_ITEM_MAKES; kind <= CN_ITEM_FACT; kind++) {
        (void)cn_entity_items(net, e, (cn_item_kind)kind, &count);
        if (count > 0) {
            cn__save_lose(s, CN_MSG_SAVE_LOST, section, items[kind], count);
        }
    }
}

/* What the table does not say: links that companies cannot have, entities without a link, and all fields. */
static cn_status lose_beside_links(cn__save *s) {
    const cn_network *net = s->net;
    bool *named = cn__calloc(cn_entity_count(net), sizeof *named);
    if (!named) {
        return CN__NO_MEMORY(s->err);
    }
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        cn_link_kind kind = cn_link_kind_of(net, l);
        if (cn__native_of_companies(kind)) {
            named[cn_link_from(net, l)] = named[cn_link_to(net, l)] = true;
        } else {
            cn__save_lose(s, CN_MSG_SAVE_LOST, "links", cn_vocabulary_key(CN_VOC_LINK_KIND, (int)kind), 1);
        }
    }
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        bool company = cn_entity_kind_of(net, e) == CN_ENTITY_COMPANY;
        if (!named[e] || !company) {
            const char *section = cn_entity_kind_section(cn_entity_kind_of(net, e));
            cn__save_lose(s, CN_MSG_SAVE_LOST, section, named[e] ? "kind" : "id", 1);
        }
        lose_entity(s, e);
    }
    cn__free(named);
    return CN_OK;
}

cn_status cn__save_links(cn__save *s) {
    writer w = {.out = s->out, .file = s->file};
    w.table = (cn__table){.save = s, .free_max = CELLS_MAX - CN__TABLE_COLUMNS};
    w.table.native = (cn__native){.net = s->net, .of_companies = true};
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    (void)cn__table_see(&w.table, section);
    for (size_t i = 0; i < section->column_count; i++) {
        w.table.used[i] = w.table.used[i] || (section->columns[i].flags & CN__REQUIRED);
    }
    write_rows(&w, section);
    cn_status status = cn__table_failed(&w.table) ? CN__NO_MEMORY(s->err) : lose_beside_links(s);
    cn__table_release(&w.table);
    return status;
}
