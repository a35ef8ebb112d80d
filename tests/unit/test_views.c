/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The views that show a part of a network: the scheme of a cluster, an organisation and its partners, joint projects, a business mission. Everybody who belongs
 * there is there once, and nobody else; whom they take when nobody is named; what they fold; and of those that place their
 * boxes themselves, that no line runs behind a box or through a label.
 */
#include "draw_net.h"
#include "picture.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

/* Is there a drawn link of these kinds between the two, either way? Planned supplies are counted, not drawn. */
static bool tied(const cn_network *net, cn_entity a, cn_entity b, uint32_t kinds) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        cn_entity from = cn_link_from(net, link);
        cn_entity to = cn_link_to(net, link);
        bool planned =
            TRADE & CN_KIND_BIT(cn_link_kind_of(net, link)) && cn_link_status_of(net, link) == CN_STATUS_PLANNED;
        if (kinds & CN_KIND_BIT(cn_link_kind_of(net, link)) && cn__view_link_drawn(net, link) && !planned &&
            ((from == a && to == b) || (from == b && to == a))) {
            return true;
        }
    }
    return false;
}

/* Lines of placed scenes touch no box but their own two. */
static void check_lines_between_boxes(const picture *p) {
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__layout_link *place = &p->layout.links[i];
        for (size_t n = 0; n < p->scene.node_count; n++) {
            const cn__scene_link *link = &p->scene.links[i];
            cn__rect box = p->layout.nodes[n];
            for (size_t at = 0; n != link->from && n != link->to && at + 3 < place->count; at += 3) {
                for (int step = 0; step <= 20; step++) {
                    const cn__point *c = p->layout.points + place->start + at;
                    double t = step / 20.0, u = 1 - t;
                    double x =
                        u * u * u * c[0].x + 3 * u * u * t * c[1].x + 3 * u * t * t * c[2].x + t * t * t * c[3].x;
                    double y =
                        u * u * u * c[0].y + 3 * u * u * t * c[1].y + 3 * u * t * t * c[2].y + t * t * t * c[3].y;
                    bool inside = x > box.left && x < box.right && y > box.top && y < box.bottom;
                    if (inside) {
                        printf("  %s runs through %s\n", cn__scene_text(&p->scene, link->id),
                               cn__scene_text(&p->scene, p->scene.nodes[n].id));
                    }
                    CHECK(!inside);
                }
            }
        }
    }
}

static void check_placed(const picture *p) {
    check_all(p);
    check_lines_between_boxes(p);
    check_no_line_through_labels(p);
}

/* ---- an organisation and its partners ---- */

static void ego_of(const char *file, const char *id, cn_lang lang) {
    cn_network *net = load_graph(file);
    cn_draw_options options = {.view = CN_VIEW_EGO, .lang = lang};
    cn_entity subject = cn_entity_find(net, id);
    picture p = make_picture(net, options);
    check_placed(&p);
    CHECK_INT(p.scene.nodes[0].entity, subject); /* the obvious one */
    CHECK(p.scene.nodes[0].bold);
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        bool partner = e == subject || tied(net, subject, e, ~CN_KIND_BIT(CN_LINK_MADE_FROM));
        if (shows(&p, e) != partner) {
            printf("  %s\n", cn_entity_id(net, e));
        }
        CHECK(shows(&p, e) == partner);
    }
    for (size_t i = 0; i < p.scene.link_count;
         i++) { /* goods come from the left and go to the right, but for returns */
        const cn__scene_link *link = &p.scene.links[i];
        if (link->style == CN__LINK_SUPPLY) {
            CHECK(p.layout.nodes[link->from].right < p.layout.nodes[link->to].left);
        }
    }
    release_picture(&p);
    options.subject = subject;
    options.subject_given = true;
    p = make_picture(net, options);
    CHECK(strstr(p.svg.data, "наибольш") == NULL && strstr(p.svg.data, "largest") == NULL);
    release_picture(&p);
    cn_network_free(net);
}

static void ego_electro(void) { ego_of("electro.json", "etz", CN_LANG_RU); }
static void ego_electro_en(void) { ego_of("electro.json", "etz", CN_LANG_EN); }
static void ego_akit(void) { ego_of("akit.json", "akit", CN_LANG_DEFAULT); }

