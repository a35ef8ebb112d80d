/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet map: the functional map of a cluster as picture, as document (text, Markdown) and as data. The network is read with all its years; the map holds what is in force on the date.
 */
#include "cmd_map.h"

#include <math.h>

double map_share(const cn_map *map, const cn_map_flow *flow) {
    return flow->counted && map->total_minor > 0 ? 100.0 * (double)flow->minor / (double)map->total_minor : (double)NAN;
}

/* ---- CSV: one row a line of the map ---- */

static void add_row(const session *s, const char *what, cn_entity from, cn_entity to, cn_link link, double share,
                    cn_table *table) {
    int64_t minor = link == CN_NONE ? CN_MONEY_NONE : cn_link_value_minor(s->net, link);
    cn_table_add_text(table, what);
    cn_table_add_text(table, from == CN_NONE ? "" : cn_entity_id(s->net, from));
    cn_table_add_text(table, from == CN_NONE ? "" : cn_entity_name(s->net, from));
    cn_table_add_text(table, to == CN_NONE ? "" : cn_entity_id(s->net, to));
    cn_table_add_text(table, to == CN_NONE ? "" : cn_entity_name(s->net, to));
    cn_table_add_text(table, link == CN_NONE ? "" : cn_link_product(s->net, link));
    cn_table_add_number(table, minor == CN_MONEY_NONE ? (double)NAN : (double)minor / 100);
    cn_table_add_number(table, share / 100);
    cn_table_add_text(table, link == CN_NONE ? "" : cn_link_source(s->net, link));
}

static cn_status write_csv(session *s, const cn_map *map, cn_error *err) {
    static const char *const texts[] = {"what", "from", "from_name", "to", "to_name", "product"};
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && !status; i++) {
        cn_table_add_column(table, texts[i], "", CN_CELL_TEXT, 0);
    }
    if (!status) {
        cn_table_add_column(table, "value", "", CN_CELL_NUMBER, 0);
        cn_table_add_column(table, "share", "", CN_CELL_NUMBER, 0);
        cn_table_add_column(table, "source", "", CN_CELL_TEXT, 0);
    }
    for (size_t i = 0; i < map->firm_count && !status; i++) {
        add_row(s, "participant", map->firms[i].entity, map->cluster, CN_NONE, (double)NAN, table);
    }
    for (size_t i = 0; i < map->flow_count && !status; i++) {
        const cn_map_flow *flow = &map->flows[i];
        add_row(s, flow->service ? "service" : "supply", flow->from, flow->to, flow->link, map_share(map, flow), table);
    }
    for (size_t i = 0; i < map->part_count && !status; i++) {
        add_row(s, "project", map->parts[i].firm, map->parts[i].project, CN_NONE, (double)NAN, table);
    }
    for (size_t i = 0; i < map->body_count && !status; i++) {
        add_row(s, map->bodies[i].manages ? "manages" : "serves", map->bodies[i].entity, map->cluster, CN_NONE,
                (double)NAN, table);
    }
    for (size_t i = 0; i < map->gap_count && !status; i++) {
        add_row(s, cn_reason_key(map->gaps[i].reason), map->gaps[i].entity, map->gaps[i].other, map->gaps[i].link,
                (double)NAN, table);
    }
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static int write_picture(session *s, cn_entity cluster) {
    cn_draw_options options = show_draw_options(s);
    options.view = CN_VIEW_MAP;
    options.subject = cluster;
    options.date = rules_date(s);
    return show_draw(s, &options);
}

static int answer(session *s, cn_entity cluster) {
    cn_error err = {0};
    cn_map map = {0};
    const cn_check_options options = {.date = rules_date(s)};
    cn_status status = cn_map_compute(s->net, cluster, &options, &map, &err);
    if (!status && session_format_is(s, "json")) {
        map_write_json(s, &map);
    } else if (!status && session_format_is(s, "csv")) {
        status = write_csv(s, &map, &err);
    } else if (!status) {
        status = map_write_document(s, &map, &err);
    }
    cn_map_release(&map);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_map(session *s) {
    cn_entity cluster = CN_NONE;
    int code = session_open_all(s);
    code = code ? code : rules_cluster(s, &cluster);
    if (code) {
        return code;
    }
    show_remark_picture_options(s);
    return show_is_picture(s) ? write_picture(s, cluster) : answer(s, cluster);
}
