/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet path: the best supply chains from one organisation to another. Where there is none, the answer is "no", with
 * what there is instead: a chain the other way round, or one that ignores direction.
 */
#include "show.h"

#include <math.h>
#include <stdlib.h>

enum { CHAINS_BY_DEFAULT = 3 };

typedef struct query {
    cn_entity from, to;
    cn_graph *graph;
    cn_paths found;
} query;

/* ---- no chain ---- */

static void complain_none(const session *s, const query *q) {
    complain(s->lang, TEXT_PATH_NONE, cn_entity_name(s->net, q->from), cn_entity_name(s->net, q->to), END);
    cn_error err = {0};
    cn_paths back = {0};
    cn_graph *both = NULL;
    cn_paths linked = {0};
    cn_buf names = {0};
    const uint32_t *vertex = q->graph->vertex;
    cn_graph_options options = {.link_kinds = show_layer(s, SHOW_SUPPLY_LAYER), .orientation = CN_UNDIRECTED};
    bool failed = cn_paths_compute(q->graph, vertex[q->to], vertex[q->from], 1, CN_PATH_STEPS, &back, &err) != CN_OK;
    if (!failed && !back.count) {
        failed = cn_graph_create(s->net, &options, &both, &err) ||
                 cn_paths_compute(both, both->vertex[q->from], both->vertex[q->to], 1, CN_PATH_STEPS, &linked, &err);
    }
    if (failed) {
        complain_error(s->lang, &err);
    } else if (back.count) {
        complain(s->lang, TEXT_PATH_REVERSE, cn_entity_id(s->net, q->to), cn_entity_id(s->net, q->from), END);
    } else if (linked.count) {
        show_names(s, both, linked.paths[0].vertices, linked.paths[0].steps + 1, " – ", &names);
        complain(s->lang, TEXT_PATH_UNDIRECTED, names.data ? names.data : "", END);
    } else {
        complain(s->lang, TEXT_PATH_APART, END);
    }
    cn_buf_release(&names);
    cn_paths_release(&back);
    cn_paths_release(&linked);
    cn_graph_free(both);
}

/* ---- text ---- */

static const char *data_of(const cn_buf *buf) { return buf->data ? buf->data : ""; }

/* "   A → B: product, 40 m" for every step. */
static void add_step(session *s, const query *q, const cn_path *path, uint32_t step) {
    size_t count = 0;
    cn_buf names = {0};
    cn_buf rest = {0};
    show_names(s, q->graph, path->vertices + step, 2, " → ", &names);
    const cn_link *links = cn_graph_arc_links(q->graph, path->arcs[step], &count);
    show_products(s, links, count, true, &rest);
    if (q->graph->weight) {
        cn_buf_add_text(&rest, rest.len ? ", " : "");
        show_money(s, q->graph->weight[path->arcs[step]], &rest);
    }
    session_line(s, rest.len ? TEXT_PATH_STEP_WITH : TEXT_PATH_STEP, data_of(&names), data_of(&rest), END);
    s->out.failed = s->out.failed || names.failed || rest.failed;
    cn_buf_release(&names);
    cn_buf_release(&rest);
}

static void add_chain(session *s, const query *q, size_t index) {
    const cn_path *path = &q->found.paths[index];
    cli_digits digits;
    cn_buf text = {0};
    show_names(s, q->graph, path->vertices, path->steps + 1, " → ", &text);
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_PATH_CHAIN, digits_of(digits, index + 1), data_of(&text), END);
    if (isnan(path->value)) {
        session_line(s, TEXT_PATH_STEPS, digits_of(digits, path->steps), END);
    } else {
        text.len = 0;
        show_money(s, path->value, &text);
        session_line(s, TEXT_PATH_STEPS_VALUE, digits_of(digits, path->steps), data_of(&text), END);
    }
    for (uint32_t step = 0; step < path->steps; step++) {
        add_step(s, q, path, step);
    }
    s->out.failed = s->out.failed || text.failed;
    cn_buf_release(&text);
}

static void add_text(session *s, const query *q, uint32_t k) {
    cli_digits digits;
    session_heading(s, TEXT_PATH_HEAD, cn_entity_name(s->net, q->from), cn_entity_name(s->net, q->to), END);
    show_layer_line(s, show_layer(s, SHOW_SUPPLY_LAYER), q->graph);
    for (size_t i = 0; i < q->found.count; i++) {
        add_chain(s, q, i);
    }
    if (q->found.count < k) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_PATH_FEWER, digits_of(digits, q->found.count), END);
    }
}

