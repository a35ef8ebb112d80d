/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who belongs together in the explorer. Where most are in declared clusters these are the groups; else, in a network of some size, the
 * communities found in the links (communities.h), each named after the member with the most links. On the map of a large network
 * everybody has a place: who is in no group, or in one beyond the largest, is in a last group without a head. Invariant: groups with a
 * head come first, group_count counts all of them.
 */
#include "explorer_impl.h"

#include "coopnet/communities.h"

#include <math.h>
#include <stdlib.h>

enum { SMALL = 30, MOST_GROUPS = 400, MOST_FLOWS = 600, LEAST_MEMBERS = 3, RUNS = 5, RUNS_LARGE = 1 };

/* ---- who is in which ---- */

/* Members of a cluster belong to its group; of several clusters the first counts. */
static uint32_t declared(cn__explorer *e) {
    uint32_t members = 0;
    for (uint32_t i = 0; i < e->count; i++) {
        e->group[i] = CN_NONE;
        if (cn_entity_kind_of(e->net, e->entity[i]) == CN_ENTITY_CLUSTER) {
            e->group[i] = e->group_count;
            e->head[e->group_count++] = i;
        }
    }
    for (size_t i = 0; i < e->link_count; i++) {
        uint32_t member = e->from[i];
        if (cn_link_kind_of(e->net, e->link[i]) == CN_LINK_MEMBER && e->group[member] == CN_NONE) {
            e->group[member] = e->group[e->to[i]];
            members++;
        }
    }
    return members;
}

static void name_by_links(cn__explorer *e) {
    for (uint32_t g = 0; g < e->group_count; g++) {
        e->head[g] = CN_NONE;
    }
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->group[i] != CN_NONE) {
            uint32_t *head = &e->head[e->group[i]];
            if (*head == CN_NONE || e->degree[e->entity[i]] > e->degree[e->entity[*head]]) {
                *head = i;
            }
        }
    }
}

static cn_status find_communities(cn__explorer *e, cn_error *err) {
    cn_graph *graph = NULL;
    cn_communities found = {0};
    const cn_community_options options = {.runs = e->count > CN__EXPLORER_MAP_FROM ? RUNS_LARGE : RUNS};
    cn_status status = cn_graph_from_arcs(e->count, e->link_count, e->from, e->to, NULL, true, &graph, err);
    status = status ? status : cn_communities_find(graph, &options, &found, err);
    if (!status) {
        uint32_t sizes[MOST_GROUPS] = {0};
        for (uint32_t i = 0; i < e->count; i++) {
            e->group[i] = found.of[i] < MOST_GROUPS ? found.of[i] : CN_NONE;
            sizes[e->group[i] == CN_NONE ? 0 : e->group[i]] += e->group[i] != CN_NONE;
        }
        while (e->group_count < MOST_GROUPS && sizes[e->group_count] >= LEAST_MEMBERS) { /* the largest come first */
            e->group_count++;
        }
        for (uint32_t i = 0; i < e->count; i++) {
            e->group[i] = e->group[i] < e->group_count ? e->group[i] : CN_NONE;
        }
        e->found = e->group_count > 0;
        name_by_links(e);
    }
    cn_communities_release(&found);
    cn_graph_free(graph);
    return status;
}

/* On the map everybody is somewhere. */
static void gather_rest(cn__explorer *e) {
    bool any = false;
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->group[i] == CN_NONE) {
            e->group[i] = e->group_count;
            any = true;
        }
    }
    if (any) {
        e->head[e->group_count++] = CN_NONE;
    }
}

cn_status cn__explorer_group(cn__explorer *e, cn_error *err) {
    e->group = cn__alloc(e->count, sizeof *e->group);
    e->head = cn__alloc((size_t)e->count + 1, sizeof *e->head);
    if (!e->group || !e->head) {
        return CN__NO_MEMORY(err);
    }
    uint32_t members = declared(e);
    bool large = e->count > CN__EXPLORER_MAP_FROM;
    bool clusters_do = e->group_count > 0 && (!large || (members >= e->count / 2 && e->group_count <= MOST_GROUPS));
    cn_status status = CN_OK;
    if (!clusters_do && e->count > SMALL) {
        e->group_count = 0;
        status = find_communities(e, err);
    }
    e->opens_on_map = large && e->group_count > 1;
    if (e->opens_on_map) {
        gather_rest(e);
    }
    return status;
}

/* ---- on the map ---- */

