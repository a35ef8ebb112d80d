/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Firms that every known chain of a product passes. They all lie on any one chain, so a shortest one is taken, and its
 * vertices are judged in one sweep: what can be reached from the buyer is explored, never through a vertex of the chain
 * that is not yet its turn; `reach` is the furthest place of the chain met so far. A place is a cut vertex exactly when it is
 * the furthest at its turn (a search for the cut vertices between two ends, as in Lengauer and Tarjan 1979 for one target).
 * The end of all chains is a place behind the last: any source off the chain leads there.
 * A firm with several vertices can dominate though none of them does; those of the chain are tested by a search that
 * avoids the firm, and a chain found on the way acquits every candidate that is not on it.
 * Cost: O(arcs) for a product, again for every firm of several vertices that is not acquitted; the sweep ends as soon as
 * the sources are reached, which is early unless there are dominators.
 */
#include "error.h"
#include "memory.h"
#include "upstream.h"

#include <stdlib.h>
#include <string.h>

typedef struct finder {
    const cn_upstream *up;
    uint32_t first_arc; /* the buyer's arcs that count */
    uint32_t end_arc;
    uint32_t *seen; /* by vertex: stamp of the last search */
    uint32_t *parent;
    uint32_t *place; /* by vertex: 1 … length on the chain, else 0 */
    uint32_t *queue;
    uint32_t *chain; /* vertices from the buyer to a source, the buyer not among them */
    uint32_t length;
    uint32_t stamp;
    bool *dominates;   /* by place - 1 */
    uint32_t *suspect; /* by local firm; see test_firms */
    cn_dominators *out;
    size_t cap;
} finder;

static void arcs_of(const finder *f, uint32_t vertex, uint32_t *first, uint32_t *end) {
    *first = vertex == 0 ? f->first_arc : f->up->arc_start[vertex];
    *end = vertex == 0 ? f->end_arc : f->up->arc_start[vertex + 1];
}

/* Breadth first from the buyer, not through the firm `avoid` (local, or CN_NONE), to the first source; CN_NONE: none. */
static uint32_t find_source(finder *f, uint32_t avoid) {
    const cn_upstream *up = f->up;
    uint32_t head = 0;
    uint32_t tail = 0;
    f->stamp++;
    f->queue[tail++] = 0;
    while (head < tail) {
        uint32_t v = f->queue[head++];
        uint32_t a;
        uint32_t end;
        for (arcs_of(f, v, &a, &end); a < end; a++) {
            uint32_t from = up->arcs[a].from;
            if (from == 0 || f->seen[from] == f->stamp || up->local[from] == avoid) {
                continue;
            }
            f->seen[from] = f->stamp;
            f->parent[from] = v;
            if (up->vertices[from].source) {
                return from;
            }
            f->queue[tail++] = from;
        }
    }
    return CN_NONE;
}

static bool set_chain(finder *f, uint32_t source) {
    f->length = 0;
    for (uint32_t v = source; v != 0; v = f->parent[v]) {
        f->length++;
    }
    uint32_t at = f->length;
    for (uint32_t v = source; v != 0; v = f->parent[v]) {
        f->chain[--at] = v;
        f->place[v] = at + 1;
        f->dominates[at] = false;
    }
    return f->length > 0;
}

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

/* Furthest place met from `vertex` through vertices off the chain. */
static uint32_t explore(finder *f, uint32_t vertex, uint32_t reach) {
    const cn_upstream *up = f->up;
    uint32_t tail = 0;
    f->queue[tail++] = vertex;
    while (tail > 0) {
        uint32_t v = f->queue[--tail];
        uint32_t a;
        uint32_t end;
        for (arcs_of(f, v, &a, &end); a < end; a++) {
            uint32_t from = up->arcs[a].from;
            if (from == 0) {
                continue;
            }
            if (f->place[from] > 0) {
                reach = larger(reach, f->place[from]);
            } else if (f->seen[from] != f->stamp) {
                f->seen[from] = f->stamp;
                if (up->vertices[from].source) {
                    return f->length + 1;
                }
                f->queue[tail++] = from;
            }
        }
    }
    return reach;
}

static void sweep(finder *f) {
    uint32_t reach = 0;
    f->stamp++;
    for (uint32_t i = 0; i < f->length && reach <= f->length; i++) {
        reach = explore(f, i == 0 ? 0 : f->chain[i - 1], reach);
        f->dominates[i] = reach == i + 1;
    }
}

/*
 * Firms of several vertices on the chain that no vertex of theirs convicts. A firm is suspect while its `suspect` is the
 * number of the round: every witness, a chain that avoids the firm in question, takes the firms on it to the next round.
 */
static void test_firms(finder *f) {
    const cn_upstream *up = f->up;
    uint32_t round = 1;
    for (uint32_t i = 0; i < f->length; i++) {
        uint32_t local = up->local[f->chain[i]];
        f->suspect[local] = up->firm_start[local + 1] - up->firm_start[local] > 1 ? round : 0;
    }
    for (uint32_t i = 0; i < f->length; i++) {
        uint32_t local = up->local[f->chain[i]];
        if (f->dominates[i] || f->suspect[local] != round) {
            continue;
        }
        uint32_t source = find_source(f, local);
        if (source == CN_NONE) {
            f->dominates[i] = true;
            f->suspect[local] = 0;
            continue;
        }
        for (uint32_t v = source; v != 0; v = f->parent[v]) {
            uint32_t *suspect = &f->suspect[up->local[v]];
            *suspect = *suspect == round ? round + 1 : *suspect;
        }
        round++;
    }
    for (uint32_t i = 0; i < f->length; i++) {
        f->suspect[up->local[f->chain[i]]] = 0;
    }
}

