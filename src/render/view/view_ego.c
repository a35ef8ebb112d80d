/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An organisation and its partners: suppliers in columns to the left, customers to the right, as far as `depth`; above it the clusters,
 * projects and parks it belongs to, below it the others it has to do with. Where it neither buys nor sells those take the free
 * side. The view places its boxes itself, so that lines run only between neighbouring columns and never behind a box.
 *
 * Shown are the partners of the largest sums, the rest is folded into one box (direct ones) or counted in the foot line. Supplies among the
 * partners of one column are arcs at its outer side; those between columns further apart are counted.
 * Invariant: `spot` of an entity holds its node and where that stands. Cost: that of cn_tiers_compute, and O(L log L).
 */
#include "view_compose.h"
#include "view_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "number.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
#define BELONGS (CN_K_CLUSTER | CN_K_PROJECT | CN_K_PARK)

enum { MOST_IN_COLUMN = 24, MOST_IN_ROW = 7, MOST_TIES = 20 };

#define CURVE 74.0 /* points between the columns, besides the labels */
#define ROW_GAP 16.0
#define FIELD_GAP 40.0 /* between a row and the columns */

typedef enum slot { NOWHERE = 0, CENTRE, LEFT, RIGHT, TOP, BOTTOM } slot;

typedef struct spot {
    uint32_t node;
    uint32_t tier; /* of LEFT and RIGHT: 1, 2 … away from the centre */
    slot slot;
} spot;

/* A column or a row. */
typedef struct field {
    uint32_t *nodes; /* owned */
    size_t count;
    uint64_t folded;
    double folded_value;
    uint32_t zone;
    double label; /* the widest label of a line towards the centre */
} field;

typedef struct ego {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_graph *graph;
    cn_tiers tiers;
    cn_entity subject;
    spot *spot; /* by entity */
    uint8_t *members;
    cn__lines others; /* links of the subject that are no trade */
    cn__lines trade;
    field *left; /* by tier - 1 */
    field *right;
    uint32_t tiers_left; /* how many there are */
    uint32_t tiers_right;
    uint32_t depth_left; /* those of trade that have boxes */
    uint32_t depth_right;
    field top;
    field bottom;
    cn__left_out left_out;
} ego;

/* ---- boxes ---- */

