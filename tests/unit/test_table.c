/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of results and its three writers. Expected texts are written by hand from RFC 4180, RFC 8259 and the
 * header's contract; none was taken from the program's output.
 */
#include "check.h"

#include "coopnet/table.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef cn_status (*writer)(const cn_table *table, cn_sink sink, cn_error *err);

static cn_status as_json(const cn_table *table, cn_sink sink, cn_error *err) {
    return cn_table_write_json(table, 0, sink, err);
}

static cn_table *new_table(void) {
    cn_table *table = NULL;
    CHECK_INT(cn_table_create(&table, NULL), CN_OK);
    return table;
}

/* Write, compare, free. */
static void expect(cn_table *table, writer write, const char *want) {
    cn_buf out = {0};
    cn_error err = {0};
    CHECK_INT(write(table, cn_sink_buf(&out), &err), CN_OK);
    CHECK_TEXT(out.data ? out.data : "", want);
    cn_buf_release(&out);
    cn_table_free(table);
}

static void expect_text(cn_table *table, const cn_table_text_options *options, const char *want) {
    cn_buf out = {0};
    CHECK_INT(cn_table_write_text(table, options, cn_sink_buf(&out), NULL), CN_OK);
    CHECK_TEXT(out.data ? out.data : "", want);
    cn_buf_release(&out);
    cn_table_free(table);
}

/* One row with a cell of every type, then one with nothing in each. */
static cn_table *every_type(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "name", "Name", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "x", "X", CN_CELL_NUMBER, 2);
    cn_table_add_column(table, "n", "N", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "sum", "Sum", CN_CELL_MONEY, 0);
    cn_table_add_column(table, "day", "Day", CN_CELL_DATE, 0);
    cn_table_add_text(table, "plant");
    cn_table_add_number(table, 0.1);
    cn_table_add_count(table, -7);
    cn_table_add_money(table, 4820000050);
    cn_table_add_date(table, cn_date_make(2016, 7, 1));
    cn_table_add_text(table, "");
    cn_table_add_number(table, (double)NAN);
    cn_table_add_count(table, 0);
    cn_table_add_money(table, INT64_MIN);
    cn_table_add_date(table, CN_DATE_NONE);
    CHECK_INT(cn_table_row_count(table), 2);
    return table;
}

static void csv_types(void) {
    expect(every_type(), cn_table_write_csv, "name,x,n,sum,day\nplant,0.1,-7,48200000.50,2016-07-01\n,,0,,\n");
}

static void json_types(void) {
    expect(every_type(), as_json,
           "[\n"
           " {\"name\": \"plant\", \"x\": 0.1, \"n\": -7, \"sum\": 48200000.50, \"day\": \"2016-07-01\"},\n"
           " {\"name\": \"\", \"x\": null, \"n\": 0, \"sum\": null, \"day\": null}\n"
           "]");
}

static void text_types(void) {
    const cn_table_text_options options = {.lang = CN_LANG_EN, .currency = ""};
    cn_buf out = {0};
    cn_table *table = every_type();
    CHECK_INT(cn_table_write_text(table, &options, cn_sink_buf(&out), NULL), CN_OK);
    CHECK(strstr(out.data, "plant") != NULL);
    CHECK(strstr(out.data, "0.1") != NULL);
    CHECK(strstr(out.data, "1 Jul 2016") != NULL);
    const char *second = strrchr(out.data, '0'); /* the last row: a number, a count 0, money, a date */
    CHECK(second && strstr(second, "–") != NULL);
    cn_buf_release(&out);
    cn_table_free(table);
}

static cn_table *one_text(const char *text) {
    cn_table *table = new_table();
    cn_table_add_column(table, "t", "T", CN_CELL_TEXT, 0);
    cn_table_add_text(table, text);
    return table;
}

static void csv_quotes(void) {
    expect(one_text("a,b"), cn_table_write_csv, "t\n\"a,b\"\n");
    expect(one_text("say \"ok\""), cn_table_write_csv, "t\n\"say \"\"ok\"\"\"\n");
    expect(one_text("\""), cn_table_write_csv, "t\n\"\"\"\"\n");
    expect(one_text("two\nlines"), cn_table_write_csv, "t\n\"two\nlines\"\n");
    expect(one_text("cr\rlf"), cn_table_write_csv, "t\n\"cr\rlf\"\n");
    expect(one_text("АО «Завод»"), cn_table_write_csv, "t\nАО «Завод»\n");
}

static void csv_guards_formulas(void) {
    expect(one_text("=1+1"), cn_table_write_csv, "t\n'=1+1\n");
    expect(one_text("+7"), cn_table_write_csv, "t\n'+7\n");
    expect(one_text("-"), cn_table_write_csv, "t\n'-\n");
    expect(one_text("@SUM(A1)"), cn_table_write_csv, "t\n'@SUM(A1)\n");
    expect(one_text("\t=1"), cn_table_write_csv, "t\n'\t=1\n");
    expect(one_text("\r=1"), cn_table_write_csv, "t\n\"'\r=1\"\n");
    expect(one_text("=HYPERLINK(\"x\",1)"), cn_table_write_csv, "t\n\"'=HYPERLINK(\"\"x\"\",1)\"\n");
    expect(one_text("a=1"), cn_table_write_csv, "t\na=1\n");
}

