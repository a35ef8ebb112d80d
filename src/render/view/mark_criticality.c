/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the analysis of one buyer (coopnet/exposure.h) to marks: a single source is the only known supplier of a product
 * to the buyer; a hidden single point sells nothing to the buyer, and yet a product, or several direct suppliers, stop
 * with it. Everything else that the analysis says of a supplier goes into its words. Results lie in arrays by entity,
 * so that any view may ask. Cost: that of the analysis, and O(entities + links) for the arrays.
 */
#include "mark_criticality.h"

#include <string.h>

#include "coopnet/exposure.h"
#include "error.h"
#include "number.h"

#define MAX_CODES 6

typedef struct marker {
    const cn_network *net;
    cn__scene *scene;
    cn__criticality *out;
    const cn_flows *flows;
    cn_exposure exposure;
    cn_critical critical;
} marker;

/* ---- words ---- */

static void add_code(cn_buf *list, size_t *count, const char *code) {
    if (*count < MAX_CODES) {
        cn_buf_add_text(list, *count ? ", " : "");
        cn_buf_add_text(list, code[0] ? code : "–");
    } else if (*count == MAX_CODES) {
        cn_buf_add_text(list, " …");
    }
    *count += 1;
}

static void add_line(cn_buf *out, cn__draw_text_id id, cn_lang lang, const cn_buf *argument) {
    if (argument->len > 0) {
        cn_buf_add_text(out, out->len ? "\n" : "");
        cn__draw_text_1(out, id, lang, argument->data);
    }
    out->failed |= argument->failed;
}

static void add_number_line(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t number) {
    cn_buf text = {0};
    cn__format_u64(&text, number);
    add_line(out, id, lang, &text);
    cn_buf_release(&text);
}

/* Products that only this firm sells to the buyer. */
static void add_single_codes(const marker *m, uint32_t firm, cn_buf *list) {
    size_t count = 0;
    for (size_t i = 0; i < m->exposure.product_count; i++) {
        const cn_exposure_product *product = &m->exposure.products[i];
        if (product->single_source && m->exposure.suppliers[product->supplier_start].firm == firm) {
            add_code(list, &count, cn_flows_product_code(m->flows, product->product));
        }
    }
}

/* Products that the buyer gets no more (blocked), or only from abroad, when the firm stops. */
static void add_lost_codes(const marker *m, const cn_critical_row *row, bool blocked, cn_buf *list) {
    size_t count = 0;
    for (uint32_t i = 0; i < row->loss_count; i++) {
        const cn_stop_loss *loss = &m->critical.losses[row->loss_start + i];
        if (blocked ? loss->blocked : loss->only_foreign) {
            add_code(list, &count, cn_flows_product_code(m->flows, loss->product));
        }
    }
}

static uint32_t reasons_in_words(const marker *m, const cn_critical_row *row, cn_entity entity) {
    cn_lang lang = m->scene->lang;
    cn_buf out = {0};
    cn_buf single = {0};
    cn_buf blocked = {0};
    cn_buf last = {0};
    cn_buf country = {0};
    cn_buf money = {0};
    add_single_codes(m, row->firm, &single);
    add_lost_codes(m, row, true, &blocked);
    add_lost_codes(m, row, false, &last);
    add_line(&out, CN__TEXT_WHY_SINGLE, lang, &single);
    if (row->reasons & CN_CRITICAL_HIDDEN) {
        add_line(&out, CN__TEXT_WHY_HIDDEN, lang, &blocked);
        add_number_line(&out, CN__TEXT_WHY_DIAMOND, lang, row->direct_stopped);
    }
    add_line(&out, CN__TEXT_WHY_LAST, lang, &last);
    if (row->reasons & CN_CRITICAL_FOREIGN) {
        cn_buf_add_text(&country, cn_entity_text(m->net, entity, CN_FIELD_COUNTRY));
        add_line(&out, CN__TEXT_WHY_FOREIGN, lang, &country);
    }
    if (row->reasons & CN_CRITICAL_SLOW) {
        cn_buf_add_text(&out, out.len ? "\n" : "");
        cn_buf days = {0};
        cn_buf stock = {0};
        cn_format_number(&days, lang, row->recovery_days, 0);
        cn_format_number(&stock, lang, row->stock_days, 0);
        cn__draw_text_2(&out, CN__TEXT_WHY_SLOW, lang, days.data ? days.data : "", stock.data ? stock.data : "");
        out.failed |= days.failed || stock.failed;
        cn_buf_release(&days);
        cn_buf_release(&stock);
    }
    if (row->output_at_risk > 0 && row->output_at_risk < 9e16) {
        cn_format_money(&money, lang, (int64_t)(row->output_at_risk * 100), cn_network_currency(m->net));
        add_line(&out, CN__TEXT_WHY_MONEY, lang, &money);
    }
    cn_buf_release(&single);
    cn_buf_release(&blocked);
    cn_buf_release(&last);
    cn_buf_release(&country);
    cn_buf_release(&money);
    return cn__scene_keep_buf(m->scene, &out, true);
}

