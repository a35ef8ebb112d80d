/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the map of regions share: the places, and where they stand on the sheet. */
#ifndef CN_RENDER_VIEW_GEOGRAPHY_H
#define CN_RENDER_VIEW_GEOGRAPHY_H

#include "backdrop.h"
#include "geo.h"
#include "view.h"

/* A region, or a spot of the same coordinates. */
typedef struct cn__place {
    const char *name; /* of the region, borrowed; "" for a spot */
    cn_entity first;  /* of its organisations */
    uint32_t size;    /* how many there are */
    bool on_map;
    cn__geo_point at;
    double inside; /* what is traded in it */
    uint32_t node; /* its circle, or CN_NONE */
    double radius;
    double x, y; /* on the sheet */
} cn__place;

typedef struct cn__places {
    cn__place *list; /* the largest first */
    uint32_t count;
    uint32_t shown;
    uint32_t *of; /* by entity: its place, or CN_NONE */
    uint64_t placeless;
} cn__places;

/* Where every organisation is: by region, else by coordinates; a network of one region by coordinates alone. */
cn_status cn__places_find(const cn_network *net, cn__places *out, cn_error *err);
void cn__places_release(cn__places *places);

/* How many places have room on the sheet that the options ask for. */
uint32_t cn__places_room(const cn_draw_options *options);

/*
 * Put the places shown on a sheet with the map's ground: sets x, y and scene->width, height, backdrop. Those that are not on the
 * map stand in a strip below it. Circles are moved apart where they would overlap. False: memory.
 */
bool cn__places_put(cn__places *places, const cn_draw_options *options, cn__scene *scene);

/* Put the caption `node` beside its circle, over an arc only where none is free further away. False: there is no room. */
bool cn__caption_put(cn__scene *scene, const cn__place *place, uint32_t node);
/* Put it further away, with a leader; `bare`: where it covers no arc. */
bool cn__caption_put_far(cn__scene *scene, const cn__place *place, uint32_t node, bool bare);
/* Take away the names of towns that an arc would strike out. */
void cn__caption_clear_towns(cn__scene *scene);

#endif
