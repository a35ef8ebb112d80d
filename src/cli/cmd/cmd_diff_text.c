/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet diff in its forms: words and tables, CSV with a row a link, JSON; and the figures year by year. */
#include "cmd_diff.h"

#include <math.h>
#include <stdlib.h>

enum { LINKS_SHOWN = 15, NAMES_SHOWN = 15 };

/* ---- words ---- */

/* "New: A, B and 3 more" for the actors, clusters and projects that appeared or are gone. */
static void say_entities(session *s, const diff *d, bool gone) {
    cn_buf names = {0};
    cli_digits number, rest;
    uint64_t count = 0;
    for (uint32_t i = 0; i < d->changes.entity_count; i++) {
        const cn_entity_change *e = &d->changes.entities[i];
        bool wanted = gone ? e->after == CN_NONE : e->before == CN_NONE;
        if (wanted && diff_kind(d, i) != CN_ENTITY_PRODUCT && count++ < NAMES_SHOWN) {
            cn_buf_add_text(&names, names.len ? ", " : "");
            text_add_clean(&names, diff_short(d, i));
        }
    }
    if (count > NAMES_SHOWN) {
        text_add(&names, s->lang, TEXT_RISK_AND_MORE, digits_of(rest, count - NAMES_SHOWN), END);
    }
    if (count) {
        session_line(s, gone ? TEXT_DIFF_GONE : TEXT_DIFF_NEW, digits_of(number, count), names.data ? names.data : "",
                     END);
    }
    s->out.failed = s->out.failed || names.failed;
    cn_buf_release(&names);
}

static void say_matches(session *s, const diff *d) {
    cli_digits ids, inns;
    session_line(s, TEXT_DIFF_MATCHED, digits_of(ids, d->changes.by_id), digits_of(inns, d->changes.by_inn), END);
    for (uint32_t i = 0; i < d->changes.entity_count; i++) {
        const cn_entity_change *e = &d->changes.entities[i];
        if (e->matched == CN_MATCHED_INN) {
            session_line(s, TEXT_DIFF_BY_INN, cn_entity_id(d->before, e->before), cn_entity_id(d->after, e->after),
                         cn_entity_text(d->after, e->after, CN_FIELD_INN), END);
        } else if (e->inn_differs) {
            session_line(s, TEXT_DIFF_INN_DIFFERS, cn_entity_id(d->after, e->after),
                         cn_entity_text(d->before, e->before, CN_FIELD_INN),
                         cn_entity_text(d->after, e->after, CN_FIELD_INN), END);
        }
    }
}

/* ---- links by kind ---- */

typedef struct kind_sum {
    uint32_t before, after, by_change[CN_FATE_SHRANK + 1];
    double value_before, value_after;
} kind_sum;

static void sum_kinds(const diff *d, kind_sum *sums) {
    for (size_t i = 0; i < d->changes.link_count; i++) {
        const cn_link_change *link = &d->changes.links[i];
        kind_sum *sum = &sums[link->kind];
        sum->before += link->count_before > 0;
        sum->after += link->count_after > 0;
        sum->by_change[link->change]++;
        sum->value_before += isnan(link->before) ? 0 : link->before;
        sum->value_after += isnan(link->after) ? 0 : link->after;
    }
}

