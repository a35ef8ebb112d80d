/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A theme that was read, and the grounds of the built-in ones. */
#ifndef CN_MODEL_THEME_IMPL_H
#define CN_MODEL_THEME_IMPL_H

#include "coopnet/theme.h"

#include "keep.h"

typedef struct cn__theme_file {
    cn_theme open; /* what is public; first, so that both have one address */
    cn__keep keep; /* everything it owns */
} cn__theme_file;

/* Sheet and text of a theme: its own, else its base's. */
const char *cn__theme_paper(const cn_theme *theme);
const char *cn__theme_ink(const cn_theme *theme);

#endif