static void put_name(cn__explorer *e, uint32_t g) {
    if (e->head[g] == CN_NONE) {
        cn_json_string(e->out, cn__report_text(CN__REPORT_GROUP_REST, e->lang));
        return;
    }
    const char *name = cn_entity_short(e->net, e->entity[e->head[g]]);
    if (!e->found) {
        cn_json_string(e->out, name);
        return;
    }
    cn_buf text = {0};
    CN__SAY(&text, GROUP_OF, e->lang, name);
    cn_json_string(e->out, text.len ? text.data : "");
    e->out->failed |= text.failed;
    cn_buf_release(&text);
}

static void put_group(cn__explorer *e, uint32_t g, uint32_t members) {
    bool cluster = e->head[g] != CN_NONE && !e->found;
    cn__explorer_put_pair(
        e, g ? ",{\"id\":" : "{\"id\":", e->head[g] == CN_NONE ? "*" : cn_entity_id(e->net, e->entity[e->head[g]]));
    cn__explorer_put(e, ",\"name\":");
    put_name(e, g);
    cn__explorer_put(e, cluster ? ",\"declared\":true,\"node\":" : ",\"declared\":false,\"node\":");
    cn__format_i64(e->out, e->head[g] == CN_NONE ? -1 : (int64_t)e->head[g]);
    cn__explorer_put(e, ",\"count\":");
    cn__format_u64(e->out, members - cluster); /* the cluster itself is no member */
    const char *const keys[] = {",\"x\":", ",\"y\":", ",\"r\":"};
    for (int i = 0; i < 3; i++) {
        cn__explorer_put(e, keys[i]);
        cn__explorer_put_number(e, e->place[g * 3 + (uint32_t)i], 1);
    }
    cn__explorer_put(e, "}");
}

typedef struct flow {
    uint64_t pair;
    double value;
} flow;

static int by_pair(const void *a, const void *b) {
    const flow *x = a;
    const flow *y = b;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

static int by_value(const void *a, const void *b) {
    const flow *x = a;
    const flow *y = b;
    return x->value != y->value ? (x->value < y->value ? 1 : -1) : by_pair(a, b);
}

static bool any_value(const cn__explorer *e) {
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->sum[e->entity[i]] > 0) {
            return true;
        }
    }
    return false;
}

/* What passes between two groups, both directions together: the values, or without any the links; the largest. */
static void put_flows(cn__explorer *e, flow *flows) {
    size_t count = 0;
    bool valued = any_value(e);
    for (size_t i = 0; i < e->link_count; i++) {
        uint32_t a = e->group[e->from[i]];
        uint32_t b = e->group[e->to[i]];
        double value = valued ? cn_link_value(e->net, e->link[i]) : 1;
        if (a != CN_NONE && b != CN_NONE && a != b && value > 0) {
            flows[count++] = (flow){(uint64_t)(a < b ? a : b) << 32 | (a < b ? b : a), value};
        }
    }
    qsort(flows, count, sizeof *flows, by_pair);
    size_t pairs = 0;
    for (size_t i = 0; i < count; i++) {
        if (pairs && flows[pairs - 1].pair == flows[i].pair) {
            flows[pairs - 1].value += flows[i].value;
        } else {
            flows[pairs++] = flows[i];
        }
    }
    qsort(flows, pairs, sizeof *flows, by_value);
    for (size_t i = 0; i < pairs && i < MOST_FLOWS; i++) {
        cn__explorer_put(e, i ? ",[" : "[");
        cn__format_u64(e->out, flows[i].pair >> 32);
        cn__explorer_put(e, ",");
        cn__format_u64(e->out, flows[i].pair & UINT32_MAX);
        cn__explorer_put(e, ",");
        cn__explorer_put_number(e, flows[i].value, 0);
        cn__explorer_put(e, "]");
    }
}

void cn__explorer_put_groups(cn__explorer *e) {
    uint32_t *members = cn__calloc((size_t)e->group_count + 1, sizeof *members);
    flow *flows = cn__alloc(e->link_count, sizeof *flows);
    if (!members || !flows) {
        e->out->failed = true;
        goto done;
    }
    for (uint32_t i = 0; i < e->count; i++) {
        members[e->group[i] == CN_NONE ? e->group_count : e->group[i]]++;
    }
    cn__explorer_put(e, "\"groups\":[");
    for (uint32_t g = 0; g < e->group_count; g++) {
        put_group(e, g, members[g]);
    }
    cn__explorer_put(e, "],\"groupFlows\":[");
    put_flows(e, flows);
    cn__explorer_put(e, e->found ? "],\"groupsFound\":true" : "],\"groupsFound\":false");
    cn__explorer_put(e, e->opens_on_map ? ",\"opensOnMap\":true" : ",\"opensOnMap\":false");
done:
    cn__free(members);
    cn__free(flows);
}
