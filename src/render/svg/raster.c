/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PDF and PNG from the SVG that svg_writer made: the one file that knows librsvg and cairo. The page of the PDF has the
 * size that the SVG states; its fonts are embedded by cairo. Its creation date is SOURCE_DATE_EPOCH, else a constant, so
 * that the same picture is the same bytes. Cost: that of librsvg.
 */
#include "raster.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base64.h"
#include "error.h"
#include "number.h"

#if defined(__SANITIZE_ADDRESS__)
/* Fontconfig and pango keep what they have read until the end of the process: no leak of ours. */
CN_API const char *__lsan_default_suppressions(void);
CN_API const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libpango\nleak:librsvg\nleak:libxml2\n";
}
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
#endif

#define MAX_PIXELS 120e6

/* cairo's stream: remembers that the sink failed, which is then not cairo's fault. */
typedef struct stream {
    cn_sink sink;
    bool failed;
} stream;

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned int len) {
    stream *out = closure;
    if (!out->failed && !out->sink.write(out->sink.context, bytes, len)) {
        out->failed = true;
    }
    return out->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* ISO 8601 of SOURCE_DATE_EPOCH, or of the epoch itself. */
static void creation_date(char *out, size_t cap) {
    const char *given = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = 0;
    if (!given || cn__parse_count(given, strlen(given), UINT64_C(253402300799), &seconds) != CN__PARSE_OK) {
        seconds = 0;
    }
    /* Days since 1970-01-01 to a date: Howard Hinnant, "chrono-compatible low-level date algorithms" (civil_from_days). */
    uint64_t days = seconds / 86400 + 719468;
    uint64_t era = days / 146097;
    uint64_t day_of_era = days % 146097;
    uint64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint64_t month = (5 * day_of_year + 2) / 153;
    uint64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    uint64_t year = year_of_era + era * 400 + (month <= 2);
    uint64_t rest = seconds % 86400;
    const uint64_t parts[] = {year, month, day, rest / 3600, rest / 60 % 60, rest % 60};
    static const char marks[] = "--T::Z";
    cn_buf text = {0};
    for (size_t i = 0; i < 6; i++) {
        cn_buf_add_text(&text, parts[i] < 10 ? "0" : "");
        cn__format_u64(&text, parts[i]);
        cn_buf_add(&text, marks + i, 1);
    }
    size_t len = text.data && text.len < cap ? text.len : 0;
    memcpy(out, len ? text.data : "", len);
    out[len] = '\0';
    cn_buf_release(&text);
}

static const char *format_name(cn_picture format) { return format == CN_PICTURE_PDF ? "PDF" : "PNG"; }

static cn_status finish_cairo(cairo_status_t status, const stream *out, cn_picture format, cn_error *err) {
    if (out->failed) {
        return CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, format_name(format), "-");
    }
    if (status == CAIRO_STATUS_NO_MEMORY) {
        return CN__NO_MEMORY(err);
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        return CN__FAIL2(err, CN_ERR_INTERNAL, RASTER_FAILED, format_name(format), cairo_status_to_string(status));
    }
    return CN_OK;
}

static cn_status paint(RsvgHandle *handle, cairo_t *cairo, double width, double height, cn_picture format,
                       cn_error *err) {
    GError *problem = NULL;
    RsvgRectangle area = {0, 0, width, height};
    cn_status status = CN_OK;
    if (!rsvg_handle_render_document(handle, cairo, &area, &problem)) {
        status = CN__FAIL2(err, CN_ERR_INTERNAL, RASTER_FAILED, format_name(format), problem ? problem->message : "?");
    }
    g_clear_error(&problem);
    return status;
}

