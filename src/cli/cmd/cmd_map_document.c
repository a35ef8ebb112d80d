/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functional map as a document, the draft that the rules ask for: participants, flows, joint projects, infrastructure, gaps; aligned text for a terminal, or Markdown. Cells of Markdown are escaped, so that no name
 * can leave its cell.
 */
#include "cmd_map.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 9 };

/* A table in the making: rows go to a text table, or straight to the answer as Markdown. */
typedef struct page {
    session *s;
    bool markdown;
    cn_table *table;
    int columns;
    int cell;
} page;

static void add_markdown(cn_buf *out, const char *text) {
    cn_buf clean = {0};
    text_add_clean(&clean, text);
    for (const char *c = clean.data ? clean.data : ""; *c; c++) {
        if (strchr("\\|*_`<>[]#", *c)) {
            cn_buf_add_text(out, "\\");
        }
        cn_buf_add(out, c, 1);
    }
    out->failed = out->failed || clean.failed;
    cn_buf_release(&clean);
}

static void add_heading(page *p, cli_text text, const char *argument) {
    cn_buf_add_text(&p->s->out, p->s->out.len ? "\n" : "");
    if (p->markdown) {
        cn_buf_add_text(&p->s->out, p->s->out.len ? "## " : "# ");
    }
    session_heading(p->s, text, argument, END);
    cn_buf_add_text(&p->s->out, p->markdown ? "\n" : "");
}

static cn_status begin_table(page *p, const cli_text *titles, int count, cn_error *err) {
    cn_status status = p->markdown ? CN_OK : cn_table_create(&p->table, err);
    p->columns = count;
    p->cell = 0;
    for (int i = 0; i < count && !status; i++) {
        if (p->markdown) {
            cn_buf_add_text(&p->s->out, "| ");
            cn_buf_add_text(&p->s->out, text_of(p->s->lang, titles[i]));
            cn_buf_add_text(&p->s->out, i == count - 1 ? " |\n" : " ");
        } else {
            cn_table_add_column(p->table, "", text_of(p->s->lang, titles[i]), CN_CELL_TEXT, 0);
        }
    }
    for (int i = 0; i < count && p->markdown; i++) {
        cn_buf_add_text(&p->s->out, i == count - 1 ? "| --- |\n" : "| --- ");
    }
    return status;
}

static void cell(page *p, const char *text) {
    p->cell++;
    if (!p->markdown) {
        cn_table_add_text(p->table, text);
        return;
    }
    cn_buf_add_text(&p->s->out, "| ");
    add_markdown(&p->s->out, text);
    cn_buf_add_text(&p->s->out, p->cell % p->columns == 0 ? " |\n" : " ");
}

static void money_cell(page *p, int64_t minor) {
    cn_buf text = {0};
    if (minor != CN_MONEY_NONE) {
        cn_format_money(&text, p->s->lang, minor, cn_network_currency(p->s->net));
    }
    cell(p, text.len ? text.data : "–");
    cn_buf_release(&text);
}

static cn_status end_table(page *p, cn_error *err) {
    cn_status status = p->markdown ? CN_OK : session_table(p->s, p->table, err);
    cn_table_free(p->table);
    p->table = NULL;
    return status;
}

/* ---- participants ---- */

static void role_cell(page *p, const cn_map_firm *firm) {
    cn_buf role = {0};
    cn_buf_add_text(&role, cn_vocabulary_name(CN_VOC_ROLE, firm->role, p->s->lang));
    if (firm->final_maker && firm->role != CN_ROLE_FINAL_MAKER) {
        cn_buf_add_text(&role, role.len ? ", " : "");
        cn_buf_add_text(&role, cn_vocabulary_name(CN_VOC_ROLE, CN_ROLE_FINAL_MAKER, p->s->lang));
    }
    cell(p, role.len ? role.data : "–");
    cn_buf_release(&role);
}

static void codes_cell(page *p, cn_entity firm) {
    size_t count = 0;
    const cn_item *makes = cn_entity_items(p->s->net, firm, CN_ITEM_MAKES, &count);
    cn_buf codes = {0};
    for (size_t i = 0; i < count; i++) {
        cn_buf_add_text(&codes, i ? ", " : "");
        cn_buf_add_text(&codes, cn_item_text(p->s->net, &makes[i]));
    }
    cell(p, codes.len ? codes.data : "–");
    cn_buf_release(&codes);
}

