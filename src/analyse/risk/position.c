/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Position of firms: upstreamness and downstreamness (Antràs, Chor, Fally, Hillberry 2012; Fally 2012), the influence
 * vector (Acemoglu et al. 2012), a column of the Leontief inverse, and time to survive against time to recover
 * (Simchi-Levi et al. 2014). Each linear system is that of position_solve.c with another measure of the flows.
 *
 * Y is at least the sales, for U; and at least the purchases, for D: a firm that sells more than it makes, or buys for
 * more, would make the series diverge, and is named in a remark. Cost: O(V + E) a sweep.
 */
#include <math.h>

#include "cascade_impl.h"
#include "error.h"
#include "position_impl.h"

static const double good_bound = 1e-9;
static const double same_money = 1e-12;

typedef struct placing {
    const cn_flows *flows;
    uint32_t n;
    cn_position *out;
    cn__remarks remarks;
    double *ones;
    double *per; /* measure of the system at hand */
    bool *leaks;
    bool *exists;
    bool *closed;
} placing;

void cn_position_release(cn_position *position) {
    if (position != NULL) {
        cn__free(position->output);
        cn__free(position->upstream);
        cn__free(position->downstream);
        cn__free(position->influence);
        cn__free(position->katz);
        cn__free(position->hub);
        cn__free(position->authority);
        cn__free(position->survive_days);
        cn__free(position->recover_days);
        cn__free(position->gap_days);
        cn__free(position->recover_flow);
        cn__free(position->remarks);
        *position = (cn_position){0};
    }
}

static bool alloc_all(placing *p) {
    cn_position *out = p->out;
    size_t n = p->n;
    double **columns[] = {&out->output,       &out->upstream, &out->downstream, &out->influence,
                          &out->katz,         &out->hub,      &out->authority,  &out->survive_days,
                          &out->recover_days, &out->gap_days, &p->ones,         &p->per};
    bool ok = true;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && ok; i++) {
        *columns[i] = cn__calloc(n, sizeof **columns[i]);
        ok = *columns[i] != NULL;
    }
    out->recover_flow = cn__alloc(n, sizeof *out->recover_flow);
    p->leaks = cn__calloc(n, sizeof *p->leaks);
    p->exists = cn__calloc(n, sizeof *p->exists);
    p->closed = cn__calloc(n, sizeof *p->closed);
    return ok && out->recover_flow != NULL && p->leaks != NULL && p->exists != NULL && p->closed != NULL;
}

static bool remark(placing *p, cn_message message, uint32_t firm, double value, double second) {
    cn_remark row = {
        .message = message, .firm = firm, .product = CN_NONE, .other = CN_NONE, .value = value, .second = second};
    return cn__remarks_add(&p->remarks, &row);
}

/* Solve a system with b = 1 into `x`; `name` is the remark on sets that lose nothing. False: memory. */
static bool solve_ones(placing *p, const cn__system *system, cn_message name, double *x) {
    if (!cn__system_exists(system, p->leaks, p->exists, p->closed)) {
        return false;
    }
    for (uint32_t firm = 0; firm < p->n; firm++) {
        if (p->closed[firm] && !remark(p, name, firm, 0, 0)) {
            return false;
        }
    }
    double bound = cn__system_solve(system, p->ones, p->exists, x);
    p->out->error_bound = fmax(p->out->error_bound, bound);
    return bound >= 0;
}

static bool find_upstream(placing *p) {
    cn_position *out = p->out;
    for (uint32_t firm = 0; firm < p->n; firm++) {
        double sales = cn_flows_sales(p->flows, firm);
        p->ones[firm] = 1;
        out->output[firm] = cn__firm_output(p->flows, firm);
        p->leaks[firm] = out->output[firm] > sales * (1 + same_money) || sales == 0;
    }
    cn__system system = {.flows = p->flows, .by_supplier = true, .factor = 1, .per = out->output};
    return solve_ones(p, &system, CN_MSG_POSITION_NO_FINAL, out->upstream);
}

static bool find_downstream(placing *p) {
    cn_position *out = p->out;
    for (uint32_t firm = 0; firm < p->n; firm++) {
        double bought = cn_flows_purchases(p->flows, firm);
        double output = out->output[firm];
        p->per[firm] = fmax(output, bought);
        p->leaks[firm] = output > bought * (1 + same_money) || bought == 0;
        if (output > 0 && bought > output * (1 + same_money) &&
            !remark(p, CN_MSG_POSITION_BUYS_MORE, firm, output, bought)) {
            return false;
        }
    }
    cn__system system = {.flows = p->flows, .factor = 1, .per = p->per};
    return solve_ones(p, &system, CN_MSG_POSITION_NO_PRIMARY, out->downstream);
}

static bool find_influence(placing *p, double alpha) {
    for (uint32_t firm = 0; firm < p->n; firm++) {
        p->per[firm] = cn_flows_purchases(p->flows, firm);
    }
    cn__system system = {.flows = p->flows, .by_supplier = true, .per_other = true, .factor = 1 - alpha, .per = p->per};
    double bound = cn__system_solve(&system, p->ones, NULL, p->out->influence);
    for (uint32_t firm = 0; firm < p->n; firm++) {
        p->out->influence[firm] *= alpha / p->n;
    }
    p->out->error_bound = fmax(p->out->error_bound, bound);
    return bound >= 0;
}

