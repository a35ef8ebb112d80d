/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Allocations of a report fail: no report but "no memory", nothing leaks. The network has partners to find, joint projects and changes. As
 * pictures are laid out by another program each time, not every allocation has its turn, unless COOPNET_BIG is set.
 */
#include "check.h"
#include "coopnet/load.h"
#include "coopnet/report.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static const char data[] =
    "{\"coopnet\":1,\"as_of\":\"2024\",\"companies\":["
    "{\"id\":\"plant\",\"roles\":[\"anchor\"],\"needs\":[{\"product\":\"27.32.11\",\"value\":5,\"origin\":\"import\"},"
    "{\"product\":\"27.11.62\",\"value\":9}]},"
    "{\"id\":\"wire\",\"makes\":[{\"product\":\"27.32.11\"}]},"
    "{\"id\":\"core\",\"makes\":[{\"product\":\"27.11.62\"}]},"
    "{\"id\":\"steel\",\"since\":\"2022\"}],"
    "\"projects\":[{\"id\":\"p\",\"budget\":7}],"
    "\"links\":[{\"from\":\"core\",\"to\":\"plant\",\"kind\":\"supply\",\"product\":\"27.11.62\",\"value\":9,\"since\":"
    "\"2019\"},"
    "{\"from\":\"steel\",\"to\":\"core\",\"kind\":\"supply\",\"product\":\"24.10\",\"value\":4,\"since\":\"2023\"},"
    "{\"from\":\"wire\",\"to\":\"core\",\"kind\":\"supply\",\"product\":\"25.1\",\"value\":1,\"since\":\"2019\","
    "\"until\":\"2021\"},"
    "{\"from\":\"plant\",\"to\":\"p\",\"kind\":\"participant\",\"contribution\":3},"
    "{\"from\":\"core\",\"to\":\"p\",\"kind\":\"participant\"}]}";

static cn_network *net;
static cn_network *before;

static void load(void) {
    cn_error err = {0};
    CHECK_INT(cn_load_bytes("test.json", data, strlen(data), NULL, NULL, &net, &err), CN_OK);
    CHECK_INT(cn_network_as_of(net, cn_date_make(2020, 0, 0), &before, NULL), CN_OK);
}

static cn_report_options options(void) {
    return (cn_report_options){
        .since = before, .no_explorer = true, .input = "x", .layout_program = COOPNET_LAYOUT_PROGRAM};
}

/* What fails must be about these chapters. */
static void has_the_chapters(void) {
    const char *const ids[] = {"table-partners", "table-projects",  "table-participants",
                               "table-changes",  "table-newcomers", "table-years"};
    cn_report_options o = options();
    cn_report *report = NULL;
    cn_buf out = {0};
    CHECK_INT(cn_report_create(net, &o, &report, NULL), CN_OK);
    CHECK_INT(cn_report_write(report, CN_REPORT_HTML, cn_sink_buf(&out), NULL), CN_OK);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        CHECK(strstr(out.data, ids[i]) != NULL);
    }
    cn_buf_release(&out);
    cn_report_free(report);
}

static void fails_each(void) {
    cn_report_options o = options();
    cn_status status = CN_ERR_MEMORY;
    uint64_t nth = 0;
    bool each = getenv("COOPNET_BIG") != NULL;
    for (; status != CN_OK && nth < 100000; nth += each ? 1 : 1 + nth / 40) {
        cn_report *report = NULL;
        cn_error err = {0};
        cn__alloc_fail_after(nth);
        status = cn_report_create(net, &o, &report, &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK((status == CN_OK) == (report != NULL));
        CHECK(status == CN_OK || (status == CN_ERR_MEMORY && err.message == CN_MSG_OUT_OF_MEMORY));
        cn_report_free(report);
    }
    CHECK(nth > 500 && nth < 100000);
}

static void all(void) {
    load();
    has_the_chapters();
    fails_each();
    cn_network_free(before);
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"report without memory", all}, {0}}); }
