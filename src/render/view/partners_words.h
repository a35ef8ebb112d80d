/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a possible partner: points and reasons. */
#ifndef CN_RENDER_PARTNERS_WORDS_H
#define CN_RENDER_PARTNERS_WORDS_H

#include "coopnet/partners.h"

#include "scene.h"

enum { CN__PARTNER_LINES = 4 };

/* Points, then reasons; as many as the terseness of the scene leaves, the others "". */
typedef struct cn__partner_lines {
    cn_buf bufs[CN__PARTNER_LINES];
    const char *lines[CN__PARTNER_LINES];
} cn__partner_lines;

/* `twice`: it is a partner for joint work as well. What runs out of memory shows in scene->failed. */
void cn__partner_tell(cn__scene *scene, const cn_network *net, cn_partner_side side, const cn_partner_row *row,
                      bool twice, cn__partner_lines *out);
void cn__partner_lines_release(cn__partner_lines *lines);
/* "62 of 100: codes 50, network 12": every part, as in the table of a report. */
uint32_t cn__partner_describe(cn__scene *scene, const cn_partner_row *row);

#endif
