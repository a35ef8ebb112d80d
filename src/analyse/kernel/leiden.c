/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Leiden algorithm (Traag, Waltman & van Eck, Sci Rep 9:5233, 2019) for modularity with a resolution γ.
 * A level is a graph whose nodes are sets of vertices. On each level: (1) nodes move to the neighbouring community that gains most, fed by a
 * queue, until none wants to; (2) each community is refined: its nodes start alone and join, where both sides are well
 * connected with the rest of the community, a part they have ties with; (3) the parts become the nodes of the next level, where
 * they start in their old communities. It ends when every node is a community of its own. Then the whole is repeated from the result.
 * Invariants: a part is connected, as nodes join only what they have a tie with, so communities are too (what the last moves
 * could tear apart is split at the end, which never lowers modularity). mass[v] is the strength of all vertices in v; loops
 * are left out, for they never change a gain. Chance (splitmix64) decides on the order of visits and, in (2), on the part: no function is used whose last bit depends on the machine.
 * Cost: O(E) a pass, a few passes a level, few levels; memory about 2 (V + E).
 */
#include "leiden.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "kernel_run.h"
#include "memory.h"

typedef struct level {
    uint32_t n;
    const size_t *start;
    const uint32_t *to;
    const double *weight;
    const double *mass;
    void *owned[4]; /* NULL on the first level, which borrows */
} level;

typedef struct leiden {
    double pull; /* γ / 2m */
    uint64_t random;
    bool bold;
    /* by node of the level */
    uint32_t *community;
    uint32_t *part;
    uint32_t *order; /* also the queue */
    uint8_t *queued;
    /* by community or part */
    double *mass;
    double *cut; /* of a part: weight to the rest of its community */
    uint32_t *size;
    /* what a node has with each neighbouring community */
    double *shared;
    uint32_t *touched;
    /* by vertex: its node on the level */
    uint32_t *node;
} leiden;

/* ---- moving ---- */

/* Sum up the ties of v by `label`; only with those whose `within` equals its own (NULL: all). Returns how many labels were touched. */
static uint32_t sum_ties(leiden *l, const level *g, uint32_t v, const uint32_t *label, const uint32_t *within) {
    uint32_t count = 0;
    for (size_t e = g->start[v]; e < g->start[v + 1]; e++) {
        uint32_t u = g->to[e];
        if (within && within[u] != within[v]) {
            continue;
        }
        if (l->shared[label[u]] == 0) {
            l->touched[count++] = label[u];
        }
        l->shared[label[u]] += g->weight[e];
    }
    return count;
}

static void forget_ties(leiden *l, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        l->shared[l->touched[i]] = 0;
    }
}

static void shuffle(leiden *l, uint32_t n) {
    for (uint32_t v = 0; v < n; v++) {
        l->order[v] = v;
    }
    for (uint32_t v = n; v > 1; v--) {
        uint32_t other = cn__random_below(&l->random, v);
        uint32_t kept = l->order[v - 1];
        l->order[v - 1] = l->order[other];
        l->order[other] = kept;
    }
}

/* The community that v gains most in, or its own; CN_NONE: best alone. */
static uint32_t best_community(leiden *l, const level *g, uint32_t v, uint32_t count) {
    uint32_t own = l->community[v];
    double mass = g->mass[v];
    double stay = l->shared[own] - l->pull * mass * (l->mass[own] - mass);
    double noticed = 1e-12 * mass; /* less is rounding, and could go round in circles */
    double best = stay + noticed;
    uint32_t target = own;
    if (best < 0 && l->size[own] > 1) {
        best = 0;
        target = CN_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t c = l->touched[i];
        double gain = c == own ? 0 : l->shared[c] - l->pull * mass * l->mass[c];
        if (c != own && gain > best) {
            best = gain;
            target = c;
        }
    }
    return target;
}

static void move_node(leiden *l, const level *g, uint32_t v, uint32_t target) {
    uint32_t own = l->community[v];
    l->mass[own] -= g->mass[v];
    if (--l->size[own] == 0) {
        l->mass[own] = 0;
    }
    l->mass[target] += g->mass[v];
    l->size[target]++;
    l->community[v] = target;
}

/* A number that no community has. There is one whenever a community has two nodes; `from` moves on, as freed numbers are used first by who comes back. */
static uint32_t free_number(const leiden *l, uint32_t n, uint32_t *from) {
    for (uint32_t i = 0; i < n; i++, *from = (*from + 1) % n) {
        if (l->size[*from] == 0) {
            break;
        }
    }
    return *from;
}

