/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file merge.h
 * Several networks as one: which records mean the same body, what was joined, what disagrees, and what a person must decide.
 * docs/merge.md has the rules in words. Nothing is invented: every value of the result stands in one of the inputs.
 */
#ifndef COOPNET_MERGE_H
#define COOPNET_MERGE_H

#include "coopnet/diag.h"
#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_merge_reason {
#define CN_MERGE_REASON(id, key, en, ru) CN_MERGE_##id,
#include "coopnet/merge_reasons.def"
#undef CN_MERGE_REASON
    CN_MERGE_REASON_COUNT
} cn_merge_reason;

/** "inn", "spelling" …; "" for a number out of range. */
CN_API const char *cn_merge_reason_key(cn_merge_reason reason);
/** The same for people. */
CN_API const char *cn_merge_reason_name(cn_merge_reason reason, cn_lang lang);

/** One network to be joined; both members are borrowed until the result is freed. */
typedef struct cn_merge_input {
    const cn_network *net;
    const char *label; /**< its file, as the reports and decisions name it */
} cn_merge_input;

/* ---- what people decided ---- */

typedef enum cn_decided { CN_DECIDED_OPEN = 0, CN_DECIDED_SAME, CN_DECIDED_DIFFERENT } cn_decided;

/**
 * Two ids and whether they are one body. `file_…` is "" where the id alone tells whom it means; names, reason and note are for
 * people. Texts may be NULL when added; shown ones are borrowed from the list until the next is added.
 */
typedef struct cn_decision {
    const char *id_a;
    const char *file_a;
    const char *id_b;
    const char *file_b;
    const char *name_a;
    const char *name_b;
    const char *why;
    const char *note;
    cn_decided decided;
    uint32_t line; /**< where it stands in its file; 0: nowhere */
} cn_decision;

typedef struct cn_decisions cn_decisions;

CN_API cn_status cn_decisions_create(cn_decisions **out, cn_error *err);
CN_API void cn_decisions_free(cn_decisions *decisions);
/** Texts are copied. */
CN_API cn_status cn_decisions_add(cn_decisions *decisions, const cn_decision *decision, cn_error *err);
/**
 * Add those of a CSV file with the columns id_a, id_b, decision and, where given, file_a, file_b; others are left alone.
 * A decision is same or different (also да, нет, yes, no, …) or empty: still open.
 * @return CN_ERR_INPUT: unreadable, a column is missing, or a decision is none of these (the message tells the line; mistakes
 * in the notation go to `diags`).
 */
CN_API cn_status cn_decisions_read(cn_decisions *decisions, const char *path, cn_diags *diags, cn_error *err);
/** The same from memory. */
CN_API cn_status cn_decisions_read_bytes(cn_decisions *decisions, const char *label, const void *bytes, size_t len,
                                         cn_diags *diags, cn_error *err);
CN_API size_t cn_decisions_count(const cn_decisions *decisions);
CN_API cn_decision cn_decisions_at(const cn_decisions *decisions, size_t index);

/* ---- joining ---- */

typedef struct cn_merge cn_merge;

/**
 * Join networks; earlier ones go first where values disagree.
 * @param decisions or NULL
 * @return CN_ERR_ARGUMENT: no input, or two currencies; CN_ERR_INPUT: decisions that contradict each other or name two kinds that
 * can never be one; CN_ERR_MEMORY; CN_ERR_LIMIT (more than a network can hold).
 * Cost: O((entities + links + properties) log) and the names of at most CN_MERGE_BLOCK bodies compared with each name.
 */
#define CN_MERGE_BLOCK 64
CN_API cn_status cn_merge_run(const cn_merge_input *inputs, size_t count, const cn_decisions *decisions, cn_merge **out,
                              cn_error *err);
/** The same, asked now and then whether to go on. @param watch or NULL. @return also CN_ERR_CANCELLED. */
CN_API cn_status cn_merge_run_watched(const cn_merge_input *inputs, size_t count, const cn_decisions *decisions,
                                      const cn_watch *watch, cn_merge **out, cn_error *err);
CN_API void cn_merge_free(cn_merge *merge);

/** The joined network; it lives as long as the merge. */
CN_API const cn_network *cn_merge_network(const cn_merge *merge);
/** Where an entity of an input went, and why it was joined with what came before it (CN_MERGE_REASON_COUNT: it was not). */
CN_API cn_entity cn_merge_into(const cn_merge *merge, size_t input, cn_entity entity, cn_merge_reason *reason);

/** An entity of an input that was joined with an earlier one, in the order of the inputs. */
typedef struct cn_merge_joined {
    uint32_t input;
    cn_entity entity;
    uint32_t with_input; /**< the record that it agreed with */
    cn_entity with_entity;
    cn_entity into;
    cn_merge_reason reason;
} cn_merge_joined;
CN_API size_t cn_merge_joined_count(const cn_merge *merge);
CN_API const cn_merge_joined *cn_merge_joined_at(const cn_merge *merge, size_t index);

/** Two records that may be one body: left apart until a person decides. */
typedef struct cn_merge_question {
    uint32_t input_a;
    cn_entity entity_a;
    uint32_t input_b;
    cn_entity entity_b;
    cn_merge_reason reason;
    bool need_files; /**< an id stands in several inputs for several bodies: a decision must name the files too */
} cn_merge_question;
CN_API size_t cn_merge_question_count(const cn_merge *merge);
CN_API const cn_merge_question *cn_merge_question_at(const cn_merge *merge, size_t index);

/** An id that another body of the result has already: this one got a new one. */
typedef struct cn_merge_renamed {
    uint32_t input;
    cn_entity entity;
    cn_entity into;
} cn_merge_renamed;
CN_API size_t cn_merge_renamed_count(const cn_merge *merge);
CN_API const cn_merge_renamed *cn_merge_renamed_at(const cn_merge *merge, size_t index);

/** Two values for one thing: the first is kept. Texts are borrowed from the merge. */
typedef struct cn_merge_conflict {
    bool of_link;
    uint32_t owner;   /**< entity or link of the result; CN_NONE: the network itself */
    cn_field field;   /**< CN_FIELD_COUNT: told by `what` alone */
    const char *what; /**< key of the field: "output", "value", "kind", "makes 27.11.41 value" … */
    const char *kept;
    const char *other;
    uint32_t kept_input;
    uint32_t other_input;
} cn_merge_conflict;
CN_API size_t cn_merge_conflict_count(const cn_merge *merge);
CN_API const cn_merge_conflict *cn_merge_conflict_at(const cn_merge *merge, size_t index);

/** Figures of the whole. */
typedef struct cn_merge_counts {
    uint64_t entities_in, links_in;
    uint64_t links_twice;  /**< links of several inputs that say the same, counted once */
    uint64_t links_inside; /**< links that led from a body to itself once its records were joined: left out */
    uint64_t links_unfit;  /**< links and values that a body of another kind cannot have: left out */
    uint64_t apart;        /**< same name, but INN, OGRN or LEI differ: other bodies */
    uint64_t
        not_asked; /**< look-alikes beyond those that are kept (CN_MERGE_QUESTIONS_MAX), or among too common names */
    uint64_t bad_numbers;                       /**< INN, OGRN and LEI with wrong check digits: they prove nothing */
    uint64_t decisions_used, decisions_unknown; /**< unknown: they name an id that is in no input */
} cn_merge_counts;
#define CN_MERGE_QUESTIONS_MAX 10000
CN_API const cn_merge_counts *cn_merge_counts_of(const cn_merge *merge);

#ifdef __cplusplus
}
#endif
#endif
