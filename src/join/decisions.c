/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of decisions, and its CSV: read with the row scanner of the tables, so that what a spreadsheet makes of the file (another
 * separator, quotes, line ends) is understood. Invariant: texts are offsets into one arena and become pointers when asked for. O(bytes).
 */
#include "coopnet/merge.h"

#include "csv_scan.h"
#include "number.h"
#include "utf8.h"

#include <string.h>

typedef struct kept {
    uint32_t texts[8]; /* id_a file_a id_b file_b name_a name_b why note */
    cn_decided decided;
    uint32_t line;
} kept;

struct cn_decisions {
    kept *rows;
    size_t count, cap;
    cn__arena texts;
};

cn_status cn_decisions_create(cn_decisions **out, cn_error *err) {
    *out = cn__calloc(1, sizeof **out);
    return *out ? CN_OK : CN__NO_MEMORY(err);
}

void cn_decisions_free(cn_decisions *decisions) {
    if (decisions) {
        cn__free(decisions->rows);
        cn__arena_release(&decisions->texts);
        cn__free(decisions);
    }
}

cn_status cn_decisions_add(cn_decisions *d, const cn_decision *decision, cn_error *err) {
    const char *texts[] = {decision->id_a,   decision->file_a, decision->id_b, decision->file_b,
                           decision->name_a, decision->name_b, decision->why,  decision->note};
    kept row = {.decided = decision->decided, .line = decision->line};
    bool ok = cn__grow((void **)&d->rows, &d->cap, d->count, 1, sizeof *d->rows);
    for (size_t i = 0; i < 8 && ok; i++) {
        const char *text = texts[i] ? texts[i] : "";
        ok = cn__arena_add(&d->texts, text, strlen(text), &row.texts[i]);
    }
    if (!ok) {
        return CN__NO_MEMORY(err);
    }
    d->rows[d->count++] = row;
    return CN_OK;
}

size_t cn_decisions_count(const cn_decisions *d) { return d->count; }

cn_decision cn_decisions_at(const cn_decisions *d, size_t index) {
    const kept *row = &d->rows[index];
    cn_decision out = {.decided = row->decided, .line = row->line};
    const char **texts[] = {&out.id_a,   &out.file_a, &out.id_b, &out.file_b,
                            &out.name_a, &out.name_b, &out.why,  &out.note};
    for (size_t i = 0; i < 8; i++) {
        *texts[i] = cn__arena_at(&d->texts, row->texts[i]);
    }
    return out;
}

/* ---- the file ---- */

enum { ID_A, FILE_A, ID_B, FILE_B, NAME_A, NAME_B, WHY, NOTE, DECISION, COLUMNS };
static const char *const column_names[COLUMNS] = {"id_a",   "file_a", "id_b", "file_b",  "name_a",
                                                  "name_b", "why",    "note", "decision"};

typedef struct reading {
    cn_decisions *decisions;
    const char *label;
    cn__csv csv;
    uint32_t columns[COLUMNS]; /* cell of each column, or CN_NONE */
    cn_buf folded;
    cn_error *err;
} reading;

static const char *cell(const reading *r, int column) {
    uint32_t at = r->columns[column];
    return at == CN_NONE || at >= r->csv.cell_count ? "" : cn__csv_text(&r->csv, &r->csv.cells[at]);
}

static cn_status read_header(reading *r) {
    for (int c = 0; c < COLUMNS; c++) {
        r->columns[c] = CN_NONE;
        for (uint32_t i = 0; i < r->csv.cell_count && r->columns[c] == CN_NONE; i++) {
            r->columns[c] = strcmp(cn__csv_text(&r->csv, &r->csv.cells[i]), column_names[c]) == 0 ? i : CN_NONE;
        }
        if (r->columns[c] == CN_NONE && (c == ID_A || c == ID_B || c == DECISION)) {
            return cn__fail(r->err, CN_ERR_INPUT, CN_MSG_DECISIONS_COLUMN, 2,
                            (const char *[]){r->label, column_names[c]});
        }
    }
    return CN_OK;
}

