/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a drawing fails once: the answer is "no memory", nothing leaks, nothing crashes. */
#include "check.h"
#include "coopnet/draw.h"
#include "draw_net.h"
#include "memory.h"

#include <string.h>

static void fail_each(cn_draw_options options, uint64_t step) {
    cn_network *net = options.view == CN_VIEW_GEOGRAPHY ? draw_net_regions() : draw_net_cluster();
    if (options.view == CN_VIEW_PATH) {
        options.subject = cn_entity_find(net, "out");
        options.target = cn_entity_find(net, "plant");
    }
    options.layout_program = COOPNET_LAYOUT_PROGRAM;
    cn_status status = CN_ERR_MEMORY;
    uint64_t nth = 0;
    for (; status != CN_OK && nth < 100000; nth += step) {
        cn_buf out = {0};
        cn_error err = {0};
        cn__alloc_fail_after(nth);
        status = cn_draw(net, &options, cn_sink_buf(&out), &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        bool sink_had_none = status == CN_ERR_IO && out.failed;
        cn_buf_release(&out);
        CHECK(status == CN_OK || sink_had_none || (status == CN_ERR_MEMORY && err.message == CN_MSG_OUT_OF_MEMORY));
    }
    CHECK(nth > 10 && nth < 100000);
    cn_network_free(net);
}

/* What a picture of a result needs besides the network. */
typedef struct result {
    cn_flows *flows;
    double capacity[16];
    cn_shock shock;
    cn_cascade cascade;
    cn_esri esri;
} result;

static void compute(result *r, const cn_network *net) {
    *r = (result){0};
    CHECK(cn_flows_create(net, NULL, &r->flows, NULL) == CN_OK && cn_flows_firm_count(r->flows) <= 16);
    for (uint32_t firm = 0; firm < cn_flows_firm_count(r->flows); firm++) {
        r->capacity[firm] = firm != 1;
    }
    r->shock.capacity = r->capacity;
    CHECK(cn_cascade_run(r->flows, &r->shock, NULL, &r->cascade, NULL) == CN_OK);
    CHECK(cn_cascade_all(r->flows, NULL, 0, NULL, NULL, &r->esri, NULL) == CN_OK);
}

static cn_status draw_result(const cn_network *net, const result *r, bool risk, cn_buf *out, cn_error *err) {
    cn_draw_options options = {.view = CN_VIEW_WHATIF, .flows = r->flows, .shock = &r->shock, .cascade = &r->cascade};
    options.format = risk ? CN_PICTURE_SVG : CN_PICTURE_DOT;
    return risk ? cn_draw_risk(net, r->flows, &r->esri, &options, cn_sink_buf(out), err)
                : cn_draw(net, &options, cn_sink_buf(out), err);
}

static void fail_each_result(bool risk) {
    cn_network *net = draw_net_cluster();
    result r;
    compute(&r, net);
    cn_status status = CN_ERR_MEMORY;
    uint64_t nth = 0;
    for (; status != CN_OK && nth < 100000; nth++) {
        cn_buf out = {0};
        cn_error err = {0};
        cn__alloc_fail_after(nth);
        status = draw_result(net, &r, risk, &out, &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        bool sink_had_none = status == CN_ERR_IO && out.failed;
        cn_buf_release(&out);
        CHECK(status == CN_OK || sink_had_none || (status == CN_ERR_MEMORY && err.message == CN_MSG_OUT_OF_MEMORY));
    }
    CHECK(nth > 10 && nth < 100000);
    cn_esri_release(&r.esri);
    cn_cascade_release(&r.cascade);
    cn_flows_free(r.flows);
    cn_network_free(net);
}

static void whatif(void) { fail_each_result(false); }
static void risk(void) { fail_each_result(true); }
static void overview(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT}, 1); }
static void chain(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_CHAIN}, 1); }
static void path(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_PATH}, 1); }
static void cluster(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_CLUSTER}, 1); }
static void ego(void) { fail_each((cn_draw_options){.view = CN_VIEW_EGO, .depth = 2}, 1); }
static void projects(void) { fail_each((cn_draw_options){.view = CN_VIEW_PROJECTS}, 1); }
static void mission(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_MISSION}, 1); }
static void partners(void) { fail_each((cn_draw_options){.view = CN_VIEW_PARTNERS}, 1); }
static void geography(void) { fail_each((cn_draw_options){.view = CN_VIEW_GEOGRAPHY}, 1); }
static void atlas(void) { fail_each((cn_draw_options){.collapse = CN_DRAW_COMMUNITIES}, 1); }
static void fold(void) {
    fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_CHAIN, .limit = 3, .backbone = 0.9}, 1);
}
static void foremost(void) {
    fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .top = 2, .top_metric = CN_METRIC_STRENGTH}, 1);
}

/* With a theme that has all, on a sheet of given size, cut into pages. */
static void tiles(void) {
    static const char logo[] = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>";
    cn_theme theme = {.base = CN_THEME_DARK,
                      .organisation = "АНО «Центр»",
                      .logo_kind = CN_LOGO_SVG,
                      .logo = logo,
                      .logo_bytes = sizeof logo - 1};
    memcpy(theme.colours[CN_THEME_ACCENT_COLOUR], "#c8102e", 8);
    fail_each((cn_draw_options){.format = CN_PICTURE_PDF, .paper = CN_PAPER_A2, .tiles = true, .theme = &theme}, 211);
}

static void theme_file(void) {
    static const char text[] = "{\"coopnet_theme\": 1, \"base\": \"mono\", \"organisation\": \"x\", \"colours\": "
                               "{\"anchor\": \"#123456\"}, \"logo\": \"graphs/README.md\"}";
    cn_status status = CN_ERR_MEMORY;
    uint64_t nth = 0;
    for (; status == CN_ERR_MEMORY && nth < 10000; nth++) {
        cn_theme *theme = NULL;
        cn_error err = {0};
        cn__alloc_fail_after(nth);
        status = cn_theme_load_bytes("t.json", COOPNET_SOURCE_DIR, text, sizeof text - 1, NULL, &theme, &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK(theme == NULL); /* its logo is none */
    }
    CHECK_INT(status, CN_ERR_INPUT);
    CHECK(nth > 10);
}

static void svg(void) { fail_each((cn_draw_options){0}, 61); } /* each starts the layout process */

int main(void) {
    return check_run((check_case[]){{"overview", overview},
                                    {"chain", chain},
                                    {"path", path},
                                    {"whatif", whatif},
                                    {"risk", risk},
                                    {"cluster", cluster},
                                    {"ego", ego},
                                    {"projects", projects},
                                    {"mission", mission},
                                    {"geography", geography},
                                    {"partners", partners},
                                    {"atlas", atlas},
                                    {"fold", fold},
                                    {"foremost", foremost},
                                    {"svg", svg},
                                    {"tiles", tiles},
                                    {"theme file", theme_file},
                                    {0}});
}
