/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Planning the sheet. Scale 1 is the size at which the smallest text of a drawing has 6.5 points, so the drawing may be
 * enlarged but never made smaller: of A4, A3 … A0, upright and across, legend below and at the right, the first paper
 * that takes it is used, with the arrangement that gives the largest scale. What A0 does not take gets a sheet of its
 * own size. Cost: constant.
 */
#include "page.h"

#include <math.h>
#include <string.h>

#define MAX_SCALE 1.5
#define POINTS_PER_MM (72.0 / 25.4)
#define LEGEND_PADDING 5.0
#define GAP 6.0

static const struct {
    const char *name;
    double short_mm, long_mm;
} papers[] = {{"A4", 210, 297}, {"A3", 297, 420}, {"A2", 420, 594}, {"A1", 594, 841}, {"A0", 841, 1189}};

typedef struct plan {
    double width_mm, height_mm;
    bool legend_right;
    double scale;
} plan;

static double title_height(const cn__page *page) {
    return (double)page->title_lines.count * CN__TITLE_SIZE * 1.2 +
           (double)page->subtitle_lines.count * CN__SUBTITLE_SIZE * 1.25 + GAP;
}

static double foot_height(const cn__page *page) {
    return (double)(page->foot_source.count + page->foot_notes.count) * CN__FOOT_SIZE * 1.25 + GAP / 2;
}

static void wrap_texts(const cn__scene *scene, double width, cn__page *page) {
    cn__wrap_text(cn__scene_text(scene, scene->title), 3, width, true, CN__TITLE_SIZE, &page->title_lines);
    cn__wrap_text(cn__scene_text(scene, scene->subtitle), 3, width, false, CN__SUBTITLE_SIZE, &page->subtitle_lines);
    cn__wrap_text(cn__scene_text(scene, scene->source), 3, width, false, CN__FOOT_SIZE, &page->foot_source);
    cn__wrap_text(cn__scene_text(scene, scene->notes), 3, width, false, CN__FOOT_SIZE, &page->foot_notes);
}

static double head_height(const cn__scene *scene) { return scene->column_count ? CN__HEADING_HEIGHT : 0; }

/* What stands round the drawing: the bands of columns are a little wider than their boxes. */
static double frame(const cn__scene *scene) { return scene->column_count ? CN__BAND_PAD : 1; }

/* Room for the drawing on a sheet, and the legend placed for it. */
static void room(const cn__scene *scene, const plan *sheet, cn__legend *legend, cn__page *page, double *width,
                 double *height) {
    double inner = sheet->width_mm * POINTS_PER_MM - 2 * CN__PAGE_MARGIN;
    wrap_texts(scene, inner, page);
    *width = inner;
    *height = sheet->height_mm * POINTS_PER_MM - 2 * CN__PAGE_MARGIN - title_height(page) - foot_height(page) -
              head_height(scene);
    if (legend->count == 0) {
        return;
    }
    cn__legend_place(legend, sheet->legend_right ? 0 : inner - 2 * LEGEND_PADDING);
    if (sheet->legend_right) {
        *width -= legend->width + 2 * LEGEND_PADDING + GAP;
    } else {
        *height -= legend->height + 2 * LEGEND_PADDING + GAP;
    }
}

static double scale_on(const cn__scene *scene, const cn__layout *layout, const plan *sheet, cn__legend *legend,
                       cn__page *page) {
    double width, height;
    room(scene, sheet, legend, page, &width, &height);
    if (sheet->legend_right && legend->height + 2 * LEGEND_PADDING > height) {
        return 0;
    }
    double scale = MAX_SCALE;
    if (layout->width > 0) {
        scale = fmin(scale, width / (layout->width + 2 * frame(scene)));
    }
    if (layout->height > 0) {
        scale = fmin(scale, height / (layout->height + 2 * frame(scene)));
    }
    return scale;
}

/* The best arrangement on one paper. */
static plan best_on(const cn__scene *scene, const cn__layout *layout, double short_mm, double long_mm,
                    cn__legend *legend, cn__page *page) {
    plan best = {long_mm, short_mm, false, -1};
    for (int i = 0; i < 4; i++) {
        plan sheet = {i & 2 ? short_mm : long_mm, i & 2 ? long_mm : short_mm, i & 1, 0};
        sheet.scale = scale_on(scene, layout, &sheet, legend, page);
        if (sheet.scale > best.scale + 1e-9) {
            best = sheet;
        }
    }
    return best;
}

/* A sheet as large as the drawing at scale 1 wants. */
static plan own_sheet(const cn__scene *scene, const cn__layout *layout, cn__legend *legend, cn__page *page) {
    plan sheet = {fmax(layout->width / POINTS_PER_MM + 30, 1189), 841, false, 1};
    double width, height;
    room(scene, &sheet, legend, page, &width, &height);
    sheet.height_mm += fmax(0, ceil((layout->height - height) / POINTS_PER_MM));
    sheet.width_mm = ceil(sheet.width_mm);
    return sheet;
}

void cn__page_plan(const cn__scene *scene, const cn__layout *layout, cn__legend *legend, cn__page *out) {
    memset(out, 0, sizeof *out);
    plan sheet = {0};
    for (size_t i = 0; i < sizeof papers / sizeof *papers && sheet.scale < 1; i++) {
        sheet = best_on(scene, layout, papers[i].short_mm, papers[i].long_mm, legend, out);
        out->paper = papers[i].name;
    }
    if (sheet.scale < 1) {
        sheet = own_sheet(scene, layout, legend, out);
        out->paper = "custom";
    }
    double width, height;
    room(scene, &sheet, legend, out, &width, &height);
    out->width_mm = sheet.width_mm;
    out->height_mm = sheet.height_mm;
    out->width = sheet.width_mm * POINTS_PER_MM;
    out->height = sheet.height_mm * POINTS_PER_MM;
    out->scale = sheet.scale;
    out->title = (cn__point){CN__PAGE_MARGIN, CN__PAGE_MARGIN};
    double top = CN__PAGE_MARGIN + title_height(out) + head_height(scene);
    /* In the middle across; at most a third of the spare height above, so that the picture hangs under its title. */
    out->origin.x = CN__PAGE_MARGIN + (width - layout->width * sheet.scale) / 2;
    out->origin.y = top + frame(scene) + fmax(0, height - (layout->height + 2 * frame(scene)) * sheet.scale) / 3;
    out->foot = out->height - CN__PAGE_MARGIN - foot_height(out) + GAP / 2;
    out->legend.x = CN__PAGE_MARGIN + LEGEND_PADDING;
    out->legend.y = out->foot - GAP - LEGEND_PADDING - legend->height;
    if (sheet.legend_right) {
        out->legend.x = CN__PAGE_MARGIN + width + GAP + LEGEND_PADDING;
        out->legend.y = top + LEGEND_PADDING;
    }
}