static void ego_depth(void) {
    cn_network *net = load_graph("electro.json");
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_EGO, .depth = 3});
    check_placed(&p);
    CHECK(shows(&p, cn_entity_find(net, "ruda")) && shows(&p, cn_entity_find(net, "glinozem")));
    CHECK(strstr(p.svg.data, "Поставщики 3-го уровня") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

/* A star: the largest have boxes of their own, the others one with their number and sum. */
static void ego_folds(void) {
    draw_net made = draw_net_begin("Звезда");
    draw_net_add(&made, CN_ENTITY_COMPANY, "hub", "Головное предприятие");
    for (int i = 0; i < 60; i++) {
        char id[20];
        snprintf(id, sizeof id, "s%d", i);
        draw_net_add(&made, CN_ENTITY_COMPANY, id, id);
        draw_net_link(&made, CN_LINK_SUPPLY, id, "hub", (60 - i) * 1000, "25.11");
        draw_net_link(&made, CN_LINK_SUPPLY, "hub", id, i < 30 ? 5 : 1000, "38.32");
    }
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_EGO});
    check_placed(&p);
    CHECK(strstr(p.svg.data, "ещё 37 поставщиков") != NULL);
    CHECK(strstr(p.svg.data, "703") != NULL); /* 1 + 2 + … + 37 thousand */
    CHECK(shows(&p, cn_entity_find(net, "s22")) && !shows(&p, cn_entity_find(net, "s23")));
    release_picture(&p);
    cn_network_free(net);
}

/* On a slide what would stand in rows stands below the customers, where suppliers are many. */
static void ego_beside(void) {
    cn_network *net = load_graph("electro.json");
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_EGO, .paper = CN_PAPER_SLIDE, .limit = 14});
    check_placed(&p);
    cn_entity subject = cn_entity_find(net, "etz");
    size_t suppliers = 0;
    for (size_t n = 0; n < p.scene.node_count; n++) {
        cn_entity entity = p.scene.nodes[n].entity;
        cn__rect box = p.layout.nodes[n];
        suppliers += box.right < p.layout.nodes[0].left;
        if (entity != CN_NONE && entity != subject && box.right >= p.layout.nodes[0].left) {
            CHECK(box.left > p.layout.nodes[0].right);
        }
    }
    CHECK_INT(suppliers, 7);
    CHECK(shows(&p, cn_entity_find(net, "session_2024")) && shows(&p, cn_entity_find(net, "electro")));
    release_picture(&p);
    cn_network_free(net);
}

static void ego_alone(void) {
    draw_net made = draw_net_begin("Один");
    draw_net_add(&made, CN_ENTITY_COMPANY, "one", "Один");
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_EGO, .subject_given = true});
    CHECK_INT(p.scene.node_count, 1);
    CHECK(strstr(p.svg.data, "Связей у организации в этой сети нет.") != NULL);
    release_picture(&p);
    cn_error err = {0};
    cn_buf out = {0};
    cn_draw_options options = {.view = CN_VIEW_EGO};
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_SUBJECT);
    cn_network_free(net);
}

/* ---- possible partners ---- */

/* Has the box of an organisation a line with these words? */
static bool box_says(const picture *p, cn_entity org, const char *words) {
    for (size_t n = 0; n < p->scene.node_count; n++) {
        const cn__scene_node *node = &p->scene.nodes[n];
        for (uint32_t i = 0; node->entity == org && i < node->line_count; i++) {
            if (strstr(cn__scene_text(&p->scene, node->lines[i]), words)) {
                return true;
            }
        }
    }
    return false;
}

/*
 * Everybody shown is an answer of a search, with its points in the box; nobody who is shown of a search comes after one who is not; a line to each of
 * them, the way the goods would go. Returns how many there are.
 */
