/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet partners as text: a numbered list with the reasons and the parts of each score. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_partners.h"

enum { NAMES_SHOWN = 8 };

static const char *text_in(const cn_buf *buf) { return buf->data ? buf->data : ""; }

/* "codes 50 + trust 3" */
static void add_points(const session *s, const cn_partner_row *row, cn_buf *out) {
    for (int i = 0; i < CN_PARTNER_PART_COUNT; i++) {
        if (row->points[i] >= 0.05) {
            cn_buf_add_text(out, out->len ? " + " : "");
            cn_buf_add_text(out, cn_partner_part_name((cn_partner_part)i, s->lang));
            cn_buf_add_text(out, " ");
            cn_format_number(out, s->lang, row->points[i], 1);
        }
    }
}

static void write_row(session *s, const partner_search *search, size_t i) {
    const cn_partner_row *row = &search->found.rows[i];
    cn_buf score = {0}, points = {0};
    phrases why = {{0}};
    cli_digits number;
    cn_format_number(&score, s->lang, row->score, 0);
    add_points(s, row, &points);
    partner_words(s, search, row, &why);
    session_heading(s, TEXT_PARTNERS_HEAD, digits_of(number, i + 1), cn_entity_short(s->net, row->org), text_in(&score),
                    END);
    session_line(s, TEXT_PARTNERS_WHY, text_in(&why.out), END);
    session_line(s, TEXT_PARTNERS_POINTS, text_in(&points), END);
    cn_buf_release(&score);
    cn_buf_release(&points);
    cn_buf_release(&why.out);
}

static void write_names(session *s, cli_text id, const cn_entity *orgs, size_t count) {
    cn_buf names = {0};
    cli_digits number, rest;
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
        cn_buf_add_text(&names, i ? ", " : "");
        cn_buf_add_text(&names, cn_entity_short(s->net, orgs[i]));
    }
    if (count > NAMES_SHOWN) {
        text_add(&names, s->lang, TEXT_RISK_AND_MORE, digits_of(rest, count - NAMES_SHOWN), END);
    }
    if (count) {
        session_line(s, id, digits_of(number, count), text_in(&names), END);
    }
    cn_buf_release(&names);
}

/* Present partners that could do more. */
static void write_more(session *s, const partner_search *search) {
    cn_buf list = {0};
    cli_digits rest;
    const cn_partners *found = &search->found;
    for (size_t i = 0; i < found->more_count && i < NAMES_SHOWN; i++) {
        cn_buf_add_text(&list, i ? ", " : "");
        text_add(&list, s->lang, TEXT_CONSORTIUM_HELD, cn_entity_short(s->net, found->more[i].org), found->more[i].need,
                 END);
    }
    if (found->more_count > NAMES_SHOWN) {
        text_add(&list, s->lang, TEXT_RISK_AND_MORE, digits_of(rest, found->more_count - NAMES_SHOWN), END);
    }
    if (found->more_count) {
        session_line(s, search->query.side == CN_PARTNER_SUPPLIER ? TEXT_PARTNERS_MORE : TEXT_PARTNERS_MORE_SOLD,
                     text_in(&list), END);
    }
    cn_buf_release(&list);
}

void partner_write_text(session *s, const partner_search *search) {
    static const cli_text heads[] = {TEXT_PARTNERS_OF_SUPPLIER, TEXT_PARTNERS_OF_CUSTOMER, TEXT_PARTNERS_OF_SUBSTITUTE,
                                     TEXT_PARTNERS_OF_PEER};
    const cn_partners *found = &search->found;
    cli_digits shown, all, outside;
    session_heading(s, heads[search->query.side], cn_entity_name(s->net, search->query.org), END);
    if (found->row_count) {
        session_line(s, TEXT_PARTNERS_FOUND, digits_of(shown, found->row_count), digits_of(all, found->found), END);
    } else {
        session_line(s, TEXT_PARTNERS_NONE, END);
    }
    if (!found->known_needs && search->query.side != CN_PARTNER_PEER) {
        session_line(s, TEXT_PARTNERS_NO_CODES, END);
    }
    for (size_t i = 0; i < found->row_count; i++) {
        write_row(s, search, i);
    }
    write_names(s, TEXT_PARTNERS_PRESENT, found->present, found->present_count);
    write_more(s, search);
    write_names(s, TEXT_PARTNERS_OWNED, found->owned, found->owned_count);
    if (found->outside) {
        session_line(s, TEXT_PARTNERS_OUTSIDE, digits_of(outside, found->outside), END);
    }
}

/* ---- imports ---- */

static void write_need(session *s, const cn_imports *imports, size_t i) {
    const cn_import_need *need = &imports->needs[i];
    cn_buf product = {0}, money = {0};
    cli_digits number;
    show_product(s, need->need, &product);
    if (need->value > 0) {
        cn_buf value = {0};
        show_money(s, need->value, &value);
        text_add(&money, s->lang, TEXT_PARTNER_A_YEAR, text_in(&value), END);
        cn_buf_release(&value);
    } else {
        cn_buf_add_text(&money, text_of(s->lang, TEXT_IMPORTS_UNKNOWN));
    }
    session_heading(s, TEXT_IMPORTS_NEED, digits_of(number, i + 1), cn_entity_short(s->net, need->buyer),
                    text_in(&product), text_in(&money), END);
    for (uint32_t k = 0; k < need->maker_count && k < 5; k++) {
        const cn_import_maker *maker = &imports->makers[need->maker_start + k];
        phrases why = {{0}};
        import_words(s, need, maker, &why);
        session_line(s, TEXT_IMPORTS_MAKER, cn_entity_short(s->net, maker->org), text_in(&why.out), END);
        cn_buf_release(&why.out);
    }
    if (!need->maker_count) {
        session_line(s, TEXT_IMPORTS_NOBODY, END);
    }
    cn_buf_release(&product);
    cn_buf_release(&money);
}

void imports_write_text(session *s, const cn_imports *imports, cn_entity org) {
    cn_buf all = {0}, replaced = {0}, percent = {0};
    cli_digits count;
    size_t top = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : RISK_TOP_SHOWN;
    if (org == CN_NONE) {
        session_heading(s, TEXT_IMPORTS_HEAD, END);
    } else {
        session_heading(s, TEXT_IMPORTS_OF, cn_entity_name(s->net, org), END);
    }
    if (!imports->need_count) {
        session_line(s, TEXT_IMPORTS_NONE, END);
        return;
    }
    show_money(s, imports->value, &all);
    show_money(s, imports->replaced, &replaced);
    risk_percent(s, imports->value > 0 ? imports->replaced / imports->value : (double)NAN, &percent);
    session_line(s, TEXT_IMPORTS_SUM, digits_of(count, imports->need_count), text_in(&all), text_in(&replaced),
                 text_in(&percent), END);
    for (size_t i = 0; i < imports->need_count && i < top; i++) {
        write_need(s, imports, i);
    }
    cn_buf_release(&all);
    cn_buf_release(&replaced);
    cn_buf_release(&percent);
}
