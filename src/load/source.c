/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading from a path or from memory: what the input is, which reader of formats.def takes it, and the verdict. The readers only add
 * findings; here they are counted, and a single error refuses the whole.
 */
#include "coopnet/load.h"

#include "error.h"
#include "file.h"
#include "input.h"
#include "load_tuned.h"
#include "snapshot_impl.h"
#include "tables.h"
#include "text_check.h"

#include <string.h>

/* From this size on a table of links is read by all threads, in pieces of this size. */
enum { BULK_FROM = 4 << 20, CHUNK_BYTES = 256 << 10 };

/* A load from its beginning to its verdict. */
typedef struct session {
    cn__load load;
    cn__assembly assembly;
    cn__tables tables;
    cn_diags *own_diags; /* when the caller has none */
    uint64_t errors_before;
    cn_network *opened; /* a snapshot */
} session;

static cn_status session_begin(session *s, const cn_load_options *options, const cn__bulk_tuning *tuning,
                               cn_diags *diags, cn_error *err) {
    memset(s, 0, sizeof *s);
    s->load.err = err;
    s->load.bulk = (cn__bulk_tuning){BULK_FROM, CHUNK_BYTES, 0};
    if (options) {
        s->load.limits = options->limits;
        s->load.bulk.threads = options->threads;
        s->load.watch = options->watch;
        s->load.clusters_from = options->clusters_from;
        s->load.keep_going = options->keep_going;
        s->load.sheet = options->sheet;
        s->load.links_query = options->links_query;
        s->load.entities_query = options->entities_query;
        s->load.aggregate = options->aggregate;
    }
    if (tuning) {
        s->load.bulk = *tuning;
    }
    s->load.max_table_bytes = s->load.limits.max_file_bytes ? s->load.limits.max_file_bytes : UINT64_C(64) << 30;
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
    if (options && options->map) {
        cn_status status = cn__column_map_parse(&s->load.map, options->map, err);
        if (status != CN_OK) {
            return status;
        }
    }
    return cn_builder_create(&s->load.builder, err);
}

static void session_release(session *s) {
    cn__assembly_release(&s->assembly);
    cn__tables_release(&s->tables);
    cn_network_free(s->opened);
    cn__load_release(&s->load);
    cn_diags_free(s->own_diags);
}

/* Refused, or frozen. */
static cn_status session_verdict(session *s, const char *label, cn_network **out) {
    cn__load *load = &s->load;
    uint64_t errors = cn_diags_total(load->diags, CN_LEVEL_ERROR) - s->errors_before - load->forgiven;
    cn__column_map_tell(load, label);
    if (load->left_out) {
        cn__digits digits;
        CN__REPORT1(load, label, ((cn__place){0, 0}), ROWS_SKIPPED, cn__digits_of(&digits, load->left_out));
    }
    uint32_t entities = s->opened ? cn_entity_count(s->opened) : cn_builder_entity_count(load->builder);
    if (!errors && entities == 0) {
        CN__REPORT0(load, label, ((cn__place){0, 0}), NO_ENTITIES);
    }
    if (!cn_diags_complete(load->diags)) {
        return CN__NO_MEMORY(load->err);
    }
    if (errors) {
        cn__digits digits;
        return CN__FAIL2(load->err, CN_ERR_INPUT, INPUT_REFUSED, label, cn__digits_of(&digits, errors));
    }
    if (s->opened) {
        *out = s->opened;
        s->opened = NULL;
        return CN_OK;
    }
    return cn_builder_finish(load->builder, out, load->err);
}

/* A snapshot is a network as it stands; only the limits are asked. */
static cn_status open_snapshot(session *s, const char *label, cn__file_view *view) {
    cn__load *load = &s->load;
    cn__digits limit;
    cn_status status = cn__snapshot_open(view, label, &s->opened, load->err);
    if (status == CN_OK && cn_entity_count(s->opened) > load->limits.max_entities) {
        CN__REPORT2(load, label, ((cn__place){0, 0}), TOO_MANY_ENTITIES,
                    cn__digits_of(&limit, load->limits.max_entities), CN__OPTION_ENTITIES);
    }
    if (status == CN_OK && cn_link_count(s->opened) > load->limits.max_links) {
        CN__REPORT2(load, label, ((cn__place){0, 0}), TOO_MANY_LINKS, cn__digits_of(&limit, load->limits.max_links),
                    CN__OPTION_LINKS);
    }
    return status;
}

static bool within_limit(cn__load *load, const char *label, size_t len) {
    if (len <= load->limits.max_file_bytes) {
        return true;
    }
    cn__digits limit;
    CN__REPORT2(load, label, ((cn__place){0, 0}), INPUT_TOO_LARGE, cn__digits_of(&limit, load->limits.max_file_bytes),
                CN__OPTION_FILE);
    return false;
}

