/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The readers of other programs' formats: a small file of each and seeded mutations of them, told and forced to be of that format, and
 * the known bombs, which must end soon, as errors, in little memory. COOPNET_FUZZ_RUNS sets the number of mutations for each format.
 */
#include "check.h"
#include "fuzz_load.h"
#include "mutate.h"

#include <string.h>
#include <sys/resource.h>

enum { DEFAULT_RUNS = 1200, MUTANT_MAX = 8000 };

typedef struct sample {
    cn_format format;
    const char *text;
} sample;

static const sample samples[] = {
    {CN_FORMAT_GRAPHML, "<?xml version=\"1.0\"?><graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><key id=\"k\" "
                        "for=\"node\" attr.name=\"city\" "
                        "attr.type=\"string\"><default>\xD0\x9F</default></key><key id=\"w\" for=\"edge\" "
                        "attr.name=\"weight\" attr.type=\"double\"/>"
                        "<graph edgedefault=\"directed\"><node id=\"a\"><data key=\"k\">x &amp; y</data><graph "
                        "edgedefault=\"undirected\"><node id=\"in\"/>"
                        "</graph></node><node id=\"b\"><port name=\"p\"/></node><edge source=\"a\" target=\"b\" "
                        "sourceport=\"p\"><data key=\"w\">1.5</data>"
                        "</edge></graph></graphml>"},
    {CN_FORMAT_GEXF, "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\"><graph defaultedgetype=\"directed\" "
                     "timeformat=\"date\"><attributes "
                     "class=\"node\"><attribute id=\"0\" title=\"city\" "
                     "type=\"string\"><default>z</default></attribute></attributes><nodes><node id=\"a\" "
                     "label=\"A\" start=\"2016-01-01\"><attvalues><attvalue for=\"0\" "
                     "value=\"y\"/></attvalues><spells><spell start=\"2016\"/>"
                     "</spells></node><node id=\"b\" pid=\"a\"/></nodes><edges><edge id=\"0\" source=\"a\" "
                     "target=\"b\" type=\"mutual\" weight=\"2\"/>"
                     "</edges></graph></gexf>"},
    {CN_FORMAT_GML, "Creator \"x\"\ngraph [ directed 1\n node [ id 1 label \"a &#1047; &quot;\" graphics [ x 1.5 ] "
                    "inner [ deep [ v 1 ] ] ]\n "
                    "node [ id 2 label \"b\" ]\n edge [ source 1 target 2 weight 3.5 kind \"supply\" ] ]\n"},
    {CN_FORMAT_PAJEK, "*Network N\n*Vertices 4 2\n1 \"a\" 0.1 0.2 0.5 box ic Red city X\n2 \"b\"\n*Arcs :1 "
                      "\"supply\"\n1 2 5 l \"x\"\n*Edges\n2 3 1 "
                      "[1-2]\n*Arcslist\n1 2 3\n*Matrix\n0 1\n1 0\n*Partition part\n*Vertices 4\n1\n2\n1\n1\n*Vector "
                      "v\n*Vertices 4\n0.5\n1\n1\n1\n"},
    {CN_FORMAT_DL, "dl n=3, format=edgelist1\nlabels:\na,b,c\ndata:\n1 2 5\n2 3\n"},
    {CN_FORMAT_DL, "dl nr=2 nc=2 nm=1 format = fullmatrix\nlabels embedded\ndata:\n c1 c2\nr1 0 1\nr2 2 0\n"},
    {CN_FORMAT_DOT, "/* c */ strict digraph \"g\" { node [k=v, city=\"P\"]; a:n -> {b c} -> \"d\\\"q\" [weight=2]; "
                    "subgraph cluster_1 { label=\"L\"; "
                    "e [label=<<b>E</b> &amp;>]; } x = \"1\" + \"2\"; // end\n}\n"},
    {CN_FORMAT_MTX, "%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 2\n2 1 5.5\n3 1 1e3\n"},
    {CN_FORMAT_NODELINK, "{\"directed\": true, \"graph\": {\"name\": \"G\"}, \"nodes\": [{\"id\": 1, \"city\": "
                         "\"\\u041f\", \"aliases\": [\"x\", \"y\"], "
                         "\"o\": {\"a\": [1]}}, {\"id\": \"b\"}], \"links\": [{\"source\": 1, \"target\": \"b\", "
                         "\"weight\": 2.5, \"ok\": true}]}"},
    {CN_FORMAT_CYJS, "{\"data\": {\"name\": \"G\"}, \"elements\": {\"nodes\": [{\"data\": {\"id\": \"a\", \"value\": "
                     "\"a\"}}, {\"data\": {\"id\": \"b\"}}], "
                     "\"edges\": [{\"data\": {\"source\": \"a\", \"target\": \"b\", \"interaction\": \"supply\"}}]}}"},
    {CN_FORMAT_CX2, "[{\"CXVersion\": \"2.0\"}, {\"attributeDeclarations\": [{\"nodes\": {\"city\": {\"a\": \"c\", "
                    "\"v\": \"Q\"}}}]}, {\"nodes\": "
                    "[{\"id\": 0, \"v\": {\"c\": \"P\"}}, {\"id\": 1}]}, {\"edges\": [{\"id\": 0, \"s\": 0, \"t\": 1, "
                    "\"v\": {\"weight\": 2}}]}]"},
};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

