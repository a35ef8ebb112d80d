/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The report of a merge as text or JSON, from the same tables; and the file of decisions. In text a list shows its first rows, in JSON
 * all of them.
 */
#include "cmd_merge.h"

#include <string.h>

enum { ROWS_SHOWN = 20 };

static const char *entity_name(const merging *m, uint32_t input, cn_entity entity) {
    return cn_entity_name(m->inputs[input].net, entity);
}

/* "register.json: 17"; only the file where the id is the name, which has a column of its own. */
static void add_place(const session *s, const merging *m, uint32_t input, cn_entity entity, cn_table *table) {
    cn_buf text = {0};
    const char *id = cn_entity_id(m->inputs[input].net, entity);
    bool json_wanted = s->options.number[OPTION_REPORT] == 1;
    cn_buf_add_text(&text, m->inputs[input].label);
    if (json_wanted || strcmp(id, entity_name(m, input, entity)) != 0) {
        cn_buf_add_text(&text, ": ");
        cn_buf_add_text(&text, id);
    }
    cn_table_add_text(table, text.data ? text.data : "");
    cn_buf_release(&text);
}

static void add_reason(const session *s, cn_merge_reason reason, cn_table *table) {
    bool keys = s->options.number[OPTION_REPORT] == 1;
    cn_table_add_text(table, keys ? cn_merge_reason_key(reason) : cn_merge_reason_name(reason, s->lang));
}

static void column(const session *s, cn_table *table, const char *key, cli_text title) {
    cn_table_add_column(table, key, text_of(s->lang, title), CN_CELL_TEXT, 0);
}

/* ---- the lists: each fills at most `most` rows and returns how many there are ---- */

typedef size_t list(session *s, const merging *m, size_t most, cn_table *table);

static size_t list_joined(session *s, const merging *m, size_t most, cn_table *table) {
    const cn_network *net = cn_merge_network(m->merge);
    size_t count = cn_merge_joined_count(m->merge);
    column(s, table, "record", TEXT_COLUMN_RECORD);
    column(s, table, "its_name", TEXT_COLUMN_ITS_NAME);
    column(s, table, "joined_with", TEXT_COLUMN_JOINED_WITH);
    column(s, table, "id", TEXT_COLUMN_ID);
    column(s, table, "reason", TEXT_COLUMN_WHY);
    for (size_t i = 0; i < count && i < most; i++) {
        const cn_merge_joined *row = cn_merge_joined_at(m->merge, i);
        add_place(s, m, row->input, row->entity, table);
        cn_table_add_text(table, entity_name(m, row->input, row->entity));
        cn_table_add_text(table, entity_name(m, row->with_input, row->with_entity));
        cn_table_add_text(table, cn_entity_id(net, row->into));
        add_reason(s, row->reason, table);
    }
    return count;
}

static size_t list_questions(session *s, const merging *m, size_t most, cn_table *table) {
    size_t count = cn_merge_question_count(m->merge);
    column(s, table, "record_a", TEXT_COLUMN_RECORD);
    column(s, table, "name_a", TEXT_COLUMN_NAME);
    column(s, table, "record_b", TEXT_COLUMN_RECORD);
    column(s, table, "name_b", TEXT_COLUMN_NAME);
    column(s, table, "reason", TEXT_COLUMN_WHY);
    for (size_t i = 0; i < count && i < most; i++) {
        const cn_merge_question *row = cn_merge_question_at(m->merge, i);
        add_place(s, m, row->input_a, row->entity_a, table);
        cn_table_add_text(table, entity_name(m, row->input_a, row->entity_a));
        add_place(s, m, row->input_b, row->entity_b, table);
        cn_table_add_text(table, entity_name(m, row->input_b, row->entity_b));
        add_reason(s, row->reason, table);
    }
    return count;
}

