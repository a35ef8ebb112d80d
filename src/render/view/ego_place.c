/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the boxes of an organisation and its partners stand: columns of equal boxes left and right, rows above and below, each in a field with a
 * heading; the largest partners first, further tiers beside those they deal with. Cost: O(boxes · links) for further
 * tiers, else linear.
 */
#include "view_ego.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

#define CURVE 74.0 /* points between the columns, besides the labels */
#define ROW_GAP 16.0
#define FIELD_GAP 40.0 /* between a row and the columns */
#define TIGHT_GAP 18.0
#define BESIDE_GAP 8.0 /* between fields under each other */

static void add_zone(cn__ego *e, cn__ego_field *f, const char *id, cn__draw_text_id heading, uint32_t tier) {
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

static bool has_kind(const cn__ego *e, const cn__ego_field *f, uint32_t kinds) {
    for (size_t i = 0; i < f->count; i++) {
        if (CN_KIND_BIT(cn_entity_kind_of(e->net, e->scene->nodes[f->nodes[i]].entity)) & kinds) {
            return true;
        }
    }
    return false;
}

static cn__draw_text_id words_of_others(const cn__ego *e, const cn__ego_field *f) {
    if (!has_kind(e, f, CN_K_EVENT)) {
        return CN__TEXT_EGO_OTHERS;
    }
    return has_kind(e, f, CN_K_ANY & ~CN_K_EVENT) ? CN__TEXT_EGO_OTHERS_EVENTS : CN__TEXT_EGO_EVENTS;
}

void cn__ego_add_zones(cn__ego *e) {
    static const cn__draw_text_id words[2][3] = {
        {CN__TEXT_EGO_SUPPLIERS, CN__TEXT_EGO_SUPPLIERS_2, CN__TEXT_EGO_SUPPLIERS_N},
        {CN__TEXT_EGO_CUSTOMERS, CN__TEXT_EGO_CUSTOMERS_2, CN__TEXT_EGO_CUSTOMERS_N}};
    for (int side = 0; side < 2; side++) {
        uint32_t depth = side ? e->depth_right : e->depth_left;
        cn__ego_field *fields = side ? e->right : e->left;
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
    if (e->bottom.zone != CN_NONE && !e->beside) {
        e->scene->groups[e->bottom.zone].label_below = true;
    }
}

typedef struct standing {
    double at;
    size_t index;
} standing;

static int upper_first(const void *a, const void *b) {
    const standing *x = a;
    const standing *y = b;
    if (x->at < y->at || x->at > y->at) {
        return x->at < y->at ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Boxes of further tiers stand beside those they deal with. */
static void order_column(cn__ego *e, cn__ego_field *f) {
    standing places[CN__EGO_COLUMN + 1];
    uint32_t sorted[CN__EGO_COLUMN + 1];
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
        places[i] = (standing){weight > 0 ? sum / weight : 0, i};
    }
    qsort(places, f->count, sizeof *places, upper_first);
    for (size_t i = 0; i < f->count; i++) {
        sorted[i] = f->nodes[places[i].index];
    }
    memcpy(f->nodes, sorted, f->count * sizeof *sorted);
}

static double head_of(const cn__ego *e, const cn__ego_field *f) {
    return cn__compose_head(e->scene, f->zone) + CN__ZONE_PAD;
}

/* The customers, and below them what else would stand in rows: fields under each other, all of one width. */
static void place_beside(cn__ego *e, double *top, double *bottom) {
    cn__ego_field *fields[] = {e->right, &e->top, &e->bottom};
    double widest = 0;
    double height = -BESIDE_GAP;
    for (int i = 0; i < 3; i++) {
        cn__ego_field *f = fields[i];
        double heading =
            f->count ? e->scene->groups[f->zone].label_width : 0; /* lines pass below it at boxes as wide */
        widest = fmax(widest, fmax(heading, cn__compose_widest(e->scene, f->nodes, f->count)));
        height += f->count ? head_of(e, f) + cn__compose_height(e->scene, f->nodes, f->count, CN__COMPOSE_GAP) +
                                 CN__ZONE_PAD + BESIDE_GAP
                           : 0;
    }
    double x = e->scene->nodes[e->spot[e->subject].node].width / 2 + CURVE + e->right->label + widest / 2;
    double y = -height / 2;
    *top = fmin(*top, y);
    *bottom = fmax(*bottom, height / 2);
    for (int i = 0; i < 3; i++) {
        cn__ego_field *f = fields[i];
        for (size_t n = 0; n < f->count; n++) {
            e->scene->nodes[f->nodes[n]].width = widest;
        }
        y += f->count ? head_of(e, f) : 0;
        y += cn__compose_stack(e->scene, f->nodes, f->count, x, y, CN__COMPOSE_GAP);
        y += f->count ? CN__ZONE_PAD + BESIDE_GAP : 0;
    }
}

static void place_side(cn__ego *e, bool left, double *top, double *bottom) {
    cn__ego_field *fields = left ? e->left : e->right;
    uint32_t depth = left ? e->depth_left : e->depth_right;
    depth = depth ? depth : fields->count > 0;
    double edge = e->scene->nodes[e->spot[e->subject].node].width / 2;
    for (uint32_t tier = 1; tier <= depth; tier++) {
        cn__ego_field *f = &fields[tier - 1];
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
static void set_leads(const cn__ego *e, cn__scene_link *link, double above, double below) {
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
        const cn__ego_field *f = NULL;
        bool left = scene->nodes[from > to ? link->from : link->to].x < 0;
        uint32_t depth = left ? e->tiers_left : e->tiers_right;
        for (uint32_t tier = 0; tier < depth && !f; tier++) {
            const cn__ego_field *here = left ? &e->left[tier] : &e->right[tier];
            f = here->count && fabs(fabs(scene->nodes[here->nodes[0]].x) - fmax(from, to)) < 0.5 ? here : NULL;
        }
        double way = f && f->label > 0 ? f->label + 6 : 0;
        link->lead = from > to ? way : 0;
        link->lead_end = from > to ? 0 : way;
    }
}

void cn__ego_place(cn__ego *e) {
    cn__scene *scene = e->scene;
    double half = scene->nodes[e->spot[e->subject].node].height / 2;
    double top = -half;
    double bottom = half;
    place_side(e, true, &top, &bottom);
    if (e->beside) {
        place_beside(e, &top, &bottom);
    } else {
        place_side(e, false, &top, &bottom);
    }
    for (int row = 0; row < 2 && !e->beside; row++) {
        cn__ego_field *f = row ? &e->bottom : &e->top;
        double width = cn__compose_width(scene, f->nodes, f->count, ROW_GAP);
        double high = 0;
        for (size_t i = 0; i < f->count; i++) {
            high = fmax(high, scene->nodes[f->nodes[i]].height);
        }
        double gap = e->tight ? TIGHT_GAP : FIELD_GAP;
        double y = row ? bottom + gap + CN__ZONE_PAD + high / 2 : top - gap - CN__ZONE_PAD - high / 2;
        cn__compose_row(scene, f->nodes, f->count, -width / 2, y, ROW_GAP);
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        set_leads(e, &scene->links[i], -half - top, bottom - half);
    }
}
