/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An event (a business mission): organisers and host left of it, its sites and those who take part right of it, by columns; and
 * between all of them what ties them already: agreements, supplies, membership, ownership. Ties have no say in the order of the
 * columns. Invariant: `column` of an entity is where it stands, the first of host, site, participant that it is. Cost: O(L log L).
 */
#include "view_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "number.h"

typedef enum column_id { HOSTS = 0, EVENT, SITES, GUESTS, COLUMNS } column_id;

enum { MOST_TIES = 40, MOST_GUESTS = 60, FEW = 14 /* boxes: they stand further apart, to fill the sheet */ };
#define PRESENCE (CN_KIND_BIT(CN_LINK_ORGANISES) | CN_KIND_BIT(CN_LINK_HOSTS) | CN_KIND_BIT(CN_LINK_TAKES_PART))

typedef struct mission {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_entity event;
    uint8_t *column;          /* by entity; COLUMNS: not there */
    uint32_t *node;           /* by entity */
    uint8_t *members;         /* of clusters */
    uint32_t number[COLUMNS]; /* of the columns that have boxes */
    cn__lines lines;
    uint64_t ties;
    cn__left_out left_out;
} mission;

static bool of_event(const mission *m, cn_link link) {
    return PRESENCE & CN_KIND_BIT(cn_link_kind_of(m->net, link)) && cn_link_to(m->net, link) == m->event &&
           cn__view_link_drawn(m->net, link);
}

static column_id column_of(const mission *m, cn_link link) {
    cn_role role = cn_link_role(m->net, link);
    switch (cn_link_kind_of(m->net, link)) {
    case CN_LINK_ORGANISES:
        return HOSTS;
    case CN_LINK_HOSTS:
        return role == CN_ROLE_SITE ? SITES : HOSTS;
    default:
        return role == CN_ROLE_ORGANISER || role == CN_ROLE_HOST ? HOSTS : role == CN_ROLE_SITE ? SITES : GUESTS;
    }
}

static void find_present(mission *m) {
    uint32_t guests = 0;
    memset(m->column, COLUMNS, cn_entity_count(m->net));
    m->column[m->event] = EVENT;
    for (cn_link link = 0; link < cn_link_count(m->net); link++) {
        cn_entity who = cn_link_from(m->net, link);
        column_id where = column_of(m, link);
        if (!of_event(m, link) || where >= m->column[who]) {
            continue;
        }
        if (where == GUESTS && guests == MOST_GUESTS) {
            m->left_out.participants++;
            continue;
        }
        guests += where == GUESTS;
        m->column[who] = (uint8_t)where;
    }
}

static void add_columns(mission *m) {
    static const cn__draw_text_id words[] = {CN__TEXT_MISSION_HOSTS, CN__TEXT_MISSION_EVENT, CN__TEXT_MISSION_SITES,
                                             CN__TEXT_MISSION_GUESTS};
    for (column_id c = HOSTS; c < COLUMNS; c++) {
        m->number[c] = (uint32_t)m->scene->column_count;
        if (!memchr(m->column, (int)c, cn_entity_count(m->net))) {
            continue;
        }
        cn__scene_column *column = cn__scene_add_column(m->scene);
        if (column) {
            column->lines[column->line_count++] =
                cn__scene_keep(m->scene, cn__draw_text(words[c], m->scene->lang), false);
        }
    }
    m->scene->ordered_columns = true;
}

static void add_boxes(mission *m) {
    bool any_cluster = cn_entity_count_of(m->net, CN_ENTITY_CLUSTER) > 0;
    for (cn_entity entity = 0; entity < cn_entity_count(m->net); entity++) {
        if (m->column[entity] == COLUMNS) {
            continue;
        }
        cn_buf small = {0};
        cn__node_style style = cn__node_style_of(m->net, entity, m->members[entity], any_cluster);
        cn__view_small_line(m->net, entity, m->scene->lang, &small);
        const char *region = cn_entity_text(m->net, entity, CN_FIELD_REGION);
        if (entity == m->event && region[0]) {
            cn_buf_add_text(&small, small.len ? ", " : "");
            cn_buf_add_text(&small, region);
        }
        m->node[entity] =
            cn__view_add_node(m->scene, m->net, entity, style, entity == m->event, small.data ? small.data : "");
        if (m->node[entity] != CN_NONE) {
            m->scene->nodes[m->node[entity]].column = m->number[m->column[entity]];
        }
        m->scene->failed |= small.failed;
        cn_buf_release(&small);
    }
}

/* ---- lines ---- */

static bool is_line(const void *context, cn_link link) {
    const mission *m = context;
    uint32_t kinds = m->options->link_kinds ? m->options->link_kinds : UINT32_MAX;
    cn_entity from = cn_link_from(m->net, link);
    cn_entity to = cn_link_to(m->net, link);
    bool tie = from != to && from != m->event && to != m->event && kinds & CN_KIND_BIT(cn_link_kind_of(m->net, link));
    return m->node[from] != CN_NONE && m->node[to] != CN_NONE && cn__view_link_drawn(m->net, link) &&
           (of_event(m, link) || tie);
}

