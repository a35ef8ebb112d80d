/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of the record model, one function each: what a network never contains, whoever built it. The numbers of
 * the builder's own arrays are its invariant; here only what comes from outside is judged. Every check is O(1) in the
 * size of the network.
 */
#include <math.h>
#include <string.h>

#include "builder_impl.h"
#include "coopnet/date.h"
#include "error.h"
#include "number.h"
#include "utf8.h"

/* Texts of numbers inside messages are short; where memory fails they stay empty. */
static const char *shown(const cn_buf *buf) { return buf->data != NULL ? buf->data : ""; }

/* A wrong call: the name of what was given, and the number that it was. */
static cn_status refuse(cn_error *err, const char *what, uint64_t found) {
    cn_buf text = {0};
    cn__format_u64(&text, found);
    cn_status status = CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, what, shown(&text));
    cn_buf_release(&text);
    return status;
}

cn_status cn__check_text(const char *text, cn_error *err) {
    if (text == NULL) {
        return CN_OK;
    }
    size_t len = strlen(text);
    size_t valid = cn__utf8_valid(text, len);
    if (valid == len) {
        return CN_OK;
    }
    /* Show only the good part: messages are UTF-8 themselves. */
    cn_buf good = {0};
    cn_buf_add(&good, text, valid);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, TEXT_NOT_UTF8, shown(&good));
    cn_buf_release(&good);
    return status;
}

cn_status cn__check_currency(const char *code, cn_error *err) {
    bool good = strlen(code) == 3;
    for (size_t i = 0; good && i < 3; i++) {
        good = code[i] >= 'A' && code[i] <= 'Z';
    }
    if (good) {
        return CN_OK;
    }
    cn_status status = cn__check_text(code, err);
    return status != CN_OK ? status : CN__FAIL1(err, CN_ERR_ARGUMENT, BAD_CURRENCY, code);
}

/* A missing end is open, and a date that says only the year may lie anywhere in it. */
static cn_status check_period(cn_date since, cn_date until, cn_error *err) {
    if (since == CN_DATE_NONE || until == CN_DATE_NONE || cn_date_first_day(since) <= cn_date_last_day(until)) {
        return CN_OK;
    }
    cn_buf begin = {0};
    cn_buf end = {0};
    cn_format_date_iso(&begin, since);
    cn_format_date_iso(&end, until);
    cn_status status = CN__FAIL2(err, CN_ERR_ARGUMENT, PERIOD_REVERSED, shown(&begin), shown(&end));
    cn_buf_release(&begin);
    cn_buf_release(&end);
    return status;
}

cn_status cn__check_money(const char *key, int64_t minor, cn_error *err) {
    if (minor >= 0 || minor == CN_MONEY_NONE) {
        return CN_OK;
    }
    cn_buf text = {0};
    cn_format_money_exact(&text, minor);
    cn_status status = CN__FAIL2(err, CN_ERR_ARGUMENT, NEGATIVE_VALUE, key, shown(&text));
    cn_buf_release(&text);
    return status;
}

/* ---- entities ---- */

cn_status cn__check_entity(const cn_builder *builder, cn_entity_kind kind, const char *id, cn_error *err) {
    if ((unsigned)kind >= CN_ENTITY_KIND_COUNT) {
        return refuse(err, "entity kind", (unsigned)kind);
    }
    if (id == NULL || id[0] == '\0') {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, EMPTY_ID);
    }
    cn_status status = cn__check_text(id, err);
    if (status != CN_OK) {
        return status;
    }
    cn_entity other = cn_builder_find(builder, id);
    if (other != CN_NONE) {
        const char *whose = cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)cn_builder_entity_kind(builder, other));
        return CN__FAIL2(err, CN_ERR_ARGUMENT, DUPLICATE_ID, id, whose);
    }
    if (builder->net.entity_count >= CN_NONE - 1) {
        return CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "entities");
    }
    return CN_OK;
}

/* ---- links ---- */

/* The keys of a set of entity kinds: "company, park". */
static void list_kinds(cn_buf *out, uint32_t kinds) {
    for (int kind = 0; kind < CN_ENTITY_KIND_COUNT; kind++) {
        if ((kinds & CN_KIND_BIT(kind)) != 0) {
            cn_buf_add_text(out, out->len > 0 ? ", " : "");
            cn_buf_add_text(out, cn_vocabulary_key(CN_VOC_ENTITY_KIND, kind));
        }
    }
}

