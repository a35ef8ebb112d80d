/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The native tables (table_rows.h) as CSV files. A folder is made under a temporary name and appears complete. Texts that a spreadsheet
 * would run as formulas get an apostrophe, which the reader takes off again. O(values).
 */
#define _XOPEN_SOURCE 700
#include "buf.h"
#include "csv_guard.h"
#include "number.h"
#include "table_rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TABLE_NAME_MAX = 64 };

typedef struct writer {
    cn__table_walk walk;
    cn_buf *out;
    cn__file_out *file;
    bool first; /* no cell in this row yet */
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

static void put_cell(void *context, const char *text, size_t len, cn__type type) {
    writer *w = context;
    cn_buf_add_text(w->out, w->first ? "" : ";");
    w->first = false;
    add_cell(w, text, len, type == CN__MONEY || type == CN__NUMBER || type == CN__COUNT || type == CN__FREE);
}

static void put_title(void *context, const char *text, const cn__column *column) {
    (void)column;
    put_cell(context, text, strlen(text), CN__FREE);
}

static bool end_row(void *context) {
    writer *w = context;
    cn_buf_add_text(w->out, "\n");
    w->first = true;
    cn__file_out_put(w->file, "", 0);
    return cn__save_step(w->walk.table.save) && w->file->failed == 0 && !w->out->failed;
}

static const cn__table_sink csv_sink = {put_title, put_cell, end_row};

/* ---- a folder ---- */

static cn_status write_table(writer *w, const char *folder, const cn__section *section) {
    cn_buf path = {0};
    cn__file_out file;
    cn_buf_add_text(&path, folder);
    cn_buf_add_text(&path, "/");
    cn_buf_add_text(&path, section->table);
    cn_buf_add_text(&path, ".csv");
    cn_status status = path.failed ? CN__NO_MEMORY(w->walk.table.save->err)
                                   : cn__file_out_open(path.data, &file, w->walk.table.save->err);
    if (status == CN_OK) {
        w->file = &file;
        w->out = &file.waiting;
        w->first = true;
        cn__table_walk_write(&w->walk, section);
        bool good = !cn__table_failed(&w->walk.table);
        status = cn__file_out_close(&file, path.data, good, w->walk.table.save->err);
        status = good ? status : CN__NO_MEMORY(w->walk.table.save->err);
    }
    cn_buf_release(&path);
    return status;
}

static cn_status write_all(writer *w, const char *folder) {
    cn_status status = CN_OK;
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK && !w->walk.table.save->stopped; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (cn__table_walk_see(&w->walk, section)) {
            status = write_table(w, folder, section);
        }
        status = status == CN_OK && cn__table_failed(&w->walk.table) ? CN__NO_MEMORY(w->walk.table.save->err) : status;
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
    writer w = {.walk = {.table = {.save = s, .free_max = CN__TABLE_FREE_MAX}, .sink = &csv_sink}};
    w.walk.context = &w;
    cn_buf target = {0};
    cn_buf temporary = {0};
    cn_status status = cn__native_begin(&w.walk.table.native, s->net, s->err);
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
    cn__table_release(&w.walk.table);
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
    writer w = {.out = s->out, .file = s->file, .first = true};
    w.walk = (cn__table_walk){.table = {.save = s, .free_max = CN__TABLE_FREE_MAX}, .sink = &csv_sink, .context = &w};
    w.walk.table.native = (cn__native){.net = s->net, .of_companies = true};
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    (void)cn__table_walk_see(&w.walk, section);
    for (size_t i = 0; i < section->column_count; i++) {
        w.walk.table.used[i] = w.walk.table.used[i] || (section->columns[i].flags & CN__REQUIRED);
    }
    cn__table_walk_write(&w.walk, section);
    cn_status status = cn__table_failed(&w.walk.table) ? CN__NO_MEMORY(s->err) : lose_beside_links(s);
    cn__table_release(&w.walk.table);
    return status;
}
