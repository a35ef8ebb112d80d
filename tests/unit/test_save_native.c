/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is saved in a native format loads back to the same network: the examples, and a network made to be difficult (every field, every
 * kind of link, texts with every mark that JSON or CSV uses, money at its limits, free attributes of every JSON type).
 */
#include "check.h"
#include "make_network.h"
#include "patience.h"
#include "same_network.h"

#include "coopnet/save.h"
#include "coopnet/snapshot.h"
#include "csv_guard.h"
#include "json_value.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[64];

static void path_of(char out[128], const char *name) { (void)snprintf(out, 128, "%s/%s", folder, name); }

static cn_network *load(const char *path) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load(path, NULL, diags, &net, NULL);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        printf("  %s\n", line.data);
        cn_buf_release(&line);
    }
    cn_diags_free(diags);
    CHECK_INT(status, CN_OK);
    return net;
}

/* Saves, loads and compares; returns how many notes there were of things not held. */
static size_t round_trip(const cn_network *net, const char *name, const char *format) {
    char path[128];
    cn_diags *lost = NULL;
    cn_save_options options = {.format = format};
    path_of(path, name);
    CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, &options, lost, NULL), CN_OK);
    size_t notes = cn_diags_count(lost);
    for (size_t i = 0; i < notes; i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(lost, i), CN_LANG_RU, &line);
        printf("  %s\n", line.data);
        cn_buf_release(&line);
    }
    cn_diags_free(lost);
    cn_network *back = load(path);
    cn_buf a = {0};
    cn_buf b = {0};
    same_add_network(&a, net);
    same_add_network(&b, back);
    CHECK(same_texts(name, a.data, b.data));
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_network_free(back);
    return notes;
}

static void examples(void) {
    static const char *const names[] = {"electro", "akit", "toy", "bulldozer"};
    for (size_t i = 0; i < 4; i++) {
        char path[256];
        char out[64];
        (void)snprintf(path, sizeof path, "%s/graphs/%s.json", COOPNET_SOURCE_DIR, names[i]);
        cn_network *net = load(path);
        (void)snprintf(out, sizeof out, "%s.json", names[i]);
        CHECK_INT(round_trip(net, out, NULL), 0);
        CHECK_INT(round_trip(net, names[i], NULL), 0);
        (void)snprintf(out, sizeof out, "%s.sqlite", names[i]);
        CHECK_INT(round_trip(net, out, NULL), 0);
        (void)snprintf(out, sizeof out, "%s.xlsx", names[i]);
        CHECK_INT(round_trip(net, out, NULL), 0);
        (void)snprintf(out, sizeof out, "%s.cnet", names[i]);
        CHECK_INT(round_trip(net, out, NULL), 0);
        cn_network_free(net);
    }
}

static void free_attribute(cn_builder *b, cn_owner kind, uint32_t owner, const char *name, const char *json) {
    CHECK_INT(cn_builder_add_x(b, kind, owner, name, json, NULL), CN_OK);
}

/* Texts that mean something to CSV, JSON, spreadsheets or terminals. */
static const char *const odd[] = {"=1+1",         "'=1",
                                  "''-x",         "+7",
                                  "@a",           " blank ",
                                  "a;b,c",        "say \"no\"",
                                  "line\nbreak",  "cr\rlf\r\n",
                                  "tab\t",        "\t=x",
                                  "ё«»—",         "\xC2\xA0nb",
                                  "nb\xC2\xA0",   "]]>&<>'",
                                  "\x01\x1b\x7f", "true",
                                  "-12.50",       "00a2",
                                  "{\"a\": 1}",   "[1]",
                                  "\"q\"",        "null",
                                  "1e3",          "\xF0\x9F\x98\x80",
                                  "end\\",        "'",
                                  "--",           "\xE2\x80\xA8"};
enum { ODD_COUNT = sizeof odd / sizeof *odd };

