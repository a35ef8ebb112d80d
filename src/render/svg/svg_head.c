/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a sheet round the drawing: the root element with the paper, the title block with name and logo of whom it is from, the foot. Cost: linear in the texts. */
#include "svg_sheet.h"

#include "draw_text.h"
#include "number.h"
#include "plot.h"

void cn__sheet_begin(cn__sheet *w) {
    cn_buf *out = w->out;
    cn_buf_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    if (w->page->logo.right > 0) {
        cn_buf_add_text(out, " xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    }
    cn_buf_add_text(out, " width=\"");
    cn__add_fixed(out, w->page->width_mm, 2);
    cn_buf_add_text(out, "mm\" height=\"");
    cn__add_fixed(out, w->page->height_mm, 2);
    cn_buf_add_text(out, "mm\" viewBox=\"0 0 ");
    cn__add_fixed(out, w->page->width, 2);
    cn_buf_add_text(out, " ");
    cn__add_fixed(out, w->page->height, 2);
    cn_buf_add_text(out, "\" role=\"img\" aria-labelledby=\"picture-title picture-desc\" class=\"coopnet view-");
    cn_buf_add_text(out, w->scene->view);
    cn_buf_add_text(out, " paper-");
    cn_buf_add_text(out, w->page->paper);
    cn_buf_add_text(out, "\" xml:lang=\"");
    cn_buf_add_text(out, w->scene->lang == CN_LANG_RU ? "ru" : "en");
    cn_buf_add_text(out, "\" font-family=\"" CN__FONT_FAMILY "\">\n<title id=\"picture-title\">");
    cn__svg_escape(out, cn__sheet_text(w, w->scene->title));
    cn_buf_add_text(out, "</title>\n<desc id=\"picture-desc\">");
    cn__svg_escape(out, cn__sheet_text(w, w->scene->subtitle));
    cn_buf_add_text(out, ". ");
    cn_buf boxes = {0};
    cn_buf lines = {0};
    cn__format_u64(&boxes, w->scene->plot ? cn__plot_count(w->scene->plot) : w->scene->node_count);
    cn__format_u64(&lines, w->scene->link_count);
    cn__draw_text_2(out, CN__TEXT_PICTURE_DESC, w->scene->lang, boxes.data ? boxes.data : "",
                    lines.data ? lines.data : "");
    out->failed |= boxes.failed || lines.failed;
    cn_buf_release(&boxes);
    cn_buf_release(&lines);
    cn_buf_add_text(out, "</desc>\n<rect class=\"paper\" width=\"");
    cn__add_fixed(out, w->page->width, 2);
    cn_buf_add_text(out, "\" height=\"");
    cn__add_fixed(out, w->page->height, 2);
    cn_buf_add_text(out, "\"");
    cn__svg_attribute(out, "fill", cn__sheet_colour(w, CN__ROLE_PAPER));
    cn_buf_add_text(out, "/>\n");
}

static void write_lines(cn__sheet *w, const cn__wrap *lines, const char *text, double x, double top, double step,
                        const cn__svg_font *font) {
    for (size_t i = 0; i < lines->count; i++) {
        const cn__wrap_line *line = &lines->lines[i];
        cn__svg_text_line(w->out, x, top + font->size * 0.93 + (double)i * step, font, text + line->start, line->len,
                          line->cut);
    }
}

/* Name and logo of whom the drawing is from, and the line in its colour. */
static void write_owner(cn__sheet *w) {
    const cn__page *page = w->page;
    const cn_theme *theme = w->scheme->theme;
    double z = page->zoom;
    if (page->logo.right > 0) {
        cn_buf_add_text(w->out, "<image class=\"logo\"");
        cn__svg_number(w->out, "x", page->logo.left);
        cn__svg_number(w->out, "y", page->logo.top);
        cn__svg_number(w->out, "width", page->logo.right - page->logo.left);
        cn__svg_number(w->out, "height", page->logo.bottom - page->logo.top);
        cn_buf_add_text(w->out, " xlink:href=\"data:image/png;base64,");
        cn_buf_add_text(w->out, w->scheme->logo);
        cn_buf_add_text(w->out, "\"/>\n");
    }
    if (page->organisation_lines.count > 0) {
        cn__svg_font font = {CN__SUBTITLE_SIZE * z, false, "end", cn__sheet_colour(w, CN__ROLE_SOFT)};
        write_lines(w, &page->organisation_lines, cn__sheet_text(w, w->scene->organisation), page->organisation_right,
                    page->margin, CN__SUBTITLE_SIZE * 1.25 * z, &font);
    }
    if (theme && theme->colours[CN_THEME_ACCENT_COLOUR][0]) {
        cn__svg_stroke rule = {cn__sheet_colour(w, CN__ROLE_ACCENT), "none", 1.2, "", z};
        cn_buf_add_text(w->out, "<path d=\"M");
        cn__svg_point(w->out, (cn__point){page->margin, page->head + 2 * z});
        cn_buf_add_text(w->out, " L");
        cn__svg_point(w->out, (cn__point){page->width - page->margin, page->head + 2 * z});
        cn_buf_add_text(w->out, "\"");
        cn__svg_stroke_attributes(w->out, &rule);
        cn_buf_add_text(w->out, "/>\n");
    }
}

void cn__sheet_title(cn__sheet *w) {
    const cn__page *page = w->page;
    double z = page->zoom;
    cn__sheet_open(w, "heading", NULL);
    cn_buf_add_text(w->out, ">\n");
    cn__svg_font font = {CN__TITLE_SIZE * z, true, "start", cn__sheet_colour(w, CN__ROLE_ACCENT)};
    write_lines(w, &page->title_lines, cn__sheet_text(w, w->scene->title), page->title.x, page->title.y,
                CN__TITLE_SIZE * 1.2 * z, &font);
    double top = page->title.y + (double)page->title_lines.count * CN__TITLE_SIZE * 1.2 * z;
    cn__svg_font small = {CN__SUBTITLE_SIZE * z, false, "start", cn__sheet_colour(w, CN__ROLE_GREY)};
    write_lines(w, &page->subtitle_lines, cn__sheet_text(w, w->scene->subtitle), page->title.x, top,
                CN__SUBTITLE_SIZE * 1.25 * z, &small);
    write_owner(w);
    cn__sheet_close(w);
}

void cn__sheet_foot(cn__sheet *w) {
    const cn__page *page = w->page;
    double step = CN__FOOT_SIZE * 1.25 * page->zoom;
    cn__svg_font font = {CN__FOOT_SIZE * page->zoom, false, "start", cn__sheet_colour(w, CN__ROLE_GREY)};
    cn__sheet_open(w, "foot", NULL);
    cn_buf_add_text(w->out, ">\n");
    write_lines(w, &page->foot_notes, cn__sheet_text(w, w->scene->notes), page->margin, page->foot, step, &font);
    write_lines(w, &page->foot_source, cn__sheet_text(w, w->scene->source), page->margin,
                page->foot + (double)page->foot_notes.count * step, step, &font);
    cn__sheet_close(w);
}
