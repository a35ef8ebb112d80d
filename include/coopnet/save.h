/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file save.h
 * Writes a network to a file or folder in one of the formats of src/save/savers.def. The native formats (JSON, folder of CSV tables,
 * snapshot, SQLite database) load back to the same network; what another format cannot hold is named, so that nothing is lost in silence.
 * docs/formats.md describes the formats.
 */
#ifndef COOPNET_SAVE_H
#define COOPNET_SAVE_H

#include "coopnet/diag.h"
#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Formats that can be written, numbered 0 … count-1 in the order of savers.def. */
CN_API size_t cn_save_format_count(void);
/** Its key ("graphml"), its extensions with `|` between them ("dot|gv"; "" of a folder), its name for people. */
CN_API const char *cn_save_format_key(size_t format);
CN_API const char *cn_save_format_extensions(size_t format);
CN_API const char *cn_save_format_name(size_t format, cn_lang lang);

typedef struct cn_save_options {
    const char *
        format; /**< a key; NULL: told by the path's extension, a path without one or a folder is a folder of CSV tables */
    /** Called now and then while the network is written, in whatever format; false stops, and no file remains. NULL: not called. */
    bool (*step)(void *context, uint64_t done, uint64_t total);
    void *context;
} cn_save_options;

/**
 * Write a network. A file is either the old or the complete new one, as with cn_file_write ("-" is standard output); a folder must be
 * new or empty and appears complete. Equal networks give equal bytes.
 * @param options NULL for the defaults
 * @param lost    gets a note for each kind of thing that the format cannot hold, with its number; may be NULL
 * @return CN_OK; CN_ERR_ARGUMENT (no such format, or the path's extension is of none: the message lists them); CN_ERR_IO; CN_ERR_MEMORY;
 * CN_ERR_CANCELLED.
 * Cost: O(entities + links + properties) and the bytes; memory: 8 bytes a link for JSON, CSV and SQLite, else a piece of the file.
 */
CN_API cn_status cn_save(const cn_network *net, const char *path, const cn_save_options *options, cn_diags *lost,
                         cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
