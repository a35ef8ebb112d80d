/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a snapshot: the table of parts first, with the checksums, then the arrays one after the other; nothing of the network is
 * copied but the items, whose padding must not carry whatever lay in memory, and the places of the ids. Two passes over the arrays, O(bytes).
 */
#include "snapshot_impl.h"

#include "error.h"
#include "id_order.h"

#include <string.h>

enum { PIECE_BYTES = 4 << 20 };

static const char *const part_names[] = {
#define PART(id, name) name,
    CN__SNAPSHOT_PARTS(PART)
#undef PART
};

const char *cn__snapshot_part_name(cn__snapshot_part part) { return part_names[part]; }

size_t cn__snapshot_element(cn__snapshot_part part) {
    switch (part) {
    case CN__SNAPSHOT_ABOUT:
        return sizeof(cn__snapshot_about);
    case CN__SNAPSHOT_TEXT:
    case CN__SNAPSHOT_KEYS:
    case CN__SNAPSHOT_ENTITY_KIND:
    case CN__SNAPSHOT_KIND:
    case CN__SNAPSHOT_STATUS:
    case CN__SNAPSHOT_ROLE:
        return 1;
    case CN__SNAPSHOT_ID_ORDER:
        return sizeof(uint64_t);
    case CN__SNAPSHOT_VALUE:
        return sizeof(int64_t);
    case CN__SNAPSHOT_ENTITY_PROPS:
    case CN__SNAPSHOT_LINK_PROPS:
        return sizeof(cn_prop);
    case CN__SNAPSHOT_ITEMS:
        return sizeof(cn_item);
    default:
        return sizeof(uint32_t);
    }
}

void cn__snapshot_words(cn__snapshot_about *about) {
    for (int vocabulary = 0; vocabulary < CN_VOC_COUNT; vocabulary++) {
        about->words[vocabulary] = (uint32_t)cn_vocabulary_size((cn_vocabulary)vocabulary);
    }
    about->fields = CN_FIELD_COUNT;
}

/* ---- checksum ---- */

static uint64_t stir(uint64_t lane) {
    lane *= UINT64_C(0x9E3779B97F4A7C15);
    return lane ^ lane >> 32;
}

void cn__checksum_begin(cn__checksum *sum) {
    for (size_t i = 0; i < 8; i++) {
        sum->lanes[i] = stir(i + 1);
    }
}

void cn__checksum_add(cn__checksum *sum, const void *bytes, size_t len) {
    const char *at = bytes;
    uint64_t lanes[8];
    memcpy(lanes, sum->lanes, sizeof lanes);
    for (size_t left = len; left >= sizeof lanes; left -= sizeof lanes, at += sizeof lanes) {
        uint64_t words[8];
        memcpy(words, at, sizeof words);
        for (size_t i = 0; i < 8; i++) {
            lanes[i] = stir(lanes[i] ^ words[i]);
        }
    }
    memcpy(sum->lanes, lanes, sizeof lanes);
}

uint64_t cn__checksum_end(const cn__checksum *sum) {
    uint64_t all = 0;
    for (size_t i = 0; i < 8; i++) {
        all = stir(all ^ sum->lanes[i]);
    }
    return all;
}

/* ---- parts ---- */

typedef struct part {
    const void *bytes;
    size_t len;
} part;

typedef struct parts {
    part of[CN__SNAPSHOT_PART_COUNT];
    cn__snapshot_about about;
    cn_item *items;
    uint32_t *id_text; /* of a network that has a map: places of its ids, and their order */
    uint64_t *id_order;
} parts;

static void parts_release(parts *all) {
    cn__free(all->items);
    cn__free(all->id_text);
    cn__free(all->id_order);
}

