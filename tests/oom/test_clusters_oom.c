/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Communities, groups, profiles and placements with their n-th allocation failing, for every n: CN_ERR_MEMORY and nothing lost. */
#include "check.h"
#include "coopnet/communities.h"
#include "coopnet/draw.h"
#include "coopnet/roles.h"
#include "make_network.h"
#include "memory.h"

/* Two triangles of firms joined by one supply, in two clusters. */
static cn_network *make(void) {
    cn_builder *b = make_builder();
    cn_entity firm[7];
    char id[2] = "a";
    for (int i = 0; i < 7; i++, id[0]++) {
        firm[i] = make_company(b, id);
        make_text(b, firm[i], CN_FIELD_REGION, i < 4 ? "North" : "South");
    }
    cn_entity cluster = make_entity(b, CN_ENTITY_CLUSTER, "one");
    for (int i = 0; i < 6; i++) {
        make_link(b, CN_LINK_SUPPLY, firm[i], firm[i / 3 * 3 + (i + 1) % 3], 100);
    }
    make_link(b, CN_LINK_SUPPLY, firm[0], firm[3], 1);
    make_link(b, CN_LINK_MEMBER, firm[0], cluster, -1);
    make_link(b, CN_LINK_MEMBER, firm[6], cluster, -1);
    return make_network(b);
}

static cn_status attempt(const cn_network *net, const cn_graph *graph) {
    cn_communities found;
    cn_community_profile *profiles = NULL;
    cn_groups groups = {0};
    cn_group_flows flows = {0};
    cn_placement *places = NULL;
    cn_partition_match match;
    double quality;
    cn_status status = cn_communities_find(graph, &(cn_community_options){.runs = 2, .threads = 1}, &found, NULL);
    if (!status) {
        status = cn_community_profiles(net, graph, &found, 0, &profiles, NULL);
        status = status ? status : cn_groups_make(net, graph, CN_GROUPING_CLUSTER, &groups, NULL);
        status = status ? status : cn_group_flows_compute(graph, &groups, &flows, NULL);
        status = status ? status : cn_placements_find(net, graph, &groups, &places, NULL);
        status = status ? status : cn_partition_compare(graph->n, found.of, groups.of, &match, NULL);
        status = status ? status : cn_partition_quality(graph, found.of, 1, &quality, NULL);
    }
    cn_communities_release(&found);
    cn_community_profiles_free(profiles);
    cn_groups_release(&groups);
    cn_group_flows_release(&flows);
    cn_placements_free(places);
    return status;
}

static cn_status draw(const cn_network *net, const cn_draw_options *options) {
    cn_buf out = {0};
    cn_status status = cn_draw(net, options, cn_sink_buf(&out), NULL);
    status = out.failed ? CN_ERR_MEMORY : status;
    cn_buf_release(&out);
    return status;
}

static cn_status attempt_rest(const cn_network *net, const cn_graph *graph) {
    cn_groups groups = {0};
    cn_group_flows flows = {0};
    cn_roles roles = {0};
    cn_changes changes = {0};
    cn_flows *sales = NULL;
    cn_anchor *anchors = NULL;
    const uint32_t firms[] = {0, 1, 2};
    cn_draw_options options = {.view = CN_VIEW_FLOWS, .format = CN_PICTURE_DOT, .graph = graph};
    cn_status status = cn_groups_make(net, graph, CN_GROUPING_REGION, &groups, NULL);
    status = status ? status : cn_group_flows_compute(graph, &groups, &flows, NULL);
    status = status ? status : cn_roles_compute(graph, &groups, &roles, NULL);
    status = status ? status : cn_flows_create(net, NULL, &sales, NULL);
    status = status ? status : cn_anchors_find(sales, firms, 3, 0, &anchors, NULL);
    options.groups = &groups;
    options.group_flows = &flows;
    status = status ? status : draw(net, &options);
    status = status ? status : cn_changes_find(net, net, &changes, NULL);
    options.view = CN_VIEW_COMPARE;
    options.before = net;
    options.changes = &changes;
    status = status ? status : draw(net, &options);
    cn_anchors_free(anchors);
    cn_flows_free(sales);
    cn_changes_release(&changes);
    cn_roles_release(&roles);
    cn_group_flows_release(&flows);
    cn_groups_release(&groups);
    return status;
}

typedef cn_status try_it(const cn_network *net, const cn_graph *graph);

static void survive(try_it *it) {
    cn_network *net = make();
    cn_graph *graph = NULL;
    const cn_graph_options options = {.weighting = CN_WEIGHT_VALUE};
    CHECK_INT(cn_graph_create(net, &options, &graph, NULL), CN_OK);
    uint64_t nth = 0;
    for (;; nth++) {
        cn__alloc_fail_after(nth);
        cn_status status = it(net, graph);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        if (status == CN_OK) {
            break;
        }
        CHECK_INT(status, CN_ERR_MEMORY);
    }
    CHECK(nth > 50);
    cn_graph_free(graph);
    cn_network_free(net);
}

static void clusters_survive(void) { survive(attempt); }
static void the_rest_survives(void) { survive(attempt_rest); }

int main(void) {
    return check_run(
        (check_case[]){{"clusters without memory", clusters_survive},
                       {"flows, roles, anchors, changes and their pictures without memory", the_rest_survives},
                       {0}});
}
