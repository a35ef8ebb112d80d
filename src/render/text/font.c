/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text measuring and wrapping. The widths come from a table made once from the font files (make_font_widths.py), never
 * from the machine's fonts: a box is then the same number of points on every machine. Characters outside the table get
 * a generous guess by their display width, so that a box is rather too wide than too narrow. Wrapping is greedy; then
 * the width is narrowed by bisection as long as the number of lines stays, which evens the lines out.
 * Cost: O(length) a measurement, O(length) times ten a wrap.
 */
#include "font.h"

#include <string.h>

#include "utf8.h"

#include "font_widths.inc"

#define EM 2048.0
#define GUESS_NARROW 1366 /* as wide as a capital letter */
#define GUESS_WIDE 2700   /* ideographs take 1 em, emoji up to 1.3 */
#define ELLIPSIS "…"

static unsigned code_width(uint32_t code, bool bold) {
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            size_t at = ranges[i].start + (code - ranges[i].first);
            unsigned width = bold ? bold_widths[at] : regular_widths[at];
            if (width) {
                return width;
            }
            break;
        }
    }
    int columns = cn__utf8_width(code);
    return columns <= 0 ? 0 : columns == 1 ? GUESS_NARROW : GUESS_WIDE;
}

double cn__font_width(const char *text, size_t len, bool bold, double size) {
    double units = 0;
    const char *end = text + len;
    while (text < end) {
        uint32_t code = cn__utf8_next(&text);
        if (code == 0) {
            break;
        }
        units += code_width(code, bold);
    }
    return units / EM * size;
}

static size_t character_bytes(const char *text) {
    const char *next = text;
    cn__utf8_next(&next);
    return (size_t)(next - text);
}

/* Bytes of the piece that must stay together: up to and with the next hyphen or slash, or up to the next blank. */
static size_t piece_bytes(const char *text) {
    size_t len = 0;
    while (text[len] && text[len] != ' ') {
        size_t step = character_bytes(text + len);
        bool breaks = len > 0 && (text[len] == '-' || text[len] == '/');
        len += step;
        if (breaks) {
            break;
        }
    }
    return len;
}

/* How many bytes of `text` go on a line of `max_width`: whole pieces, else (a single too wide piece) whole characters. */
static size_t line_bytes(const char *text, double max_width, bool bold, double size) {
    size_t taken = 0;
    while (text[taken]) {
        size_t blanks = strspn(text + taken, " ");
        size_t piece = piece_bytes(text + taken + blanks);
        if (taken && cn__font_width(text, taken + blanks + piece, bold, size) > max_width) {
            break;
        }
        taken += blanks + piece;
        if (piece == 0) {
            break;
        }
    }
    size_t fits = taken;
    if (cn__font_width(text, taken, bold, size) > max_width) {
        fits = 0;
        for (size_t step; fits < taken; fits += step) {
            step = character_bytes(text + fits);
            if (fits && cn__font_width(text, fits + step, bold, size) > max_width) {
                break;
            }
        }
    }
    return fits;
}

/* Shorten the last line so that "…" fits behind it. */
static void cut_line(const char *text, cn__wrap_line *line, double max_width, bool bold, double size) {
    double dots = cn__font_width(ELLIPSIS, strlen(ELLIPSIS), bold, size);
    size_t fits = 0;
    for (size_t step; fits < line->len; fits += step) {
        step = character_bytes(text + line->start + fits);
        if (fits && cn__font_width(text + line->start, fits + step, bold, size) + dots > max_width) {
            break;
        }
    }
    while (fits > 0 && text[line->start + fits - 1] == ' ') {
        fits--;
    }
    line->len = fits;
    line->cut = true;
}

static void wrap_greedy(const char *text, size_t max_lines, double max_width, bool bold, double size, cn__wrap *out) {
    memset(out, 0, sizeof *out);
    size_t at = strspn(text, " ");
    while (text[at] && out->count < max_lines) {
        cn__wrap_line *line = &out->lines[out->count++];
        line->start = at;
        line->len = line_bytes(text + at, max_width, bold, size);
        at += line->len;
        at += strspn(text + at, " ");
        while (line->len > 0 && text[line->start + line->len - 1] == ' ') {
            line->len--;
        }
    }
    if (text[at] && out->count > 0) {
        cut_line(text, &out->lines[out->count - 1], max_width, bold, size);
    }
    for (size_t i = 0; i < out->count; i++) {
        double width = cn__font_width(text + out->lines[i].start, out->lines[i].len, bold, size);
        if (out->lines[i].cut) {
            width += cn__font_width(ELLIPSIS, strlen(ELLIPSIS), bold, size);
        }
        out->width = width > out->width ? width : out->width;
    }
}

static double widest_piece(const char *text, bool bold, double size) {
    double widest = 0;
    for (size_t at = strspn(text, " "); text[at];) {
        size_t piece = piece_bytes(text + at);
        double width = cn__font_width(text + at, piece, bold, size);
        widest = width > widest ? width : widest;
        at += piece;
        at += strspn(text + at, " ");
    }
    return widest;
}

void cn__wrap_text(const char *text, size_t max_lines, double max_width, bool bold, double size, cn__wrap *out) {
    wrap_greedy(text, max_lines, max_width, bold, size, out);
    if (out->count < 2 || out->lines[out->count - 1].cut) {
        return;
    }
    double low = widest_piece(text, bold, size); /* never break inside a word that fits */
    double high = max_width;
    for (int i = 0; i < 8 && low < high; i++) {
        double middle = (low + high) / 2;
        cn__wrap narrower;
        wrap_greedy(text, max_lines, middle, bold, size, &narrower);
        bool same = narrower.count == out->count && !narrower.lines[narrower.count - 1].cut;
        if (same && narrower.width <= middle) {
            *out = narrower;
            high = middle;
        } else {
            low = middle;
        }
    }
}
