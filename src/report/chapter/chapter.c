/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What chapters share: sentences with numbers in them, pictures. */
#include "chapter.h"

#include "error.h"
#include "table_data.h"

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
    report->rows = NULL;
}

void cn__chapter_rows(cn__report *report, const char *table_key) { report->rows = table_key; }

/* As a shell reads it back. */
static void add_quoted(cn_buf *out, const char *text) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-:+@%,";
    if (text[0] && text[strspn(text, plain)] == '\0') {
        cn_buf_add_text(out, text);
        return;
    }
    cn_buf_add_text(out, "'");
    for (; *text; text++) {
        if (*text == '\'') {
            cn_buf_add_text(out, "'\\''");
        } else {
            cn_buf_add(out, text, 1);
        }
    }
    cn_buf_add_text(out, "'");
}

void cn__chapter_command(cn__report *report, const char *command, const char *argument, const char *rest) {
    cn_buf text = {0};
    cn_buf_add_text(&text, command);
    if (argument[0]) {
        add_quoted(&text, argument);
    }
    cn_buf_add_text(&text, rest);
    if (report->options->as_of) {
        cn_buf_add_text(&text, " --as-of ");
        add_quoted(&text, report->options->as_of);
    }
    cn__doc_say(&report->doc, CN__BLOCK_COMMAND, &text);
}

enum { MOST_ARGS = 8 };

/* Does an argument begin like a number or a sum? */
static bool is_number(const char *text) {
    return (text[0] >= '0' && text[0] <= '9') || text[0] == '-' || text[0] == '$' ||
           strncmp(text, "\xE2\x82", 2) == 0 /* signs of currencies */ || strncmp(text, "\xE2\x88\x92", 3) == 0;
}

/* The template with marks around each number that is put in as it is. */
static void mark_numbers(const char *pattern, size_t count, const char *const *args, cn_buf *out) {
    for (; *pattern; pattern++) {
        bool plain = pattern[0] == '{' && pattern[1] >= '0' && pattern[1] <= '9' && pattern[2] == '}';
        size_t arg = plain ? (size_t)(pattern[1] - '0') : count;
        if (arg < count && is_number(args[arg])) {
            cn_buf_add_text(out, CN__DOC_NUMBER_BEGIN);
            cn_buf_add(out, pattern, 3);
            cn_buf_add_text(out, CN__DOC_NUMBER_END);
            pattern += 2;
        } else {
            cn_buf_add(out, pattern, 1);
        }
    }
}

void cn__chapter_say(cn__report *report, cn__block_kind kind, cn__report_text_id id, size_t count,
                     const char *const *args) {
    cn_buf text = {0};
    cn_buf pattern = {0};
    cn_buf clean[MOST_ARGS] = {{0}};
    const char *own[MOST_ARGS] = {NULL};
    for (size_t i = 0; i < count && i < MOST_ARGS; i++) { /* names come from files: no marks of ours in them */
        own[i] = args[i];
        if (args[i][strcspn(args[i], CN__DOC_NUMBER_BEGIN CN__DOC_NUMBER_END)]) {
            cn__cell_add_clean(&clean[i], args[i]);
            own[i] = clean[i].len ? clean[i].data : "";
        }
    }
    if (report->rows) {
        mark_numbers(cn__report_text(id, report->lang), count, own, &pattern);
    } else {
        cn_buf_add_text(&pattern, cn__report_text(id, report->lang));
    }
    cn_text_format(&text, report->lang, pattern.len ? pattern.data : "", count, own);
    text.failed |= pattern.failed;
    cn__doc_say(&report->doc, kind, &text);
    if (report->rows) {
        cn__doc_rows(&report->doc, report->rows);
    }
    cn_buf_release(&pattern);
    for (size_t i = 0; i < MOST_ARGS; i++) {
        report->doc.failed |= clean[i].failed;
        cn_buf_release(&clean[i]);
    }
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

cn_status cn__chapter_drawn_make(const cn__report *report, const cn_draw_options *options, cn__drawn *out,
                                 cn_error *err) {
    cn_draw_options own = *options;
    cn_error trouble = {0};
    *out = (cn__drawn){{0}, {0}};
    own.lang = report->lang;
    own.layout_program = report->options->layout_program;
    cn_status status = cn_draw(report->net, &own, cn_sink_buf(&out->svg), &trouble);
    if (status == CN_ERR_LIMIT) { /* too large to draw: the report goes on without this picture and says so */
        char text[CN_ERROR_TEXT_BYTES + 256];
        cn_error_format(&trouble, report->lang, text, sizeof text);
        cn_buf_add_text(&out->note, text);
        return out->note.failed ? CN__NO_MEMORY(err) : CN_OK;
    }
    if (out->svg.failed) { /* to the writer a failing sink like any other */
        return CN__NO_MEMORY(err);
    }
    if (status && err) {
        *err = trouble;
    }
    return status;
}

void cn__chapter_drawn_put(cn__report *report, const char *key, const char *caption, cn__drawn *drawn) {
    if (drawn->note.len) {
        cn__doc_say_text(&report->doc, CN__BLOCK_NOTE, drawn->note.data);
    } else {
        cn__doc_picture(&report->doc, key, caption, &drawn->svg);
    }
}

void cn__chapter_drawn_release(cn__drawn *drawn) {
    cn_buf_release(&drawn->svg);
    cn_buf_release(&drawn->note);
}

cn_status cn__chapter_draw(cn__report *report, const char *key, const char *caption, const cn_draw_options *options,
                           cn_error *err) {
    cn__drawn drawn;
    cn_status status = cn__chapter_drawn_make(report, options, &drawn, err);
    if (status == CN_OK) {
        cn__chapter_drawn_put(report, key, caption, &drawn);
    }
    cn__chapter_drawn_release(&drawn);
    return status;
}