static void add_box(ego *e, cn_entity entity, field *to, slot where, uint32_t tier) {
    cn_buf small = {0};
    bool any_cluster = cn_entity_count_of(e->net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn__node_style_of(e->net, entity, e->members[entity], any_cluster);
    cn__view_small_line(e->net, entity, e->scene->lang, &small);
    uint32_t node = cn__view_add_node(e->scene, e->net, entity, style, where == CENTRE, small.data ? small.data : "");
    e->spot[entity] = (spot){node, tier, where};
    e->scene->failed |= small.failed;
    cn_buf_release(&small);
    if (to && node != CN_NONE) {
        to->nodes[to->count++] = node;
    }
}

/* Does it deal with someone one step nearer to the centre who is shown? */
static bool leads_in(const ego *e, uint32_t vertex, bool upstream, uint32_t tier) {
    const cn_graph *g = e->graph;
    const uint32_t *start = upstream ? g->out_start : g->in_start;
    const uint32_t *other = upstream ? g->out_to : g->in_from;
    for (uint32_t i = start[vertex]; i < start[vertex + 1]; i++) {
        const spot *in = &e->spot[g->entity[other[i]]];
        if (tier == 1 ? in->slot == CENTRE : in->slot == (upstream ? LEFT : RIGHT) && in->tier == tier - 1) {
            return true;
        }
    }
    return false;
}

static void fold(ego *e, field *f, bool upstream) {
    cn_buf text = {0};
    cn_buf money = {0};
    cn__draw_text_count(&text, upstream ? CN__TEXT_MORE_SUPPLIERS : CN__TEXT_MORE_CUSTOMERS, e->scene->lang, f->folded);
    if (f->folded_value > 0 && f->folded_value < 9e16) {
        cn_format_money(&money, e->scene->lang, llround(f->folded_value * 100), cn_network_currency(e->net));
    }
    uint32_t node = cn__compose_fold(e->scene, upstream ? "more suppliers" : "more customers",
                                     text.data ? text.data : "", money.data ? money.data : "");
    if (node != CN_NONE) {
        f->nodes[f->count++] = node;
    }
    e->scene->failed |= text.failed || money.failed;
    cn_buf_release(&text);
    cn_buf_release(&money);
}

/* The boxes of one tier; the rows of a tier stand together, the largest first. False: memory. */
static bool add_column(ego *e, bool upstream, uint32_t tier, field *f) {
    int32_t wanted = upstream ? (int32_t)tier : -(int32_t)tier;
    f->nodes = cn__alloc(MOST_IN_COLUMN + 1, sizeof *f->nodes);
    f->zone = CN_NONE;
    if (!f->nodes) {
        return false;
    }
    uint64_t rows = 0;
    for (size_t i = 0; i < e->tiers.row_count; i++) {
        rows += e->tiers.rows[i].tier == wanted;
    }
    for (size_t i = 0; i < e->tiers.row_count; i++) {
        const cn_tier_row *row = &e->tiers.rows[i];
        if (row->tier != wanted) {
            continue;
        }
        bool room = f->count + 1 < MOST_IN_COLUMN || (f->count < MOST_IN_COLUMN && rows <= MOST_IN_COLUMN);
        if (room && leads_in(e, row->vertex, upstream, tier)) {
            add_box(e, e->graph->entity[row->vertex], f, upstream ? LEFT : RIGHT, tier);
        } else {
            f->folded++;
            f->folded_value += isnan(row->value) ? 0 : row->value;
        }
    }
    if (f->folded && tier == 1) {
        fold(e, f, upstream);
    } else {
        e->left_out.partners += f->folded;
    }
    return true;
}

static bool add_columns(ego *e, bool upstream) {
    uint32_t kinds = e->options->link_kinds;
    uint32_t depth = kinds && !(kinds & TRADE) ? 0 : upstream ? e->tiers.depth_up : e->tiers.depth_down;
    field *fields = cn__calloc(depth ? depth : 1, sizeof *fields);
    *(upstream ? &e->left : &e->right) = fields;
    *(upstream ? &e->tiers_left : &e->tiers_right) = fields ? depth ? depth : 1 : 0;
    uint32_t *shown = upstream ? &e->depth_left : &e->depth_right;
    for (uint32_t tier = 1; fields && tier <= depth; tier++) {
        if (!add_column(e, upstream, tier, &fields[tier - 1])) {
            return false;
        }
        *shown = fields[tier - 1].count ? tier : *shown;
    }
    return fields != NULL;
}

/* Its planned supplies, which the columns leave out. */
static void count_planned(ego *e) {
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        bool touches = cn_link_from(e->net, link) == e->subject || cn_link_to(e->net, link) == e->subject;
        e->left_out.planned += touches && TRADE & CN_KIND_BIT(cn_link_kind_of(e->net, link)) &&
                               cn_link_status_of(e->net, link) == CN_STATUS_PLANNED;
    }
}

/* ---- the others ---- */

static bool is_other(const void *context, cn_link link) {
    const ego *e = context;
    cn_link_kind kind = cn_link_kind_of(e->net, link);
    uint32_t kinds = e->options->link_kinds ? e->options->link_kinds : UINT32_MAX;
    cn_entity from = cn_link_from(e->net, link);
    cn_entity to = cn_link_to(e->net, link);
    bool touches = (from == e->subject) != (to == e->subject);
    return touches && kinds & CN_KIND_BIT(kind) && !(TRADE & CN_KIND_BIT(kind)) && kind != CN_LINK_MADE_FROM &&
           cn__view_link_drawn(e->net, link);
}

static cn_entity other_end(const ego *e, const cn__line *line) {
    return line->from == e->subject ? line->to : line->from;
}

