/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PostgreSQL and what speaks its protocol: the only file that includes libpq-fe.h. All queries of a load run in one read-only transaction
 * of a session that cannot write, one row at a time (single-row mode), so that memory is that of a row and all tables are of one moment.
 * While the server works, the load's watch is asked five times a second; stopped by it, the query is cancelled on the server. A password in
 * the URL would be seen in lists of processes and in histories: it is refused, and never stands in a message.
 */
#include "database.h"

#include "error.h"
#include "input.h"

#include <libpq-fe.h>
#include <poll.h>
#include <string.h>

enum { WAIT_MS = 200, CONNECT_MS = 15000 };

typedef struct handle {
    PGconn *connection;
    PGresult *row; /* the present one, or the columns before the first */
    bool fresh;    /* `row` was not handed over yet */
    bool done;     /* no more rows */
    uint64_t rows;
    char cell[64];
} handle;

static handle *of(const cn__db *db) { return db->handle; }

static cn_status fail(const cn__db *db, cn_message message) {
    return cn__db_fail(db->load, message, db->label, PQerrorMessage(of(db)->connection));
}

static bool go_on(const cn__db *db) {
    const cn_load_watch *watch = &db->load->watch;
    return !watch->step || watch->step(watch->context, of(db)->rows, 0);
}

/* False: nothing came in time. */
static bool wait_for(const handle *h, short events) {
    struct pollfd socket = {.fd = PQsocket(h->connection), .events = events};
    return poll(&socket, 1, WAIT_MS) > 0;
}

/* Tell the server to stop; the session is closed after this. */
static cn_status cancel(cn__db *db) {
    char text[256];
    PGcancel *request = PQgetCancel(of(db)->connection);
    if (request) {
        (void)PQcancel(request, text, sizeof text);
        PQfreeCancel(request);
    }
    return CN__FAIL0(db->load->err, CN_ERR_CANCELLED, CANCELLED);
}

/* The next result, or NULL after the last. */
static cn_status next_result(cn__db *db, PGresult **out) {
    handle *h = of(db);
    *out = NULL;
    while (PQisBusy(h->connection)) {
        if (!go_on(db)) {
            return cancel(db);
        }
        (void)wait_for(h, POLLIN);
        if (!PQconsumeInput(h->connection)) {
            return fail(db, CN_MSG_DATABASE_QUERY);
        }
    }
    *out = PQgetResult(h->connection);
    return CN_OK;
}

/* The next row (or the columns of none) into `row`. */
static cn_status fetch(cn__db *db) {
    handle *h = of(db);
    PQclear(h->row);
    h->row = NULL;
    cn_status status = next_result(db, &h->row);
    if (status != CN_OK) {
        return status;
    }
    ExecStatusType kind = PQresultStatus(h->row);
    h->done = kind == PGRES_TUPLES_OK;
    if (kind == PGRES_SINGLE_TUPLE || kind == PGRES_TUPLES_OK) {
        return CN_OK;
    }
    return kind == PGRES_COMMAND_OK ? cn__db_fail(db->load, CN_MSG_DATABASE_QUERY, db->label, "one SELECT only")
                                    : fail(db, CN_MSG_DATABASE_QUERY);
}

static void end(cn__db *db) {
    handle *h = of(db);
    PGresult *rest = NULL;
    PQclear(h->row);
    h->row = NULL;
    if (!h->done && PQtransactionStatus(h->connection) == PQTRANS_ACTIVE) {
        (void)cancel(db); /* not read to its end: a limit was reached */
    }
    while ((rest = PQgetResult(h->connection)) != NULL) {
        PQclear(rest);
    }
}

/* By the protocol of one statement: a query that holds several is refused by the server. */
static cn_status begin(cn__db *db, const char *sql) {
    handle *h = of(db);
    h->done = false;
    if (!PQsendQueryParams(h->connection, sql, 0, NULL, NULL, NULL, NULL, 0) || !PQsetSingleRowMode(h->connection)) {
        return fail(db, CN_MSG_DATABASE_QUERY);
    }
    cn_status status = fetch(db);
    h->fresh = true;
    if (status != CN_OK) {
        cn_error kept = db->load->err ? *db->load->err : (cn_error){0};
        end(db);
        if (db->load->err) {
            *db->load->err = kept;
        }
    }
    return status;
}

static size_t columns(const cn__db *db) { return (size_t)PQnfields(of(db)->row); }
static const char *name(const cn__db *db, size_t column) { return PQfname(of(db)->row, (int)column); }

static cn_status next(cn__db *db, bool *got) {
    handle *h = of(db);
    cn_status status = CN_OK;
    if (!h->fresh && !h->done) {
        status = fetch(db);
    }
    *got = status == CN_OK && (h->fresh || !h->done) && PQntuples(h->row) > 0;
    h->fresh = false;
    h->rows += *got;
    if (*got && h->rows % 4096 == 0 && !go_on(db)) {
        return cancel(db);
    }
    return status;
}

/* Types by their numbers, which are the same in every server (catalog pg_type). */
static cn__cell_kind kind_of(Oid type) {
    switch (type) {
    case 16:
        return CN__CELL_FLAG;
    case 20:
    case 21:
    case 23:
    case 700:
    case 701:
    case 1700:
        return CN__CELL_NUMBER;
    case 1082:
    case 1114:
    case 1184:
        return CN__CELL_DATE;
    default:
        return CN__CELL_TEXT;
    }
}

