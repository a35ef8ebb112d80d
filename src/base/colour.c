/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Colours in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020), where equal steps look equal, so that a
 * colour can be made lighter or darker and stays the same colour to the eye. Contrast is that of WCAG 2.1 (relative
 * luminance). Results are rounded to 8 bits, which hides the last bits of the machine's arithmetic. Cost: constant.
 */
#include "colour.h"

#include <math.h>
#include <string.h>

typedef struct rgb {
    double r, g, b; /* linear light, 0 … 1 */
} rgb;

static double to_linear(double v) { return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4); }
static double to_screen(double v) { return v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055; }

static unsigned digit(char c) {
    return c <= '9' ? (unsigned)(c - '0') : ((unsigned)(unsigned char)c | 0x20u) - 'a' + 10;
}

static rgb read_colour(const char *text) {
    double parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = to_linear((digit(text[1 + 2 * i]) * 16 + digit(text[2 + 2 * i])) / 255.0);
    }
    return (rgb){parts[0], parts[1], parts[2]};
}

cn__lch cn__colour_lch(const char *text) {
    rgb v = read_colour(text);
    double l = cbrt(0.4122214708 * v.r + 0.5363325363 * v.g + 0.0514459929 * v.b);
    double m = cbrt(0.2119034982 * v.r + 0.6806995451 * v.g + 0.1073969566 * v.b);
    double s = cbrt(0.0883024619 * v.r + 0.2817188376 * v.g + 0.6299787005 * v.b);
    double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    double chroma = hypot(a, b);
    return (cn__lch){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, chroma < 1e-4 ? 0 : chroma, atan2(b, a)};
}

static rgb linear_of(cn__lch v) {
    double a = v.c * cos(v.h);
    double b = v.c * sin(v.h);
    double l = pow(v.l + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = pow(v.l - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = pow(v.l - 0.0894841775 * a - 1.2914855480 * b, 3);
    return (rgb){4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                 -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                 -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

static bool on_screen(rgb v) {
    const double slack = 1e-4;
    return fmin(v.r, fmin(v.g, v.b)) >= -slack && fmax(v.r, fmax(v.g, v.b)) <= 1 + slack;
}

/* The most chroma of this lightness and hue that a screen has, not above that given: by bisection. */
static cn__lch fit_screen(cn__lch lch) {
    double low = 0;
    double high = lch.c;
    if (on_screen(linear_of(lch))) {
        return lch;
    }
    for (int i = 0; i < 20; i++) {
        lch.c = (low + high) / 2;
        *(on_screen(linear_of(lch)) ? &low : &high) = lch.c;
    }
    lch.c = low;
    return lch;
}

cn__colour cn__colour_of(cn__lch lch) {
    static const char digits[] = "0123456789abcdef";
    lch.l = fmin(fmax(lch.l, 0), 1);
    rgb v = linear_of(fit_screen(lch));
    const double parts[3] = {v.r, v.g, v.b};
    cn__colour out = {"#000000"};
    for (int i = 0; i < 3; i++) {
        unsigned value = (unsigned)lround(to_screen(fmin(fmax(parts[i], 0), 1)) * 255);
        out.text[1 + 2 * i] = digits[value >> 4];
        out.text[2 + 2 * i] = digits[value & 15];
    }
    return out;
}

static double luminance(const char *text) {
    rgb v = read_colour(text);
    return 0.2126 * v.r + 0.7152 * v.g + 0.0722 * v.b;
}

double cn__colour_contrast(const char *a, const char *b) {
    double x = luminance(a);
    double y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

cn__colour cn__colour_against(const char *text, const char *ground, double contrast) {
    cn__lch lch = cn__colour_lch(text);
    double step = luminance(ground) > 0.18 ? -0.01 : 0.01;
    cn__colour out = cn__colour_of(lch);
    while (cn__colour_contrast(out.text, ground) < contrast && lch.l > 0 && lch.l < 1) {
        lch.l += step;
        out = cn__colour_of(lch);
    }
    return out;
}
