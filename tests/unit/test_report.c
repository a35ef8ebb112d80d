/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document's writers: escaping, tables, policy; the digest of a network; the workbook's refusal to leave halves behind. */
#include "base64.h"
#include "check.h"
#include "coopnet/load.h"
#include "coopnet/report.h"
#include "digest.h"
#include "doc.h"
#include "html.h"
#include "memory.h"
#include "network_digest.h"
#include "report_text.h"
#include "workbook_writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t count_of(const char *text, const char *what) {
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

static void fill(cn__doc *doc) {
    doc->lang = CN_LANG_EN;
    doc->currency = "RUB";
    doc->title = cn__doc_keep(doc, "A <b> & \"c\"");
    cn__doc_chapter(doc, "one", "Chapter </h2><script>alert(1)</script>");
    cn__doc_say_text(doc, CN__BLOCK_LEAD, "1 < 2 *bold*");
    cn__doc_fact(doc, "firms", "3");
    cn__doc_fact(doc, "links", "4");
    cn__doc_say_text(doc, CN__BLOCK_ITEM, "first");
    cn__doc_say_text(doc, CN__BLOCK_ITEM, "second");
    cn_table *table = cn__doc_table(doc, "rows", "Rows", 2);
    CHECK(table != NULL);
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", "Name", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "sum", "Sum", CN_CELL_MONEY, 0);
    for (int i = 0; i < 3; i++) {
        cn_table_add_text(table, i == 1 ? "a b\"&" : "x");
        cn_table_add_text(table, "<i>|`name`");
        cn_table_add_money(table, i == 2 ? INT64_MIN : 123456789 + i);
    }
    cn__doc_table_links(doc, 0, 1);
    cn__doc_chapter(doc, "org-a b\"&", "Page of an organisation");
    CHECK(!doc->failed);
}

static void writes_html(void) {
    cn__doc doc = {0};
    cn_buf out = {0};
    fill(&doc);
    CHECK_INT(cn__html_write(&doc, cn_sink_buf(&out), NULL), CN_OK);
    CHECK(strstr(out.data, "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"));
    CHECK(!strstr(out.data, "<script>alert"));
    CHECK_INT(count_of(out.data, "<script"), 1); /* ours; in it, d3 speaks of none */
    CHECK_INT(count_of(out.data, "<dl class=\"facts\">"), 1);
    CHECK_INT(count_of(out.data, "<li>first</li>\n<li>second</li>\n</ul>"), 1);
    CHECK(strstr(out.data, "href=\"#org-a%20b%22%26\">&lt;i&gt;|`name`</a>"));
    CHECK_INT(count_of(out.data, "&lt;i&gt;|`name`</a>"), 1); /* x has no page */
    CHECK(strstr(out.data, "data-v=\"1234567.89\""));
    CHECK(strstr(out.data, "The first 2 of 3 rows"));
    CHECK(!strstr(out.data, "data-v=\"\"")); /* the third row is not on the page */
    cn_buf_release(&out);
    cn__doc_release(&doc);
}

static void writes_markdown(void) {
    cn__doc doc = {0};
    cn_buf out = {0};
    fill(&doc);
    CHECK_INT(cn__markdown_write(&doc, cn_sink_buf(&out), NULL), CN_OK);
    CHECK(strstr(out.data, "# A &lt;b\\> \\& \"c\"\n"));
    CHECK(strstr(out.data, "1 &lt; 2 \\*bold\\*\n"));
    CHECK(strstr(out.data, "- firms: **3**\n- links: **4**\n\n"));
    CHECK(strstr(out.data, "| Name | Sum |\n| --- | ---: |\n"));
    CHECK(strstr(out.data, "| &lt;i\\>\\|\\`name\\` |"));
    cn_buf_release(&out);
    cn__doc_release(&doc);
}

