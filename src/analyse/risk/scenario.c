/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A what-if: edits become factors on firms, flows and outside rows, and standby rows. Factors of several edits multiply.
 * Takeovers change the flows themselves (scenario_takeover.c), before the rest is applied. Cost: O(V + E) an edit.
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "scenario_impl.h"

typedef struct applying {
    cn_scenario *out;
    const cn_flows *flows;
    size_t flow_count;
    const cn_flow *flow;
    size_t row_count;
    const cn_outside *row;
    size_t standby_cap;
} applying;

void cn_scenario_release(cn_scenario *scenario) {
    if (scenario != NULL) {
        cn_flows_free(scenario->edited);
        cn__free(scenario->touched);
        cn__free(scenario->capacity);
        cn__free(scenario->flow);
        cn__free(scenario->outside);
        cn__free(scenario->standby);
        *scenario = (cn_scenario){0};
    }
}

bool cn__edit_covers(const cn_flows *flows, const char *code, uint32_t product) {
    const char *name = cn_flows_product_code(flows, product);
    return code == NULL || code[0] == '\0' || (name[0] != '\0' && cn_product_covers(code, name));
}

/* ---- checks ---- */

static bool is_addition(const cn_edit *edit) { return edit->kind == CN_EDIT_STANDBY || edit->kind == CN_EDIT_TAKEOVER; }

static cn_status check_edit(const cn_flows *flows, const cn_edit *edit, cn_error *err) {
    const cn_network *net = cn_flows_network(flows);
    uint32_t firms = cn_flows_firm_count(flows);
    bool outside = is_addition(edit) && edit->supplier == CN_NONE;
    bool supplier = edit->kind == CN_EDIT_LOSS || edit->kind == CN_EDIT_CUT || is_addition(edit);
    bool buyer = edit->kind == CN_EDIT_CUT || is_addition(edit);
    const char *text = edit->text != NULL ? edit->text : "";
    if ((supplier && !outside && edit->supplier >= firms) || (buyer && edit->buyer >= firms)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, SCENARIO_NO_FIRM);
    }
    if (buyer && edit->supplier == edit->buyer) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, SCENARIO_SAME_ENDS);
    }
    if (edit->kind == CN_EDIT_CUT_LINK && (net == NULL || edit->link >= cn_link_count(net))) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, SCENARIO_NO_LINK);
    }
    if ((edit->kind == CN_EDIT_OWNER && (net == NULL || edit->entity >= cn_entity_count(net))) ||
        (edit->kind == CN_EDIT_REGION && net == NULL)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, SCENARIO_NO_FIRM);
    }
    bool in_range =
        is_addition(edit) ? edit->amount > 0 && isfinite(edit->amount) : edit->amount >= 0 && edit->amount <= 1;
    if (!in_range) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, SCENARIO_AMOUNT);
    }
    bool named = edit->kind == CN_EDIT_PRODUCT_STOP || is_addition(edit);
    bool known = false;
    for (uint32_t p = 0; p < cn_flows_product_count(flows) && !known && text[0] != '\0'; p++) {
        known = cn__edit_covers(flows, text, p);
    }
    bool needs_known = named || ((edit->kind == CN_EDIT_CUT || edit->kind == CN_EDIT_IMPORT_STOP) && text[0] != '\0');
    return needs_known && !known ? CN__FAIL1(err, CN_ERR_ARGUMENT, SCENARIO_NO_PRODUCT, text) : CN_OK;
}

/* ---- factors ---- */

/* `*factors` of `count`, all 1 when they do not exist yet. False: memory. */
static bool need_factors(double **factors, size_t count) {
    if (*factors != NULL) {
        return true;
    }
    *factors = cn__alloc(count, sizeof **factors);
    for (size_t i = 0; *factors != NULL && i < count; i++) {
        (*factors)[i] = 1;
    }
    return *factors != NULL;
}

static bool hit_firm(applying *a, uint32_t firm, double left, uint32_t *touched) {
    if (!need_factors(&a->out->capacity, cn_flows_firm_count(a->flows))) {
        return false;
    }
    a->out->capacity[firm] *= left;
    (*touched)++;
    return true;
}

