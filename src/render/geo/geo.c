/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of places and the projection. A conic projection with a central meridian of the middle shows Russia as people know it from the
 * wall: parallels as arcs, the north at the top. A name of a region is known by the words it has, row by row of regions.def. The
 * tables are constant. Cost: a look-up O(rows · length of the name).
 */
#include "geo.h"

#include <math.h>
#include <string.h>

#include "utf8.h"

#define EARTH 6371.0
#define DEGREE 0.017453292519943295

static const struct {
    const char *ru, *en;
    const char *town_ru, *town_en;
    cn__geo_point at;
} regions[] = {
#define CN__REGION(ru, en, city_ru, city_en, lat, lon) {ru, en, city_ru, city_en, {lat, lon}},
#include "regions.def"
#undef CN__REGION
};

static const cn__geo_point shores[] = {
#define CN__SHORE(lon, lat) {lat, lon},
#define CN__SHORE_END {91, 0},
#include "coast.def"
#undef CN__SHORE
#undef CN__SHORE_END
};

/* Does `name` (folded) have words that begin with `key`, or end there where it ends with $? */
static bool has_words(const char *name, const char *key, size_t len) {
    bool whole = key[len - 1] == '$';
    len -= whole;
    for (const char *at = name; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, key, len) == 0 && (!whole || at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool has_key(const char *name, const char *keys) {
    while (*keys) {
        size_t len = strcspn(keys, "|");
        if (has_words(name, keys, len)) {
            return true;
        }
        keys += len + (keys[len] == '|');
    }
    return false;
}

cn_status cn__geo_region(const char *name, cn__geo_point *at) {
    cn_buf folded = {0};
    cn_status status = CN_ERR_UNDEFINED;
    cn__utf8_fold(&folded, name);
    for (char *c = folded.data; c && *c; c++) { /* "Саха (Якутия)", "г. Москва" */
        *c = strchr("().,;/", *c) ? ' ' : *c;
    }
    for (size_t i = 0; !folded.failed && status && i < sizeof regions / sizeof *regions; i++) {
        if (has_key(folded.data, regions[i].ru) || has_key(folded.data, regions[i].en)) {
            *at = regions[i].at;
            status = CN_OK;
        }
    }
    status = folded.failed ? CN_ERR_MEMORY : status;
    cn_buf_release(&folded);
    return status;
}

size_t cn__geo_town_count(void) { return sizeof regions / sizeof *regions; }

const char *cn__geo_town(size_t index, cn_lang lang, cn__geo_point *at) {
    *at = regions[index].at;
    return lang == CN_LANG_RU ? regions[index].town_ru : regions[index].town_en;
}

size_t cn__geo_shore_count(void) { return sizeof shores / sizeof *shores; }
cn__geo_point cn__geo_shore(size_t index) { return shores[index]; }

cn__conic cn__conic_make(double lon0, double lat1, double lat2) {
    cn__conic conic = {lon0, 0, 0};
    double a = lat1 * DEGREE;
    double b = lat2 * DEGREE;
    conic.n = fabs(b - a) < 1e-6 ? sin(a) : (cos(a) - cos(b)) / (b - a);
    if (fabs(conic.n) < 0.05) { /* about the equator: a cone would be a cylinder */
        conic.n = 0.05;
    }
    conic.g = cos(a) / conic.n + a;
    return conic;
}

void cn__conic_at(const cn__conic *conic, cn__geo_point p, double *x, double *y) {
    double away = remainder(p.lon - conic->lon0, 360);
    double rho = conic->g - p.lat * DEGREE;
    double theta = conic->n * away * DEGREE;
    *x = EARTH * rho * sin(theta);
    *y = EARTH * rho * cos(theta);
}
