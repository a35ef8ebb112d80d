/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functional map of a cluster (map.h) as a picture: columns from the infrastructure over the tiers of suppliers to the anchor enterprises and the joint projects; participants without any contract in a column of
 * their own, so that a gap is seen. Lines are supplies and services between participants, with code, value and the share in all supplies between them, and parts in projects. The infrastructure serves the cluster as
 * a whole and has no lines. Cost: O(firms · flows).
 */
#include "view_lines.h"

#include "coopnet/map.h"

#include <stdio.h>
#include <string.h>

#include "error.h"

#define ROOMY_NODES 24

typedef struct map_view {
    const cn_network *net;
    const cn_map *map;
    cn__scene *scene;
    uint32_t *node;   /* by entity: its node, or CN_NONE */
    uint32_t deepest; /* tier */
    bool any_rest;
    bool any_idle;
} map_view;

/* ---- columns: infrastructure, tiers from the deepest, rest, idle, projects ---- */

static uint32_t first_tier_column(const map_view *v) { return v->map->body_count ? 1 : 0; }
static uint32_t rest_column(const map_view *v) { return first_tier_column(v) + v->deepest + 1; }
static uint32_t project_column(const map_view *v) { return rest_column(v) + v->any_rest; }
static uint32_t idle_column(const map_view *v) { return project_column(v) + (v->map->part_count > 0); }

static uint32_t column_of(const map_view *v, const cn_map_firm *firm) {
    if (!firm->linked) {
        return idle_column(v);
    }
    return firm->tier == CN_MAP_NO_TIER ? rest_column(v) : first_tier_column(v) + v->deepest - firm->tier;
}

static void measure_columns(map_view *v) {
    for (size_t i = 0; i < v->map->firm_count; i++) {
        const cn_map_firm *firm = &v->map->firms[i];
        v->any_idle = v->any_idle || !firm->linked;
        v->any_rest = v->any_rest || (firm->linked && firm->tier == CN_MAP_NO_TIER);
        if (firm->linked && firm->tier != CN_MAP_NO_TIER && firm->tier > v->deepest) {
            v->deepest = firm->tier;
        }
    }
}

static void add_column(map_view *v, cn__draw_text_id text, const char *number) {
    cn__scene_column *column = cn__scene_add_column(v->scene);
    if (column) {
        cn_buf words = {0};
        cn__draw_text_1(&words, text, v->scene->lang, number);
        column->lines[column->line_count++] = cn__scene_keep_buf(v->scene, &words, false);
    }
}

static void add_columns(map_view *v) {
    char number[16];
    if (v->map->body_count) {
        add_column(v, CN__TEXT_MAP_BODIES, "");
    }
    for (uint32_t tier = v->deepest; tier > 0; tier--) {
        (void)snprintf(number, sizeof number, "%u", (unsigned)tier);
        add_column(v, CN__TEXT_MAP_TIER, number);
    }
    add_column(v, CN__TEXT_MAP_ANCHOR, "");
    if (v->any_rest) {
        add_column(v, CN__TEXT_MAP_REST, "");
    }
    if (v->map->part_count) {
        add_column(v, CN__TEXT_MAP_PROJECTS, "");
    }
    if (v->any_idle) {
        add_column(v, CN__TEXT_MAP_IDLE, "");
    }
    v->scene->ordered_columns = true;
}

/* ---- boxes ---- */

static void add_box(map_view *v, cn_entity entity, uint32_t column, bool inside, bool bold) {
    cn_buf small = {0};
    cn__node_style style = cn__node_style_of(v->net, entity, inside, true);
    cn__view_small_line(v->net, entity, v->scene->lang, &small);
    v->node[entity] = cn__view_add_node(v->scene, v->net, entity, style, bold, small.data ? small.data : "");
    if (v->node[entity] != CN_NONE) {
        v->scene->nodes[v->node[entity]].column = column;
    }
    v->scene->failed |= small.failed;
    cn_buf_release(&small);
}

static void add_boxes(map_view *v) {
    for (size_t i = 0; i < v->map->body_count; i++) {
        if (v->node[v->map->bodies[i].entity] == CN_NONE) {
            add_box(v, v->map->bodies[i].entity, 0, false, false);
        }
    }
    for (size_t i = 0; i < v->map->firm_count; i++) {
        const cn_map_firm *firm = &v->map->firms[i];
        add_box(v, firm->entity, column_of(v, firm), true, firm->anchor);
    }
    for (size_t i = 0; i < v->map->part_count; i++) {
        if (v->node[v->map->parts[i].project] == CN_NONE) {
            add_box(v, v->map->parts[i].project, project_column(v), false, false);
        }
    }
}

/* ---- lines ---- */

/* "17.9%" of all supplies between participants; nothing for services. */
static void add_share(const map_view *v, const cn__line *line, cn_buf *out) {
    double total = (double)v->map->total_minor / 100;
    cn_buf_add_text(out, "");
    if (line->style != CN__LINK_SERVICE && total > 0 && line->value > 0) {
        cn_format_number(out, v->scene->lang, 100 * line->value / total, 1);
        cn_buf_add_text(out, v->scene->lang == CN_LANG_RU ? "\xC2\xA0%" : "%");
    }
}

