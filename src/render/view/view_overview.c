/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overview: clusters (and parks with residents of their own) as groups round their members, everything else
 * beside them, with all links but the technology links between products.
 *
 * An entity lives in one group at most, the first that lists it; its other memberships are lines. A group is no node:
 * links to it end at its frame. Links between the same two ends of the same style become one line, whose width grows
 * with the money. Lines that would pull the picture out of shape are taken out of the ranking (loose): those that
 * close a cycle, the lightest first, and event lines of those who stand somewhere for a better reason.
 * Cost: O(L log L) for merging; O(S (V + S)) for the cycles of S supply lines, only while S is small.
 */
#include "view_atlas.h"
#include "view_lines.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

#define MAX_LINES_FOR_CYCLES 3000
#define DENSE_LINKS 50

typedef struct overview {
    const cn_network *net;
    const cn_draw_options *options;
    const cn__extract *extract; /* NULL: everything */
    cn__scene *scene;
    uint32_t *home;  /* by entity: the entity of its group, or CN_NONE */
    uint32_t *place; /* by entity: node index, or group index where is_group */
    uint8_t *is_group;
    uint8_t *anchored; /* stands somewhere for another reason than events */
    uint8_t *members;
    cn__lines lines;
    uint8_t *picked; /* NULL: all */
    cn__left_out left_out;
} overview;

/* Between two who are shown, of whom one at least is of the matter itself. */
static bool is_extracted(const overview *o, cn_link link) {
    const cn__extract *extract = o->extract;
    if (!extract) {
        return true;
    }
    cn__part from = (cn__part)extract->part[cn_link_from(o->net, link)];
    cn__part to = (cn__part)extract->part[cn_link_to(o->net, link)];
    return from != CN__PART_NONE && to != CN__PART_NONE && (from == CN__PART_CORE || to == CN__PART_CORE);
}

static bool wanted(const overview *o, cn_link link) {
    cn_link_kind kind = cn_link_kind_of(o->net, link);
    uint32_t kinds = o->options->link_kinds ? o->options->link_kinds : UINT32_MAX;
    return kind != CN_LINK_MADE_FROM && (kinds & CN_KIND_BIT(kind)) && is_extracted(o, link);
}

/* Drawn at all: neither broken nor of another time. Planned links are, whenever they begin. */
static bool drawn(const overview *o, cn_link link) { return wanted(o, link) && cn__view_link_drawn(o->net, link); }

static void count_left_out(overview *o) {
    for (cn_link link = 0; link < cn_link_count(o->net); link++) {
        if (wanted(o, link) && !drawn(o, link)) {
            bool over = cn_link_status_of(o->net, link) == CN_STATUS_BROKEN ||
                        cn__view_link_time(o->net, link) == CN__LINK_OVER;
            o->left_out.broken += over;
            o->left_out.later += !over;
        }
    }
}

static bool is_containment(const overview *o, cn_link link, cn_link_kind kind) {
    return cn_link_kind_of(o->net, link) == kind && drawn(o, link) &&
           cn_link_status_of(o->net, link) != CN_STATUS_PLANNED;
}

typedef struct pair {
    cn_entity a, b;
} pair;

static int compare_pairs(const void *x, const void *y) {
    const pair *p = x;
    const pair *q = y;
    if (p->a != q->a) {
        return p->a < q->a ? -1 : 1;
    }
    return p->b < q->b ? -1 : p->b > q->b;
}

