/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all views share: nodes, groups and lines with their words. The long words (<title>, <desc>) carry everything a
 * reader may ask of a thing: its full name, kind, region, dates, values, products and source. Cost: linear in the texts.
 */
#include "view.h"

#include <math.h>
#include <string.h>

#include "number.h"
#include "simplify.h"
#include "utf8.h"

#define MAX_LINKS_DESCRIBED 20
#define SHORT_NAME_WIDTH 52.0 /* a product's name that is no wider stands in the label */

/* Separator between facts: only when something stands before. */
static void add_part(cn_buf *out, const char *separator, const char *text) {
    if (text && text[0]) {
        cn_buf_add_text(out, out->len ? separator : "");
        cn_buf_add_text(out, text);
    }
}

static void add_part_buf(cn_buf *out, const char *separator, cn_buf *part) {
    add_part(out, separator, part->data);
    out->failed |= part->failed;
    cn_buf_release(part);
}

static void add_date(cn_buf *out, const char *separator, cn__draw_text_id id, cn_lang lang, cn_date date) {
    if (date == CN_DATE_NONE) {
        return;
    }
    cn_buf text = {0};
    cn_buf part = {0};
    cn_format_date(&text, lang, date);
    cn__draw_text_1(&part, id, lang, text.data ? text.data : "");
    out->failed |= text.failed;
    cn_buf_release(&text);
    add_part_buf(out, separator, &part);
}

static void add_named(cn_buf *out, const char *separator, cn__draw_text_id id, cn_lang lang, const char *text) {
    cn_buf part = {0};
    if (text[0]) {
        cn__draw_text_1(&part, id, lang, text);
    }
    add_part_buf(out, separator, &part);
}

static const char *status_words(const cn_network *net, cn_entity entity, cn_lang lang) {
    int status = cn_entity_enum(net, entity, CN_FIELD_STATUS);
    switch (cn_entity_kind_of(net, entity)) {
    case CN_ENTITY_CLUSTER:
        return cn_vocabulary_name(CN_VOC_CLUSTER_STATUS, status, lang);
    case CN_ENTITY_PROJECT:
        return cn_vocabulary_name(CN_VOC_PROJECT_STATUS, status, lang);
    default:
        return "";
    }
}

static void add_money(cn_buf *out, const cn_network *net, cn_lang lang, int64_t minor) {
    cn_format_money(out, lang, minor, cn_network_currency(net));
}

static void add_money_field(cn_buf *out, const cn_network *net, cn_entity entity, cn_field field, cn_lang lang) {
    int64_t minor = cn_entity_money(net, entity, field);
    if (minor == CN_MONEY_NONE) {
        return;
    }
    cn_buf part = {0};
    cn_buf_add_text(&part, cn_field_name(field, lang));
    cn_buf_add_text(&part, ": ");
    add_money(&part, net, lang, minor);
    add_part_buf(out, "\n", &part);
}

/* Everything about an entity, a line each. */
static uint32_t describe_entity(cn__scene *scene, const cn_network *net, cn_entity entity) {
    cn_lang lang = scene->lang;
    cn_buf out = {0};
    add_part(&out, "\n", cn__entity_kind_words(net, entity, lang));
    add_named(&out, "\n", CN__TEXT_STATUS, lang, status_words(net, entity, lang));
    add_named(&out, "\n", CN__TEXT_REGION, lang, cn_entity_text(net, entity, CN_FIELD_REGION));
    add_date(&out, "\n", CN__TEXT_DATE, lang, cn_entity_date(net, entity, CN_FIELD_DATE));
    add_date(&out, "\n", CN__TEXT_SINCE, lang, cn_entity_date(net, entity, CN_FIELD_SINCE));
    add_date(&out, "\n", CN__TEXT_UNTIL, lang, cn_entity_date(net, entity, CN_FIELD_UNTIL));
    add_money_field(&out, net, entity, CN_FIELD_OUTPUT, lang);
    add_money_field(&out, net, entity, CN_FIELD_BUDGET, lang);
    add_part(&out, "\n", cn_entity_text(net, entity, CN_FIELD_NOTE));
    add_named(&out, "\n", CN__TEXT_SOURCE, lang, cn_entity_text(net, entity, CN_FIELD_SOURCE));
    return cn__scene_keep_buf(scene, &out, true);
}

