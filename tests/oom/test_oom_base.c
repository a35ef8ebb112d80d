/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base with every single allocation failing in turn: nothing crashes or leaks, and what is reported is the failure. */
#include "buf.h"
#include "check.h"
#include "coopnet/diag.h"
#include "file.h"
#include "memory.h"
#include "strmap.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* Runs `work` with the n-th allocation failing, n growing until it gets through; how many ways of failing there were. */
static int fail_each(bool (*work)(void)) {
    int failed = 0;
    for (uint64_t n = 0; n < 10000; n++) {
        cn__alloc_fail_after(n);
        bool done = work();
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        if (done) {
            return failed;
        }
        failed++;
    }
    return -1;
}

static bool fill_map(void) {
    cn__strmap map = {0};
    char key[16];
    bool ok = true;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < 200 && ok; i++) {
        size_t len = (size_t)snprintf(key, sizeof key, "ключ %u", i);
        ok = cn__strmap_add(&map, key, len, i, NULL);
        kept += ok;
    }
    for (uint32_t i = 0; i < kept; i++) { /* a failed add takes nothing away */
        size_t len = (size_t)snprintf(key, sizeof key, "ключ %u", i);
        CHECK_INT(cn__strmap_find(&map, key, len), i);
    }
    cn__strmap_release(&map);
    return ok;
}

static bool fill_diags(void) {
    cn_diags *diags = NULL;
    cn_error err = {0};
    if (cn_diags_create(&diags, &err) != CN_OK) {
        CHECK(diags == NULL);
        CHECK_INT(err.message, CN_MSG_OUT_OF_MEMORY);
        return false;
    }
    char file[16];
    for (unsigned i = 0; i < 40; i++) {
        snprintf(file, sizeof file, "f%u", i % 12);
        cn_diags_add(diags, CN_MSG_CANNOT_READ, file, 40 - i, 1, 2, (const char *[]){file, "b"});
    }
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 40);
    bool complete = cn_diags_complete(diags);
    CHECK(complete == (cn_diags_count(diags) == 40));
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        const cn_diag *diag = cn_diags_at(diags, i);
        CHECK_TEXT(diag->args[0], diag->file);
    }
    cn_diags_free(diags);
    return complete;
}

static bool write_texts(void) {
    cn_buf buf = {0};
    cn_text_format(&buf, CN_LANG_RU, "{0} {0|завод|завода|заводов}; ", 1, (const char *[]){"12"});
    cn_format_number(&buf, CN_LANG_RU, 1234567.25, 2);
    cn_format_money(&buf, CN_LANG_RU, 4820000000, "RUB");
    cn_format_exact(&buf, 0.1);
    cn__utf8_fold(&buf, "ООО «Ёлка — Сервис»");
    for (int i = 0; i < 100; i++) {
        cn_buf_add_text(&buf, "0123456789");
    }
    bool ok = !buf.failed;
    cn_buf_release(&buf);
    return ok;
}

static bool read_file(void) {
    cn_buf buf = {0};
    cn_error err = {0};
    cn_status status = cn__file_read("/proc/self/status", 1000000, NULL, &buf, &err);
    if (status != CN_OK) {
        CHECK_INT(status, CN_ERR_MEMORY);
        CHECK(buf.data == NULL);
    }
    cn_buf_release(&buf);
    return status == CN_OK;
}

static bool copy_and_compare(void) {
    char *copy = cn__strdup("завод");
    bool near = cn__utf8_distance("завод", "завот", 2) == 1;
    cn__free(copy);
    return copy && near;
}

static void map(void) { CHECK(fail_each(fill_map) > 10); }
static void diags(void) { CHECK(fail_each(fill_diags) > 50); }
static void texts(void) { CHECK(fail_each(write_texts) > 3); }
static void files(void) { CHECK(fail_each(read_file) == 1); }
static void copies(void) { CHECK(fail_each(copy_and_compare) == 2); }

int main(void) {
    return check_run((check_case[]){
        {"string map", map}, {"findings", diags}, {"texts", texts}, {"files", files}, {"copies", copies}, {0}});
}
