/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One fold of a trial: the links that are left are scored, and it is seen where the hidden ones stand.
 *
 *   AUC        each hidden link against NEGATIVES pairs of its asker that are not linked in the whole network
 *   precision  hidden links among the first 10 candidates of each asker, equal scores in random order
 *
 * Candidates are the targets with a training link. Whatever is computed is computed from the training links alone (and from what is
 * declared). Cost: the scores of the askers, and 2 · NEGATIVES look-ups a hidden link.
 */
#include "partner_try.h"

#include <string.h>

#include "error.h"
#include "kernel_run.h"
#include "memory.h"

enum { NEGATIVES = 20, DRAWS = 1000, FIRST = 10, NAMED = 50 };

/* Below every score of a path: those that none reaches are ordered by popularity. */
#define FALLBACK 1e-18

/* The best of the candidates seen so far, best first. */
typedef struct best_list {
    uint32_t count;
    uint32_t vertex[NAMED];
    double value[NAMED];
    uint64_t tie[NAMED];
} best_list;

typedef struct fold {
    const cn__try *t;
    uint64_t seed;
    uint64_t random;
    const cn_graph *full, *train; /* asker → target; undirected for PEER */
    const cn_graph *near;         /* SUPPLY: train without direction */
    uint32_t *popular;            /* targets with a training link, by popularity */
    uint32_t popular_count;
    cn__link_scores scores;
    uint32_t *hidden; /* of the asker in work: its hidden targets that are not cold */
    uint32_t hidden_count;
    best_list best[CN_PARTNER_SCORE_COUNT];
    /* sums over the fold */
    double auc[CN_PARTNER_SCORE_COUNT], matched[CN_PARTNER_SCORE_COUNT];
    double precision[CN_PARTNER_SCORE_COUNT], hits[CN_PARTNER_SCORE_COUNT];
    double oracle;
    uint64_t tested, asked, cold;
} fold;

/* A need of the asker in work. */
typedef struct coding {
    fold *f;
    const cn__ware *need;
} coding;

uint64_t cn__try_mix(uint64_t a, uint64_t b) {
    uint64_t state = a * UINT64_C(0x9E3779B97F4A7C15) + b;
    return cn__random(&state);
}

static uint32_t popularity(const fold *f, uint32_t y) { return f->train->in_start[y + 1] - f->train->in_start[y]; }

static double value_of(const fold *f, int score, uint32_t x, uint32_t y) {
    if (score == CN_PARTNER_SCORE_RANDOM) {
        return (double)(cn__try_mix(f->seed + x, y) >> 11);
    }
    if (score == CN_PARTNER_SCORE_COMBINED && !(f->scores.value[score][y] > 0)) {
        return FALLBACK * popularity(f, y);
    }
    return score == CN_PARTNER_SCORE_POPULARITY ? (double)popularity(f, y) : f->scores.value[score][y];
}

/* ---- ranking ---- */

static void rank(best_list *best, uint32_t vertex, double value, uint64_t tie) {
    uint32_t at = best->count;
    while (at > 0 && (best->value[at - 1] < value || (!(best->value[at - 1] > value) && best->tie[at - 1] < tie))) {
        at--;
    }
    if (at == NAMED) {
        return;
    }
    uint32_t last = best->count < NAMED ? best->count++ : NAMED - 1;
    for (uint32_t i = last; i > at; i--) {
        best->vertex[i] = best->vertex[i - 1];
        best->value[i] = best->value[i - 1];
        best->tie[i] = best->tie[i - 1];
    }
    best->vertex[at] = vertex;
    best->value[at] = value;
    best->tie[at] = tie;
}

static bool may_be_named(const fold *f, uint32_t x, uint32_t y) {
    return y != x && popularity(f, y) > 0 && cn_graph_find_arc(f->train, x, y) == CN_NONE;
}

static bool is_named(const best_list *list, uint32_t y) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->vertex[i] == y) {
            return true;
        }
    }
    return false;
}

/* Fill a list up with the most popular of those that are not on it. */
static void add_popular(const fold *f, uint32_t x, best_list *list) {
    for (uint32_t i = 0; i < f->popular_count && list->count < NAMED; i++) {
        if (may_be_named(f, x, f->popular[i]) && !is_named(list, f->popular[i])) {
            list->vertex[list->count++] = f->popular[i];
        }
    }
}

