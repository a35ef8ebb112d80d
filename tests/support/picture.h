/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture made step by step, and what must be true of every one: boxes do not overlap, texts are inside their boxes, everything is on
 * the page, labels keep off boxes and each other, the legend lists what occurs and nothing else, the XML is well-formed, ids
 * are unique.
 */
#ifndef CN_TEST_PICTURE_H
#define CN_TEST_PICTURE_H

#include "check.h"
#include "coopnet/draw.h"
#include "coopnet/load.h"
#include "dot_writer.h"
#include "svg_sheet.h"
#include "svg_writer.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- well-formedness: a checker for the XML that we write (no DTD, no CDATA, no processing instructions but the first) ---- */

typedef struct xml {
    const char *at;
    char open[64][32];
    int depth;
    const char *wrong;
} xml;

static inline bool xml_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' ||
           c == '_';
}

static inline void xml_entity(xml *x) {
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#10;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(x->at, known[i], strlen(known[i])) == 0) {
            x->at += strlen(known[i]);
            return;
        }
    }
    x->wrong = "unknown entity";
}

static inline void xml_text(xml *x, char until) {
    while (*x->at && *x->at != until && !x->wrong) {
        if (*x->at == '&') {
            xml_entity(x);
        } else if (*x->at == '<' || ((unsigned char)*x->at < 0x20 && *x->at != '\n')) {
            x->wrong = "raw character";
        } else {
            x->at++;
        }
    }
}

static inline size_t xml_name(xml *x, char out[32]) {
    size_t len = 0;
    while (xml_name_char(*x->at) && len < 31) {
        out[len++] = *x->at++;
    }
    out[len] = '\0';
    x->wrong = len ? x->wrong : "no name";
    return len;
}

static inline void xml_tag(xml *x) {
    char name[32];
    if (*x->at == '/') {
        x->at++;
        xml_name(x, name);
        bool fits = x->depth > 0 && strcmp(x->open[x->depth - 1], name) == 0 && *x->at == '>';
        x->wrong = fits ? x->wrong : "end tag does not fit";
        x->depth--;
        x->at++;
        return;
    }
    xml_name(x, name);
    while (*x->at == ' ' && !x->wrong) {
        char attribute[32];
        x->at++;
        xml_name(x, attribute);
        if (strncmp(x->at, "=\"", 2) != 0 || strncmp(attribute, "on", 2) == 0) {
            x->wrong = "bad attribute";
            return;
        }
        x->at += 2;
        xml_text(x, '"');
        x->at += *x->at == '"';
    }
    if (strncmp(x->at, "/>", 2) == 0) {
        x->at += 2;
    } else if (*x->at == '>' && x->depth < 64) {
        x->at++;
        snprintf(x->open[x->depth++], 32, "%s", name);
    } else {
        x->wrong = "bad tag";
    }
}

static inline void check_xml(const char *text) {
    xml x = {.at = text};
    const char *first = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    CHECK(strncmp(text, first, strlen(first)) == 0);
    x.at += strlen(first);
    while (*x.at && !x.wrong) {
        if (*x.at == '<') {
            x.at++;
            xml_tag(&x);
        } else {
            xml_text(&x, '<');
        }
    }
    if (x.wrong) {
        printf("  %s at: %.60s\n", x.wrong, x.at);
    }
    CHECK(!x.wrong && x.depth == 0);
    CHECK(strstr(text, "<script") == NULL);
}

static inline size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

/* Every id="…" once. */
static inline void check_ids(const char *svg) {
    for (const char *at = strstr(svg, " id=\""); at; at = strstr(at + 1, " id=\"")) {
        char id[400];
        size_t len = 5 + strcspn(at + 5, "\"") + 1;
        CHECK(len < sizeof id);
        memcpy(id, at, len);
        id[len] = '\0';
        CHECK_INT(count_of(svg, id), 1);
    }
}

/* ---- one picture, step by step ---- */

typedef struct picture {
    cn__scene scene;
    cn__layout layout;
    cn__legend legend;
    cn__page page;
    cn_buf svg;
} picture;

