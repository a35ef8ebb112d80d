/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A large table of links, wave by wave: a wave is a few chunks of the text, parsed side by side (bulk_parse.c) and then taken in
 * their order by one thread. What a row adds, and what it reports, is decided only here, in the order of the file, so that neither
 * the number of threads nor where a chunk begins can be seen in the result. Where the ends of chunks were guessed is of no importance
 * either: a chunk that does not begin where the one before ended (a line end inside a quoted cell) is thrown away, and the next wave
 * begins at the right place. Invariant: [0, at) has been taken, `line` is the line of `at`. Memory is that of a wave. O(bytes).
 */
#include "bulk.h"

#include "builder_bulk.h"
#include "error.h"
#include "memory.h"
#include "utf8.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <string.h>

enum { CHUNKS_PER_THREAD = 2, CHUNKS_MAX = 256, CHECK_BYTES = 4 << 20 };

typedef struct reading {
    const cn__bulk_job *job;
    cn__load *load;
    cn__bulk_plan plan;
    cn_entity *numbers; /* of the plan; a memory of ids that spares looking them up */
    size_t number_count, number_cap;
    cn__bulk_chunk *chunks;
    int threads;
    size_t at;
    uint32_t line;
} reading;

static int thread_count(const cn__load *load) {
    int threads = load->bulk.threads;
#ifdef _OPENMP
    threads = threads > 0 ? threads : omp_get_max_threads();
#endif
    return threads < 1 ? 1 : threads > CHUNKS_MAX / CHUNKS_PER_THREAD ? CHUNKS_MAX / CHUNKS_PER_THREAD : threads;
}

/* ---- before ---- */

size_t cn__bulk_utf8_valid(const cn__load *load, const char *bytes, size_t len) {
    size_t blocks = len / CHECK_BYTES + 1;
    size_t valid = len;
    int threads = thread_count(load);
    (void)threads;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) reduction(min : valid)
    for (size_t b = 0; b < blocks; b++) {
        size_t from = b * CHECK_BYTES;
        size_t to = b + 1 < blocks ? from + CHECK_BYTES : len;
        /* No character has more than three bytes that go on one: so far a block gives way at either end. */
        for (int i = 0; i < 3 && b > 0 && from < len && ((unsigned char)bytes[from] & 0xC0u) == 0x80u; i++) {
            from++;
        }
        for (int i = 0; i < 3 && to < len && ((unsigned char)bytes[to] & 0xC0u) == 0x80u; i++) {
            to++;
        }
        size_t good = from < to ? cn__utf8_valid(bytes + from, to - from) : 0;
        if (from < to && good < to - from && from + good < valid) {
            valid = from + good;
        }
        if (load->view && bytes == load->view->bytes) {
            cn__file_view_done(load->view, from, to);
        }
    }
    return valid;
}

static bool has_member(const cn__bulk_job *job, cn__spec member) {
    for (size_t i = 0; i < job->column_count; i++) {
        const cn__column *column = job->columns[i] == UINT32_MAX ? NULL : &job->section->columns[job->columns[i]];
        if (column && column->to == CN__TO_SPEC && column->index == (int)member) {
            return true;
        }
    }
    return false;
}

bool cn__bulk_suits(const cn__bulk_job *job) {
    return job->section->shape == CN__SHAPE_LINK && job->column_count <= CN__BULK_COLUMNS_MAX &&
           job->csv->len - job->csv->at >= job->assembly->load->bulk.from_bytes && has_member(job, CN__SPEC_FROM) &&
           has_member(job, CN__SPEC_TO);
}

static void make_plan(const cn__bulk_job *job, cn__bulk_plan *plan) {
    bool from_seen = false;
    memset(plan, 0, sizeof *plan);
    plan->section = job->section;
    plan->text = job->csv->text;
    plan->len = job->csv->len;
    plan->separator = job->csv->separator;
    plan->stops['\n'] = plan->stops['\r'] = plan->stops['"'] = true;
    plan->stops[(unsigned char)plan->separator] = true;
    plan->column_count = job->column_count;
    plan->max_text_bytes = job->assembly->load->limits.max_text_bytes;
    plan->builder = job->assembly->load->builder;
    for (size_t i = 0; i < job->column_count; i++) {
        const cn__column *column = job->columns[i] == UINT32_MAX ? NULL : &job->section->columns[job->columns[i]];
        plan->columns[i] = column;
        bool is_spec = column && column->to == CN__TO_SPEC;
        plan->to_first = plan->to_first || (is_spec && column->index == CN__SPEC_TO && !from_seen);
        from_seen = from_seen || (is_spec && column->index == CN__SPEC_FROM);
    }
}

