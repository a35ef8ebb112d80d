/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records of several networks are one body. */
#ifndef CN_JOIN_MATCH_H
#define CN_JOIN_MATCH_H

#include "coopnet/merge.h"

#include "org_name.h"
#include "strmap.h"

/* Numbers that tell who somebody is. */
typedef enum cn__number { CN__INN_NUMBER, CN__OGRN_NUMBER, CN__LEI_NUMBER, CN__NUMBER_COUNT } cn__number;

/* A record of an input. Those that were joined form a tree below the first of them, their root, and a ring. */
typedef struct cn__body {
    uint32_t input;
    cn_entity entity;
    uint32_t parent; /* itself: it is a root */
    uint32_t next;   /* in the ring */
    uint32_t size;   /* of a root: how many were joined */
    uint32_t differ; /* its decisions “different”: first in `differs` */
    uint32_t with;   /* of what is no root: the record that it agreed with, and why */
    cn_merge_reason reason;
    const char *numbers[CN__NUMBER_COUNT]; /* valid ones; of a root: those of the whole; NULL: none */
    const char *region;                    /* of a root: of the whole */
    const char *country;
    cn_date date;        /* of an event */
    cn__org_family form; /* of the name; of a root: of the whole */
    bool own_name;       /* not just its id */
} cn__body;

typedef struct cn__matcher {
    const cn_merge_input *inputs;
    size_t input_count;
    uint32_t *offsets; /* first body of each input, and their number at the end */
    cn__body *bodies;
    uint32_t body_count;
    cn__strmap ids;    /* id → first body; further ones by `same_id` */
    uint32_t *same_id; /* by body: the next one with this id, or CN_NONE */
    struct cn__differ {
        uint32_t other;
        uint32_t next;
    } * differs;
    size_t differ_count, differ_cap;
    cn_merge_question *questions;
    size_t question_count, question_cap;
    cn_merge_counts counts;
    cn_watch watch;
    uint64_t steps; /* records, names and links looked at so far */
    cn_error *err;
} cn__matcher;

cn_status cn__match_begin(cn__matcher *m, const cn_merge_input *inputs, size_t count, const cn_watch *watch,
                          cn_error *err);
void cn__match_release(cn__matcher *m);
/* A step more is behind: every long loop of a merge says so. CN_ERR_CANCELLED: the watch stops it. */
cn_status cn__match_step(cn__matcher *m);

static inline const cn_network *cn__body_net(const cn__matcher *m, uint32_t body) {
    return m->inputs[m->bodies[body].input].net;
}
cn_entity_kind cn__body_kind(const cn__matcher *m, uint32_t body);
const char *cn__body_id(const cn__matcher *m, uint32_t body);
const char *cn__body_name(const cn__matcher *m, uint32_t body);
uint32_t cn__match_root(cn__matcher *m, uint32_t body);
/* Companies and organisations are one class, every other kind its own. */
int cn__match_class(cn_entity_kind kind);

/* Do two joined bodies hold two valid numbers of one sort that differ? */
bool cn__match_numbers_clash(const cn__matcher *m, uint32_t root_a, uint32_t root_b);
bool cn__match_decided_different(cn__matcher *m, uint32_t root_a, uint32_t root_b);
/* Join two bodies. */
void cn__match_unite(cn__matcher *m, uint32_t a, uint32_t b, cn_merge_reason reason);
/* May a person be asked about these two? Records of one file with names of their own were told apart by whoever wrote it. */
bool cn__match_may_ask(const cn__matcher *m, uint32_t a, uint32_t b);
cn_status cn__match_ask(cn__matcher *m, uint32_t a, uint32_t b, cn_merge_reason reason);

/* The steps, in this order. */
cn_status cn__match_decisions(cn__matcher *m, const cn_decisions *decisions);
cn_status cn__match_numbers(cn__matcher *m);
cn_status cn__match_ids(cn__matcher *m);
cn_status cn__match_names(cn__matcher *m);
/* Drop the questions that answered themselves, and keep the likeliest of each pair. */
cn_status cn__match_settle(cn__matcher *m);

/* ---- names by their keys ---- */

typedef enum cn__name_rank { CN__NAME_MAIN, CN__NAME_ALIAS, CN__NAME_SHORT } cn__name_rank;

typedef struct cn__name_use {
    uint32_t body;
    uint32_t next;
    cn__name_rank rank;
    cn__org_family form;
} cn__name_use;

/* All who bear one name. */
typedef struct cn__name_group {
    uint32_t first, last; /* uses */
    uint32_t words;       /* text */
    uint32_t words_len;
    int class_;
} cn__name_group;

typedef struct cn__names {
    cn__strmap keys; /* class and key → group */
    cn__name_group *groups;
    size_t group_count, group_cap;
    cn__name_use *uses;
    size_t use_count, use_cap;
    cn__arena words;
} cn__names;

cn_status cn__names_collect(cn__matcher *m, cn__names *names);
void cn__names_release(cn__names *names);
/* Key of a group without its class. */
const char *cn__names_key(const cn__names *names, size_t group, size_t *len);

/* Ask about names that look alike (lookalike.c). */
cn_status cn__match_lookalikes(cn__matcher *m, const cn__names *names);

#endif
