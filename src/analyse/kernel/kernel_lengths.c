/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Betweenness with lengths: Brandes (2001) over Dijkstra's order, without lists of predecessors. Once all distances from
 * a source are known, an arc lies on a shortest path when it fills the difference of the distances of its ends; path counts
 * run over these arcs in the order of distance, dependencies in the reverse.
 * Invariant: both runs ask the same question of the same numbers, so they see the same arcs. Cost O(E log V) a source.
 */
#include <string.h>

#include "error.h"
#include "kernel_brandes.h"
#include "kernel_dijkstra.h"
#include "memory.h"

typedef struct space {
    cn__dijkstra search;
    double *paths;
    double *share; /* (targets + what depends on v) / paths */
} space;

static bool init(space *s, uint32_t n) {
    bool ok = cn__dijkstra_init(&s->search, n);
    s->paths = cn__alloc(n, sizeof *s->paths);
    s->share = cn__alloc(n, sizeof *s->share);
    return ok && s->paths && s->share;
}

static void release(space *s) {
    cn__dijkstra_release(&s->search);
    cn__free(s->paths);
    cn__free(s->share);
}

static void count_paths(const cn__core *core, const double *length, space *s) {
    const cn__dijkstra *d = &s->search;
    for (uint32_t i = 0; i < d->count; i++) {
        s->paths[d->order[i]] = i == 0;
    }
    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t v = d->order[i];
        for (uint32_t a = core->out_start[v]; a < core->out_start[v + 1]; a++) {
            if (cn__is_tight(d, v, core->out_to[a], length[a])) {
                s->paths[core->out_to[a]] += s->paths[v];
            }
        }
    }
}

static void accumulate(const cn__core *core, const double *length, uint32_t source, space *s, double *values,
                       double *arrived) {
    const cn__dijkstra *d = &s->search;
    for (uint32_t i = d->count; i-- > 0;) {
        uint32_t v = d->order[i];
        double sum = 0;
        for (uint32_t a = core->out_start[v]; a < core->out_start[v + 1]; a++) {
            if (cn__is_tight(d, v, core->out_to[a], length[a])) {
                sum += s->share[core->out_to[a]];
            }
        }
        double beyond = sum * s->paths[v];
        s->share[v] = (beyond + core->targets[v]) / s->paths[v];
        if (v == source) {
            core->reached[v] = beyond;
            values[v] += core->below[v] * beyond;
            continue;
        }
        values[v] += core->sources[source] * (beyond + (core->targets[v] - 1));
        if (arrived) {
            arrived[v] += core->sources[source];
        }
    }
}

static void walk_all(cn__core *core, const double *length, space *spaces, cn__run *run, cn__blocks *values,
                     cn__blocks *arrived) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(run->threads)
    for (uint32_t block = 0; block < values->count; block++) {
        space *s = &spaces[cn__run_thread()];
        for (uint32_t i = block; i < core->order_count && cn__run_goes_on(run); i += values->count) {
            uint32_t source = core->order[i];
            cn__dijkstra_search(&s->search, core->out_start, core->out_to, length, source, CN_NONE);
            count_paths(core, length, s);
            accumulate(core, length, source, s, cn__blocks_at(values, block),
                       core->arrived ? cn__blocks_at(arrived, block) : NULL);
            cn__dijkstra_clear(&s->search);
            cn__run_step(run, 1);
        }
    }
}

cn_status cn__brandes_lengths(cn__core *core, const cn__kernel_watch *watch, cn_error *err) {
    cn_status status = CN_OK;
    cn__run run;
    cn__blocks values = {0};
    cn__blocks arrived = {0};
    cn__run_start(&run, watch, core->order_count, core->order_count,
                  (uint64_t)core->order_count * (core->n + core->out_start[core->n]));
    space *spaces = cn__calloc((size_t)run.threads, sizeof *spaces);
    double *length = cn__lengths_of(core->out_weight, core->out_start[core->n]);
    bool ok = spaces && length && cn__blocks_init(&values, core->n, core->order_count) &&
              (!core->arrived || cn__blocks_init(&arrived, core->n, core->order_count));
    for (int t = 0; ok && t < run.threads; t++) {
        ok = init(&spaces[t], core->n);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    walk_all(core, length, spaces, &run, &values, &arrived);
    memcpy(core->values, cn__blocks_sum(&values, run.threads), core->n * sizeof *core->values);
    if (core->arrived) {
        memcpy(core->arrived, cn__blocks_sum(&arrived, run.threads), core->n * sizeof *core->arrived);
    }
    status = cn__run_end(&run, err);
done:
    for (int t = 0; spaces && t < run.threads; t++) {
        release(&spaces[t]);
    }
    cn__free(spaces);
    cn__free(length);
    cn__blocks_release(&values);
    cn__blocks_release(&arrived);
    return status;
}