/* "delegate", "agreement", "12 m": what the line is, where its look does not say all. */
static void label(mission *m, uint32_t index, const cn__line *line, bool tie) {
    cn_lang lang = m->scene->lang;
    cn_role role = cn_link_role(m->net, line->links[0]);
    if (line->style == CN__LINK_SUPPLY || line->style == CN__LINK_SERVICE) {
        cn__view_label_line(m->scene, m->net, index, line, "");
        return;
    }
    cn_buf since = {0};
    cn_date date = cn_link_since(m->net, line->links[0]);
    if (line->style == CN__LINK_AGREEMENT && date != CN_DATE_NONE) {
        cn_buf day = {0};
        cn_format_date(&day, lang, date);
        cn__draw_text_1(&since, CN__TEXT_SINCE, lang, day.data ? day.data : "");
        since.failed |= day.failed;
        cn_buf_release(&day);
    }
    bool says = !tie && (role == CN_ROLE_DELEGATE || role == CN_ROLE_SPEAKER || role == CN_ROLE_GUEST);
    const char *words = says ? cn_vocabulary_name(CN_VOC_ROLE, (int)role, lang) : since.data ? since.data : "";
    const char *texts[CN__LABEL_LINES] = {words, "", ""};
    cn__scene_set_label(m->scene, index, texts);
    m->scene->failed |= since.failed;
    cn_buf_release(&since);
}

static void add_line(mission *m, const cn__line *line) {
    bool tie = line->to != m->event;
    uint32_t index = (uint32_t)m->scene->link_count;
    cn__line own = *line;
    own.style = line->style == CN__LINK_MEMBER ? CN__LINK_BELONGS : line->style;
    cn__scene_link *link = cn__view_add_line(m->scene, m->net, &own);
    if (!link) {
        return;
    }
    uint32_t from = m->scene->nodes[m->node[line->from]].column;
    uint32_t to = m->scene->nodes[m->node[line->to]].column;
    link->from = m->node[line->from];
    link->to = m->node[line->to];
    link->inside = from == to && from > 0; /* left of the first column there is no room for arcs */
    link->turned = from > to;
    link->loose = tie;
    link->weight = tie ? 0 : 4;
    if (cn__line_has_width(line)) {
        link->width = cn__scene_value_width(m->scene, line->value);
    }
    m->ties += tie;
    label(m, index, line, tie);
}

static bool add_lines(mission *m) {
    if (!cn__lines_gather(&m->lines, m->net, is_line, m)) {
        return false;
    }
    m->scene->value_span = 2.4;
    m->scene->value_max = cn__lines_largest(&m->lines);
    for (size_t at = 0; at < m->lines.count;) {
        cn__line line = cn__lines_at(&m->lines, at);
        at += line.count;
        if (line.to == m->event || m->ties < MOST_TIES) {
            add_line(m, &line);
        } else {
            m->left_out.ties++;
        }
    }
    return !m->scene->failed;
}

/* ---- the whole ---- */

static void finish(mission *m, cn__draw_text_id remark) {
    cn_lang lang = m->scene->lang;
    cn_buf date = {0};
    cn_buf ties = {0};
    cn_format_date(&date, lang, cn_entity_date(m->net, m->event, CN_FIELD_DATE));
    if (m->ties) {
        cn__draw_text_count(&ties, CN__TEXT_MISSION_TIES, lang, m->ties);
    }
    const char *parts[] = {date.data ? date.data : "", cn__draw_text(CN__TEXT_SUB_MISSION, lang),
                           ties.data ? ties.data : "", remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, lang)};
    if (m->scene->node_count == 1) {
        m->left_out.alone = cn__draw_text(CN__TEXT_MISSION_NOBODY, lang);
    }
    bool few = m->scene->node_count <= FEW;
    m->scene->rank_gap = few ? 40 : 28;
    m->scene->node_gap = few ? 18 : 14;
    cn__view_finish(m->scene, m->net, m->options, cn_entity_name(m->net, m->event), parts, 4, &m->left_out);
    m->scene->failed |= date.failed || ties.failed;
    cn_buf_release(&date);
    cn_buf_release(&ties);
}

static bool fill(mission *m, cn__draw_text_id remark) {
    uint32_t n = cn_entity_count(m->net);
    m->column = cn__alloc(n, sizeof *m->column);
    m->node = cn__alloc(n, sizeof *m->node);
    m->members = cn__view_cluster_members(m->net);
    if (!m->column || !m->node || !m->members) {
        return false;
    }
    memset(m->node, 0xFF, n * sizeof *m->node);
    find_present(m);
    add_columns(m);
    add_boxes(m);
    if (m->scene->failed || !add_lines(m) || !cn__view_clear_lanes(m->scene) || !cn__view_raise_hubs(m->scene)) {
        return false;
    }
    finish(m, remark);
    return true;
}

cn_status cn__view_mission(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    mission m = {.net = net, .options = options, .scene = scene, .event = options->subject};
    cn__draw_text_id remark = CN__TEXT_COUNT;
    if (!options->subject_given) {
        m.event = cn__subject_event(net, &remark);
    }
    if (m.event == CN_NONE) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_EVENTS);
    }
    if (cn_entity_kind_of(net, m.event) != CN_ENTITY_EVENT) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_NO_EVENT, cn_entity_name(net, m.event));
    }
    bool ok = fill(&m, remark);
    cn__free(m.column);
    cn__free(m.node);
    cn__free(m.members);
    cn__lines_release(&m.lines);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
