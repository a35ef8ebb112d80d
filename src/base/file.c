/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole files. Reading takes what comes until the end or the limit, so that pipes and files that grow or have no size
 * (/proc) are read like others. Writing goes to a new file beside the target, which then takes its name: who reads
 * the target meanwhile sees the old file or the new one, never a half. Cost: the bytes, once.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#define _DEFAULT_SOURCE   /* madvise */
#include "file.h"
#include "buf.h"
#include "error.h"
#include "memory.h"
#include "number.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 * 1024, NAME_TRIES = 100, MAPPED_FROM = 1 << 20 };

cn_status cn__file_fail_reading(cn_error *err, const char *path, int code) {
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return CN__FAIL1(err, CN_ERR_INPUT, FILE_NOT_FOUND, path);
    case EACCES:
    case EPERM:
        return CN__FAIL1(err, CN_ERR_INPUT, FILE_NOT_ALLOWED, path);
    case EISDIR:
        return CN__FAIL1(err, CN_ERR_INPUT, FILE_IS_FOLDER, path);
    default: {
        char reason[128] = "";
        (void)strerror_r(code, reason, sizeof reason);
        return CN__FAIL2(err, CN_ERR_INPUT, CANNOT_READ, path, reason);
    }
    }
}

cn_status cn__file_fail_writing(cn_error *err, const char *path, int code) {
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return CN__FAIL1(err, CN_ERR_IO, WRITE_NO_FOLDER, path);
    case EACCES:
    case EPERM:
    case EROFS:
        return CN__FAIL1(err, CN_ERR_IO, WRITE_NOT_ALLOWED, path);
    case ENOSPC:
    case EDQUOT:
        return CN__FAIL1(err, CN_ERR_IO, WRITE_NO_SPACE, path);
    case EISDIR:
        return CN__FAIL1(err, CN_ERR_IO, FILE_IS_FOLDER, path);
    case ENOMEM:
        return CN__NO_MEMORY(err);
    default: {
        char reason[128] = "";
        (void)strerror_r(code, reason, sizeof reason);
        return CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, path, reason);
    }
    }
}

static cn_status fail_too_large(cn_error *err, const char *path, uint64_t max_bytes) {
    char limit[24];
    (void)snprintf(limit, sizeof limit, "%llu", (unsigned long long)max_bytes);
    return CN__FAIL2(err, CN_ERR_LIMIT, READ_TOO_LARGE, path, limit);
}

/* Shall it go on? Asked where a signal woke it up, and between two pieces: who writes into a pipe may never end. */
static bool goes_on(const cn_watch *watch) { return !watch || !watch->step || watch->step(watch->context, 0, 0); }

/* As open; -1 with EINTR only where the watch said so. */
static int open_watched(const char *path, const cn_watch *watch) {
    int fd;
    do { /* a named pipe waits here for somebody to write into it */
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR && goes_on(watch));
    return fd;
}

/* As read, likewise. */
static ssize_t read_watched(int fd, char *bytes, size_t len, const cn_watch *watch) {
    ssize_t got;
    do {
        got = read(fd, bytes, len);
    } while (got < 0 && errno == EINTR && goes_on(watch));
    return got;
}

static cn_status fail_reading(cn_error *err, const char *path, int code) {
    return code == EINTR ? CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED) : cn__file_fail_reading(err, path, code);
}

/* All that comes from `fd`. */
static cn_status read_all(int fd, const char *path, uint64_t max_bytes, const cn_watch *watch, cn_buf *out,
                          cn_error *err) {
    size_t start = out->len;
    for (;;) {
        if (!goes_on(watch)) {
            return CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED);
        }
        char *room = cn__buf_reserve(out, CHUNK_BYTES);
        if (!room) {
            return CN__NO_MEMORY(err);
        }
        ssize_t got = read_watched(fd, room, out->cap - out->len - 1, watch);
        if (got < 0) {
            return fail_reading(err, path, errno);
        }
        out->len += (size_t)got;
        out->data[out->len] = '\0';
        if (out->len - start > max_bytes) {
            return fail_too_large(err, path, max_bytes);
        }
        if (got == 0) {
            return CN_OK;
        }
    }
}

