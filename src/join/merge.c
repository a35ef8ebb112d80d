/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The merge: match the records (match.c …), number the bodies in the order of the inputs, build the network from what their records say
 * (join_entities.c, join_links.c), and keep beside it what was joined, renamed, contradicted and left open. Invariant: into[body] is set
 * for every record; the result's entity order is that of the roots, and a root is the first record of its body.
 * O((records + links + properties) log).
 */
#include "merge_impl.h"

#include "error.h"
#include "number.h"

#include <string.h>

static const struct {
    const char *key, *en, *ru;
} reasons[] = {
#define CN_MERGE_REASON(id, key, en, ru) {key, en, ru},
#include "coopnet/merge_reasons.def"
#undef CN_MERGE_REASON
};

const char *cn_merge_reason_key(cn_merge_reason reason) {
    return (unsigned)reason < CN_MERGE_REASON_COUNT ? reasons[reason].key : "";
}

const char *cn_merge_reason_name(cn_merge_reason reason, cn_lang lang) {
    return (unsigned)reason >= CN_MERGE_REASON_COUNT ? ""
           : lang == CN_LANG_RU                      ? reasons[reason].ru
                                                     : reasons[reason].en;
}

/* ---- what the result says of the whole ---- */

static cn_status add_conflict_text(cn__joining *j, const char *text, uint32_t *out) {
    return cn__arena_add(&j->merge->texts, text, strlen(text), out) ? CN_OK : CN__NO_MEMORY(j->err);
}

/* While the arena grows, the texts are kept as their numbers. */
static const char *number_as_text(uint32_t number) { return (const char *)(uintptr_t)number; }

cn_status cn__merge_conflict(cn__joining *j, const cn_merge_conflict *conflict) {
    cn_merge *merge = j->merge;
    uint32_t what = 0, kept = 0, other = 0;
    cn_status status = add_conflict_text(j, conflict->what ? conflict->what : cn_field_key(conflict->field), &what);
    status = status == CN_OK ? add_conflict_text(j, conflict->kept, &kept) : status;
    status = status == CN_OK ? add_conflict_text(j, conflict->other, &other) : status;
    if (status == CN_OK && !cn__grow((void **)&merge->conflicts, &merge->conflict_cap, merge->conflict_count, 1,
                                     sizeof *merge->conflicts)) {
        status = CN__NO_MEMORY(j->err);
    }
    if (status == CN_OK) {
        cn_merge_conflict *row = &merge->conflicts[merge->conflict_count++];
        *row = *conflict;
        row->what = number_as_text(what);
        row->kept = number_as_text(kept);
        row->other = number_as_text(other);
    }
    return status;
}

static void settle_conflicts(cn_merge *merge) {
    for (size_t i = 0; i < merge->conflict_count; i++) {
        cn_merge_conflict *row = &merge->conflicts[i];
        row->what = cn__arena_at(&merge->texts, (uint32_t)(uintptr_t)row->what);
        row->kept = cn__arena_at(&merge->texts, (uint32_t)(uintptr_t)row->kept);
        row->other = cn__arena_at(&merge->texts, (uint32_t)(uintptr_t)row->other);
    }
}

/* ---- bodies ---- */

/* Number the roots; list the members of each. */
static cn_status number_bodies(cn_merge *merge, cn_error *err) {
    cn__matcher *m = &merge->matcher;
    merge->into = cn__alloc(m->body_count, sizeof *merge->into);
    merge->members = cn__alloc(m->body_count, sizeof *merge->members);
    merge->member_starts = cn__calloc((size_t)m->body_count + 2, sizeof *merge->member_starts);
    if (!merge->into || !merge->members || !merge->member_starts) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t b = 0; b < m->body_count; b++) {
        uint32_t root = cn__match_root(m, b);
        merge->into[b] = root == b ? merge->entity_count++ : merge->into[root];
        merge->member_starts[merge->into[b] + 2]++;
    }
    for (uint32_t e = 0; e < merge->entity_count; e++) {
        merge->member_starts[e + 2] += merge->member_starts[e + 1];
    }
    for (uint32_t b = 0; b < m->body_count; b++) {
        merge->members[merge->member_starts[merge->into[b] + 1]++] = b;
    }
    return CN_OK;
}

