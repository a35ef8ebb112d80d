/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What groups supply each other: every group is a box with its size and what is traded inside, every flow a line as wide as its
 * value. Shown are the groups of the largest trade and the largest flows between them; the rest is counted in the foot line.
 * Invariant: boxes stand in the order of the groups, lines in the order of (from, to), so the same data give the same picture.
 * Cost: O(G log G + F log F) for G groups and F flows.
 */
#include "view.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "number.h"
#include "ranked.h"

enum { MAX_GROUPS = 16, MAX_FLOWS = 40 };

typedef struct flows_view {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    uint32_t *node; /* by group and one more for those in none; CN_NONE: not shown */
    cn__left_out left_out;
} flows_view;

static bool weighted(const flows_view *f) { return f->options->graph->weight != NULL; }

/* Are the links supplies and services? */
static bool is_trade(const flows_view *f) {
    uint32_t kinds = f->options->link_kinds;
    return !kinds || kinds & (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE));
}

static double trade_of(const cn_group_sum *sum) { return sum->inside + sum->out + sum->in; }

/* ---- who is shown ---- */

/* Marks in f->node with 0 those that are shown. */
static bool choose_groups(flows_view *f) {
    const cn_group_flows *flows = f->options->group_flows;
    cn__ranked *list = cn__alloc((size_t)flows->count + 1, sizeof *list);
    uint32_t count = 0;
    for (uint32_t g = 0; list && g <= flows->count; g++) {
        double trade = trade_of(&flows->sums[g]);
        if (trade > 0) {
            list[count++] = (cn__ranked){trade, g};
        }
    }
    if (list) {
        cn__ranked_sort(list, count);
    }
    for (uint32_t i = 0; list && i < count && i < MAX_GROUPS; i++) {
        f->node[list[i].index] = 0;
    }
    f->left_out.groups = count > MAX_GROUPS ? count - MAX_GROUPS : 0;
    cn__free(list);
    return list != NULL;
}

/* ---- boxes ---- */

static void add_amount(const flows_view *f, double value, cn_buf *out) {
    if (weighted(f)) {
        cn_format_money(out, f->scene->lang, value < 9e16 ? llround(value * 100) : INT64_MAX,
                        cn_network_currency(f->net));
    } else {
        cn__draw_text_count(out, CN__TEXT_GROUP_ARCS, f->scene->lang, (uint64_t)value);
    }
}

static void add_percent(cn_lang lang, double share, cn_buf *out) {
    cn_format_number(out, lang, share * 100, 0);
    cn_buf_add_text(out, lang == CN_LANG_RU ? "\u00a0%" : "%");
}

static void name_of(const flows_view *f, uint32_t group, cn_buf *out) {
    const cn_groups *groups = f->options->groups;
    cn_lang lang = f->scene->lang;
    cn_buf number = {0};
    if (group == groups->count) {
        cn_buf_add_text(out, cn__draw_text(CN__TEXT_GROUP_NONE, lang));
    } else if (groups->grouping != CN_GROUPING_FOUND) {
        cn_group_name(f->net, f->options->graph, groups, group, lang, out);
    } else {
        const cn_community_profile *profile = f->options->profiles ? &f->options->profiles[group] : NULL;
        cn__format_u64(&number, group + UINT64_C(1));
        if (profile && profile->anchor != CN_NONE) {
            cn__draw_text_2(out, CN__TEXT_GROUP_FOUND, lang, number.data ? number.data : "",
                            cn_entity_short(f->net, f->options->graph->entity[profile->anchor]));
        } else {
            cn__draw_text_1(out, CN__TEXT_GROUP_PLAIN, lang, number.data ? number.data : "");
        }
    }
    out->failed |= number.failed;
    cn_buf_release(&number);
}

static cn__node_style style_of(const flows_view *f, uint32_t group) {
    const cn_groups *groups = f->options->groups;
    if (group == groups->count) {
        return CN__NODE_REST;
    }
    if (groups->grouping == CN_GROUPING_CLUSTER) {
        return cn__node_style_of(f->net, groups->list[group].cluster, false, true);
    }
    if (groups->grouping == CN_GROUPING_FOUND) {
        return f->options->profiles && f->options->profiles[group].de_facto ? CN__NODE_DE_FACTO : CN__NODE_FOUND;
    }
    return CN__NODE_REGION;
}