static const char *or_dash(const char *text) { return text[0] ? text : "–"; }

static cn_status write_firms(page *p, const cn_map *map, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_PARTICIPANT, TEXT_COLUMN_INN,      TEXT_COLUMN_REGION,
                                      TEXT_COLUMN_ROLE,        TEXT_COLUMN_MAP_TIER, TEXT_COLUMN_CODES,
                                      TEXT_COLUMN_OUTPUT,      TEXT_COLUMN_SOLD,     TEXT_COLUMN_BOUGHT};
    cli_digits digits;
    add_heading(p, TEXT_MAP_FIRMS, digits_of(digits, map->firm_count));
    cn_status status = begin_table(p, titles, COLUMNS_MAX, err);
    for (size_t i = 0; i < map->firm_count && !status; i++) {
        const cn_map_firm *firm = &map->firms[i];
        cell(p, p->markdown ? cn_entity_name(p->s->net, firm->entity) : cn_entity_short(p->s->net, firm->entity));
        cell(p, or_dash(cn_entity_text(p->s->net, firm->entity, CN_FIELD_INN)));
        cell(p, or_dash(cn_entity_text(p->s->net, firm->entity, CN_FIELD_REGION)));
        role_cell(p, firm);
        cell(p, firm->tier == CN_MAP_NO_TIER ? "–" : digits_of(digits, firm->tier));
        codes_cell(p, firm->entity);
        money_cell(p, firm->output_minor);
        money_cell(p, firm->sold_minor);
        money_cell(p, firm->bought_minor);
    }
    return status ? status : end_table(p, err);
}

/* ---- flows ---- */

static cn_status write_flows(page *p, const cn_map *map, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_SUPPLIER, TEXT_COLUMN_BUYER,     TEXT_COLUMN_PRODUCT,
                                      TEXT_COLUMN_SUM,      TEXT_COLUMN_MAP_SHARE, TEXT_COLUMN_NOTE};
    cn_buf total = {0};
    cn_format_money(&total, p->s->lang, map->total_minor, cn_network_currency(p->s->net));
    add_heading(p, TEXT_MAP_FLOWS, total.data ? total.data : "");
    cn_buf_release(&total);
    cn_status status = begin_table(p, titles, 6, err);
    for (size_t i = 0; i < map->flow_count && !status; i++) {
        const cn_map_flow *flow = &map->flows[i];
        cn_buf product = {0};
        cn_buf share = {0};
        show_product(p->s, cn_link_product(p->s->net, flow->link), &product);
        cn_format_number(&share, p->s->lang, map_share(map, flow), 1);
        cell(p, cn_entity_short(p->s->net, flow->from));
        cell(p, cn_entity_short(p->s->net, flow->to));
        cell(p, product.len ? product.data : "–");
        money_cell(p, flow->minor);
        cell(p, share.data ? share.data : "");
        cell(p, flow->service ? cn_reason_name(CN_REASON_SERVICE, p->s->lang) : "");
        cn_buf_release(&product);
        cn_buf_release(&share);
    }
    return status ? status : end_table(p, err);
}

/* ---- projects, bodies, gaps ---- */

static cn_status write_parts(page *p, const cn_map *map, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_PROJECT, TEXT_COLUMN_PRODUCT, TEXT_COLUMN_PARTICIPANT,
                                      TEXT_COLUMN_ROLE};
    if (!map->part_count) {
        return CN_OK;
    }
    add_heading(p, TEXT_MAP_PROJECTS, "");
    cn_status status = begin_table(p, titles, 4, err);
    for (size_t i = 0; i < map->part_count && !status; i++) {
        const cn_map_part *part = &map->parts[i];
        cell(p, cn_entity_short(p->s->net, part->project));
        cell(p, or_dash(cn_entity_text(p->s->net, part->project, CN_FIELD_PRODUCT)));
        cell(p, cn_entity_short(p->s->net, part->firm));
        cell(p, cn_vocabulary_name(CN_VOC_ROLE, part->initiator ? CN_ROLE_INITIATOR : CN_ROLE_PARTICIPANT, p->s->lang));
    }
    return status ? status : end_table(p, err);
}