static void all_links(cn_builder *b, const cn_entity of_kind[2][CN_ENTITY_KIND_COUNT]) {
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        for (int from = 0; from < CN_ENTITY_KIND_COUNT; from++) {
            for (int to = 0; to < CN_ENTITY_KIND_COUNT; to++) {
                if (!(cn_link_kind_from((cn_link_kind)kind) >> from & 1u) ||
                    !(cn_link_kind_to((cn_link_kind)kind) >> to & 1u)) {
                    continue;
                }
                cn_link link;
                cn_link_spec spec = {.from = of_kind[0][from],
                                     .to = of_kind[1][to],
                                     .kind = (cn_link_kind)kind,
                                     .status = (cn_link_status)((from + to) % CN_STATUS_COUNT),
                                     .role = (cn_role)((kind + from * 3 + to) % CN_ROLE_COUNT),
                                     .value_minor = (from + to) % 2 ? CN_MONEY_NONE : 123456789012345678 - kind,
                                     .product = odd[(kind + from) % ODD_COUNT],
                                     .source = to % 2 ? odd[(kind * 2 + to) % ODD_COUNT] : NULL,
                                     .since = cn_date_parse(from % 2 ? "2016-07" : "2016"),
                                     .until = to % 3 ? cn_date_parse("2024-02-29") : CN_DATE_NONE};
                CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
                CHECK_INT(cn_builder_add_number(b, CN_OWNER_LINK, link, CN_FIELD_SHARE, 0.1 * (from + 1), NULL), CN_OK);
                CHECK_INT(cn_builder_add_number(b, CN_OWNER_LINK, link, CN_FIELD_QUANTITY, 1e-7 / 3, NULL), CN_OK);
                CHECK_INT(cn_builder_add_count(b, CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, (uint64_t)kind % 2, NULL),
                          CN_OK);
                CHECK_INT(cn_builder_add_money(b, CN_OWNER_LINK, link, CN_FIELD_CONTRIBUTION, 5, NULL), CN_OK);
                CHECK_INT(cn_builder_add_count(b, CN_OWNER_LINK, link, CN_FIELD_SIGNED, cn_date_parse("2020"), NULL),
                          CN_OK);
                free_attribute(b, CN_OWNER_LINK, link, odd[(from * 7 + to) % ODD_COUNT], "[1,{\"a\":null}]");
            }
        }
    }
}

static void add_fields(cn_builder *b, cn_entity e, int salt) {
    static const cn_field texts[] = {CN_FIELD_SHORT, CN_FIELD_SOURCE, CN_FIELD_REGION, CN_FIELD_COUNTRY, CN_FIELD_NOTE};
    for (size_t i = 0; i < 5; i++) {
        make_text(b, e, texts[i], odd[(salt + (int)i * 5) % ODD_COUNT]);
    }
    make_text(b, e, CN_FIELD_ALIAS, "one");
    make_text(b, e, CN_FIELD_ALIAS, "two; \"2\"");
    make_date(b, e, CN_FIELD_SINCE, "0001");
    make_date(b, e, CN_FIELD_UNTIL, "9999-12-31");
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_ENTITY, e, CN_FIELD_LAT, -89.999999999999, NULL), CN_OK);
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_ENTITY, e, CN_FIELD_LON, 0, NULL), CN_OK);
    free_attribute(b, CN_OWNER_ENTITY, e, "plain", "\"text\"");
    static const char *const values[] = {"\"12\"",   "12.50", "true",      "\"true\"", "\"\"",          "{\"a\":[1,2]}",
                                         "[]",       "-0",    "\"{\\\"\"", "\"[1]\"",  "\"\\\"q\\\"\"", "1e40",
                                         "\"=SUM\"", "false", "\"-5\"",    "\"+5\"",   "\"'\"",         "\" \""};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        free_attribute(b, CN_OWNER_ENTITY, e, odd[i], values[(i + (size_t)salt) % (sizeof values / sizeof *values)]);
    }
}

