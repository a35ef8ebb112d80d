/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet info: what the network is and holds, and its figures (summary.h) in the default layer or that of --layer.
 * The text and JSON forms are made from the same table of figures.
 */
#include "show.h"

#include "coopnet/summary.h"
#include <math.h>

/* Dates of links and events; those of entities (a firm founded in 1961) say nothing about the data. */
static void period_of(const cn_network *net, cn_date *since, cn_date *until) {
    *since = *until = CN_DATE_NONE;
    for (uint32_t link = 0; link < cn_link_count(net); link++) {
        cn_date ends[] = {cn_link_since(net, link), cn_link_until(net, link)};
        for (int i = 0; i < 2; i++) {
            *since = ends[i] && (!*since || ends[i] < *since) ? ends[i] : *since;
            *until = ends[i] > *until ? ends[i] : *until;
        }
    }
    for (cn_entity entity = 0; entity < cn_entity_count(net); entity++) {
        cn_date date =
            cn_entity_kind_of(net, entity) == CN_ENTITY_EVENT ? cn_entity_date(net, entity, CN_FIELD_DATE) : 0;
        *since = date && (!*since || date < *since) ? date : *since;
        *until = date > *until ? date : *until;
    }
}

/* Sum of the values of a kind in minor units; CN_MONEY_NONE without values or beyond what money can hold. */
static int64_t sum_of_kind(const cn_network *net, cn_link_kind kind) {
    int64_t sum = CN_MONEY_NONE;
    for (uint32_t link = 0; link < cn_link_count(net); link++) {
        int64_t value = cn_link_value_minor(net, link);
        if (cn_link_kind_of(net, link) != kind || value == CN_MONEY_NONE) {
            continue;
        }
        int64_t before = sum == CN_MONEY_NONE ? 0 : sum;
        if (value > INT64_MAX - before) {
            return CN_MONEY_NONE;
        }
        sum = before + value;
    }
    return sum;
}

typedef struct figure {
    const char *key;
    cli_text name;
    cli_text meaning;
    double value;
} figure;

enum { FIGURE_COUNT = 20 };

static double bow_of(const cn_summary *sum, cn_bow place) { return sum->has_bow_tie ? sum->bow[place] : (double)NAN; }

static void list_figures(const cn_summary *sum, figure figures[FIGURE_COUNT]) {
    const figure all[FIGURE_COUNT] = {
        {"entities", TEXT_FIG_VERTICES, TEXT_MEAN_VERTICES, sum->vertices},
        {"linked", TEXT_FIG_LINKED, TEXT_MEAN_LINKED, sum->linked},
        {"pairs", TEXT_FIG_EDGES, TEXT_MEAN_EDGES, sum->edges},
        {"value_total", TEXT_FIG_VALUE, TEXT_MEAN_VALUE, sum->value_total},
        {"density", TEXT_FIG_DENSITY, TEXT_MEAN_DENSITY, sum->density},
        {"components", TEXT_FIG_COMPONENTS, TEXT_MEAN_COMPONENTS, sum->components},
        {"largest_component", TEXT_FIG_LARGEST, TEXT_MEAN_LARGEST, sum->largest_component},
        {"cycle_groups", TEXT_FIG_STRONG, TEXT_MEAN_STRONG, sum->strong_components},
        {"largest_cycle_group", TEXT_FIG_LARGEST_STRONG, TEXT_MEAN_LARGEST_STRONG, sum->largest_strong},
        {"bow_in", TEXT_FIG_BOW_IN, TEXT_MEAN_BOW_IN, bow_of(sum, CN_BOW_IN)},
        {"bow_out", TEXT_FIG_BOW_OUT, TEXT_MEAN_BOW_OUT, bow_of(sum, CN_BOW_OUT)},
        {"bow_tendrils", TEXT_FIG_BOW_TENDRIL, TEXT_MEAN_BOW_TENDRIL, bow_of(sum, CN_BOW_TENDRIL)},
        {"bow_tubes", TEXT_FIG_BOW_TUBE, TEXT_MEAN_BOW_TUBE, bow_of(sum, CN_BOW_TUBE)},
        {"bow_other", TEXT_FIG_BOW_OTHER, TEXT_MEAN_BOW_OTHER, bow_of(sum, CN_BOW_OTHER)},
        {"reciprocity", TEXT_FIG_RECIPROCITY, TEXT_MEAN_RECIPROCITY, sum->reciprocity},
        {"clustering", TEXT_FIG_CLUSTERING, TEXT_MEAN_CLUSTERING, sum->clustering},
        {"assortativity", TEXT_FIG_ASSORTATIVITY, TEXT_MEAN_ASSORTATIVITY, sum->assortativity},
        {"average_distance", TEXT_FIG_AVERAGE_PATH, TEXT_MEAN_AVERAGE_PATH, sum->average_path},
        {"diameter", TEXT_FIG_DIAMETER, TEXT_MEAN_DIAMETER, sum->diameter},
        {"centralisation", TEXT_FIG_CENTRALISATION, TEXT_MEAN_CENTRALISATION, sum->centralisation},
    };
    for (int i = 0; i < FIGURE_COUNT; i++) {
        figures[i] = all[i];
    }
}