static void rank_all(fold *f, uint32_t x) {
    const cn__link_scores *scores = &f->scores;
    memset(f->best, 0, sizeof f->best);
    for (uint32_t i = 0; i < scores->count; i++) {
        uint32_t y = scores->list[i];
        if (!may_be_named(f, x, y)) {
            continue;
        }
        uint64_t tie = cn__try_mix(f->seed ^ x, y);
        for (int k = CN_PARTNER_SCORE_COMMON; k < CN_PARTNER_SCORE_COUNT; k++) {
            if (f->t->kinds >> k & 1 && scores->value[k][y] > 0) {
                rank(&f->best[k], y, scores->value[k][y], tie);
            }
        }
    }
    add_popular(f, x, &f->best[CN_PARTNER_SCORE_COMBINED]);
    add_popular(f, x, &f->best[CN_PARTNER_SCORE_POPULARITY]);
    best_list *random = &f->best[CN_PARTNER_SCORE_RANDOM];
    for (int i = 0; i < DRAWS && random->count < NAMED && f->popular_count > 0; i++) {
        uint32_t y = f->popular[cn__random_below(&f->random, f->popular_count)];
        if (!is_named(random, y) && may_be_named(f, x, y)) {
            random->vertex[random->count++] = y;
        }
    }
}

static void count_named(fold *f) {
    double most = f->hidden_count < FIRST ? f->hidden_count : FIRST;
    f->oracle += most / FIRST;
    for (int k = 0; k < CN_PARTNER_SCORE_COUNT; k++) {
        for (uint32_t i = 0; i < f->best[k].count; i++) {
            for (uint32_t j = 0; j < f->hidden_count; j++) {
                bool hit = f->hidden[j] == f->best[k].vertex[i];
                f->hits[k] += hit;
                f->precision[k] += hit && i < FIRST ? 1.0 / FIRST : 0;
            }
        }
    }
}

/* ---- pairs that are not linked ---- */

/* A target that x is not linked with anywhere in the network, or CN_NONE. */
static uint32_t draw(fold *f, uint32_t x, bool by_popularity) {
    for (int i = 0; i < DRAWS; i++) {
        uint32_t y = by_popularity ? f->train->out_to[cn__random_below(&f->random, f->train->m)]
                                   : f->popular[cn__random_below(&f->random, f->popular_count)];
        if (y != x && cn_graph_find_arc(f->full, x, y) == CN_NONE) {
            return y;
        }
    }
    return CN_NONE;
}

static void compare(fold *f, uint32_t x, uint32_t y, bool by_popularity, double *sums) {
    uint32_t others[NEGATIVES];
    int count = 0;
    for (int i = 0; i < NEGATIVES; i++) {
        others[count] = draw(f, x, by_popularity);
        count += others[count] != CN_NONE;
    }
    for (int k = 0; k < CN_PARTNER_SCORE_COUNT; k++) {
        double mine = value_of(f, k, x, y);
        double won = count > 0 ? 0 : 0.5;
        for (int i = 0; i < count; i++) {
            double other = value_of(f, k, x, others[i]);
            won += (mine > other ? 1 : mine < other ? 0 : 0.5) / count;
        }
        sums[k] += won;
    }
}

/* ---- one fold ---- */

/* What its declared needs and the declared products of others say: no link is asked, so none can leak. */
static void add_fit(void *context, const cn__ware *made) {
    const coding *c = context;
    cn__link_scores *scores = &c->f->scores;
    double fit = cn__ware_fit(made, c->need->code);
    if (made->evidence != CN_PARTNER_BY_DECLARATION || !(fit > 0)) {
        return;
    }
    cn__link_scores_touch(scores, made->org);
    double *value = &scores->value[CN_PARTNER_SCORE_CODES][made->org];
    *value = fit > *value ? fit : *value;
}

static void add_codes(fold *f, uint32_t x) {
    uint32_t count;
    const cn__ware *needs = cn__wares_of(&f->t->catalogue.needs, x, &count);
    for (uint32_t i = 0; i < count; i++) {
        coding c = {f, &needs[i]};
        if (needs[i].evidence == CN_PARTNER_BY_DECLARATION) {
            cn__wares_near(&f->t->catalogue.makes, needs[i].code, add_fit, &c);
        }
    }
}

/* The parts of the search that stand for network and codes, by its points. */
static void combine(fold *f) {
    cn__link_scores *scores = &f->scores;
    bool codes = (f->t->kinds >> CN_PARTNER_SCORE_CODES & 1) != 0;
    double code_points = cn_partner_part_most(CN_PARTNER_PART_CODES, CN_PARTNER_SUPPLIER);
    double link_points = cn_partner_part_most(CN_PARTNER_PART_NETWORK, CN_PARTNER_SUPPLIER);
    double most = 0;
    for (uint32_t i = 0; i < scores->count; i++) {
        double value = scores->value[f->t->best][scores->list[i]];
        most = value > most ? value : most;
    }
    for (uint32_t i = 0; i < scores->count; i++) {
        uint32_t y = scores->list[i];
        double link = most > 0 ? scores->value[f->t->best][y] / most : 0;
        double code = codes ? scores->value[CN_PARTNER_SCORE_CODES][y] : 0;
        scores->value[CN_PARTNER_SCORE_COMBINED][y] = link_points * link + code_points * code;
    }
}

