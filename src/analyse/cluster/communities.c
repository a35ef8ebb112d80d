/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Communities that hold whatever the seed: N runs of the Leiden algorithm (leiden.c), side by side on as many threads as there are;
 * the best by modularity is the result, and every vertex gets the share of runs that agree with it. Invariant: run i depends
 * on the graph and seed + i alone, and runs are compared in their order, so the bytes are the same for any number of threads.
 * Two partitions are matched by their contingency table, made by sorting the pairs of numbers by counting.
 * Cost: O(E) a pass of a run, O(V) to match a run.
 */
#include "coopnet/communities.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "contingency.h"
#include "error.h"
#include "kernel_run.h"
#include "leiden.h"
#include "memory.h"

enum { MOST_RUNS = 50, LEAST_RUNS = 3, ENTRIES_OF_RUNS = 12000000, PATIENT_ENTRIES = 200000 };

typedef struct search {
    cn_community_options options;
    cn__ties ties;
    uint32_t runs;
    uint32_t **of; /* by run */
    uint32_t *count;
    double *quality;
} search;

/* ---- runs ---- */

static uint32_t default_runs(size_t entries) {
    size_t runs = entries ? ENTRIES_OF_RUNS / entries : MOST_RUNS;
    return runs > MOST_RUNS ? MOST_RUNS : runs < LEAST_RUNS ? LEAST_RUNS : (uint32_t)runs;
}

static cn_status run_one(search *s, uint32_t run) {
    bool patient = s->ties.count < PATIENT_ENTRIES; /* a large graph gains nothing that matters */
    const cn__leiden_options options = {.resolution = s->options.resolution,
                                        .seed = (s->options.seed + run) * UINT64_C(0x2545f4914f6cdd1d),
                                        .bold = run % 2 == 1, /* every other run, for variety */
                                        .patience = patient ? 3 : 1,
                                        .noticed = patient ? 1e-12 : 1e-3};
    s->of[run] = cn__alloc(s->ties.n, sizeof **s->of);
    double *strength = cn__alloc(s->ties.n, sizeof *strength);
    cn_status status = s->of[run] && strength ? CN_OK : CN_ERR_MEMORY;
    if (status == CN_OK) {
        status = cn__leiden(&s->ties, &options, s->of[run], &s->count[run], NULL);
    }
    if (status == CN_OK) {
        s->quality[run] = cn__modularity(&s->ties, s->of[run], s->count[run], options.resolution, strength);
    }
    cn__free(strength);
    return status;
}

/* All runs; the progress is told, and the wish to stop heard, by the calling thread after each of its runs. */
static cn_status run_all(search *s, cn_error *err) {
    const cn__kernel_watch watch = {.threads = s->options.threads};
    const cn_watch *watched = &s->options.watch;
    int threads = cn__watch_threads(&watch);
    atomic_bool failed = false;
    atomic_bool stopped = false;
    atomic_uint done = 0;
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (uint32_t run = 0; run < s->runs; run++) {
        if (atomic_load(&failed) || atomic_load(&stopped)) {
            continue;
        }
        if (run_one(s, run) != CN_OK) {
            atomic_store(&failed, true);
        }
        unsigned ready = atomic_fetch_add(&done, 1) + 1;
        if (cn__run_thread() == 0 && watched->step && !watched->step(watched->context, ready, s->runs)) {
            atomic_store(&stopped, true);
        }
    }
    if (atomic_load(&failed)) {
        return CN__NO_MEMORY(err);
    }
    return atomic_load(&stopped) ? CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED) : CN_OK;
}

/* ---- the result ---- */

/* Sort of few keys by counting: communities by falling size, equal ones by number. False: memory. */
static bool order_by_size(uint32_t n, const uint32_t *of, uint32_t count, uint32_t *place) {
    uint32_t *size = cn__calloc(count, sizeof *size);
    uint32_t *first = cn__calloc((size_t)n + 2, sizeof *first);
    bool ok = size && first;
    for (uint32_t v = 0; ok && v < n; v++) {
        if (of[v] != CN_NONE) {
            size[of[v]]++;
        }
    }
    for (uint32_t c = 0; ok && c < count; c++) {
        first[n - size[c] + 1]++;
    }
    for (uint32_t i = 0; ok && i < n; i++) {
        first[i + 1] += first[i];
    }
    for (uint32_t c = 0; ok && c < count; c++) {
        place[c] = first[n - size[c]]++;
    }
    cn__free(size);
    cn__free(first);
    return ok;
}

static bool take_best(const search *s, uint32_t best, cn_communities *out) {
    uint32_t *place = cn__alloc(s->count[best], sizeof *place);
    out->of = cn__alloc(s->ties.n, sizeof *out->of);
    out->agreement = cn__calloc(s->ties.n, sizeof *out->agreement);
    bool ok = place && out->of && out->agreement && order_by_size(s->ties.n, s->of[best], s->count[best], place);
    for (uint32_t v = 0; ok && v < s->ties.n; v++) {
        out->of[v] = s->of[best][v] == CN_NONE ? CN_NONE : place[s->of[best][v]];
    }
    cn__free(place);
    return ok;
}

