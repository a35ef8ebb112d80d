/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written for other programs comes back field by field where the format can hold it: one network with every kind of entity and
 * link, every field and odd texts, through each format. And what the readers make of attributes that only resemble ours.
 */
#include "check.h"
#include "make_network.h"
#include "same_network.h"

#include "coopnet/save.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[64];

static cn_network *load_file(const char *path, const char *clusters_from) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_load_options options = {.clusters_from = clusters_from};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load(path, &options, diags, &net, NULL);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        if (cn_diags_at(diags, i)->level != CN_LEVEL_NOTE) {
            cn_buf line = {0};
            cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
            printf("  %s\n", line.data);
            cn_buf_release(&line);
        }
    }
    cn_diags_free(diags);
    CHECK_INT(status, CN_OK);
    return net;
}

static cn_network *load_text(const char *text, const char *clusters_from, const char *message) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_load_options options = {.clusters_from = clusters_from};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("x", text, strlen(text), &options, diags, &net, NULL), CN_OK);
    bool found = !message;
    for (size_t i = 0; i < cn_diags_count(diags) && message; i++) {
        found = found || strcmp(cn_message_key(cn_diags_at(diags, i)->message), message) == 0;
    }
    cn_diags_free(diags);
    CHECK(found);
    return net;
}

/* ---- there and back ---- */

static const char *const odd[] = {"=1+1",        "a;b,c",  "say \"no\" ]]> <b> &amp;",
                                  "line\nbreak", "ё«»— №", "\xF0\x9F\x98\x80",
                                  "true",        "-12.50", "{\"a\": 1}",
                                  " blank ",     "x\\y",   "'"};
enum { ODD_COUNT = sizeof odd / sizeof *odd };

