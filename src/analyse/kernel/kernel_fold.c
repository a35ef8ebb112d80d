/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folding for betweenness (after Baglioni et al. 2012 and Sarıyüce et al. 2013, BADIOS; the directed form is ours).
 *
 * Undirected: a vertex with one edge left is folded into its neighbour, which then stands for all paths that begin or
 * end in the tree. In a piece of N targets and S sources, a tree of T and W of them with root v has on v the paths
 * from below it to the rest, W'·(N-T) with W' = W without v itself, those back, (S-W)·(T-1), and those between its branches,
 * added whenever a branch is joined.
 * Directed: a vertex that only one arc leaves and none enters is folded as a beginning of paths, one that one arc enters and
 * none leaves as an end. How much lies beyond is known only after the core is done: a beginning v of p reaches
 * targets(p) + reached(p), an end v of p is reached by sources(p) + arrived(p). So values are finished in reverse order.
 * Invariant: an arc between vertices that are not folded counts in `left`; all others lead to something folded into the
 * vertex or to what it was folded into. Where lengths count nothing changes, for a tree leaves no choice of path.
 * Cost O(V + E).
 */
#include "kernel_fold.h"

#include "error.h"
#include "memory.h"

typedef struct folding {
    const cn_graph *graph;
    cn__fold *fold;
    uint32_t *left;    /* arcs left; directed: out-arcs */
    uint32_t *left_in; /* directed */
    uint32_t *queue;   /* each vertex at most twice: it may first be looked at in vain */
    uint32_t queued;
    uint32_t *piece;       /* undirected: component of a vertex */
    double *piece_targets; /* of a component */
    double *piece_sources;
} folding;

static bool exists(const cn_graph *graph, uint32_t from, uint32_t arc) {
    return graph->out_to[arc] != from && (!graph->weight || graph->weight[arc] > 0);
}

static void count_left(folding *f) {
    const cn_graph *graph = f->graph;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            if (exists(graph, v, a)) {
                f->left[v]++;
                f->left_in[graph->out_to[a]]++;
            }
        }
    }
}

/* Components of an undirected graph, with their totals. `queue` is free for it. */
static void find_pieces(folding *f) {
    const cn_graph *graph = f->graph;
    uint32_t pieces = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        f->piece[v] = CN_NONE;
    }
    for (uint32_t root = 0; root < graph->n; root++) {
        uint32_t count = 0;
        if (f->piece[root] != CN_NONE) {
            continue;
        }
        f->piece[root] = pieces;
        f->queue[count++] = root;
        f->piece_sources[pieces] = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t v = f->queue[i];
            f->piece_sources[pieces] += f->fold->sources[v];
            for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
                if (exists(graph, v, a) && f->piece[graph->out_to[a]] == CN_NONE) {
                    f->piece[graph->out_to[a]] = pieces;
                    f->queue[count++] = graph->out_to[a];
                }
            }
        }
        f->piece_targets[pieces++] = count;
    }
}

/* The one neighbour that v has left. */
static uint32_t last_out(const folding *f, uint32_t v) {
    uint32_t arc = f->graph->out_start[v];
    while (!exists(f->graph, v, arc) || f->fold->folded[f->graph->out_to[arc]]) {
        arc++;
    }
    return f->graph->out_to[arc];
}

static uint32_t last_in(const folding *f, uint32_t v) {
    const cn_graph *graph = f->graph;
    uint32_t i = graph->in_start[v];
    while (!exists(graph, graph->in_from[i], graph->in_arc[i]) || f->fold->folded[graph->in_from[i]]) {
        i++;
    }
    return graph->in_from[i];
}

static void record(folding *f, uint32_t v, uint32_t into, bool as_sink) {
    cn__fold *fold = f->fold;
    fold->folded[v] = true;
    fold->into[v] = into;
    fold->as_sink[v] = as_sink;
    fold->order[fold->count++] = v;
    fold->needs_arrived = fold->needs_arrived || (as_sink && fold->targets[v] > 1);
}

static void join_sources(cn__fold *fold, uint32_t v, uint32_t into) {
    fold->values[into] += fold->sources[v] * (fold->targets[into] - 1);
    fold->sources[into] += fold->sources[v];
    fold->below[into] += fold->sources[v];
}

static void fold_edge(folding *f, uint32_t v) {
    cn__fold *fold = f->fold;
    uint32_t into = last_out(f, v);
    uint32_t piece = f->piece[v];
    fold->values[v] += fold->below[v] * (f->piece_targets[piece] - fold->targets[v]) +
                       (f->piece_sources[piece] - fold->sources[v]) * (fold->targets[v] - 1);
    record(f, v, into, false);
    fold->values[into] += fold->below[into] * fold->targets[v];
    join_sources(fold, v, into);
    fold->targets[into] += fold->targets[v];
    if (--f->left[into] == 1) {
        f->queue[f->queued++] = into;
    }
}

