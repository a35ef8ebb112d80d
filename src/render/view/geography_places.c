/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the organisations of a network are. Those of one region are one place: at the mean of the coordinates that are given, else at the
 * chief town of the region (geo.c). Those without a region stand where their coordinates are, by cells of a tenth of a degree; so do all when there
 * is but one region with coordinates. Abroad is what has a country that is not the network's own.
 * Invariant: places in the order of (size, name, first organisation). Cost: O(n log n), and a look-up a region.
 */
#include "view_geography.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"

typedef struct item {
    const char *region;
    int32_t cell_lat, cell_lon; /* of those without region; else 0 */
    cn_entity entity;
    cn__geo_point at; /* NaN: not given */
    bool abroad;
} item;

static int compare_cells(const item *x, const item *y) {
    if (x->cell_lat != y->cell_lat) {
        return x->cell_lat < y->cell_lat ? -1 : 1;
    }
    return x->cell_lon < y->cell_lon ? -1 : x->cell_lon > y->cell_lon;
}

static int compare_items(const void *a, const void *b) {
    const item *x = a;
    const item *y = b;
    int order = strcmp(x->region, y->region);
    order = order ? order : compare_cells(x, y);
    return order ? order : x->entity < y->entity ? -1 : x->entity > y->entity;
}

static bool same_place(const item *x, const item *y) {
    return strcmp(x->region, y->region) == 0 && compare_cells(x, y) == 0;
}

static item item_of(const cn_network *net, cn_entity entity) {
    const char *country = cn_entity_text(net, entity, CN_FIELD_COUNTRY);
    item it = {.region = cn_entity_text(net, entity, CN_FIELD_REGION),
               .entity = entity,
               .at = {cn_entity_number(net, entity, CN_FIELD_LAT), cn_entity_number(net, entity, CN_FIELD_LON)},
               .abroad = country[0] && strcmp(country, cn_network_country(net)) != 0};
    if (it.abroad && !it.region[0]) {
        it.region = country;
    }
    return it;
}

static bool has_spot(const item *it) { return !isnan(it->at.lat) && !isnan(it->at.lon); }

static void take_cell(item *it) {
    it->region = "";
    it->cell_lat = (int32_t)lround(it->at.lat * 10);
    it->cell_lon = (int32_t)lround(it->at.lon * 10);
}

/* The actors that have a place; those of the only region by their coordinates. */
static uint32_t gather(const cn_network *net, item *items, uint64_t *placeless) {
    uint32_t count = 0;
    uint32_t spots = 0;
    bool several = false;
    for (cn_entity entity = 0; entity < cn_entity_count(net); entity++) {
        if (!(CN_KIND_BIT(cn_entity_kind_of(net, entity)) & CN_K_ACTOR)) {
            continue;
        }
        item it = item_of(net, entity);
        if (!it.region[0] && !has_spot(&it)) {
            ++*placeless;
            continue;
        }
        if (!it.region[0]) {
            take_cell(&it);
        }
        spots += has_spot(&it);
        several |= count > 0 && strcmp(items[0].region, it.region) != 0;
        items[count++] = it;
    }
    for (uint32_t i = 0; !several && spots > 1 && i < count; i++) {
        if (has_spot(&items[i])) {
            take_cell(&items[i]);
        }
    }
    return count;
}

static cn_status locate(cn__place *place, const item *items, uint32_t count) {
    cn__geo_point sum = {0, 0};
    uint32_t spots = 0;
    bool abroad = true;
    for (uint32_t i = 0; i < count; i++) {
        abroad &= items[i].abroad;
        if (has_spot(&items[i])) {
            sum = (cn__geo_point){sum.lat + items[i].at.lat, sum.lon + items[i].at.lon};
            spots++;
        }
    }
    place->on_map = spots > 0 && !abroad;
    if (place->on_map) {
        place->at = (cn__geo_point){sum.lat / spots, sum.lon / spots};
        return CN_OK;
    }
    cn_status status = abroad ? CN_ERR_UNDEFINED : cn__geo_region(place->name, &place->at);
    place->on_map = status == CN_OK;
    return status == CN_ERR_UNDEFINED ? CN_OK : status;
}

static int largest_first(const void *a, const void *b) {
    const cn__place *x = a;
    const cn__place *y = b;
    if (x->size != y->size) {
        return x->size > y->size ? -1 : 1;
    }
    int order = strcmp(x->name, y->name);
    return order ? order : x->first < y->first ? -1 : x->first > y->first;
}

cn_status cn__places_find(const cn_network *net, cn__places *out, cn_error *err) {
    uint32_t n = cn_entity_count(net);
    *out = (cn__places){0};
    item *items = cn__alloc(n, sizeof *items);
    uint32_t *by_first = cn__alloc(n, sizeof *by_first);
    out->list = cn__calloc(n, sizeof *out->list);
    out->of = cn__alloc(n, sizeof *out->of);
    cn_status status = items && by_first && out->list && out->of ? CN_OK : CN_ERR_MEMORY;
    uint32_t count = status ? 0 : gather(net, items, &out->placeless);
    if (count) {
        qsort(items, count, sizeof *items, compare_items);
    }
    for (uint32_t at = 0; at < count && !status;) {
        uint32_t end = at + 1;
        while (end < count && same_place(&items[at], &items[end])) {
            end++;
        }
        cn__place *place = &out->list[out->count++];
        *place = (cn__place){.name = items[at].region, .first = items[at].entity, .size = end - at, .node = CN_NONE};
        status = locate(place, items + at, end - at);
        at = end;
    }
    if (!status && out->count) {
        qsort(out->list, out->count, sizeof *out->list, largest_first);
    }
    for (uint32_t i = 0; i < out->count && !status; i++) {
        by_first[out->list[i].first] = i;
    }
    if (out->of) {
        memset(out->of, 0xFF, n * sizeof *out->of);
    }
    for (uint32_t at = 0, first = 0; at < count && !status; at++) {
        first = same_place(&items[first], &items[at]) ? first : at;
        out->of[items[at].entity] = by_first[items[first].entity];
    }
    cn__free(items);
    cn__free(by_first);
    if (status) {
        cn__places_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn__places_release(cn__places *places) {
    cn__free(places->list);
    cn__free(places->of);
    *places = (cn__places){0};
}
