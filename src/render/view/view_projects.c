/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who does what with whom: the joint projects in the middle, their participants left (initiators bold), those who support or
 * manage them right. Boxes are ordered so that lines cross little (barycentres, a few sweeps; Sugiyama et al. 1981). With a subject:
 * of a cluster the projects of itself and its members, of an organisation its own.
 *
 * Shown are the projects of the largest budgets and the participants of the most parts; the rest is counted in the foot line.
 * Invariant: `node` of an entity is its box, or CN_NONE. Cost: O(L log L).
 */
#include "view_compose.h"
#include "view_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"

enum { MOST_PROJECTS = 14, MOST_ACTORS = 32, SWEEPS = 6 };
#define KINDS (CN_KIND_BIT(CN_LINK_PARTICIPANT) | CN_KIND_BIT(CN_LINK_MANAGES) | CN_KIND_BIT(CN_LINK_SUPPORTS))
#define CURVE 86.0
#define LOWEST 250.0 /* few boxes stand further apart, to fill the sheet */

typedef enum column_id { WHO, WHAT, SUPPORT, COLUMNS } column_id;

typedef struct actors {
    uint32_t nodes[MOST_ACTORS];
    size_t count;
    double label;
} actors;

typedef struct projects {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    uint32_t *node;     /* by entity */
    uint8_t *shown;     /* projects */
    uint8_t *initiates; /* actors */
    uint8_t *takes_part;
    uint8_t *members; /* of any cluster, for the style */
    uint8_t *near;    /* the subject and, of a cluster, its members */
    cn__lines lines;
    actors columns[COLUMNS];
    cn__left_out left_out;
} projects;

static bool is_part(const void *context, cn_link link) {
    const projects *p = context;
    uint32_t kinds = p->options->link_kinds ? p->options->link_kinds & KINDS : KINDS;
    return kinds & CN_KIND_BIT(cn_link_kind_of(p->net, link)) && cn__view_link_drawn(p->net, link) &&
           cn_entity_kind_of(p->net, cn_link_to(p->net, link)) == CN_ENTITY_PROJECT;
}

/* ---- which ---- */

static void find_near(projects *p) {
    p->near[p->options->subject] = 1;
    for (cn_link link = 0; link < cn_link_count(p->net); link++) {
        if (cn_link_kind_of(p->net, link) == CN_LINK_MEMBER && cn_link_to(p->net, link) == p->options->subject &&
            cn__view_link_drawn(p->net, link)) {
            p->near[cn_link_from(p->net, link)] = 1;
        }
    }
}

static void mark_near_projects(projects *p) {
    bool all = !p->options->subject_given;
    for (cn_entity entity = 0; entity < cn_entity_count(p->net); entity++) {
        p->shown[entity] = cn_entity_kind_of(p->net, entity) == CN_ENTITY_PROJECT && (all || p->near[entity]);
    }
    for (cn_link link = 0; !all && link < cn_link_count(p->net); link++) {
        if (is_part(p, link) && p->near[cn_link_from(p->net, link)]) {
            p->shown[cn_link_to(p->net, link)] = 1;
        }
    }
}

/* An entity and what it is chosen by. */
typedef struct ranked {
    double size;
    uint32_t parts;
    cn_entity entity;
} ranked;

static int most_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->size < y->size || x->size > y->size) {
        return x->size > y->size ? -1 : 1;
    }
    if (x->parts != y->parts) {
        return x->parts > y->parts ? -1 : 1;
    }
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/* Keep of the projects marked those with the largest budgets. */
static bool choose_projects(projects *p, ranked *list) {
    uint32_t count = 0;
    for (cn_entity entity = 0; entity < cn_entity_count(p->net); entity++) {
        if (p->shown[entity]) {
            int64_t budget = cn_entity_money(p->net, entity, CN_FIELD_BUDGET);
            list[count++] = (ranked){budget == CN_MONEY_NONE ? -1 : (double)budget, 0, entity};
        }
    }
    if (count) {
        qsort(list, count, sizeof *list, most_first);
    }
    for (uint32_t i = MOST_PROJECTS; i < count; i++) {
        p->shown[list[i].entity] = 0;
        p->left_out.projects++;
    }
    return cn__lines_gather(&p->lines, p->net, is_part, p);
}

