/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as people have them: each case is a few lines of text with the links, worked by hand, that they must give, and what must be
 * told. Small tables and the reader of large ones must agree. Mistakes one by one are in graphs/broken.
 */
#include "cell_value.h"
#include "check.h"
#include "load_tuned.h"

#include <stdio.h>
#include <string.h>

static cn_diags *diags;
static cn_network *net;
static cn_error error;
static cn_load_options options;

static void clear(void) {
    cn_network_free(net);
    cn_diags_free(diags);
    net = NULL;
    diags = NULL;
}

static cn_status load_len(const char *text, size_t len, bool bulk) {
    cn__bulk_tuning tuning = {bulk ? 0 : UINT64_MAX, 40, 2};
    clear();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return cn__load_bytes_tuned("t", text, len, &options, &tuning, diags, &net, &error);
}

static uint64_t found(const char *key) {
    uint64_t count = 0;
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        count += strcmp(cn_message_key(cn_diags_at(diags, i)->message), key) == 0;
    }
    return count;
}

/* The links must be exactly these, "from>to=minor product|…". */
static void check_links(const char *want) {
    cn_buf got = {0};
    cn_buf_add_text(&got, "");
    for (cn_link l = 0; net && l < cn_link_count(net); l++) {
        char line[400];
        char value[32] = "";
        if (cn_link_value_minor(net, l) != CN_MONEY_NONE) {
            (void)snprintf(value, sizeof value, "=%lld", (long long)cn_link_value_minor(net, l));
        }
        (void)snprintf(line, sizeof line, "%s%s>%s%s%s%s", l ? "|" : "", cn_entity_id(net, cn_link_from(net, l)),
                       cn_entity_id(net, cn_link_to(net, l)), value, *cn_link_product(net, l) ? " " : "",
                       cn_link_product(net, l));
        cn_buf_add_text(&got, line);
    }
    bool same = strcmp(got.data, want) == 0;
    if (!same) {
        CHECK_TEXT(got.data, want);
    }
    cn_buf_release(&got);
}

/* Both ways. */
static void check_table(const char *text, const char *want) {
    CHECK_INT(load_len(text, strlen(text), true), CN_OK);
    check_links(want);
    CHECK_INT(load_len(text, strlen(text), false), CN_OK);
    check_links(want);
}