/* Does the name say the words already ("Технопарк «Сколково»", "технопарк")? */
static bool name_says(const char *name, const char *words) {
    cn_buf folded_name = {0};
    cn_buf folded_words = {0};
    cn__utf8_fold(&folded_name, name);
    cn__utf8_fold(&folded_words, words);
    bool says = folded_name.data && folded_words.data && strstr(folded_name.data, folded_words.data);
    cn_buf_release(&folded_name);
    cn_buf_release(&folded_words);
    return says;
}

void cn__view_small_line(const cn_network *net, cn_entity entity, cn_lang lang, cn_buf *out) {
    const char *words = cn__entity_kind_words(net, entity, lang);
    const char *name = cn_entity_short(net, entity);
    switch (cn_entity_kind_of(net, entity)) {
    case CN_ENTITY_COMPANY:
        if (cn_entity_has_role(net, entity, CN_ROLE_ANCHOR)) {
            add_part(out, "", words);
        }
        return;
    case CN_ENTITY_PROJECT: {
        int64_t budget = cn_entity_money(net, entity, CN_FIELD_BUDGET);
        add_part(out, "", status_words(net, entity, lang));
        if (budget != CN_MONEY_NONE) {
            cn_buf money = {0};
            add_money(&money, net, lang, budget);
            add_part_buf(out, " · ", &money);
        }
        return;
    }
    case CN_ENTITY_EVENT: {
        if (!name_says(name, words)) {
            add_part(out, "", words);
        }
        cn_buf date = {0};
        cn_format_date(&date, lang, cn_entity_date(net, entity, CN_FIELD_DATE));
        add_part_buf(out, ", ", &date);
        return;
    }
    case CN_ENTITY_CLUSTER:
        add_part(out, "", status_words(net, entity, lang));
        return;
    default:
        if (!name_says(name, words)) {
            add_part(out, "", words);
        }
    }
}

uint32_t cn__view_add_node(cn__scene *scene, const cn_network *net, cn_entity entity, cn__node_style style, bool bold,
                           const char *small) {
    uint32_t index = (uint32_t)scene->node_count;
    if (!cn__scene_add_node(scene)) {
        return CN_NONE;
    }
    uint32_t id = cn__scene_keep_raw(scene, cn_entity_id(net, entity));
    uint32_t title = cn__scene_keep(scene, cn_entity_name(net, entity), false);
    uint32_t desc = describe_entity(scene, net, entity);
    cn__scene_node *node = &scene->nodes[index];
    node->entity = entity;
    node->style = style;
    node->bold = bold;
    node->id = id;
    node->title = title;
    node->desc = desc;
    cn__scene_fit_node(scene, index, cn_entity_short(net, entity), small);
    return index;
}

uint32_t cn__view_add_group(cn__scene *scene, const cn_network *net, cn_entity entity) {
    uint32_t index = (uint32_t)scene->group_count;
    if (!cn__scene_add_group(scene)) {
        return CN_NONE;
    }
    uint32_t id = cn__scene_keep_raw(scene, cn_entity_id(net, entity));
    uint32_t title = cn__scene_keep(scene, cn_entity_name(net, entity), false);
    uint32_t desc = describe_entity(scene, net, entity);
    cn__scene_group *group = &scene->groups[index];
    group->entity = entity;
    group->style = cn__group_style_of(net, entity);
    group->id = id;
    group->title = title;
    group->desc = desc;
    cn_buf small = {0};
    bool park = cn_entity_kind_of(net, entity) == CN_ENTITY_PARK;
    add_part(&small, "",
             park ? cn__entity_kind_words(net, entity, scene->lang) : status_words(net, entity, scene->lang));
    add_part(&small, ", ", cn_entity_text(net, entity, CN_FIELD_REGION));
    cn__scene_set_group_label(scene, index, cn_entity_name(net, entity), small.data ? small.data : "");
    scene->failed |= small.failed;
    cn_buf_release(&small);
    return index;
}

double cn__view_sum(const cn_network *net, const cn_link *links, size_t count, bool *any) {
    double sum = 0;
    *any = false;
    for (size_t i = 0; i < count; i++) {
        double value = cn_link_value(net, links[i]);
        if (!isnan(value)) {
            sum += value;
            *any = true;
        }
    }
    return sum;
}

static const char *product_name(const cn_network *net, const char *code) {
    cn_entity product = code[0] ? cn_entity_find(net, code) : CN_NONE;
    bool is_product = product != CN_NONE && cn_entity_kind_of(net, product) == CN_ENTITY_PRODUCT;
    return is_product ? cn_entity_short(net, product) : "";
}

