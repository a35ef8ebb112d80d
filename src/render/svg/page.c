/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Planning the sheet. Scale 1 is the size at which the smallest text of a drawing has 6.5 points, so on paper the drawing may be
 * enlarged but never made smaller; a slide, which is seen from the back row, wants more. Upright and across, legend below and at
 * the right: the arrangement that gives the largest scale is used; on a slide the legend may be as small as its smallest text allows where the drawing
 * needs the room. Without a paper given, of A4, A3 … A0 the first that takes the
 * drawing; what A0 does not take gets a sheet of its own size. Cost: constant.
 */
#include "page.h"

#include "tiles.h"

#include <math.h>
#include <string.h>

#define MAX_SCALE 1.5 /* where the paper is ours to choose */
#define MAX_SCALE_GIVEN 2.4
#define POINTS_PER_MM (72.0 / 25.4)
#define LEGEND_PADDING 5.0
#define GAP 6.0
#define WIDEST_LEGEND 0.34 /* of the sheet, at the right */
#define ORGANISATION_WIDTH 150.0
#define LOGO_WIDTH 110.0
#define SLIDE_WIDTH_MM (960 / POINTS_PER_MM) /* 13⅓ by 7½ inches */
#define SLIDE_HEIGHT_MM (540 / POINTS_PER_MM)

static const struct {
    const char *name;
    double short_mm, long_mm;
    double zoom;
    double least; /* scale */
} papers[] = {[CN_PAPER_AUTO] = {"custom", 841, 1189, 2.3, 1},
              [CN_PAPER_A4] = {"A4", 210, 297, 1, 1},
              [CN_PAPER_A3] = {"A3", 297, 420, 1.15, 1},
              [CN_PAPER_A2] = {"A2", 420, 594, 1.4, 1},
              [CN_PAPER_A1] = {"A1", 594, 841, 1.8, 1},
              [CN_PAPER_A0] = {"A0", 841, 1189, 2.3, 1},
              [CN_PAPER_SLIDE] = {"16x9", SLIDE_HEIGHT_MM, SLIDE_WIDTH_MM, 1.6, 1.24}};

double cn__page_least(cn_paper paper) { return papers[paper].least; }

typedef struct plan {
    cn_paper paper;
    double width_mm, height_mm;
    bool legend_right;
    bool small_legend;
    double scale;
} plan;

typedef struct planner {
    const cn__scene *scene;
    const cn__layout *layout;
    cn__legend *legend;
    cn__page *page;
    bool given; /* the paper */
    bool tiles; /* the sheet shall be whole pages of A4 */
} planner;

static double text_height(const cn__page *page) {
    double title = (double)page->title_lines.count * CN__TITLE_SIZE * 1.2 +
                   (double)page->subtitle_lines.count * CN__SUBTITLE_SIZE * 1.25;
    return title * page->zoom;
}

/* Title at the left, organisation and logo at the right. */
static double title_height(const cn__page *page) {
    double name = (double)page->organisation_lines.count * CN__SUBTITLE_SIZE * 1.25 * page->zoom;
    return fmax(text_height(page), fmax(name, page->logo.bottom - page->logo.top)) + GAP * page->zoom;
}

static double foot_height(const cn__page *page) {
    return ((double)(page->foot_source.count + page->foot_notes.count) * CN__FOOT_SIZE * 1.25 + GAP / 2) * page->zoom;
}

/* Name and logo at the right end of the head; returns the width that they take. */
static double place_owner(const planner *p, double inner) {
    cn__page *page = p->page;
    const cn__scheme *scheme = cn__scene_scheme(p->scene);
    const char *name = cn__scene_text(p->scene, p->scene->organisation);
    double z = page->zoom;
    double right = page->margin + inner;
    memset(&page->logo, 0, sizeof page->logo);
    if (scheme->logo_aspect > 0) {
        double width = fmin(CN__LOGO_HEIGHT * scheme->logo_aspect, LOGO_WIDTH) * z;
        double height = width / scheme->logo_aspect;
        page->logo = (cn__rect){right - width, page->margin, right, page->margin + height};
    }
    page->organisation_right = page->logo.right > 0 ? page->logo.left - GAP * z : right;
    cn__wrap_text(name, 3, ORGANISATION_WIDTH * z, false, CN__SUBTITLE_SIZE * z, &page->organisation_lines);
    double width = right - page->organisation_right + page->organisation_lines.width;
    return width > 0 ? width + 2 * GAP * z : 0;
}

