/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records and their joining: a forest of sets (union by the smaller number, so that the root is always the record of the highest
 * priority; path halving) with a ring through the members of each set. Invariant: a root holds the numbers, region and form of its
 * whole set; two sets whose valid numbers clash, or that a person told apart, are never joined by a rule. O(log n) a step, and
 * the smaller set times its decisions for a check.
 */
#include "match.h"

#include "coopnet/ident.h"
#include "error.h"

#include <stdlib.h>
#include <string.h>

cn_entity_kind cn__body_kind(const cn__matcher *m, uint32_t body) {
    return cn_entity_kind_of(cn__body_net(m, body), m->bodies[body].entity);
}

const char *cn__body_id(const cn__matcher *m, uint32_t body) {
    return cn_entity_id(cn__body_net(m, body), m->bodies[body].entity);
}

const char *cn__body_name(const cn__matcher *m, uint32_t body) {
    return cn_entity_name(cn__body_net(m, body), m->bodies[body].entity);
}

int cn__match_class(cn_entity_kind kind) { return kind == CN_ENTITY_ORGANISATION ? (int)CN_ENTITY_COMPANY : (int)kind; }

/* Every record is gone through about a dozen times (as a record, as a name for each search, as a body), every link twice. */
cn_status cn__match_step(cn__matcher *m) {
    enum { STEPS_A_QUESTION = 4096, ROUNDS = 12 };
    if (m->steps++ % STEPS_A_QUESTION != 0 || !m->watch.step) {
        return CN_OK;
    }
    uint64_t total = m->counts.entities_in * ROUNDS + m->counts.links_in * 2;
    bool go_on = m->watch.step(m->watch.context, m->steps < total ? m->steps : total, total);
    return go_on ? CN_OK : CN__FAIL0(m->err, CN_ERR_CANCELLED, CANCELLED);
}

/* ---- the records ---- */

static bool is_valid(cn__number number, const char *text) {
    return number == CN__INN_NUMBER    ? cn_inn_valid(text)
           : number == CN__OGRN_NUMBER ? cn_ogrn_valid(text)
                                       : cn_lei_valid(text);
}

/* Numbers that check; an id that is itself a valid number counts as one. */
static void read_numbers(cn__matcher *m, cn__body *body, const char *id) {
    static const cn_field fields[] = {CN_FIELD_INN, CN_FIELD_OGRN, CN_FIELD_LEI};
    const cn_network *net = m->inputs[body->input].net;
    for (int n = 0; n < CN__NUMBER_COUNT; n++) {
        const char *text = cn_entity_text(net, body->entity, fields[n]);
        if (text[0] && is_valid((cn__number)n, text)) {
            body->numbers[n] = text;
        } else if (text[0]) {
            m->counts.bad_numbers++;
        } else if (is_valid((cn__number)n, id)) {
            body->numbers[n] = id;
        }
    }
}

static cn_status add_body(cn__matcher *m, uint32_t at, uint32_t input, cn_entity entity) {
    const cn_network *net = m->inputs[input].net;
    const char *id = cn_entity_id(net, entity);
    cn__body *body = &m->bodies[at];
    *body = (cn__body){
        .input = input, .entity = entity, .parent = at, .next = at, .size = 1, .differ = CN_NONE, .with = CN_NONE};
    body->own_name = strcmp(cn_entity_name(net, entity), id) != 0;
    body->region = cn_entity_text(net, entity, CN_FIELD_REGION);
    body->country = cn_entity_text(net, entity, CN_FIELD_COUNTRY);
    body->date = cn_entity_date(net, entity, CN_FIELD_DATE);
    if (cn_entity_kind_of(net, entity) != CN_ENTITY_PRODUCT) {
        read_numbers(m, body, id);
    }
    m->same_id[at] = CN_NONE;
    uint32_t first = cn__strmap_find(&m->ids, id, strlen(id));
    if (first == CN_NONE) {
        return cn__strmap_add(&m->ids, id, strlen(id), at, NULL) ? CN_OK : CN__NO_MEMORY(m->err);
    }
    while (m->same_id[first] != CN_NONE) {
        first = m->same_id[first]; /* as long as there are inputs */
    }
    m->same_id[first] = at;
    return CN_OK;
}