static cn_network *difficult(void) {
    cn_builder *b = make_builder();
    cn_entity of_kind[2][CN_ENTITY_KIND_COUNT];
    CHECK_INT(cn_builder_set_title(b, odd[0], NULL), CN_OK);
    CHECK_INT(cn_builder_set_note(b, odd[8], NULL), CN_OK);
    CHECK_INT(cn_builder_set_source(b, odd[5], NULL), CN_OK);
    CHECK_INT(cn_builder_set_country(b, "RU", NULL), CN_OK);
    CHECK_INT(cn_builder_set_currency(b, "USD", NULL), CN_OK);
    cn_builder_set_lang(b, CN_LANG_EN);
    cn_builder_set_as_of(b, cn_date_parse("2024-04"));
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        for (int k = 0; k < 2; k++) {
            char id[64];
            (void)snprintf(id, sizeof id, "%s%d", odd[(kind * 2 + k) % ODD_COUNT], kind);
            CHECK_INT(cn_builder_add_entity(b, (cn_entity_kind)kind, id, odd[(kind * 3 + k + 9) % ODD_COUNT],
                                            &of_kind[k][kind], NULL),
                      CN_OK);
            add_fields(b, of_kind[k][kind], kind + k);
        }
    }
    cn_entity firm = of_kind[0][CN_ENTITY_COMPANY];
    cn_entity project = of_kind[0][CN_ENTITY_PROJECT];
    CHECK_INT(cn_builder_add_money(b, CN_OWNER_ENTITY, firm, CN_FIELD_OUTPUT, 1, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_HEADCOUNT, UINT32_MAX, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_SME, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_ANCHOR, NULL), CN_OK);
    cn_item makes = {.owner = firm, .kind = CN_ITEM_MAKES, .value_minor = 101, .capacity_minor = 200, .number = NAN};
    cn_item needs = {.owner = firm, .kind = CN_ITEM_NEEDS, .value_minor = CN_MONEY_NONE, .origin = CN_ORIGIN_IMPORT};
    needs.capacity_minor = CN_MONEY_NONE;
    needs.number = NAN;
    cn_item plan = {.owner = project, .kind = CN_ITEM_PLAN, .year = 2025, .number = -1.0 / 3};
    plan.value_minor = plan.capacity_minor = CN_MONEY_NONE;
    CHECK_INT(cn_builder_add_item(b, &makes, odd[3], NULL), CN_OK);
    CHECK_INT(cn_builder_add_item(b, &needs, odd[9], NULL), CN_OK);
    CHECK_INT(cn_builder_add_item(b, &plan, odd[6], NULL), CN_OK);
    all_links(b, (const cn_entity(*)[CN_ENTITY_KIND_COUNT])of_kind);
    return make_network(b);
}

static void a_difficult_network(void) {
    cn_network *net = difficult();
    CHECK_INT(round_trip(net, "difficult.json", NULL), 0);
    CHECK_INT(round_trip(net, "difficult", NULL), 0);
    CHECK_INT(round_trip(net, "difficult.db", NULL), 0);
    cn_network_free(net);
}

/* Line ends of two kinds, control characters and blanks in headers are what a sheet cannot hold: named, and the rest is there. */
static void a_difficult_workbook(void) {
    cn_network *net = difficult();
    char path[128];
    cn_diags *lost = NULL;
    path_of(path, "difficult.xlsx");
    CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, NULL, lost, NULL), CN_OK);
    CHECK_INT(cn_diags_count(lost), 9);
    for (size_t i = 0; i < cn_diags_count(lost); i++) {
        CHECK_INT(cn_diags_at(lost, i)->message, CN_MSG_SAVE_ALTERED);
    }
    cn_network *back = load(path);
    CHECK_INT(cn_entity_count(back), cn_entity_count(net));
    CHECK_INT(cn_link_count(back), cn_link_count(net));
    cn_network_free(back);
    cn_diags_free(lost);
    cn_network_free(net);
}

/* What a spreadsheet person's reader would change: blanks, line ends, marks of no data, numbers and dates beyond those of a cell. */
static void texts_of_sheets(void) {
    static const char *const texts[] = {
        " blank ", "two\nlines",         "tab\t",      "-",       "н/д",     "=1+1",       "'", "007", "1e3",
        "true",    "\xC2\xA0nb\xC2\xA0", "01.02.2023", "]]>&<>'", "_x000D_", "7707083893", "@", "—",   "null"};
    cn_builder *b = make_builder();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "e%zu", i);
        cn_entity e = make_company(b, id);
        make_text(b, e, CN_FIELD_NOTE, texts[i]);
        make_text(b, e, CN_FIELD_REGION, texts[(i + 5) % (sizeof texts / sizeof *texts)]);
        make_date(b, e, CN_FIELD_SINCE, i % 3 == 0 ? "1899-12-31" : i % 3 == 1 ? "1901-01-01" : "1900-02");
        free_attribute(b, CN_OWNER_ENTITY, e, "a", i % 2 ? "12" : "1.50");
        free_attribute(b, CN_OWNER_ENTITY, e, "b", i % 2 ? "\"12\"" : "-0");
    }
    cn_network *net = make_network(b);
    CHECK_INT(round_trip(net, "texts.xlsx", NULL), 0);
    cn_network_free(net);
}