static void wrap_texts(const planner *p, const plan *sheet, double inner) {
    cn__page *page = p->page;
    const cn__scene *scene = p->scene;
    double z = page->zoom;
    double width = inner - place_owner(p, inner);
    bool slide = sheet->paper == CN_PAPER_SLIDE; /* nobody reads long lines there */
    cn__wrap_text(cn__scene_text(scene, scene->title), slide ? 2 : 3, width, true, CN__TITLE_SIZE * z,
                  &page->title_lines);
    cn__wrap_text(cn__scene_text(scene, scene->subtitle), slide ? 2 : 3, width, false, CN__SUBTITLE_SIZE * z,
                  &page->subtitle_lines);
    cn__wrap_text(cn__scene_text(scene, scene->source), slide ? 1 : 3, inner, false, CN__FOOT_SIZE * z,
                  &page->foot_source);
    cn__wrap_text(cn__scene_text(scene, scene->notes), slide ? 2 : 3, inner, false, CN__FOOT_SIZE * z,
                  &page->foot_notes);
}

static double heading_height(const planner *p) {
    return p->scene->column_count ? CN__HEADING_HEIGHT * p->page->zoom : 0;
}

/* What stands round the drawing: the bands of columns are a little wider than their boxes. */
static double frame(const cn__scene *scene) { return scene->column_count ? CN__BAND_PAD : 1; }

/* Room for the drawing on a sheet, and the legend placed for it. */
static void room(const planner *p, const plan *sheet, double *width, double *height) {
    cn__page *page = p->page;
    double z = papers[sheet->paper].zoom;
    page->zoom = z;
    page->legend_zoom = sheet->small_legend ? papers[sheet->paper].least : z;
    page->margin = CN__PAGE_MARGIN * z;
    double inner = sheet->width_mm * POINTS_PER_MM - 2 * page->margin;
    wrap_texts(p, sheet, inner);
    *width = inner;
    *height = sheet->height_mm * POINTS_PER_MM - 2 * page->margin - title_height(page) - foot_height(page) -
              heading_height(p);
    if (p->legend->count == 0) {
        return;
    }
    double small = page->legend_zoom;
    cn__legend_place(p->legend, sheet->legend_right ? 0 : inner / small - 2 * LEGEND_PADDING);
    if (sheet->legend_right) {
        *width -= (p->legend->width + 2 * LEGEND_PADDING) * small + GAP * z;
    } else {
        *height -= (p->legend->height + 2 * LEGEND_PADDING) * small + GAP * z;
    }
}

static double scale_on(const planner *p, const plan *sheet) {
    double width, height;
    room(p, sheet, &width, &height);
    double z = p->page->legend_zoom;
    double inner = sheet->width_mm * POINTS_PER_MM - 2 * p->page->margin;
    if (sheet->legend_right &&
        ((p->legend->height + 2 * LEGEND_PADDING) * z > height || p->legend->width * z > inner * WIDEST_LEGEND)) {
        return 0;
    }
    double scale = (p->given ? MAX_SCALE_GIVEN : MAX_SCALE) * papers[sheet->paper].zoom;
    if (p->layout->width > 0) {
        scale = fmin(scale, width / (p->layout->width + 2 * frame(p->scene)));
    }
    if (p->layout->height > 0) {
        scale = fmin(scale, height / (p->layout->height + 2 * frame(p->scene)));
    }
    return scale;
}