static cn_status list_joined(cn_merge *merge, cn_error *err) {
    cn__matcher *m = &merge->matcher;
    merge->joined = cn__alloc(m->body_count - merge->entity_count, sizeof *merge->joined);
    if (!merge->joined) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t b = 0; b < m->body_count; b++) {
        const cn__body *body = &m->bodies[b];
        if (body->with != CN_NONE) {
            const cn__body *with = &m->bodies[body->with];
            merge->joined[merge->joined_count++] =
                (cn_merge_joined){body->input, body->entity, with->input, with->entity, merge->into[b], body->reason};
        }
    }
    return CN_OK;
}

/* ---- what the networks say of themselves ---- */

static cn_status network_conflict(cn__joining *j, const char *what, const char *kept, const char *other,
                                  uint32_t kept_input, uint32_t other_input) {
    const cn_merge_conflict conflict = {.owner = CN_NONE,
                                        .field = CN_FIELD_COUNT,
                                        .what = what,
                                        .kept = kept,
                                        .other = other,
                                        .kept_input = kept_input,
                                        .other_input = other_input};
    return cn__merge_conflict(j, &conflict);
}

typedef cn_status set_text(cn_builder *, const char *, cn_error *);

/* The first text that is given; where `must_agree`, another one is a conflict. */
static cn_status join_text(cn__joining *j, const char *what, const char *(*get)(const cn_network *), set_text *set,
                           bool must_agree) {
    size_t kept = SIZE_MAX;
    cn_status status = CN_OK;
    for (size_t i = 0; i < j->merge->matcher.input_count && status == CN_OK; i++) {
        const char *text = get(j->inputs[i].net);
        if (text[0] && kept == SIZE_MAX) {
            kept = i;
            status = set(j->builder, text, j->err);
        } else if (text[0] && must_agree && strcmp(text, get(j->inputs[kept].net)) != 0) {
            status = network_conflict(j, what, get(j->inputs[kept].net), text, (uint32_t)kept, (uint32_t)i);
        }
    }
    return status;
}

/* Two currencies cannot be added up; that is no conflict to be settled by priority. */
static cn_status check_currencies(cn__joining *j) {
    size_t kept = SIZE_MAX;
    for (size_t i = 0; i < j->merge->matcher.input_count; i++) {
        const char *code = cn_network_currency(j->inputs[i].net);
        if (code[0] && kept == SIZE_MAX) {
            kept = i;
        } else if (code[0] && strcmp(code, cn_network_currency(j->inputs[kept].net)) != 0) {
            const char *args[] = {j->inputs[kept].label, cn_network_currency(j->inputs[kept].net), j->inputs[i].label,
                                  code};
            return cn__fail(j->err, CN_ERR_ARGUMENT, CN_MSG_MERGE_CURRENCIES, 4, args);
        }
    }
    return CN_OK;
}

static cn_status join_date(cn__joining *j) {
    cn_date kept = CN_DATE_NONE;
    uint32_t kept_input = 0;
    cn_status status = CN_OK;
    for (uint32_t i = 0; i < j->merge->matcher.input_count && status == CN_OK; i++) {
        cn_date date = cn_network_as_of_date(j->inputs[i].net);
        if (date && !kept) {
            kept = date;
            kept_input = i;
            cn_builder_set_as_of(j->builder, date);
        } else if (date && date != kept) {
            cn_buf texts[2] = {{0}, {0}};
            cn_format_date_iso(&texts[0], kept);
            cn_format_date_iso(&texts[1], date);
            status = texts[0].failed || texts[1].failed
                         ? CN__NO_MEMORY(j->err)
                         : network_conflict(j, "as_of", texts[0].data, texts[1].data, kept_input, i);
            cn_buf_release(&texts[0]);
            cn_buf_release(&texts[1]);
        }
    }
    return status;
}

static cn_status join_head(cn__joining *j) {
    cn_status status = check_currencies(j);
    status = status == CN_OK ? join_text(j, "currency", cn_network_currency, cn_builder_set_currency, false) : status;
    status = status == CN_OK ? join_text(j, "title", cn_network_title, cn_builder_set_title, false) : status;
    status = status == CN_OK ? join_text(j, "note", cn_network_note, cn_builder_set_note, false) : status;
    status = status == CN_OK ? join_text(j, "source", cn_network_source, cn_builder_set_source, false) : status;
    status = status == CN_OK ? join_text(j, "country", cn_network_country, cn_builder_set_country, true) : status;
    cn_builder_set_lang(j->builder, cn_network_lang(j->inputs[0].net));
    return status == CN_OK ? join_date(j) : status;
}

