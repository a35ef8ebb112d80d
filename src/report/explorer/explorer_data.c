/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network as the explorer's model.js reads it: one JSON object of columns. Products are not in it: they are codes on links.
 * Positions come from cn__spread over all links, scaled so that a typical link is some 60 long. Numbers are written short: positions to
 * a tenth, values in units of the currency.
 */
#include "explorer_data.h"

#include "error.h"
#include "memory.h"
#include "number.h"
#include "report_text.h"
#include "spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LINK_LENGTH 60.0f
enum { MAP_FROM = 3000 };

/* Shape and colour of kinds; the page's style has a colour for every tone. */
static const struct {
    const char *shape;
    const char *tone;
} kind_look[CN_ENTITY_KIND_COUNT] = {
    [CN_ENTITY_COMPANY] = {"circle", "company"},
    [CN_ENTITY_CLUSTER] = {"hexagon", "cluster"},
    [CN_ENTITY_PROJECT] = {"diamond", "project"},
    [CN_ENTITY_PARK] = {"triangle", "park"},
    [CN_ENTITY_ORGANISATION] = {"square", "organisation"},
    [CN_ENTITY_EVENT] = {"cross", "event"},
    [CN_ENTITY_PRODUCT] = {"bar", "product"},
};
static const struct {
    const char *tone;
    const char *dash;
    bool flow;
} link_look[CN_LINK_KIND_COUNT] = {
    [CN_LINK_SUPPLY] = {"supply", NULL, true},           [CN_LINK_SERVICE] = {"service", NULL, true},
    [CN_LINK_MEMBER] = {"member", "[1,3]", false},       [CN_LINK_PARTICIPANT] = {"participant", "[6,3]", false},
    [CN_LINK_RESIDENT] = {"resident", "[2,2]", false},   [CN_LINK_MANAGES] = {"manages", NULL, false},
    [CN_LINK_SERVES] = {"serves", "[7,3,2,3]", false},   [CN_LINK_AGREEMENT] = {"agreement", "[9,4]", false},
    [CN_LINK_OWNERSHIP] = {"ownership", "[2,2]", false}, [CN_LINK_SUPPORTS] = {"supports", NULL, false},
    [CN_LINK_ORGANISES] = {"event", NULL, false},        [CN_LINK_TAKES_PART] = {"event", "[2,3]", false},
    [CN_LINK_HOSTS] = {"event", "[5,3]", false},         [CN_LINK_MADE_FROM] = {"product", "[2,3]", false},
};

typedef struct explorer {
    const cn_network *net;
    cn_lang lang;
    cn_buf *out;
    uint32_t count;    /* entities in the page */
    cn_entity *entity; /* by number in the page */
    uint32_t *number;  /* by entity: its number, or CN_NONE */
    double *sum;       /* by entity: values of its links */
    uint32_t *degree;  /* by entity */
    uint32_t *group;   /* by number: group, or CN_NONE */
    uint32_t group_count;
    cn_entity *groups; /* the clusters */
    float *x, *y;      /* by number */
} explorer;

static void put(explorer *e, const char *text) { cn_buf_add_text(e->out, text); }

static void put_number(explorer *e, double value, int decimals) {
    if (isnan(value)) {
        put(e, "null");
        return;
    }
    double scale = decimals ? 10 : 1;
    cn_format_exact(e->out, round(value * scale) / scale);
}

/* A column: [a,b,…] by a function that writes one element. */
static void column(explorer *e, const char *key, void (*element)(explorer *, uint32_t), uint32_t count) {
    put(e, "\"");
    put(e, key);
    put(e, "\":[");
    for (uint32_t i = 0; i < count; i++) {
        put(e, i ? "," : "");
        element(e, i);
    }
    put(e, "]");
}

/* ---- who is in it ---- */

static void add_up(explorer *e) {
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        double value = cn_link_value(e->net, link);
        cn_entity ends[] = {cn_link_from(e->net, link), cn_link_to(e->net, link)};
        for (int i = 0; i < 2; i++) {
            e->sum[ends[i]] += isnan(value) ? 0 : value;
            e->degree[ends[i]]++;
        }
    }
}

typedef struct ranked {
    double sum;
    uint32_t degree;
    cn_entity entity;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->sum != y->sum) {
        return x->sum < y->sum ? 1 : -1;
    }
    if (x->degree != y->degree) {
        return x->degree < y->degree ? 1 : -1;
    }
    return (x->entity > y->entity) - (x->entity < y->entity);
}

