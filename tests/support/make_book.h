/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks made part by part, as bytes. A program that uses this links libzip. */
#ifndef CN_TEST_MAKE_BOOK_H
#define CN_TEST_MAKE_BOOK_H

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct book_part {
    const char *name; /* NULL ends the list */
    const char *text;
} book_part;

/* To be freed. */
static inline char *make_book(const book_part *parts, size_t *len) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
    CHECK(zip != NULL);
    for (; parts->name; parts++) {
        zip_source_t *text = zip_source_buffer(zip, parts->text, strlen(parts->text), 0);
        CHECK(zip_file_add(zip, parts->name, text, ZIP_FL_ENC_UTF_8) >= 0);
    }
    CHECK(zip_close(zip) == 0);
    CHECK(zip_source_open(memory) == 0);
    zip_source_seek(memory, 0, SEEK_END);
    *len = (size_t)zip_source_tell(memory);
    char *bytes = malloc(*len);
    zip_source_seek(memory, 0, SEEK_SET);
    CHECK(bytes != NULL && zip_source_read(memory, bytes, *len) == (zip_int64_t)*len);
    zip_source_close(memory);
    zip_source_free(memory);
    return bytes;
}

/* One of each kind, small, with a cell of every type. */
#define BOOK_XLSX_PARTS(sheet)                                                                                         \
    {                                                                                                                  \
        {"xl/_rels/workbook.xml.rels",                                                                                 \
         "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},                 \
            {"xl/workbook.xml",                                                                                        \
             "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Поставки\" r:id=\"r1\"/></sheets></workbook>"},            \
            {"xl/sharedStrings.xml",                                                                                   \
             "<sst><si><t>поставщик</t></si><si><r><t>поку</t></r><r><t>патель</t></r></si></sst>"},                   \
            {"xl/styles.xml",                                                                                          \
             "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},                 \
            {"xl/worksheets/sheet1.xml", sheet}, {                                                                     \
            NULL, NULL                                                                                                 \
        }                                                                                                              \
    }
#define BOOK_XLSX_SHEET                                                                                                \
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"              \
    "<c r=\"C1\" t=\"inlineStr\"><is><t>сумма</t></is></c><c r=\"D1\" t=\"str\"><v>дата</v></c></row>"        \
    "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>а</v></c><c r=\"B2\" t=\"str\"><v>б</v></c><c r=\"C2\"><v>1.5</v></c>"    \
    "<c r=\"D2\" s=\"1\"><v>45622</v></c></row><row r=\"3\"><c r=\"B3\" t=\"str\"><v>в</v></c><c r=\"C3\" t=\"e\">"   \
    "<v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells></worksheet>"
#define BOOK_ODS_PARTS(content)                                                                                        \
    {                                                                                                                  \
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"META-INF/manifest.xml", "<m/>"},             \
            {"content.xml", content}, {                                                                                \
            NULL, NULL                                                                                                 \
        }                                                                                                              \
    }
#define BOOK_ODS_CELL(text)                                                                                            \
    "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"
#define BOOK_ODS_CONTENT(rows)                                                                                         \
    "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>"                     \
    "<office:spreadsheet><table:table table:name=\"S\"><table:table-row>" BOOK_ODS_CELL("from") BOOK_ODS_CELL("to")    \
        BOOK_ODS_CELL("value") "</table:table-row>" rows                                                               \
                               "</table:table></office:spreadsheet></office:body></office:document-content>"
#define BOOK_ODS_ROWS                                                                                                  \
    "<table:table-row table:number-rows-repeated=\"2\">" BOOK_ODS_CELL("a<text:s/>b")                                  \
        BOOK_ODS_CELL("d") "<table:table-cell table:number-columns-repeated=\"1\" office:value-type=\"float\" "        \
                           "office:value=\"12.5\">"                                                                    \
                           "<text:p>12,5</text:p></table:table-cell></table:table-row>"

#endif
