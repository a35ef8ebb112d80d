/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teams: the list of the best, and the greedy search (Lappas, Liu & Terzi 2009; Chvátal 1979 for the bound). The greedy search takes the
 * candidate that covers most of what is left, of equal ones the cheapest, then drops members that became redundant; the number of
 * members is at most H_d times the least one, d the most needs that one candidate covers. Further teams: the same without one
 * member of the first. Cost O(needs · candidates · needs) a team.
 */
#include "team_search.h"

#include <string.h>

#include "error.h"
#include "memory.h"

bool cn__team_redundant(const cn__team_problem *problem, const uint32_t *members, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        bool needed = false;
        for (uint32_t need = 0; need < problem->needs && !needed; need++) {
            needed = problem->covers[(size_t)members[i] * problem->needs + need];
            for (uint32_t k = 0; k < count && needed; k++) {
                needed = k == i || !problem->covers[(size_t)members[k] * problem->needs + need];
            }
        }
        if (!needed) {
            return true;
        }
    }
    return false;
}

static uint32_t count_uncovered(const cn__team_problem *problem, const uint32_t *members, uint32_t count) {
    uint32_t uncovered = 0;
    for (uint32_t need = 0; need < problem->needs; need++) {
        bool covered = false;
        for (uint32_t i = 0; i < count && !covered; i++) {
            covered = problem->covers[(size_t)members[i] * problem->needs + need];
        }
        uncovered += !covered;
    }
    return uncovered;
}

/* Does a stand before b? */
static bool before(const cn__team *a, const cn__team *b) {
    if (a->uncovered != b->uncovered) {
        return a->uncovered < b->uncovered;
    }
    return a->count != b->count ? a->count < b->count : a->cost < b->cost;
}

static bool same(const cn__team *a, const cn__team *b) {
    return a->count == b->count && memcmp(a->member, b->member, a->count * sizeof *a->member) == 0;
}

bool cn__teams_add(const cn__team_problem *problem, cn__teams *out, const uint32_t *members, uint32_t count) {
    cn__team team = {.member = cn__alloc(count, sizeof *team.member), .count = count};
    if (team.member == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) { /* in order */
        uint32_t at = i;
        for (; at > 0 && team.member[at - 1] > members[i]; at--) {
            team.member[at] = team.member[at - 1];
        }
        team.member[at] = members[i];
        team.cost += problem->cost[members[i]];
    }
    team.uncovered = count_uncovered(problem, members, count);
    uint32_t at = out->count;
    for (uint32_t i = 0; i < out->count; i++) {
        if (same(&team, &out->teams[i])) {
            cn__free(team.member);
            return true;
        }
    }
    while (at > 0 && before(&team, &out->teams[at - 1])) {
        at--;
    }
    if (at == problem->top) {
        cn__free(team.member);
        return true;
    }
    if (out->count == problem->top) {
        cn__free(out->teams[--out->count].member);
    }
    for (uint32_t i = out->count; i > at; i--) {
        out->teams[i] = out->teams[i - 1];
    }
    out->teams[at] = team;
    out->count++;
    return true;
}

/* ---- greedy ---- */

typedef struct greedy {
    const cn__team_problem *problem;
    bool *covered;
    uint32_t *members;
    uint32_t count;
    uint32_t most; /* needs that one candidate covers */
} greedy;

static uint32_t gain(const greedy *g, uint32_t candidate) {
    uint32_t more = 0;
    for (uint32_t need = 0; need < g->problem->needs; need++) {
        more += g->problem->covers[(size_t)candidate * g->problem->needs + need] && !g->covered[need];
    }
    return more;
}

/* Without `banned` (CN_NONE: with all). */
static void gather(greedy *g, uint32_t banned) {
    const cn__team_problem *p = g->problem;
    g->count = 0;
    memset(g->covered, 0, p->needs * sizeof *g->covered);
    while (p->max_members == 0 || g->count < p->max_members) {
        uint32_t best = CN_NONE;
        uint32_t best_gain = 0;
        for (uint32_t c = 0; c < p->candidates; c++) {
            uint32_t more = c != banned ? gain(g, c) : 0;
            if (more > best_gain || (more > 0 && more == best_gain && p->cost[c] < p->cost[best])) {
                best = c;
                best_gain = more;
            }
        }
        if (best == CN_NONE) {
            break;
        }
        g->members[g->count++] = best;
        for (uint32_t need = 0; need < p->needs; need++) {
            g->covered[need] = g->covered[need] || p->covers[(size_t)best * p->needs + need];
        }
    }
    for (uint32_t i = 0; i < g->count;) { /* drop whom the others make redundant, the dearest place first taken */
        uint32_t dropped = g->members[i];
        uint32_t uncovered = count_uncovered(p, g->members, g->count);
        g->members[i] = g->members[g->count - 1];
        if (count_uncovered(p, g->members, g->count - 1) == uncovered) {
            g->count--;
            i = 0;
        } else {
            g->members[i++] = dropped;
        }
    }
}

cn_status cn__team_greedy(const cn__team_problem *problem, cn__teams *out, cn_error *err) {
    greedy g = {.problem = problem};
    g.covered = cn__calloc(problem->needs, sizeof *g.covered);
    g.members = cn__alloc(problem->needs, sizeof *g.members);
    out->teams = cn__calloc(problem->top, sizeof *out->teams);
    bool ok = g.covered != NULL && g.members != NULL && out->teams != NULL;
    for (uint32_t c = 0; ok && c < problem->candidates; c++) {
        uint32_t covers = gain(&g, c);
        g.most = covers > g.most ? covers : g.most;
    }
    for (uint32_t i = 1; i <= g.most; i++) {
        out->bound += 1.0 / i;
    }
    if (ok) {
        gather(&g, CN_NONE);
        ok = cn__teams_add(problem, out, g.members, g.count);
    }
    if (ok && out->count > 0) {
        uint32_t first[CN__TEAM_TOP_MOST];
        uint32_t size = out->teams[0].count < problem->top - 1 ? out->teams[0].count : problem->top - 1;
        memcpy(first, out->teams[0].member, size * sizeof *first);
        for (uint32_t i = 0; i < size && ok; i++) {
            gather(&g, first[i]);
            ok = cn__teams_add(problem, out, g.members, g.count);
        }
    }
    cn__free(g.covered);
    cn__free(g.members);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

/* ---- either ---- */

cn_status cn__team_search(const cn__team_problem *problem, cn__teams *out, cn_error *err) {
    bool exact = problem->needs <= CN__TEAM_NEEDS_EXACT && problem->candidates <= CN__TEAM_CANDIDATES_EXACT;
    *out = (cn__teams){0};
    cn_status status = exact ? cn__team_exact(problem, out, err) : cn__team_greedy(problem, out, err);
    if (status) {
        cn__teams_release(out);
    }
    return status;
}

void cn__teams_release(cn__teams *teams) {
    for (uint32_t i = 0; i < teams->count; i++) {
        cn__free(teams->teams[i].member);
    }
    cn__free(teams->teams);
    *teams = (cn__teams){0};
}