/* Whom a conflict is about: a name, or the two ends of a link. */
static void add_subject(session *s, const merging *m, const cn_merge_conflict *row, cn_table *table) {
    const cn_network *net = cn_merge_network(m->merge);
    if (row->of_link) {
        cn_buf text = {0};
        cn_buf_add_text(&text, cn_entity_short(net, cn_link_from(net, row->owner)));
        cn_buf_add_text(&text, cn_link_kind_directed(cn_link_kind_of(net, row->owner)) ? " → " : " – ");
        cn_buf_add_text(&text, cn_entity_short(net, cn_link_to(net, row->owner)));
        cn_buf_add_text(&text, ", ");
        cn_buf_add_text(&text, cn_vocabulary_name(CN_VOC_LINK_KIND, (int)cn_link_kind_of(net, row->owner), s->lang));
        const char *product = cn_link_product(net, row->owner);
        cn_buf_add_text(&text, product[0] ? " " : "");
        cn_buf_add_text(&text, product);
        cn_table_add_text(table, text.data ? text.data : "");
        cn_buf_release(&text);
    } else {
        cn_table_add_text(table, row->owner == CN_NONE ? text_of(s->lang, TEXT_MERGE_NETWORK)
                                                       : cn_entity_name(net, row->owner));
    }
}

static const char *field_title(const session *s, const cn_merge_conflict *row) {
    return row->field < CN_FIELD_COUNT       ? cn_field_name(row->field, s->lang)
           : strcmp(row->what, "value") == 0 ? text_of(s->lang, TEXT_COLUMN_SUM)
           : strcmp(row->what, "kind") == 0  ? text_of(s->lang, TEXT_COLUMN_KIND)
                                             : row->what;
}

static size_t list_conflicts(session *s, const merging *m, size_t most, cn_table *table) {
    size_t count = cn_merge_conflict_count(m->merge);
    bool keys = s->options.number[OPTION_REPORT] == 1;
    column(s, table, "of", TEXT_COLUMN_OF);
    column(s, table, "field", TEXT_COLUMN_FIELD);
    column(s, table, "kept", TEXT_COLUMN_KEPT_VALUE);
    column(s, table, "kept_from", TEXT_COLUMN_FROM_FILE);
    column(s, table, "other", TEXT_COLUMN_OTHER);
    column(s, table, "other_from", TEXT_COLUMN_FROM_FILE);
    for (size_t i = 0; i < count && i < most; i++) {
        const cn_merge_conflict *row = cn_merge_conflict_at(m->merge, i);
        add_subject(s, m, row, table);
        cn_table_add_text(table, keys ? row->what : field_title(s, row));
        cn_table_add_text(table, row->kept);
        cn_table_add_text(table, m->inputs[row->kept_input].label);
        cn_table_add_text(table, row->other);
        cn_table_add_text(table, m->inputs[row->other_input].label);
    }
    return count;
}

static size_t list_renamed(session *s, const merging *m, size_t most, cn_table *table) {
    const cn_network *net = cn_merge_network(m->merge);
    size_t count = cn_merge_renamed_count(m->merge);
    column(s, table, "record", TEXT_COLUMN_RECORD);
    column(s, table, "name", TEXT_COLUMN_NAME);
    column(s, table, "new_id", TEXT_COLUMN_NEW_ID);
    for (size_t i = 0; i < count && i < most; i++) {
        const cn_merge_renamed *row = cn_merge_renamed_at(m->merge, i);
        add_place(s, m, row->input, row->entity, table);
        cn_table_add_text(table, cn_entity_name(net, row->into));
        cn_table_add_text(table, cn_entity_id(net, row->into));
    }
    return count;
}

static const struct {
    const char *key;
    list *fill;
    cli_text heading;
} lists[] = {{"questions", list_questions, TEXT_MERGE_QUESTIONS},
             {"joined", list_joined, TEXT_MERGE_JOINED},
             {"conflicts", list_conflicts, TEXT_MERGE_CONFLICTS},
             {"renamed", list_renamed, TEXT_MERGE_RENAMED}};

/* ---- text ---- */

