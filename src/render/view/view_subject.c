/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom a view is about when nobody is named: the obvious one. Ties go to the first in the network, so that the same file gives the same
 * picture. Cost: O(entities + links), for a buyer that of its graph.
 */
#include "view.h"

#include "error.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))

/* The anchor enterprise (or any actor) that buys most; CN_NONE where nobody buys. */
static cn_entity largest_buyer(const cn_network *net, const cn_graph *graph, bool anchors_only) {
    cn_entity best = CN_NONE;
    double most = -1;
    for (uint32_t v = 0; v < graph->n; v++) {
        double sum = 0;
        for (uint32_t i = graph->in_start[v]; i < graph->in_start[v + 1]; i++) {
            sum += graph->weight[graph->in_arc[i]];
        }
        bool buys = graph->in_start[v] < graph->in_start[v + 1];
        bool fits = !anchors_only || cn_entity_has_role(net, graph->entity[v], CN_ROLE_ANCHOR);
        if (buys && fits && sum > most) {
            most = sum;
            best = graph->entity[v];
        }
    }
    return best;
}

cn_entity cn__subject_buyer(const cn_network *net, const cn_graph *graph, cn__draw_text_id *remark) {
    *remark = CN__TEXT_SUB_CHOSEN;
    cn_entity subject = largest_buyer(net, graph, true);
    if (subject == CN_NONE) {
        subject = largest_buyer(net, graph, false);
        *remark = CN__TEXT_SUB_CHOSEN_ANY;
    }
    return subject;
}

bool cn__subject_partner(const cn_network *net, const cn_graph *graph, cn_entity *out, cn__draw_text_id *remark) {
    *out = cn__subject_buyer(net, graph, remark);
    if (*out != CN_NONE) {
        return true;
    }
    uint32_t *links = cn__calloc(cn_entity_count(net), sizeof *links);
    for (cn_link link = 0; links && link < cn_link_count(net); link++) {
        links[cn_link_from(net, link)] += cn__view_link_drawn(net, link);
        links[cn_link_to(net, link)] += cn__view_link_drawn(net, link);
    }
    *remark = CN__TEXT_SUB_CHOSEN_LINKED;
    for (cn_entity entity = 0; links && entity < cn_entity_count(net); entity++) {
        bool actor = CN_KIND_BIT(cn_entity_kind_of(net, entity)) & CN_K_ACTOR;
        if (actor && links[entity] && (*out == CN_NONE || links[entity] > links[*out])) {
            *out = entity;
        }
    }
    cn__free(links);
    return links != NULL;
}

bool cn__subject_cluster(const cn_network *net, cn_entity *out, cn__draw_text_id *remark) {
    *remark = cn_entity_count_of(net, CN_ENTITY_CLUSTER) > 1 ? CN__TEXT_SUB_CHOSEN_CLUSTER : CN__TEXT_COUNT;
    uint32_t *members = cn__calloc(cn_entity_count(net), sizeof *members);
    cn_entity best = CN_NONE;
    for (cn_link link = 0; members && link < cn_link_count(net); link++) {
        members[cn_link_to(net, link)] +=
            cn_link_kind_of(net, link) == CN_LINK_MEMBER && cn__view_link_drawn(net, link);
    }
    for (cn_entity entity = 0; members && entity < cn_entity_count(net); entity++) {
        if (cn_entity_kind_of(net, entity) == CN_ENTITY_CLUSTER &&
            (best == CN_NONE || members[entity] > members[best])) {
            best = entity;
        }
    }
    cn__free(members);
    *out = best;
    return members != NULL;
}

cn_entity cn__subject_event(const cn_network *net, cn__draw_text_id *remark) {
    cn_entity best = CN_NONE;
    bool best_mission = false;
    int64_t best_day = INT64_MIN;
    for (cn_entity entity = 0; entity < cn_entity_count(net); entity++) {
        if (cn_entity_kind_of(net, entity) != CN_ENTITY_EVENT) {
            continue;
        }
        cn_date date = cn_entity_date(net, entity, CN_FIELD_DATE);
        int64_t day = date == CN_DATE_NONE ? INT64_MIN : cn_date_last_day(date);
        bool mission = cn_entity_enum(net, entity, CN_FIELD_TYPE) == CN_EVENT_BUSINESS_MISSION;
        if (best == CN_NONE || (mission && !best_mission) || (mission == best_mission && day > best_day)) {
            best = entity;
            best_mission = mission;
            best_day = day;
        }
    }
    *remark = best_mission ? CN__TEXT_SUB_CHOSEN_MISSION : CN__TEXT_SUB_CHOSEN_EVENT;
    if (cn_entity_count_of(net, CN_ENTITY_EVENT) == 1) {
        *remark = CN__TEXT_COUNT;
    }
    return best;
}

cn_status cn_view_subject(const cn_network *net, const cn_draw_options *options, cn_entity *out, cn_error *err) {
    cn__draw_text_id remark;
    cn_graph *graph = NULL;
    const cn_graph_options layer = {.link_kinds = options->link_kinds ? options->link_kinds : TRADE,
                                    .orientation = CN_DIRECTED,
                                    .weighting = CN_WEIGHT_VALUE};
    cn_status status = CN_OK;
    *out = CN_NONE;
    switch (options->view) {
    case CN_VIEW_CHAIN:
    case CN_VIEW_EGO:
    case CN_VIEW_PARTNERS:
        status = cn_graph_create(net, &layer, &graph, err);
        if (status == CN_OK && options->view == CN_VIEW_CHAIN) {
            *out = cn__subject_buyer(net, graph, &remark);
        } else if (status == CN_OK && !cn__subject_partner(net, graph, out, &remark)) {
            status = CN__NO_MEMORY(err);
        }
        cn_graph_free(graph);
        break;
    case CN_VIEW_MAP:
    case CN_VIEW_CLUSTER:
        status = cn__subject_cluster(net, out, &remark) ? CN_OK : CN__NO_MEMORY(err);
        break;
    case CN_VIEW_MISSION:
        *out = cn__subject_event(net, &remark);
        break;
    default:
        break;
    }
    return status;
}