static void csv_never_guards_numbers(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "x", "X", CN_CELL_NUMBER, 2);
    cn_table_add_number(table, -1.5);
    expect(table, cn_table_write_csv, "x\n-1.5\n");
}

/* What is written reads back to the same double. */
static void csv_numbers_are_exact(void) {
    uint64_t state = 7;
    for (int i = 0; i < 2000; i++) {
        uint64_t bits = check_random(&state);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) {
            continue;
        }
        cn_table *table = new_table();
        cn_buf out = {0};
        cn_table_add_column(table, "x", "X", CN_CELL_NUMBER, 2);
        cn_table_add_number(table, value);
        CHECK_INT(cn_table_write_csv(table, cn_sink_buf(&out), NULL), CN_OK);
        CHECK(strtod(out.data + 2, NULL) == value);
        cn_buf_release(&out);
        cn_table_free(table);
    }
}

static void expect_json_string(const char *text, const char *want) {
    cn_buf out = {0};
    cn_json_string(&out, text);
    CHECK_TEXT(out.data, want);
    cn_buf_release(&out);
}

static void json_strings(void) {
    expect_json_string("", "\"\"");
    expect_json_string("Завод", "\"Завод\"");
    expect_json_string("a\"b\\c", "\"a\\\"b\\\\c\"");
    expect_json_string("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
    expect_json_string("\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"");
    expect_json_string("</script>&", "\"\\u003c/script\\u003e\\u0026\"");
    expect_json_string("\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\"");
    expect_json_string("\xFF"
                       "a",
                       "\"\xEF\xBF\xBD"
                       "a\"");
    expect_json_string("\xF0\x9F\x8F\xAD", "\"\xF0\x9F\x8F\xAD\"");
}

static void json_infinity_is_null(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "x", "X", CN_CELL_NUMBER, 2);
    cn_table_add_number(table, (double)INFINITY);
    expect(table, as_json, "[\n {\"x\": null}\n]");
}

static void json_indent(void) {
    cn_buf out = {0};
    cn_table *table = one_text("a");
    CHECK_INT(cn_table_write_json(table, 2, cn_sink_buf(&out), NULL), CN_OK);
    CHECK_TEXT(out.data, "[\n   {\"t\": \"a\"}\n  ]");
    cn_buf_release(&out);
    cn_table_free(table);
}

static void without_rows(void) {
    for (int form = 0; form < 2; form++) {
        cn_table *table = new_table();
        cn_table_add_column(table, "a", "A", CN_CELL_TEXT, 0);
        cn_table_add_column(table, "b", "B", CN_CELL_COUNT, 0);
        expect(table, form ? as_json : cn_table_write_csv, form ? "[]" : "a,b\n");
    }
    expect(new_table(), cn_table_write_csv, "");
    expect_text(new_table(), NULL, "");
}

/* Cyrillic is one column a letter, an ideograph two; numbers stand to the right. */
static void text_aligns(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "name", "Название", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "n", "N", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "kind", "Вид", CN_CELL_TEXT, 0);
    const char *names[] = {"Ёж", "工厂", "Электрозавод"};
    for (int i = 0; i < 3; i++) {
        cn_table_add_text(table, names[i]);
        cn_table_add_count(table, (int64_t)i * 10);
        cn_table_add_text(table, i == 1 ? "" : "завод");
    }
    expect_text(table, &(cn_table_text_options){.lang = CN_LANG_RU},
                "Название       N  Вид\n"
                "Ёж             0  завод\n"
                "工厂          10\n"
                "Электрозавод  20  завод\n");
}

static void text_bold_header(void) {
    expect_text(one_text("a"), &(cn_table_text_options){.bold_header = true}, "\x1b[1mT\x1b[0m\na\n");
}

static void text_cuts_the_widest(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "a", "A", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "b", "B", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "n", "N", CN_CELL_COUNT, 0);
    cn_table_add_text(table, "очень длинное название");
    cn_table_add_text(table, "короткое");
    cn_table_add_count(table, 123);
    /* 12 + 2 + 8 + 2 + 3 = 27 columns */
    expect_text(table, &(cn_table_text_options){.lang = CN_LANG_EN, .max_width = 27},
                "A             B           N\n"
                "очень длинн…  короткое  123\n");
}