static cn_status write_list(session *s, const merging *m, size_t which, cn_error *err) {
    cli_digits digits, all;
    cn_table *table = NULL;
    size_t most = session_given(s, OPTION_TOP) ? (size_t)s->options.number[OPTION_TOP] : ROWS_SHOWN;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    size_t count = lists[which].fill(s, m, most, table);
    if (count) {
        cn_buf_add_text(&s->out, "\n");
        session_heading(s, lists[which].heading, digits_of(digits, count), END);
        status = session_table(s, table, err);
        if (count > most) {
            session_line(s, TEXT_MERGE_MORE, digits_of(digits, most), digits_of(all, count), END);
        }
    }
    cn_table_free(table);
    return status;
}

static void count_line(session *s, uint64_t count, cli_text text) {
    cli_digits digits;
    if (count) {
        session_line(s, text, digits_of(digits, count), END);
    }
}

static void write_head(session *s, const merging *m) {
    const cn_merge_counts *counts = cn_merge_counts_of(m->merge);
    const cn_network *net = cn_merge_network(m->merge);
    cli_digits digits[5];
    session_line(s, TEXT_MERGE_HEAD, digits_of(digits[0], m->count), digits_of(digits[1], counts->entities_in),
                 digits_of(digits[2], counts->links_in), digits_of(digits[3], cn_entity_count(net)),
                 digits_of(digits[4], cn_link_count(net)), END);
    count_line(s, counts->links_twice, TEXT_MERGE_LINKS_TWICE);
    count_line(s, counts->links_inside, TEXT_MERGE_LINKS_INSIDE);
    count_line(s, counts->links_unfit, TEXT_MERGE_LINKS_UNFIT);
    count_line(s, counts->apart, TEXT_MERGE_APART);
    count_line(s, counts->bad_numbers, TEXT_MERGE_BAD_NUMBERS);
    count_line(s, counts->decisions_used, TEXT_MERGE_DECISIONS_USED);
    count_line(s, counts->decisions_unknown, TEXT_MERGE_DECISIONS_UNKNOWN);
    count_line(s, counts->not_asked, TEXT_MERGE_NOT_ASKED);
    if (cn_merge_question_count(m->merge)) {
        const char *file = s->options.text[OPTION_DECISIONS];
        cli_digits fresh;
        if (!file) {
            session_line(s, TEXT_MERGE_HOW_TO_DECIDE, END);
        } else if (m->new_questions) {
            session_line(s, TEXT_MERGE_ASKED, digits_of(fresh, m->new_questions), file, END);
        } else {
            session_line(s, TEXT_MERGE_STILL_OPEN, file, END);
        }
    }
}

/* ---- JSON ---- */

static cn_status write_json(session *s, const merging *m, cn_error *err) {
    const cn_merge_counts *c = cn_merge_counts_of(m->merge);
    const cn_network *net = cn_merge_network(m->merge);
    cn_status status = CN_OK;
    json j = {&s->out, 0, true};
    json_begin(&j, NULL, '{');
    json_begin(&j, "networks", '[');
    for (size_t i = 0; i < m->count; i++) {
        json_text(&j, NULL, m->inputs[i].label);
    }
    json_end(&j, ']');
    json_count(&j, "entities_in", c->entities_in);
    json_count(&j, "links_in", c->links_in);
    json_count(&j, "entities", cn_entity_count(net));
    json_count(&j, "links", cn_link_count(net));
    json_count(&j, "links_twice", c->links_twice);
    json_count(&j, "links_inside", c->links_inside);
    json_count(&j, "left_out", c->links_unfit);
    json_count(&j, "apart", c->apart);
    json_count(&j, "bad_numbers", c->bad_numbers);
    json_count(&j, "decisions_used", c->decisions_used);
    json_count(&j, "decisions_unknown", c->decisions_unknown);
    json_count(&j, "not_asked", c->not_asked);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !status; i++) {
        cn_table *table = NULL;
        status = cn_table_create(&table, err);
        if (!status) {
            (void)lists[i].fill(s, m, SIZE_MAX, table);
            status = json_table(&j, lists[i].key, table, err);
        }
        cn_table_free(table);
    }
    json_end(&j, '}');
    return status;
}

