/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The projection against a second one that asks, for every pair of vertices and every link, whether the link stands
 * behind that pair: O(V² E), in public accessors only. Random networks under random options.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coopnet/graph.h"
#include "make_network.h"

enum { NETWORKS = 150, OPTIONS_EACH = 12, ENTITIES_MAX = 9, LINKS_MAX = 30 };

static cn_date random_date(uint64_t *seed) {
    switch (check_below(seed, 5)) {
    case 0:
        return cn_date_make((int)(2015 + check_below(seed, 5)), 0, 0);
    case 1:
        return cn_date_make((int)(2015 + check_below(seed, 5)), (int)(1 + check_below(seed, 12)), 0);
    case 2:
        return cn_date_make((int)(2015 + check_below(seed, 5)), (int)(1 + check_below(seed, 12)), 28);
    default:
        return CN_DATE_NONE;
    }
}

/* Links are thrown at random; those that break a rule are refused by the builder and just do not come to be. */
static cn_network *random_network(uint64_t *seed) {
    static const cn_entity_kind kinds[] = {CN_ENTITY_COMPANY, CN_ENTITY_COMPANY, CN_ENTITY_COMPANY,
                                           CN_ENTITY_CLUSTER, CN_ENTITY_PARK,    CN_ENTITY_PROJECT};
    static const cn_link_kind link_kinds[] = {CN_LINK_SUPPLY, CN_LINK_SERVICE,   CN_LINK_MEMBER,
                                              CN_LINK_MEMBER, CN_LINK_AGREEMENT, CN_LINK_PARTICIPANT};
    static const char *const regions[] = {"A", "B", ""};
    cn_builder *builder = make_builder();
    uint32_t count = check_below(seed, ENTITIES_MAX + 1);
    for (uint32_t e = 0; e < count; e++) {
        char id[16];
        snprintf(id, sizeof id, "e%u", e);
        make_text(builder, make_entity(builder, kinds[check_below(seed, 6)], id), CN_FIELD_REGION,
                  regions[check_below(seed, 3)]);
    }
    for (uint32_t i = check_below(seed, LINKS_MAX); count > 0 && i > 0; i--) {
        cn_link link;
        cn_link_spec spec = {.from = check_below(seed, count),
                             .to = check_below(seed, count),
                             .kind = link_kinds[check_below(seed, 6)],
                             .status = (cn_link_status)check_below(seed, CN_STATUS_COUNT),
                             .value_minor =
                                 check_below(seed, 4) == 0 ? CN_MONEY_NONE : (int64_t)check_below(seed, 1000),
                             .since = random_date(seed),
                             .until = random_date(seed)};
        if (cn_builder_add_link(builder, &spec, &link, NULL) == CN_OK && spec.value_minor != CN_MONEY_NONE &&
            check_below(seed, 8) == 0) {
            double fine = (double)spec.value_minor / 100.0 + 0.001;
            CHECK_INT(cn_builder_add_number(builder, CN_OWNER_LINK, link, CN_FIELD_FINE_VALUE, fine, NULL), CN_OK);
        }
    }
    return make_network(builder);
}

static cn_graph_options random_options(uint64_t *seed) {
    cn_graph_options options = {.orientation = (cn_orientation)check_below(seed, 3),
                                .weighting = (cn_weighting)check_below(seed, 3),
                                .collapse = (cn_collapse)check_below(seed, 3),
                                .keep_loops = check_below(seed, 2) == 0,
                                .trace = check_below(seed, 2) == 0,
                                .since = random_date(seed),
                                .until = random_date(seed)};
    if (check_below(seed, 2) == 0) {
        options.link_kinds = check_below(seed, CN_KIND_BIT(CN_LINK_KIND_COUNT));
    }
    if (check_below(seed, 2) == 0) {
        options.entity_kinds = check_below(seed, CN_K_ANY + 1);
    }
    if (check_below(seed, 2) == 0) {
        options.statuses = check_below(seed, CN_KIND_BIT(CN_STATUS_COUNT));
    }
    return options;
}

/* ---- the second implementation ---- */