/* The word of a decision; false when it is none. */
static bool read_word(reading *r, cn_decided *out) {
    static const struct {
        const char *word;
        cn_decided decided;
    } words[] = {{"", CN_DECIDED_OPEN},
                 {"?", CN_DECIDED_OPEN},
                 {"same", CN_DECIDED_SAME},
                 {"yes", CN_DECIDED_SAME},
                 {"да", CN_DECIDED_SAME},
                 {"одно", CN_DECIDED_SAME},
                 {"одно и то же", CN_DECIDED_SAME},
                 {"different", CN_DECIDED_DIFFERENT},
                 {"no", CN_DECIDED_DIFFERENT},
                 {"нет", CN_DECIDED_DIFFERENT},
                 {"разные", CN_DECIDED_DIFFERENT}};
    r->folded.len = 0;
    cn__utf8_fold(&r->folded, cell(r, DECISION));
    for (size_t i = 0; i < sizeof words / sizeof *words && !r->folded.failed; i++) {
        if (strcmp(words[i].word, r->folded.data) == 0) {
            *out = words[i].decided;
            return true;
        }
    }
    return false;
}

static cn_status read_row(reading *r) {
    cn_decision d = {cell(r, ID_A),   cell(r, FILE_A), cell(r, ID_B), cell(r, FILE_B), cell(r, NAME_A),
                     cell(r, NAME_B), cell(r, WHY),    cell(r, NOTE), CN_DECIDED_OPEN, r->csv.row_place.line};
    if (!d.id_a[0] || !d.id_b[0]) {
        return CN_OK;
    }
    if (!read_word(r, &d.decided)) {
        if (r->folded.failed) {
            return CN__NO_MEMORY(r->err);
        }
        cn_buf line = {0};
        cn__format_u64(&line, d.line);
        const char *args[] = {r->label, line.data ? line.data : "", cell(r, DECISION)};
        cn_status status = cn__fail(r->err, CN_ERR_INPUT, CN_MSG_DECISION_WORD, 3, args);
        cn_buf_release(&line);
        return status;
    }
    return cn_decisions_add(r->decisions, &d, r->err);
}

static cn_status read_rows(reading *r) {
    bool got = false;
    cn_status status = cn__csv_next(&r->csv, &got);
    if (status != CN_OK || !got) {
        return status; /* an empty file holds no decision */
    }
    status = read_header(r);
    while (status == CN_OK) {
        status = cn__csv_next(&r->csv, &got);
        if (status != CN_OK || !got) {
            break;
        }
        status = read_row(r);
    }
    return status;
}

cn_status cn_decisions_read_bytes(cn_decisions *decisions, const char *label, const void *bytes, size_t len,
                                  cn_diags *diags, cn_error *err) {
    const char *text = len ? bytes : "";
    cn__load load = {.diags = diags, .err = err};
    cn__load_limits_fill(&load.limits);
    reading r = {.decisions = decisions, .label = label, .err = err};
    size_t start = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (cn__utf8_valid(text, len) != len || memchr(text, '\0', len)) {
        return cn__fail(err, CN_ERR_INPUT, CN_MSG_DECISIONS_ENCODING, 1, (const char *[]){label});
    }
    cn__csv_begin(&r.csv, &load, label, text, start, len);
    cn_status status = read_rows(&r);
    if (status == CN_OK && cn_diags_total(diags, CN_LEVEL_ERROR) > 0) {
        status = cn__fail(err, CN_ERR_INPUT, CN_MSG_DECISIONS_BROKEN, 1, (const char *[]){label});
    }
    cn__csv_release(&r.csv);
    cn_buf_release(&r.folded);
    return status;
}

cn_status cn_decisions_read(cn_decisions *decisions, const char *path, cn_diags *diags, cn_error *err) {
    cn_buf file = {0};
    cn_status status = cn__file_read(path, UINT64_C(256) << 20, NULL, &file, err);
    if (status == CN_OK) {
        status = cn_decisions_read_bytes(decisions, path, file.data, file.len, diags, err);
    }
    cn_buf_release(&file);
    return status;
}
