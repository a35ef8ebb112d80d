/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of the explorer's data: [a,b,…]; {"all":a} where all are alike; {"words":[…],"at":[…]} where texts repeat. model.js spreads
 * the short forms out again.
 */
#include "explorer_impl.h"

#include "strmap.h"

#include <math.h>
#include <string.h>

typedef void element(cn__explorer *e, uint32_t i);

static void column(cn__explorer *e, const char *key, element *write, size_t count) {
    cn_buf *out = e->out;
    cn__explorer_put(e, key);
    size_t begin = out->len;
    size_t first = 0;
    bool alike = count > 1;
    cn__explorer_put(e, "[");
    for (size_t i = 0; i < count && !out->failed; i++) {
        cn__explorer_put(e, i ? "," : "");
        size_t at = out->len;
        write(e, (uint32_t)i);
        first = i ? first : out->len - at;
        alike = alike && !out->failed && out->len - at == first &&
                memcmp(out->data + begin + 1, out->data + at, first) == 0;
    }
    if (alike && !out->failed) {
        out->len = begin + 1 + first;
        memmove(out->data + begin + 7, out->data + begin + 1, first); /* "[a," is followed by more: there is room */
        memcpy(out->data + begin, "{\"all\":", 7);
        out->len = begin + 7 + first;
        cn__explorer_put(e, "}");
        return;
    }
    cn__explorer_put(e, "]");
}

/* ---- nodes ---- */

static void node_id(cn__explorer *e, uint32_t i) { cn_json_string(e->out, cn_entity_id(e->net, e->entity[i])); }
static void node_name(cn__explorer *e, uint32_t i) { cn_json_string(e->out, cn_entity_name(e->net, e->entity[i])); }
static void node_short(cn__explorer *e, uint32_t i) {
    const char *name = cn_entity_short(e->net, e->entity[i]);
    cn_json_string(e->out, strcmp(name, cn_entity_name(e->net, e->entity[i])) == 0 ? "" : name);
}
static void node_kind(cn__explorer *e, uint32_t i) { cn__format_u64(e->out, cn_entity_kind_of(e->net, e->entity[i])); }
static void node_x(cn__explorer *e, uint32_t i) { cn__explorer_put_number(e, (double)e->x[i], !e->opens_on_map); }
static void node_y(cn__explorer *e, uint32_t i) { cn__explorer_put_number(e, (double)e->y[i], !e->opens_on_map); }
static void node_group(cn__explorer *e, uint32_t i) {
    cn__format_i64(e->out, e->group[i] == CN_NONE ? -1 : (int64_t)e->group[i]);
}
static void node_inn(cn__explorer *e, uint32_t i) {
    cn_json_string(e->out, cn_entity_text(e->net, e->entity[i], CN_FIELD_INN));
}

/* Days since 1970-01-01, as JavaScript counts. */
static int64_t day_of(cn_date date, bool end) {
    return (int64_t)(end ? cn_date_last_day(date) : cn_date_first_day(date)) -
           cn_date_first_day(cn_date_make(1970, 1, 1));
}
static void put_day(cn__explorer *e, cn_date date, bool end) {
    if (!date) {
        cn__explorer_put(e, "null");
        return;
    }
    cn__format_i64(e->out, day_of(date, end));
}
static void node_since(cn__explorer *e, uint32_t i) {
    cn_entity v = e->entity[i];
    bool event = cn_entity_kind_of(e->net, v) == CN_ENTITY_EVENT;
    put_day(e, cn_entity_date(e->net, v, event ? CN_FIELD_DATE : CN_FIELD_SINCE), false);
}
static void node_until(cn__explorer *e, uint32_t i) {
    put_day(e, cn_entity_date(e->net, e->entity[i], CN_FIELD_UNTIL), true);
}

