/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Input that is large or odd in one place: what would take minutes if some step were quadratic, and places that a long path
 * must not push out of a message. No time is measured; a quadratic reader runs into the time limit of the test.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "check.h"

#include "coopnet/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static cn_diags *diags;
static cn_network *net;

static void clear(void) {
    cn_network_free(net);
    cn_diags_free(diags);
    net = NULL;
    diags = NULL;
}

static cn_status load(const char *label, const char *text) {
    clear();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return cn_load_bytes(label, text, strlen(text), NULL, diags, &net, NULL);
}

static void check_finding(size_t index, const char *key, uint32_t line, uint32_t column) {
    CHECK(index < cn_diags_count(diags));
    const cn_diag *diag = cn_diags_at(diags, index);
    CHECK_TEXT(cn_message_key(diag->message), key);
    CHECK_INT(diag->line, line);
    CHECK_INT(diag->column, column);
}

/* ---- folders ---- */

static char folder[] = "/tmp/coopnet-test-XXXXXX";

static void write_table(const char *name, const char *text) {
    char path[100];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK_INT(cn_file_write(path, text, strlen(text), NULL), CN_OK);
}

static cn_status load_folder(void) {
    clear();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return cn_load(folder, NULL, diags, &net, NULL);
}

static void remove_table(const char *name) {
    char path[100];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK_INT(unlink(path), 0);
}

/* 300,000 items in one cell, of which the last is wrong; its place is right. */
static void long_list_in_a_cell(void) {
    enum { ITEMS = 300000 };
    cn_buf text = {0};
    cn_buf_add_text(&text, "id;roles\nx;");
    for (int i = 0; i < ITEMS; i++) {
        cn_buf_add_text(&text, "sme|");
    }
    cn_buf_add_text(&text, "ыыыы\n");
    write_table("companies.csv", text.data);
    cn_buf_release(&text);
    CHECK_INT(load_folder(), CN_ERR_INPUT);
    CHECK_INT(cn_diags_count(diags), 1);
    check_finding(0, "unknown-value", 2, 3 + 4 * ITEMS);
    remove_table("companies.csv");
}

/* In quotes a doubled quote takes two columns of the file. */
static void places_in_a_quoted_list(void) {
    write_table("companies.csv", "id;roles\nx;\"sme|\"\"a\"\"|sme|b\"\n");
    CHECK_INT(load_folder(), CN_ERR_INPUT);
    check_finding(0, "unknown-value", 2, 8);
    check_finding(1, "unknown-value", 2, 18);
    remove_table("companies.csv");
}

/* network.csv: the header in any case; a separator within a text does not cut it in silence. */
static void properties_of_the_network(void) {
    write_table("companies.csv", "id\nx\n");
    write_table("network.csv", "KEY,Value\nTitle,\"One, two\"\n");
    CHECK_INT(load_folder(), CN_OK);
    CHECK_INT(cn_diags_count(diags), 0);
    CHECK_TEXT(cn_network_title(net), "One, two");
    write_table("network.csv", "Ключ,значение\ntitle,One, two\nnote\n");
    CHECK_INT(load_folder(), CN_ERR_INPUT);
    CHECK_INT(cn_diags_count(diags), 2);
    check_finding(0, "row-too-long", 2, 12);
    check_finding(1, "row-too-short", 3, 1);
    remove_table("companies.csv");
    remove_table("network.csv");
}

static void folder_that_may_not_be_read(void) {
    cn_error err = {0};
    clear();
    CHECK_INT(cn_load(COOPNET_SOURCE_DIR "/CMakeLists.txt/x", NULL, NULL, &net, &err), CN_ERR_INPUT);
    CHECK_TEXT(cn_message_key(err.message), "file-not-found");
}

/* ---- long texts ---- */

/* Ids of 60,000 equal letters that differ in the last ones: the search for a near one does not compare letter by letter. */
static void long_ids_alike(void) {
    enum { LETTERS = 60000, ENTITIES = 20 };
    cn_buf same = {0};
    cn_buf text = {0};
    for (int i = 0; i < LETTERS; i++) {
        cn_buf_add_text(&same, "a");
    }
    cn_buf_add_text(&text, "{\"coopnet\": 1, \"companies\": [");
    for (int i = 0; i < ENTITIES; i++) {
        char end[] = {(char)('a' + i), '\0'};
        cn_buf_add_text(&text, i ? ", {\"id\": \"" : "{\"id\": \"");
        cn_buf_add_text(&text, same.data);
        cn_buf_add_text(&text, end);
        cn_buf_add_text(&text, "\"}");
    }
    cn_buf_add_text(&text, "], \"links\": [{\"kind\": \"supply\", \"from\": \"");
    cn_buf_add_text(&text, same.data);
    cn_buf_add_text(&text, "z\", \"to\": \"");
    cn_buf_add_text(&text, same.data);
    cn_buf_add_text(&text, "b\"}]}");
    CHECK_INT(load("t", text.data), CN_ERR_INPUT);
    CHECK_INT(cn_diags_count(diags), 1);
    CHECK_TEXT(cn_message_key(cn_diags_at(diags, 0)->message), "unknown-reference");
    cn_buf_release(&same);
    cn_buf_release(&text);
}

/* Of a path that is too long for an argument the end is shown, with the line. */
static void place_behind_a_long_path(void) {
    cn_buf path = {0};
    for (int i = 0; i < 200; i++) {
        cn_buf_add_text(&path, "ж");
    }
    cn_buf_add_text(&path, "/net.json");
    CHECK_INT(load(path.data, "{\"coopnet\": 1,\n \"companies\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}"), CN_ERR_INPUT);
    const char *place = cn_diags_at(diags, 0)->args[1];
    size_t len = strlen(place);
    const char *end = "ж/net.json:2:23";
    CHECK(len > strlen(end) && len < 240);
    CHECK_TEXT(place + len - strlen(end), end);
    CHECK(strncmp(place, "…ж", strlen("…ж")) == 0);
    cn_buf_release(&path);
}

static void last(void) {
    clear();
    CHECK_INT(rmdir(folder), 0);
}

int main(void) {
    if (!mkdtemp(folder)) {
        perror("mkdtemp");
        return 1;
    }
    return check_run((check_case[]){{"a long list in a cell", long_list_in_a_cell},
                                    {"places in a quoted list", places_in_a_quoted_list},
                                    {"properties of the network", properties_of_the_network},
                                    {"a folder that may not be read", folder_that_may_not_be_read},
                                    {"long ids alike", long_ids_alike},
                                    {"a place behind a long path", place_behind_a_long_path},
                                    {"last", last},
                                    {0}});
}
