/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best chains between two organisations, numbered and highlighted, in their surroundings: the direct neighbours of
 * the organisations on the chains stand pale beside them, those with the most money first, up to a limit.
 * Cost: that of cn_paths_compute, and O(E log E) for the neighbours.
 */
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "number.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
#define DEFAULT_K 3
#define MAX_NEIGHBOURS 16

typedef struct routes {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_graph *graph;
    cn_paths paths;
    uint32_t *node; /* by vertex: its node, or CN_NONE */
    uint8_t *on;    /* by vertex: stands on a chain */
    uint8_t *members;
    cn__left_out left_out;
} routes;

static cn_status check_ends(const routes *r, cn_error *err) {
    const cn_entity ends[] = {r->options->subject, r->options->target};
    for (size_t i = 0; i < 2; i++) {
        if (ends[i] >= cn_entity_count(r->net)) {
            cn_buf number = {0};
            cn__format_u64(&number, ends[i]);
            CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_BAD_ENTITY, number.data ? number.data : "");
            cn_buf_release(&number);
            return CN_ERR_ARGUMENT;
        }
    }
    return ends[0] != ends[1] ? CN_OK : CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_SAME_ENDS);
}

static void add_box(routes *r, uint32_t vertex, bool pale) {
    cn_entity entity = r->graph->entity[vertex];
    bool any_cluster = cn_entity_count_of(r->net, CN_ENTITY_CLUSTER) > 0;
    bool end = entity == r->options->subject || entity == r->options->target;
    cn__node_style style = cn__node_style_of(r->net, entity, r->members[entity], any_cluster);
    cn_buf small = {0};
    if (!pale) {
        cn__view_small_line(r->net, entity, r->scene->lang, &small);
    }
    uint32_t index = cn__view_add_node(r->scene, r->net, entity, style, end, small.data ? small.data : "");
    if (index != CN_NONE) {
        r->scene->nodes[index].pale = pale;
    }
    r->node[vertex] = index;
    r->scene->failed |= small.failed;
    cn_buf_release(&small);
}

static void add_chain_boxes(routes *r) {
    for (size_t p = 0; p < r->paths.count; p++) {
        const cn_path *path = &r->paths.paths[p];
        for (uint32_t i = 0; i <= path->steps; i++) {
            if (!r->on[path->vertices[i]]) {
                r->on[path->vertices[i]] = 1;
                add_box(r, path->vertices[i], false);
            }
        }
    }
}

/* ---- neighbours ---- */

typedef struct neighbour {
    double weight;
    const char *id;
    uint32_t vertex;
} neighbour;

static int largest_first(const void *a, const void *b) {
    const neighbour *x = a;
    const neighbour *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return strcmp(x->id, y->id);
}

/* False: memory. */
static bool add_neighbours(routes *r) {
    const cn_graph *g = r->graph;
    double *weight = cn__calloc(g->n, sizeof *weight);
    uint8_t *near = cn__calloc(g->n, 1);
    neighbour *list = cn__alloc(g->n, sizeof *list);
    size_t count = 0;
    if (weight && near && list) {
        for (uint32_t u = 0; u < g->n; u++) {
            for (uint32_t arc = g->out_start[u]; arc < g->out_start[u + 1]; arc++) {
                uint32_t v = g->out_to[arc];
                if (r->on[u] != r->on[v]) {
                    uint32_t outside = r->on[u] ? v : u;
                    near[outside] = 1;
                    weight[outside] += g->weight[arc];
                }
            }
        }
        for (uint32_t v = 0; v < g->n; v++) {
            if (near[v]) {
                list[count++] = (neighbour){weight[v], cn_entity_id(r->net, g->entity[v]), v};
            }
        }
        qsort(list, count, sizeof *list, largest_first);
        size_t most = r->scene->terse ? 0 : MAX_NEIGHBOURS;
        for (size_t i = 0; i < count && i < most; i++) {
            add_box(r, list[i].vertex, true);
        }
        r->left_out.neighbours = count > most ? count - most : 0;
    }
    bool ok = weight && near && list;
    cn__free(weight);
    cn__free(near);
    cn__free(list);
    return ok;
}

/* ---- lines ---- */

/* "chains 1, 3" for the chains that use an arc; the number of the first, or 0. */
static uint32_t chains_of(const routes *r, uint32_t arc, cn_buf *out) {
    uint32_t first = 0;
    size_t count = 0;
    cn_buf numbers = {0};
    for (size_t p = 0; p < r->paths.count; p++) {
        const cn_path *path = &r->paths.paths[p];
        bool uses = false;
        for (uint32_t i = 0; i < path->steps; i++) {
            uses |= path->arcs[i] == arc;
        }
        if (uses) {
            first = first ? first : (uint32_t)p + 1;
            cn_buf_add_text(&numbers, count++ ? ", " : "");
            cn__format_u64(&numbers, p + 1);
        }
    }
    if (count > 0) {
        cn__draw_text_1(out, count > 1 ? CN__TEXT_CHAIN_NUMBERS : CN__TEXT_CHAIN_NUMBER, r->scene->lang,
                        numbers.data ? numbers.data : "");
    }
    out->failed |= numbers.failed;
    cn_buf_release(&numbers);
    return first;
}

