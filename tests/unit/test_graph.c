/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projections worked by hand: merging, direction, weights, filters, collapsing, tracing. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "coopnet/graph.h"
#include "make_network.h"

static cn_graph *project(const cn_network *net, const cn_graph_options *options) {
    cn_graph *graph;
    CHECK_INT(cn_graph_create(net, options, &graph, NULL), CN_OK);
    return graph;
}

/* The arcs as text: "0>1:70 0>2:5". */
static const char *arcs(const cn_graph *graph) {
    static char text[1000];
    size_t len = 0;
    text[0] = '\0';
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            len += (size_t)snprintf(text + len, sizeof text - len, "%s%u>%u", len > 0 ? " " : "", v, graph->out_to[a]);
            if (graph->weight != NULL) {
                len += (size_t)snprintf(text + len, sizeof text - len, ":%g", graph->weight[a]);
            }
        }
    }
    return text;
}

/* What graph.h promises of every graph. */
static void check_form(const cn_graph *graph) {
    CHECK_INT(graph->out_start[0], 0);
    CHECK_INT(graph->out_start[graph->n], graph->m);
    CHECK_INT(graph->in_start[graph->n], graph->m);
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            CHECK(a == graph->out_start[v] || graph->out_to[a - 1] < graph->out_to[a]);
            CHECK_INT(cn_graph_find_arc(graph, v, graph->out_to[a]), a);
        }
        for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
            uint32_t arc = graph->in_arc[i];
            CHECK(i == graph->in_start[v] || graph->in_from[i - 1] < graph->in_from[i]);
            CHECK_INT(graph->out_to[arc], v);
            CHECK_INT(cn_graph_find_arc(graph, graph->in_from[i], v), arc);
        }
    }
}

/* a sells to b twice, to c once; c to a without value; b and c agree. */
static cn_network *trade(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity b = make_company(builder, "b");
    cn_entity lone = make_entity(builder, CN_ENTITY_PRODUCT, "27.11");
    cn_entity c = make_company(builder, "c");
    CHECK_INT(lone, 2);
    make_link(builder, CN_LINK_SUPPLY, a, b, 40);
    make_link(builder, CN_LINK_SUPPLY, c, a, -1);
    make_link(builder, CN_LINK_SERVICE, a, c, 5);
    make_link(builder, CN_LINK_SUPPLY, a, b, 30);
    make_link(builder, CN_LINK_AGREEMENT, c, b, -1);
    return make_network(builder);
}

static void merging(void) {
    cn_network *net = trade();
    cn_graph *graph = project(net, NULL);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>1 0>3 3>0");
    CHECK(graph->directed && graph->weight == NULL && graph->weighting == CN_WEIGHT_NONE);
    CHECK_INT(graph->n, 4);
    CHECK_INT(graph->edge_count, 3);
    CHECK_INT(graph->links_used, 4);
    CHECK_INT(graph->entity[3], cn_entity_find(net, "c"));
    CHECK_INT(graph->vertex[cn_entity_find(net, "27.11")], 2);
    CHECK_INT(cn_graph_find_arc(graph, 1, 0), CN_NONE);
    CHECK_INT(cn_graph_find_arc(graph, 2, 2), CN_NONE);
    cn_graph_free(graph);

    graph = project(net, &(cn_graph_options){.weighting = CN_WEIGHT_VALUE});
    CHECK_TEXT(arcs(graph), "0>1:70 0>3:5 3>0:0");
    CHECK_INT(graph->links_no_value, 1);
    cn_graph_free(graph);

    graph = project(net, &(cn_graph_options){.weighting = CN_WEIGHT_COUNT});
    CHECK_TEXT(arcs(graph), "0>1:2 0>3:1 3>0:1");
    cn_graph_free(graph);
    cn_graph_free(NULL);
    cn_network_free(net);
}

