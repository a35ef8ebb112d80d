/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cutting a sheet into A4 pages: printers leave a margin white, and neighbours share a strip to be glued. A page shows its window of the
 * sheet; round it stand marks where to cut, its number and the numbers of its neighbours; the strip that the next
 * page covers is marked at its ends. Of upright and across, the pages lie as fewer of them are needed; and a sheet meant for tiles is made as large as whole pages are, not to waste a row of them. The first page shows the whole small with the
 * pages drawn in it. Cost: linear in the pages.
 */
#include "tiles.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"
#include "number.h"
#include "svg_part.h"

#define MM (72.0 / 25.4)
#define MARGIN (10 * MM)
#define OVERLAP (10 * MM)
#define SHORT_SIDE (210 * MM)
#define LONG_SIDE (297 * MM)
#define SPARE 0.12    /* of a page */
#define MARK (6 * MM) /* length of a cutting mark */
#define NUMBER_SIZE 8.0
#define WORDS_SIZE 10.0
#define TITLE_SIZE 15.0
#define INK "#1a1a1a"
#define GREY "#555555"
#define RED "#b8390e"

typedef struct grid {
    const cn__scene *scene;
    const cn__page *page;
    double width, height; /* of a page */
    double step_x, step_y;
    uint32_t across, down;
} grid;

/* So many pages reach over a length. */
static uint32_t pages_over(double length, double side) {
    double window = side - 2 * MARGIN;
    return length <= window ? 1 : (uint32_t)ceil((length - OVERLAP) / (window - OVERLAP) - 1e-6);
}

/* The length that whole windows make; a little more than the length counts as it. */
static double whole(double length, double side) {
    double window = side - 2 * MARGIN;
    double count = fmax(1, floor((length - OVERLAP) / (window - OVERLAP) + SPARE));
    return count * (window - OVERLAP) + OVERLAP;
}

void cn__tiles_fill(double *width_mm, double *height_mm) {
    double width = *width_mm * MM;
    double height = *height_mm * MM;
    double upright_width = whole(width, SHORT_SIDE);
    double upright_height = whole(height, LONG_SIDE);
    double across_width = whole(width, LONG_SIDE);
    double across_height = whole(height, SHORT_SIDE);
    bool across = across_width * across_height > upright_width * upright_height;
    *width_mm = (across ? across_width : upright_width) / MM;
    *height_mm = (across ? across_height : upright_height) / MM;
}

static grid best_grid(const cn__scene *scene, const cn__page *page) {
    grid g = {.scene = scene, .page = page, .width = SHORT_SIDE, .height = LONG_SIDE};
    uint32_t upright = pages_over(page->width, SHORT_SIDE) * pages_over(page->height, LONG_SIDE);
    uint32_t across = pages_over(page->width, LONG_SIDE) * pages_over(page->height, SHORT_SIDE);
    if (across < upright) {
        g.width = LONG_SIDE;
        g.height = SHORT_SIDE;
    }
    g.across = pages_over(page->width, g.width);
    g.down = pages_over(page->height, g.height);
    g.step_x = g.width - 2 * MARGIN - OVERLAP;
    g.step_y = g.height - 2 * MARGIN - OVERLAP;
    return g;
}

/* ---- marks ---- */

static void begin(const cn__tile *tile, cn_buf *out) {
    cn_buf_add_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"" CN__FONT_FAMILY "\"");
    cn__svg_number(out, "width", tile->width);
    cn__svg_number(out, "height", tile->height);
    cn_buf_add_text(out, " viewBox=\"0 0 ");
    cn__svg_point(out, (cn__point){tile->width, tile->height});
    cn_buf_add_text(out, "\">\n");
}

static void add_line(cn_buf *out, cn__point a, cn__point b, const char *colour, double width, const char *dash) {
    cn__svg_stroke stroke = {colour, "none", width, dash, 1};
    cn_buf_add_text(out, "<path d=\"M");
    cn__svg_point(out, a);
    cn_buf_add_text(out, " L");
    cn__svg_point(out, b);
    cn_buf_add_text(out, "\"");
    cn__svg_stroke_attributes(out, &stroke);
    cn_buf_add_text(out, "/>\n");
}

static void add_words(cn_buf *out, double x, double y, double size, bool bold, const char *anchor, const char *colour,
                      const char *text) {
    cn__svg_font font = {size, bold, anchor, colour};
    cn__svg_text_line(out, x, y, &font, text, strlen(text), false);
}