static void load_sound(const sample *s) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load_bytes("x", s->text, strlen(s->text), NULL, diags, &net, NULL);
    for (size_t i = 0; status != CN_OK && i < cn_diags_count(diags); i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        printf("  %s: %s\n", cn_format_key(s->format), line.data);
        cn_buf_release(&line);
    }
    cn_diags_free(diags);
    CHECK_INT(status, CN_OK);
    CHECK(cn_entity_count(net) > 1 && cn_link_count(net) > 0);
    cn_network_free(net);
}

/* Told by their content, all of them load. */
static void samples_load(void) {
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        load_sound(&samples[i]);
    }
}

static const char *const tokens[] = {
    "<",           ">",     "\"",      "'",          "&",       ";",       "[",
    "]",           "{",     "}",       "->",         "--",      "=",       "\n",
    "\r",          "*",     "%",       "999999999",  "-1",      "1e999",   "<!ENTITY a \"b\">",
    "&a;",         "\xFF",  "\\",      "</node>",    "<graph>", "graph [", "node [",
    "*Vertices 9", "data:", "labels:", "subgraph {", "/*",      "null",    ":",
    ",",           "0",     " "};

enum { TOKEN_COUNT = sizeof tokens / sizeof *tokens };

static void mutations_load(void) {
    long runs = fuzz_runs(DEFAULT_RUNS);
    uint64_t state = 20250711;
    uint8_t *bytes = malloc(MUTANT_MAX + 64);
    CHECK(bytes != NULL);
    for (long run = 0; run < runs; run++) {
        for (size_t i = 0; i < SAMPLE_COUNT; i++) {
            size_t len = strlen(samples[i].text);
            memcpy(bytes, samples[i].text, len);
            len = fuzz_mutate(&state, bytes, len, MUTANT_MAX, tokens, TOKEN_COUNT);
            uint8_t *exact = fuzz_exact(bytes, len);
            fuzz_load(check_below(&state, 3) == 0 ? CN_FORMAT_AUTO : samples[i].format, exact, len);
            free(exact);
        }
    }
    free(bytes);
}

/* ---- bombs ---- */