static void find_days(placing *p) {
    cn_position *out = p->out;
    for (uint32_t firm = 0; firm < p->n; firm++) {
        size_t count;
        const cn_flow *flow = cn_flows_into(p->flows, firm, &count);
        out->survive_days[firm] = cn_flows_stock_days(p->flows, firm);
        out->recover_days[firm] = (double)NAN;
        out->recover_flow[firm] = CN_NONE;
        cn_input_role role = CN_INPUT_IRRELEVANT;
        for (size_t i = 0; i < count; i++) {
            if (i == 0 || flow[i].product != flow[i - 1].product) {
                role = cn_flows_role_for(p->flows, flow[i].product, firm);
            }
            double days = cn_flows_recovery_days(p->flows, flow[i].from);
            bool longer = isnan(out->recover_days[firm]) || days > out->recover_days[firm];
            if (role == CN_INPUT_ESSENTIAL && !isnan(days) && longer) {
                out->recover_days[firm] = days;
                out->recover_flow[firm] = (uint32_t)((size_t)(flow - p->flows->flow) + i);
            }
        }
        out->gap_days[firm] = out->recover_days[firm] - out->survive_days[firm];
    }
}

static cn_status compute(placing *p, double alpha, double katz, cn_error *err) {
    if (!alloc_all(p) || !find_upstream(p) || !find_downstream(p) || !find_influence(p, alpha)) {
        return CN__NO_MEMORY(err);
    }
    find_days(p);
    bool near_hubs = false;
    cn_status status = cn__position_rank(p->flows, katz, p->out, &near_hubs, err);
    bool ok = status == CN_OK;
    if (ok && p->out->error_bound > good_bound) {
        ok = remark(p, CN_MSG_POSITION_NEAR, CN_NONE, p->out->error_bound, 0);
    }
    if (ok && near_hubs) {
        ok = remark(p, CN_MSG_POSITION_HUBS_NEAR, CN_NONE, 0, 0);
    }
    return status != CN_OK ? status : ok ? CN_OK : CN__NO_MEMORY(err);
}

cn_status cn_position_compute(const cn_flows *flows, const cn_position_options *options, cn_position *out,
                              cn_error *err) {
    *out = (cn_position){.firm_count = cn_flows_firm_count(flows)};
    double alpha = options != NULL && options->alpha != 0 ? options->alpha : 1.0 / 3;
    double katz = options != NULL ? options->katz : 0;
    if (!(alpha > 0 && alpha <= 1) || !(katz >= 0 && isfinite(katz))) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, POSITION_OPTIONS);
    }
    placing p = {.flows = flows, .n = out->firm_count, .out = out};
    cn_status status = compute(&p, alpha, katz, err);
    out->remarks = p.remarks.rows;
    out->remark_count = p.remarks.count;
    cn__free(p.ones);
    cn__free(p.per);
    cn__free(p.leaks);
    cn__free(p.exists);
    cn__free(p.closed);
    if (status != CN_OK) {
        cn_position_release(out);
    }
    return status;
}

cn_status cn_leontief_column(const cn_flows *flows, uint32_t firm, double *column, double *bound, cn_error *err) {
    uint32_t n = cn_flows_firm_count(flows);
    if (firm >= n) {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "firm", "beyond the last one");
    }
    double *per = cn__alloc(n, sizeof *per);
    double *unit = cn__calloc(n, sizeof *unit);
    bool *leaks = cn__alloc(n, sizeof *leaks);
    bool *exists = cn__alloc(n, sizeof *exists);
    double residual = -1;
    if (per != NULL && unit != NULL && leaks != NULL && exists != NULL) {
        for (uint32_t i = 0; i < n; i++) {
            double bought = cn_flows_purchases(flows, i);
            double output = cn__firm_output(flows, i);
            per[i] = fmax(output, bought);
            leaks[i] = output > bought * (1 + same_money) || bought == 0;
        }
        unit[firm] = 1;
        /* the columns of (I-A)^-1 exist where the sums along purchases do, so ask the system of D, then solve along sales */
        cn__system columns = {.flows = flows, .factor = 1, .per = per};
        cn__system rows = {.flows = flows, .by_supplier = true, .per_other = true, .factor = 1, .per = per};
        if (cn__system_exists(&columns, leaks, exists, NULL)) {
            bool fine = exists[firm];
            for (uint32_t i = 0; i < n; i++) {
                exists[i] = fine && exists[i];
            }
            residual = cn__system_solve(&rows, unit, exists, column);
        }
    }
    cn__free(per);
    cn__free(unit);
    cn__free(leaks);
    cn__free(exists);
    if (bound != NULL) {
        *bound = residual;
    }
    return residual >= 0 ? CN_OK : CN__NO_MEMORY(err);
}