/* ---- JSON ---- */

static void add_step_json(const session *s, json *j, const query *q, const cn_path *path, uint32_t step) {
    size_t count = 0;
    uint32_t arc = path->arcs[step];
    const cn_link *links = cn_graph_arc_links(q->graph, arc, &count);
    json_begin(j, NULL, '{');
    json_text(j, "from", cn_entity_id(s->net, q->graph->entity[path->vertices[step]]));
    json_text(j, "to", cn_entity_id(s->net, q->graph->entity[path->vertices[step + 1]]));
    json_number(j, "value", q->graph->weight ? q->graph->weight[arc] : (double)NAN);
    json_begin(j, "products", '[');
    const char **codes = malloc((count ? count : 1) * sizeof *codes);
    size_t distinct = codes ? show_product_codes(s, links, count, codes) : 0;
    j->out->failed = j->out->failed || !codes;
    for (size_t i = 0; i < distinct; i++) {
        json_text(j, NULL, codes[i]);
    }
    free(codes);
    json_end(j, ']');
    json_end(j, '}');
}

static void add_json(session *s, const query *q) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    show_entity_json(s, &j, "from", q->from);
    show_entity_json(s, &j, "to", q->to);
    json_text(&j, "by", s->options.number[OPTION_PATH_BY] == CN_PATH_VALUE ? "value" : "steps");
    show_layer_json(&j, show_layer(s, SHOW_SUPPLY_LAYER), q->graph);
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    json_begin(&j, "paths", '[');
    for (size_t i = 0; i < q->found.count; i++) {
        const cn_path *path = &q->found.paths[i];
        json_begin(&j, NULL, '{');
        json_count(&j, "steps", path->steps);
        json_number(&j, "value", path->value);
        json_begin(&j, "entities", '[');
        for (uint32_t v = 0; v <= path->steps; v++) {
            show_entity_json(s, &j, NULL, q->graph->entity[path->vertices[v]]);
        }
        json_end(&j, ']');
        json_begin(&j, "links", '[');
        for (uint32_t step = 0; step < path->steps; step++) {
            add_step_json(s, &j, q, path, step);
        }
        json_end(&j, ']');
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
}

/* ---- the command ---- */

static int answer(session *s, const query *q, uint32_t k) {
    if (!q->found.count) {
        complain_none(s, q);
    }
    if (session_format_is(s, "json")) {
        add_json(s, q);
    } else if (q->found.count && session_format_is(s, "text")) {
        add_text(s, q, k);
    } else if (q->found.count) {
        cn_draw_options options = show_draw_options(s);
        options.view = CN_VIEW_PATH;
        options.subject = q->from;
        options.target = q->to;
        options.subject_given = true;
        options.k = k;
        return show_draw(s, &options);
    }
    return q->found.count ? EXIT_DONE : EXIT_NO;
}

int cmd_path(session *s) {
    if (!session_given(s, OPTION_FROM) || !session_given(s, OPTION_TO)) {
        return session_misuse(s, TEXT_OPTION_REQUIRED, "path", session_given(s, OPTION_FROM) ? "--to" : "--from", END);
    }
    query q = {0};
    int code = session_open(s);
    show_remark_picture_options(s);
    code = code ? code : session_org(s, OPTION_FROM, &q.from);
    code = code ? code : session_org(s, OPTION_TO, &q.to);
    if (code) {
        return code;
    }
    if (q.from == q.to) {
        return session_misuse(s, TEXT_SAME_ENDS, cn_entity_name(s->net, q.from), END);
    }
    cn_error err = {0};
    uint32_t k = session_given(s, OPTION_K) ? (uint32_t)s->options.number[OPTION_K] : CHAINS_BY_DEFAULT;
    cn_status status = show_supply_graph(s, &q.graph, &err);
    if (!status) {
        show_missing_values(s, q.graph);
        status = cn_paths_compute(q.graph, q.graph->vertex[q.from], q.graph->vertex[q.to], k,
                                  (cn_path_rank)s->options.number[OPTION_PATH_BY], &q.found, &err);
    }
    code = status ? session_fail(s, &err) : answer(s, &q, k);
    cn_paths_release(&q.found);
    cn_graph_free(q.graph);
    return code;
}
