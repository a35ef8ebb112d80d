/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet map as JSON. Money is in units of the currency. */
#include "cmd_map.h"

#include <math.h>

static void json_money(json *j, const char *key, int64_t minor) {
    json_number(j, key, minor == CN_MONEY_NONE ? (double)NAN : (double)minor / 100);
}

static void add_firms(const session *s, json *j, const cn_map *map) {
    json_begin(j, "participants", '[');
    for (size_t i = 0; i < map->firm_count; i++) {
        const cn_map_firm *firm = &map->firms[i];
        json_begin(j, NULL, '{');
        json_text(j, "id", cn_entity_id(s->net, firm->entity));
        json_text(j, "name", cn_entity_name(s->net, firm->entity));
        json_text_or_null(j, "role", cn_vocabulary_key(CN_VOC_ROLE, firm->role));
        json_flag(j, "final_maker", firm->final_maker);
        json_flag(j, "linked", firm->linked);
        json_number(j, "tier", firm->tier == CN_MAP_NO_TIER ? (double)NAN : firm->tier);
        json_money(j, "output", firm->output_minor);
        json_money(j, "sold", firm->sold_minor);
        json_money(j, "bought", firm->bought_minor);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_flows(const session *s, json *j, const cn_map *map) {
    json_begin(j, "flows", '[');
    for (size_t i = 0; i < map->flow_count; i++) {
        const cn_map_flow *flow = &map->flows[i];
        json_begin(j, NULL, '{');
        json_text(j, "from", cn_entity_id(s->net, flow->from));
        json_text(j, "to", cn_entity_id(s->net, flow->to));
        json_text(j, "kind", flow->service ? "service" : "supply");
        json_text_or_null(j, "product", cn_link_product(s->net, flow->link));
        json_money(j, "value", flow->minor);
        json_number(j, "share", map_share(map, flow) / 100);
        json_end(j, '}');
    }
    json_end(j, ']');
}

void map_write_json(session *s, const cn_map *map) {
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    show_entity_json(s, &j, "cluster", map->cluster);
    json_date(&j, "as_of", map->date);
    json_flag(&j, "complete", map->gap_count == 0);
    json_money(&j, "supplies", map->total_minor);
    add_firms(s, &j, map);
    add_flows(s, &j, map);
    json_begin(&j, "projects", '[');
    for (size_t i = 0; i < map->part_count; i++) {
        json_begin(&j, NULL, '{');
        json_text(&j, "project", cn_entity_id(s->net, map->parts[i].project));
        json_text(&j, "id", cn_entity_id(s->net, map->parts[i].firm));
        json_flag(&j, "initiator", map->parts[i].initiator);
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_begin(&j, "infrastructure", '[');
    for (size_t i = 0; i < map->body_count; i++) {
        json_begin(&j, NULL, '{');
        json_text(&j, "id", cn_entity_id(s->net, map->bodies[i].entity));
        json_text(&j, "function", map->bodies[i].manages ? "manages" : "serves");
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_begin(&j, "gaps", '[');
    for (size_t i = 0; i < map->gap_count; i++) {
        const cn_evidence *gap = &map->gaps[i];
        json_begin(&j, NULL, '{');
        json_text(&j, "reason", cn_reason_key(gap->reason));
        json_text(&j, "id", cn_entity_id(s->net, gap->entity));
        json_text_or_null(&j, "other", gap->other == CN_NONE ? "" : cn_entity_id(s->net, gap->other));
        json_end(&j, '}');
    }
    json_end(&j, ']');
    json_end(&j, '}');
}
