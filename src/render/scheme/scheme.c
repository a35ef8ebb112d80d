/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the colours of the light theme to those of any other. First the own colours of an organisation take the place of those in the
 * tables: of each the hue and the strength are kept, and the lightness is that of the colour replaced, dark enough for 4.5:1 on white as a line.
 * Then the base changes lightness and chroma by one rule for fills (lightness from 0.85) and one for lines and texts. So a new
 * row in a table has its colours in every theme, and nobody's house colours can make a drawing unreadable. Cost: constant.
 */
#include "scheme.h"

#include <math.h>
#include <string.h>

#include "theme_impl.h"

#define FILL_FROM 0.85 /* lightness */
#define LINE_CONTRAST 4.5
#define NO_COLOUR CN_THEME_COLOUR_COUNT

static const cn__scheme light = {
    .nodes =
        {
#define CN__NODE_STYLE(id, key, shape, fill, border, width, dash, twice, dot, en, ru) {{fill}, {border}},
#include "style.def"
        },
    .groups =
        {
#define CN__GROUP_STYLE(id, key, fill, border, width, dash, en, ru) {{fill}, {border}},
#include "style.def"
        },
    .links =
        {
#define CN__LINK_STYLE(id, key, colour, width, dash, arrow, en, ru) {colour},
#include "style.def"
        },
    .roles =
        {
#define CN__ROLE(id, light) {light},
#include "scheme.def"
#undef CN__ROLE
        },
};

const cn__scheme *cn__scheme_light(void) { return &light; }

/* ---- own colours ---- */

static cn_theme_colour colour_of_node(cn__node_style style) {
    switch (style) {
    case CN__NODE_ANCHOR:
        return CN_THEME_ANCHOR_COLOUR;
    case CN__NODE_FINAL_MAKER:
        return CN_THEME_FINAL_MAKER_COLOUR;
    case CN__NODE_MEMBER:
    case CN__NODE_CANDIDATE:
    case CN__NODE_FOUND:
        return CN_THEME_MEMBER_COLOUR;
    case CN__NODE_COMPANY:
    case CN__NODE_FIRM:
        return CN_THEME_COMPANY_COLOUR;
    case CN__NODE_FOREIGN:
        return CN_THEME_FOREIGN_COLOUR;
    case CN__NODE_CLUSTER:
    case CN__NODE_CLUSTER_CANDIDATE:
    case CN__NODE_CLUSTER_EXPIRED:
    case CN__NODE_CLUSTER_PLAIN:
    case CN__NODE_DE_FACTO:
        return CN_THEME_CLUSTER_COLOUR;
    case CN__NODE_PROJECT:
        return CN_THEME_PROJECT_COLOUR;
    case CN__NODE_PARK:
        return CN_THEME_PARK_COLOUR;
    case CN__NODE_AUTHORITY:
    case CN__NODE_ASSOCIATION:
    case CN__NODE_SPECIALISED:
    case CN__NODE_EDUCATION:
    case CN__NODE_RESEARCH:
    case CN__NODE_FINANCE:
    case CN__NODE_INFRASTRUCTURE:
    case CN__NODE_ORGANISATION:
        return CN_THEME_INSTITUTION_COLOUR;
    case CN__NODE_GONE:
        return CN_THEME_ALARM_COLOUR;
    default:
        return NO_COLOUR;
    }
}

static cn_theme_colour colour_of_link(cn__link_style style) {
    switch (style) {
    case CN__LINK_SUPPLY:
    case CN__LINK_FLOW:
        return CN_THEME_SUPPLY_COLOUR;
    case CN__LINK_SERVICE:
        return CN_THEME_SERVICE_COLOUR;
    case CN__LINK_MEMBER:
        return CN_THEME_CLUSTER_COLOUR;
    case CN__LINK_PARTICIPANT:
        return CN_THEME_PROJECT_COLOUR;
    case CN__LINK_RESIDENT:
        return CN_THEME_PARK_COLOUR;
    case CN__LINK_ROUTE:
        return CN_THEME_CHAIN_COLOUR;
    case CN__LINK_SHORTAGE:
    case CN__LINK_SLACK:
    case CN__LINK_GONE:
        return CN_THEME_ALARM_COLOUR;
    default:
        return NO_COLOUR;
    }
}

/* "" when the theme has none. */
static const char *own(const cn_theme *theme, cn_theme_colour colour) {
    return colour == NO_COLOUR ? "" : theme->colours[colour];
}

static void dress_line(cn__colour *line, const char *colour, const char *ground) {
    if (colour[0]) {
        *line = cn__colour_against(colour, ground, LINE_CONTRAST);
    }
}

