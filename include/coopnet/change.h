/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file change.h
 * What changed between two networks, or between two dates of one (cn_network_as_of makes them). docs/clusters.md.
 */
#ifndef COOPNET_CHANGE_H
#define COOPNET_CHANGE_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_fate {
    CN_FATE_SAME = 0,
    CN_FATE_NEW,
    CN_FATE_GONE,
    CN_FATE_GREW, /**< the values of both are known, and the later is larger */
    CN_FATE_SHRANK
} cn_fate;

/** "same", "new", "gone", "grew", "shrank". */
CN_API const char *cn_fate_key(cn_fate change);

typedef enum cn_matched { CN_MATCHED_NOT = 0, CN_MATCHED_ID, CN_MATCHED_INN } cn_matched;

/** One organisation or other entity, in one network or in both. */
typedef struct cn_entity_change {
    cn_entity before; /**< CN_NONE: it is new */
    cn_entity after;  /**< CN_NONE: it is gone */
    cn_matched matched;
    bool inn_differs; /**< matched by id, though both give different INNs */
} cn_entity_change;

/** All links of one kind between the same two. */
typedef struct cn_link_change {
    cn_link_kind kind;
    uint32_t from; /**< row of `entities` */
    uint32_t to;
    uint32_t count_before; /**< links */
    uint32_t count_after;
    double before; /**< sum of values a year; NaN: none is given */
    double after;
    cn_fate change;
} cn_link_change;

/** `{0}` to init; cn_changes_release. */
typedef struct cn_changes {
    cn_entity_change *entities; /**< those before in their order, then the new ones in theirs */
    size_t entity_count;
    cn_link_change *links; /**< ordered by kind, from, to */
    size_t link_count;
    uint32_t by_id;
    uint32_t by_inn;
} cn_changes;

/**
 * Compare. Entities match by id, those left by INN where just one in each network has it. Links count that hold: not planned, and ended ones
 * only where they end after the date of their network (they still ran then);
 * those of a kind without direction match whichever way they stand. The networks may be one and the same.
 * @return CN_OK, CN_ERR_MEMORY. O((V + L) log L).
 */
CN_API cn_status cn_changes_find(const cn_network *before, const cn_network *after, cn_changes *out, cn_error *err);
CN_API void cn_changes_release(cn_changes *changes);

/** The network in figures at one date. */
typedef struct cn_year {
    cn_date date;
    uint32_t organisations; /**< companies, organisations, parks */
    uint32_t linked;        /**< of these, with a supply or service */
    uint32_t links;         /**< pairs with supplies or services */
    double density;         /**< links / possible links between those linked; NaN below two */
    double value;           /**< of the supplies and services a year; NaN: none is given */
    uint32_t members;       /**< of clusters */
    double
        kept; /**< cooperation: share of the members' supplies that goes to members of the same cluster; NaN without supplies */
    uint32_t projects;
} cn_year;

/**
 * One row a year, from the first year in which a supply, service or membership begins to the network's date (without one: to the last year in
 * which one begins or ends), each as of 31 December, the last as of the network's date. Links without `since` are there from the start;
 * ended ones count while they ran, if all of them say when they ended.
 * At most 100 years. The array is the caller's: cn_years_free.
 */
CN_API cn_status cn_years_find(const cn_network *net, cn_year **out, size_t *count, cn_error *err);
CN_API void cn_years_free(cn_year *years);

#ifdef __cplusplus
}
#endif
#endif
