/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks, made here part by part: what cells of each type become, which sheets are read, and that bombs are refused. The samples
 * that Excel's and LibreOffice's own writers made are in graphs/real (tests/cli/test_files.sh).
 */
#include "check.h"

#include "coopnet/base.h"
#include "coopnet/load.h"
#include "make_book.h"
#include "patience.h"
#include "sheet_rows.h"
#include "xlsx_style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cn_diags *diags;
static cn_network *net;

static void clear(void) {
    cn_network_free(net);
    cn_diags_free(diags);
    net = NULL;
    diags = NULL;
}

static cn_load_options options;

/* A workbook of these parts, loaded. */
static cn_status load_parts(const char *label, const book_part *parts) {
    size_t len = 0;
    clear();
    char *bytes = make_book(parts, &len);
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load_bytes(label, bytes, len, &options, diags, &net, NULL);
    free(bytes);
    return status;
}

static uint64_t found(const char *key) {
    uint64_t count = 0;
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        count += strcmp(cn_message_key(cn_diags_at(diags, i)->message), key) == 0;
    }
    return count;
}

#define RELATIONS                                                                                                      \
    {                                                                                                                  \
        "xl/_rels/workbook.xml.rels",                                                                                  \
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "        \
            "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"                                                   \
    }
#define ONE_SHEET                                                                                                      \
    { "xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Any\" r:id=\"r1\"/></sheets></workbook>" }

/* One sheet of these rows, behind a header of supplier, buyer, value, product and date. */
static cn_status load_rows(const char *rows, const char *behind) {
    static char sheet[20000];
    (void)snprintf(sheet, sizeof sheet,
                   "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                   "<c r=\"C1\" t=\"inlineStr\"><is><t>сумма</t></is></c><c r=\"D1\" t=\"str\"><v>ОКПД2</v></c>"
                   "<c r=\"E1\" t=\"str\"><v>дата</v></c></row>%s</sheetData>%s</worksheet>",
                   rows, behind);
    return load_parts(
        "t.xlsx", (book_part[]){RELATIONS,
                                ONE_SHEET,
                                {"xl/sharedStrings.xml",
                                 "<sst><si><t>поставщик</t></si><si><r><t>поку</t></r><r><t>патель</t></r><rPh><t>x</"
                                 "t></rPh></si></sst>"},
                                {"xl/styles.xml",
                                 "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd\\.mm\\.yyyy\"/></"
                                 "numFmts><cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs><xf "
                                 "numFmtId=\"0\"/><xf numFmtId=\"170\"/><xf numFmtId=\"16\"/></cellXfs></styleSheet>"},
                                {"xl/worksheets/sheet1.xml", sheet},
                                {0}});
}

static void cells_of_each_type(void) {
    CHECK_INT(
        load_rows(
            "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>а</v></c><c r=\"B3\" t=\"inlineStr\"><is><r><t>б</t></r></is></c>"
            "<c r=\"C3\"><v>31500000.100000001</v></c><c r=\"D3\" s=\"2\"><v>45622</v></c><c r=\"E3\" "
            "s=\"1\"><v>42552</v></c></row>",
            ""),
        CN_OK);
    CHECK_INT(cn_link_count(net), 1);
    CHECK_TEXT(cn_entity_id(net, cn_link_from(net, 0)), "а");
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 0)), "б");
    CHECK_INT(cn_link_value_minor(net, 0), 3150000010);
    CHECK_TEXT(cn_link_product(net, 0), "26.11"); /* 26 November 2024, shown as a day */
    CHECK_INT(cn_link_since(net, 0), cn_date_parse("2016-07-01"));
    CHECK_INT(found("code-restored"), 1);
}

