/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network of any size as a few boxes: its organisations in groups (clusters, regions, or communities found), the groups joined until
 * a map can hold them, and what flows between the boxes. Nothing is lost: every organisation with links stands in one box, and the
 * values inside the boxes and between them add up to those of the graph.
 */
#ifndef CN_RENDER_ATLAS_H
#define CN_RENDER_ATLAS_H

#include "coopnet/communities.h"
#include "coopnet/draw.h"

enum { CN__ATLAS_NAMED = 3 };

typedef enum cn__atlas_kind {
    CN__ATLAS_GROUP, /* one group, or communities joined */
    CN__ATLAS_REST,  /* the smaller groups */
    CN__ATLAS_NONE   /* organisations in no group */
} cn__atlas_kind;

typedef struct cn__atlas_box {
    cn__atlas_kind kind;
    uint32_t groups; /* how many it stands for */
    uint32_t group;  /* GROUP: the largest of them; CN_NONE */
    uint32_t firms;  /* organisations */
    double inside;   /* in the graph's weight: between its members, to other boxes, from them */
    double out;
    double in;
    uint32_t named[CN__ATLAS_NAMED]; /* its vertices of the largest trade, the largest first; CN_NONE */
    const char *region;              /* of most of its firms, "" when none is given; borrowed */
    double region_share;             /* of its firms */
    const char *product;             /* a product code of the class it sells most of, "" when none is given; borrowed */
    double product_share;            /* of what its firms sell under a code */
} cn__atlas_box;

typedef struct cn__atlas_flow {
    uint32_t from; /* box */
    uint32_t to;   /* another one; undirected: the later one */
    uint32_t arcs;
    double value;
} cn__atlas_flow;

/* `{0}` to init; cn__atlas_release. */
typedef struct cn__atlas {
    cn_graph *graph;
    cn_groups groups;
    double quality;       /* modularity of communities found, else NaN */
    uint32_t *box_of;     /* by group, and one more for those in none; CN_NONE: none of its vertices has a link */
    cn__atlas_box *boxes; /* groups, the one of the largest trade first, then rest, then none */
    uint32_t count;
    cn__atlas_flow *flows; /* by from, to */
    size_t flow_count;
    uint32_t firms; /* in boxes */
    uint32_t alone; /* organisations without a link of the layer, where they stand in no box */
    double total;   /* of all arcs */
    double between; /* of those between boxes */
} cn__atlas;

/*
 * `collapse` CN_DRAW_AUTO: clusters where they hold half of the organisations, else communities, but regions where the communities are not
 * distinct (modularity below 0.3) and half of the organisations have a region. At most `most` boxes and one for those in no group.
 * CN_OK, CN_ERR_MEMORY, CN_ERR_LIMIT, CN_ERR_CANCELLED. Cost: that of cn_communities_find with few runs, else O(V + L).
 */
cn_status cn__atlas_make(const cn_network *net, uint32_t link_kinds, cn_draw_collapse collapse, uint32_t most,
                         const cn_watch *watch, cn__atlas *out, cn_error *err);
/* The box a vertex stands in, or CN_NONE. */
uint32_t cn__atlas_box_of(const cn__atlas *atlas, uint32_t v);
void cn__atlas_release(cn__atlas *atlas);

/*
 * To which of at most `most` sets each group goes, CN_NONE for the rest: the smallest group joins the one that trades most with it for
 * its size, until `most` are left. Flows are those of cn_group_flows. False: memory.
 */
bool cn__atlas_join(const cn_group_flows *flows, uint32_t most, uint32_t *set_of, uint32_t *set_count);

#endif