/* Names of the members and, of a community, its hub: the words behind the box. */
static void describe(const flows_view *f, uint32_t group, cn_buf *out) {
    enum { MOST_NAMES = 40 };
    const cn_groups *groups = f->options->groups;
    const cn_graph *graph = f->options->graph;
    uint32_t named = 0;
    if (f->options->profiles && group < groups->count && f->options->profiles[group].anchor != CN_NONE) {
        const cn_community_profile *profile = &f->options->profiles[group];
        cn_buf share = {0};
        add_percent(f->scene->lang, profile->anchor_share, &share);
        cn__draw_text_2(out, CN__TEXT_GROUP_ANCHOR, f->scene->lang,
                        cn_entity_short(f->net, graph->entity[profile->anchor]), share.data ? share.data : "");
        cn_buf_add_text(out, "\n");
        out->failed |= share.failed;
        cn_buf_release(&share);
    }
    for (uint32_t v = 0; v < graph->n && named <= MOST_NAMES; v++) {
        if (groups->of[v] == (group == groups->count ? CN_NONE : group)) {
            cn_buf_add_text(out, named == MOST_NAMES ? ", …" : named ? ", " : "");
            cn_buf_add_text(out, named == MOST_NAMES ? "" : cn_entity_short(f->net, graph->entity[v]));
            named++;
        }
    }
}

static void add_box(flows_view *f, uint32_t group) {
    const cn_group_sum *sum = &f->options->group_flows->sums[group];
    cn__scene *scene = f->scene;
    cn_buf id = {0}, name = {0}, small = {0}, amount = {0}, desc = {0};
    uint32_t index = (uint32_t)scene->node_count;
    cn_buf_add_text(&id, "group-");
    cn__format_u64(&id, group + UINT64_C(1));
    name_of(f, group, &name);
    cn__draw_text_count(&small, CN__TEXT_GROUP_SIZE, scene->lang, sum->size);
    if (sum->inside > 0) {
        add_amount(f, sum->inside, &amount);
        cn_buf_add_text(&small, ", ");
        cn__draw_text_1(&small, CN__TEXT_GROUP_INSIDE, scene->lang, amount.data ? amount.data : "");
    }
    describe(f, group, &desc);
    scene->failed |= small.failed || name.failed || amount.failed;
    if (cn__scene_add_node(scene)) {
        uint32_t kept_id = cn__scene_keep_buf(scene, &id, false);
        uint32_t title = cn__scene_keep(scene, name.data ? name.data : "", false);
        uint32_t kept_desc = cn__scene_keep_buf(scene, &desc, true);
        cn__scene_node *node = &scene->nodes[index];
        node->entity = CN_NONE;
        node->style = style_of(f, group);
        node->id = kept_id;
        node->title = title;
        node->desc = kept_desc;
        cn__scene_fit_node(scene, index, name.data ? name.data : "", small.data ? small.data : "");
        f->node[group] = index;
    }
    cn_buf_release(&id);
    cn_buf_release(&desc);
    cn_buf_release(&name);
    cn_buf_release(&small);
    cn_buf_release(&amount);
}

/* ---- lines ---- */

static void add_flow(flows_view *f, const cn_group_flow *flow) {
    cn__scene *scene = f->scene;
    cn_buf id = {0}, title = {0}, amount = {0};
    uint32_t index = (uint32_t)scene->link_count;
    add_amount(f, flow->value, &amount);
    cn__format_u64(&id, flow->from + UINT64_C(1));
    cn_buf_add_text(&id, "-");
    cn__format_u64(&id, flow->to + UINT64_C(1));
    cn_buf_add_text(&id, "-flow");
    name_of(f, flow->from, &title);
    cn_buf_add_text(&title, " → ");
    name_of(f, flow->to, &title);
    cn__scene_link *link = cn__scene_add_link(scene);
    if (link) {
        link->style = is_trade(f) ? CN__LINK_FLOW : CN__LINK_TIE;
        link->kind = CN_LINK_SUPPLY;
        link->from = f->node[flow->from];
        link->to = f->node[flow->to];
        link->plain = !f->options->graph->directed;
        link->width = weighted(f) ? cn__scene_value_width(scene, flow->value) : cn__link_look_of(CN__LINK_FLOW)->width;
        link->id = cn__scene_keep_buf(scene, &id, false);
        link->title = cn__scene_keep_buf(scene, &title, false);
        cn_buf desc = {0};
        cn__draw_text_count(&desc, CN__TEXT_GROUP_ARCS, scene->lang, flow->arcs);
        link->desc = cn__scene_keep_buf(scene, &desc, false);
        const char *texts[CN__LABEL_LINES] = {amount.data ? amount.data : "", "", ""};
        cn__scene_set_label(scene, index, texts);
    }
    scene->failed |= amount.failed;
    cn_buf_release(&id);
    cn_buf_release(&title);
    cn_buf_release(&amount);
}

