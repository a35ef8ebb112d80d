/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arcs from a list of pairs: sorted by source and target with two stable counting sorts (by target, then by source:
 * least significant digit first, Knuth, TAOCP 3, 5.2.5), then equal pairs merged. No comparison, so O(V + E) whatever
 * the order of the links; stable, so the links behind an arc stay in link order and their sum is always the same.
 *
 * An undirected entry i stands for the half-arcs 2i (as given) and 2i+1 (turned round), a directed one for the
 * half-arc i: they are numbers only and take no memory of their own.
 */
#include <string.h>

#include "error.h"
#include "graph_impl.h"
#include "memory.h"

typedef struct halves {
    const cn__entries *entries;
    bool directed;
    uint32_t count;
} halves;

static uint32_t entry_of(const halves *all, uint32_t half) { return all->directed ? half : half / 2; }

static uint32_t source_of(const halves *all, uint32_t half) {
    bool turned = !all->directed && half % 2 == 1;
    return turned ? all->entries->to[half / 2] : all->entries->from[entry_of(all, half)];
}

static uint32_t target_of(const halves *all, uint32_t half) {
    bool turned = !all->directed && half % 2 == 1;
    return turned ? all->entries->from[half / 2] : all->entries->to[entry_of(all, half)];
}

/* The second half of an undirected loop says what the first one says. */
static bool is_second_of_loop(const halves *all, uint32_t half) {
    return !all->directed && half % 2 == 1 && all->entries->from[half / 2] == all->entries->to[half / 2];
}

/* Counts at place k+1 become the start of bucket k. */
static void sum_up(uint32_t *start, uint32_t n) {
    for (uint32_t v = 0; v < n; v++) {
        start[v + 1] += start[v];
    }
}

/*
 * Both sorts go through `start`, work space of n+1: where a bucket begins, and after the sort where it ended. Counting
 * walks the entries as they lie in memory; only placing jumps.
 */
static uint32_t sort_by_target(const halves *all, uint32_t n, uint32_t *start, uint32_t *order) {
    memset(start, 0, ((size_t)n + 1) * sizeof *start);
    for (uint32_t half = 0; half < all->count; half++) {
        if (!is_second_of_loop(all, half)) {
            start[target_of(all, half) + 1]++;
        }
    }
    sum_up(start, n);
    uint32_t total = start[n];
    for (uint32_t half = 0; half < all->count; half++) {
        if (!is_second_of_loop(all, half)) {
            order[start[target_of(all, half)]++] = half;
        }
    }
    return total;
}

/* `order` gets the half-arcs of `by_target` by source, those of one source in their order there. */
static void sort_by_source(const halves *all, uint32_t n, uint32_t *start, const uint32_t *by_target, uint32_t total,
                           uint32_t *order) {
    memset(start, 0, ((size_t)n + 1) * sizeof *start);
    for (uint32_t half = 0; half < all->count; half++) {
        if (!is_second_of_loop(all, half)) {
            start[source_of(all, half) + 1]++;
        }
    }
    sum_up(start, n);
    for (uint32_t i = 0; i < total; i++) {
        order[start[source_of(all, by_target[i])]++] = by_target[i];
    }
}

/* `group` goes over from half-arcs to their entries, `targets` gets their targets. */
static void split_halves(const halves *all, uint32_t total, uint32_t *group, uint32_t *targets) {
    for (uint32_t i = 0; i < total; i++) {
        targets[i] = target_of(all, group[i]);
        group[i] = entry_of(all, group[i]);
    }
}

/* Arcs from sorted half-arcs: those of source v end at ends[v], and equal targets stand side by side. */
static cn_status merge_pairs(const uint32_t *targets, const uint32_t *ends, uint32_t total, cn__csr *csr,
                             cn_error *err) {
    uint32_t i = 0;
    csr->m = 0;
    for (uint32_t v = 0; v < csr->n; v++) {
        for (uint32_t begin = i; i < ends[v]; i++) {
            csr->m += i == begin || targets[i] != targets[i - 1];
        }
    }
    csr->out_start = cn__alloc((size_t)csr->n + 1, sizeof *csr->out_start);
    csr->out_to = cn__alloc(csr->m, sizeof *csr->out_to);
    csr->group_start = cn__alloc((size_t)csr->m + 1, sizeof *csr->group_start);
    if (csr->out_start == NULL || csr->out_to == NULL || csr->group_start == NULL) {
        return CN__NO_MEMORY(err);
    }
    uint32_t arc = 0;
    i = 0;
    for (uint32_t v = 0; v < csr->n; v++) {
        csr->out_start[v] = arc;
        for (uint32_t begin = i; i < ends[v]; i++) {
            if (i == begin || targets[i] != targets[i - 1]) {
                csr->out_to[arc] = targets[i];
                csr->loops += targets[i] == v;
                csr->group_start[arc++] = i;
            }
        }
    }
    csr->out_start[csr->n] = arc;
    csr->group_start[arc] = total;
    return CN_OK;
}