/* Everything about one link, on one line. */
static void describe_link(cn_buf *out, const cn_network *net, cn_link link, cn_lang lang) {
    cn_buf text = {0};
    add_part(&text, "", cn_vocabulary_name(CN_VOC_LINK_KIND, (int)cn_link_kind_of(net, link), lang));
    add_part(&text, ", ", cn_vocabulary_name(CN_VOC_ROLE, (int)cn_link_role(net, link), lang));
    if (cn_link_status_of(net, link) > CN_STATUS_ACTUAL) {
        add_part(&text, ", ", cn_vocabulary_name(CN_VOC_LINK_STATUS, (int)cn_link_status_of(net, link), lang));
    }
    add_part(&text, "; ", cn_link_product(net, link));
    add_part(&text, " ", product_name(net, cn_link_product(net, link)));
    if (cn_link_value_minor(net, link) != CN_MONEY_NONE) {
        cn_buf money = {0};
        cn_buf part = {0};
        add_money(&money, net, lang, cn_link_value_minor(net, link));
        cn__draw_text_1(&part, CN__TEXT_VALUE_YEAR, lang, money.data ? money.data : "");
        text.failed |= money.failed;
        cn_buf_release(&money);
        add_part_buf(&text, "; ", &part);
    }
    add_date(&text, "; ", CN__TEXT_SINCE, lang, cn_link_since(net, link));
    add_date(&text, "; ", CN__TEXT_UNTIL, lang, cn_link_until(net, link));
    add_named(&text, "; ", CN__TEXT_SOURCE, lang, cn_link_source(net, link));
    add_part_buf(out, "\n", &text);
}

static uint32_t describe_line(cn__scene *scene, const cn_network *net, const cn__line *line) {
    cn_buf out = {0};
    if (line->count > 1) {
        cn__draw_text_count(&out, CN__TEXT_LINKS_MERGED, scene->lang, line->count);
    }
    for (size_t i = 0; i < line->count && i < MAX_LINKS_DESCRIBED; i++) {
        describe_link(&out, net, line->links[i], scene->lang);
    }
    return cn__scene_keep_buf(scene, &out, true);
}

cn__scene_link *cn__view_add_line(cn__scene *scene, const cn_network *net, const cn__line *line) {
    const cn__link_look *look = cn__link_look_of(line->style);
    size_t index = scene->link_count;
    if (!cn__scene_add_link(scene)) {
        return NULL;
    }
    bool directed = line->count == 0 || cn_link_kind_directed(cn_link_kind_of(net, line->links[0]));
    cn_buf id = {0};
    cn_buf_add_text(&id, cn_entity_id(net, line->from));
    cn_buf_add_text(&id, "-");
    cn_buf_add_text(&id, cn_entity_id(net, line->to));
    cn_buf_add_text(&id, "-");
    cn_buf_add_text(&id, look->key);
    cn_buf title = {0};
    cn_buf_add_text(&title, cn_entity_name(net, line->from));
    cn_buf_add_text(&title, directed ? " → " : " — ");
    cn_buf_add_text(&title, cn_entity_name(net, line->to));
    uint32_t kept_id = cn__scene_keep_buf(scene, &id, false);
    uint32_t kept_title = cn__scene_keep_buf(scene, &title, false);
    uint32_t desc = describe_line(scene, net, line);
    cn__scene_link *link = &scene->links[index];
    link->id = kept_id;
    link->title = kept_title;
    link->desc = desc;
    link->style = line->style;
    link->planned = line->planned;
    link->plain = !directed;
    link->kind = line->count ? cn_link_kind_of(net, line->links[0]) : CN_LINK_SUPPLY;
    link->width = look->width;
    bool any;
    link->value = cn__view_sum(net, line->links, line->count, &any);
    return link;
}

/* The products of a line: the first two codes; returns how many there are. */
static uint64_t find_products(const cn_network *net, const cn__line *line, const char **first, const char **second) {
    *first = *second = "";
    uint64_t different = 0;
    for (size_t i = 0; i < line->count; i++) {
        const char *code = cn_link_product(net, line->links[i]);
        bool seen = !code[0];
        for (size_t j = 0; j < i && !seen; j++) {
            seen = strcmp(code, cn_link_product(net, line->links[j])) == 0;
        }
        if (!seen) {
            *second = different == 1 ? code : *second;
            *first = different == 0 ? code : *first;
            different++;
        }
    }
    return different;
}