static void direction(void) {
    cn_network *net = trade();
    cn_graph *graph = project(net, &(cn_graph_options){.orientation = CN_UNDIRECTED, .weighting = CN_WEIGHT_VALUE});
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>1:70 0>3:5 1>0:70 3>0:5");
    CHECK_INT(graph->edge_count, 2);
    CHECK_INT(graph->links_used, 4);
    CHECK(graph->in_start == graph->out_start && graph->in_from == graph->out_to && !graph->directed);
    cn_graph_free(graph);

    cn_graph_options agreements = {.link_kinds = CN_KIND_BIT(CN_LINK_AGREEMENT)};
    graph = project(net, &agreements); /* no direction: undirected by default */
    CHECK(!graph->directed);
    CHECK_TEXT(arcs(graph), "1>3 3>1");
    CHECK_INT(graph->edge_count, 1);
    cn_graph_free(graph);

    agreements.orientation = CN_DIRECTED;
    graph = project(net, &agreements);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "1>3 3>1");
    CHECK_INT(graph->edge_count, 2);
    CHECK_INT(graph->links_used, 1);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void default_layer(void) {
    cn_network *net = trade();
    CHECK_INT(cn_graph_default_layer(net), CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE));
    cn_network_free(net);
    cn_builder *builder = make_builder();
    cn_entity a = make_entity(builder, CN_ENTITY_ORGANISATION, "a");
    cn_entity b = make_entity(builder, CN_ENTITY_CLUSTER, "b");
    make_link(builder, CN_LINK_MEMBER, a, b, -1);
    make_link(builder, CN_LINK_AGREEMENT, a, b, -1);
    net = make_network(builder);
    CHECK_INT(cn_graph_default_layer(net), CN_KIND_BIT(CN_LINK_MEMBER) | CN_KIND_BIT(CN_LINK_AGREEMENT));
    cn_graph *graph = project(net, NULL);
    CHECK_INT(graph->edge_count, 1);
    CHECK(!graph->directed);
    cn_graph_free(graph);
    cn_network_free(net);
    net = make_network(make_builder());
    CHECK_INT(cn_graph_default_layer(net), 0);
    graph = project(net, NULL);
    CHECK_INT(graph->n, 0);
    CHECK_INT(graph->m, 0);
    CHECK_INT(graph->out_start[0], 0);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void filters(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity p = make_entity(builder, CN_ENTITY_PARK, "p");
    cn_entity b = make_company(builder, "b");
    make_link(builder, CN_LINK_SUPPLY, a, p, -1);
    make_dated(builder, CN_LINK_SUPPLY, a, b, "2015", "2017-03");
    make_dated(builder, CN_LINK_SUPPLY, b, a, "2020-06-01", NULL);
    cn_link_spec planned = {.from = p, .to = b, .kind = CN_LINK_SUPPLY, .status = CN_STATUS_PLANNED};
    CHECK_INT(cn_builder_add_link(builder, &planned, NULL, NULL), CN_OK);
    planned.status = CN_STATUS_ACTUAL;
    planned.to = a;
    CHECK_INT(cn_builder_add_link(builder, &planned, NULL, NULL), CN_OK);
    cn_network *net = make_network(builder);
    static const struct {
        cn_graph_options options;
        const char *since, *until;
        const char *arcs;
    } rows[] = {
        {{0}, NULL, NULL, "0>1 0>2 1>0 2>0"},
        {{.entity_kinds = CN_K_COMPANY}, NULL, NULL, "0>1 1>0"},
        {{.statuses = CN_KIND_BIT(CN_STATUS_PLANNED)}, NULL, NULL, "1>2"},
        {{.statuses = CN_KIND_BIT(CN_STATUS_ACTUAL)}, NULL, NULL, "0>1 0>2 1>0 2>0"},
        {{.statuses = CN_KIND_BIT(CN_STATUS_NONE)}, NULL, NULL, "0>1 0>2 2>0"},
        {{0}, "2017-03-31", NULL, "0>1 0>2 1>0 2>0"},
        {{0}, "2017-04-01", NULL, "0>1 1>0 2>0"},
        {{0}, NULL, "2020-05-31", "0>1 0>2 1>0"},
        {{0}, "2018", "2019", "0>1 1>0"},
        {{0}, NULL, "2014", "0>1 1>0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_graph_options options = rows[i].options;
        options.since = rows[i].since != NULL ? cn_date_parse(rows[i].since) : CN_DATE_NONE;
        options.until = rows[i].until != NULL ? cn_date_parse(rows[i].until) : CN_DATE_NONE;
        cn_graph *graph = project(net, &options);
        check_form(graph);
        CHECK_TEXT(arcs(graph), rows[i].arcs);
        cn_graph_free(graph);
    }
    cn_graph *graph = project(net, &(cn_graph_options){.entity_kinds = CN_K_COMPANY});
    CHECK_INT(graph->vertex[p], CN_NONE);
    CHECK_INT(graph->vertex[b], 1);
    CHECK_INT(graph->entity[1], b);
    cn_graph_free(graph);
    cn_network_free(net);
}

/* x: a, b members of c1 (a first of c2 by a broken membership); d member of c2; e of none. */
static cn_network *groups(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity c1 = make_entity(builder, CN_ENTITY_CLUSTER, "c1");
    cn_entity b = make_company(builder, "b");
    cn_entity c2 = make_entity(builder, CN_ENTITY_CLUSTER, "c2");
    cn_entity d = make_company(builder, "d");
    cn_entity e = make_company(builder, "e");
    cn_link_spec broken = {.from = a, .to = c2, .kind = CN_LINK_MEMBER, .status = CN_STATUS_BROKEN};
    CHECK_INT(cn_builder_add_link(builder, &broken, NULL, NULL), CN_OK);
    make_link(builder, CN_LINK_MEMBER, a, c1, -1);
    make_link(builder, CN_LINK_MEMBER, a, c2, -1);
    make_link(builder, CN_LINK_MEMBER, b, c1, -1);
    make_link(builder, CN_LINK_MEMBER, d, c2, -1);
    make_link(builder, CN_LINK_SUPPLY, a, b, 1);
    make_link(builder, CN_LINK_SUPPLY, a, d, 2);
    make_link(builder, CN_LINK_SUPPLY, b, d, 3);
    make_link(builder, CN_LINK_SUPPLY, d, e, 4);
    make_link(builder, CN_LINK_SUPPLY, b, a, 5);
    make_text(builder, a, CN_FIELD_REGION, "R");
    make_text(builder, d, CN_FIELD_REGION, "R");
    make_text(builder, e, CN_FIELD_REGION, "Q");
    return make_network(builder);
}

static void collapse_cluster(void) {
    cn_network *net = groups();
    cn_graph_options options = {.collapse = CN_COLLAPSE_CLUSTER, .weighting = CN_WEIGHT_VALUE};
    cn_graph *graph = project(net, &options);
    check_form(graph);
    CHECK_INT(graph->n, 3); /* c1, c2, e */
    CHECK_TEXT(arcs(graph), "0>1:5 1>2:4");
    CHECK_TEXT(cn_entity_id(net, graph->entity[0]), "c1");
    CHECK_TEXT(cn_entity_id(net, graph->entity[2]), "e");
    CHECK_INT(graph->vertex[cn_entity_find(net, "a")], 0);
    CHECK_INT(graph->vertex[cn_entity_find(net, "d")], 1);
    CHECK_INT(graph->links_used, 3);
    cn_graph_free(graph);

    options.keep_loops = true;
    options.entity_kinds = CN_K_COMPANY; /* groups stand for their members all the same */
    graph = project(net, &options);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>0:6 0>1:5 1>2:4");
    CHECK_INT(graph->links_used, 5);
    cn_graph_free(graph);

    options.orientation = CN_UNDIRECTED;
    graph = project(net, &options);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>0:6 0>1:5 1>0:5 1>2:4 2>1:4");
    CHECK_INT(graph->edge_count, 3);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void collapse_region(void) {
    cn_network *net = groups();
    cn_graph *graph =
        project(net, &(cn_graph_options){
                         .entity_kinds = CN_K_COMPANY, .collapse = CN_COLLAPSE_REGION, .weighting = CN_WEIGHT_VALUE});
    check_form(graph);
    CHECK_INT(graph->n, 3); /* R (a, d), b, Q (e) */
    CHECK_TEXT(arcs(graph), "0>1:1 0>2:4 1>0:8");
    CHECK_TEXT(cn_entity_id(net, graph->entity[0]), "a");
    CHECK_INT(graph->vertex[cn_entity_find(net, "d")], 0);
    CHECK_INT(graph->vertex[cn_entity_find(net, "c1")], CN_NONE);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void trace(void) {
    cn_network *net = trade();
    cn_graph *graph = project(net, &(cn_graph_options){.trace = true});
    size_t count;
    const cn_link *links = cn_graph_arc_links(graph, cn_graph_find_arc(graph, 0, 1), &count);
    CHECK_INT(count, 2);
    CHECK_INT(links[0], 0);
    CHECK_INT(links[1], 3);
    links = cn_graph_arc_links(graph, cn_graph_find_arc(graph, 3, 0), &count);
    CHECK(count == 1 && links[0] == 1);
    cn_graph_free(graph);

    graph = project(net, &(cn_graph_options){.trace = true, .orientation = CN_UNDIRECTED});
    for (uint32_t from = 0; from <= 3; from += 3) {
        links = cn_graph_arc_links(graph, cn_graph_find_arc(graph, from, 3 - from), &count);
        CHECK(count == 2 && links[0] == 1 && links[1] == 2);
    }
    cn_graph_free(graph);

    graph = project(net, NULL);
    CHECK(cn_graph_arc_links(graph, 0, &count) == NULL && count == 0);
    cn_graph_free(graph);
    cn_network_free(net);
}

/* Sums of money are exact: 0.10 thirty times is 3, not 2.9999999999999996. Finer values are added as doubles. */
static void exact_sums(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a");
    cn_entity b = make_company(builder, "b");
    cn_link_spec spec = {.from = a, .to = b, .kind = CN_LINK_SUPPLY, .value_minor = 10};
    for (int i = 0; i < 30; i++) {
        CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    }
    spec.from = b;
    spec.to = a;
    spec.value_minor = INT64_MAX;
    for (int i = 0; i < 4; i++) {
        CHECK_INT(cn_builder_add_link(builder, &spec, NULL, NULL), CN_OK);
    }
    cn_entity c = make_company(builder, "c");
    make_link(builder, CN_LINK_SUPPLY, a, c, 2);
    cn_link fine = make_link(builder, CN_LINK_SUPPLY, a, c, 1);
    CHECK_INT(cn_builder_add_number(builder, CN_OWNER_LINK, fine, CN_FIELD_FINE_VALUE, 1.001, NULL), CN_OK);
    cn_network *net = make_network(builder);
    cn_graph *graph = project(net, &(cn_graph_options){.weighting = CN_WEIGHT_VALUE});
    CHECK(graph->weight[cn_graph_find_arc(graph, 0, 1)] == 3.0);
    CHECK(graph->weight[cn_graph_find_arc(graph, 0, 2)] == 2.0 + 1.001);
    CHECK(graph->weight[cn_graph_find_arc(graph, 1, 0)] == ldexp(1.0, 65) / 100.0);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void from_arcs(void) {
    const uint32_t from[] = {2, 0, 2, 1, 0, 1};
    const uint32_t to[] = {0, 1, 0, 1, 1, 0};
    const double weights[] = {1, 2, 4, 8, 16, 32};
    cn_graph *graph;
    cn_error error = {0};
    CHECK_INT(cn_graph_from_arcs(3, 6, from, to, weights, true, &graph, NULL), CN_OK);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>1:18 1>0:32 2>0:5");
    CHECK(graph->entity == NULL && graph->vertex == NULL);
    CHECK_INT(graph->links_used, 5);
    cn_graph_free(graph);
    CHECK_INT(cn_graph_from_arcs(3, 6, from, to, weights, false, &graph, NULL), CN_OK);
    check_form(graph);
    CHECK_TEXT(arcs(graph), "0>1:50 0>2:5 1>0:50 2>0:5");
    CHECK_INT(graph->edge_count, 2);
    cn_graph_free(graph);
    CHECK_INT(cn_graph_from_arcs(3, 0, NULL, NULL, NULL, true, &graph, NULL), CN_OK);
    CHECK_INT(graph->n, 3);
    CHECK_INT(graph->m, 0);
    cn_graph_free(graph);
    CHECK_INT(cn_graph_from_arcs(2, 6, from, to, NULL, true, &graph, &error), CN_ERR_ARGUMENT);
    CHECK(graph == NULL);
    CHECK_TEXT(cn_message_key(error.message), "bad-argument");
    const double bad[] = {-1, NAN, INFINITY};
    for (size_t i = 0; i < 3; i++) {
        CHECK_INT(cn_graph_from_arcs(3, 1, from, to, &bad[i], true, &graph, &error), CN_ERR_ARGUMENT);
        CHECK(graph == NULL);
    }
    CHECK_INT(cn_graph_from_arcs(UINT32_MAX, 0, NULL, NULL, NULL, true, &graph, &error), CN_ERR_LIMIT);
}

int main(void) {
    return check_run((check_case[]){{"merging", merging},
                                    {"direction", direction},
                                    {"default_layer", default_layer},
                                    {"filters", filters},
                                    {"collapse_cluster", collapse_cluster},
                                    {"collapse_region", collapse_region},
                                    {"trace", trace},
                                    {"exact_sums", exact_sums},
                                    {"from_arcs", from_arcs},
                                    {0}});
}