/* An undirected flow stands twice in the list. */
static bool is_shown(const flows_view *f, const cn_group_flow *flow) {
    return f->node[flow->from] != CN_NONE && f->node[flow->to] != CN_NONE && flow->value > 0 &&
           (f->options->graph->directed || flow->from < flow->to);
}

static bool add_flows(flows_view *f) {
    const cn_group_flows *flows = f->options->group_flows;
    cn__ranked *list = cn__alloc(flows->flow_count, sizeof *list);
    uint8_t *chosen = cn__calloc(flows->flow_count, sizeof *chosen);
    bool ok = list && chosen;
    uint32_t count = 0;
    for (size_t i = 0; ok && i < flows->flow_count; i++) {
        if (is_shown(f, &flows->flows[i])) {
            list[count++] = (cn__ranked){flows->flows[i].value, (uint32_t)i};
        }
    }
    if (ok) {
        cn__ranked_sort(list, count);
        f->scene->value_max = weighted(f) && count ? list[0].value : 0;
        f->left_out.flows = count > MAX_FLOWS ? count - MAX_FLOWS : 0;
    }
    for (uint32_t i = 0; ok && i < count && i < MAX_FLOWS; i++) {
        chosen[list[i].index] = 1;
    }
    for (size_t i = 0; ok && i < flows->flow_count; i++) {
        if (chosen[i]) {
            add_flow(f, &flows->flows[i]);
        }
    }
    cn__free(list);
    cn__free(chosen);
    return ok;
}

/* ---- the whole ---- */

static void finish(flows_view *f) {
    static const cn__draw_text_id titles[] = {CN__TEXT_TITLE_FLOWS_CLUSTER, CN__TEXT_TITLE_FLOWS_REGION,
                                              CN__TEXT_TITLE_OVERVIEW, CN__TEXT_TITLE_FLOWS_FOUND};
    cn_lang lang = f->scene->lang;
    bool trade = is_trade(f);
    const cn_group_flows *flows = f->options->group_flows;
    bool found = f->options->groups->grouping == CN_GROUPING_FOUND;
    cn_buf percent = {0}, kept = {0};
    double inside = 0;
    for (uint32_t g = 0; g < flows->count; g++) {
        inside += flows->sums[g].inside;
    }
    if (flows->total > 0) {
        add_percent(lang, inside / flows->total, &percent);
        cn__draw_text_1(&kept, trade ? CN__TEXT_SUB_FLOWS : CN__TEXT_SUB_LINKS, lang, percent.data ? percent.data : "");
    }
    const char *words = cn__draw_text(trade ? CN__TEXT_SUB_FLOWS_FOUND : CN__TEXT_SUB_FLOWS_LINKS, lang);
    const char *parts[] = {found ? words : "", kept.data ? kept.data : ""};
    f->scene->value_style = CN__LINK_FLOW;
    f->scene->rank_gap = 34;
    f->scene->node_gap = 12;
    cn__draw_text_id title = trade ? titles[f->options->groups->grouping] : CN__TEXT_TITLE_FLOWS_LINKS;
    cn__view_finish(f->scene, f->net, f->options, cn__draw_text(title, lang), parts, 2, &f->left_out);
    f->scene->failed |= kept.failed || percent.failed;
    cn_buf_release(&kept);
    cn_buf_release(&percent);
}

cn_status cn__view_flows(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    flows_view f = {.net = net, .options = options, .scene = scene};
    const cn_groups *groups = options->groups;
    if (!options->graph || !groups || !options->group_flows || groups->n != options->graph->n ||
        options->group_flows->count != groups->count) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_RESULT);
    }
    size_t rows = (size_t)groups->count + 1;
    f.node = cn__alloc(rows, sizeof *f.node);
    if (!f.node) {
        return CN__NO_MEMORY(err);
    }
    memset(f.node, 0xFF, rows * sizeof *f.node);
    bool ok = choose_groups(&f);
    for (uint32_t g = 0; ok && g <= groups->count && !scene->failed; g++) {
        if (f.node[g] != CN_NONE) {
            add_box(&f, g);
        }
    }
    ok = ok && !scene->failed && add_flows(&f);
    if (ok) {
        finish(&f);
    }
    cn__free(f.node);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