static bool choose(explorer *e, uint32_t limit) {
    uint32_t all = cn_entity_count(e->net);
    ranked *rows = cn__alloc(all, sizeof *rows);
    uint32_t count = 0;
    for (cn_entity v = 0; rows && v < all; v++) {
        e->number[v] = CN_NONE;
        if (cn_entity_kind_of(e->net, v) != CN_ENTITY_PRODUCT) {
            rows[count++] = (ranked){e->sum[v], e->degree[v], v};
        }
    }
    if (!rows) {
        return false;
    }
    if (count > limit) {
        qsort(rows, count, sizeof *rows, compare_ranked);
        count = limit;
    }
    for (uint32_t i = 0; i < count; i++) {
        e->number[rows[i].entity] = 0;
    }
    cn__free(rows);
    for (cn_entity v = 0; v < all; v++) { /* numbers follow the order of the network */
        if (e->number[v] == 0) {
            e->number[v] = e->count;
            e->entity[e->count++] = v;
        }
    }
    return true;
}

static bool in_page(const explorer *e, cn_link link) {
    return e->number[cn_link_from(e->net, link)] != CN_NONE && e->number[cn_link_to(e->net, link)] != CN_NONE;
}

/* ---- places ---- */

static cn_status spread_out(explorer *e, cn_error *err) {
    cn_graph *graph = NULL;
    uint32_t links = cn_link_count(e->net);
    uint32_t *from = cn__alloc(links, sizeof *from);
    uint32_t *to = cn__alloc(links, sizeof *to);
    size_t count = 0;
    cn_status status = from && to ? CN_OK : CN__NO_MEMORY(err);
    for (cn_link link = 0; !status && link < links; link++) {
        if (in_page(e, link)) {
            from[count] = e->number[cn_link_from(e->net, link)];
            to[count++] = e->number[cn_link_to(e->net, link)];
        }
    }
    status = status ? status : cn_graph_from_arcs(e->count, count, from, to, NULL, true, &graph, err);
    status = status ? status : cn__spread(graph, e->x, e->y, err);
    cn_graph_free(graph);
    cn__free(from);
    cn__free(to);
    for (uint32_t i = 0; !status && i < e->count; i++) {
        e->x[i] *= LINK_LENGTH;
        e->y[i] *= LINK_LENGTH;
    }
    return status;
}

/* Members of a cluster belong to its group; of several clusters the first counts. */
static void find_groups(explorer *e) {
    for (uint32_t i = 0; i < e->count; i++) {
        e->group[i] = CN_NONE;
        if (cn_entity_kind_of(e->net, e->entity[i]) == CN_ENTITY_CLUSTER) {
            e->group[i] = e->group_count;
            e->groups[e->group_count++] = e->entity[i];
        }
    }
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        if (cn_link_kind_of(e->net, link) == CN_LINK_MEMBER && in_page(e, link)) {
            uint32_t member = e->number[cn_link_from(e->net, link)];
            if (e->group[member] == CN_NONE) {
                e->group[member] = e->group[e->number[cn_link_to(e->net, link)]];
            }
        }
    }
}

/* ---- nodes ---- */

static void node_id(explorer *e, uint32_t i) { cn_json_string(e->out, cn_entity_id(e->net, e->entity[i])); }
static void node_name(explorer *e, uint32_t i) { cn_json_string(e->out, cn_entity_name(e->net, e->entity[i])); }
static void node_short(explorer *e, uint32_t i) {
    const char *name = cn_entity_short(e->net, e->entity[i]);
    cn_json_string(e->out, strcmp(name, cn_entity_name(e->net, e->entity[i])) == 0 ? "" : name);
}
static void node_kind(explorer *e, uint32_t i) { cn__format_u64(e->out, cn_entity_kind_of(e->net, e->entity[i])); }
static void node_x(explorer *e, uint32_t i) { put_number(e, (double)e->x[i], 1); }
static void node_y(explorer *e, uint32_t i) { put_number(e, (double)e->y[i], 1); }
static void node_group(explorer *e, uint32_t i) {
    cn__format_i64(e->out, e->group[i] == CN_NONE ? -1 : (int64_t)e->group[i]);
}
static void node_region(explorer *e, uint32_t i) {
    cn_json_string(e->out, cn_entity_text(e->net, e->entity[i], CN_FIELD_REGION));
}
static void node_inn(explorer *e, uint32_t i) {
    cn_json_string(e->out, cn_entity_text(e->net, e->entity[i], CN_FIELD_INN));
}
static void node_sum(explorer *e, uint32_t i) { put_number(e, e->sum[e->entity[i]], 0); }
static void node_degree(explorer *e, uint32_t i) { cn__format_u64(e->out, e->degree[e->entity[i]]); }
static void node_same(explorer *e, uint32_t i) {
    (void)i;
    put(e, "1");
}
static void node_output(explorer *e, uint32_t i) {
    int64_t minor = cn_entity_money(e->net, e->entity[i], CN_FIELD_OUTPUT);
    put_number(e, minor == CN_MONEY_NONE ? NAN : (double)minor / 100, 0);
}
static void node_headcount(explorer *e, uint32_t i) {
    put_number(e, cn_entity_number(e->net, e->entity[i], CN_FIELD_HEADCOUNT), 0);
}