static void add_fields(cn_builder *b, cn_entity e, int salt) {
    make_text(b, e, CN_FIELD_SHORT, odd[salt % ODD_COUNT]);
    make_text(b, e, CN_FIELD_REGION, "Псковская область");
    make_text(b, e, CN_FIELD_NOTE, odd[(salt + 3) % ODD_COUNT]);
    make_text(b, e, CN_FIELD_SOURCE, odd[(salt + 5) % ODD_COUNT]);
    make_text(b, e, CN_FIELD_ALIAS, "one");
    make_text(b, e, CN_FIELD_ALIAS, "two; \"2\"");
    make_date(b, e, CN_FIELD_SINCE, salt % 2 ? "2016" : "2016-07-01");
    make_date(b, e, CN_FIELD_UNTIL, "2024-02");
    CHECK_INT(cn_builder_add_number(b, CN_OWNER_ENTITY, e, CN_FIELD_LAT, -89.125 + salt, NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(b, CN_OWNER_ENTITY, e, "city", "\"12\"", NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(b, CN_OWNER_ENTITY, e, "n", salt % 2 ? "12.50" : "-3", NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(b, CN_OWNER_ENTITY, e, "ok", "true", NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(b, CN_OWNER_ENTITY, e, "label", "\"not the name\"", NULL), CN_OK);
    CHECK_INT(cn_builder_add_x(b, CN_OWNER_ENTITY, e, "свой признак", "\"я\"", NULL), CN_OK);
}

static void add_links(cn_builder *b, cn_entity of_kind[2][CN_ENTITY_KIND_COUNT]) {
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        for (int from = 0; from < CN_ENTITY_KIND_COUNT; from++) {
            for (int to = 0; to < CN_ENTITY_KIND_COUNT; to++) {
                bool allowed = (cn_link_kind_from((cn_link_kind)kind) >> from & 1u) &&
                               (cn_link_kind_to((cn_link_kind)kind) >> to & 1u);
                cn_link link;
                cn_link_spec spec = {.from = of_kind[0][from],
                                     .to = of_kind[1][to],
                                     .kind = (cn_link_kind)kind,
                                     .status = (cn_link_status)((from + to) % CN_STATUS_COUNT),
                                     .role = (cn_role)((kind + from) % CN_ROLE_COUNT),
                                     .value_minor = (from + to) % 2 ? CN_MONEY_NONE : 123456789012345678 - kind,
                                     .product = to % 2 ? "27.11.41" : NULL,
                                     .source = odd[(kind + to) % ODD_COUNT],
                                     .since = cn_date_parse(from % 2 ? "2016-07" : "2016-07-01"),
                                     .until = to % 3 ? cn_date_parse("2024-02-29") : CN_DATE_NONE};
                if (allowed) {
                    CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
                    CHECK_INT(cn_builder_add_number(b, CN_OWNER_LINK, link, CN_FIELD_SHARE, 0.25, NULL), CN_OK);
                    CHECK_INT(cn_builder_add_count(b, CN_OWNER_LINK, link, CN_FIELD_ESSENTIAL, 1, NULL), CN_OK);
                    CHECK_INT(cn_builder_add_x(b, CN_OWNER_LINK, link, "contract", "\"7/2019\"", NULL), CN_OK);
                    CHECK_INT(cn_builder_add_x(b, CN_OWNER_LINK, link, "type", "\"a word\"", NULL), CN_OK);
                }
            }
        }
    }
}

static cn_network *rich(bool of_network) {
    cn_builder *b = make_builder();
    cn_entity of_kind[2][CN_ENTITY_KIND_COUNT];
    if (of_network) {
        CHECK_INT(cn_builder_set_source(b, odd[2], NULL), CN_OK);
        CHECK_INT(cn_builder_set_currency(b, "USD", NULL), CN_OK);
        cn_builder_set_lang(b, CN_LANG_RU);
        cn_builder_set_as_of(b, cn_date_parse("2024-04"));
    }
    CHECK_INT(cn_builder_set_title(b, odd[2], NULL), CN_OK);
    CHECK_INT(cn_builder_set_note(b, odd[3], NULL), CN_OK);
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        for (int k = 0; k < 2; k++) {
            char id[64];
            (void)snprintf(id, sizeof id, "%s%d", odd[(kind * 2 + k) % ODD_COUNT], kind);
            CHECK_INT(cn_builder_add_entity(b, (cn_entity_kind)kind, id, k ? NULL : odd[(kind + 2) % ODD_COUNT],
                                            &of_kind[k][kind], NULL),
                      CN_OK);
            add_fields(b, of_kind[k][kind], kind + k);
        }
    }
    cn_entity firm = of_kind[0][CN_ENTITY_COMPANY];
    make_text(b, firm, CN_FIELD_INN, "0001000010");
    CHECK_INT(cn_builder_add_money(b, CN_OWNER_ENTITY, firm, CN_FIELD_OUTPUT, 123456789, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_SME, NULL), CN_OK);
    CHECK_INT(cn_builder_add_count(b, CN_OWNER_ENTITY, firm, CN_FIELD_ROLE, CN_ROLE_ANCHOR, NULL), CN_OK);
    CHECK_INT(
        cn_builder_add_count(b, CN_OWNER_ENTITY, of_kind[1][CN_ENTITY_ORGANISATION], CN_FIELD_TYPE, CN_ORG_BANK, NULL),
        CN_OK);
    CHECK_INT(
        cn_builder_add_count(b, CN_OWNER_ENTITY, of_kind[0][CN_ENTITY_PROJECT], CN_FIELD_IMPORT_SUBSTITUTING, 1, NULL),
        CN_OK);
    add_links(b, of_kind);
    return make_network(b);
}

static void there_and_back(const char *format, const cn_network *net) {
    char path[128];
    cn_save_options options = {.format = format};
    (void)snprintf(path, sizeof path, "%s/rich.%s", folder, format);
    CHECK_INT(cn_save(net, path, &options, NULL, NULL), CN_OK);
    cn_network *back = load_file(path, NULL);
    cn_buf a = {0};
    cn_buf b = {0};
    same_add_network(&a, net);
    same_add_network(&b, back);
    CHECK(same_texts(format, a.data, b.data));
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_network_free(back);
}

static void formats_hold_everything(void) {
    static const char *const formats[] = {"graphml", "gml", "dot", "nodelink", "cyjs"};
    cn_network *net = rich(true);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        there_and_back(formats[i], net);
    }
    cn_network_free(net);
    net = rich(false); /* GEXF has no place for the network's source, currency, language and date */
    there_and_back("gexf", net);
    cn_network_free(net);
}

/* Characters that XML cannot hold are named, not lost in silence. */
static void altered_texts_are_named(void) {
    cn_builder *b = make_builder();
    make_text(b, make_company(b, "a"), CN_FIELD_NOTE, "bell \x07");
    cn_network *net = make_network(b);
    cn_diags *lost = NULL;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/bell.graphml", folder);
    CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, NULL, lost, NULL), CN_OK);
    CHECK_INT(cn_diags_count(lost), 1);
    CHECK_TEXT(cn_diags_at(lost, 0)->args[1], "nodes: note 1");
    cn_diags_free(lost);
    cn_network_free(net);
}