/* ---- text ---- */

static void add_about(session *s) {
    const cn_network *net = s->net;
    cn_date since, until;
    cn_buf first = {0};
    cn_buf last = {0};
    const char *title = cn_network_title(net);
    session_heading(s, TEXT_AS_IS, title[0] ? title : text_of(s->lang, TEXT_UNTITLED), END);
    if (cn_network_as_of_date(net)) {
        cn_format_date(&first, s->lang, cn_network_as_of_date(net));
        session_line(s, TEXT_INFO_AS_OF, first.data ? first.data : "", END);
        first.len = 0;
    }
    period_of(net, &since, &until);
    if (since) {
        cn_format_date(&first, s->lang, since);
        cn_format_date(&last, s->lang, until);
        session_line(s, TEXT_INFO_PERIOD, first.data ? first.data : "", last.data ? last.data : "", END);
    }
    const struct {
        cli_text text;
        const char *value;
    } lines[] = {{TEXT_INFO_CURRENCY, cn_network_currency(net)},
                 {TEXT_INFO_SOURCE, cn_network_source(net)},
                 {TEXT_INFO_NOTE, cn_network_note(net)}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].value[0]) {
            session_line(s, lines[i].text, lines[i].value, END);
        }
    }
    cn_buf_release(&first);
    cn_buf_release(&last);
}

static cn_status add_table(session *s, cn_table *table, cn_error *err) {
    cn_buf_add_text(&s->out, "\n");
    cn_status status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

static cn_status add_entity_counts(session *s, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "count", text_of(s->lang, TEXT_COLUMN_NUMBER_OF), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_ENTITIES), CN_CELL_TEXT, 0);
    for (int i = 0; i < CN_ENTITY_KIND_COUNT; i++) {
        uint32_t count = cn_entity_count_of(s->net, (cn_entity_kind)i);
        if (count) {
            cn_table_add_count(table, count);
            cn_table_add_text(table, cn_entity_kind_counted((cn_entity_kind)i, s->lang, count));
        }
    }
    return add_table(s, table, err);
}

static cn_status add_link_counts(session *s, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "count", text_of(s->lang, TEXT_COLUMN_NUMBER_OF), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_LINKS), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "sum", text_of(s->lang, TEXT_COLUMN_SUM), CN_CELL_MONEY, 0);
    for (int i = 0; i < CN_LINK_KIND_COUNT; i++) {
        if (cn_link_count_of(s->net, (cn_link_kind)i)) {
            cn_table_add_count(table, cn_link_count_of(s->net, (cn_link_kind)i));
            cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, i, s->lang));
            cn_table_add_money(table, sum_of_kind(s->net, (cn_link_kind)i));
        }
    }
    return add_table(s, table, err);
}

static bool is_estimate(const cn_summary *sum) { return sum->path_samples > 0 || sum->pair_samples > 0; }

/* What a figure means, and how sure it is. */
static void add_meaning(const session *s, const cn_summary *sum, const figure *f, cn_buf *out) {
    cli_digits count;
    cn_buf margin = {0};
    cn_buf percent = {0};
    out->len = 0;
    bool estimated = is_estimate(sum);
    if (estimated && f->name == TEXT_FIG_AVERAGE_PATH) {
        cn_format_number(&margin, s->lang, sum->average_margin, 3);
        cn_format_number(&percent, s->lang, 100 * (1 - sum->delta), 4);
        text_add(out, s->lang, sum->pair_samples ? TEXT_MEAN_AVERAGE_PATH_PAIRS : TEXT_MEAN_AVERAGE_PATH_ABOUT,
                 margin.data ? margin.data : "", percent.data ? percent.data : "",
                 digits_of(count, sum->pair_samples ? sum->pair_samples : sum->path_samples), END);
    } else if (estimated && f->name == TEXT_FIG_DIAMETER) {
        text_add(out, s->lang, TEXT_MEAN_DIAMETER_ABOUT, digits_of(count, sum->diameter_at_most), END);
    } else {
        cn_buf_add_text(out, text_of(s->lang, f->meaning));
    }
    cn_buf_release(&margin);
    cn_buf_release(&percent);
}

