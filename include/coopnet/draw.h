/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file draw.h
 * Diagrams of a network: as DOT for other programs, as SVG, PDF or PNG to show. All formats show the same picture.
 */
#ifndef COOPNET_DRAW_H
#define COOPNET_DRAW_H

#include "coopnet/cascade.h"
#include "coopnet/chain.h"
#include "coopnet/change.h"
#include "coopnet/communities.h"
#include "coopnet/diag.h"
#include "coopnet/metrics.h"
#include "coopnet/partners.h"
#include "coopnet/theme.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_view {
    CN_VIEW_OVERVIEW = 0, /**< clusters as boxes with their members, projects, parks, institutions */
    CN_VIEW_CHAIN,        /**< supply chain of `subject`, left to right by tier */
    CN_VIEW_PATH,         /**< the chains from `subject` to `target`, highlighted in their surroundings */
    CN_VIEW_WHATIF,       /**< who is hit by a shock, step by step, how hard and through which links */
    CN_VIEW_FLOWS,        /**< groups (clusters, regions, communities) as boxes and what they supply each other */
    CN_VIEW_MAP,          /**< functional map (map.h) of the cluster `subject` at `date` */
    CN_VIEW_COMPARE,      /**< what changed since another network */
    CN_VIEW_CLUSTER,      /**< scheme of the cluster `subject`: members, infrastructure, projects, partners outside */
    CN_VIEW_EGO,          /**< the organisation `subject` and its partners: suppliers left, customers right */
    CN_VIEW_PROJECTS, /**< joint projects and who does what in them; of the cluster or organisation `subject`, if given */
    CN_VIEW_MISSION,   /**< the event `subject`: organisers, host, sites, delegates, and what ties them already */
    CN_VIEW_GEOGRAPHY, /**< regions where they lie, with the number of their firms, and what they supply each other */
    CN_VIEW_PARTNERS   /**< whom the organisation `subject` could work with and does not yet (partners.h), and why */
} cn_view;

typedef enum cn_picture { CN_PICTURE_SVG = 0, CN_PICTURE_DOT, CN_PICTURE_PDF, CN_PICTURE_PNG } cn_picture;

/** The sheet. Sizes are exact: in the SVG in mm, in the PDF in points, in the PNG by `dpi`. */
typedef enum cn_paper {
    CN_PAPER_AUTO = 0, /**< the smallest of A4 … A0 on which all text can be read; beyond A0 a sheet of its own size */
    CN_PAPER_A4,       /**< upright or across, whichever the drawing fills better; likewise the others */
    CN_PAPER_A3,
    CN_PAPER_A2,
    CN_PAPER_A1,
    CN_PAPER_A0,
    CN_PAPER_SLIDE /**< 16:9, 338.67 × 190.5 mm as in office programs; larger text; PNG 1920 × 1080 */
} cn_paper;

CN_API int cn_paper_find(const char *key); /**< "auto", "a4", "a3", "a2", "a1", "a0", "16x9"; -1 */
CN_API const char *cn_paper_key(cn_paper paper);

CN_API int cn_view_find(const char *key); /**< "overview", "chain", "path" …; -1 */
CN_API const char *cn_view_key(cn_view view);
CN_API int cn_picture_find(const char *key); /**< "svg", "dot", "pdf", "png"; -1 */
CN_API const char *cn_picture_key(cn_picture picture);

/** Into what an overview of many organisations is collapsed. */
typedef enum cn_draw_collapse {
    CN_DRAW_AUTO =
        0, /**< only above `limit`: clusters where they hold half of the organisations, else communities or regions */
    CN_DRAW_CLUSTERS,   /**< always: one box a cluster */
    CN_DRAW_REGIONS,    /**< one box a region */
    CN_DRAW_COMMUNITIES /**< one box a community found in the links (communities.h), small ones joined */
} cn_draw_collapse;

/** Who places the boxes. */
typedef enum cn_engine {
    CN_ENGINE_AUTO = 0, /**< the view's own: dot, and for maps of groups our own grid */
    CN_ENGINE_DOT,      /**< Graphviz, in columns */
    CN_ENGINE_NEATO,    /**< Graphviz, by stress */
    CN_ENGINE_FDP,      /**< Graphviz, by forces; draws frames */
    CN_ENGINE_SFDP,     /**< Graphviz, by forces, for many boxes */
    CN_ENGINE_MAP       /**< ours: a grid in which partners stand near each other; takes no frames */
} cn_engine;

enum { CN_DRAW_LIMIT = 150 }; /**< boxes that a picture takes before it aggregates by itself */