/* A PDF to be painted on, page by page. */
static cairo_surface_t *begin_pdf(double width, double height, const char *title, stream *out) {
    char date[40];
    creation_date(date, sizeof date);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, width, height);
    /* 1.4 has no object streams: every reader of today takes it, and the date stands in plain sight. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "coopnet");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    return surface;
}

static cn_status end_pdf(cairo_surface_t *surface, cn_status status, const stream *out, cn_error *err) {
    cairo_surface_finish(surface);
    if (status == CN_OK) {
        status = finish_cairo(cairo_surface_status(surface), out, CN_PICTURE_PDF, err);
    }
    cairo_surface_destroy(surface);
    return status;
}

static cn_status write_pdf(RsvgHandle *handle, double width, double height, const char *title, stream *out,
                           cn_error *err) {
    cairo_surface_t *surface = begin_pdf(width, height, title, out);
    cairo_t *cairo = cairo_create(surface);
    cn_status status = paint(handle, cairo, width, height, CN_PICTURE_PDF, err);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    return end_pdf(surface, status, out, err);
}

static cn_status write_png(RsvgHandle *handle, const RsvgRectangle *box, double dpi, const char *paper, stream *out,
                           cn_error *err) {
    double across = ceil(box->width / 72 * dpi - 1e-3);
    double down = ceil(box->height / 72 * dpi - 1e-3);
    if (across * down > MAX_PIXELS || across > 32000 || down > 32000) {
        cn_buf pixels = {0};
        cn__format_u64(&pixels, (uint64_t)(across * down));
        cn_status status = CN__FAIL2(err, CN_ERR_LIMIT, PICTURE_TOO_LARGE, pixels.data ? pixels.data : "", "120000000");
        cn_buf_release(&pixels);
        return status;
    }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)across, (int)down);
    cairo_t *cairo = cairo_create(surface);
    const unsigned long rgb = strtoul(paper + 1, NULL, 16);
    cairo_set_source_rgb(cairo, (double)(rgb >> 16) / 255, (double)(rgb >> 8 & 255) / 255,
                         (double)(rgb & 255) /
                             255); /* under the last row and column of pixels, which the sheet covers in part */
    cairo_paint(cairo);
    cn_status status = paint(handle, cairo, across, down, CN_PICTURE_PNG, err);
    cairo_destroy(cairo);
    if (status == CN_OK) {
        status = finish_cairo(cairo_surface_write_to_png_stream(surface, take_bytes, out), out, CN_PICTURE_PNG, err);
    }
    cairo_surface_destroy(surface);
    return status;
}

/* Our own SVG as librsvg has it. NULL: said. */
static RsvgHandle *open_svg(const cn_buf *svg, cn_picture format, cn_error *err) {
    GError *problem = NULL;
    GInputStream *input = g_memory_input_stream_new_from_data(svg->data, (gssize)svg->len, NULL);
    /* UNLIMITED: large networks exceed libxml's default for text. */
    RsvgHandle *handle = rsvg_handle_new_from_stream_sync(input, NULL, RSVG_HANDLE_FLAG_UNLIMITED, NULL, &problem);
    if (!handle) {
        CN__FAIL2(err, CN_ERR_INTERNAL, RASTER_FAILED, format_name(format), problem ? problem->message : "?");
    }
    g_clear_error(&problem);
    g_object_unref(input);
    return handle;
}

/* Its viewBox, which is in points. */
static RsvgRectangle box_of(RsvgHandle *handle) {
    gboolean has_width, has_height, has_box;
    RsvgLength width, height;
    RsvgRectangle box = {0, 0, 1, 1};
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
    return box;
}

cn_status cn__raster_write(const cn_buf *svg, cn_picture format, double dpi, const char *paper, const char *title,
                           cn_sink sink, cn_error *err) {
    stream out = {sink, false};
    RsvgHandle *handle = open_svg(svg, format, err);
    if (!handle) {
        return CN_ERR_INTERNAL;
    }
    RsvgRectangle box = box_of(handle);
    cn_status status = format == CN_PICTURE_PDF ? write_pdf(handle, box.width, box.height, title, &out, err)
                                                : write_png(handle, &box, dpi, paper, &out, err);
    g_object_unref(handle);
    return status;
}

/* ---- tiles ---- */

static cn_status paint_tile(cairo_t *cairo, cairo_surface_t *sheet, const cn__tile *tile, cn_error *err) {
    const cn__rect *w = &tile->window;
    cairo_save(cairo);
    cairo_rectangle(cairo, w->left, w->top, w->right - w->left, w->bottom - w->top);
    cairo_clip(cairo);
    cairo_translate(cairo, w->left, w->top);
    cairo_scale(cairo, tile->scale, tile->scale);
    cairo_set_source_surface(cairo, sheet, -tile->from.x, -tile->from.y);
    cairo_paint(cairo);
    cairo_restore(cairo);
    RsvgHandle *marks = open_svg(&tile->marks, CN_PICTURE_PDF, err);
    cn_status status = marks ? paint(marks, cairo, tile->width, tile->height, CN_PICTURE_PDF, err) : CN_ERR_INTERNAL;
    if (marks) {
        g_object_unref(marks);
    }
    return status;
}

