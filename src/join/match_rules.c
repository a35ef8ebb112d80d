/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules that join records, each a pass over all of them: what people decided, numbers, ids. Numbers and ids lie in hash maps,
 * so that every record is compared with one other only: O(records). Invariant: a number in the map is that of its first bearer.
 */
#include "match.h"

#include "error.h"

#include <string.h>

/* ---- decisions ---- */

static bool is_file(const cn__matcher *m, uint32_t body, const char *file) {
    return !file[0] || strcmp(m->inputs[m->bodies[body].input].label, file) == 0;
}

/* The next body, from `at` on along its id, in this file. */
static uint32_t in_file(const cn__matcher *m, uint32_t at, const char *file) {
    while (at != CN_NONE && !is_file(m, at, file)) {
        at = m->same_id[at];
    }
    return at;
}

static uint32_t find_id(const cn__matcher *m, const char *id, const char *file) {
    return in_file(m, cn__strmap_find(&m->ids, id, strlen(id)), file);
}

static bool add_differ(cn__matcher *m, uint32_t body, uint32_t other) {
    if (!cn__grow((void **)&m->differs, &m->differ_cap, m->differ_count, 1, sizeof *m->differs)) {
        return false;
    }
    m->differs[m->differ_count] = (struct cn__differ){other, m->bodies[body].differ};
    m->bodies[body].differ = (uint32_t)m->differ_count++;
    return true;
}

static cn_status refuse(cn__matcher *m, const cn_decision *d, cn_message message) {
    return cn__fail(m->err, CN_ERR_INPUT, message, 2, (const char *[]){d->id_a, d->id_b});
}

/* Can records of these kinds be one body at all? */
static bool kinds_can_agree(cn_entity_kind a, cn_entity_kind b) {
    return a == b || ((CN_KIND_BIT(a) & CN_K_ACTOR) != 0 && (CN_KIND_BIT(b) & CN_K_ACTOR) != 0);
}

static cn_status apply_pair(cn__matcher *m, const cn_decision *d, uint32_t a, uint32_t b) {
    if (a == b) {
        return CN_OK;
    }
    if (d->decided == CN_DECIDED_DIFFERENT) {
        return add_differ(m, a, b) && add_differ(m, b, a) ? CN_OK : CN__NO_MEMORY(m->err);
    }
    if (!kinds_can_agree(cn__body_kind(m, a), cn__body_kind(m, b))) {
        return refuse(m, d, CN_MSG_DECISION_KINDS);
    }
    if (cn__match_decided_different(m, cn__match_root(m, a), cn__match_root(m, b))) {
        return refuse(m, d, CN_MSG_DECISION_CONTRADICTS);
    }
    cn__match_unite(m, a, b, CN_MERGE_DECISION);
    return CN_OK;
}

static cn_status apply(cn__matcher *m, const cn_decision *d) {
    cn_status status = CN_OK;
    uint32_t first = find_id(m, d->id_a, d->file_a);
    uint32_t second = find_id(m, d->id_b, d->file_b);
    if (first == CN_NONE || second == CN_NONE) {
        m->counts.decisions_unknown++;
        return CN_OK;
    }
    m->counts.decisions_used++;
    for (uint32_t a = first; a != CN_NONE && status == CN_OK; a = in_file(m, m->same_id[a], d->file_a)) {
        for (uint32_t b = second; b != CN_NONE && status == CN_OK; b = in_file(m, m->same_id[b], d->file_b)) {
            status = apply_pair(m, d, a, b);
        }
    }
    return status;
}

cn_status cn__match_decisions(cn__matcher *m, const cn_decisions *decisions) {
    static const cn_decided order[] = {CN_DECIDED_DIFFERENT, CN_DECIDED_SAME};
    cn_status status = CN_OK;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; decisions && i < cn_decisions_count(decisions) && status == CN_OK; i++) {
            cn_decision d = cn_decisions_at(decisions, i);
            if (d.decided == order[pass]) {
                status = apply(m, &d);
            }
        }
    }
    return status;
}

/* ---- numbers ---- */

static cn_status join_by_number(cn__matcher *m, uint32_t first, uint32_t body, cn_merge_reason reason) {
    uint32_t a = cn__match_root(m, first);
    uint32_t b = cn__match_root(m, body);
    if (a == b || cn__match_decided_different(m, a, b)) {
        return CN_OK;
    }
    if (cn__match_class(cn__body_kind(m, first)) != cn__match_class(cn__body_kind(m, body))) {
        return cn__match_ask(m, first, body, CN_MERGE_OTHER_KIND);
    }
    if (cn__match_numbers_clash(m, a, b)) {
        return cn__match_ask(m, first, body, CN_MERGE_NUMBERS);
    }
    cn__match_unite(m, first, body, reason);
    return CN_OK;
}

cn_status cn__match_numbers(cn__matcher *m) {
    static const cn_merge_reason reasons[] = {CN_MERGE_INN, CN_MERGE_OGRN, CN_MERGE_LEI};
    cn_status status = CN_OK;
    for (int n = 0; n < CN__NUMBER_COUNT && status == CN_OK; n++) {
        cn__strmap bearers = {0};
        for (uint32_t body = 0; body < m->body_count && status == CN_OK; body++) {
            const char *number = m->bodies[body].numbers[n];
            if (!number) {
                continue;
            }
            uint32_t first = cn__strmap_find(&bearers, number, strlen(number));
            if (first != CN_NONE) {
                status = join_by_number(m, first, body, reasons[n]);
            } else if (!cn__strmap_add(&bearers, number, strlen(number), body, NULL)) {
                status = CN__NO_MEMORY(m->err);
            }
        }
        cn__strmap_release(&bearers);
    }
    return status;
}

/* ---- ids ---- */

/* Two records with one id: it decides where one of them has no other name; of products it is the code. */
static cn_status join_by_id(cn__matcher *m, uint32_t first, uint32_t body) {
    uint32_t a = cn__match_root(m, first);
    uint32_t b = cn__match_root(m, body);
    cn_entity_kind kind = cn__body_kind(m, first);
    cn_entity_kind other = cn__body_kind(m, body);
    bool nameless = !m->bodies[first].own_name || !m->bodies[body].own_name;
    if (a == b || m->bodies[first].input == m->bodies[body].input || !kinds_can_agree(kind, other) ||
        cn__match_numbers_clash(m, a, b) || cn__match_decided_different(m, a, b)) {
        return CN_OK;
    }
    if ((kind == CN_ENTITY_PRODUCT && other == CN_ENTITY_PRODUCT) || nameless) {
        cn__match_unite(m, first, body, CN_MERGE_ID);
        return CN_OK;
    }
    return cn__match_ask(m, first, body, CN_MERGE_SAME_ID); /* drops out again where the names agree */
}

cn_status cn__match_ids(cn__matcher *m) {
    cn_status status = CN_OK;
    for (size_t i = 0; i < m->ids.entry_count && status == CN_OK; i++) {
        uint32_t first = m->ids.entries[i].value;
        for (uint32_t body = m->same_id[first]; body != CN_NONE && status == CN_OK; body = m->same_id[body]) {
            status = join_by_id(m, first, body);
        }
    }
    return status;
}
