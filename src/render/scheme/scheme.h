/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The colours of one drawing. The tables of style (style.def, scheme.def, mark.def) hold those of the light theme; a scheme
 * is what a theme makes of them.
 */
#ifndef CN_RENDER_SCHEME_H
#define CN_RENDER_SCHEME_H

#include "colour.h"
#include "coopnet/theme.h"
#include "style.h"

typedef enum cn__role {
#define CN__ROLE(id, light) CN__ROLE_##id,
#include "scheme.def"
#undef CN__ROLE
    CN__ROLE_COUNT
} cn__role;

/* A fill, and the line round it, in which text stands on it too. */
typedef struct cn__coat {
    cn__colour fill;
    cn__colour line;
} cn__coat;

typedef struct cn__scheme {
    cn_theme_base base;
    const cn_theme *theme; /* borrowed; NULL: none */
    const char *logo;      /* borrowed; base64 of a PNG; NULL: none */
    double logo_aspect;    /* width : height; 0: none */
    cn__coat nodes[CN__NODE_STYLE_COUNT];
    cn__coat groups[CN__GROUP_STYLE_COUNT];
    cn__colour links[CN__LINK_STYLE_COUNT];
    cn__colour roles[CN__ROLE_COUNT];
} cn__scheme;

/* `theme` NULL: light. */
void cn__scheme_make(cn__scheme *out, const cn_theme *theme);
/* The light theme, for scenes without a scheme. */
const cn__scheme *cn__scheme_light(void);
/* What a colour of the light theme is here: light ones are fills, dark ones lines and texts. */
cn__colour cn__scheme_of(const cn__scheme *scheme, const char *colour);

static inline const char *cn__scheme_role(const cn__scheme *scheme, cn__role role) { return scheme->roles[role].text; }

#endif
