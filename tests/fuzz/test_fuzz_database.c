/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite databases from memory: a sound one loads as its tables say, mutations of it never do harm, a view that never ends is stopped, and
 * every allocation fails once. COOPNET_FUZZ_RUNS sets the number of mutations.
 */
#include "check.h"
#include "fuzz_load.h"

#include "memory.h"

#include <sqlite3.h>
#include <string.h>

enum { DEFAULT_RUNS = 1500 };

static const char good[] =
    "CREATE TABLE \"предприятия\" (id TEXT, название TEXT, ИНН TEXT, output NUMERIC);"
    "INSERT INTO \"предприятия\" VALUES ('a', '  ООО «Вега» ', '0010000017', 48000000.5), ('b', NULL, NULL, NULL);"
    "CREATE TABLE links (\"from\" TEXT, \"to\" TEXT, value REAL, since TEXT, \"x.n\" INTEGER);"
    "INSERT INTO links VALUES ('a', 'b', 0.1, '2020-01-02', 7), ('b', 'a', 10, NULL, NULL);"
    "CREATE VIEW clusters AS SELECT 'k' AS id, 'Кластер' AS name;"
    "CREATE TABLE log (text TEXT);";

/* The bytes of a database made by these statements; free with sqlite3_free. */
static unsigned char *database_of(const char *sql, size_t *len) {
    sqlite3 *base = NULL;
    sqlite3_int64 size = 0;
    CHECK_INT(sqlite3_open(":memory:", &base), SQLITE_OK);
    CHECK_INT(sqlite3_exec(base, sql, NULL, NULL, NULL), SQLITE_OK);
    unsigned char *bytes = sqlite3_serialize(base, "main", &size, 0);
    CHECK(bytes != NULL);
    CHECK_INT(sqlite3_close(base), SQLITE_OK);
    *len = (size_t)size;
    return bytes;
}

static cn_status load(const void *bytes, size_t len, const cn_load_options *options, cn_network **net, cn_error *err) {
    cn_diags *diags = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load_bytes("base", bytes, len, options, diags, net, err);
    cn_diags_free(diags);
    return status;
}

static void loads(void) {
    size_t len;
    unsigned char *bytes = database_of(good, &len);
    cn_network *net;
    CHECK_INT(load(bytes, len, NULL, &net, NULL), CN_OK);
    CHECK_INT(cn_entity_count(net), 3);
    CHECK_TEXT(cn_entity_name(net, cn_entity_find(net, "a")), "ООО «Вега»");
    CHECK_INT(cn_entity_money(net, 0, CN_FIELD_OUTPUT), 4800000050);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_INT(cn_link_value_minor(net, 0), 10);
    CHECK_INT(cn_link_since(net, 0), cn_date_make(2020, 1, 2));
    cn_network_free(net);
    sqlite3_free(bytes);
}

static void queries(void) {
    size_t len;
    unsigned char *bytes = database_of(
        "CREATE TABLE t (a TEXT, b TEXT, s NUMERIC, d TEXT);"
        "INSERT INTO t VALUES ('x', 'y', 1.25, '2020-03-01'), ('x', 'y', 2.5, '31.12.2020'), ('x', 'y', 4, '2021');",
        &len);
    cn_network *net;
    cn_error err = {0};
    cn_load_options options = {.links_query =
                                   "SELECT a AS поставщик, b AS \"покупатель\", s AS сумма, d AS since FROM t"};
    CHECK_INT(load(bytes, len, NULL, &net, &err), CN_ERR_INPUT);
    CHECK_INT(err.message, CN_MSG_DATABASE_NO_TABLES);
    CHECK_INT(load(bytes, len, &options, &net, NULL), CN_OK);
    CHECK_INT(cn_link_count(net), 3);
    cn_network_free(net);
    options.aggregate = true;
    CHECK_INT(load(bytes, len, &options, &net, NULL), CN_OK);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_INT(cn_link_value_minor(net, 0), 375);
    CHECK_INT(cn_link_since(net, 0), cn_date_make(2020, 0, 0));
    cn_network_free(net);
    static const char *const refused[] = {"DELETE FROM t", "SELECT 1; SELECT 2",       "ATTACH 'x' AS y",
                                          "nonsense",      "PRAGMA writable_schema=1", ""};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        options = (cn_load_options){.links_query = refused[i]};
        CHECK_INT(load(bytes, len, &options, &net, &err), CN_ERR_INPUT);
        CHECK_INT(err.message, CN_MSG_DATABASE_QUERY);
    }
    options = (cn_load_options){.links_query = "SELECT a, b FROM t", .aggregate = true};
    CHECK_INT(load(bytes, len, &options, &net, &err), CN_ERR_INPUT);
    CHECK_INT(err.message, CN_MSG_AGGREGATE_COLUMNS);
    CHECK_INT(cn_load_bytes("t.csv", "a,b\nx,y\n", 8, &options, NULL, &net, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_NO_DATABASE);
    sqlite3_free(bytes);
}