/* Days since 1970-01-01, as JavaScript counts. */
static int64_t day_of(cn_date date, bool end) {
    return (int64_t)(end ? cn_date_last_day(date) : cn_date_first_day(date)) -
           cn_date_first_day(cn_date_make(1970, 1, 1));
}
static void put_day(explorer *e, cn_date date, bool end) {
    if (!date) {
        put(e, "null");
        return;
    }
    cn__format_i64(e->out, day_of(date, end));
}
static void node_since(explorer *e, uint32_t i) {
    cn_entity v = e->entity[i];
    bool event = cn_entity_kind_of(e->net, v) == CN_ENTITY_EVENT;
    put_day(e, cn_entity_date(e->net, v, event ? CN_FIELD_DATE : CN_FIELD_SINCE), false);
}
static void node_until(explorer *e, uint32_t i) {
    put_day(e, cn_entity_date(e->net, e->entity[i], CN_FIELD_UNTIL), true);
}

static void put_nodes(explorer *e) {
    put(e, "\"nodes\":{");
    column(e, "id", node_id, e->count);
    put(e, ",");
    column(e, "name", node_name, e->count);
    put(e, ",");
    column(e, "short", node_short, e->count);
    put(e, ",");
    column(e, "kind", node_kind, e->count);
    put(e, ",");
    column(e, "x", node_x, e->count);
    put(e, ",");
    column(e, "y", node_y, e->count);
    put(e, ",");
    column(e, "group", node_group, e->count);
    put(e, ",");
    column(e, "region", node_region, e->count);
    put(e, ",");
    column(e, "inn", node_inn, e->count);
    put(e, ",");
    column(e, "since", node_since, e->count);
    put(e, ",");
    column(e, "until", node_until, e->count);
    put(e, "}");
}

/* ---- links ---- */

typedef struct link_writer {
    const char *key;
    void (*element)(explorer *e, cn_link link);
} link_writer;

static void link_from(explorer *e, cn_link link) { cn__format_u64(e->out, e->number[cn_link_from(e->net, link)]); }
static void link_to(explorer *e, cn_link link) { cn__format_u64(e->out, e->number[cn_link_to(e->net, link)]); }
static void link_kind(explorer *e, cn_link link) { cn__format_u64(e->out, cn_link_kind_of(e->net, link)); }
static void link_value(explorer *e, cn_link link) { put_number(e, cn_link_value(e->net, link), 0); }
static void link_since(explorer *e, cn_link link) { put_day(e, cn_link_since(e->net, link), false); }
static void link_until(explorer *e, cn_link link) { put_day(e, cn_link_until(e->net, link), true); }

static void put_links(explorer *e) {
    static const link_writer columns[] = {{"from", link_from},   {"to", link_to},       {"kind", link_kind},
                                          {"value", link_value}, {"since", link_since}, {"until", link_until}};
    put(e, "\"links\":{");
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        bool first = true;
        put(e, c ? ",\"" : "\"");
        put(e, columns[c].key);
        put(e, "\":[");
        for (cn_link link = 0; link < cn_link_count(e->net); link++) {
            if (in_page(e, link)) {
                put(e, first ? "" : ",");
                columns[c].element(e, link);
                first = false;
            }
        }
        put(e, "]");
    }
    put(e, "}");
}

/* ---- what kinds there are ---- */

static void pair(explorer *e, const char *key, const char *text) {
    put(e, key);
    cn_json_string(e->out, text);
}

