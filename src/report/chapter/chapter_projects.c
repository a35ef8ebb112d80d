/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joint projects: what they are for, what they cost, and who does what in them with whom. */
#include "chapter.h"

#include "error.h"

enum { SHOWN = 20, PARTS_SHOWN = 40, DRAWN = 150 };

static bool takes_part(const cn__report *r, cn_link link) {
    return cn_link_kind_of(r->net, link) == CN_LINK_PARTICIPANT &&
           cn_entity_kind_of(r->net, cn_link_to(r->net, link)) == CN_ENTITY_PROJECT &&
           cn_link_status_of(r->net, link) != CN_STATUS_BROKEN;
}

static void project_rows(cn__report *r, const uint32_t *participants) {
    cn_table *table = cn__doc_table(&r->doc, "projects", cn__chapter_word(r, CN__REPORT_PROJECTS_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_PROJECT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "status", cn_field_name(CN_FIELD_STATUS, r->lang), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "product", cn__chapter_word(r, CN__REPORT_COL_PRODUCT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "participants", cn__chapter_word(r, CN__REPORT_COL_PARTICIPANTS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "budget", cn_field_name(CN_FIELD_BUDGET, r->lang), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "support", cn_field_name(CN_FIELD_SUPPORT, r->lang), CN_CELL_MONEY, 0);
    for (cn_entity e = 0; e < cn_entity_count(r->net); e++) {
        if (cn_entity_kind_of(r->net, e) != CN_ENTITY_PROJECT) {
            continue;
        }
        int state = cn_entity_enum(r->net, e, CN_FIELD_STATUS);
        cn__spoken product = {0};
        const char *code = cn_entity_text(r->net, e, CN_FIELD_PRODUCT);
        cn_table_add_text(table, cn_entity_id(r->net, e));
        cn_table_add_text(table, cn_entity_name(r->net, e));
        cn_table_add_text(table, state == 0 ? "" : cn_vocabulary_name(CN_VOC_PROJECT_STATUS, state, r->lang));
        cn_table_add_text(table, code[0] ? cn__spoken_product(&product, r, code) : "");
        cn_table_add_count(table, participants[e]);
        cn_table_add_money(table, cn_entity_money(r->net, e, CN_FIELD_BUDGET));
        cn_table_add_money(table, cn_entity_money(r->net, e, CN_FIELD_SUPPORT));
        cn__spoken_release(&product);
    }
    cn__doc_table_links(&r->doc, 0, 1);
}

static const cn_prop *prop_of(const cn__report *r, cn_link link, cn_field field) {
    size_t count = 0;
    const cn_prop *props = cn_link_values(r->net, link, field, &count);
    return count ? props : NULL;
}

/* Who does it: a row for each participation, project by project. */
static void part_rows(cn__report *r, const uint32_t *start, const cn_link *sorted) {
    cn_table *table =
        cn__doc_table(&r->doc, "participants", cn__chapter_word(r, CN__REPORT_PARTICIPANTS_TABLE), PARTS_SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "project", cn__chapter_word(r, CN__REPORT_COL_PROJECT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "role", cn__chapter_word(r, CN__REPORT_COL_ROLE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "contribution", cn_field_name(CN_FIELD_CONTRIBUTION, r->lang), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "signed", cn_field_name(CN_FIELD_SIGNED, r->lang), CN_CELL_DATE, 0);
    for (uint32_t i = 0; i < start[cn_entity_count(r->net)]; i++) {
        cn_link link = sorted[i];
        cn_entity org = cn_link_from(r->net, link);
        int role = (int)cn_link_role(r->net, link);
        cn_table_add_text(table, cn_entity_id(r->net, org));
        cn_table_add_text(table, cn_entity_short(r->net, cn_link_to(r->net, link)));
        cn_table_add_text(table, cn_entity_name(r->net, org));
        cn_table_add_text(table, role == CN_ROLE_NONE ? "" : cn_vocabulary_name(CN_VOC_ROLE, role, r->lang));
        const cn_prop *paid = prop_of(r, link, CN_FIELD_CONTRIBUTION);
        const cn_prop *agreed = prop_of(r, link, CN_FIELD_SIGNED);
        cn_table_add_money(table, paid ? paid->as.money_minor : INT64_MIN);
        cn_table_add_date(table, agreed ? (cn_date)agreed->as.count : CN_DATE_NONE);
    }
    cn__doc_table_links(&r->doc, 0, 2);
}

/* Participations in the order of their projects (counting sort): start[e] … start[e+1]-1 are those of e. */
static void sort_parts(const cn__report *r, uint32_t *start, cn_link *sorted) {
    uint32_t entities = cn_entity_count(r->net);
    for (cn_link link = 0; link < cn_link_count(r->net); link++) {
        if (takes_part(r, link)) {
            start[cn_link_to(r->net, link) + 1]++;
        }
    }
    for (uint32_t e = 0; e < entities; e++) {
        start[e + 1] += start[e];
    }
    for (cn_link link = cn_link_count(r->net); link-- > 0;) { /* from behind, each project from its end */
        if (takes_part(r, link)) {
            sorted[--start[cn_link_to(r->net, link) + 1]] = link;
        }
    }
    for (uint32_t e = 0; e < entities; e++) { /* start[e + 1] is now the begin of e */
        start[e] = start[e + 1];
    }
}

static void lead(cn__report *r, const uint32_t *participants) {
    cn__spoken numbers[3] = {0};
    double budget = 0;
    uint64_t parts = 0;
    cn_entity most = CN_NONE;
    for (cn_entity e = 0; e < cn_entity_count(r->net); e++) {
        if (cn_entity_kind_of(r->net, e) == CN_ENTITY_PROJECT) {
            int64_t minor = cn_entity_money(r->net, e, CN_FIELD_BUDGET);
            budget += minor == CN_MONEY_NONE ? 0 : (double)minor / 100;
            parts += participants[e];
            most = most == CN_NONE || participants[e] > participants[most] ? e : most;
        }
    }
    cn__chapter_rows(r, "projects");
    CN__CHAPTER_SAY(r, LEAD, PROJECTS_LEAD,
                    cn__spoken_count(r, &numbers[0], cn_entity_count_of(r->net, CN_ENTITY_PROJECT)),
                    cn__spoken_count(r, &numbers[1], parts));
    cn__spoken_release(&numbers[0]);
    if (budget > 0) {
        CN__CHAPTER_SAY(r, TEXT, PROJECTS_BUDGET, cn__spoken_money(&numbers[2], r, budget),
                        cn_entity_short(r->net, most), cn__spoken_count(r, &numbers[0], participants[most]));
    }
    for (int i = 0; i < 3; i++) {
        cn__spoken_release(&numbers[i]);
    }
}

static cn_status picture(cn__report *r, cn_error *err) {
    const char *title = cn__chapter_word(r, CN__REPORT_PROJECTS_PICTURE);
    return cn__chapter_draw(r, "projects", title, &(cn_draw_options){.view = CN_VIEW_PROJECTS, .title = title}, err);
}

static cn_status write(cn__report *r, uint32_t *start, cn_link *sorted, uint32_t *participants, cn_error *err) {
    uint32_t entities = cn_entity_count(r->net);
    uint32_t drawn = cn_entity_count_of(r->net, CN_ENTITY_PROJECT);
    sort_parts(r, start, sorted);
    uint32_t parts = 0;
    for (cn_link link = 0; link < cn_link_count(r->net); link++) {
        if (takes_part(r, link)) {
            participants[cn_link_to(r->net, link)]++;
            parts++;
        }
    }
    start[entities] = parts;
    cn__chapter_begin(r, "projects", CN__REPORT_CH_PROJECTS);
    lead(r, participants);
    cn_status status = parts && parts + drawn <= DRAWN ? picture(r, err) : CN_OK;
    project_rows(r, participants);
    if (parts) {
        part_rows(r, start, sorted);
    }
    if (r->cluster == CN_NONE) {
        cn__chapter_command(r, "coopnet projects NETWORK", "", "");
    } else {
        cn__chapter_command(r, "coopnet projects NETWORK --cluster ", cn_entity_id(r->net, r->cluster), "");
    }
    return status;
}

cn_status cn__chapter_projects(cn__report *r, cn_error *err) {
    uint32_t entities = cn_entity_count(r->net);
    if (cn_entity_count_of(r->net, CN_ENTITY_PROJECT) == 0) {
        return CN_OK;
    }
    uint32_t *start = cn__calloc((size_t)entities + 2, sizeof *start);
    uint32_t *participants = cn__calloc(entities, sizeof *participants);
    cn_link *sorted = cn__alloc(cn_link_count(r->net), sizeof *sorted);
    cn_status status =
        start && participants && sorted ? write(r, start, sorted, participants, err) : CN__NO_MEMORY(err);
    cn__free(start);
    cn__free(participants);
    cn__free(sorted);
    return status;
}
