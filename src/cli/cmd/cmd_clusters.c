/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet clusters: communities found in the layer, beside the declared clusters. The communities are found in one directed graph,
 * weighted by value where any link has one; declared clusters, flows and placements are taken from the same graph. Cost: that of
 * cn_communities_find.
 */
#include "cmd_clusters.h"

#include "show_rules.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void release(clusters *c) {
    cn_communities_release(&c->found);
    cn_community_profiles_free(c->profiles);
    cn_groups_release(&c->groups);
    cn_groups_release(&c->declared);
    cn_groups_release(&c->shown);
    cn_group_flows_release(&c->declared_flows);
    cn_group_flows_release(&c->flows);
    cn_placements_free(c->places);
    cn_graph_free(c->graph);
    cn_profile_free(c->profile);
    free(c->first);
    free(c->vertices);
}

const char *clusters_fit_key(cn_fit fit) {
    static const char *const keys[] = {"inside", "idle", "elsewhere", "outside", "apart"};
    return keys[fit];
}

/* A number above 0, with a point or a comma. */
static int read_resolution(const session *s, double *out) {
    const char *given = s->options.text[OPTION_RESOLUTION];
    char text[32] = "";
    char *end = text;
    if (!given) {
        return EXIT_DONE;
    }
    snprintf(text, sizeof text, "%s", given);
    char *comma = strchr(text, ',');
    if (comma) {
        *comma = '.';
    }
    bool digits = text[strspn(text, "0123456789.")] == '\0';
    *out = strtod(text, &end);
    if (digits && !*end && end > text && *out > 0 && *out <= 1e6 && strlen(given) < sizeof text) {
        return EXIT_DONE;
    }
    return session_misuse(s, TEXT_BAD_RESOLUTION, given, END);
}

static cn_status find(session *s, clusters *c, cn_error *err) {
    const cn_graph_options options = {.link_kinds = c->kinds};
    cn_status status = show_valued_graph(s, options, &c->graph, err);
    if (status) {
        return status;
    }
    show_missing_values(s, c->graph);
    c->options.runs = (uint32_t)s->options.number[OPTION_RUNS];
    c->options.seed = s->options.number[OPTION_SEED_RUNS];
    c->options.threads = (int)s->options.number[OPTION_THREADS];
    c->options.watch = session_watch(s, text_of(s->lang, TEXT_CLUSTERS_SEARCHING));
    status = cn_communities_find(c->graph, &c->options, &c->found, err);
    return session_unwatch(s, status, err);
}

/* A vertex and what it is ordered by. */
typedef struct member {
    uint32_t community;
    double agreement;
    uint32_t vertex;
} member;

static int by_community(const void *a, const void *b) {
    const member *x = a;
    const member *y = b;
    if (x->community != y->community) {
        return x->community < y->community ? -1 : 1;
    }
    if (x->agreement != y->agreement) {
        return x->agreement > y->agreement ? -1 : 1;
    }
    return x->vertex < y->vertex ? -1 : x->vertex > y->vertex;
}

/* The vertices of each community, the surest first. */
static bool sort_members(clusters *c) {
    member *list = malloc((c->graph->n + (size_t)1) * sizeof *list);
    c->first = calloc(c->found.count + (size_t)1, sizeof *c->first);
    c->vertices = malloc((c->graph->n + (size_t)1) * sizeof *c->vertices);
    bool ok = list && c->first && c->vertices;
    for (uint32_t v = 0; ok && v < c->graph->n; v++) {
        if (c->found.of[v] != CN_NONE) {
            list[c->linked++] = (member){c->found.of[v], c->found.agreement[v], v};
        }
    }
    if (ok) {
        qsort(list, c->linked, sizeof *list, by_community);
    }
    for (uint32_t i = 0; ok && i < c->linked; i++) {
        c->vertices[i] = list[i].vertex;
        c->first[list[i].community + 1] = i + (size_t)1;
    }
    free(list);
    return ok;
}

