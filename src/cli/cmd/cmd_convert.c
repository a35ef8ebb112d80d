/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet convert: the network, read once with all its checks, in another format; what that cannot hold is said. */
#include "session.h"

#include "coopnet/save.h"

int cmd_convert(session *s) {
    cn_error err = {0};
    const char *file = s->options.text[OPTION_OUTPUT];
    if (!file) {
        return session_misuse(s, TEXT_OUTPUT_REQUIRED, command_at(s->options.command)->name, END);
    }
    int code = session_open(s);
    if (code) {
        return code;
    }
    cn_diags *lost = NULL;
    const cn_save_options options = {.format = s->options.text[OPTION_TO_FORMAT]};
    cn_status status = cn_diags_create(&lost, &err);
    if (!status) {
        status = cn_save(s->net, file, &options, lost, &err);
    }
    if (!status) {
        session_show(s, lost);
    }
    cn_diags_free(lost);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
