/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as people see them: lightness and chroma to change, contrast to keep. */
#ifndef CN_BASE_COLOUR_H
#define CN_BASE_COLOUR_H

#include <stdbool.h>

/* "#rrggbb"; usable as a value. */
typedef struct cn__colour {
    char text[8];
} cn__colour;

/* OKLCh: lightness 0 … 1, chroma 0 … about 0.3, hue in radians. */
typedef struct cn__lch {
    double l, c, h;
} cn__lch;

cn__lch cn__colour_lch(const char *text);
/* The nearest colour a screen has: of the same lightness and hue, with less chroma where it must be. */
cn__colour cn__colour_of(cn__lch lch);
/* Contrast of WCAG 2.1, 1 … 21. */
double cn__colour_contrast(const char *a, const char *b);
/* The same hue, as far from the lightness of `ground` as is needed for this contrast to it. */
cn__colour cn__colour_against(const char *text, const char *ground, double contrast);

#endif
