/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A large table of links, wave by wave: a wave is a few chunks of the text, parsed side by side (bulk_parse.c) and then taken in
 * their order by one thread. What a row adds, and what it reports, is decided only here, in the order of the file, so that neither
 * the number of threads nor where a chunk begins can be seen in the result. Of a chunk in which nothing is odd the new ids are named and
 * room is reserved, one after the other; its columns are then copied side by side with those of the others. Where the ends of chunks were guessed is of no importance
 * either: a chunk that does not begin where the one before ended (a line end inside a quoted cell) is thrown away, and the next wave
 * begins at the right place. Invariant: [0, at) has been taken, `line` is the line of `at`. Memory is that of a wave. O(bytes).
 */
#include "bulk.h"

#include "error.h"
#include "memory.h"
#include "utf8.h"

#ifdef _OPENMP
#include <omp.h>
#endif
#include <string.h>

enum { CHUNKS_PER_THREAD = 4, CHUNKS_MAX = 256, CHECK_BYTES = 4 << 20, AHEAD = 16 };

typedef struct reading {
    const cn__bulk_job *job;
    cn__load *load;
    cn__bulk_plan plan;
    cn__bulk_ids ids;
    cn__bulk_memory *memories; /* of each thread */
    cn__bulk_chunk *chunks;
    int threads;
    size_t at;
    uint32_t line;
    const char *above; /* the first end of the last plain row; NULL: none since the last odd row */
    size_t above_len;
} reading;

static int thread_count(const cn__load *load) {
    int threads = load->bulk.threads;
#ifdef _OPENMP
    threads = threads > 0 ? threads : omp_get_max_threads();
#endif
    return threads < 1 ? 1 : threads > CHUNKS_MAX / CHUNKS_PER_THREAD ? CHUNKS_MAX / CHUNKS_PER_THREAD : threads;
}

