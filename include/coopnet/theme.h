/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file theme.h
 * How drawings look: four built-in themes, and themes of an organisation with its colours, name and logo (a JSON file, docs/drawing.md).
 * A theme changes colours only; shapes, dashes and arrowheads say the same things in every theme.
 */
#ifndef COOPNET_THEME_H
#define COOPNET_THEME_H

#include "coopnet/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_theme_base {
    CN_THEME_LIGHT = 0, /**< tints on white: screen, colour print */
    CN_THEME_DARK,      /**< light lines on a dark ground: projector in a dark room */
    CN_THEME_PRINT,     /**< little toner: paler fills, black text */
    CN_THEME_MONO       /**< black, white and greys only */
} cn_theme_base;

CN_API int cn_theme_find(const char *key); /**< "light", "dark", "print", "mono"; -1 */
CN_API const char *cn_theme_key(cn_theme_base base);

typedef enum cn_theme_colour {
#define CN_THEME_COLOUR(id, key, en, ru) CN_THEME_##id##_COLOUR,
#include "coopnet/theme.def"
#undef CN_THEME_COLOUR
    CN_THEME_COLOUR_COUNT
} cn_theme_colour;

CN_API const char *cn_theme_colour_key(cn_theme_colour colour); /**< "paper", "anchor" … */

typedef enum cn_logo_kind { CN_LOGO_NONE = 0, CN_LOGO_PNG, CN_LOGO_SVG } cn_logo_kind;

/** A theme. Zero is the built-in light one, `{.base = CN_THEME_DARK}` the dark one. Pointers are borrowed, NULL: none. */
typedef struct cn_theme {
    cn_theme_base base;
    char colours[CN_THEME_COLOUR_COUNT][8]; /**< "#rrggbb"; "": that of the base */
    const char *organisation;               /**< stands in the title block */
    cn_logo_kind logo_kind;
    const void *logo; /**< bytes of the file; an SVG is never shown itself, only a picture of it */
    size_t logo_bytes;
} cn_theme;

/**
 * Read a theme file. Every mistake goes to `diags` with line and column; one of level ERROR refuses it. Texts and lines that could not be read on
 * the sheet (contrast of ink to paper below 7:1) are mistakes.
 * @return CN_OK, CN_ERR_INPUT (also: logo missing, not PNG or SVG, larger than 2 MiB), CN_ERR_MEMORY
 */
CN_API cn_status cn_theme_load(const char *path, cn_diags *diags, cn_theme **out, cn_error *err);
/** The same from memory; the file of the logo is named from `folder` (NULL: the current one). */
CN_API cn_status cn_theme_load_bytes(const char *label, const char *folder, const void *bytes, size_t len,
                                     cn_diags *diags, cn_theme **out, cn_error *err);
/** Frees a theme that was loaded. */
CN_API void cn_theme_free(cn_theme *theme);

#ifdef __cplusplus
}
#endif
#endif
