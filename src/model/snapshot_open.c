/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening a snapshot: the header says what it is and how long, the checksums that it is whole, snapshot_check.c that every number in it
 * leads to something; then the arrays are used where they lie. Nothing is believed before it was looked at: a place is compared
 * with the file's length before it is read. O(bytes), by all threads, at the speed of memory.
 */
#include "snapshot_impl.h"

#include "error.h"
#include "number.h"

#include <string.h>

enum { TABLE_ROWS = (CN__SNAPSHOT_PART_COUNT + 1) / 2 * 2 };

typedef struct opening {
    const char *label;
    const char *bytes;
    size_t len;
    cn__snapshot_row table[TABLE_ROWS];
    cn_error *err;
} opening;

bool cn__is_snapshot(const char *bytes, size_t len) {
    const size_t magic = sizeof CN__SNAPSHOT_MAGIC - 1;
    return len >= magic && memcmp(bytes, CN__SNAPSHOT_MAGIC, magic) == 0;
}

static cn_status damaged(const opening *o, const char *part) {
    return CN__FAIL2(o->err, CN_ERR_INPUT, SNAPSHOT_DAMAGED, o->label, part);
}

static cn_status torn(const opening *o, uint64_t wanted) {
    cn_buf got = {0};
    cn_buf want = {0};
    cn__format_u64(&got, o->len);
    cn__format_u64(&want, wanted);
    cn_status status =
        CN__FAIL3(o->err, CN_ERR_INPUT, SNAPSHOT_TORN, o->label, got.data ? got.data : "", want.data ? want.data : "");
    cn_buf_release(&got);
    cn_buf_release(&want);
    return status;
}

static cn_status read_header(opening *o) {
    cn__snapshot_header header;
    if (o->len < sizeof header + sizeof o->table) {
        return torn(o, sizeof header + sizeof o->table);
    }
    memcpy(&header, o->bytes, sizeof header);
    memcpy(o->table, o->bytes + sizeof header, sizeof o->table);
    if (header.version != CN__SNAPSHOT_VERSION || header.order != CN__SNAPSHOT_ORDER ||
        header.part_count != CN__SNAPSHOT_PART_COUNT) {
        return CN__FAIL1(o->err, CN_ERR_INPUT, SNAPSHOT_VERSION, o->label);
    }
    uint64_t told = header.checksum;
    header.checksum = 0;
    cn__checksum sum;
    cn__checksum_begin(&sum);
    cn__checksum_add(&sum, &header, sizeof header);
    cn__checksum_add(&sum, o->table, sizeof o->table);
    if (cn__checksum_end(&sum) != told) {
        return damaged(o, "header");
    }
    return header.file_bytes == o->len ? CN_OK : torn(o, header.file_bytes);
}

static size_t part_end(const opening *o, size_t part) {
    return part + 1 < CN__SNAPSHOT_PART_COUNT ? (size_t)o->table[part + 1].at : o->len;
}

/* The parts follow each other, each as long as it says and no longer than its zeros. */
static cn_status check_places(const opening *o) {
    uint64_t at = sizeof(cn__snapshot_header) + sizeof o->table;
    for (size_t i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        const cn__snapshot_row *row = &o->table[i];
        bool good = row->at == at && at <= o->len && row->bytes <= o->len - at &&
                    row->element == cn__snapshot_element((cn__snapshot_part)i) && row->bytes % row->element == 0;
        if (!good) {
            return damaged(o, "header");
        }
        at += (row->bytes + CN__SNAPSHOT_ALIGN - 1) / CN__SNAPSHOT_ALIGN * CN__SNAPSHOT_ALIGN;
    }
    return at == o->len ? CN_OK : damaged(o, "header");
}

static cn_status check_sums(const opening *o) {
    int wrong = CN__SNAPSHOT_PART_COUNT;
#pragma omp parallel for schedule(dynamic, 1) reduction(min : wrong) if (o->len > 4 << 20)
    for (int i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        cn__checksum sum;
        cn__checksum_begin(&sum);
        cn__checksum_add(&sum, o->bytes + o->table[i].at, part_end(o, (size_t)i) - (size_t)o->table[i].at);
        if (cn__checksum_end(&sum) != o->table[i].checksum && i < wrong) {
            wrong = i;
        }
    }
    return wrong == CN__SNAPSHOT_PART_COUNT ? CN_OK : damaged(o, cn__snapshot_part_name((cn__snapshot_part)wrong));
}

/* The arrays of a network are not const, as a builder fills them; those of a snapshot are never written to. */
static void *array_at(const opening *o, cn__snapshot_part part) {
    union {
        const char *seen;
        void *kept;
    } at = {o->bytes + o->table[part].at};
    return at.kept;
}

static size_t count_of(const opening *o, cn__snapshot_part part) {
    return (size_t)(o->table[part].bytes / o->table[part].element);
}

