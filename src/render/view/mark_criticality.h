/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which suppliers a buyer cannot do without, as marks for the nodes and links of a scene. */
#ifndef CN_RENDER_MARK_CRITICALITY_H
#define CN_RENDER_MARK_CRITICALITY_H

#include "mark.h"
#include "view.h"

typedef struct cn__criticality {
    uint32_t *marks;      /* by entity */
    uint32_t *words;      /* by entity: the reasons, a text of the scene, or 0 */
    uint8_t *foreign;     /* by entity */
    uint8_t *single_link; /* by link: the buyer has no other source of its product */
    uint64_t unvalued;    /* links without value, which the marks cannot take into account */
} cn__criticality;

/*
 * For what `buyer` buys over links of `link_kinds`. A buyer that buys nothing with a value gives no marks.
 * CN_ERR_MEMORY, CN_ERR_LIMIT; release it in any case. Cost: that of cn_critical_compute for one buyer.
 */
cn_status cn__criticality_compute(const cn_network *net, cn_entity buyer, uint32_t link_kinds, cn__scene *scene,
                                  cn__criticality *out, cn_error *err);
void cn__criticality_release(cn__criticality *criticality);

/* The style of a supplier: foreign ones have their own. */
cn__node_style cn__criticality_style(const cn__criticality *criticality, cn_entity entity, cn__node_style style);
/* Badges and reasons of a supplier's node. */
void cn__criticality_mark_node(const cn__criticality *criticality, cn__scene *scene, uint32_t index);
/* The badge of a line whose product has no other source. */
void cn__criticality_mark_line(const cn__criticality *criticality, cn__scene *scene, uint32_t link,
                               const cn__line *line);

#endif