static cn_status write_kinds(session *s, const diff *d, cn_error *err) {
    kind_sum sums[CN_LINK_KIND_COUNT] = {0};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    sum_kinds(d, sums);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_LINKS), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "before", d->label_before, CN_CELL_COUNT, 0);
    cn_table_add_column(table, "after", d->label_after, CN_CELL_COUNT, 0);
    cn_table_add_column(table, "new", text_of(s->lang, TEXT_COLUMN_NEW), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "gone", text_of(s->lang, TEXT_COLUMN_GONE), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "grew", text_of(s->lang, TEXT_COLUMN_GREW), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "shrank", text_of(s->lang, TEXT_COLUMN_SHRANK), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "value_before", text_of(s->lang, TEXT_COLUMN_SUM_BEFORE), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "value_after", text_of(s->lang, TEXT_COLUMN_SUM_AFTER), CN_CELL_MONEY, 0);
    for (int kind = 0; kind < CN_LINK_KIND_COUNT; kind++) {
        const kind_sum *sum = &sums[kind];
        if (sum->before + sum->after == 0) {
            continue;
        }
        bool valued = sum->value_before > 0 || sum->value_after > 0;
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, kind, s->lang));
        cn_table_add_count(table, sum->before);
        cn_table_add_count(table, sum->after);
        cn_table_add_count(table, sum->by_change[CN_FATE_NEW]);
        cn_table_add_count(table, sum->by_change[CN_FATE_GONE]);
        cn_table_add_count(table, sum->by_change[CN_FATE_GREW]);
        cn_table_add_count(table, sum->by_change[CN_FATE_SHRANK]);
        cn_table_add_money(table, valued ? risk_minor(sum->value_before) : CN_MONEY_NONE);
        cn_table_add_money(table, valued ? risk_minor(sum->value_after) : CN_MONEY_NONE);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

/* ---- the links that changed ---- */

static double size_of(const cn_link_change *link) {
    double before = isnan(link->before) ? 0 : link->before;
    double after = isnan(link->after) ? 0 : link->after;
    return fabs(after - before);
}

static int largest_first(const void *a, const void *b) {
    const cn_link_change *x = *(const cn_link_change *const *)a;
    const cn_link_change *y = *(const cn_link_change *const *)b;
    if (size_of(x) != size_of(y)) {
        return size_of(x) > size_of(y) ? -1 : 1;
    }
    return x < y ? -1 : x > y; /* rows of one array: in its order */
}

static int64_t minor_or_none(double value) { return isnan(value) ? CN_MONEY_NONE : risk_minor(value); }