static void move_nodes(leiden *l, const level *g) {
    uint32_t head = 0;
    uint32_t waiting = g->n;
    uint32_t unused = 0;
    shuffle(l, g->n);
    memset(l->queued, 1, g->n);
    while (waiting > 0) {
        uint32_t v = l->order[head];
        head = head + 1 == g->n ? 0 : head + 1;
        waiting--;
        l->queued[v] = 0;
        uint32_t count = sum_ties(l, g, v, l->community, NULL);
        uint32_t target = best_community(l, g, v, count);
        forget_ties(l, count);
        if (target == l->community[v]) {
            continue;
        }
        move_node(l, g, v, target == CN_NONE ? free_number(l, g->n, &unused) : target);
        for (size_t e = g->start[v]; e < g->start[v + 1]; e++) {
            uint32_t u = g->to[e];
            if (!l->queued[u] && l->community[u] != l->community[v]) {
                l->queued[u] = 1;
                l->order[(uint32_t)(((uint64_t)head + waiting++) % g->n)] = u;
            }
        }
    }
}

/* ---- refining ---- */

/* Weight of each node to the rest of its community. */
static void find_cuts(leiden *l, const level *g, double *cut) {
    for (uint32_t v = 0; v < g->n; v++) {
        cut[v] = 0;
        for (size_t e = g->start[v]; e < g->start[v + 1]; e++) {
            cut[v] += l->community[g->to[e]] == l->community[v] ? g->weight[e] : 0;
        }
    }
}

/*
 * One of the parts that v may join, by chance: in proportion to its gain, or, in a bold run, all alike and staying alone
 * among them. CN_NONE: none.
 */
static uint32_t choose_part(leiden *l, const level *g, uint32_t v, uint32_t count, const double *part_mass,
                            double community_mass) {
    double sums[2] = {0, 0};
    double wanted = -1;
    uint32_t last = CN_NONE;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < count; i++) {
            uint32_t t = l->touched[i];
            double gain = l->shared[t] - l->pull * g->mass[v] * part_mass[t];
            bool connected = l->cut[t] >= l->pull * part_mass[t] * (community_mass - part_mass[t]);
            if (t == l->part[v] || gain < 0 || !connected) {
                continue;
            }
            sums[pass] += l->bold ? 1 : gain;
            last = t;
            if (pass == 1 && sums[1] > wanted) {
                return t;
            }
        }
        wanted = pass == 0 ? cn__random_unit(&l->random) * (sums[0] + (l->bold ? 1 : 0)) : wanted;
    }
    return l->bold ? CN_NONE : last;
}

/* Parts of every community into l->part, numbered from 0; returns how many. False in *ok: memory. */
static uint32_t refine(leiden *l, const level *g, bool *ok) {
    double *part_mass = cn__alloc(g->n, sizeof *part_mass);
    uint32_t *part_size = cn__alloc(g->n, sizeof *part_size);
    uint32_t parts = 0;
    *ok = part_mass && part_size;
    if (!*ok) {
        goto done;
    }
    find_cuts(l, g, l->cut);
    for (uint32_t v = 0; v < g->n; v++) {
        l->part[v] = v;
        part_mass[v] = g->mass[v];
        part_size[v] = 1;
    }
    shuffle(l, g->n);
    for (uint32_t i = 0; i < g->n; i++) {
        uint32_t v = l->order[i];
        double community_mass = l->mass[l->community[v]];
        bool connected = l->cut[v] >= l->pull * g->mass[v] * (community_mass - g->mass[v]);
        if (part_size[v] != 1 || l->part[v] != v || !connected) {
            continue;
        }
        uint32_t count = sum_ties(l, g, v, l->part, l->community);
        uint32_t t = choose_part(l, g, v, count, part_mass, community_mass);
        if (t != CN_NONE) {
            l->cut[t] += l->cut[v] - 2 * l->shared[t];
            part_mass[t] += g->mass[v];
            part_size[t]++;
            part_size[v] = 0;
            l->part[v] = t;
        }
        forget_ties(l, count);
    }
    for (uint32_t v = 0; v < g->n; v++) { /* part numbers are nodes: number them anew */
        part_size[v] = part_size[v] ? parts++ : CN_NONE;
    }
    for (uint32_t v = 0; v < g->n; v++) {
        l->part[v] = part_size[l->part[v]];
    }
done:
    cn__free(part_mass);
    cn__free(part_size);
    return parts;
}

