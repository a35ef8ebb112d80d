/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chain graph of a buyer: a breadth-first search from the buyer over (firm, product it sells), each vertex expanded
 * once, in the order found. Invariant: arcs, groups and starts of vertices 0 … v-1 are complete when v is expanded, and
 * tiers never fall along the vertices. Pairs are found through a hash table with open addressing, at most half full.
 * Cost: O(arcs), an arc being a flow times the products of its buyer it goes into.
 */
#include "upstream.h"

#include "error.h"
#include "flows_impl.h"
#include "memory.h"
#include "number.h"

#include <string.h>

typedef struct search {
    cn_upstream *up;
    const char *only; /* product of the buyer, or NULL */
    uint32_t *slots;  /* vertex number; 0 is empty, as the buyer is never looked up */
    uint32_t slot_count;
    uint32_t *
        seller; /* by flow: its supplier's vertex once found, else 0: a flow is met once for each product it goes into */
    const cn_flow *all;
} search;

static uint32_t slot_of(const search *s, uint32_t firm, uint32_t product) {
    uint64_t h = ((uint64_t)firm << 32 | product) * 0x9e3779b97f4a7c15u;
    uint32_t slot = (uint32_t)(h >> 32) & (s->slot_count - 1);
    for (;; slot = (slot + 1) & (s->slot_count - 1)) {
        uint32_t v = s->slots[slot];
        if (v == 0 || (s->up->vertices[v].firm == firm && s->up->vertices[v].product == product)) {
            return slot;
        }
    }
}

static bool grow_slots(search *s) {
    uint32_t count = s->slot_count ? s->slot_count * 2 : 64;
    uint32_t *slots = cn__calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    cn__free(s->slots);
    s->slots = slots;
    s->slot_count = count;
    for (uint32_t v = 1; v < s->up->vertex_count; v++) {
        s->slots[slot_of(s, s->up->vertices[v].firm, s->up->vertices[v].product)] = v;
    }
    return true;
}

static bool add_vertex(cn_upstream *up, uint32_t firm, uint32_t product, uint32_t tier) {
    if (!cn__grow((void **)&up->vertices, &up->vertex_cap, up->vertex_count, 1, sizeof *up->vertices)) {
        return false;
    }
    up->vertices[up->vertex_count++] = (cn_upstream_vertex){.firm = firm, .product = product, .tier = tier};
    return true;
}

/* Vertex of a supplier, added when new; 0 for the buyer itself. False: memory. */
static bool supplier_vertex(search *s, const cn_flow *flow, uint32_t tier, uint32_t *out) {
    uint32_t *seller = &s->seller[flow - s->all];
    *out = *seller;
    if (*seller != 0 || flow->from == s->up->buyer) {
        return true;
    }
    if ((s->up->vertex_count >= s->slot_count / 2 && !grow_slots(s))) {
        return false;
    }
    uint32_t slot = slot_of(s, flow->from, flow->product);
    if (s->slots[slot] == 0) {
        s->slots[slot] = s->up->vertex_count;
        if (!add_vertex(s->up, flow->from, flow->product, tier)) {
            return false;
        }
    }
    *out = *seller = s->slots[slot];
    return true;
}

static cn_input_role role_in(const search *s, uint32_t vertex, uint32_t product) {
    const cn_upstream *up = s->up;
    if (vertex != 0) {
        return cn_flows_role(up->flows, product, up->vertices[vertex].product);
    }
    return cn_flows_role_for(up->flows, product, up->buyer);
}

/* Does the purchase count: for the buyer whatever was asked for, further up what goes into the product. */
static bool counts(const search *s, uint32_t vertex, uint32_t product, cn_input_role role) {
    if (vertex != 0) {
        return role != CN_INPUT_IRRELEVANT;
    }
    return !s->only || cn_product_covers(s->only, cn_flows_product_code(s->up->flows, product));
}

static bool open_group(cn_upstream *up, uint32_t vertex, uint32_t product) {
    if (!cn__grow((void **)&up->groups, &up->group_cap, up->group_count, 2, sizeof *up->groups)) {
        return false;
    }
    up->groups[up->group_count++] =
        (cn__upstream_group){.vertex = vertex, .product = product, .arc_start = (uint32_t)up->arc_count};
    return true;
}

/* The arcs of one product into a vertex: flows first … end-1. */
static bool add_group(search *s, uint32_t vertex, const cn_flow *first, const cn_flow *end, cn_input_role role) {
    cn_upstream *up = s->up;
    if (!open_group(up, vertex, first->product) ||
        !cn__grow((void **)&up->arcs, &up->arc_cap, up->arc_count, (size_t)(end - first), sizeof *up->arcs)) {
        return false;
    }
    for (const cn_flow *flow = first; flow < end; flow++) {
        uint32_t from;
        if (!supplier_vertex(s, flow, up->vertices[vertex].tier + 1, &from)) {
            return false;
        }
        if (from == vertex) {
            continue; /* a firm that sells to itself: no link of a chain */
        }
        up->arcs[up->arc_count++] = (cn_upstream_arc){.flow = (uint32_t)(flow - s->all), .from = from, .role = role};
        if (from == 0) {
            up->notes.returns++;
        } else {
            up->groups[up->group_count - 1].sources++;
            up->known[vertex] += flow->value;
        }
    }
    return true;
}

