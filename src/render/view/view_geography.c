/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cooperation on the map: every region a circle with the number of its organisations, larger where there are more; what regions supply each other as
 * arcs as wide as their value. Where no supplies cross regions, the number of other links takes their place. Captions are boxes
 * of their own beside the circles, at the first side where they cover nothing. Invariant: circles in the order of the places (largest
 * first), captions after them, arcs by (from, to). Cost: O(n log n + L log L), captions O(places²).
 */
#include "view_geography.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "number.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

enum { MOST_FLOWS = 30, LABELLED_FLOWS = 14, SLIDE_FLOWS = 14, SLIDE_LABELLED = 8 };

typedef struct flow {
    uint32_t from, to; /* places */
    double value;
    uint32_t links;
} flow;

typedef struct geography {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn__places places;
    flow *flows;
    size_t flow_count;
    bool trade;
    size_t keys; /* circles that have a letter */
    cn__left_out left_out;
} geography;

/* ---- flows ---- */

static int by_ends(const void *a, const void *b) {
    const flow *x = a;
    const flow *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to < y->to ? -1 : x->to > y->to;
}

static int largest_first(const void *a, const void *b) {
    const flow *x = a;
    const flow *y = b;
    if (x->value < y->value || x->value > y->value) {
        return x->value > y->value ? -1 : 1;
    }
    if (x->links != y->links) {
        return x->links > y->links ? -1 : 1;
    }
    return by_ends(a, b);
}

static uint32_t place_of(const geography *g, cn_entity entity) {
    uint32_t place = g->places.of[entity];
    return place < g->places.shown ? place : CN_NONE;
}

/* The links of some kinds between the places, and inside of them. */
static void gather(geography *g, uint32_t kinds) {
    g->flow_count = 0;
    for (cn_link link = 0; link < cn_link_count(g->net); link++) {
        uint32_t from = place_of(g, cn_link_from(g->net, link));
        uint32_t to = place_of(g, cn_link_to(g->net, link));
        cn_link_status status = cn_link_status_of(g->net, link);
        if (from == CN_NONE || to == CN_NONE || !(kinds & CN_KIND_BIT(cn_link_kind_of(g->net, link))) ||
            status > CN_STATUS_ACTUAL || !cn__view_link_drawn(g->net, link)) {
            continue;
        }
        bool any;
        double value = g->trade ? cn__view_sum(g->net, &link, 1, &any) : 0;
        if (from == to) {
            g->places.list[from].inside += value;
        } else if (g->trade || from < to) {
            g->flows[g->flow_count++] = (flow){from, to, value, 1};
        } else {
            g->flows[g->flow_count++] = (flow){to, from, value, 1};
        }
    }
}

/* Flows of the same ends become one; the largest stay. False: memory. */
static bool find_flows(geography *g) {
    uint32_t kinds = g->options->link_kinds ? g->options->link_kinds : UINT32_MAX;
    g->flows = cn__alloc(cn_link_count(g->net), sizeof *g->flows);
    if (!g->flows) {
        return false;
    }
    g->trade = true;
    gather(g, kinds & TRADE);
    if (!g->flow_count && (kinds & ~TRADE)) {
        g->trade = false;
        gather(g, kinds & ~TRADE);
    }
    if (g->flow_count) {
        qsort(g->flows, g->flow_count, sizeof *g->flows, by_ends);
    }
    size_t count = 0;
    for (size_t i = 0; i < g->flow_count; i++) {
        flow *last = count ? &g->flows[count - 1] : NULL;
        if (last && by_ends(last, &g->flows[i]) == 0) {
            last->value += g->flows[i].value;
            last->links++;
        } else {
            g->flows[count++] = g->flows[i];
        }
    }
    if (count) {
        qsort(g->flows, count, sizeof *g->flows, largest_first);
    }
    size_t most = g->options->paper == CN_PAPER_SLIDE ? SLIDE_FLOWS : MOST_FLOWS;
    g->left_out.flows = count > most ? count - most : 0;
    g->flow_count = count < most ? count : most;
    return true;
}

/* ---- words ---- */

static void add_money(const geography *g, double value, cn_buf *out) {
    if (value > 0 && value < 9e16) {
        cn_format_money(out, g->scene->lang, llround(value * 100), cn_network_currency(g->net));
    }
}

/* "Псковская обл.": the usual short forms, so that captions stay small. */
static void add_short(const char *name, cn_buf *out) {
    static const char *const forms[][2] = {{" область", " обл."},     {"Республика ", "Респ. "},
                                           {" Республика", " Респ."}, {" автономный округ", " АО"},
                                           {" Oblast", " Obl."},      {"Republic of ", "Rep. of "}};
    while (*name) {
        size_t taken = 0;
        for (size_t i = 0; !taken && i < sizeof forms / sizeof *forms; i++) {
            if (strncmp(name, forms[i][0], strlen(forms[i][0])) == 0) {
                cn_buf_add_text(out, forms[i][1]);
                taken = strlen(forms[i][0]);
            }
        }
        if (!taken) {
            cn_buf_add(out, name, 1);
            taken = 1;
        }
        name += taken;
    }
}

