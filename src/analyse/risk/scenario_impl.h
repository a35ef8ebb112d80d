/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between scenario.c and scenario_takeover.c. */
#ifndef CN_ANALYSE_SCENARIO_IMPL_H
#define CN_ANALYSE_SCENARIO_IMPL_H

#include "coopnet/scenario.h"
#include "flows_impl.h"

/* Does the code of an edit (NULL or "": any) cover a product? */
bool cn__edit_covers(const cn_flows *flows, const char *code, uint32_t product);
/* Flows after the takeovers among the edits; `touched` by edit. */
cn_status cn__scenario_takeover(const cn_flows *flows, const cn_edit *edits, size_t edit_count, uint32_t *touched,
                                cn_flows **out, cn_error *err);

#endif
