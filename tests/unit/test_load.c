/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the readers make of good input and of input as spreadsheets write it. Every case is a few lines of text with the network or
 * findings they must give; mistakes one by one are in graphs/broken (test_broken.c).
 */
#include "check.h"

#include "coopnet/load.h"

#include <math.h>
#include <string.h>

/* One load; released by the next case or at the end. */
static cn_diags *diags;
static cn_network *net;

static void clear(void) {
    cn_network_free(net);
    cn_diags_free(diags);
    net = NULL;
    diags = NULL;
}

static cn_status load_as(cn_format format, const char *text) {
    clear();
    cn_load_options options = {.format = format};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return cn_load_bytes("t", text, strlen(text), &options, diags, &net, NULL);
}

static cn_status load(const char *text) { return load_as(CN_FORMAT_AUTO, text); }

/* The findings, a line each, must be exactly these. */
static void check_findings(const char *want) {
    cn_buf got = {0};
    cn_buf_add_text(&got, "");
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        const cn_diag *diag = cn_diags_at(diags, i);
        cn_buf line = {0};
        cn_diag_line(diag, CN_LANG_EN, &line);
        cn_buf_add(&got, line.data, strcspn(line.data + 2, " ") + 3); /* "t:line:column: " */
        cn_buf_add_text(&got, cn_message_key(diag->message));
        cn_buf_add_text(&got, "\n");
        cn_buf_release(&line);
    }
    bool same = strcmp(got.data ? got.data : "", want) == 0;
    if (!same) {
        CHECK_TEXT(got.data, want);
    }
    cn_buf_release(&got);
}

static void check_link(cn_link link, const char *from, const char *to, int64_t minor, const char *product) {
    CHECK(link < cn_link_count(net));
    CHECK_TEXT(cn_entity_id(net, cn_link_from(net, link)), from);
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, link)), to);
    CHECK_INT(cn_link_value_minor(net, link), minor);
    CHECK_TEXT(cn_link_product(net, link), product);
}

/* ---- CSV ---- */

static void separators_and_line_ends(void) {
    static const char *const texts[] = {
        "from,to,value,product\na,b,5,p\nb,c,6.5,\n",
        "from;to;value;product\r\na;b;5;p\r\nb;c;6,5;\r\n",
        "from\tto\tvalue\tproduct\ra\tb\t5\tp\rb\tc\t6,5\t\r",
        "\xEF\xBB\xBFПоставщик;ПОКУПАТЕЛЬ;Сумма;ОКПД2\n\n a ; b ;5;p\n;;;\n\"b\";\"c\" ;\"6,5\";\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_INT(load(texts[i]), CN_OK);
        check_findings("");
        CHECK_INT(cn_entity_count(net), 3);
        CHECK_INT(cn_link_count(net), 2);
        check_link(0, "a", "b", 500, "p");
        check_link(1, "b", "c", 650, "");
        CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_SUPPLY);
        CHECK_INT(cn_entity_kind_of(net, 0), CN_ENTITY_COMPANY);
    }
}

static void quotes(void) {
    CHECK_INT(load("from,to,note\n\"ООО \"\"А, Б\"\"\",b,\"две\nстроки\"\nb,c,x\nb,\"b\",y\n"), CN_ERR_INPUT);
    check_findings("t:5:3: self-supply\n");
    CHECK_INT(load("from,to,note\n\"ООО \"\"А, Б\"\"\",b,\"две\nстроки\"\n"), CN_OK);
    CHECK_TEXT(cn_entity_id(net, 0), "ООО \"А, Б\"");
    size_t count = 0;
    const cn_prop *note = cn_link_values(net, 0, CN_FIELD_NOTE, &count);
    CHECK_INT(count, 1);
    CHECK_TEXT(cn_prop_text(net, note), "две\nстроки");
}

static void numbers_of_spreadsheets(void) {
    CHECK_INT(load("from;to;value\na;b;31 500 000,25\na;b;31\xC2\xA0"
                   "500\xE2\x80\xAF"
                   "000\na;b;0,001\na;b;1e3\n"),
              CN_OK);
    check_findings("");
    check_link(0, "a", "b", 3150000025, "");
    check_link(1, "a", "b", 3150000000, "");
    check_link(2, "a", "b", 0, "");
    CHECK_NEAR(cn_link_value(net, 2), 0.001, 0);
    check_link(3, "a", "b", 100000, "");
    CHECK_INT(load("from,to,value\na,b,\"1,5\"\na,b,1 2 3 x\n"), CN_ERR_INPUT);
    check_findings("t:2:5: bad-number\nt:3:5: bad-number\n");
}