/* What a snapshot has instead of a map. False: memory. */
static bool order_ids(const cn_network *net, parts *out) {
    if (net->id_order) {
        return true;
    }
    out->id_text = cn__alloc(net->entity_count, sizeof *out->id_text);
    out->id_order = cn__alloc(net->entity_count, sizeof *out->id_order);
    for (cn_entity e = 0; out->id_text && e < net->entity_count; e++) {
        out->id_text[e] = net->ids.entries[e].key;
    }
    return out->id_text && out->id_order && cn__id_order_make(net, out->id_order);
}

static bool collect(const cn_network *net, parts *out) {
    memset(out, 0, sizeof *out);
    out->items = cn__calloc(net->item_count, sizeof *out->items);
    if (out->items == NULL || !order_ids(net, out)) {
        return false;
    }
    for (size_t i = 0; i < net->item_count; i++) { /* member by member: the padding stays 0 */
        const cn_item *item = &net->items[i];
        out->items[i].owner = item->owner;
        out->items[i].kind = item->kind;
        out->items[i].product = item->product;
        out->items[i].year = item->year;
        out->items[i].value_minor = item->value_minor;
        out->items[i].capacity_minor = item->capacity_minor;
        out->items[i].number = item->number;
        out->items[i].origin = item->origin;
    }
    cn__snapshot_about *about = &out->about;
    about->title = net->title;
    about->note = net->note;
    about->source = net->source;
    about->country = net->country;
    memcpy(about->currency, net->currency, sizeof about->currency);
    about->as_of = net->as_of;
    about->lang = net->lang;
    cn__snapshot_words(about);
    size_t n = net->entity_count;
    size_t m = net->link_count;
    const part list[CN__SNAPSHOT_PART_COUNT] = {
        [CN__SNAPSHOT_ABOUT] = {about, sizeof *about},
        [CN__SNAPSHOT_TEXT] = {net->text.bytes, net->text.len},
        [CN__SNAPSHOT_KEYS] = {net->ids.keys.bytes, net->ids.keys.len},
        [CN__SNAPSHOT_ID] = {net->id_order ? net->id_text : out->id_text, n * sizeof *net->id_text},
        [CN__SNAPSHOT_ID_ORDER] = {net->id_order ? net->id_order : out->id_order, n * sizeof *net->id_order},
        [CN__SNAPSHOT_ENTITY_KIND] = {net->entity_kind, n},
        [CN__SNAPSHOT_ENTITY_NAME] = {net->entity_name, n * sizeof *net->entity_name},
        [CN__SNAPSHOT_FROM] = {net->link_from, m * sizeof *net->link_from},
        [CN__SNAPSHOT_TO] = {net->link_to, m * sizeof *net->link_to},
        [CN__SNAPSHOT_KIND] = {net->link_kind, m},
        [CN__SNAPSHOT_STATUS] = {net->link_status, m},
        [CN__SNAPSHOT_ROLE] = {net->link_role, m},
        [CN__SNAPSHOT_VALUE] = {net->link_value, m * sizeof *net->link_value},
        [CN__SNAPSHOT_PRODUCT] = {net->link_product, m * sizeof *net->link_product},
        [CN__SNAPSHOT_SOURCE] = {net->link_source, m * sizeof *net->link_source},
        [CN__SNAPSHOT_SINCE] = {net->link_since, m * sizeof *net->link_since},
        [CN__SNAPSHOT_UNTIL] = {net->link_until, m * sizeof *net->link_until},
        [CN__SNAPSHOT_ENTITY_PROPS] = {net->entity_props.rows, net->entity_props.count * sizeof(cn_prop)},
        [CN__SNAPSHOT_LINK_PROPS] = {net->link_props.rows, net->link_props.count * sizeof(cn_prop)},
        [CN__SNAPSHOT_ITEMS] = {out->items, net->item_count * sizeof(cn_item)},
    };
    memcpy(out->of, list, sizeof list);
    return true;
}

static size_t padded(size_t len) { return (len + CN__SNAPSHOT_ALIGN - 1) / CN__SNAPSHOT_ALIGN * CN__SNAPSHOT_ALIGN; }