/* ---- all ---- */

static cn_status match(cn_merge *merge, const cn_merge_input *inputs, size_t count, const cn_decisions *decisions,
                       const cn_watch *watch, cn_error *err) {
    cn__matcher *m = &merge->matcher;
    cn_status status = cn__match_begin(m, inputs, count, watch, err);
    status = status == CN_OK ? cn__match_decisions(m, decisions) : status;
    status = status == CN_OK ? cn__match_numbers(m) : status;
    status = status == CN_OK ? cn__match_ids(m) : status;
    status = status == CN_OK ? cn__match_names(m) : status;
    status = status == CN_OK ? cn__match_settle(m) : status;
    status = status == CN_OK ? number_bodies(merge, err) : status;
    return status == CN_OK ? list_joined(merge, err) : status;
}

static cn_status build(cn_merge *merge, cn_error *err) {
    cn__joining j = {.merge = merge, .inputs = merge->matcher.inputs, .err = err};
    cn_status status = cn_builder_create(&j.builder, err);
    status = status == CN_OK ? join_head(&j) : status;
    status = status == CN_OK ? cn__join_entities(&j) : status;
    status = status == CN_OK ? cn__join_links(&j) : status;
    status = status == CN_OK ? cn_builder_finish(j.builder, &merge->net, err) : status;
    cn_builder_free(j.builder);
    cn_buf_release(&j.text);
    settle_conflicts(merge);
    return status;
}

cn_status cn_merge_run_watched(const cn_merge_input *inputs, size_t count, const cn_decisions *decisions,
                               const cn_watch *watch, cn_merge **out, cn_error *err) {
    *out = NULL;
    if (count == 0) {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "inputs", "0");
    }
    cn_merge *merge = cn__calloc(1, sizeof *merge);
    if (!merge) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = match(merge, inputs, count, decisions, watch, err);
    status = status == CN_OK ? build(merge, err) : status;
    if (status != CN_OK) {
        cn_merge_free(merge);
        return status;
    }
    *out = merge;
    return CN_OK;
}

cn_status cn_merge_run(const cn_merge_input *inputs, size_t count, const cn_decisions *decisions, cn_merge **out,
                       cn_error *err) {
    return cn_merge_run_watched(inputs, count, decisions, NULL, out, err);
}

void cn_merge_free(cn_merge *merge) {
    if (!merge) {
        return;
    }
    cn__match_release(&merge->matcher);
    cn_network_free(merge->net);
    cn__free(merge->into);
    cn__free(merge->members);
    cn__free(merge->member_starts);
    cn__free(merge->joined);
    cn__free(merge->renamed);
    cn__free(merge->conflicts);
    cn__arena_release(&merge->texts);
    cn__free(merge);
}

const cn_network *cn_merge_network(const cn_merge *merge) { return merge->net; }

cn_entity cn_merge_into(const cn_merge *merge, size_t input, cn_entity entity, cn_merge_reason *reason) {
    uint32_t body = merge->matcher.offsets[input] + entity;
    if (reason) {
        *reason =
            merge->matcher.bodies[body].with == CN_NONE ? CN_MERGE_REASON_COUNT : merge->matcher.bodies[body].reason;
    }
    return merge->into[body];
}

size_t cn_merge_joined_count(const cn_merge *merge) { return merge->joined_count; }
const cn_merge_joined *cn_merge_joined_at(const cn_merge *merge, size_t index) { return &merge->joined[index]; }
size_t cn_merge_question_count(const cn_merge *merge) { return merge->matcher.question_count; }
const cn_merge_question *cn_merge_question_at(const cn_merge *merge, size_t index) {
    return &merge->matcher.questions[index];
}
size_t cn_merge_renamed_count(const cn_merge *merge) { return merge->renamed_count; }
const cn_merge_renamed *cn_merge_renamed_at(const cn_merge *merge, size_t index) { return &merge->renamed[index]; }
size_t cn_merge_conflict_count(const cn_merge *merge) { return merge->conflict_count; }
const cn_merge_conflict *cn_merge_conflict_at(const cn_merge *merge, size_t index) { return &merge->conflicts[index]; }
const cn_merge_counts *cn_merge_counts_of(const cn_merge *merge) { return &merge->matcher.counts; }
