/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The random walk of dependence: from a vertex to one of its suppliers with probability value / sum of values. Invariant:
 * mass[v] is the probability of having come to v and not yet gone on; parts are worked off from the buyer to the sources,
 * so that a part of one vertex is done once. A part with a cycle is an absorbing chain (Kemeny and Snell 1960): the
 * expected visits x solve x = b + Pᵀx, by elimination up to CN__WALK_DENSE vertices and by sweeps above, which stop when the mass
 * still on its way is below 1e-14, or 1e-6 when they have become long, or after LONGEST; what is then left is `rest`, and no
 * probability is wrong by more than it.
 * A closed part, out of which no walk leads, is never solved: whoever comes in stays, and passes all of it.
 * Cost: O(arcs) for parts of one vertex, n³ for small parts, sweeps · arcs of the part for large ones.
 */
#include "walk.h"

#include "memory.h"

#include <math.h>

#define LONG_WORK 20000000u
#define LONGEST 2000000000u

static void fill_shares(cn__walk *w) {
    const cn_upstream *up = w->up;
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
            /* a delivery of the buyer is no way */
            w->share[a] = up->arcs[a].from != 0 ? all[up->arcs[a].flow].value / up->known[v] : 0;
        }
    }
}

bool cn__walk_init(cn__walk *w) {
    uint32_t n = w->up->vertex_count;
    w->share = cn__alloc(w->up->arc_count, sizeof *w->share);
    if (w->share) {
        fill_shares(w);
    }
    w->mass = cn__calloc(n, sizeof *w->mass);
    w->matrix = cn__alloc((size_t)CN__WALK_DENSE * (CN__WALK_DENSE + 1), sizeof *w->matrix);
    w->place = cn__alloc(n, sizeof *w->place);
    return w->share && w->mass && w->matrix && w->place;
}

void cn__walk_release(cn__walk *w) {
    cn__free(w->share);
    cn__free(w->mass);
    cn__free(w->matrix);
    cn__free(w->place);
    w->share = w->mass = w->matrix = NULL;
    w->place = NULL;
}

/* Probability to go along an arc out of its vertex. */
static double step_share(const cn__walk *w, uint32_t vertex, uint32_t arc) {
    return w->leak ? w->share[arc] * (1 - w->up->vertices[vertex].unknown) : w->share[arc];
}

static bool is_target(const cn__walk *w, uint32_t vertex) {
    return w->target != CN_NONE && w->up->local[vertex] == w->target;
}

/* `m` at a vertex goes on by one step; within `inside` (a part, or CN_NONE) it does not arrive. */
static void pass_on(cn__walk *w, uint32_t vertex, double m, uint32_t inside) {
    const cn_upstream *up = w->up;
    w->work += 1 + up->arc_start[vertex + 1] - up->arc_start[vertex];
    if (is_target(w, vertex)) {
        w->hit += m;
        return;
    }
    if (w->visits) {
        w->visits[vertex] += m;
    }
    w->unknown += w->leak ? m * up->vertices[vertex].unknown : 0;
    double goes_on = w->leak ? m * (1 - up->vertices[vertex].unknown) : m;
    for (uint32_t a = up->arc_start[vertex]; a < up->arc_start[vertex + 1]; a++) {
        uint32_t from = up->arcs[a].from;
        if (from != 0 && (inside == CN_NONE || up->part[from] != inside)) {
            w->mass[from] += goes_on * w->share[a];
        }
    }
}

static double take_mass(cn__walk *w, uint32_t vertex) {
    double m = w->mass[vertex];
    w->mass[vertex] = 0;
    return m;
}

/* Mass over the vertices of a part. */
static double part_mass(const cn__walk *w, uint32_t part) {
    double sum = 0;
    for (uint32_t i = w->up->part_start[part]; i < w->up->part_start[part + 1]; i++) {
        sum += w->mass[w->up->part_vertex[i]];
    }
    return sum;
}

/* The matrix of x = b + Pᵀx over the vertices of a part, augmented by b. */
static void fill_matrix(cn__walk *w, uint32_t part, uint32_t n) {
    const cn_upstream *up = w->up;
    const uint32_t *vertex = up->part_vertex + up->part_start[part];
    uint32_t width = n + 1;
    for (uint32_t i = 0; i < n * width; i++) {
        w->matrix[i] = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        w->place[vertex[i]] = i;
        w->matrix[i * width + i] = 1;
        w->matrix[i * width + n] = take_mass(w, vertex[i]);
    }
    for (uint32_t j = 0; j < n; j++) {
        for (uint32_t a = up->arc_start[vertex[j]]; a < up->arc_start[vertex[j] + 1] && !is_target(w, vertex[j]); a++) {
            uint32_t from = up->arcs[a].from;
            if (from != 0 && up->part[from] == part) {
                w->matrix[w->place[from] * width + j] -= step_share(w, vertex[j], a);
            }
        }
    }
}

/* Elimination with pivots; the solution stands in the last column. An M-matrix of a chain that ends is not singular. */
static void eliminate(double *m, uint32_t n) {
    uint32_t width = n + 1;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t pivot = k;
        for (uint32_t i = k + 1; i < n; i++) {
            pivot = fabs(m[i * width + k]) > fabs(m[pivot * width + k]) ? i : pivot;
        }
        for (uint32_t j = k; j < width && pivot != k; j++) {
            double keep = m[k * width + j];
            m[k * width + j] = m[pivot * width + j];
            m[pivot * width + j] = keep;
        }
        for (uint32_t i = 0; i < n; i++) {
            double factor = i != k ? m[i * width + k] / m[k * width + k] : 0;
            for (uint32_t j = k; j < width && factor != 0; j++) {
                m[i * width + j] -= factor * m[k * width + j];
            }
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        m[k * width + n] /= m[k * width + k];
    }
}