static inline picture make_picture(const cn_network *net, cn_draw_options options) {
    static cn__view_make *const views[] = {
#define CN__VIEW(key, function) function,
#include "views.def"
#undef CN__VIEW
    };
    picture p = {0};
    cn_buf dot = {0};
    cn_buf answer = {0};
    cn_error err = {0};
    options.layout_program = COOPNET_LAYOUT_PROGRAM;
    p.scene.lang = options.lang ? options.lang : cn_network_lang(net);
    p.scene.view = cn_view_key(options.view);
    CHECK_INT(views[options.view](net, &options, &p.scene, &err), CN_OK);
    CHECK(!p.scene.failed);
    cn__dot_write(&p.scene, &dot);
    if (p.scene.placed) {
        CHECK_INT(cn__layout_place(&p.scene, &p.layout, &err), CN_OK);
    } else {
        CHECK_INT(cn__layout_ask(&options, &dot, &answer, &err), CN_OK);
        CHECK_INT(cn__layout_read(answer.data, answer.len, &p.scene, &p.layout, &err), CN_OK);
    }
    cn__legend_make(&p.scene, &p.legend);
    cn__page_plan(&p.scene, &p.layout, &p.legend, CN_PAPER_AUTO, false, &p.page);
    CHECK(cn__svg_write(&p.scene, &p.layout, &p.page, &p.legend, &p.svg));
    cn_buf_release(&dot);
    cn_buf_release(&answer);
    return p;
}

static inline void release_picture(picture *p) {
    cn__scene_release(&p->scene);
    cn__layout_release(&p->layout);
    cn__legend_release(&p->legend);
    cn_buf_release(&p->svg);
}

static inline bool overlap(cn__rect a, cn__rect b) {
    return a.left < b.right - 0.01 && b.left < a.right - 0.01 && a.top < b.bottom - 0.01 && b.top < a.bottom - 0.01;
}

static inline bool round_boxes_apart(const picture *p, size_t i, size_t j) {
    cn__rect a = p->layout.nodes[i];
    cn__rect b = p->layout.nodes[j];
    bool both = cn__node_look_of(p->scene.nodes[i].style)->shape == CN__SHAPE_CIRCLE &&
                cn__node_look_of(p->scene.nodes[j].style)->shape == CN__SHAPE_CIRCLE;
    double middles = hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2);
    return both && middles >= (a.right - a.left + b.right - b.left) / 2;
}

static inline void check_boxes(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        for (size_t j = i + 1; j < p->scene.node_count; j++) {
            bool apart = !overlap(p->layout.nodes[i], p->layout.nodes[j]) || round_boxes_apart(p, i, j);
            if (!apart) {
                printf("  %s and %s overlap\n", cn__scene_text(&p->scene, p->scene.nodes[i].id),
                       cn__scene_text(&p->scene, p->scene.nodes[j].id));
            }
            CHECK(apart);
        }
        for (size_t g = 0; g < p->scene.group_count; g++) {
            cn__rect box = p->layout.nodes[i];
            cn__rect group = p->layout.groups[g];
            bool inside = box.left >= group.left && box.right <= group.right && box.top >= group.top &&
                          box.bottom <= group.bottom;
            CHECK(p->scene.nodes[i].group == g ? inside : !overlap(box, group));
        }
    }
}

static inline void check_texts(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        const cn__scene_node *node = &p->scene.nodes[i];
        double sides, above, below;
        cn__shape_padding(cn__node_look_of(node->style)->shape, &sides, &above, &below);
        CHECK(node->line_count >= 1);
        double height = above + below;
        for (uint32_t l = 0; l < node->line_count; l++) {
            const char *text = cn__scene_text(&p->scene, node->lines[l]);
            bool name = l < node->name_lines;
            double size = name ? CN__NAME_SIZE : CN__SMALL_SIZE;
            CHECK(cn__font_width(text, strlen(text), name && node->bold, size) + 2 * sides <= node->width + 0.01);
            height += size;
        }
        CHECK(height <= node->height + 0.01);
    }
    CHECK(CN__SMALL_SIZE * p->page.scale >= 6.5 - 1e-6);
}

