/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet and the look of a picture, as far as they can be wrong. What --theme names: a built-in theme, or a file: something with a path or an extension, or "-". Cost: that of the file. */
#include "session.h"

#include <string.h>

static bool names_file(const char *name) { return strpbrk(name, "/.") || strcmp(name, "-") == 0; }

static int misspelt(const session *s, const char *name) {
    nearest search = {name, NULL, 0};
    cn_buf all = {0};
    for (int i = 0; cn_theme_key((cn_theme_base)i)[0]; i++) {
        nearest_try(&search, cn_theme_key((cn_theme_base)i));
        cn_buf_add_text(&all, i ? ", " : "");
        cn_buf_add_text(&all, cn_theme_key((cn_theme_base)i));
    }
    int code = session_misuse(s, search.best ? TEXT_BAD_THEME_NEAR : TEXT_BAD_THEME, name, all.data ? all.data : "",
                              search.best ? search.best : "", END);
    cn_buf_release(&all);
    return code;
}

static int read_file(session *s, const char *path) {
    cn_error err = {0};
    cn_diags *diags = NULL;
    cn_status status = cn_diags_create(&diags, &err);
    status = status ? status : cn_theme_load(path, diags, &s->theme_file, &err);
    if (diags) {
        session_show(s, diags);
    }
    cn_diags_free(diags);
    if (status) {
        return session_fail(s, &err);
    }
    s->theme = *s->theme_file;
    return EXIT_DONE;
}

int session_theme(session *s) {
    const char *name = s->options.text[OPTION_THEME];
    if (session_given(s, OPTION_TILES) && cn_picture_find(s->format) >= 0 && !session_format_is(s, "pdf")) {
        return session_misuse(s, TEXT_TILES_NEED_PDF, END);
    }
    if (!name) {
        return EXIT_DONE;
    }
    if (cn_theme_find(name) >= 0) {
        s->theme.base = (cn_theme_base)cn_theme_find(name);
        return EXIT_DONE;
    }
    return names_file(name) ? read_file(s, name) : misspelt(s, name);
}