static bool overlaps(const cn_network *net, cn_link link, cn_date since, cn_date until) {
    int32_t begin = cn_link_since(net, link) != 0 ? cn_date_first_day(cn_link_since(net, link)) : INT32_MIN;
    int32_t end = cn_link_until(net, link) != 0 ? cn_date_last_day(cn_link_until(net, link)) : INT32_MAX;
    int32_t from = since != 0 ? cn_date_first_day(since) : INT32_MIN;
    int32_t to = until != 0 ? cn_date_last_day(until) : INT32_MAX;
    return begin <= to && from <= end;
}

static bool holds(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    return status == CN_STATUS_NONE || status == CN_STATUS_ACTUAL;
}

/* The entity that stands for an entity, or CN_NONE. */
static cn_entity stands_for(const cn_network *net, const cn_graph_options *options, cn_entity entity) {
    uint32_t kinds = options->entity_kinds != 0 ? options->entity_kinds : CN_K_ANY;
    bool in = (kinds & CN_KIND_BIT(cn_entity_kind_of(net, entity))) != 0;
    if (options->collapse == CN_COLLAPSE_CLUSTER) {
        for (cn_link l = 0; l < cn_link_count(net); l++) {
            if (cn_link_kind_of(net, l) != CN_LINK_MEMBER || !holds(net, l) ||
                !overlaps(net, l, options->since, options->until)) {
                continue;
            }
            if (in && cn_link_from(net, l) == entity) {
                return cn_link_to(net, l);
            }
            cn_entity member = cn_link_from(net, l);
            if (cn_link_to(net, l) == entity && (kinds & CN_KIND_BIT(cn_entity_kind_of(net, member))) != 0) {
                /* the cluster is there when it is the first one of some member that is asked for */
                cn_graph_options one = *options;
                in = in || stands_for(net, &one, member) == entity;
            }
        }
    }
    const char *region = cn_entity_text(net, entity, CN_FIELD_REGION);
    if (in && options->collapse == CN_COLLAPSE_REGION && region[0] != '\0') {
        for (cn_entity e = 0; e < entity; e++) {
            if ((kinds & CN_KIND_BIT(cn_entity_kind_of(net, e))) != 0 &&
                strcmp(cn_entity_text(net, e, CN_FIELD_REGION), region) == 0) {
                return e;
            }
        }
    }
    return in ? entity : CN_NONE;
}

static bool is_asked(const cn_network *net, const cn_graph_options *options, cn_link link) {
    uint32_t kinds = options->link_kinds != 0 ? options->link_kinds : cn_graph_default_layer(net);
    bool status = options->statuses != 0 ? (options->statuses & CN_KIND_BIT(cn_link_status_of(net, link))) != 0
                                         : holds(net, link);
    if ((options->statuses & CN_KIND_BIT(CN_STATUS_ACTUAL)) != 0 && cn_link_status_of(net, link) == CN_STATUS_NONE) {
        status = true;
    }
    return (kinds & CN_KIND_BIT(cn_link_kind_of(net, link))) != 0 && status &&
           overlaps(net, link, options->since, options->until);
}

typedef struct slow {
    const cn_network *net;
    const cn_graph_options *options;
    bool directed;
    cn_entity group[ENTITIES_MAX];
} slow;

/* Does the link stand behind the arc between these two representatives? */
static bool stands_behind(const slow *s, cn_link link, cn_entity from, cn_entity to) {
    cn_entity u = s->group[cn_link_from(s->net, link)];
    cn_entity v = s->group[cn_link_to(s->net, link)];
    bool both = !s->directed || cn_link_kind_of(s->net, link) == CN_LINK_AGREEMENT;
    if (!is_asked(s->net, s->options, link) || (u == v && !s->options->keep_loops)) {
        return false;
    }
    return (u == from && v == to) || (both && u == to && v == from);
}

