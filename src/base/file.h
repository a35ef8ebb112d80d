/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: reading with a limit. Writing is cn_file_write in base.h. */
#ifndef CN_BASE_FILE_H
#define CN_BASE_FILE_H

#include "coopnet/base.h"

/*
 * Read a file ("-": standard input) into `out`, which is released on error and has its `data` even for an empty file.
 * CN_ERR_INPUT: cannot open or read; CN_ERR_LIMIT: larger than max_bytes; CN_ERR_CANCELLED: the watch (NULL: nobody) said so.
 */
cn_status cn__file_read(const char *path, uint64_t max_bytes, const cn_watch *watch, cn_buf *out, cn_error *err);

/* A whole file to look at: mapped where it is a large regular file, else read. `{0}` to init. */
typedef struct cn__file_view {
    const char *bytes; /* never NULL once open */
    size_t len;
    bool mapped;
    cn_buf read;
} cn__file_view;

/*
 * Open for looking at. What cannot be mapped is read, up to max_read bytes; CN_ERR_LIMIT as above. The file must not be cut while it
 * is mapped.
 */
cn_status cn__file_view_open(const char *path, uint64_t max_mapped, uint64_t max_read, const cn_watch *watch,
                             cn__file_view *out, cn_error *err);
void cn__file_view_close(cn__file_view *view);
/* Bytes [from, to) will not be looked at again soon: a mapping gives their memory back. */
void cn__file_view_done(const cn__file_view *view, size_t from, size_t to);
/*
 * A file ("-": standard output) in the writing, piece by piece, with the promises of cn_file_write: until the end it has a temporary name. `{0}` to init.
 * What fails is kept and told at the end.
 */
typedef struct cn__file_out {
    int fd;
    int failed;      /* errno */
    char *temporary; /* NULL: written directly */
    char *target;
    uint32_t mode;  /* of the old file; 0: none */
    bool to_reader; /* standard output: "-" */
    cn_buf waiting;
} cn__file_out;

cn_status cn__file_out_open(const char *path, cn__file_out *out, cn_error *err);
void cn__file_out_put(cn__file_out *out, const void *bytes, size_t len);
/* Give it its name; without `keep`, or when something failed, nothing remains. Releases `out`. */
cn_status cn__file_out_close(cn__file_out *out, const char *path, bool keep, cn_error *err);

bool cn__path_is_dir(const char *path);
/* CN_ERR_INPUT with the message for the errno `code` of an attempt to open or read a file or folder. */
cn_status cn__file_fail_reading(cn_error *err, const char *path, int code);
/* CN_ERR_IO (or CN_ERR_MEMORY) with the message for the errno of an attempt to write. */
cn_status cn__file_fail_writing(cn_error *err, const char *path, int code);

#endif
