/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layout of a snapshot:
 *
 *     header   64 bytes: magic, version, byte order, sizes, checksum of header and table
 *     table    for each part: where it is, how long, what size its elements have, checksum
 *     parts    each at a multiple of 64 bytes; zeros up to the next
 *
 * Numbers are those of the machine. The checksum of a part covers the zeros behind it, so that every byte of the file is covered.
 */
#ifndef CN_MODEL_SNAPSHOT_IMPL_H
#define CN_MODEL_SNAPSHOT_IMPL_H

#include "coopnet/snapshot.h"
#include "network_impl.h"

#define CN__SNAPSHOT_MAGIC                                                                                             \
    "\x89"                                                                                                             \
    "CNET\r\n\x1a"
enum { CN__SNAPSHOT_VERSION = 2, CN__SNAPSHOT_ORDER = 0x01020304, CN__SNAPSHOT_ALIGN = 64 };

/* Parts in the order of the file: CN__SNAPSHOT_PART(id, name). */
#define CN__SNAPSHOT_PARTS(PART)                                                                                       \
    PART(ABOUT, "about")                                                                                               \
    PART(TEXT, "texts")                                                                                                \
    PART(KEYS, "ids")                                                                                                  \
    PART(ID, "id")                                                                                                     \
    PART(ID_ORDER, "id-order")                                                                                         \
    PART(ENTITY_KIND, "entity-kind")                                                                                   \
    PART(ENTITY_NAME, "entity-name")                                                                                   \
    PART(FROM, "from")                                                                                                 \
    PART(TO, "to")                                                                                                     \
    PART(KIND, "kind")                                                                                                 \
    PART(STATUS, "status")                                                                                             \
    PART(ROLE, "role")                                                                                                 \
    PART(VALUE, "value")                                                                                               \
    PART(PRODUCT, "product")                                                                                           \
    PART(SOURCE, "source")                                                                                             \
    PART(SINCE, "since")                                                                                               \
    PART(UNTIL, "until")                                                                                               \
    PART(ENTITY_PROPS, "entity-properties")                                                                            \
    PART(LINK_PROPS, "link-properties")                                                                                \
    PART(ITEMS, "items")

typedef enum cn__snapshot_part {
#define PART(id, name) CN__SNAPSHOT_##id,
    CN__SNAPSHOT_PARTS(PART)
#undef PART
        CN__SNAPSHOT_PART_COUNT
} cn__snapshot_part;

typedef struct cn__snapshot_header {
    char magic[8];
    uint32_t version;
    uint32_t order;
    uint64_t file_bytes;
    uint32_t part_count;
    uint32_t reserved[7];
    uint64_t checksum; /* of all bytes before it and of the table */
} cn__snapshot_header;

typedef struct cn__snapshot_row {
    uint64_t at;
    uint64_t bytes;
    uint64_t element;
    uint64_t checksum;
} cn__snapshot_row;

/* What is no array. */
typedef struct cn__snapshot_about {
    uint32_t title;
    uint32_t note;
    uint32_t source;
    uint32_t country;
    char currency[4];
    uint32_t as_of;
    uint32_t lang;
    /* Sizes of the vocabularies: another program may know other words. */
    uint32_t words[CN_VOC_COUNT];
    uint32_t fields;
    uint32_t reserved[2];
} cn__snapshot_about;

const char *cn__snapshot_part_name(cn__snapshot_part part);
size_t cn__snapshot_element(cn__snapshot_part part);
void cn__snapshot_words(cn__snapshot_about *about);

/*
 * Checksum against accidents, `len` a multiple of 8, as fast as memory: eight lanes of (lane ^ word) · odd. One changed word always
 * changes it. `sum` is that of what came before, 0 at first; pieces are multiples of 64 bytes, except the last.
 */
typedef struct cn__checksum {
    uint64_t lanes[8];
} cn__checksum;
void cn__checksum_begin(cn__checksum *sum);
void cn__checksum_add(cn__checksum *sum, const void *bytes, size_t len); /* a multiple of 64 */
uint64_t cn__checksum_end(const cn__checksum *sum);

/* Does a string of bytes begin as a snapshot? */
bool cn__is_snapshot(const char *bytes, size_t len);
/*
 * The network in a file, which goes over to the network, also when this fails. `label` names it in messages. CN_ERR_INPUT: not a whole
 * and sound snapshot of this version.
 */
cn_status cn__snapshot_open(cn__file_view *file, const char *label, cn_network **out, cn_error *err);
/* Do all numbers of a network whose arrays come from outside lead to something? The part that does not, or PART_COUNT. */
cn__snapshot_part cn__snapshot_check(const cn_network *net);

#endif
