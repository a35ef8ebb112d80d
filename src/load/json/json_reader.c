/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON format: from cJSON's tree to records. The scan (json_scan.c) has found the notation free of mistakes and left a mark
 * for every key and value; the tree is walked by child and next in the same order, so that each value has its place and each
 * number its own digits. cJSON stays in this file and json_free.c. Invariant: `mark` is always the mark of the value in hand.
 * Concurrent loads share cJSON's global error pointer, which nobody here reads. O(bytes).
 */
#include "input.h"

#include "error.h"
#include "json_free.h"
#include "json_scan.h"
#include "near_name.h"
#include "strmap.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

enum { SMALL_OBJECT = 16, EVERY = 4096 };

typedef struct reader {
    cn__assembly *assembly;
    cn__load *load;
    const char *file;
    cn__json_scan scan;
    cn__draft draft;
    cn_buf scratch;
    uint32_t records;
} reader;

static cn__place place_of(const reader *r, uint32_t mark) { return r->scan.marks[mark].place; }

/* The first key or value in a list, and the one after a value. */
static uint32_t first_mark(uint32_t mark) { return mark + 1; }
static uint32_t next_mark(const reader *r, uint32_t mark) { return r->scan.marks[mark].next; }

/* A value as it is written, shortened, for messages. */
static void written(const reader *r, uint32_t mark, const cJSON *item, char out[64]) {
    const cn__mark *at = &r->scan.marks[mark];
    bool list = cJSON_IsObject(item) || cJSON_IsArray(item);
    const char *from = cJSON_IsObject(item) ? "{…}" : list ? "[…]" : r->scan.text + at->start;
    size_t len = list ? strlen(from) : at->len;
    const char *tail = len > 40 ? "…" : "";
    len = len > 40 ? 40 : len;
    while (*tail && ((unsigned char)from[len] & 0xC0u) == 0x80u) {
        len--;
    }
    (void)snprintf(out, 64, "%.*s%s", (int)len, from, tail);
}

static void say_type(reader *r, uint32_t mark, const cJSON *item, cn_message message, const char *key) {
    char shown[64];
    written(r, mark, item, shown);
    cn__report(r->load, r->file, place_of(r, mark), message, 2, (const char *[]){key, shown});
}

/* ---- duplicate keys ---- */

static void say_duplicate(const reader *r, uint32_t again, uint32_t first, const char *key) {
    cn_buf place = {0};
    cn__place_text(&place, r->file, place_of(r, first));
    CN__REPORT2(r->load, r->file, place_of(r, again), DUPLICATE_KEY, key, place.data ? place.data : "");
    cn_buf_release(&place);
}

static cn_status check_keys(const reader *r, const cJSON *item, uint32_t mark);

/* Few members, as nearly every object has: each against those before it, without memory. */
static void check_small(const reader *r, const cJSON *object, uint32_t mark) {
    uint32_t at = first_mark(mark);
    for (const cJSON *member = object->child; member; member = member->next) {
        uint32_t before = first_mark(mark);
        for (const cJSON *earlier = object->child; earlier != member; earlier = earlier->next) {
            if (strcmp(earlier->string, member->string) == 0) {
                say_duplicate(r, at, before, member->string);
                break;
            }
            before = next_mark(r, before + 1);
        }
        at = next_mark(r, at + 1);
    }
}

static bool is_small(const cJSON *object) {
    int count = 0;
    for (const cJSON *member = object->child; member && count <= SMALL_OBJECT; member = member->next) {
        count++;
    }
    return count <= SMALL_OBJECT;
}

static cn_status check_object(const reader *r, const cJSON *object, uint32_t mark) {
    cn__strmap seen = {0};
    bool small = is_small(object);
    if (small) {
        check_small(r, object, mark);
    }
    cn_status status = CN_OK;
    uint32_t at = first_mark(mark);
    for (const cJSON *member = object->child; member && status == CN_OK; member = member->next) {
        size_t len = strlen(member->string);
        uint32_t first = small ? CN_NONE : cn__strmap_find(&seen, member->string, len);
        if (first != CN_NONE) {
            say_duplicate(r, at, first, member->string);
        } else if (!small && !cn__strmap_add(&seen, member->string, len, at, NULL)) {
            status = CN__NO_MEMORY(r->load->err);
        }
        if (status == CN_OK) {
            status = check_keys(r, member, at + 1);
        }
        at = next_mark(r, at + 1);
    }
    cn__strmap_release(&seen);
    return status;
}