static double contribution(const projects *p, const cn__line *line) {
    double sum = 0;
    for (size_t i = 0; i < line->count; i++) {
        size_t count = 0;
        const cn_prop *props = cn_link_values(p->net, line->links[i], CN_FIELD_CONTRIBUTION, &count);
        sum += count ? (double)props->as.money_minor / 100 : 0;
    }
    return sum;
}

static bool initiator(const projects *p, const cn__line *line) {
    bool is = false;
    for (size_t i = 0; i < line->count; i++) {
        is |= cn_link_role(p->net, line->links[i]) == CN_ROLE_INITIATOR;
    }
    return is && line->style == CN__LINK_PARTICIPANT;
}

/* Mark in `node` with 0 the actors shown: those of the most parts, initiators before all. */
static void choose_actors(projects *p, ranked *list) {
    for (cn_entity entity = 0; entity < cn_entity_count(p->net); entity++) {
        list[entity] = (ranked){0, 0, entity};
    }
    for (size_t at = 0; at < p->lines.count;) {
        cn__line line = cn__lines_at(&p->lines, at);
        at += line.count;
        if (p->shown[line.to]) {
            p->initiates[line.from] |= initiator(p, &line);
            p->takes_part[line.from] |= line.style == CN__LINK_PARTICIPANT;
            list[line.from].parts++;
            list[line.from].size += initiator(p, &line) ? 1e15 : contribution(p, &line);
        }
    }
    uint32_t n = cn_entity_count(p->net);
    if (n) {
        qsort(list, n, sizeof *list, most_first);
    }
    size_t taken[2] = {0, 0};
    for (uint32_t i = 0; i < n; i++) {
        if (!list[i].parts) {
            continue;
        }
        size_t *side = &taken[p->takes_part[list[i].entity]];
        if (*side < MOST_ACTORS) {
            p->node[list[i].entity] = 0;
            ++*side;
        } else {
            p->left_out.participants++;
        }
    }
}

/* ---- boxes ---- */