/* Where those stand whom no column holds: events and organisations take a free side. */
static slot slot_of(const ego *e, cn_entity entity) {
    uint32_t kind = CN_KIND_BIT(cn_entity_kind_of(e->net, entity));
    if (kind & BELONGS) {
        return TOP;
    }
    if (kind & CN_K_EVENT && !e->depth_right) {
        return RIGHT;
    }
    return !(kind & CN_K_EVENT) && !e->depth_left ? LEFT : BOTTOM;
}

static bool add_others(ego *e) {
    if (!cn__lines_gather(&e->others, e->net, is_other, e)) {
        return false;
    }
    field *sides[] = {[LEFT] = e->left, [RIGHT] = e->right, [TOP] = &e->top, [BOTTOM] = &e->bottom};
    for (slot where = LEFT; where <= BOTTOM; where++) {
        if (!sides[where]->nodes) {
            sides[where]->nodes = cn__alloc(MOST_IN_COLUMN + 1, sizeof *sides[where]->nodes);
            sides[where]->zone = CN_NONE;
        }
        if (!sides[where]->nodes) {
            return false;
        }
    }
    for (size_t at = 0; at < e->others.count;) {
        cn__line line = cn__lines_at(&e->others, at);
        cn_entity other = other_end(e, &line);
        at += line.count;
        if (e->spot[other].slot != NOWHERE) {
            continue;
        }
        slot where = slot_of(e, other);
        size_t most = where == TOP || where == BOTTOM ? MOST_IN_ROW : MOST_IN_COLUMN;
        if (sides[where]->count < most) {
            add_box(e, other, sides[where], where, 1);
        } else {
            e->left_out.others++;
        }
    }
    return !e->scene->failed;
}

/* ---- lines ---- */

static bool is_trade(const void *context, cn_link link) {
    const ego *e = context;
    cn_link_status status = cn_link_status_of(e->net, link);
    uint32_t kinds = e->options->link_kinds ? e->options->link_kinds & TRADE : TRADE;
    cn_entity from = cn_link_from(e->net, link);
    cn_entity to = cn_link_to(e->net, link);
    return kinds & CN_KIND_BIT(cn_link_kind_of(e->net, link)) && status <= CN_STATUS_ACTUAL && from != to &&
           e->spot[from].slot != NOWHERE && e->spot[to].slot != NOWHERE && cn__view_link_drawn(e->net, link);
}

/* Columns from left to right: the centre is 0. */
static int32_t column_of(const spot *s) {
    return s->slot == LEFT ? -(int32_t)s->tier : s->slot == RIGHT ? (int32_t)s->tier : 0;
}

static void set_sides(cn__scene_link *link, const spot *from, const spot *to) {
    static const cn__side to_rows[] = {[TOP] = CN__SIDE_TOP, [BOTTOM] = CN__SIDE_BOTTOM};
    static const cn__side of_rows[] = {[TOP] = CN__SIDE_BOTTOM, [BOTTOM] = CN__SIDE_TOP};
    int32_t a = column_of(from);
    int32_t b = column_of(to);
    link->from = from->node;
    link->to = to->node;
    if (from->slot == TOP || from->slot == BOTTOM) {
        link->from_side = of_rows[from->slot];
        link->to_side = to_rows[from->slot];
    } else if (to->slot == TOP || to->slot == BOTTOM) {
        link->from_side = to_rows[to->slot];
        link->to_side = of_rows[to->slot];
    } else if (a == b) {
        link->from_side = link->to_side = a < 0 ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
    } else {
        link->from_side = a < b ? CN__SIDE_RIGHT : CN__SIDE_LEFT;
        link->to_side = a < b ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
    }
    link->label_at_start = abs(a) > abs(b);
}