/* The end of a part, up to a multiple of the alignment. */
static size_t last_block(const part *p, char block[CN__SNAPSHOT_ALIGN]) {
    size_t left = p->len % CN__SNAPSHOT_ALIGN;
    memset(block, 0, CN__SNAPSHOT_ALIGN);
    if (left > 0) {
        memcpy(block, (const char *)p->bytes + (p->len - left), left);
    }
    return left > 0 ? CN__SNAPSHOT_ALIGN : 0;
}

static uint64_t checksum_of(const part *p) {
    char block[CN__SNAPSHOT_ALIGN];
    cn__checksum sum;
    cn__checksum_begin(&sum);
    cn__checksum_add(&sum, p->bytes, p->len / CN__SNAPSHOT_ALIGN * CN__SNAPSHOT_ALIGN);
    cn__checksum_add(&sum, block, last_block(p, block));
    return cn__checksum_end(&sum);
}

/* What is written, and who watches. */
typedef struct writing {
    cn__file_out file;
    const cn_snapshot_watch *watch;
    uint64_t done, total;
    bool stopped;
} writing;

static void put(writing *w, const void *bytes, size_t len) {
    const char *at = bytes;
    while (len > 0 && !w->stopped && w->file.failed == 0) {
        size_t some = len < PIECE_BYTES ? len : PIECE_BYTES;
        cn__file_out_put(&w->file, at, some);
        at += some;
        len -= some;
        w->done += some;
        w->stopped = w->watch && w->watch->step && !w->watch->step(w->watch->context, w->done, w->total);
    }
}

static void write_parts(const parts *all, writing *w) {
    cn__snapshot_header header = {
        .version = CN__SNAPSHOT_VERSION, .order = CN__SNAPSHOT_ORDER, .part_count = CN__SNAPSHOT_PART_COUNT};
    cn__snapshot_row table[(CN__SNAPSHOT_PART_COUNT + 1) / 2 * 2]; /* two rows are a multiple of the alignment */
    memcpy(header.magic, CN__SNAPSHOT_MAGIC, sizeof header.magic);
    memset(table, 0, sizeof table);
    size_t at = sizeof header + sizeof table;
    for (size_t i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        const part *p = &all->of[i];
        table[i] = (cn__snapshot_row){at, p->len, cn__snapshot_element((cn__snapshot_part)i), checksum_of(p)};
        at += padded(p->len);
    }
    header.file_bytes = w->total = at;
    cn__checksum sum;
    cn__checksum_begin(&sum);
    cn__checksum_add(&sum, &header, sizeof header); /* with 0 where it will stand */
    cn__checksum_add(&sum, table, sizeof table);
    header.checksum = cn__checksum_end(&sum);
    put(w, &header, sizeof header);
    put(w, table, sizeof table);
    for (size_t i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        char block[CN__SNAPSHOT_ALIGN];
        put(w, all->of[i].bytes, all->of[i].len / CN__SNAPSHOT_ALIGN * CN__SNAPSHOT_ALIGN);
        put(w, block, last_block(&all->of[i], block));
    }
}

cn_status cn_snapshot_write_watched(const cn_network *net, const char *path, const cn_snapshot_watch *watch,
                                    cn_error *err) {
    parts all;
    writing w = {.watch = watch};
    if (!collect(net, &all)) {
        parts_release(&all);
        return CN__NO_MEMORY(err);
    }
    cn_status status = cn__file_out_open(path, &w.file, err);
    if (status == CN_OK) {
        write_parts(&all, &w);
        status = cn__file_out_close(&w.file, path, !w.stopped, err);
    }
    if (status == CN_OK && w.stopped) {
        status = CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED);
    }
    parts_release(&all);
    return status;
}

cn_status cn_snapshot_write(const cn_network *net, const char *path, cn_error *err) {
    return cn_snapshot_write_watched(net, path, NULL, err);
}
