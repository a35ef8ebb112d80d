/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of large networks: folding keeps every ruble, the atlas holds everyone once, groups are joined as worked by hand, the foremost
 * are connected by the shortest chains, maps have no overlaps, and no picture has more boxes than its limit.
 */
#include "atlas.h"
#include "check.h"
#include "coopnet/ident.h"
#include "fold.h"
#include "layout_map.h"
#include "make_network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- folding ---- */

enum { COLUMNS = 3, BOXES = 40, LINES = 120 };

static void make_scene(cn__scene *scene, int seed) {
    *scene = (cn__scene){.lang = CN_LANG_RU, .value_max = 100};
    srand((unsigned)seed);
    for (int i = 0; i < BOXES; i++) {
        cn__scene_node *node = cn__scene_add_node(scene);
        char name[20];
        snprintf(name, sizeof name, "n%d", i);
        node->entity = CN_NONE;
        node->style = CN__NODE_FIRM;
        node->column = seed % 2 ? (uint32_t)(i % COLUMNS) : CN_NONE;
        node->fold_word = CN__FOLD_SUPPLIERS;
        node->keep = i == 7;
        node->id = node->title = cn__scene_keep(scene, name, false);
        cn__scene_fit_node(scene, (uint32_t)i, name, "");
    }
    for (int i = 0; i < LINES; i++) {
        cn__scene_link *link = cn__scene_add_link(scene);
        link->from = (uint32_t)(rand() % BOXES);
        link->to = (link->from + 1 + (uint32_t)(rand() % (BOXES - 1))) % BOXES;
        link->value = rand() % 100;
        link->width = cn__scene_value_width(scene, link->value);
        link->planned = rand() % 4 == 0;
    }
}

/* Sum of the values between two ends after folding, from the lines before. */
static double expected(const cn__scene *before, const uint32_t *place, uint32_t from, uint32_t to, bool planned) {
    double sum = 0;
    for (size_t i = 0; i < before->link_count; i++) {
        const cn__scene_link *link = &before->links[i];
        bool here = place[link->from] == from && place[link->to] == to && link->planned == planned;
        sum += here ? link->value : 0;
    }
    return sum;
}

static void fold_one(int seed, size_t target) {
    cn_network *net = make_network(make_builder());
    cn__scene before, scene;
    cn__folding fold;
    double importance[BOXES];
    uint32_t place[BOXES];
    uint32_t kept = 0;
    make_scene(&before, seed);
    make_scene(&scene, seed);
    CHECK(cn__reduce_importance(&scene, importance));
    CHECK(cn__folding_plan(&fold, &scene, net, target, importance));
    for (int i = 0; i < BOXES; i++) {
        place[i] = fold.fold[i] == CN_NONE ? kept++ : 0;
    }
    for (int i = 0; i < BOXES; i++) {
        place[i] = fold.fold[i] == CN_NONE ? place[i] : kept + fold.fold[i];
    }
    CHECK(fold.fold[7] == CN_NONE);
    CHECK(cn__folding_apply(&fold, &scene, net));
    CHECK_INT(scene.node_count, kept + fold.folds);
    CHECK(scene.node_count <= target);
    double inside = 0, all = 0, left = 0;
    for (size_t i = 0; i < before.link_count; i++) {
        bool gone = place[before.links[i].from] == place[before.links[i].to];
        all += before.links[i].value;
        inside += gone ? before.links[i].value : 0;
    }
    for (size_t i = 0; i < scene.link_count; i++) {
        const cn__scene_link *link = &scene.links[i];
        CHECK(link->from < scene.node_count && link->to < scene.node_count && link->from != link->to);
        left += link->value;
        if (link->from >= kept || link->to >= kept) { /* merged: one line for each pair and state */
            CHECK_NEAR(link->value, expected(&before, place, link->from, link->to, link->planned), 1e-9);
        }
        CHECK_NEAR(link->width, cn__scene_value_width(&scene, link->value), 1e-9);
    }
    CHECK_NEAR(left + inside, all, 1e-9);
    cn__folding_release(&fold);
    cn__scene_release(&before);
    cn__scene_release(&scene);
    cn_network_free(net);
}

static void folding(void) {
    for (int seed = 0; seed < 30; seed++) {
        fold_one(seed, 4 + (size_t)(seed % 20));
    }
}

/* ---- the atlas ---- */

enum { FIRMS = 300 };

