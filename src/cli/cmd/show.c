/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces of answers that several commands give. Everything here only reads the network and adds to a buffer; costs are
 * linear in what is shown, O(links log links) for products.
 */
#include "show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- layer ---- */

uint32_t show_layer(const session *s, uint32_t otherwise) {
    return session_given(s, OPTION_LAYER) ? (uint32_t)s->options.number[OPTION_LAYER] : otherwise;
}

void show_layer_names(const session *s, uint32_t kinds, cn_buf *out) {
    size_t before = out->len;
    for (int i = 0; i < CN_LINK_KIND_COUNT; i++) {
        if (kinds & CN_KIND_BIT(i) && cn_link_count_of(s->net, (cn_link_kind)i)) {
            cn_buf_add_text(out, out->len > before ? ", " : "");
            cn_buf_add_text(out, cn_vocabulary_name(CN_VOC_LINK_KIND, i, s->lang));
        }
    }
    if (out->len == before) {
        cn_buf_add_text(out, text_of(s->lang, TEXT_LAYER_EMPTY));
    }
}

void show_layer_line(session *s, uint32_t kinds, const cn_graph *graph) {
    cn_buf names = {0};
    show_layer_names(s, kinds, &names);
    session_line(s, graph->weight ? TEXT_LAYER_LINE_WEIGHT : TEXT_LAYER_LINE, names.data ? names.data : "",
                 text_of(s->lang, graph->directed ? TEXT_DIRECTED : TEXT_UNDIRECTED), END);
    cn_buf_release(&names);
}

void show_layer_json(json *j, uint32_t kinds, const cn_graph *graph) {
    json_begin(j, "layer", '[');
    for (int i = 0; i < CN_LINK_KIND_COUNT; i++) {
        if (kinds & CN_KIND_BIT(i)) {
            json_text(j, NULL, cn_vocabulary_key(CN_VOC_LINK_KIND, i));
        }
    }
    json_end(j, ']');
    json_flag(j, "directed", graph->directed);
    json_text(j, "weight", graph->weight ? "value" : "none");
}

cn_status show_valued_graph(const session *s, cn_graph_options options, cn_graph **out, cn_error *err) {
    options.weighting = CN_WEIGHT_VALUE;
    cn_status status = cn_graph_create(s->net, &options, out, err);
    if (status || (*out)->links_no_value < (*out)->links_used) {
        return status;
    }
    cn_graph_free(*out); /* no value at all: nothing to weigh by */
    options.weighting = CN_WEIGHT_NONE;
    return cn_graph_create(s->net, &options, out, err);
}

cn_status show_supply_graph(const session *s, cn_graph **out, cn_error *err) {
    const cn_graph_options options = {
        .link_kinds = show_layer(s, SHOW_SUPPLY_LAYER), .orientation = CN_DIRECTED, .trace = true};
    return show_valued_graph(s, options, out, err);
}

double show_epsilon(const session *s, const cn_graph *graph, double limit) {
    static const double EPSILON = 0.01;
    limit = session_given(s, OPTION_EXACT_UP_TO) ? s->options.real[OPTION_EXACT_UP_TO] : limit;
    if (session_given(s, OPTION_EXACT) || cn_metric_work(graph) <= limit) {
        return 0;
    }
    return session_given(s, OPTION_EPSILON) ? s->options.real[OPTION_EPSILON] : EPSILON;
}

void show_missing_values(const session *s, const cn_graph *graph) {
    if (graph->weighting == CN_WEIGHT_VALUE && graph->links_no_value) {
        cli_digits missing, all;
        session_remark(s, TEXT_LINKS_WITHOUT_VALUE, digits_of(missing, graph->links_no_value),
                       digits_of(all, graph->links_used), END);
    }
}

/* ---- pieces ---- */

void show_entity_json(const session *s, json *j, const char *key, cn_entity entity) {
    json_begin(j, key, '{');
    json_text(j, "id", cn_entity_id(s->net, entity));
    json_text(j, "name", cn_entity_name(s->net, entity));
    json_end(j, '}');
}

void show_money(const session *s, double value, cn_buf *out) {
    if (isnan(value) || fabs(value) >= 9e16) {
        cn_format_number(out, s->lang, value, 0);
    } else {
        cn_format_money(out, s->lang, (int64_t)llround(value * 100), cn_network_currency(s->net));
    }
}

void show_product(const session *s, const char *code, cn_buf *out) {
    cn_entity product = cn_entity_find(s->net, code);
    text_add_clean(out, code);
    if (product != CN_NONE && cn_entity_kind_of(s->net, product) == CN_ENTITY_PRODUCT) {
        const char *name = cn_entity_short(s->net, product);
        if (strcmp(name, code) != 0) {
            cn_buf_add_text(out, " ");
            text_add_clean(out, name);
        }
    }
}