static bool cut_flow(applying *a, size_t flow, double left, uint32_t *touched) {
    if (!need_factors(&a->out->flow, a->flow_count)) {
        return false;
    }
    a->out->flow[flow] *= left;
    (*touched)++;
    return true;
}

/* ---- edits ---- */

/* Its part in the flow it stands behind, as that flow was before takeovers. */
static bool cut_link(applying *a, const cn_edit *edit, double amount, uint32_t *touched) {
    const cn_network *net = cn_flows_network(a->flows);
    double value = cn_link_value(net, edit->link);
    for (size_t f = 0; f < a->flow_count; f++) {
        size_t count;
        const cn_link *links = cn_flows_links(a->flows, f, &count);
        double all = 0;
        bool found = false;
        for (size_t i = 0; i < count; i++) {
            all += cn_link_value(net, links[i]);
            found = found || links[i] == edit->link;
        }
        if (found) {
            return cut_flow(a, f, fmax(0, 1 - amount * value / all), touched);
        }
    }
    return true;
}

static bool cut_flows(applying *a, const cn_edit *edit, double left, uint32_t *touched) {
    bool ok = true;
    for (size_t f = 0; f < a->flow_count && ok; f++) {
        const cn_flow *flow = &a->flow[f];
        bool meant = edit->kind == CN_EDIT_PRODUCT_STOP ||
                     (edit->kind == CN_EDIT_CUT && flow->from == edit->supplier && flow->to == edit->buyer) ||
                     (edit->kind == CN_EDIT_IMPORT_STOP && cn_flows_foreign(a->flows, flow->from) &&
                      !cn_flows_foreign(a->flows, flow->to));
        if (meant && cn__edit_covers(a->flows, edit->text, flow->product)) {
            ok = cut_flow(a, f, left, touched);
        }
    }
    for (size_t r = 0; r < a->row_count && ok && edit->kind != CN_EDIT_CUT; r++) {
        bool meant = edit->kind == CN_EDIT_PRODUCT_STOP || a->row[r].origin == CN_ORIGIN_IMPORT;
        if (meant && cn__edit_covers(a->flows, edit->text, a->row[r].product)) {
            ok = need_factors(&a->out->outside, a->row_count);
            if (ok) {
                a->out->outside[r] *= left;
                (*touched)++;
            }
        }
    }
    return ok;
}

static bool hit_region(applying *a, const cn_edit *edit, double left, uint32_t *touched) {
    const cn_network *net = cn_flows_network(a->flows);
    bool ok = true;
    for (uint32_t firm = 0; firm < cn_flows_firm_count(a->flows) && ok; firm++) {
        const char *region = cn_entity_text(net, cn_flows_entity(a->flows, firm), CN_FIELD_REGION);
        if (region[0] != '\0' && edit->text != NULL && strcmp(region, edit->text) == 0) {
            ok = hit_firm(a, firm, left, touched);
        }
    }
    return ok;
}

static bool controls(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    size_t count;
    if (cn_link_kind_of(net, link) != CN_LINK_OWNERSHIP || status == CN_STATUS_PLANNED || status == CN_STATUS_BROKEN) {
        return false;
    }
    const cn_prop *share = cn_link_values(net, link, CN_FIELD_SHARE, &count);
    return count == 0 || share[0].as.number > 0.5;
}

/* Owned through all steps: the links are gone over until nobody is added, which takes as many rounds as there are steps. */
static bool hit_owner(applying *a, const cn_edit *edit, double left, uint32_t *touched) {
    const cn_network *net = cn_flows_network(a->flows);
    bool *owned = cn__calloc(cn_entity_count(net), sizeof *owned);
    if (owned == NULL) {
        return false;
    }
    owned[edit->entity] = true;
    for (bool grew = true; grew;) {
        grew = false;
        for (cn_link l = 0; l < cn_link_count(net); l++) {
            if (controls(net, l) && owned[cn_link_from(net, l)] && !owned[cn_link_to(net, l)]) {
                owned[cn_link_to(net, l)] = grew = true;
            }
        }
    }
    bool ok = true;
    for (uint32_t firm = 0; firm < cn_flows_firm_count(a->flows) && ok; firm++) {
        if (owned[cn_flows_entity(a->flows, firm)]) {
            ok = hit_firm(a, firm, left, touched);
        }
    }
    cn__free(owned);
    return ok;
}

