/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a view is, and what views share: words for entities and links, merging parallel links, title, foot lines. */
#ifndef CN_RENDER_VIEW_H
#define CN_RENDER_VIEW_H

#include "draw_text.h"
#include "reduce.h"
#include "scene.h"

/* A view fills a scene whose lang and view are set. What runs out of memory shows in scene->failed. */
typedef cn_status cn__view_make(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err);
cn__view_make cn__view_overview;
cn__view_make cn__view_chain;
cn__view_make cn__view_path;
cn__view_make cn__view_whatif;
cn__view_make cn__view_flows;
cn__view_make cn__view_map;
cn__view_make cn__view_compare;
cn__view_make cn__view_cluster;
cn__view_make cn__view_ego;
cn__view_make cn__view_projects;
cn__view_make cn__view_mission;
cn__view_make cn__view_geography;
cn__view_make cn__view_partners;

/*
 * The subject of a view that is told none: of chain, ego and partners the anchor enterprise (else any organisation) with the largest purchases in `graph`, of cluster
 * and map the cluster of the most members, of mission the latest business mission (else event). *remark: the words for it. CN_NONE: there is none; CN__TEXT_COUNT: there was no choice.
 */
bool cn__subject_partner(const cn_network *net, const cn_graph *graph, cn_entity *out,
                         cn__draw_text_id *remark); /* ego, partners: else whoever has most links; false: memory */
cn_entity cn__subject_buyer(const cn_network *net, const cn_graph *graph, cn__draw_text_id *remark);
bool cn__subject_cluster(const cn_network *net, cn_entity *out, cn__draw_text_id *remark); /* false: memory */
cn_entity cn__subject_event(const cn_network *net, cn__draw_text_id *remark);

/* A part of a network drawn as an overview: who is shown, and what of it is the matter itself. */
typedef enum cn__part { CN__PART_NONE = 0, CN__PART_OUTSIDE, CN__PART_CORE } cn__part;

typedef struct cn__extract {
    const uint8_t *part; /* cn__part by entity; lines between two outsiders are not drawn */
    cn_entity frame;     /* the one cluster whose members stand in a frame */
    const char *title;
    const char *words[2]; /* of the subtitle */
    uint64_t outsiders;   /* left out */
} cn__extract;

/* The overview of an extract, with labels on its supplies; NULL: of everything. */
cn_status cn__view_overview_of(const cn_network *net, const cn_draw_options *options, const cn__extract *extract,
                               cn__scene *scene, cn_error *err);

/* Links that become one line: same ends, same style, same state. */
typedef struct cn__line {
    cn_entity from;
    cn_entity to;
    cn__link_style style;
    bool planned;
    const cn_link *links; /* borrowed */
    size_t count;
    double value; /* sum of what is given, 0 when nothing is */
} cn__line;

/* Number of the first node for the entity with its name, its words and its box. `small`: second line, or "". */
uint32_t cn__view_add_node(cn__scene *scene, const cn_network *net, cn_entity entity, cn__node_style style, bool bold,
                           const char *small);
/* The second line that says what an entity is, where its shape does not say it. Adds to `out`. */
void cn__view_small_line(const cn_network *net, cn_entity entity, cn_lang lang, cn_buf *out);

/* A link for a line between two nodes. Sets ids, texts, width and arrow; ends and layout hints are the caller's. */
cn__scene_link *cn__view_add_line(cn__scene *scene, const cn_network *net, const cn__line *line);
/* Its label: products and money, and the product's name where there is one and it is short. `prefix` stands above them, or "". */
void cn__view_label_line(cn__scene *scene, const cn_network *net, uint32_t link, const cn__line *line,
                         const char *prefix);
/* Sum of the values of links in units of the currency; *any tells whether one was given. */
double cn__view_sum(const cn_network *net, const cn_link *links, size_t count, bool *any);

uint32_t cn__view_add_group(cn__scene *scene, const cn_network *net, cn_entity entity);

/* Of views in columns: boxes of hubs high enough for their lines; room for arcs inside columns. False: memory. */
bool cn__view_raise_hubs(cn__scene *scene);
bool cn__view_lower_hubs(cn__scene *scene); /* after folding: as high as their remaining lines need */
bool cn__view_clear_lanes(cn__scene *scene);

/* Marks of entities that belong to a cluster now (one byte an entity); NULL without memory. */
uint8_t *cn__view_cluster_members(const cn_network *net);

/* Why a link is not drawn: over before the network's date, or not begun then. */
typedef enum cn__link_time { CN__LINK_NOW, CN__LINK_OVER, CN__LINK_LATER } cn__link_time;
cn__link_time cn__view_link_time(const cn_network *net, cn_link link);
/* Neither broken nor of another time; planned links are drawn whenever they begin. */
bool cn__view_link_drawn(const cn_network *net, cn_link link);

/* What was left out; zero counts are not mentioned. */
typedef struct cn__left_out {
    uint64_t broken;
    uint64_t planned;
    uint64_t later;
    uint64_t neighbours;
    uint32_t tiers_beyond; /* 0: none */
    uint64_t hit;          /* firms that lose less */
    uint64_t unhurt;       /* neighbours that lose nothing */
    uint64_t changes;      /* smaller changes */
    uint64_t stayed;       /* links that did not change */
    uint64_t groups;       /* smaller groups */
    uint64_t flows;        /* smaller flows between groups */
    uint64_t partners;     /* smaller partners of partners */
    uint64_t ties;         /* supplies between partners */
    uint64_t others;       /* those with other links */
    uint64_t outsiders;    /* partners outside the cluster of smaller sums */
    uint64_t projects;     /* smaller projects */
    uint64_t regions;      /* smaller regions */
    uint64_t captions;     /* of regions */
    uint64_t placeless;    /* organisations without a place */
    uint64_t participants; /* with smaller parts */
    bool labels;
    const char *alone;    /* words for a chain of but the organisation itself, or NULL */
    uint64_t unvalued;    /* links without value, of which marks say nothing */
    uint64_t candidates;  /* more possible partners */
    uint64_t alone_firms; /* organisations without any link */
} cn__left_out;

/*
 * The last step of a view, when all is in the scene: makes it small enough (reduce.h, simplify.h). Title, subtitle, source line, line of what was left out. `title` (may be NULL: the network's) yields to options->title;
 * `parts` are joined in the subtitle.
 */
void cn__view_finish(cn__scene *scene, const cn_network *net, const cn_draw_options *options, const char *title,
                     const char *const *parts, size_t part_count, const cn__left_out *left_out);

#endif
