/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture itself, on the networks that ship with the project and on a hostile one: everything is there once, boxes
 * do not overlap, texts are inside their boxes, everything is on the page, labels keep off boxes, the legend lists what
 * occurs and nothing else, the XML is well-formed, and the same network gives the same bytes.
 */
#include "draw_net.h"
#include "picture.h"
#include "simplify.h"

#include <string.h>

/* ---- the cases ---- */

static void overview_of(const char *name) {
    cn_network *net = load_graph(name);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_OVERVIEW});
    check_all(&p);
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        CHECK(shows(&p, e) == (cn_entity_kind_of(net, e) != CN_ENTITY_PRODUCT));
    }
    CHECK_TEXT(p.page.paper, "A4");
    check_no_line_through_names_of_groups(&p);
    release_picture(&p);
    cn_network_free(net);
}

static void overview_electro(void) { overview_of("electro.json"); }
static void overview_akit(void) { overview_of("akit.json"); }

static void chain_electro(void) {
    cn_network *net = load_graph("electro.json");
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_CHAIN});
    check_all(&p);
    check_no_line_through_labels(&p);
    CHECK_TEXT(p.page.paper, "A4");
    CHECK(strstr(p.svg.data, "якорное предприятие с наибольшими закупками") != NULL);
    CHECK(strstr(p.svg.data, "Уровень 2") != NULL);
    CHECK(strstr(p.svg.data, "link-back") != NULL && strstr(p.svg.data, "class=\"badge\"") != NULL);
    for (size_t i = 0; i < p.scene.link_count; i++) { /* columns stand from left to right */
        const cn__scene_link *link = &p.scene.links[i];
        uint32_t from = p.scene.nodes[link->from].column;
        uint32_t to = p.scene.nodes[link->to].column;
        CHECK((from < to) == (p.layout.nodes[link->from].right < p.layout.nodes[link->to].left));
    }
    release_picture(&p);
    p = make_picture(
        net, (cn_draw_options){.view = CN_VIEW_CHAIN, .stream = CN_BOTH_STREAMS, .depth = 1, .lang = CN_LANG_EN});
    check_all(&p);
    CHECK(strstr(p.svg.data, "tiers beyond 1") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

static void path_electro(void) {
    cn_network *net = load_graph("electro.json");
    cn_draw_options options = {.view = CN_VIEW_PATH, .k = 4};
    options.subject = cn_entity_find(net, "boksit");
    options.target = cn_entity_find(net, "etz");
    CHECK(options.subject != CN_NONE && options.target != CN_NONE);
    picture p = make_picture(net, options);
    check_all(&p);
    CHECK(count_of(p.svg.data, "link-route") >= 5); /* boksit–glinozem, the two sides of the diamond */
    release_picture(&p);
    cn_network_free(net);
}

static void refusals(void) {
    cn_network *net = draw_net_cluster();
    cn_buf out = {0};
    cn_error err = {0};
    cn_draw_options options = {.view = CN_VIEW_PATH, .format = CN_PICTURE_DOT};
    options.subject = cn_entity_find(net, "plant");
    options.target = cn_entity_find(net, "out");
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_UNDEFINED);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_PATH);
    options.target = options.subject;
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_SAME_ENDS);
    options.target = 1000;
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_BAD_ENTITY);
    options = (cn_draw_options){.view = (cn_view)77};
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    draw_net empty = draw_net_begin("");
    cn_network *nothing = draw_net_end(&empty);
    options = (cn_draw_options){.view = CN_VIEW_CHAIN};
    CHECK_INT(cn_draw(nothing, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_SUBJECT);
    CHECK_INT(out.len, 0);
    picture p = make_picture(nothing, (cn_draw_options){0});
    check_xml(p.svg.data);
    CHECK(strstr(p.svg.data, "Показать нечего") != NULL || strstr(p.svg.data, "Nothing to show") != NULL);
    release_picture(&p);
    cn_network_free(nothing);
    cn_network_free(net);
    CHECK_INT(cn_view_find("chain"), CN_VIEW_CHAIN);
    CHECK_INT(cn_view_find("pie"), -1);
    CHECK_INT(cn_picture_find("pdf"), CN_PICTURE_PDF);
}