void cn__view_label_line(cn__scene *scene, const cn_network *net, uint32_t link, const cn__line *line,
                         const char *prefix) {
    cn_buf many = {0};
    cn_buf money = {0};
    bool any = false;
    double sum = cn__view_sum(net, line->links, line->count, &any);
    if (any && sum < 9e16) {
        add_money(&money, net, scene->lang, llround(sum * 100));
    }
    if (scene->terse) {
        const char *texts[CN__LABEL_LINES] = {prefix, money.data ? money.data : "", ""};
        cn__scene_set_label(scene, link, texts);
        scene->failed |= money.failed;
        cn_buf_release(&money);
        return;
    }
    const char *first, *second;
    uint64_t different = find_products(net, line, &first, &second);
    const char *name = different == 1 ? product_name(net, first) : "";
    const char *texts[CN__LABEL_LINES] = {prefix, first, money.data ? money.data : ""};
    if (different > 2 || (different == 2 && prefix[0])) {
        cn__draw_text_count(&many, CN__TEXT_PRODUCTS, scene->lang, different);
        texts[1] = many.data ? many.data : "";
    } else if (!prefix[0]) {
        bool is_short = cn__font_width(name, strlen(name), false, CN__SMALL_SIZE) <= SHORT_NAME_WIDTH;
        texts[0] = first;
        texts[1] = different == 2 ? second : is_short ? name : "";
    }
    if (scene->short_labels && !prefix[0]) {
        if (different > 1) {
            many.len = 0;
            cn__draw_text_count(&many, CN__TEXT_PRODUCTS, scene->lang, different);
        } else {
            cn_buf_add_text(&many, first);
        }
        add_part(&many, " · ", money.data);
        texts[0] = many.data ? many.data : "";
        texts[1] = texts[2] = "";
    }
    cn__scene_set_label(scene, link, texts);
    scene->failed |= many.failed || money.failed;
    cn_buf_release(&many);
    cn_buf_release(&money);
}

cn__link_time cn__view_link_time(const cn_network *net, cn_link link) {
    cn_date as_of = cn_network_as_of_date(net);
    cn_date since = cn_link_since(net, link);
    cn_date until = cn_link_until(net, link);
    if (as_of == CN_DATE_NONE || cn_date_covers(since, until, as_of)) {
        return CN__LINK_NOW;
    }
    bool over = until != CN_DATE_NONE && cn_date_last_day(until) < cn_date_first_day(as_of);
    return over ? CN__LINK_OVER : CN__LINK_LATER;
}

bool cn__view_link_drawn(const cn_network *net, cn_link link) {
    cn_link_status status = cn_link_status_of(net, link);
    return status == CN_STATUS_PLANNED || (status != CN_STATUS_BROKEN && cn__view_link_time(net, link) == CN__LINK_NOW);
}

uint8_t *cn__view_cluster_members(const cn_network *net) {
    uint8_t *marks = cn__calloc(cn_entity_count(net), 1);
    for (cn_link link = 0; marks && link < cn_link_count(net); link++) {
        bool now = cn_link_status_of(net, link) != CN_STATUS_BROKEN && cn__view_link_time(net, link) == CN__LINK_NOW;
        if (cn_link_kind_of(net, link) == CN_LINK_MEMBER && now) {
            marks[cn_link_from(net, link)] = 1;
        }
    }
    return marks;
}

static void add_counted(cn_buf *out, cn__draw_text_id id, cn_lang lang, uint64_t count) {
    if (count > 0) {
        cn_buf part = {0};
        cn__draw_text_count(&part, id, lang, count);
        add_part_buf(out, ", ", &part);
    }
}