static void add_name(const geography *g, const cn__place *place, bool in_short, cn_buf *out) {
    if (place->name[0]) {
        if (in_short) {
            add_short(place->name, out);
        } else {
            cn_buf_add_text(out, place->name);
        }
        return;
    }
    if (place->size == 1) {
        cn_buf_add_text(out, cn_entity_short(g->net, place->first));
        return;
    }
    cn_buf more = {0};
    cn__format_u64(&more, place->size - UINT64_C(1));
    cn__draw_text_2(out, CN__TEXT_GEO_MORE, g->scene->lang, cn_entity_short(g->net, place->first),
                    more.data ? more.data : "");
    out->failed |= more.failed;
    cn_buf_release(&more);
}

/* Who is there. */
static void describe(const geography *g, uint32_t index, cn_buf *out) {
    enum { MOST_NAMES = 40 };
    uint32_t named = 0;
    cn__draw_text_count(out, CN__TEXT_GEO_SIZE, g->scene->lang, g->places.list[index].size);
    cn_buf_add_text(out, "\n");
    for (cn_entity entity = 0; entity < cn_entity_count(g->net) && named <= MOST_NAMES; entity++) {
        if (g->places.of[entity] == index) {
            cn_buf_add_text(out, named == MOST_NAMES ? ", …" : named ? ", " : "");
            cn_buf_add_text(out, named == MOST_NAMES ? "" : cn_entity_short(g->net, entity));
            named++;
        }
    }
}

/* ---- circles and captions ---- */

static uint32_t add_node(cn__scene *scene, cn__node_style style, const char *kind, uint32_t index, uint32_t title,
                         uint32_t desc) {
    char id[32];
    uint32_t node = (uint32_t)scene->node_count;
    (void)snprintf(id, sizeof id, "%s-%u", kind, (unsigned)index + 1);
    if (!cn__scene_add_node(scene)) {
        return CN_NONE;
    }
    uint32_t kept = cn__scene_keep_raw(scene, id);
    cn__scene_node *n = &scene->nodes[node];
    n->entity = CN_NONE;
    n->style = style;
    n->id = kept;
    n->title = title;
    n->desc = desc;
    return node;
}

static void add_circle(geography *g, uint32_t index) {
    cn__place *place = &g->places.list[index];
    cn_buf name = {0}, desc = {0}, size = {0};
    add_name(g, place, false, &name);
    describe(g, index, &desc);
    cn__format_u64(&size, place->size);
    uint32_t title = cn__scene_keep_buf(g->scene, &name, false);
    uint32_t words = cn__scene_keep_buf(g->scene, &desc, true);
    place->node = add_node(g->scene, place->on_map ? CN__NODE_PLACE : CN__NODE_ABROAD, "place", index, title, words);
    if (place->node != CN_NONE) {
        cn__scene_fit_node(g->scene, place->node, size.data ? size.data : "", "");
        cn__scene_node *node = &g->scene->nodes[place->node];
        node->x = place->x;
        node->y = place->y;
        node->width = node->height = 2 * place->radius;
    }
    g->scene->failed |= size.failed;
    cn_buf_release(&size);
}

/* Where there is no room at all: a letter in the circle, and in the legend the name with what the letter took the place of. */
static void add_key(geography *g, const cn__place *place, const char *name) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if (g->keys + 1 >= sizeof letters) {
        g->left_out.captions++; /* the circle says it in words */
        return;
    }
    char letter[2] = {letters[g->keys++], '\0'};
    cn_buf size = {0};
    cn_buf words = {0};
    cn__format_u64(&size, place->size);
    cn__draw_text_2(&words, CN__TEXT_GEO_KEY, g->scene->lang, name, size.data ? size.data : "");
    uint32_t kept = cn__scene_keep_buf(g->scene, &words, false);
    uint32_t text = cn__scene_keep(g->scene, letter, false);
    cn__scene_node *circle = &g->scene->nodes[place->node];
    circle->lines[0] = text;
    circle->line_count = circle->name_lines = 1;
    circle->key = kept;
    g->scene->failed |= size.failed;
    cn_buf_release(&size);
}

static void add_caption(geography *g, uint32_t index) {
    const cn__place *place = &g->places.list[index];
    cn_buf name = {0}, money = {0}, small = {0};
    add_name(g, place, true, &name);
    if (g->trade) {
        add_money(g, place->inside, &money);
    }
    if (money.len) {
        cn__draw_text_1(&small, CN__TEXT_GROUP_INSIDE, g->scene->lang, money.data);
    }
    uint32_t node = add_node(g->scene, CN__NODE_CAPTION, "caption", index, g->scene->nodes[place->node].title, 0);
    for (int round = 0; round < 2 && node != CN_NONE; round++) { /* where there is no room, without the money */
        g->scene->nodes[node].line_count = 0;
        cn__scene_fit_node(g->scene, node, name.data ? name.data : "", !round && small.data ? small.data : "");
        if (cn__caption_put(g->scene, place, node) || (round && (cn__caption_put_far(g->scene, place, node, true) ||
                                                                 cn__caption_put_far(g->scene, place, node, false)))) {
            break;
        }
        if (round) {
            g->scene->node_count--;
            add_key(g, place, name.data ? name.data : "");
        }
    }
    g->scene->failed |= name.failed || money.failed || small.failed;
    cn_buf_release(&name);
    cn_buf_release(&money);
    cn_buf_release(&small);
}