static void hostile(void) {
    char long_name[1200] = "";
    for (int i = 0; i < 100; i++) {
        strcat(long_name, i % 7 ? "дом" : "дом ");
    }
    const char *names[] = {"</svg><script>alert(1)</script>",
                           "\"quoted\" 'q' & \\N \\G \\\\",
                           "line\nbreak\ttab\x01\x1B[31m",
                           "\xE2\x80\xAE"
                           "txet desrever",
                           "שלום עולם العربية",
                           "😀🏭 завод",
                           long_name,
                           "<b>html</b>",
                           "<<TABLE>>",
                           "&amp;&lt;&#x0;"};
    const char *ids[] = {"node", "graph", "-1", "a b", "a\nb", "edge", "cluster_x", "\"", "\\", "x\\\""};
    draw_net net = draw_net_begin("]]> <!-- title & \"more\"");
    for (size_t i = 0; i < 10; i++) {
        draw_net_add(&net, CN_ENTITY_COMPANY, ids[i], names[i]);
    }
    draw_net_add(&net, CN_ENTITY_CLUSTER, "x", names[0]);
    for (size_t i = 0; i < 9; i++) {
        draw_net_link(&net, CN_LINK_SUPPLY, ids[i], ids[i + 1], (int64_t)(i + 1) * 1000, names[i]);
        draw_net_link(&net, CN_LINK_MEMBER, ids[i], "x", -1, NULL);
    }
    cn_network *done = draw_net_end(&net);
    picture p = make_picture(done, (cn_draw_options){0});
    check_all(&p);
    CHECK(strstr(p.svg.data, "\xE2\x80\xAE") == NULL);
    CHECK(strstr(p.svg.data, "\x1B") == NULL);
    CHECK(strstr(p.svg.data, long_name) == NULL || strstr(p.svg.data, "<title>") != NULL);
    release_picture(&p);
    p = make_picture(done, (cn_draw_options){.view = CN_VIEW_CHAIN, .subject = 9, .subject_given = true});
    check_all(&p);
    CHECK_INT(p.scene.node_count, 10);
    release_picture(&p);
    cn_network_free(done);
}

static void same_bytes(void) {
    cn_network *net = draw_net_cluster();
    picture a = make_picture(net, (cn_draw_options){0});
    picture b = make_picture(net, (cn_draw_options){0});
    CHECK_TEXT(a.svg.data, b.svg.data);
    check_all(&a);
    CHECK(strstr(a.svg.data, "Не показано: 1 прекращённая связь.") != NULL);
    CHECK(strstr(a.svg.data, "id=\"n-node\"") != NULL && strstr(a.svg.data, "id=\"n--1\"") != NULL);
    release_picture(&a);
    release_picture(&b);
    cn_network_free(net);
}

static void grows_the_page(void) {
    draw_net net = draw_net_begin("Много");
    char id[20];
    draw_net_add(&net, CN_ENTITY_COMPANY, "hub", "Покупатель");
    for (int i = 0; i < 120; i++) {
        snprintf(id, sizeof id, "s%d", i);
        draw_net_add(&net, CN_ENTITY_COMPANY, id, "Поставщик");
        draw_net_link(&net, CN_LINK_SUPPLY, id, "hub", 1000 + i, "24.10");
    }
    cn_network *done = draw_net_end(&net);
    picture p = make_picture(done, (cn_draw_options){.view = CN_VIEW_CHAIN});
    check_all(&p);
    CHECK(strcmp(p.page.paper, "A4") != 0);
    release_picture(&p);
    cn_network_free(done);
}