static cn_status check_end(const cn_builder *builder, cn_link_kind link_kind, const char *end, cn_entity entity,
                           uint32_t allowed, cn_error *err) {
    if (entity >= builder->net.entity_count) {
        return refuse(err, end, entity);
    }
    cn_entity_kind found = cn_builder_entity_kind(builder, entity);
    if ((allowed & CN_KIND_BIT(found)) != 0) {
        return CN_OK;
    }
    cn_buf expected = {0};
    list_kinds(&expected, allowed);
    const char *args[] = {cn_vocabulary_key(CN_VOC_LINK_KIND, (int)link_kind), end,
                          cn_builder_entity_id(builder, entity), cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)found),
                          shown(&expected)};
    cn_status status = cn__fail(err, CN_ERR_ARGUMENT, CN_MSG_WRONG_END_KIND, sizeof args / sizeof *args, args);
    cn_buf_release(&expected);
    return status;
}

static cn_status refuse_self(const cn_builder *builder, cn_link_kind kind, cn_entity entity, cn_error *err) {
    const char *id = cn_builder_entity_id(builder, entity);
    if (kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, SELF_SUPPLY, id);
    }
    if (kind == CN_LINK_OWNERSHIP) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, SELF_OWNERSHIP, id);
    }
    return CN__FAIL2(err, CN_ERR_ARGUMENT, SELF_LINK, id, cn_vocabulary_key(CN_VOC_LINK_KIND, (int)kind));
}

/* Only what cn_date_make makes: years 1 to 9999, and the first day of a month or year. */
static bool is_date(uint64_t date) {
    if (date > UINT32_MAX || cn_date_precision((cn_date)date) == CN_PRECISION_NONE) {
        return false;
    }
    int year;
    int month;
    int day;
    cn_date_parts((cn_date)date, &year, &month, &day);
    return cn_date_make(year, month, day) == date;
}

/* What the types cannot keep out: numbers that are no row of their table, dates that are none. */
static cn_status check_link_numbers(const cn_link_spec *spec, cn_error *err) {
    if ((unsigned)spec->kind >= CN_LINK_KIND_COUNT) {
        return refuse(err, "link kind", (unsigned)spec->kind);
    }
    if ((unsigned)spec->status >= CN_STATUS_COUNT) {
        return refuse(err, "status", (unsigned)spec->status);
    }
    if ((unsigned)spec->role >= CN_ROLE_COUNT) {
        return refuse(err, "role", (unsigned)spec->role);
    }
    if (spec->since != CN_DATE_NONE && !is_date(spec->since)) {
        return refuse(err, "since", spec->since);
    }
    if (spec->until != CN_DATE_NONE && !is_date(spec->until)) {
        return refuse(err, "until", spec->until);
    }
    return CN_OK;
}

cn_status cn__check_link(const cn_builder *builder, const cn_link_spec *spec, cn_error *err) {
    cn_status status = check_link_numbers(spec, err);
    if (status == CN_OK) {
        status = check_end(builder, spec->kind, "from", spec->from, cn_link_kind_from(spec->kind), err);
    }
    if (status == CN_OK) {
        status = check_end(builder, spec->kind, "to", spec->to, cn_link_kind_to(spec->kind), err);
    }
    if (status == CN_OK && spec->from == spec->to) {
        status = refuse_self(builder, spec->kind, spec->from, err);
    }
    if (status == CN_OK) {
        status = cn__check_money("value", spec->value_minor, err);
    }
    if (status == CN_OK) {
        status = check_period(spec->since, spec->until, err);
    }
    if (status == CN_OK) {
        status = cn__check_text(spec->product, err);
    }
    if (status == CN_OK) {
        status = cn__check_text(spec->source, err);
    }
    if (status == CN_OK && builder->net.link_count >= CN_NONE - 1) {
        status = CN__FAIL1(err, CN_ERR_LIMIT, MODEL_TOO_LARGE, "links");
    }
    return status;
}

/* ---- properties ---- */

/* Links have columns of their own for these, set by cn_link_spec: one place for each fact. */
static bool is_link_column(cn_field field) {
    return field == CN_FIELD_SINCE || field == CN_FIELD_UNTIL || field == CN_FIELD_SOURCE ||
           field == CN_FIELD_PRODUCT || field == CN_FIELD_STATUS || field == CN_FIELD_ROLE;
}

cn_status cn__check_field(const cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                          cn_field_type type, cn_error *err) {
    if ((unsigned)field >= CN_FIELD_COUNT) {
        return refuse(err, "field", (unsigned)field);
    }
    if (owner_kind == CN_OWNER_ENTITY ? owner >= builder->net.entity_count
                                      : owner_kind != CN_OWNER_LINK || owner >= builder->net.link_count) {
        return refuse(err, "owner", owner);
    }
    if (cn_field_type_of(field) != type || (owner_kind == CN_OWNER_LINK && is_link_column(field))) {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "field", cn_field_key(field));
    }
    return CN_OK;
}

