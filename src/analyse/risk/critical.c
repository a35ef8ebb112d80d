/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Critical suppliers of some buyers: for each buyer the chain graph, dependence, dominators and stops, joined by firm. A
 * firm has a row when the buyer loses something with it or when it dominates a product; the other firms upstream only
 * have a dependence. Rows are cut to `top` buyer by buyer, which cannot lose one of the `top` rows of all.
 * Cost: that of the parts for each buyer, one buyer in memory at a time, and O(firms) beside.
 */
#include "error.h"
#include "kernel_run.h"
#include "memory.h"
#include "upstream.h"

#include <stdlib.h>

#define MAX_BUYERS 100
#define DEPENDENCE_WORK 100000000u

typedef struct ranking {
    const cn_flows *flows;
    const cn_critical_options *options;
    cn_critical *out;
    size_t row_cap;
    size_t loss_cap;
    cn_critical_firm *firms; /* by firm; buyers 0: no row */
    double unknown;
    double total;
    /* of the buyer at hand */
    cn_upstream *up;
    cn_dependence dependence;
    cn_dominators dominators;
    cn_stops stops;
    size_t first_row;
    uint32_t *row_of; /* by local firm, relative to first_row; CN_NONE */
    uint32_t *local;  /* by firm, valid for firms upstream only */
} ranking;

/* ---- which buyers ---- */

typedef struct candidate {
    double purchases;
    uint32_t firm;
} candidate;

static int compare_candidates(const void *a, const void *b) {
    const candidate *x = a;
    const candidate *y = b;
    int order = cn__compare_down(x->purchases, y->purchases);
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

static bool is_anchor(const cn_flows *flows, uint32_t firm) {
    const cn_network *net = cn_flows_network(flows);
    if (!net) {
        return false;
    }
    cn_entity entity = cn_flows_entity(flows, firm);
    return cn_entity_has_role(net, entity, CN_ROLE_ANCHOR) || cn_entity_has_role(net, entity, CN_ROLE_FINAL_MAKER);
}

/* Buyers that are anchors, or all; how many. */
static size_t list_candidates(const cn_flows *flows, bool anchors, candidate *list) {
    size_t count = 0;
    for (uint32_t f = 0; f < cn_flows_firm_count(flows); f++) {
        if (cn_flows_purchases(flows, f) > 0 && (!anchors || is_anchor(flows, f))) {
            list[count++] = (candidate){cn_flows_purchases(flows, f), f};
        }
    }
    return count;
}

static cn_status choose_buyers(ranking *r, cn_error *err) {
    const cn_critical_options *options = r->options;
    candidate *list = cn__alloc(cn_flows_firm_count(r->flows), sizeof *list);
    if (!list) {
        return CN__NO_MEMORY(err);
    }
    size_t count = list_candidates(r->flows, true, list);
    count = count ? count : list_candidates(r->flows, false, list);
    if (count > 1) {
        qsort(list, count, sizeof *list, compare_candidates);
    }
    size_t most = options->max_buyers ? options->max_buyers : MAX_BUYERS;
    size_t kept = count < most ? count : most;
    r->out->buyers_left_out = count - kept;
    r->out->buyers = cn__alloc(kept, sizeof *r->out->buyers);
    for (size_t i = 0; r->out->buyers && i < kept; i++) {
        r->out->buyers[r->out->buyer_count++] = list[i].firm;
    }
    cn__free(list);
    return r->out->buyers ? CN_OK : CN__NO_MEMORY(err);
}

static cn_status set_buyers(ranking *r, cn_error *err) {
    const cn_critical_options *options = r->options;
    if (!options->buyers) {
        return choose_buyers(r, err);
    }
    r->out->buyers = cn__alloc(options->buyer_count, sizeof *r->out->buyers);
    if (!r->out->buyers) {
        return CN__NO_MEMORY(err);
    }
    for (size_t i = 0; i < options->buyer_count; i++) {
        bool known = false;
        for (size_t j = 0; j < r->out->buyer_count; j++) {
            known |= r->out->buyers[j] == options->buyers[i];
        }
        if (options->buyers[i] >= cn_flows_firm_count(r->flows)) {
            return cn__no_firm(options->buyers[i], err);
        }
        if (!known) {
            r->out->buyers[r->out->buyer_count++] = options->buyers[i];
        }
    }
    return CN_OK;
}

/* ---- rows of one buyer ---- */

/* The row of a firm, made when new; NULL without memory. */
static cn_critical_row *row_at(ranking *r, uint32_t firm) {
    cn_critical *out = r->out;
    uint32_t *place = &r->row_of[r->local[firm]];
    if (*place == CN_NONE) {
        if (!cn__grow((void **)&out->rows, &r->row_cap, out->row_count, 1, sizeof *out->rows)) {
            return NULL;
        }
        *place = (uint32_t)(out->row_count - r->first_row);
        out->rows[out->row_count++] = (cn_critical_row){.buyer = r->up->buyer,
                                                        .firm = firm,
                                                        .product = CN_NONE,
                                                        .stock_days = cn_flows_stock_days(r->flows, r->up->buyer),
                                                        .recovery_days = cn_flows_recovery_days(r->flows, firm)};
    }
    return &out->rows[r->first_row + *place];
}

/* The product for which a loss is worst. */
static uint32_t worst_product(const cn_stop_loss *losses, uint32_t count) {
    const cn_stop_loss *worst = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const cn_stop_loss *loss = &losses[i];
        int gain = 1;
        if (worst) {
            gain = loss->blocked - worst->blocked;
            gain = gain ? gain : loss->only_foreign - worst->only_foreign;
            gain = gain ? gain : -cn__compare_down(loss->lost, worst->lost);
        }
        worst = gain > 0 ? loss : worst;
    }
    return worst ? worst->product : CN_NONE;
}

