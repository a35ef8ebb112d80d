/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The row reader as its users see it: rows come one by one; until it is clear which is the header they wait (row_look.c), then each
 * becomes records (row_record.c, row_matrix.c). Of a table of properties `columns` are those that were given so far.
 */
#include "row_internal.h"
#include "utf8.h"

#include <string.h>

void cn__row_reader_begin(cn__row_reader *reader, cn__assembly *assembly, const cn__section *section,
                          const char *label) {
    memset(reader, 0, sizeof *reader);
    reader->assembly = assembly;
    reader->load = assembly->load;
    reader->section = section;
    reader->label = label;
    reader->decimal_comma = true;
    reader->default_kind = CN__ROW_UNUSED;
}

cn_status cn__row_reader_header(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    bool good = false;
    cn__row_stand_on(t, cells, count, place);
    t->begun = true;
    cn_status status = cn__row_header_read(t, &good);
    t->refused = !good;
    return status;
}

static bool is_property_header(cn__row_reader *t) {
    t->folded.len = 0;
    cn__utf8_fold(&t->folded, t->cells[0].text); /* a row that is not empty has a cell */
    const char *key = t->folded.data ? t->folded.data : "";
    return strcmp(key, "key") == 0 || strcmp(key, "ключ") == 0 || strcmp(key, "показатель") == 0;
}

static cn_status begin_properties(cn__row_reader *t) {
    bool header = is_property_header(t);
    t->begun = true;
    if (cn__row_failed(t)) {
        return cn__row_no_memory(t);
    }
    return header ? CN_OK : cn__row_property(t);
}

cn_status cn__row_reader_row(cn__row_reader *t, const cn__row_cell *cells, size_t count, cn__place place) {
    bool decided = false;
    bool properties = t->section->shape == CN__SHAPE_NETWORK;
    cn__row_stand_on(t, cells, count, place);
    if (!cn__row_reader_wanted(t)) {
        return CN_OK;
    }
    if (!t->begun) {
        return properties ? begin_properties(t) : cn__row_look(t, &decided);
    }
    return properties ? cn__row_property(t) : cn__row_record(t);
}

cn_status cn__row_reader_end(cn__row_reader *t) {
    cn_status status = t->begun ? CN_OK : cn__row_look_end(t);
    if (status == CN_OK && !t->begun && !t->load->stop) {
        CN__REPORT0(t->load, t->label, ((cn__place){1, 1}), EMPTY_FILE);
    }
    cn__repairs_done(t->load, t->label, t->place);
    return status;
}

bool cn__row_reader_wanted(const cn__row_reader *reader) { return !reader->refused && !reader->load->stop; }

void cn__row_reader_release(cn__row_reader *reader) {
    cn__free(reader->columns);
    cn_buf_release(&reader->names);
    cn_buf_release(&reader->folded);
    cn_buf_release(&reader->scratch);
    cn_buf_release(&reader->above);
    cn__row_waiting_release(&reader->waiting);
    cn__strmap_release(&reader->named);
    cn__strmap_release(&reader->inns);
    cn__free(reader->inn_of);
    cn__draft_release(&reader->draft);
    memset(reader, 0, sizeof *reader);
}