/* More decimals than money has, in sizes where a double is coarser than a kopeck. */
static void unrounded_values(void) {
    static const char text[] = "from,to,value\na,b,1.005\na,b,0.0049999999999999999999\na,b,123456789012345.678\n"
                               "a,b,12345678901234567.891\na,b,1e-9\na,b,33333333.3333333333\na,b,5\n";
    cn_network *net = NULL;
    CHECK_INT(cn_load_bytes("x", text, strlen(text), NULL, NULL, &net, NULL), CN_OK);
    CHECK_INT(round_trip(net, "fine.json", NULL), 0);
    CHECK_INT(round_trip(net, "fine", NULL), 0);
    CHECK_INT(round_trip(net, "fine.sqlite", NULL), 0);
    CHECK_INT(round_trip(net, "fine.xlsx", NULL), 0);
    CHECK_INT(round_trip(net, "fine.csv", NULL), 0);
    cn_network_free(net);
}

/* What no file holds is counted and named; what is there is well-formed. */
static void losses_are_named(void) {
    cn_builder *b = make_builder();
    cn_entity firm = make_company(b, "a");
    cn_entity cluster = make_entity(b, CN_ENTITY_CLUSTER, "k");
    make_text(b, cluster, CN_FIELD_INN, "123");
    free_attribute(b, CN_OWNER_ENTITY, firm, "n", "null");
    free_attribute(b, CN_OWNER_ENTITY, firm, "bad", "{oops");
    free_attribute(b, CN_OWNER_ENTITY, firm, "again", "1");
    free_attribute(b, CN_OWNER_ENTITY, firm, "again", "2");
    make_text(b, firm, CN_FIELD_ALIAS, "one|two");
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_GUEST, NULL), CN_OK);
    cn_network *net = make_network(b);
    char path[128];
    cn_diags *lost = NULL;
    path_of(path, "lost");
    CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, NULL, lost, NULL), CN_OK);
    CHECK_INT(cn_diags_count(lost), 2);
    CHECK_TEXT(cn_diags_at(lost, 0)->args[1], "companies: aliases 1, roles 1, n 1, bad 1, again 1");
    CHECK_TEXT(cn_diags_at(lost, 1)->args[1], "clusters: inn 1");
    cn_network *back = load(path);
    CHECK_INT(cn_entity_count(back), 2);
    cn_network_free(back);
    cn_diags_free(lost);
    cn_network_free(net);
}

/* Names that SQLite takes for one: the first is kept, the other is named. */
static void names_of_a_database(void) {
    cn_builder *b = make_builder();
    cn_entity firm = make_company(b, "Итого");
    free_attribute(b, CN_OWNER_ENTITY, firm, "City", "\"a\"");
    free_attribute(b, CN_OWNER_ENTITY, firm, "cITY", "\"b\"");
    free_attribute(b, CN_OWNER_ENTITY, firm, "say \"no\"; --", "1");
    make_text(b, firm, CN_FIELD_NOTE, "-");
    make_text(b, firm, CN_FIELD_SHORT, " n/a ");
    cn_network *net = make_network(b);
    char path[128];
    size_t count = 0;
    cn_diags *lost = NULL;
    path_of(path, "names.sqlite");
    CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, NULL, lost, NULL), CN_OK);
    CHECK_INT(cn_diags_count(lost), 1);
    CHECK_TEXT(cn_diags_at(lost, 0)->args[1], "companies: x 1");
    cn_network *back = load(path);
    CHECK_INT(cn_entity_count(back), 1);
    (void)cn_entity_values(back, 0, CN_FIELD_X, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_entity_id(back, 0), "Итого");
    CHECK_TEXT(cn_prop_text(back, cn_entity_values(back, 0, CN_FIELD_NOTE, &count)), "-");
    CHECK_TEXT(cn_prop_text(back, cn_entity_values(back, 0, CN_FIELD_SHORT, &count)), " n/a ");
    cn_network_free(back);
    cn_diags_free(lost);
    cn_network_free(net);
}

static size_t left_in_folder(void) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    CHECK(dir && closedir(dir) == 0);
    return count;
}

