/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom an organisation could work with and does not yet (partners.h): possible suppliers left, possible customers right, partners for joint work on
 * a side that is free, else below. The best of each search are shown in turn, up to a dozen; whoever comes up in two searches has one box. A box
 * says the points and, as far as there is room, the reasons; the line has all parts of the score in its description. Lines are possibilities,
 * no links: where the two trade already, the search has left them out.
 * Invariant: boxes of `pick` in the order supplier, customer, peer, the most points first. Cost: that of cn_partners_find, else linear.
 */
#include "partners_words.h"
#include "view_compose.h"

#include <math.h>

#include "error.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
#define CURVE 70.0 /* points between centre and columns */
#define ROW_GAP 14.0
#define FIELD_GAP 26.0 /* between the columns and the row below */

enum { SIDES = 3, SHOWN = 12, ON_SLIDE = 8, FEWEST = 3, COLUMN = 8, ROW = 4, ASKED = 40 };

typedef struct pick {
    const cn_partner_row *row;
    uint32_t node;
    bool twice; /* for joint work too */
} pick;

typedef struct field {
    pick picks[COLUMN];
    uint32_t nodes[COLUMN];
    size_t count;
    size_t next; /* row that comes next */
    cn__side at; /* of the centre */
    uint32_t zone;
} field;

typedef struct partners_view {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_entity subject;
    uint8_t *members;
    const cn_partners *found; /* SIDES: supplier, customer, peer */
    field fields[SIDES];
    cn__left_out left_out;
} partners_view;

static const cn_partner_side sides[SIDES] = {CN_PARTNER_SUPPLIER, CN_PARTNER_CUSTOMER, CN_PARTNER_PEER};

/* ---- who is shown ---- */

static pick *picked(partners_view *v, cn_entity org) {
    for (int s = 0; s < SIDES; s++) {
        for (size_t i = 0; i < v->fields[s].count; i++) {
            if (v->fields[s].picks[i].row->org == org) {
                return &v->fields[s].picks[i];
            }
        }
    }
    return NULL;
}

/* Banks, parks and offices are near every company and no news to it. */
static bool is_news(const partners_view *v, int side, cn_entity org) {
    return sides[side] != CN_PARTNER_PEER || cn_entity_kind_of(v->net, v->subject) != CN_ENTITY_COMPANY ||
           cn_entity_kind_of(v->net, org) == CN_ENTITY_COMPANY;
}

/* The next of a search that has no box yet. */
static bool pick_next(partners_view *v, int side, size_t most) {
    const cn_partners *found = &v->found[side];
    field *f = &v->fields[side];
    while (f->count < most && f->next < found->row_count) {
        const cn_partner_row *row = &found->rows[f->next++];
        if (is_news(v, side, row->org) && !picked(v, row->org)) {
            f->picks[f->count++] = (pick){.row = row};
            return true;
        }
    }
    return false;
}

static void choose(partners_view *v) {
    static const cn__side places[] = {CN__SIDE_LEFT, CN__SIDE_RIGHT, CN__SIDE_BOTTOM};
    bool suppliers = v->found[0].row_count > 0;
    bool customers = v->found[1].row_count > 0;
    size_t limit = v->options->full ? 0 : v->options->limit;
    size_t room = limit > FEWEST && limit <= SHOWN ? limit - 1 : limit && limit <= FEWEST ? FEWEST : SHOWN;
    if (v->scene->terse && v->options->paper == CN_PAPER_SLIDE && room > ON_SLIDE) {
        room = ON_SLIDE; /* fewer with a reason say more than many with none */
    }
    for (int s = 0; s < SIDES; s++) {
        v->fields[s].at = places[s];
        v->fields[s].zone = CN_NONE;
    }
    if (!suppliers || !customers) {
        v->fields[2].at = customers ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
    }
    for (bool more = true; more && room > 0;) {
        more = false;
        for (int s = 0; s < SIDES && room > 0; s++) {
            bool one = pick_next(v, s, v->fields[s].at == CN__SIDE_BOTTOM ? ROW : COLUMN);
            more = more || one;
            room -= one;
        }
    }
    for (int s = 0; s < SIDES; s++) {
        v->left_out.candidates += v->found[s].found - v->fields[s].count;
    }
    for (size_t i = 0; i < v->found[2].row_count; i++) { /* who has a box on another side is not left out */
        pick *there = picked(v, v->found[2].rows[i].org);
        if (there && there->row != &v->found[2].rows[i]) {
            there->twice = true;
            v->left_out.candidates--;
        }
    }
}

