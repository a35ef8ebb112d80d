/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates: slots, forms that agree with a number, and cleaned arguments. */
#include "check.h"
#include "text.h"
#include "utf8.h"

#include <string.h>

static void check_format(cn_lang lang, const char *pattern, size_t count, const char *const *args, const char *want) {
    cn_buf buf = {0};
    cn_text_format(&buf, lang, pattern, count, args);
    CHECK_TEXT(buf.data, want);
    cn_buf_release(&buf);
}

static void slots(void) {
    const char *const args[] = {"один", "два", NULL};
    check_format(CN_LANG_EN, "", 0, NULL, "");
    check_format(CN_LANG_EN, "plain", 0, NULL, "plain");
    check_format(CN_LANG_EN, "{0}", 2, args, "один");
    check_format(CN_LANG_EN, "<{1}-{0}-{1}>", 2, args, "<два-один-два>");
    check_format(CN_LANG_EN, "a{5}b", 2, args, "ab");
    check_format(CN_LANG_EN, "a{2}b{2|x|y}", 3, args, "ab");
    check_format(CN_LANG_EN, "a{2|x|y}b", 2, args, "ab");
    check_format(CN_LANG_EN, "{{0} {{ }", 2, args, "{0} { }");
    check_format(CN_LANG_EN, "{x} {} {0x} {12}", 2, args, "{x} {} {0x} {12}");
    check_format(CN_LANG_EN, "open {0", 2, args, "open {0");
    check_format(CN_LANG_EN, "open {", 2, args, "open {");
}

static void check_forms(const char *number, const char *ru, const char *en) {
    const char *const args[] = {number};
    check_format(CN_LANG_RU, "{0|предприятие|предприятия|предприятий}", 1, args, ru);
    check_format(CN_LANG_EN, "{0|one|many}", 1, args, en);
}

static void forms(void) {
    static const char one[] = "предприятие";
    static const char few[] = "предприятия";
    static const char many[] = "предприятий";
    check_forms("0", many, "many");
    check_forms("1", one, "one");
    check_forms("2", few, "many");
    check_forms("4", few, "many");
    check_forms("5", many, "many");
    check_forms("10", many, "many");
    check_forms("11", many, "many");
    check_forms("12", many, "many");
    check_forms("14", many, "many");
    check_forms("15", many, "many");
    check_forms("20", many, "many");
    check_forms("21", one, "many");
    check_forms("22", few, "many");
    check_forms("101", one, "many");
    check_forms("111", many, "many");
    check_forms("112", many, "many");
    check_forms("1011", many, "many");
    check_forms("-1", one, "one");
    check_forms("-2", few, "many");
    check_forms("001", one, "one");
    check_forms("18446744073709551621", one, "many");
    check_forms("1\xC2\xA0"
                "001",
                one, "many");
    check_forms("10 012", many, "many");
    check_forms("1,5", few, "many");
    check_forms("", few, "many");
    check_forms("много", few, "many");
}

static void missing_forms(void) {
    const char *const args[] = {"5"};
    check_format(CN_LANG_RU, "{0|a|b}", 1, args, "b");
    check_format(CN_LANG_RU, "{0|a}", 1, args, "a");
    check_format(CN_LANG_RU, "[{0|a|b|}]", 1, args, "[]");
    check_format(CN_LANG_DEFAULT, "{0|a|b|c}", 1, args, "b");
}

static void clean(void) {
    cn_buf arg = {0};
    static const uint32_t codes[] = {'a', 0x1B, '[', '\n', 0x7F, 0x9B, 'c', 0x202E, 0x2066, 0xFFFD, 'd'};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        cn__utf8_add(&arg, codes[i]);
    }
    cn_buf_add_text(&arg, "\xFF\xD0");
    const char *const args[] = {arg.data, "Ёж — ₽"};
    cn_buf buf = {0};
    CHECK(cn__text_write(cn_sink_buf(&buf), CN_LANG_EN, "{0}|{1}", 2, args, true));
    CHECK_TEXT(buf.data, "a\\u001b[\\u000a\\u007f\\u009bc\\u202e\\u2066\xEF\xBF\xBD"
                         "d\xEF\xBF\xBD\xEF\xBF\xBD|Ёж — ₽");
    cn_buf_release(&buf);
    check_format(CN_LANG_EN, "{0}", 1, args, args[0]);
    cn_buf_release(&arg);
}

static bool refuse(void *context, const void *bytes, size_t len) {
    (void)bytes;
    (void)len;
    return (*(int *)context)-- > 0;
}

static void sink_fails(void) {
    const char *const args[] = {"x\x01y", "2"};
    for (int allowed = 0; allowed < 7; allowed++) {
        int left = allowed;
        CHECK(!cn__text_write((cn_sink){refuse, &left}, CN_LANG_EN, "a{0}b{{c{1|d|e}", 2, args, true));
    }
    int left = 100;
    CHECK(cn__text_write((cn_sink){refuse, &left}, CN_LANG_EN, "a{0}b{{c{1|d|e}", 2, args, true));
}

int main(void) {
    return check_run((check_case[]){{"slots", slots},
                                    {"forms that agree", forms},
                                    {"missing forms", missing_forms},
                                    {"cleaned arguments", clean},
                                    {"a failing sink", sink_fails},
                                    {0}});
}
