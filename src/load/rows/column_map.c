/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --map "HEADER=column,HEADER=column". A header may hold commas and equals signs' neighbours, a column holds neither: so an item ends
 * at the first comma behind its last "=". Few items; every search is linear.
 */
#include "column_map.h"

#include "load_context.h"
#include "memory.h"
#include "schema.h"
#include "utf8.h"

#include <string.h>

static bool is_column(const cn__section *section, const char *name, size_t len) {
    for (size_t i = 0; i < section->column_count; i++) {
        const cn__column *column = &section->columns[i];
        bool same = strlen(column->key) == len && memcmp(column->key, name, len) == 0;
        if (same && column->type != CN__FREE && !(column->flags & CN__JSON_ONLY)) {
            return true;
        }
    }
    return false;
}

/* One column: "from", "companies.name", "x.NAME". */
static bool is_target(const char *text, size_t len) {
    const char *dot = memchr(text, '.', len);
    if (len > 2 && memcmp(text, "x.", 2) == 0) {
        return true;
    }
    const cn__section *only = dot ? cn__section_find_table(text, (size_t)(dot - text)) : NULL;
    if (only) {
        size_t name = (size_t)(dot - text) + 1;
        bool is_free = len - name > 2 && memcmp(text + name, "x.", 2) == 0;
        return is_free || is_column(only, text + name, len - name);
    }
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        if (is_column(cn__section_at((cn__section_id)id), text, len)) {
            return true;
        }
    }
    return false;
}

static bool good_target(const char *text) {
    size_t len = strlen(text);
    if (strcmp(text, "-") == 0) {
        return true;
    }
    if (len < 4 || strcmp(text + len - 3, "...") != 0) {
        return is_target(text, len);
    }
    for (const char *at = text; at < text + len - 3;) {
        size_t name = strcspn(at, "+");
        name = at + name > text + len - 3 ? (size_t)(text + len - 3 - at) : name;
        if (!is_target(at, name)) {
            return false;
        }
        at += name + 1;
    }
    return true;
}

static char *copy_of(const char *text, size_t len) {
    char *copy = cn__alloc(len + 1, 1);
    if (copy) {
        memcpy(copy, text, len);
        copy[len] = '\0';
    }
    return copy;
}

static cn_status add_item(cn__column_map *map, const char *header, size_t header_len, const char *target,
                          size_t target_len, cn_error *err) {
    if (!cn__grow((void **)&map->items, &map->cap, map->count, 1, sizeof *map->items)) {
        return CN__NO_MEMORY(err);
    }
    cn__mapped *item = &map->items[map->count++];
    cn_buf folded = {0};
    *item = (cn__mapped){copy_of(header, header_len), NULL, copy_of(target, target_len), false};
    if (item->header) {
        cn__utf8_fold(&folded, item->header);
    }
    item->folded = folded.data && !folded.failed ? copy_of(folded.data, folded.len) : NULL;
    cn_buf_release(&folded);
    if (!item->header || !item->folded || !item->target) {
        return CN__NO_MEMORY(err);
    }
    return good_target(item->target) ? CN_OK : CN__FAIL1(err, CN_ERR_ARGUMENT, MAP_TARGET, item->target);
}

cn_status cn__column_map_parse(cn__column_map *map, const char *text, cn_error *err) {
    cn_status status = CN_OK;
    size_t len = strlen(text);
    if (cn__utf8_valid(text, len) < len) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, MAP_FORM, "…");
    }
    for (const char *at = text; *at && status == CN_OK;) {
        size_t header = strcspn(at, "=");
        size_t target = at[header] ? strcspn(at + header + 1, ",") : 0;
        if (header == 0 || target == 0) {
            return CN__FAIL1(err, CN_ERR_ARGUMENT, MAP_FORM, text);
        }
        status = add_item(map, at, header, at + header + 1, target, err);
        at += header + 1 + target;
        at += *at == ',';
    }
    return status;
}

/* The length of the table's name with its dot, 0 where there is none. */
static size_t table_len(const char *target) {
    size_t dot = strcspn(target, ".");
    return target[dot] == '.' && cn__section_find_table(target, dot) ? dot + 1 : 0;
}

const char *cn__column_map_find(cn__column_map *map, const char *table, const char *folded) {
    for (size_t i = 0; i < map->count; i++) {
        cn__mapped *item = &map->items[i];
        size_t own = table_len(item->target);
        bool here = own == 0 || (strlen(table) == own - 1 && memcmp(table, item->target, own - 1) == 0);
        if (here && strcmp(item->folded, folded) == 0) {
            item->used = true;
            return item->target + own;
        }
    }
    return NULL;
}

const char *cn__column_map_table(const cn__column_map *map, const char *folded, size_t *len) {
    for (size_t i = 0; i < map->count; i++) {
        size_t own = table_len(map->items[i].target);
        if (own && strcmp(map->items[i].folded, folded) == 0) {
            *len = own - 1;
            return map->items[i].target;
        }
    }
    return NULL;
}

void cn__column_map_tell(cn__load *load, const char *label) {
    for (size_t i = 0; i < load->map.count; i++) {
        if (!load->map.items[i].used) {
            CN__REPORT1(load, label, ((cn__place){0, 0}), MAP_UNUSED, load->map.items[i].header);
        }
    }
}

void cn__column_map_release(cn__column_map *map) {
    for (size_t i = 0; i < map->count; i++) {
        cn__free(map->items[i].header);
        cn__free(map->items[i].folded);
        cn__free(map->items[i].target);
    }
    cn__free(map->items);
    memset(map, 0, sizeof *map);
}
