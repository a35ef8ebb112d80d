/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shared context of a load. Findings pass through here, so that a hostile file cannot fill the memory with its own
 * text: an argument keeps at most ARG_BYTES. O(1) per finding.
 */
#include "load_context.h"

#include "memory.h"
#include "number.h"

#include <stdio.h>
#include <string.h>

#define ARG_BYTES 240
#define PLACE_FILE_BYTES 200

enum { SUGGESTIONS_MAX = 2000, REPAIRS_LISTED = 5 };

void cn__load_limits_fill(cn_load_limits *limits) {
    limits->max_file_bytes = limits->max_file_bytes ? limits->max_file_bytes : UINT64_C(256) << 20;
    limits->max_entities = limits->max_entities ? limits->max_entities : 10000000;
    limits->max_links = limits->max_links ? limits->max_links : 50000000;
    limits->max_text_bytes = limits->max_text_bytes ? limits->max_text_bytes : 64u << 10;
    limits->max_depth = limits->max_depth ? limits->max_depth : 64;
}

struct cn__kept_text {
    struct cn__kept_text *next;
    char text[];
};

const char *cn__load_keep(cn__load *load, const char *text) {
    size_t len = strlen(text) + 1;
    struct cn__kept_text *kept = cn__alloc(sizeof *kept + len, 1);
    if (!kept) {
        return NULL;
    }
    memcpy(kept->text, text, len);
    kept->next = load->kept;
    load->kept = kept;
    return kept->text;
}

void cn__load_release(cn__load *load) {
    while (load->kept) {
        struct cn__kept_text *next = load->kept->next;
        cn__free(load->kept);
        load->kept = next;
    }
    for (int vocabulary = 0; vocabulary < CN_VOC_COUNT; vocabulary++) {
        cn__strmap_release(&load->names[vocabulary]);
    }
    cn_builder_free(load->builder);
    load->builder = NULL;
    cn__column_map_release(&load->map);
}

/* Copy at most ARG_BYTES, cut between characters. */
static const char *shortened(const char *text, char out[ARG_BYTES + 4]) {
    size_t len = strlen(text);
    if (len <= ARG_BYTES) {
        return text;
    }
    len = ARG_BYTES;
    while (len > 0 && ((unsigned char)text[len] & 0xC0u) == 0x80u) {
        len--;
    }
    (void)snprintf(out, ARG_BYTES + 4, "%.*s…", (int)len, text);
    return out;
}

void cn__report(cn__load *load, const char *file, cn__place place, cn_message message, size_t arg_count,
                const char *const *args) {
    char cut[CN_ARGS_MAX][ARG_BYTES + 4];
    const char *shown[CN_ARGS_MAX];
    if (arg_count > CN_ARGS_MAX) {
        arg_count = CN_ARGS_MAX;
    }
    for (size_t i = 0; i < arg_count; i++) {
        shown[i] = shortened(args[i], cut[i]);
    }
    cn_diags_add(load->diags, message, file, place.line, place.column, arg_count, shown);
    if (load->keep_going && load->in_rows && !load->stop && cn_message_level(message) == CN_LEVEL_ERROR) {
        load->forgiven++;
    }
}

void cn__repair(cn__load *load, const char *file, cn__place place, cn_message message, size_t arg_count,
                const char *const *args) {
    if (load->repairs[message]++ < REPAIRS_LISTED) {
        cn__report(load, file, place, message, arg_count, args);
    }
}

void cn__repairs_done(cn__load *load, const char *file, cn__place place) {
    for (int message = 0; message < CN_MSG_COUNT; message++) {
        if (load->repairs[message] > REPAIRS_LISTED) {
            cn__digits digits;
            CN__REPORT2(load, file, place, MORE_REPAIRS,
                        cn__digits_of(&digits, load->repairs[message] - REPAIRS_LISTED),
                        cn_message_key((cn_message)message));
        }
        load->repairs[message] = 0;
    }
}

cn_status cn__report_error(cn__load *load, const char *file, cn__place place, const cn_error *error) {
    const char *args[CN_ARGS_MAX];
    size_t count = cn__error_args(error, args);
    if (cn_message_level(error->message) == CN_LEVEL_FAIL) {
        return cn__pass_on(load, error); /* a wrong call, not a wrong input */
    }
    cn__report(load, file, place, error->message, count, args);
    return CN_OK;
}

cn_status cn__pass_on(cn__load *load, const cn_error *error) {
    if (load->err) {
        *load->err = *error;
    }
    return error->status;
}

bool cn__may_suggest(cn__load *load) { return load->suggestions++ < SUGGESTIONS_MAX; }

const char *cn__digits_of(cn__digits *digits, uint64_t value) {
    size_t at = sizeof digits->text - 1;
    digits->text[at] = '\0';
    do {
        digits->text[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    return digits->text + at;
}

bool cn__place_text(cn_buf *out, const char *file, cn__place place) {
    size_t len = strlen(file);
    if (len > PLACE_FILE_BYTES) { /* the end of a path tells more, and the line must not be cut off as an argument */
        file += len - PLACE_FILE_BYTES;
        while (((unsigned char)*file & 0xC0u) == 0x80u) {
            file++;
        }
        cn_buf_add_text(out, "…");
    }
    cn_buf_add_text(out, file);
    cn_buf_add_text(out, ":");
    cn__format_u64(out, place.line);
    cn_buf_add_text(out, ":");
    cn__format_u64(out, place.column);
    return !out->failed;
}