/* What the vertex buys outside the flows: opens what is known to be unknown, and groups that have another source. */
static void add_outside(search *s, uint32_t vertex) {
    cn_upstream *up = s->up;
    size_t count;
    const cn_outside *rows = cn_flows_outside_of(up->flows, up->vertices[vertex].firm, &count);
    double unknown = 0;
    for (size_t i = 0; i < count; i++) {
        cn_input_role role = role_in(s, vertex, rows[i].product);
        if (!counts(s, vertex, rows[i].product, role)) {
            continue;
        }
        *(rows[i].origin == CN_ORIGIN_NONE ? &up->known[vertex] : &unknown) += rows[i].value;
        for (size_t g = up->group_start[vertex]; g < up->group_count; g++) {
            up->groups[g].outside |= up->groups[g].product == rows[i].product;
        }
    }
    up->vertices[vertex].unknown = unknown > 0 ? unknown / (unknown + up->known[vertex]) : 0;
}

static cn_status expand(search *s, uint32_t vertex, cn_error *err) {
    cn_upstream *up = s->up;
    size_t count;
    const cn_flow *flows = cn_flows_into(up->flows, up->vertices[vertex].firm, &count);
    up->arc_start[vertex] = (uint32_t)up->arc_count;
    up->group_start[vertex] = (uint32_t)up->group_count;
    up->known[vertex] = 0;
    if (up->arc_count + count >= UINT32_MAX || up->vertex_count + count >= UINT32_MAX) {
        return CN__FAIL1(err, CN_ERR_LIMIT, UPSTREAM_TOO_LARGE, "4294967294");
    }
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && flows[end].product == flows[i].product) {
            end++;
        }
        cn_input_role role = role_in(s, vertex, flows[i].product);
        if (counts(s, vertex, flows[i].product, role) && !add_group(s, vertex, flows + i, flows + end, role)) {
            return CN__NO_MEMORY(err);
        }
        i = end;
    }
    add_outside(s, vertex);
    return CN_OK;
}

/* Room for one entry a vertex, and one more. The arrays grow together with the vertices. */
static bool make_room(cn_upstream *up, size_t *room) {
    if (up->vertex_count + 1 < *room) {
        return true;
    }
    size_t cap = *room ? *room * 2 : 64;
    cap = cap > (size_t)up->vertex_count + 2 ? cap : (size_t)up->vertex_count + 2;
    uint32_t *arc_start = cn__realloc(up->arc_start, cap, sizeof *arc_start);
    up->arc_start = arc_start ? arc_start : up->arc_start;
    uint32_t *group_start = cn__realloc(up->group_start, cap, sizeof *group_start);
    up->group_start = group_start ? group_start : up->group_start;
    double *known = cn__realloc(up->known, cap, sizeof *known);
    up->known = known ? known : up->known;
    *room = arc_start && group_start && known ? cap : *room;
    return arc_start && group_start && known;
}

static cn_status run_search(search *s, cn_error *err) {
    cn_upstream *up = s->up;
    size_t room = 0;
    cn_status status = add_vertex(up, up->buyer, CN_NONE, 0) ? CN_OK : CN__NO_MEMORY(err);
    for (uint32_t v = 0; status == CN_OK && v < up->vertex_count; v++) {
        status = make_room(up, &room) ? expand(s, v, err) : CN__NO_MEMORY(err);
    }
    if (status != CN_OK || !open_group(up, CN_NONE, CN_NONE)) {
        return status != CN_OK ? status : CN__NO_MEMORY(err);
    }
    up->group_count--; /* the last one only closes */
    up->arc_start[up->vertex_count] = (uint32_t)up->arc_count;
    up->group_start[up->vertex_count] = (uint32_t)up->group_count;
    return CN_OK;
}

/* Products met, and those of them that the table does not have. */
static bool note_products(cn_upstream *up) {
    bool *met = cn__calloc(cn_flows_product_count(up->flows), sizeof *met);
    if (!met) {
        return false;
    }
    up->notes.no_table = !cn_flows_has_table(up->flows);
    for (uint32_t v = 1; v < up->vertex_count; v++) {
        uint32_t product = up->vertices[v].product;
        if (up->arc_start[v] == up->arc_start[v + 1] || met[product]) {
            continue;
        }
        met[product] = true;
        up->notes.products_met++;
        if (!cn__trade_has_rows(up->flows->trade, product)) {
            up->notes.first_bare = up->notes.products_bare++ == 0 ? product : up->notes.first_bare;
        }
    }
    cn__free(met);
    return true;
}

