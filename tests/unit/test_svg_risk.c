/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pictures of risk: marks stand on the firms that the shipped network was built to have them, the legend names the
 * marks that occur and no other, what-if and plot keep to their page without overlaps, hostile names change nothing
 * but their own text, and the same result gives the same bytes.
 */
#include "draw_net.h"
#include "mark.h"
#include "picture.h"
#include "plot.h"

/* ---- a result ---- */

typedef struct result {
    cn_network *net;
    cn_flows *flows;
    double *capacity;
    double *flow;
    double *outside;
    cn_shock shock;
    cn_cascade_options settings;
    cn_cascade cascade;
} result;

static double *ones(size_t count) {
    double *values = malloc((count + 1) * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        values[i] = 1;
    }
    return values;
}

static result begin(cn_network *net) {
    result r = {.net = net};
    size_t flows = 0;
    size_t outside = 0;
    CHECK(cn_flows_create(net, NULL, &r.flows, NULL) == CN_OK);
    (void)cn_flows_all(r.flows, &flows);
    (void)cn_flows_outside(r.flows, &outside);
    r.capacity = ones(cn_flows_firm_count(r.flows));
    r.flow = ones(flows);
    r.outside = ones(outside);
    return r;
}

static void stop(result *r, const char *id, double capacity) {
    uint32_t firm = cn_flows_firm(r->flows, cn_entity_find(r->net, id));
    CHECK(firm != CN_NONE);
    r->capacity[firm] = capacity;
}

static cn_draw_options run(result *r) {
    r->shock = (cn_shock){.capacity = r->capacity, .flow = r->flow, .outside = r->outside};
    CHECK(cn_cascade_run(r->flows, &r->shock, &r->settings, &r->cascade, NULL) == CN_OK);
    return (cn_draw_options){.view = CN_VIEW_WHATIF,
                             .flows = r->flows,
                             .shock = &r->shock,
                             .cascade = &r->cascade,
                             .cascade_options = &r->settings};
}

static void end(result *r) {
    cn_cascade_release(&r->cascade);
    cn_flows_free(r->flows);
    cn_network_free(r->net);
    free(r->capacity);
    free(r->flow);
    free(r->outside);
}

/* ---- one picture, step by step ---- */

static const cn__scene_node *node_of(const picture *p, const cn_network *net, const char *id) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        if (p->scene.nodes[i].entity == cn_entity_find(net, id)) {
            return &p->scene.nodes[i];
        }
    }
    printf("  %s is not shown\n", id);
    CHECK(false);
    return NULL;
}

static const cn__scene_link *link_of(const picture *p, const cn_network *net, const char *from, const char *to) {
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__scene_link *link = &p->scene.links[i];
        if (&p->scene.nodes[link->from] == node_of(p, net, from) && &p->scene.nodes[link->to] == node_of(p, net, to)) {
            return link;
        }
    }
    printf("  no line from %s to %s\n", from, to);
    CHECK(false);
    return NULL;
}

/* ---- checks ---- */

static cn__rect label_box(const picture *p, size_t link) {
    cn__point at = p->layout.links[link].label;
    double width = p->scene.links[link].label_width / 2;
    double height = p->scene.links[link].label_height / 2;
    return (cn__rect){at.x - width, at.y - height, at.x + width, at.y + height};
}

/* Boxes apart, with the badges that stick out above them; labels off boxes and labels. */
static void check_apart(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        for (size_t j = 0; j < p->scene.node_count; j++) {
            cn__rect box = p->layout.nodes[i];
            box.top -= p->scene.nodes[i].marks ? 3.5 : 0;
            CHECK(i == j || !overlap(box, p->layout.nodes[j]));
        }
    }
    for (size_t i = 0; i < p->scene.link_count; i++) {
        for (size_t n = 0; p->layout.links[i].has_label && n < p->scene.node_count; n++) {
            CHECK(!overlap(label_box(p, i), p->layout.nodes[n]));
        }
        for (size_t j = 0; p->layout.links[i].has_label && j < i; j++) {
            CHECK(!p->layout.links[j].has_label || !overlap(label_box(p, i), label_box(p, j)));
        }
    }
}

