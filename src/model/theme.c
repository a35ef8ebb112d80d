/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Themes as data: their names, and the sheet and the ink of the built-in ones. The reader (load) fills a theme; render looks at it. Constant cost. */
#include "theme_impl.h"

#include "memory.h"

#include <string.h>

static const struct {
    const char *key;
    const char *paper;
    const char *ink;
} bases[] = {
    [CN_THEME_LIGHT] = {"light", "#ffffff", "#1a1a1a"},
    [CN_THEME_DARK] = {"dark", "#14181d", "#f2f4f6"},
    [CN_THEME_PRINT] = {"print", "#ffffff", "#000000"},
    [CN_THEME_MONO] = {"mono", "#ffffff", "#000000"},
};
static const char *const colours[] = {
#define CN_THEME_COLOUR(id, key, en, ru) key,
#include "coopnet/theme.def"
#undef CN_THEME_COLOUR
};

int cn_theme_find(const char *key) {
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (strcmp(bases[i].key, key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *cn_theme_key(cn_theme_base base) {
    return (size_t)base < sizeof bases / sizeof *bases ? bases[base].key : "";
}

const char *cn_theme_colour_key(cn_theme_colour colour) {
    return (size_t)colour < CN_THEME_COLOUR_COUNT ? colours[colour] : "";
}

static const char *own_or(const cn_theme *theme, cn_theme_colour colour, const char *otherwise) {
    return theme->colours[colour][0] ? theme->colours[colour] : otherwise;
}

const char *cn__theme_paper(const cn_theme *theme) {
    return own_or(theme, CN_THEME_PAPER_COLOUR, bases[theme->base].paper);
}

const char *cn__theme_ink(const cn_theme *theme) { return own_or(theme, CN_THEME_INK_COLOUR, bases[theme->base].ink); }

void cn_theme_free(cn_theme *open) {
    cn__theme_file *theme = (cn__theme_file *)(void *)open; /* its first member */
    if (theme) {
        cn__keep_release(&theme->keep);
        cn__free(theme);
    }
}