/* ---- reading ---- */

static void attributes_become_fields(void) {
    cn_network *net = load_text(
        "graph [ directed 1 node [ id 1 label \"Завод\" ИНН \"0001000010\" Выручка 12.5 headcount \"many\" kind "
        "\"company\" ] "
        "node [ id 2 label \"Вуз\" type \"university\" ] edge [ source 1 target 2 weight -3 kind \"agreement\" ] ]",
        NULL, "foreign-kept-free");
    cn_entity firm = cn_entity_find(net, "Завод");
    CHECK(firm != CN_NONE);
    CHECK_TEXT(cn_entity_text(net, firm, CN_FIELD_INN), "0001000010");
    CHECK_INT(cn_entity_money(net, firm, CN_FIELD_OUTPUT), 1250);
    size_t count = 0;
    const cn_prop *x = cn_entity_values(net, firm, CN_FIELD_X, &count);
    CHECK_INT(count, 1);
    CHECK_TEXT(cn_prop_x(net, x), "headcount");
    cn_entity university = cn_entity_find(net, "Вуз");
    CHECK_INT(cn_entity_kind_of(net, university), CN_ENTITY_ORGANISATION);
    CHECK_INT(cn_entity_enum(net, university, CN_FIELD_TYPE), CN_ORG_UNIVERSITY);
    CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_AGREEMENT);
    CHECK_INT(cn_link_value_minor(net, 0), CN_MONEY_NONE);
    x = cn_link_values(net, 0, CN_FIELD_X, &count);
    CHECK_TEXT(cn_prop_text(net, x), "-3");
    cn_network_free(net);
}

static void partitions_become_clusters(void) {
    static const char text[] =
        "*Vertices 3\n1 \"a\"\n2 \"b\"\n3 \"c\"\n*Arcs\n1 2 5\n*Partition group\n*Vertices 3\n1\n2\n1\n";
    cn_network *net = load_text(text, "group", NULL);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_CLUSTER), 2);
    CHECK_INT(cn_link_count_of(net, CN_LINK_MEMBER), 3);
    CHECK_INT(cn_link_count_of(net, CN_LINK_SUPPLY), 1);
    CHECK_INT(cn_link_value_minor(net, 0), 500);
    cn_network_free(net);
    cn_network_free(load_text(text, "modularity_class", "foreign-no-groups"));
    static const char gexf[] =
        "<gexf><graph><attributes class=\"node\"><attribute id=\"0\" title=\"Modularity Class\" "
        "type=\"integer\"/></attributes><nodes>"
        "<node id=\"1\"><attvalues><attvalue for=\"0\" value=\"1\"/></attvalues></node></nodes></graph></gexf>";
    net = load_text(gexf, "Modularity Class", NULL);
    CHECK(cn_entity_find(net, "Modularity Class:1") != CN_NONE); /* the node has the id 1 */
    cn_network_free(net);
}

