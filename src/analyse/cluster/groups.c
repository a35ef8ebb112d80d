/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Groups of vertices and what flows between them. Invariant: groups are numbered by their least vertices, so that the same network
 * gives the same numbers. Regions are found by a hash map, clusters by one walk over the membership links, types by a table.
 * Flows are summed up group by group into one row of as many numbers as there are groups, of which only the touched ones are looked at.
 * Cost: O(V + L) to make, O(V + E + F log F) for F flows between groups.
 */
#include "coopnet/groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "memory.h"
#include "number.h"
#include "strmap.h"

/* Room for `n` vertices, all in no group. False: memory. */
static bool begin(cn_groups *out, cn_grouping grouping, uint32_t n) {
    *out = (cn_groups){.grouping = grouping, .n = n, .of = cn__alloc(n, sizeof *out->of)};
    if (out->of) {
        memset(out->of, 0xFF, n * sizeof *out->of);
    }
    return out->of != NULL;
}

/*
 * Turn keys below `key_count` (CN_NONE: in no group) into group numbers, and list the groups. False: memory.
 */
static bool number_groups(cn_groups *g, uint32_t key_count) {
    uint32_t *number = cn__alloc(key_count, sizeof *number);
    if (number) {
        memset(number, 0xFF, key_count * sizeof *number);
    }
    for (uint32_t v = 0; number && v < g->n; v++) {
        if (g->of[v] != CN_NONE) {
            uint32_t *of = &number[g->of[v]];
            *of = *of == CN_NONE ? g->count++ : *of;
            g->of[v] = *of;
        }
    }
    cn__free(number);
    g->list = number ? cn__calloc(g->count, sizeof *g->list) : NULL;
    for (uint32_t v = 0; g->list && v < g->n; v++) {
        if (g->of[v] != CN_NONE) {
            cn_group *group = &g->list[g->of[v]];
            group->first = group->size++ ? group->first : v;
            group->cluster = CN_NONE;
        }
    }
    return g->list != NULL;
}

static bool holds(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    return status == CN_STATUS_NONE || status == CN_STATUS_ACTUAL;
}

/* The keys are entities. */
static bool by_cluster(const cn_network *net, const cn_graph *graph, cn_groups *g) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        if (cn_link_kind_of(net, link) == CN_LINK_MEMBER && holds(net, link)) {
            uint32_t v = graph->vertex[cn_link_from(net, link)];
            if (v != CN_NONE && g->of[v] == CN_NONE) {
                g->of[v] = cn_link_to(net, link);
            }
        }
    }
    cn_entity *cluster = cn__alloc(g->n, sizeof *cluster);
    if (cluster) {
        memcpy(cluster, g->of, g->n * sizeof *cluster);
    }
    bool ok = cluster && number_groups(g, cn_entity_count(net));
    for (uint32_t i = 0; ok && i < g->count; i++) {
        g->list[i].cluster = cluster[g->list[i].first];
    }
    cn__free(cluster);
    return ok;
}

static bool by_region(const cn_network *net, const cn_graph *graph, cn_groups *g) {
    cn__strmap regions = {0};
    bool ok = true;
    for (uint32_t v = 0; ok && v < g->n; v++) {
        const char *region = cn_entity_text(net, graph->entity[v], CN_FIELD_REGION);
        size_t len = strlen(region);
        if (len > 0) {
            g->of[v] = cn__strmap_find(&regions, region, len);
            if (g->of[v] == CN_NONE) {
                g->of[v] = v;
                ok = cn__strmap_add(&regions, region, len, v, NULL);
            }
        }
    }
    cn__strmap_release(&regions);
    ok = ok && number_groups(g, g->n);
    for (uint32_t i = 0; ok && i < g->count; i++) {
        g->list[i].name = cn_entity_text(net, graph->entity[g->list[i].first], CN_FIELD_REGION);
    }
    return ok;
}