static void add_flow(map_view *v, cn__line line) {
    uint32_t index = (uint32_t)v->scene->link_count;
    uint32_t from = v->node[line.from];
    uint32_t to = v->node[line.to];
    bool inside = v->scene->nodes[from].column == v->scene->nodes[to].column;
    bool back = v->scene->nodes[from].column > v->scene->nodes[to].column;
    cn_buf share = {0};
    add_share(v, &line, &share);
    if (line.style == CN__LINK_SUPPLY && (back || inside)) {
        line.style = back ? CN__LINK_BACK : CN__LINK_INSIDE;
    }
    cn__scene_link *link = cn__view_add_line(v->scene, v->net, &line);
    if (link) {
        link->from = from;
        link->to = to;
        link->inside = inside;
        link->turned = back;
        link->width = cn__scene_value_width(v->scene, line.value);
        link->weight = inside ? 0 : back ? 1 : 4;
        cn__view_label_line(v->scene, v->net, index, &line, share.data ? share.data : "");
    }
    v->scene->failed |= share.failed;
    cn_buf_release(&share);
}

static bool add_flows(map_view *v) {
    cn__lines lines = {.net = v->net, .links = cn__alloc(v->map->flow_count, sizeof *lines.links)};
    for (size_t i = 0; lines.links && i < v->map->flow_count; i++) {
        lines.links[lines.count++] = v->map->flows[i].link;
    }
    bool ok = lines.links && cn__lines_sort(&lines);
    if (ok) {
        v->scene->value_max = cn__lines_largest(&lines);
    }
    for (size_t at = 0; ok && at < lines.count;) {
        cn__line line = cn__lines_at(&lines, at);
        add_flow(v, line);
        at += line.count;
    }
    cn__lines_release(&lines);
    return ok;
}

static void add_parts(map_view *v) {
    for (size_t i = 0; i < v->map->part_count; i++) {
        const cn_map_part *part = &v->map->parts[i];
        cn__line line = {part->firm, part->project, CN__LINK_PARTICIPANT, false, &part->link, 1, 0};
        cn__scene_link *link = cn__view_add_line(v->scene, v->net, &line);
        if (link) {
            link->from = v->node[part->firm];
            link->to = v->node[part->project];
            link->weight = 1;
            link->turned = v->scene->nodes[link->from].column > v->scene->nodes[link->to].column;
        }
    }
}

/* ---- the whole ---- */

/* What the lines say, as far as there is room for labels. */
static cn__draw_text_id subtitle(const map_view *v) {
    return v->map->flow_count == 0 ? CN__TEXT_SUB_MAP_NONE
           : v->scene->terse == 0  ? CN__TEXT_SUB_MAP
           : v->scene->terse == 1  ? CN__TEXT_SUB_MAP_SUMS
                                   : CN__TEXT_SUB_MAP_BARE;
}

static void finish(map_view *v, const cn_draw_options *options) {
    cn__left_out left_out = {0};
    cn_lang lang = v->scene->lang;
    cn_buf title = {0};
    cn_buf gaps = {0};
    cn_buf when = {0};
    cn__draw_text_1(&title, CN__TEXT_TITLE_MAP, lang, cn_entity_name(v->net, v->map->cluster));
    if (v->map->gap_count) {
        cn__draw_text_count(&gaps, CN__TEXT_MAP_GAPS, lang, v->map->gap_count);
    } else {
        cn_buf_add_text(&gaps, cn__draw_text(CN__TEXT_MAP_COMPLETE, lang));
    }
    if (options->date != CN_DATE_NONE && options->date != cn_network_as_of_date(v->net)) {
        cn_buf date = {0};
        cn_format_date(&date, lang, options->date);
        cn__draw_text_1(&when, CN__TEXT_MAP_ON, lang, date.data ? date.data : "");
        when.failed |= date.failed;
        cn_buf_release(&date);
    }
    const char *parts[3] = {cn__draw_text(subtitle(v), lang), gaps.data ? gaps.data : "", when.data ? when.data : ""};
    v->scene->rank_gap = v->scene->node_count > ROOMY_NODES ? 12 : 24;
    v->scene->node_gap = v->scene->node_count > ROOMY_NODES ? 4 : 9;
    cn__view_finish(v->scene, v->net, options, title.data ? title.data : "", parts, 3, &left_out);
    v->scene->failed |= title.failed || gaps.failed || when.failed;
    cn_buf_release(&title);
    cn_buf_release(&gaps);
    cn_buf_release(&when);
}

cn_status cn__view_map(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    cn_map map;
    map_view v = {.net = net, .map = &map, .scene = scene};
    const cn_check_options when = {.date = options->date};
    uint32_t count = cn_entity_count(net);
    cn_status status = cn_map_compute(net, options->subject, &when, &map, err);
    if (status != CN_OK) {
        return status;
    }
    v.node = cn__alloc(count, sizeof *v.node);
    if (!v.node) {
        cn_map_release(&map);
        return CN__NO_MEMORY(err);
    }
    memset(v.node, 0xFF, count * sizeof *v.node);
    measure_columns(&v);
    add_columns(&v);
    add_boxes(&v);
    scene->value_span = scene->node_count > ROOMY_NODES ? 3.4 : 0;
    bool ok = !scene->failed && add_flows(&v);
    if (ok) {
        add_parts(&v);
        ok = !scene->failed && cn__view_clear_lanes(scene) && cn__view_raise_hubs(scene);
    }
    if (ok) {
        finish(&v, options);
    } else {
        status = CN__NO_MEMORY(err);
    }
    cn__free(v.node);
    cn_map_release(&map);
    return status;
}