static void errors_and_formulas(void) {
    CHECK_INT(
        load_rows(
            "<row><c t=\"str\"><v>а</v></c><c t=\"str\"><v>б</v></c><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
            "<row><c t=\"str\"><v>б</v></c><c t=\"str\"><v>а</v></c><c><f>1+1</f></c><c t=\"e\"><v>#N/A</v></c></row>"
            "<row><c t=\"str\"><v>б</v></c><c t=\"str\"><v>в</v></c><c><f>1+1</f><v>2</v></c></row>",
            ""),
        CN_OK);
    CHECK_INT(found("cell-error"), 1);
    CHECK_INT(found("formula-without-value"), 1);
    CHECK_INT(found("no-data-mark"), 1);
    CHECK_INT(cn_link_value_minor(net, 0), CN_MONEY_NONE);
    CHECK_INT(cn_link_value_minor(net, 2), 200);
}

static void merged_cells(void) {
    CHECK_INT(load_rows("<row r=\"2\"><c r=\"A2\" t=\"str\"><v>а</v></c><c r=\"B2\" t=\"str\"><v>б</v></c></row>"
                        "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>в</v></c></row>",
                        "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>"),
              CN_OK);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_TEXT(cn_entity_id(net, cn_link_from(net, 1)), "а");
    CHECK_INT(found("merged-filled"), 1);
    CHECK_INT(found("filled-down"), 0);
}

static void sheets_by_name(void) {
    const book_part book[] = {
        RELATIONS,
        {"xl/workbook.xml",
         "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Поставки\" r:id=\"r1\"/><sheet name=\"ПРЕДПРИЯТИЯ\" "
         "r:id=\"r2\"/></sheets></workbook>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData><row><c t=\"str\"><v>поставщик</v></c><c t=\"str\"><v>покупатель</v></c></row><row>"
         "<c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row></sheetData></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         "<worksheet><sheetData><row><c t=\"str\"><v>код</v></c><c t=\"str\"><v>наименование</v></c></row><row><c "
         "t=\"str\"><v>a</v></c><c t=\"str\"><v>Завод А</v></c></row><row><c "
         "t=\"str\"><v>b</v></c></row></sheetData></worksheet>"},
        {0}};
    CHECK_INT(load_parts("t.xlsx", book), CN_OK);
    CHECK_INT(cn_entity_count(net), 2);
    CHECK_INT(cn_link_count(net), 1);
    CHECK_TEXT(cn_entity_name(net, 0), "Завод А");
    options.sheet = "поставки!A1:B2";
    CHECK_INT(load_parts("t.xlsx", book), CN_OK);
    CHECK_TEXT(cn_entity_name(net, 0), "a");
    options.sheet = "Закупки";
    CHECK_INT(load_parts("t.xlsx", book), CN_ERR_ARGUMENT);
    options.sheet = NULL;
}

