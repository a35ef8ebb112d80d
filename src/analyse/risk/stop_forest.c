/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forest along which stops.c builds up and takes back its state. Relation: u stops v when u is the only supplier of an
 * essential purchase of v. Its strongly connected parts stop as one, and are numbered so that what a part stops has a
 * lower number; so one pass upwards finds for each the successor after which most stops (counted along the
 * forest, a lower bound), its parent. Invariant: what stops with the parent stops with the node. Cost: O(arcs).
 */
#include "memory.h"
#include "scc.h"
#include "stops.h"

/* The only supplier of a purchase, or CN_NONE. */
static uint32_t only_supplier(const cn_upstream *up, uint32_t group) {
    const cn__upstream_group *g = &up->groups[group];
    if (g->sources != 1 || g->outside || g->vertex == 0 || up->arcs[g->arc_start].role != CN_INPUT_ESSENTIAL) {
        return CN_NONE;
    }
    uint32_t arc = g->arc_start;
    while (up->arcs[arc].from == 0) {
        arc++;
    }
    return up->arcs[arc].from;
}

/* The relation as lists: start has vertex_count+1 places, to one for each group. */
static bool list_relation(const cn_upstream *up, uint32_t *start, uint32_t *to) {
    uint32_t *from = cn__alloc(up->group_count, sizeof *from);
    uint32_t *order = cn__alloc(up->group_count, sizeof *order);
    uint32_t *owner = cn__alloc(up->group_count, sizeof *owner);
    bool ok = from && order && owner;
    uint32_t count = 0;
    for (uint32_t g = 0; ok && g < up->group_count; g++) {
        uint32_t u = only_supplier(up, g);
        if (u != CN_NONE) {
            from[count] = u;
            owner[count++] = up->groups[g].vertex;
        }
    }
    if (ok) {
        cn__upstream_lists(from, count, up->vertex_count, start, order);
        for (uint32_t i = 0; i < count; i++) {
            to[i] = owner[order[i]];
        }
    }
    cn__free(from);
    cn__free(order);
    cn__free(owner);
    return ok;
}

/* Parents of the groups; weight: how many stop along the forest. */
static void hang_groups(cn__stop_forest *f, const uint32_t *part, const uint32_t *start, const uint32_t *to,
                        uint32_t *weight) {
    for (uint32_t node = 0; node < f->group_count; node++) {
        uint32_t best = CN_NONE;
        for (uint32_t i = f->start[node]; i < f->start[node + 1]; i++) {
            uint32_t u = f->vertex[i];
            for (uint32_t k = start[u]; k < start[u + 1]; k++) {
                uint32_t next = part[to[k]];
                if (next != node && (best == CN_NONE || weight[next] > weight[best])) {
                    best = next;
                }
            }
        }
        f->parent[node] = best;
        weight[node] = f->start[node + 1] - f->start[node] + (best != CN_NONE ? weight[best] : 0);
    }
}

/* A node for every firm of several vertices, under the heaviest of their groups. */
static void hang_firms(cn__stop_forest *f, const cn_upstream *up, const uint32_t *part, const uint32_t *weight) {
    for (uint32_t local = 1; local < up->local_count; local++) {
        if (up->firm_start[local + 1] - up->firm_start[local] < 2) {
            continue;
        }
        uint32_t best = part[up->firm_vertex[up->firm_start[local]]];
        for (uint32_t i = up->firm_start[local]; i < up->firm_start[local + 1]; i++) {
            uint32_t node = part[up->firm_vertex[i]];
            best = weight[node] > weight[best] ? node : best;
        }
        f->firm[f->node_count - f->group_count] = local;
        f->parent[f->node_count++] = best;
    }
}

static void count_firms(cn__stop_forest *f, const cn_upstream *up) {
    for (uint32_t node = f->node_count; node-- > 0;) {
        uint32_t count;
        cn__stop_node_vertices(f, up, node, &count);
        for (uint32_t i = 0; i < count; i++) {
            f->firms_below[node] += cn__stop_node_firm(f, up, node, i) != CN_NONE;
        }
        if (f->parent[node] != CN_NONE) { /* a parent has the lower number: its sum is still open */
            f->firms_below[f->parent[node]] += f->firms_below[node];
        }
    }
}

