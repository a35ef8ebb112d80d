/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The DOT of small networks, byte for byte, against tests/golden/<name>.dot. COOPNET_GOLDEN=write writes the files anew; look at the
 * difference before you keep it.
 */
#include "check.h"
#include "coopnet/draw.h"
#include "draw_net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void compare(const char *name, const cn_buf *got) {
    char path[1000];
    snprintf(path, sizeof path, "%s/tests/golden/%s.dot", COOPNET_SOURCE_DIR, name);
    const char *mode = getenv("COOPNET_GOLDEN");
    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path, "wb");
        CHECK(file && fwrite(got->data, 1, got->len, file) == got->len);
        CHECK(fclose(file) == 0);
        return;
    }
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    char *want = calloc(1, got->len + 65536);
    size_t len = fread(want, 1, got->len + 65535, file);
    fclose(file);
    bool same = len == got->len && memcmp(want, got->data, len) == 0;
    if (!same) {
        size_t at = 0;
        while (at < len && at < got->len && want[at] == got->data[at]) {
            at++;
        }
        printf("  %s differs at byte %zu: got …%.60s\n", path, at, got->data + at);
    }
    free(want);
    CHECK(same);
}

static void draw_and_compare(const char *name, const cn_network *net, cn_draw_options options) {
    cn_buf first = {0};
    cn_buf second = {0};
    options.format = CN_PICTURE_DOT;
    CHECK(cn_draw(net, &options, cn_sink_buf(&first), NULL) == CN_OK);
    CHECK(cn_draw(net, &options, cn_sink_buf(&second), NULL) == CN_OK);
    CHECK(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    compare(name, &first);
    cn_buf_release(&first);
    cn_buf_release(&second);
}

static void overview(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("overview", net, (cn_draw_options){.view = CN_VIEW_OVERVIEW});
    cn_network_free(net);
}

static void chain(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("chain", net, (cn_draw_options){.view = CN_VIEW_CHAIN, .stream = CN_BOTH_STREAMS});
    cn_network_free(net);
}

static void path(void) {
    cn_network *net = draw_net_cluster();
    cn_draw_options options = {.view = CN_VIEW_PATH, .lang = CN_LANG_EN};
    options.subject = cn_entity_find(net, "out");
    options.target = cn_entity_find(net, "plant");
    draw_and_compare("path", net, options);
    cn_network_free(net);
}

static void whatif(void) {
    cn_network *net = draw_net_cluster();
    cn_flows *flows = NULL;
    cn_cascade cascade = {0};
    double capacity[16];
    CHECK(cn_flows_create(net, NULL, &flows, NULL) == CN_OK && cn_flows_firm_count(flows) <= 16);
    for (uint32_t firm = 0; firm < cn_flows_firm_count(flows); firm++) {
        capacity[firm] = 1;
    }
    capacity[cn_flows_firm(flows, cn_entity_find(net, "out"))] = 0.25;
    cn_shock shock = {.capacity = capacity};
    CHECK(cn_cascade_run(flows, &shock, NULL, &cascade, NULL) == CN_OK);
    cn_draw_options options = {.view = CN_VIEW_WHATIF, .flows = flows, .shock = &shock, .cascade = &cascade};
    draw_and_compare("whatif", net, options);
    cn_cascade_release(&cascade);
    cn_flows_free(flows);
    cn_network_free(net);
}

static void cluster(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("cluster", net, (cn_draw_options){.view = CN_VIEW_CLUSTER});
    cn_network_free(net);
}

static void ego(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("ego", net, (cn_draw_options){.view = CN_VIEW_EGO, .depth = 2});
    cn_network_free(net);
}

static void projects(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("projects", net, (cn_draw_options){.view = CN_VIEW_PROJECTS, .lang = CN_LANG_EN});
    cn_network_free(net);
}

static void mission(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("mission", net, (cn_draw_options){.view = CN_VIEW_MISSION});
    cn_network_free(net);
}

static void geography(void) {
    cn_network *net = draw_net_regions();
    draw_and_compare("geography", net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY});
    cn_network_free(net);
}

static void partners(void) {
    cn_network *net = draw_net_cluster();
    draw_and_compare("partners", net, (cn_draw_options){.view = CN_VIEW_PARTNERS});
    cn_network_free(net);
}

static void empty(void) {
    draw_net net = draw_net_begin("");
    cn_network *done = draw_net_end(&net);
    draw_and_compare("empty", done, (cn_draw_options){0});
    cn_network_free(done);
}

int main(void) {
    return check_run((check_case[]){{"overview", overview},
                                    {"chain", chain},
                                    {"path", path},
                                    {"whatif", whatif},
                                    {"cluster", cluster},
                                    {"ego", ego},
                                    {"projects", projects},
                                    {"mission", mission},
                                    {"geography", geography},
                                    {"partners", partners},
                                    {"empty", empty},
                                    {0}});
}
