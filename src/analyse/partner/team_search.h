/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Covering needs by few candidates of least cost: the search behind consortia, on plain arrays. */
#ifndef CN_ANALYSE_TEAM_SEARCH_H
#define CN_ANALYSE_TEAM_SEARCH_H

#include "coopnet/base.h"

enum { CN__TEAM_NEEDS_EXACT = 20, CN__TEAM_CANDIDATES_EXACT = 300, CN__TEAM_TOP_MOST = 100 };

typedef struct cn__team_problem {
    uint32_t needs; /* each is covered by some candidate */
    uint32_t candidates;
    const bool *covers;   /* candidate · needs + need; each candidate covers one at least */
    const uint64_t *cost; /* by candidate, below 2^34: compared after the needs left and the number of members */
    uint32_t max_members; /* 0: any */
    uint32_t top;         /* 1 … CN__TEAM_TOP_MOST */
} cn__team_problem;

typedef struct cn__team {
    uint32_t *member; /* ascending */
    uint32_t count;
    uint32_t uncovered;
    uint64_t cost; /* sum */
} cn__team;

typedef struct cn__teams {
    cn__team *teams; /* best first */
    uint32_t count;
    bool exact;
    double bound;
} cn__teams;

/* By size of the problem exact or greedy. CN_OK or CN_ERR_MEMORY. */
cn_status cn__team_search(const cn__team_problem *problem, cn__teams *out, cn_error *err);
/* Either way; for up to CN__TEAM_NEEDS_EXACT needs. `out` is empty before. */
cn_status cn__team_exact(const cn__team_problem *problem, cn__teams *out, cn_error *err);
cn_status cn__team_greedy(const cn__team_problem *problem, cn__teams *out, cn_error *err);
void cn__teams_release(cn__teams *teams);

/* Is there a member without whom the others cover as much? */
bool cn__team_redundant(const cn__team_problem *problem, const uint32_t *members, uint32_t count);
/* Put a team on the list if it is not there, in its place; the last one falls off a full list. False: memory. */
bool cn__teams_add(const cn__team_problem *problem, cn__teams *out, const uint32_t *members, uint32_t count);

#endif