static size_t partners_of(const char *file, const char *id, cn_draw_options options) {
    static const cn_partner_side sides[] = {CN_PARTNER_SUPPLIER, CN_PARTNER_CUSTOMER, CN_PARTNER_PEER};
    cn_network *net = load_graph(file);
    cn_error err = {0};
    options.view = CN_VIEW_PARTNERS;
    options.subject = cn_entity_find(net, id);
    options.subject_given = true;
    picture p = make_picture(net, options);
    size_t answers = 0;
    check_placed(&p);
    for (int s = 0; s < 3; s++) {
        cn_partners found;
        bool missed = false;
        const cn_partner_query query = {.org = options.subject, .side = sides[s], .top = 40};
        CHECK_INT(cn_partners_find(net, &query, &found, &err), CN_OK);
        for (size_t i = 0; i < found.row_count; i++) {
            const cn_partner_row *row = &found.rows[i];
            bool joint = sides[s] == CN_PARTNER_PEER;
            bool firm =
                cn_entity_kind_of(net, row->org) == CN_ENTITY_COMPANY ||
                cn_entity_kind_of(net, options.subject) != CN_ENTITY_COMPANY; /* or any, for others than firms */
            size_t lines = 0;
            for (size_t l = 0; l < p.scene.link_count; l++) {
                const cn__scene_link *link = &p.scene.links[l];
                cn_entity from = p.scene.nodes[link->from].entity;
                cn_entity to = p.scene.nodes[link->to].entity;
                bool ends = sides[s] == CN_PARTNER_SUPPLIER ? from == row->org && to == options.subject
                                                            : from == options.subject && to == row->org;
                lines += ends && (link->style == CN__LINK_POSSIBLE_WORK) == joint;
            }
            CHECK(lines <= 1 && (!lines || !missed) && (!lines || !joint || firm));
            missed = missed || (!lines && firm && !shows(&p, row->org));
            answers += lines;
            if (lines) {
                char points[16];
                snprintf(points, sizeof points, "%lld", llround(row->score));
                CHECK(shows(&p, row->org) && box_says(&p, row->org, points));
            }
        }
        cn_partners_release(&found);
    }
    CHECK_INT(answers + 1, p.scene.node_count); /* each has one box */
    CHECK_INT(answers, p.scene.link_count);
    release_picture(&p);
    cn_network_free(net);
    return answers;
}

static void partners_electro(void) {
    CHECK_INT(partners_of("electro.json", "etz", (cn_draw_options){.lang = CN_LANG_RU}), 10);
    CHECK_INT(partners_of("electro.json", "etz", (cn_draw_options){.lang = CN_LANG_EN}), 10);
    CHECK_INT(partners_of("electro.json", "etz", (cn_draw_options){.paper = CN_PAPER_SLIDE}), 10);
    CHECK_INT(partners_of("electro.json", "etz", (cn_draw_options){.limit = 6}), 5);
    CHECK_INT(partners_of("electro.json", "lit", (cn_draw_options){.lang = CN_LANG_RU}), 6); /* on three sides */
    CHECK_INT(partners_of("electro.json", "svar", (cn_draw_options){.lang = CN_LANG_EN}), 12);
}

static void partners_akit(void) {
    CHECK_INT(partners_of("akit.json", "akit", (cn_draw_options){.lang = CN_LANG_RU}), 5);
    CHECK_INT(partners_of("akit.json", "akit", (cn_draw_options){.lang = CN_LANG_EN}), 5);
}

static void partners_words(void) {
    cn_network *net = load_graph("electro.json");
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_PARTNERS, .lang = CN_LANG_RU});
    CHECK_INT(p.scene.nodes[0].entity, cn_entity_find(net, "etz")); /* the obvious one */
    cn_entity sheets = cn_entity_find(net, "polimer");
    CHECK(box_says(&p, sheets, "62 балла из 100"));
    CHECK(box_says(&p, sheets, "22.21.30.120"));
    CHECK(box_says(&p, sheets, "ввозится на"));
    CHECK(box_says(&p, sheets, "и для совместной работы"));
    CHECK(strstr(p.svg.data, "62 балла из 100: коды 50, мощность 5") == NULL);
    CHECK(strstr(p.svg.data, "62 балла из 100: коды 50, доверие 3, близость 4, мощность 5") != NULL);
    CHECK(strstr(p.svg.data, "возможных партнёров") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

static void partners_nobody(void) {
    draw_net made = draw_net_begin("Один");
    draw_net_add(&made, CN_ENTITY_COMPANY, "one", "Один");
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_PARTNERS, .subject_given = true});
    CHECK_INT(p.scene.node_count, 1);
    CHECK(strstr(p.svg.data, "Новых партнёров не нашлось.") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

/* ---- cluster ---- */

static void cluster_of(const char *file, const char *id) {
    cn_network *net = load_graph(file);
    cn_entity cluster = cn_entity_find(net, id);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_CLUSTER});
    check_all(&p);
    CHECK_INT(p.scene.group_count, 1);
    CHECK_INT(p.scene.groups[0].entity, cluster);
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        bool member = tied(net, e, cluster, CN_KIND_BIT(CN_LINK_MEMBER));
        bool serves = tied(net, e, cluster, CN_KIND_BIT(CN_LINK_SERVES) | CN_KIND_BIT(CN_LINK_MANAGES));
        CHECK(shows(&p, e) || !(member || serves));
        CHECK(!shows(&p, e) || cn_entity_kind_of(net, e) != CN_ENTITY_EVENT);
    }
    release_picture(&p);
    cn_network_free(net);
}

