/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A SQLite database with a table for each section that has rows, called as the reader calls it: the only writer that includes sqlite3.h.
 * SQLite fills the temporary file that cn__file_out keeps beside the target, without a journal, as it is thrown away on any failure.
 * One transaction, one prepared statement a table, rows in the order of the network and pages of one size: equal networks give equal
 * bytes (of one release of SQLite, which writes its number into the file). The file's application_id tells the reader that all texts
 * stand as they are. Memory: the plan of the links and the pages of SQLite's cache. O(values).
 */
#define _XOPEN_SOURCE 700
#include "buf.h"
#include "number.h"
#include "sqlite_mark.h"
#include "table_rows.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Below the limits that SQLite is built with: columns of a table, bytes of a statement. */
enum { COLUMNS_MAX = 2000, NAMES_BYTES_MAX = 200000 };

typedef struct writer {
    cn__table_walk walk;
    const cn__section *section;
    sqlite3 *base;
    sqlite3_str *columns; /* of the table whose header is being written, and a mark for each; else NULL */
    sqlite3_str *marks;
    sqlite3_stmt *insert;
    int bound; /* parameters of the present row */
    int code;  /* of binding them: SQLite's, the first that is not SQLITE_OK */
    cn_status status;
    cn__strmap
        folded; /* names of free attributes in small letters: SQLite holds names apart by other things than case */
    size_t names_bytes; /* of them */
    cn_buf name;
    const char *path;
} writer;

/* ---- failures ---- */

static cn_status fail(const writer *w, int code) {
    int primary = code & 0xFF;
    int system = sqlite3_system_errno(w->base);
    if (primary == SQLITE_NOMEM) {
        return CN__NO_MEMORY(w->walk.table.save->err);
    }
    int reason = primary == SQLITE_FULL ? ENOSPC : system ? system : EIO;
    return cn__file_fail_writing(w->walk.table.save->err, w->path, reason);
}