static void periods_of_gexf(void) {
    cn_network *net = load_text("<gexf><graph defaultedgetype=\"directed\" timeformat=\"date\"><nodes><node id=\"a\" "
                                "start=\"2016-01-01T00:00:00\" "
                                "end=\"2020-05-06\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" "
                                "target=\"b\"><spells><spell start=\"2017\" end=\"2018\"/>"
                                "<spell start=\"2019\" end=\"2021\"/></spells></edge></edges></graph></gexf>",
                                NULL, "foreign-not-read");
    CHECK_INT(cn_entity_date(net, 0, CN_FIELD_SINCE), cn_date_parse("2016-01-01"));
    CHECK_INT(cn_entity_date(net, 0, CN_FIELD_UNTIL), cn_date_parse("2020-05-06"));
    CHECK_INT(cn_link_since(net, 0), cn_date_parse("2017"));
    CHECK_INT(cn_link_until(net, 0), cn_date_parse("2021"));
    cn_network_free(net);
}

static void forms_of_dl(void) {
    cn_network *net = load_text("DL n=3, nm=2 format = fullmatrix diagonal absent\nlabels:\na,b,c\nmatrix "
                                "labels:\nsupply,service\ndata:\n1 0\n0 2\n0 0\n0 0\n0 0\n3 0\n",
                                NULL, NULL);
    CHECK_INT(cn_link_count(net), 3);
    CHECK_INT(cn_link_count_of(net, CN_LINK_SERVICE), 1);
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 0)), "b");
    cn_network_free(net);
    net = load_text("dl n=3 format=nodelist1 labels embedded data:\na b c\nb c\n", NULL, NULL);
    CHECK_INT(cn_link_count(net), 3);
    CHECK_INT(cn_entity_count(net), 3);
    cn_network_free(net);
    net = load_text("dl n=3 format=lowerhalf data:\n0\n1 0\n0 4 0\n", NULL, NULL);
    CHECK_INT(cn_link_count_of(net, CN_LINK_AGREEMENT), 2);
    cn_network_free(net);
}

static void dot_is_understood(void) {
    cn_network *net = load_text("digraph G { node [city=\"P\"] a -> {b c} -> d [value=5]; subgraph cluster_x { "
                                "label=\"X\" e } \"q\\\"\" -> a:n:ne }",
                                NULL, NULL);
    CHECK_INT(cn_entity_count(net), 6);
    CHECK_INT(cn_link_count(net), 5);
    CHECK(cn_entity_find(net, "q\"") != CN_NONE);
    size_t count = 0;
    const cn_prop *x = cn_entity_values(net, cn_entity_find(net, "e"), CN_FIELD_X, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_prop_text(net, &x[1]), "\"X\"");
    cn_network_free(net);
}