static void numbers(void) {
    static const struct {
        const char *text;
        bool comma;
        int shift;
        cn__number_form form;
        const char *want;
    } cases[] = {
        {"1 234 567,89", true, 0, CN__NUMBER_PLAIN, "1234567.89"},
        {"1\xC2\xA0"
         "234\xE2\x80\xAF"
         "567",
         true, 0, CN__NUMBER_PLAIN, "1234567"},
        {"1'234'567.5", true, 0, CN__NUMBER_PLAIN, "1234567.5"},
        {"1.234.567,89", true, 0, CN__NUMBER_READ_AS, "1234567.89"},
        {"1,234,567.89", false, 0, CN__NUMBER_READ_AS, "1234567.89"},
        {"1,234", false, 0, CN__NUMBER_NOT, "1,234"},
        {"12.34.567,8", true, 0, CN__NUMBER_NOT, "12.34.567,8"},
        {"12,5 млн руб.", true, 0, CN__NUMBER_READ_AS, "12500000"},
        {"1,2345", true, 3, CN__NUMBER_PLAIN, "1234.5"},
        {"0,05", true, 6, CN__NUMBER_PLAIN, "50000"},
        {"7 руб.", true, 6, CN__NUMBER_READ_AS, "7"},
        {"25%", true, 0, CN__NUMBER_READ_AS, "0.25"},
        {"5,5 %", true, 0, CN__NUMBER_READ_AS, "0.055"},
        {"100%", true, 0, CN__NUMBER_READ_AS, "1.00"},
        {"\xE2\x88\x92"
         "3,5",
         true, 0, CN__NUMBER_PLAIN, "-3.5"},
        {"1.5e3", true, 0, CN__NUMBER_PLAIN, "1.5e3"},
        {"1.5e3", true, 3, CN__NUMBER_PLAIN, "1500e3"},
        {"12 коробок", true, 0, CN__NUMBER_NOT, "12 коробок"},
        {"", true, 0, CN__NUMBER_NOT, ""},
        {"-", true, 0, CN__NUMBER_NOT, "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_buf out = {0};
        cn_buf_add_text(&out, "");
        cn__number_form form =
            cn__number_read(cases[i].text, strlen(cases[i].text), cases[i].comma, cases[i].shift, &out);
        bool same = form == cases[i].form && strcmp(out.data, cases[i].want) == 0;
        if (!same) {
            printf("  %s: %d %s\n", cases[i].text, (int)form, out.data);
        }
        cn_buf_release(&out);
        CHECK(same);
    }
}

static void units(void) {
    static const struct {
        const char *header;
        int shift;
        size_t len;
    } cases[] = {{"Сумма, млн руб.", 6, 10},
                 {"Сумма (тыс. руб.)", 3, 10},
                 {"Сумма в млрд рублей", 9, 10},
                 {"Value, million USD", 6, 5},
                 {"Сумма, руб.", 0, 10},
                 {"Запас, дней", 0, 20},
                 {"Amount in thousands of roubles", 3, 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int shift = -1;
        CHECK_INT(cn__unit_split(cases[i].header, strlen(cases[i].header), &shift), cases[i].len);
        CHECK_INT(shift, cases[i].shift);
    }
}

/* Which codes a spreadsheet turns into dates, tried by hand: nothing is restored that another code could have become. */
static void codes(void) {
    static const struct {
        const char *text;
        cn__date_look look;
        cn__code_fate fate;
        const char *code;
    } cases[] = {{"23.янв", CN__LOOK_TEXT, CN__CODE_RESTORED, "23.1"},
                 {"26.ноя", CN__LOOK_TEXT, CN__CODE_RESTORED, "26.11"},
                 {"10-Oct", CN__LOOK_TEXT, CN__CODE_RESTORED, "10.10"},
                 {"янв.41", CN__LOOK_TEXT, CN__CODE_RESTORED, "01.41"},
                 {"26.11.2010", CN__LOOK_TEXT, CN__CODE_RESTORED, "26.11.10"},
                 {"01.02.2023", CN__LOOK_TEXT, CN__CODE_LOST, ""},
                 {"2010-11-26", CN__LOOK_DATE, CN__CODE_RESTORED, "26.11.10"},
                 {"2024-11-26", CN__LOOK_DAY, CN__CODE_RESTORED, "26.11"},
                 {"2024-01-23", CN__LOOK_DAY, CN__CODE_RESTORED, "23.1"},
                 {"1941-01-01", CN__LOOK_MONTH, CN__CODE_RESTORED, "01.41"},
                 {"26.11.10", CN__LOOK_TEXT, CN__CODE_FINE, ""},
                 {"27.11.41.000", CN__LOOK_TEXT, CN__CODE_FINE, ""},
                 {"part_a", CN__LOOK_TEXT, CN__CODE_FINE, ""},
                 {"мартовское пиво", CN__LOOK_TEXT, CN__CODE_FINE, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char code[16] = "";
        cn__code_fate fate = cn__code_restore(cases[i].text, cases[i].look, code);
        if (fate != cases[i].fate) {
            printf("  %s: %d %s\n", cases[i].text, (int)fate, code);
        }
        CHECK_INT(fate, cases[i].fate);
        if (fate == CN__CODE_RESTORED) {
            CHECK_TEXT(code, cases[i].code);
        }
    }
}

static void headers(void) {
    check_table("Отчёт о поставках\n\nПоставщик;Покупатель;\"Объем поставок, тыс. руб.\";Код ОКПД2\n1;2;3;4\n"
                "А;Б;1 500,75;27.11\n;В;2;27.12\nИтого;;1502,75;\n",
                "А>Б=150075000 27.11|А>В=200000 27.12");
    CHECK_INT(found("titles-skipped"), 1);
    CHECK_INT(found("column-numbers"), 1);
    CHECK_INT(found("filled-down"), 1);
    CHECK_INT(found("total-skipped"), 1);
    CHECK_INT(found("unit-in-header"), 1);
    check_table("Source,Target,Type,Id,Label,Weight\na,b,Directed,0,,2\nb,c,Directed,1,,3.5\n", "a>b=200|b>c=350");
    check_table("Supplier\tBuyer\tAmount\r\na\tb\t5\r\n", "a>b=500");
    check_table("поставщик;покупатель;сумма\rа;б;н/д\rв;г;—\r", "а>б|в>г");
    CHECK_INT(found("no-data-mark"), 2);
}

/* Codes in quotes of their own, which keep spreadsheets off them. */
static void wrapped_codes(void) {
    check_table("from;to;product\na;b;\"\"\"01.41\"\"\"\nb;c;\"=\"\"27.11\"\"\"\nc;d;\"\"\"x\"\n",
                "a>b 01.41|b>c 27.11|c>d \"x");
    CHECK_INT(found("number-read-as"), 2);
}

static void encodings(void) {
    static const char cp1251[] =
        "\xEF\xEE\xF1\xF2\xE0\xE2\xF9\xE8\xEA;\xEF\xEE\xEA\xF3\xEF\xE0\xF2\xE5\xEB\xFC\n\xC0;\xC1\n";
    CHECK_INT(load_len(cp1251, sizeof cp1251 - 1, false), CN_OK);
    check_links("А>Б");
    CHECK_INT(found("encoding-read"), 1);
    const char *plain = "from,to\na,b\n";
    char wide[2 + 2 * 12];
    for (int form = 0; form < 4; form++) { /* little and big end first, with and without the mark */
        bool big = form % 2;
        size_t len = 0;
        if (form < 2) {
            wide[len++] = (char)(big ? 0xFE : 0xFF);
            wide[len++] = (char)(big ? 0xFF : 0xFE);
        }
        for (const char *at = plain; *at; at++) {
            wide[len + (size_t)big] = *at;
            wide[len + (size_t)!big] = '\0';
            len += 2;
        }
        CHECK_INT(load_len(wide, len, false), CN_OK);
        check_links("a>b");
    }
    CHECK_INT(load_len("from,to\na,\x98\x81\n", 13, false), CN_ERR_INPUT);
    CHECK_INT(found("not-utf8"), 1);
}

static void matrices(void) {
    check_table(";А;Б;В\nА;;5;0\nБ;1,5;;-\nВ;;2;\n", "А>Б=500|Б>А=150|В>Б=200");
    check_table("Объемы\nот \\ кому;Завод;Сети\nПровод;7;\n", "Провод>Завод=700");
    check_table(",x,y\na,1,2\nb,3,4\n", "a>x=100|a>y=200|b>x=300|b>y=400");
    /* A text in the corner: a name must stand on both sides, not only in the first row; below the names codes; sums are left out. */
    check_table("Отрасли;А;Б;В;Всего\nКод;01;02.2;C10-C12;X\nГ;1;2;0;3\nБ;4;5;6;15\nИтого;5;7;6;18\n",
                "Г>А=100|Г>Б=200|Б>А=400|Б>В=600");
    CHECK_INT(found("second-header"), 1);
    CHECK_INT(found("total-skipped"), 2);
    CHECK_INT(found("matrix-diagonal"), 1);
    check_table("Отрасли;А;Б\nА;-2147483648;2\nБ;3;\n", "А>Б=200|Б>А=300");
    CHECK_INT(found("no-data-mark"), 1);
    CHECK_INT(load_len("Name,Score,Weight\na,1,2\nb,3,4\n", 30, false), CN_ERR_INPUT); /* a table of something else */
    check_table("from,to,value\na,b,-2147483648\nb,c,NA\nc,d,1\n", "a>b|b>c|c>d=100");
    CHECK_INT(found("no-data-mark"), 2);
}

static void mapping(void) {
    options.map = "Кто=from,Кому, куда=to,Сколько, млн руб.=value,Лишнее=-";
    check_table("Кто;\"Кому, куда\";\"Сколько, млн руб.\";Лишнее\nа;б;2;x\n", "а>б=200000000");
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_WARNING), 0);
    options.map = "stage=to,up=from+quantity...,Нет=value";
    check_table("stage,time,up\nA,1\nB,2,A,1\nC,3,A,1,B,2\n", "A>B|A>C|B>C");
    CHECK_INT(found("map-unused"), 1);
    options.map = "from=fro";
    CHECK_INT(load_len("from,to\na,b\n", 12, false), CN_ERR_ARGUMENT);
    CHECK_INT(error.message, CN_MSG_MAP_TARGET);
    options.map = "from";
    CHECK_INT(load_len("from,to\na,b\n", 12, false), CN_ERR_ARGUMENT);
    CHECK_INT(error.message, CN_MSG_MAP_FORM);
    options.map = NULL;
}

/* Who an end is, is told by its INN: spellings are joined, namesakes are kept apart. The INNs are made up; their check digits fit. */
static void ends_with_inn(void) {
#define A "0001000010"
#define B "0001000028"
    check_table("Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;Сумма\n"
                "ООО «Керамика»;" A ";Сети;" B ";1\n"
                "Керамика, ООО;" A ";Сети;;2\n"              /* another spelling; the customer by its name alone */
                "Керамика, ООО;;Прочие;;3\n"                 /* the spelling alone */
                "Сети;1000010;Прочие;;4\n"                   /* no INN: by name, with a warning */
                ";" B ";ООО «Керамика»;" A "/770101001;5\n", /* no name: not filled from above */
                "ООО «Керамика»>Сети=100|ООО «Керамика»>Сети=200|ООО «Керамика»>Прочие=300|Сети>Прочие=400|"
                "Сети>ООО «Керамика»=500");
    CHECK_INT(cn_entity_count(net), 3);
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_INN), A);
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_ALIAS), "Керамика, ООО");
    CHECK_TEXT(cn_entity_text(net, 1, CN_FIELD_INN), B);
    CHECK_TEXT(cn_entity_text(net, 2, CN_FIELD_INN), "");
    CHECK_INT(found("joined-by-inn"), 1);
    CHECK_INT(found("bad-inn"), 1);
    CHECK_INT(found("number-read-as"), 1);
    CHECK_INT(found("filled-down"), 0);
    check_table("Supplier,Supplier tax id,Buyer,Buyer INN\nVega," A ",Net,\nVega," B ",Net,\nVega,,Net,\n",
                "Vega>Net|" B ">Net|Vega>Net");
    CHECK_INT(found("same-name-other-inn"), 1);
    CHECK_TEXT(cn_entity_name(net, cn_link_from(net, 1)), "Vega");
    CHECK_TEXT(cn_entity_text(net, cn_link_from(net, 1), CN_FIELD_INN), B);
    check_table("Потребитель;ИНН;Продавец;ИНН\nСети;" A ";Вега;" B "\n", "Вега>Сети"); /* “ИНН” behind each end */
    CHECK_TEXT(cn_entity_text(net, cn_link_to(net, 0), CN_FIELD_INN), A);
    CHECK_TEXT(cn_entity_text(net, cn_link_from(net, 0), CN_FIELD_INN), B);
    check_table("ИНН поставщика;ИНН покупателя;сумма\n" A ";" B ";7\n" B ";" A ";8\n", /* numbers alone */
                A ">" B "=700|" B ">" A "=800");
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_INN), A);
    check_table("Поставщик;Покупатель;ИНН поставщика\nВега;Сети;\nВега;Сети;" A "\n", "Вега>Сети|Вега>Сети");
    CHECK_TEXT(cn_entity_text(net, 0, CN_FIELD_INN), A); /* told later */
    options.map = "кто=from,чей номер=from_inn,кому=to";
    check_table("кто;чей номер;кому\nВега;" A ";Сети\nВега+;" A ";Сети\n", "Вега>Сети|Вега>Сети");
    options.map = NULL;