/* Six blocks of fifty that trade within, a little between; the last ten firms with nobody. */
static cn_network *make_blocks(int seed) {
    cn_builder *b = make_builder();
    cn_entity firm[FIRMS];
    srand((unsigned)seed);
    for (int i = 0; i < FIRMS; i++) {
        char id[20];
        snprintf(id, sizeof id, "f%d", i);
        firm[i] = make_company(b, id);
        make_text(b, firm[i], CN_FIELD_REGION, i % 3 ? "Тульская область" : "Омская область");
    }
    for (int i = 0; i < 1500; i++) {
        int from = rand() % (FIRMS - 10);
        int to = i % 8 ? from / 50 * 50 + rand() % 50 : rand() % (FIRMS - 10);
        to = to >= FIRMS - 10 ? 0 : to;
        cn_link link;
        cn_link_spec spec = {.from = firm[from],
                             .to = firm[to],
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = 100 * (1 + rand() % 1000),
                             .product = from / 50 % 2 ? "27.11.41" : "24.10"};
        if (from != to) {
            CHECK_INT(cn_builder_add_link(b, &spec, &link, NULL), CN_OK);
        }
    }
    return make_network(b);
}

static void check_atlas(const cn_network *net, const cn__atlas *a, uint32_t most) {
    double inside = 0, flows = 0;
    uint32_t firms = 0;
    CHECK(a->count <= most + 1);
    for (uint32_t i = 0; i < a->count; i++) {
        double brute = 0;
        for (uint32_t v = 0; v < a->graph->n; v++) {
            for (uint32_t e = a->graph->out_start[v]; e < a->graph->out_start[v + 1]; e++) {
                bool both = cn__atlas_box_of(a, v) == i && cn__atlas_box_of(a, a->graph->out_to[e]) == i;
                brute += both ? a->graph->weight[e] : 0;
            }
        }
        CHECK_NEAR(a->boxes[i].inside, brute, 1e-6);
        CHECK(i == 0 || a->boxes[i].kind >= a->boxes[i - 1].kind);
        inside += brute;
        firms += a->boxes[i].firms;
    }
    for (size_t i = 0; i < a->flow_count; i++) {
        CHECK(a->flows[i].from != a->flows[i].to && a->flows[i].to < a->count);
        flows += a->flows[i].value;
    }
    CHECK_NEAR(inside + flows, a->total, 1e-6);
    CHECK_NEAR(flows, a->between, 1e-6);
    CHECK_INT(firms, a->firms);
    CHECK_INT(a->firms + a->alone, cn_entity_count(net));
}

static void atlas(void) {
    const cn_watch nobody = {0};
    for (int seed = 1; seed < 4; seed++) {
        cn_network *net = make_blocks(seed);
        cn__atlas a;
        static const uint32_t mosts[] = {2, 3, 5, 28};
        for (size_t i = 0; i < 4; i++) {
            CHECK_INT(cn__atlas_make(net, 0, CN_DRAW_COMMUNITIES, mosts[i], &nobody, &a, NULL), CN_OK);
            CHECK_INT(a.alone, 10);
            check_atlas(net, &a, mosts[i]);
            cn__atlas_release(&a);
        }
        CHECK_INT(cn__atlas_make(net, 0, CN_DRAW_AUTO, 28, &nobody, &a, NULL), CN_OK);
        CHECK_INT(a.groups.grouping, CN_GROUPING_FOUND);
        CHECK_TEXT(cn_okpd2_class_name(a.boxes[0].product, CN_LANG_EN),
                   a.boxes[0].product[1] == '7' ? "electrical equipment" : "basic metals");
        cn__atlas_release(&a);
        CHECK_INT(cn__atlas_make(net, 0, CN_DRAW_REGIONS, 28, &nobody, &a, NULL), CN_OK);
        CHECK_INT(a.count, 2);
        check_atlas(net, &a, 28);
        CHECK_NEAR(a.boxes[0].region_share, 1, 0);
        cn__atlas_release(&a);
        CHECK_INT(cn__atlas_make(net, 0, CN_DRAW_CLUSTERS, 28, &nobody, &a, NULL), CN_OK);
        CHECK_INT(a.count, 1); /* there is no cluster: all stand outside */
        CHECK_INT(a.boxes[0].kind, CN__ATLAS_NONE);
        check_atlas(net, &a, 28);
        cn__atlas_release(&a);
        cn_network_free(net);
    }
}

/*
 * Five groups of sizes 9, 8, 7, 2, 1. The smallest (4) trades 6 with group 0 and 5 with group 3. Group 0 trades 100 with others, group 3 only 8: it goes to
 * 3. Then 3 (size 3) is the smallest and trades 3 + 6 = 9 with group 0, nothing else: it goes to 0.
 */