static void cluster_electro(void) { cluster_of("electro.json", "electro"); }
static void cluster_akit(void) { cluster_of("akit.json", "pskov_cl"); }

/* Of two clusters the one with more members; members of the other are there only as partners outside. */
static void cluster_chosen(void) {
    draw_net made = draw_net_begin("Два кластера");
    static const char *const firms[] = {"a", "b", "c", "d", "e"};
    for (size_t i = 0; i < 5; i++) {
        draw_net_add(&made, CN_ENTITY_COMPANY, firms[i], firms[i]);
    }
    draw_net_add(&made, CN_ENTITY_CLUSTER, "small", "Малый");
    draw_net_add(&made, CN_ENTITY_CLUSTER, "large", "Большой");
    draw_net_link(&made, CN_LINK_MEMBER, "a", "small", -1, NULL);
    draw_net_link(&made, CN_LINK_MEMBER, "b", "large", -1, NULL);
    draw_net_link(&made, CN_LINK_MEMBER, "c", "large", -1, NULL);
    draw_net_link(&made, CN_LINK_SUPPLY, "a", "b", 1000, "25.11");
    draw_net_link(&made, CN_LINK_SUPPLY, "d", "a", 1000, "25.11");
    cn_network *net = draw_net_end(&made);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_CLUSTER});
    check_all(&p);
    CHECK_INT(p.scene.groups[0].entity, cn_entity_find(net, "large"));
    CHECK(strstr(p.svg.data, "кластер с наибольшим числом участников") != NULL);
    CHECK(shows(&p, cn_entity_find(net, "a")) && !shows(&p, cn_entity_find(net, "d")));
    release_picture(&p);
    cn_entity subject = CN_NONE;
    cn_draw_options options = {.view = CN_VIEW_MAP};
    CHECK_INT(cn_view_subject(net, &options, &subject, NULL), CN_OK);
    CHECK_INT(subject, cn_entity_find(net, "large"));
    cn_network_free(net);
}

/* ---- projects ---- */

static void projects_of(const char *file) {
    cn_network *net = load_graph(file);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_PROJECTS});
    check_placed(&p);
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        bool wanted = cn_entity_kind_of(net, e) == CN_ENTITY_PROJECT;
        for (cn_entity other = 0; other < cn_entity_count(net); other++) {
            wanted |= cn_entity_kind_of(net, other) == CN_ENTITY_PROJECT && tied(net, e, other, UINT32_MAX);
        }
        CHECK(shows(&p, e) == wanted);
    }
    CHECK_INT(count_of(p.svg.data, "link-initiates"), strstr(file, "electro") ? 2 : 1);
    release_picture(&p);
    cn_network_free(net);
}

static void projects_electro(void) { projects_of("electro.json"); }
static void projects_akit(void) { projects_of("akit.json"); }

static void projects_of_one(void) {
    cn_network *net = load_graph("electro.json");
    cn_draw_options options = {.view = CN_VIEW_PROJECTS, .subject_given = true, .lang = CN_LANG_EN};
    options.subject = cn_entity_find(net, "vvod");
    picture p = make_picture(net, options);
    check_placed(&p);
    CHECK(shows(&p, cn_entity_find(net, "p_trafo")) && !shows(&p, cn_entity_find(net, "p_modul")));
    CHECK(shows(&p, cn_entity_find(net, "magnit")));
    release_picture(&p);
    options.subject = cn_entity_find(net, "electro");
    p = make_picture(net, options);
    CHECK(shows(&p, cn_entity_find(net, "p_trafo")) && shows(&p, cn_entity_find(net, "p_modul")));
    release_picture(&p);
    draw_net none = draw_net_begin("Без проектов");
    cn_network *empty = draw_net_end(&none);
    p = make_picture(empty, (cn_draw_options){.view = CN_VIEW_PROJECTS});
    CHECK(strstr(p.svg.data, "Показать нечего") != NULL);
    release_picture(&p);
    cn_network_free(empty);
    cn_network_free(net);
}

