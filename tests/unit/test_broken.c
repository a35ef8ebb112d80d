/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every message that an input can get has an example in graphs/broken/, and loading it finds exactly what
 * graphs/broken/expected.tsv says. Messages that only a limit brings up are tested here with small limits.
 */
#include "check.h"

#include "coopnet/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BROKEN COOPNET_SOURCE_DIR "/graphs/broken/"

enum { ROWS_MAX = 400, TEXT_MAX = 128 };

typedef struct expected {
    char path[TEXT_MAX]; /* of the file within the folder, tables with their folder */
    char key[TEXT_MAX];
    int exit_code;
    unsigned line;
    unsigned column;
} expected;

/* The messages an input can get: those of these two tables that are no FAIL. */
static const struct {
    const char *key;
    cn_level level;
} messages[] = {
#define CN_MESSAGE(id, level, key, en, ru) {key, CN_LEVEL_##level},
#include "coopnet/messages_bank.def"
#include "coopnet/messages_fns.def"
#include "coopnet/messages_foreign.def"
#include "coopnet/messages_load.def"
#include "coopnet/messages_model.def"
#include "coopnet/messages_sheets.def"
#include "coopnet/messages_tables.def"
#undef CN_MESSAGE
};

/* Only a limit or an option brings these up: see limits() and the cases below, test_tables.c and test_sheets.c. */
static const char *const by_limit[] = {"input-too-large",   "text-too-long", "too-many-entities", "too-many-links",
                                       "too-many-cells",    "line-too-long", "foreign-too-many",  "foreign-no-groups",
                                       "decoded-too-large", "rows-skipped",  "map-unused",        "archive-swells",
                                       "no-workbook"};

static size_t read_expected(expected rows[ROWS_MAX]) {
    FILE *file = fopen(BROKEN "expected.tsv", "r");
    CHECK(file != NULL);
    char line[512];
    size_t count = 0;
    CHECK(fgets(line, sizeof line, file) != NULL); /* header */
    while (count < ROWS_MAX && fgets(line, sizeof line, file)) {
        expected *row = &rows[count++];
        int got = sscanf(line, "%127[^\t]\t%d\t%u\t%u\t%127s", row->path, &row->exit_code, &row->line, &row->column,
                         row->key);
        if (got != 5) {
            printf("  expected.tsv: %s", line);
        }
        CHECK_INT(got, 5);
    }
    (void)fclose(file);
    return count;
}

/* What is given to the loader for a row: the file, or the folder of tables. */
static void input_of(const expected *row, char out[TEXT_MAX]) {
    size_t len = strcspn(row->path, "/");
    memcpy(out, row->path, len);
    out[len] = '\0';
}

static void load_one(const char *input, const expected *rows, size_t count) {
    char path[1024];
    (void)snprintf(path, sizeof path, "%s%s", BROKEN, input);
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load(path, NULL, diags, &net, NULL);
    size_t seen = 0;
    int exit_code = 0;
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        char of_row[TEXT_MAX];
        input_of(&rows[i], of_row);
        if (strcmp(of_row, input) != 0) {
            continue;
        }
        exit_code = rows[i].exit_code;
        const cn_diag *diag = seen < cn_diags_count(diags) ? cn_diags_at(diags, seen) : NULL;
        same = same && diag && strcmp(cn_message_key(diag->message), rows[i].key) == 0 && diag->line == rows[i].line &&
               diag->column == rows[i].column &&
               strncmp(diag->file + strlen(BROKEN), rows[i].path, strlen(rows[i].path)) == 0;
        seen++;
    }
    same = same && seen == cn_diags_count(diags) && (status == CN_ERR_INPUT) == (exit_code == 3) &&
           (net == NULL) == (exit_code == 3);
    for (size_t i = 0; i < cn_diags_count(diags) && !same; i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        printf("  %s\n", line.data);
        cn_buf_release(&line);
    }
    if (!same) {
        printf("  %s: not what expected.tsv says (status %d)\n", input, (int)status);
    }
    cn_network_free(net);
    cn_diags_free(diags);
    CHECK(same);
}

static void examples_give_their_message(void) {
    static expected rows[ROWS_MAX];
    size_t count = read_expected(rows);
    char before[TEXT_MAX] = "";
    for (size_t i = 0; i < count; i++) {
        char input[TEXT_MAX];
        input_of(&rows[i], input);
        if (strcmp(input, before) != 0) {
            load_one(input, rows, count);
        }
        memcpy(before, input, sizeof before);
    }
}

