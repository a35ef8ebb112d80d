/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One cascade from shock to result: rounds of cascade_engine.c until nothing changes, with what each round cost and,
 * when asked, who lost how much in it. With days a round is a day and the last days are counted even when nothing
 * changes any more. Cost: preparing O(V + E), then what the rounds touch; steps O(changes log changes).
 */
#include <math.h>
#include <stdlib.h>

#include "cascade_impl.h"
#include "error.h"

static const double days_a_year = 365;

typedef struct running {
    cn__cascade_state state;
    cn_cascade *out;
    bool with_steps;
    size_t step_cap;
    size_t round_cap;
} running;

void cn_cascade_release(cn_cascade *cascade) {
    if (cascade != NULL) {
        cn__free(cascade->down);
        cn__free(cascade->up);
        cn__free(cascade->level);
        cn__free(cascade->first_round);
        cn__free(cascade->round_loss);
        cn__free(cascade->steps);
        *cascade = (cn_cascade){0};
    }
}

static int compare_steps(const void *a, const void *b) {
    const cn_cascade_step *x = a;
    const cn_cascade_step *y = b;
    return x->firm < y->firm ? -1 : x->firm > y->firm;
}

/* Keep what was just committed: each firm once, in the order of their numbers. */
static bool record_steps(running *run, uint32_t round) {
    const cn__cascade_state *s = &run->state;
    cn_cascade *out = run->out;
    size_t first = out->step_count;
    if (!cn__grow((void **)&out->steps, &run->step_cap, first, (size_t)s->down_count + s->up_count,
                  sizeof *out->steps)) {
        return false;
    }
    for (uint32_t i = 0; i < s->down_count; i++) {
        out->steps[out->step_count++] = (cn_cascade_step){.round = round, .firm = s->down_change[i].firm};
    }
    for (uint32_t i = 0; i < s->up_count; i++) {
        out->steps[out->step_count++] = (cn_cascade_step){.round = round, .firm = s->up_change[i].firm};
    }
    if (out->step_count > first) {
        qsort(out->steps + first, out->step_count - first, sizeof *out->steps, compare_steps);
    }
    size_t kept = first;
    for (size_t i = first; i < out->step_count; i++) {
        if (kept == first || out->steps[kept - 1].firm != out->steps[i].firm) {
            uint32_t firm = out->steps[i].firm;
            out->steps[kept] = out->steps[i];
            out->steps[kept].down = 1 - s->firm[firm].down;
            out->steps[kept++].up = 1 - s->firm[firm].up;
        }
    }
    out->step_count = kept;
    return true;
}

static bool record_round(running *run, uint32_t round) {
    const cn__cascade_state *s = &run->state;
    cn_cascade *out = run->out;
    for (uint32_t i = 0; i < s->down_count + s->up_count; i++) {
        uint32_t firm = i < s->down_count ? s->down_change[i].firm : s->up_change[i - s->down_count].firm;
        if (out->first_round[firm] == CN_NONE) {
            out->first_round[firm] = round;
        }
    }
    if (!cn__grow((void **)&out->round_loss, &run->round_cap, round, 1, sizeof *out->round_loss)) {
        return false;
    }
    out->round_loss[round] = fmin(1, s->weight_lost / s->model->weight_total);
    out->rounds = round;
    return !run->with_steps || record_steps(run, round);
}

/* The rounds. False: memory. */
static bool run_rounds(running *run) {
    cn__cascade_state *s = &run->state;
    const cn_cascade_options *options = &s->model->options;
    uint32_t limit = options->days > 0 ? options->days : options->max_rounds;
    cn_cascade *out = run->out;
    out->money_days = options->days > 0 ? 0 : (double)NAN;
    (void)cn__cascade_commit(s);
    if (!record_round(run, 0)) {
        return false;
    }
    for (uint32_t round = 1; round <= limit; round++) {
        cn__cascade_pass(s);
        bool changed = cn__cascade_commit(s);
        if (!changed && options->days == 0) {
            out->converged = true;
            return true;
        }
        if (!record_round(run, round)) {
            return false;
        }
        out->money_days += s->money_lost / days_a_year;
    }
    out->converged = options->days > 0;
    return true;
}

static bool alloc_firms(cn_cascade *out, uint32_t firms) {
    out->firm_count = firms;
    out->down = cn__alloc(firms, sizeof *out->down);
    out->up = cn__alloc(firms, sizeof *out->up);
    out->level = cn__alloc(firms, sizeof *out->level);
    out->first_round = cn__alloc(firms, sizeof *out->first_round);
    if (out->down == NULL || out->up == NULL || out->level == NULL || out->first_round == NULL) {
        return false;
    }
    for (uint32_t firm = 0; firm < firms; firm++) {
        out->first_round[firm] = CN_NONE;
    }
    return true;
}

/* The sums are taken again in the order of the firms: those of the state have grown by small steps. */
static void fill(const cn__cascade_state *s, cn_cascade *out) {
    for (uint32_t firm = 0; firm < out->firm_count; firm++) {
        double loss = cn__cascade_level_loss(s, firm);
        out->down[firm] = 1 - s->firm[firm].down;
        out->up[firm] = 1 - s->firm[firm].up;
        out->level[firm] = 1 - loss;
        out->weight_lost += loss * s->model->weight[firm];
        out->money += loss * s->model->money[firm];
        out->hit_count += loss > s->model->options.epsilon;
    }
    out->weight_total = s->model->weight_total;
    out->loss = fmin(1, out->weight_lost / out->weight_total);
}

cn_status cn_cascade_run(const cn_flows *flows, const cn_shock *shock, const cn_cascade_options *options,
                         cn_cascade *out, cn_error *err) {
    *out = (cn_cascade){0};
    cn__cascade_model model;
    running run = {.out = out, .with_steps = options != NULL && options->steps};
    cn_status status = cn__cascade_model_init(&model, flows, options, err);
    if (status != CN_OK) {
        return status;
    }
    if (!alloc_firms(out, model.firm_count) || !cn__cascade_state_init(&run.state, &model, shock)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    cn__cascade_begin(&run.state);
    if (!run_rounds(&run)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    fill(&run.state, out);
done:
    cn__cascade_state_release(&run.state);
    cn__cascade_model_release(&model);
    if (status != CN_OK) {
        cn_cascade_release(out);
    }
    return status;
}

bool cn__cascade_measure(const cn__cascade_model *model, const cn_shock *shock, double *loss, double *money) {
    cn__cascade_state state;
    bool ok = cn__cascade_state_init(&state, model, shock);
    if (ok) {
        cn__cascade_begin(&state);
        bool changed = cn__cascade_commit(&state);
        for (uint32_t round = 0; round < model->options.max_rounds && (changed || round == 0); round++) {
            cn__cascade_pass(&state);
            changed = cn__cascade_commit(&state);
        }
        *loss = fmin(1, state.weight_lost / model->weight_total);
        *money = state.money_lost;
    }
    cn__cascade_state_release(&state);
    return ok;
}
