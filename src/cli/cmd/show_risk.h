/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of answers that the commands on risk share: flows, firms by name, remarks on the data, shares, the links behind a number. */
#ifndef CLI_SHOW_RISK_H
#define CLI_SHOW_RISK_H

#include "show.h"

#include "coopnet/cascade.h"

/* Most remarks on the data that are said before "… more". */
enum { RISK_REMARKS_SHOWN = 10, RISK_TOP_SHOWN = 20 };

/* The flows of the network; what is wrong or assumed in the data is said on standard error. Returns the exit code. */
int risk_flows(session *s, cn_flows **out);
void risk_say_remarks(const session *s, const cn_flows *flows, const cn_remark *remarks, size_t count);
/* The same as an array of objects "remarks". */
void risk_remarks_json(const session *s, json *j, const cn_flows *flows, const cn_remark *remarks, size_t count);

const char *risk_id(const session *s, const cn_flows *flows, uint32_t firm);
const char *risk_name(const session *s, const cn_flows *flows, uint32_t firm);
/* Short name. */
const char *risk_short(const session *s, const cn_flows *flows, uint32_t firm);

/*
 * The organisations of a list "A,B": the whole text as one where that is a name, else its parts. Returns EXIT_DONE or the
 * exit code (said). `*orgs` is the caller's to free.
 */
int risk_orgs(const session *s, const char *list, cn_entity **orgs, size_t *count);
/* The firm of an organisation; says so and returns EXIT_USAGE where it is none. */
int risk_firm(const session *s, const cn_flows *flows, cn_entity org, uint32_t *firm);

/*
 * A product that a buyer buys, as "24.10.53 Steel" or by code alone; where it has no code, by its only supplier: "goods of X".
 * RISK_OF is for use within a sentence.
 */
typedef enum risk_wording { RISK_NAMED, RISK_OF } risk_wording;
void risk_product(const session *s, const cn_flows *flows, uint32_t buyer, uint32_t product, risk_wording wording,
                  cn_buf *out);

/* "23.4 %"; NaN is "–". */
void risk_percent(const session *s, double share, cn_buf *out);
/* A share of 0.234 as the 23.4 of a column in percent. */
double risk_in_percent(double share);
int64_t risk_minor(double value);

/* Short names of firms, the first `most` of them, then "and N more". */
void risk_names(const session *s, const cn_flows *flows, const uint32_t *firms, size_t count, size_t most, cn_buf *out);
/* "Supplier → Buyer: 24.10.53 Steel, ₽124m" for each link behind a flow, a line each, with its source. */
void risk_flow_lines(session *s, const cn_flows *flows, uint32_t flow, const char *indent);
/* What --weight and --published-demand say. Without the latter sales outside the network stay, unless losses are counted in sales within it. */
cn_cascade_options risk_cascade_options(const session *s);
/* "of output", "of sales in the network", "of headcount". */
const char *risk_weight_name(const session *s);
/* Anchors and final makers that buy, the largest buyers first, at most `most`. */
size_t risk_anchors(const session *s, const cn_flows *flows, uint32_t *anchors, size_t most);
/* What a firm makes a year: as declared, at least its sales. */
double risk_output(const cn_flows *flows, uint32_t firm);
/* The flow as an object, with the links behind it. */
void risk_flow_json(const session *s, json *j, const char *key, const cn_flows *flows, uint32_t flow);

/* A table of links: what --explain gives as CSV. Add rows with risk_links_add. */
void risk_links_columns(cn_table *table);
void risk_links_add(const session *s, const cn_flows *flows, uint32_t flow, const char *of, const char *why,
                    cn_table *table);

#endif