static bool add_stops(ranking *r) {
    for (size_t i = 0; i < r->stops.row_count; i++) {
        const cn_stop *stop = &r->stops.rows[i];
        cn_critical_row *row = row_at(r, stop->firm);
        if (!row) {
            return false;
        }
        const cn_stop_loss *losses = r->stops.losses + stop->loss_start;
        row->loss_start = stop->loss_start; /* in the buyer's own list as yet */
        row->loss_count = stop->loss_count;
        row->direct_stopped = stop->direct_stopped;
        row->output_at_risk = stop->output_at_risk;
        row->blocked = stop->blocked;
        row->lost = stop->lost;
        row->lost_share = r->dependence.known_value > 0 ? stop->lost / r->dependence.known_value : 0;
        row->product = worst_product(losses, stop->loss_count);
        row->reasons |= (stop->blocked_count ? CN_CRITICAL_STOPS : 0) | (stop->diamond ? CN_CRITICAL_DIAMOND : 0);
        for (uint32_t k = 0; k < stop->loss_count; k++) {
            row->reasons |= losses[k].only_foreign ? CN_CRITICAL_LAST_DOMESTIC : 0;
        }
    }
    return true;
}

static bool add_dominators(ranking *r) {
    for (size_t i = 0; i < r->dominators.row_count; i++) {
        cn_critical_row *row = row_at(r, r->dominators.rows[i].firm);
        if (!row) {
            return false;
        }
        row->reasons |= CN_CRITICAL_DOMINATOR;
        row->product = row->product == CN_NONE ? r->dominators.rows[i].product : row->product;
    }
    return true;
}

static bool add_single_sources(ranking *r) {
    const cn_upstream *up = r->up;
    for (uint32_t g = 0; g < up->group_start[1]; g++) {
        if (up->groups[g].sources != 1 || up->groups[g].outside) {
            continue;
        }
        cn_critical_row *row = row_at(r, up->vertices[up->arcs[up->groups[g].arc_start].from].firm);
        if (!row) {
            return false;
        }
        row->reasons |= CN_CRITICAL_SINGLE_SOURCE;
    }
    return true;
}

/* What holds of the firm itself, and its dependence. */
static void complete_rows(ranking *r) {
    const uint32_t effects = CN_CRITICAL_DOMINATOR | CN_CRITICAL_STOPS | CN_CRITICAL_DIAMOND;
    for (size_t i = 0; i < r->dependence.row_count; i++) {
        const cn_dependence_row *from = &r->dependence.rows[i];
        uint32_t place = r->row_of[r->local[from->firm]];
        if (place == CN_NONE) {
            continue;
        }
        cn_critical_row *row = &r->out->rows[r->first_row + place];
        row->tier = from->tier;
        row->dependence = from->dependence;
        row->dependence_error = from->error;
        row->dependence_low = from->low;
        row->dependence_high = from->high;
        row->reasons |= from->tier > 1 && (row->reasons & effects) ? CN_CRITICAL_HIDDEN : 0;
        row->reasons |= cn_flows_foreign(r->flows, row->firm) ? CN_CRITICAL_FOREIGN : 0;
        row->reasons |= row->recovery_days > row->stock_days ? CN_CRITICAL_SLOW : 0; /* never with NaN */
    }
}

