/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet projects: the joint projects of a network (or of one cluster), each with its participants and their contributions, the rules it meets, the chain of contracts to its product, and plan
 * against fact. The verdicts are those of cn_check_compute; the tables beside them only show what the network says.
 */
#include "cmd_projects.h"

#include <stdlib.h>

/* Has a participant of the cluster a part in the project? */
static bool of_cluster(const session *s, cn_entity project, cn_entity cluster) {
    for (cn_link link = 0; link < cn_link_count(s->net); link++) {
        cn_entity from = cn_link_from(s->net, link);
        if (cn_link_kind_of(s->net, link) != CN_LINK_PARTICIPANT || cn_link_to(s->net, link) != project) {
            continue;
        }
        for (cn_link member = 0; member < cn_link_count(s->net); member++) {
            if (from == cluster || (cn_link_kind_of(s->net, member) == CN_LINK_MEMBER &&
                                    cn_link_from(s->net, member) == from && cn_link_to(s->net, member) == cluster)) {
                return true;
            }
        }
    }
    return false;
}

static cn_status check_all(session *s, projects *p, cn_entity cluster, cn_error *err) {
    const cn_check_options options = {.date = rules_date(s)};
    cn_status status = CN_OK;
    p->checks = calloc(cn_entity_count_of(s->net, CN_ENTITY_PROJECT) + 1, sizeof *p->checks);
    if (!p->checks) {
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        return CN_ERR_MEMORY;
    }
    for (cn_entity e = 0; e < cn_entity_count(s->net) && !status; e++) {
        if (cn_entity_kind_of(s->net, e) == CN_ENTITY_PROJECT && (cluster == CN_NONE || of_cluster(s, e, cluster))) {
            status = cn_check_compute(s->net, e, p->profile, &options, &p->checks[p->count], err);
            p->count += !status;
        }
    }
    return status;
}

static cn_status write_csv(session *s, const projects *p, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (!status) {
        rules_csv_columns(s, table);
        for (size_t i = 0; i < p->count; i++) {
            rules_csv_rows(s, &p->checks[i], table);
        }
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    }
    cn_table_free(table);
    return status;
}

static int answer(session *s, projects *p, cn_entity cluster) {
    cn_error err = {0};
    cn_status status = check_all(s, p, cluster, &err);
    if (!status && p->count && !p->checks[0].result_count) {
        return session_misuse(s, TEXT_RULES_NO_PROJECT_RULES, p->profile->id, END);
    }
    if (!status && session_format_is(s, "json")) {
        projects_write_json(s, p);
    } else if (!status && session_format_is(s, "csv")) {
        status = write_csv(s, p, &err);
    } else if (!status) {
        status = projects_write_text(s, p, &err);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_projects(session *s) {
    projects p = {0};
    cn_entity cluster = CN_NONE;
    int code = session_open_all(s);
    if (!code && session_given(s, OPTION_CLUSTER)) {
        code = rules_cluster(s, &cluster);
    }
    code = code ? code : rules_profile(s, true, &p.profile);
    code = code ? code : answer(s, &p, cluster);
    for (size_t i = 0; i < p.count; i++) {
        cn_check_release(&p.checks[i]);
    }
    free(p.checks);
    cn_profile_free(p.profile);
    return code;
}