/* ---- mission ---- */

static void mission_of(const char *file, const char *id) {
    cn_network *net = load_graph(file);
    cn_entity event = cn_entity_find(net, id);
    picture p = make_picture(net, (cn_draw_options){.view = CN_VIEW_MISSION});
    check_all(&p);
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        CHECK(shows(&p, e) == (e == event || tied(net, e, event,
                                                  CN_KIND_BIT(CN_LINK_ORGANISES) | CN_KIND_BIT(CN_LINK_HOSTS) |
                                                      CN_KIND_BIT(CN_LINK_TAKES_PART))));
    }
    CHECK(strstr(p.svg.data, "последняя по времени деловая миссия") != NULL);
    release_picture(&p);
    cn_network_free(net);
}

static void mission_electro(void) { mission_of("electro.json", "mission_2023"); }
static void mission_akit(void) { mission_of("akit.json", "mission_vl"); }

static void refusals(void) {
    cn_network *net = draw_net_cluster();
    cn_buf out = {0};
    cn_error err = {0};
    cn_draw_options options = {.view = CN_VIEW_MISSION, .subject_given = true};
    options.subject = cn_entity_find(net, "plant");
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_EVENT);
    options.view = CN_VIEW_CLUSTER;
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_NO_CLUSTER);
    options.subject = 1000;
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
    CHECK_INT(err.message, CN_MSG_DRAW_BAD_ENTITY);
    cn_network_free(net);
    draw_net none = draw_net_begin("");
    draw_net_add(&none, CN_ENTITY_COMPANY, "one", "Один");
    net = draw_net_end(&none);
    static const struct {
        cn_view view;
        cn_message message;
    } wants[] = {{CN_VIEW_CLUSTER, CN_MSG_DRAW_NO_CLUSTERS},
                 {CN_VIEW_MISSION, CN_MSG_DRAW_NO_EVENTS},
                 {CN_VIEW_GEOGRAPHY, CN_MSG_DRAW_NO_PLACES}};
    for (size_t i = 0; i < 3; i++) {
        options = (cn_draw_options){.view = wants[i].view};
        CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_ARGUMENT);
        CHECK_INT(err.message, wants[i].message);
    }
    CHECK_INT(out.len, 0);
    cn_network_free(net);
}

/* Names that trouble writers, and the same bytes twice, in every view. */
static void same_bytes(void) {
    static const cn_view views[] = {CN_VIEW_CLUSTER, CN_VIEW_EGO, CN_VIEW_PROJECTS, CN_VIEW_MISSION, CN_VIEW_PARTNERS};
    cn_network *net = draw_net_cluster();
    for (size_t i = 0; i < 5; i++) {
        picture a = make_picture(net, (cn_draw_options){.view = views[i]});
        picture b = make_picture(net, (cn_draw_options){.view = views[i]});
        CHECK_TEXT(a.svg.data, b.svg.data);
        check_all(&a);
        release_picture(&a);
        release_picture(&b);
    }
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"ego of electro", ego_electro},
                                    {"ego of electro in English", ego_electro_en},
                                    {"ego of akit", ego_akit},
                                    {"ego to depth 3", ego_depth},
                                    {"ego folds", ego_folds},
                                    {"ego beside", ego_beside},
                                    {"ego alone", ego_alone},
                                    {"partners of electro", partners_electro},
                                    {"partners of akit", partners_akit},
                                    {"partners in words", partners_words},
                                    {"partners: nobody", partners_nobody},
                                    {"cluster of electro", cluster_electro},
                                    {"cluster of akit", cluster_akit},
                                    {"cluster chosen", cluster_chosen},
                                    {"projects of electro", projects_electro},
                                    {"projects of akit", projects_akit},
                                    {"projects of one", projects_of_one},
                                    {"mission of electro", mission_electro},
                                    {"mission of akit", mission_akit},
                                    {"refusals", refusals},
                                    {"same bytes", same_bytes},
                                    {0}});
}