static bool add_row(finder *f, uint32_t product, uint32_t local, double value) {
    const cn_upstream *up = f->up;
    cn_dominators *out = f->out;
    bool several = up->firm_start[local + 1] - up->firm_start[local] > 1;
    for (size_t i = out->row_count; several && i-- > 0 && out->rows[i].product == product;) {
        if (out->rows[i].firm == up->firm[local]) {
            return true; /* by another of its vertices */
        }
    }
    if (!cn__grow((void **)&out->rows, &f->cap, out->row_count, 1, sizeof *out->rows)) {
        return false;
    }
    uint32_t tier = up->vertices[up->firm_vertex[up->firm_start[local]]].tier;
    out->rows[out->row_count++] =
        (cn_dominator){.product = product, .firm = up->firm[local], .tier = tier, .hidden = tier > 1, .value = value};
    return true;
}

/* Dominators of the chains that begin with some arcs of the buyer. False: memory. */
static bool find(finder *f, uint32_t product, uint32_t first_arc, uint32_t end_arc) {
    const cn_upstream *up = f->up;
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    f->first_arc = first_arc;
    f->end_arc = end_arc;
    uint32_t source = find_source(f, CN_NONE);
    if (source == CN_NONE || !set_chain(f, source)) {
        return true;
    }
    sweep(f);
    test_firms(f);
    double value = 0;
    for (uint32_t a = first_arc; a < end_arc; a++) {
        value += all[up->arcs[a].flow].value;
    }
    bool ok = true;
    for (uint32_t i = 0; i < f->length; i++) {
        ok = ok && (!f->dominates[i] || add_row(f, product, up->local[f->chain[i]], value));
        f->place[f->chain[i]] = 0;
    }
    return ok;
}

typedef struct sorted_row {
    cn_dominator row;
    const char *code;
} sorted_row;

static int compare_rows(const void *a, const void *b) {
    const sorted_row *x = a;
    const sorted_row *y = b;
    if (x->row.product != y->row.product) {
        if (x->row.product == CN_NONE || y->row.product == CN_NONE) {
            return x->row.product == CN_NONE ? -1 : 1;
        }
        int order = cn__compare_down(x->row.value, y->row.value);
        order = order ? order : strcmp(x->code, y->code);
        return order ? order : x->row.product < y->row.product ? -1 : 1;
    }
    if (x->row.tier != y->row.tier) {
        return x->row.tier < y->row.tier ? -1 : 1;
    }
    return x->row.firm < y->row.firm ? -1 : x->row.firm > y->row.firm;
}

static bool sort_rows(cn_dominators *out, const cn_flows *flows) {
    sorted_row *rows = cn__alloc(out->row_count, sizeof *rows);
    if (!rows) {
        return false;
    }
    for (size_t i = 0; i < out->row_count; i++) {
        uint32_t product = out->rows[i].product;
        rows[i] = (sorted_row){out->rows[i], product != CN_NONE ? cn_flows_product_code(flows, product) : ""};
    }
    qsort(rows, out->row_count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < out->row_count; i++) {
        out->rows[i] = rows[i].row;
    }
    cn__free(rows);
    return true;
}

cn_status cn_dominators_compute(const cn_upstream *up, cn_dominators *out, cn_error *err) {
    *out = (cn_dominators){0};
    uint32_t n = up->vertex_count;
    finder f = {.up = up,
                .out = out,
                .seen = cn__calloc(n, sizeof *f.seen),
                .parent = cn__alloc(n, sizeof *f.parent),
                .place = cn__calloc(n, sizeof *f.place),
                .queue = cn__alloc(n, sizeof *f.queue),
                .chain = cn__alloc(n, sizeof *f.chain),
                .dominates = cn__alloc(n, sizeof *f.dominates),
                .suspect = cn__calloc(up->local_count, sizeof *f.suspect)};
    bool ok = f.seen && f.parent && f.place && f.queue && f.chain && f.dominates && f.suspect;
    ok = ok && find(&f, CN_NONE, 0, up->arc_start[1]);
    for (uint32_t g = 0; ok && g < up->group_start[1]; g++) {
        ok = find(&f, up->groups[g].product, up->groups[g].arc_start, up->groups[g + 1].arc_start);
    }
    ok = ok && sort_rows(out, up->flows);
    cn__free(f.seen);
    cn__free(f.parent);
    cn__free(f.place);
    cn__free(f.queue);
    cn__free(f.chain);
    cn__free(f.dominates);
    cn__free(f.suspect);
    if (!ok) {
        cn_dominators_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn_dominators_release(cn_dominators *dominators) {
    if (dominators) {
        cn__free(dominators->rows);
        *dominators = (cn_dominators){0};
    }
}