/* ---- the next level ---- */

static void release_level(level *g) {
    for (size_t i = 0; i < sizeof g->owned / sizeof *g->owned; i++) {
        cn__free(g->owned[i]);
        g->owned[i] = NULL;
    }
}

/* Nodes by part: `first` of n+1 starts into `nodes`. */
static void sort_by_part(const uint32_t *part, uint32_t n, uint32_t parts, size_t *first, uint32_t *nodes) {
    memset(first, 0, ((size_t)parts + 1) * sizeof *first);
    for (uint32_t v = 0; v < n; v++) {
        first[part[v] + 1]++;
    }
    for (uint32_t p = 0; p < parts; p++) {
        first[p + 1] += first[p];
    }
    for (uint32_t v = 0; v < n; v++) {
        nodes[first[part[v]]++] = v;
    }
    memmove(first + 1, first, parts * sizeof *first);
    first[0] = 0;
}

/* The graph of the parts; l->community then holds the community of each part. False: memory. */
static bool aggregate(leiden *l, const level *g, uint32_t parts, level *next) {
    size_t *first = cn__alloc((size_t)parts + 1, sizeof *first);
    uint32_t *community = cn__alloc(parts, sizeof *community);
    size_t *start = cn__alloc((size_t)parts + 1, sizeof *start);
    double *mass = cn__calloc(parts, sizeof *mass);
    uint32_t *to = cn__alloc(g->start[g->n], sizeof *to);
    double *weight = cn__alloc(g->start[g->n], sizeof *weight);
    size_t filled = 0;
    *next = (level){parts, start, to, weight, mass, {start, mass, to, weight}};
    bool ok = first && community && start && mass && to && weight;
    if (ok) {
        sort_by_part(l->part, g->n, parts, first, l->order);
    }
    for (uint32_t p = 0; ok && p < parts; p++) {
        uint32_t count = 0;
        start[p] = filled;
        for (size_t i = first[p]; i < first[p + 1]; i++) {
            uint32_t v = l->order[i];
            mass[p] += g->mass[v];
            community[p] = l->community[v];
            for (size_t e = g->start[v]; e < g->start[v + 1]; e++) {
                uint32_t other = l->part[g->to[e]];
                if (other != p && l->shared[other] == 0) {
                    l->touched[count++] = other;
                }
                l->shared[other] += other != p ? g->weight[e] : 0;
            }
        }
        for (uint32_t i = 0; i < count; i++, filled++) {
            to[filled] = l->touched[i];
            weight[filled] = l->shared[l->touched[i]];
        }
        forget_ties(l, count);
    }
    if (ok) {
        start[parts] = filled;
        memcpy(l->community, community, parts * sizeof *community);
    }
    cn__free(first);
    cn__free(community);
    return ok;
}

/* ---- the whole ---- */

/* Number the communities of a level's nodes from 0 and sum up their masses. */
static uint32_t count_communities(leiden *l, const level *g) {
    uint32_t count = 0;
    memset(l->touched, 0xFF, g->n * sizeof *l->touched);
    memset(l->size, 0, g->n * sizeof *l->size);
    memset(l->mass, 0, g->n * sizeof *l->mass);
    for (uint32_t v = 0; v < g->n; v++) {
        uint32_t *number = &l->touched[l->community[v]];
        *number = *number == CN_NONE ? count++ : *number;
        l->community[v] = *number;
        l->size[*number]++;
        l->mass[*number] += g->mass[v];
    }
    return count;
}

/* One round through all levels; improves `community` (by vertex). False: memory. */
static bool improve(leiden *l, const level *ground, uint32_t *community) {
    level g = *ground;
    bool ok = true;
    memcpy(l->community, community, ground->n * sizeof *community);
    for (uint32_t v = 0; v < ground->n; v++) {
        l->node[v] = v;
    }
    count_communities(l, &g);
    for (;;) {
        move_nodes(l, &g);
        uint32_t parts = count_communities(l, &g) == g.n ? g.n : refine(l, &g, &ok);
        if (!ok || parts == g.n) {
            break; /* every node stands for itself, or no two of a community may be joined */
        }
        level next;
        ok = aggregate(l, &g, parts, &next);
        for (uint32_t v = 0; ok && v < ground->n; v++) {
            l->node[v] = l->part[l->node[v]];
        }
        release_level(&g);
        g = next;
        if (!ok) {
            break;
        }
        count_communities(l, &g);
    }
    for (uint32_t v = 0; ok && v < ground->n; v++) {
        community[v] = l->community[l->node[v]];
    }
    release_level(&g);
    return ok;
}

