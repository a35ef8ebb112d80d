/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet template: a workbook to fill in. */
#include "session.h"

#include "coopnet/template.h"

int cmd_template(session *s) {
    cn_error err = {0};
    const char *path = s->options.text[OPTION_OUTPUT];
    if (!path) {
        return session_misuse(s, TEXT_OUTPUT_REQUIRED, command_at(s->options.command)->name, END);
    }
    if (cn_template_write(path, s->lang, &err)) {
        return session_fail(s, &err);
    }
    session_remark(s, TEXT_TEMPLATE_NEXT, path, END);
    return EXIT_DONE;
}