cn_status cn__file_read(const char *path, uint64_t max_bytes, const cn_watch *watch, cn_buf *out, cn_error *err) {
    bool from_stdin = strcmp(path, "-") == 0;
    int fd = from_stdin ? STDIN_FILENO : open_watched(path, watch);
    if (fd < 0) {
        return fail_reading(err, path, errno);
    }
    struct stat info;
    cn_status status = CN_OK;
    if (fstat(fd, &info) != 0) {
        status = cn__file_fail_reading(err, path, errno);
    } else if (S_ISREG(info.st_mode) && (uint64_t)info.st_size > max_bytes && !from_stdin) {
        status = fail_too_large(err, path, max_bytes); /* known before reading any of it */
    } else if (S_ISREG(info.st_mode) && !from_stdin && !cn__buf_reserve(out, (size_t)info.st_size + CHUNK_BYTES)) {
        status = CN__NO_MEMORY(err);
    } else {
        status = read_all(fd, path, max_bytes, watch, out, err);
    }
    if (!from_stdin) {
        (void)close(fd);
    }
    if (status != CN_OK) {
        cn_buf_release(out);
    }
    return status;
}

/* Map `fd`. False: it cannot be, or need not. */
static bool map_file(int fd, const struct stat *info, cn__file_view *out) {
    if (!S_ISREG(info->st_mode) || info->st_size < MAPPED_FROM || (uint64_t)info->st_size > SIZE_MAX / 2) {
        return false;
    }
    void *map = mmap(NULL, (size_t)info->st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED) {
        return false;
    }
    out->bytes = map;
    out->len = (size_t)info->st_size;
    out->mapped = true;
    return true;
}

cn_status cn__file_view_open(const char *path, uint64_t max_mapped, uint64_t max_read, const cn_watch *watch,
                             cn__file_view *out, cn_error *err) {
    *out = (cn__file_view){0};
    struct stat info;
    /* A named pipe is opened once, to be read: whoever writes into it would not survive it being closed again. */
    bool regular = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    int fd = regular ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    bool known = fd >= 0 && fstat(fd, &info) == 0;
    bool too_large = known && S_ISREG(info.st_mode) && (uint64_t)info.st_size > max_mapped;
    bool mapped = known && !too_large && map_file(fd, &info, out);
    if (fd >= 0) {
        (void)close(fd);
    }
    if (mapped) {
        return CN_OK;
    }
    if (too_large) {
        return fail_too_large(err, path, max_mapped);
    }
    cn_status status = cn__file_read(path, max_read, watch, &out->read, err);
    out->bytes = out->read.data ? out->read.data : "";
    out->len = out->read.len;
    return status;
}

void cn__file_view_close(cn__file_view *view) {
    if (view->mapped) {
        union {
            const char *seen;
            void *given;
        } bytes = {view->bytes}; /* munmap asks for a pointer to what may be written */
        (void)munmap(bytes.given, view->len);
    }
    cn_buf_release(&view->read);
    *view = (cn__file_view){0};
}

void cn__file_view_done(const cn__file_view *view, size_t from, size_t to) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    from = (from + page - 1) / page * page;
    to = to >= view->len ? view->len : to / page * page;
    if (view->mapped && from < to) {
        union {
            const char *seen;
            void *given;
        } bytes = {view->bytes + from};
        (void)madvise(bytes.given, to - from, MADV_DONTNEED);
    }
}