static const unsigned texts = 1u << CN__ACCESS_TEXT | 1u << CN__ACCESS_TABLE;
static const unsigned binaries = 1u << CN__ACCESS_BINARY | 1u << CN__ACCESS_ARCHIVE;

/* Text and binary formats are told apart first: only a text is checked and has its beginning behind the byte order mark. */
static cn_status read_input(session *s, cn__input *input, cn_format format) {
    bool sniff = format == CN_FORMAT_AUTO;
    if (sniff) {
        format = cn__format_sniff(input, binaries);
    }
    bool text = sniff ? format == CN_FORMAT_AUTO : (texts >> cn__format_access(format) & 1u) != 0;
    cn__text decoded = {0};
    cn_status status = CN_OK;
    bool good = true;
    if (text) {
        status = cn__text_open(&s->load, input->label, input->bytes, input->len, &decoded, &good);
        input->bytes = decoded.bytes;
        input->len = decoded.len;
        input->start = decoded.start;
    }
    if (sniff && text && status == CN_OK && good) {
        format = cn__format_sniff(input, texts);
    }
    cn__access access = cn__format_access(format);
    bool whole = access == CN__ACCESS_TEXT || access == CN__ACCESS_BINARY;
    if (status == CN_OK && good && (!whole || within_limit(&s->load, input->label, input->len))) {
        status = cn__format_read(format, &s->assembly, input);
    }
    cn__text_close(&decoded);
    return status;
}

cn_status cn__load_bytes_tuned(const char *label, const void *bytes, size_t len, const cn_load_options *options,
                               const cn__bulk_tuning *tuning, cn_diags *diags, cn_network **out, cn_error *err) {
    session s;
    *out = NULL;
    cn_status status = session_begin(&s, options, tuning, diags, err);
    cn_format format = options ? options->format : CN_FORMAT_AUTO;
    if (status == CN_OK && format == CN_FORMAT_AUTO && len > 0 && cn__is_snapshot(bytes, len)) {
        cn__file_view copy = {0};
        cn_buf_add(&copy.read, bytes, len);
        copy.bytes = copy.read.data;
        copy.len = len;
        status = copy.read.failed ? CN__NO_MEMORY(err) : open_snapshot(&s, label, &copy);
        cn__file_view_close(&copy);
    } else if (status == CN_OK && within_limit(&s.load, label, len)) {
        cn__input input = {label, NULL, len ? bytes : "", len, 0};
        status = read_input(&s, &input, format);
    }
    if (status == CN_OK) {
        status = session_verdict(&s, label, out);
    }
    session_release(&s);
    return status;
}

cn_status cn_load_bytes(const char *label, const void *bytes, size_t len, const cn_load_options *options,
                        cn_diags *diags, cn_network **out, cn_error *err) {
    return cn__load_bytes_tuned(label, bytes, len, options, NULL, diags, out, err);
}

/* A lone file, mapped where it is large. */
static cn_status read_file(session *s, const char *path, cn_format format) {
    cn__file_view view;
    bool got = false;
    cn_status status = cn__view_limited(&s->load, path, true, &view, &got);
    if (got && format == CN_FORMAT_AUTO && cn__is_snapshot(view.bytes, view.len)) {
        status = open_snapshot(s, path, &view);
    } else if (got) {
        cn__input input = {path, strcmp(path, "-") == 0 ? NULL : path, view.bytes, view.len, 0};
        s->load.view = &view;
        status = read_input(s, &input, format);
        s->load.view = NULL;
    }
    cn__file_view_close(&view);
    return status;
}

static cn_status read_path(session *s, const char *path, cn_format format) {
    cn__input service = {path, path, NULL, 0, 0};
    cn_format by_name = format == CN_FORMAT_AUTO ? cn__format_sniff(&service, 1u << CN__ACCESS_SERVICE) : format;
    if (cn__format_access(by_name) == CN__ACCESS_SERVICE) {
        return cn__format_read(by_name, &s->assembly, &service);
    }
    bool tables = format == CN_FORMAT_AUTO || format == CN_FORMAT_CSV;
    if (tables && strcmp(path, "-") != 0 && cn__path_is_dir(path)) {
        return cn__tables_read(&s->tables, &s->assembly, path);
    }
    return read_file(s, path, format);
}

cn_status cn__load_tuned(const char *path, const cn_load_options *options, const cn__bulk_tuning *tuning,
                         cn_diags *diags, cn_network **out, cn_error *err) {
    session s;
    *out = NULL;
    cn_status status = session_begin(&s, options, tuning, diags, err);
    if (status == CN_OK) {
        status = read_path(&s, path, options ? options->format : CN_FORMAT_AUTO);
    }
    if (status == CN_OK) {
        status = session_verdict(&s, path, out);
    }
    session_release(&s);
    return status;
}

cn_status cn_load(const char *path, const cn_load_options *options, cn_diags *diags, cn_network **out, cn_error *err) {
    return cn__load_tuned(path, options, NULL, diags, out, err);
}
