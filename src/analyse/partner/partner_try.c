/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well the scores find links that are known: hide a tenth, score from the rest (partner_fold.c), several times (Lü & Zhou 2011). A
 * board is a graph of pairs (asker, target): buyer and supplier, organisation and project, organisation and organisation. A hidden
 * link one end of which has no training link is cold: no score can find it, and it is counted, not tested. Random numbers
 * come from the seed and the fold, so the answer is the same every time. Cost: folds × askers × their scores.
 */
#include "partner_try.h"

#include <math.h>
#include <stdio.h>

#include "error.h"
#include "kernel_run.h"
#include "memory.h"

enum { LINKS_LEAST = 300 };

/* ---- links and graphs of a board ---- */

static cn_status graph_of(const cn__try *t, const cn__members *pairs, cn_graph **out, cn_error *err) {
    if (t->board == CN_BOARD_PEER) {
        return cn__ties_of_groups(pairs, out, err);
    }
    return cn_graph_from_arcs(pairs->n, pairs->count, pairs->member, pairs->group, NULL, true, out, err);
}

/* A random part of the pairs, in their order. */
static cn_status leave(const cn__try *t, uint64_t *random, cn__members *kept, cn_error *err) {
    size_t hide = (size_t)(t->share * (double)t->pairs.count + 0.5);
    bool *out = cn__calloc(t->pairs.count, sizeof *out);
    *kept = (cn__members){.n = t->pairs.n};
    kept->member = cn__alloc(t->pairs.count, sizeof *kept->member);
    kept->group = cn__alloc(t->pairs.count, sizeof *kept->group);
    if (out == NULL || kept->member == NULL || kept->group == NULL) {
        cn__free(out);
        cn__members_release(kept);
        return CN__NO_MEMORY(err);
    }
    for (size_t i = 0; i < hide;) {
        uint32_t at = cn__random_below(random, (uint32_t)t->pairs.count);
        i += !out[at];
        out[at] = true;
    }
    for (size_t i = 0; i < t->pairs.count; i++) {
        if (!out[i]) {
            kept->member[kept->count] = t->pairs.member[i];
            kept->group[kept->count++] = t->pairs.group[i];
        }
    }
    cn__free(out);
    return CN_OK;
}

static cn_status try_fold(const cn__try *t, uint32_t number, cn_partner_trial *out, double (*rows)[4], cn_error *err) {
    cn__members kept = {0};
    cn_graph *train = NULL;
    cn_graph *near = NULL;
    uint64_t seed = cn__try_mix(t->seed, number);
    uint64_t random = seed;
    cn_status status = leave(t, &random, &kept, err);
    status = status ? status : graph_of(t, &kept, &train, err);
    if (!status && t->board == CN_BOARD_SUPPLY) {
        status = cn_graph_from_arcs(kept.n, kept.count, kept.member, kept.group, NULL, false, &near, err);
    }
    status = status ? status : cn__try_score(t, train, near, seed, random, out, rows, err);
    cn__members_release(&kept);
    cn_graph_free(train);
    cn_graph_free(near);
    return status;
}

static bool declares(const cn__wares *wares) {
    for (uint32_t i = 0; i < wares->count; i++) {
        if (wares->rows[i].evidence == CN_PARTNER_BY_DECLARATION) {
            return true;
        }
    }
    return false;
}