static void add_number(cn_buf *out, double x, double y, const char *before, uint32_t number, const char *after) {
    cn_buf text = {0};
    cn_buf_add_text(&text, before);
    cn__format_u64(&text, number);
    cn_buf_add_text(&text, after);
    add_words(out, x, y, NUMBER_SIZE, true, "middle", GREY, text.data ? text.data : "");
    out->failed |= text.failed;
    cn_buf_release(&text);
}

/* At each corner two strokes outside the window, in line with its sides. */
static void add_corners(cn_buf *out, cn__rect w) {
    const double xs[] = {w.left, w.right};
    const double ys[] = {w.top, w.bottom};
    for (int i = 0; i < 4; i++) {
        double x = xs[i & 1];
        double y = ys[i >> 1];
        double out_x = i & 1 ? 1 : -1;
        double out_y = i >> 1 ? 1 : -1;
        add_line(out, (cn__point){x + out_x * 2, y}, (cn__point){x + out_x * MARK, y}, INK, 0.4, "");
        add_line(out, (cn__point){x, y + out_y * 2}, (cn__point){x, y + out_y * MARK}, INK, 0.4, "");
    }
}

/* Where the next page will lie: its edge, at both ends of the strip, outside the drawing. */
static void add_seams(cn_buf *out, cn__rect w, bool right, bool below) {
    double x = w.right - OVERLAP;
    double y = w.bottom - OVERLAP;
    if (right) {
        add_line(out, (cn__point){x, w.top - 2}, (cn__point){x, w.top - MARK}, RED, 0.6, "2 1.5");
        add_line(out, (cn__point){x, w.bottom + 2}, (cn__point){x, w.bottom + MARK}, RED, 0.6, "2 1.5");
    }
    if (below) {
        add_line(out, (cn__point){w.left - 2, y}, (cn__point){w.left - MARK, y}, RED, 0.6, "2 1.5");
        add_line(out, (cn__point){w.right + 2, y}, (cn__point){w.right + MARK, y}, RED, 0.6, "2 1.5");
    }
}

static uint32_t number_of(const grid *g, uint32_t column, uint32_t row) { return row * g->across + column + 1; }

static void add_neighbours(cn_buf *out, const grid *g, cn__rect w, uint32_t column, uint32_t row) {
    double middle_x = (w.left + w.right) / 2;
    double middle_y = (w.top + w.bottom) / 2;
    if (row > 0) {
        add_number(out, middle_x, w.top - 8, "↑ ", number_of(g, column, row - 1), "");
    }
    if (row + 1 < g->down) {
        add_number(out, middle_x, w.bottom + 14, "↓ ", number_of(g, column, row + 1), "");
    }
    if (column > 0) {
        add_number(out, w.left - MARGIN / 2, middle_y, "← ", number_of(g, column - 1, row), "");
    }
    if (column + 1 < g->across) {
        add_number(out, w.right + MARGIN / 2, middle_y, "", number_of(g, column + 1, row), " →");
    }
}

static void add_caption(cn_buf *out, const grid *g, cn__rect w, uint32_t number) {
    cn_buf is = {0};
    cn_buf all = {0};
    cn_buf text = {0};
    cn__format_u64(&is, number);
    cn__format_u64(&all, (uint64_t)g->across * g->down);
    cn__draw_text_2(&text, CN__TEXT_TILE_OF, g->scene->lang, is.data ? is.data : "", all.data ? all.data : "");
    add_words(out, w.left + 12, w.bottom + 14, NUMBER_SIZE, true, "start", INK, text.data ? text.data : "");
    out->failed |= is.failed || all.failed || text.failed;
    cn_buf_release(&is);
    cn_buf_release(&all);
    cn_buf_release(&text);
}

static void make_tile(const grid *g, uint32_t column, uint32_t row, cn__tile *out) {
    out->width = g->width;
    out->height = g->height;
    out->scale = 1;
    out->from = (cn__point){column * g->step_x, row * g->step_y};
    out->window = (cn__rect){MARGIN, MARGIN, fmin(g->width - MARGIN, MARGIN + g->page->width - out->from.x),
                             fmin(g->height - MARGIN, MARGIN + g->page->height - out->from.y)};
    begin(out, &out->marks);
    add_corners(&out->marks, out->window);
    add_seams(&out->marks, out->window, column + 1 < g->across, row + 1 < g->down);
    add_neighbours(&out->marks, g, out->window, column, row);
    add_caption(&out->marks, g, out->window, number_of(g, column, row));
    cn_buf_add_text(&out->marks, "</svg>\n");
}

/* ---- how they go together ---- */