/* White stays white: it says "not yet" or "no more". */
static void dress(cn__coat *coat, const char *colour) {
    if (!colour[0]) {
        return;
    }
    cn__lch fill = cn__colour_lch(coat->fill.text);
    cn__lch hue = cn__colour_lch(colour);
    if (fill.c > 0.002) {
        coat->fill = cn__colour_of((cn__lch){fill.l, fmin(fill.c, hue.c), hue.h});
    }
    dress_line(&coat->line, colour, coat->fill.text);
}

static void dress_all(cn__scheme *out, const cn_theme *theme) {
    const char *paper = light.roles[CN__ROLE_PAPER].text;
    for (int i = 0; i < CN__NODE_STYLE_COUNT; i++) {
        dress(&out->nodes[i], own(theme, colour_of_node((cn__node_style)i)));
    }
    for (int i = 0; i < CN__GROUP_STYLE_COUNT; i++) {
        dress(&out->groups[i], own(theme, i == CN__GROUP_PARK ? CN_THEME_PARK_COLOUR : CN_THEME_CLUSTER_COLOUR));
    }
    for (int i = 0; i < CN__LINK_STYLE_COUNT; i++) {
        dress_line(&out->links[i], own(theme, colour_of_link((cn__link_style)i)), paper);
    }
    dress_line(&out->roles[CN__ROLE_ACCENT], own(theme, CN_THEME_ACCENT_COLOUR), paper);
    dress_line(&out->roles[CN__ROLE_ALARM], own(theme, CN_THEME_ALARM_COLOUR), paper);
}

/* ---- bases ---- */

static cn__lch dark(cn__lch v, bool fill) {
    if (fill) {
        return (cn__lch){0.25 + 0.9 * (1 - v.l), fmin(v.c * 1.4, 0.08), v.h};
    }
    return (cn__lch){fmin(fmax(1.03 - 0.6 * v.l, 0.62), 0.88), fmin(v.c, 0.13), v.h};
}

static cn__lch print(cn__lch v, bool fill) {
    return fill ? (cn__lch){1 - (1 - v.l) * 0.5, v.c * 0.6, v.h} : (cn__lch){v.l * 0.92, v.c, v.h};
}

static cn__lch mono(cn__lch v, bool fill) {
    return fill ? (cn__lch){1 - (1 - v.l) * 1.5, 0, 0} : (cn__lch){v.l * 0.85, 0, 0};
}

cn__colour cn__scheme_of(const cn__scheme *scheme, const char *colour) {
    cn__colour same = {""};
    cn__lch v = cn__colour_lch(colour);
    bool fill = v.l >= FILL_FROM;
    switch (scheme->base) {
    case CN_THEME_DARK:
        return cn__colour_of(dark(v, fill));
    case CN_THEME_PRINT:
        return cn__colour_of(print(v, fill));
    case CN_THEME_MONO:
        return cn__colour_of(mono(v, fill));
    case CN_THEME_LIGHT:
        break;
    }
    memcpy(same.text, colour, sizeof same.text);
    return same;
}

static void change(cn__scheme *scheme, cn__colour *colour) { *colour = cn__scheme_of(scheme, colour->text); }

void cn__scheme_make(cn__scheme *out, const cn_theme *theme) {
    *out = light;
    if (!theme) {
        return;
    }
    out->theme = theme;
    out->base = theme->base;
    dress_all(out, theme);
    for (int i = 0; i < CN__NODE_STYLE_COUNT; i++) {
        change(out, &out->nodes[i].fill);
        change(out, &out->nodes[i].line);
    }
    for (int i = 0; i < CN__GROUP_STYLE_COUNT; i++) {
        change(out, &out->groups[i].fill);
        change(out, &out->groups[i].line);
    }
    for (int i = 0; i < CN__LINK_STYLE_COUNT; i++) {
        change(out, &out->links[i]);
    }
    for (int i = 0; i < CN__ROLE_COUNT; i++) {
        change(out, &out->roles[i]);
    }
    const char *ink = cn__theme_ink(theme);
    bool own_accent = theme->colours[CN_THEME_ACCENT_COLOUR][0] != '\0';
    memcpy(out->roles[CN__ROLE_PAPER].text, cn__theme_paper(theme), sizeof out->roles[0].text);
    memcpy(out->roles[CN__ROLE_INK].text, ink, sizeof out->roles[0].text);
    if (!own_accent) {
        memcpy(out->roles[CN__ROLE_ACCENT].text, ink, sizeof out->roles[0].text);
    }
}
