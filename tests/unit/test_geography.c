/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The map of regions: names of regions find their places, the projection keeps the lengths that it promises, and in the picture every region
 * stands on its side of the others, nothing covers anything and all is inside the frame.
 */
#include "backdrop.h"
#include "draw_net.h"
#include "geo.h"
#include "picture.h"

static void check_region(const char *name, double lat, double lon) {
    cn__geo_point at = {0, 0};
    CHECK_INT(cn__geo_region(name, &at), CN_OK);
    if (fabs(at.lat - lat) > 0.11 || fabs(at.lon - lon) > 0.11) {
        printf("  %s: %.1f %.1f\n", name, at.lat, at.lon);
    }
    CHECK(fabs(at.lat - lat) < 0.11 && fabs(at.lon - lon) < 0.11);
}

/* Towns by any atlas; names that begin, end or sound alike. */
static void regions(void) {
    check_region("Москва", 55.8, 37.6);
    check_region("г. Москва", 55.8, 37.6);
    check_region("МОСКОВСКАЯ ОБЛАСТЬ", 55.4, 37.5);
    check_region("Moscow Oblast", 55.4, 37.5);
    check_region("Moscow", 55.8, 37.6);
    check_region("Санкт-Петербург", 59.9, 30.3);
    check_region("Ленинградская область", 59.6, 30.1);
    check_region("Омская область", 55.0, 73.4);
    check_region("Томская область", 56.5, 85.0);
    check_region("Республика Алтай", 52.0, 86.0);
    check_region("Алтайский край", 53.3, 83.8);
    check_region("Новгородская область", 58.5, 31.3);
    check_region("Нижегородская область", 56.3, 44.0);
    check_region("Новосибирская область", 55.0, 82.9);
    check_region("Курская область", 51.7, 36.2);
    check_region("Курганская область", 55.4, 65.3);
    check_region("Республика Саха (Якутия)", 62.0, 129.7);
    check_region("Сахалинская область", 47.0, 142.7);
    check_region("Ханты-Мансийский автономный округ — Югра", 61.0, 69.0);
    check_region("Ямало-Ненецкий автономный округ", 66.5, 66.6);
    check_region("Ненецкий автономный округ", 67.6, 53.0);
    check_region("Карачаево-Черкесская Республика", 44.2, 42.1);
    check_region("Чукотский автономный округ", 64.7, 177.5);
    check_region("Орёл", 53.0, 36.1);
    check_region("Pskov Oblast", 57.8, 28.3);
    cn__geo_point at;
    CHECK_INT(cn__geo_region("Небывальская область", &at), CN_ERR_UNDEFINED);
    CHECK_INT(cn__geo_region("Германия", &at), CN_ERR_UNDEFINED);
    CHECK_INT(cn__geo_region("", &at), CN_ERR_UNDEFINED);
    CHECK(cn__geo_town_count() >= 85);
}

/* True lengths along every meridian and along the two parallels: a degree is 6371 π / 180 = 111.19 km. */
static void projection(void) {
    const double degree = 6371 * 3.14159265358979 / 180;
    cn__conic conic = cn__conic_make(100, 52, 64);
    double x[2], y[2];
    cn__conic_at(&conic, (cn__geo_point){50, 100}, &x[0], &y[0]);
    cn__conic_at(&conic, (cn__geo_point){60, 100}, &x[1], &y[1]);
    CHECK(fabs(x[0]) < 1e-6 && fabs(x[1]) < 1e-6);
    CHECK(fabs(y[0] - y[1] - 10 * degree) < 1e-6); /* the north is above */
    cn__conic_at(&conic, (cn__geo_point){50, 30}, &x[0], &y[0]);
    cn__conic_at(&conic, (cn__geo_point){60, 30}, &x[1], &y[1]);
    CHECK(fabs(hypot(x[1] - x[0], y[1] - y[0]) - 10 * degree) < 1e-6);
    CHECK(x[0] < 0); /* the west is left */
    static const double parallels[] = {52, 64};
    for (int i = 0; i < 2; i++) {
        double sum = 0;
        for (int step = 0; step < 1000; step++) {
            cn__conic_at(&conic, (cn__geo_point){parallels[i], 40 + step * 0.1}, &x[0], &y[0]);
            cn__conic_at(&conic, (cn__geo_point){parallels[i], 40 + (step + 1) * 0.1}, &x[1], &y[1]);
            sum += hypot(x[1] - x[0], y[1] - y[0]);
        }
        CHECK(fabs(sum - 100 * degree * cos(parallels[i] * 3.14159265358979 / 180)) < 0.1);
    }
    conic = cn__conic_make(40, 55, 55);
    cn__conic_at(&conic, (cn__geo_point){55, 41}, &x[0], &y[0]);
    CHECK(fabs(x[0] - degree * cos(55 * 3.14159265358979 / 180)) < 0.1);
}

