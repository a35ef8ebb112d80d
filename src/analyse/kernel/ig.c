/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * igraph behind our own functions (0.10.2 to 0.10.15; the interface changes with 1.0, in this file only).
 *
 * Every job is the same: put our handlers in place, convert, call, copy the values out, put the old handlers back.
 * igraph's handlers know no context, hence the one static record below; igraph is not thread-safe anyway.
 * - The error handler is called once per level on the way up, later with an empty reason: the first one is kept. It must
 *   call IGRAPH_FINALLY_FREE, which is also why nothing of ours is ever put on igraph's clean-up stack: a failure deep
 *   inside would free it under our feet.
 * - Warnings are dropped: they tell of precision and of cases that our callers treat before they call.
 * - igraph adds 1 to every distance inside its weighted searches and compares with a relative tolerance of 1e-10; with
 *   lengths like 1e-9 (an arc of a milliard roubles) different distances would become equal. So all lengths are
 *   multiplied by the power of two that puts the least of them into [1, 2), which changes no comparison and no bit.
 * Cost of the conversion: O(V + E).
 */
#include "ig.h"

#include <igraph/igraph.h>
#include <math.h>
#include <string.h>

#include "error.h"

typedef struct ig_session {
    igraph_error_handler_t *old_error;
    igraph_warning_handler_t *old_warning;
    igraph_t graph;
    igraph_vector_t lengths;
    igraph_vector_t result;
    bool has_graph;
    bool has_lengths;
    bool has_result;
} ig_session;

enum { REASON_BYTES = 200 };
static struct {
    bool set;
    char reason[REASON_BYTES];
} first_error;

static void keep_error(const char *reason, const char *file, int line, igraph_error_t code) {
    (void)file;
    (void)line;
    if (!first_error.set) {
        const char *text = reason && *reason ? reason : igraph_strerror(code);
        size_t len = strnlen(text, REASON_BYTES - 1);
        memcpy(first_error.reason, text, len);
        first_error.reason[len] = '\0';
        first_error.set = true;
    }
    IGRAPH_FINALLY_FREE();
}

static void drop_warning(const char *reason, const char *file, int line) {
    (void)reason;
    (void)file;
    (void)line;
}

static double arc_length(const cn_graph *graph, uint32_t arc) { return graph->weight ? 1 / graph->weight[arc] : 1; }

/* Does this arc take part: no loop, not the second arc of an edge, of finite length? */
static bool takes_part(const cn_graph *graph, uint32_t from, uint32_t arc) {
    uint32_t to = graph->out_to[arc];
    return from != to && (graph->directed || from < to) && isfinite(arc_length(graph, arc));
}

static void measure(const cn_graph *graph, size_t *arcs, int *exponent) {
    double least = INFINITY;
    *arcs = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            if (takes_part(graph, v, a)) {
                ++*arcs;
                least = fmin(least, arc_length(graph, a));
            }
        }
    }
    int least_exponent = 1;
    if (*arcs > 0) {
        frexp(least, &least_exponent);
    }
    *exponent = 1 - least_exponent;
}

static igraph_error_t convert(const cn_graph *graph, ig_session *s) {
    size_t arcs = 0;
    int exponent = 0;
    measure(graph, &arcs, &exponent);
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, 2 * (igraph_integer_t)arcs);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_vector_init(&s->lengths, (igraph_integer_t)arcs);
    s->has_lengths = code == IGRAPH_SUCCESS;
    if (s->has_lengths) {
        igraph_integer_t next = 0;
        for (uint32_t v = 0; v < graph->n; v++) {
            for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
                if (takes_part(graph, v, a)) {
                    VECTOR(ends)[2 * next] = v;
                    VECTOR(ends)[2 * next + 1] = graph->out_to[a];
                    VECTOR(s->lengths)[next++] = ldexp(arc_length(graph, a), exponent);
                }
            }
        }
        code = igraph_create(&s->graph, &ends, graph->n, graph->directed);
        s->has_graph = code == IGRAPH_SUCCESS;
    }
    igraph_vector_int_destroy(&ends);
    return code;
}

static igraph_error_t open_session(const cn_graph *graph, ig_session *s) {
    *s = (ig_session){.has_graph = false};
    first_error.set = false;
    s->old_error = igraph_set_error_handler(keep_error);
    s->old_warning = igraph_set_warning_handler(drop_warning);
    igraph_error_t code = convert(graph, s);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_vector_init(&s->result, 0);
        s->has_result = code == IGRAPH_SUCCESS;
    }
    return code;
}

/* Copy the result, release everything, and turn igraph's code into ours. */
static cn_status close_session(ig_session *s, igraph_error_t code, double *values, cn_error *err) {
    if (code == IGRAPH_SUCCESS) {
        igraph_integer_t count = igraph_vector_size(&s->result);
        for (igraph_integer_t i = 0; i < count; i++) {
            values[i] = VECTOR(s->result)[i];
        }
    }
    if (s->has_result) {
        igraph_vector_destroy(&s->result);
    }
    if (s->has_graph) {
        igraph_destroy(&s->graph);
    }
    if (s->has_lengths) {
        igraph_vector_destroy(&s->lengths);
    }
    igraph_set_error_handler(s->old_error);
    igraph_set_warning_handler(s->old_warning);
    if (code == IGRAPH_SUCCESS) {
        return CN_OK;
    }
    if (code == IGRAPH_ENOMEM) {
        return CN__NO_MEMORY(err);
    }
    return CN__FAIL1(err, CN_ERR_INTERNAL, IGRAPH_FAILED, first_error.set ? first_error.reason : igraph_strerror(code));
}

cn_status cn__ig_betweenness(const cn_graph *graph, double *values, cn_error *err) {
    ig_session s;
    igraph_error_t code = open_session(graph, &s);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_betweenness(&s.graph, &s.result, igraph_vss_all(), graph->directed,
                                  graph->weight ? &s.lengths : NULL);
    }
    return close_session(&s, code, values, err);
}
