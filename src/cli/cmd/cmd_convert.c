/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet convert: the network, read once with all its checks, as a snapshot. */
#include "session.h"

#include "coopnet/snapshot.h"

#include <string.h>

int cmd_convert(session *s) {
    cn_error err = {0};
    const char *file = s->options.text[OPTION_OUTPUT];
    if (!file || strcmp(file, "-") == 0) {
        return session_misuse(s, TEXT_OUTPUT_REQUIRED, command_at(s->options.command)->name, END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    return cn_snapshot_write(s->net, file, &err) ? session_fail(s, &err) : EXIT_DONE;
}
