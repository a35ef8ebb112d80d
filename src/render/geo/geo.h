/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things lie on the earth: regions by name, chief towns, coasts, and the projection to a sheet. Degrees north and east. */
#ifndef CN_RENDER_GEO_H
#define CN_RENDER_GEO_H

#include "coopnet/base.h"

typedef struct cn__geo_point {
    double lat, lon;
} cn__geo_point;

/* The region of this name, however it is written ("Псковская область", "Pskov Oblast"). CN_OK; CN_ERR_UNDEFINED: not known; CN_ERR_MEMORY. */
cn_status cn__geo_region(const char *name, cn__geo_point *at);

/* Towns for orientation, those that people know first. */
size_t cn__geo_town_count(void);
const char *cn__geo_town(size_t index, cn_lang lang, cn__geo_point *at);

/* Points of coasts; one whose latitude is above 90 ends a line. */
size_t cn__geo_shore_count(void);
cn__geo_point cn__geo_shore(size_t index);

/* The equidistant conic projection (Snyder 1987, p. 111); kilometres, x to the east, y downwards. */
typedef struct cn__conic {
    double lon0; /* of the meridian that runs straight down */
    double n;
    double g;
} cn__conic;

/* The one with true lengths along two parallels (which may be one). */
cn__conic cn__conic_make(double lon0, double lat1, double lat2);
void cn__conic_at(const cn__conic *conic, cn__geo_point p, double *x, double *y);

#endif
