/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What samples need to know beforehand: whether the bound makes sense, how long a shortest path can be, and how many draws are
 * enough.
 *
 * Enough draws, with proof. Each of m independent draws contains vertex v with the chance b_v. By Chernoff's bound (Hoeffding
 * 1963, Theorem 1) the share is too large by ε with a probability of at most exp(-m·KL(b+ε‖b)), too small with
 * exp(-m·KL(b-ε‖b)); call their sum t(b). The risk of all vertices together is at most Σ t(b_v) = Σ b_v·t(b_v)/b_v, so at
 * most (Σ b_v)·max t(x)/x, and Σ b_v, the mean number of vertices in a draw, is at most `inner` (the idea of using that
 * sum is that of Pellegrina & Vandin 2023). The maximum is bounded cell by cell: within a cell 1/x is largest at its
 * beginning and, as long as x+ε ≤ 1/2, KL least at its end; beyond that KL ≥ 2ε² (Pinsker); before the first cell
 * KL(x+ε‖x) ≥ (x+ε)·ln((x+ε)/x) - ε. The risk is also at most 2·vertices·exp(-2mε²). For ε = 0.01, δ = 0.1 and paths of up
 * to 20 vertices this asks for 33,000 draws, whatever the number of vertices.
 *
 * Invariant of the path bound: `longest[c]` is for every strong component done so far a bound on the vertices of a
 * shortest path that begins in it; components come in an order in which all that c leads to are done before c. A way
 * between two vertices of a component never leaves it, so it has at most in(p) + out(p) arcs for the greatest distances
 * to and from any p of it. Cost O(V + E).
 */
#include "kernel_sample.h"

#include <math.h>

#include "error.h"
#include "memory.h"
#include "scc.h"

cn_status cn__bound_check(const cn__kernel_bound *bound, cn_error *err) {
    bool epsilon_ok = bound->epsilon > 0 && bound->epsilon < 1;
    bool delta_ok = bound->delta > 0 && bound->delta < 1;
    if (epsilon_ok && delta_ok) {
        return CN_OK;
    }
    cn_buf text = {0};
    cn_format_exact(&text, epsilon_ok ? bound->delta : bound->epsilon);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, SAMPLE_BOUND, text.data ? text.data : "?");
    cn_buf_release(&text);
    return status;
}

/* KL(p‖q) of two chances; 0·ln 0 is 0. */
static double divergence(double p, double q) {
    double hit = p > 0 ? p * log(p / q) : 0;
    double miss = p < 1 ? (1 - p) * log((1 - p) / (1 - q)) : 0;
    return hit + miss;
}

/* A bound on t(x)/x for every x in (0, 1). */
static double worst_ratio(double draws, double epsilon) {
    static const double STEP = 1.02;
    double x = epsilon * exp(-3); /* below it: e^(mε)·(x/ε)^(mε)/x, which grows with x when mε > 1 */
    double worst = draws * epsilon > 1 ? exp(-2 * draws * epsilon) / x : INFINITY;
    for (; x * STEP + epsilon <= 0.5; x *= STEP) {
        double end = x * STEP;
        double more = exp(-draws * divergence(end + epsilon, end));
        double less = end > epsilon ? exp(-draws * divergence(end - epsilon, end)) : 0;
        worst = fmax(worst, (more + less) / x);
    }
    return fmax(worst, 2 * exp(-2 * draws * epsilon * epsilon) / x);
}

uint64_t cn__draws_enough(double epsilon, double delta, double vertices, double inner) {
    double most = log(2 * vertices / delta) / (2 * epsilon * epsilon); /* enough in any case */
    double few = 0;
    while (most - few > 1 && most - few > most * 1e-4) {
        double middle = (few + most) / 2;
        if (inner * worst_ratio(middle, epsilon) <= delta) {
            most = middle;
        } else {
            few = middle;
        }
    }
    return most < 0x1p62 ? (uint64_t)ceil(fmax(most, 1)) : UINT64_C(1) << 62;
}

/* Greatest distance from `root` within its component. `distance` is CN_NONE all over, before and after. */
static uint32_t eccentricity(const cn__scc *scc, const uint32_t *start, const uint32_t *to, uint32_t root,
                             uint32_t *distance, uint32_t *queue) {
    uint32_t queued = 0;
    distance[root] = 0;
    queue[queued++] = root;
    for (uint32_t i = 0; i < queued; i++) {
        uint32_t v = queue[i];
        for (uint32_t a = start[v]; a < start[v + 1]; a++) {
            if (distance[to[a]] == CN_NONE && scc->of[to[a]] == scc->of[root]) {
                distance[to[a]] = distance[v] + 1;
                queue[queued++] = to[a];
            }
        }
    }
    uint32_t greatest = distance[queue[queued - 1]];
    for (uint32_t i = 0; i < queued; i++) {
        distance[queue[i]] = CN_NONE;
    }
    return greatest;
}

/* Vertices of a shortest path within component c, at most. */
static uint64_t bound_within(const cn_graph *graph, const cn__scc *scc, uint32_t c, uint32_t *distance,
                             uint32_t *queue) {
    uint32_t size = scc->start[c + 1] - scc->start[c];
    if (size == 1 || graph->weight) {
        return size;
    }
    uint32_t root = scc->vertex[scc->start[c]];
    for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
        uint32_t v = scc->vertex[i];
        root = graph->out_start[v + 1] - graph->out_start[v] > graph->out_start[root + 1] - graph->out_start[root]
                   ? v
                   : root;
    }
    uint64_t out = eccentricity(scc, graph->out_start, graph->out_to, root, distance, queue);
    uint64_t in = graph->directed ? eccentricity(scc, graph->in_start, graph->in_from, root, distance, queue) : out;
    return out + in + 1 < size ? out + in + 1 : size;
}

static uint64_t follow_components(const cn_graph *graph, const cn__scc *scc, uint64_t *longest, uint32_t *distance,
                                  uint32_t *queue) {
    uint64_t most = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        distance[v] = CN_NONE;
    }
    for (uint32_t c = 0; c < scc->count; c++) {
        uint64_t beyond = 0;
        for (uint32_t i = scc->start[c]; i < scc->start[c + 1]; i++) {
            uint32_t v = scc->vertex[i];
            for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
                uint32_t next = scc->of[graph->out_to[a]];
                if (next < c && longest[next] > beyond) { /* not so: an arc of weight 0, against the order */
                    beyond = longest[next];
                }
            }
        }
        longest[c] = beyond + bound_within(graph, scc, c, distance, queue);
        most = longest[c] > most ? longest[c] : most;
    }
    return most;
}

cn_status cn__path_bound(const cn_graph *graph, uint64_t *vertices, cn_error *err) {
    cn__scc scc;
    *vertices = 0;
    cn_status status = cn__scc_compute(graph, NULL, true, &scc, err);
    if (status != CN_OK) {
        return status;
    }
    uint64_t *longest = cn__alloc(scc.count, sizeof *longest);
    uint32_t *distance = cn__alloc(graph->n, sizeof *distance);
    uint32_t *queue = cn__alloc(graph->n, sizeof *queue);
    if (longest && distance && queue) {
        *vertices = follow_components(graph, &scc, longest, distance, queue);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(longest);
    cn__free(distance);
    cn__free(queue);
    cn__scc_release(&scc);
    return status;
}
