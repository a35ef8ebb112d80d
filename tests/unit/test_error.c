/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors: both languages, arguments too long, and the message table itself. */
#include "check.h"
#include "error.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

static void both_languages(void) {
    cn_error err = {0};
    CHECK_INT(CN__FAIL2(&err, CN_ERR_IO, CANNOT_WRITE, "out.svg", "disk full"), CN_ERR_IO);
    CHECK_INT(err.status, CN_ERR_IO);
    CHECK_INT(err.message, CN_MSG_CANNOT_WRITE);
    char text[200];
    CHECK_INT(cn_error_format(&err, CN_LANG_DEFAULT, text, sizeof text), 31);
    CHECK_TEXT(text, "cannot write out.svg: disk full");
    cn_error_format(&err, CN_LANG_RU, text, sizeof text);
    CHECK_TEXT(text, "не удаётся записать out.svg: disk full");
    CHECK_INT(CN__NO_MEMORY(NULL), CN_ERR_MEMORY);
    cn_error none = {0};
    CHECK_INT(cn_error_format(&none, CN_LANG_EN, text, sizeof text), 0);
    CHECK_TEXT(text, "");
}

static void text_is_cut_to_its_room(void) {
    cn_error err = {0};
    CN__FAIL2(&err, CN_ERR_IO, CANNOT_WRITE, "завод", "x");
    char whole[100];
    size_t len = cn_error_format(&err, CN_LANG_RU, whole, sizeof whole);
    CHECK_INT(len, strlen(whole));
    for (size_t cap = 0; cap < 100; cap++) {
        char text[100];
        memset(text, '#', sizeof text);
        CHECK_INT(cn_error_format(&err, CN_LANG_RU, text, cap), len);
        CHECK(text[cap] == '#');
        if (cap > 0) {
            CHECK(strlen(text) < cap && strlen(text) + 4 > (cap <= len ? cap : len));
            CHECK(strncmp(text, whole, strlen(text)) == 0);
            CHECK_INT(cn__utf8_valid(text, strlen(text)), strlen(text));
        }
    }
    CHECK_INT(cn_error_format(&err, CN_LANG_RU, NULL, 0), len);
}

/* Every length around the limit, of one and of two bytes a letter. */
static void long_arguments(void) {
    for (size_t letter = 1; letter <= 2; letter++) {
        for (size_t count = 200; count < 600; count++) {
            char path[1300];
            path[0] = '\0';
            for (size_t i = 0; i < count; i++) {
                memcpy(path + i * letter, letter == 1 ? "a" : "я", letter);
            }
            path[count * letter] = '\0';
            cn_error err = {0};
            CN__FAIL3(&err, CN_ERR_IO, ORG_AMBIGUOUS, path, "why", path);
            const char *args[CN_ARGS_MAX];
            CHECK_INT(cn__error_args(&err, args), 3);
            CHECK_TEXT(args[1], "why");
            CHECK_TEXT(args[0], args[2]);
            size_t len = strlen(args[0]);
            CHECK_INT(cn__utf8_valid(args[0], len), len);
            if (2 * (count * letter + 1) + 4 <= CN_ERROR_TEXT_BYTES) {
                CHECK_TEXT(args[0], path);
            } else {
                CHECK(len < count * letter && len > 230);
                CHECK_TEXT(args[0] + len - 3, "…");
                CHECK(strncmp(args[0], path, len - 3) == 0);
            }
        }
    }
}

static void odd_arguments(void) {
    cn_error err = {0};
    const char *const args[] = {"0", NULL, "2", "3", "4", "5", "6", "7"};
    cn__fail(&err, CN_ERR_INPUT, CN_MSG_INTERNAL, 8, args);
    CHECK_INT(err.arg_count, CN_ARGS_MAX);
    const char *kept[CN_ARGS_MAX];
    CHECK_INT(cn__error_args(&err, kept), CN_ARGS_MAX);
    CHECK_TEXT(kept[1], "");
    CHECK_TEXT(kept[5], "5");
    /* An argument of the error that is overwritten. */
    CN__FAIL1(&err, CN_ERR_INTERNAL, INTERNAL, kept[5]);
    char text[64];
    cn_error_format(&err, CN_LANG_EN, text, sizeof text);
    CHECK_TEXT(text, "internal error: 5");
    CN__FAIL1(&err, CN_ERR_INTERNAL, INTERNAL, "\x1B]0;x\x07");
    cn_error_format(&err, CN_LANG_EN, text, sizeof text);
    CHECK_TEXT(text, "internal error: \\u001b]0;x\\u0007");
}

/* Forms of the first slot that has any in a template, 0 when none has. */
static size_t form_count(const char *pattern) {
    const char *bar = strchr(pattern, '|');
    const char *end = bar ? strchr(bar, '}') : NULL;
    size_t count = 0;
    for (const char *p = bar; p && p < end; p++) {
        count += *p == '|';
    }
    return count;
}

static void message_table(void) {
    for (int m = 1; m < CN_MSG_COUNT; m++) {
        const char *key = cn_message_key((cn_message)m);
        CHECK(*key);
        CHECK_INT(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(key));
        for (int other = 1; other < m; other++) {
            CHECK(strcmp(key, cn_message_key((cn_message)other)) != 0);
        }
        const char *en = cn__message_pattern((cn_message)m, CN_LANG_EN);
        const char *ru = cn__message_pattern((cn_message)m, CN_LANG_RU);
        CHECK(*en && *ru);
        CHECK_INT(cn__utf8_valid(en, strlen(en)), strlen(en));
        CHECK_INT(cn__utf8_valid(ru, strlen(ru)), strlen(ru));
        for (int digit = 0; digit <= 9; digit++) {
            const char slot[] = {'{', (char)('0' + digit), '}', '\0'};
            if (!strstr(en, slot) != !strstr(ru, slot)) {
                CHECK_TEXT(en, ru); /* not the same arguments: shows both */
            }
        }
        if ((form_count(en) != 0 && form_count(en) != 2) || (form_count(ru) != 0 && form_count(ru) != 3)) {
            CHECK_TEXT(en, ru);
        }
    }
    CHECK_TEXT(cn_message_key(CN_MSG_NONE), "");
    CHECK_TEXT(cn_message_key(CN_MSG_COUNT), "");
    CHECK_TEXT(cn_message_key((cn_message)-1), "");
    CHECK_INT(cn_message_level(CN_MSG_OUT_OF_MEMORY), CN_LEVEL_FAIL);
}

static void languages(void) {
    CHECK_INT(cn_lang_find("en"), CN_LANG_EN);
    CHECK_INT(cn_lang_find("RU"), CN_LANG_RU);
    CHECK_INT(cn_lang_find("Ru"), CN_LANG_RU);
    CHECK_INT(cn_lang_find("rus"), CN_LANG_DEFAULT);
    CHECK_INT(cn_lang_find(""), CN_LANG_DEFAULT);
    CHECK_INT(cn_lang_find("r"), CN_LANG_DEFAULT);
    CHECK_INT(cn_lang_find(NULL), CN_LANG_DEFAULT);
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", CN_VERSION_MAJOR, CN_VERSION_MINOR, CN_VERSION_PATCH);
    CHECK_TEXT(cn_version(), version);
}

int main(void) {
    return check_run((check_case[]){{"both languages", both_languages},
                                    {"the text is cut to its room", text_is_cut_to_its_room},
                                    {"long arguments", long_arguments},
                                    {"odd arguments", odd_arguments},
                                    {"message table", message_table},
                                    {"languages and version", languages},
                                    {0}});
}
