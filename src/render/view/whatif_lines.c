/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the what-if picture: the causes of each firm's loss (cn_cascade_explain), those from one side added up to
 * one wave, and the waves as lines. Binding causes are drawn with their share and money; other shortages that count are
 * thin and only forward, so that the picture stays readable. Cost: O(E) a firm, and O(causes²) of it.
 */
#include "whatif.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "mark.h"

#define MAX_CAUSES 5 /* lines to one firm that set its loss, and as many others */
#define SHORT 0.1    /* a supply that lacks more is shown even where another one sets the loss */

double cn__whatif_capacity(const cn__whatif_build *b, uint32_t firm) {
    double capacity = b->w.shock->capacity ? b->w.shock->capacity[firm] : 1;
    return isnan(capacity) ? 1 : capacity;
}

double cn__whatif_loss(const cn__whatif_build *b, uint32_t firm) { return 1 - b->w.cascade->level[firm]; }

/* One box for all sources outside the network, under an id that no entity has. */
static uint32_t outside_box(cn__whatif_build *b) {
    if (b->outside != CN_NONE) {
        return b->outside;
    }
    cn_buf id = {0};
    cn_buf_add_text(&id, "outside");
    while (id.data && cn_entity_find(b->w.net, id.data) != CN_NONE) {
        cn_buf_add_text(&id, "_");
    }
    const char *name = cn__draw_text(CN__TEXT_OUTSIDE_NAME, b->w.scene->lang);
    uint32_t index = (uint32_t)b->w.scene->node_count;
    if (cn__scene_add_node(b->w.scene)) {
        uint32_t kept_id = cn__scene_keep_raw(b->w.scene, id.data ? id.data : "");
        uint32_t title = cn__scene_keep(b->w.scene, name, false);
        cn__scene_node *node = &b->w.scene->nodes[index];
        node->entity = CN_NONE;
        node->style = CN__NODE_FOREIGN;
        node->id = kept_id;
        node->title = title;
        node->column = 0;
        cn__scene_fit_node(b->w.scene, index, name, "");
        cn__mark_node(b->w.scene, index, CN__MARK_START);
        b->outside = index;
    }
    b->w.scene->failed |= id.failed;
    cn_buf_release(&id);
    return b->outside;
}

/* ---- causes ---- */

static bool add_wave_links(cn__whatif_build *b, cn__wave *to, uint32_t flow) {
    size_t count = 0;
    const cn_link *links = cn_flows_links(b->w.flows, flow, &count);
    if (!cn__grow((void **)&b->links, &b->link_cap, b->link_count, count, sizeof *b->links)) {
        return false;
    }
    if (count > 0) {
        memcpy(b->links + b->link_count, links, count * sizeof *links);
    }
    b->link_count += count;
    to->link_count += count;
    return true;
}

static bool same_side(const cn_cascade_cause *a, const cn_cascade_cause *b) {
    return a->firm == b->firm && a->demand == b->demand && a->binding == b->binding;
}

/* Add up the causes that come from one side (`node`, the same way) into a wave. */
static bool add_wave(cn__whatif_build *b, const cn_cascade_cause *causes, size_t count, size_t first, uint32_t node,
                     uint32_t firm) {
    size_t rows = 0;
    const cn_flow *flows = cn_flows_all(b->w.flows, &rows);
    const cn_outside *outside = cn_flows_outside(b->w.flows, &rows);
    cn__wave sum = {.from = node, .to = b->node[firm], .flow = causes[first].flow, .demand = causes[first].demand};
    sum.link_start = b->link_count;
    sum.product = causes[first].product;
    sum.slack = !causes[first].binding;
    if (!cn__grow((void **)&b->waves, &b->wave_cap, b->wave_count, 1, sizeof *b->waves)) {
        return false;
    }
    for (size_t i = first; i < count; i++) {
        const cn_cascade_cause *cause = &causes[i];
        if (!same_side(cause, &causes[first])) {
            continue;
        }
        double value = cause->flow != CN_NONE ? flows[cause->flow].value : outside[cause->outside].value;
        sum.value += value;
        sum.lost += value * cause->missing;
        sum.products++;
        if (cause->flow != CN_NONE && !add_wave_links(b, &sum, cause->flow)) {
            return false;
        }
    }
    b->waves[b->wave_count++] = sum;
    if (!sum.slack) {
        b->w.scene->value_max = fmax(b->w.scene->value_max, sum.lost);
    }
    return true;
}

