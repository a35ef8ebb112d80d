/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of an organisation and its partners: supplies between neighbouring columns with their labels at the outer box, the
 * largest supplies inside a column as arcs, all other links of the organisation, and one line for the partners that are folded. Supplies that would have to
 * cross a column are counted. Cost: O(L log L).
 */
#include "view_ego.h"

#include <math.h>
#include <stdlib.h>

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

static bool is_trade(const void *context, cn_link link) {
    const cn__ego *e = context;
    cn_link_status status = cn_link_status_of(e->net, link);
    uint32_t kinds = e->options->link_kinds ? e->options->link_kinds & TRADE : TRADE;
    cn_entity from = cn_link_from(e->net, link);
    cn_entity to = cn_link_to(e->net, link);
    return kinds & CN_KIND_BIT(cn_link_kind_of(e->net, link)) && status <= CN_STATUS_ACTUAL && from != to &&
           e->spot[from].slot != CN__EGO_NOWHERE && e->spot[to].slot != CN__EGO_NOWHERE &&
           cn__view_link_drawn(e->net, link);
}

/* Columns from left to right: the centre is 0. */
static int32_t column_of(const cn__ego_spot *s) {
    return s->slot == CN__EGO_LEFT ? -(int32_t)s->tier : s->slot == CN__EGO_RIGHT ? (int32_t)s->tier : 0;
}

static void set_sides(const cn__ego *e, cn__scene_link *link, const cn__ego_spot *from, const cn__ego_spot *to) {
    static const cn__side to_rows[] = {[CN__EGO_TOP] = CN__SIDE_TOP, [CN__EGO_BOTTOM] = CN__SIDE_BOTTOM};
    static const cn__side of_rows[] = {[CN__EGO_TOP] = CN__SIDE_BOTTOM, [CN__EGO_BOTTOM] = CN__SIDE_TOP};
    int32_t a = column_of(from);
    int32_t b = column_of(to);
    link->from = from->node;
    link->to = to->node;
    if (e->beside && (from->slot >= CN__EGO_TOP || to->slot >= CN__EGO_TOP)) {
        link->from_side = to->slot >= CN__EGO_TOP ? CN__SIDE_RIGHT : CN__SIDE_LEFT;
        link->to_side = to->slot >= CN__EGO_TOP ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
    } else if (from->slot == CN__EGO_TOP || from->slot == CN__EGO_BOTTOM) {
        link->from_side = of_rows[from->slot];
        link->to_side = to_rows[from->slot];
    } else if (to->slot == CN__EGO_TOP || to->slot == CN__EGO_BOTTOM) {
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

static void add_trade(cn__ego *e, cn__line line) {
    const cn__ego_spot *from = &e->spot[line.from];
    const cn__ego_spot *to = &e->spot[line.to];
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
    set_sides(e, link, from, to);
    link->width = cn__scene_value_width(e->scene, line.value);
    uint32_t outer = a == b ? 0 : (uint32_t)(abs(a) > abs(b) ? abs(a) : abs(b));
    if (outer > 0) {
        cn__ego_field *f = a < 0 || b < 0 ? &e->left[outer - 1] : &e->right[outer - 1];
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
static bool add_trade_lines(cn__ego *e) {
    tie *ties = cn__alloc(e->trade.count, sizeof *ties);
    size_t count = 0;
    if (!ties) {
        return false;
    }
    for (size_t at = 0; at < e->trade.count;) {
        cn__line line = cn__lines_at(&e->trade, at);
        const cn__ego_spot *from = &e->spot[line.from];
        const cn__ego_spot *to = &e->spot[line.to];
        bool columns = from->slot <= CN__EGO_RIGHT && to->slot <= CN__EGO_RIGHT;
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
    for (size_t i = 0; i < count && i < e->most_ties; i++) {
        add_trade(e, cn__lines_at(&e->trade, ties[i].at));
    }
    e->left_out.ties += count > e->most_ties ? count - e->most_ties : 0;
    cn__free(ties);
    return true;
}

static void add_other_lines(cn__ego *e) {
    for (size_t at = 0; at < e->others.count;) {
        cn__line line = cn__lines_at(&e->others, at);
        at += line.count;
        if (e->spot[cn__ego_other(e, &line)].slot == CN__EGO_NOWHERE) {
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
            set_sides(e, link, &e->spot[line.from], &e->spot[line.to]);
        }
    }
}

/* The line of a box of folded partners. */
static void add_fold_line(cn__ego *e, cn__ego_field *f, bool upstream) {
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
    link->width = cn__scene_value_width(scene, fmin(f->folded_value, scene->value_max)) /* the box tells the sum */;
    link->from = upstream ? node : centre;
    link->to = upstream ? centre : node;
    link->from_side = CN__SIDE_RIGHT;
    link->to_side = CN__SIDE_LEFT;
}

bool cn__ego_add_lines(cn__ego *e) {
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
        cn__ego_field *f = side ? e->right : e->left;
        if (f->folded && (side ? e->depth_right : e->depth_left)) {
            add_fold_line(e, f, !side);
        }
    }
    return !e->scene->failed;
}