static void joining(void) {
    cn_group_sum sums[6] = {{.size = 9, .out = 100}, {.size = 8, .out = 90}, {.size = 7, .out = 80},
                            {.size = 2, .out = 8},   {.size = 1, .out = 11}, {.size = 0}};
    cn_group_flow list[] = {{0, 1, 1, 50}, {0, 2, 1, 41}, {1, 2, 1, 40}, {3, 0, 1, 3}, {4, 0, 1, 6}, {4, 3, 1, 5}};
    cn_group_flows flows = {.count = 5, .sums = sums, .flows = list, .flow_count = 6};
    uint32_t set_of[5];
    uint32_t sets;
    CHECK(cn__atlas_join(&flows, 4, set_of, &sets));
    CHECK_INT(sets, 4);
    CHECK(set_of[4] == set_of[3] && set_of[3] != set_of[0]);
    CHECK(cn__atlas_join(&flows, 3, set_of, &sets));
    CHECK_INT(sets, 3);
    CHECK(set_of[4] == set_of[0] && set_of[3] == set_of[0] && set_of[1] != set_of[2]);
    sums[4] = (cn_group_sum){.size = 1};
    flows.flow_count = 4; /* nobody trades with group 4: it is the rest */
    CHECK(cn__atlas_join(&flows, 4, set_of, &sets));
    CHECK(set_of[4] == CN_NONE);
}

/* ---- the foremost ---- */

/* a→m→b is the only way from a to b in two steps, a→x→y→b one in three; c stands alone with d. */
static void foremost(void) {
    cn_builder *b = make_builder();
    static const char *const ids[] = {"a", "b", "m", "x", "y", "c", "d"};
    cn_entity e[7];
    for (size_t i = 0; i < 7; i++) {
        e[i] = make_company(b, ids[i]);
    }
    static const int links[][3] = {{0, 2, 50}, {2, 1, 50}, {0, 3, 60}, {3, 4, 1}, {4, 1, 60}, {5, 6, 90}};
    for (size_t i = 0; i < 6; i++) {
        make_link(b, CN_LINK_SUPPLY, e[links[i][0]], e[links[i][1]], links[i][2]);
    }
    cn_network *net = make_network(b);
    uint8_t picked[7] = {0};
    cn_buf notes = {0};
    const cn_draw_options options = {.top = 3, .top_metric = CN_METRIC_STRENGTH};
    CHECK_INT(cn__pick_foremost(net, &options, picked, CN_LANG_EN, &notes, NULL), CN_OK);
    /* strengths: a 110, b 110, m 100, x 61, y 61, c 90, d 90 */
    CHECK(picked[0] && picked[1] && picked[2] && !picked[3] && !picked[4] && !picked[5]);
    CHECK_TEXT(notes.data,
               "Shown are the 3 foremost of 7 organisations by “strength”; 32% of the value is between them.");
    notes.len = 0;
    memset(picked, 0, sizeof picked);
    const cn_draw_options two = {.top = 2, .top_metric = CN_METRIC_STRENGTH};
    CHECK_INT(cn__pick_foremost(net, &two, picked, CN_LANG_EN, &notes, NULL), CN_OK);
    CHECK(picked[0] && picked[1] && picked[2] && !picked[3] && !picked[4]);
    CHECK(strstr(notes.data, "and 1 that connects them") != NULL);
    cn_buf_release(&notes);
    cn_network_free(net);
}

/* ---- maps ---- */