/* Days since 1 January 1904, as old Excel for the Mac counted: the same cell is four years and a day later. */
static void dates_from_1904(void) {
    static const char sheet[] =
        "<worksheet><sheetData><row><c t=\"str\"><v>from</v></c><c t=\"str\"><v>to</v></c><c "
        "t=\"str\"><v>since</v></c></row><row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c>"
        "<c s=\"1\"><v>41090</v></c></row></sheetData></worksheet>";
    static const char styles[] =
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    static const struct {
        const char *property, *day;
    } cases[] = {{"<workbookPr date1904=\"1\"/>", "2016-07-01"},
                 {"<workbookPr date1904=\"true\"/>", "2016-07-01"},
                 {"<workbookPr date1904=\"0\"/>", "2012-06-30"},
                 {"<workbookPr/>", "2012-06-30"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char book[300];
        (void)snprintf(book, sizeof book,
                       "<workbook xmlns:r=\"r\">%s<sheets><sheet name=\"Any\" r:id=\"r1\"/></sheets></workbook>",
                       cases[i].property);
        CHECK_INT(load_parts("t.xlsx", (book_part[]){RELATIONS,
                                                     {"xl/workbook.xml", book},
                                                     {"xl/styles.xml", styles},
                                                     {"xl/worksheets/sheet1.xml", sheet},
                                                     {0}}),
                  CN_OK);
        CHECK_INT(cn_link_since(net, 0), cn_date_parse(cases[i].day));
    }
}

#define TEXT(text) "<c t=\"str\"><v>" text "</v></c>"
#define NUMBER(text) "<c><v>" text "</v></c>"

/* Suppliers and customers that have no name in common: a matrix only because a person chose the cells. */
static void a_matrix_in_a_range(void) {
    const book_part book[] = {
        RELATIONS,
        ONE_SHEET,
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData><row r=\"1\">" TEXT("000 kunas") TEXT("Year 2010") "</row><row r=\"2\">" TEXT("1500")
             TEXT("PRODUCTS") TEXT("Farming") TEXT("Mining") TEXT("Total") "</row><row r=\"3\">" TEXT("Code")
                 TEXT("PRODUCTS") TEXT("A01") TEXT("B") TEXT("TOTAL") "</row><row r=\"4\">" TEXT("CPA_A01")
                     TEXT("Grain") NUMBER("20.5") NUMBER("0") NUMBER("20.5") "</row><row r=\"5\">" TEXT("CPA_B")
                         TEXT("Ore") NUMBER("-2147483648") NUMBER("7") NUMBER("7") "</row></sheetData></worksheet>"},
        {0}};
    options.sheet = "Any!B2:E5";
    CHECK_INT(load_parts("t.xlsx", book), CN_OK);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_INT(cn_entity_count(net), 4);
    CHECK_TEXT(cn_entity_id(net, cn_link_from(net, 1)), "Ore");
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 1)), "Mining");
    CHECK_INT(cn_link_value_minor(net, 0), 2050);
    CHECK_INT(found("matrix-read"), 1);
    CHECK_INT(found("second-header"), 1);
    CHECK_INT(found("no-data-mark"), 1);
    CHECK_INT(found("total-skipped"), 1);
    options.sheet = "Any!B3:D5"; /* the codes alone */
    CHECK_INT(load_parts("t.xlsx", book), CN_OK);
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 1)), "B");
    CHECK_INT(found("second-header"), 0);
    options.sheet = "Any"; /* not chosen: names that fit no table */
    CHECK_INT(load_parts("t.xlsx", book), CN_ERR_INPUT);
    options.sheet = NULL;
}

/* ---- many rows ---- */

/* Links among a thousand firms, one a row; the one in the middle has a value that is none. */
static char *many_rows(size_t rows, bool workbook, size_t *len) {
    cn_buf text = {0};
    char line[200];
    cn_buf_add_text(&text, workbook ? "<worksheet><sheetData><row>" TEXT("from") TEXT("to") TEXT("value") "</row>"
                                    : "from,to,value\n");
    for (size_t i = 0; i < rows; i++) {
        bool broken = i == rows / 2;
        const char *prefix = broken ? "many " : "";
        if (workbook) {
            (void)snprintf(
                line, sizeof line,
                "<row r=\"%zu\"><c t=\"str\"><v>f%zu</v></c><c t=\"str\"><v>g%zu</v></c><c%s><v>%s%zu</v></c></row>",
                i + 2, i % 1000, i * 7 % 1000, broken ? " t=\"str\"" : "", prefix, i + 1);
        } else {
            (void)snprintf(line, sizeof line, "f%zu,g%zu,%s%zu\n", i % 1000, i * 7 % 1000, prefix, i + 1);
        }
        cn_buf_add_text(&text, line);
    }
    cn_buf_add_text(&text, workbook ? "</sheetData></worksheet>" : "");
    CHECK(!text.failed);
    const book_part parts[] = {RELATIONS, ONE_SHEET, {"xl/worksheets/sheet1.xml", text.data}, {0}};
    *len = text.len;
    char *bytes = workbook ? make_book(parts, len) : malloc(text.len);
    CHECK(bytes != NULL);
    if (!workbook) {
        memcpy(bytes, text.data, text.len);
    }
    cn_buf_release(&text);
    return bytes;
}