/* One row for each product that the code covers, in proportion to the purchases. */
static bool add_standby(applying *a, const cn_edit *edit, uint32_t *touched) {
    size_t count;
    const cn_flow *flow = cn_flows_into(a->flows, edit->buyer, &count);
    double all = 0;
    for (size_t i = 0; i < count; i++) {
        all += cn__edit_covers(a->flows, edit->text, flow[i].product) ? flow[i].value : 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!cn__edit_covers(a->flows, edit->text, flow[i].product)) {
            continue;
        }
        cn_scenario *out = a->out;
        if (!cn__grow((void **)&out->standby, &a->standby_cap, out->shock.standby_count, 1, sizeof *out->standby)) {
            return false;
        }
        out->standby[out->shock.standby_count++] = (cn_standby){.buyer = edit->buyer,
                                                                .product = flow[i].product,
                                                                .supplier = edit->supplier,
                                                                .value = edit->amount * flow[i].value / all};
        (*touched)++;
    }
    return true;
}

static bool apply(applying *a, const cn_edit *edit, uint32_t *touched) {
    double amount = edit->amount > 0 ? edit->amount : 1;
    switch (edit->kind) {
    case CN_EDIT_LOSS:
        return hit_firm(a, edit->supplier, 1 - amount, touched);
    case CN_EDIT_CUT_LINK:
        return cut_link(a, edit, amount, touched);
    case CN_EDIT_REGION:
        return hit_region(a, edit, 1 - amount, touched);
    case CN_EDIT_OWNER:
        return hit_owner(a, edit, 1 - amount, touched);
    case CN_EDIT_STANDBY:
        return add_standby(a, edit, touched);
    case CN_EDIT_TAKEOVER:
        return true; /* done before */
    case CN_EDIT_CUT:
    case CN_EDIT_IMPORT_STOP:
    case CN_EDIT_PRODUCT_STOP:
        break;
    }
    return cut_flows(a, edit, 1 - amount, touched);
}

cn_status cn_scenario_create(const cn_flows *flows, const cn_edit *edits, size_t edit_count, cn_scenario *out,
                             cn_error *err) {
    *out = (cn_scenario){.flows = flows, .edit_count = edit_count};
    cn_status status = CN_OK;
    bool takeover = false;
    for (size_t i = 0; i < edit_count && status == CN_OK; i++) {
        status = check_edit(flows, &edits[i], err);
        takeover = takeover || edits[i].kind == CN_EDIT_TAKEOVER;
    }
    if (status != CN_OK) {
        *out = (cn_scenario){0};
        return status;
    }
    out->touched = cn__calloc(edit_count, sizeof *out->touched);
    if (out->touched == NULL) {
        status = CN__NO_MEMORY(err);
    } else if (takeover) {
        status = cn__scenario_takeover(flows, edits, edit_count, out->touched, &out->edited, err);
        out->flows = out->edited;
    }
    applying a = {.out = out, .flows = out->flows};
    if (status == CN_OK) {
        a.flow = cn_flows_all(out->flows, &a.flow_count);
        a.row = cn_flows_outside(out->flows, &a.row_count);
    }
    for (size_t i = 0; i < edit_count && status == CN_OK; i++) {
        status = apply(&a, &edits[i], &out->touched[i]) ? CN_OK : CN__NO_MEMORY(err);
    }
    if (status != CN_OK) {
        cn_scenario_release(out);
        return status;
    }
    out->shock.capacity = out->capacity;
    out->shock.flow = out->flow;
    out->shock.outside = out->outside;
    out->shock.standby = out->standby;
    return CN_OK;
}
