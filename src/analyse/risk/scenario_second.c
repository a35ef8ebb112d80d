/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a second source would change: single sources are the inputs of the cascade's model that one flow alone feeds;
 * the costliest are chosen by the ESRI of their supplier, and each is followed twice, without and with a standby source.
 * Cost: ESRI of the suppliers concerned (unless given), then two cascades for each of the chosen.
 */
#include <math.h>
#include <stdlib.h>

#include "cascade_impl.h"
#include "coopnet/scenario.h"
#include "error.h"

typedef struct choosing {
    const cn_flows *flows;
    cn_cascade_options options; /* as given */
    const cn__cascade_model *model;
    cn_second_source *rows;
    size_t count;
    size_t cap;
} choosing;

void cn_second_sources_free(cn_second_source *sources) { cn__free(sources); }

/* Counted purchases of an input outside the flows? Then its measure is larger than the flow. */
static bool has_outside(const choosing *c, uint32_t buyer, uint32_t input) {
    size_t count;
    size_t all;
    const cn_outside *row = cn_flows_outside_of(c->flows, buyer, &count);
    const cn_outside *first = cn_flows_outside(c->flows, &all);
    for (size_t i = 0; i < count; i++) {
        if (c->model->outside_input[(size_t)(row - first) + i] == input) {
            return true;
        }
    }
    return false;
}

static bool find_buyer(choosing *c, uint32_t buyer) {
    size_t count;
    const cn_flow *flow = cn_flows_into(c->flows, buyer, &count);
    uint32_t input = c->model->firm_input[buyer];
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || flow[i - 1].product != flow[i].product;
        bool last = i + 1 == count || flow[i + 1].product != flow[i].product;
        while (c->model->input_product[input] != flow[i].product) {
            input++;
        }
        cn_input_role role = c->model->input[input].role;
        if (!first || !last || role == CN_INPUT_IRRELEVANT || flow[i].from == buyer || has_outside(c, buyer, input)) {
            continue;
        }
        if (!cn__grow((void **)&c->rows, &c->cap, c->count, 1, sizeof *c->rows)) {
            return false;
        }
        c->rows[c->count++] = (cn_second_source){.flow = (uint32_t)((size_t)(flow - c->model->flow) + i), .role = role};
    }
    return true;
}

/* Before the cascades `money` holds the value of the flow, to order by. */
static int compare_sources(const void *a, const void *b) {
    const cn_second_source *x = a;
    const cn_second_source *y = b;
    if (x->loss > y->loss || x->loss < y->loss) {
        return x->loss > y->loss ? -1 : 1;
    }
    if (x->money > y->money || x->money < y->money) {
        return x->money > y->money ? -1 : 1;
    }
    return x->flow < y->flow ? -1 : x->flow > y->flow;
}

/* ESRI of the suppliers of all candidates into `loss`. */
static cn_status rank_suppliers(choosing *c, const double *esri, const cn_progress *progress, cn_error *err) {
    cn_esri made = {0};
    cn_status status = CN_OK;
    uint32_t *firms = NULL;
    if (esri == NULL) {
        uint32_t n = c->model->firm_count;
        size_t count = 0;
        bool *wanted = cn__calloc(n, sizeof *wanted);
        firms = cn__alloc(n, sizeof *firms);
        status = wanted != NULL && firms != NULL ? CN_OK : CN__NO_MEMORY(err);
        for (size_t i = 0; i < c->count && status == CN_OK; i++) {
            wanted[c->model->flow[c->rows[i].flow].from] = true;
        }
        for (uint32_t firm = 0; firm < n && status == CN_OK; firm++) {
            if (wanted[firm]) {
                firms[count++] = firm;
            }
        }
        cn__free(wanted);
        if (status == CN_OK) {
            status = cn_cascade_all(c->flows, firms, count, &c->options, progress, &made, err);
            esri = made.loss;
        }
    }
    for (size_t i = 0; i < c->count && status == CN_OK; i++) {
        const cn_flow *flow = &c->model->flow[c->rows[i].flow];
        c->rows[i].loss = isnan(esri[flow->from]) ? 0 : esri[flow->from];
        c->rows[i].money = flow->value;
    }
    cn__free(firms);
    cn_esri_release(&made);
    return status;
}

static bool measure(const choosing *c, cn_second_source *row, double share, double *capacity) {
    const cn_flow *flow = &c->model->flow[row->flow];
    cn_standby standby = {
        .buyer = flow->to, .product = flow->product, .supplier = CN_NONE, .value = flow->value * share};
    cn_shock shock = {.capacity = capacity};
    capacity[flow->from] = 0;
    bool ok = cn__cascade_measure(c->model, &shock, &row->loss, &row->money);
    shock.standby = &standby;
    shock.standby_count = 1;
    ok = ok && cn__cascade_measure(c->model, &shock, &row->loss_second, &row->money_second);
    capacity[flow->from] = 1;
    return ok;
}

static cn_status measure_all(choosing *c, double share, cn_error *err) {
    uint32_t n = c->model->firm_count;
    double *capacity = cn__alloc(n, sizeof *capacity);
    bool ok = capacity != NULL;
    for (uint32_t firm = 0; firm < n && ok; firm++) {
        capacity[firm] = 1;
    }
    for (size_t i = 0; i < c->count && ok; i++) {
        ok = measure(c, &c->rows[i], share, capacity);
    }
    cn__free(capacity);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

cn_status cn_second_sources(const cn_flows *flows, const cn_cascade_options *options, const double *esri, double share,
                            uint32_t top, const cn_progress *progress, cn_second_source **out, size_t *count,
                            cn_error *err) {
    *out = NULL;
    *count = 0;
    cn__cascade_model model;
    cn_cascade_options own = options != NULL ? *options : (cn_cascade_options){0};
    own.days = 0;
    cn_status status = cn__cascade_model_init(&model, flows, &own, err);
    if (status != CN_OK) {
        return status;
    }
    choosing c = {.flows = flows, .options = own, .model = &model};
    for (uint32_t buyer = 0; buyer < model.firm_count && status == CN_OK; buyer++) {
        status = find_buyer(&c, buyer) ? CN_OK : CN__NO_MEMORY(err);
    }
    if (status == CN_OK && c.count > 0) {
        status = rank_suppliers(&c, esri, progress, err);
    }
    if (status == CN_OK && c.count > 0) {
        qsort(c.rows, c.count, sizeof *c.rows, compare_sources);
        c.count = c.count < top ? c.count : top;
        status = measure_all(&c, share > 0 ? share : 0.5, err);
    }
    cn__cascade_model_release(&model);
    if (status != CN_OK) {
        cn__free(c.rows);
        return status;
    }
    *out = c.rows;
    *count = c.count;
    return CN_OK;
}
