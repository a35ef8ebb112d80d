/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the classes of OKPD 2 (okpd2.def), found by number in a table in ascending order. Constant cost but for the search of 88 rows. */
#include "coopnet/ident.h"

#include <stddef.h>

static const struct {
    int number;
    const char *en, *ru;
} classes[] = {
#define CN_OKPD2(number, en, ru) {number, en, ru},
#include "coopnet/okpd2.def"
#undef CN_OKPD2
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

int cn_okpd2_class(const char *code) {
    bool two = is_digit(code[0]) && is_digit(code[1]);
    return two && (!code[2] || code[2] == '.') ? (code[0] - '0') * 10 + (code[1] - '0') : 0;
}

const char *cn_okpd2_class_name(const char *code, cn_lang lang) {
    int number = cn_okpd2_class(code);
    for (size_t i = 0; number > 0 && i < sizeof classes / sizeof *classes; i++) {
        if (classes[i].number == number) {
            return lang == CN_LANG_RU ? classes[i].ru : classes[i].en;
        }
    }
    return "";
}
