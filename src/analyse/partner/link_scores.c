/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scores of missing links by short paths. Two steps for likeness (Liben-Nowell & Kleinberg 2007: common neighbours,
 * Jaccard; Adamic & Adar 2003; resource allocation: Zhou, Lü & Zhang 2009), three steps for partners that complete each other
 * (Kovács et al. 2019; for production networks Mattsson et al. 2021). One search a call: what a vertex passes on is summed at the
 * vertices in the middle first, so that a middle is left once, however many ways lead to it. Only what was touched is
 * cleared, so a call costs what it reaches. Sums are made in the order of the arcs: the same bytes every time.
 */
#include "link_scores.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "memory.h"

cn_status cn__link_scores_init(cn__link_scores *scores, uint32_t n, cn_error *err) {
    bool ok = true;
    *scores = (cn__link_scores){.n = n};
    for (int i = 0; i < CN_PARTNER_SCORE_COUNT; i++) {
        scores->value[i] = cn__calloc(n, sizeof(double));
        ok = ok && scores->value[i] != NULL;
    }
    scores->list = cn__alloc(n, sizeof *scores->list);
    scores->middle = cn__alloc(n, sizeof *scores->middle);
    scores->seen = cn__calloc(n, sizeof *scores->seen);
    scores->step = cn__calloc(n, sizeof *scores->step);
    scores->walk = cn__calloc(n, sizeof *scores->walk);
    scores->mass = cn__calloc(n, sizeof *scores->mass);
    ok = ok && scores->list && scores->middle && scores->seen && scores->step && scores->walk && scores->mass;
    return ok ? CN_OK : CN__NO_MEMORY(err);
}

void cn__link_scores_release(cn__link_scores *scores) {
    for (int i = 0; i < CN_PARTNER_SCORE_COUNT; i++) {
        cn__free(scores->value[i]);
    }
    cn__free(scores->list);
    cn__free(scores->middle);
    cn__free(scores->seen);
    cn__free(scores->step);
    cn__free(scores->walk);
    cn__free(scores->mass);
    *scores = (cn__link_scores){0};
}

void cn__link_scores_clear(cn__link_scores *scores) {
    for (uint32_t i = 0; i < scores->count; i++) {
        uint32_t v = scores->list[i];
        scores->seen[v] = false;
        for (int k = 0; k < CN_PARTNER_SCORE_COUNT; k++) {
            scores->value[k][v] = 0;
        }
    }
    scores->count = 0;
}

void cn__link_scores_touch(cn__link_scores *scores, uint32_t vertex) {
    if (!scores->seen[vertex]) {
        scores->seen[vertex] = true;
        scores->list[scores->count++] = vertex;
    }
}

/* ---- two steps ---- */

static double strength(const cn_graph *graph, uint32_t v) {
    double sum = 0;
    for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
        sum += graph->weight != NULL ? graph->weight[a] : 1;
    }
    return sum;
}

void cn__near_scores(const cn_graph *graph, uint32_t x, bool with_walk, cn__link_scores *out) {
    const uint32_t *start = graph->out_start;
    uint32_t own = start[x + 1] - start[x];
    for (uint32_t a = start[x]; a < start[x + 1]; a++) {
        uint32_t u = graph->out_to[a];
        uint32_t degree = start[u + 1] - start[u];
        double adamic = degree > 1 ? 1 / log(degree) : 0;
        double pass = (graph->weight != NULL ? graph->weight[a] : 1) / strength(graph, u);
        for (uint32_t b = start[u]; b < start[u + 1]; b++) {
            uint32_t y = graph->out_to[b];
            cn__link_scores_touch(out, y);
            out->value[CN_PARTNER_SCORE_COMMON][y] += 1;
            out->value[CN_PARTNER_SCORE_ADAMIC_ADAR][y] += adamic;
            out->value[CN_PARTNER_SCORE_RESOURCE][y] += 1.0 / degree;
            if (with_walk) {
                out->value[CN_PARTNER_SCORE_WALK][y] += pass * (graph->weight != NULL ? graph->weight[b] : 1);
            }
        }
    }
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t y = out->list[i];
        double common = out->value[CN_PARTNER_SCORE_COMMON][y];
        uint32_t other = start[y + 1] - start[y];
        out->value[CN_PARTNER_SCORE_JACCARD][y] = common / (own + other - common);
    }
}

/* ---- three steps ---- */

typedef struct side {
    const uint32_t *start, *next;
} side;

void cn__three_step_scores(const cn_graph *graph, uint32_t x, cn_direction direction, bool with_common,
                           cn__link_scores *out) {
    const side outward = {graph->out_start, graph->out_to};
    const side inward = {graph->in_start, graph->in_from};
    const side go = direction == CN_DIR_OUT ? outward : inward;
    const side back = direction == CN_DIR_OUT ? inward : outward;
    uint32_t middles = 0;
    for (uint32_t a = go.start[x]; a < go.start[x + 1]; a++) {
        uint32_t u = go.next[a];
        double degree = back.start[u + 1] - back.start[u];
        for (uint32_t b = back.start[u]; b < back.start[u + 1]; b++) {
            uint32_t v = back.next[b];
            if (v == x) {
                continue;
            }
            if (!(out->step[v] > 0)) {
                out->middle[middles++] = v;
            }
            out->step[v] += 1;
            out->walk[v] += 1 / degree;
            out->mass[v] += 1 / sqrt(degree);
        }
    }
    for (uint32_t i = 0; i < middles; i++) {
        uint32_t v = out->middle[i];
        double degree = go.start[v + 1] - go.start[v];
        double l3 = out->mass[v] / sqrt(degree);
        double walk = out->walk[v] / degree;
        for (uint32_t c = go.start[v]; c < go.start[v + 1]; c++) {
            uint32_t y = go.next[c];
            cn__link_scores_touch(out, y);
            out->value[CN_PARTNER_SCORE_COMMON][y] += with_common;
            out->value[CN_PARTNER_SCORE_PATHS][y] += out->step[v];
            out->value[CN_PARTNER_SCORE_L3][y] += l3;
            out->value[CN_PARTNER_SCORE_WALK][y] += walk;
        }
        out->step[v] = out->walk[v] = out->mass[v] = 0;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        uint32_t y = out->list[i];
        out->value[CN_PARTNER_SCORE_WALK][y] /= sqrt((double)(back.start[y + 1] - back.start[y]));
    }
}