/* ---- rows ---- */

/* The row at `at` in the ordinary way; the scanner stands behind it afterwards. */
static cn_status take_odd(reading *r, size_t at, uint32_t line) {
    bool got = false;
    cn__csv_seek(r->job->csv, at, line);
    cn_status status = cn__csv_row(r->job->csv, &got);
    return status == CN_OK && got ? r->job->take_row(r->job->context) : status;
}

/* False: memory. */
static bool remember_number(reading *r, uint32_t number, cn_entity entity) {
    if (number >= r->number_count) {
        size_t more = number + 1 - r->number_count;
        if (!cn__grow((void **)&r->numbers, &r->number_cap, r->number_count, more, sizeof *r->numbers)) {
            return false;
        }
        memset(r->numbers + r->number_count, 0xFF, more * sizeof *r->numbers); /* CN_NONE */
        r->number_count += more;
        r->plan.numbers = r->numbers;
        r->plan.number_count = r->number_count;
    }
    r->numbers[number] = entity;
    return true;
}

/* The entity of an end, added when it is new. CN_NONE: not here. */
static cn_status take_end(reading *r, const cn__bulk_chunk *chunk, size_t end, cn_entity *out) {
    cn__load *load = r->load;
    *out = chunk->entities[end];
    if (*out != CN_NONE) {
        return CN_OK;
    }
    uint32_t number = cn__bulk_number(chunk->ids[end], chunk->id_lens[end]);
    *out = number < r->number_count ? r->numbers[number] : CN_NONE;
    if (*out == CN_NONE) { /* since the chunk was parsed it may have come */
        cn__builder_find_ids(load->builder, &chunk->ids[end], &chunk->id_lens[end], 1, out);
    }
    bool add = *out == CN_NONE && r->job->assembly->name_entities &&
               cn_builder_entity_count(load->builder) < load->limits.max_entities;
    cn_status status = !add ? CN_OK
                            : cn__builder_name_entity(load->builder, CN_ENTITY_COMPANY, chunk->ids[end],
                                                      chunk->id_lens[end], out, load->err);
    bool kept = *out == CN_NONE || number == CN_NONE || remember_number(r, number, *out);
    return status == CN_OK && !kept ? CN__NO_MEMORY(load->err) : status;
}

/* Add a plain row. *taken false: the other reader has to look at it. */
static cn_status take_plain(reading *r, const cn__bulk_chunk *chunk, size_t i, bool *taken) {
    cn__load *load = r->load;
    const cn__bulk_row *row = &chunk->rows[i];
    cn_entity ends[2] = {CN_NONE, CN_NONE};
    uint32_t product = row->product;
    uint32_t source = row->source;
    size_t first = r->plan.to_first;
    *taken = false;
    cn_status status = take_end(r, chunk, 2 * i + first, &ends[first]);
    if (status == CN_OK && ends[first] != CN_NONE) {
        status = take_end(r, chunk, 2 * i + !first, &ends[!first]);
    }
    bool known = ends[0] != CN_NONE && ends[1] != CN_NONE;
    if (status != CN_OK || !known || cn_builder_link_count(load->builder) >= load->limits.max_links) {
        return status;
    }
    const char *start = r->plan.text + chunk->start;
    if (product == CN_NONE) {
        status = cn__builder_share(load->builder, start + row->product_at, row->product_len, &product, load->err);
    }
    if (status == CN_OK && source == CN_NONE) {
        status = cn__builder_share(load->builder, start + row->source_at, row->source_len, &source, load->err);
    }
    if (status != CN_OK) {
        return status;
    }
    cn_link_spec spec = {ends[0],
                         ends[1],
                         (cn_link_kind)row->kind,
                         (cn_link_status)row->status,
                         (cn_role)row->role,
                         row->value,
                         NULL,
                         NULL,
                         row->since,
                         row->until};
    status = cn__builder_take_link(load->builder, &spec, product, source, load->err);
    *taken = status == CN_OK;
    return status == CN_ERR_ARGUMENT ? CN_OK : status;
}

