/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The failure that several analyses share: a vertex number out of range. */
#ifndef CN_ANALYSE_VERTEX_ERROR_H
#define CN_ANALYSE_VERTEX_ERROR_H

#include "coopnet/base.h"

/* CN_ERR_ARGUMENT: the graph has no such vertex. */
cn_status cn__fail_vertex(uint32_t vertex, cn_error *err);

#endif