cn_status cn__match_begin(cn__matcher *m, const cn_merge_input *inputs, size_t count, const cn_watch *watch,
                          cn_error *err) {
    uint64_t total = 0;
    memset(m, 0, sizeof *m);
    m->watch = watch ? *watch : (cn_watch){0};
    m->inputs = inputs;
    m->input_count = count;
    m->err = err;
    m->offsets = cn__alloc(count + 1, sizeof *m->offsets);
    for (size_t i = 0; i < count && m->offsets; i++) {
        m->offsets[i] = (uint32_t)total;
        total += cn_entity_count(inputs[i].net);
        m->counts.links_in += cn_link_count(inputs[i].net);
    }
    if (total >= CN_NONE - 1) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "entities");
    }
    m->counts.entities_in = total;
    m->body_count = (uint32_t)total;
    m->bodies = cn__alloc((size_t)total, sizeof *m->bodies);
    m->same_id = cn__alloc((size_t)total, sizeof *m->same_id);
    if (!m->offsets || !m->bodies || !m->same_id) {
        return CN__NO_MEMORY(err);
    }
    m->offsets[count] = m->body_count;
    uint32_t at = 0;
    cn_status status = CN_OK;
    for (uint32_t i = 0; i < count && status == CN_OK; i++) {
        for (cn_entity e = 0; e < cn_entity_count(inputs[i].net) && status == CN_OK; e++) {
            status = add_body(m, at++, i, e);
            status = status == CN_OK ? cn__match_step(m) : status;
        }
    }
    return status;
}

void cn__match_release(cn__matcher *m) {
    cn__free(m->offsets);
    cn__free(m->bodies);
    cn__free(m->same_id);
    cn__free(m->differs);
    cn__free(m->questions);
    cn__strmap_release(&m->ids);
    memset(m, 0, sizeof *m);
}

/* ---- sets ---- */

uint32_t cn__match_root(cn__matcher *m, uint32_t body) {
    while (m->bodies[body].parent != body) {
        m->bodies[body].parent = m->bodies[m->bodies[body].parent].parent;
        body = m->bodies[body].parent;
    }
    return body;
}

bool cn__match_numbers_clash(const cn__matcher *m, uint32_t a, uint32_t b) {
    for (int n = 0; n < CN__NUMBER_COUNT; n++) {
        const char *left = m->bodies[a].numbers[n];
        const char *right = m->bodies[b].numbers[n];
        if (left && right && strcmp(left, right) != 0) {
            return true;
        }
    }
    return false;
}

bool cn__match_decided_different(cn__matcher *m, uint32_t a, uint32_t b) {
    if (m->differ_count == 0) {
        return false;
    }
    uint32_t small = m->bodies[a].size < m->bodies[b].size ? a : b;
    uint32_t large = small == a ? b : a;
    uint32_t member = small;
    do {
        for (uint32_t d = m->bodies[member].differ; d != CN_NONE; d = m->differs[d].next) {
            if (cn__match_root(m, m->differs[d].other) == large) {
                return true;
            }
        }
        member = m->bodies[member].next;
    } while (member != small);
    return false;
}

void cn__match_unite(cn__matcher *m, uint32_t a, uint32_t b, cn_merge_reason reason) {
    uint32_t root = cn__match_root(m, a);
    uint32_t other = cn__match_root(m, b);
    if (root == other) {
        return;
    }
    uint32_t with = a;
    if (other < root) {
        uint32_t swap = root;
        root = other;
        other = swap;
        with = b;
    }
    cn__body *whole = &m->bodies[root];
    cn__body *part = &m->bodies[other];
    part->parent = root;
    part->with = with;
    part->reason = reason;
    uint32_t next = whole->next;
    whole->next = part->next;
    part->next = next;
    whole->size += part->size;
    for (int n = 0; n < CN__NUMBER_COUNT; n++) {
        whole->numbers[n] = whole->numbers[n] ? whole->numbers[n] : part->numbers[n];
    }
    whole->region = whole->region[0] ? whole->region : part->region;
    whole->country = whole->country[0] ? whole->country : part->country;
    whole->date = whole->date ? whole->date : part->date;
    whole->form = whole->form ? whole->form : part->form;
}