/* Connected pieces become communities of their own, numbered by their least vertex. */
static uint32_t split_pieces(leiden *l, const level *g, uint32_t *community) {
    uint32_t count = 0;
    memset(l->part, 0xFF, g->n * sizeof *l->part);
    for (uint32_t root = 0; root < g->n; root++) {
        uint32_t held = 0;
        if (l->part[root] != CN_NONE || g->start[root] == g->start[root + 1]) {
            continue;
        }
        l->part[root] = count;
        l->order[held++] = root;
        while (held > 0) {
            uint32_t v = l->order[--held];
            for (size_t e = g->start[v]; e < g->start[v + 1]; e++) {
                uint32_t u = g->to[e];
                if (l->part[u] == CN_NONE && community[u] == community[v]) {
                    l->part[u] = count;
                    l->order[held++] = u;
                }
            }
        }
        count++;
    }
    memcpy(community, l->part, g->n * sizeof *community);
    return count;
}

double cn__modularity(const cn__ties *ties, const uint32_t *community, uint32_t count, double resolution,
                      double *strength) {
    double inside = 0;
    double total = 0;
    double squares = 0;
    memset(strength, 0, count * sizeof *strength);
    for (uint32_t v = 0; v < ties->n; v++) {
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            total += ties->weight[e];
            if (community[v] != CN_NONE) {
                strength[community[v]] += ties->weight[e];
                inside += community[ties->to[e]] == community[v] ? ties->weight[e] : 0;
            }
        }
    }
    for (uint32_t c = 0; c < count; c++) {
        squares += strength[c] / total * (strength[c] / total);
    }
    return total > 0 ? inside / total - resolution * squares : (double)NAN;
}

static double fill_masses(const cn__ties *ties, double *mass) {
    double total = 0;
    for (uint32_t v = 0; v < ties->n; v++) {
        mass[v] = 0;
        for (size_t e = ties->start[v]; e < ties->start[v + 1]; e++) {
            mass[v] += ties->weight[e];
        }
        total += mass[v];
    }
    return total;
}

static bool allocate(leiden *l, uint32_t n) {
    l->community = cn__alloc(n, sizeof *l->community);
    l->part = cn__alloc(n, sizeof *l->part);
    l->order = cn__alloc(n, sizeof *l->order);
    l->queued = cn__alloc(n, sizeof *l->queued);
    l->mass = cn__alloc(n, sizeof *l->mass);
    l->cut = cn__alloc(n, sizeof *l->cut);
    l->size = cn__alloc(n, sizeof *l->size);
    l->shared = cn__calloc(n, sizeof *l->shared);
    l->touched = cn__alloc(n, sizeof *l->touched);
    l->node = cn__alloc(n, sizeof *l->node);
    return l->community && l->part && l->order && l->queued && l->mass && l->cut && l->size && l->shared &&
           l->touched && l->node;
}

static void release(leiden *l) {
    void *blocks[] = {l->community, l->part, l->order,  l->queued,  l->mass,
                      l->cut,       l->size, l->shared, l->touched, l->node};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        cn__free(blocks[i]);
    }
}

cn_status cn__leiden(const cn__ties *ties, const cn__leiden_options *options, uint32_t *community, uint32_t *count,
                     cn_error *err) {
    leiden l = {.random = options->seed, .bold = options->bold};
    double *mass = cn__alloc(ties->n, sizeof *mass);
    level ground = {ties->n, ties->start, ties->to, ties->weight, mass, {NULL}};
    bool ok = mass && allocate(&l, ties->n);
    double total = ok ? fill_masses(ties, mass) : 0;
    double quality = -INFINITY;
    uint32_t stale = 0;
    l.pull = total > 0 ? options->resolution / total : 0;
    for (uint32_t v = 0; v < ties->n; v++) {
        community[v] = v;
    }
    while (ok && stale < options->patience) {
        ok = improve(&l, &ground, community);
        double now = ok ? cn__modularity(ties, community, ties->n, options->resolution, l.mass) : 0;
        stale = now > quality + options->noticed ? 0 : stale + 1;
        quality = now > quality ? now : quality;
    }
    *count = ok ? split_pieces(&l, &ground, community) : 0;
    release(&l);
    cn__free(mass);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