/* Number the firms and list their vertices. */
static bool index_firms(cn_upstream *up) {
    uint32_t firms = cn_flows_firm_count(up->flows);
    uint32_t *number = cn__alloc(firms, sizeof *number);
    up->local = cn__alloc(up->vertex_count, sizeof *up->local);
    up->firm = cn__alloc(up->vertex_count, sizeof *up->firm);
    up->firm_vertex = cn__alloc(up->vertex_count, sizeof *up->firm_vertex);
    bool ok = number && up->local && up->firm && up->firm_vertex;
    for (uint32_t f = 0; ok && f < firms; f++) {
        number[f] = CN_NONE;
    }
    for (uint32_t v = 0; ok && v < up->vertex_count; v++) {
        uint32_t firm = up->vertices[v].firm;
        if (number[firm] == CN_NONE) {
            number[firm] = up->local_count;
            up->firm[up->local_count++] = firm;
        }
        up->local[v] = number[firm];
    }
    cn__free(number);
    up->firm_start = ok ? cn__alloc((size_t)up->local_count + 1, sizeof *up->firm_start) : NULL;
    if (!up->firm_start) {
        return false;
    }
    cn__upstream_lists(up->local, up->vertex_count, up->local_count, up->firm_start, up->firm_vertex);
    return true;
}

/* Parts, and the sources: parts which nothing outside them feeds. */
static bool index_parts(cn_upstream *up) {
    up->part = cn__alloc(up->vertex_count, sizeof *up->part);
    up->part_vertex = cn__alloc(up->vertex_count, sizeof *up->part_vertex);
    if (!up->part || !up->part_vertex || !cn__upstream_parts(up, false, up->part, &up->part_count)) {
        return false;
    }
    up->part_start = cn__alloc((size_t)up->part_count + 1, sizeof *up->part_start);
    if (!up->part_start) {
        return false;
    }
    cn__upstream_lists(up->part, up->vertex_count, up->part_count, up->part_start, up->part_vertex);
    for (uint32_t p = 0; p < up->part_count; p++) {
        bool fed = false;
        for (uint32_t i = up->part_start[p]; i < up->part_start[p + 1]; i++) {
            uint32_t v = up->part_vertex[i];
            for (uint32_t a = up->arc_start[v]; a < up->arc_start[v + 1] && !fed; a++) {
                fed = up->arcs[a].from != 0 && up->part[up->arcs[a].from] != p;
            }
        }
        for (uint32_t i = up->part_start[p]; i < up->part_start[p + 1]; i++) {
            up->vertices[up->part_vertex[i]].source = !fed && up->part_vertex[i] != 0;
        }
        up->notes.closed_groups += !fed && up->part_start[p + 1] - up->part_start[p] > 1;
    }
    return true;
}

cn_status cn__no_firm(uint32_t firm, cn_error *err) {
    cn_buf text = {0};
    cn__format_u64(&text, firm);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, EXPOSURE_NO_FIRM, text.data ? text.data : "");
    cn_buf_release(&text);
    return status;
}

static cn_status not_bought(const cn_upstream *up, const char *product, cn_error *err) {
    const cn_network *net = cn_flows_network(up->flows);
    const char *name = net ? cn_entity_name(net, cn_flows_entity(up->flows, up->buyer)) : "";
    return CN__FAIL2(err, CN_ERR_ARGUMENT, EXPOSURE_NOT_BOUGHT, name, product);
}

cn_status cn_upstream_create(const cn_flows *flows, uint32_t buyer, const cn_upstream_options *options,
                             cn_upstream **out, cn_error *err) {
    *out = NULL;
    if (buyer >= cn_flows_firm_count(flows)) {
        return cn__no_firm(buyer, err);
    }
    cn_upstream *up = cn__calloc(1, sizeof *up);
    if (!up) {
        return CN__NO_MEMORY(err);
    }
    up->flows = flows;
    up->buyer = buyer;
    up->notes.first_bare = CN_NONE;
    size_t count;
    search s = {.up = up, .all = cn_flows_all(flows, &count)};
    s.only = options && options->product && options->product[0] ? options->product : NULL;
    s.seller = cn__calloc(count, sizeof *s.seller);
    cn_status status = s.seller ? run_search(&s, err) : CN__NO_MEMORY(err);
    if (status == CN_OK && s.only && up->arc_start[1] == 0 && up->vertices[0].unknown <= 0) {
        status = not_bought(up, s.only, err);
    }
    if (status == CN_OK && (!note_products(up) || !index_firms(up) || !index_parts(up))) {
        status = CN__NO_MEMORY(err);
    }
    cn__free(s.slots);
    cn__free(s.seller);
    if (status != CN_OK) {
        cn_upstream_free(up);
        return status;
    }
    *out = up;
    return CN_OK;
}
