/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet map share. */
#ifndef CLI_CMD_MAP_H
#define CLI_CMD_MAP_H

#include "show_rules.h"

#include "coopnet/map.h"

/* Share of a flow in all supplies between participants, in percent; NaN where its value does not count. */
double map_share(const cn_map *map, const cn_map_flow *flow);

cn_status map_write_document(session *s, const cn_map *map, cn_error *err);
void map_write_json(session *s, const cn_map *map);

#endif