static void add_line(routes *r, uint32_t from, uint32_t arc) {
    uint32_t to = r->graph->out_to[arc];
    cn_buf prefix = {0};
    uint32_t route = chains_of(r, arc, &prefix);
    cn__line line = {
        r->graph->entity[from], r->graph->entity[to], route ? CN__LINK_ROUTE : CN__LINK_PALE, false, NULL, 0, 0};
    bool any;
    line.links = cn_graph_arc_links(r->graph, arc, &line.count);
    line.value = cn__view_sum(r->net, line.links, line.count, &any);
    uint32_t index = (uint32_t)r->scene->link_count;
    cn__scene_link *link = cn__view_add_line(r->scene, r->net, &line);
    if (link) {
        link->from = r->node[from];
        link->to = r->node[to];
        link->route = route;
        link->loose = !route && r->on[from] && r->on[to];
        if (route) {
            link->width = cn__scene_value_width(r->scene, line.value);
            link->weight = 8;
            cn__view_label_line(r->scene, r->net, index, &line, prefix.data ? prefix.data : "");
        }
    }
    r->scene->failed |= prefix.failed;
    cn_buf_release(&prefix);
}

static void measure(routes *r) {
    for (size_t p = 0; p < r->paths.count; p++) {
        const cn_path *path = &r->paths.paths[p];
        for (uint32_t i = 0; i < path->steps; i++) {
            r->scene->value_max = fmax(r->scene->value_max, r->graph->weight[path->arcs[i]]);
        }
    }
}

static void add_lines(routes *r) {
    for (uint32_t from = 0; from < r->graph->n && !r->scene->failed; from++) {
        for (uint32_t arc = r->graph->out_start[from]; arc < r->graph->out_start[from + 1]; arc++) {
            uint32_t to = r->graph->out_to[arc];
            bool shown = r->node[from] != CN_NONE && r->node[to] != CN_NONE && (r->on[from] || r->on[to]);
            if (shown) {
                add_line(r, from, arc);
            }
        }
    }
}

static void finish(routes *r) {
    cn_buf title = {0};
    cn_buf part = {0};
    cn__draw_text_2(&title, CN__TEXT_TITLE_PATH, r->scene->lang, cn_entity_short(r->net, r->options->subject),
                    cn_entity_short(r->net, r->options->target));
    cn__draw_text_count(&part, r->options->rank == CN_PATH_VALUE ? CN__TEXT_SUB_PATH_VALUE : CN__TEXT_SUB_PATH_STEPS,
                        r->scene->lang, r->paths.count);
    const char *parts[] = {part.data ? part.data : ""};
    cn__view_finish(r->scene, r->net, r->options, title.data ? title.data : "", parts, 1, &r->left_out);
    r->scene->failed |= title.failed || part.failed;
    cn_buf_release(&title);
    cn_buf_release(&part);
}

static cn_status fill(routes *r, cn_error *err) {
    const cn_draw_options *options = r->options;
    cn_status status = cn_paths_compute(r->graph, r->graph->vertex[options->subject], r->graph->vertex[options->target],
                                        options->k ? options->k : DEFAULT_K, options->rank, &r->paths, err);
    if (status != CN_OK) {
        return status;
    }
    if (r->paths.count == 0) {
        return CN__FAIL2(err, CN_ERR_UNDEFINED, DRAW_NO_PATH, cn_entity_name(r->net, options->subject),
                         cn_entity_name(r->net, options->target));
    }
    r->node = cn__alloc(r->graph->n, sizeof *r->node);
    r->on = cn__calloc(r->graph->n, 1);
    r->members = cn__view_cluster_members(r->net);
    if (!r->node || !r->on || !r->members) {
        return CN__NO_MEMORY(err);
    }
    memset(r->node, 0xFF, r->graph->n * sizeof *r->node);
    add_chain_boxes(r);
    if (r->scene->failed || !add_neighbours(r) || r->scene->failed) {
        return CN__NO_MEMORY(err);
    }
    measure(r);
    add_lines(r);
    finish(r);
    return CN_OK;
}

cn_status cn__view_path(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    routes r = {.net = net, .options = options, .scene = scene};
    cn_graph_options layer = {.link_kinds = options->link_kinds ? options->link_kinds : TRADE,
                              .orientation = CN_DIRECTED,
                              .weighting = CN_WEIGHT_VALUE,
                              .trace = true};
    scene->value_style = CN__LINK_ROUTE;
    scene->rank_gap = 16;
    scene->node_gap = 6;
    cn_status status = check_ends(&r, err);
    if (status == CN_OK) {
        status = cn_graph_create(net, &layer, &r.graph, err);
    }
    if (status == CN_OK) {
        status = fill(&r, err);
    }
    cn_paths_release(&r.paths);
    cn_graph_free(r.graph);
    cn__free(r.node);
    cn__free(r.on);
    cn__free(r.members);
    return status;
}