/* ---- marks ---- */

static void set_marks(marker *m) {
    for (size_t i = 0; i < m->critical.row_count; i++) {
        const cn_critical_row *row = &m->critical.rows[i];
        cn_entity entity = cn_flows_entity(m->flows, row->firm);
        uint32_t marks = 0;
        marks |= row->reasons & CN_CRITICAL_SINGLE_SOURCE ? CN__MARK_SINGLE : 0u;
        marks |= row->reasons & CN_CRITICAL_HIDDEN ? CN__MARK_HIDDEN : 0u;
        m->out->marks[entity] = marks;
        m->out->words[entity] = reasons_in_words(m, row, entity);
    }
    for (uint32_t firm = 0; firm < cn_flows_firm_count(m->flows); firm++) {
        m->out->foreign[cn_flows_entity(m->flows, firm)] = cn_flows_foreign(m->flows, firm);
    }
    for (size_t i = 0; i < m->exposure.product_count; i++) {
        const cn_exposure_product *product = &m->exposure.products[i];
        if (!product->single_source) {
            continue;
        }
        size_t count = 0;
        const cn_link *links = cn_flows_links(m->flows, m->exposure.suppliers[product->supplier_start].flow, &count);
        for (size_t j = 0; j < count; j++) {
            m->out->single_link[links[j]] = 1;
        }
    }
}

static cn_status analyse(marker *m, cn_entity buyer, cn_error *err) {
    uint32_t firm = cn_flows_firm(m->flows, buyer);
    size_t unvalued = 0;
    (void)cn_flows_unvalued(m->flows, &unvalued);
    m->out->unvalued = unvalued;
    if (firm == CN_NONE) {
        return CN_OK;
    }
    cn_critical_options options = {.buyers = &firm, .buyer_count = 1};
    cn_status status = cn_exposure_compute(m->flows, firm, &m->exposure, err);
    if (status == CN_OK) {
        status = cn_critical_compute(m->flows, &options, &m->critical, err);
    }
    if (status == CN_OK) {
        set_marks(m);
    }
    cn_critical_release(&m->critical);
    cn_exposure_release(&m->exposure);
    return status;
}

cn_status cn__criticality_compute(const cn_network *net, cn_entity buyer, uint32_t link_kinds, cn__scene *scene,
                                  cn__criticality *out, cn_error *err) {
    cn_flows *flows = NULL;
    cn_flows_options options = {.link_kinds = link_kinds};
    memset(out, 0, sizeof *out);
    out->marks = cn__calloc(cn_entity_count(net), sizeof *out->marks);
    out->words = cn__calloc(cn_entity_count(net), sizeof *out->words);
    out->foreign = cn__calloc(cn_entity_count(net), 1);
    out->single_link = cn__calloc(cn_link_count(net), 1);
    if (!out->marks || !out->words || !out->foreign || !out->single_link) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = cn_flows_create(net, &options, &flows, err);
    if (status == CN_OK) {
        marker m = {.net = net, .scene = scene, .out = out, .flows = flows};
        status = analyse(&m, buyer, err);
    }
    cn_flows_free(flows);
    return status;
}

void cn__criticality_release(cn__criticality *criticality) {
    cn__free(criticality->marks);
    cn__free(criticality->words);
    cn__free(criticality->foreign);
    cn__free(criticality->single_link);
    memset(criticality, 0, sizeof *criticality);
}

/* ---- onto the scene ---- */

cn__node_style cn__criticality_style(const cn__criticality *criticality, cn_entity entity, cn__node_style style) {
    return criticality->foreign[entity] ? CN__NODE_FOREIGN : style;
}

void cn__criticality_mark_node(const cn__criticality *criticality, cn__scene *scene, uint32_t index) {
    cn_entity entity = scene->nodes[index].entity;
    cn__mark_node(scene, index, criticality->marks[entity]);
    if (criticality->words[entity]) {
        cn_buf desc = {0};
        cn_buf_add_text(&desc, cn__scene_text(scene, scene->nodes[index].desc));
        cn_buf_add_text(&desc, desc.len ? "\n" : "");
        cn_buf_add_text(&desc, cn__scene_text(scene, criticality->words[entity]));
        uint32_t kept = cn__scene_keep_buf(scene, &desc, true);
        scene->nodes[index].desc = kept;
    }
}

void cn__criticality_mark_line(const cn__criticality *criticality, cn__scene *scene, uint32_t link,
                               const cn__line *line) {
    for (size_t i = 0; i < line->count; i++) {
        if (criticality->single_link[line->links[i]]) {
            cn__mark_link(scene, link, CN__MARK_SINGLE);
            return;
        }
    }
}
