/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a cluster that exists de facto would still miss in the register: a declared candidate by all rules of the profile; a group found
 * in the links by the rules about its members alone (how many, whether they are linked, the level of cooperation …), as it has neither managing
 * organisation nor agreements to look at. The group is asked by supposing that its members are those of some cluster of the network.
 * Cost: a check of the rules for each.
 */
#include "cmd_clusters.h"

#include <stdlib.h>
#include <string.h>

#include "show_rules.h"

/* Is the rule about the members and their trade alone? */
static bool of_members(const cn_rule_result *result) {
    switch (result->rule->quantity) {
    case CN_QUANTITY_PARTICIPANTS:
    case CN_QUANTITY_FED_FINAL_MAKERS:
    case CN_QUANTITY_UNLINKED:
    case CN_QUANTITY_OWN_LEVEL:
    case CN_QUANTITY_LEVEL:
    case CN_QUANTITY_HP_JOBS:
        return true;
    default:
        return false;
    }
}

static cn_entity any_cluster(const cn_network *net) {
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        if (cn_entity_kind_of(net, e) == CN_ENTITY_CLUSTER) {
            return e;
        }
    }
    return CN_NONE;
}

/* Those in the cluster leave, the organisations of the group join. */
static size_t suppose(const session *s, const clusters *c, uint32_t group, const cn_check *now, cn_change *changes) {
    size_t count = 0;
    for (size_t i = 0; i < now->participant_count; i++) {
        uint32_t v = c->graph->vertex[now->participants[i]];
        if (v == CN_NONE || c->found.of[v] != group) {
            changes[count++] = (cn_change){.kind = CN_CHANGE_LEAVE, .entity = now->participants[i], .other = CN_NONE};
        }
    }
    for (size_t i = c->first[group]; i < c->first[group + 1]; i++) {
        cn_entity entity = c->graph->entity[c->vertices[i]];
        bool member = false;
        for (size_t k = 0; k < now->participant_count; k++) {
            member = member || now->participants[k] == entity;
        }
        if (!member && CN_KIND_BIT(cn_entity_kind_of(s->net, entity)) & CN_K_ACTOR) {
            changes[count++] = (cn_change){.kind = CN_CHANGE_JOIN, .entity = entity, .other = CN_NONE};
        }
    }
    return count;
}

static void keep_rules_of_members(cn_check *check) {
    size_t kept = 0;
    for (size_t i = 0; i < check->result_count; i++) {
        if (of_members(&check->results[i]) && !check->results[i].rule->report) {
            check->results[kept++] = check->results[i];
        }
    }
    check->result_count = kept;
}

static bool all_met(const cn_check *check) {
    for (size_t i = 0; i < check->result_count; i++) {
        if (check->results[i].verdict != CN_VERDICT_MET) {
            return false;
        }
    }
    return true;
}

cn_status clusters_say_missing(session *s, const clusters *c, const cn_profile *profile, uint32_t group,
                               cn_error *err) {
    cn_entity subject = any_cluster(s->net);
    cn_check_options options = {.date = rules_date(s)};
    cn_check now = {0}, then = {0};
    if (subject == CN_NONE) {
        session_line(s, TEXT_MISSING_NO_CLUSTER, END);
        return CN_OK;
    }
    cn_status status = cn_check_compute(s->net, subject, profile, &options, &now, err);
    size_t most = now.participant_count + (c->first[group + 1] - c->first[group]);
    cn_change *changes = malloc((most + 1) * sizeof *changes);
    if (!status && !changes) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        status = CN_ERR_MEMORY;
    }
    if (!status) {
        options.changes = changes;
        options.change_count = suppose(s, c, group, &now, changes);
        status = cn_check_compute(s->net, subject, profile, &options, &then, err);
    }
    if (!status) {
        keep_rules_of_members(&then);
        session_line(s, all_met(&then) ? TEXT_MISSING_NOTHING : TEXT_MISSING, profile->id, END);
        rules_sentences(s, &then);
    }
    free(changes);
    cn_check_release(&now);
    cn_check_release(&then);
    return status;
}

cn_status clusters_say_candidates(session *s, const cn_profile *profile, cn_error *err) {
    const cn_check_options options = {.date = rules_date(s)};
    cn_status status = CN_OK;
    for (cn_entity e = 0; e < cn_entity_count(s->net) && !status; e++) {
        if (cn_entity_kind_of(s->net, e) != CN_ENTITY_CLUSTER ||
            cn_entity_enum(s->net, e, CN_FIELD_STATUS) != CN_CLUSTER_CANDIDATE) {
            continue;
        }
        cn_check check = {0};
        status = cn_check_compute(s->net, e, profile, &options, &check, err);
        if (!status) {
            session_line(s, TEXT_MISSING_CANDIDATE, cn_entity_name(s->net, e), profile->id, END);
            rules_sentences(s, &check);
            session_line(s, TEXT_MISSING_COMPLY, cn_entity_id(s->net, e), END);
        }
        cn_check_release(&check);
    }
    return status;
}
