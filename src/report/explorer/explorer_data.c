/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network as the explorer's model.js reads it: one JSON object of columns. Products are not in it: they are codes on links. Here
 * is decided who is in the page; explorer_groups.c finds who belongs together, explorer_places.c where everybody stands, and
 * explorer_columns.c and explorer_looks.c write it. Numbers are written short: positions to a tenth, values in units of the currency.
 */
#include "explorer_impl.h"

#include <math.h>
#include <stdlib.h>

void cn__explorer_put_number(cn__explorer *e, double value, int decimals) {
    if (!isfinite(value)) {
        cn__explorer_put(e, "null");
        return;
    }
    double scale = pow(10, decimals);
    cn_format_exact(e->out, round(value * scale) / scale);
}

void cn__explorer_put_pair(cn__explorer *e, const char *key, const char *text) {
    cn__explorer_put(e, key);
    cn_json_string(e->out, text);
}

/* ---- who is in it ---- */

static void add_up(cn__explorer *e) {
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        double value = cn_link_value(e->net, link);
        cn_entity ends[] = {cn_link_from(e->net, link), cn_link_to(e->net, link)};
        for (int i = 0; i < 2; i++) {
            e->sum[ends[i]] += isnan(value) ? 0 : value;
            e->degree[ends[i]]++;
        }
    }
}

typedef struct ranked {
    double sum;
    uint32_t degree;
    cn_entity entity;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->sum != y->sum) {
        return x->sum < y->sum ? 1 : -1;
    }
    if (x->degree != y->degree) {
        return x->degree < y->degree ? 1 : -1;
    }
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static bool choose(cn__explorer *e) {
    uint32_t all = cn_entity_count(e->net);
    ranked *rows = cn__alloc(all, sizeof *rows);
    uint32_t count = 0;
    for (cn_entity v = 0; rows && v < all; v++) {
        e->number[v] = CN_NONE;
        if (cn_entity_kind_of(e->net, v) != CN_ENTITY_PRODUCT) {
            rows[count++] = (ranked){e->sum[v], e->degree[v], v};
        }
    }
    if (!rows) {
        return false;
    }
    if (count > e->options->limit) {
        qsort(rows, count, sizeof *rows, compare_ranked);
        count = e->options->limit;
    }
    for (uint32_t i = 0; i < count; i++) {
        e->number[rows[i].entity] = 0;
    }
    cn__free(rows);
    for (cn_entity v = 0; v < all; v++) {
        if (e->number[v] == 0) {
            e->number[v] = e->count;
            e->entity[e->count++] = v;
        }
    }
    return true;
}

/* Links between those in the page, in the order of the network. */
static bool choose_links(cn__explorer *e) {
    uint32_t all = cn_link_count(e->net);
    e->from = cn__alloc(all, sizeof *e->from);
    e->to = cn__alloc(all, sizeof *e->to);
    e->link = cn__alloc(all, sizeof *e->link);
    if (!e->from || !e->to || !e->link) {
        return false;
    }
    for (cn_link link = 0; link < all; link++) {
        uint32_t from = e->number[cn_link_from(e->net, link)];
        uint32_t to = e->number[cn_link_to(e->net, link)];
        if (from != CN_NONE && to != CN_NONE) {
            e->from[e->link_count] = from;
            e->to[e->link_count] = to;
            e->link[e->link_count++] = link;
        }
    }
    return true;
}

/* ---- all of it ---- */

static void write_all(cn__explorer *e) {
    cn__explorer_put(e, e->lang == CN_LANG_RU ? "{\"lang\":\"ru\",\"title\":" : "{\"lang\":\"en\",\"title\":");
    cn_json_string(e->out, cn_network_title(e->net));
    cn__explorer_put_pair(e, ",\"currency\":", cn_network_currency(e->net));
    cn__explorer_put(e, ",\"texts\":{");
    cn__report_page_texts(e->out, e->lang);
    cn__explorer_put(e, "},\n");
    cn__explorer_put_looks(e);
    cn__explorer_put(e, ",\n");
    cn__explorer_put_columns(e);
    cn__explorer_put(e, ",\n");
    cn__explorer_put_groups(e);
    cn__explorer_put(e, "}");
}

static void release(cn__explorer *e) {
    void *const all[] = {e->entity, e->number, e->sum,  e->degree, e->from, e->to,
                         e->link,   e->group,  e->head, e->x,      e->y,    e->place};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        cn__free(all[i]);
    }
}

cn_status cn__explorer_data(const cn_network *net, const cn__explorer_options *options, cn_buf *out, uint32_t *kept,
                            cn_error *err) {
    uint32_t all = cn_entity_count(net);
    cn__explorer e = {.net = net, .options = options, .lang = options->lang, .out = out};
    e.entity = cn__alloc(all, sizeof *e.entity);
    e.number = cn__alloc(all, sizeof *e.number);
    e.sum = cn__calloc(all, sizeof *e.sum);
    e.degree = cn__calloc(all, sizeof *e.degree);
    cn_status status = CN_OK;
    if (!e.entity || !e.number || !e.sum || !e.degree) {
        status = CN__NO_MEMORY(err);
    }
    if (!status) {
        add_up(&e);
        status = choose(&e) && choose_links(&e) ? CN_OK : CN__NO_MEMORY(err);
    }
    status = status ? status : cn__explorer_group(&e, err);
    status = status ? status : cn__explorer_place(&e, err);
    if (!status) {
        write_all(&e);
        status = out->failed ? CN__NO_MEMORY(err) : CN_OK;
        *kept = e.count;
    }
    release(&e);
    return status;
}