cn_status cn__raster_tiles(const cn_buf *svg, const cn__tiles *tiles, const char *title, cn_sink sink, cn_error *err) {
    stream out = {sink, false};
    RsvgHandle *handle = open_svg(svg, CN_PICTURE_PDF, err);
    if (!handle) {
        return CN_ERR_INTERNAL;
    }
    RsvgRectangle box = box_of(handle);
    const cairo_rectangle_t extents = {0, 0, box.width, box.height};
    /* Recorded once: cairo writes it once into the PDF, however many pages show a part of it. */
    cairo_surface_t *sheet = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *recorder = cairo_create(sheet);
    cn_status status = paint(handle, recorder, box.width, box.height, CN_PICTURE_PDF, err);
    cairo_destroy(recorder);
    cairo_surface_t *surface = begin_pdf(tiles->pages[0].width, tiles->pages[0].height, title, &out);
    cairo_t *cairo = cairo_create(surface);
    for (size_t i = 0; i < tiles->count && status == CN_OK; i++) {
        cairo_pdf_surface_set_size(surface, tiles->pages[i].width, tiles->pages[i].height);
        status = paint_tile(cairo, sheet, &tiles->pages[i], err);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    status = end_pdf(surface, status, &out, err);
    cairo_surface_destroy(sheet);
    g_object_unref(handle);
    return status;
}

/* ---- logos ---- */

#define LOGO_PIXELS 480.0 /* its height; for 30 points on A0 that is 500 an inch */
#define LOGO_ASPECT 12.0  /* at most so many times as wide as high, or the other way round */

typedef struct piece {
    const unsigned char *bytes;
    size_t len;
} piece;

static cairo_status_t give_bytes(void *closure, unsigned char *bytes, unsigned int len) {
    piece *from = closure;
    if (len > from->len) {
        return CAIRO_STATUS_READ_ERROR;
    }
    memcpy(bytes, from->bytes, len);
    from->bytes += len;
    from->len -= len;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t keep_bytes(void *closure, const unsigned char *bytes, unsigned int len) {
    cn_buf *out = closure;
    cn_buf_add(out, (const char *)bytes, len);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cn_status broken_logo(const char *why, cn_error *err) {
    return CN__FAIL1(err, CN_ERR_INPUT, THEME_LOGO_BROKEN, why);
}

/* A picture of an SVG: without UNLIMITED and without a place in the file system, librsvg bounds it and opens nothing. */
static cn_status draw_logo(const cn_theme *theme, cairo_surface_t **out, cn_error *err) {
    GError *problem = NULL;
    gdouble width = 0, height = 0;
    RsvgHandle *handle = rsvg_handle_new_from_data(theme->logo, theme->logo_bytes, &problem);
    cn_status status = CN_OK;
    if (!handle) {
        status = broken_logo(problem ? problem->message : "?", err);
        goto done;
    }
    if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)) {
        gboolean has_width, has_height, has_box;
        RsvgLength w, h;
        RsvgRectangle box = {0, 0, 0, 0};
        rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &w, &has_height, &h, &has_box, &box);
        width = has_box ? box.width : 0;
        height = has_box ? box.height : 0;
    }
    if (!(width > 0) || !(height > 0) || width / height > LOGO_ASPECT || height / width > LOGO_ASPECT) {
        status = broken_logo("width, height", err);
        goto done;
    }
    RsvgRectangle area = {0, 0, round(LOGO_PIXELS * width / height), LOGO_PIXELS};
    *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)area.width, (int)area.height);
    cairo_t *cairo = cairo_create(*out);
    if (!rsvg_handle_render_document(handle, cairo, &area, &problem)) {
        status = broken_logo(problem ? problem->message : "?", err);
    }
    cairo_destroy(cairo);
done:
    g_clear_error(&problem);
    if (handle) {
        g_object_unref(handle);
    }
    return status;
}

cn_status cn__raster_logo(const cn_theme *theme, cn_buf *base64, double *aspect, cn_error *err) {
    cairo_surface_t *surface = NULL;
    cn_buf png = {0};
    cn_status status = CN_OK;
    if (theme->logo_kind == CN_LOGO_PNG) {
        piece file = {theme->logo, theme->logo_bytes};
        surface = cairo_image_surface_create_from_png_stream(give_bytes, &file);
    } else {
        status = draw_logo(theme, &surface, err);
    }
    if (status == CN_OK && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        status = broken_logo(cairo_status_to_string(cairo_surface_status(surface)), err);
    }
    if (status == CN_OK) {
        double width = cairo_image_surface_get_width(surface);
        double height = cairo_image_surface_get_height(surface);
        *aspect = height > 0 ? width / height : 1;
        cairo_status_t done = cairo_surface_write_to_png_stream(surface, keep_bytes, &png);
        cn__base64(base64, png.data, png.len);
        status = png.failed || base64->failed   ? CN__NO_MEMORY(err)
                 : done != CAIRO_STATUS_SUCCESS ? broken_logo(cairo_status_to_string(done), err)
                                                : CN_OK;
    }
    if (surface) {
        cairo_surface_destroy(surface);
    }
    cn_buf_release(&png);
    return status;
}
