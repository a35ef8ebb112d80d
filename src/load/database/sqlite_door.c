/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite: the only reader that includes sqlite3.h. The file is opened for reading only (and as immutable, unless a write-ahead log lies
 * beside it, which would then be left out); a database may be hostile, so nothing but SELECT is allowed, its schema is not trusted, values
 * have a limit, and a query that works very long without giving a row is stopped. Invariant: one statement at a time.
 */
#include "database.h"

#include "error.h"
#include "input.h"
#include "sqlite_mark.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STEP_OPERATIONS = 100000, IDLE_STEPS_MAX = 20000 };

typedef struct handle {
    sqlite3 *base;
    sqlite3_stmt *statement;
    const cn__load *load;
    uint64_t rows;
    unsigned idle; /* steps of the watch since the last row */
    bool cancelled;
    char number[40];
} handle;

static handle *of(const cn__db *db) { return db->handle; }

static cn_status fail(const cn__db *db, cn_message message) {
    const handle *h = of(db);
    if (h->cancelled) {
        return CN__FAIL0(db->load->err, CN_ERR_CANCELLED, CANCELLED);
    }
    const char *text = h->base ? sqlite3_errmsg(h->base) : "";
    return h->base && sqlite3_errcode(h->base) == SQLITE_NOMEM ? CN__NO_MEMORY(db->load->err)
                                                               : cn__db_fail(db->load, message, db->label, text);
}

/* Called by SQLite now and then; not 0 stops the query. */
static int look_up(void *context) {
    handle *h = context;
    bool go_on = !h->load->watch.step || h->load->watch.step(h->load->watch.context, h->rows, 0);
    h->cancelled = h->cancelled || !go_on;
    return h->cancelled || ++h->idle > IDLE_STEPS_MAX;
}

static int allow(void *context, int action, const char *a, const char *b, const char *c, const char *d) {
    (void)context;
    (void)a;
    (void)c;
    (void)d;
    if (action == SQLITE_FUNCTION) { /* the one function that runs code from outside */
        return b && strcmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    }
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE ? SQLITE_OK : SQLITE_DENY;
}

static cn_status begin(cn__db *db, const char *sql) {
    handle *h = of(db);
    const char *rest = NULL;
    h->idle = 0;
    int code = sqlite3_prepare_v2(h->base, sql, -1, &h->statement, &rest);
    if (code != SQLITE_OK || !h->statement) {
        return fail(db, CN_MSG_DATABASE_QUERY);
    }
    if (rest[strspn(rest, " \t\r\n;")]) {
        sqlite3_finalize(h->statement);
        h->statement = NULL;
        return cn__db_fail(db->load, CN_MSG_DATABASE_QUERY, db->label, "one SELECT only");
    }
    return CN_OK;
}

static size_t columns(const cn__db *db) { return (size_t)sqlite3_column_count(of(db)->statement); }

static const char *name(const cn__db *db, size_t column) {
    const char *text = sqlite3_column_name(of(db)->statement, (int)column);
    return text ? text : "";
}

static cn_status next(cn__db *db, bool *got) {
    handle *h = of(db);
    int code = sqlite3_step(h->statement);
    *got = code == SQLITE_ROW;
    h->rows += *got;
    h->idle = 0;
    return code == SQLITE_ROW || code == SQLITE_DONE ? CN_OK : fail(db, CN_MSG_DATABASE_QUERY);
}

static cn__db_cell cell(const cn__db *db, size_t column) {
    handle *h = of(db);
    int at = (int)column;
    switch (sqlite3_column_type(h->statement, at)) {
    case SQLITE_NULL:
        return (cn__db_cell){NULL, 0, CN__CELL_TEXT};
    case SQLITE_INTEGER:
    case SQLITE_FLOAT: {
        /* SQLite writes 15 digits of a double as text: too few. */
        bool whole = sqlite3_column_type(h->statement, at) == SQLITE_INTEGER;
        cn_buf text = {0};
        if (!whole) {
            cn_format_exact(&text, sqlite3_column_double(h->statement, at));
        }
        int len = whole
                      ? snprintf(h->number, sizeof h->number, "%lld", (long long)sqlite3_column_int64(h->statement, at))
                      : snprintf(h->number, sizeof h->number, "%s", text.data ? text.data : "");
        cn_buf_release(&text);
        return (cn__db_cell){h->number, len > 0 ? (size_t)len : 0, CN__CELL_NUMBER};
    }
    default: {
        const char *text = (const char *)sqlite3_column_text(h->statement, at);
        return (cn__db_cell){text, text ? (size_t)sqlite3_column_bytes(h->statement, at) : 0, CN__CELL_TEXT};
    }
    }
}