/* The pairs of a group (cluster, park) and an entity that a drawn link of another kind than containment joins, sorted. */
static pair *other_ties(const overview *o, size_t *count) {
    pair *pairs = cn__alloc(cn_link_count(o->net), 2 * sizeof *pairs);
    *count = 0;
    for (cn_link link = 0; pairs && link < cn_link_count(o->net); link++) {
        cn_link_kind kind = cn_link_kind_of(o->net, link);
        cn_entity ends[2] = {cn_link_from(o->net, link), cn_link_to(o->net, link)};
        for (size_t i = 0; i < 2; i++) {
            cn_entity_kind of = cn_entity_kind_of(o->net, ends[i]);
            bool may_be_group = of == CN_ENTITY_CLUSTER || of == CN_ENTITY_PARK;
            if (may_be_group && kind != CN_LINK_MEMBER && kind != CN_LINK_RESIDENT && drawn(o, link)) {
                pairs[(*count)++] = (pair){ends[i], ends[1 - i]};
            }
        }
    }
    if (pairs) {
        qsort(pairs, *count, sizeof *pairs, compare_pairs);
    }
    return pairs;
}

/*
 * Who lives where: clusters first, then parks for those without a cluster. Whoever also manages or serves a group stays
 * outside and shows both lines. False: memory.
 */
static bool find_homes(overview *o) {
    static const cn_link_kind kinds[] = {CN_LINK_MEMBER, CN_LINK_RESIDENT};
    size_t count = 0;
    pair *ties = other_ties(o, &count);
    if (!ties) {
        return false;
    }
    for (size_t k = 0; k < 2; k++) {
        for (cn_link link = 0; link < cn_link_count(o->net); link++) {
            cn_entity entity = cn_link_from(o->net, link);
            cn_entity group = cn_link_to(o->net, link);
            bool free = o->home[entity] == CN_NONE && !o->is_group[entity] && o->home[group] == CN_NONE &&
                        (!o->extract || group == o->extract->frame);
            pair both = {group, entity};
            if (is_containment(o, link, kinds[k]) && free &&
                !bsearch(&both, ties, count, sizeof *ties, compare_pairs)) {
                o->home[entity] = group;
                o->is_group[group] = 1;
            }
        }
    }
    cn__free(ties);
    return true;
}

static void add_things(overview *o) {
    bool any_cluster = cn_entity_count_of(o->net, CN_ENTITY_CLUSTER) > 0;
    for (cn_entity entity = 0; o->picked && entity < cn_entity_count(o->net); entity++) {
        if (o->picked[entity] && o->home[entity] != CN_NONE) { /* with whom its frame comes */
            o->picked[o->home[entity]] = 1;
        }
    }
    for (cn_entity entity = 0; entity < cn_entity_count(o->net); entity++) {
        if (o->is_group[entity] && (!o->picked || o->picked[entity])) {
            o->place[entity] = cn__view_add_group(o->scene, o->net, entity);
            if (o->extract && o->place[entity] != CN_NONE) { /* the title has the full name */
                cn_buf small = {0};
                cn_buf_add_text(&small, cn__scene_text(o->scene, o->scene->groups[o->place[entity]].small_label));
                cn__scene_set_group_label(o->scene, o->place[entity], cn_entity_short(o->net, entity),
                                          small.data ? small.data : "");
                o->scene->failed |= small.failed;
                cn_buf_release(&small);
            }
        }
    }
    for (cn_entity entity = 0; entity < cn_entity_count(o->net); entity++) {
        bool left_out = (o->extract && o->extract->part[entity] == CN__PART_NONE) || (o->picked && !o->picked[entity]);
        if (o->is_group[entity] || left_out || cn_entity_kind_of(o->net, entity) == CN_ENTITY_PRODUCT) {
            continue;
        }
        cn__node_style style = cn__node_style_of(o->net, entity, o->members[entity], any_cluster);
        cn_buf small = {0};
        cn__view_small_line(o->net, entity, o->scene->lang, &small);
        o->place[entity] =
            cn__view_add_node(o->scene, o->net, entity, style, style == CN__NODE_ANCHOR, small.data ? small.data : "");
        if (o->place[entity] != CN_NONE && o->home[entity] != CN_NONE) {
            o->scene->nodes[o->place[entity]].group = o->place[o->home[entity]];
        }
        o->scene->failed |= small.failed;
        cn_buf_release(&small);
    }
}

