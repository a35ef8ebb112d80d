/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Import substitution: every need of origin import with the domestic makers of what it is for, largest money first. A maker is of
 * use when its code fits at all; only one that fits in full is counted as replacing the import. The buyer's own group of firms is left out.
 * Cost: O(E + P log P), then the rows that share a group of codes with a need.
 */
#include <math.h>
#include <string.h>

#include "coopnet/flows.h"
#include "error.h"
#include "memory.h"
#include "partner_search.h"
#include "vertex_sort.h"

typedef struct importing {
    const cn_network *net;
    cn__catalogue catalogue;
    cn_graph *trade;
    uint32_t *root;
    const cn__ware *need; /* in work */
    cn_imports *out;
    size_t need_cap, maker_cap;
    bool failed;
} importing;

static double free_capacity(const cn__ware *made) {
    double rest = made->capacity - made->value;
    return rest < 0 ? 0 : rest;
}

static void add_maker(void *context, const cn__ware *made) {
    importing *m = context;
    cn_imports *out = m->out;
    double fit = cn__ware_fit(made, m->need->code);
    cn_import_need *need = &out->needs[out->need_count - 1];
    if (!(fit > 0) || made->org == m->need->org || m->root[made->org] == m->root[m->need->org] ||
        cn__is_foreign(m->net, made->org) || !cn__may_sell(m->net, made->org) || cn__is_trader(m->net, made->org)) {
        return;
    }
    cn_import_maker row = {.org = made->org,
                           .made = made->code,
                           .fit = fit,
                           .made_by = made->evidence,
                           .free_capacity = free_capacity(made),
                           .km = cn__distance_km(m->net, m->need->org, made->org),
                           .present = cn_graph_find_arc(m->trade, made->org, m->need->org) != CN_NONE};
    for (size_t i = need->maker_start; i < out->maker_count; i++) {
        if (out->makers[i].org == row.org) { /* by its best code */
            out->makers[i] = row.fit > out->makers[i].fit ? row : out->makers[i];
            return;
        }
    }
    if (!cn__grow((void **)&out->makers, &m->maker_cap, out->maker_count, 1, sizeof row)) {
        m->failed = true;
        return;
    }
    out->makers[out->maker_count++] = row;
    need->maker_count++;
}

static double rank_of(double value) { return value >= 0 ? value : -1; /* not known: last */ }

static bool maker_before(const void *context, uint32_t a, uint32_t b) {
    const cn_import_maker *x = (const cn_import_maker *)context + a;
    const cn_import_maker *y = (const cn_import_maker *)context + b;
    const double keys[][2] = {{x->fit, y->fit},
                              {rank_of(x->free_capacity), rank_of(y->free_capacity)},
                              {-(x->km >= 0 ? x->km : 1e9), -(y->km >= 0 ? y->km : 1e9)}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i][0] > keys[i][1] || keys[i][0] < keys[i][1]) {
            return keys[i][0] > keys[i][1];
        }
    }
    return x->org < y->org;
}

static bool need_before(const void *context, uint32_t a, uint32_t b) {
    const cn_import_need *x = (const cn_import_need *)context + a;
    const cn_import_need *y = (const cn_import_need *)context + b;
    double left = rank_of(x->value);
    double right = rank_of(y->value);
    if (left > right || left < right) {
        return left > right;
    }
    return x->buyer != y->buyer ? x->buyer < y->buyer : strcmp(x->need, y->need) < 0;
}

/* Bring rows into an order of numbers. */
static bool reorder(void *rows, uint32_t count, size_t size, cn__before *before) {
    uint32_t *order = cn__alloc(count, sizeof *order);
    char *copy = cn__alloc(count, size);
    for (uint32_t i = 0; order != NULL && i < count; i++) {
        order[i] = i;
    }
    bool ok = order != NULL && copy != NULL && cn__vertex_sort(order, count, before, rows);
    for (uint32_t i = 0; ok && i < count; i++) {
        memcpy(copy + i * size, (const char *)rows + order[i] * size, size);
    }
    if (ok && count > 0) {
        memcpy(rows, copy, count * size);
    }
    cn__free(order);
    cn__free(copy);
    return ok;
}

static bool add_need(importing *m, const cn__ware *ware) {
    cn_imports *out = m->out;
    if (!cn__grow((void **)&out->needs, &m->need_cap, out->need_count, 1, sizeof *out->needs)) {
        return false;
    }
    cn_import_need *need = &out->needs[out->need_count++];
    *need =
        (cn_import_need){.buyer = ware->org, .need = ware->code, .value = ware->value, .maker_start = out->maker_count};
    m->need = ware;
    cn__wares_near(&m->catalogue.makes, ware->code, add_maker, m);
    if (m->failed || !reorder(out->makers + need->maker_start, need->maker_count, sizeof *out->makers, maker_before)) {
        return false;
    }
    need->full = need->maker_count > 0 ? out->makers[need->maker_start].fit : 0;
    out->value += ware->value > 0 ? ware->value : 0;
    out->replaced += ware->value > 0 && need->full >= 1 ? ware->value : 0;
    return true;
}

static bool find_all(importing *m, cn_entity org, const char *product) {
    const cn__wares *needs = &m->catalogue.needs;
    for (uint32_t i = 0; i < needs->count; i++) {
        const cn__ware *ware = &needs->rows[i];
        if (ware->origin == CN_ORIGIN_IMPORT && (org == CN_NONE || ware->org == org) &&
            (product == NULL || cn_product_covers(product, ware->code)) && !add_need(m, ware)) {
            return false;
        }
    }
    return reorder(m->out->needs, (uint32_t)m->out->need_count, sizeof *m->out->needs, need_before);
}

cn_status cn_imports_find(const cn_network *net, cn_entity org, const char *product, cn_imports *out, cn_error *err) {
    importing m = {.net = net, .out = out};
    *out = (cn_imports){0};
    cn_status status = cn__catalogue_create(net, &m.catalogue, err);
    status = status ? status : cn__trade_graph(net, &m.trade, err);
    status = status ? status : cn__owners_find(net, &m.root, err);
    if (!status && !find_all(&m, org, product)) {
        status = CN__NO_MEMORY(err);
    }
    cn__catalogue_release(&m.catalogue);
    cn_graph_free(m.trade);
    cn__free(m.root);
    if (status) {
        cn_imports_release(out);
    }
    return status;
}

void cn_imports_release(cn_imports *imports) {
    if (imports != NULL) {
        cn__free(imports->needs);
        cn__free(imports->makers);
        *imports = (cn_imports){0};
    }
}
