/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading as load.h has it, but with another size from which tables are read in parallel: for tests, which compare both ways. */
#ifndef CN_LOAD_TUNED_H
#define CN_LOAD_TUNED_H

#include "load_context.h"

cn_status cn__load_tuned(const char *path, const cn_load_options *options, const cn__bulk_tuning *tuning,
                         cn_diags *diags, cn_network **out, cn_error *err);
cn_status cn__load_bytes_tuned(const char *label, const void *bytes, size_t len, const cn_load_options *options,
                               const cn__bulk_tuning *tuning, cn_diags *diags, cn_network **out, cn_error *err);

#endif
