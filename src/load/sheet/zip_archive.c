/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zip through libzip. Against bombs: an entry may unpack to at most RATIO times its packed size once it is longer than FREE_BYTES, and
 * all entries together to at most 64 times the limit of a file. Invariant: `entry` is the one that is being read, or NULL. O(bytes).
 */
#include "zip_archive.h"

#include "input.h"
#include "memory.h"

#include <string.h>
#include <zip.h>

enum { RATIO = 200, FREE_BYTES = 32 << 20, LIST_BYTES = 1 << 20, TIMES_LIMIT = 64 };

struct cn__zip {
    cn__load *load;
    const char *label;
    zip_t *archive;
    zip_file_t *entry;
    uint64_t packed; /* of the entry */
    uint64_t size;   /* of the entry, as it says itself */
    uint64_t unpacked;
    uint64_t total;
    bool failed;
};

bool cn__zip_begins(const char *bytes, size_t len) { return len >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0; }

bool cn__zip_lists(const char *bytes, size_t len, const char *name) {
    size_t size = strlen(name);
    size_t from = len > LIST_BYTES ? len - LIST_BYTES : 0;
    for (const char *at = bytes + from; at; at++) {
        at = memchr(at, name[0], (size_t)(bytes + len - at));
        if (!at || (size_t)(bytes + len - at) < size) {
            return false;
        }
        if (memcmp(at, name, size) == 0) {
            return true;
        }
    }
    return false;
}

size_t cn__zip_peek(const char *bytes, size_t len, const char *end, char *out, size_t cap) {
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, NULL);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    zip_int64_t got = 0;
    if (!archive) {
        zip_source_free(source);
        return 0;
    }
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); i++) {
        const char *name = zip_get_name(archive, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (name && cn__name_ends(name, end)) {
            zip_file_t *entry = zip_fopen_index(archive, (zip_uint64_t)i, 0);
            got = entry ? zip_fread(entry, out, cap) : 0;
            if (entry) {
                (void)zip_fclose(entry);
            }
            break;
        }
    }
    zip_discard(archive);
    return got > 0 ? (size_t)got : 0;
}

static void say_broken(cn__zip *zip) {
    if (!zip->failed) {
        CN__REPORT0(zip->load, zip->label, ((cn__place){0, 0}), ARCHIVE_BROKEN);
    }
    zip->failed = true;
}

cn_status cn__zip_open(cn__load *load, const char *label, const char *bytes, size_t len, cn__zip **out) {
    zip_error_t error;
    cn__zip *zip = cn__calloc(1, sizeof *zip);
    *out = NULL;
    if (!zip) {
        return CN__NO_MEMORY(load->err);
    }
    zip->load = load;
    zip->label = label;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    zip->archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!zip->archive) {
        zip_source_free(source);
        say_broken(zip);
        cn__zip_close(zip);
        zip = NULL;
    }
    zip_error_fini(&error);
    *out = zip;
    return CN_OK;
}

void cn__zip_close(cn__zip *zip) {
    if (zip) {
        cn__zip_end(zip);
        if (zip->archive) {
            zip_discard(zip->archive);
        }
        cn__free(zip);
    }
}

bool cn__zip_has(const cn__zip *zip, const char *name) { return zip_name_locate(zip->archive, name, 0) >= 0; }

const char *cn__zip_name(const cn__zip *zip, uint64_t i) {
    return (zip_int64_t)i < zip_get_num_entries(zip->archive, 0) ? zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW) : NULL;
}

bool cn__zip_begin(cn__zip *zip, const char *name) {
    cn__zip_end(zip);
    zip_int64_t index = zip_name_locate(zip->archive, name, 0);
    return index >= 0 && cn__zip_begin_at(zip, (uint64_t)index);
}

bool cn__zip_begin_at(cn__zip *zip, uint64_t i) {
    zip_stat_t stat;
    cn__zip_end(zip);
    zip_stat_init(&stat);
    bool known = zip_stat_index(zip->archive, i, 0, &stat) == 0 && (stat.valid & ZIP_STAT_COMP_SIZE);
    zip->entry = known ? zip_fopen_index(zip->archive, i, 0) : NULL;
    zip->packed = known ? stat.comp_size : 0;
    zip->size = known && (stat.valid & ZIP_STAT_SIZE) ? stat.size : 0;
    zip->unpacked = 0;
    if (!zip->entry) { /* an encrypted one, too */
        say_broken(zip);
    }
    return zip->entry != NULL;
}

size_t cn__zip_pull(void *context, char *out, size_t cap) {
    cn__zip *zip = context;
    if (!zip->entry || zip->failed) {
        return 0;
    }
    zip_int64_t got = zip_fread(zip->entry, out, cap);
    if (got < 0) {
        say_broken(zip);
        return 0;
    }
    zip->unpacked += (uint64_t)got;
    zip->total += (uint64_t)got;
    bool swells = zip->unpacked > FREE_BYTES && zip->unpacked / RATIO > zip->packed;
    if (swells || zip->total / TIMES_LIMIT > zip->load->limits.max_file_bytes) {
        CN__REPORT1(zip->load, zip->label, ((cn__place){0, 0}), ARCHIVE_SWELLS, CN__OPTION_FILE);
        zip->failed = true;
        return 0;
    }
    return (size_t)got;
}

bool cn__zip_failed(const cn__zip *zip) { return zip->failed; }

void cn__zip_end(cn__zip *zip) {
    if (zip->entry) {
        (void)zip_fclose(zip->entry);
    }
    zip->entry = NULL;
}

uint64_t cn__zip_unpacked(const cn__zip *zip) { return zip->unpacked; }

uint64_t cn__zip_size(const cn__zip *zip) { return zip->size > zip->unpacked ? zip->size : zip->unpacked; }