static bool is_event_link(cn_link_kind kind) {
    return kind == CN_LINK_ORGANISES || kind == CN_LINK_TAKES_PART || kind == CN_LINK_HOSTS;
}

/* ---- merging ---- */

/* Drawn as a line: not shown by a frame, and both ends are there. */
static bool is_line(const void *context, cn_link link) {
    const overview *o = context;
    cn_link_kind kind = cn_link_kind_of(o->net, link);
    bool shown_by_frame = o->home[cn_link_from(o->net, link)] == cn_link_to(o->net, link) &&
                          (kind == CN_LINK_MEMBER || kind == CN_LINK_RESIDENT);
    bool has_ends = o->place[cn_link_from(o->net, link)] != CN_NONE && o->place[cn_link_to(o->net, link)] != CN_NONE;
    return drawn(o, link) && !shown_by_frame && has_ends;
}

static bool gather_lines(overview *o) {
    bool ok = cn__lines_gather(&o->lines, o->net, is_line, o);
    for (size_t i = 0; ok && i < o->lines.count; i++) {
        cn_link link = o->lines.links[i];
        if (!is_event_link(cn_link_kind_of(o->net, link))) {
            o->anchored[cn_link_from(o->net, link)] = o->anchored[cn_link_to(o->net, link)] = 1;
        }
    }
    return ok;
}

/* Events stand right of their organisers and left of everyone who comes only for them. */
static void hint_event(const overview *o, const cn__line *line, cn__scene_link *link) {
    if (line->style == CN__LINK_ORGANISES) {
        return;
    }
    link->turned = true;
    link->loose = o->anchored[line->from] || o->home[line->from] != CN_NONE || o->is_group[line->from];
}

static void add_lines(overview *o) {
    o->scene->value_span = o->lines.count > DENSE_LINKS ? 2.8 : 0;
    o->scene->value_max = cn__lines_largest(&o->lines);
    for (size_t at = 0; at < o->lines.count;) {
        cn__line line = cn__lines_at(&o->lines, at);
        at += line.count;
        uint32_t index = (uint32_t)o->scene->link_count;
        cn__scene_link *link = cn__view_add_line(o->scene, o->net, &line);
        if (!link) {
            return;
        }
        link->from = o->place[line.from];
        link->to = o->place[line.to];
        link->from_group = o->is_group[line.from];
        link->to_group = o->is_group[line.to];
        if (link->from_group) {
            o->scene->groups[link->from].linked = true;
        }
        if (link->to_group) {
            o->scene->groups[link->to].linked = true;
        }
        if (cn__line_has_width(&line)) {
            link->width = cn__scene_value_width(o->scene, line.value);
            link->weight = 2;
            if (o->extract) {
                cn__view_label_line(o->scene, o->net, index, &line, "");
            }
        }
        if (is_event_link(link->kind)) {
            hint_event(o, &line, link);
        }
    }
}

/* ---- cycles ---- */

typedef struct ranked {
    bool trade; /* trade decides on the order before anything else */
    double width;
    size_t link;
} ranked;

static int strongest_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->trade != y->trade) {
        return x->trade ? -1 : 1;
    }
    if (x->width != y->width) {
        return x->width > y->width ? -1 : 1;
    }
    return x->link < y->link ? -1 : 1;
}

/* Does a path of the lines taken so far lead from `from` to `to`? */
static bool reaches(const cn__scene *scene, const ranked *lines, size_t count, uint32_t from, uint32_t to,
                    uint8_t *seen) {
    memset(seen, 0, scene->node_count);
    seen[from] = 1;
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < count; i++) {
            const cn__scene_link *link = &scene->links[lines[i].link];
            uint32_t tail = link->turned ? link->to : link->from;
            uint32_t head = link->turned ? link->from : link->to;
            if (!link->loose && seen[tail] && !seen[head]) {
                seen[head] = 1;
                grown = true;
            }
        }
    }
    return seen[to];
}