/* Do all parts of a kind have as many elements, and can they be numbered? */
static bool counts_agree(const opening *o) {
    static const cn__snapshot_part entities[] = {CN__SNAPSHOT_ID, CN__SNAPSHOT_ID_ORDER, CN__SNAPSHOT_ENTITY_KIND,
                                                 CN__SNAPSHOT_ENTITY_NAME};
    static const cn__snapshot_part links[] = {
        CN__SNAPSHOT_FROM,  CN__SNAPSHOT_TO,      CN__SNAPSHOT_KIND,   CN__SNAPSHOT_STATUS, CN__SNAPSHOT_ROLE,
        CN__SNAPSHOT_VALUE, CN__SNAPSHOT_PRODUCT, CN__SNAPSHOT_SOURCE, CN__SNAPSHOT_SINCE,  CN__SNAPSHOT_UNTIL};
    size_t n = count_of(o, entities[0]);
    size_t m = count_of(o, links[0]);
    bool same = n < CN_NONE && m < CN_NONE && count_of(o, CN__SNAPSHOT_ABOUT) == 1 &&
                count_of(o, CN__SNAPSHOT_TEXT) < UINT32_MAX && count_of(o, CN__SNAPSHOT_KEYS) < UINT32_MAX;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        same = same && count_of(o, entities[i]) == n;
    }
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        same = same && count_of(o, links[i]) == m;
    }
    return same;
}

static bool same_words(const cn__snapshot_about *about) {
    cn__snapshot_about known = {0};
    cn__snapshot_words(&known);
    return memcmp(known.words, about->words, sizeof known.words) == 0 && known.fields == about->fields;
}

static void fill(const opening *o, const cn__snapshot_about *about, cn_network *net) {
    net->title = about->title;
    net->note = about->note;
    net->source = about->source;
    net->country = about->country;
    memcpy(net->currency, about->currency, sizeof net->currency);
    net->as_of = about->as_of;
    net->lang = (cn_lang)about->lang;
    net->text = (cn__arena){array_at(o, CN__SNAPSHOT_TEXT), count_of(o, CN__SNAPSHOT_TEXT), 0};
    net->ids.keys = (cn__arena){array_at(o, CN__SNAPSHOT_KEYS), count_of(o, CN__SNAPSHOT_KEYS), 0};
    net->id_text = array_at(o, CN__SNAPSHOT_ID);
    net->id_order = array_at(o, CN__SNAPSHOT_ID_ORDER);
    net->entity_count = (uint32_t)count_of(o, CN__SNAPSHOT_ID);
    net->entity_kind = array_at(o, CN__SNAPSHOT_ENTITY_KIND);
    net->entity_name = array_at(o, CN__SNAPSHOT_ENTITY_NAME);
    net->link_count = (uint32_t)count_of(o, CN__SNAPSHOT_FROM);
    net->link_from = array_at(o, CN__SNAPSHOT_FROM);
    net->link_to = array_at(o, CN__SNAPSHOT_TO);
    net->link_kind = array_at(o, CN__SNAPSHOT_KIND);
    net->link_status = array_at(o, CN__SNAPSHOT_STATUS);
    net->link_role = array_at(o, CN__SNAPSHOT_ROLE);
    net->link_value = array_at(o, CN__SNAPSHOT_VALUE);
    net->link_product = array_at(o, CN__SNAPSHOT_PRODUCT);
    net->link_source = array_at(o, CN__SNAPSHOT_SOURCE);
    net->link_since = array_at(o, CN__SNAPSHOT_SINCE);
    net->link_until = array_at(o, CN__SNAPSHOT_UNTIL);
    net->entity_props = (cn__props){array_at(o, CN__SNAPSHOT_ENTITY_PROPS), count_of(o, CN__SNAPSHOT_ENTITY_PROPS), 0};
    net->link_props = (cn__props){array_at(o, CN__SNAPSHOT_LINK_PROPS), count_of(o, CN__SNAPSHOT_LINK_PROPS), 0};
    net->items = array_at(o, CN__SNAPSHOT_ITEMS);
    net->item_count = count_of(o, CN__SNAPSHOT_ITEMS);
}

static cn_status open_parts(opening *o, cn_network *net) {
    cn__snapshot_about about;
    cn_status status = read_header(o);
    if (status == CN_OK) {
        status = check_places(o);
    }
    if (status == CN_OK) {
        status = check_sums(o);
    }
    if (status == CN_OK && !counts_agree(o)) {
        status = damaged(o, "header");
    }
    if (status != CN_OK) {
        return status;
    }
    memcpy(&about, o->bytes + o->table[CN__SNAPSHOT_ABOUT].at, sizeof about);
    if (!same_words(&about)) {
        return CN__FAIL1(o->err, CN_ERR_INPUT, SNAPSHOT_VERSION, o->label);
    }
    if (about.lang != CN_LANG_EN && about.lang != CN_LANG_RU) {
        return damaged(o, cn__snapshot_part_name(CN__SNAPSHOT_ABOUT));
    }
    fill(o, &about, net);
    cn__snapshot_part wrong = cn__snapshot_check(net);
    return wrong == CN__SNAPSHOT_PART_COUNT ? CN_OK : damaged(o, cn__snapshot_part_name(wrong));
}

cn_status cn__snapshot_open(cn__file_view *file, const char *label, cn_network **out, cn_error *err) {
    opening o = {.label = label, .bytes = file->bytes, .len = file->len, .err = err};
    *out = NULL;
    cn_network *net = cn__calloc(1, sizeof *net);
    cn_status status = net != NULL ? open_parts(&o, net) : CN__NO_MEMORY(err);
    if (status != CN_OK || !cn__network_index(net)) {
        cn__free(net);
        cn__file_view_close(file);
        return status != CN_OK ? status : CN__NO_MEMORY(err);
    }
    net->snapshot = *file;
    *file = (cn__file_view){0};
    *out = net;
    return CN_OK;
}