static int compare_rows(const void *a, const void *b) {
    const cn_critical_row *x = a;
    const cn_critical_row *y = b;
    int order = cn__compare_down(x->output_at_risk, y->output_at_risk);
    order = order ? order : cn__compare_down(x->blocked, y->blocked);
    order = order ? order : cn__compare_down(x->lost, y->lost);
    order = order ? order : cn__compare_down(x->dependence, y->dependence);
    order = order ? order : x->tier < y->tier ? -1 : x->tier > y->tier;
    order = order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
    return order ? order : x->buyer < y->buyer ? -1 : x->buyer > y->buyer;
}

static void sum_firms(ranking *r) {
    for (size_t i = r->first_row; i < r->out->row_count; i++) {
        const cn_critical_row *row = &r->out->rows[i];
        cn_critical_firm *firm = &r->firms[row->firm];
        if (firm->buyers == 0 || row->output_at_risk > firm->worst_at_risk) {
            firm->worst_buyer = row->buyer;
            firm->worst_at_risk = row->output_at_risk;
        }
        firm->firm = row->firm;
        firm->buyers++;
        firm->reasons |= row->reasons;
        firm->output_at_risk += row->output_at_risk;
        firm->blocked += row->blocked;
        firm->lost += row->lost;
    }
}

/* Sort the buyer's rows, cut them to `top` and take their losses over. */
static bool keep_rows(ranking *r) {
    cn_critical *out = r->out;
    size_t count = out->row_count - r->first_row;
    cn_critical_row *rows = out->rows + r->first_row;
    if (count > 1) {
        qsort(rows, count, sizeof *rows, compare_rows);
    }
    size_t top = r->options->top;
    size_t kept = top && count > top ? top : count;
    bool whole = kept == count;
    out->rows_left_out += count - kept;
    out->row_count = r->first_row + kept;
    if (whole && out->loss_count == 0) { /* of the first buyer, all of them: hundreds of megabytes in a large network */
        cn__free(out->losses);
        out->losses = r->stops.losses;
        out->loss_count = r->loss_cap = r->stops.loss_count;
        r->stops.losses = NULL;
        return true;
    }
    size_t extra = whole ? r->stops.loss_count : 0;
    for (size_t i = 0; !whole && i < kept; i++) {
        extra += rows[i].loss_count;
    }
    if (!cn__grow((void **)&out->losses, &r->loss_cap, out->loss_count, extra, sizeof *out->losses)) {
        return false;
    }
    size_t offset = out->loss_count;
    for (size_t i = 0; whole && i < extra; i++) {
        out->losses[out->loss_count++] = r->stops.losses[i];
    }
    for (size_t i = 0; i < kept; i++) {
        size_t start = rows[i].loss_start;
        rows[i].loss_start = whole ? offset + start : out->loss_count;
        for (uint32_t k = 0; !whole && k < rows[i].loss_count; k++) {
            out->losses[out->loss_count++] = r->stops.losses[start + k];
        }
    }
    return true;
}

static void add_totals(ranking *r) {
    const cn_upstream *up = r->up;
    size_t count;
    const cn_outside *outside = cn_flows_outside_of(r->flows, up->buyer, &count);
    r->total += r->dependence.known_value;
    const char *only = r->options->product;
    for (size_t i = 0; i < count; i++) {
        if (!only || !only[0] || cn_product_covers(only, cn_flows_product_code(r->flows, outside[i].product))) {
            r->total += outside[i].value;
            r->unknown += outside[i].origin != CN_ORIGIN_NONE ? outside[i].value : 0;
        }
    }
    r->out->no_table |= up->notes.no_table;
    r->out->unchecked += r->stops.unchecked;
}

static cn_status analyse(ranking *r, cn_error *err) {
    uint64_t work = DEPENDENCE_WORK / r->out->buyer_count;
    cn_dependence_options options = {.work = work > 1000000 ? work : 1000000};
    cn_error errors[2] = {{0}};
    cn_status statuses[2] = {CN_OK, CN_OK};
    int threads = cn__watch_threads(NULL);
    (void)threads;
    /* what stops takes about as long as the others together; all of them only read the chain graph */
#pragma omp parallel sections num_threads(threads < 2 ? threads : 2)
    {
#pragma omp section
        {
            statuses[0] = cn_dependence_compute(r->up, &options, &r->dependence, &errors[0]);
            statuses[0] = statuses[0] ? statuses[0] : cn_dominators_compute(r->up, &r->dominators, &errors[0]);
        }
#pragma omp section
        statuses[1] = cn_stops_compute(r->up, 0, &r->stops, &errors[1]);
    }
    int failed = statuses[0] ? 0 : 1;
    if (statuses[failed] && err) {
        *err = errors[failed];
    }
    return statuses[failed];
}

