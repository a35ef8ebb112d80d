/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why an organisation is a possible partner, in the few words that a box has room for: what would be supplied, what the network says, trust, place; what is
 * not known is not said. Phrases fill lines from the first to the last; those for which no line is left are dropped, the least important come last. Cost: constant.
 */
#include "partners_words.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"

#define LINE_WIDTH 138.0 /* of reasons */

enum { REASONS = CN__PARTNER_LINES - 1 };

/* Lines that phrases are put into, separated by dots, as long as there is room. */
typedef struct reasons {
    cn__scene *scene;
    cn_buf lines[REASONS];
    size_t most;
    size_t at;
} reasons;

static double wide(const cn_buf *text) {
    return text->len ? cn__font_width(text->data, text->len, false, CN__SMALL_SIZE) : 0;
}

static void add_reason(reasons *r, cn_buf *phrase) {
    static const char dot[] = " · ";
    r->scene->failed |= phrase->failed;
    if (phrase->len && r->at < r->most) {
        cn_buf *line = &r->lines[r->at];
        double both = wide(line) + wide(phrase) + cn__font_width(dot, strlen(dot), false, CN__SMALL_SIZE);
        if (line->len && both > LINE_WIDTH && ++r->at == r->most) {
            cn_buf_release(phrase);
            return;
        }
        line = &r->lines[r->at];
        cn_buf_add_text(line, line->len ? dot : "");
        cn_buf_add(line, phrase->data, phrase->len);
        r->scene->failed |= line->failed;
    }
    cn_buf_release(phrase);
}

static void add_words(reasons *r, cn__draw_text_id id) {
    cn_buf phrase = {0};
    cn_buf_add_text(&phrase, cn__draw_text(id, r->scene->lang));
    add_reason(r, &phrase);
}

static void add_count(reasons *r, cn__draw_text_id id, uint64_t count) {
    cn_buf phrase = {0};
    if (count > 0) {
        cn__draw_text_count(&phrase, id, r->scene->lang, count);
        add_reason(r, &phrase);
    }
}

static void add_money(const cn_network *net, reasons *r, cn__draw_text_id id, double value) {
    cn_buf money = {0};
    cn_buf phrase = {0};
    if (value > 0 && value < 9e16) { /* not so where it is not known */
        cn_format_money(&money, r->scene->lang, llround(value * 100), cn_network_currency(net));
        cn__draw_text_1(&phrase, id, r->scene->lang, money.data ? money.data : "");
        phrase.failed |= money.failed;
        add_reason(r, &phrase);
    }
    cn_buf_release(&money);
}

/* What would be supplied: the code made and its name, or that of the need where what is made is a kind of it. */
static void add_product(const cn_network *net, reasons *r, const cn_partner_row *row) {
    const char *made = row->made && row->made[0] ? row->made : row->need ? row->need : "";
    const char *need = row->need ? row->need : "";
    cn_entity product = made[0] ? cn_entity_find(net, made) : CN_NONE;
    if (product == CN_NONE && need[0] && strncmp(made, need, strlen(need)) == 0) {
        product = cn_entity_find(net, need);
    }
    const char *name = product == CN_NONE ? "" : cn_entity_short(net, product);
    cn_buf phrase = {0};
    cn_buf_add_text(&phrase, made);
    if (name[0] && strcmp(name, made) != 0) {
        cn_buf_add_text(&phrase, " ");
        cn_buf_add_text(&phrase, name);
    }
    add_reason(r, &phrase);
}

static void add_bond(reasons *r, const cn_partner_row *row) {
    static const cn__draw_text_id words[CN_BOND_COUNT] = {
        [CN_BOND_PROJECT] = CN__TEXT_BOND_PROJECT, [CN_BOND_AGREEMENT] = CN__TEXT_BOND_AGREEMENT,
        [CN_BOND_CLUSTER] = CN__TEXT_BOND_CLUSTER, [CN_BOND_PARK] = CN__TEXT_BOND_PARK,
        [CN_BOND_THIRD] = CN__TEXT_BOND_THIRD,     [CN_BOND_EVENT] = CN__TEXT_BOND_EVENT};
    for (int i = 0; i < CN_BOND_COUNT; i++) {
        if (row->bonds[i]) {
            add_words(r, words[i]);
            return; /* the strongest says enough */
        }
    }
}