/* Children by parent; the roots are the list behind the last node. */
static bool list_children(cn__stop_forest *f) {
    uint32_t *key = cn__alloc(f->node_count, sizeof *key);
    f->child_start = cn__alloc((size_t)f->node_count + 2, sizeof *f->child_start);
    f->child = cn__alloc(f->node_count, sizeof *f->child);
    bool ok = key && f->child_start && f->child;
    for (uint32_t node = 0; ok && node < f->node_count; node++) {
        key[node] = f->parent[node] != CN_NONE ? f->parent[node] : f->node_count;
    }
    if (ok) {
        cn__upstream_lists(key, f->node_count, f->node_count + 1, f->child_start, f->child);
    }
    cn__free(key);
    return ok;
}

static bool make_groups(cn__stop_forest *f, const cn_upstream *up, const uint32_t *start, const uint32_t *to,
                        uint32_t *part) {
    f->vertex = cn__alloc(up->vertex_count, sizeof *f->vertex);
    const cn__scc_arcs arcs = {up->vertex_count, start, to, NULL, NULL};
    if (!f->vertex || !cn__scc_number(&arcs, part, &f->group_count)) {
        return false;
    }
    uint32_t most = f->group_count + up->local_count;
    f->node_count = f->group_count;
    f->start = cn__alloc((size_t)f->group_count + 1, sizeof *f->start);
    f->parent = cn__alloc(most, sizeof *f->parent);
    f->firms_below = cn__calloc(most, sizeof *f->firms_below);
    f->firm = cn__alloc(up->local_count, sizeof *f->firm);
    uint32_t *weight = cn__alloc(f->group_count, sizeof *weight);
    bool ok = f->start && f->parent && f->firms_below && f->firm && weight;
    if (ok) {
        cn__upstream_lists(part, up->vertex_count, f->group_count, f->start, f->vertex);
        hang_groups(f, part, start, to, weight);
        hang_firms(f, up, part, weight);
    }
    cn__free(weight);
    return ok;
}

bool cn__stop_forest_init(cn__stop_forest *f, const cn__stop_state *state) {
    const cn_upstream *up = state->up;
    *f = (cn__stop_forest){0};
    uint32_t *start = cn__alloc((size_t)up->vertex_count + 1, sizeof *start);
    uint32_t *to = cn__alloc(up->group_count, sizeof *to);
    uint32_t *part = cn__alloc(up->vertex_count, sizeof *part);
    bool ok = start && to && part && list_relation(up, start, to) && make_groups(f, up, start, to, part);
    if (ok) {
        count_firms(f, up);
        ok = list_children(f);
    }
    cn__free(start);
    cn__free(to);
    cn__free(part);
    return ok;
}

void cn__stop_forest_release(cn__stop_forest *f) {
    cn__free(f->parent);
    cn__free(f->child_start);
    cn__free(f->child);
    cn__free(f->firms_below);
    cn__free(f->start);
    cn__free(f->vertex);
    cn__free(f->firm);
    *f = (cn__stop_forest){0};
}

const uint32_t *cn__stop_node_vertices(const cn__stop_forest *f, const cn_upstream *up, uint32_t node,
                                       uint32_t *count) {
    if (node >= f->group_count) {
        uint32_t local = f->firm[node - f->group_count];
        *count = up->firm_start[local + 1] - up->firm_start[local];
        return up->firm_vertex + up->firm_start[local];
    }
    const uint32_t *vertex = f->vertex + f->start[node];
    *count = vertex[0] != 0 ? f->start[node + 1] - f->start[node]
                            : 0; /* the buyer is alone in its group, and never stopped */
    return vertex;
}

uint32_t cn__stop_node_firm(const cn__stop_forest *f, const cn_upstream *up, uint32_t node, uint32_t i) {
    if (node >= f->group_count) {
        return i == 0 ? f->firm[node - f->group_count] : CN_NONE;
    }
    uint32_t local = up->local[f->vertex[f->start[node] + i]];
    return up->firm_start[local + 1] - up->firm_start[local] == 1 ? local : CN_NONE;
}