static bool never(void *context, uint64_t done, uint64_t total) {
    (void)context;
    (void)done;
    (void)total;
    return false;
}

static void endless(void) {
    size_t len;
    unsigned char *bytes =
        database_of("CREATE VIEW links AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                    "SELECT 'a' || i AS \"from\", 'b' AS \"to\" FROM n;",
                    &len);
    cn_network *net;
    cn_error err = {0};
    const cn_load_options few = {.limits = {.max_links = 1000}};
    CHECK_INT(load(bytes, len, &few, &net, &err), CN_ERR_INPUT);
    const cn_load_options stopped = {.watch = {never, NULL}};
    sqlite3_free(bytes);
    bytes = database_of("CREATE VIEW links AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                        "SELECT 'a' AS \"from\", 'b' AS \"to\" FROM n WHERE i < 0;",
                        &len);
    CHECK_INT(load(bytes, len, &stopped, &net, &err), CN_ERR_CANCELLED);
    sqlite3_free(bytes);
}

static void mutations(void) {
    const char *runs = getenv("COOPNET_FUZZ_RUNS");
    uint64_t count = runs ? strtoull(runs, NULL, 10) : DEFAULT_RUNS;
    uint64_t random = 11;
    size_t len;
    unsigned char *bytes = database_of(good, &len);
    unsigned char *mutant = malloc(len);
    CHECK(mutant != NULL);
    for (uint64_t run = 0; run < count; run++) {
        memcpy(mutant, bytes, len);
        size_t size = check_below(&random, 8) ? len : check_below(&random, (uint32_t)len);
        for (uint32_t i = 1 + check_below(&random, 12); i && size; i--) {
            /* Most bytes of a small database are empty room: hit the header and the ends of pages more often. */
            size_t page = 4096 * (size_t)check_below(&random, (uint32_t)(len / 4096));
            size_t at =
                check_below(&random, 2) ? page + check_below(&random, 120) : page + 3300 + check_below(&random, 796);
            mutant[at % size] = (unsigned char)check_below(&random, 256);
        }
        cn_diags *diags = NULL;
        cn_network *net = NULL;
        const cn_load_options options = {.format = CN_FORMAT_SQLITE,
                                         .limits = {.max_entities = 2000, .max_links = 5000}};
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn_status status = cn_load_bytes("fuzz", mutant, size, &options, diags, &net, NULL);
        CHECK(status == CN_OK || status == CN_ERR_INPUT || status == CN_ERR_MEMORY);
        CHECK((status == CN_OK) == (net != NULL));
        cn_network_free(net);
        cn_diags_free(diags);
    }
    free(mutant);
    sqlite3_free(bytes);
}

static void each_allocation_fails(void) {
    size_t len;
    unsigned char *bytes = database_of(good, &len);
    bool done = false;
    const cn_load_options sums = {.aggregate = true};
    for (int aggregate = 0; aggregate < 2; aggregate++, done = false) {
        for (uint64_t nth = 0; !done; nth++) {
            cn_diags *diags = NULL;
            cn_network *net = NULL;
            CHECK(nth < 5000);
            CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
            cn__alloc_fail_after(nth);
            cn_status status = cn_load_bytes("x", bytes, len, aggregate ? &sums : NULL, diags, &net, NULL);
            void *probe = cn__alloc(1, 1);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            done = probe != NULL;
            cn__free(probe);
            CHECK(done ? status == CN_OK : status != CN_ERR_INTERNAL);
            CHECK((status == CN_OK) == (net != NULL));
            cn_network_free(net);
            cn_diags_free(diags);
        }
    }
    sqlite3_free(bytes);
}

int main(void) {
    return check_run((check_case[]){{"a database loads", loads},
                                    {"queries", queries},
                                    {"views that never end", endless},
                                    {"mutations", mutations},
                                    {"each allocation fails", each_allocation_fails},
                                    {0}});
}