static void free_attributes_of_tables(void) {
    CHECK_INT(load("from,to,x.n,x.контракт\na,b,1.50,№ 7\na,b,007,\n"), CN_OK);
    size_t count = 0;
    const cn_prop *x = cn_link_values(net, 0, CN_FIELD_X, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_prop_x(net, &x[0]), "n");
    CHECK_TEXT(cn_prop_text(net, &x[0]), "1.50");
    CHECK_TEXT(cn_prop_x(net, &x[1]), "контракт");
    CHECK_TEXT(cn_prop_text(net, &x[1]), "\"№ 7\"");
    x = cn_link_values(net, 1, CN_FIELD_X, &count);
    CHECK_INT(count, 1);
    CHECK_TEXT(cn_prop_text(net, &x[0]), "\"007\"");
}

static void values_by_their_names(void) {
    CHECK_INT(load("from;to;kind;status;essential\na;b;Поставка;планируется;ДА\nb;c;production service;broken;нет\n"),
              CN_OK);
    CHECK_INT(cn_link_kind_of(net, 1), CN_LINK_SERVICE);
    CHECK_INT(cn_link_status_of(net, 0), CN_STATUS_PLANNED);
    size_t count = 0;
    const cn_prop *flag = cn_link_values(net, 0, CN_FIELD_ESSENTIAL, &count);
    CHECK(count == 1 && flag->as.count == 1);
}

static void mistakes_of_a_table_all_at_once(void) {
    CHECK_INT(load("from;to;value;since;valu\n"
                   "Керамика;Сети;пять;31.02.2016;\n"
                   "Сети;Сети;5;2016;x;y\n"
                   "\"Ке;рамика\";;6\n"),
              CN_ERR_INPUT);
    check_findings("t:1:21: unknown-column-near\n"
                   "t:2:15: bad-number\n"
                   "t:2:20: impossible-date\n"
                   "t:3:6: self-supply\n"
                   "t:3:20: row-too-long\n"
                   "t:4:1: row-too-short\n"
                   "t:4:1: missing-field\n");
    CHECK(net == NULL);
}

/* ---- JSON ---- */

#define HEAD "{\"coopnet\": 1, "

static void every_section(void) {
    CHECK_INT(
        load(HEAD
             "\"links\": [{\"from\": \"a\", \"to\": \"b\", \"kind\": \"supply\", \"value\": 0.125}],\n"
             "\"products\": [{\"id\": \"27.11\", \"inputs\": [\"27.12\"]}, {\"id\": \"27.12\", \"name\": \"n\"}],\n"
             "\"events\": [{\"id\": \"e\", \"host\": \"o\", \"sites\": [\"a\", \"t\"], \"participants\": [\n"
             "  {\"id\": \"o\", \"role\": \"organiser\"}, {\"id\": \"a\", \"role\": \"guest\"}, \"b\"]}],\n"
             "\"organisations\": [{\"id\": \"o\", \"type\": \"bank\"}],\n"
             "\"parks\": [{\"id\": \"t\", \"manager\": \"o\", \"residents\": [\"a\", {\"id\": \"b\", \"since\": "
             "\"2016-07\"}]}],\n"
             "\"projects\": [{\"id\": \"p\", \"participants\": [{\"id\": \"b\", \"contribution\": 5}], \"initiator\": "
             "\"a\"}],\n"
             "\"clusters\": [{\"id\": \"k\", \"members\": [{\"id\": \"b\", \"role\": \"anchor\", \"agreement\": "
             "\"2016\"}]}],\n"
             "\"companies\": [{\"id\": \"a\", \"owner\": \"b\", \"headcount\": null}, {\"id\": \"b\"}]}"),
        CN_OK);
    check_findings("");
    static const struct {
        const char *from, *to;
        cn_link_kind kind;
        cn_role role;
    } want[] = {
        {"b", "a", CN_LINK_OWNERSHIP, CN_ROLE_NONE},
        {"b", "k", CN_LINK_MEMBER, CN_ROLE_ANCHOR},
        {"a", "p", CN_LINK_PARTICIPANT, CN_ROLE_INITIATOR},
        {"b", "p", CN_LINK_PARTICIPANT, CN_ROLE_NONE},
        {"o", "t", CN_LINK_MANAGES, CN_ROLE_NONE},
        {"a", "t", CN_LINK_RESIDENT, CN_ROLE_NONE},
        {"b", "t", CN_LINK_RESIDENT, CN_ROLE_NONE},
        {"o", "e", CN_LINK_HOSTS, CN_ROLE_HOST},
        {"a", "e", CN_LINK_HOSTS, CN_ROLE_SITE},
        {"t", "e", CN_LINK_HOSTS, CN_ROLE_SITE},
        {"o", "e", CN_LINK_ORGANISES, CN_ROLE_ORGANISER},
        {"a", "e", CN_LINK_TAKES_PART, CN_ROLE_GUEST},
        {"b", "e", CN_LINK_TAKES_PART, CN_ROLE_NONE},
        {"27.11", "27.12", CN_LINK_MADE_FROM, CN_ROLE_NONE},
        {"a", "b", CN_LINK_SUPPLY, CN_ROLE_NONE},
    };
    CHECK_INT(cn_link_count(net), sizeof want / sizeof *want);
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        CHECK_TEXT(cn_entity_id(net, cn_link_from(net, l)), want[l].from);
        CHECK_TEXT(cn_entity_id(net, cn_link_to(net, l)), want[l].to);
        CHECK_INT(cn_link_kind_of(net, l), want[l].kind);
        CHECK_INT(cn_link_role(net, l), want[l].role);
    }
    CHECK_NEAR(cn_link_value(net, 14), 0.125, 0);
    CHECK_INT(cn_link_since(net, 6), cn_date_make(2016, 7, 0));
    /* Entities are numbered by section, whatever the order in the file. */
    CHECK_TEXT(cn_entity_id(net, 0), "a");
    CHECK_TEXT(cn_entity_id(net, cn_entity_count(net) - 1), "27.12");
}