/* Lines of text, badge room and bar fit into their box. */
static void check_room(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        const cn__scene_node *node = &p->scene.nodes[i];
        double sides, above, below;
        cn__shape_padding(cn__node_look_of(node->style)->shape, &sides, &above, &below);
        double height = above + below + node->above + node->below;
        for (uint32_t l = 0; l < node->line_count; l++) {
            const char *text = cn__scene_text(&p->scene, node->lines[l]);
            double size = l < node->name_lines ? CN__NAME_SIZE : CN__SMALL_SIZE;
            height += size;
            CHECK(cn__font_width(text, strlen(text), l < node->name_lines && node->bold, size) + 2 * sides <=
                  node->width + 0.01);
        }
        CHECK(height <= node->height + 0.01);
        CHECK(node->marks == 0 || node->above > 0);
        CHECK(node->bar >= 0 && node->bar <= 1);
    }
}

/* The legend has an entry for each mark that occurs, and for no other. */
static void check_marks_in_legend(const picture *p) {
    uint32_t used = 0;
    bool bar = false;
    for (size_t i = 0; i < p->scene.node_count; i++) {
        used |= p->scene.nodes[i].marks;
        bar |= p->scene.nodes[i].below > 0;
    }
    for (size_t i = 0; i < p->scene.link_count; i++) {
        used |= p->scene.links[i].marks;
    }
    size_t wanted = bar;
    for (uint32_t i = 0; i < CN__MARK_COUNT; i++) {
        wanted += used >> i & 1u;
    }
    size_t entries = 0;
    for (size_t i = 0; i < p->legend.count; i++) {
        entries += p->legend.entries[i].sample == CN__SAMPLE_DRAWN;
    }
    CHECK_INT(entries, wanted);
}

static void check_picture(const picture *p) {
    check_xml(p->svg.data);
    check_apart(p);
    check_room(p);
    check_marks_in_legend(p);
    CHECK_INT(p->layout.warnings, 0);
    double s = p->page.scale;
    CHECK(p->page.origin.x >= p->page.margin - 0.5 &&
          p->page.origin.x + p->layout.width * s <= p->page.width - p->page.margin + 0.5);
    CHECK(p->page.legend.y + p->legend.height <= p->page.foot + 0.5);
    CHECK(CN__SMALL_SIZE * s >= 6.5 - 1e-6);
}

/* ---- chain ---- */

/* Exactly these ids carry the mark; ends with NULL. */
static void check_marked(const picture *p, const cn_network *net, uint32_t mark, const char *const *ids) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        const char *id = cn_entity_id(net, p->scene.nodes[i].entity);
        bool wanted = false;
        for (size_t j = 0; ids[j]; j++) {
            wanted |= strcmp(ids[j], id) == 0;
        }
        if (wanted != ((p->scene.nodes[i].marks & mark) != 0)) {
            printf("  %s\n", id);
        }
        CHECK(wanted == ((p->scene.nodes[i].marks & mark) != 0));
    }
}

/*
 * Planted: magnit alone makes the cores, nii alone tests; what both isolators and bushings need comes through glinozem,
 * and to it from boksit; the steel of the cores through prokat from ruda; nowhere is abroad.
 */
static void chain_marks(void) {
    cn_network *net = load_graph("electro.json");
    cn_draw_options options = {.view = CN_VIEW_CHAIN, .subject = cn_entity_find(net, "etz"), .subject_given = true};
    picture p = make_picture(net, options);
    check_picture(&p);
    check_marked(&p, net, CN__MARK_SINGLE, (const char *const[]){"magnit", "nii", NULL});
    check_marked(&p, net, CN__MARK_HIDDEN, (const char *const[]){"glinozem", "boksit", "prokat", "ruda", NULL});
    check_marked(&p, net, CN__MARK_START, (const char *const[]){NULL});
    for (size_t i = 0; i < p.scene.node_count; i++) {
        bool foreign = p.scene.nodes[i].entity == cn_entity_find(net, "nowhere");
        CHECK((p.scene.nodes[i].style == CN__NODE_FOREIGN) == foreign);
    }
    CHECK(link_of(&p, net, "magnit", "etz")->marks == CN__MARK_SINGLE);
    CHECK(link_of(&p, net, "izol", "etz")->marks == 0);
    CHECK(link_of(&p, net, "glinozem", "izol")->marks == 0);
    CHECK(strstr(cn__scene_text(&p.scene, node_of(&p, net, "magnit")->desc), "Единственный поставщик: 27.11.62.110"));
    CHECK(strstr(cn__scene_text(&p.scene, node_of(&p, net, "prokat")->desc), "Скрытая единственная точка"));
    CHECK(strstr(cn__scene_text(&p.scene, node_of(&p, net, "nowhere")->desc), "Зарубежный поставщик (CN)"));
    /* on nodes, on two lines, and once in the legend */
    CHECK_INT(count_of(p.svg.data, "class=\"mark mark-single-source\""), 2 + 2 + 1);
    CHECK_INT(count_of(p.svg.data, "class=\"mark mark-hidden-point\""), 4 + 1);
    CHECK_INT(count_of(p.svg.data, ">зарубежный поставщик<"), 1);
    release_picture(&p);
    cn_network_free(net);
}