/* Count the vertices on which a run agrees with the result. False: memory. */
static bool match_run(const search *s, uint32_t run, cn_communities *out) {
    cn__contingency table;
    if (!cn__contingency_make(s->ties.n, s->of[run], out->of, &table)) {
        return false;
    }
    uint32_t *theirs = cn__alloc(table.a_count, sizeof *theirs); /* best cell of each of its communities */
    uint32_t *ours = cn__alloc(table.b_count, sizeof *ours);
    bool ok = theirs && ours;
    if (ok) {
        memset(theirs, 0xFF, table.a_count * sizeof *theirs);
        memset(ours, 0xFF, table.b_count * sizeof *ours);
    }
    for (uint32_t i = 0; ok && i < table.cell_count; i++) {
        const cn__cell *cell = &table.cells[i];
        uint32_t *a = &theirs[cell->a];
        uint32_t *b = &ours[cell->b];
        *a = *a == CN_NONE || cell->count > table.cells[*a].count ? i : *a;
        *b = *b == CN_NONE || cell->count > table.cells[*b].count ? i : *b;
    }
    bool same = true;
    for (uint32_t v = 0; ok && v < s->ties.n; v++) {
        if (out->of[v] != CN_NONE) {
            bool mutual = theirs[s->of[run][v]] == ours[out->of[v]];
            out->agreement[v] += mutual;
            same &= mutual;
        }
    }
    out->same_runs += same;
    cn__free(theirs);
    cn__free(ours);
    cn__contingency_release(&table);
    return ok;
}

static bool finish(const search *s, cn_communities *out) {
    uint32_t best = 0;
    out->worst = s->quality[0];
    for (uint32_t run = 1; run < s->runs; run++) {
        best = s->quality[run] > s->quality[best] + 1e-12 ? run : best;
        out->worst = s->quality[run] < out->worst ? s->quality[run] : out->worst;
    }
    out->n = s->ties.n;
    out->count = s->count[best];
    out->runs = s->runs;
    out->quality = s->quality[best];
    bool ok = take_best(s, best, out);
    for (uint32_t run = 0; ok && run < s->runs; run++) {
        ok = match_run(s, run, out);
    }
    uint32_t placed = 0;
    for (uint32_t v = 0; ok && v < out->n; v++) {
        out->agreement[v] = out->of[v] == CN_NONE ? (double)NAN : out->agreement[v] / s->runs;
        out->mean_agreement += out->of[v] == CN_NONE ? 0 : out->agreement[v];
        placed += out->of[v] != CN_NONE;
    }
    out->mean_agreement = placed ? out->mean_agreement / placed : (double)NAN;
    return ok;
}

cn_status cn_communities_find(const cn_graph *graph, const cn_community_options *options, cn_communities *out,
                              cn_error *err) {
    search s = {.runs = 0};
    *out = (cn_communities){.n = 0};
    if (options) {
        s.options = *options;
    }
    s.options.resolution = s.options.resolution == 0 ? 1 : s.options.resolution;
    s.options.seed = s.options.seed ? s.options.seed : 1;
    if (!(s.options.resolution > 0) || !isfinite(s.options.resolution)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, RESOLUTION_POSITIVE);
    }
    cn_status status = cn__ties_build(graph, true, &s.ties, err);
    if (status != CN_OK) {
        return status;
    }
    s.runs = s.options.runs ? s.options.runs : default_runs(s.ties.count);
    s.of = cn__calloc(s.runs, sizeof *s.of);
    s.count = cn__calloc(s.runs, sizeof *s.count);
    s.quality = cn__calloc(s.runs, sizeof *s.quality);
    status = s.of && s.count && s.quality ? run_all(&s, err) : CN__NO_MEMORY(err);
    if (status == CN_OK && !finish(&s, out)) {
        status = CN__NO_MEMORY(err);
    }
    for (uint32_t run = 0; s.of && run < s.runs; run++) {
        cn__free(s.of[run]);
    }
    cn__free(s.of);
    cn__free(s.count);
    cn__free(s.quality);
    cn__ties_release(&s.ties);
    if (status != CN_OK) {
        cn_communities_release(out);
    }
    return status;
}

void cn_communities_release(cn_communities *communities) {
    if (communities) {
        cn__free(communities->of);
        cn__free(communities->agreement);
        *communities = (cn_communities){.n = 0};
    }
}

cn_status cn_partition_quality(const cn_graph *graph, const uint32_t *of, double resolution, double *quality,
                               cn_error *err) {
    cn__ties ties;
    uint32_t count = 0;
    cn_status status = cn__ties_build(graph, true, &ties, err);
    if (status != CN_OK) {
        return status;
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        count = of[v] != CN_NONE && of[v] >= count ? of[v] + 1 : count;
    }
    double *strength = cn__alloc(count, sizeof *strength);
    if (strength) {
        *quality = cn__modularity(&ties, of, count, resolution, strength);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(strength);
    cn__ties_release(&ties);
    return status;
}
