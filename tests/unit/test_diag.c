/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of findings: order, limits, copies, and the lines a person sees. */
#include "check.h"
#include "coopnet/diag.h"

#include <stdio.h>
#include <string.h>

static cn_diags *new_list(void) {
    cn_diags *diags = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return diags;
}

static void add(cn_diags *diags, cn_message message, const char *file, uint32_t line, uint32_t column,
                const char *text) {
    cn_diags_add(diags, message, file, line, column, 2, (const char *[]){text, "x"});
}

static void empty(void) {
    cn_diags *diags = new_list();
    CHECK_INT(cn_diags_count(diags), 0);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 0);
    CHECK(cn_diags_complete(diags));
    cn_diags_free(diags);
    cn_diags_free(NULL);
}

static void order(void) {
    cn_diags *diags = new_list();
    add(diags, CN_MSG_CANNOT_READ, "z.csv", 5, 1, "0");
    add(diags, CN_MSG_CANNOT_WRITE, "a.csv", 2, 1, "1");
    add(diags, CN_MSG_CANNOT_WRITE, "z.csv", 5, 1, "2");
    add(diags, CN_MSG_CANNOT_WRITE, "z.csv", 4, 9, "3");
    add(diags, CN_MSG_CANNOT_WRITE, "z.csv", 4, 2, "4");
    add(diags, CN_MSG_CANNOT_WRITE, "a.csv", 0, 0, "5");
    static const char want[] = "430251";
    CHECK_INT(cn_diags_count(diags), 6);
    for (size_t i = 0; i < 6; i++) {
        CHECK_INT(cn_diags_at(diags, i)->args[0][0], want[i]);
    }
    /* Adding goes on after reading. */
    add(diags, CN_MSG_CANNOT_WRITE, "z.csv", 1, 1, "6");
    CHECK_INT(cn_diags_at(diags, 0)->args[0][0], '6');
    CHECK_INT(cn_diags_at(diags, 6)->args[0][0], '1');
    cn_diags_free(diags);
}

static void texts_are_copied(void) {
    cn_diags *diags = new_list();
    char file[] = "net.json";
    char text[] = "first";
    add(diags, CN_MSG_CANNOT_WRITE, file, 1, 2, text);
    memset(file, 'x', sizeof file - 1);
    memset(text, 'y', sizeof text - 1);
    const cn_diag *diag = cn_diags_at(diags, 0);
    for (int i = 0; i < 500; i++) {
        add(diags, CN_MSG_CANNOT_WRITE, "net.json", 3, 1, "more");
    }
    CHECK_TEXT(diag->file, "net.json"); /* what was borrowed stays */
    CHECK_TEXT(diag->args[0], "first");
    CHECK_INT(diag->arg_count, 2);
    CHECK_INT(diag->line, 1);
    CHECK_INT(diag->column, 2);
    CHECK_INT(diag->level, CN_LEVEL_ERROR);
    CHECK(cn_diags_at(diags, 500)->file == diag->file);
    cn_diags_free(diags);
}

static void limit(void) {
    cn_diags *diags = new_list();
    for (uint32_t i = 0; i < 200000; i++) {
        add(diags, CN_MSG_CANNOT_WRITE, "f", 200000 - i, 1, "a");
        if (i % 400 == 0) {
            add(diags, CN_MSG_CANNOT_READ, "f", 1, i, "b");
        }
    }
    CHECK_INT(cn_diags_count(diags), CN_DIAGS_PER_MESSAGE + 500);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 200500);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_NOTE), 0);
    CHECK_INT(cn_diags_dropped(diags, CN_MSG_CANNOT_WRITE), 199000);
    CHECK_INT(cn_diags_dropped(diags, CN_MSG_CANNOT_READ), 0);
    CHECK_INT(cn_diags_dropped(diags, CN_MSG_COUNT), 0);
    CHECK(cn_diags_complete(diags));
    uint32_t last = 0;
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        CHECK(cn_diags_at(diags, i)->line >= last);
        last = cn_diags_at(diags, i)->line;
    }
    cn_diags_free(diags);
}

static void check_line(const char *file, uint32_t line, uint32_t column, const char *arg, const char *en,
                       const char *ru) {
    cn_diags *diags = new_list();
    add(diags, CN_MSG_CANNOT_READ, file, line, column, arg);
    cn_buf buf = {0};
    cn_diag_line(cn_diags_at(diags, 0), CN_LANG_EN, &buf);
    CHECK_TEXT(buf.data, en);
    cn_buf_release(&buf);
    cn_diag_line(cn_diags_at(diags, 0), CN_LANG_RU, &buf);
    CHECK_TEXT(buf.data, ru);
    cn_buf_release(&buf);
    cn_diags_free(diags);
}

static void lines(void) {
    check_line("dir/сеть.json", 12, 5, "a", "dir/сеть.json:12:5: error: cannot read a: x [cannot-read]",
               "dir/сеть.json:12:5: ошибка: не удаётся прочитать a: x [cannot-read]");
    check_line("-", 12, 0, "a", "-:12: error: cannot read a: x [cannot-read]",
               "-:12: ошибка: не удаётся прочитать a: x [cannot-read]");
    check_line("f", 0, 0, "a", "f: error: cannot read a: x [cannot-read]",
               "f: ошибка: не удаётся прочитать a: x [cannot-read]");
    check_line(NULL, 3, 3, NULL, "error: cannot read : x [cannot-read]",
               "ошибка: не удаётся прочитать : x [cannot-read]");
    check_line("f\x1B[2J\xFF", 1, 1, "{0}\n\xC0",
               "f\\u001b[2J\xEF\xBF\xBD:1:1: error: cannot read {0}\\u000a\xEF\xBF\xBD: x [cannot-read]",
               "f\\u001b[2J\xEF\xBF\xBD:1:1: ошибка: не удаётся прочитать {0}\\u000a\xEF\xBF\xBD: x [cannot-read]");
}

static void levels(void) {
    static const char *const names[][2] = {{"note", "замечание"}, {"warning", "предупреждение"}, {"error", "ошибка"}};
    for (int m = 1; m < CN_MSG_COUNT; m++) {
        cn_diags *diags = new_list();
        cn_diags_add(diags, (cn_message)m, "f", 1, 1, 0, NULL);
        const cn_diag *diag = cn_diags_at(diags, 0);
        cn_level level = cn_message_level((cn_message)m);
        CHECK_INT(diag->level, level == CN_LEVEL_FAIL ? CN_LEVEL_ERROR : level);
        CHECK_INT(cn_diags_total(diags, diag->level), 1);
        for (int lang = 0; lang < 2; lang++) {
            char start[64];
            snprintf(start, sizeof start, "f:1:1: %s: ", names[diag->level][lang]);
            cn_buf buf = {0};
            cn_diag_line(diag, lang == 0 ? CN_LANG_EN : CN_LANG_RU, &buf);
            CHECK(strncmp(buf.data, start, strlen(start)) == 0);
            cn_buf_release(&buf);
        }
        cn_diags_free(diags);
    }
}

int main(void) {
    return check_run((check_case[]){{"empty", empty},
                                    {"order", order},
                                    {"texts are copied", texts_are_copied},
                                    {"limit", limit},
                                    {"lines", lines},
                                    {"levels", levels},
                                    {0}});
}