static void ask(fold *f, uint32_t x) {
    cn__link_scores_clear(&f->scores);
    if (f->t->board == CN_BOARD_PEER) {
        cn__near_scores(f->train, x, true, &f->scores);
    } else {
        bool two_mode = f->t->board == CN_BOARD_PARTICIPATION;
        cn__three_step_scores(f->train, x, CN_DIR_OUT, two_mode, &f->scores);
        if (!two_mode) {
            cn__near_scores(f->near, x, false, &f->scores);
        }
    }
    if (f->t->kinds >> CN_PARTNER_SCORE_CODES & 1) {
        add_codes(f, x);
    }
    combine(f);
    rank_all(f, x);
    count_named(f);
    for (uint32_t i = 0; i < f->hidden_count; i++) {
        compare(f, x, f->hidden[i], false, f->auc);
        compare(f, x, f->hidden[i], true, f->matched);
    }
    f->tested += f->hidden_count;
    f->asked++;
}

/* The targets of x that were hidden; those that are cold are counted and left out. */
static void find_hidden(fold *f, uint32_t x) {
    f->hidden_count = 0;
    for (uint32_t a = f->full->out_start[x]; a < f->full->out_start[x + 1]; a++) {
        uint32_t y = f->full->out_to[a];
        if (cn_graph_find_arc(f->train, x, y) != CN_NONE) {
            continue;
        }
        bool known = f->train->out_start[x + 1] > f->train->out_start[x] && popularity(f, y) > 0;
        if (known) {
            f->hidden[f->hidden_count++] = y;
        }
        f->cold += !known;
    }
}

static bool more_popular(const void *context, uint32_t a, uint32_t b) {
    const fold *f = context;
    uint32_t x = popularity(f, a);
    uint32_t y = popularity(f, b);
    return x != y ? x > y : cn__try_mix(f->seed, a) < cn__try_mix(f->seed, b);
}

static cn_status prepare(fold *f, cn_error *err) {
    uint32_t n = f->full->n;
    f->popular = cn__alloc(n, sizeof *f->popular);
    f->hidden = cn__alloc(n, sizeof *f->hidden);
    if (f->popular == NULL || f->hidden == NULL) {
        return CN__NO_MEMORY(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        if (popularity(f, v) > 0) {
            f->popular[f->popular_count++] = v;
        }
    }
    if (!cn__vertex_sort(f->popular, f->popular_count, more_popular, f)) {
        return CN__NO_MEMORY(err);
    }
    return cn__link_scores_init(&f->scores, n, err);
}

static void add_fold(const fold *f, cn_partner_trial *out, double (*rows)[4]) {
    double tested = f->tested > 0 ? (double)f->tested : 1;
    double asked = f->asked > 0 ? (double)f->asked : 1;
    for (int k = 0; k < CN_PARTNER_SCORE_COUNT; k++) {
        rows[k][0] = f->auc[k] / tested;
        rows[k][1] = f->matched[k] / tested;
        rows[k][2] = f->precision[k] / asked;
        rows[k][3] = f->hits[k] / tested;
    }
    out->asked += (double)f->asked;
    out->tested += (double)f->tested;
    out->cold += (double)f->cold;
    out->best_precision += f->oracle / asked;
}

static cn_status run_fold(fold *f, cn_partner_trial *out, double (*rows)[4], cn_error *err) {
    uint32_t n = f->full->n;
    uint32_t *askers = cn__alloc(n, sizeof *askers);
    uint32_t count = 0;
    cn_status status = askers != NULL ? prepare(f, err) : CN__NO_MEMORY(err);
    for (uint32_t x = 0; x < n && !status; x++) {
        find_hidden(f, x);
        if (f->hidden_count > 0) {
            askers[count++] = x;
        }
    }
    uint32_t asked = count < f->t->most_asked ? count : f->t->most_asked;
    uint64_t cold = f->cold;
    for (uint32_t i = 0; i < asked && !status; i++) {
        uint32_t other = i + cn__random_below(&f->random, count - i);
        uint32_t x = askers[other];
        askers[other] = askers[i];
        askers[i] = x;
        find_hidden(f, x);
        ask(f, x);
    }
    f->cold = cold;
    if (!status) {
        add_fold(f, out, rows);
    }
    cn__free(askers);
    return status;
}

cn_status cn__try_score(const cn__try *t, const cn_graph *train, const cn_graph *near, uint64_t seed, uint64_t random,
                        cn_partner_trial *out, double (*rows)[4], cn_error *err) {
    fold *f = cn__calloc(1, sizeof *f);
    if (f == NULL) {
        return CN__NO_MEMORY(err);
    }
    f->t = t;
    f->full = t->full;
    f->train = train;
    f->near = near;
    f->seed = seed;
    f->random = random;
    cn_status status = run_fold(f, out, rows, err);
    cn__free(f->popular);
    cn__free(f->hidden);
    cn__link_scores_release(&f->scores);
    cn__free(f);
    return status;
}