static void json_of_others(void) {
    /* d3: ends are numbers of nodes that have only names */
    cn_network *net = load_text(
        "{\"nodes\": [{\"name\": \"a\", \"group\": 1}, {\"name\": \"b\"}], \"links\": [{\"source\": 0, \"target\": 1, "
        "\"value\": 4}]}",
        "group", NULL);
    CHECK_TEXT(cn_entity_name(net, cn_link_from(net, 0)), "a");
    CHECK_INT(cn_link_value_minor(net, 0), 400);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_CLUSTER), 1);
    cn_network_free(net);
    net = load_text(
        "{\"options\": {}, \"nodes\": [{\"key\": \"x\", \"attributes\": {\"label\": \"X\", \"aliases\": [\"u\", "
        "\"v\"]}}, {\"key\": \"y\"}], "
        "\"edges\": [{\"source\": \"x\", \"target\": \"y\", \"undirected\": true, \"attributes\": {\"weight\": 1}}]}",
        NULL, "foreign-undirected");
    size_t count = 0;
    (void)cn_entity_values(net, cn_entity_find(net, "x"), CN_FIELD_ALIAS, &count);
    CHECK_INT(count, 2);
    CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_AGREEMENT);
    cn_network_free(net);
    net = load_text("[{\"CXVersion\": \"2.0\"}, {\"attributeDeclarations\": [{\"nodes\": {\"region\": {\"a\": \"r\", "
                    "\"v\": \"Псков\"}}}]}, "
                    "{\"networkAttributes\": [{\"name\": \"N\"}]}, {\"nodes\": [{\"id\": 7, \"v\": {\"r\": \"Тверь\", "
                    "\"n\": 2}}, {\"id\": 8}]}, "
                    "{\"edges\": [{\"id\": 0, \"s\": 7, \"t\": 8, \"v\": {\"interaction\": \"service\"}}]}]",
                    NULL, NULL);
    CHECK_TEXT(cn_network_title(net), "N");
    CHECK_TEXT(cn_entity_text(net, cn_entity_find(net, "7"), CN_FIELD_REGION), "Тверь");
    CHECK_TEXT(cn_entity_text(net, cn_entity_find(net, "8"), CN_FIELD_REGION), "Псков");
    CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_SERVICE);
    cn_network_free(net);
}

static void other_matrices(void) {
    cn_network *net =
        load_text("%%MatrixMarket matrix coordinate pattern general\n% two sets\n2 3 2\n1 3\n2 1\n", NULL, NULL);
    CHECK_INT(cn_entity_count(net), 5);
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 0)), "c3");
    cn_network_free(net);
    net = load_text("%%MatrixMarket matrix array real general\n2 2\n0\n5.5\n1\n0\n", NULL, NULL);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_INT(cn_link_value_minor(net, 0), 550);
    cn_network_free(net);
    net = load_text("*Network one\n*Vertices 3 2\n1 \"a\"\n2 \"b\"\n3 \"c\"\n*Arcs :2 \"service\"\n1 3 2\n*Network "
                    "two\n*Vertices 2\n*Arcs\n1 2\n",
                    NULL, "foreign-not-read");
    CHECK_INT(cn_link_count(net), 1);
    CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_SERVICE);
    cn_network_free(net);
}

static void labels_of_yed(void) {
    cn_network *net = load_text("<graphml xmlns:y=\"http://www.yworks.com/xml/graphml\"><key for=\"node\" id=\"d6\" "
                                "yfiles.type=\"nodegraphics\"/>"
                                "<graph edgedefault=\"directed\"><node id=\"n0\"><data "
                                "key=\"d6\"><y:ShapeNode><y:Geometry height=\"30\"/><y:NodeLabel>Завод"
                                "<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node><node id=\"n1\"/><edge "
                                "source=\"n0\" target=\"n1\"/></graph></graphml>",
                                NULL, NULL);
    CHECK_TEXT(cn_entity_name(net, 0), "Завод");
    CHECK_TEXT(cn_entity_name(net, 1), "n1");
    cn_network_free(net);
}

int main(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/coopnet-foreign-XXXXXX");
    if (!mkdtemp(folder)) {
        return 1;
    }
    int failed = check_run((check_case[]){{"formats_hold_everything", formats_hold_everything},
                                          {"altered_texts_are_named", altered_texts_are_named},
                                          {"attributes_become_fields", attributes_become_fields},
                                          {"partitions_become_clusters", partitions_become_clusters},
                                          {"periods_of_gexf", periods_of_gexf},
                                          {"forms_of_dl", forms_of_dl},
                                          {"dot_is_understood", dot_is_understood},
                                          {"json_of_others", json_of_others},
                                          {"other_matrices", other_matrices},
                                          {"labels_of_yed", labels_of_yed},
                                          {0}});
    char command[100];
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) ? 1 : failed;
}
