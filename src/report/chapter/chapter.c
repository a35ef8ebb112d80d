/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What chapters share: sentences with numbers in them, pictures. */
#include "chapter.h"

#include "error.h"

#include <math.h>
#include <string.h>

cn_status cn__report_positions(cn__report *report, cn_error *err) {
    return report->positions.order ? CN_OK : cn__positions_compute(report->net, &report->positions, err);
}

const char *cn__chapter_word(const cn__report *report, cn__report_text_id id) {
    return cn__report_text(id, report->lang);
}

void cn__chapter_begin(cn__report *report, const char *key, cn__report_text_id title) {
    cn__doc_chapter(&report->doc, key, cn__chapter_word(report, title));
}

void cn__chapter_say(cn__report *report, cn__block_kind kind, cn__report_text_id id, size_t count,
                     const char *const *args) {
    cn_buf text = {0};
    cn__report_say(&text, id, report->lang, count, args);
    cn__doc_say(&report->doc, kind, &text);
}

static const char *spoken(cn__spoken *out) { return out->buf.len ? out->buf.data : ""; }

const char *cn__spoken_count(const cn__report *report, cn__spoken *out, uint64_t count) {
    cn_format_number(&out->buf, report->lang, (double)count, 0);
    return spoken(out);
}

const char *cn__spoken_number(cn__spoken *out, cn_lang lang, double value, int decimals) {
    cn_format_number(&out->buf, lang, value, decimals);
    return spoken(out);
}

int64_t cn__chapter_minor(double value) {
    return isnan(value) || fabs(value) > 9e16 ? INT64_MIN : (int64_t)llround(value * 100);
}

const char *cn__spoken_money(cn__spoken *out, const cn__report *report, double value) {
    cn_format_money(&out->buf, report->lang, cn__chapter_minor(value), cn_network_currency(report->net));
    return spoken(out);
}

const char *cn__spoken_product(cn__spoken *out, const cn__report *report, const char *code) {
    cn_entity product = code[0] ? cn_entity_find(report->net, code) : CN_NONE;
    cn_buf_add_text(&out->buf, code);
    if (product != CN_NONE && strcmp(cn_entity_name(report->net, product), code) != 0) {
        cn_buf_add_text(&out->buf, " ");
        cn_buf_add_text(&out->buf, cn_entity_name(report->net, product));
    }
    return spoken(out);
}

void cn__spoken_release(cn__spoken *out) { cn_buf_release(&out->buf); }

cn_status cn__chapter_draw(cn__report *report, const char *key, const char *caption, const cn_draw_options *options,
                           cn_error *err) {
    cn_buf svg = {0};
    cn_draw_options own = *options;
    cn_error trouble = {0};
    own.lang = report->lang;
    own.layout_program = report->options->layout_program;
    cn_status status = cn_draw(report->net, &own, cn_sink_buf(&svg), &trouble);
    if (status == CN_OK) {
        cn__doc_picture(&report->doc, key, caption, &svg);
    } else if (status == CN_ERR_LIMIT) { /* too large to draw: the report goes on without this picture and says so */
        char text[CN_ERROR_TEXT_BYTES + 256];
        cn_error_format(&trouble, report->lang, text, sizeof text);
        cn__doc_say_text(&report->doc, CN__BLOCK_NOTE, text);
        status = CN_OK;
    } else if (err) {
        *err = trouble;
    }
    cn_buf_release(&svg);
    return status;
}