static cn_status add_buyer(ranking *r, uint32_t buyer, cn_error *err) {
    cn_upstream_options options = {.product = r->options->product};
    cn_status status = cn_upstream_create(r->flows, buyer, &options, &r->up, err);
    if (status != CN_OK) {
        return status;
    }
    status = analyse(r, err);
    r->first_row = r->out->row_count;
    r->row_of = cn__alloc(r->up->local_count, sizeof *r->row_of);
    for (uint32_t f = 0; r->row_of && f < r->up->local_count; f++) {
        r->row_of[f] = CN_NONE;
        r->local[r->up->firm[f]] = f;
    }
    if (status == CN_OK && !(r->row_of && add_stops(r) && add_dominators(r) && add_single_sources(r))) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        complete_rows(r);
        sum_firms(r);
        add_totals(r);
        status = keep_rows(r) ? CN_OK : CN__NO_MEMORY(err);
    }
    cn__free(r->row_of);
    r->row_of = NULL;
    cn_dependence_release(&r->dependence);
    cn_dominators_release(&r->dominators);
    cn_stops_release(&r->stops);
    cn_upstream_free(r->up);
    return status;
}

/* ---- all buyers ---- */

static int compare_firms(const void *a, const void *b) {
    const cn_critical_firm *x = a;
    const cn_critical_firm *y = b;
    int order = cn__compare_down(x->output_at_risk, y->output_at_risk);
    order = order ? order : cn__compare_down(x->blocked, y->blocked);
    order = order ? order : cn__compare_down(x->lost, y->lost);
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

/* Every buyer in turn; those that buy nothing of the product are dropped, unless all are. */
static cn_status add_buyers(ranking *r, cn_error *err) {
    cn_critical *out = r->out;
    size_t kept = 0;
    cn_error skipped = {0};
    for (size_t i = 0; i < out->buyer_count; i++) {
        cn_error own = {0};
        cn_status status = add_buyer(r, out->buyers[i], &own);
        if (status == CN_OK) {
            out->buyers[kept++] = out->buyers[i];
        } else if (status == CN_ERR_ARGUMENT) {
            skipped = own;
        } else {
            if (err) {
                *err = own;
            }
            return status;
        }
    }
    if (kept == 0 && out->buyer_count > 0) {
        if (err) {
            *err = skipped;
        }
        return skipped.status;
    }
    out->buyer_count = kept;
    return CN_OK;
}

/* Rows of all buyers in one order; firms without row go. */
static void finish(ranking *r) {
    cn_critical *out = r->out;
    if (out->row_count > 1) {
        qsort(out->rows, out->row_count, sizeof *out->rows, compare_rows);
    }
    size_t top = r->options->top;
    if (top && out->row_count > top) {
        out->rows_left_out += out->row_count - top;
        out->row_count = top;
    }
    out->firms = r->firms;
    r->firms = NULL;
    for (uint32_t f = 0; f < cn_flows_firm_count(r->flows); f++) {
        if (out->firms[f].buyers > 0) {
            out->firms[out->firm_count++] = out->firms[f];
        }
    }
    if (out->firm_count > 1) {
        qsort(out->firms, out->firm_count, sizeof *out->firms, compare_firms);
    }
    out->unknown_share = r->total > 0 ? r->unknown / r->total : 0;
}

cn_status cn_critical_compute(const cn_flows *flows, const cn_critical_options *options, cn_critical *out,
                              cn_error *err) {
    *out = (cn_critical){0};
    cn_critical_options standard = {0};
    ranking r = {.flows = flows, .options = options ? options : &standard, .out = out};
    r.firms = cn__calloc(cn_flows_firm_count(flows), sizeof *r.firms);
    r.local = cn__alloc(cn_flows_firm_count(flows), sizeof *r.local);
    cn_status status = r.firms && r.local ? set_buyers(&r, err) : CN__NO_MEMORY(err);
    status = status == CN_OK ? add_buyers(&r, err) : status;
    if (status == CN_OK) {
        finish(&r);
    }
    cn__free(r.firms);
    cn__free(r.local);
    if (status != CN_OK) {
        cn_critical_release(out);
    }
    return status;
}

void cn_critical_release(cn_critical *critical) {
    if (critical) {
        cn__free(critical->buyers);
        cn__free(critical->rows);
        cn__free(critical->losses);
        cn__free(critical->firms);
        *critical = (cn_critical){0};
    }
}
