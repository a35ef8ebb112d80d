/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of answers that several commands give: the layer, chains of names, money, products. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "session.h"

/* Names of the kinds in a set that occur in the network, as "supply, production service". */
void show_layer_names(const session *s, uint32_t kinds, cn_buf *out);
void show_layer_line(session *s, uint32_t kinds, const cn_graph *graph);
/* "layer": the keys of the kinds that were asked for; "directed"; "weight". */
void show_layer_json(json *j, uint32_t kinds, const cn_graph *graph);
/* "id" and "name" of an entity as members of an object; key NULL inside an array. */
void show_entity_json(const session *s, json *j, const char *key, cn_entity entity);

/* Money given in units of the currency; NaN is "–". */
void show_money(const session *s, double value, cn_buf *out);
/* A product code and its name where the network knows it: "24.10.53 Steel". */
void show_product(const session *s, const char *code, cn_buf *out);
/* The distinct products of links in ascending order; `codes` has room for `count`. Returns how many. */
size_t show_product_codes(const session *s, const cn_link *links, size_t count, const char **codes);
/* The same as one text, with their names where the network knows them: "24.10.53 Steel, 25.73.50 Dies". */
void show_products(const session *s, const cn_link *links, size_t count, bool with_names, cn_buf *out);
/* Short names joined: "A → B → C". */
void show_names(const session *s, const cn_graph *graph, const uint32_t *vertices, size_t count, const char *joint,
                cn_buf *out);

/* The kinds --layer names, or `otherwise`. */
uint32_t show_layer(const session *s, uint32_t otherwise);
#define SHOW_SUPPLY_LAYER (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
/* The graph of these options, weighted by value where any link has one, else not weighted. */
cn_status show_valued_graph(const session *s, cn_graph_options options, cn_graph **out, cn_error *err);
/* The directed graph of --layer (supply and service by default), weighted by value where any link has one, traced. */
cn_status show_supply_graph(const session *s, cn_graph **out, cn_error *err);
/* How near estimates on this graph shall be; 0: exact values, as its work is within `limit` or --exact was given. */
#define SHOW_WORK_BETWEENNESS 5e9
#define SHOW_WORK_DISTANCES 1e11
double show_epsilon(const session *s, const cn_graph *graph, double limit);
/* "3 links of 10 without value …", where it matters. */
void show_missing_values(const session *s, const cn_graph *graph);

/* What --format, --lang, --layer and the layout limits say about a picture; the view is the caller's. */
cn_draw_options show_draw_options(const session *s);
/* Is the answer to be a picture (dot, svg, pdf, png)? */
bool show_is_picture(const session *s);
/* Tell which options were given that only pictures have, when none is drawn. */
void show_remark_picture_options(const session *s);
/* Draw into the answer; returns the exit code. */
int show_draw(session *s, const cn_draw_options *options);

#endif
