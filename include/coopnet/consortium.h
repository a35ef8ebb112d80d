/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file consortium.h
 * Whom to gather around an initiator so that everything needed is made: few members, near in the supply network, with contracts that
 * exist. What nobody can make is the import gap. Objective, exactness and bound: docs/partners.md.
 */
#ifndef COOPNET_CONSORTIUM_H
#define COOPNET_CONSORTIUM_H

#include "coopnet/partners.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_consortium_query {
    cn_entity leader;  /**< CN_NONE: the initiator of the project */
    cn_entity project; /**< its product's inputs are the needs, its participants are in already; CN_NONE: `needs` */
    const char *const *needs; /**< product codes; borrowed until the answer is released */
    size_t need_count;
    uint32_t max_members; /**< to add; 0: as many as it takes */
    size_t top;           /**< teams; 0: 3 */
} cn_consortium_query;

typedef enum cn_need_state {
    CN_NEED_HELD = 0, /**< made by the leader or a participant */
    CN_NEED_OPEN,     /**< somebody to be added can make it */
    CN_NEED_GAP       /**< nobody at home in the network makes exactly this */
} cn_need_state;

typedef struct cn_consortium_need {
    const char *code;
    cn_need_state state;
    cn_entity holder;        /**< HELD: who makes it; GAP: who makes the nearest, or CN_NONE */
    const char *holder_made; /**< the code of that; "" */
    double fit;              /**< of that */
    uint32_t makers;         /**< OPEN: candidates that make it */
    bool abroad;             /**< GAP: a firm abroad makes it */
} cn_consortium_need;

typedef struct cn_team_member {
    cn_entity org;
    uint32_t hops;     /**< to the leader along supplies, direction ignored; CN_NONE: not joined */
    bool contract;     /**< supply, service, agreement or joint project with the leader */
    double km;         /**< to the leader; NaN */
    size_t seat_start; /**< into seats */
    uint32_t seat_count;
} cn_team_member;

/** A need that a member of a team makes. */
typedef struct cn_team_seat {
    uint32_t need; /**< index into needs */
    const char *made;
    double free_capacity; /**< a year; NaN */
} cn_team_seat;

typedef struct cn_team {
    size_t member_start; /**< into members, by hops, contract, km, entity */
    uint32_t member_count;
    uint32_t uncovered; /**< open needs that it leaves (max_members) */
    uint32_t hops;      /**< sum; a member not joined counts 999 */
    uint32_t no_contract;
    uint32_t km; /**< sum of whole kilometres; a place not known counts 20,000 */
} cn_team;

typedef struct cn_consortium {
    cn_entity leader;
    cn_entity project;
    cn_entity *core; /**< the leader, then the participants of the project */
    size_t core_count;
    cn_consortium_need *needs; /**< in the order asked, each once */
    size_t need_count;
    cn_team *teams; /**< the best first */
    size_t team_count;
    cn_team_member *members;
    size_t member_count;
    cn_team_seat *seats;
    size_t seat_count;
    uint32_t candidates; /**< that make something needed */
    bool exact;          /**< the teams are proven best; else greedy, with */
    double
        bound; /**< at most so many times the smallest number of members (the harmonic number of the most needs one candidate covers) */
} cn_consortium;

/**
 * Teams ordered by: open needs left, members, sum of hops, members without contract with the leader, sum of kilometres. No team has a member without whom it covers
 * as much. Exact up to 20 open needs and 300 candidates, greedy beyond.
 * @return CN_OK; CN_ERR_ARGUMENT (no leader, no needs, a project without product or a product without inputs); CN_ERR_MEMORY.
 * Cost: exact 2^needs · candidates with different needs; greedy O(needs² · candidates).
 */
CN_API cn_status cn_consortium_find(const cn_network *net, const cn_consortium_query *query, cn_consortium *out,
                                    cn_error *err);
CN_API void cn_consortium_release(cn_consortium *consortium);

#ifdef __cplusplus
}
#endif
#endif