static cn_status load_many(const char *bytes, size_t len, patience *p, bool keep_going) {
    const cn_load_options many = {.keep_going = keep_going, .threads = 2, .watch = {patience_wait, p}};
    clear();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    return cn_load_bytes("t", bytes, len, &many, diags, &net, NULL);
}

/*
 * Rows stream: with the memory of the network alone (a tree of the cells would take more than the limit), with progress, and can be stopped.
 * A broken row is told with its place and refuses the file, or is left out and counted. COOPNET_BIG: a million rows, of CSV five million.
 */
static void streams(bool workbook) {
    bool big = getenv("COOPNET_BIG") != NULL;
    size_t rows = !big ? 60000 : workbook ? 1000000 : 5000000;
    size_t len;
    char *bytes = many_rows(rows, workbook, &len);
    patience p = {.most = UINT64_MAX};
    clear();
    cn_memory_limit(((uint64_t)4 << 20) + 120 * rows);
    CHECK_INT(load_many(bytes, len, &p, true), CN_OK);
    CHECK_INT(cn_link_count(net), rows - 1);
    CHECK_INT(cn_entity_count(net), 2000);
    CHECK(p.calls > 2 && !p.odd);
    CHECK_INT(found("rows-skipped"), 1);
    CHECK_INT(found("bad-number"), 1);
    CHECK_INT(load_many(bytes, len, &p, false), CN_ERR_INPUT);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 1);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        if (cn_diags_at(diags, i)->level == CN_LEVEL_ERROR) {
            CHECK_INT(cn_diags_at(diags, i)->line, rows / 2 + 2);
        }
    }
    for (uint64_t most = 0; most < 2; most++) {
        p = (patience){.most = most};
        CHECK_INT(load_many(bytes, len, &p, true), CN_ERR_CANCELLED);
        CHECK(net == NULL);
    }
    clear();
    cn_memory_limit(0);
    free(bytes);
}

static void many_rows_of_a_workbook(void) { streams(true); }
static void many_rows_of_a_table(void) { streams(false); }

#define ODS(content) ((book_part[])BOOK_ODS_PARTS(content))
#define ODS_BOOK BOOK_ODS_CONTENT
#define CELL BOOK_ODS_CELL

static void ods_cells(void) {
    CHECK_INT(
        load_parts(
            "t.ods",
            ODS(ODS_BOOK(
                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell "
                "table:number-columns-repeated=\"16384\"/>"
                "</table:table-row><table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
                "office:value-type=\"string\"><text:p>a<text:s/>b</text:p><text:p>c</text:p></table:table-cell>" CELL(
                    "d") "<table:table-cell office:value-type=\"float\" "
                         "office:value=\"12.5\"><text:p>12,5</text:p></table:table-cell>"
                         "</table:table-row>"))),
        CN_OK);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_TEXT(cn_entity_id(net, 0), "a b c");
    CHECK_INT(cn_link_value_minor(net, 1), 1250);
}

static void bombs(void) {
    CHECK_INT(load_parts("t.ods", ODS(ODS_BOOK("<table:table-row table:number-rows-repeated=\"1000000000\">" CELL("a")
                                                   CELL("b") "</table:table-row>"))),
              CN_ERR_INPUT);
    CHECK_INT(found("rows-repeated"), 1);
    CHECK_INT(load_parts("t.ods", ODS("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>")),
              CN_ERR_INPUT);
    CHECK_INT(found("xml-entities"), 1);
    CHECK_INT(load_parts("t.ods", ODS("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>")),
              CN_ERR_INPUT);
    CHECK_INT(found("xml-entities"), 1);
    size_t len = (size_t)80 << 20;
    char *zeros = malloc(len + 1);
    CHECK(zeros != NULL);
    memset(zeros, ' ', len);
    zeros[len] = '\0';
    cn_status status = load_parts("t.ods", ODS(zeros));
    free(zeros);
    CHECK_INT(status, CN_ERR_INPUT);
    CHECK_INT(found("archive-swells"), 1);
    CHECK_INT(load_parts("../../etc/passwd.ods", ODS("<x/>")), CN_ERR_INPUT);
    CHECK_INT(found("no-sheets"), 1);
}