static void put_regions(cn__explorer *e) {
    cn__strmap seen = {0};
    cn_buf at = {0};
    uint32_t count = 0;
    cn__explorer_put(e, ",\"region\":{\"words\":[");
    for (uint32_t i = 0; i < e->count; i++) {
        const char *region = cn_entity_text(e->net, e->entity[i], CN_FIELD_REGION);
        size_t len = strlen(region);
        uint32_t word = cn__strmap_find(&seen, region, len);
        if (word == CN_NONE) {
            word = count++;
            e->out->failed |= !cn__strmap_add(&seen, region, len, word, NULL);
            cn__explorer_put(e, word ? "," : "");
            cn_json_string(e->out, region);
        }
        cn_buf_add_text(&at, i ? "," : "");
        cn__format_u64(&at, word);
    }
    cn__explorer_put(e, "],\"at\":[");
    cn__explorer_put(e, at.len ? at.data : "");
    cn__explorer_put(e, "]}");
    e->out->failed |= at.failed;
    cn_buf_release(&at);
    cn__strmap_release(&seen);
}

static void put_nodes(cn__explorer *e) {
    column(e, "\"nodes\":{\"id\":", node_id, e->count);
    column(e, ",\"name\":", node_name, e->count);
    column(e, ",\"short\":", node_short, e->count);
    column(e, ",\"kind\":", node_kind, e->count);
    column(e, ",\"x\":", node_x, e->count);
    column(e, ",\"y\":", node_y, e->count);
    column(e, ",\"group\":", node_group, e->count);
    column(e, ",\"inn\":", node_inn, e->count);
    column(e, ",\"since\":", node_since, e->count);
    column(e, ",\"until\":", node_until, e->count);
    put_regions(e);
    cn__explorer_put(e, "}");
}

/* ---- links ---- */

static void link_from(cn__explorer *e, uint32_t i) { cn__format_u64(e->out, e->from[i]); }
static void link_to(cn__explorer *e, uint32_t i) { cn__format_u64(e->out, e->to[i]); }
static void link_kind(cn__explorer *e, uint32_t i) { cn__format_u64(e->out, cn_link_kind_of(e->net, e->link[i])); }
static void link_value(cn__explorer *e, uint32_t i) {
    cn__explorer_put_number(e, cn_link_value(e->net, e->link[i]), 0);
}
static void link_since(cn__explorer *e, uint32_t i) { put_day(e, cn_link_since(e->net, e->link[i]), false); }
static void link_until(cn__explorer *e, uint32_t i) { put_day(e, cn_link_until(e->net, e->link[i]), true); }

static void put_links(cn__explorer *e) {
    column(e, "\"links\":{\"from\":", link_from, e->link_count);
    column(e, ",\"to\":", link_to, e->link_count);
    column(e, ",\"kind\":", link_kind, e->link_count);
    column(e, ",\"value\":", link_value, e->link_count);
    column(e, ",\"since\":", link_since, e->link_count);
    column(e, ",\"until\":", link_until, e->link_count);
    cn__explorer_put(e, "},\"linkCount\":");
    cn__format_u64(e->out, e->link_count);
}

static void put_dates(cn__explorer *e) {
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    for (size_t l = 0; l < e->link_count; l++) {
        cn_date ends[] = {cn_link_since(e->net, e->link[l]), cn_link_until(e->net, e->link[l])};
        for (int i = 0; i < 2; i++) {
            if (ends[i]) {
                int64_t day = day_of(ends[i], i);
                first = day < first ? day : first;
                last = day > last ? day : last;
            }
        }
    }
    cn__explorer_put(e, "\"dates\":");
    if (first >= last) {
        cn__explorer_put(e, "null");
        return;
    }
    cn__explorer_put(e, "[");
    cn__format_i64(e->out, first);
    cn__explorer_put(e, ",");
    cn__format_i64(e->out, last);
    cn__explorer_put(e, "]");
}

/* ---- what a size or a fact can be ---- */

static void node_same(cn__explorer *e, uint32_t i) {
    (void)i;
    cn__explorer_put(e, "1");
}
static void node_sum(cn__explorer *e, uint32_t i) { cn__explorer_put_number(e, e->sum[e->entity[i]], 0); }
static void node_degree(cn__explorer *e, uint32_t i) { cn__format_u64(e->out, e->degree[e->entity[i]]); }
static void node_output(cn__explorer *e, uint32_t i) {
    int64_t minor = cn_entity_money(e->net, e->entity[i], CN_FIELD_OUTPUT);
    cn__explorer_put_number(e, minor == CN_MONEY_NONE ? (double)NAN : (double)minor / 100, 0);
}
static void node_headcount(cn__explorer *e, uint32_t i) {
    cn__explorer_put_number(e, cn_entity_number(e->net, e->entity[i], CN_FIELD_HEADCOUNT), 0);
}

