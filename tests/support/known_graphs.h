/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published graphs with published values, and the four firms of graphs/toy.json, as pairs of vertex numbers. */
#ifndef CN_TEST_KNOWN_GRAPHS_H
#define CN_TEST_KNOWN_GRAPHS_H

#include "check.h"
#include "coopnet/graph.h"

typedef struct known_graph {
    uint32_t n;
    bool directed;
    size_t count;
    const uint32_t (*pairs)[2];
    const double *weights; /* or NULL */
} known_graph;

/* The kite of Krackhardt (1990), vertices a … j as 0 … 9. */
enum { KITE_A, KITE_B, KITE_C, KITE_D, KITE_E, KITE_F, KITE_G, KITE_H, KITE_I, KITE_J };
static const uint32_t kite_pairs[][2] = {
    {KITE_A, KITE_B}, {KITE_A, KITE_C}, {KITE_A, KITE_D}, {KITE_A, KITE_F}, {KITE_B, KITE_D}, {KITE_B, KITE_E},
    {KITE_B, KITE_G}, {KITE_C, KITE_D}, {KITE_C, KITE_F}, {KITE_D, KITE_E}, {KITE_D, KITE_F}, {KITE_D, KITE_G},
    {KITE_E, KITE_G}, {KITE_F, KITE_G}, {KITE_F, KITE_H}, {KITE_G, KITE_H}, {KITE_H, KITE_I}, {KITE_I, KITE_J},
};

/* Marriages among 15 Florentine families (Padgett & Ansell 1993; without the unrelated Pucci). */
enum {
    ACCIAIUOLI,
    ALBIZZI,
    BARBADORI,
    BISCHERI,
    CASTELLANI,
    GINORI,
    GUADAGNI,
    LAMBERTESCHI,
    MEDICI,
    PAZZI,
    PERUZZI,
    RIDOLFI,
    SALVIATI,
    STROZZI,
    TORNABUONI,
    FAMILIES
};
static const uint32_t marriage_pairs[][2] = {
    {ACCIAIUOLI, MEDICI},    {MEDICI, BARBADORI},   {MEDICI, RIDOLFI},      {MEDICI, TORNABUONI},
    {MEDICI, ALBIZZI},       {MEDICI, SALVIATI},    {CASTELLANI, PERUZZI},  {CASTELLANI, STROZZI},
    {CASTELLANI, BARBADORI}, {PERUZZI, STROZZI},    {PERUZZI, BISCHERI},    {STROZZI, RIDOLFI},
    {STROZZI, BISCHERI},     {RIDOLFI, TORNABUONI}, {TORNABUONI, GUADAGNI}, {ALBIZZI, GINORI},
    {ALBIZZI, GUADAGNI},     {SALVIATI, PAZZI},     {BISCHERI, GUADAGNI},   {GUADAGNI, LAMBERTESCHI},
};

/* Raw material 0, A 1, B 2, final maker 3: sales 0→1 40, 0→2 30, 1→3 60, 2→3 50. */
static const uint32_t toy_pairs[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
static const double toy_weights[] = {40, 30, 60, 50};

#define KNOWN_COUNT(pairs) (sizeof(pairs) / sizeof((pairs)[0]))
static const known_graph known_kite = {10, false, KNOWN_COUNT(kite_pairs), kite_pairs, NULL};
static const known_graph known_marriages = {FAMILIES, false, KNOWN_COUNT(marriage_pairs), marriage_pairs, NULL};
static const known_graph known_toy = {4, true, KNOWN_COUNT(toy_pairs), toy_pairs, toy_weights};

static inline cn_graph *known_make(const known_graph *known) {
    uint32_t from[32];
    uint32_t to[32];
    cn_graph *graph = NULL;
    for (size_t i = 0; i < known->count; i++) {
        from[i] = known->pairs[i][0];
        to[i] = known->pairs[i][1];
    }
    CHECK_INT(cn_graph_from_arcs(known->n, known->count, from, to, known->weights, known->directed, &graph, NULL),
              CN_OK);
    return graph;
}

#endif