static uint32_t notes_line(cn__scene *scene, const cn__left_out *left_out, uint32_t straight) {
    cn_lang lang = scene->lang;
    cn_buf list = {0};
    cn_buf line = {0};
    add_counted(&list, CN__TEXT_LEFT_BROKEN, lang, left_out->broken);
    add_counted(&list, CN__TEXT_LEFT_PLANNED, lang, left_out->planned);
    add_counted(&list, CN__TEXT_LEFT_FUTURE, lang, left_out->later);
    add_counted(&list, CN__TEXT_LEFT_NEIGHBOURS, lang, left_out->neighbours);
    add_counted(&list, CN__TEXT_LEFT_TIERS, lang, left_out->tiers_beyond);
    add_counted(&list, CN__TEXT_LEFT_HIT, lang, left_out->hit);
    add_counted(&list, CN__TEXT_LEFT_UNHURT, lang, left_out->unhurt);
    add_counted(&list, CN__TEXT_LEFT_CHANGES, lang, left_out->changes);
    add_counted(&list, CN__TEXT_LEFT_STAYED, lang, left_out->stayed);
    add_counted(&list, CN__TEXT_LEFT_GROUPS, lang, left_out->groups);
    add_counted(&list, CN__TEXT_LEFT_FLOWS, lang, left_out->flows);
    add_counted(&list, CN__TEXT_LEFT_PARTNERS, lang, left_out->partners);
    add_counted(&list, CN__TEXT_LEFT_TIES, lang, left_out->ties);
    add_counted(&list, CN__TEXT_LEFT_OTHERS, lang, left_out->others);
    add_counted(&list, CN__TEXT_LEFT_OUTSIDERS, lang, left_out->outsiders);
    add_counted(&list, CN__TEXT_LEFT_PROJECTS, lang, left_out->projects);
    add_counted(&list, CN__TEXT_LEFT_PARTICIPANTS, lang, left_out->participants);
    add_counted(&list, CN__TEXT_LEFT_REGIONS, lang, left_out->regions);
    add_counted(&list, CN__TEXT_LEFT_CAPTIONS, lang, left_out->captions);
    add_counted(&list, CN__TEXT_LEFT_PLACELESS, lang, left_out->placeless);
    add_counted(&list, CN__TEXT_LEFT_UNVALUED, lang, left_out->unvalued);
    add_counted(&list, CN__TEXT_LEFT_CANDIDATES, lang, left_out->candidates);
    add_counted(&list, CN__TEXT_LEFT_ALONE, lang, left_out->alone_firms);
    if (left_out->labels && !straight) {
        add_part(&list, ", ", cn__draw_text(CN__TEXT_LEFT_LABELS, lang));
    }
    if (list.len) {
        cn__draw_text_1(&line, CN__TEXT_LEFT_OUT, lang, list.data);
    }
    if (straight > 0) {
        cn_buf part = {0};
        cn__draw_text_count(&part, CN__TEXT_SIMPLIFIED, lang, straight);
        add_part_buf(&line, " ", &part);
    }
    add_part(&line, " ", cn__scene_text(scene, scene->reduced_words));
    add_part(&line, " ", left_out->alone);
    if (scene->node_count == 0) {
        add_part(&line, " ", cn__draw_text(CN__TEXT_EMPTY, lang));
    }
    line.failed |= list.failed;
    cn_buf_release(&list);
    return cn__scene_keep_buf(scene, &line, false);
}

static uint32_t source_line(cn__scene *scene, const cn_network *net) {
    cn_buf line = {0};
    const char *source = cn_network_source(net);
    add_named(&line, "", CN__TEXT_SOURCE, scene->lang, source);
    if (!source[0]) {
        add_part(&line, "", cn__draw_text(CN__TEXT_SOURCE_UNKNOWN, scene->lang));
    }
    add_date(&line, "; ", CN__TEXT_SUB_AS_OF, scene->lang, cn_network_as_of_date(net));
    add_part(&line, "; ", cn__draw_text(CN__TEXT_MADE_WITH, scene->lang));
    return cn__scene_keep_buf(scene, &line, false);
}

void cn__view_finish(cn__scene *scene, const cn_network *net, const cn_draw_options *options, const char *title,
                     const char *const *parts, size_t part_count, const cn__left_out *left_out) {
    const char *own = cn_network_title(net);
    const char *chosen = options->title && options->title[0] ? options->title : title;
    if (!chosen) {
        chosen = own[0] ? own : cn__draw_text(CN__TEXT_TITLE_OVERVIEW, scene->lang);
    }
    cn_buf subtitle = {0};
    for (size_t i = 0; i < part_count; i++) {
        add_part(&subtitle, " · ", parts[i]);
    }
    if (chosen != own) {
        add_part(&subtitle, " · ", own);
    }
    add_date(&subtitle, " · ", CN__TEXT_SUB_AS_OF, scene->lang, cn_network_as_of_date(net));
    scene->title = cn__scene_keep(scene, chosen, false);
    scene->subtitle = cn__scene_keep_buf(scene, &subtitle, false);
    if (!scene->placed) {
        cn__view_reduce(scene, net, options);
        scene->failed |= !cn__view_lower_hubs(scene);
    }
    /* DOT goes to other programs, with everything. */
    uint32_t straight = options->format == CN_PICTURE_DOT || scene->placed ? 0 : cn__scene_simplify(scene);
    scene->notes = notes_line(scene, left_out, straight);
    scene->source = source_line(scene, net);
    scene->value_currency = cn__scene_keep(scene, cn_network_currency(net), false);
}
