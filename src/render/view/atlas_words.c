/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and descriptions of the boxes of a map of groups. A class of products or a region is named only where it tells the group from
 * others; the description has every figure. O(1) a box.
 */
#include "atlas_words.h"

#include <math.h>

#include "coopnet/ident.h"

#define TELLING 0.25 /* least share of a region that a box is known by */
#define SOLD 0.1     /* the same of a class of products, which is told with its share up to a half */

void cn__atlas_add_count(const cn__atlas_view *v, cn__draw_text_id id, uint64_t count, cn_buf *out) {
    cn__draw_text_count_grouped(out, id, v->scene->lang, count);
}

void cn__atlas_add_amount(const cn__atlas_view *v, double value, cn_buf *out) {
    if (cn__atlas_weighted(v)) {
        cn_format_money(out, v->scene->lang, value < 9e16 ? llround(value * 100) : INT64_MAX,
                        cn_network_currency(v->net));
    } else {
        cn__atlas_add_count(v, CN__TEXT_GROUP_ARCS, (uint64_t)value, out);
    }
}

void cn__atlas_add_name(const cn__atlas_view *v, uint32_t index, cn_buf *out) {
    const cn__atlas_box *box = &v->atlas.boxes[index];
    cn_lang lang = v->scene->lang;
    bool found = v->atlas.groups.grouping == CN_GROUPING_FOUND;
    if (box->kind == CN__ATLAS_REST) {
        cn__atlas_add_count(v,
                            v->atlas.groups.grouping == CN_GROUPING_CLUSTER  ? CN__TEXT_MORE_CLUSTERS
                            : v->atlas.groups.grouping == CN_GROUPING_REGION ? CN__TEXT_MORE_REGIONS
                                                                             : CN__TEXT_MORE_GROUPS,
                            box->groups, out);
    } else if (box->kind == CN__ATLAS_NONE) {
        cn_buf_add_text(out, cn__draw_text(v->atlas.groups.grouping == CN_GROUPING_CLUSTER ? CN__TEXT_OUTSIDE_CLUSTERS
                                                                                           : CN__TEXT_WITHOUT_REGION,
                                           lang));
    } else if (!found) {
        cn_group_name(v->net, v->atlas.graph, &v->atlas.groups, box->group, lang, out);
    } else if (box->named[0] != CN_NONE) {
        cn_buf_add_text(out, cn_entity_short(v->net, v->atlas.graph->entity[box->named[0]]));
    } else {
        cn__draw_text_count(out, CN__TEXT_GROUP_PLAIN, lang, index + UINT64_C(1));
    }
}

void cn__atlas_add_percent(cn_lang lang, double share, cn_buf *out) {
    cn_format_number(out, lang, share * 100, 0);
    cn_buf_add_text(out, lang == CN_LANG_RU ? "\u00a0%" : "%");
}

void cn__atlas_add_trade(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out) {
    const char *name = cn_okpd2_class_name(box->product, v->scene->lang);
    cn_buf share = {0};
    cn__atlas_add_percent(v->scene->lang, box->product_share, &share);
    if (name[0] && box->product_share >= 0.5) {
        cn_buf_add_text(out, name);
    } else if (name[0] && box->product_share >= SOLD) {
        cn__draw_text_2(out, CN__TEXT_ATLAS_SHARE, v->scene->lang, name, share.data ? share.data : "");
    }
    out->failed |= share.failed;
    cn_buf_release(&share);
}

void cn__atlas_add_place(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out) {
    bool several = box->region_share * box->firms > 1.5; /* one alone says nothing of a group */
    if (box->region[0] && several && box->region_share >= TELLING && v->atlas.groups.grouping != CN_GROUPING_REGION) {
        cn_buf_add_text(out, box->region);
    }
}

void cn__atlas_describe(const cn__atlas_view *v, const cn__atlas_box *box, cn_buf *out) {
    cn_lang lang = v->scene->lang;
    cn_buf share = {0};
    const char *class = cn_okpd2_class_name(box->product, lang);
    cn__atlas_add_count(v, CN__TEXT_ATLAS_FIRMS, box->firms, out);
    if (box->groups > 1) {
        cn_buf_add_text(out, "\n");
        cn__atlas_add_count(v, CN__TEXT_ATLAS_JOINED_BOX, box->groups, out);
    }
    if (class[0]) {
        cn__atlas_add_percent(lang, box->product_share, &share);
        cn_buf_add_text(out, "\n");
        cn__draw_text_2(out, CN__TEXT_ATLAS_SELLS, lang, class, share.data ? share.data : "");
    }
    if (box->region[0]) {
        share.len = 0;
        cn__atlas_add_percent(lang, box->region_share, &share);
        cn_buf_add_text(out, "\n");
        cn__draw_text_2(out, CN__TEXT_ATLAS_PLACE, lang, box->region, share.data ? share.data : "");
    }
    static const cn__draw_text_id words[] = {CN__TEXT_GROUP_INSIDE, CN__TEXT_ATLAS_OUT, CN__TEXT_ATLAS_IN};
    const double values[] = {box->inside, box->out, box->in};
    for (size_t i = 0; i < 3; i++) {
        cn_buf amount = {0};
        cn__atlas_add_amount(v, values[i], &amount);
        cn_buf_add_text(out, "\n");
        cn__draw_text_1(out, words[i], lang, amount.data ? amount.data : "");
        out->failed |= amount.failed;
        cn_buf_release(&amount);
    }
    cn_buf_add_text(out, "\n");
    for (size_t i = 0; i < CN__ATLAS_NAMED && box->named[i] != CN_NONE; i++) {
        cn_buf_add_text(out, i ? ", " : "");
        cn_buf_add_text(out, cn_entity_short(v->net, v->atlas.graph->entity[box->named[i]]));
    }
    if (box->firms > CN__ATLAS_NAMED) {
        cn_buf_add_text(out, ", …");
    }
    out->failed |= share.failed;
    cn_buf_release(&share);
}