#undef A
#undef B
}

static void guessed_tables(void) {
    options.map = "rcn=project,pic=id";
    const char *text = "rcn,role,pic\n1,participant,7\n1,initiator,8\n2,participant,7\n";
    CHECK_INT(load_len(text, strlen(text), false), CN_OK);
    check_links("7>1|8>1|7>2");
    CHECK_INT(cn_entity_count(net), 4);
    options.map = "num=organisations.id,title=name";
    text = "num;title\n7;Университет\n";
    CHECK_INT(load_len(text, strlen(text), false), CN_OK);
    CHECK_INT(cn_entity_kind_of(net, 0), CN_ENTITY_ORGANISATION);
    options.map = NULL;
}

static void keep_going(void) {
    const char *text = "from,to,value\na,b,1\nb,c,many\nc,d,1,2\nd,e,5\n\"e\"x,f,1\nf,f,3\nf,g,7\n";
    for (int bulk = 0; bulk < 2; bulk++) {
        options.keep_going = false;
        CHECK_INT(load_len(text, strlen(text), bulk), CN_ERR_INPUT);
        options.keep_going = true;
        CHECK_INT(load_len(text, strlen(text), bulk), CN_OK);
        check_links("a>b=100|d>e=500|f>g=700");
        CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 4);
        CHECK_INT(found("rows-skipped"), 1);
        const cn_diag *last = NULL;
        for (size_t i = 0; i < cn_diags_count(diags); i++) {
            const cn_diag *diag = cn_diags_at(diags, i);
            last = diag->message == CN_MSG_ROWS_SKIPPED ? diag : last;
        }
        CHECK(last != NULL);
        CHECK_TEXT(last->args[0], "4");
    }
    CHECK_INT(load_len("from,value\na,1\n", 15, false), CN_ERR_INPUT); /* no row is to blame */
    CHECK_INT(load_len("from,to\na,b\n\"c,d\ne,f\n", 21, false), CN_ERR_INPUT);
    options.keep_going = false;
}

static void last(void) { clear(); }

int main(void) {
    return check_run((check_case[]){{"numbers", numbers},
                                    {"units", units},
                                    {"codes", codes},
                                    {"headers", headers},
                                    {"wrapped_codes", wrapped_codes},
                                    {"encodings", encodings},
                                    {"matrices", matrices},
                                    {"mapping", mapping},
                                    {"ends_with_inn", ends_with_inn},
                                    {"guessed_tables", guessed_tables},
                                    {"keep_going", keep_going},
                                    {"last", last},
                                    {0}});
}