/* Is it the first of its side among the causes, and, where it does not set the loss, does no other of the side? */
static bool is_first(const cn_cascade_cause *causes, size_t count, size_t at) {
    const cn_cascade_cause *cause = &causes[at];
    for (size_t i = 0; i < count; i++) {
        const cn_cascade_cause *other = &causes[i];
        bool stronger = other->binding && !cause->binding && other->firm == cause->firm && !other->demand;
        if ((i < at && same_side(other, cause)) || stronger) {
            return false;
        }
    }
    return true;
}

/* Is the cause worth a line? `down` and `up`: which sides set the level. */
static bool tells(const cn_cascade_cause *cause, bool down, bool up) {
    if (!cause->binding) {
        return !cause->demand && down && cause->missing >= SHORT && cause->role != CN_INPUT_IRRELEVANT;
    }
    return (cause->demand ? up : down) && cause->missing >= CN__WHATIF_NOTICED;
}

cn_status cn__whatif_add_causes(cn__whatif_build *b, uint32_t firm, cn_error *err) {
    const cn_cascade *cascade = b->w.cascade;
    if (cn__whatif_loss(b, firm) < CN__WHATIF_NOTICED || cn__whatif_capacity(b, firm) <= cascade->level[firm] + 1e-9) {
        return CN_OK; /* its own shock is what sets its level */
    }
    cn_cascade_cause *causes = NULL;
    size_t count = 0;
    cn_status status = cn_cascade_explain(b->w.flows, b->w.shock, &b->w.settings, cascade, firm, &causes, &count, err);
    bool down = cascade->down[firm] <= cascade->up[firm];
    bool up = cascade->up[firm] <= cascade->down[firm];
    uint32_t added[2] = {0, 0};
    for (size_t i = 0; status == CN_OK && i < count; i++) { /* one that alone would do the same sets the loss as well */
        bool same = !causes[i].demand && causes[i].role == CN_INPUT_ESSENTIAL;
        causes[i].binding = causes[i].binding || (same && causes[i].lost >= 1 - cascade->down[firm] - 1e-9);
    }
    for (size_t i = 0; status == CN_OK && i < count; i++) {
        const cn_cascade_cause *cause = &causes[i];
        if (added[cause->binding] == MAX_CAUSES || !tells(cause, down, up) || !is_first(causes, count, i)) {
            continue;
        }
        uint32_t node = cause->firm != CN_NONE ? b->node[cause->firm] : outside_box(b);
        bool back = node != CN_NONE && !cause->binding &&
                    b->w.scene->nodes[node].column >= b->w.scene->nodes[b->node[firm]].column;
        if (node == CN_NONE || back) {
            continue; /* its loss is too small to be shown; or a line that would only tangle */
        }
        added[cause->binding]++;
        if (!add_wave(b, causes, count, i, node, firm)) {
            status = CN__NO_MEMORY(err);
        }
    }
    cn_cascade_causes_free(causes);
    return status;
}

/* ---- lines ---- */

