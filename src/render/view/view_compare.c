/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two networks, in one picture of both: organisations and links that are new, gone, stronger or weaker stand out by
 * colour and line, what stayed is pale and keeps its place, as both times are laid out as one. Shown are the links of the largest
 * change and those that stayed between the organisations shown. Boxes are those of the later network, or of the earlier one for what is gone.
 * Invariant: boxes in the order of the rows of cn_changes, lines in the order of its links. Cost: O(L log L).
 */
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"

enum { MAX_CHANGES = 60, MAX_LINES = 90 };

typedef struct compare_view {
    const cn_network *before;
    const cn_network *after;
    const cn_changes *changes;
    cn__scene *scene;
    uint32_t *node;  /* by row; CN_NONE: not shown */
    uint8_t *shown;  /* by link */
    uint8_t *joined; /* by row: cn_fate of its membership in a cluster */
    cn__left_out left_out;
} compare_view;

static cn_entity entity_of(const compare_view *c, uint32_t row, const cn_network **net) {
    const cn_entity_change *e = &c->changes->entities[row];
    *net = e->after != CN_NONE ? c->after : c->before;
    return e->after != CN_NONE ? e->after : e->before;
}

/* Trade, projects, agreements. Membership stands in the boxes; the rest is not about cooperation getting more or less. */
static bool is_drawn(const cn_link_change *link) {
    return link->kind == CN_LINK_SUPPLY || link->kind == CN_LINK_SERVICE || link->kind == CN_LINK_PARTICIPANT ||
           link->kind == CN_LINK_AGREEMENT;
}

static double value_of(const cn_link_change *link) {
    return fmax(isnan(link->before) ? 0 : link->before, isnan(link->after) ? 0 : link->after);
}

static double change_of(const cn_link_change *link) {
    return fabs((isnan(link->after) ? 0 : link->after) - (isnan(link->before) ? 0 : link->before));
}

typedef struct ranked {
    bool trade;
    double size;
    uint32_t index;
} ranked;

static int largest_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->trade != y->trade) {
        return x->trade ? -1 : 1;
    }
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Up to `most` of the links that changed, or stayed between boxes shown. */
static bool choose(compare_view *c, bool changed, uint32_t most, uint64_t *rest) {
    ranked *list = cn__alloc(c->changes->link_count, sizeof *list);
    uint32_t count = 0;
    for (uint32_t i = 0; list && i < c->changes->link_count; i++) {
        const cn_link_change *link = &c->changes->links[i];
        bool ends = c->node[link->from] != CN_NONE && c->node[link->to] != CN_NONE;
        if (is_drawn(link) && (changed ? link->change != CN_FATE_SAME : link->change == CN_FATE_SAME && ends)) {
            bool trade = link->kind == CN_LINK_SUPPLY || link->kind == CN_LINK_SERVICE;
            list[count++] = (ranked){trade, changed ? change_of(link) : value_of(link), i};
        }
    }
    if (list && count > 1) {
        qsort(list, count, sizeof *list, largest_first);
    }
    for (uint32_t i = 0; list && i < count && i < most; i++) {
        c->shown[list[i].index] = 1;
        c->node[c->changes->links[list[i].index].from] = 0;
        c->node[c->changes->links[list[i].index].to] = 0;
    }
    *rest = count > most ? count - most : 0;
    cn__free(list);
    return list != NULL;
}

/* ---- boxes and lines ---- */

static void find_members(compare_view *c) {
    for (size_t i = 0; i < c->changes->link_count; i++) {
        const cn_link_change *link = &c->changes->links[i];
        if (link->kind == CN_LINK_MEMBER && (link->change == CN_FATE_NEW || link->change == CN_FATE_GONE)) {
            c->joined[link->from] = (uint8_t)link->change;
        }
    }
}

static void add_boxes(compare_view *c) {
    for (uint32_t row = 0; row < c->changes->entity_count && !c->scene->failed; row++) {
        const cn_entity_change *e = &c->changes->entities[row];
        const cn_network *net;
        cn_entity entity = entity_of(c, row, &net);
        cn_entity_kind kind = cn_entity_kind_of(net, entity);
        bool is_new = e->before == CN_NONE;
        bool gone = e->after == CN_NONE;
        bool alone = (is_new || gone || c->joined[row]) &&
                     (CN_KIND_BIT(kind) & (CN_K_ACTOR | CN_K_CLUSTER | CN_K_PROJECT)) &&
                     c->scene->node_count < MAX_CHANGES;
        if (c->node[row] == CN_NONE && !alone) {
            continue;
        }
        cn__node_style style = is_new ? CN__NODE_NEW : gone ? CN__NODE_GONE : CN__NODE_STAYED;
        const char *words = cn__draw_text(
            c->joined[row] == CN_FATE_NEW ? CN__TEXT_JOINED_CLUSTER : CN__TEXT_LEFT_CLUSTER, c->scene->lang);
        c->node[row] = cn__view_add_node(c->scene, net, entity, style, is_new, c->joined[row] ? words : "");
    }
}

static cn__link_style style_of(const cn_link_change *link) {
    static const cn__link_style styles[] = {CN__LINK_STAYED, CN__LINK_NEW, CN__LINK_GONE, CN__LINK_STRONGER,
                                            CN__LINK_WEAKER};
    return styles[link->change];
}

static void add_amount(const compare_view *c, double value, cn_buf *out) {
    if (!isnan(value) && value < 9e16) {
        cn_format_money(out, c->scene->lang, llround(value * 100), cn_network_currency(c->after));
    }
}

