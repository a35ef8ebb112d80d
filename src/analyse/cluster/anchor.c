/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Anchors of a set of firms: who buys from the others, from how many, and what the network loses without it (ESRI, cascade_all.c). The score is the
 * plain mean of the three shares, so that it can be checked by hand. The loss costs a cascade a firm; in a large set it is
 * computed for the largest buyers within the set. Cost: O(V + E) and the cascades.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "coopnet/roles.h"
#include "error.h"
#include "memory.h"

enum { MOST_LOSSES = 200 };

/* Purchases of each from the others, into the rows; returns their sum. */
static double add_purchases(const cn_flows *flows, const uint8_t *inside, cn_anchor *rows, size_t count) {
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        size_t flow_count = 0;
        const cn_flow *into = cn_flows_into(flows, rows[i].firm, &flow_count);
        for (size_t f = 0; f < flow_count; f++) {
            if (inside[into[f].from] && into[f].from != rows[i].firm) {
                rows[i].bought += into[f].value;
            }
        }
        total += rows[i].bought;
    }
    return total;
}

/* Different suppliers among the others: flows are ordered by product first, so each is marked. */
static bool add_suppliers(const cn_flows *flows, const uint8_t *inside, cn_anchor *rows, size_t count) {
    uint32_t *seen = cn__calloc(cn_flows_firm_count(flows), sizeof *seen);
    for (size_t i = 0; seen && i < count; i++) {
        size_t flow_count = 0;
        const cn_flow *into = cn_flows_into(flows, rows[i].firm, &flow_count);
        for (size_t f = 0; f < flow_count; f++) {
            uint32_t from = into[f].from;
            if (inside[from] && from != rows[i].firm && seen[from] != i + 1) {
                seen[from] = (uint32_t)i + 1;
                rows[i].suppliers++;
            }
        }
    }
    cn__free(seen);
    return seen != NULL;
}

static int largest_buyer_first(const void *a, const void *b) {
    const cn_anchor *x = a;
    const cn_anchor *y = b;
    if (x->bought != y->bought) {
        return x->bought > y->bought ? -1 : 1;
    }
    return x->firm < y->firm ? -1 : x->firm > y->firm;
}

static int largest_score_first(const void *a, const void *b) {
    const cn_anchor *x = a;
    const cn_anchor *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->firm < y->firm ? -1 : x->firm > y->firm;
}

static cn_status add_losses(const cn_flows *flows, cn_anchor *rows, size_t count, cn_error *err) {
    const cn_cascade_options options = {.keep_outside_sales = true};
    uint32_t *firms = cn__alloc(count, sizeof *firms);
    cn_esri esri = {0};
    if (!firms) {
        return CN__NO_MEMORY(err);
    }
    for (size_t i = 0; i < count; i++) {
        firms[i] = rows[i].firm;
    }
    cn_status status = count ? cn_cascade_all(flows, firms, count, &options, NULL, &esri, err) : CN_OK;
    for (size_t i = 0; status == CN_OK && i < count; i++) {
        rows[i].loss = esri.loss[rows[i].firm];
    }
    cn_esri_release(&esri);
    cn__free(firms);
    return status == CN_ERR_UNDEFINED ? CN_OK : status;
}

cn_status cn_anchors_find(const cn_flows *flows, const uint32_t *firms, size_t count, uint32_t most, cn_anchor **out,
                          cn_error *err) {
    const cn_network *net = cn_flows_network(flows);
    uint8_t *inside = cn__calloc(cn_flows_firm_count(flows), sizeof *inside);
    cn_anchor *rows = cn__calloc(count, sizeof *rows);
    cn_status status = inside && rows ? CN_OK : CN__NO_MEMORY(err);
    *out = NULL;
    for (size_t i = 0; status == CN_OK && i < count; i++) {
        rows[i].firm = firms[i];
        rows[i].loss = (double)NAN;
        rows[i].declared = net && cn_entity_has_role(net, cn_flows_entity(flows, firms[i]), CN_ROLE_ANCHOR);
        inside[firms[i]] = 1;
    }
    if (status == CN_OK && !add_suppliers(flows, inside, rows, count)) {
        status = CN__NO_MEMORY(err);
    }
    if (status == CN_OK) {
        double total = add_purchases(flows, inside, rows, count);
        if (count > 1) {
            qsort(rows, count, sizeof *rows, largest_buyer_first);
        }
        size_t losses = most ? most : MOST_LOSSES;
        status = add_losses(flows, rows, count < losses ? count : losses, err);
        for (size_t i = 0; i < count; i++) {
            rows[i].share = total > 0 ? rows[i].bought / total : 0;
            rows[i].reach = count > 1 ? rows[i].suppliers / (double)(count - 1) : 0;
            rows[i].score = (rows[i].share + rows[i].reach + (isnan(rows[i].loss) ? 0 : rows[i].loss)) / 3;
        }
        if (count > 1) {
            qsort(rows, count, sizeof *rows, largest_score_first);
        }
    }
    cn__free(inside);
    if (status != CN_OK) {
        cn__free(rows);
        return status;
    }
    *out = rows;
    return CN_OK;
}

void cn_anchors_free(cn_anchor *anchors) { cn__free(anchors); }
