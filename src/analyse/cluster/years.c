/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network year by year. Each year is the network as of its last day (cn_network_as_of), so nothing here knows how dates work; its
 * figures come from the graph of supplies and services and from the flows between clusters. Cost: O(years (V + L)).
 */
#include <math.h>

#include "coopnet/change.h"
#include "coopnet/groups.h"
#include "error.h"
#include "memory.h"

enum { MOST_YEARS = 100 };
#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

static void fill_counts(const cn_network *net, const cn_graph *graph, cn_year *out) {
    for (uint32_t v = 0; v < graph->n; v++) {
        out->linked += graph->out_start[v] < graph->out_start[v + 1] || graph->in_start[v] < graph->in_start[v + 1];
    }
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        if (CN_KIND_BIT(kind) & CN_K_ACTOR) {
            out->organisations += cn_entity_count_of(net, (cn_entity_kind)kind);
        }
    }
    out->projects = cn_entity_count_of(net, CN_ENTITY_PROJECT);
    out->links = graph->m;
    double pairs = (double)out->linked * ((double)out->linked - 1);
    out->density = pairs > 0 ? graph->m / pairs : (double)NAN;
    out->value = graph->links_no_value < graph->links_used ? 0 : (double)NAN;
    for (uint32_t a = 0; a < graph->m && !isnan(out->value); a++) {
        out->value += graph->weight[a];
    }
}

/* Links that ended count while they ran, where all of them say when they ended. */
static uint32_t statuses_of(const cn_network *net) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        bool trade = CN_KIND_BIT(cn_link_kind_of(net, link)) & TRADE;
        if (trade && cn_link_status_of(net, link) == CN_STATUS_BROKEN && cn_link_until(net, link) == CN_DATE_NONE) {
            return CN_KIND_BIT(CN_STATUS_ACTUAL);
        }
    }
    return CN_KIND_BIT(CN_STATUS_ACTUAL) | CN_KIND_BIT(CN_STATUS_BROKEN);
}

static cn_status measure(const cn_network *net, cn_year *out, cn_error *err) {
    const cn_graph_options options = {.statuses = statuses_of(net),
                                      .link_kinds = TRADE,
                                      .weighting = CN_WEIGHT_VALUE,
                                      .orientation = CN_DIRECTED,
                                      .entity_kinds = CN_K_ACTOR};
    cn_graph *graph = NULL;
    cn_groups clusters = {.n = 0};
    cn_group_flows flows = {.count = 0};
    cn_status status = cn_graph_create(net, &options, &graph, err);
    if (status == CN_OK) {
        fill_counts(net, graph, out);
        status = cn_groups_make(net, graph, CN_GROUPING_CLUSTER, &clusters, err);
    }
    if (status == CN_OK) {
        status = cn_group_flows_compute(graph, &clusters, &flows, err);
    }
    cn_group_sum all = {.size = 0};
    for (uint32_t g = 0; status == CN_OK && g < flows.count; g++) {
        out->members += flows.sums[g].size;
        all.inside += flows.sums[g].inside;
        all.out += flows.sums[g].out;
    }
    out->kept = cn_group_kept(&all);
    cn_group_flows_release(&flows);
    cn_groups_release(&clusters);
    cn_graph_free(graph);
    return status;
}

/* Year of a date, 0 for none. */
static int year_of(cn_date date) {
    int year = 0, month, day;
    if (date != CN_DATE_NONE) {
        cn_date_parts(date, &year, &month, &day);
    }
    return year;
}

/* First and last year in which anything that counts begins or ends; 0 when nothing is dated. */
static void find_span(const cn_network *net, int *first, int *last) {
    *first = *last = 0;
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        cn_link_kind kind = cn_link_kind_of(net, link);
        int begin = year_of(cn_link_since(net, link));
        int end = year_of(cn_link_until(net, link));
        if (!(CN_KIND_BIT(kind) & TRADE) && kind != CN_LINK_MEMBER) {
            continue;
        }
        if (cn_link_status_of(net, link) > CN_STATUS_ACTUAL) {
            end = 0;
        }
        if (cn_link_status_of(net, link) == CN_STATUS_PLANNED) {
            continue;
        }
        *first = begin && (!*first || begin < *first) ? begin : *first;
        *last = begin > *last ? begin : *last;
        *last = end > *last ? end : *last;
    }
    int known = year_of(cn_network_as_of_date(net));
    *last = known ? known : *last;
    *first = *first && *first <= *last - MOST_YEARS ? *last - MOST_YEARS + 1 : *first;
}

cn_status cn_years_find(const cn_network *net, cn_year **out, size_t *count, cn_error *err) {
    int first, last;
    find_span(net, &first, &last);
    *count = 0;
    *out = NULL;
    size_t years = first && first <= last ? (size_t)(last - first) + 1 : 0;
    cn_year *rows = cn__calloc(years, sizeof *rows);
    cn_status status = rows ? CN_OK : CN__NO_MEMORY(err);
    for (size_t i = 0; i < years && status == CN_OK; i++) {
        cn_network *then = NULL;
        cn_date known = cn_network_as_of_date(net);
        rows[i].date = i + 1 == years && known != CN_DATE_NONE ? known : cn_date_make(first + (int)i, 12, 31);
        status = cn_network_as_of(net, rows[i].date, &then, err);
        if (status == CN_OK) {
            status = measure(then, &rows[i], err);
        }
        cn_network_free(then);
    }
    if (status != CN_OK) {
        cn__free(rows);
        return status;
    }
    *out = rows;
    *count = years;
    return CN_OK;
}

void cn_years_free(cn_year *years) { cn__free(years); }