/* Four significant digits are more than a circle or a card can show. */
static void put_metric(cn__explorer *e, const cn__explorer_metric *metric) {
    cn__explorer_put_pair(e, ",{\"key\":", metric->key);
    cn__explorer_put_pair(e, ",\"name\":", metric->name);
    cn__explorer_put(e, ",\"type\":\"number\",\"values\":[");
    for (uint32_t i = 0; i < e->count; i++) {
        uint32_t vertex = metric->vertex[e->entity[i]];
        double value = vertex == CN_NONE ? (double)NAN : metric->values[vertex];
        int whole = value > 0 ? (int)floor(log10(value)) + 1 : 1; /* digits before the point */
        cn__explorer_put(e, i ? "," : "");
        cn__explorer_put_number(e, value, whole >= 4 ? 0 : whole < -4 ? 8 : 4 - whole);
    }
    cn__explorer_put(e, "]}");
}

static bool any_output(const cn__explorer *e) {
    for (uint32_t i = 0; i < e->count; i++) {
        if (cn_entity_money(e->net, e->entity[i], CN_FIELD_OUTPUT) != CN_MONEY_NONE) {
            return true;
        }
    }
    return false;
}

static void own_metric(cn__explorer *e, const char *key, const char *name, const char *type, element *write) {
    cn__explorer_put_pair(e, "{\"key\":", key);
    cn__explorer_put_pair(e, ",\"name\":", name);
    cn__explorer_put_pair(e, ",\"type\":", type);
    column(e, ",\"values\":", write, e->count);
    cn__explorer_put(e, "}");
}

static void put_metrics(cn__explorer *e) {
    cn__explorer_put(e, "\"metrics\":[");
    own_metric(e, "same", cn__report_text(CN__REPORT_SAME_SIZE, e->lang), "number", node_same);
    cn__explorer_put(e, ",");
    own_metric(e, "sum", cn__report_text(CN__REPORT_SUM_OF_LINKS, e->lang), "money", node_sum);
    cn__explorer_put(e, ",");
    own_metric(e, "links", cn__report_text(CN__REPORT_LINKS_COUNT, e->lang), "number", node_degree);
    if (any_output(e)) {
        cn__explorer_put(e, ",");
        own_metric(e, "output", cn_field_name(CN_FIELD_OUTPUT, e->lang), "money", node_output);
    }
    for (size_t m = 0; m < e->options->metric_count; m++) {
        put_metric(e, &e->options->metrics[m]);
    }
    cn__explorer_put(e, "]");
}

static void put_fields(cn__explorer *e) {
    const struct {
        cn_field field;
        const char *type;
        element *write;
    } fields[] = {{CN_FIELD_INN, "text", node_inn},
                  {CN_FIELD_OUTPUT, "money", node_output},
                  {CN_FIELD_HEADCOUNT, "number", node_headcount}};
    cn__explorer_put(e, "\"fields\":[");
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        cn__explorer_put_pair(e, f ? ",{\"name\":" : "{\"name\":", cn_field_name(fields[f].field, e->lang));
        cn__explorer_put_pair(e, ",\"type\":", fields[f].type);
        column(e, ",\"values\":", fields[f].write, e->count);
        cn__explorer_put(e, "}");
    }
    cn__explorer_put(e, "]");
}

void cn__explorer_put_columns(cn__explorer *e) {
    put_nodes(e);
    cn__explorer_put(e, ",\n");
    put_links(e);
    cn__explorer_put(e, ",\n");
    put_metrics(e);
    cn__explorer_put(e, ",\n");
    put_fields(e);
    cn__explorer_put(e, ",\n");
    put_dates(e);
}