static long peak_kb(void) {
    struct rusage use;
    (void)getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

/* Refused, with less than `most_mb` more memory than before. */
static void refused(cn_format format, const char *text, size_t len, long most_mb) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_load_options options = {.format = format};
    long before = peak_kb();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load_bytes("bomb", text, len, &options, diags, &net, NULL);
    size_t errors = (size_t)cn_diags_total(diags, CN_LEVEL_ERROR);
    cn_diags_free(diags);
    cn_network_free(net);
    CHECK_INT(status, CN_ERR_INPUT);
    CHECK(errors > 0);
    CHECK(peak_kb() - before < most_mb * 1024);
}

static void laughs(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "<!DOCTYPE graphml [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
        char line[160];
        (void)snprintf(line, sizeof line, "<!ENTITY l%d \"&l%d;&l%d;&l%d;&l%d;\">", i, i - 1, i - 1, i - 1, i - 1);
        cn_buf_add_text(&text, line);
    }
    cn_buf_add_text(&text, "]><graphml><graph><node id=\"&l29;\"/></graph></graphml>");
    refused(CN_FORMAT_AUTO, text.data, text.len, 20);
    refused(CN_FORMAT_GEXF, text.data, text.len, 20);
    cn_buf_release(&text);
    static const char outside[] = "<!DOCTYPE graphml [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><graphml><graph><node "
                                  "id=\"&f;\"/></graph></graphml>";
    refused(CN_FORMAT_AUTO, outside, strlen(outside), 20);
}

static void declared_nodes(void) {
    static const char *const texts[] = {
        "*Vertices 1000000000\n1 \"a\"\n", "dl n=1000000000 format=fullmatrix\ndata:\n1\n",
        "%%MatrixMarket matrix coordinate real general\n1000000000 1000000000 1\n1 1 1\n",
        "dl n=2 nm=4000000000 format=fullmatrix\ndata:\n0 1 1 0\n"};
    for (size_t i = 0; i < 4; i++) {
        refused(CN_FORMAT_AUTO, texts[i], strlen(texts[i]), 20);
    }
}

static void nested(cn_format format, const char *begin, const char *open) {
    cn_buf text = {0};
    cn_buf_add_text(&text, begin);
    for (int i = 0; i < 100000; i++) {
        cn_buf_add_text(&text, open);
    }
    refused(format, text.data, text.len, 60);
    cn_buf_release(&text);
}

static void deep(void) {
    nested(CN_FORMAT_GRAPHML, "<graphml>", "<graph><node id='a'>");
    nested(CN_FORMAT_GEXF, "<gexf>", "<nodes>");
    nested(CN_FORMAT_GML, "graph ", "[ a ");
    nested(CN_FORMAT_DOT, "graph {", "{");
    nested(CN_FORMAT_NODELINK, "{\"nodes\": ", "[");
}

/* A small file of two subgraphs joined: the product of their nodes is far more than the file. */
static void product(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "digraph {");
    for (int side = 0; side < 2; side++) {
        cn_buf_add_text(&text, side ? "-> {" : "{");
        for (int i = 0; i < 30000; i++) {
            char name[24];
            (void)snprintf(name, sizeof name, "%c%d ", side ? 'b' : 'a', i);
            cn_buf_add_text(&text, name);
        }
        cn_buf_add_text(&text, "}");
    }
    cn_buf_add_text(&text, "}");
    refused(CN_FORMAT_DOT, text.data, text.len, 120);
    cn_buf_release(&text);
}

static void attributes(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "graph [ node [ id 1 ");
    for (int i = 0; i < 1200; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "k%d 1 ", i);
        cn_buf_add_text(&text, name);
    }
    cn_buf_add_text(&text, "] ]");
    refused(CN_FORMAT_GML, text.data, text.len, 20);
    cn_buf_release(&text);
}

int main(void) {
    return check_run((check_case[]){{"samples_load", samples_load},
                                    {"laughs", laughs},
                                    {"declared_nodes", declared_nodes},
                                    {"deep", deep},
                                    {"product", product},
                                    {"attributes", attributes},
                                    {"mutations_load", mutations_load},
                                    {0}});
}