static void compare_arc(const slow *s, const cn_graph *graph, uint32_t from, uint32_t to, uint32_t *arcs) {
    uint32_t arc = cn_graph_find_arc(graph, from, to);
    size_t traced = 0;
    const cn_link *trace = arc != CN_NONE ? cn_graph_arc_links(graph, arc, &traced) : NULL;
    uint32_t links = 0;
    double sum = 0;
    for (cn_link l = 0; l < cn_link_count(s->net); l++) {
        if (!stands_behind(s, l, graph->entity[from], graph->entity[to])) {
            continue;
        }
        CHECK(!s->options->trace || (links < traced && trace[links] == l));
        links++;
        sum += cn_link_value_minor(s->net, l) != CN_MONEY_NONE ? cn_link_value(s->net, l) : 0;
    }
    CHECK((arc != CN_NONE) == (links > 0));
    CHECK_INT(traced, s->options->trace ? links : 0);
    if (arc == CN_NONE) {
        return;
    }
    (*arcs)++;
    CHECK((graph->weight == NULL) == (s->options->weighting == CN_WEIGHT_NONE));
    if (s->options->weighting == CN_WEIGHT_COUNT) {
        CHECK_INT(graph->weight[arc], links);
    } else if (s->options->weighting == CN_WEIGHT_VALUE) {
        CHECK_NEAR(graph->weight[arc], sum, 1e-9);
    }
}

static void compare_vertices(slow *s, const cn_graph *graph) {
    uint32_t n = 0;
    for (cn_entity e = 0; e < cn_entity_count(s->net); e++) {
        s->group[e] = stands_for(s->net, s->options, e);
        if (s->group[e] == e) {
            CHECK(n < graph->n);
            CHECK_INT(graph->entity[n], e);
            n++;
        }
    }
    CHECK_INT(graph->n, n);
    for (cn_entity e = 0; e < cn_entity_count(s->net); e++) {
        uint32_t vertex = graph->vertex[e];
        CHECK((vertex == CN_NONE) == (s->group[e] == CN_NONE));
        CHECK(vertex == CN_NONE || graph->entity[vertex] == s->group[e]);
    }
}

static void compare(const cn_network *net, const cn_graph_options *options) {
    cn_graph *graph;
    CHECK_INT(cn_graph_create(net, options, &graph, NULL), CN_OK);
    slow s = {.net = net, .options = options};
    uint32_t layer = options->link_kinds != 0 ? options->link_kinds : cn_graph_default_layer(net);
    s.directed = options->orientation == CN_DIRECTED ||
                 (options->orientation == CN_ORIENT_DEFAULT && (layer & CN_KIND_BIT(CN_LINK_AGREEMENT)) == 0);
    CHECK(graph->directed == s.directed);
    compare_vertices(&s, graph);

    uint32_t arcs = 0;
    uint32_t loops = 0;
    for (uint32_t from = 0; from < graph->n; from++) {
        for (uint32_t to = 0; to < graph->n; to++) {
            compare_arc(&s, graph, from, to, &arcs);
        }
        loops += cn_graph_find_arc(graph, from, from) != CN_NONE;
    }
    CHECK_INT(graph->m, arcs);
    CHECK_INT(graph->edge_count, s.directed ? arcs : (arcs - loops) / 2 + loops);

    uint32_t used = 0;
    uint32_t no_value = 0;
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        cn_entity from = s.group[cn_link_from(net, l)];
        cn_entity to = s.group[cn_link_to(net, l)];
        if (from != CN_NONE && to != CN_NONE && stands_behind(&s, l, from, to)) {
            used++;
            no_value += cn_link_value_minor(net, l) == CN_MONEY_NONE;
        }
    }
    CHECK_INT(graph->links_used, used);
    CHECK_INT(graph->links_no_value, no_value);
    /* in-lists: the same arcs from the other end */
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
            CHECK(i == graph->in_start[v] || graph->in_from[i - 1] < graph->in_from[i]);
            CHECK_INT(cn_graph_find_arc(graph, graph->in_from[i], v), graph->in_arc[i]);
        }
    }
    CHECK_INT(graph->in_start[graph->n], graph->m);
    cn_graph_free(graph);
}

static void random_projections(void) {
    uint64_t seed = 20240401;
    for (int i = 0; i < NETWORKS; i++) {
        cn_network *net = random_network(&seed);
        for (int k = 0; k < OPTIONS_EACH; k++) {
            cn_graph_options options = random_options(&seed);
            compare(net, &options);
        }
        cn_network_free(net);
    }
}