static int compare_codes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t show_product_codes(const session *s, const cn_link *links, size_t count, const char **codes) {
    size_t given = 0;
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        const char *code = cn_link_product(s->net, links[i]);
        codes[given] = code;
        given += code[0] != '\0';
    }
    qsort(codes, given, sizeof *codes, compare_codes);
    for (size_t i = 0; i < given; i++) {
        if (!distinct || strcmp(codes[distinct - 1], codes[i]) != 0) {
            codes[distinct++] = codes[i];
        }
    }
    return distinct;
}

void show_products(const session *s, const cn_link *links, size_t count, bool with_names, cn_buf *out) {
    const char **codes = malloc((count ? count : 1) * sizeof *codes);
    size_t distinct = codes ? show_product_codes(s, links, count, codes) : 0;
    out->failed = out->failed || !codes;
    for (size_t i = 0; i < distinct; i++) {
        cn_buf_add_text(out, i ? ", " : "");
        if (with_names) {
            show_product(s, codes[i], out);
        } else {
            cn_buf_add_text(out, codes[i]);
        }
    }
    free(codes);
}

void show_names(const session *s, const cn_graph *graph, const uint32_t *vertices, size_t count, const char *joint,
                cn_buf *out) {
    for (size_t i = 0; i < count; i++) {
        cn_buf_add_text(out, i ? joint : "");
        text_add_clean(out, cn_entity_short(s->net, graph->entity[vertices[i]]));
    }
}

/* ---- pictures ---- */

bool show_is_picture(const session *s) { return cn_picture_find(s->format) >= 0; }

void show_remark_picture_options(const session *s) {
    static const cli_option only[] = {OPTION_TITLE, OPTION_PAGE,           OPTION_THEME,           OPTION_TILES,
                                      OPTION_DPI,   OPTION_LAYOUT_SECONDS, OPTION_LAYOUT_MEGABYTES};
    char label[40];
    for (size_t i = 0; i < sizeof only / sizeof *only && !show_is_picture(s); i++) {
        if (session_given(s, only[i])) {
            session_remark(s, TEXT_OPTION_NOT_FOR_FORMAT, option_label(only[i], label), END);
        }
    }
}

cn_draw_options show_draw_options(const session *s) {
    const uint64_t *number = s->options.number;
    return (cn_draw_options){
        .format = (cn_picture)cn_picture_find(s->format),
        .lang = s->lang,
        .stream = (cn_stream)number[OPTION_STREAM],
        .depth = (uint32_t)number[OPTION_DEPTH],
        .k = (uint32_t)number[OPTION_K],
        .rank = (cn_path_rank)number[OPTION_PATH_BY],
        .link_kinds = (uint32_t)number[OPTION_LAYER],
        .title = s->options.text[OPTION_TITLE],
        .paper = (cn_paper)number[OPTION_PAGE],
        .theme = &s->theme,
        .tiles = session_given(s, OPTION_TILES),
        .dpi = (uint32_t)number[OPTION_DPI],
        .layout_ms = (uint32_t)number[OPTION_LAYOUT_SECONDS] * 1000,
        .layout_bytes = number[OPTION_LAYOUT_MEGABYTES] << 20,
        .full = session_given(s, OPTION_FULL),
        .limit = (uint32_t)number[OPTION_BOXES],
        .collapse = session_given(s, OPTION_COLLAPSE) ? (cn_draw_collapse)(number[OPTION_COLLAPSE] + 1) : CN_DRAW_AUTO,
        .backbone = s->options.real[OPTION_BACKBONE],
        .top = (uint32_t)number[OPTION_FOREMOST],
        .top_metric = session_given(s, OPTION_TOP_BY) ? s->options.metrics[0] : CN_METRIC_STRENGTH,
        .engine = session_given(s, OPTION_ENGINE) ? (cn_engine)(number[OPTION_ENGINE] + 1) : CN_ENGINE_AUTO,
    };
}

/* What the picture sums up, as remarks. */
static void remark_told(const session *s, const cn_diags *told) {
    for (size_t i = 0; i < cn_diags_count(told); i++) {
        cn_buf text = {0};
        cn_diag_text(cn_diags_at(told, i), s->lang, &text);
        session_remark(s, TEXT_DRAWN_LESS, text.data ? text.data : "", END);
        cn_buf_release(&text);
    }
}

int show_draw(session *s, const cn_draw_options *given) {
    cn_error err = {0};
    cn_draw_options options = *given;
    cn_status status = cn_diags_create(&options.told, &err);
    if (!status) {
        options.watch = session_watch(s, text_of(s->lang, TEXT_LAYOUT_SEARCHING));
        status = cn_draw(s->net, &options, cn_sink_buf(&s->out), &err);
        status = session_unwatch(s, status, &err);
    }
    if (!status) {
        remark_told(s, options.told);
    }
    cn_diags_free(options.told);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
