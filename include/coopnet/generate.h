/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file generate.h
 * Made-up networks of firms with the published shape of national ones, of any size, for trying out and measuring.
 */
#ifndef COOPNET_GENERATE_H
#define COOPNET_GENERATE_H

#include "coopnet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cn_generate_options {
    uint32_t firms; /**< at least 2 */
    uint64_t seed;  /**< the same number gives the same bytes */
    /** Called now and then; false stops. NULL: not called. */
    bool (*step)(void *context, uint64_t firms_done, uint64_t firms_total);
    void *context;
} cn_generate_options;

/**
 * Write a network: to a table of links (a path that ends in ".csv"; "-" is standard output), else to a folder of tables, which is made
 * when it is not there. Files get their names only when all is written.
 * @return CN_OK, CN_ERR_ARGUMENT, CN_ERR_IO, CN_ERR_MEMORY, CN_ERR_CANCELLED. Memory: 12 bytes a firm.
 */
CN_API cn_status cn_generate(const char *path, const cn_generate_options *options, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