static const char *type_of(const session *s, cn_entity entity) {
    int type = cn_entity_enum(s->net, entity, CN_FIELD_TYPE);
    bool park = cn_entity_kind_of(s->net, entity) == CN_ENTITY_PARK;
    return cn_vocabulary_name(park ? CN_VOC_PARK_TYPE : CN_VOC_ORG_TYPE, type, s->lang);
}

static cn_status write_bodies(page *p, const cn_map *map, cn_error *err) {
    static const cli_text titles[] = {TEXT_COLUMN_BODY, TEXT_COLUMN_TYPE, TEXT_COLUMN_FUNCTION};
    if (!map->body_count) {
        return CN_OK;
    }
    add_heading(p, TEXT_MAP_BODIES, "");
    cn_status status = begin_table(p, titles, 3, err);
    for (size_t i = 0; i < map->body_count && !status; i++) {
        const cn_map_body *body = &map->bodies[i];
        cell(p, cn_entity_name(p->s->net, body->entity));
        cell(p, or_dash(type_of(p->s, body->entity)));
        cell(p, cn_reason_name(body->manages ? CN_REASON_MANAGER : CN_REASON_BODY, p->s->lang));
    }
    return status ? status : end_table(p, err);
}

static void write_gaps(page *p, const cn_map *map) {
    session *s = p->s;
    if (!map->gap_count) {
        session_line(s, TEXT_MAP_COMPLETE, END);
        return;
    }
    session_line(s, TEXT_MAP_INCOMPLETE, END);
    cn_buf_add_text(&s->out, p->markdown ? "\n" : "");
    for (size_t i = 0; i < map->gap_count; i++) {
        const cn_evidence *gap = &map->gaps[i];
        cn_buf who = {0};
        text_add_clean(&who, cn_entity_short(s->net, gap->entity));
        if (gap->other != CN_NONE) {
            cn_buf_add_text(&who, gap->link == CN_NONE ? ", " : " → ");
            text_add_clean(&who, cn_entity_short(s->net, gap->other));
        }
        if (p->markdown) {
            cn_buf_add_text(&s->out, "- ");
            add_markdown(&s->out, who.data ? who.data : "");
            cn_buf_add_text(&s->out, ": ");
            cn_buf_add_text(&s->out, cn_reason_name(gap->reason, s->lang));
            cn_buf_add_text(&s->out, "\n");
        } else {
            session_line(s, TEXT_MARK_FAULT, who.data ? who.data : "", cn_reason_name(gap->reason, s->lang), END);
        }
        cn_buf_release(&who);
    }
}

cn_status map_write_document(session *s, const cn_map *map, cn_error *err) {
    page p = {.s = s, .markdown = session_format_is(s, "md")};
    cn_buf date = {0};
    cn_buf name = {0};
    cn_format_date(&date, s->lang, map->date);
    if (p.markdown) {
        add_markdown(&name, cn_entity_name(s->net, map->cluster));
    } else {
        cn_buf_add_text(&name, cn_entity_name(s->net, map->cluster));
    }
    add_heading(&p, TEXT_MAP_HEAD, name.data ? name.data : "");
    session_line(s, TEXT_MAP_DATE, or_dash(date.data ? date.data : ""),
                 or_dash(cn_vocabulary_name(CN_VOC_CLUSTER_STATUS,
                                            cn_entity_enum(s->net, map->cluster, CN_FIELD_STATUS), s->lang)),
                 END);
    cn_buf_add_text(&s->out, p.markdown ? "\n" : "");
    write_gaps(&p, map);
    cn_status status = map->firm_count ? write_firms(&p, map, err) : CN_OK;
    status = status || !map->flow_count ? status : write_flows(&p, map, err);
    status = status ? status : write_parts(&p, map, err);
    status = status ? status : write_bodies(&p, map, err);
    s->out.failed = s->out.failed || date.failed || name.failed;
    cn_buf_release(&date);
    cn_buf_release(&name);
    return status;
}