/* ---- boxes and lines ---- */

static uint32_t add_box(const partners_view *v, cn_entity entity, const char *small) {
    bool any_cluster = cn_entity_count_of(v->net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn__node_style_of(v->net, entity, v->members[entity], any_cluster);
    return cn__view_add_node(v->scene, v->net, entity, style, entity == v->subject, small);
}

static void add_candidate(partners_view *v, int side, pick *p) {
    cn__scene *scene = v->scene;
    p->node = add_box(v, p->row->org, "");
    if (p->node != CN_NONE && scene->terse < 3) { /* else a number, and its name in the legend */
        cn__partner_lines words;
        cn__partner_tell(scene, v->net, sides[side], p->row, p->twice, &words);
        scene->nodes[p->node].line_count = 0; /* measured anew, with all its lines */
        cn__scene_fit_lines(scene, p->node, cn_entity_short(v->net, p->row->org), words.lines, CN__PARTNER_LINES);
        cn__partner_lines_release(&words);
    }
}

/* Of two who would work together, without a direction. */
static uint32_t keep_pair(const partners_view *v, cn_entity other) {
    cn_buf out = {0};
    cn_buf_add_text(&out, cn_entity_name(v->net, v->subject));
    cn_buf_add_text(&out, " — ");
    cn_buf_add_text(&out, cn_entity_name(v->net, other));
    return cn__scene_keep_buf(v->scene, &out, false);
}

static void add_line(partners_view *v, int side, const pick *p, uint32_t centre) {
    static const cn__side across[] = {
        [CN__SIDE_LEFT] = CN__SIDE_RIGHT, [CN__SIDE_RIGHT] = CN__SIDE_LEFT, [CN__SIDE_BOTTOM] = CN__SIDE_TOP};
    bool inward = sides[side] == CN_PARTNER_SUPPLIER;
    bool joint = sides[side] == CN_PARTNER_PEER;
    cn_entity from = inward ? p->row->org : v->subject;
    cn__line line = {.from = from,
                     .to = inward ? v->subject : p->row->org,
                     .style = joint ? CN__LINK_POSSIBLE_WORK : CN__LINK_POSSIBLE};
    cn__scene_link *link = cn__view_add_line(v->scene, v->net, &line);
    size_t index = v->scene->link_count - 1;
    if (!link) {
        return;
    }
    uint32_t desc = cn__partner_describe(v->scene, p->row);
    uint32_t title = joint ? keep_pair(v, p->row->org) : link->title;
    cn__side at = v->fields[side].at;
    link = &v->scene->links[index];
    link->title = title;
    link->desc = desc;
    link->plain = joint;
    link->from = inward ? p->node : centre;
    link->to = inward ? centre : p->node;
    link->from_side = inward ? across[at] : at;
    link->to_side = inward ? at : across[at];
}

static void add_fields(partners_view *v, uint32_t centre) {
    static const char *const ids[SIDES] = {"zone suppliers", "zone customers", "zone joint"};
    static const cn__draw_text_id words[SIDES] = {CN__TEXT_PARTNERS_SUPPLIERS, CN__TEXT_PARTNERS_CUSTOMERS,
                                                  CN__TEXT_PARTNERS_JOINT};
    for (int s = 0; s < SIDES; s++) {
        field *f = &v->fields[s];
        if (!f->count) {
            continue;
        }
        f->zone = cn__compose_zone(v->scene, ids[s], cn__draw_text(words[s], v->scene->lang));
        for (size_t i = 0; f->zone != CN_NONE && i < f->count && !v->scene->failed; i++) {
            add_candidate(v, s, &f->picks[i]);
            f->nodes[i] = f->picks[i].node;
            if (f->nodes[i] != CN_NONE) {
                v->scene->nodes[f->nodes[i]].group = f->zone;
                add_line(v, s, &f->picks[i], centre);
            }
        }
        if (f->zone != CN_NONE) {
            v->scene->groups[f->zone].label_below = f->at == CN__SIDE_BOTTOM;
        }
    }
}

/* ---- places ---- */

/* Columns beside the centre; then the row below both. Boxes of a field are of one width. */
static void place(partners_view *v, uint32_t centre) {
    cn__scene *scene = v->scene;
    double half = scene->nodes[centre].height / 2;
    double bottom = half;
    for (int s = 0; s < SIDES; s++) {
        field *f = &v->fields[s];
        double widest = cn__compose_widest(scene, f->nodes, f->count);
        for (size_t i = 0; i < f->count; i++) {
            scene->nodes[f->nodes[i]].width = widest;
        }
        if (f->at != CN__SIDE_BOTTOM && f->count) {
            double x = scene->nodes[centre].width / 2 + CURVE + widest / 2;
            double height = cn__compose_height(scene, f->nodes, f->count, CN__COMPOSE_GAP);
            cn__compose_stack(scene, f->nodes, f->count, f->at == CN__SIDE_LEFT ? -x : x, -height / 2, CN__COMPOSE_GAP);
            bottom = fmax(bottom, height / 2 + CN__ZONE_PAD);
        }
    }
    field *row = &v->fields[2];
    if (row->at == CN__SIDE_BOTTOM && row->count) {
        double high = 0;
        for (size_t i = 0; i < row->count; i++) {
            high = fmax(high, scene->nodes[row->nodes[i]].height);
        }
        for (size_t i = 0; i < row->count; i++) {
            scene->nodes[row->nodes[i]].height = high;
        }
        double width = cn__compose_width(scene, row->nodes, row->count, ROW_GAP);
        cn__compose_row(scene, row->nodes, row->count, -width / 2, bottom + FIELD_GAP + CN__ZONE_PAD + high / 2,
                        ROW_GAP);
        for (size_t i = 0; i < scene->link_count; i++) { /* straight on until the columns are passed */
            scene->links[i].lead = scene->links[i].from_side == CN__SIDE_BOTTOM ? bottom - half : 0;
        }
    }
}

/* ---- the whole ---- */

static cn_status fill(partners_view *v, cn__draw_text_id remark, cn_error *err) {
    cn_lang lang = v->scene->lang;
    cn_buf small = {0};
    v->members = cn__view_cluster_members(v->net);
    if (!v->members) {
        return CN__NO_MEMORY(err);
    }
    choose(v);
    cn__view_small_line(v->net, v->subject, lang, &small);
    uint32_t centre = add_box(v, v->subject, small.data ? small.data : "");
    v->scene->failed |= small.failed;
    cn_buf_release(&small);
    if (centre != CN_NONE) {
        add_fields(v, centre);
    }
    if (v->scene->failed || !cn__compose_raise(v->scene)) {
        return CN__NO_MEMORY(err);
    }
    place(v, centre);
    if (v->scene->node_count == 1) {
        v->left_out.alone = cn__draw_text(CN__TEXT_PARTNERS_NOBODY, lang);
    }
    cn_buf title = {0};
    cn__draw_text_1(&title, CN__TEXT_TITLE_PARTNERS, lang, cn_entity_name(v->net, v->subject));
    const char *parts[] = {cn__draw_text(CN__TEXT_SUB_PARTNERS, lang),
                           remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, lang)};
    cn__view_finish(v->scene, v->net, v->options, title.data ? title.data : "", parts, 2, &v->left_out);
    v->scene->failed |= title.failed;
    cn_buf_release(&title);
    return v->scene->failed ? CN__NO_MEMORY(err) : CN_OK;
}