/* "12 m → 20 m", or the one there is. */
static void label(compare_view *c, uint32_t index, const cn_link_change *link) {
    cn_buf text = {0};
    const char *kind = cn_vocabulary_name(CN_VOC_LINK_KIND, (int)link->kind, c->scene->lang);
    bool trade = link->kind == CN_LINK_SUPPLY || link->kind == CN_LINK_SERVICE;
    cn_buf old = {0};
    if (link->change == CN_FATE_GREW || link->change == CN_FATE_SHRANK) {
        add_amount(c, link->before, &old);
        cn_buf_add_text(&old, " →");
    }
    add_amount(c, link->count_after ? link->after : link->before, &text);
    const char *now = text.data && link->change ? text.data : "";
    const char *texts[CN__LABEL_LINES] = {old.len ? old.data : now, old.len ? now : "", ""};
    if (!trade && link->change) {
        texts[0] = kind;
    }
    cn__scene_set_label(c->scene, index, texts);
    c->scene->failed |= text.failed || old.failed;
    cn_buf_release(&text);
    cn_buf_release(&old);
}

static void add_line(compare_view *c, const cn_link_change *change) {
    const cn_network *net;
    cn__scene *scene = c->scene;
    uint32_t index = (uint32_t)scene->link_count;
    cn_buf id = {0}, title = {0}, desc = {0};
    cn_entity from = entity_of(c, change->from, &net);
    cn_buf_add_text(&id, cn_entity_id(net, from));
    cn_buf_add_text(&title, cn_entity_name(net, from));
    cn_entity to = entity_of(c, change->to, &net);
    cn_buf_add_text(&id, "-");
    cn_buf_add_text(&id, cn_entity_id(net, to));
    cn_buf_add_text(&id, "-");
    cn_buf_add_text(&id, cn_vocabulary_key(CN_VOC_LINK_KIND, (int)change->kind));
    cn_buf_add_text(&title, cn_link_kind_directed(change->kind) ? " → " : " — ");
    cn_buf_add_text(&title, cn_entity_name(net, to));
    cn_buf_add_text(&desc, cn_vocabulary_name(CN_VOC_LINK_KIND, (int)change->kind, scene->lang));
    cn__scene_link *link = cn__scene_add_link(scene);
    if (link) {
        link->style = style_of(change);
        link->kind = change->kind;
        link->from = c->node[change->from];
        link->to = c->node[change->to];
        link->plain = !cn_link_kind_directed(change->kind);
        double value = value_of(change);
        link->width = value > 0 ? cn__scene_value_width(scene, value) : cn__link_look_of(link->style)->width;
        link->id = cn__scene_keep_buf(scene, &id, false);
        link->title = cn__scene_keep_buf(scene, &title, false);
        link->desc = cn__scene_keep_buf(scene, &desc, false);
        label(c, index, change);
    }
    cn_buf_release(&id);
    cn_buf_release(&title);
    cn_buf_release(&desc);
}

static void add_lines(compare_view *c) {
    for (size_t i = 0; i < c->changes->link_count; i++) {
        if (c->shown[i]) {
            c->scene->value_max = fmax(c->scene->value_max, value_of(&c->changes->links[i]));
        }
    }
    for (size_t i = 0; i < c->changes->link_count && !c->scene->failed; i++) {
        if (c->shown[i]) {
            add_line(c, &c->changes->links[i]);
        }
    }
}

static void finish(compare_view *c, const cn_draw_options *options) {
    cn_lang lang = c->scene->lang;
    cn_buf old = {0}, new = {0}, dates = {0};
    cn_format_date(&old, lang, cn_network_as_of_date(c->before));
    cn_format_date(&new, lang, cn_network_as_of_date(c->after));
    if (old.len && new.len) {
        cn__draw_text_2(&dates, CN__TEXT_SUB_COMPARE, lang, old.data, new.data);
    }
    const char *parts[] = {dates.data ? dates.data : ""};
    c->scene->value_style = CN__LINK_STAYED;
    c->scene->rank_gap = c->scene->link_count > 40 ? 26 : 34;
    c->scene->node_gap = c->scene->link_count > 40 ? 6 : 10;
    cn__view_finish(c->scene, c->after, options, cn__draw_text(CN__TEXT_TITLE_COMPARE, lang), parts, 1, &c->left_out);
    c->scene->failed |= dates.failed;
    cn_buf_release(&old);
    cn_buf_release(&new);
    cn_buf_release(&dates);
}

cn_status cn__view_compare(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    compare_view c = {options->before, net, options->changes, scene, NULL, NULL, NULL, {0}};
    if (!c.before || !c.changes) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_RESULT);
    }
    c.node = cn__alloc(c.changes->entity_count, sizeof *c.node);
    c.shown = cn__calloc(c.changes->link_count, sizeof *c.shown);
    c.joined = cn__calloc(c.changes->entity_count, sizeof *c.joined);
    bool ok = c.node && c.shown && c.joined;
    if (ok) {
        find_members(&c);
        memset(c.node, 0xFF, c.changes->entity_count * sizeof *c.node);
        ok = choose(&c, true, MAX_CHANGES, &c.left_out.changes) &&
             choose(&c, false, MAX_LINES - MAX_CHANGES, &c.left_out.stayed);
    }
    if (ok) {
        add_boxes(&c);
        add_lines(&c);
        finish(&c, options);
    }
    cn__free(c.node);
    cn__free(c.shown);
    cn__free(c.joined);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