static cn__db_cell cell(const cn__db *db, size_t column) {
    handle *h = of(db);
    int at = (int)column;
    if (PQgetisnull(h->row, 0, at)) {
        return (cn__db_cell){NULL, 0, CN__CELL_TEXT};
    }
    const char *text = PQgetvalue(h->row, 0, at);
    size_t len = (size_t)PQgetlength(h->row, 0, at);
    cn__cell_kind kind = kind_of(PQftype(h->row, at));
    if (kind == CN__CELL_FLAG) {
        return *text == 't' ? (cn__db_cell){"true", 4, kind} : (cn__db_cell){"false", 5, kind};
    }
    /* A moment to its day; “infinity” and years before Christ stay texts. */
    if (kind == CN__CELL_DATE && (len < 10 || text[4] != '-' || strstr(text, "BC"))) {
        kind = CN__CELL_TEXT;
    }
    if (kind == CN__CELL_DATE) {
        memcpy(h->cell, text, 10);
        h->cell[10] = '\0';
        return (cn__db_cell){h->cell, 10, kind};
    }
    bool number =
        kind != CN__CELL_NUMBER || (*text != 'N' && *text != 'I' && text[1] != 'I'); /* NaN, Infinity, -Infinity */
    return (cn__db_cell){text, len, number ? kind : CN__CELL_TEXT};
}

static const cn__db_door door = {"SELECT table_name::text FROM information_schema.tables WHERE table_schema = ANY "
                                 "(current_schemas(false)) ORDER BY 1",
                                 begin,
                                 columns,
                                 name,
                                 next,
                                 cell,
                                 end};

bool cn__sniff_postgresql(const cn__input *input) {
    static const char *const schemes[] = {"postgresql://", "postgres://"};
    for (size_t i = 0; i < 2 && input->path && !input->bytes; i++) {
        if (strncmp(input->path, schemes[i], strlen(schemes[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* A URL that libpq understands and that holds no password. What libpq says of a bad one may hold it: only that it is bad is told. */
static cn_status check_url(const cn__load *load, const char *url) {
    char *text = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &text);
    PQfreemem(text);
    if (!options) {
        return CN__FAIL0(load->err, CN_ERR_ARGUMENT, DATABASE_URL);
    }
    bool secret = false;
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        bool word = strcmp(o->keyword, "password") == 0 || strcmp(o->keyword, "sslpassword") == 0;
        secret = secret || (word && o->val && o->val[0]);
    }
    PQconninfoFree(options);
    return secret ? CN__FAIL0(load->err, CN_ERR_ARGUMENT, PASSWORD_IN_URL) : CN_OK;
}

static cn_status open_connection(cn__db *db, const char *url) {
    static const char *const keys[] = {"dbname", "fallback_application_name", "client_encoding", NULL};
    const char *values[] = {url, "coopnet", "UTF8", NULL};
    handle *h = of(db);
    h->connection = PQconnectStartParams(keys, values, 1);
    if (!h->connection) {
        return CN__NO_MEMORY(db->load->err);
    }
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    int waited_ms = 0;
    while (PQstatus(h->connection) != CONNECTION_BAD && state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (!go_on(db)) {
            return CN__FAIL0(db->load->err, CN_ERR_CANCELLED, CANCELLED);
        }
        if (wait_for(h, state == PGRES_POLLING_READING ? POLLIN : POLLOUT)) {
            state = PQconnectPoll(h->connection);
        } else if ((waited_ms += WAIT_MS) >= CONNECT_MS) {
            return cn__db_fail(db->load, CN_MSG_DATABASE_OPEN, db->label, "no answer");
        }
    }
    return PQstatus(h->connection) == CONNECTION_OK ? CN_OK : fail(db, CN_MSG_DATABASE_OPEN);
}

static cn_status run(cn__db *db, const char *sql) {
    PGresult *result = PQexec(of(db)->connection, sql);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return ok ? CN_OK : fail(db, CN_MSG_DATABASE_OPEN);
}

/* Notices of the server are not for standard error. */
static void ignore(void *context, const char *message) {
    (void)context;
    (void)message;
}

cn_status cn__read_postgresql(cn__assembly *assembly, const cn__input *input) {
    handle h = {0};
    cn__db db = {&door, &h, input->label, assembly->load, false};
    if (!input->path || input->bytes) { /* some file was to be read as an address */
        return CN__FAIL0(assembly->load->err, CN_ERR_INPUT, DATABASE_URL);
    }
    cn_status status = check_url(assembly->load, input->path);
    status = status == CN_OK ? open_connection(&db, input->path) : status;
    if (status == CN_OK) {
        (void)PQsetNoticeProcessor(h.connection, ignore, NULL);
        status = run(&db, "SET default_transaction_read_only = on");
    }
    status = status == CN_OK ? run(&db, "SET datestyle = ISO") : status;
    status = status == CN_OK ? run(&db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") : status;
    status = status == CN_OK ? cn__db_read(&db, assembly) : status;
    PQfinish(h.connection);
    return status;
}
