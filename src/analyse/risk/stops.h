/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the search for what stops: the state that is built up and taken back, the forest of its nodes, the buyer's output. */
#ifndef CN_ANALYSE_STOPS_H
#define CN_ANALYSE_STOPS_H

#include "upstream.h"

typedef struct cn__stop_state {
    const cn_upstream *up;
    bool *stopped;   /* by vertex */
    uint32_t *alive; /* by group: suppliers left */
    uint32_t *log;   /* stopped vertices in their order */
    uint32_t log_count;
    uint32_t *supplied_start; /* by vertex and one more: into supplied */
    uint32_t *supplied;       /* groups of which the vertex is a supplier */
    bool buyer_touched;       /* set when a supplier of the buyer stops */
    uint64_t work;            /* vertices and arcs looked at */
} cn__stop_state;

bool cn__stop_state_init(cn__stop_state *state, const cn_upstream *up); /* false: memory, and nothing is held */
void cn__stop_state_release(cn__stop_state *state);
/* Stop some vertices and all that follows. */
void cn__stop_add(cn__stop_state *state, const uint32_t *vertices, uint32_t count);
/* Back to the state in which the log had this length. */
void cn__stop_undo(cn__stop_state *state, uint32_t log_count);

/*
 * Nodes: groups of vertices that stop each other, then firms of several vertices. What stops with the parent of a node
 * stops with the node.
 */
typedef struct cn__stop_forest {
    uint32_t node_count;
    uint32_t group_count; /* nodes below are groups */
    uint32_t *parent;     /* or CN_NONE */
    uint32_t *child_start;
    uint32_t *child;
    uint32_t *firms_below; /* firms in the tree of a node */
    uint32_t *start;       /* group_count+1: into vertex */
    uint32_t *vertex;
    uint32_t *firm; /* by node from group_count: local firm */
} cn__stop_forest;

bool cn__stop_forest_init(cn__stop_forest *forest,
                          const cn__stop_state *state); /* false: memory; release it all the same */
void cn__stop_forest_release(cn__stop_forest *forest);
const uint32_t *cn__stop_node_vertices(const cn__stop_forest *forest, const cn_upstream *up, uint32_t node,
                                       uint32_t *count);
/* The firm (local) that the i-th of these vertices brings with it, or CN_NONE: a firm of several vertices has a node of its own. */
uint32_t cn__stop_node_firm(const cn__stop_forest *forest, const cn_upstream *up, uint32_t node, uint32_t i);

/* What the buyer sells, and what its purchases are to that. */
typedef struct cn__stop_output {
    size_t count;       /* products sold, at least 1 */
    double *value;      /* by product sold */
    bool *essential;    /* by group of the buyer × product sold */
    double *total;      /* by group of the buyer: purchases, with those outside the flows */
    bool *home_outside; /* by group of the buyer: some is bought outside the flows and not from abroad */
    double sum;
    bool assumed;
} cn__stop_output;

bool cn__stop_output_init(cn__stop_output *output, const cn_upstream *up); /* false: memory; release it all the same */
void cn__stop_output_release(cn__stop_output *output);

#endif