/* Every format asks more than once, at each question the writing can be stopped, and then nothing is left, not even a temporary file. */
static void every_format_can_be_stopped(void) {
    cn_builder *b = make_builder();
    cn_entity before = CN_NONE;
    for (int i = 0; i < 5000; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "f%d", i);
        cn_entity firm = make_company(b, id);
        if (before != CN_NONE) {
            (void)make_link(b, CN_LINK_SUPPLY, before, firm, 100);
        }
        before = firm;
    }
    cn_network *net = make_network(b);
    size_t files = left_in_folder();
    for (size_t format = 0; format < cn_save_format_count(); format++) {
        char path[128];
        cn_status status = CN_ERR_CANCELLED;
        uint64_t most = 0;
        path_of(path, "stopped");
        for (; status == CN_ERR_CANCELLED; most++) {
            patience p = {.most = most};
            cn_save_options options = {.format = cn_save_format_key(format), .step = patience_wait, .context = &p};
            cn_error err = {0};
            status = cn_save(net, path, &options, NULL, &err);
            CHECK(status == CN_OK || (status == CN_ERR_CANCELLED && err.message == CN_MSG_CANCELLED));
            CHECK(!p.odd);
            CHECK_INT(left_in_folder(), files + (status == CN_OK));
        }
        if (most < 3) {
            printf("  %s\n", cn_save_format_key(format));
        }
        CHECK(most > 2);
        char command[160];
        (void)snprintf(command, sizeof command, "rm -rf %s", path);
        CHECK_INT(system(command), 0);
    }
    cn_network_free(net);
}

static void formats_are_told(void) {
    cn_network *net = load(COOPNET_SOURCE_DIR "/graphs/toy.json");
    char path[128];
    cn_error err = {0};
    path_of(path, "toy.nothing");
    CHECK_INT(cn_save(net, path, NULL, NULL, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_SAVE_EXTENSION_UNKNOWN);
    cn_save_options options = {.format = "nothing"};
    CHECK_INT(cn_save(net, path, &options, NULL, &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_SAVE_FORMAT_UNKNOWN);
    options.format = "csv";
    CHECK_INT(cn_save(net, "-", &options, NULL, &err), CN_ERR_ARGUMENT);
    path_of(path, "twice");
    CHECK_INT(cn_save(net, path, NULL, NULL, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, NULL, NULL, &err), CN_ERR_IO);
    CHECK_INT(err.message, CN_MSG_SAVE_FOLDER_NOT_EMPTY);
    path_of(path, "no/such/folder");
    CHECK_INT(cn_save(net, path, NULL, NULL, &err), CN_ERR_IO);
    path_of(path, "TOY.JSON");
    CHECK_INT(cn_save(net, path, NULL, NULL, NULL), CN_OK);
    cn_network_free(load(path));
    cn_network_free(net);
}

static void values_of_json(void) {
    static const char *const good[] = {"1",  "-0.5e+3", "\"\\u00e9\\ud83d\\ude00\\n\"", " [1, {\"a\":null}] ",
                                       "{}", "true"};
    static const char *const bad[] = {"",     "01",      ".5",    "\"",  "\"\\x\"", "\"\\ud800\"", "\"\\u0000\"",
                                      "[1,]", "{\"a\"}", "{1:2}", "1 2", "tru",     "\"\n\"",      "\"\xFF\"",
                                      "[",    "1e999"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(cn__json_is_value(good[i], strlen(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!cn__json_is_value(bad[i], strlen(bad[i])));
    }
    char deep[200];
    memset(deep, '[', sizeof deep);
    CHECK(!cn__json_is_value(deep, sizeof deep));
    CHECK(cn__csv_needs_guard("''=a", 4) && !cn__csv_needs_guard("'a", 2));
    CHECK_INT(cn__csv_guard_len("'=a", 3), 1);
    CHECK_INT(cn__csv_guard_len("=a", 2), 0);
}

int main(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/coopnet-save-XXXXXX");
    if (!mkdtemp(folder)) {
        return 1;
    }
    int failed = check_run((check_case[]){{"examples", examples},
                                          {"a_difficult_network", a_difficult_network},
                                          {"a_difficult_workbook", a_difficult_workbook},
                                          {"texts_of_sheets", texts_of_sheets},
                                          {"unrounded_values", unrounded_values},
                                          {"losses_are_named", losses_are_named},
                                          {"names_of_a_database", names_of_a_database},
                                          {"every_format_can_be_stopped", every_format_can_be_stopped},
                                          {"formats_are_told", formats_are_told},
                                          {"values_of_json", values_of_json},
                                          {0}});
    char command[100];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) ? 1 : failed;
}