static void broken_archives(void) {
    CHECK_INT(load_parts("t.xlsx", (book_part[]){{"xl/workbook.xml", "<workbook"}, {0}}), CN_ERR_INPUT);
    CHECK_INT(found("xml-wrong"), 1);
    clear();
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("t", "PK\x03\x04 xl/workbook.xml", 20, NULL, diags, &net, NULL), CN_ERR_INPUT);
    CHECK_INT(found("archive-broken"), 1);
    options.format = CN_FORMAT_XLSX;
    CHECK_INT(load_parts("t", (book_part[]){{"a", "b"}, {0}}), CN_ERR_INPUT);
    CHECK_INT(found("no-workbook"), 1);
    options.format = CN_FORMAT_AUTO;
}

/* Serial numbers as Excel and LibreOffice show them. */
static void days(void) {
    char day[64];
    CHECK(cn__xlsx_date(1, false, day));
    CHECK_TEXT(day, "1900-01-01");
    CHECK(cn__xlsx_date(59, false, day));
    CHECK_TEXT(day, "1900-02-28");
    CHECK(!cn__xlsx_date(60, false, day)); /* 29 February 1900 */
    CHECK(cn__xlsx_date(61, false, day));
    CHECK_TEXT(day, "1900-03-01");
    CHECK(cn__xlsx_date(45622.75, false, day));
    CHECK_TEXT(day, "2024-11-26");
    CHECK(cn__xlsx_date(0, true, day) && cn__xlsx_date(44160, true, day));
    CHECK_TEXT(day, "2024-11-26");
    CHECK(!cn__xlsx_date(-1, false, day));
    CHECK(!cn__xlsx_date(1e9, false, day));
    CHECK_INT(cn__xlsx_form_kind("dd\\.mm\\.yyyy;@"), CN__CELL_DATE);
    CHECK_INT(cn__xlsx_form_kind("[$-419]d\\ mmm;@"), CN__CELL_DAY);
    CHECK_INT(cn__xlsx_form_kind("mmm\\-yy"), CN__CELL_MONTH);
    CHECK_INT(cn__xlsx_form_kind("h:mm"), CN__CELL_NUMBER);
    CHECK_INT(cn__xlsx_form_kind("#,##0.00\" дней\""), CN__CELL_NUMBER);
    CHECK_INT(cn__xlsx_form_kind("General"), CN__CELL_NUMBER);
}

static void numbers(void) {
    static const struct {
        const char *stored;
        double value;
        const char *want;
    } cases[] = {{"0.1", 0.1, "0.1"},
                 {"31500000.100000001", 31500000.1, "31500000.1"},
                 {"0.30000000000000004", 0.1 + 0.2, "3e-1"},
                 {"-12345678901234567", -12345678901234567.0, "-1.23456789012346e16"},
                 {"100000000000000.02", 100000000000000.02, "100000000000000"},
                 {"7707083893", 7707083893.0, "7707083893"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[64];
        cn__xlsx_number(cases[i].stored, cases[i].value, got);
        CHECK_TEXT(got, cases[i].want);
    }
}

static void last(void) { clear(); }

int main(void) {
    return check_run((check_case[]){{"cells_of_each_type", cells_of_each_type},
                                    {"errors_and_formulas", errors_and_formulas},
                                    {"merged_cells", merged_cells},
                                    {"sheets_by_name", sheets_by_name},
                                    {"dates_from_1904", dates_from_1904},
                                    {"a_matrix_in_a_range", a_matrix_in_a_range},
                                    {"many_rows_of_a_workbook", many_rows_of_a_workbook},
                                    {"many_rows_of_a_table", many_rows_of_a_table},
                                    {"ods_cells", ods_cells},
                                    {"bombs", bombs},
                                    {"broken_archives", broken_archives},
                                    {"days", days},
                                    {"numbers", numbers},
                                    {"last", last},
                                    {0}});
}