static cn__rect circle_of(const picture *p, const char *name) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        if (p->scene.nodes[i].style != CN__NODE_CAPTION &&
            strcmp(cn__scene_text(&p->scene, p->scene.nodes[i].title), name) == 0) {
            return p->layout.nodes[i];
        }
    }
    printf("  no circle of %s\n", name);
    CHECK(false);
    return (cn__rect){0, 0, 0, 0};
}

/* Every circle has its name: in a caption, or by a letter whose words the legend has. */
static void check_named(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        const cn__scene_node *circle = &p->scene.nodes[i];
        bool named = circle->style == CN__NODE_CAPTION || circle->key;
        for (size_t n = 0; n < p->scene.node_count && !named; n++) {
            named = p->scene.nodes[n].style == CN__NODE_CAPTION && p->scene.nodes[n].title == circle->title;
        }
        if (!named) {
            printf("  no name at %s\n", cn__scene_text(&p->scene, circle->title));
        }
        CHECK(named);
    }
    CHECK(strstr(cn__scene_text(&p->scene, p->scene.notes), "названия") == NULL);
}

/* Leaders run from a circle to a caption, and through no other box; arcs stay in the frame. */
static void check_leaders(const picture *p) {
    const cn__backdrop *ground = p->scene.backdrop;
    for (size_t t = 0; t < ground->trail_count; t++) {
        const cn__point *ends = ground->points + ground->trails[t].start;
        uint32_t inside = 0;
        for (int step = 0; ground->trails[t].kind == CN__TRAIL_LEADER && step <= 50; step++) {
            double x = ends[0].x + (ends[1].x - ends[0].x) * step / 50;
            double y = ends[0].y + (ends[1].y - ends[0].y) * step / 50;
            for (size_t n = 0; n < p->scene.node_count; n++) {
                cn__rect box = p->layout.nodes[n];
                bool caption = p->scene.nodes[n].style == CN__NODE_CAPTION;
                double away = hypot(x - (box.left + box.right) / 2, y - (box.top + box.bottom) / 2);
                double radius = (box.right - box.left) / 2;
                inside += caption
                              ? x > box.left + 0.1 && x < box.right - 0.1 && y > box.top + 0.1 && y < box.bottom - 0.1
                              : away < radius - 0.1;
            }
        }
        CHECK_INT(inside, 0);
    }
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__scene_node *a = &p->scene.nodes[p->scene.links[i].from];
        const cn__scene_node *b = &p->scene.nodes[p->scene.links[i].to];
        for (int step = 0; step <= 20; step++) {
            cn__point at = cn__layout_arc_at(&p->scene, (cn__point){a->x, a->y}, (cn__point){b->x, b->y}, step / 20.0);
            CHECK(at.x > 0 && at.x < p->scene.width && at.y > 0 && at.y < p->scene.height);
        }
    }
}

static void check_map(const picture *p) {
    check_named(p);
    check_leaders(p);
    check_boxes(p);
    check_texts(p);
    check_page(p);
    check_legend(p);
    check_xml(p->svg.data);
    check_ids(p->svg.data);
    for (size_t i = 0; i < p->scene.node_count; i++) {
        cn__rect box = p->layout.nodes[i];
        CHECK(box.left >= 0 && box.top >= 0 && box.right <= p->scene.width && box.bottom <= p->scene.height);
    }
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__layout_link *place = &p->layout.links[i];
        cn__rect label = {
            place->label.x - p->scene.links[i].label_width / 2, place->label.y - p->scene.links[i].label_height / 2,
            place->label.x + p->scene.links[i].label_width / 2, place->label.y + p->scene.links[i].label_height / 2};
        for (size_t n = 0; place->has_label && n < p->scene.node_count; n++) {
            CHECK(!overlap(label, p->layout.nodes[n]));
        }
    }
    for (size_t i = 0; i < p->scene.backdrop->point_count; i++) {
        cn__point at = p->scene.backdrop->points[i];
        cn__rect frame = p->scene.backdrop->frame;
        CHECK(at.x >= frame.left - 0.01 && at.x <= frame.right + 0.01 && at.y >= frame.top - 0.01 &&
              at.y <= frame.bottom + 0.01);
    }
}

static void akit(void) {
    cn_network *net = load_graph("akit.json");
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY});
    check_map(&p);
    cn__rect pskov = circle_of(&p, "Псковская область");
    cn__rect kaluga = circle_of(&p, "Калужская область");
    cn__rect astrakhan = circle_of(&p, "Астраханская область");
    CHECK(pskov.left < kaluga.left && kaluga.left < astrakhan.left);
    CHECK(pskov.top < kaluga.top && kaluga.top < astrakhan.top);
    CHECK(circle_of(&p, "Германия").top > p.scene.backdrop->frame.bottom); /* not on the map */
    release_picture(&p);
    cn_network_free(net);
}