/* The arcs seen from their targets. Walking them by source leaves every list of sources ascending. */
static cn_status turn_round(cn__csr *csr, bool directed, cn_error *err) {
    uint32_t *next = cn__calloc((size_t)csr->n + 1, sizeof *next);
    uint32_t *from = directed ? cn__alloc(csr->m, sizeof *from) : csr->out_to;
    csr->in_from = from;
    csr->in_arc = cn__alloc(csr->m, sizeof *csr->in_arc);
    csr->in_start = directed ? cn__alloc((size_t)csr->n + 1, sizeof *csr->in_start) : csr->out_start;
    if (next == NULL || from == NULL || csr->in_arc == NULL || csr->in_start == NULL) {
        cn__free(next);
        return CN__NO_MEMORY(err);
    }
    for (uint32_t arc = 0; arc < csr->m; arc++) {
        next[csr->out_to[arc] + 1]++;
    }
    sum_up(next, csr->n);
    if (directed) {
        memcpy(csr->in_start, next, ((size_t)csr->n + 1) * sizeof *next);
    }
    for (uint32_t v = 0; v < csr->n; v++) {
        for (uint32_t arc = csr->out_start[v]; arc < csr->out_start[v + 1]; arc++) {
            uint32_t place = next[csr->out_to[arc]]++;
            csr->in_arc[place] = arc;
            if (directed) {
                from[place] = v;
            }
        }
    }
    cn__free(next);
    return CN_OK;
}

cn_status cn__csr_build(uint32_t n, const cn__entries *entries, bool directed, cn__csr *out, cn_error *err) {
    cn_status status;
    *out = (cn__csr){.n = n};
    if (n == CN_NONE || entries->count > (CN_NONE - 1) / (directed ? 1 : 2)) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "arcs");
    }
    halves all = {.entries = entries, .directed = directed, .count = (uint32_t)entries->count * (directed ? 1 : 2)};
    uint32_t *by_target = cn__alloc(all.count, sizeof *by_target);
    uint32_t *start = cn__alloc((size_t)n + 1, sizeof *start);
    out->group = cn__alloc(all.count, sizeof *out->group);
    if (by_target == NULL || start == NULL || out->group == NULL) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    uint32_t total = sort_by_target(&all, n, start, by_target);
    sort_by_source(&all, n, start, by_target, total, out->group);
    uint32_t *targets = by_target; /* no longer needed as what it was */
    split_halves(&all, total, out->group, targets);
    status = merge_pairs(targets, start, total, out, err);
    cn__free(by_target);
    by_target = NULL;
    if (status == CN_OK) {
        status = turn_round(out, directed, err);
    }

done:
    cn__free(start);
    cn__free(by_target);
    if (status != CN_OK) {
        cn__csr_release(out);
    }
    return status;
}

void cn__csr_release(cn__csr *csr) {
    if (csr->in_from != csr->out_to) {
        cn__free(csr->in_from);
    }
    if (csr->in_start != csr->out_start) {
        cn__free(csr->in_start);
    }
    cn__free(csr->out_start);
    cn__free(csr->out_to);
    cn__free(csr->in_arc);
    cn__free(csr->group_start);
    cn__free(csr->group);
    *csr = (cn__csr){0};
}

bool cn__entries_init(cn__entries *entries, size_t count) {
    entries->count = 0;
    entries->from = cn__alloc(count, sizeof *entries->from);
    entries->to = cn__alloc(count, sizeof *entries->to);
    entries->item = cn__alloc(count, sizeof *entries->item);
    return entries->from != NULL && entries->to != NULL && entries->item != NULL;
}

void cn__entries_release(cn__entries *entries) {
    cn__free(entries->from);
    cn__free(entries->to);
    cn__free(entries->item);
    *entries = (cn__entries){0};
}
