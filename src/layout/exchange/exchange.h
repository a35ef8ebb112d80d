/* SPDX-License-Identifier: MIT */
/*
 * What coopnet and coopnet-layout say to each other.
 *
 * In: DOT on standard input. Besides Graphviz' own attributes it carries
 *   cn_id        on nodes, edges and subgraphs: the number by which the answer names them; without it nothing is answered
 *   cn_w, cn_h   on edges and subgraphs with a label: size of the label in points
 *   cn_engine    on the root: layout engine ("dot" when absent)
 *
 * Out: lines of text, lengths in points, y downwards, ended by "end":
 *   coopnet-layout 1
 *   graph WIDTH HEIGHT
 *   node ID CENTRE_X CENTRE_Y WIDTH HEIGHT
 *   group ID LEFT TOP RIGHT BOTTOM [LABEL_CENTRE_X LABEL_CENTRE_Y]
 *   edge ID FLAGS COUNT X Y …          Bézier points; FLAGS: 1 ends in an arrow (then the last point is its tip), 2 begins with one
 *   label ID CENTRE_X CENTRE_Y         of an edge
 *   warning TEXT
 *   end
 *
 * Arguments: seconds of processor time, megabytes of memory (0: no limit).
 * Exit code 0 when an answer was given; else one line of text on standard error.
 */
#ifndef CN_LAYOUT_EXCHANGE_H
#define CN_LAYOUT_EXCHANGE_H

#define CN_EXCHANGE_HEADER "coopnet-layout 1"
#define CN_EXCHANGE_NUMBER "cn_id"
#define CN_EXCHANGE_WIDTH "cn_w"
#define CN_EXCHANGE_HEIGHT "cn_h"
#define CN_EXCHANGE_ENGINE "cn_engine"
#define CN_EXCHANGE_ARROW_AT_END 1
#define CN_EXCHANGE_ARROW_AT_START 2
/* Exit codes of coopnet-layout. */
#define CN_EXCHANGE_EXIT_INPUT 3  /* the DOT could not be read */
#define CN_EXCHANGE_EXIT_LAYOUT 4 /* the engine failed */

#endif
