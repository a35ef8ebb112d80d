/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading from a path or from memory: what the input is, which reader takes it, and the verdict. The readers only add
 * findings; here they are counted, and a single error refuses the whole.
 */
#include "coopnet/load.h"

#include "csv_reader.h"
#include "error.h"
#include "file.h"
#include "json_reader.h"
#include "tables.h"
#include "text_check.h"

#include <string.h>

/* A load from its beginning to its verdict. */
typedef struct session {
    cn__load load;
    cn__assembly assembly;
    cn__tables tables;
    cn_diags *own_diags; /* when the caller has none */
    uint64_t errors_before;
} session;

static cn_status session_begin(session *s, const cn_load_options *options, cn_diags *diags, cn_error *err) {
    memset(s, 0, sizeof *s);
    s->load.err = err;
    if (options) {
        s->load.limits = options->limits;
    }
    cn__load_limits_fill(&s->load.limits);
    cn__assembly_init(&s->assembly, &s->load);
    if (!diags) {
        cn_status status = cn_diags_create(&s->own_diags, err);
        if (status != CN_OK) {
            return status;
        }
    }
    s->load.diags = diags ? diags : s->own_diags;
    s->errors_before = cn_diags_total(s->load.diags, CN_LEVEL_ERROR);
    return cn_builder_create(&s->load.builder, err);
}

static void session_release(session *s) {
    cn__assembly_release(&s->assembly);
    cn__tables_release(&s->tables);
    cn__load_release(&s->load);
    cn_diags_free(s->own_diags);
}

/* Refused, or frozen. */
static cn_status session_verdict(session *s, const char *label, cn_network **out) {
    cn__load *load = &s->load;
    uint64_t errors = cn_diags_total(load->diags, CN_LEVEL_ERROR) - s->errors_before;
    if (!errors && cn_builder_entity_count(load->builder) == 0) {
        CN__REPORT0(load, label, ((cn__place){0, 0}), NO_ENTITIES);
    }
    if (!cn_diags_complete(load->diags)) {
        return CN__NO_MEMORY(load->err);
    }
    if (errors) {
        cn__digits digits;
        return CN__FAIL2(load->err, CN_ERR_INPUT, INPUT_REFUSED, label, cn__digits_of(&digits, errors));
    }
    return cn_builder_finish(load->builder, out, load->err);
}

static bool ends_with(const char *text, const char *end) {
    size_t len = strlen(text);
    size_t end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* By content, and where that says nothing by name. */
static bool is_json(const char *label, const char *bytes, size_t start, size_t len) {
    while (start < len && bytes[start] && strchr(" \t\r\n", bytes[start])) {
        start++;
    }
    return start < len &&
           (bytes[start] == '{' || (bytes[start] == '[' && !ends_with(label, ".csv")) || ends_with(label, ".json"));
}

static cn_status read_text(session *s, const char *label, const char *bytes, size_t len, cn_format format) {
    size_t start = 0;
    if (!cn__text_check(&s->load, label, bytes, len, &start)) {
        return CN_OK;
    }
    if (format == CN_FORMAT_AUTO) {
        format = is_json(label, bytes, start, len) ? CN_FORMAT_JSON : CN_FORMAT_CSV;
    }
    if (format == CN_FORMAT_JSON) {
        return cn__json_read(&s->assembly, label, bytes, start, len);
    }
    s->assembly.name_entities = true;
    return cn__csv_read(&s->assembly, cn__section_at(CN__SECTION_LINKS), true, label, bytes, start, len);
}

cn_status cn_load_bytes(const char *label, const void *bytes, size_t len, const cn_load_options *options,
                        cn_diags *diags, cn_network **out, cn_error *err) {
    session s;
    *out = NULL;
    cn_status status = session_begin(&s, options, diags, err);
    if (status == CN_OK && len > s.load.limits.max_file_bytes) {
        cn__digits limit;
        CN__REPORT2(&s.load, label, ((cn__place){0, 0}), INPUT_TOO_LARGE,
                    cn__digits_of(&limit, s.load.limits.max_file_bytes), CN__OPTION_FILE);
    } else if (status == CN_OK) {
        status = read_text(&s, label, len ? bytes : "", len, options ? options->format : CN_FORMAT_AUTO);
    }
    if (status == CN_OK) {
        status = session_verdict(&s, label, out);
    }
    session_release(&s);
    return status;
}

cn_status cn_load(const char *path, const cn_load_options *options, cn_diags *diags, cn_network **out, cn_error *err) {
    session s;
    cn_buf bytes = {0};
    bool got = false;
    *out = NULL;
    cn_status status = session_begin(&s, options, diags, err);
    cn_format format = options ? options->format : CN_FORMAT_AUTO;
    if (status == CN_OK && format != CN_FORMAT_JSON && strcmp(path, "-") != 0 && cn__path_is_dir(path)) {
        status = cn__tables_read(&s.tables, &s.assembly, path);
    } else if (status == CN_OK) {
        status = cn__read_limited(&s.load, path, &bytes, &got);
        if (got) {
            status = read_text(&s, path, bytes.data ? bytes.data : "", bytes.len, format);
        }
    }
    if (status == CN_OK) {
        status = session_verdict(&s, path, out);
    }
    session_release(&s);
    cn_buf_release(&bytes);
    return status;
}