static cn_status write_links(session *s, const diff *d, cn_error *err) {
    static const cli_text words[] = {TEXT_CHANGE_SAME, TEXT_CHANGE_NEW, TEXT_CHANGE_GONE, TEXT_CHANGE_GREW,
                                     TEXT_CHANGE_SHRANK};
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : LINKS_SHOWN;
    size_t count = 0;
    const cn_link_change **list = malloc((d->changes.link_count + 1) * sizeof *list);
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; list && i < d->changes.link_count; i++) {
        if (d->changes.links[i].change) {
            list[count++] = &d->changes.links[i];
        }
    }
    if (!list || status || !count) {
        free(list);
        cn_table_free(table);
        return status;
    }
    qsort(list, count, sizeof *list, largest_first);
    cn_table_add_column(table, "change", text_of(s->lang, TEXT_COLUMN_CHANGE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "from", text_of(s->lang, TEXT_COLUMN_FROM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "to", text_of(s->lang, TEXT_COLUMN_TO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", text_of(s->lang, TEXT_COLUMN_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "before", d->label_before, CN_CELL_MONEY, 0);
    cn_table_add_column(table, "after", d->label_after, CN_CELL_MONEY, 0);
    for (size_t i = 0; i < count && i < most; i++) {
        const cn_link_change *link = list[i];
        cn_table_add_text(table, text_of(s->lang, words[link->change]));
        cn_table_add_text(table, diff_short(d, link->from));
        cn_table_add_text(table, diff_short(d, link->to));
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, (int)link->kind, s->lang));
        cn_table_add_money(table, minor_or_none(link->before));
        cn_table_add_money(table, minor_or_none(link->after));
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_DIFF_LINKS, END);
    status = session_table(s, table, err);
    cli_digits shown, all;
    if (count > most) {
        session_line(s, TEXT_DIFF_CUT, digits_of(shown, most), digits_of(all, count), END);
    }
    cn_table_free(table);
    free(list);
    return status;
}

cn_status diff_write_text(session *s, const diff *d, cn_error *err) {
    session_heading(s, TEXT_DIFF_HEAD, d->label_before, d->label_after, END);
    say_entities(s, d, false);
    say_entities(s, d, true);
    cn_buf_add_text(&s->out, "\n");
    cn_status status = write_kinds(s, d, err);
    status = status ? status : write_links(s, d, err);
    cn_buf_add_text(&s->out, "\n");
    if (!session_given(s, OPTION_BETWEEN)) {
        say_matches(s, d);
    }
    session_line(s, TEXT_DIFF_NOTE, END);
    return status;
}

/* ---- CSV and JSON ---- */

static cn_status make_table(const diff *d, cn_table **out, cn_error *err) {
    static const char *const keys[] = {"change", "kind", "from", "from_name", "to", "to_name"};
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cn_table_add_column(*out, keys[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(*out, "links_before", "", CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "links_after", "", CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "value_before", "", CN_CELL_NUMBER, 0);
    cn_table_add_column(*out, "value_after", "", CN_CELL_NUMBER, 0);
    for (size_t i = 0; i < d->changes.link_count; i++) {
        const cn_link_change *link = &d->changes.links[i];
        cn_table_add_text(*out, cn_fate_key(link->change));
        cn_table_add_text(*out, cn_vocabulary_key(CN_VOC_LINK_KIND, (int)link->kind));
        cn_table_add_text(*out, diff_id(d, link->from));
        cn_table_add_text(*out, diff_short(d, link->from));
        cn_table_add_text(*out, diff_id(d, link->to));
        cn_table_add_text(*out, diff_short(d, link->to));
        cn_table_add_count(*out, link->count_before);
        cn_table_add_count(*out, link->count_after);
        cn_table_add_number(*out, link->before);
        cn_table_add_number(*out, link->after);
    }
    return CN_OK;
}

cn_status diff_write_csv(session *s, const diff *d, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = make_table(d, &table, err);
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

cn_status diff_write_json(session *s, const diff *d, cn_error *err) {
    static const char *const matched[] = {"", "id", "inn"};
    json j = {&s->out, 0, true};
    cn_table *table = NULL;
    cn_status status = make_table(d, &table, err);
    if (status) {
        cn_table_free(table);
        return status;
    }
    json_begin(&j, NULL, '{');
    json_date(&j, "before", cn_network_as_of_date(d->before));
    json_date(&j, "after", cn_network_as_of_date(d->after));
    json_count(&j, "matched_by_id", d->changes.by_id);
    json_count(&j, "matched_by_inn", d->changes.by_inn);
    json_begin(&j, "entities", '[');
    for (uint32_t i = 0; i < d->changes.entity_count; i++) {
        const cn_entity_change *e = &d->changes.entities[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "change", e->before == CN_NONE ? "new" : e->after == CN_NONE ? "gone" : "same");
        json_text(&j, "kind", cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)diff_kind(d, i)));
        json_text_or_null(&j, "id_before", e->before == CN_NONE ? "" : cn_entity_id(d->before, e->before));
        json_text_or_null(&j, "id_after", e->after == CN_NONE ? "" : cn_entity_id(d->after, e->after));
        json_text(&j, "name", diff_short(d, i));
        json_text_or_null(&j, "matched_by", matched[e->matched]);
        json_flag(&j, "inn_differs", e->inn_differs);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    status = json_table(&j, "links", table, err);
    json_end(&j, '}');
    cn_table_free(table);
    return status;
}

/* ---- year by year ---- */

/* One character an eighth of the largest. */
static void add_spark(cn_buf *out, double value, double most) {
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int level = most > 0 && !isnan(value) ? (int)(value / most * 8) : 0;
    cn_buf_add_text(out, isnan(value) ? " " : bars[level > 7 ? 7 : level]);
}

static void write_sparks(session *s, const cn_year *years, size_t count) {
    static const cli_text names[] = {TEXT_SPARK_LINKED, TEXT_SPARK_LINKS, TEXT_SPARK_VALUE, TEXT_SPARK_KEPT};
    for (size_t row = 0; row < sizeof names / sizeof *names; row++) {
        cn_buf bars = {0};
        double values[128] = {0};
        double most = 0;
        for (size_t i = 0; i < count && i < 128; i++) {
            const double figures[] = {years[i].linked, years[i].links, years[i].value, years[i].kept};
            values[i] = figures[row];
            most = isnan(values[i]) ? most : fmax(most, values[i]);
        }
        for (size_t i = 0; i < count && i < 128; i++) {
            add_spark(&bars, values[i], most);
        }
        session_line(s, names[row], bars.data ? bars.data : "", END);
        cn_buf_release(&bars);
    }
}

static cn_status years_table(const session *s, const cn_year *years, size_t count, bool text, cn_table **out,
                             cn_error *err) {
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    cn_table_add_column(*out, "date", text_of(s->lang, TEXT_COLUMN_DATE), CN_CELL_DATE, 0);
    cn_table_add_column(*out, "organisations", text_of(s->lang, TEXT_COLUMN_ORGANISATIONS), CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "linked", text_of(s->lang, TEXT_COLUMN_LINKED), CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "links", text_of(s->lang, TEXT_COLUMN_SUPPLY_PAIRS), CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "density", text_of(s->lang, TEXT_COLUMN_DENSITY), CN_CELL_NUMBER, 1);
    cn_table_add_column(*out, "value", text_of(s->lang, TEXT_COLUMN_SUM), text ? CN_CELL_MONEY : CN_CELL_NUMBER, 0);
    cn_table_add_column(*out, "members", text_of(s->lang, TEXT_COLUMN_CLUSTER_MEMBERS), CN_CELL_COUNT, 0);
    cn_table_add_column(*out, "kept", text_of(s->lang, TEXT_COLUMN_COOPERATION), CN_CELL_NUMBER, 1);
    cn_table_add_column(*out, "projects", text_of(s->lang, TEXT_COLUMN_PROJECTS), CN_CELL_COUNT, 0);
    for (size_t i = 0; i < count; i++) {
        const cn_year *year = &years[i];
        cn_table_add_date(*out, year->date);
        cn_table_add_count(*out, year->organisations);
        cn_table_add_count(*out, year->linked);
        cn_table_add_count(*out, year->links);
        cn_table_add_number(*out, text ? risk_in_percent(year->density) : year->density);
        if (text) {
            cn_table_add_money(*out, minor_or_none(year->value));
        } else {
            cn_table_add_number(*out, year->value);
        }
        cn_table_add_count(*out, year->members);
        cn_table_add_number(*out, text ? risk_in_percent(year->kept) : year->kept);
        cn_table_add_count(*out, year->projects);
    }
    return CN_OK;
}

cn_status years_write(session *s, const cn_year *years, size_t count, cn_error *err) {
    bool text = session_format_is(s, "text");
    cn_table *table = NULL;
    cn_status status = years_table(s, years, count, text, &table, err);
    if (status) {
        return status;
    }
    if (text) {
        session_heading(s, TEXT_YEARS_HEAD, END);
        if (count) {
            status = session_table(s, table, err);
            cn_buf_add_text(&s->out, "\n");
            write_sparks(s, years, count);
            session_line(s, TEXT_YEARS_NOTE, END);
        } else {
            session_line(s, TEXT_YEARS_NONE, END);
        }
    } else if (session_format_is(s, "csv")) {
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    } else {
        json j = {&s->out, 0, true};
        json_begin(&j, NULL, '{');
        json_text_or_null(&j, "currency", cn_network_currency(s->net));
        status = json_table(&j, "years", table, err);
        json_end(&j, '}');
    }
    cn_table_free(table);
    return status;
}