static void add_box(projects *p, cn_entity entity, column_id to) {
    cn_buf small = {0};
    bool any_cluster = cn_entity_count_of(p->net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn__node_style_of(p->net, entity, p->members[entity], any_cluster);
    cn__view_small_line(p->net, entity, p->scene->lang, &small);
    const char *product = cn_entity_text(p->net, entity, CN_FIELD_PRODUCT);
    if (to == WHAT && product[0]) {
        cn_buf_add_text(&small, small.len ? ", " : "");
        cn_buf_add_text(&small, product);
    }
    uint32_t node = cn__view_add_node(p->scene, p->net, entity, style, to == WHAT || p->initiates[entity],
                                      small.data ? small.data : "");
    p->node[entity] = node;
    if (node != CN_NONE) {
        p->columns[to].nodes[p->columns[to].count++] = node;
    }
    p->scene->failed |= small.failed;
    cn_buf_release(&small);
}

static void add_boxes(projects *p) {
    for (cn_entity entity = 0; entity < cn_entity_count(p->net) && !p->scene->failed; entity++) {
        if (p->shown[entity]) {
            add_box(p, entity, WHAT);
        } else if (p->node[entity] != CN_NONE) {
            add_box(p, entity, p->takes_part[entity] ? WHO : SUPPORT);
        }
    }
}

/* ---- lines ---- */

static void label(projects *p, uint32_t index, const cn__line *line, double money) {
    cn_buf text = {0};
    double sum = money > 0 ? money : line->value;
    if (sum > 0 && sum < 9e16) {
        cn_format_money(&text, p->scene->lang, llround(sum * 100), cn_network_currency(p->net));
    }
    const char *texts[CN__LABEL_LINES] = {text.data ? text.data : "", "", ""};
    cn__scene_set_label(p->scene, index, texts);
    p->scene->failed |= text.failed;
    cn_buf_release(&text);
}

static void add_lines(projects *p) {
    for (size_t at = 0; at < p->lines.count && !p->scene->failed;) {
        cn__line line = cn__lines_at(&p->lines, at);
        at += line.count;
        if (!p->shown[line.to] || p->node[line.from] == CN_NONE) {
            continue;
        }
        double money = contribution(p, &line);
        line.style = initiator(p, &line) ? CN__LINK_INITIATES : line.style;
        uint32_t index = (uint32_t)p->scene->link_count;
        cn__scene_link *link = cn__view_add_line(p->scene, p->net, &line);
        if (!link) {
            return;
        }
        column_id side = p->takes_part[line.from] ? WHO : SUPPORT;
        link->from = p->node[line.from];
        link->to = p->node[line.to];
        link->from_side = side == WHO ? CN__SIDE_RIGHT : CN__SIDE_LEFT;
        link->to_side = side == WHO ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
        link->label_at_start = true;
        label(p, index, &line, money);
        p->columns[side].label = fmax(p->columns[side].label, p->scene->links[index].label_width);
    }
}

/* ---- places ---- */

typedef struct place {
    double at;
    uint32_t node;
} place;

static int upper_first(const void *a, const void *b) {
    const place *x = a;
    const place *y = b;
    if (x->at < y->at || x->at > y->at) {
        return x->at < y->at ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Order a column by the middle of those its boxes are tied to, whose y are set, and number it anew. */
static void order(projects *p, actors *c) {
    place places[MOST_ACTORS];
    for (size_t i = 0; i < c->count; i++) {
        double sum = 0;
        uint32_t ends = 0;
        for (size_t l = 0; l < p->scene->link_count; l++) {
            const cn__scene_link *link = &p->scene->links[l];
            uint32_t other = link->from == c->nodes[i] ? link->to : link->to == c->nodes[i] ? link->from : CN_NONE;
            sum += other != CN_NONE ? p->scene->nodes[other].y : 0;
            ends += other != CN_NONE;
        }
        places[i] = (place){ends ? sum / ends : p->scene->nodes[c->nodes[i]].y, c->nodes[i]};
    }
    if (c->count) {
        qsort(places, c->count, sizeof *places, upper_first);
    }
    for (size_t i = 0; i < c->count; i++) {
        c->nodes[i] = places[i].node;
        p->scene->nodes[c->nodes[i]].y = (double)i / (double)c->count;
    }
}

static void order_all(projects *p) {
    for (column_id c = WHO; c < COLUMNS; c++) {
        for (size_t i = 0; i < p->columns[c].count; i++) {
            p->scene->nodes[p->columns[c].nodes[i]].y = (double)i / (double)p->columns[c].count;
        }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        order(p, &p->columns[WHO]);
        order(p, &p->columns[SUPPORT]);
        order(p, &p->columns[WHAT]);
    }
    order(p, &p->columns[WHO]);
    order(p, &p->columns[SUPPORT]);
}

static void place_column(projects *p, actors *c, double x, double height) {
    double own = cn__compose_height(p->scene, c->nodes, c->count, 0);
    double gap = c->count > 1 ? fmin((height - own) / (double)(c->count + 1), 60) : 0;
    double taken = cn__compose_height(p->scene, c->nodes, c->count, gap);
    cn__compose_stack(p->scene, c->nodes, c->count, x, -taken / 2, gap);
}

static void place_all(projects *p) {
    double height = 0;
    double widest[COLUMNS];
    for (column_id c = WHO; c < COLUMNS; c++) {
        actors *column = &p->columns[c];
        widest[c] = cn__compose_widest(p->scene, column->nodes, column->count);
        for (size_t i = 0; c != WHAT && i < column->count; i++) {
            p->scene->nodes[column->nodes[i]].width = widest[c];
        }
        double own = cn__compose_height(p->scene, column->nodes, column->count, CN__COMPOSE_GAP + 3);
        height = fmax(height, own + 2 * (CN__COMPOSE_GAP + 3));
    }
    height = fmax(height, LOWEST);
    double left = widest[WHAT] / 2 + CURVE + p->columns[WHO].label + widest[WHO] / 2;
    double right = widest[WHAT] / 2 + CURVE + p->columns[SUPPORT].label + widest[SUPPORT] / 2;
    place_column(p, &p->columns[WHO], -left, height);
    place_column(p, &p->columns[WHAT], 0, height);
    place_column(p, &p->columns[SUPPORT], right, height);
}

static void add_zones(projects *p) {
    static const cn__draw_text_id words[] = {CN__TEXT_PROJECTS_WHO, CN__TEXT_PROJECTS_WHAT, CN__TEXT_PROJECTS_SUPPORT};
    static const char *const ids[] = {"zone participants", "zone projects", "zone support"};
    for (column_id c = WHO; c < COLUMNS; c++) {
        uint32_t zone =
            p->columns[c].count ? cn__compose_zone(p->scene, ids[c], cn__draw_text(words[c], p->scene->lang)) : CN_NONE;
        for (size_t i = 0; i < p->columns[c].count; i++) {
            p->scene->nodes[p->columns[c].nodes[i]].group = zone;
        }
    }
}

/* ---- the whole ---- */

static void finish(projects *p) {
    cn_lang lang = p->scene->lang;
    cn_buf title = {0};
    if (p->options->subject_given) {
        cn__draw_text_1(&title, CN__TEXT_TITLE_PROJECTS_OF, lang, cn_entity_name(p->net, p->options->subject));
    } else {
        cn_buf_add_text(&title, cn__draw_text(CN__TEXT_TITLE_PROJECTS, lang));
    }
    const char *parts[] = {cn__draw_text(CN__TEXT_SUB_PROJECTS, lang)};
    cn__view_finish(p->scene, p->net, p->options, title.data ? title.data : "", parts, 1, &p->left_out);
    p->scene->failed |= title.failed;
    cn_buf_release(&title);
}

static bool fill(projects *p) {
    uint32_t n = cn_entity_count(p->net);
    ranked *list = cn__alloc(n, sizeof *list);
    p->node = cn__alloc(n, sizeof *p->node);
    p->shown = cn__calloc(n, 1);
    p->initiates = cn__calloc(n, 1);
    p->takes_part = cn__calloc(n, 1);
    p->near = cn__calloc(n, 1);
    p->members = cn__view_cluster_members(p->net);
    bool ok = list && p->node && p->shown && p->initiates && p->takes_part && p->near && p->members;
    if (ok) {
        memset(p->node, 0xFF, n * sizeof *p->node);
        if (p->options->subject_given) {
            find_near(p);
        }
        mark_near_projects(p);
        ok = choose_projects(p, list);
    }
    if (ok) {
        choose_actors(p, list);
        add_boxes(p);
        p->scene->short_labels = true;
        add_lines(p);
        add_zones(p);
        ok = !p->scene->failed && cn__compose_raise(p->scene);
    }
    if (ok) {
        order_all(p);
        place_all(p);
        finish(p);
    }
    cn__free(list);
    return ok;
}

cn_status cn__view_projects(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    projects p = {.net = net, .options = options, .scene = scene};
    scene->placed = true;
    bool ok = fill(&p);
    cn__free(p.node);
    cn__free(p.shown);
    cn__free(p.initiates);
    cn__free(p.takes_part);
    cn__free(p.near);
    cn__free(p.members);
    cn__lines_release(&p.lines);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