/* The best arrangement on one paper. */
static plan best_on(const planner *p, cn_paper paper) {
    double short_mm = papers[paper].short_mm;
    double long_mm = papers[paper].long_mm;
    plan best = {.paper = paper, .scale = -1};
    bool slide = paper == CN_PAPER_SLIDE; /* it does not stand upright */
    for (int i = 0; i < 4 && !(slide && i == 2 && best.scale >= papers[paper].least); i++) {
        bool upright = !slide && i & 2;
        plan sheet = {paper, upright ? short_mm : long_mm, upright ? long_mm : short_mm, i & 1, slide && i & 2, 0};
        if (p->tiles) {
            cn__tiles_fill(&sheet.width_mm, &sheet.height_mm);
        }
        sheet.scale = scale_on(p, &sheet);
        if (sheet.scale > best.scale + 1e-9) {
            best = sheet;
        }
    }
    return best;
}

/* A sheet as large as the drawing at scale 1 wants. */
static plan own_sheet(const planner *p) {
    double margins = 30 * papers[CN_PAPER_AUTO].zoom;
    plan sheet = {CN_PAPER_AUTO, fmax(p->layout->width / POINTS_PER_MM + margins, 1189), 841, false, false, 1};
    double width, height;
    room(p, &sheet, &width, &height);
    sheet.height_mm += fmax(0, ceil((p->layout->height - height) / POINTS_PER_MM));
    sheet.width_mm = ceil(sheet.width_mm);
    return sheet;
}

static plan choose(const planner *p, cn_paper paper) {
    if (paper != CN_PAPER_AUTO) {
        return best_on(p, paper);
    }
    for (int i = CN_PAPER_A4; i <= CN_PAPER_A0; i++) {
        plan sheet = best_on(p, (cn_paper)i);
        if (sheet.scale >= papers[i].least) {
            return sheet;
        }
    }
    return own_sheet(p);
}

static void place(const planner *p, const plan *sheet, double width, double height) {
    cn__page *out = p->page;
    double z = out->zoom;
    double drawn_width = p->layout->width * sheet->scale;
    double drawn_height = (p->layout->height + 2 * frame(p->scene)) * sheet->scale;
    out->title = (cn__point){out->margin, out->margin};
    out->head = out->margin + title_height(out) - GAP * z;
    double top = out->margin + title_height(out) + heading_height(p);
    /* In the middle across; at most a third of the spare height above, so that the picture hangs under its title. */
    out->origin.x = out->margin + (width - drawn_width) / 2;
    out->origin.y = top + frame(p->scene) * sheet->scale + fmax(0, height - drawn_height) / 3;
    out->foot = out->height - out->margin - foot_height(out) + GAP * z / 2;
    double small = out->legend_zoom;
    out->legend.x = out->margin + LEGEND_PADDING * small;
    out->legend.y = out->foot - GAP * z - (LEGEND_PADDING + p->legend->height) * small;
    if (sheet->legend_right) {
        out->legend.x = out->margin + width + GAP * z + LEGEND_PADDING * small;
        out->legend.y = top + LEGEND_PADDING * small;
    }
}

void cn__page_plan(const cn__scene *scene, const cn__layout *layout, cn__legend *legend, cn_paper paper, bool tiles,
                   cn__page *out) {
    const planner p = {scene, layout, legend, out, paper != CN_PAPER_AUTO, tiles};
    memset(out, 0, sizeof *out);
    plan sheet = choose(&p, paper);
    double width, height;
    room(&p, &sheet, &width, &height);
    out->paper = papers[sheet.paper].name;
    out->width_mm = sheet.width_mm;
    out->height_mm = sheet.height_mm;
    out->width = sheet.width_mm * POINTS_PER_MM;
    out->height = sheet.height_mm * POINTS_PER_MM;
    out->scale = sheet.scale;
    out->fits = sheet.scale >= papers[sheet.paper].least - 1e-9;
    out->room_width = width;
    out->room_height = height;
    place(&p, &sheet, width, height);
}