bool cn__path_is_dir(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* 0, or the errno of what failed. */
static int write_all(int fd, const char *bytes, size_t len) {
    while (len > 0) {
        ssize_t done = write(fd, bytes, len < INT_MAX ? len : INT_MAX);
        if (done < 0 && errno != EINTR) {
            return errno;
        }
        if (done > 0) {
            bytes += done;
            len -= (size_t)done;
        }
    }
    return 0;
}

/* Creates a new file in the folder of `target`; `name` has its size plus TEMPORARY_EXTRA bytes. */
#define TEMPORARY_EXTRA 48
static int open_temporary(const char *target, char *name, int *fd) {
    const char *slash = strrchr(target, '/');
    int folder_len = slash ? (int)(slash - target + 1) : 0;
    for (int i = 0; i < NAME_TRIES; i++) {
        /* No mkstemp: it would leave the file to its owner alone, and only umask() itself tells the umask. */
        (void)snprintf(name, strlen(target) + TEMPORARY_EXTRA, "%.*s.coopnet-%ld-%d.tmp", folder_len, target,
                       (long)getpid(), i);
        *fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (*fd >= 0) {
            return 0;
        }
        if (errno != EEXIST) {
            return errno;
        }
    }
    return EEXIST;
}

/* Where the bytes will go: to a new name beside the target, or straight into what cannot be replaced. 0, or an errno. */
static int choose_target(const char *path, cn__file_out *out) {
    struct stat old;
    if (strcmp(path, "-") == 0) {
        out->to_reader = true;
        out->fd = dup(STDOUT_FILENO);
        return out->fd < 0 ? errno : 0;
    }
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
        return EISDIR;
    }
    if (exists && !S_ISREG(old.st_mode)) { /* a device, pipe or socket has no content to protect */
        out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return out->fd < 0 ? errno : 0;
    }
    if (exists && access(path, W_OK) != 0) {
        return errno; /* the folder's permissions would let it be replaced, its own forbid it */
    }
    /* A symbolic link stays one: what it points to is replaced. */
    char *real = exists ? realpath(path, NULL) : NULL;
    out->target = cn__strdup(real ? real : path);
    free(real);
    size_t size = out->target ? strlen(out->target) + TEMPORARY_EXTRA : 0;
    char *name = out->target && size <= INT_MAX ? cn__alloc(size, 1) : NULL;
    if (!name) {
        return ENOMEM;
    }
    int failed = open_temporary(out->target, name, &out->fd);
    if (failed != 0) {
        cn__free(name);
        return failed;
    }
    out->temporary = name;
    out->mode = exists ? (uint32_t)(old.st_mode & 0777) | (1u << 31) : 0;
    return 0;
}

static void flush(cn__file_out *out) {
    if (out->failed == 0) {
        out->failed = write_all(out->fd, out->waiting.data ? out->waiting.data : "", out->waiting.len);
    }
    out->waiting.len = 0;
}

cn_status cn__file_out_open(const char *path, cn__file_out *out, cn_error *err) {
    *out = (cn__file_out){.fd = -1};
    int failed = choose_target(path, out);
    if (failed == 0) {
        return CN_OK;
    }
    cn__free(out->target);
    *out = (cn__file_out){.fd = -1};
    return cn__file_fail_writing(err, path, failed);
}

void cn__file_out_put(cn__file_out *out, const void *bytes, size_t len) {
    if (len < CHUNK_BYTES) {
        cn_buf_add(&out->waiting, bytes, len);
        if (out->waiting.len >= CHUNK_BYTES) {
            flush(out);
        }
        return;
    }
    flush(out);
    if (out->failed == 0) {
        out->failed = write_all(out->fd, bytes, len);
    }
}

cn_status cn__file_out_close(cn__file_out *out, const char *path, bool keep, cn_error *err) {
    bool replace = out->temporary != NULL;
    flush(out);
    int failed = out->failed != 0 ? out->failed : out->waiting.failed ? ENOMEM : 0;
    failed = failed == EPIPE && out->to_reader ? 0 : failed; /* whoever reads has read enough */
    if (failed == 0 && keep && out->mode != 0 && fchmod(out->fd, out->mode & 0777) != 0) {
        failed = errno;
    }
    if (failed == 0 && keep && replace && fsync(out->fd) != 0) {
        failed = errno;
    }
    if (close(out->fd) != 0 && failed == 0) {
        failed = errno;
    }
    if (failed == 0 && keep && replace && rename(out->temporary, out->target) != 0) {
        failed = errno;
    }
    if (replace && (failed != 0 || !keep)) {
        (void)unlink(out->temporary);
    }
    cn__free(out->temporary);
    cn__free(out->target);
    cn_buf_release(&out->waiting);
    *out = (cn__file_out){.fd = -1};
    return failed == 0 ? CN_OK : cn__file_fail_writing(err, path, failed);
}

cn_status cn_file_write(const char *path, const void *bytes, size_t len, cn_error *err) {
    cn__file_out out;
    cn_status status = cn__file_out_open(path, &out, err);
    if (status != CN_OK) {
        return status;
    }
    out.failed = write_all(out.fd, bytes, len);
    return cn__file_out_close(&out, path, true, err);
}