static void add_place(reasons *r, const cn_partner_row *row) {
    cn_buf number = {0};
    cn_buf phrase = {0};
    if (!isnan(row->km)) {
        cn_format_number(&number, r->scene->lang, row->km, 0);
        cn__draw_text_1(&phrase, CN__TEXT_PARTNERS_KM, r->scene->lang, number.data ? number.data : "");
        phrase.failed |= number.failed;
        add_reason(r, &phrase);
    } else if (row->same_region) {
        add_words(r, CN__TEXT_PARTNERS_REGION);
    }
    cn_buf_release(&number);
}

static void give_reasons(const cn_network *net, cn_partner_side side, const cn_partner_row *row, bool twice,
                         reasons *r) {
    static const cn__draw_text_id network[] = {[CN_PARTNER_SUPPLIER] = CN__TEXT_PARTNERS_SELLS_ALIKE,
                                               [CN_PARTNER_CUSTOMER] = CN__TEXT_PARTNERS_BUYS_ALIKE,
                                               [CN_PARTNER_PEER] = CN__TEXT_PARTNERS_COMMON};
    static const cn__draw_text_id already[] = {[CN_PARTNER_SUPPLIER] = CN__TEXT_PARTNERS_IS_CUSTOMER,
                                               [CN_PARTNER_CUSTOMER] = CN__TEXT_PARTNERS_IS_SUPPLIER,
                                               [CN_PARTNER_PEER] = CN__TEXT_PARTNERS_TRADES};
    if (row->fit > 0 && side != CN_PARTNER_PEER) {
        add_product(net, r, row);
        add_money(net, r, row->origin == CN_ORIGIN_IMPORT ? CN__TEXT_PARTNERS_IMPORTED : CN__TEXT_PARTNERS_NEEDED,
                  row->need_value);
    }
    if (row->planned) {
        add_words(r, CN__TEXT_PARTNERS_PLANNED);
    }
    add_count(r, network[side], row->alike);
    if (row->reverse) {
        add_words(r, already[side]);
    }
    add_bond(r, row);
    if (twice) {
        add_words(r, CN__TEXT_PARTNERS_TWICE);
    }
    add_money(net, r, CN__TEXT_PARTNERS_FREE, row->free_capacity);
    add_place(r, row);
}

uint32_t cn__partner_describe(cn__scene *scene, const cn_partner_row *row) {
    cn_buf out = {0};
    cn__draw_text_count(&out, CN__TEXT_PARTNERS_POINTS, scene->lang, (uint64_t)llround(row->score));
    for (int part = 0, said = 0; part < CN_PARTNER_PART_COUNT; part++) {
        if (row->points[part] >= 0.5) {
            cn_buf_add_text(&out, said++ ? ", " : ": ");
            cn_buf_add_text(&out, cn_partner_part_name((cn_partner_part)part, scene->lang));
            cn_buf_add_text(&out, " ");
            cn_format_number(&out, scene->lang, row->points[part], 0);
        }
    }
    return cn__scene_keep_buf(scene, &out, true);
}

void cn__partner_tell(cn__scene *scene, const cn_network *net, cn_partner_side side, const cn_partner_row *row,
                      bool twice, cn__partner_lines *out) {
    static const size_t most[] = {REASONS, 1, 0}; /* by terseness */
    reasons r = {.scene = scene, .most = scene->terse < 3 ? most[scene->terse] : 0};
    memset(out, 0, sizeof *out);
    cn__draw_text_count(&out->bufs[0], CN__TEXT_PARTNERS_POINTS, scene->lang, (uint64_t)llround(row->score));
    give_reasons(net, side, row, twice, &r);
    memcpy(out->bufs + 1, r.lines, sizeof r.lines);
    for (size_t i = 0; i < CN__PARTNER_LINES; i++) {
        out->lines[i] = out->bufs[i].data ? out->bufs[i].data : "";
        scene->failed |= out->bufs[i].failed;
    }
}

void cn__partner_lines_release(cn__partner_lines *lines) {
    for (size_t i = 0; i < CN__PARTNER_LINES; i++) {
        cn_buf_release(&lines->bufs[i]);
    }
}