static void free_attributes_of_json(void) {
    CHECK_INT(load(HEAD "\"companies\": [{\"id\": \"a\", \"x\": {\"t\": \"\\u0041\\\"\\n\", \"n\": 1.50, \"o\": { "
                        "\"k\" : [1, true , null] }, \"z\": null}}]}"),
              CN_OK);
    size_t count = 0;
    const cn_prop *x = cn_entity_values(net, 0, CN_FIELD_X, &count);
    CHECK_INT(count, 3);
    CHECK_TEXT(cn_prop_text(net, &x[0]), "\"A\\\"\\n\"");
    CHECK_TEXT(cn_prop_text(net, &x[1]), "1.50");
    CHECK_TEXT(cn_prop_text(net, &x[2]), "{\"k\":[1,true,null]}");
}

static void mistakes_of_json_all_at_once(void) {
    CHECK_INT(load(HEAD "\"titel\": \"Сеть\",\n"
                        "\"companies\": [{\"id\": \"ё\", \"inn\": 5, \"since\": \"2016-13\"},\n"
                        "  {\"id\": \"ё\", \"owner\": \"nobody\", \"makes\": [{\"value\": 5}, 7]}],\n"
                        "\"links\": [{\"from\": \"Ё\", \"to\": \"ё\", \"kind\": \"supply\"}, {\"from\": \"ё\", \"to\": "
                        "\"ё\", \"kind\": \"supply\"}]}"),
              CN_ERR_INPUT);
    check_findings("t:1:16: unknown-section-near\n"
                   "t:2:34: expect-text\n"
                   "t:2:46: impossible-date\n"
                   "t:3:10: duplicate-id\n"
                   "t:3:24: unknown-reference\n"
                   "t:3:44: missing-field\n"
                   "t:3:58: expect-object\n"
                   "t:4:20: unknown-reference-near\n"
                   "t:4:75: self-supply\n");
}

/* Mistakes of notation inside texts and numbers do not hide each other. */
static void notation_all_at_once(void) {
    CHECK_INT(
        load(HEAD "\"title\": \"\\q\", \"note\": \"\\ud800\",\r\n\"companies\": [{\"id\": \"a\", \"lat\": 01}, 2"),
        CN_ERR_INPUT);
    check_findings("t:1:26: json-escape\nt:1:40: json-surrogate\nt:2:34: json-number\nt:2:40: json-ends\n");
}

/* The word found is shown whole, of whatever letters. */
static void words_of_any_letters(void) {
    CHECK_INT(load(HEAD "\"title\": Привет}"), CN_ERR_INPUT);
    check_findings("t:1:25: json-value\n");
    CHECK_TEXT(cn_diags_at(diags, 0)->args[0], "Привет");
}