static cn_status find_subject(partners_view *v, cn__draw_text_id *remark, cn_error *err) {
    cn_graph *graph = NULL;
    const cn_graph_options layer = {.link_kinds = TRADE, .orientation = CN_DIRECTED, .weighting = CN_WEIGHT_VALUE};
    v->subject = v->options->subject;
    *remark = CN__TEXT_COUNT;
    if (v->options->subject_given) {
        return CN_OK;
    }
    cn_status status = cn_graph_create(v->net, &layer, &graph, err);
    if (status == CN_OK && !cn__subject_partner(v->net, graph, &v->subject, remark)) {
        status = CN__NO_MEMORY(err);
    }
    cn_graph_free(graph);
    return status == CN_OK && v->subject == CN_NONE ? CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_SUBJECT) : status;
}

cn_status cn__view_partners(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    partners_view v = {.net = net, .options = options, .scene = scene, .found = options->partners};
    cn_partners own[SIDES] = {{0}};
    cn__draw_text_id remark;
    scene->placed = true;
    scene->terse_words = CN__TEXT_TERSE_REASONS;
    cn_status status = find_subject(&v, &remark, err);
    for (int s = 0; s < SIDES && !status && !options->partners; s++) {
        const cn_partner_query query = {.org = v.subject, .side = sides[s], .top = ASKED};
        status = cn_partners_find(net, &query, &own[s], err);
    }
    if (status == CN_OK) {
        v.found = options->partners ? options->partners : own;
        status = fill(&v, remark, err);
    }
    for (int s = 0; s < SIDES; s++) {
        cn_partners_release(&own[s]);
    }
    cn__free(v.members);
    return status;
}