/* Downstream nobody is a supplier; both ways only the suppliers are marked. */
static void chain_streams(void) {
    cn_network *net = load_graph("electro.json");
    cn_draw_options options = {
        .view = CN_VIEW_CHAIN, .subject = cn_entity_find(net, "glinozem"), .subject_given = true};
    options.stream = CN_DOWNSTREAM;
    picture p = make_picture(net, options);
    check_picture(&p);
    CHECK(strstr(p.svg.data, "class=\"mark ") == NULL);
    release_picture(&p);
    options.stream = CN_BOTH_STREAMS;
    options.lang = CN_LANG_EN;
    p = make_picture(net, options);
    check_picture(&p);
    check_marked(&p, net, CN__MARK_SINGLE, (const char *const[]){"boksit", NULL});
    check_marked(&p, net, CN__MARK_HIDDEN, (const char *const[]){NULL});
    CHECK(strstr(p.svg.data, ">only known supplier of a product<") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

/* ---- what-if ---- */

static void whatif_single_source(void) {
    result r = begin(load_graph("electro.json"));
    stop(&r, "magnit", 0);
    cn_draw_options options = run(&r);
    picture p = make_picture(r.net, options);
    check_picture(&p);
    check_marked(&p, r.net, CN__MARK_START, (const char *const[]){"magnit", NULL});
    CHECK(fabs(node_of(&p, r.net, "magnit")->bar - 1) < 1e-9);
    CHECK(node_of(&p, r.net, "magnit")->column == 0 && node_of(&p, r.net, "etz")->column == 1);
    CHECK(node_of(&p, r.net, "etz")->bar > 0.5 && !node_of(&p, r.net, "etz")->pale);
    CHECK(node_of(&p, r.net, "maslo")->pale && node_of(&p, r.net, "maslo")->below == 0);
    CHECK(link_of(&p, r.net, "magnit", "etz")->style == CN__LINK_SHORTAGE);
    CHECK(link_of(&p, r.net, "magnit", "prokat")->style == CN__LINK_DEMAND); /* to whom the loss goes */
    CHECK(strstr(p.svg.data, "Что если остановится Магнитопровод-Небыль") != NULL);
    CHECK(strstr(p.svg.data, "Допущения: ") != NULL);
    CHECK(strstr(p.svg.data, "толщина: теряется ") != NULL);
    for (size_t i = 0; i < p.scene.node_count; i++) { /* a bar for each that is hit, none for the others */
        CHECK((p.scene.nodes[i].below > 0) == !p.scene.nodes[i].pale);
    }
    release_picture(&p);
    options.question = "всё встанет";
    options.title = NULL;
    p = make_picture(r.net, options);
    CHECK(strstr(p.svg.data, ">Что если всё встанет<") != NULL);
    release_picture(&p);
    end(&r);
}

/* A cut supply has its mark on the line; a source outside the network gets a box of its own; part of a firm's capacity. */
static void whatif_kinds(void) {
    result r = begin(load_graph("electro.json"));
    size_t count = 0;
    const cn_outside *outside = cn_flows_outside(r.flows, &count);
    for (size_t i = 0; i < count; i++) {
        r.outside[i] = outside[i].origin == CN_ORIGIN_IMPORT ? 0 : 1;
    }
    picture p = make_picture(r.net, run(&r));
    check_picture(&p);
    CHECK(strstr(p.svg.data, "Источники вне сети") && strstr(p.svg.data, "Что если прекратятся закупки вне сети"));
    CHECK(strstr(p.svg.data, "id=\"l-outside-pribor\"") != NULL);
    release_picture(&p);
    end(&r);

    r = begin(load_graph("electro.json"));
    const cn_flow *flows = cn_flows_all(r.flows, &count);
    for (size_t i = 0; i < count; i++) {
        bool cut = cn_flows_entity(r.flows, flows[i].from) == cn_entity_find(r.net, "katanka");
        r.flow[i] = cut ? 0 : 1;
    }
    p = make_picture(r.net, run(&r));
    check_picture(&p);
    CHECK(strstr(p.svg.data, "Что если прекратится поставка Сказ-Катанка → Небыль-Провод") != NULL);
    release_picture(&p);
    end(&r);

    r = begin(load_graph("electro.json"));
    stop(&r, "glinozem", 0.6);
    r.settings.days = 60;
    p = make_picture(r.net, run(&r));
    check_picture(&p);
    CHECK(strstr(p.svg.data, "сможет работать лишь на 60") && strstr(p.svg.data, ">День "));
    release_picture(&p);
    end(&r);
}

/* Nothing fails: a picture that says so. A cascade of another network is refused. */
static void whatif_refusals(void) {
    result r = begin(load_graph("electro.json"));
    cn_draw_options options = run(&r);
    picture p = make_picture(r.net, options);
    check_xml(p.svg.data);
    CHECK(strstr(p.svg.data, "Что если ничего не изменится") != NULL);
    release_picture(&p);
    cn_buf out = {0};
    cn_error err = {0};
    cn_network *other = draw_net_cluster();
    options.format = CN_PICTURE_DOT;
    CHECK_INT(cn_draw(other, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_RESULT);
    options.cascade = NULL;
    CHECK_INT(cn_draw(r.net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    cn_esri none = {0};
    CHECK_INT(cn_draw_risk(r.net, r.flows, &none, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_BAD_OPTION); /* a plot is no DOT */
    options.format = CN_PICTURE_SVG;
    CHECK_INT(cn_draw_risk(r.net, r.flows, &none, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_RESULT);
    CHECK_INT(out.len, 0);
    cn_network_free(other);
    end(&r);
}

/* ---- plot ---- */

static cn_buf draw_risk(const cn_network *net, const cn_flows *flows, cn_lang lang) {
    cn_esri esri = {0};
    cn_buf out = {0};
    cn_draw_options options = {.lang = lang};
    CHECK(cn_cascade_all(flows, NULL, 0, NULL, NULL, &esri, NULL) == CN_OK);
    CHECK_INT(cn_draw_risk(net, flows, &esri, &options, cn_sink_buf(&out), NULL), CN_OK);
    cn_esri_release(&esri);
    return out;
}

static void plot_electro(void) {
    cn_network *net = load_graph("electro.json");
    cn_flows *flows = NULL;
    CHECK(cn_flows_create(net, NULL, &flows, NULL) == CN_OK);
    cn_buf svg = draw_risk(net, flows, CN_LANG_DEFAULT);
    cn_buf again = draw_risk(net, flows, CN_LANG_DEFAULT);
    CHECK_TEXT(svg.data, again.data);
    check_xml(svg.data);
    CHECK_INT(count_of(svg.data, "<g class=\"point point-"), cn_flows_firm_count(flows));
    CHECK_INT(count_of(svg.data, "<g class=\"point point-anchor\""), 1);
    CHECK_INT(count_of(svg.data, "<g class=\"point point-foreign\""), 1);
    CHECK_INT(count_of(svg.data, ">предприятие вне кластеров<"), 1);
    CHECK(strstr(svg.data, "class=\"diagonal\"") && strstr(svg.data, ">100\u00a0%<") && strstr(svg.data, "Источник: "));
    CHECK(count_of(svg.data, "class=\"point-label\"") >= 15);
    CHECK(strstr(svg.data, "view-risk") != NULL);
    cn_buf_release(&svg);
    cn_buf_release(&again);
    cn_flows_free(flows);
    cn_network_free(net);
}

/* Random values over nine decades: every point inside its frame, labels apart and inside. */
static void plot_places(void) {
    enum { COUNT = 120 };
    static cn__plot_point points[COUNT];
    cn__scene scene = {.lang = CN_LANG_RU};
    for (uint32_t seed = 1; seed <= 30; seed++) {
        uint64_t state = seed;
        cn__plot plot = {.points = points, .count = seed * 4};
        plot.diagonal_words = cn__scene_keep(&scene, "риск = доля", false);
        for (size_t i = 0; i < plot.count; i++) {
            double x = pow(10, -(double)check_below(&state, 1000000) / 1e6 * (seed % 9 + 1));
            points[i] = (cn__plot_point){.x = i % 7 ? x : 0, .y = sqrt(x), .labelled = i < 20};
            points[i].name = cn__scene_keep(&scene, i % 2 ? "Завод" : "Предприятие с именем", false);
        }
        cn__plot_place(&plot, &scene);
        CHECK(plot.across.tick_count >= 2 && plot.up.tick_count >= 2);
        for (size_t i = 0; i < plot.count; i++) {
            cn__rect frame = points[i].x > 0 ? plot.area : plot.aside;
            cn__point at = points[i].at;
            CHECK(at.x >= frame.left && at.x <= frame.right && at.y >= frame.top && at.y <= frame.bottom);
            cn__rect label = points[i].label;
            if (points[i].labelled) {
                CHECK(label.left >= frame.left && label.right <= frame.right && label.top >= frame.top);
            }
            for (size_t j = 0; j < i; j++) {
                CHECK(!points[i].labelled || !points[j].labelled || !overlap(label, points[j].label));
            }
        }
        cn__scene_release(&scene);
        scene.lang = CN_LANG_RU;
    }
}

/* ---- hostile names, same bytes ---- */

static void hostile(void) {
    const char *names[] = {"</svg><script>alert(1)</script>", "\"q\" 'q' & \\N \\G", "line\nbreak\x01\x1B[31m",
                           "\xE2\x80\xAE"
                           "txet",
                           "ОченьДлинноеСловоБезПробеловКотороеНикудаНеВлезаетИНеКончаетсяНикогдаВообще"};
    const char *ids[] = {"outside", "graph", "-1", "a b", "x\\\""};
    draw_net net = draw_net_begin("]]> & \"more\"");
    for (size_t i = 0; i < 5; i++) {
        cn_entity entity = draw_net_add(&net, CN_ENTITY_COMPANY, ids[i], names[i]);
        if (i == 0) {
            CHECK(cn_builder_add_text(net.builder, CN_OWNER_ENTITY, entity, CN_FIELD_COUNTRY, "<b>&", NULL) == CN_OK);
        }
    }
    for (size_t i = 0; i < 4; i++) {
        draw_net_link(&net, CN_LINK_SUPPLY, ids[i], ids[i + 1], 1000 * (int64_t)(i + 1), names[i]);
    }
    cn_network *done = draw_net_end(&net);
    picture p = make_picture(done, (cn_draw_options){.view = CN_VIEW_CHAIN, .subject = 4, .subject_given = true});
    check_picture(&p);
    CHECK(p.scene.nodes[0].style == CN__NODE_FOREIGN && strstr(p.svg.data, "(&lt;b&gt;&amp;)") != NULL);
    release_picture(&p);
    result r = begin(done);
    stop(&r, "outside", 0);
    cn_draw_options options = run(&r);
    p = make_picture(done, options);
    picture q = make_picture(done, options);
    check_picture(&p);
    CHECK_TEXT(p.svg.data, q.svg.data);
    CHECK(strstr(p.svg.data, "\xE2\x80\xAE") == NULL);
    release_picture(&p);
    release_picture(&q);
    cn_buf svg = draw_risk(done, r.flows, CN_LANG_EN);
    check_xml(svg.data);
    cn_buf_release(&svg);
    end(&r);
}

/* Sixty firms in a row: steps share columns, and what is not shown is counted. */
static void long_cascade(void) {
    draw_net net = draw_net_begin("Ряд");
    char id[20];
    char last[20] = "";
    for (int i = 0; i < 60; i++) {
        snprintf(id, sizeof id, "f%d", i);
        draw_net_add(&net, CN_ENTITY_COMPANY, id, "Завод");
        if (i) {
            draw_net_link(&net, CN_LINK_SUPPLY, last, id, 1000 + i, id);
        }
        snprintf(last, sizeof last, "%s", id);
    }
    result r = begin(draw_net_end(&net));
    stop(&r, "f0", 0);
    picture p = make_picture(r.net, run(&r));
    check_picture(&p);
    CHECK_INT(p.scene.node_count, 40);
    CHECK(p.scene.column_count <= 8 && strstr(p.svg.data, ">Шаги ") != NULL);
    CHECK(strstr(p.svg.data, "20 предприятий с меньшими потерями") != NULL);
    release_picture(&p);
    end(&r);
}

int main(void) {
    return check_run((check_case[]){{"marks of a chain", chain_marks},
                                    {"marks by stream", chain_streams},
                                    {"what-if: single source", whatif_single_source},
                                    {"what-if: kinds of shock", whatif_kinds},
                                    {"what-if: refusals", whatif_refusals},
                                    {"plot of electro", plot_electro},
                                    {"plot: places", plot_places},
                                    {"hostile", hostile},
                                    {"long cascade", long_cascade},
                                    {0}});
}