/* What docs/data-format.md and graphs/schema.json demand. */
static void demands_of_the_format(void) {
    CHECK_INT(load("{\"coopnet\": null, \"companies\": [{\"id\": \"a\"}]}"), CN_ERR_INPUT);
    check_findings("t:1:1: missing-version\n");
    CHECK_INT(load(HEAD "\"products\": [{\"name\": \"n\"}],\n"
                        "\"companies\": [{\"id\": \"a\"}],\n"
                        "\"projects\": [{\"id\": \"p\", \"participants\": [{\"id\": \"a\", \"role\": \"guest\"}]}],\n"
                        "\"events\": [{\"id\": \"e\", \"participants\": [{\"id\": \"a\", \"role\": \"sme\"}]}]}"),
              CN_ERR_INPUT);
    check_findings("t:1:29: missing-field\n"
                   "t:3:63: unknown-value\n"
                   "t:4:61: unknown-value\n");
    CHECK_TEXT(cn_diags_at(diags, 0)->args[0], "id");
}

static void same_key_in_a_large_object(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, HEAD "\"companies\": [{\"id\": \"a\", \"x\": {\n");
    for (char c = 'a'; c <= 'z'; c++) {
        char member[] = {'"', c, '"', ':', '1', ',', '\n', '\0'};
        cn_buf_add_text(&text, member);
    }
    cn_buf_add_text(&text, " \"\\u0062\": 2}}]}");
    CHECK_INT(load(text.data), CN_ERR_INPUT);
    cn_buf_release(&text);
    check_findings("t:28:2: duplicate-key\n");
}

/* ---- calls ---- */

static void formats(void) {
    CHECK_INT(load_as(CN_FORMAT_JSON, "from,to\na,b\n"), CN_ERR_INPUT);
    check_findings("t:1:1: json-value\n");
    CHECK_INT(load_as(CN_FORMAT_CSV, "from,to\n{,b\n"), CN_OK);
    CHECK_INT(load("\xEF\xBB\xBF {\"coopnet\": 1, \"companies\": [{\"id\": \"a\"}]}"), CN_OK);
    CHECK_INT(load(""), CN_ERR_INPUT);
    check_findings("t:1:1: empty-file\n");
}

static void without_diagnostics(void) {
    clear();
    cn_error err = {0};
    CHECK_INT(cn_load_bytes("t", "from,to\na,a\n", 12, NULL, NULL, &net, &err), CN_ERR_INPUT);
    CHECK_INT(err.message, CN_MSG_INPUT_REFUSED);
    CHECK_INT(cn_load_bytes("t", "from,to\na,b\n", 12, NULL, NULL, &net, NULL), CN_OK);
    clear();
    CHECK_INT(cn_load(COOPNET_SOURCE_DIR "/graphs/no-such-file.json", NULL, NULL, &net, &err), CN_ERR_INPUT);
    CHECK(net == NULL);
}

/* Findings of an earlier file in the same list do not refuse the next one. */
static void two_files_one_list(void) {
    CHECK_INT(load("from,to\na,a\n"), CN_ERR_INPUT);
    CHECK_INT(cn_load_bytes("u", "from,to\na,b\n", 12, NULL, diags, &net, NULL), CN_OK);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 1);
}

static void folder_with_only_links(void) {
    clear();
    CHECK_INT(cn_load(COOPNET_SOURCE_DIR "/graphs/broken/unknown-file", NULL, NULL, &net, NULL), CN_OK);
    CHECK_INT(cn_entity_count(net), 2);
}

static void last(void) { clear(); }

int main(void) {
    return check_run((check_case[]){{"separators_and_line_ends", separators_and_line_ends},
                                    {"quotes", quotes},
                                    {"numbers_of_spreadsheets", numbers_of_spreadsheets},
                                    {"free_attributes_of_tables", free_attributes_of_tables},
                                    {"values_by_their_names", values_by_their_names},
                                    {"mistakes_of_a_table_all_at_once", mistakes_of_a_table_all_at_once},
                                    {"every_section", every_section},
                                    {"free_attributes_of_json", free_attributes_of_json},
                                    {"mistakes_of_json_all_at_once", mistakes_of_json_all_at_once},
                                    {"notation_all_at_once", notation_all_at_once},
                                    {"words_of_any_letters", words_of_any_letters},
                                    {"demands_of_the_format", demands_of_the_format},
                                    {"same_key_in_a_large_object", same_key_in_a_large_object},
                                    {"formats", formats},
                                    {"without_diagnostics", without_diagnostics},
                                    {"two_files_one_list", two_files_one_list},
                                    {"folder_with_only_links", folder_with_only_links},
                                    {"last", last},
                                    {0}});
}
