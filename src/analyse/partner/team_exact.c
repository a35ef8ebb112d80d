/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best teams, proven: branch and bound over the needs in their order. The bound is exact for the relaxed question "what does it cost at
 * least to deal with the needs that are left", computed once for every set of needs (Held & Karp's idea: 2^needs entries; with a limit on members once for
 * each number of members left), so that branches are entered only when they lead to a team as good as the list's last.
 *
 *     least(S) = 0 when S holds all needs, else with b the first need not in S
 *     least(S) = min( LEFT + least(S + b),  min over candidates c that make b: MEMBER + cost(c) + least(S + needs of c) )
 *
 * LEFT > all members, MEMBER > all costs: the order of the objective in one number. A need that was left may not be covered later (that
 * team is found on another way); teams with a redundant member are passed over; only teams with the least number of needs left count. After
 * WORK branches the search gives up its proof. Cost: 2^needs · candidates with different needs, 8 bytes an entry.
 */
#include <string.h>

#include "error.h"
#include "memory.h"
#include "team_search.h"

#define COST_BITS 39
#define MEMBER (UINT64_C(1) << COST_BITS)
#define LEFT (UINT64_C(1) << (COST_BITS + 6))

enum { WORK = 20000000 };

typedef struct exact {
    const cn__team_problem *problem;
    cn__teams *out;
    uint32_t all; /* set of all needs */
    bool limited;
    uint32_t *mask;    /* by candidate: the needs it covers */
    uint32_t *by_need; /* candidates of each need by cost, a run each */
    uint32_t start[CN__TEAM_NEEDS_EXACT + 1];
    bool *first_of_kind; /* by place in by_need: no cheaper one of its run covers the same */
    uint64_t *least;     /* [members left][set], or [set] */
    uint32_t members[CN__TEAM_NEEDS_EXACT];
    uint32_t count;
    uint64_t work;
    bool failed;
} exact;

static uint64_t least_of(const exact *x, uint32_t left, uint32_t set) {
    return x->least[(x->limited ? (size_t)left * ((size_t)x->all + 1) : 0) + set];
}

static uint32_t first_need(const exact *x, uint32_t set) {
    uint32_t open = x->all & ~set;
    uint32_t need = 0;
    while ((open >> need & 1) == 0) {
        need++;
    }
    return need;
}

/* ---- tables ---- */

static bool list_candidates(exact *x) {
    const cn__team_problem *p = x->problem;
    size_t total = 0;
    x->mask = cn__calloc(p->candidates, sizeof *x->mask);
    x->by_need = cn__alloc((size_t)p->candidates * p->needs, sizeof *x->by_need);
    x->first_of_kind = cn__calloc((size_t)p->candidates * p->needs, sizeof *x->first_of_kind);
    if (x->mask == NULL || x->by_need == NULL || x->first_of_kind == NULL) {
        return false;
    }
    for (uint32_t need = 0; need < p->needs; need++) {
        x->start[need] = (uint32_t)total;
        for (uint32_t c = 0; c < p->candidates; c++) {
            if (!p->covers[(size_t)c * p->needs + need]) {
                continue;
            }
            x->mask[c] |= UINT32_C(1) << need;
            size_t at = total++;
            for (; at > x->start[need] && p->cost[x->by_need[at - 1]] > p->cost[c]; at--) {
                x->by_need[at] = x->by_need[at - 1];
            }
            x->by_need[at] = c;
        }
        x->start[need + 1] = (uint32_t)total;
    }
    for (uint32_t need = 0; need < p->needs; need++) {
        for (uint32_t i = x->start[need]; i < x->start[need + 1]; i++) {
            bool first = true;
            for (uint32_t k = x->start[need]; k < i && first; k++) {
                first = x->mask[x->by_need[k]] != x->mask[x->by_need[i]];
            }
            x->first_of_kind[i] = first;
        }
    }
    return true;
}

static bool fill_least(exact *x) {
    const cn__team_problem *p = x->problem;
    size_t sets = (size_t)x->all + 1;
    uint32_t layers = x->limited ? p->max_members + 1 : 1;
    x->least = cn__alloc(sets * layers, sizeof *x->least);
    if (x->least == NULL) {
        return false;
    }
    for (uint32_t left = 0; left < layers; left++) {
        uint64_t *row = x->least + left * sets;
        const uint64_t *below = x->limited ? row - (left > 0 ? sets : 0) : row;
        row[x->all] = 0;
        for (uint32_t set = x->all; set-- > 0;) {
            uint32_t need = first_need(x, set);
            uint64_t best = LEFT + row[set | UINT32_C(1) << need];
            for (uint32_t i = x->start[need]; i < x->start[need + 1] && (left > 0 || !x->limited); i++) {
                uint32_t c = x->by_need[i];
                uint64_t cost = x->first_of_kind[i] ? MEMBER + p->cost[c] + below[set | x->mask[c]] : best;
                best = cost < best ? cost : best;
            }
            row[set] = best;
        }
    }
    return true;
}

/* ---- the search ---- */

static uint64_t value_of(const cn__team *team) { return team->uncovered * LEFT + team->count * MEMBER + team->cost; }

static void branch(exact *x, uint32_t set, uint32_t skipped, uint64_t spent, uint64_t most) {
    const cn__team_problem *p = x->problem;
    uint32_t left = x->limited ? p->max_members - x->count : 0;
    uint64_t bound = spent + least_of(x, left, set);
    bool full = x->out->count == p->top;
    if (x->failed || x->work++ > WORK || bound > most ||
        (full && bound >= value_of(&x->out->teams[x->out->count - 1]))) {
        return;
    }
    if (set == x->all) {
        if (!cn__team_redundant(p, x->members, x->count)) {
            x->failed = !cn__teams_add(p, x->out, x->members, x->count);
        }
        return;
    }
    uint32_t need = first_need(x, set);
    for (uint32_t i = x->start[need]; i < x->start[need + 1] && (!x->limited || left > 0); i++) {
        uint32_t c = x->by_need[i];
        if ((x->mask[c] & skipped) == 0) {
            x->members[x->count++] = c;
            branch(x, set | x->mask[c], skipped, spent + MEMBER + p->cost[c], most);
            x->count--;
        }
    }
    branch(x, set | UINT32_C(1) << need, skipped | UINT32_C(1) << need, spent + LEFT, most);
}

cn_status cn__team_exact(const cn__team_problem *problem, cn__teams *out, cn_error *err) {
    exact x = {.problem = problem, .out = out, .all = (UINT32_C(1) << problem->needs) - 1};
    x.limited = problem->max_members > 0 && problem->max_members < problem->needs;
    out->teams = cn__calloc(problem->top, sizeof *out->teams);
    bool ok = out->teams != NULL && list_candidates(&x) && fill_least(&x);
    if (ok) {
        uint64_t best = least_of(&x, x.limited ? problem->max_members : 0, 0);
        branch(&x, 0, 0, 0, (best / LEFT + 1) * LEFT - 1); /* no need more left than at best */
        ok = !x.failed;
    }
    out->exact = x.work <= WORK;
    out->bound = 1;
    cn__free(x.mask);
    cn__free(x.by_need);
    cn__free(x.first_of_kind);
    cn__free(x.least);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