/* Where a wide character no longer fits, its column is padded. */
static void text_cuts_wide_characters(void) {
    cn_table *table = new_table();
    cn_table_add_column(table, "a", "A", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "n", "N", CN_CELL_COUNT, 0);
    cn_table_add_text(table, "工厂工厂工厂");
    cn_table_add_count(table, 5);
    expect_text(table, &(cn_table_text_options){.lang = CN_LANG_EN, .max_width = 13},
                "A           N\n"
                "工厂工厂…   5\n");
}

static void text_hides_control_characters(void) {
    expect_text(one_text("a\u202Eb\u2028c"), NULL, "T\na\uFFFDb\uFFFDc\n");
    expect_text(one_text("a\x1b[31m\nb\xC2\x9B"), NULL,
                "T\na\xEF\xBF\xBD[31m\xEF\xBF\xBD"
                "b\xEF\xBF\xBD\n");
}

static void misuse_is_told(void) {
    cn_error err = {0};
    cn_buf out = {0};
    cn_table *table = one_text("a");
    cn_table_add_count(table, 1); /* not the column's type */
    CHECK_INT(cn_table_write_csv(table, cn_sink_buf(&out), &err), CN_ERR_INTERNAL);
    CHECK_INT(out.len, 0);
    cn_table_free(table);
    table = new_table();
    cn_table_add_column(table, "a", "A", CN_CELL_COUNT, 0);
    cn_table_add_column(table, "b", "B", CN_CELL_COUNT, 0);
    cn_table_add_count(table, 1); /* half a row */
    CHECK_INT(as_json(table, cn_sink_buf(&out), &err), CN_ERR_INTERNAL);
    cn_table_free(table);
    table = one_text("a");
    cn_table_add_column(table, "late", "Late", CN_CELL_TEXT, 0);
    CHECK_INT(cn_table_write_text(table, NULL, cn_sink_buf(&out), &err), CN_ERR_INTERNAL);
    cn_table_free(table);
    cn_buf_release(&out);
    cn_table_free(NULL);
}

static bool refuse(void *context, const void *bytes, size_t len) {
    (void)bytes;
    *(size_t *)context += len;
    return false;
}

static void failing_sink(void) {
    size_t seen = 0;
    cn_error err = {0};
    cn_table *table = one_text("a");
    const cn_sink sink = {refuse, &seen};
    CHECK_INT(cn_table_write_csv(table, sink, &err), CN_ERR_IO);
    CHECK_INT(as_json(table, sink, &err), CN_ERR_IO);
    CHECK_INT(cn_table_write_text(table, NULL, sink, &err), CN_ERR_IO);
    CHECK(seen > 0);
    cn_table_free(table);
}

static cn_status whole_life(void) {
    cn_table *table = NULL;
    cn_buf out = {0};
    cn_error err = {0};
    cn_status status = cn_table_create(&table, &err);
    if (!status) {
        cn_table_add_column(table, "name", "Name", CN_CELL_TEXT, 0);
        cn_table_add_column(table, "x", "X", CN_CELL_NUMBER, 3);
        for (int i = 0; i < 20; i++) {
            cn_table_add_text(table, "some longer text to make the arena grow");
            cn_table_add_number(table, i / 3.0);
        }
        status = cn_table_write_text(table, NULL, cn_sink_buf(&out), &err);
    }
    out.len = 0;
    status = status ? status : cn_table_write_csv(table, cn_sink_buf(&out), &err);
    status = status ? status : as_json(table, cn_sink_buf(&out), &err);
    cn_table_free(table);
    cn_buf_release(&out);
    return status;
}

/* Every allocation fails once: no crash, no leak, and the failure is told. */
static void failing_allocations(void) {
    uint64_t nth = 0;
    cn_status status = CN_ERR_MEMORY;
    for (; status && nth < 10000; nth++) {
        cn__alloc_fail_after(nth);
        status = whole_life();
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK(status == CN_OK || status == CN_ERR_MEMORY || status == CN_ERR_IO);
    }
    CHECK(nth > 10 && nth < 10000);
}

int main(void) {
    return check_run((check_case[]){{"csv: every type", csv_types},
                                    {"csv: quotes", csv_quotes},
                                    {"csv: formulas are guarded", csv_guards_formulas},
                                    {"csv: numbers are not", csv_never_guards_numbers},
                                    {"csv: numbers are exact", csv_numbers_are_exact},
                                    {"json: every type", json_types},
                                    {"json: strings", json_strings},
                                    {"json: infinity", json_infinity_is_null},
                                    {"json: indent", json_indent},
                                    {"without rows or columns", without_rows},
                                    {"text: every type", text_types},
                                    {"text: alignment", text_aligns},
                                    {"text: bold header", text_bold_header},
                                    {"text: cutting", text_cuts_the_widest},
                                    {"text cuts wide characters", text_cuts_wide_characters},
                                    {"text: control characters", text_hides_control_characters},
                                    {"misuse", misuse_is_told},
                                    {"failing sink", failing_sink},
                                    {"failing allocations", failing_allocations},
                                    {0}});
}
