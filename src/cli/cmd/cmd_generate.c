/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet generate: a made-up network of firms. Where it goes says what it is: a folder of tables, a table of links (FILE.csv), or that
 * table on standard output.
 */
#include "session.h"

#include "coopnet/generate.h"

#include <string.h>

int cmd_generate(session *s) {
    cn_error err = {0};
    const uint64_t *number = s->options.number;
    if (!session_given(s, OPTION_FIRMS)) {
        return session_misuse(s, TEXT_OPTION_REQUIRED, "generate", "--firms", END);
    }
    cn_generate_options options = {
        .firms = (uint32_t)number[OPTION_FIRMS],
        .seed = session_given(s, OPTION_SEED) ? number[OPTION_SEED] : 1,
    };
    const char *path = session_given(s, OPTION_OUTPUT) ? s->options.text[OPTION_OUTPUT] : "-";
    watch_begin(&s->watch, s->lang, TEXT_GENERATING, NULL, session_given(s, OPTION_QUIET));
    options.step = watch_step;
    options.context = &s->watch;
    cn_status status = session_unwatch(s, cn_generate(path, &options, &err), &err);
    return status ? session_fail(s, &err) : EXIT_DONE;
}