static void put_kinds(explorer *e) {
    uint32_t seen[CN_ENTITY_KIND_COUNT] = {0};
    for (uint32_t i = 0; i < e->count; i++) {
        seen[cn_entity_kind_of(e->net, e->entity[i])]++;
    }
    put(e, "\"kinds\":[");
    for (int k = 0; k < CN_ENTITY_KIND_COUNT; k++) {
        pair(e, k ? ",{\"key\":" : "{\"key\":", cn_vocabulary_key(CN_VOC_ENTITY_KIND, k));
        pair(e, ",\"name\":", cn_vocabulary_name(CN_VOC_ENTITY_KIND, k, e->lang));
        pair(e, ",\"shape\":", kind_look[k].shape);
        pair(e, ",\"tone\":", kind_look[k].tone);
        put(e, ",\"count\":");
        cn__format_u64(e->out, seen[k]);
        put(e, "}");
    }
    put(e, "]");
}

static void put_link_kinds(explorer *e) {
    uint32_t seen[CN_LINK_KIND_COUNT] = {0};
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        seen[cn_link_kind_of(e->net, link)] += in_page(e, link);
    }
    put(e, "\"linkKinds\":[");
    for (int k = 0; k < CN_LINK_KIND_COUNT; k++) {
        cn_buf side = {0};
        const char *name = cn_vocabulary_name(CN_VOC_LINK_KIND, k, e->lang);
        pair(e, k ? ",{\"key\":" : "{\"key\":", cn_vocabulary_key(CN_VOC_LINK_KIND, k));
        pair(e, ",\"name\":", name);
        CN__SAY(&side, LINK_OUT, e->lang, name);
        pair(e, ",\"outName\":", cn_link_kind_directed((cn_link_kind)k) && side.len ? side.data : name);
        side.len = 0;
        CN__SAY(&side, LINK_IN, e->lang, name);
        pair(e, ",\"inName\":", cn_link_kind_directed((cn_link_kind)k) && side.len ? side.data : name);
        pair(e, ",\"tone\":", link_look[k].tone);
        put(e, ",\"dash\":");
        put(e, link_look[k].dash ? link_look[k].dash : "null");
        put(e, link_look[k].flow ? ",\"flow\":true" : ",\"flow\":false");
        put(e, cn_link_kind_directed((cn_link_kind)k) ? ",\"directed\":true,\"count\":"
                                                      : ",\"directed\":false,\"count\":");
        cn__format_u64(e->out, seen[k]);
        put(e, "}");
        e->out->failed |= side.failed;
        cn_buf_release(&side);
    }
    put(e, "]");
}

static void put_metrics(explorer *e) {
    const struct {
        const char *key;
        const char *type;
        cn__report_text_id name;
        void (*element)(explorer *, uint32_t);
    } metrics[] = {{"same", "number", CN__REPORT_SAME_SIZE, node_same},
                   {"sum", "money", CN__REPORT_SUM_OF_LINKS, node_sum},
                   {"links", "number", CN__REPORT_LINKS_COUNT, node_degree}};
    put(e, "\"metrics\":[");
    for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++) {
        pair(e, m ? ",{\"key\":" : "{\"key\":", metrics[m].key);
        pair(e, ",\"name\":", cn__report_text(metrics[m].name, e->lang));
        pair(e, ",\"type\":", metrics[m].type);
        put(e, ",");
        column(e, "values", metrics[m].element, e->count);
        put(e, "}");
    }
    put(e, "]");
}

static void put_fields(explorer *e) {
    const struct {
        cn_field field;
        const char *type;
        void (*element)(explorer *, uint32_t);
    } fields[] = {{CN_FIELD_INN, "text", node_inn},
                  {CN_FIELD_OUTPUT, "money", node_output},
                  {CN_FIELD_HEADCOUNT, "number", node_headcount}};
    put(e, "\"fields\":[");
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        pair(e, f ? ",{\"name\":" : "{\"name\":", cn_field_name(fields[f].field, e->lang));
        pair(e, ",\"type\":", fields[f].type);
        put(e, ",");
        column(e, "values", fields[f].element, e->count);
        put(e, "}");
    }
    put(e, "]");
}

/* ---- groups: discs on the map ---- */

static void put_group(explorer *e, uint32_t g, uint32_t members, double x, double y, double r) {
    pair(e, g ? ",{\"id\":" : "{\"id\":", cn_entity_id(e->net, e->groups[g]));
    pair(e, ",\"name\":", cn_entity_short(e->net, e->groups[g]));
    put(e, ",\"declared\":true,\"node\":");
    cn__format_u64(e->out, e->number[e->groups[g]]);
    put(e, ",\"count\":");
    cn__format_u64(e->out, members);
    put(e, ",\"x\":");
    put_number(e, x, 1);
    put(e, ",\"y\":");
    put_number(e, y, 1);
    put(e, ",\"r\":");
    put_number(e, r, 1);
    put(e, "}");
}