/* Forty suppliers reach one buyer beside each other, not all on one spot, and the sheet stays small. */
static void hub(void) {
    draw_net made = draw_net_begin("Звезда");
    draw_net_add(&made, CN_ENTITY_COMPANY, "hub", "Головное предприятие");
    for (int i = 0; i < 40; i++) {
        char id[20];
        snprintf(id, sizeof id, "s%d", i);
        draw_net_add(&made, CN_ENTITY_COMPANY, id, id);
        draw_net_link(&made, CN_LINK_SUPPLY, id, "hub", 1000000 + i, "25.11");
    }
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_CHAIN});
    check_all(&p);
    check_no_line_through_labels(&p);
    size_t at_left = 0;
    for (size_t i = 0; i < p.scene.link_count; i++) {
        const cn__layout_link *place = &p.layout.links[i];
        cn__point tip = p.layout.points[place->start + place->count - 1];
        at_left += fabs(tip.x - p.layout.nodes[p.scene.links[i].to].left) < 1;
    }
    CHECK(at_left >= 30);
    CHECK(strstr(p.svg.data, ">25.11 · 1") != NULL);
    release_picture(&p);
    p = make_picture(net, (cn_draw_options){.view = CN_VIEW_CHAIN, .stream = CN_DOWNSTREAM});
    CHECK(strstr(p.svg.data, "Покупателей у организации в этой сети нет.") != NULL);
    CHECK_INT(p.scene.node_count, 1);
    check_legend(&p);
    release_picture(&p);
    cn_network_free(net);
}

/* A tangle that dot would need minutes for: laid out in part, drawn whole, and it says so. */
static void tangle(void) {
    enum { FIRMS = 150, STEP_COUNT = 9 };
    draw_net made = draw_net_begin("Клубок");
    char id[2][20];
    for (int i = 0; i < FIRMS; i++) {
        snprintf(id[0], sizeof id[0], "f%d", i);
        draw_net_add(&made, CN_ENTITY_COMPANY, id[0], id[0]);
    }
    for (int i = 0; i < FIRMS; i++) {
        for (int step = 1; step <= STEP_COUNT; step++) { /* every firm to nine others all over the place */
            snprintf(id[0], sizeof id[0], "f%d", i);
            snprintf(id[1], sizeof id[1], "f%d", (i + step * step * 7 % FIRMS) % FIRMS);
            draw_net_link(&made, CN_LINK_SUPPLY, id[0], id[1], 1000 + i * step, "");
        }
    }
    cn_network *net = draw_net_end(&made);
    const cn_view views[] = {CN_VIEW_OVERVIEW, CN_VIEW_CHAIN};
    for (size_t v = 0; v < 2; v++) {
        picture p = make_picture(net, (cn_draw_options){.view = views[v], .layout_ms = 20000});
        size_t straight = 0;
        for (size_t i = 0; i < p.scene.link_count; i++) {
            straight += p.scene.links[i].straight;
            CHECK(p.scene.links[i].straight || p.layout.links[i].count > 0);
            CHECK_INT(p.scene.links[i].line_count, 0);
        }
        CHECK_INT(p.scene.link_count - straight, CN__LINKS_LAID_OUT);
        check_boxes(&p);
        check_page(&p);
        check_xml(p.svg.data);
        check_ids(p.svg.data);
        CHECK_INT(count_of(p.svg.data, "<g class=\"link "), p.scene.link_count);
        CHECK(strstr(p.svg.data, "рисунок упрощён") != NULL);
        release_picture(&p);
    }
    cn_buf dot = {0};
    cn_draw_options whole = {.format = CN_PICTURE_DOT};
    CHECK_INT(cn_draw(net, &whole, cn_sink_buf(&dot), NULL), CN_OK);
    CHECK_INT(count_of(dot.data, " -> "), FIRMS * STEP_COUNT);
    cn_buf_release(&dot);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"overview of electro", overview_electro},
                                    {"overview of akit", overview_akit},
                                    {"chain of electro", chain_electro},
                                    {"path of electro", path_electro},
                                    {"refusals", refusals},
                                    {"hostile", hostile},
                                    {"same bytes", same_bytes},
                                    {"grows the page", grows_the_page},
                                    {"hub", hub},
                                    {"tangle", tangle},
                                    {0}});
}
