/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of answers about groups of organisations: their names, members, and what flows between them. */
#ifndef CLI_SHOW_GROUPS_H
#define CLI_SHOW_GROUPS_H

#include "show_risk.h"

#include "coopnet/groups.h"

/* Most groups of a matrix; of more the largest flows are listed. */
enum { GROUPS_MATRIX_MAX = 8, GROUPS_FLOWS_MAX = 15 };

/* An amount of the graph: money where it is weighted by value, else a number of links. */
void groups_amount(const session *s, const cn_graph *graph, double value, cn_buf *out);
/* A cell of that kind, and its column's type. */
cn_cell_type groups_cell(const cn_graph *graph);
void groups_add_cell(const cn_graph *graph, cn_table *table, double value);

/* The table of what flows between groups: rows supply, columns buy. */
cn_status groups_matrix(session *s, const cn_graph *graph, const cn_groups *groups, const cn_group_flows *flows,
                        cn_error *err);
void groups_flows_json(const session *s, json *j, const char *key, const cn_graph *graph, const cn_groups *groups,
                       const cn_group_flows *flows);

#endif