/* Found and declared: over the members of clusters; where these have but one cluster, with all others as a second group. */
static cn_status compare(clusters *c, cn_error *err) {
    uint32_t n = c->graph->n;
    uint32_t clusters_linked = 0;
    uint32_t *declared = malloc((n + (size_t)1) * sizeof *declared);
    if (!declared) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        return CN_ERR_MEMORY;
    }
    memcpy(declared, c->declared.of, n * sizeof *declared);
    for (uint32_t g = 0; g < c->declared.count; g++) {
        const cn_group_sum *sum = &c->declared_flows.sums[g];
        clusters_linked += sum->inside + sum->in + sum->out > 0;
    }
    c->with_outside = clusters_linked == 1;
    for (uint32_t v = 0; v < n && c->with_outside; v++) {
        declared[v] = declared[v] == CN_NONE ? c->declared.count : declared[v];
    }
    cn_status status = cn_partition_compare(n, c->found.of, declared, &c->match, err);
    free(declared);
    return status;
}

static cn_status describe(const session *s, clusters *c, cn_error *err) {
    static const cn_grouping shown[] = {CN_GROUPING_FOUND, CN_GROUPING_CLUSTER, CN_GROUPING_REGION};
    cn_grouping grouping = shown[s->options.number[OPTION_FLOWS_OF]];
    uint32_t n = c->graph->n;
    cn_status status = cn_community_profiles(s->net, c->graph, &c->found, 0, &c->profiles, err);
    status = status ? status : cn_groups_from(n, c->found.of, c->found.count, &c->groups, err);
    status = status ? status : cn_groups_make(s->net, c->graph, CN_GROUPING_CLUSTER, &c->declared, err);
    status = status ? status : cn_group_flows_compute(c->graph, &c->declared, &c->declared_flows, err);
    status = status ? status : cn_placements_find(s->net, c->graph, &c->declared, &c->places, err);
    status = status                          ? status
             : grouping == CN_GROUPING_FOUND ? cn_groups_from(n, c->found.of, c->found.count, &c->shown, err)
                                             : cn_groups_make(s->net, c->graph, grouping, &c->shown, err);
    status = status ? status : cn_group_flows_compute(c->graph, &c->shown, &c->flows, err);
    status = status ? status : compare(c, err);
    if (!status && !sort_members(c)) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        return CN_ERR_MEMORY;
    }
    for (uint32_t i = 0; !status && i < c->found.count; i++) {
        c->profiles[i].de_facto = c->profiles[i].de_facto && c->trade;
        c->de_facto += c->profiles[i].de_facto;
    }
    return status;
}

static cn_status draw(session *s, const clusters *c, cn_error *err) {
    cn_draw_options options = show_draw_options(s);
    options.view = CN_VIEW_FLOWS;
    options.link_kinds = c->trade ? c->kinds : c->kinds & ~SHOW_SUPPLY_LAYER;
    options.graph = c->graph;
    options.groups = &c->shown;
    options.group_flows = &c->flows;
    options.profiles = c->shown.grouping == CN_GROUPING_FOUND ? c->profiles : NULL;
    return cn_draw(s->net, &options, cn_sink_buf(&s->out), err);
}

int cmd_clusters(session *s) {
    clusters c = {0};
    cn_error err = {0};
    int code = read_resolution(s, &c.options.resolution);
    code = code ? code : session_open(s);
    if (!code && session_format_is(s, "text")) {
        code = rules_profile(s, false, &c.profile);
    }
    if (!code) {
        show_remark_picture_options(s);
        c.kinds = show_layer(s, cn_graph_default_layer(s->net));
        c.trade = (c.kinds & CN_KIND_BIT(CN_LINK_SUPPLY) && cn_link_count_of(s->net, CN_LINK_SUPPLY)) ||
                  (c.kinds & CN_KIND_BIT(CN_LINK_SERVICE) && cn_link_count_of(s->net, CN_LINK_SERVICE));
        cn_status status = find(s, &c, &err);
        status = status ? status : describe(s, &c, &err);
        if (!status) {
            status = show_is_picture(s)             ? draw(s, &c, &err)
                     : session_format_is(s, "json") ? clusters_write_json(s, &c, &err)
                     : session_format_is(s, "csv")  ? clusters_write_csv(s, &c, &err)
                                                    : clusters_write_text(s, &c, &err);
        }
        code = status ? session_fail(s, &err) : EXIT_DONE;
    }
    release(&c);
    return code;
}
