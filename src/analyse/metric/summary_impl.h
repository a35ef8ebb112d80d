/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distances of the summary. */
#ifndef CN_ANALYSE_SUMMARY_IMPL_H
#define CN_ANALYSE_SUMMARY_IMPL_H

#include "coopnet/summary.h"

/* Fill average_path, diameter and what is said about their accuracy; `largest_component` is known. */
cn_status cn__summary_paths(const cn_graph *graph, const cn_summary_options *options, cn_summary *out, cn_error *err);

#endif