static bool put_groups(explorer *e) {
    double *sums = cn__calloc((size_t)e->group_count * 3 + 1, sizeof *sums);
    if (!sums) {
        return false;
    }
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->group[i] != CN_NONE) {
            sums[e->group[i] * 3] += 1;
            sums[e->group[i] * 3 + 1] += (double)e->x[i];
            sums[e->group[i] * 3 + 2] += (double)e->y[i];
        }
    }
    put(e, "\"groups\":[");
    for (uint32_t g = 0; g < e->group_count; g++) {
        const double *s = &sums[g * 3];
        put_group(e, g, (uint32_t)s[0] - 1, s[1] / s[0], s[2] / s[0], 12 * sqrt(s[0]));
    }
    put(e, "],\"groupFlows\":[]");
    cn__free(sums);
    return true;
}

static void put_dates(explorer *e) {
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    for (cn_link link = 0; link < cn_link_count(e->net); link++) {
        cn_date ends[] = {cn_link_since(e->net, link), cn_link_until(e->net, link)};
        for (int i = 0; i < 2; i++) {
            if (ends[i]) {
                int64_t day = day_of(ends[i], i);
                first = day < first ? day : first;
                last = day > last ? day : last;
            }
        }
    }
    put(e, "\"dates\":");
    if (first >= last) {
        put(e, "null");
        return;
    }
    put(e, "[");
    cn__format_i64(e->out, first);
    put(e, ",");
    cn__format_i64(e->out, last);
    put(e, "]");
}

static bool write_all(explorer *e) {
    put(e, e->lang == CN_LANG_RU ? "{\"lang\":\"ru\",\"title\":" : "{\"lang\":\"en\",\"title\":");
    cn_json_string(e->out, cn_network_title(e->net));
    pair(e, ",\"currency\":", cn_network_currency(e->net));
    put(e, ",\"texts\":{");
    cn__report_page_texts(e->out, e->lang);
    put(e, "},\n");
    put_kinds(e);
    put(e, ",\n");
    put_link_kinds(e);
    put(e, ",\n");
    put_nodes(e);
    put(e, ",\n");
    put_links(e);
    put(e, ",\n");
    put_metrics(e);
    put(e, ",\n");
    put_fields(e);
    put(e, ",\n");
    bool done = put_groups(e);
    put(e, ",\n");
    put_dates(e);
    put(e, e->count > MAP_FROM && e->group_count > 1 ? ",\"opensOnMap\":true" : ",\"opensOnMap\":false");
    put(e, ",\"clusterKind\":");
    cn__format_u64(e->out, CN_ENTITY_CLUSTER);
    put(e, ",\"firmKind\":");
    cn__format_u64(e->out, CN_ENTITY_COMPANY);
    put(e, "}");
    return done && !e->out->failed;
}

cn_status cn__explorer_data(const cn_network *net, cn_lang lang, uint32_t limit, cn_buf *out, uint32_t *kept,
                            cn_error *err) {
    uint32_t all = cn_entity_count(net);
    explorer e = {.net = net, .lang = lang, .out = out};
    e.entity = cn__alloc(all, sizeof *e.entity);
    e.number = cn__alloc(all, sizeof *e.number);
    e.sum = cn__calloc(all, sizeof *e.sum);
    e.degree = cn__calloc(all, sizeof *e.degree);
    e.group = cn__alloc(all, sizeof *e.group);
    e.groups = cn__alloc(all, sizeof *e.groups);
    e.x = cn__calloc(all, sizeof *e.x);
    e.y = cn__calloc(all, sizeof *e.y);
    cn_status status = CN_OK;
    if (!e.entity || !e.number || !e.sum || !e.degree || !e.group || !e.groups || !e.x || !e.y) {
        status = CN__NO_MEMORY(err);
    }
    if (!status) {
        add_up(&e);
        status = choose(&e, limit) ? spread_out(&e, err) : CN__NO_MEMORY(err);
    }
    if (!status) {
        find_groups(&e);
        status = write_all(&e) ? CN_OK : CN__NO_MEMORY(err);
        *kept = e.count;
    }
    cn__free(e.entity);
    cn__free(e.number);
    cn__free(e.sum);
    cn__free(e.degree);
    cn__free(e.group);
    cn__free(e.groups);
    cn__free(e.x);
    cn__free(e.y);
    return status;
}