static void end(cn__db *db) {
    sqlite3_finalize(of(db)->statement);
    of(db)->statement = NULL;
}

static const cn__db_door door = {"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE "
                                 "'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                 begin,
                                 columns,
                                 name,
                                 next,
                                 cell,
                                 end};

bool cn__sniff_sqlite(const cn__input *input) {
    static const char magic[] = "SQLite format 3"; /* with its NUL */
    return input->bytes && input->len >= sizeof magic && memcmp(input->bytes, magic, sizeof magic) == 0;
}

/* A path as a URI: what URIs give a meaning to is escaped. */
static void add_uri(cn_buf *out, const char *path, bool immutable) {
    cn_buf_add_text(out, "file:");
    for (; *path; path++) {
        char escaped[4];
        bool plain = strchr("%?#", *path) == NULL;
        (void)snprintf(escaped, sizeof escaped, "%%%02X", (unsigned char)*path);
        cn_buf_add(out, plain ? path : escaped, plain ? 1 : 3);
    }
    cn_buf_add_text(out, immutable ? "?mode=ro&immutable=1" : "?mode=ro");
}

/* A database whose log lies beside it is in use, or was left in the middle of it. */
static bool has_log(const char *path) {
    cn_buf log = {0};
    cn_buf_add_text(&log, path);
    cn_buf_add_text(&log, "-wal");
    bool there = log.data && access(log.data, F_OK) == 0;
    cn_buf_release(&log);
    return there;
}

static int open_file(handle *h, const cn__input *input) {
    cn_buf uri = {0};
    add_uri(&uri, input->path, !has_log(input->path));
    int code =
        uri.failed ? SQLITE_NOMEM : sqlite3_open_v2(uri.data, &h->base, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    cn_buf_release(&uri);
    return code;
}

/* From memory: SQLite wants bytes of its own. */
static int open_bytes(handle *h, const cn__input *input) {
    int code = sqlite3_open_v2(":memory:", &h->base, SQLITE_OPEN_READWRITE, NULL);
    unsigned char *copy = code == SQLITE_OK ? sqlite3_malloc64(input->len + 1) : NULL;
    if (!copy) {
        return code == SQLITE_OK ? SQLITE_NOMEM : code;
    }
    memcpy(copy, input->bytes, input->len);
    return sqlite3_deserialize(h->base, "main", copy, (sqlite3_int64)input->len, (sqlite3_int64)input->len,
                               SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
}

static void restrain(handle *h, const cn__load *load) {
    (void)sqlite3_db_config(h->base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(h->base, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    int most = load->limits.max_text_bytes < (1u << 28) ? (int)load->limits.max_text_bytes + (1 << 20) : 1 << 29;
    (void)sqlite3_limit(h->base, SQLITE_LIMIT_LENGTH, most);
    (void)sqlite3_set_authorizer(h->base, allow, NULL);
    sqlite3_progress_handler(h->base, STEP_OPERATIONS, look_up, h);
}

/* Did coopnet write it? */
static bool is_ours(sqlite3 *base) {
    sqlite3_stmt *statement = NULL;
    bool ours = sqlite3_prepare_v2(base, "PRAGMA application_id", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == CN__SQLITE_MARK;
    (void)sqlite3_finalize(statement);
    return ours;
}

cn_status cn__read_sqlite(cn__assembly *assembly, const cn__input *input) {
    handle h = {.load = assembly->load};
    cn__db db = {&door, &h, input->label, assembly->load, false};
    int code = input->path ? open_file(&h, input) : open_bytes(&h, input);
    cn_status status;
    if (code == SQLITE_OK) {
        db.literal = is_ours(h.base);
        restrain(&h, assembly->load);
        status = cn__db_read(&db, assembly);
    } else {
        status = fail(&db, CN_MSG_DATABASE_OPEN);
    }
    (void)sqlite3_close(h.base);
    return status;
}