/* Kind and, of organisations and parks, the type. */
static void kind_of(const cn_network *net, cn_entity entity, cn_vocabulary *vocabulary, int *value) {
    cn_entity_kind kind = cn_entity_kind_of(net, entity);
    int type = cn_entity_enum(net, entity, CN_FIELD_TYPE);
    bool typed = type && (kind == CN_ENTITY_ORGANISATION || kind == CN_ENTITY_PARK);
    *vocabulary = !typed ? CN_VOC_ENTITY_KIND : kind == CN_ENTITY_PARK ? CN_VOC_PARK_TYPE : CN_VOC_ORG_TYPE;
    *value = typed ? type : (int)kind;
}

static bool by_type(const cn_network *net, const cn_graph *graph, cn_groups *g) {
    enum { MOST_VALUES = 64 };
    for (uint32_t v = 0; v < g->n; v++) {
        cn_vocabulary vocabulary;
        int value;
        kind_of(net, graph->entity[v], &vocabulary, &value);
        g->of[v] = (uint32_t)vocabulary * MOST_VALUES + (uint32_t)value;
    }
    return number_groups(g, CN_VOC_COUNT * MOST_VALUES);
}

cn_status cn_groups_make(const cn_network *net, const cn_graph *graph, cn_grouping grouping, cn_groups *out,
                         cn_error *err) {
    *out = (cn_groups){.n = 0};
    if (grouping > CN_GROUPING_TYPE || !graph->entity) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, GROUPS_NO_NETWORK);
    }
    bool ok = begin(out, grouping, graph->n) && (grouping == CN_GROUPING_CLUSTER  ? by_cluster(net, graph, out)
                                                 : grouping == CN_GROUPING_REGION ? by_region(net, graph, out)
                                                                                  : by_type(net, graph, out));
    if (!ok) {
        cn_groups_release(out);
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

cn_status cn_groups_from(uint32_t n, const uint32_t *of, uint32_t count, cn_groups *out, cn_error *err) {
    bool ok = begin(out, CN_GROUPING_FOUND, n);
    if (ok) {
        memcpy(out->of, of, n * sizeof *of);
        out->count = count;
        out->list = cn__calloc(count, sizeof *out->list);
        ok = out->list != NULL;
    }
    for (uint32_t v = 0; ok && v < n; v++) {
        if (of[v] != CN_NONE) {
            cn_group *group = &out->list[of[v]];
            group->first = group->size++ ? group->first : v;
            group->cluster = CN_NONE;
        }
    }
    if (!ok) {
        cn_groups_release(out);
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn_groups_release(cn_groups *groups) {
    if (groups) {
        cn__free(groups->of);
        cn__free(groups->list);
        *groups = (cn_groups){.n = 0};
    }
}

void cn_group_name(const cn_network *net, const cn_graph *graph, const cn_groups *groups, uint32_t group, cn_lang lang,
                   cn_buf *out) {
    cn_vocabulary vocabulary;
    int value;
    if (group >= groups->count) {
        cn_buf_add_text(out, lang == CN_LANG_RU ? "вне групп" : "in no group");
        return;
    }
    switch (groups->grouping) {
    case CN_GROUPING_CLUSTER:
        cn_buf_add_text(out, cn_entity_short(net, groups->list[group].cluster));
        return;
    case CN_GROUPING_REGION:
        cn_buf_add_text(out, groups->list[group].name);
        return;
    case CN_GROUPING_TYPE:
        kind_of(net, graph->entity[groups->list[group].first], &vocabulary, &value);
        cn_buf_add_text(out, cn_vocabulary_name(vocabulary, value, lang));
        return;
    case CN_GROUPING_FOUND:
        cn__format_u64(out, group + UINT64_C(1));
    }
}

/* ---- flows ---- */

/* Vertices in the order of their groups, those in none last; first has count+2 numbers. */
static void sort_vertices(const cn_groups *groups, uint32_t *first, uint32_t *sorted) {
    uint32_t count = groups->count;
    memset(first, 0, ((size_t)count + 2) * sizeof *first);
    for (uint32_t v = 0; v < groups->n; v++) {
        first[(groups->of[v] == CN_NONE ? count : groups->of[v]) + 1]++;
    }
    for (uint32_t g = 0; g <= count; g++) {
        first[g + 1] += first[g];
    }
    for (uint32_t v = 0; v < groups->n; v++) {
        sorted[first[groups->of[v] == CN_NONE ? count : groups->of[v]]++] = v;
    }
    memmove(first + 1, first, ((size_t)count + 1) * sizeof *first);
    first[0] = 0;
}

typedef struct summing {
    const cn_graph *graph;
    const cn_groups *groups;
    cn_group_flows *out;
    size_t cap;
    uint32_t *first;
    uint32_t *sorted;
    double *value; /* by target group */
    uint32_t *arcs;
    uint32_t *touched;
} summing;

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t add_arcs(summing *s, uint32_t group) {
    const cn_graph *graph = s->graph;
    uint32_t none = s->groups->count;
    uint32_t touched = 0;
    for (uint32_t i = s->first[group]; i < s->first[group + 1]; i++) {
        uint32_t v = s->sorted[i];
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t u = graph->out_to[a];
            uint32_t to = s->groups->of[u] == CN_NONE ? none : s->groups->of[u];
            if (u == v || (!graph->directed && to == group && u < v)) {
                continue;
            }
            if (s->arcs[to]++ == 0) {
                s->touched[touched++] = to;
            }
            s->value[to] += graph->weight ? graph->weight[a] : 1;
        }
    }
    qsort(s->touched, touched, sizeof *s->touched, ascending);
    return touched;
}

/* The flows of one group; what is summed is cleared again. False: memory. */
static bool sum_group(summing *s, uint32_t group) {
    cn_group_flows *out = s->out;
    uint32_t touched = add_arcs(s, group);
    bool ok = cn__grow((void **)&out->flows, &s->cap, out->flow_count, touched, sizeof *out->flows);
    for (uint32_t i = 0; i < touched; i++) {
        uint32_t to = s->touched[i];
        out->total += s->value[to];
        if (to == group) {
            out->sums[group].inside = s->value[to];
            out->sums[group].arcs = s->arcs[to];
        } else {
            out->sums[group].out += s->value[to];
            out->sums[to].in += s->value[to];
            if (ok) {
                out->flows[out->flow_count++] = (cn_group_flow){group, to, s->arcs[to], s->value[to]};
            }
        }
        s->value[to] = 0;
        s->arcs[to] = 0;
    }
    return ok;
}

static bool has_arc(const cn_graph *graph, uint32_t v) {
    return graph->out_start[v] < graph->out_start[v + 1] || graph->in_start[v] < graph->in_start[v + 1];
}

cn_status cn_group_flows_compute(const cn_graph *graph, const cn_groups *groups, cn_group_flows *out, cn_error *err) {
    size_t rows = (size_t)groups->count + 1;
    summing s = {.graph = graph, .groups = groups, .out = out};
    *out = (cn_group_flows){.count = groups->count, .sums = cn__calloc(rows, sizeof *out->sums)};
    s.first = cn__alloc(rows + 1, sizeof *s.first);
    s.sorted = cn__alloc(groups->n, sizeof *s.sorted);
    s.value = cn__calloc(rows, sizeof *s.value);
    s.arcs = cn__calloc(rows, sizeof *s.arcs);
    s.touched = cn__alloc(rows, sizeof *s.touched);
    bool ok = out->sums && s.first && s.sorted && s.value && s.arcs && s.touched;
    if (ok) {
        sort_vertices(groups, s.first, s.sorted);
    }
    for (uint32_t g = 0; ok && g <= groups->count; g++) {
        for (uint32_t i = s.first[g]; i < s.first[g + 1]; i++) {
            out->sums[g].size += g < groups->count || has_arc(graph, s.sorted[i]);
        }
        ok = sum_group(&s, g);
    }
    cn__free(s.first);
    cn__free(s.sorted);
    cn__free(s.value);
    cn__free(s.arcs);
    cn__free(s.touched);
    if (!ok) {
        cn_group_flows_release(out);
    }
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn_group_flows_release(cn_group_flows *flows) {
    if (flows) {
        cn__free(flows->sums);
        cn__free(flows->flows);
        *flows = (cn_group_flows){.count = 0};
    }
}

double cn_group_kept(const cn_group_sum *sum) {
    double supplied = sum->inside + sum->out;
    return supplied > 0 ? sum->inside / supplied : (double)NAN;
}