/* ---- arcs ---- */

static void add_arc(geography *g, const flow *f, bool labelled) {
    cn__scene *scene = g->scene;
    const cn__place *from = &g->places.list[f->from];
    const cn__place *to = &g->places.list[f->to];
    uint32_t index = (uint32_t)scene->link_count;
    char id[40];
    cn_buf title = {0}, amount = {0}, desc = {0};
    (void)snprintf(id, sizeof id, "%u-%u-flow", (unsigned)f->from + 1, (unsigned)f->to + 1);
    add_name(g, from, false, &title);
    cn_buf_add_text(&title, g->trade ? " → " : " — ");
    add_name(g, to, false, &title);
    cn__draw_text_count(&desc, CN__TEXT_GROUP_ARCS, scene->lang, f->links);
    if (g->trade) {
        add_money(g, f->value, &amount);
        cn_buf_add_text(&desc, amount.len ? ", " : "");
        cn_buf_add_text(&desc, amount.data ? amount.data : "");
    } else {
        cn_buf_add_text(&amount, desc.data ? desc.data : "");
    }
    if (cn__scene_add_link(scene)) {
        uint32_t kept = cn__scene_keep_raw(scene, id);
        uint32_t words = cn__scene_keep_buf(scene, &title, false);
        uint32_t about = cn__scene_keep_buf(scene, &desc, false);
        cn__scene_link *link = &scene->links[index];
        link->style = g->trade ? CN__LINK_REGION_FLOW : CN__LINK_REGION_TIE;
        link->plain = !g->trade;
        link->from = from->node;
        link->to = to->node;
        link->from_side = link->to_side = CN__SIDE_ARC;
        link->width = g->trade ? cn__scene_value_width(scene, f->value) : cn__link_look_of(CN__LINK_REGION_TIE)->width;
        link->id = kept;
        link->title = words;
        link->desc = about;
        const char *texts[CN__LABEL_LINES] = {labelled && amount.data ? amount.data : "", "", ""};
        cn__scene_set_label(scene, index, texts);
    }
    scene->failed |= title.failed || amount.failed || desc.failed;
    cn_buf_release(&title);
    cn_buf_release(&amount);
    cn_buf_release(&desc);
}

/* ---- the whole ---- */

static void finish(geography *g) {
    cn_lang lang = g->scene->lang;
    const char *parts[] = {cn__draw_text(g->trade ? CN__TEXT_SUB_GEOGRAPHY : CN__TEXT_SUB_GEOGRAPHY_TIES, lang)};
    g->scene->value_style = CN__LINK_REGION_FLOW;
    g->left_out.placeless = g->places.placeless;
    g->left_out.regions = g->places.count - g->places.shown;
    cn__view_finish(g->scene, g->net, g->options, cn__draw_text(CN__TEXT_TITLE_GEOGRAPHY, lang), parts, 1,
                    &g->left_out);
}

static bool fill(geography *g) {
    double most = g->places.list[0].size;
    for (uint32_t i = 0; i < g->places.shown; i++) {
        g->places.list[i].radius = 7 + 11 * sqrt(g->places.list[i].size / most);
    }
    if (!cn__places_put(&g->places, g->options, g->scene) || !find_flows(g)) {
        return false;
    }
    g->scene->value_max = g->trade && g->flow_count ? g->flows[0].value : 0;
    g->scene->value_span = 3.2;
    size_t labelled = g->options->paper == CN_PAPER_SLIDE ? SLIDE_LABELLED : LABELLED_FLOWS;
    for (uint32_t i = 0; i < g->places.shown && !g->scene->failed; i++) {
        add_circle(g, i);
    }
    for (size_t i = 0; i < g->flow_count && !g->scene->failed; i++) {
        add_arc(g, &g->flows[i], i < labelled);
    }
    for (uint32_t i = 0; i < g->places.shown && !g->scene->failed; i++) {
        add_caption(g, i);
    }
    cn__caption_clear_towns(g->scene);
    finish(g);
    return true;
}

cn_status cn__view_geography(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    geography g = {.net = net, .options = options, .scene = scene};
    cn_status status = cn__places_find(net, &g.places, err);
    bool any = false;
    uint32_t room = cn__places_room(options);
    g.places.shown = g.places.count < room ? g.places.count : room;
    for (uint32_t i = 0; i < g.places.shown; i++) {
        any |= g.places.list[i].on_map;
    }
    if (status == CN_OK && !any) {
        status = CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_PLACES);
    }
    scene->placed = true;
    scene->terse = scene->terse < 2 ? scene->terse : 2; /* circles have numbers already */
    if (status == CN_OK && !fill(&g)) {
        status = CN__NO_MEMORY(err);
    }
    cn__free(g.flows);
    cn__places_release(&g.places);
    return status;
}