static double add_instructions(const grid *g, const cn__tile *tile, cn_buf *out) {
    static const cn__draw_text_id steps[] = {CN__TEXT_TILE_PRINT, CN__TEXT_TILE_CUT, CN__TEXT_TILE_GLUE};
    cn_buf pages = {0};
    cn_buf title = {0};
    cn__format_u64(&pages, (uint64_t)g->across * g->down);
    cn__draw_text_2(&title, CN__TEXT_TILE_TITLE, g->scene->lang, g->page->paper, pages.data ? pages.data : "");
    add_words(out, MARGIN, MARGIN + TITLE_SIZE, TITLE_SIZE, true, "start", INK, title.data ? title.data : "");
    double y = MARGIN + TITLE_SIZE * 1.4;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        cn__wrap wrap;
        const char *text = cn__draw_text(steps[i], g->scene->lang);
        cn__svg_font font = {WORDS_SIZE, false, "start", INK};
        cn__wrap_text(text, 3, tile->width - 2 * MARGIN, false, WORDS_SIZE, &wrap);
        for (size_t l = 0; l < wrap.count; l++) {
            y += WORDS_SIZE * 1.3;
            cn__svg_text_line(out, MARGIN, y, &font, text + wrap.lines[l].start, wrap.lines[l].len, wrap.lines[l].cut);
        }
    }
    out->failed |= pages.failed || title.failed;
    cn_buf_release(&pages);
    cn_buf_release(&title);
    return y + WORDS_SIZE * 2;
}

static void add_plan(const grid *g, const cn__tile *tile, cn_buf *out) {
    double s = tile->scale;
    for (uint32_t row = 0; row < g->down; row++) {
        for (uint32_t column = 0; column < g->across; column++) {
            cn__rect box = {tile->window.left + column * g->step_x * s, tile->window.top + row * g->step_y * s, 0, 0};
            box.right = fmin(box.left + (g->width - 2 * MARGIN) * s, tile->window.right);
            box.bottom = fmin(box.top + (g->height - 2 * MARGIN) * s, tile->window.bottom);
            cn__svg_stroke stroke = {RED, "none", 0.8, "4 2", 1};
            cn__svg_shape(out, CN__SHAPE_BOX, false, box, &stroke);
            cn__point centre = {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
            cn__svg_stroke ground = {RED, "#ffffff", 1, "", 1};
            cn__svg_shape(out, CN__SHAPE_STADIUM, false,
                          (cn__rect){centre.x - 12, centre.y - 8, centre.x + 12, centre.y + 8}, &ground);
            add_number(out, centre.x, centre.y + 3, "", number_of(g, column, row), "");
        }
    }
}

static void make_cover(const grid *g, cn__tile *out) {
    bool wide = g->page->width > g->page->height;
    out->width = wide ? LONG_SIDE : SHORT_SIDE;
    out->height = wide ? SHORT_SIDE : LONG_SIDE;
    begin(out, &out->marks);
    double top = add_instructions(g, out, &out->marks);
    out->scale = fmin((out->width - 2 * MARGIN) / g->page->width, (out->height - MARGIN - top) / g->page->height);
    out->window = (cn__rect){MARGIN, top, MARGIN + g->page->width * out->scale, top + g->page->height * out->scale};
    cn__svg_stroke frame = {GREY, "none", 0.6, "", 1};
    cn__svg_shape(&out->marks, CN__SHAPE_BOX, false, out->window, &frame);
    add_plan(g, out, &out->marks);
    cn_buf_add_text(&out->marks, "</svg>\n");
}

bool cn__tiles_make(const cn__scene *scene, const cn__page *page, cn__tiles *out) {
    grid g = best_grid(scene, page);
    bool ok = true;
    memset(out, 0, sizeof *out);
    out->across = g.across;
    out->down = g.down;
    out->pages = cn__calloc((size_t)g.across * g.down + 1, sizeof *out->pages);
    if (!out->pages) {
        return false;
    }
    out->count = (size_t)g.across * g.down + 1;
    make_cover(&g, &out->pages[0]);
    for (uint32_t row = 0; row < g.down; row++) {
        for (uint32_t column = 0; column < g.across; column++) {
            make_tile(&g, column, row, &out->pages[number_of(&g, column, row)]);
        }
    }
    for (size_t i = 0; i < out->count; i++) {
        ok = ok && !out->pages[i].marks.failed;
    }
    return ok;
}

void cn__tiles_release(cn__tiles *tiles) {
    for (size_t i = 0; i < tiles->count; i++) {
        cn_buf_release(&tiles->pages[i].marks);
    }
    cn__free(tiles->pages);
    memset(tiles, 0, sizeof *tiles);
}