static bool is_by_limit(const char *key) {
    for (size_t i = 0; i < sizeof by_limit / sizeof *by_limit; i++) {
        if (strcmp(by_limit[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void every_message_has_an_example(void) {
    static expected rows[ROWS_MAX];
    size_t count = read_expected(rows);
    bool all = true;
    for (size_t m = 0; m < sizeof messages / sizeof *messages; m++) {
        bool found = messages[m].level == CN_LEVEL_FAIL || is_by_limit(messages[m].key);
        for (size_t i = 0; i < count && !found; i++) {
            found = strcmp(rows[i].key, messages[m].key) == 0;
        }
        if (!found) {
            printf("  no example of %s\n", messages[m].key);
        }
        all = all && found;
    }
    CHECK(all);
}

/* Load a text under limits; the one finding must have this key and place. */
static void refused(const char *text, cn_load_limits limits, const char *key, unsigned line, unsigned column) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_load_options options = {.limits = limits};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("x", text, strlen(text), &options, diags, &net, NULL), CN_ERR_INPUT);
    CHECK(net == NULL);
    CHECK_INT(cn_diags_count(diags), 1);
    const cn_diag *diag = cn_diags_at(diags, 0);
    CHECK_TEXT(cn_message_key(diag->message), key);
    CHECK_INT(diag->line, line);
    CHECK_INT(diag->column, column);
    cn_buf shown = {0};
    cn_diag_text(diag, CN_LANG_RU, &shown);
    CHECK(shown.len > 0);
    cn_buf_release(&shown);
    cn_diags_free(diags);
}

static void limits(void) {
    const char *json = "{\"coopnet\": 1, \"companies\": [{\"id\": \"a\"}, {\"id\": \"b\", \"name\": \"long name\"}],\n"
                       "\"links\": [{\"from\": \"a\", \"to\": \"b\", \"kind\": \"supply\"},\n"
                       " {\"from\": \"b\", \"to\": \"a\", \"kind\": \"supply\"}]}";
    const char *csv = "from,to\na,b\nb,c\n";
    refused(json, (cn_load_limits){.max_file_bytes = 20}, "input-too-large", 0, 0);
    refused(json, (cn_load_limits){.max_entities = 1}, "too-many-entities", 1, 50);
    refused(json, (cn_load_limits){.max_links = 1}, "too-many-links", 3, 2);
    refused(json, (cn_load_limits){.max_text_bytes = 8}, "text-too-long", 1, 63);
    refused(json, (cn_load_limits){.max_depth = 2}, "too-deep", 1, 30);
    refused(csv, (cn_load_limits){.max_entities = 2}, "too-many-entities", 3, 3);
    refused(csv, (cn_load_limits){.max_links = 1}, "too-many-links", 3, 1);
    refused("from,to,note\na,b,123456789\n", (cn_load_limits){.max_text_bytes = 8}, "text-too-long", 2, 5);
}

static void row_of_very_many_cells(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "from,to\na,b");
    for (int i = 0; i < 10000; i++) {
        cn_buf_add_text(&text, ",");
    }
    cn_buf_add_text(&text, "x\n");
    refused(text.data, (cn_load_limits){0}, "too-many-cells", 2, 10003);
    cn_buf_release(&text);
}

static void row_of_very_many_bytes(void) {
    cn_buf text = {0};
    char block[4097];
    memset(block, 'x', sizeof block - 1);
    block[sizeof block - 1] = '\0';
    cn_buf_add_text(&text, "from,to\na,");
    for (int i = 0; i < (64 << 20) / 4096; i++) {
        cn_buf_add_text(&text, block);
    }
    cn_buf_add_text(&text, "\nb,c\n");
    refused(text.data, (cn_load_limits){0}, "line-too-long", 2, 1);
    cn_buf_release(&text);
}

int main(void) {
    return check_run((check_case[]){{"examples_give_their_message", examples_give_their_message},
                                    {"every_message_has_an_example", every_message_has_an_example},
                                    {"limits", limits},
                                    {"row_of_very_many_cells", row_of_very_many_cells},
                                    {"row_of_very_many_bytes", row_of_very_many_bytes},
                                    {0}});
}