static void electro(void) {
    for (cn_lang lang = CN_LANG_EN; lang <= CN_LANG_RU; lang++) {
        cn_network *net = load_graph("electro.json");
        picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY, .lang = lang});
        check_map(&p);
        cn__rect west = circle_of(&p, "Небывальская область");
        cn__rect east = circle_of(&p, "Чудногорская область");
        CHECK(west.right < east.left && west.right - west.left > east.right - east.left);
        circle_of(&p, "Приозёрная область");
        CHECK(p.scene.link_count >= 6);
        release_picture(&p);
        cn_network_free(net);
    }
}

static void set_text(draw_net *net, cn_entity entity, cn_field field, const char *text) {
    CHECK(cn_builder_add_text(net->builder, CN_OWNER_ENTITY, entity, field, text, NULL) == CN_OK);
}

/* Many regions of the whole country, close ones among them; then one region, whose firms stand where their coordinates are. */
static void crowded(void) {
    static const char *const names[] = {"Москва",
                                        "Московская область",
                                        "Тульская область",
                                        "Калужская область",
                                        "Рязанская область",
                                        "Владимирская область",
                                        "Тверская область",
                                        "Ивановская область",
                                        "Ярославская область",
                                        "Костромская область",
                                        "Смоленская область",
                                        "Брянская область",
                                        "Орловская область",
                                        "Курская область",
                                        "Липецкая область",
                                        "Тамбовская область",
                                        "Камчатский край",
                                        "Калининградская область",
                                        "Мурманская область",
                                        "Республика Дагестан"};
    draw_net made = draw_net_begin("Вся страна");
    char id[2][20];
    for (int i = 0; i < 60; i++) {
        snprintf(id[0], sizeof id[0], "f%d", i);
        set_text(&made, draw_net_add(&made, CN_ENTITY_COMPANY, id[0], id[0]), CN_FIELD_REGION, names[i % 20]);
    }
    for (int i = 0; i < 60; i++) {
        snprintf(id[0], sizeof id[0], "f%d", i);
        snprintf(id[1], sizeof id[1], "f%d", (i * 7 + 3) % 60);
        draw_net_link(&made, CN_LINK_SUPPLY, id[0], id[1], 1000 * (i + 1), "25.11");
    }
    draw_net_add(&made, CN_ENTITY_COMPANY, "nowhere", "Нигде");
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY});
    check_map(&p);
    CHECK_INT(count_of(p.svg.data, "node-place\""), 20);
    CHECK(circle_of(&p, "Калининградская область").right < circle_of(&p, "Москва").left);
    CHECK(circle_of(&p, "Москва").right < circle_of(&p, "Камчатский край").left);
    CHECK(circle_of(&p, "Мурманская область").bottom < circle_of(&p, "Республика Дагестан").top);
    CHECK(strstr(p.svg.data, "1 организация без региона и координат") != NULL);
    for (cn_paper paper = CN_PAPER_A4; paper <= CN_PAPER_SLIDE; paper++) {
        picture sheet = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY, .paper = paper});
        check_map(&sheet);
        CHECK(count_of(sheet.svg.data, "node-place\"") >= 14);
        release_picture(&sheet);
    }
    picture again = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY});
    CHECK_TEXT(p.svg.data, again.svg.data);
    release_picture(&p);
    release_picture(&again);
    cn_network_free(net);
}

static void one_region(void) {
    draw_net made = draw_net_begin("Одна область");
    for (int i = 0; i < 6; i++) {
        char id[20];
        snprintf(id, sizeof id, "f%d", i);
        cn_entity firm = draw_net_add(&made, CN_ENTITY_COMPANY, id, id);
        set_text(&made, firm, CN_FIELD_REGION, "Псковская область");
        CHECK(cn_builder_add_number(made.builder, CN_OWNER_ENTITY, firm, CN_FIELD_LAT, 56.3 + i / 2, NULL) == CN_OK);
        CHECK(cn_builder_add_number(made.builder, CN_OWNER_ENTITY, firm, CN_FIELD_LON, 30.5, NULL) == CN_OK);
    }
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_GEOGRAPHY});
    check_map(&p);
    CHECK_INT(count_of(p.svg.data, "node-place\""), 3);
    CHECK(circle_of(&p, "f4 и ещё 1").bottom < circle_of(&p, "f0 и ещё 1").top);
    release_picture(&p);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"regions", regions},
                                    {"projection", projection},
                                    {"akit", akit},
                                    {"electro", electro},
                                    {"crowded", crowded},
                                    {"one region", one_region},
                                    {0}});
}
