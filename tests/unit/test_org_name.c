/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names: thousands of spellings that are one name, and names that are not. */
#include "check.h"

#include "org_name.h"

#include <stdio.h>
#include <string.h>

/* The key of a name, in a place of its own for each of two calls. */
static const char *key_of(const char *text, int place) {
    static char keys[2][600];
    cn__org_name name = {0};
    CHECK(cn__org_name_read(&name, text));
    (void)snprintf(keys[place], sizeof keys[place], "%s", name.key.data);
    cn__org_name_release(&name);
    return keys[place];
}

static cn__org_family form_of(const char *text) {
    cn__org_name name = {0};
    CHECK(cn__org_name_read(&name, text));
    cn__org_family form = name.form;
    cn__org_name_release(&name);
    return form;
}

static bool same(const char *a, const char *b) {
    bool equal = strcmp(key_of(a, 0), key_of(b, 1)) == 0;
    if (!equal) {
        printf("  %s | %s\n  %s | %s\n", a, b, key_of(a, 0), key_of(b, 1));
    }
    return equal;
}

static void spells(void) {
    CHECK(same("ООО «Ромашка»", "Ромашка, ООО"));
    CHECK(same("ООО «Ромашка»", "Общество с ограниченной ответственностью \"РОМАШКА\""));
    CHECK(same("ООО «Ромашка»", "OOO Ромашкa")); /* Latin OOO and a */
    CHECK(same("ООО «Ромашка»", "О.О.О. „Ромашка“"));
    CHECK(same("ООО«Ромашка»", "Ромашка"));
    CHECK(same("А.О. «Полюс»", "ПАО Полюс"));
    CHECK(same("Электро-Маш", "Электромаш"));
    CHECK(same("Электро – Маш", "ЭЛЕКТРО МАШ"));
    CHECK(same("ОАО «Завод „Берёза“»", "Завод Береза"));
    CHECK(same("Завод № 5", "Завод No 5"));
    CHECK(same("Завод №5", "Завод N 5"));
    CHECK(same("АО «СТМ»", "AO CTM"));
    CHECK(same("Romashka LLC", "Romashka, Ltd."));
    CHECK(same("Siеmens", "Siemens")); /* a Cyrillic е */
    CHECK(same("Nowhere Wire & Oil Co., Ltd.", "Nowhere Wire and Oil"));
    CHECK(same("O'Neil Inc.", "ONeil"));
    CHECK(same("Йогурт", "Йогурт")); /* и and a breve */
    CHECK(same("Ромаш\xC2\xADка", "Ромашка"));
    CHECK(same("ФГУП «Факел»", "Федеральное государственное унитарное предприятие Факел"));
    CHECK(same("ФГБОУ ВО «НТУ»", "НТУ"));
    CHECK(same("Индивидуальный предприниматель Иванов Иван", "ИП Иванов Иван"));
    CHECK(same("ООО", "ооо"));
}

static void tells_apart(void) {
    static const char *const pairs[][2] = {
        {"Завод 1", "Завод 2"},
        {"Завод 1 2", "Завод 12"},
        {"Иванов И.И.", "Иванов"},
        {"Иванов И.И.", "Иванов П.И."},
        {"ООО Вега", "ООО Вега Плюс"},
        {"Beta", "Вета"},
        {"ООО", "АО"},
        {"Ромашка", "Ромашки"},
        {"ИП Иванов", "ИП Петров"},
        {"АО Аон", "АО Он"},
        {"Аоризонт", "Ризонт"},
        {"Ипотека", "Отека"},
        {"ООО «Интех»", "АО «Техин»"},
        {"Завод АС", "Завод"},
        {"Иванов И.П.", "Иванов"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strcmp(key_of(pairs[i][0], 0), key_of(pairs[i][1], 1)) == 0) {
            printf("  %s | %s\n", pairs[i][0], pairs[i][1]);
        }
        CHECK(strcmp(key_of(pairs[i][0], 0), key_of(pairs[i][1], 1)) != 0);
    }
}

static void forms(void) {
    CHECK_INT(form_of("ООО «Ромашка»"), CN__FORM_LIMITED);
    CHECK_INT(form_of("Ромашка Ltd"), CN__FORM_LIMITED);
    CHECK_INT(form_of("ЗАО Ромашка"), CN__FORM_STOCK);
    CHECK_INT(form_of("Ромашка ПАО"), CN__FORM_STOCK);
    CHECK_INT(form_of("Ромашка"), CN__FORM_NONE);
    CHECK_INT(form_of("ИП Иванов И.П."), CN__FORM_SOLE);
    CHECK_INT(form_of("Иванов И.П."), CN__FORM_NONE);
    CHECK_INT(form_of("ООО"), CN__FORM_NONE);
    CHECK_INT(form_of("Siemens AG"), CN__FORM_AG);
    CHECK_INT(form_of("Agrocom Group"), CN__FORM_NONE);
    CHECK_INT(form_of("ОАО «ТД ООО»"), CN__FORM_STOCK);
}

/* ---- generated spellings ---- */

static const char *const bases[] = {"Вымысловский крепёж",
                                    "Небыль Провод",
                                    "Сказовский электрокартон",
                                    "Чудногорский рудник 7",
                                    "Ёлка и Сосна",
                                    "Трансформаторный завод имени Никого",
                                    "МАКСТОР",
                                    "Nowhere Oil",
                                    "Приозёрный обмоточный провод",
                                    "Завод № 12",
                                    "Новая Высота",
                                    "Северо Западный литейный дом",
                                    "Ритм",
                                    "Стройматериалы Севера",
                                    "Хорс",
                                    "ЭТЗ",
                                    "Научно производственное объединение Факел"};