/* ---- questions ---- */

bool cn__match_may_ask(const cn__matcher *m, uint32_t a, uint32_t b) {
    const cn__body *x = &m->bodies[a];
    const cn__body *y = &m->bodies[b];
    return m->input_count == 1 || x->input != y->input || !x->own_name || !y->own_name;
}

cn_status cn__match_ask(cn__matcher *m, uint32_t a, uint32_t b, cn_merge_reason reason) {
    if (m->question_count >= 4 * (size_t)CN_MERGE_QUESTIONS_MAX) { /* some will be dropped or merged */
        m->counts.not_asked++;
        return CN_OK;
    }
    if (!cn__grow((void **)&m->questions, &m->question_cap, m->question_count, 1, sizeof *m->questions)) {
        return CN__NO_MEMORY(m->err);
    }
    uint32_t first = a < b ? a : b;
    uint32_t second = a < b ? b : a;
    m->questions[m->question_count++] = (cn_merge_question){m->bodies[first].input,
                                                            m->bodies[first].entity,
                                                            m->bodies[second].input,
                                                            m->bodies[second].entity,
                                                            reason,
                                                            false};
    return CN_OK;
}

/* A question with its two sets, to find those about the same pair. */
typedef struct asked {
    uint32_t root_a, root_b;
    cn_merge_question question;
    uint32_t body_a, body_b;
} asked;

static int compare_asked(const void *a, const void *b) {
    const asked *x = a;
    const asked *y = b;
    const uint32_t keys[][2] = {{x->root_a, y->root_a},
                                {x->root_b, y->root_b},
                                {x->question.reason, y->question.reason},
                                {x->body_a, y->body_a},
                                {x->body_b, y->body_b}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* Likeliest first, of equal ones in the order of the inputs. */
static int compare_questions(const void *a, const void *b) {
    const asked *x = a;
    const asked *y = b;
    if (x->question.reason != y->question.reason) {
        return x->question.reason < y->question.reason ? -1 : 1;
    }
    return compare_asked(a, b);
}

/* Does the id of this body mean other bodies of other inputs too? */
static bool id_is_shared(cn__matcher *m, uint32_t body) {
    const char *id = cn__body_id(m, body);
    uint32_t root = cn__match_root(m, body);
    for (uint32_t other = cn__strmap_find(&m->ids, id, strlen(id)); other != CN_NONE; other = m->same_id[other]) {
        if (cn__match_root(m, other) != root) {
            return true;
        }
    }
    return false;
}

cn_status cn__match_settle(cn__matcher *m) {
    asked *all = cn__alloc(m->question_count, sizeof *all);
    size_t count = 0;
    if (!all) {
        return CN__NO_MEMORY(m->err);
    }
    for (size_t i = 0; i < m->question_count; i++) {
        const cn_merge_question *q = &m->questions[i];
        uint32_t a = m->offsets[q->input_a] + q->entity_a;
        uint32_t b = m->offsets[q->input_b] + q->entity_b;
        uint32_t x = cn__match_root(m, a);
        uint32_t y = cn__match_root(m, b);
        bool known_apart = q->reason != CN_MERGE_NUMBERS && cn__match_numbers_clash(m, x, y);
        if (x != y && !known_apart && !cn__match_decided_different(m, x, y)) {
            all[count++] = (asked){x < y ? x : y, x < y ? y : x, *q, a, b};
        }
    }
    qsort(all, count, sizeof *all, compare_asked);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || all[kept - 1].root_a != all[i].root_a || all[kept - 1].root_b != all[i].root_b) {
            all[kept++] = all[i];
        }
    }
    qsort(all, kept, sizeof *all, compare_questions);
    size_t most = kept < CN_MERGE_QUESTIONS_MAX ? kept : CN_MERGE_QUESTIONS_MAX;
    m->counts.not_asked += kept - most;
    for (size_t i = 0; i < most; i++) {
        m->questions[i] = all[i].question;
        m->questions[i].need_files = id_is_shared(m, all[i].body_a) || id_is_shared(m, all[i].body_b);
    }
    m->question_count = most;
    cn__free(all);
    return CN_OK;
}
