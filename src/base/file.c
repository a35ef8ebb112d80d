/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole files. Reading takes what comes until the end or the limit, so that pipes and files that grow or have no size
 * (/proc) are read like others. Writing goes to a new file beside the target, which then takes its name: who reads
 * the target meanwhile sees the old file or the new one, never a half. Cost: the bytes, once.
 */
#define _XOPEN_SOURCE 700 /* realpath */
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
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 * 1024, NAME_TRIES = 100 };

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

static cn_status fail_writing(cn_error *err, const char *path, int code) {
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

static ssize_t read_some(int fd, char *bytes, size_t len) {
    ssize_t got;
    do {
        got = read(fd, bytes, len);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* All that comes from `fd`. */
static cn_status read_all(int fd, const char *path, uint64_t max_bytes, cn_buf *out, cn_error *err) {
    size_t start = out->len;
    for (;;) {
        char *room = cn__buf_reserve(out, CHUNK_BYTES);
        if (!room) {
            return CN__NO_MEMORY(err);
        }
        ssize_t got = read_some(fd, room, out->cap - out->len - 1);
        if (got < 0) {
            return cn__file_fail_reading(err, path, errno);
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

cn_status cn__file_read(const char *path, uint64_t max_bytes, cn_buf *out, cn_error *err) {
    bool from_stdin = strcmp(path, "-") == 0;
    int fd = from_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return cn__file_fail_reading(err, path, errno);
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
        status = read_all(fd, path, max_bytes, out, err);
    }
    if (!from_stdin) {
        (void)close(fd);
    }
    if (status != CN_OK) {
        cn_buf_release(out);
    }
    return status;
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

/* A device, pipe or socket has no content to protect and cannot be replaced. */
static int write_directly(const char *path, const void *bytes, size_t len) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return errno;
    }
    int failed = write_all(fd, bytes, len);
    if (close(fd) != 0 && failed == 0) {
        failed = errno;
    }
    return failed;
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

/* Writes to a temporary name and renames. `old` is what stands there now, NULL for nothing. */
static int replace(const char *target, const struct stat *old, const void *bytes, size_t len) {
    size_t size = strlen(target) + TEMPORARY_EXTRA;
    char *name = size <= INT_MAX ? cn__alloc(size, 1) : NULL;
    if (!name) {
        return ENOMEM;
    }
    int fd = -1;
    int failed = open_temporary(target, name, &fd);
    if (failed != 0) {
        cn__free(name);
        return failed;
    }
    failed = write_all(fd, bytes, len);
    if (failed == 0 && old && fchmod(fd, old->st_mode & 0777) != 0) {
        failed = errno;
    }
    if (failed == 0 && fsync(fd) != 0) {
        failed = errno;
    }
    if (close(fd) != 0 && failed == 0) {
        failed = errno;
    }
    if (failed == 0 && rename(name, target) != 0) {
        failed = errno;
    }
    if (failed != 0) {
        (void)unlink(name);
    }
    cn__free(name);
    return failed;
}

cn_status cn_file_write(const char *path, const void *bytes, size_t len, cn_error *err) {
    struct stat old;
    bool exists = stat(path, &old) == 0;
    int failed = 0;
    if (exists && S_ISDIR(old.st_mode)) {
        failed = EISDIR;
    } else if (exists && !S_ISREG(old.st_mode)) {
        failed = write_directly(path, bytes, len);
    } else if (exists && access(path, W_OK) != 0) {
        failed = errno; /* the folder's permissions would let it be replaced, its own forbid it */
    } else {
        /* A symbolic link stays one: what it points to is replaced. */
        char *target = exists ? realpath(path, NULL) : NULL;
        failed = replace(target ? target : path, exists ? &old : NULL, bytes, len);
        free(target);
    }
    return failed == 0 ? CN_OK : fail_writing(err, path, failed);
}