/* RFC 4648 and FIPS 180-4. */
static void digests(void) {
    cn_buf out = {0};
    cn__base64(&out, "foobar", 6);
    CHECK_TEXT(out.data, "Zm9vYmFy");
    out.len = 0;
    cn__base64(&out, "fooba", 5);
    CHECK_TEXT(out.data, "Zm9vYmE=");
    out.len = 0;
    cn__digest *digest = cn__digest_begin();
    cn__digest_add(digest, "a", 1);
    cn__digest_add(digest, "bc", 2);
    cn__digest_end_hex(digest, &out);
    CHECK_TEXT(out.data, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cn_buf_release(&out);
    char *large = calloc(1, 10000);
    CHECK(large != NULL);
    cn__base64(&out, large, 10000);
    CHECK_INT(out.len, 13336);
    free(large);
    cn_buf_release(&out);
}

static cn_network *network_of(const char *json) {
    cn_network *net = NULL;
    CHECK_INT(cn_load_bytes("test.json", json, strlen(json), NULL, NULL, &net, NULL), CN_OK);
    return net;
}

static void digest_of(const char *json, char out[65]) {
    cn_network *net = network_of(json);
    cn_buf text = {0};
    cn__network_digest(net, &text);
    CHECK_INT(text.len, 64);
    memcpy(out, text.data, 65);
    cn_buf_release(&text);
    cn_network_free(net);
}

static void digest_sees_every_record(void) {
    char base[65];
    char same[65];
    char other[65];
    digest_of("{\"coopnet\":1,\"companies\":[{\"id\":\"a\",\"output\":5},{\"id\":\"b\"}],\"links\":[{\"from\":\"a\","
              "\"to\":\"b\",\"kind\":\"supply\",\"value\":7}]}",
              base);
    digest_of("{ \"coopnet\":1, "
              "\"companies\":[{\"output\":5.00,\"id\":\"a\"},{\"id\":\"b\"}],\"links\":[{\"from\":\"a\",\"to\":\"b\","
              "\"kind\":\"supply\",\"value\":7}]}",
              same);
    CHECK_TEXT(same, base);
    const char *const changed[] = {
        "{\"coopnet\":1,\"companies\":[{\"id\":\"a\",\"output\":5.01},{\"id\":\"b\"}],\"links\":[{\"from\":\"a\","
        "\"to\":\"b\",\"kind\":\"supply\",\"value\":7}]}",
        "{\"coopnet\":1,\"companies\":[{\"id\":\"a\",\"output\":5},{\"id\":\"b\"}],\"links\":[{\"from\":\"b\",\"to\":"
        "\"a\",\"kind\":\"supply\",\"value\":7}]}",
        "{\"coopnet\":1,\"companies\":[{\"id\":\"a\",\"output\":5},{\"id\":\"b\"}],\"links\":[{\"from\":\"a\",\"to\":"
        "\"b\",\"kind\":\"supply\",\"value\":7,\"since\":\"2020\"}]}",
        "{\"coopnet\":1,\"companies\":[{\"id\":\"a\",\"output\":5,\"makes\":[{\"product\":\"x\"}]},{\"id\":\"b\"}],"
        "\"links\":[{\"from\":\"a\",\"to\":\"b\",\"kind\":\"supply\",\"value\":7}]}"};
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        digest_of(changed[i], other);
        CHECK(strcmp(other, base) != 0);
    }
}

static void workbook_leaves_no_halves(void) {
    cn__workbook *book = NULL;
    cn_error err = {0};
    CHECK_INT(cn__workbook_create("/nonexistent-folder/book.xlsx", &book, &err), CN_ERR_IO);
    CHECK(book == NULL);
    char folder[] = "/tmp/coopnet-book-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    char path[64];
    char rest[80];
    snprintf(path, sizeof path, "%s/book.xlsx", folder);
    snprintf(rest, sizeof rest, "%s.unfinished", path);
    CHECK_INT(cn__workbook_create(path, &book, NULL), CN_OK);
    for (int i = 0; i < 3; i++) { /* the same name three times, longer than a tab may be */
        cn__workbook_sheet(book, "Очень длинное название листа рабочей книги");
        cn__workbook_column(book, "сумма", 0, CN__WORKBOOK_MONEY);
        cn__workbook_column(book, "дата", 0, CN__WORKBOOK_DATE);
        cn__workbook_money(book, 12345);
        cn__workbook_date(book, cn_date_make(2024, 4, i));
        cn__workbook_money(book, INT64_MIN);
        cn__workbook_date(book, CN_DATE_NONE);
    }
    CHECK_INT(cn__workbook_close(book, NULL, NULL), CN_OK);
    CHECK(access(path, R_OK) == 0);
    CHECK(access(rest, F_OK) != 0);
    unlink(path);
    rmdir(folder);
}

static void makes_a_report_or_nothing(void) {
    cn_network *net = network_of("{\"coopnet\":1,\"companies\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"links\":[{\"from\":"
                                 "\"a\",\"to\":\"b\",\"kind\":\"supply\",\"value\":7}]}");
    cn_report *report = NULL;
    cn_status status = CN_ERR_MEMORY;
    for (uint64_t nth = 0; nth < 3000 && status != CN_OK; nth += 1 + nth / 40) {
        cn__alloc_fail_after(nth);
        status = cn_report_create(net, &(cn_report_options){.input = "x", .layout_program = COOPNET_LAYOUT_PROGRAM},
                                  &report, NULL);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK((status == CN_OK) == (report != NULL));
    }
    CHECK_INT(status, CN_OK);
    cn_report_free(report);
    CHECK_INT(cn_report_create(net, &(cn_report_options){.subject = 9, .subject_given = true}, &report, NULL),
              CN_ERR_ARGUMENT);
    cn_network_free(net);
}

int main(void) {
    return check_run((check_case[]){{"HTML", writes_html},
                                    {"Markdown", writes_markdown},
                                    {"digests", digests},
                                    {"the digest sees every record", digest_sees_every_record},
                                    {"a workbook leaves no halves", workbook_leaves_no_halves},
                                    {"a report or nothing", makes_a_report_or_nothing},
                                    {0}});
}