static cn_status open_board(cn__try *t, const cn_network *net, cn_error *err) {
    uint32_t kinds = t->board == CN_BOARD_SUPPLY ? CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE)
                                                 : CN_KIND_BIT(CN_LINK_PARTICIPANT);
    cn_status status = cn__members_find(net, kinds, &t->pairs, err);
    if (!status && t->pairs.count < LINKS_LEAST) {
        char links[24], least[24];
        snprintf(links, sizeof links, "%zu", t->pairs.count);
        snprintf(least, sizeof least, "%d", LINKS_LEAST);
        return CN__FAIL2(err, CN_ERR_UNDEFINED, PARTNERS_TOO_FEW, links, least);
    }
    if (!status && t->board == CN_BOARD_SUPPLY) { /* the buyer asks: it is the member */
        uint32_t *swap = t->pairs.member;
        t->pairs.member = t->pairs.group;
        t->pairs.group = swap;
    }
    const unsigned near = 1u << CN_PARTNER_SCORE_COMMON | 1u << CN_PARTNER_SCORE_JACCARD |
                          1u << CN_PARTNER_SCORE_ADAMIC_ADAR | 1u << CN_PARTNER_SCORE_RESOURCE;
    const unsigned far = 1u << CN_PARTNER_SCORE_PATHS | 1u << CN_PARTNER_SCORE_L3 | 1u << CN_PARTNER_SCORE_WALK;
    static const unsigned always =
        1u << CN_PARTNER_SCORE_RANDOM | 1u << CN_PARTNER_SCORE_POPULARITY | 1u << CN_PARTNER_SCORE_COMBINED;
    t->best = t->board == CN_BOARD_PEER ? CN_PARTNER_SCORE_RESOURCE : CN_PARTNER_SCORE_L3;
    t->kinds = always | (t->board == CN_BOARD_PARTICIPATION ? far | 1u << CN_PARTNER_SCORE_COMMON
                         : t->board == CN_BOARD_PEER        ? near | 1u << CN_PARTNER_SCORE_WALK
                                                            : near | far);
    if (!status && t->board == CN_BOARD_SUPPLY) {
        status = cn__catalogue_create(net, &t->catalogue, err);
        bool codes = !status && declares(&t->catalogue.makes) && declares(&t->catalogue.needs);
        t->kinds |= codes ? 1u << CN_PARTNER_SCORE_CODES : 0;
    }
    return status ? status : graph_of(t, &t->pairs, &t->full, err);
}

/* Mean and standard deviation over the folds. */
static void sum_up(const cn__try *t, const double (*rows)[CN_PARTNER_SCORE_COUNT][4], cn_partner_trial *out) {
    for (int k = 0; k < CN_PARTNER_SCORE_COUNT; k++) {
        double mean[4] = {0}, spread[4] = {0};
        for (int c = 0; c < 4; c++) {
            for (uint32_t i = 0; i < t->folds; i++) {
                mean[c] += rows[i][k][c] / t->folds;
            }
            for (uint32_t i = 0; i < t->folds; i++) {
                double d = rows[i][k][c] - mean[c];
                spread[c] += t->folds > 1 ? d * d / (t->folds - 1) : 0;
            }
        }
        if (t->kinds >> k & 1) {
            out->quality[out->quality_count++] = (cn_partner_quality){.score = (cn_partner_score)k,
                                                                      .auc = mean[0],
                                                                      .matched = mean[1],
                                                                      .precision = mean[2],
                                                                      .hits = mean[3],
                                                                      .auc_spread = sqrt(spread[0]),
                                                                      .matched_spread = sqrt(spread[1]),
                                                                      .precision_spread = sqrt(spread[2]),
                                                                      .hits_spread = sqrt(spread[3])};
        }
    }
    out->asked /= t->folds;
    out->tested /= t->folds;
    out->cold /= t->folds;
    out->best_precision /= t->folds;
}

cn_status cn_partner_try(const cn_network *net, cn_partner_board board, const cn_partner_test *test,
                         cn_partner_trial *out, cn_error *err) {
    const cn_partner_test none = {0};
    test = test != NULL ? test : &none;
    cn__try t = {.board = board,
                 .share = test->share > 0 ? test->share : 0.1,
                 .folds = test->folds > 0 ? test->folds : 5,
                 .most_asked = test->most_asked > 0 ? test->most_asked : 1000,
                 .seed = test->seed > 0 ? test->seed : 1};
    *out = (cn_partner_trial){.board = board, .folds = t.folds};
    double(*rows)[CN_PARTNER_SCORE_COUNT][4] = cn__calloc(t.folds, sizeof *rows);
    cn_status status = rows != NULL ? open_board(&t, net, err) : CN__NO_MEMORY(err);
    for (uint32_t i = 0; i < t.folds && !status; i++) {
        status = try_fold(&t, i, out, rows[i], err);
    }
    if (!status) {
        out->links = (uint32_t)t.pairs.count;
        out->hidden = floor(t.share * (double)t.pairs.count + 0.5);
        sum_up(&t, (const double(*)[CN_PARTNER_SCORE_COUNT][4])rows, out);
    } else {
        *out = (cn_partner_trial){0};
    }
    cn_graph_free(t.full);
    cn__catalogue_release(&t.catalogue);
    cn__members_release(&t.pairs);
    cn__free(rows);
    return status;
}