static bool apart(cn__rect a, cn__rect b) {
    return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

static void check_layout(const cn__scene *scene, const cn__layout *layout) {
    for (size_t i = 0; i < scene->node_count; i++) {
        cn__rect r = layout->nodes[i];
        CHECK(r.left >= -1e-9 && r.top >= -1e-9 && r.right <= layout->width + 1e-9 &&
              r.bottom <= layout->height + 1e-9);
        for (size_t j = 0; j < i; j++) {
            CHECK(apart(r, layout->nodes[j]));
        }
        for (size_t k = 0; k < scene->link_count; k++) {
            const cn__scene_link *link = &scene->links[k];
            cn__point c = layout->links[k].label;
            cn__rect label = {c.x - link->label_width / 2, c.y - link->label_height / 2, c.x + link->label_width / 2,
                              c.y + link->label_height / 2};
            CHECK(!layout->links[k].has_label || apart(label, r));
        }
    }
    for (size_t k = 0; k < scene->link_count; k++) {
        const cn__layout_link *link = &layout->links[k];
        cn__point begin = layout->points[link->start];
        cn__rect from = layout->nodes[scene->links[k].from];
        CHECK(link->count == 5 || link->count == 4);
        CHECK(begin.x > from.left - 0.1 && begin.x < from.right + 0.1 && begin.y > from.top - 0.1 &&
              begin.y < from.bottom + 0.1);
    }
}

static void maps(void) {
    static const char *const text[CN__LABEL_LINES] = {"120 млн ₽", "", ""};
    for (int seed = 0; seed < 6; seed += 2) {
        cn__scene scene;
        cn__layout layout, again;
        make_scene(&scene, seed);
        scene.link_count = seed ? 50 : LINES;
        scene.node_count = seed == 4 ? 1 : BOXES;
        scene.link_count = seed == 4 ? 0 : scene.link_count;
        for (uint32_t i = 0; i < scene.link_count; i++) {
            cn__scene_set_label(&scene, i, text);
        }
        CHECK_INT(cn__map_layout(&scene, &layout, NULL), CN_OK);
        CHECK_INT(cn__map_layout(&scene, &again, NULL), CN_OK);
        check_layout(&scene, &layout);
        CHECK(memcmp(layout.nodes, again.nodes, scene.node_count * sizeof *layout.nodes) == 0);
        CHECK_INT(layout.point_count, again.point_count);
        for (size_t i = 0; i < layout.point_count && i < again.point_count; i++) {
            CHECK(memcmp(&layout.points[i], &again.points[i], sizeof *layout.points) == 0);
        }
        cn__layout_release(&layout);
        cn__layout_release(&again);
        cn__scene_release(&scene);
    }
}

/* ---- whole pictures ---- */

static size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

static size_t draw(const cn_network *net, cn_draw_options options, const char *words) {
    cn_buf svg = {0}, again = {0};
    cn_error err = {0};
    options.layout_program = COOPNET_LAYOUT_PROGRAM;
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&svg), &err), CN_OK);
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&again), &err), CN_OK);
    CHECK_TEXT(svg.data, again.data);
    if (!strstr(svg.data, words)) {
        printf("  missing: %s\n", words);
    }
    CHECK(strstr(svg.data, words) != NULL);
    size_t boxes = count_of(svg.data, "<g class=\"node ");
    cn_buf_release(&svg);
    cn_buf_release(&again);
    return boxes;
}

static void pictures(void) {
    cn_network *net = make_blocks(5);
    cn_diags *told = NULL;
    CHECK_INT(cn_diags_create(&told, NULL), CN_OK);
    size_t map = draw(net, (cn_draw_options){.lang = CN_LANG_RU, .told = told}, "290 организаций в");
    CHECK(map >= 5 && map <= 28);
    CHECK_INT(cn_diags_count(told), 2); /* drawn twice */
    CHECK_INT(cn_diags_at(told, 0)->message, CN_MSG_DRAW_COLLAPSED);
    CHECK_INT(draw(net, (cn_draw_options){.lang = CN_LANG_EN}, "290 organisations in"), map);
    CHECK_INT(draw(net, (cn_draw_options){.lang = CN_LANG_EN, .limit = 4}, "10 organisations without links"), 4);
    CHECK_INT(draw(net, (cn_draw_options){.lang = CN_LANG_EN, .collapse = CN_DRAW_REGIONS}, "Map of regions"), 2);
    CHECK(draw(net, (cn_draw_options){.lang = CN_LANG_RU, .view = CN_VIEW_CHAIN}, "ещё") <= 40);
    CHECK(draw(net, (cn_draw_options){.lang = CN_LANG_EN, .view = CN_VIEW_CHAIN, .limit = 20}, " more suppliers") <=
          20);
    CHECK(draw(net, (cn_draw_options){.lang = CN_LANG_EN, .top = 12, .top_metric = CN_METRIC_STRENGTH},
               "Shown are the 12 foremost of 300") >= 12);
    cn_draw_options lines = {.lang = CN_LANG_EN, .top = 12, .top_metric = CN_METRIC_STRENGTH, .backbone = 0.2};
    (void)draw(net, lines, "lines that do not stand out");
    lines.backbone = 0;
    for (cn_engine engine = CN_ENGINE_NEATO; engine <= CN_ENGINE_MAP; engine++) {
        lines.engine = engine;
        CHECK(draw(net, lines, "foremost") >= 12);
    }
    CHECK(draw(net, (cn_draw_options){.view = CN_VIEW_CHAIN, .limit = 20, .engine = CN_ENGINE_FDP}, "<svg") <= 20);
    cn_diags_free(told);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"folding", folding},
                                    {"atlas", atlas},
                                    {"joining", joining},
                                    {"foremost", foremost},
                                    {"maps", maps},
                                    {"pictures", pictures},
                                    {0}});
}