static void solve_small(cn__walk *w, uint32_t part, uint32_t n) {
    const uint32_t *vertex = w->up->part_vertex + w->up->part_start[part];
    fill_matrix(w, part, n);
    eliminate(w->matrix, n);
    w->work += (uint64_t)n * n * n;
    for (uint32_t i = 0; i < n; i++) {
        double x = w->matrix[i * (n + 1) + n];
        pass_on(w, vertex[i], x > 0 ? x : 0, part);
    }
}

static void solve_large(cn__walk *w, uint32_t part) {
    const cn_upstream *up = w->up;
    double left = part_mass(w, part);
    uint64_t begin = w->work;
    while (left > 1e-14 && w->work - begin < (left > 1e-6 ? LONGEST : LONG_WORK)) {
        for (uint32_t i = up->part_start[part]; i < up->part_start[part + 1]; i++) {
            double m = take_mass(w, up->part_vertex[i]);
            if (m > 0) {
                pass_on(w, up->part_vertex[i], m, CN_NONE);
            }
        }
        left = part_mass(w, part);
    }
    for (uint32_t i = up->part_start[part]; i < up->part_start[part + 1]; i++) {
        take_mass(w, up->part_vertex[i]);
    }
    w->rest += left;
}

/* A part without a way out: who comes in passes everything, sooner or later ends unknown where that is possible. */
static void settle_closed(cn__walk *w, uint32_t part, bool has_target) {
    const cn_upstream *up = w->up;
    double sum = part_mass(w, part);
    for (uint32_t i = up->part_start[part]; i < up->part_start[part + 1]; i++) {
        uint32_t v = up->part_vertex[i];
        double m = take_mass(w, v);
        w->unknown += w->leak && !has_target ? m * w->ends[v] : 0;
        if (w->visits) {
            w->visits[v] = sum;
        }
    }
    w->hit += has_target ? sum : 0;
}

/* Does the part contain the target, and can a walk end within it at an unknown supplier? */
static void look_at(const cn__walk *w, uint32_t part, bool *has_target, bool *leaks) {
    *has_target = *leaks = false;
    for (uint32_t i = w->up->part_start[part]; i < w->up->part_start[part + 1]; i++) {
        uint32_t v = w->up->part_vertex[i];
        *has_target |= is_target(w, v);
        *leaks |= w->leak && w->up->vertices[v].unknown > 0;
    }
}

static void settle(cn__walk *w, uint32_t part) {
    const cn_upstream *up = w->up;
    uint32_t first = up->part_vertex[up->part_start[part]];
    uint32_t n = up->part_start[part + 1] - up->part_start[part];
    if (n == 1) {
        double m = take_mass(w, first);
        if (m > 0) {
            pass_on(w, first, m, part);
        }
        return;
    }
    w->work += n;
    if (!(part_mass(w, part) > 0)) {
        return;
    }
    bool has_target;
    bool leaks;
    look_at(w, part, &has_target, &leaks);
    if (up->vertices[first].source && !(has_target && leaks)) {
        settle_closed(w, part, has_target);
    } else if (n <= CN__WALK_DENSE) {
        solve_small(w, part, n);
    } else {
        solve_large(w, part);
    }
}

void cn__walk_run(cn__walk *w, uint32_t stop) {
    const cn_upstream *up = w->up;
    w->hit = w->unknown = w->rest = 0;
    w->mass[0] = 1;
    for (uint32_t part = up->part_count; part-- > stop;) {
        settle(w, part);
    }
    w->work += up->part_start[stop];
    for (uint32_t i = 0; i < up->part_start[stop]; i++) {
        uint32_t v = up->part_vertex[i];
        double m = take_mass(w, v);
        w->unknown += w->leak ? m * w->ends[v] : 0;
    }
}

/* One step of ends = unknown + (1 − unknown) · Σ share · ends(supplier). */
static double ends_of(const cn__walk *w, const double *ends, uint32_t v) {
    const cn_upstream *up = w->up;
    double sum = 0;
    for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1]; a++) {
        sum += w->share[a] * ends[up->arcs[a].from]; /* of a return the share is 0 */
    }
    return up->vertices[v].unknown + (1 - up->vertices[v].unknown) * sum;
}

/* Sweeps over one part until nothing grows by more than 1e-15, or 1e-7 when they have become long. */
static void raise_ends(cn__walk *w, double *ends, uint32_t part) {
    const cn_upstream *up = w->up;
    uint32_t n = up->part_start[part + 1] - up->part_start[part];
    double change = 1;
    uint64_t work = 0;
    while (change > 1e-15 && work < (change > 1e-7 ? LONGEST : LONG_WORK)) {
        change = 0;
        for (uint32_t i = up->part_start[part + 1]; i-- > up->part_start[part];) {
            uint32_t v = up->part_vertex[i];
            double better = ends_of(w, ends, v);
            change = better - ends[v] > change ? better - ends[v] : change;
            ends[v] = better > ends[v] ? better : ends[v];
            work += 1 + up->arc_start[v + 1] - up->arc_start[v];
        }
        change = n > 1 ? change : 0;
    }
}

bool cn__walk_ends(cn__walk *w, double *ends) {
    const cn_upstream *up = w->up;
    bool any = false;
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        ends[v] = 0;
        any |= up->vertices[v].unknown > 0;
    }
    for (uint32_t part = 0; any && part < up->part_count; part++) {
        raise_ends(w, ends, part);
    }
    return any;
}