static cn_status add_figures(session *s, const cn_summary *sum, cn_error *err) {
    figure figures[FIGURE_COUNT];
    cn_buf meaning = {0};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "figure", text_of(s->lang, TEXT_COLUMN_FIGURE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", text_of(s->lang, TEXT_COLUMN_VALUE), CN_CELL_NUMBER, 3);
    cn_table_add_column(table, "meaning", text_of(s->lang, TEXT_COLUMN_MEANING), CN_CELL_TEXT, 0);
    list_figures(sum, figures);
    for (int i = 0; i < FIGURE_COUNT; i++) {
        if (!isnan(figures[i].value)) {
            cn_table_add_text(table, text_of(s->lang, figures[i].name));
            cn_table_add_number(table, figures[i].value);
            add_meaning(s, sum, &figures[i], &meaning);
            cn_table_add_text(table, meaning.data ? meaning.data : "");
        }
    }
    cn_buf_release(&meaning);
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

static cn_status add_text(session *s, uint32_t kinds, const cn_graph *graph, const cn_summary *sum, cn_error *err) {
    add_about(s);
    cn_status status = cn_entity_count(s->net) ? add_entity_counts(s, err) : CN_OK;
    if (!status && cn_link_count(s->net)) {
        status = add_link_counts(s, err);
    }
    if (!status) {
        cn_buf_add_text(&s->out, "\n");
        show_layer_line(s, kinds, graph);
        status = add_figures(s, sum, err);
    }
    return status;
}

/* ---- JSON ---- */

/* How near the mean distance is; null: it is exact. */
static void add_estimate_json(json *j, const cn_summary *sum) {
    if (!is_estimate(sum)) {
        json_null(j, "average_distance_estimate");
        return;
    }
    json_begin(j, "average_distance_estimate", '{');
    json_text(j, "sample_of", sum->pair_samples ? "pairs" : "beginnings");
    json_count(j, "samples", sum->pair_samples ? sum->pair_samples : sum->path_samples);
    json_number(j, "margin", sum->average_margin);
    json_number(j, "probability", 1 - sum->delta);
    json_end(j, '}');
}

static void add_json(session *s, uint32_t kinds, const cn_graph *graph, const cn_summary *sum) {
    const cn_network *net = s->net;
    json j = {&s->out, 0, true};
    cn_date since, until;
    figure figures[FIGURE_COUNT];
    period_of(net, &since, &until);
    list_figures(sum, figures);
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(net));
    json_text(&j, "language", cn_network_lang(net) == CN_LANG_RU ? "ru" : "en");
    json_text_or_null(&j, "currency", cn_network_currency(net));
    json_date(&j, "as_of", cn_network_as_of_date(net));
    json_date(&j, "since", since);
    json_date(&j, "until", until);
    json_text_or_null(&j, "source", cn_network_source(net));
    json_text_or_null(&j, "note", cn_network_note(net));
    json_begin(&j, "entities", '{');
    for (int i = 0; i < CN_ENTITY_KIND_COUNT; i++) {
        json_count(&j, cn_vocabulary_key(CN_VOC_ENTITY_KIND, i), cn_entity_count_of(net, (cn_entity_kind)i));
    }
    json_end(&j, '}');
    json_begin(&j, "links", '{');
    for (int i = 0; i < CN_LINK_KIND_COUNT; i++) {
        json_count(&j, cn_vocabulary_key(CN_VOC_LINK_KIND, i), cn_link_count_of(net, (cn_link_kind)i));
    }
    json_end(&j, '}');
    show_layer_json(&j, kinds, graph);
    json_begin(&j, "summary", '{');
    for (int i = 0; i < FIGURE_COUNT; i++) {
        json_number(&j, figures[i].key, figures[i].value);
    }
    json_count(&j, "diameter_at_most", sum->diameter_at_most);
    add_estimate_json(&j, sum);
    json_end(&j, '}');
    json_end(&j, '}');
}

/* Kinds of entities that can have a link of these kinds: the density of supplies is one among firms, not among events. */
static uint32_t ends_of(uint32_t link_kinds) {
    uint32_t ends = 0;
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        if (link_kinds & CN_KIND_BIT(kind)) {
            ends |= cn_link_kind_from((cn_link_kind)kind) | cn_link_kind_to((cn_link_kind)kind);
        }
    }
    return ends;
}

static cn_status summarise(session *s, const cn_graph *graph, cn_summary *sum, cn_error *err) {
    cn_summary_options options = {.epsilon = show_epsilon(s, graph, SHOW_WORK_DISTANCES),
                                  .delta = s->options.real[OPTION_DELTA],
                                  .threads = (int)s->options.number[OPTION_THREADS],
                                  .watch = session_watch(s, text_of(s->lang, TEXT_COMPUTING_SUMMARY))};
    return session_unwatch(s, cn_summary_estimate(graph, &options, sum, err), err);
}

int cmd_info(session *s) {
    if (session_given(s, OPTION_EXACT) && session_given(s, OPTION_EPSILON)) {
        return session_misuse(s, TEXT_OPTIONS_CLASH, "--exact", "--epsilon", END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    cn_error err = {0};
    cn_graph *graph = NULL;
    cn_summary sum = {0};
    uint32_t kinds = show_layer(s, cn_graph_default_layer(s->net));
    cn_status status =
        show_valued_graph(s, (cn_graph_options){.link_kinds = kinds, .entity_kinds = ends_of(kinds)}, &graph, &err);
    if (!status) {
        status = summarise(s, graph, &sum, &err);
    }
    if (!status && session_format_is(s, "json")) {
        add_json(s, kinds, graph, &sum);
    } else if (!status) {
        status = add_text(s, kinds, graph, &sum, &err);
    }
    cn_graph_free(graph);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
