/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which entity does a person mean? Three attempts, each only when the one before found nothing: the id as written, the
 * INN, and the names (name, short name, aliases) in the folded form of utf8.h. When all fail, the nearest names are
 * suggested: those that contain the query, or whose edit distance to it is at most a third of its length. A part of a
 * name is never taken for the whole: the only firm that contains "завод" today is one of two tomorrow.
 * One pass over all names a step: O(entities + properties), for suggestions times the length of the names.
 */
#include <string.h>

#include "error.h"
#include "network_impl.h"
#include "number.h"
#include "utf8.h"

#define SHOWN_MAX 5

/* Entities found, the best first; only SHOWN_MAX are kept. */
typedef struct candidates {
    cn_entity entity[SHOWN_MAX];
    unsigned distance[SHOWN_MAX];
    size_t kept;
    uint32_t count;
} candidates;

/* Keep the order by distance, of equal ones by entity (they come in that order). */
static void add_candidate(candidates *found, cn_entity entity, unsigned distance) {
    size_t place = found->kept;
    found->count++;
    while (place > 0 && found->distance[place - 1] > distance) {
        place--;
    }
    if (place == SHOWN_MAX) {
        return;
    }
    size_t last = found->kept < SHOWN_MAX ? found->kept++ : SHOWN_MAX - 1;
    for (size_t i = last; i > place; i--) {
        found->entity[i] = found->entity[i - 1];
        found->distance[i] = found->distance[i - 1];
    }
    found->entity[place] = entity;
    found->distance[place] = distance;
}

/* "Name (id); Name (id)" */
static void list_candidates(const cn_network *net, const candidates *found, cn_buf *out) {
    for (size_t i = 0; i < found->kept; i++) {
        cn_buf_add_text(out, i > 0 ? "; " : "");
        cn_buf_add_text(out, cn_entity_name(net, found->entity[i]));
        cn_buf_add_text(out, " (");
        cn_buf_add_text(out, cn_entity_id(net, found->entity[i]));
        cn_buf_add_text(out, ")");
    }
    if (found->count > found->kept) {
        cn_buf_add_text(out, "; …");
    }
}

/* ---- the names of an entity ---- */

/* Judges a folded name; the smallest answer over an entity's names counts. */
#define NO_MATCH UINT32_MAX
typedef unsigned (*judge)(const char *query, const char *name);

static unsigned judge_name(const char *query, const char *name, cn_buf *folded, judge judged) {
    folded->len = 0;
    cn__utf8_fold(folded, name);
    return folded->failed ? NO_MATCH : judged(query, folded->data);
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

static unsigned judge_entity(const cn_network *net, cn_entity entity, const char *query, cn_buf *folded, judge judged) {
    static const cn_field fields[] = {CN_FIELD_SHORT, CN_FIELD_ALIAS};
    unsigned best = judge_name(query, cn_entity_name(net, entity), folded, judged);
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        size_t count;
        const cn_prop *values = cn_entity_values(net, entity, fields[f], &count);
        for (size_t i = 0; i < count; i++) {
            best = least(best, judge_name(query, cn_prop_text(net, &values[i]), folded, judged));
        }
    }
    return best;
}

static unsigned is_same(const char *query, const char *name) { return strcmp(query, name) == 0 ? 0 : NO_MATCH; }

/* A name that contains the query is as near as one wrong letter. */
static unsigned is_near(const char *query, const char *name) {
    size_t query_len = cn__utf8_count(query, strlen(query));
    size_t name_len = cn__utf8_count(name, strlen(name));
    unsigned limit = query_len / 3 < 1000 ? (unsigned)(query_len / 3) : 1000;
    if (query_len >= 2 && strstr(name, query) != NULL) {
        return 1;
    }
    if (name_len > query_len + limit || query_len > name_len + limit) {
        return NO_MATCH;
    }
    unsigned distance = cn__utf8_distance(query, name, limit);
    return distance <= limit ? distance : NO_MATCH;
}

/* ---- the attempts ---- */

static void find_by_inn(const cn_network *net, const char *query, candidates *found) {
    for (size_t i = 0; i < net->entity_props.count; i++) {
        const cn_prop *prop = &net->entity_props.rows[i];
        if (prop->field == CN_FIELD_INN && strcmp(cn_prop_text(net, prop), query) == 0) {
            add_candidate(found, prop->owner, 0);
        }
    }
}

static void find_by_name(const cn_network *net, const char *query, cn_buf *folded, candidates *found) {
    for (cn_entity e = 0; e < net->entity_count && !folded->failed; e++) {
        if (judge_entity(net, e, query, folded, is_same) == 0) {
            add_candidate(found, e, 0);
        }
    }
}

static void find_near(const cn_network *net, const char *query, cn_buf *folded, candidates *found) {
    for (cn_entity e = 0; e < net->entity_count && !folded->failed; e++) {
        unsigned distance = judge_entity(net, e, query, folded, is_near);
        distance = least(distance, judge_name(query, cn_entity_id(net, e), folded, is_near));
        if (distance != NO_MATCH) {
            add_candidate(found, e, distance);
        }
    }
}

static cn_status refuse_many(const cn_network *net, const char *query, const candidates *found, cn_error *err) {
    cn_buf count = {0};
    cn_buf list = {0};
    cn__format_u64(&count, found->count);
    list_candidates(net, found, &list);
    cn_status status = count.failed || list.failed
                           ? CN__NO_MEMORY(err)
                           : CN__FAIL3(err, CN_ERR_ARGUMENT, ORG_AMBIGUOUS, query, count.data, list.data);
    cn_buf_release(&count);
    cn_buf_release(&list);
    return status;
}

static cn_status refuse_unknown(const cn_network *net, const char *query, const candidates *near, cn_error *err) {
    cn_buf list = {0};
    cn_status status;
    list_candidates(net, near, &list);
    if (list.failed) {
        status = CN__NO_MEMORY(err);
    } else if (near->kept == 0) {
        status = CN__FAIL1(err, CN_ERR_ARGUMENT, ORG_UNKNOWN, query);
    } else {
        status = CN__FAIL2(err, CN_ERR_ARGUMENT, ORG_UNKNOWN_NEAR, query, list.data);
    }
    cn_buf_release(&list);
    return status;
}

cn_status cn_entity_resolve(const cn_network *net, const char *query, cn_entity *out, cn_error *err) {
    candidates found = {0};
    candidates near = {0};
    cn_buf wanted = {0};
    cn_buf folded = {0};
    cn_status status = CN_OK;
    *out = cn_entity_find(net, query);
    if (*out != CN_NONE) {
        return CN_OK;
    }
    cn__utf8_fold(&wanted, query);
    if (!wanted.failed && wanted.len > 0) {
        find_by_inn(net, wanted.data, &found); /* folding trims what was pasted around the digits */
        if (found.count == 0) {
            find_by_name(net, wanted.data, &folded, &found);
        }
        if (found.count == 0) {
            find_near(net, wanted.data, &folded, &near);
        }
    }
    if (wanted.failed || folded.failed) {
        status = CN__NO_MEMORY(err);
    } else if (found.count == 0) {
        status = refuse_unknown(net, query, &near, err);
    } else if (found.count > 1) {
        status = refuse_many(net, query, &found, err);
    } else {
        *out = found.entity[0];
    }
    cn_buf_release(&folded);
    cn_buf_release(&wanted);
    return status;
}
