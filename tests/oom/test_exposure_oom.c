/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exposure and critical suppliers with every single allocation failing in turn: the failure is reported and nothing leaks. */
#include "chain_model.h"
#include "check.h"
#include "memory.h"

static cn_flows *flows;
static cn_upstream *upstream;

static cn_status make_upstream(cn_error *err) {
    cn_upstream *up;
    cn_status status = cn_upstream_create(flows, 0, NULL, &up, err);
    cn_upstream_free(up);
    return status;
}

static cn_status make_exposure(cn_error *err) {
    cn_exposure e;
    cn_status status = cn_exposure_compute(flows, 0, &e, err);
    cn_exposure_release(&e);
    return status;
}

#define PART(name, type, compute, release)                                                                             \
    static cn_status name(cn_error *err) {                                                                             \
        type result;                                                                                                   \
        cn_status status = compute;                                                                                    \
        release(&result);                                                                                              \
        return status;                                                                                                 \
    }
PART(make_dependence, cn_dependence, cn_dependence_compute(upstream, NULL, &result, err), cn_dependence_release)
PART(make_dominators, cn_dominators, cn_dominators_compute(upstream, &result, err), cn_dominators_release)
PART(make_stops, cn_stops, cn_stops_compute(upstream, 0, &result, err), cn_stops_release)
PART(make_weak_points, cn_weak_points, cn_weak_points_compute(upstream, &result, err), cn_weak_points_release)
PART(make_min_cut, cn_min_cut, cn_min_cut_compute(upstream, &result, err), cn_min_cut_release)
PART(make_cycles, cn_upstream_cycles, cn_upstream_cycles_compute(upstream, &result, err), cn_upstream_cycles_release)
PART(make_critical, cn_critical, cn_critical_compute(flows, NULL, &result, err), cn_critical_release)

static cn_status make_trace(cn_error *err) {
    uint32_t count;
    const cn_upstream_vertex *v = cn_upstream_vertices(upstream, &count);
    uint32_t *stopped;
    cn_status status = cn_stop_trace(upstream, v[1].firm, &stopped, &count, err);
    cn_stop_free(stopped);
    return status;
}

static void each_fails(void) {
    static cn_status (*const parts[])(cn_error *) = {make_upstream, make_exposure,    make_dependence, make_dominators,
                                                     make_stops,    make_weak_points, make_min_cut,    make_cycles,
                                                     make_trace,    make_critical};
    uint64_t seed = 31;
    random_trade trade = {.firms = 8, .products = 3, .percent = 25};
    flows = random_flows(&trade, &seed);
    CHECK_INT(cn_upstream_create(flows, 0, NULL, &upstream, NULL), CN_OK);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        cn_status status = CN_ERR_MEMORY;
        uint64_t n = 0;
        for (; status != CN_OK && n < 10000; n++) {
            cn_error err = {0};
            cn__alloc_fail_after(n);
            status = parts[p](&err);
            cn__alloc_fail_after(CN__ALLOC_NEVER);
            CHECK(status == CN_OK || (status == CN_ERR_MEMORY && err.message == CN_MSG_OUT_OF_MEMORY));
        }
        CHECK(n > 2 && status == CN_OK);
    }
    cn_upstream_free(upstream);
    cn_flows_free(flows);
}

int main(void) { return check_run((check_case[]){{"each allocation fails", each_fails}, {0}}); }
