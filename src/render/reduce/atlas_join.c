/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joining communities until a map can hold them. The smallest group joins the one with the largest association w(i,j) / s(j): the trade
 * between them over the other's trade with all groups (the probabilistic affinity index of bibliometrics, van Eck & Waltman, JASIST 60,
 * 2009, with s(i) left out as it is the same for all j), so that it goes where it matters and not always to the largest. Of many
 * thousand groups only the first 600 by trade take part; they hold nearly everything, and the others are the rest.
 * Invariant: w is symmetric with zeros on the diagonal, and the sum of s is that of w. Cost: O(G log G + F + 600²).
 */
#include "atlas.h"

#include <string.h>

#include "memory.h"
#include "ranked.h"

enum { TAKES_PART = 600 };

/* The groups in the order of their trade. NULL: memory. */
static cn__ranked *rank_groups(const cn_group_flows *flows) {
    cn__ranked *list = cn__alloc(flows->count, sizeof *list);
    for (uint32_t g = 0; list && g < flows->count; g++) {
        const cn_group_sum *sum = &flows->sums[g];
        list[g] = (cn__ranked){sum->inside + sum->in + sum->out, g};
    }
    if (list) {
        cn__ranked_sort(list, flows->count);
    }
    return list;
}

typedef struct joining {
    uint32_t n;
    double *w;       /* n × n */
    double *s;       /* by set: its trade with others */
    uint64_t *size;  /* vertices; 0: joined to another */
    uint32_t *into;  /* by place: the set it is in, or CN_NONE */
    uint32_t *place; /* by group: its place among those that take part, or CN_NONE */
} joining;

static void fill(joining *j, const cn_group_flows *flows, const cn__ranked *list) {
    for (uint32_t i = 0; i < j->n; i++) {
        j->place[list[i].index] = i;
        j->size[i] = flows->sums[list[i].index].size;
        j->into[i] = i;
    }
    for (size_t f = 0; f < flows->flow_count; f++) {
        const cn_group_flow *flow = &flows->flows[f];
        if (flow->from >= flows->count || flow->to >= flows->count) {
            continue;
        }
        uint32_t a = j->place[flow->from];
        uint32_t b = j->place[flow->to];
        if (a != CN_NONE && b != CN_NONE && a != b) {
            j->w[(size_t)a * j->n + b] += flow->value;
            j->w[(size_t)b * j->n + a] += flow->value;
            j->s[a] += flow->value;
            j->s[b] += flow->value;
        }
    }
}

/* The smallest set that is left, of equal ones the one of less trade; CN_NONE: none. */
static uint32_t smallest(const joining *j) {
    uint32_t best = CN_NONE;
    for (uint32_t i = j->n; i-- > 0;) {
        if (j->size[i] > 0 && (best == CN_NONE || j->size[i] < j->size[best])) {
            best = i;
        }
    }
    return best;
}

static uint32_t best_partner(const joining *j, uint32_t i) {
    uint32_t best = CN_NONE;
    double most = 0;
    for (uint32_t k = 0; k < j->n; k++) {
        double w = j->w[(size_t)i * j->n + k];
        if (k != i && j->size[k] > 0 && w > 0 && w / j->s[k] > most) {
            most = w / j->s[k];
            best = k;
        }
    }
    return best;
}

/* Set i becomes a part of set k (CN_NONE: of the rest). */
static void join(joining *j, uint32_t i, uint32_t k) {
    for (uint32_t m = 0; m < j->n; m++) {
        double w = j->w[(size_t)i * j->n + m];
        j->w[(size_t)i * j->n + m] = j->w[(size_t)m * j->n + i] = 0;
        j->s[m] -= w;
        if (k != CN_NONE && m != k) {
            j->w[(size_t)k * j->n + m] += w;
            j->w[(size_t)m * j->n + k] += w;
            j->s[m] += w;
            j->s[k] += w;
        }
        j->into[m] = j->into[m] == i ? k : j->into[m];
    }
    j->s[i] = 0;
    if (k != CN_NONE) {
        j->size[k] += j->size[i];
    }
    j->size[i] = 0;
}

bool cn__atlas_join(const cn_group_flows *flows, uint32_t most, uint32_t *set_of, uint32_t *set_count) {
    cn__ranked *list = rank_groups(flows);
    uint32_t n = flows->count < TAKES_PART ? flows->count : TAKES_PART;
    joining j = {n,
                 cn__calloc((size_t)n * n, sizeof *j.w),
                 cn__calloc(n, sizeof *j.s),
                 cn__calloc(n, sizeof *j.size),
                 cn__alloc(n, sizeof *j.into),
                 set_of};
    bool ok = list && j.w && j.s && j.size && j.into;
    memset(set_of, 0xFF, flows->count * sizeof *set_of);
    if (ok) {
        fill(&j, flows, list);
        for (uint32_t left = n; left > most; left--) {
            uint32_t i = smallest(&j);
            join(&j, i, best_partner(&j, i));
        }
        uint32_t sets = 0;
        for (uint32_t i = 0; i < n; i++) { /* sizes become numbers */
            j.size[i] = j.size[i] > 0 ? sets++ : CN_NONE;
        }
        for (uint32_t g = 0; g < flows->count; g++) {
            uint32_t into = set_of[g] == CN_NONE ? CN_NONE : j.into[set_of[g]];
            set_of[g] = into == CN_NONE ? CN_NONE : (uint32_t)j.size[into];
        }
        *set_count = sets;
    }
    cn__free(list);
    cn__free(j.w);
    cn__free(j.s);
    cn__free(j.size);
    cn__free(j.into);
    return ok;
}
