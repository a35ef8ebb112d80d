/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet clusters as JSON (groups, organisations, declared clusters, flows) and as CSV (one row an organisation). */
#include "cmd_clusters.h"

#include <math.h>

static void add_specialties(json *j, const cn_community_profile *profile) {
    json_begin(j, "specialisation", '[');
    for (uint32_t i = 0; i < profile->specialty_count; i++) {
        json_begin(j, NULL, '{');
        json_text(j, "code", profile->specialties[i].code);
        json_number(j, "value", profile->specialties[i].value);
        json_number(j, "share", profile->specialties[i].share);
        json_number(j, "quotient", profile->specialties[i].quotient);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_anchor(const session *s, json *j, const clusters *c, const cn_community_profile *profile) {
    if (profile->anchor == CN_NONE) {
        json_null(j, "anchor");
        return;
    }
    json_begin(j, "anchor", '{');
    json_text(j, "id", cn_entity_id(s->net, c->graph->entity[profile->anchor]));
    json_text(j, "name", cn_entity_name(s->net, c->graph->entity[profile->anchor]));
    json_number(j, "share_of_trade_inside", profile->anchor_share);
    json_count(j, "links_inside", profile->anchor_links);
    json_end(j, '}');
}

static void add_groups(const session *s, json *j, const clusters *c) {
    json_begin(j, "groups", '[');
    for (uint32_t g = 0; g < c->found.count; g++) {
        const cn_community_profile *profile = &c->profiles[g];
        json_begin(j, NULL, '{');
        json_count(j, "group", g + UINT64_C(1));
        json_count(j, "size", profile->size);
        json_number(j, "inside", profile->trade.inside);
        json_number(j, "supplied_elsewhere", profile->trade.out);
        json_number(j, "bought_elsewhere", profile->trade.in);
        json_number(j, "kept", profile->kept);
        add_anchor(s, j, c, profile);
        if (profile->cluster != CN_NONE) {
            show_entity_json(s, j, "cluster", profile->cluster);
        } else {
            json_null(j, "cluster");
        }
        json_count(j, "in_cluster", profile->cluster_size);
        json_count(j, "in_registered_clusters", profile->registered);
        json_flag(j, "de_facto", profile->de_facto);
        json_text_or_null(j, "region", profile->region);
        json_count(j, "in_region", profile->region_size);
        add_specialties(j, profile);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void add_declared(const session *s, json *j, const clusters *c) {
    json_begin(j, "clusters", '[');
    for (uint32_t g = 0; g < c->declared.count; g++) {
        const cn_group_sum *sum = &c->declared_flows.sums[g];
        json_begin(j, NULL, '{');
        json_text(j, "id", cn_entity_id(s->net, c->declared.list[g].cluster));
        json_text(j, "name", cn_entity_name(s->net, c->declared.list[g].cluster));
        json_count(j, "members", sum->size);
        json_number(j, "inside", sum->inside);
        json_number(j, "supplied_elsewhere", sum->out);
        json_number(j, "bought_elsewhere", sum->in);
        json_number(j, "kept", cn_group_kept(sum));
        json_end(j, '}');
    }
    json_end(j, ']');
}

static cn_status make_table(const session *s, const clusters *c, cn_table **out, cn_error *err) {
    static const char *const texts[] = {"id", "name", "cluster", "fit", "other_cluster"};
    static const char *const numbers[] = {"agreement", "trade", "trade_in_cluster", "trade_with_other", "output"};
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_table_add_column(*out, texts[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(*out, "group", "", CN_CELL_NUMBER, 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_column(*out, numbers[i], "", CN_CELL_NUMBER, 0);
    }
    for (uint32_t v = 0; v < c->graph->n; v++) {
        const cn_placement *place = &c->places[v];
        cn_entity entity = c->graph->entity[v];
        cn_entity_kind kind = cn_entity_kind_of(s->net, entity);
        if (c->found.of[v] == CN_NONE && place->own == CN_NONE && !(CN_KIND_BIT(kind) & CN_K_ACTOR)) {
            continue; /* clusters, projects, products: no organisations */
        }
        const cn_groups *declared = &c->declared;
        cn_table_add_text(*out, cn_entity_id(s->net, entity));
        cn_table_add_text(*out, cn_entity_name(s->net, entity));
        cn_table_add_text(*out, place->own == CN_NONE ? "" : cn_entity_id(s->net, declared->list[place->own].cluster));
        cn_table_add_text(*out, clusters_fit_key(place->fit));
        cn_table_add_text(*out,
                          place->other == CN_NONE ? "" : cn_entity_id(s->net, declared->list[place->other].cluster));
        cn_table_add_number(*out, c->found.of[v] == CN_NONE ? (double)NAN : c->found.of[v] + 1.0);
        cn_table_add_number(*out, c->found.agreement[v]);
        cn_table_add_number(*out, place->total);
        cn_table_add_number(*out, place->with_own);
        cn_table_add_number(*out, place->with_other);
        cn_table_add_number(*out, place->output);
    }
    return CN_OK;
}

cn_status clusters_write_csv(session *s, const clusters *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = make_table(s, c, &table, err);
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    cn_table_free(table);
    return status;
}

cn_status clusters_write_json(session *s, const clusters *c, cn_error *err) {
    static const char *const groupings[] = {"cluster", "region", "type", "found"};
    json j = {&s->out, 0, true};
    cn_table *table = NULL;
    cn_status status = make_table(s, c, &table, err);
    if (status) {
        cn_table_free(table);
        return status;
    }
    json_begin(&j, NULL, '{');
    json_text_or_null(&j, "title", cn_network_title(s->net));
    json_text_or_null(&j, "currency", cn_network_currency(s->net));
    show_layer_json(&j, c->kinds, c->graph);
    json_number(&j, "resolution", c->options.resolution > 0 ? c->options.resolution : 1);
    json_count(&j, "runs", c->found.runs);
    json_count(&j, "same_runs", c->found.same_runs);
    json_number(&j, "modularity", c->found.quality);
    json_number(&j, "worst_modularity", c->found.worst);
    json_number(&j, "agreement", c->found.mean_agreement);
    add_groups(s, &j, c);
    json_begin(&j, "against_clusters", '{');
    json_count(&j, "compared", c->match.compared);
    json_flag(&j, "others_as_a_group", c->with_outside);
    json_number(&j, "nmi", c->match.nmi);
    json_number(&j, "ari", c->match.ari);
    json_end(&j, '}');
    add_declared(s, &j, c);
    status = json_table(&j, "organisations", table, err);
    json_text(&j, "flows_between", groupings[c->shown.grouping]);
    groups_flows_json(s, &j, "flows", c->graph, &c->shown, &c->flows);
    json_end(&j, '}');
    cn_table_free(table);
    return status;
}
