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

#include "error.h"
#include "number.h"

#if defined(__SANITIZE_ADDRESS__)
/* Fontconfig and pango keep what they have read until the end of the process: no leak of ours. */
CN_API const char *__lsan_default_suppressions(void);
CN_API const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig\nleak:libpango\nleak:librsvg\n"; }
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
#endif

#define PNG_DPI 150.0
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

static cn_status write_pdf(RsvgHandle *handle, double width, double height, const char *title, stream *out,
                           cn_error *err) {
    char date[40];
    creation_date(date, sizeof date);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, width, height);
    /* 1.4 has no object streams: every reader of today takes it, and the date stands in plain sight. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "coopnet");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_t *cairo = cairo_create(surface);
    cn_status status = paint(handle, cairo, width, height, CN_PICTURE_PDF, err);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CN_OK) {
        status = finish_cairo(cairo_surface_status(surface), out, CN_PICTURE_PDF, err);
    }
    cairo_surface_destroy(surface);
    return status;
}

static cn_status write_png(RsvgHandle *handle, double width, double height, stream *out, cn_error *err) {
    double across = ceil(width / 72 * PNG_DPI);
    double down = ceil(height / 72 * PNG_DPI);
    if (across * down > MAX_PIXELS || across > 32000 || down > 32000) {
        cn_buf pixels = {0};
        cn__format_u64(&pixels, (uint64_t)(across * down));
        cn_status status = CN__FAIL2(err, CN_ERR_LIMIT, PICTURE_TOO_LARGE, pixels.data ? pixels.data : "", "120000000");
        cn_buf_release(&pixels);
        return status;
    }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)across, (int)down);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1); /* under the last row and column of pixels, which the sheet covers in part */
    cairo_paint(cairo);
    cn_status status = paint(handle, cairo, across, down, CN_PICTURE_PNG, err);
    cairo_destroy(cairo);
    if (status == CN_OK) {
        status = finish_cairo(cairo_surface_write_to_png_stream(surface, take_bytes, out), out, CN_PICTURE_PNG, err);
    }
    cairo_surface_destroy(surface);
    return status;
}

cn_status cn__raster_write(const cn_buf *svg, cn_picture format, const char *title, cn_sink sink, cn_error *err) {
    GError *problem = NULL;
    stream out = {sink, false};
    cn_status status = CN_OK;
    GInputStream *input = g_memory_input_stream_new_from_data(svg->data, (gssize)svg->len, NULL);
    /* UNLIMITED: large networks exceed libxml's default for text; the SVG is our own. */
    RsvgHandle *handle = rsvg_handle_new_from_stream_sync(input, NULL, RSVG_HANDLE_FLAG_UNLIMITED, NULL, &problem);
    if (!handle) {
        status = CN__FAIL2(err, CN_ERR_INTERNAL, RASTER_FAILED, format_name(format), problem ? problem->message : "?");
        goto done;
    }
    gboolean has_width, has_height, has_box;
    RsvgLength width, height;
    RsvgRectangle box = {0, 0, 1, 1};
    rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
    /* Our viewBox is in points. */
    status = format == CN_PICTURE_PDF ? write_pdf(handle, box.width, box.height, title, &out, err)
                                      : write_png(handle, box.width, box.height, &out, err);
done:
    g_clear_error(&problem);
    if (handle) {
        g_object_unref(handle);
    }
    g_object_unref(input);
    return status;
}