cn_status merge_report(session *s, const merging *m, cn_error *err) {
    cn_status status = CN_OK;
    if (s->options.number[OPTION_REPORT] == 1) {
        return write_json(s, m, err);
    }
    write_head(s, m);
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !status; i++) {
        status = write_list(s, m, i, err);
    }
    return status;
}

/* ---- the file of decisions ---- */

static bool same_side(const char *id, const char *file, const char *other_id, const char *other_file) {
    return strcmp(id, other_id) == 0 && (!file[0] || !other_file[0] || strcmp(file, other_file) == 0);
}

/* Was this asked before, in either order? */
static bool is_asked(const cn_decisions *decisions, size_t count, const cn_decision *q) {
    for (size_t i = 0; i < count; i++) {
        cn_decision d = cn_decisions_at(decisions, i);
        if ((same_side(d.id_a, d.file_a, q->id_a, q->file_a) && same_side(d.id_b, d.file_b, q->id_b, q->file_b)) ||
            (same_side(d.id_a, d.file_a, q->id_b, q->file_b) && same_side(d.id_b, d.file_b, q->id_a, q->file_a))) {
            return true;
        }
    }
    return false;
}

static cn_status add_questions(const session *s, merging *m, cn_error *err) {
    size_t before = cn_decisions_count(m->decisions);
    cn_status status = CN_OK;
    for (size_t i = 0; i < cn_merge_question_count(m->merge) && !status; i++) {
        const cn_merge_question *q = cn_merge_question_at(m->merge, i);
        cn_decision row = {.id_a = cn_entity_id(m->inputs[q->input_a].net, q->entity_a),
                           .file_a = q->need_files ? m->inputs[q->input_a].label : "",
                           .id_b = cn_entity_id(m->inputs[q->input_b].net, q->entity_b),
                           .file_b = q->need_files ? m->inputs[q->input_b].label : "",
                           .name_a = entity_name(m, q->input_a, q->entity_a),
                           .name_b = entity_name(m, q->input_b, q->entity_b),
                           .why = cn_merge_reason_name(q->reason, s->lang)};
        if (!is_asked(m->decisions, before, &row)) {
            m->new_questions++;
            status = cn_decisions_add(m->decisions, &row, err);
        }
    }
    return status;
}

static cn_status write_rows(const merging *m, const char *path, cn_error *err) {
    static const char *const keys[] = {"decision", "why",    "id_a",   "name_a", "file_a",
                                       "id_b",     "name_b", "file_b", "note"};
    static const char *const words[] = {"", "same", "different"};
    cn_table *table = NULL;
    cn_buf out = {0};
    cn_status status = cn_table_create(&table, err);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !status; i++) {
        cn_table_add_column(table, keys[i], "", CN_CELL_TEXT, 0);
    }
    for (size_t i = 0; i < cn_decisions_count(m->decisions) && !status; i++) {
        cn_decision d = cn_decisions_at(m->decisions, i);
        const char *cells[] = {words[d.decided], d.why, d.id_a, d.name_a, d.file_a, d.id_b, d.name_b, d.file_b, d.note};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            cn_table_add_text(table, cells[k]);
        }
    }
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&out), err);
    status = status ? status : cn_file_write(path, out.data, out.len, err);
    cn_table_free(table);
    cn_buf_release(&out);
    return status;
}

int merge_write_decisions(session *s, merging *m) {
    cn_error err = {0};
    const char *path = s->options.text[OPTION_DECISIONS];
    if (!path) {
        return EXIT_DONE;
    }
    cn_status status = add_questions(s, m, &err);
    if (!status && m->new_questions) {
        status = write_rows(m, path, &err);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}
