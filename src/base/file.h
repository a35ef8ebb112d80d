/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: reading with a limit. Writing is cn_file_write in base.h. */
#ifndef CN_BASE_FILE_H
#define CN_BASE_FILE_H

#include "coopnet/base.h"

/*
 * Read a file ("-": standard input) into `out`, which is released on error and has its `data` even for an empty file.
 * CN_ERR_INPUT: cannot open or read; CN_ERR_LIMIT: larger than max_bytes.
 */
cn_status cn__file_read(const char *path, uint64_t max_bytes, cn_buf *out, cn_error *err);
bool cn__path_is_dir(const char *path);
/* CN_ERR_INPUT with the message for the errno `code` of an attempt to open or read a file or folder. */
cn_status cn__file_fail_reading(cn_error *err, const char *path, int code);

#endif