typedef struct cn_draw_options {
    cn_view view;
    cn_picture format;
    cn_lang lang;              /**< default: the network's */
    cn_entity subject;         /**< whom or what the view is about; path: the source */
    cn_date date;              /**< map; CN_DATE_NONE: the network's own */
    cn_entity target;          /**< path */
    bool subject_given;        /**< else see cn_view_subject; map: ignored */
    cn_stream stream;          /**< chain */
    uint32_t depth;            /**< chain; 0: all tiers; ego; 0: 1 */
    uint32_t k;                /**< path; 0: 3 */
    cn_path_rank rank;         /**< path */
    uint32_t link_kinds;       /**< 0: the view's own (chain, path: supply and service) */
    const cn_flows *flows;     /**< whatif: of this network (or a scenario of it), on which the cascade ran */
    const cn_shock *shock;     /**< whatif: what happened */
    const cn_cascade *cascade; /**< whatif: what came of it; steps are not needed */
    const cn_cascade_options *cascade_options; /**< whatif: with which it ran; NULL: the defaults */
    const char *
        question; /**< whatif: what was asked, as it continues “What if …” (“firm A stops”); NULL: made from the shock */
    const cn_network *before;          /**< compare: the earlier network */
    const cn_changes *changes;         /**< compare: from it to the network drawn */
    const cn_graph *graph;             /**< flows: of this network */
    const cn_groups *groups;           /**< flows: of this graph */
    const cn_group_flows *group_flows; /**< flows: of these groups */
    const cn_community_profile
        *profiles; /**< flows: of groups that are communities found; NULL: without their anchors */
    const cn_partners
        *partners;     /**< partners: three answers about `subject`: suppliers, customers, peers; NULL: found out */
    const char *title; /**< NULL: made from the view and its subject */
    /**
     * On a paper that is given, a drawing whose smallest text would have less than 6.5 points (on a slide 8) says less: first labels of lines name
     * money alone, then boxes have names and lines nothing, then boxes have numbers and the legend the names, then boxes are folded. The picture says so. What does not fit even then is CN_ERR_LIMIT.
     */
    cn_paper paper;
    const cn_theme *theme; /**< borrowed; NULL: the light one */
    bool tiles;            /**< PDF: the sheet cut into A4 pages with marks to glue by, after a page that shows how */
    uint32_t dpi;          /**< PNG: pixels an inch; 0: 150, on a slide 144 */
    bool full;             /**< draw everything, however much it is */
    uint32_t
        limit; /**< most boxes; more are folded. 0: CN_DRAW_LIMIT, and what is folded is folded to a size that reads well */
    cn_draw_collapse collapse; /**< overview */
    double
        backbone; /**< only lines whose value stands out: disparity filter (backbone.h) at this level, 0 … 1; 0: none */
    uint32_t top;         /**< only the N foremost organisations and what connects them; 0: all */
    cn_metric top_metric; /**< by which they are foremost */
    cn_engine engine;
    cn_diags *told;        /**< is told in notes what was folded or left out for size; may be NULL */
    cn_watch watch;        /**< `{0}`: nobody watches; asked while communities are sought */
    uint32_t layout_ms;    /**< time limit of the layout process; 0: 30,000 */
    uint64_t layout_bytes; /**< memory limit of it; 0: 2 GiB */
    const char *
        layout_program; /**< NULL: $COOPNET_LAYOUT, else coopnet-layout beside the program, else where it was installed */
} cn_draw_options;

/**
 * Whom a view is about when no subject is given, and says so: chain, ego and partners the anchor enterprise (else any company) with the largest purchases, cluster
 * and map the cluster with the most members, mission the latest business mission (else event). Of equals the first.
 * @param out CN_NONE: the view has no subject, or there is none in the network. Errors: CN_ERR_MEMORY. Cost: O(entities + links).
 */
CN_API cn_status cn_view_subject(const cn_network *net, const cn_draw_options *options, cn_entity *out, cn_error *err);

/**
 * Draw. The bytes depend on the network and the options only (PDF: and on SOURCE_DATE_EPOCH for its creation date).
 * @return CN_OK; CN_ERR_ARGUMENT (view without the subject, flows, shock or cascade it needs); CN_ERR_UNDEFINED (no path); CN_ERR_LIMIT (layout
 * took too long or too much, or crashed); CN_ERR_IO (the sink failed, or the layout program cannot be started);
 * CN_ERR_INTERNAL (layout program, librsvg or cairo failed: message inside); CN_ERR_MEMORY.
 */
CN_API cn_status cn_draw(const cn_network *net, const cn_draw_options *options, cn_sink sink, cn_error *err);

/**
 * The risk of all firms as a plot: across, the firm's own share of the output (cn_esri.own); up, what is lost when it stops
 * (cn_esri.loss); both in logarithmic scales. Firms far above the line “risk = size” are small and matter. Needs no layout process. Of the
 * options format (not DOT), lang and title count; `cascade_options`, where given, tell the weight.
 * @param flows of `net`. Firms whose risk is NaN are not shown.
 * @return CN_OK; CN_ERR_ARGUMENT (DOT; flows or result of another network); CN_ERR_IO, CN_ERR_INTERNAL, CN_ERR_MEMORY.
 */
CN_API cn_status cn_draw_risk(const cn_network *net, const cn_flows *flows, const cn_esri *esri,
                              const cn_draw_options *options, cn_sink sink, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