static bool may_be_folded(const folding *f, uint32_t v) {
    return f->graph->directed ? f->left[v] + f->left_in[v] == 1 : f->left[v] == 1;
}

static void fold_arc(folding *f, uint32_t v) {
    cn__fold *fold = f->fold;
    bool as_sink = f->left[v] == 0;
    uint32_t into = as_sink ? last_in(f, v) : last_out(f, v);
    record(f, v, into, as_sink);
    if (as_sink) {
        fold->values[into] += fold->below[into] * fold->targets[v];
        fold->targets[into] += fold->targets[v];
        f->left[into]--;
    } else {
        join_sources(fold, v, into);
        f->left_in[into]--;
    }
    if (may_be_folded(f, into)) {
        f->queue[f->queued++] = into;
    }
}

static void fold_all(folding *f) {
    const cn_graph *graph = f->graph;
    if (!graph->directed) {
        find_pieces(f);
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        if (may_be_folded(f, v)) {
            f->queue[f->queued++] = v;
        }
    }
    for (uint32_t i = 0; i < f->queued; i++) {
        uint32_t v = f->queue[i];
        if (!may_be_folded(f, v)) {
            continue; /* its only neighbour was folded into it in the meantime */
        }
        if (graph->directed) {
            fold_arc(f, v);
        } else {
            fold_edge(f, v);
        }
    }
}

static bool allocate(uint32_t n, cn__fold *fold) {
    double **numbers[] = {&fold->targets, &fold->sources, &fold->below, &fold->values, &fold->reached, &fold->arrived};
    bool ok = true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        *numbers[i] = cn__calloc(n, sizeof(double));
        ok = ok && *numbers[i];
    }
    fold->folded = cn__calloc(n, sizeof *fold->folded);
    fold->as_sink = cn__calloc(n, sizeof *fold->as_sink);
    fold->into = cn__alloc(n, sizeof *fold->into);
    fold->order = cn__alloc(n, sizeof *fold->order);
    return ok && fold->folded && fold->as_sink && fold->into && fold->order;
}

cn_status cn__fold_build(const cn_graph *graph, const uint32_t *sources, uint32_t source_count, cn__fold *out,
                         cn_error *err) {
    uint32_t n = graph->n;
    *out = (cn__fold){.count = 0};
    folding f = {.graph = graph, .fold = out};
    bool ok = allocate(n, out);
    f.left = cn__calloc(n, sizeof *f.left);
    f.left_in = cn__calloc(n, sizeof *f.left_in);
    f.queue = cn__alloc(2 * (size_t)n, sizeof *f.queue);
    f.piece = cn__alloc(n, sizeof *f.piece);
    f.piece_targets = cn__alloc(n, sizeof *f.piece_targets);
    f.piece_sources = cn__alloc(n, sizeof *f.piece_sources);
    ok = ok && f.left && f.left_in && f.queue && f.piece && f.piece_targets && f.piece_sources;
    if (ok) {
        for (uint32_t v = 0; v < n; v++) {
            out->targets[v] = 1;
            out->sources[v] = sources == NULL;
        }
        for (uint32_t i = 0; sources && i < source_count; i++) {
            out->sources[sources[i]] = 1;
        }
        count_left(&f);
        fold_all(&f);
    }
    cn__free(f.left);
    cn__free(f.left_in);
    cn__free(f.queue);
    cn__free(f.piece);
    cn__free(f.piece_targets);
    cn__free(f.piece_sources);
    if (!ok) {
        cn__fold_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn__fold_finish(const cn_graph *graph, cn__fold *fold) {
    if (!graph->directed) {
        return;
    }
    for (uint32_t i = fold->count; i-- > 0;) {
        uint32_t v = fold->order[i];
        uint32_t into = fold->into[v];
        if (fold->as_sink[v]) {
            fold->reached[v] = 0;
            fold->arrived[v] = fold->sources[into] + fold->arrived[into];
            fold->values[v] += fold->arrived[v] * (fold->targets[v] - 1);
        } else {
            fold->arrived[v] = 0;
            fold->reached[v] = fold->targets[into] + fold->reached[into];
            fold->values[v] += fold->below[v] * fold->reached[v];
        }
    }
}

void cn__fold_release(cn__fold *fold) {
    cn__free(fold->folded);
    cn__free(fold->targets);
    cn__free(fold->sources);
    cn__free(fold->below);
    cn__free(fold->values);
    cn__free(fold->reached);
    cn__free(fold->arrived);
    cn__free(fold->into);
    cn__free(fold->as_sink);
    cn__free(fold->order);
    *fold = (cn__fold){.count = 0};
}
