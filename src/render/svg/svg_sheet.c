/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the SVG writer share: places of the layout on the page, and the group that each thing of the network
 * is: class, id, <title>, <desc>. Invariant: no id is given twice. Cost: constant, and linear in the texts.
 */
#include "svg_sheet.h"

#include <string.h>

#include "number.h"

const char *cn__sheet_colour(const cn__sheet *w, cn__role role) { return w->scheme->roles[role].text; }

const char *cn__sheet_text(const cn__sheet *w, uint32_t text) { return cn__scene_text(w->scene, text); }

cn__point cn__sheet_point(const cn__sheet *w, cn__point p) {
    return (cn__point){w->page->origin.x + p.x * w->page->scale, w->page->origin.y + p.y * w->page->scale};
}

cn__rect cn__sheet_rect(const cn__sheet *w, cn__rect r) {
    cn__point a = cn__sheet_point(w, (cn__point){r.left, r.top});
    cn__point b = cn__sheet_point(w, (cn__point){r.right, r.bottom});
    return (cn__rect){a.x, a.y, b.x, b.y};
}

/* An id attribute: "n-" and the text with everything but ASCII letters, digits, - . _ made _; numbered when taken. */
void cn__sheet_id(cn__sheet *w, const char *prefix, const char *id) {
    cn_buf name = {0};
    cn_buf_add_text(&name, prefix);
    for (const char *c = id; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '-' ||
                     *c == '.' || *c == '_';
        cn_buf_add(&name, plain ? c : "_", 1);
    }
    size_t stem = name.len;
    for (uint64_t n = 2; name.data && cn__strmap_find(&w->ids, name.data, name.len) != CN_NONE; n++) {
        name.len = stem;
        cn_buf_add_text(&name, "-");
        cn__format_u64(&name, n);
    }
    if (name.failed || !name.data || !cn__strmap_add(&w->ids, name.data, name.len, 1, NULL)) {
        w->out->failed = true;
    } else {
        cn__svg_attribute(w->out, "id", name.data);
    }
    cn_buf_release(&name);
}

void cn__sheet_words(cn__sheet *w, uint32_t title, uint32_t desc) {
    cn__svg_element(w->out, "title", cn__sheet_text(w, title));
    cn__svg_element(w->out, "desc", cn__sheet_text(w, desc));
}

void cn__sheet_open(cn__sheet *w, const char *class, const char *variant) {
    cn_buf_add_text(w->out, "<g class=\"");
    cn_buf_add_text(w->out, class);
    if (variant) {
        cn_buf_add_text(w->out, " ");
        cn_buf_add_text(w->out, class);
        cn_buf_add_text(w->out, "-");
        cn_buf_add_text(w->out, variant);
    }
    cn_buf_add_text(w->out, "\"");
}

void cn__sheet_close(cn__sheet *w) { cn_buf_add_text(w->out, "</g>\n"); }

void cn__sheet_badge(cn__sheet *w, cn__point centre, double scale, uint32_t number) {
    cn_buf_add_text(w->out, "<circle class=\"badge\"");
    cn__svg_number(w->out, "cx", centre.x);
    cn__svg_number(w->out, "cy", centre.y);
    cn__svg_number(w->out, "r", 4.6 * scale);
    cn__svg_stroke stroke = {cn__sheet_colour(w, CN__ROLE_BADGE), cn__sheet_colour(w, CN__ROLE_PAPER), 1, "", scale};
    cn__svg_stroke_attributes(w->out, &stroke);
    cn_buf_add_text(w->out, "/>\n");
    cn_buf text = {0};
    cn__format_u64(&text, number);
    cn__svg_font font = {CN__SMALL_SIZE * scale, true, "middle", cn__sheet_colour(w, CN__ROLE_BADGE)};
    cn__svg_text_line(w->out, centre.x, centre.y + 2.3 * scale, &font, text.data ? text.data : "", text.len, false);
    w->out->failed |= text.failed;
    cn_buf_release(&text);
}