/* Take the lines into the ranking, trade from the heaviest on, then the others; one that closes a cycle is loose. False: memory. */
static bool loosen_cycles(cn__scene *scene) {
    size_t count = 0;
    ranked *lines = cn__alloc(scene->link_count, sizeof *lines);
    uint8_t *seen = cn__alloc(scene->node_count, 1);
    bool ok = lines && seen;
    for (size_t i = 0; ok && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        bool trade = link->kind == CN_LINK_SUPPLY || link->kind == CN_LINK_SERVICE;
        if (!link->from_group && !link->to_group) {
            lines[count++] = (ranked){trade, link->planned ? 0 : link->width, i};
        }
    }
    if (ok && count <= MAX_LINES_FOR_CYCLES) {
        qsort(lines, count, sizeof *lines, strongest_first);
        for (size_t i = 0; i < count; i++) {
            cn__scene_link *link = &scene->links[lines[i].link];
            uint32_t tail = link->turned ? link->to : link->from;
            uint32_t head = link->turned ? link->from : link->to;
            link->loose |= reaches(scene, lines, i, head, tail, seen);
        }
    }
    cn__free(lines);
    cn__free(seen);
    return ok;
}

static void release(overview *o) {
    cn__free(o->home);
    cn__free(o->place);
    cn__free(o->is_group);
    cn__free(o->anchored);
    cn__free(o->members);
    cn__free(o->picked);
    cn__lines_release(&o->lines);
}

/* Only the foremost, where that is asked for. */
static cn_status pick(overview *o, cn_error *err) {
    if (!o->options->top) {
        return CN_OK;
    }
    cn_buf notes = {0};
    o->picked = cn__calloc(cn_entity_count(o->net), 1);
    if (!o->picked) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = cn__pick_foremost(o->net, o->options, o->picked, o->scene->lang, &notes, err);
    o->scene->picked = true; /* so many were asked for */
    o->scene->reduced_words = cn__scene_keep_buf(o->scene, &notes, false);
    return status;
}

cn_status cn__view_overview_of(const cn_network *net, const cn_draw_options *options, const cn__extract *extract,
                               cn__scene *scene, cn_error *err) {
    uint32_t count = cn_entity_count(net);
    overview o = {.net = net, .options = options, .extract = extract, .scene = scene};
    cn_status status = CN_OK;
    o.home = cn__alloc(count, sizeof *o.home);
    o.place = cn__alloc(count, sizeof *o.place);
    o.is_group = cn__calloc(count, 1);
    o.anchored = cn__calloc(count, 1);
    o.members = cn__view_cluster_members(net);
    if (!o.home || !o.place || !o.is_group || !o.anchored || !o.members) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    memset(o.home, 0xFF, count * sizeof *o.home);
    memset(o.place, 0xFF, count * sizeof *o.place);
    count_left_out(&o);
    status = pick(&o, err);
    if (status != CN_OK) {
        goto done;
    }
    if (!find_homes(&o)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    add_things(&o);
    if (scene->failed || !gather_lines(&o)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    add_lines(&o);
    if (scene->failed || !loosen_cycles(scene)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    /* A picture with many lines needs the space between its boxes for them. */
    bool dense = scene->link_count > DENSE_LINKS;
    scene->rank_gap = dense ? 24 : 30;
    scene->node_gap = dense ? 3.3 : 6;
    const char *part = cn__draw_text(CN__TEXT_SUB_OVERVIEW, scene->lang);
    if (extract) {
        o.left_out.outsiders = extract->outsiders;
        cn__view_finish(scene, net, options, extract->title, extract->words, 2, &o.left_out);
    } else {
        cn__view_finish(scene, net, options, NULL, &part, 1, &o.left_out);
    }
done:
    release(&o);
    return status;
}

cn_status cn__view_overview(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    return cn__view_wants_atlas(net, options) ? cn__view_atlas(net, options, scene, err)
                                              : cn__view_overview_of(net, options, NULL, scene, err);
}