/* Report every key that stands twice in one object, anywhere. */
static cn_status check_keys(const reader *r, const cJSON *item, uint32_t mark) {
    if (cJSON_IsObject(item)) {
        return check_object(r, item, mark);
    }
    cn_status status = CN_OK;
    uint32_t at = first_mark(mark);
    for (const cJSON *element = cJSON_IsArray(item) ? item->child : NULL; element && status == CN_OK;
         element = element->next) {
        status = check_keys(r, element, at);
        at = next_mark(r, at);
    }
    return status;
}

/* ---- values to cells ---- */

static cn_status add_cell(reader *r, const cn__section *section, const cn__column *column, const char *text, size_t len,
                          uint32_t mark) {
    if (len > r->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(r->load, r->file, place_of(r, mark), TEXT_TOO_LONG, column->key,
                    cn__digits_of(&limit, r->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return CN_OK;
    }
    bool added = cn__draft_add(&r->draft, (uint32_t)(column - section->columns), NULL, text, len, place_of(r, mark));
    return added ? CN_OK : CN__NO_MEMORY(r->load->err);
}

/* One value that is not a list. Empty texts are as good as absent, except for an id. */
static cn_status read_single(reader *r, const cn__section *section, const cn__column *column, const cJSON *item,
                             uint32_t mark) {
    const cn__mark *at = &r->scan.marks[mark];
    cn_message expected = CN_MSG_EXPECT_TEXT;
    switch (column->type) {
    case CN__MONEY:
    case CN__NUMBER:
    case CN__COUNT:
        if (cJSON_IsNumber(item)) {
            return add_cell(r, section, column, r->scan.text + at->start, at->len, mark);
        }
        expected = CN_MSG_EXPECT_NUMBER;
        break;
    case CN__FLAG:
        if (cJSON_IsBool(item)) {
            const char *word = cJSON_IsTrue(item) ? "true" : "false";
            return add_cell(r, section, column, word, strlen(word), mark);
        }
        expected = CN_MSG_EXPECT_FLAG;
        break;
    default:
        if (cJSON_IsString(item)) {
            size_t len = strlen(item->valuestring);
            bool absent = len == 0 && column->to != CN__TO_ID;
            return absent ? CN_OK : add_cell(r, section, column, item->valuestring, len, mark);
        }
        break;
    }
    say_type(r, mark, item, expected, column->key);
    return CN_OK;
}

static cn_status add_free(reader *r, uint32_t column, const cJSON *member, uint32_t mark) {
    if (cJSON_IsNull(member)) {
        return CN_OK;
    }
    r->scratch.len = 0;
    cn__json_free_write(&r->scratch, member, &r->scan, mark);
    if (r->scratch.len > r->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(r->load, r->file, place_of(r, mark), TEXT_TOO_LONG, member->string,
                    cn__digits_of(&limit, r->load->limits.max_text_bytes), CN__OPTION_TEXT);
        return CN_OK;
    }
    bool added = !r->scratch.failed &&
                 cn__draft_add(&r->draft, column, member->string, r->scratch.data, r->scratch.len, place_of(r, mark));
    return added ? CN_OK : CN__NO_MEMORY(r->load->err);
}

static cn_status read_free(reader *r, uint32_t column, const cJSON *object, uint32_t mark) {
    cn_status status = CN_OK;
    uint32_t key = first_mark(mark);
    for (const cJSON *member = object->child; member && status == CN_OK; member = member->next) {
        status = add_free(r, column, member, key + 1);
        key = next_mark(r, key + 1);
    }
    return status;
}

static cn_status read_column(reader *r, const cn__section *section, const cn__column *column, const cJSON *item,
                             uint32_t mark) {
    if (cJSON_IsNull(item)) {
        return CN_OK;
    }
    if (column->type == CN__FREE) {
        if (cJSON_IsObject(item)) {
            return read_free(r, (uint32_t)(column - section->columns), item, mark);
        }
        say_type(r, mark, item, CN_MSG_EXPECT_OBJECT, column->key);
        return CN_OK;
    }
    if (!(column->flags & CN__LIST)) {
        return read_single(r, section, column, item, mark);
    }
    if (!cJSON_IsArray(item)) {
        say_type(r, mark, item, CN_MSG_EXPECT_LIST, column->key);
        return CN_OK;
    }
    cn_status status = CN_OK;
    uint32_t at = first_mark(mark);
    for (const cJSON *element = item->child; element && status == CN_OK; element = element->next) {
        status = read_single(r, section, column, element, at);
        at = next_mark(r, at);
    }
    return status;
}

static void say_unknown(const reader *r, uint32_t mark, const char *key, const cn__section *section) {
    const char *near = cn__may_suggest(r->load) ? cn__near_column(section, key, false) : NULL;
    if (near) {
        CN__REPORT3(r->load, r->file, place_of(r, mark), UNKNOWN_FIELD_NEAR, key, section->key, near);
    } else {
        CN__REPORT2(r->load, r->file, place_of(r, mark), UNKNOWN_FIELD, key, section->key);
    }
}

/* ---- rows ---- */

static const cn__section *child_of(const cn__section *section, const char *key) {
    return section->shape == CN__SHAPE_ENTITY ? cn__section_find_child(section->kind, key) : NULL;
}

static cn_status take_draft(reader *r, const cn__section *section, uint32_t mark, uint32_t parent, uint32_t *row) {
    cn__record record = {section, r->file,          r->draft.texts.bytes, r->draft.cells, r->draft.cell_count,
                         parent,  place_of(r, mark)};
    return cn__assembly_take(r->assembly, &record, row);
}

static cn_status read_list(reader *r, const cn__section *section, const cJSON *list, uint32_t mark, uint32_t parent);

/* One object of a list: its own fields are a record; then its child lists. */
static cn_status read_object(reader *r, const cn__section *section, const cJSON *object, uint32_t mark,
                             uint32_t parent) {
    cn_status status = CN_OK;
    uint32_t row = CN_NONE;
    cn__draft_begin(&r->draft);
    uint32_t key = first_mark(mark);
    for (const cJSON *member = object->child; member && status == CN_OK; member = member->next) {
        const cn__column *column = cn__column_find(section, member->string);
        if (column) {
            status = read_column(r, section, column, member, key + 1);
        }
        if (!column && !child_of(section, member->string)) {
            say_unknown(r, key, member->string, section);
        }
        key = next_mark(r, key + 1);
    }
    if (status == CN_OK) {
        status = take_draft(r, section, mark, parent, &row);
    }
    key = first_mark(mark);
    for (const cJSON *member = object->child; member && status == CN_OK; member = member->next) {
        const cn__section *child = child_of(section, member->string);
        if (child && !cn__column_find(section, member->string)) {
            status = read_list(r, child, member, key + 1, row);
        }
        key = next_mark(r, key + 1);
    }
    return status;
}

/* A child that is a plain text: its main column. */
static cn_status read_plain(reader *r, const cn__section *section, const cJSON *item, uint32_t mark, uint32_t parent) {
    cn_status status = CN_OK;
    cn__draft_begin(&r->draft);
    for (size_t i = 0; i < section->column_count && status == CN_OK; i++) {
        if (section->columns[i].flags & CN__MAIN) {
            status = read_single(r, section, &section->columns[i], item, mark);
        }
    }
    return status == CN_OK ? take_draft(r, section, mark, parent, NULL) : status;
}

static bool has_main(const cn__section *section) {
    for (size_t i = 0; i < section->column_count; i++) {
        if (section->columns[i].flags & CN__MAIN) {
            return true;
        }
    }
    return false;
}

/* Asks now and then whether to go on; `mark` is how far it has come. */
static cn_status ask(reader *r, uint32_t mark) {
    const cn_load_watch *watch = &r->load->watch;
    uint64_t done = (uint64_t)r->scan.len * mark / r->scan.mark_count; /* bytes, about */
    bool go_on = r->records++ % EVERY != 0 || !watch->step || watch->step(watch->context, done, r->scan.len);
    return go_on ? CN_OK : CN__FAIL0(r->load->err, CN_ERR_CANCELLED, CANCELLED);
}

static cn_status read_list(reader *r, const cn__section *section, const cJSON *list, uint32_t mark, uint32_t parent) {
    if (cJSON_IsNull(list)) {
        return CN_OK;
    }
    if (!cJSON_IsArray(list)) {
        say_type(r, mark, list, CN_MSG_EXPECT_LIST, section->key);
        return CN_OK;
    }
    cn_status status = CN_OK;
    uint32_t at = first_mark(mark);
    for (const cJSON *element = list->child; element && status == CN_OK && !r->load->stop; element = element->next) {
        if (cJSON_IsObject(element)) {
            status = read_object(r, section, element, at, parent);
        } else if (cJSON_IsString(element) && has_main(section)) {
            status = read_plain(r, section, element, at, parent);
        } else {
            say_type(r, at, element, CN_MSG_EXPECT_OBJECT, section->key);
        }
        at = next_mark(r, at);
        status = status == CN_OK ? ask(r, at) : status;
    }
    return status;
}

/* ---- the whole ---- */

static void say_unknown_section(const reader *r, uint32_t mark, const char *key) {
    const char *near = cn__may_suggest(r->load) ? cn__near_section(key) : NULL;
    if (near) {
        CN__REPORT2(r->load, r->file, place_of(r, mark), UNKNOWN_SECTION_NEAR, key, near);
    } else {
        CN__REPORT1(r->load, r->file, place_of(r, mark), UNKNOWN_SECTION, key);
    }
}

/* What the file says of itself, and its version. */
static cn_status read_network(reader *r, const cJSON *root, uint32_t mark) {
    const cn__section *network = cn__section_at(CN__SECTION_NETWORK);
    cn_status status = CN_OK;
    bool version = false;
    cn__draft_begin(&r->draft);
    uint32_t key = first_mark(mark);
    for (const cJSON *member = root->child; member && status == CN_OK; member = member->next) {
        const cn__column *column = cn__column_find(network, member->string);
        if (column) {
            status = read_column(r, network, column, member, key + 1);
            version = version || (column->index == CN__NET_VERSION && !cJSON_IsNull(member));
        } else if (!cn__section_find(member->string)) {
            say_unknown_section(r, key, member->string);
        }
        key = next_mark(r, key + 1);
    }
    if (status == CN_OK && !version) {
        CN__REPORT0(r->load, r->file, place_of(r, mark), MISSING_VERSION);
    }
    return status == CN_OK ? take_draft(r, network, mark, CN_NONE, NULL) : status;
}

/* The lists of the top level: the links, or all others. */
static cn_status read_sections(reader *r, const cJSON *root, uint32_t mark, bool links) {
    cn_status status = CN_OK;
    uint32_t key = first_mark(mark);
    for (const cJSON *member = root->child; member && status == CN_OK && !r->load->stop; member = member->next) {
        const cn__section *section = cn__section_find(member->string);
        if (section && (section->shape == CN__SHAPE_LINK) == links) {
            status = read_list(r, section, member, key + 1, CN_NONE);
        }
        key = next_mark(r, key + 1);
    }
    return status;
}

static cn_status read_tree(reader *r, const cJSON *root) {
    if (!cJSON_IsObject(root)) {
        say_type(r, 0, root, CN_MSG_EXPECT_NETWORK, "");
        return CN_OK;
    }
    cn_status status = check_keys(r, root, 0);
    if (status == CN_OK) {
        status = read_network(r, root, 0);
    }
    if (status == CN_OK) {
        status = read_sections(r, root, 0, false);
    }
    if (status == CN_OK && !r->load->stop) {
        status = cn__assembly_entities_done(r->assembly);
    }
    if (status == CN_OK && !r->load->stop) {
        status = read_sections(r, root, 0, true);
    }
    return status;
}

static cn_status parse(reader *r, const char *text, size_t start, size_t len, cJSON **out) {
    const char *end = NULL;
    *out = cJSON_ParseWithLengthOpts(text + start, len - start, &end, false);
    if (*out) {
        return CN_OK;
    }
    cn_buf what = {0};
    cn__digits digits;
    cn_buf_add_text(&what, "cJSON refuses byte ");
    cn_buf_add_text(&what, cn__digits_of(&digits, end ? (uint64_t)(end - text) : 0));
    cn_status status = CN__FAIL1(r->load->err, CN_ERR_INTERNAL, INTERNAL, what.data ? what.data : "cJSON");
    cn_buf_release(&what);
    return status;
}

/* By content, and where that says nothing by name. */
bool cn__sniff_json(const cn__input *input) {
    size_t at = input->start;
    while (at < input->len && input->bytes[at] && strchr(" \t\r\n", input->bytes[at])) {
        at++;
    }
    char first = at < input->len ? input->bytes[at] : '\0';
    return first == '{' || (first == '[' && !cn__name_ends(input->label, ".csv")) ||
           (first && cn__name_ends(input->label, ".json"));
}

cn_status cn__read_json(cn__assembly *assembly, const cn__input *input) {
    reader r = {0};
    r.assembly = assembly;
    r.load = assembly->load;
    r.file = input->label;
    cJSON *root = NULL;
    cn_status status = CN_OK;
    if (cn__json_scan_run(&r.scan, r.load, input->label, input->bytes, input->start, input->len)) {
        status = parse(&r, input->bytes, input->start, input->len, &root);
        if (status == CN_OK) {
            status = read_tree(&r, root);
        }
    } else {
        status = r.scan.status;
    }
    cJSON_Delete(root);
    cn__json_scan_release(&r.scan);
    cn__draft_release(&r.draft);
    cn_buf_release(&r.scratch);
    return status;
}
