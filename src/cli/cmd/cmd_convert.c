/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet convert: the network, read once with all its checks, in another format; what that cannot hold is said. */
#include "session.h"

int cmd_convert(session *s) {
    const char *file = s->options.text[OPTION_OUTPUT];
    if (!file) {
        return session_misuse(s, TEXT_OUTPUT_REQUIRED, command_at(s->options.command)->name, END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    return session_save(s, s->net);
}