static cn_status check_range(const char *key, double number, double least, double most, cn_error *err) {
    if (number >= least && number <= most) {
        return CN_OK;
    }
    cn_buf found = {0};
    cn_buf low = {0};
    cn_buf high = {0};
    cn_format_exact(&found, number);
    cn_format_exact(&low, least);
    cn_format_exact(&high, most);
    const char *args[] = {key, shown(&found), shown(&low), shown(&high)};
    cn_status status = cn__fail(err, CN_ERR_ARGUMENT, CN_MSG_OUT_OF_RANGE, sizeof args / sizeof *args, args);
    cn_buf_release(&found);
    cn_buf_release(&low);
    cn_buf_release(&high);
    return status;
}

static cn_status check_not_negative(const char *key, double number, cn_error *err) {
    if (number >= 0) {
        return CN_OK;
    }
    cn_buf found = {0};
    cn_format_exact(&found, number);
    cn_status status = CN__FAIL2(err, CN_ERR_ARGUMENT, NEGATIVE_VALUE, key, shown(&found));
    cn_buf_release(&found);
    return status;
}

cn_status cn__check_number(cn_field field, double number, cn_error *err) {
    const char *key = cn_field_key(field);
    if (!isfinite(number)) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, NOT_FINITE, key);
    }
    switch (field) {
    case CN_FIELD_SHARE:
        return check_range(key, number, 0, 1, err);
    case CN_FIELD_LAT:
        return check_range(key, number, -90, 90, err);
    case CN_FIELD_LON:
        return check_range(key, number, -180, 180, err);
    case CN_FIELD_QUANTITY:
    case CN_FIELD_FINE_VALUE:
        return check_not_negative(key, number, err);
    default:
        return CN_OK;
    }
}

static cn_status check_word(const cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                            uint64_t word, cn_error *err) {
    cn_vocabulary vocabulary = CN_VOC_COUNT;
    if (owner_kind == CN_OWNER_ENTITY) {
        vocabulary = cn__field_vocabulary(field, cn_builder_entity_kind(builder, owner));
    }
    if (vocabulary == CN_VOC_COUNT) {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "field", cn_field_key(field));
    }
    bool good = word >= 1 && word < (uint64_t)cn_vocabulary_size(vocabulary);
    return good ? CN_OK : refuse(err, cn_field_key(field), word);
}

cn_status cn__check_count(const cn_builder *builder, cn_owner owner_kind, uint32_t owner, cn_field field,
                          uint64_t count, cn_error *err) {
    cn_field_type type = cn_field_type_of(field);
    if (type == CN_TYPE_ENUM) {
        return check_word(builder, owner_kind, owner, field, count, err);
    }
    if (type == CN_TYPE_FLAG) {
        return count <= 1 ? CN_OK : refuse(err, cn_field_key(field), count);
    }
    if (type != CN_TYPE_DATE) {
        return CN_OK;
    }
    if (!is_date(count)) {
        return refuse(err, cn_field_key(field), count);
    }
    if (owner_kind == CN_OWNER_ENTITY && field == CN_FIELD_SINCE) {
        return check_period((cn_date)count, builder->until[owner], err);
    }
    if (owner_kind == CN_OWNER_ENTITY && field == CN_FIELD_UNTIL) {
        return check_period(builder->since[owner], (cn_date)count, err);
    }
    return CN_OK;
}

/* ---- items ---- */

cn_status cn__check_item(const cn_builder *builder, const cn_item *item, const char *text, cn_error *err) {
    bool goods = item->kind == CN_ITEM_MAKES || item->kind == CN_ITEM_NEEDS;
    if (!goods && item->kind != CN_ITEM_PLAN && item->kind != CN_ITEM_FACT) {
        return refuse(err, "item kind", (unsigned)item->kind);
    }
    if (item->owner >= builder->net.entity_count) {
        return refuse(err, "owner", item->owner);
    }
    if (text == NULL || text[0] == '\0') {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, goods ? "product" : "indicator", "\"\"");
    }
    if ((unsigned)item->origin >= CN_ORIGIN_COUNT) {
        return refuse(err, "origin", (unsigned)item->origin);
    }
    if (item->year < 0 || item->year > 9999) {
        return check_range("year", item->year, 0, 9999, err);
    }
    if (goods ? isinf(item->number) : !isfinite(item->number)) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, NOT_FINITE, "value");
    }
    cn_status status = cn__check_text(text, err);
    if (status == CN_OK) {
        status = cn__check_money("value", item->value_minor, err);
    }
    if (status == CN_OK) {
        status = cn__check_money("capacity", item->capacity_minor, err);
    }
    return status;
}