static inline void check_on_page(const picture *p, cn__rect r) {
    double s = p->page.scale;
    CHECK(p->page.origin.x + r.left * s >= p->page.margin - 0.5);
    CHECK(p->page.origin.y + r.top * s >= p->page.margin + CN__TITLE_SIZE);
    CHECK(p->page.origin.x + r.right * s <= p->page.width - p->page.margin + 0.5);
    CHECK(p->page.origin.y + r.bottom * s <= p->page.foot);
}

static inline void check_page(const picture *p) {
    for (size_t i = 0; i < p->scene.node_count; i++) {
        check_on_page(p, p->layout.nodes[i]);
    }
    for (size_t i = 0; i < p->scene.group_count; i++) {
        check_on_page(p, p->layout.groups[i]);
    }
    if (p->legend.count) {
        double z = p->page.zoom;
        cn__rect box = {p->page.legend.x - 5 * z, p->page.legend.y - 5 * z,
                        p->page.legend.x + (p->legend.width + 5) * z, p->page.legend.y + (p->legend.height + 5) * z};
        CHECK(box.right <= p->page.width - p->page.margin + 0.5 && box.bottom <= p->page.foot + 0.5);
        double s = p->page.scale;
        cn__rect drawing = {p->page.origin.x, p->page.origin.y, p->page.origin.x + p->layout.width * s,
                            p->page.origin.y + p->layout.height * s};
        CHECK(!overlap(box, drawing));
    }
    CHECK(p->layout.warnings == 0);
}

static inline void check_labels(const picture *p) {
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__scene_link *link = &p->scene.links[i];
        const cn__layout_link *place = &p->layout.links[i];
        CHECK(place->count > 0);
        CHECK(place->has_label == (link->line_count > 0));
        cn__rect box = {place->label.x - link->label_width / 2, place->label.y - link->label_height / 2,
                        place->label.x + link->label_width / 2, place->label.y + link->label_height / 2};
        for (size_t n = 0; place->has_label && n < p->scene.node_count; n++) {
            CHECK(!overlap(box, p->layout.nodes[n]));
        }
        for (size_t j = 0; place->has_label && j < i; j++) {
            const cn__scene_link *other = &p->scene.links[j];
            const cn__layout_link *at = &p->layout.links[j];
            cn__rect other_box = {at->label.x - other->label_width / 2, at->label.y - other->label_height / 2,
                                  at->label.x + other->label_width / 2, at->label.y + other->label_height / 2};
            if (at->has_label && overlap(box, other_box)) {
                printf("  labels of %s and %s overlap\n", cn__scene_text(&p->scene, link->id),
                       cn__scene_text(&p->scene, other->id));
            }
            CHECK(!at->has_label || !overlap(box, other_box));
        }
    }
}

/* How many lines run through a box, a little in from its edge. */
static inline uint32_t lines_through(const picture *p, cn__rect box) {
    const cn__sheet sheet = {.scene = &p->scene, .layout = &p->layout, .page = &p->page};
    uint32_t lines = 0;
    cn__sheet_lines_in(&sheet, (cn__rect){box.left + 1, box.top + 1, box.right - 1, box.bottom - 1}, &lines, 1);
    return lines;
}

static inline void check_no_line_through_labels(const picture *p) {
    for (size_t i = 0; i < p->scene.link_count; i++) {
        const cn__scene_link *link = &p->scene.links[i];
        const cn__layout_link *place = &p->layout.links[i];
        double x = place->label.x - link->lane / 2;
        double half = link->label_width / 2;
        double high = (link->label_height - link->width - 2) / 2;
        cn__rect box = {x - half, place->label.y - high, x + half, place->label.y + high};
        CHECK(!place->has_label || lines_through(p, box) == 0);
    }
}

static inline double number_after(const char *at, const char *name) {
    at = strstr(at, name);
    CHECK(at != NULL);
    return strtod(at + strlen(name), NULL);
}

static inline void check_no_line_through_names_of_groups(const picture *p) {
    size_t names = 0;
    const char *at = p->svg.data;
    for (; (at = strstr(at, "<g class=\"group-label\">")) != NULL; at++, names++) {
        double s = p->page.scale;
        double left = (number_after(at, " x=\"") - p->page.origin.x) / s;
        double top = (number_after(at, " y=\"") - p->page.origin.y) / s;
        cn__rect box = {left, top, left + number_after(at, " width=\"") / s, top + number_after(at, " height=\"") / s};
        CHECK_INT(lines_through(p, box), 0);
        CHECK(box.left >= p->layout.groups[names].left && box.right <= p->layout.groups[names].right);
    }
    CHECK_INT(names, p->scene.group_count);
}