static void label(cn__whatif_build *b, uint32_t index, const cn__wave *from) {
    cn_lang lang = b->w.scene->lang;
    cn_buf percent = {0};
    cn_buf text = {0};
    cn_buf money = {0};
    cn__whatif_percent(&percent, lang, from->value > 0 ? from->lost / from->value : 0);
    cn__whatif_money(&b->w, &money, from->lost);
    const char *code = from->product != CN_NONE ? cn_flows_product_code(b->w.flows, from->product) : "";
    const char *texts[CN__LABEL_LINES] = {"", "", money.data ? money.data : ""};
    cn_buf many = {0};
    if (from->demand) {
        cn__draw_text_1(&text, CN__TEXT_ORDERS_LOST, lang, percent.data ? percent.data : "");
    } else {
        cn__draw_text_count(&many, CN__TEXT_PRODUCTS, lang, from->products);
        texts[0] = from->products > 1 ? (many.data ? many.data : "") : code;
        cn_buf_add_text(&text, "−");
        cn_buf_add_text(&text, percent.data ? percent.data : "");
    }
    texts[1] = text.data ? text.data : "";
    cn__scene_set_label(b->w.scene, index, texts);
    b->w.scene->failed |= percent.failed || text.failed || money.failed || many.failed;
    cn_buf_release(&percent);
    cn_buf_release(&text);
    cn_buf_release(&money);
    cn_buf_release(&many);
}

static bool starts_here(const cn__whatif_build *b, const cn__wave *from) {
    return from->from == b->outside ||
           (from->flow != CN_NONE && b->w.shock->flow && b->w.shock->flow[from->flow] < 1 - CN__WHATIF_NOTICED);
}

/* A line from the sources outside, which are no entity: named after its ends' boxes. */
static void name_outside_line(cn__whatif_build *b, uint32_t index, uint32_t to) {
    cn__scene *scene = b->w.scene;
    cn_buf id = {0};
    cn_buf title = {0};
    cn_buf_add_text(&id, "outside-");
    cn_buf_add_text(&id, cn__scene_text(scene, scene->nodes[to].id));
    cn_buf_add_text(&title, cn__scene_text(scene, scene->nodes[b->outside].title));
    cn_buf_add_text(&title, " → ");
    cn_buf_add_text(&title, cn__scene_text(scene, scene->nodes[to].title));
    uint32_t kept_id = cn__scene_keep_buf(scene, &id, false);
    uint32_t kept_title = cn__scene_keep_buf(scene, &title, false);
    scene->links[index].id = kept_id;
    scene->links[index].title = kept_title;
}

void cn__whatif_add_lines(cn__whatif_build *b) {
    cn__scene *scene = b->w.scene;
    for (size_t i = 0; i < b->wave_count && !scene->failed; i++) {
        const cn__wave *from = &b->waves[i];
        bool outside = from->from == b->outside;
        cn__line line = {scene->nodes[outside ? from->to : from->from].entity,
                         scene->nodes[from->to].entity,
                         from->slack    ? CN__LINK_SLACK
                         : from->demand ? CN__LINK_DEMAND
                                        : CN__LINK_SHORTAGE,
                         false,
                         b->links + from->link_start,
                         from->link_count,
                         from->value};
        uint32_t index = (uint32_t)scene->link_count;
        cn__scene_link *link = cn__view_add_line(scene, b->w.net, &line);
        if (!link) {
            return;
        }
        if (outside) {
            name_outside_line(b, index, from->to);
        }
        cn__whatif_place(b, link, from->from, from->to);
        link->plain = false;
        if (from->slack) {
            link->weight = 1;
            continue;
        }
        link->width = cn__scene_value_width(scene, from->lost);
        if (!link->inside) {
            label(b, index, from);
            cn__mark_link(scene, index, starts_here(b, from) ? CN__MARK_START : 0u);
        }
    }
}

/* Where a line stands between columns: the layout wants them from left to right. */
void cn__whatif_place(const cn__whatif_build *b, cn__scene_link *link, uint32_t from, uint32_t to) {
    uint32_t from_column = b->w.scene->nodes[from].column;
    uint32_t to_column = b->w.scene->nodes[to].column;
    link->from = from;
    link->to = to;
    link->turned = to_column < from_column;
    link->inside = to_column == from_column;
    link->weight = link->inside ? 0 : 4;
}