static int thread_number(void) {
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

/* ---- before ---- */

size_t cn__bulk_utf8_valid(const cn__load *load, const char *bytes, size_t len) {
    size_t blocks = len / CHECK_BYTES + 1;
    size_t valid = len;
    int most = thread_count(load);
    int threads = blocks < (size_t)most ? (int)blocks : most; /* one: none is started */
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

/* The member of a link that cell `i` means, or -1. */
static int member_of(const cn__bulk_job *job, size_t i) {
    const cn__column *column = job->columns[i] == UINT32_MAX ? NULL : &job->section->columns[job->columns[i]];
    return column && column->to == CN__TO_SPEC ? column->index : -1;
}

bool cn__bulk_suits(const cn__bulk_job *job) {
    bool from = false;
    bool to = false;
    if (job->section->shape != CN__SHAPE_LINK || job->column_count > CN__BULK_COLUMNS_MAX ||
        job->csv->len - job->csv->at < job->assembly->load->bulk.from_bytes) {
        return false;
    }
    for (size_t i = 0; i < job->column_count; i++) {
        from = from || member_of(job, i) == CN__SPEC_FROM;
        to = to || member_of(job, i) == CN__SPEC_TO;
    }
    return from && to;
}

static void make_plan(const cn__bulk_job *job, cn__bulk_plan *plan) {
    const cn__csv *csv = job->csv;
    memset(plan, 0, sizeof *plan);
    plan->section = job->section;
    plan->text = csv->text;
    plan->len = csv->len;
    plan->separator = csv->separator;
    plan->comments = csv->comments;
    plan->stops['\n'] = plan->stops['\r'] = plan->stops['"'] = true;
    plan->stops[(unsigned char)plan->separator] = true;
    plan->stops['\t'] = plan->stops['\t'] || plan->separator == ' ';
    plan->column_count = job->column_count;
    plan->max_text_bytes = job->assembly->load->limits.max_text_bytes;
    plan->builder = job->assembly->load->builder;
    plan->value_factor = 1;
    for (int i = 0; i < job->value_shift; i++) {
        plan->value_factor *= 10;
    }
    for (size_t i = 0; i < job->column_count; i++) {
        int member = member_of(job, i);
        plan->columns[i] = job->columns[i] == UINT32_MAX ? NULL : &job->section->columns[job->columns[i]];
        plan->to_first = plan->to_first || (member == CN__SPEC_TO && !plan->has[CN__SPEC_FROM]);
        if (member >= 0) {
            plan->has[member] = true;
        }
    }
}

/* ---- rows ---- */

/* The row at `at` in the ordinary way; the scanner stands behind it afterwards. */
static cn_status take_odd(reading *r, size_t at, uint32_t line) {
    bool got = false;
    cn__csv_seek(r->job->csv, at, line);
    cn_status status = r->above ? r->job->see_above(r->job->context, r->above, r->above_len) : CN_OK;
    r->above = NULL;
    if (status == CN_OK) {
        status = cn__csv_row(r->job->csv, &got);
    }
    if (status == CN_OK && got) {
        status = r->job->take_row(r->job->context);
    }
    return status == CN_OK && !cn__bulk_ids_follow(&r->ids) ? CN__NO_MEMORY(r->load->err) : status;
}

/* The entity of an end, added when it is new; it stays CN_NONE when it may not be added. */
static cn_status take_end(reading *r, cn__bulk_chunk *chunk, size_t end) {
    cn__load *load = r->load;
    cn_entity *out = &chunk->ends[end];
    if (*out == CN_NONE) { /* since the chunk was parsed it may have come */
        cn__bulk_ids_find(&r->ids, &chunk->ids[end], &chunk->id_lens[end], 1, r->plan.text + r->plan.len, out);
    }
    if (*out != CN_NONE || !r->job->assembly->name_entities ||
        cn_builder_entity_count(load->builder) >= load->limits.max_entities) {
        return CN_OK;
    }
    cn_status status =
        cn__builder_name_entity(load->builder, CN_ENTITY_COMPANY, chunk->ids[end], chunk->id_lens[end], out, load->err);
    return status == CN_OK && !cn__bulk_ids_follow(&r->ids) ? CN__NO_MEMORY(load->err) : status;
}

/* Keep the texts of a chunk that are new, from `*at` on, those of rows up to `row`. */
static cn_status take_texts(reading *r, cn__bulk_chunk *chunk, size_t *at, size_t row) {
    cn_status status = CN_OK;
    for (; *at < chunk->text_count && chunk->texts[*at].row <= row && status == CN_OK; ++*at) {
        const cn__bulk_text *text = &chunk->texts[*at];
        uint32_t *out = text->is_source ? &chunk->source[text->row] : &chunk->product[text->row];
        status = cn__builder_share(r->load->builder, text->text, text->len, out, r->load->err);
    }
    return status;
}

/* Remember plain row i as the one above what follows. */
static void see_row(reading *r, const cn__bulk_chunk *chunk, size_t i) {
    r->above = chunk->ids[2 * i];
    r->above_len = chunk->id_lens[2 * i];
}

/* Add plain row i, whose texts are known. *taken false: the other reader has to look at it. */
static cn_status take_plain(reading *r, cn__bulk_chunk *chunk, size_t i, bool *taken) {
    cn__load *load = r->load;
    *taken = false;
    cn_status status = take_end(r, chunk, 2 * i);
    if (status == CN_OK && chunk->ends[2 * i] != CN_NONE) {
        status = take_end(r, chunk, 2 * i + 1);
    }
    bool known = chunk->ends[2 * i] != CN_NONE && chunk->ends[2 * i + 1] != CN_NONE;
    if (status != CN_OK || !known || cn_builder_link_count(load->builder) >= load->limits.max_links) {
        return status;
    }
    cn__link_columns one = cn__bulk_link(&r->plan, chunk, i);
    cn_link link;
    *taken = cn__builder_links_hold(load->builder, &one);
    if (*taken) {
        status = cn__builder_reserve_links(load->builder, 1, &link, load->err);
    }
    if (*taken && status == CN_OK) {
        cn__builder_fill_links(load->builder, link, &one);
        see_row(r, chunk, i);
    }
    return status;
}

/*
 * A chunk in which nothing is odd: names its new ids and reserves room. *taken false: something is odd after all, and row by row it will
 * come out; what was named already would have been named just so.
 */
static cn_status take_whole(reading *r, cn__bulk_chunk *chunk, bool *taken) {
    cn__load *load = r->load;
    size_t text = 0;
    uint64_t entities = cn_builder_entity_count(load->builder) + (uint64_t)chunk->unknown_count;
    uint64_t links = cn_builder_link_count(load->builder) + (uint64_t)chunk->row_count;
    const char *end = r->plan.text + r->plan.len;
    cn_status status = CN_OK;
    *taken = false;
    if (chunk->odd_count > 0 || chunk->unfinished || entities > load->limits.max_entities ||
        links > load->limits.max_links || (chunk->unknown_count > 0 && !r->job->assembly->name_entities)) {
        return CN_OK;
    }
    for (size_t i = 0; i < chunk->unknown_count && status == CN_OK; i++) {
        if (i + AHEAD < chunk->unknown_count) {
            uint32_t later = chunk->unknown[i + AHEAD];
            cn__bulk_ids_fetch(&r->ids, chunk->ids[later], chunk->id_lens[later], end);
            cn__builder_fetch_entity(load->builder, chunk->ids[later], chunk->id_lens[later]);
        }
        status = take_end(r, chunk, chunk->unknown[i]);
    }
    if (status == CN_OK) {
        status = take_texts(r, chunk, &text, chunk->row_count);
    }
    cn__link_columns all = cn__bulk_links(&r->plan, chunk);
    if (status == CN_OK && cn__builder_links_hold(load->builder, &all)) {
        status = cn__builder_reserve_links(load->builder, chunk->row_count, &chunk->first, load->err);
        *taken = chunk->reserved = status == CN_OK;
        r->at = chunk->end;
        r->line += chunk->lines;
        if (chunk->row_count > 0) {
            see_row(r, chunk, chunk->row_count - 1);
        }
    }
    return status;
}

/* All rows of a chunk that begins at r->at, one by one. */
static cn_status take_rows(reading *r, cn__bulk_chunk *chunk) {
    cn_status status = CN_OK;
    size_t odd = 0;
    size_t text = 0;
    for (size_t i = 0; i <= chunk->row_count && status == CN_OK && !r->load->stop; i++) {
        for (; odd < chunk->odd_count && chunk->odd[odd].before == i && status == CN_OK && !r->load->stop; odd++) {
            status = take_odd(r, chunk->odd[odd].at, r->line + chunk->odd[odd].line);
        }
        bool taken = i == chunk->row_count || status != CN_OK || r->load->stop;
        if (!taken) {
            status = take_texts(r, chunk, &text, i);
        }
        if (!taken && status == CN_OK) {
            status = take_plain(r, chunk, i, &taken);
        }
        if (!taken && status == CN_OK) {
            status = take_odd(r, chunk->start + chunk->at[i], r->line + chunk->line[i]);
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

static cn_status take_chunk(reading *r, cn__bulk_chunk *chunk) {
    bool taken = false;
    if (chunk->failed) {
        return CN__NO_MEMORY(r->load->err);
    }
    cn_status status = take_whole(r, chunk, &taken);
    return status == CN_OK && !taken ? take_rows(r, chunk) : status;
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
        cn__bulk_parse(&r->plan, &r->memories[thread_number()], &r->chunks[i]);
    }
    cn_status status = CN_OK;
    for (int i = 0; i < count && status == CN_OK && !r->load->stop && r->chunks[i].start == r->at; i++) {
        status = take_chunk(r, &r->chunks[i]);
    }
#pragma omp parallel for schedule(dynamic, 1) num_threads(r->threads)
    for (int i = 0; i < count; i++) {
        if (r->chunks[i].reserved) {
            cn__link_columns links = cn__bulk_links(&r->plan, &r->chunks[i]);
            cn__builder_fill_links(r->load->builder, r->chunks[i].first, &links);
        }
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
    size_t chunks = (size_t)r.threads * CHUNKS_PER_THREAD;
    r.chunks = cn__calloc(chunks, sizeof *r.chunks);
    r.memories = cn__calloc((size_t)r.threads, sizeof *r.memories);
    r.ids.builder = load->builder;
    r.plan.ids = &r.ids;
    bool ready = r.chunks && r.memories && cn__bulk_ids_follow(&r.ids);
    cn_status status = ready ? CN_OK : CN__NO_MEMORY(load->err);
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
    cn__free(r.memories);
    cn__bulk_ids_release(&r.ids);
    return status;
}
