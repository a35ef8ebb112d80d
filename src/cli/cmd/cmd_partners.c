/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet partners: whom an organisation could work with. Without --as both sides of trade are answered, one after the other; where the
 * network knows no trade, partners for joint projects. --import answers for imports, --evaluate for the quality of the answers.
 */
#include "cmd_partners.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const side_keys[] = {"supplier", "customer", "substitute", "peer"};

/* ---- the question ---- */

static int read_within(const session *s, cn_partner_query *query) {
    const char *text = s->options.text[OPTION_WITHIN];
    char *end = NULL;
    if (!text) {
        return EXIT_DONE;
    }
    if (strcmp(text, "region") == 0) {
        query->within = CN_WITHIN_REGION;
    } else if (strcmp(text, "cluster") == 0) {
        query->within = CN_WITHIN_CLUSTER;
    } else {
        query->within = CN_WITHIN_KM;
        query->km = strtod(text, &end);
        bool unit = end && (strcmp(end, "") == 0 || strcmp(end, "km") == 0 || strcmp(end, "км") == 0);
        if (end == text || !unit || !(query->km >= 0) || isinf(query->km)) {
            return session_misuse(s, TEXT_PARTNERS_WITHIN, text, END);
        }
    }
    return EXIT_DONE;
}

/* Does the network know of trade at all, or of products? */
static bool knows_trade(const session *s, cn_entity org) {
    size_t makes = 0, needs = 0;
    (void)cn_entity_items(s->net, org, CN_ITEM_MAKES, &makes);
    (void)cn_entity_items(s->net, org, CN_ITEM_NEEDS, &needs);
    return makes + needs || cn_link_count_of(s->net, CN_LINK_SUPPLY) + cn_link_count_of(s->net, CN_LINK_SERVICE);
}

static size_t choose_sides(const session *s, cn_entity org, cn_partner_side sides[2]) {
    if (session_given(s, OPTION_AS)) {
        sides[0] = (cn_partner_side)s->options.number[OPTION_AS];
        return 1;
    }
    sides[0] = knows_trade(s, org) ? CN_PARTNER_SUPPLIER : CN_PARTNER_PEER;
    sides[1] = CN_PARTNER_CUSTOMER;
    return sides[0] == CN_PARTNER_PEER ? 1 : 2;
}

/* ---- CSV and JSON of a search ---- */

static void number_columns(cn_table *table, const char *const *keys, size_t count) {
    for (size_t i = 0; i < count; i++) {
        cn_table_add_column(table, keys[i], "", CN_CELL_NUMBER, 0);
    }
}

