/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing to standard output with write(2): what was not written is known here, not at exit. */
#include "output.h"

#include "session.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int output_write(cn_lang lang, const char *bytes, size_t len, int code) {
    while (len) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, len);
        if (wrote < 0 && errno == EPIPE) {
            return code;
        }
        if (wrote < 0 && errno != EINTR) {
            complain(lang, TEXT_CANNOT_WRITE, errno == ENOSPC ? text_of(lang, TEXT_NO_SPACE) : strerror(errno), END);
            return EXIT_TROUBLE;
        }
        bytes += wrote > 0 ? wrote : 0;
        len -= wrote > 0 ? (size_t)wrote : 0;
    }
    return code;
}
