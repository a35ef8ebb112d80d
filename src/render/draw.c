/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cn_draw: network → view → scene → DOT → coordinates (layout process; drawing.c) → SVG → PDF or PNG. DOT is the scene alone and needs no
 * layout process. Nothing reaches the sink before the whole picture is made, but for PDF and PNG, which cairo streams.
 */
#include "coopnet/draw.h"

#include <string.h>

#include "drawing.h"
#include "error.h"
#include "number.h"
#include "raster.h"
#include "svg_writer.h"
#include "view.h"

typedef struct view_row {
    const char *key;
    cn__view_make *make;
} view_row;

static const view_row views[] = {
#define CN__VIEW(key, function) {key, function},
#include "views.def"
#undef CN__VIEW
};
static const char *const pictures[] = {"svg", "dot", "pdf", "png"};
static const char *const papers[] = {"auto", "a4", "a3", "a2", "a1", "a0", "16x9"};

#define VIEW_COUNT (sizeof views / sizeof *views)
#define PICTURE_COUNT (sizeof pictures / sizeof *pictures)
#define PAPER_COUNT (sizeof papers / sizeof *papers)
_Static_assert(VIEW_COUNT == CN_VIEW_PARTNERS + 1, "views.def has a row for every cn_view");

int cn_view_find(const char *key) {
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        if (strcmp(views[i].key, key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *cn_view_key(cn_view view) { return (size_t)view < VIEW_COUNT ? views[view].key : ""; }

static int find_word(const char *const *words, size_t count, const char *key) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int cn_picture_find(const char *key) { return find_word(pictures, PICTURE_COUNT, key); }
int cn_paper_find(const char *key) { return find_word(papers, PAPER_COUNT, key); }
const char *cn_paper_key(cn_paper paper) { return (size_t)paper < PAPER_COUNT ? papers[paper] : ""; }

const char *cn_picture_key(cn_picture picture) { return (size_t)picture < PICTURE_COUNT ? pictures[picture] : ""; }

static cn_status check_options(const cn_network *net, const cn_draw_options *options, cn_error *err) {
    if ((size_t)options->view >= VIEW_COUNT || (size_t)options->format >= PICTURE_COUNT ||
        (size_t)options->paper >= PAPER_COUNT || (options->tiles && options->format != CN_PICTURE_PDF)) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_BAD_OPTION);
    }
    if (options->subject_given && options->subject >= cn_entity_count(net)) {
        cn_buf number = {0};
        cn__format_u64(&number, options->subject);
        CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_BAD_ENTITY, number.data ? number.data : "");
        cn_buf_release(&number);
        return CN_ERR_ARGUMENT;
    }
    return CN_OK;
}

static cn_status write_all(const cn_buf *bytes, cn_sink sink, cn_picture format, cn_error *err) {
    if (bytes->len > 0 && !sink.write(sink.context, bytes->data, bytes->len)) {
        return CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, pictures[format], "-");
    }
    return CN_OK;
}

static cn_status write_picture(const cn__drawing *d, cn_sink sink, cn_error *err) {
    cn_buf svg = {0};
    const cn_draw_options *options = d->options;
    cn_status status = CN_OK;
    if (!cn__svg_write(&d->scene, &d->layout, &d->page, &d->legend, &svg)) {
        status = CN__NO_MEMORY(err);
    } else if (options->format == CN_PICTURE_SVG) {
        status = write_all(&svg, sink, CN_PICTURE_SVG, err);
    } else {
        status = cn__drawing_raster(&d->scene, &d->page, options, &svg, sink, err);
    }
    cn_buf_release(&svg);
    return status;
}

/* One try. `boxes` gets how many boxes there were to place; 0: fewer would not help. */
static cn_status draw_once(const cn_network *net, const cn_draw_options *options, const cn__scheme *scheme,
                           cn_sink sink, size_t *boxes, cn_error *err) {
    const view_row *view = &views[options->view];
    cn__drawing d = {.net = net, .options = options, .key = view->key, .make = view->make, .scheme = scheme};
    cn_status status = cn__drawing_make(&d, err);
    size_t placed = d.scene.node_count;
    if (status == CN_OK && options->format == CN_PICTURE_DOT) {
        status = write_all(&d.dot, sink, CN_PICTURE_DOT, err);
    } else if (status == CN_OK) {
        status = cn__drawing_fit(&d, err);
        status = status ? status : write_picture(&d, sink, err);
    }
    *boxes = d.too_small ? 0 : placed; /* that was tried with ever fewer already */
    cn__drawing_release(&d);
    return status;
}

static void tell_smaller(const cn_draw_options *options, size_t boxes) {
    cn_buf number = {0};
    cn__format_u64(&number, boxes);
    const char *args[] = {number.data ? number.data : ""};
    if (options->told) {
        cn_diags_add(options->told, CN_MSG_DRAW_SMALLER, "", 0, 0, 1, args);
    }
    cn_buf_release(&number);
}

/* With all boxes, or as many as can be laid out and read. */
static cn_status draw_smaller(const cn_network *net, const cn_draw_options *options, const cn__scheme *scheme,
                              cn_sink sink, cn_error *err) {
    enum { FEWEST_BOXES = 12 };
    cn_draw_options now = *options;
    size_t before = SIZE_MAX;
    for (;;) {
        size_t boxes = 0;
        cn_status status = draw_once(net, &now, scheme, sink, &boxes, err);
        if (status != CN_ERR_LIMIT || options->full || boxes / 2 < FEWEST_BOXES || boxes >= before) {
            return status; /* also where a view keeps its boxes whatever the limit is */
        }
        before = boxes;
        if (options->watch.step && !options->watch.step(options->watch.context, 0, 1)) {
            return CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED);
        }
        now.limit = (uint32_t)(boxes / 2); /* too much to lay out, or to read: sum up more */
        now.top = now.top > now.limit ? now.limit : now.top;
        tell_smaller(options, now.limit);
    }
}

cn_status cn_draw(const cn_network *net, const cn_draw_options *options, cn_sink sink, cn_error *err) {
    cn__scheme scheme;
    cn_buf logo = {0};
    cn_status status = check_options(net, options, err);
    if (status != CN_OK) {
        return status;
    }
    status = cn__drawing_scheme(options->theme, &scheme, &logo, err);
    status = status ? status : draw_smaller(net, options, &scheme, sink, err);
    cn_buf_release(&logo);
    return status;
}