static void add_columns(cn_table *table) {
    static const char *const texts[] = {"id", "name", "as"};
    static const char *const codes[] = {"made", "need", "origin"};
    static const char *const numbers[] = {
        "fit", "need_value",  "free_capacity",       "alike",   "common_customers", "common_suppliers",
        "l3",  "adamic_adar", "resource_allocation", "jaccard", "makers",           "makers_buy",
        "km"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_table_add_column(table, texts[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(table, "score", "", CN_CELL_NUMBER, 0);
    for (int i = 0; i < CN_PARTNER_PART_COUNT; i++) {
        cn_table_add_column(table, cn_partner_part_key((cn_partner_part)i), "", CN_CELL_NUMBER, 0);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        cn_table_add_column(table, codes[i], "", CN_CELL_TEXT, 0);
    }
    number_columns(table, numbers, sizeof numbers / sizeof *numbers);
    cn_table_add_column(table, "why", "", CN_CELL_TEXT, 0);
}

static void add_row(const session *s, const partner_search *search, const cn_partner_row *row, cn_table *table) {
    const double numbers[] = {
        row->fit, row->need_value,  row->free_capacity, row->alike,   row->common_customers, row->common_suppliers,
        row->l3,  row->adamic_adar, row->resource,      row->jaccard, row->makers,           row->makers_buy,
        row->km};
    phrases why = {{0}};
    partner_words(s, search, row, &why);
    cn_table_add_text(table, cn_entity_id(s->net, row->org));
    cn_table_add_text(table, cn_entity_name(s->net, row->org));
    cn_table_add_text(table, side_keys[search->query.side]);
    cn_table_add_number(table, row->score);
    for (int i = 0; i < CN_PARTNER_PART_COUNT; i++) {
        cn_table_add_number(table, row->points[i]);
    }
    cn_table_add_text(table, row->made);
    cn_table_add_text(table, row->need);
    cn_table_add_text(table, cn_vocabulary_key(CN_VOC_ORIGIN, (int)row->origin));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        cn_table_add_number(table, numbers[i]);
    }
    cn_table_add_text(table, why.out.data ? why.out.data : "");
    cn_buf_release(&why.out);
}

static cn_status fill_table(const session *s, const partner_search *search, cn_table **out, cn_error *err) {
    cn_status status = *out ? CN_OK : cn_table_create(out, err);
    if (!status && cn_table_row_count(*out) == 0) {
        add_columns(*out);
    }
    for (size_t i = 0; i < search->found.row_count && !status; i++) {
        add_row(s, search, &search->found.rows[i], *out);
    }
    return status;
}

static void ids_json(const session *s, json *j, const char *key, const cn_entity *orgs, size_t count) {
    json_begin(j, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_text(j, NULL, cn_entity_id(s->net, orgs[i]));
    }
    json_end(j, ']');
}

static cn_status search_json(const session *s, json *j, const partner_search *search, cn_error *err) {
    const cn_partners *found = &search->found;
    cn_table *table = NULL;
    cn_status status = fill_table(s, search, &table, err);
    json_begin(j, NULL, '{');
    json_text(j, "as", side_keys[search->query.side]);
    json_count(j, "candidates", found->found);
    json_count(j, "known_needs", found->known_needs);
    status = status ? status : json_table(j, "rows", table, err);
    ids_json(s, j, "left_out_partners", found->present, found->present_count);
    json_begin(j, "partners_for_more", '[');
    for (size_t i = 0; i < found->more_count; i++) {
        json_begin(j, NULL, '{');
        json_text(j, "id", cn_entity_id(s->net, found->more[i].org));
        json_text(j, "made", found->more[i].made);
        json_text(j, "need", found->more[i].need);
        json_end(j, '}');
    }
    json_end(j, ']');
    ids_json(s, j, "left_out_same_owner", found->owned, found->owned_count);
    json_count(j, "left_out_by_within", found->outside);
    json_end(j, '}');
    cn_table_free(table);
    return status;
}

static cn_status write_searches(session *s, const partner_search *searches, size_t count, cn_error *err) {
    cn_status status = CN_OK;
    cn_table *table = NULL;
    if (session_format_is(s, "text")) {
        for (size_t i = 0; i < count; i++) {
            cn_buf_add_text(&s->out, i ? "\n" : "");
            partner_write_text(s, &searches[i]);
        }
    } else if (session_format_is(s, "json")) {
        json j = {&s->out, 0, true};
        json_begin(&j, NULL, '{');
        show_entity_json(s, &j, "for", searches[0].query.org);
        json_begin(&j, "searches", '[');
        for (size_t i = 0; i < count && !status; i++) {
            status = search_json(s, &j, &searches[i], err);
        }
        json_end(&j, ']');
        json_end(&j, '}');
    } else {
        cn_status made = cn_table_create(&table, err);
        if (!made) {
            add_columns(table);
        }
        for (size_t i = 0; i < count && !made; i++) {
            for (size_t k = 0; k < searches[i].found.row_count; k++) {
                add_row(s, &searches[i], &searches[i].found.rows[k], table);
            }
        }
        status = made ? made : cn_table_write_csv(table, cn_sink_buf(&s->out), err);
        cn_table_free(table);
    }
    return status;
}

/* ---- CSV and JSON of imports ---- */

static cn_status imports_table(const session *s, const cn_imports *imports, cn_table **out, cn_error *err) {
    static const char *const texts[] = {"buyer", "need"};
    static const char *const more[] = {"maker", "made", "made_by"};
    static const char *const evidence[] = {"declared", "supplies", "planned", "table", "okved", "request"};
    static const char *const numbers[] = {"fit", "free_capacity", "km"};
    cn_status status = cn_table_create(out, err);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < 2; i++) {
        cn_table_add_column(*out, texts[i], "", CN_CELL_TEXT, 0);
    }
    cn_table_add_column(*out, "value", "", CN_CELL_NUMBER, 0);
    for (size_t i = 0; i < 3; i++) {
        cn_table_add_column(*out, more[i], "", CN_CELL_TEXT, 0);
    }
    number_columns(*out, numbers, 3);
    for (size_t i = 0; i < imports->need_count; i++) {
        const cn_import_need *need = &imports->needs[i];
        for (uint32_t k = 0; k < (need->maker_count ? need->maker_count : 1); k++) {
            static const cn_import_maker nobody = {.org = CN_NONE};
            const cn_import_maker *maker = need->maker_count ? &imports->makers[need->maker_start + k] : &nobody;
            bool is = maker->org != CN_NONE;
            cn_table_add_text(*out, cn_entity_id(s->net, need->buyer));
            cn_table_add_text(*out, need->need);
            cn_table_add_number(*out, need->value);
            cn_table_add_text(*out, is ? cn_entity_id(s->net, maker->org) : "");
            cn_table_add_text(*out, is ? maker->made : "");
            cn_table_add_text(*out, is ? evidence[maker->made_by] : "");
            cn_table_add_number(*out, is ? maker->fit : (double)NAN);
            cn_table_add_number(*out, is ? maker->free_capacity : (double)NAN);
            cn_table_add_number(*out, is ? maker->km : (double)NAN);
        }
    }
    return CN_OK;
}

cn_status imports_write(session *s, const cn_imports *imports, cn_entity org, cn_error *err) {
    cn_table *table = NULL;
    if (session_format_is(s, "text")) {
        imports_write_text(s, imports, org);
        return CN_OK;
    }
    cn_status status = imports_table(s, imports, &table, err);
    if (!status && session_format_is(s, "json")) {
        json j = {&s->out, 0, true};
        json_begin(&j, NULL, '{');
        json_count(&j, "imported_needs", imports->need_count);
        json_number(&j, "value", imports->value);
        json_number(&j, "with_domestic_maker", imports->replaced);
        status = json_table(&j, "rows", table, err);
        json_end(&j, '}');
    } else if (!status) {
        status = cn_table_write_csv(table, cn_sink_buf(&s->out), err);
    }
    cn_table_free(table);
    return status;
}

/* ---- the command ---- */

static int answer_imports(session *s, cn_entity org) {
    cn_error err = {0};
    cn_imports imports = {0};
    cn_status status = cn_imports_find(s->net, org, s->options.text[OPTION_PARTNER_PRODUCT], &imports, &err);
    status = status ? status : imports_write(s, &imports, org, &err);
    cn_imports_release(&imports);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

static int answer_for(session *s, cn_entity org) {
    cn_error err = {0};
    cn_partner_side sides[2];
    partner_search searches[2] = {{.query = {.org = 0}}};
    cn_partner_query query = {.org = org,
                              .product = s->options.text[OPTION_PARTNER_PRODUCT],
                              .top = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : 0};
    int code = read_within(s, &query);
    if (code) {
        return code;
    }
    size_t count = choose_sides(s, org, sides);
    cn_status status = CN_OK;
    for (size_t i = 0; i < count && !status; i++) {
        searches[i].query = query;
        searches[i].query.side = sides[i];
        status = cn_partners_find(s->net, &searches[i].query, &searches[i].found, &err);
    }
    status = status ? status : write_searches(s, searches, count, &err);
    for (size_t i = 0; i < count; i++) {
        cn_partners_release(&searches[i].found);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_partners(session *s) {
    cn_entity org = CN_NONE;
    bool given = session_given(s, OPTION_PARTNER_FOR);
    if (!given && !session_given(s, OPTION_IMPORT) && !session_given(s, OPTION_EVALUATE)) {
        return session_misuse(s, TEXT_PARTNERS_NEEDS, END);
    }
    int code = session_open(s);
    if (!code && given) {
        code = session_org(s, OPTION_PARTNER_FOR, &org);
    }
    if (code) {
        return code;
    }
    if (session_given(s, OPTION_EVALUATE)) {
        return partner_trials(s);
    }
    return session_given(s, OPTION_IMPORT) ? answer_imports(s, org) : answer_for(s, org);
}
