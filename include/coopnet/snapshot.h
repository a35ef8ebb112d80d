/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file snapshot.h
 * A network as one file that opens in a fraction of a second: its arrays as they lie in memory, with checksums. cn_load knows such a
 * file by its first bytes and maps it. It belongs to machines of one byte order and to one version of the format; the tables or the
 * JSON stay the source.
 */
#ifndef COOPNET_SNAPSHOT_H
#define COOPNET_SNAPSHOT_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Write a network. The file is either the old or the complete new one, as with cn_file_write; equal networks give equal bytes.
 * @return CN_OK, CN_ERR_IO, CN_ERR_MEMORY. Cost: the bytes, once; memory: that of the items.
 */
CN_API cn_status cn_snapshot_write(const cn_network *net, const char *path, cn_error *err);

/** Called now and then while a snapshot is written. False stops, and no file remains. */
typedef struct cn_snapshot_watch {
    bool (*step)(void *context, uint64_t bytes_done, uint64_t bytes_total);
    void *context;
} cn_snapshot_watch;

/** The same, watched. @return also CN_ERR_CANCELLED. */
CN_API cn_status cn_snapshot_write_watched(const cn_network *net, const char *path, const cn_snapshot_watch *watch,
                                           cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