/* Every digraph of up to 3 vertices (loops and all) from pairs, with every pair given twice in another order. */
static void all_small(void) {
    for (uint32_t n = 0; n <= 3; n++) {
        for (uint32_t set = 0; set < 1u << (n * n); set++) {
            uint32_t from[18];
            uint32_t to[18];
            size_t count = 0;
            for (uint32_t bit = n * n; bit-- > 0;) {
                if ((set >> bit & 1u) != 0) {
                    from[count] = bit / n;
                    to[count++] = bit % n;
                }
            }
            memcpy(from + count, from, count * sizeof *from);
            memcpy(to + count, to, count * sizeof *to);
            cn_graph *graph;
            CHECK_INT(cn_graph_from_arcs(n, 2 * count, from, to, NULL, true, &graph, NULL), CN_OK);
            uint32_t m = 0;
            for (uint32_t u = 0; u < n; u++) {
                for (uint32_t v = 0; v < n; v++) {
                    bool there = u != v && (set >> (u * n + v) & 1u) != 0;
                    CHECK((cn_graph_find_arc(graph, u, v) != CN_NONE) == there);
                    m += there;
                }
            }
            CHECK_INT(graph->m, m);
            cn_graph_free(graph);
        }
    }
}

/* ---- large ---- */

/* An arc as it was given: ends, and where it stood. */
typedef struct given {
    uint32_t from;
    uint32_t to;
    uint32_t place;
} given;

static int compare_given(const void *a, const void *b) {
    const given *x = a;
    const given *y = b;
    const uint32_t keys[3][2] = {{x->from, y->from}, {x->to, y->to}, {x->place, y->place}};
    for (int i = 0; i < 3; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* The graph's arcs, weights and ways back against a list that was sorted by comparison. */
static void check_against(const cn_graph *graph, const given *list, size_t count, const double *weights) {
    uint32_t arc = 0;
    for (size_t i = 0; i < count; arc++) {
        double sum = 0;
        size_t k = i;
        for (; k < count && list[k].from == list[i].from && list[k].to == list[i].to; k++) {
            sum += weights[list[k].place];
        }
        CHECK(arc < graph->m && graph->out_to[arc] == list[i].to);
        CHECK(graph->out_start[list[i].from] <= arc && arc < graph->out_start[list[i].from + 1]);
        CHECK(memcmp(&graph->weight[arc], &sum, sizeof sum) == 0);
        i = k;
    }
    CHECK_INT(arc, graph->m);
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t k = graph->in_start[v]; k < graph->in_start[v + 1]; k++) {
            uint32_t back = graph->in_arc[k];
            CHECK(graph->out_to[back] == v && graph->out_start[graph->in_from[k]] <= back &&
                  back < graph->out_start[graph->in_from[k] + 1]);
            CHECK(k == graph->in_start[v] || graph->in_from[k - 1] < graph->in_from[k]);
        }
    }
    CHECK_INT(graph->in_start[graph->n], graph->m);
}

/* Large enough to be made by several threads, with hubs, parallel arcs and vertices without any. */
static void large(void) {
    enum { N = 30000, M = 120000 };
    uint64_t seed = 5;
    given *list = malloc(2 * M * sizeof *list);
    uint32_t *from = malloc(M * sizeof *from);
    uint32_t *to = malloc(M * sizeof *to);
    double *weights = malloc(M * sizeof *weights);
    CHECK(list && from && to && weights);
    for (int directed = 0; directed < 2; directed++) {
        size_t count = 0;
        for (uint32_t i = 0; i < M; i++) {
            from[i] = check_below(&seed, 3) == 0 ? check_below(&seed, 4) * 7001 : check_below(&seed, N);
            to[i] = check_below(&seed, 5) == 0 ? check_below(&seed, 3) * 9001 : check_below(&seed, N / 2);
            weights[i] = check_below(&seed, 1000) / 7.0;
            if (from[i] != to[i]) {
                list[count++] = (given){from[i], to[i], i};
                if (!directed) {
                    list[count++] = (given){to[i], from[i], i};
                }
            }
        }
        qsort(list, count, sizeof *list, compare_given);
        cn_graph *graph;
        CHECK_INT(cn_graph_from_arcs(N, M, from, to, weights, directed, &graph, NULL), CN_OK);
        check_against(graph, list, count, weights);
        cn_graph_free(graph);
    }
    free(list);
    free(from);
    free(to);
    free(weights);
}

int main(void) {
    return check_run(
        (check_case[]){{"random_projections", random_projections}, {"all_small", all_small}, {"large", large}, {0}});
}