/* All rows of a chunk that begins at r->at. */
static cn_status take_chunk(reading *r, const cn__bulk_chunk *chunk) {
    cn_status status = CN_OK;
    size_t odd = 0;
    for (size_t i = 0; i <= chunk->row_count && status == CN_OK && !r->load->stop; i++) {
        for (; odd < chunk->odd_count && chunk->odd[odd].before == i && status == CN_OK && !r->load->stop; odd++) {
            status = take_odd(r, chunk->odd[odd].at, r->line + chunk->odd[odd].line);
        }
        bool taken = i == chunk->row_count || status != CN_OK || r->load->stop;
        if (!taken) {
            status = take_plain(r, chunk, i, &taken);
        }
        if (!taken && status == CN_OK) {
            status = take_odd(r, chunk->start + chunk->rows[i].at, r->line + chunk->rows[i].line);
        }
    }
    r->at = chunk->end;
    r->line += chunk->lines;
    if (chunk->unfinished && status == CN_OK && !r->load->stop) {
        status = take_odd(r, r->at, r->line);
        r->at = r->job->csv->at;
        r->line = cn__cursor_move(&r->job->csv->cursor, r->at).line;
    }
    return status;
}

/* ---- waves ---- */

/* Where a row probably begins behind `at`: not further than a chunk. */
static size_t guess_row(const reading *r, size_t at, size_t chunk_bytes) {
    size_t most = r->plan.len - at > chunk_bytes ? at + chunk_bytes : r->plan.len;
    for (size_t i = at; i < most; i++) {
        if (r->plan.text[i] == '\n' || r->plan.text[i] == '\r') {
            bool crlf = r->plan.text[i] == '\r' && i + 1 < r->plan.len && r->plan.text[i + 1] == '\n';
            return i + 1 + crlf;
        }
    }
    return most;
}

static cn_status read_wave(reading *r) {
    size_t chunk_bytes = r->load->bulk.chunk_bytes;
    size_t first = r->at;
    int count = 0;
    for (size_t at = r->at; at < r->plan.len && count < r->threads * CHUNKS_PER_THREAD; count++) {
        size_t next = r->plan.len - at > chunk_bytes ? guess_row(r, at + chunk_bytes, chunk_bytes) : r->plan.len;
        r->chunks[count].start = at;
        r->chunks[count].limit = next;
        at = next;
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(r->threads)
    for (int i = 0; i < count; i++) {
        cn__bulk_parse(&r->plan, &r->chunks[i]);
    }
    cn_status status = CN_OK;
    for (int i = 0; i < count && status == CN_OK && !r->load->stop && r->chunks[i].start == r->at; i++) {
        status = r->chunks[i].failed ? CN__NO_MEMORY(r->load->err) : take_chunk(r, &r->chunks[i]);
    }
    if (r->load->view && r->plan.text == r->load->view->bytes) {
        cn__file_view_done(r->load->view, first, r->at);
    }
    return status;
}

cn_status cn__bulk_read(const cn__bulk_job *job) {
    cn__load *load = job->assembly->load;
    reading r = {.job = job, .load = load, .threads = thread_count(load), .at = job->csv->at};
    r.line = cn__cursor_move(&job->csv->cursor, r.at).line;
    make_plan(job, &r.plan);
    size_t chunks = (size_t)(r.threads * CHUNKS_PER_THREAD);
    r.chunks = cn__calloc(chunks, sizeof *r.chunks);
    cn_status status = r.chunks ? CN_OK : CN__NO_MEMORY(load->err);
    while (status == CN_OK && r.at < r.plan.len && !load->stop) {
        status = read_wave(&r);
        bool go_on = !load->watch.step || load->watch.step(load->watch.context, r.at, r.plan.len);
        if (status == CN_OK && !go_on) {
            status = CN__FAIL0(load->err, CN_ERR_CANCELLED, CANCELLED);
        }
    }
    for (size_t i = 0; r.chunks && i < chunks; i++) {
        cn__bulk_chunk_release(&r.chunks[i]);
    }
    cn__free(r.chunks);
    cn__free(r.numbers);
    return status;
}