static void add_trade(ego *e, cn__line line) {
    const spot *from = &e->spot[line.from];
    const spot *to = &e->spot[line.to];
    int32_t a = column_of(from);
    int32_t b = column_of(to);
    if (line.style == CN__LINK_SUPPLY) {
        line.style = a == b ? CN__LINK_INSIDE : a > b ? CN__LINK_BACK : CN__LINK_SUPPLY;
    }
    uint32_t index = (uint32_t)e->scene->link_count;
    cn__scene_link *link = cn__view_add_line(e->scene, e->net, &line);
    if (!link) {
        return;
    }
    set_sides(link, from, to);
    link->width = cn__scene_value_width(e->scene, line.value);
    uint32_t outer = a == b ? 0 : (uint32_t)(abs(a) > abs(b) ? abs(a) : abs(b));
    if (outer > 0) {
        field *f = a < 0 || b < 0 ? &e->left[outer - 1] : &e->right[outer - 1];
        cn__view_label_line(e->scene, e->net, index, &line, "");
        f->label = fmax(f->label, e->scene->links[index].label_width);
    }
}

typedef struct tie {
    double value;
    size_t at;
} tie;

static int largest_first(const void *a, const void *b) {
    const tie *x = a;
    const tie *y = b;
    if (x->value < y->value || x->value > y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Of the supplies inside a column the largest; those that would have to cross a column are counted. False: memory. */
static bool add_trade_lines(ego *e) {
    tie *ties = cn__alloc(e->trade.count, sizeof *ties);
    size_t count = 0;
    if (!ties) {
        return false;
    }
    for (size_t at = 0; at < e->trade.count;) {
        cn__line line = cn__lines_at(&e->trade, at);
        const spot *from = &e->spot[line.from];
        const spot *to = &e->spot[line.to];
        bool columns = from->slot <= RIGHT && to->slot <= RIGHT;
        int32_t apart = abs(column_of(from) - column_of(to));
        if (columns && apart == 1) {
            add_trade(e, line);
        } else if (columns && apart == 0) {
            ties[count++] = (tie){line.value, at};
        } else {
            e->left_out.ties++;
        }
        at += line.count;
    }
    if (count) {
        qsort(ties, count, sizeof *ties, largest_first);
    }
    for (size_t i = 0; i < count && i < MOST_TIES; i++) {
        add_trade(e, cn__lines_at(&e->trade, ties[i].at));
    }
    e->left_out.ties += count > MOST_TIES ? count - MOST_TIES : 0;
    cn__free(ties);
    return true;
}

static void add_other_lines(ego *e) {
    for (size_t at = 0; at < e->others.count;) {
        cn__line line = cn__lines_at(&e->others, at);
        at += line.count;
        if (e->spot[other_end(e, &line)].slot == NOWHERE) {
            continue;
        }
        if (line.style == CN__LINK_PARTICIPANT && cn_link_role(e->net, line.links[0]) == CN_ROLE_INITIATOR) {
            line.style = CN__LINK_INITIATES;
        }
        if (line.style == CN__LINK_MEMBER) {
            line.style = CN__LINK_BELONGS;
        }
        cn__scene_link *link = cn__view_add_line(e->scene, e->net, &line);
        if (link) {
            set_sides(link, &e->spot[line.from], &e->spot[line.to]);
        }
    }
}

/* The line of a box of folded partners. */
static void add_fold_line(ego *e, field *f, bool upstream) {
    cn__scene *scene = e->scene;
    uint32_t index = (uint32_t)scene->link_count;
    uint32_t centre = e->spot[e->subject].node;
    uint32_t node = f->nodes[f->count - 1];
    cn__scene_link *link = cn__scene_add_link(scene);
    if (!link) {
        return;
    }
    uint32_t id = cn__scene_keep(scene, upstream ? "more-suppliers" : "more-customers", false);
    link = &scene->links[index];
    link->style = CN__LINK_SUPPLY;
    link->kind = CN_LINK_SUPPLY;
    link->id = id;
    link->title = scene->nodes[node].title;
    link->width = cn__scene_value_width(scene, f->folded_value);
    link->from = upstream ? node : centre;
    link->to = upstream ? centre : node;
    link->from_side = CN__SIDE_RIGHT;
    link->to_side = CN__SIDE_LEFT;
}

static bool add_lines(ego *e) {
    if (!cn__lines_gather(&e->trade, e->net, is_trade, e)) {
        return false;
    }
    e->scene->short_labels = true;
    e->scene->value_span = 3.4;
    e->scene->value_max = cn__lines_largest(&e->trade);
    if (!add_trade_lines(e)) {
        return false;
    }
    add_other_lines(e);
    for (int side = 0; side < 2; side++) {
        field *f = side ? e->right : e->left;
        if (f->folded && (side ? e->depth_right : e->depth_left)) {
            add_fold_line(e, f, !side);
        }
    }
    return !e->scene->failed;
}

/* ---- places ---- */

static void add_zone(ego *e, field *f, const char *id, cn__draw_text_id heading, uint32_t tier) {
    cn_buf words = {0};
    if (!f->count) {
        return;
    }
    char number[12] = {(char)('0' + tier % 10), '\0'};
    cn__draw_text_1(&words, heading, e->scene->lang, tier < 10 ? number : "…");
    f->zone = cn__compose_zone(e->scene, id, words.data ? words.data : "");
    for (size_t i = 0; f->zone != CN_NONE && i < f->count; i++) {
        e->scene->nodes[f->nodes[i]].group = f->zone;
    }
    e->scene->failed |= words.failed;
    cn_buf_release(&words);
}

static bool has_kind(const ego *e, const field *f, uint32_t kinds) {
    for (size_t i = 0; i < f->count; i++) {
        if (CN_KIND_BIT(cn_entity_kind_of(e->net, e->scene->nodes[f->nodes[i]].entity)) & kinds) {
            return true;
        }
    }
    return false;
}

static cn__draw_text_id words_of_others(const ego *e, const field *f) {
    if (!has_kind(e, f, CN_K_EVENT)) {
        return CN__TEXT_EGO_OTHERS;
    }
    return has_kind(e, f, CN_K_ANY & ~CN_K_EVENT) ? CN__TEXT_EGO_OTHERS_EVENTS : CN__TEXT_EGO_EVENTS;
}

static void add_zones(ego *e) {
    static const cn__draw_text_id words[2][3] = {
        {CN__TEXT_EGO_SUPPLIERS, CN__TEXT_EGO_SUPPLIERS_2, CN__TEXT_EGO_SUPPLIERS_N},
        {CN__TEXT_EGO_CUSTOMERS, CN__TEXT_EGO_CUSTOMERS_2, CN__TEXT_EGO_CUSTOMERS_N}};
    for (int side = 0; side < 2; side++) {
        uint32_t depth = side ? e->depth_right : e->depth_left;
        field *fields = side ? e->right : e->left;
        for (uint32_t tier = 1; tier <= depth; tier++) {
            cn_buf id = {0};
            cn_buf_add_text(&id, side ? "zone customers " : "zone suppliers ");
            cn__format_u64(&id, tier);
            add_zone(e, &fields[tier - 1], id.data ? id.data : "", words[side][tier > 2 ? 2 : tier - 1], tier);
            e->scene->failed |= id.failed;
            cn_buf_release(&id);
        }
        if (!depth) {
            add_zone(e, fields, side ? "zone right" : "zone left", words_of_others(e, fields), 1);
        }
    }
    add_zone(e, &e->top, "zone top", CN__TEXT_EGO_BELONGS, 1);
    add_zone(e, &e->bottom, "zone bottom", words_of_others(e, &e->bottom), 1);
}

/* Boxes of further tiers stand beside those they deal with. */
static void order_column(ego *e, field *f) {
    tie places[MOST_IN_COLUMN + 1];
    uint32_t sorted[MOST_IN_COLUMN + 1];
    for (size_t i = 0; i < f->count; i++) {
        double sum = 0;
        double weight = 0;
        for (size_t l = 0; l < e->scene->link_count; l++) {
            const cn__scene_link *link = &e->scene->links[l];
            uint32_t other = link->from == f->nodes[i] ? link->to : link->to == f->nodes[i] ? link->from : CN_NONE;
            if (other != CN_NONE && link->from_side != link->to_side) {
                sum += link->width * e->scene->nodes[other].y;
                weight += link->width;
            }
        }
        places[i] = (tie){weight > 0 ? -sum / weight : 0, i};
    }
    qsort(places, f->count, sizeof *places, largest_first);
    for (size_t i = 0; i < f->count; i++) {
        sorted[i] = f->nodes[places[i].at];
    }
    memcpy(f->nodes, sorted, f->count * sizeof *sorted);
}

static void place_side(ego *e, bool left, double *top, double *bottom) {
    field *fields = left ? e->left : e->right;
    uint32_t depth = left ? e->depth_left : e->depth_right;
    depth = depth ? depth : fields->count > 0;
    double edge = e->scene->nodes[e->spot[e->subject].node].width / 2;
    for (uint32_t tier = 1; tier <= depth; tier++) {
        field *f = &fields[tier - 1];
        double widest = cn__compose_widest(e->scene, f->nodes, f->count);
        double x = edge + CURVE + f->label + widest / 2;
        double gap = f->label > 0 ? CN__COMPOSE_GAP : CN__COMPOSE_GAP + 2;
        for (size_t i = 0; i < f->count; i++) {
            e->scene->nodes[f->nodes[i]].width = widest;
        }
        if (tier > 1) {
            order_column(e, f);
        }
        double height = cn__compose_height(e->scene, f->nodes, f->count, gap);
        cn__compose_stack(e->scene, f->nodes, f->count, left ? -x : x, -height / 2, gap);
        *top = fmin(*top, -height / 2 - cn__compose_head(e->scene, f->zone) - CN__ZONE_PAD);
        *bottom = fmax(*bottom, height / 2 + CN__ZONE_PAD);
        edge = x + widest / 2 + CN__ZONE_PAD;
    }
}

/*
 * Lines go straight on: beside a column until all its labels are passed, above and below the centre as far as the columns
 * reach, so that no curve runs through a label or a box.
 */
static void set_leads(const ego *e, cn__scene_link *link, double above, double below) {
    const cn__scene *scene = e->scene;
    uint32_t centre = e->spot[e->subject].node;
    cn__side side = link->from == centre ? link->from_side : link->to_side;
    if (side == CN__SIDE_TOP || side == CN__SIDE_BOTTOM) {
        double way = side == CN__SIDE_TOP ? above : below;
        link->lead = link->from == centre ? way : 0;
        link->lead_end = link->from == centre ? 0 : way;
    } else if (link->from_side != link->to_side) {
        double from = fabs(scene->nodes[link->from].x);
        double to = fabs(scene->nodes[link->to].x);
        const field *f = NULL;
        bool left = scene->nodes[from > to ? link->from : link->to].x < 0;
        uint32_t depth = left ? e->tiers_left : e->tiers_right;
        for (uint32_t tier = 0; tier < depth && !f; tier++) {
            const field *here = left ? &e->left[tier] : &e->right[tier];
            f = here->count && fabs(fabs(scene->nodes[here->nodes[0]].x) - fmax(from, to)) < 0.5 ? here : NULL;
        }
        double way = f && f->label > 0 ? f->label + 6 : 0;
        link->lead = from > to ? way : 0;
        link->lead_end = from > to ? 0 : way;
    }
}

static void place(ego *e) {
    cn__scene *scene = e->scene;
    double half = scene->nodes[e->spot[e->subject].node].height / 2;
    double top = -half;
    double bottom = half;
    place_side(e, true, &top, &bottom);
    place_side(e, false, &top, &bottom);
    for (int row = 0; row < 2; row++) {
        field *f = row ? &e->bottom : &e->top;
        double width = cn__compose_width(scene, f->nodes, f->count, ROW_GAP);
        double high = 0;
        for (size_t i = 0; i < f->count; i++) {
            high = fmax(high, scene->nodes[f->nodes[i]].height);
        }
        double head = f->count ? cn__compose_head(scene, f->zone) : 0;
        double y =
            row ? bottom + FIELD_GAP + head + CN__ZONE_PAD + high / 2 : top - FIELD_GAP - CN__ZONE_PAD - high / 2;
        cn__compose_row(scene, f->nodes, f->count, -width / 2, y, ROW_GAP);
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        set_leads(e, &scene->links[i], -half - top, bottom - half);
    }
}

/* ---- the whole ---- */

static void finish(ego *e, cn__draw_text_id remark) {
    cn_lang lang = e->scene->lang;
    cn_buf title = {0};
    bool trade = e->depth_left || e->depth_right;
    cn__draw_text_1(&title, CN__TEXT_TITLE_EGO, lang, cn_entity_name(e->net, e->subject));
    const char *parts[] = {cn__draw_text(trade ? CN__TEXT_SUB_EGO : CN__TEXT_SUB_EGO_TIES, lang),
                           remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, lang)};
    if (e->scene->node_count == 1) {
        e->left_out.alone = cn__draw_text(CN__TEXT_ALONE, lang);
    }
    e->left_out.tiers_beyond = e->tiers.cut && e->options->depth > 1 ? e->options->depth : 0;
    cn__view_finish(e->scene, e->net, e->options, title.data ? title.data : "", parts, 2, &e->left_out);
    e->scene->failed |= title.failed;
    cn_buf_release(&title);
}

static cn_status fill(ego *e, cn_error *err) {
    cn__draw_text_id remark = CN__TEXT_COUNT;
    e->subject = e->options->subject;
    if (!e->options->subject_given && !cn__subject_partner(e->net, e->graph, &e->subject, &remark)) {
        return CN__NO_MEMORY(err);
    }
    if (e->subject == CN_NONE) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_SUBJECT);
    }
    uint32_t depth = e->options->depth ? e->options->depth : 1;
    cn_status status = cn_tiers_compute(e->graph, e->graph->vertex[e->subject], CN_BOTH_STREAMS, depth, &e->tiers, err);
    if (status != CN_OK) {
        return status;
    }
    e->spot = cn__calloc(cn_entity_count(e->net), sizeof *e->spot);
    e->members = cn__view_cluster_members(e->net);
    bool ok = e->spot && e->members;
    if (ok) {
        add_box(e, e->subject, NULL, CENTRE, 0);
        ok = add_columns(e, true) && add_columns(e, false) && add_others(e) && add_lines(e);
    }
    if (ok) {
        count_planned(e);
        add_zones(e);
        ok = !e->scene->failed && cn__compose_raise(e->scene);
    }
    if (!ok) {
        return CN__NO_MEMORY(err);
    }
    place(e);
    finish(e, remark);
    return CN_OK;
}