static cn_status run(const writer *w, const char *sql) {
    int code = sqlite3_exec(w->base, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? CN_OK : fail(w, code);
}

/* ---- tables ---- */

/* Called for each new name of a free attribute. */
static bool name_fits(void *context, const char *name) {
    writer *w = context;
    w->name.len = 0;
    for (const char *c = name; *c; c++) {
        cn_buf_add(&w->name, &(char){(char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c)}, 1);
    }
    size_t len = w->name.len;
    bool fits = len > 0 && !w->name.failed && len <= NAMES_BYTES_MAX - w->names_bytes &&
                cn__strmap_find(&w->folded, w->name.data, len) == CN_NONE;
    if (fits && !cn__strmap_add(&w->folded, w->name.data, len, 0, NULL)) {
        w->walk.table.no_memory = true;
        return false;
    }
    w->names_bytes += fits ? len : 0;
    return fits;
}

static bool is_number(cn__type type) {
    return type == CN__MONEY || type == CN__NUMBER || type == CN__COUNT || type == CN__FREE;
}

/* A column without a type keeps each value as it is given: NUMERIC would round long amounts. */
static void put_title(void *context, const char *text, const cn__column *column) {
    writer *w = context;
    const char *comma = sqlite3_str_length(w->columns) ? ", " : "";
    sqlite3_str_appendf(w->columns, "%s\"%w\"%s", comma, text, column && !is_number(column->type) ? " TEXT" : "");
    sqlite3_str_appendf(w->marks, "%s?", comma);
}

/* The header is complete: make the table and the statement for its rows. */
static cn_status create_table(writer *w) {
    char *columns = sqlite3_str_finish(w->columns);
    char *marks = sqlite3_str_finish(w->marks);
    char *sql = columns ? sqlite3_mprintf("CREATE TABLE \"%w\" (%s)", w->section->table, columns) : NULL;
    int code = sql ? sqlite3_exec(w->base, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
    w->columns = w->marks = NULL;
    sqlite3_free(sql);
    if (code == SQLITE_OK) {
        sql = marks ? sqlite3_mprintf("INSERT INTO \"%w\" VALUES (%s)", w->section->table, marks) : NULL;
        code = sql ? sqlite3_prepare_v2(w->base, sql, -1, &w->insert, NULL) : SQLITE_NOMEM;
        sqlite3_free(sql);
    }
    sqlite3_free(columns);
    sqlite3_free(marks);
    return code == SQLITE_OK ? CN_OK : fail(w, code);
}

/* ---- rows ---- */

static int bind_text(writer *w, const char *text, size_t len) {
    return sqlite3_bind_text64(w->insert, w->bound, text, len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* As a number of SQLite where that reads back as the same text; money of more than 15 digits is a text. */
static int bind_number(writer *w, const char *text, size_t len) {
    char *end = NULL;
    cn_buf again = {0};
    errno = 0;
    long long whole = strtoll(text, &end, 10);
    if (errno == 0 && *end == '\0') {
        cn__format_i64(&again, whole);
        bool same = again.data && strcmp(again.data, text) == 0;
        bool failed = again.failed;
        cn_buf_release(&again);
        return failed ? SQLITE_NOMEM : same ? sqlite3_bind_int64(w->insert, w->bound, whole) : bind_text(w, text, len);
    }
    double number = 0;
    bool same = false;
    if (cn__parse_double(text, len, &number) == CN__PARSE_OK) {
        cn_format_exact(&again, number);
        same = again.data && strcmp(again.data, text) == 0;
    }
    bool failed = again.failed;
    cn_buf_release(&again);
    return failed ? SQLITE_NOMEM : same ? sqlite3_bind_double(w->insert, w->bound, number) : bind_text(w, text, len);
}

/* The next value of the row; an empty one is NULL. */
static void put_cell(void *context, const char *text, size_t len, cn__type type) {
    writer *w = context;
    w->bound++;
    if (w->code == SQLITE_OK && w->insert) {
        w->code = len == 0          ? sqlite3_bind_null(w->insert, w->bound)
                  : is_number(type) ? bind_number(w, text, len)
                                    : bind_text(w, text, len);
    }
}

/* What is bound becomes a row. */
static cn_status add_row(writer *w) {
    int code = w->code == SQLITE_OK ? sqlite3_step(w->insert) : w->code;
    code = code == SQLITE_DONE ? sqlite3_reset(w->insert) : code;
    w->bound = 0;
    if (cn__table_failed(&w->walk.table)) {
        return CN__NO_MEMORY(w->walk.table.save->err);
    }
    return code == SQLITE_OK ? CN_OK : fail(w, code);
}

static bool end_row(void *context) {
    writer *w = context;
    if (w->status == CN_OK) {
        w->status = w->columns ? create_table(w) : add_row(w);
    }
    return w->status == CN_OK && cn__save_step(w->walk.table.save);
}

static const cn__table_sink sqlite_sink = {put_title, put_cell, end_row};

static cn_status write_section(writer *w, const cn__section *section) {
    cn__strmap_release(&w->folded);
    w->names_bytes = 0;
    bool any = cn__table_walk_see(&w->walk, section);
    if (cn__table_failed(&w->walk.table) || w->name.failed) {
        return CN__NO_MEMORY(w->walk.table.save->err);
    }
    if (any) {
        w->section = section;
        w->columns = sqlite3_str_new(w->base);
        w->marks = sqlite3_str_new(w->base);
        cn__table_walk_write(&w->walk, section);
        (void)sqlite3_finalize(w->insert);
        w->insert = NULL;
    }
    return w->status;
}

/* ---- the file ---- */

static cn_status begin(writer *w) {
    char sql[256];
    (void)snprintf(
        sql, sizeof sql,
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE; PRAGMA secure_delete = ON; "
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = %d; BEGIN",
        CN__SQLITE_MARK);
    return run(w, sql);
}

static cn_status fill(writer *w, const char *file) {
    int code = sqlite3_open_v2(file, &w->base, SQLITE_OPEN_READWRITE, NULL);
    cn_status status = code == SQLITE_OK ? begin(w) : fail(w, code);
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK; id++) {
        status = write_section(w, cn__section_at((cn__section_id)id));
    }
    status = status == CN_OK ? run(w, "COMMIT") : status;
    code = sqlite3_close(w->base);
    return status == CN_OK && code != SQLITE_OK ? cn__file_fail_writing(w->walk.table.save->err, w->path, EIO) : status;
}

/* A log beside the old file would be played back into the new one: somebody has it open, or it was left in the middle of it. */
static cn_status check_target(const cn__save *s, const cn__file_out *file) {
    static const char *const logs[] = {"-wal", "-journal"};
    cn_buf name = {0};
    cn_status status = CN_OK;
    if (!file->temporary) { /* a pipe or device: SQLite needs a file */
        return CN__FAIL1(s->err, CN_ERR_ARGUMENT, SAVE_NEEDS_NAME, "sqlite");
    }
    for (size_t i = 0; i < 2 && status == CN_OK; i++) {
        name.len = 0;
        cn_buf_add_text(&name, file->target);
        cn_buf_add_text(&name, logs[i]);
        if (name.failed) {
            status = CN__NO_MEMORY(s->err);
        } else if (access(name.data, F_OK) == 0) {
            status = cn__file_fail_writing(s->err, s->path, EBUSY);
        }
    }
    cn_buf_release(&name);
    return status;
}

cn_status cn__save_sqlite(cn__save *s) {
    writer w = {.walk = {.table = {.save = s, .free_max = COLUMNS_MAX - CN__TABLE_COLUMNS, .free_fits = name_fits},
                         .sink = &sqlite_sink},
                .path = s->path};
    w.walk.context = &w;
    cn__file_out file;
    w.walk.table.context = &w;
    cn_status status = cn__file_out_open(s->path, &file, s->err);
    if (status != CN_OK) {
        return status;
    }
    status = check_target(s, &file);
    status = status == CN_OK ? cn__native_begin(&w.walk.table.native, s->net, s->err) : status;
    status = status == CN_OK ? fill(&w, file.temporary) : status;
    cn__native_lose(s);
    status = status == CN_OK ? cn__save_tell(s) : status;
    bool good = status == CN_OK;
    cn_status closed = cn__file_out_close(&file, s->path, good, good ? s->err : NULL);
    cn__strmap_release(&w.folded);
    cn_buf_release(&w.name);
    cn__table_release(&w.walk.table);
    return good ? closed : status;
}