static inline void check_legend(const picture *p) {
    const char *title = p->scene.lang == CN_LANG_RU ? "Условные обозначения" : "Legend";
    CHECK(p->legend.width >= cn__font_width(title, strlen(title), true, CN__LEGEND_TITLE_SIZE));
    size_t nodes = 0, links = 0, groups = 0;
    for (size_t e = 0; e < p->legend.count; e++) {
        const cn__legend_entry *entry = &p->legend.entries[e];
        bool occurs = entry->sample == CN__SAMPLE_CYCLE || entry->sample == CN__SAMPLE_PALE ||
                      entry->sample == CN__SAMPLE_DRAWN; /* test_svg_risk.c looks at those */
        occurs = occurs || (entry->sample == CN__SAMPLE_NUMBER && p->scene.nodes[entry->style].key);
        for (size_t i = 0; entry->sample == CN__SAMPLE_NODE && i < p->scene.node_count; i++) {
            occurs |= p->scene.nodes[i].style == entry->style;
        }
        for (size_t i = 0; entry->sample == CN__SAMPLE_LINK && i < p->scene.link_count; i++) {
            occurs |= p->scene.links[i].style == entry->style;
        }
        for (size_t i = 0; entry->sample == CN__SAMPLE_GROUP && i < p->scene.group_count; i++) {
            occurs |= p->scene.groups[i].style == entry->style;
        }
        CHECK(occurs);
        nodes += entry->sample == CN__SAMPLE_NODE;
        groups += entry->sample == CN__SAMPLE_GROUP;
        links += entry->sample == CN__SAMPLE_LINK;
    }
    for (uint32_t style = 0; style < CN__NODE_STYLE_COUNT; style++) {
        bool drawn = false;
        for (size_t i = 0; i < p->scene.node_count; i++) {
            drawn |= p->scene.nodes[i].style == style && !p->scene.nodes[i].pale;
        }
        nodes -= drawn && cn__node_look_of((cn__node_style)style)->ru[0];
    }
    size_t explained = 0;
    for (size_t i = 0; i < p->scene.group_count; i++) {
        explained += cn__group_look_of(p->scene.groups[i].style)->ru[0] != '\0';
    }
    CHECK_INT(nodes, 0);
    CHECK(links > 0 || p->scene.link_count == 0);
    CHECK((groups > 0) == (explained > 0));
    CHECK_INT(count_of(p->svg.data, "class=\"legend-entry\""), p->legend.count);
}

static inline void check_all(const picture *p) {
    check_boxes(p);
    check_texts(p);
    check_page(p);
    check_labels(p);
    check_legend(p);
    check_xml(p->svg.data);
    check_ids(p->svg.data);
    CHECK_INT(count_of(p->svg.data, "<g class=\"node "), p->scene.node_count);
    CHECK_INT(count_of(p->svg.data, "<g class=\"link "), p->scene.link_count);
    CHECK_INT(count_of(p->svg.data, "<g class=\"group "), p->scene.group_count);
}

static inline cn_network *load_graph(const char *name) {
    char path[1000];
    snprintf(path, sizeof path, "%s/graphs/%s", COOPNET_SOURCE_DIR, name);
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK(cn_diags_create(&diags, NULL) == CN_OK);
    cn_status status = cn_load(path, NULL, diags, &net, NULL);
    cn_diags_free(diags);
    if (status != CN_OK) {
        check_skip("the network does not load");
    }
    return net;
}

static inline bool shows(const picture *p, cn_entity entity) {
    bool found = false;
    for (size_t i = 0; i < p->scene.node_count; i++) {
        found |= p->scene.nodes[i].entity == entity;
    }
    for (size_t i = 0; i < p->scene.group_count; i++) {
        found |= p->scene.groups[i].entity == entity;
    }
    return found;
}

#endif
