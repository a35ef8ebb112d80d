/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ESRI of many firms: one cascade each, on a common model. A thread has one state, which it resets after each cascade
 * by what was touched; a cascade runs in one thread from beginning to end and writes only its own firm's places, so the
 * result is the same bytes for any number of threads.
 *
 * Cost: the cascades; a state takes about 100 bytes a firm and 30 for each pair of firm and product.
 */
#include <math.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "buf.h"
#include "cascade_impl.h"
#include "error.h"
#include "number.h"

/* A firm counts as hit when it loses more than this. */
static const double hit_loss = 0.01;

/* Ten times that of a single cascade: most of the time would go into the faint far ends of demand. */
static const double standard_epsilon = 1e-3;

typedef struct working {
    const cn__cascade_model *model;
    const uint32_t *firms; /* or NULL: all */
    uint64_t count;
    const cn_progress *progress;
    cn_esri *out;
    cn__cascade_state *states; /* by thread */
    int state_count;
    uint64_t done;
    bool stopped;
} working;

void cn_esri_release(cn_esri *esri) {
    if (esri != NULL) {
        cn__free(esri->loss);
        cn__free(esri->own);
        cn__free(esri->money);
        cn__free(esri->hit_count);
        *esri = (cn_esri){0};
    }
}

static void run_one(const working *w, cn__cascade_state *s, uint32_t firm) {
    cn__cascade_hit(s, firm, 1);
    for (uint32_t round = 0; round < w->model->options.max_rounds && cn__cascade_commit(s); round++) {
        cn__cascade_pass(s);
    }
    double lost = 0;
    double money = 0;
    uint32_t hit = 0;
    for (uint32_t i = 0; i < s->touched.count; i++) {
        uint32_t other = s->touched.item[i];
        double loss = cn__cascade_level_loss(s, other);
        lost += loss * w->model->weight[other];
        money += loss * w->model->money[other];
        hit += loss > hit_loss && other != firm;
    }
    w->out->loss[firm] = fmin(1, lost / w->model->weight_total);
    w->out->own[firm] = w->model->weight[firm] / w->model->weight_total;
    w->out->money[firm] = money;
    w->out->hit_count[firm] = hit;
    cn__cascade_state_reset(s);
}

static int thread_number(void) {
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

static int thread_count(int wanted) {
#ifdef _OPENMP
    int most = omp_get_max_threads();
    return wanted > 0 && wanted < most ? wanted : most;
#else
    (void)wanted;
    return 1;
#endif
}

/* Count one more; report about every half percent. */
static void advance(working *w) {
    uint64_t step = w->count / 200 + 1;
    w->done++;
    if (w->progress != NULL && w->progress->step != NULL && (w->done % step == 0 || w->done == w->count)) {
        w->stopped = w->stopped || !w->progress->step(w->progress->context, w->done, w->count);
    }
}

static void run_all(working *w) {
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 8) num_threads(w->state_count)
#endif
    for (int64_t i = 0; i < (int64_t)w->count; i++) {
        bool stopped;
#ifdef _OPENMP
#pragma omp atomic read
#endif
        stopped = w->stopped;
        if (stopped) {
            continue;
        }
        run_one(w, &w->states[thread_number()], w->firms != NULL ? w->firms[i] : (uint32_t)i);
#ifdef _OPENMP
#pragma omp critical(cn_cascade_progress)
#endif
        advance(w);
    }
}

static bool alloc_result(cn_esri *out, uint32_t firms) {
    out->firm_count = firms;
    out->loss = cn__alloc(firms, sizeof *out->loss);
    out->own = cn__alloc(firms, sizeof *out->own);
    out->money = cn__alloc(firms, sizeof *out->money);
    out->hit_count = cn__calloc(firms, sizeof *out->hit_count);
    if (out->loss == NULL || out->own == NULL || out->money == NULL || out->hit_count == NULL) {
        return false;
    }
    for (uint32_t firm = 0; firm < firms; firm++) {
        out->loss[firm] = out->own[firm] = out->money[firm] = (double)NAN;
    }
    return true;
}

static bool alloc_states(working *w) {
    w->states = cn__calloc((size_t)w->state_count, sizeof *w->states);
    bool ok = w->states != NULL;
    for (int i = 0; i < w->state_count && ok; i++) {
        ok = cn__cascade_state_init(&w->states[i], w->model, NULL);
    }
    return ok;
}

static cn_status number_error(cn_error *err, cn_status status, cn_message message, uint64_t a, uint64_t b) {
    cn_buf first = {0};
    cn_buf second = {0};
    cn__format_u64(&first, a);
    cn__format_u64(&second, b);
    const char *args[] = {first.failed ? "" : first.data, second.failed ? "" : second.data};
    status = cn__fail(err, status, message, 2, args);
    cn_buf_release(&first);
    cn_buf_release(&second);
    return status;
}

cn_status cn_cascade_all(const cn_flows *flows, const uint32_t *firms, size_t firm_count,
                         const cn_cascade_options *options, const cn_progress *progress, cn_esri *out, cn_error *err) {
    *out = (cn_esri){0};
    cn_cascade_options own = options != NULL ? *options : (cn_cascade_options){0};
    own.days = 0;
    own.epsilon = own.epsilon > 0 ? own.epsilon : standard_epsilon;
    for (size_t i = 0; firms != NULL && i < firm_count; i++) {
        if (firms[i] >= cn_flows_firm_count(flows)) {
            return number_error(err, CN_ERR_ARGUMENT, CN_MSG_CASCADE_NO_FIRM, firms[i], 0);
        }
    }
    cn__cascade_model model;
    cn_status status = cn__cascade_model_init(&model, flows, &own, err);
    if (status != CN_OK) {
        return status;
    }
    working w = {.model = &model,
                 .firms = firms,
                 .count = firms != NULL ? firm_count : model.firm_count,
                 .progress = progress,
                 .out = out,
                 .state_count = thread_count(own.threads)};
    if (!alloc_result(out, model.firm_count) || !alloc_states(&w)) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    run_all(&w);
    if (w.stopped) {
        status = number_error(err, CN_ERR_CANCELLED, CN_MSG_CASCADE_STOPPED, w.done, w.count);
    }
done:
    for (int i = 0; w.states != NULL && i < w.state_count; i++) {
        cn__cascade_state_release(&w.states[i]);
    }
    cn__free(w.states);
    cn__cascade_model_release(&model);
    if (status != CN_OK) {
        cn_esri_release(out);
    }
    return status;
}