static const char *const form_words[] = {"ООО",
                                         "ооо",
                                         "OOO",
                                         "Общество с ограниченной ответственностью",
                                         "О.О.О.",
                                         "АО",
                                         "ПАО",
                                         "ЗАО",
                                         "ОАО",
                                         "Публичное акционерное общество",
                                         "Открытое Акционерное Общество",
                                         "AO",
                                         "LLC",
                                         "JSC",
                                         ""};
static const char *const quotes[][2] = {{"«", "»"}, {"\"", "\""},   {"„", "“"},  {"“", "”"},
                                        {"", ""},   {" « ", " » "}, {"``", "''"}};

/* Append one letter of the base in some spelling. */
static void spell(cn_buf *out, const char *letter, size_t len, uint64_t *random) {
    static const char *const twins[][2] = {{"А", "A"}, {"В", "B"}, {"Е", "E"}, {"К", "K"}, {"М", "M"}, {"Н", "H"},
                                           {"О", "O"}, {"Р", "P"}, {"С", "C"}, {"Т", "T"}, {"Х", "X"}, {"а", "a"},
                                           {"е", "e"}, {"о", "o"}, {"р", "p"}, {"с", "c"}, {"у", "y"}, {"х", "x"}};
    if (check_below(random, 6) == 0) {
        for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
            if (strlen(twins[i][0]) == len && memcmp(twins[i][0], letter, len) == 0) {
                cn_buf_add_text(out, twins[i][1]);
                return;
            }
        }
    }
    if (len == 2 && memcmp(letter, "ё", 2) == 0 && check_below(random, 2)) {
        cn_buf_add_text(out, check_below(random, 2) ? "е" : "е\xCC\x88");
    } else if (len == 1 && *letter == ' ') {
        static const char *const blanks[] = {" ", "  ", "\xC2\xA0", "-", " - ", "–", "\t"};
        cn_buf_add_text(out, blanks[check_below(random, 7)]);
    } else {
        cn_buf_add(out, letter, len);
    }
}

/* Latin words must not lose their alphabet: only Cyrillic ones are respelled. */
static void respell(cn_buf *out, const char *base, uint64_t *random) {
    for (const char *p = base; *p;) {
        size_t len = (unsigned char)*p < 0x80 ? 1 : (unsigned char)*p < 0xE0 ? 2 : 3;
        spell(out, p, len, random);
        p += len;
    }
}

static void spelling_of(cn_buf *out, const char *base, uint64_t *random) {
    const char *form = form_words[check_below(random, sizeof form_words / sizeof *form_words)];
    const char *const *quote = quotes[check_below(random, sizeof quotes / sizeof *quotes)];
    bool behind = check_below(random, 3) == 0;
    out->len = 0;
    cn_buf_add_text(out, behind ? "" : form);
    cn_buf_add_text(out, behind || check_below(random, 4) == 0 ? "" : " ");
    cn_buf_add_text(out, !behind && quote[0][0] == '\0' ? " " : quote[0]);
    respell(out, base, random);
    cn_buf_add_text(out, quote[1]);
    cn_buf_add_text(out, behind ? check_below(random, 2) ? ", " : " " : "");
    cn_buf_add_text(out, behind ? form : "");
}

static void generated(void) {
    uint64_t random = 20240401;
    cn_buf text = {0};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        for (int n = 0; n < 600; n++) {
            spelling_of(&text, bases[i], &random);
            CHECK(same(bases[i], text.data));
        }
    }
    cn_buf_release(&text);
}

/* One letter more, less or other makes another name, in whatever spelling. */
static void generated_others(void) {
    uint64_t random = 7;
    cn_buf text = {0};
    cn_buf other = {0};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        for (int n = 0; n < 100; n++) {
            other.len = 0;
            size_t at = 2 * check_below(&random, 3);
            cn_buf_add(&other, bases[i], at);
            cn_buf_add_text(&other, (const char *[]){"щ", "ю", "9", "W"}[check_below(&random, 4)]);
            cn_buf_add_text(&other, bases[i] + at);
            spelling_of(&text, other.data, &random);
            CHECK(strcmp(key_of(bases[i], 0), key_of(text.data, 1)) != 0);
        }
        for (size_t k = 0; k < sizeof bases / sizeof *bases; k++) {
            CHECK((strcmp(key_of(bases[i], 0), key_of(bases[k], 1)) == 0) == (i == k));
        }
    }
    cn_buf_release(&text);
    cn_buf_release(&other);
}

/* Any bytes are read, and the words of a name read again are the same. */
static void hostile(void) {
    uint64_t random = 99;
    cn__org_name name = {0};
    char text[64];
    for (int n = 0; n < 20000; n++) {
        size_t len = check_below(&random, sizeof text - 1);
        for (size_t i = 0; i < len; i++) {
            text[i] = (char)(1 + check_below(&random, 255));
        }
        text[len] = '\0';
        CHECK(cn__org_name_read(&name, text));
        CHECK(strlen(name.key.data) == name.key.len);
        CHECK(strlen(name.words.data) == name.words.len);
    }
    cn__org_name_release(&name);
}

int main(void) {
    return check_run((check_case[]){{"spellings of one name", spells},
                                    {"other names", tells_apart},
                                    {"legal forms", forms},
                                    {"generated spellings", generated},
                                    {"generated other names", generated_others},
                                    {"hostile bytes", hostile},
                                    {0}});
}