static void release(ego *e) {
    for (uint32_t tier = 0; tier < e->tiers_left; tier++) {
        cn__free(e->left[tier].nodes);
    }
    for (uint32_t tier = 0; tier < e->tiers_right; tier++) {
        cn__free(e->right[tier].nodes);
    }
    cn__free(e->left);
    cn__free(e->right);
    cn__free(e->top.nodes);
    cn__free(e->bottom.nodes);
    cn__free(e->spot);
    cn__free(e->members);
    cn__lines_release(&e->others);
    cn__lines_release(&e->trade);
    cn_tiers_release(&e->tiers);
    cn_graph_free(e->graph);
}

cn_status cn__view_ego(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    ego e = {.net = net, .options = options, .scene = scene};
    cn_date now = cn_network_as_of_date(net);
    const cn_graph_options layer = {.link_kinds = options->link_kinds & TRADE ? options->link_kinds & TRADE : TRADE,
                                    .since = now,
                                    .until = now,
                                    .orientation = CN_DIRECTED,
                                    .weighting = CN_WEIGHT_VALUE};
    scene->placed = true;
    cn_status status = cn_graph_create(net, &layer, &e.graph, err);
    if (status == CN_OK) {
        status = fill(&e, err);
    }
    release(&e);
    return status;
}
