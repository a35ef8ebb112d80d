/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cn_draw: network → view → scene → DOT → coordinates (layout process) → SVG → PDF or PNG. DOT is the scene alone and needs no
 * layout process. Nothing reaches the sink before the whole picture is made, but for PDF and PNG, which cairo streams.
 */
#include "coopnet/draw.h"

#include <string.h>

#include "dot_writer.h"
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

#define VIEW_COUNT (sizeof views / sizeof *views)
#define PICTURE_COUNT (sizeof pictures / sizeof *pictures)
_Static_assert(VIEW_COUNT == CN_VIEW_COMPARE + 1, "views.def has a row for every cn_view");

int cn_view_find(const char *key) {
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        if (strcmp(views[i].key, key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *cn_view_key(cn_view view) { return (size_t)view < VIEW_COUNT ? views[view].key : ""; }

int cn_picture_find(const char *key) {
    for (size_t i = 0; i < PICTURE_COUNT; i++) {
        if (strcmp(pictures[i], key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *cn_picture_key(cn_picture picture) { return (size_t)picture < PICTURE_COUNT ? pictures[picture] : ""; }

static cn_status check_options(const cn_network *net, const cn_draw_options *options, cn_error *err) {
    if ((size_t)options->view >= VIEW_COUNT || (size_t)options->format >= PICTURE_COUNT) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_BAD_OPTION);
    }
    if (options->view == CN_VIEW_CHAIN && options->subject_given && options->subject >= cn_entity_count(net)) {
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

static cn_status draw_svg(const cn__scene *scene, const cn_draw_options *options, const cn_buf *dot, cn_buf *svg,
                          cn__layout *layout, cn_error *err) {
    cn_buf answer = {0};
    cn__legend legend = {0};
    cn__page page;
    cn_status status = cn__layout_ask(options, dot, &answer, err);
    if (status == CN_OK) {
        status = cn__layout_read(answer.data ? answer.data : "", answer.len, scene, layout, err);
    }
    if (status == CN_OK) {
        cn__legend_make(scene, &legend);
        cn__page_plan(scene, layout, &legend, &page);
        if (legend.failed || !cn__svg_write(scene, layout, &page, &legend, svg)) {
            status = CN__NO_MEMORY(err);
        }
    }
    cn__legend_release(&legend);
    cn_buf_release(&answer);
    return status;
}

cn_status cn_draw(const cn_network *net, const cn_draw_options *options, cn_sink sink, cn_error *err) {
    cn__scene scene = {0};
    cn__layout layout = {0};
    cn_buf dot = {0};
    cn_buf svg = {0};
    cn_status status = check_options(net, options, err);
    if (status != CN_OK) {
        return status;
    }
    scene.lang = options->lang == CN_LANG_DEFAULT ? cn_network_lang(net) : options->lang;
    scene.view = views[options->view].key;
    status = views[options->view].make(net, options, &scene, err);
    if (status == CN_OK && !scene.failed) {
        cn__dot_write(&scene, &dot);
    }
    if (status == CN_OK && (scene.failed || dot.failed)) {
        status = CN__NO_MEMORY(err);
    }
    if (status != CN_OK) {
        goto done;
    }
    if (options->format == CN_PICTURE_DOT) {
        status = write_all(&dot, sink, CN_PICTURE_DOT, err);
        goto done;
    }
    status = draw_svg(&scene, options, &dot, &svg, &layout, err);
    if (status != CN_OK) {
        goto done;
    }
    status = options->format == CN_PICTURE_SVG
                 ? write_all(&svg, sink, CN_PICTURE_SVG, err)
                 : cn__raster_write(&svg, options->format, cn__scene_text(&scene, scene.title), sink, err);
done:
    cn__layout_release(&layout);
    cn__scene_release(&scene);
    cn_buf_release(&dot);
    cn_buf_release(&svg);
    return status;
}
