/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a workbook with the n-th allocation failing: an error, and nothing left behind. What libzip takes itself is not counted. */
#include "make_book.h"
#include "memory.h"

#include "coopnet/load.h"

#include <stdio.h>

static void each_allocation_fails(const char *bytes, size_t len) {
    for (uint64_t nth = 0;; nth++) {
        cn_diags *diags = NULL;
        cn_network *net = NULL;
        CHECK(nth < 20000);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_load_bytes("t", bytes, len, NULL, diags, &net, NULL);
        void *probe = cn__alloc(1, 1);
        bool done = probe != NULL;
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn__free(probe);
        if (status != CN_OK && status != CN_ERR_MEMORY) {
            for (size_t i = 0; i < cn_diags_count(diags); i++) {
                cn_buf line = {0};
                cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
                printf("  %llu: %s\n", (unsigned long long)nth, line.data);
                cn_buf_release(&line);
            }
        }
        CHECK((status == CN_OK) == (net != NULL));
        cn_network_free(net);
        cn_diags_free(diags);
        CHECK(status == CN_OK || (status == CN_ERR_MEMORY && !done));
        if (done) {
            CHECK(nth > 50);
            return;
        }
    }
}

static void excel(void) {
    size_t len = 0;
    char *bytes = make_book((book_part[])BOOK_XLSX_PARTS(BOOK_XLSX_SHEET), &len);
    each_allocation_fails(bytes, len);
    free(bytes);
}

static void libreoffice(void) {
    size_t len = 0;
    char *bytes = make_book((book_part[])BOOK_ODS_PARTS(BOOK_ODS_CONTENT(BOOK_ODS_ROWS)), &len);
    each_allocation_fails(bytes, len);
    free(bytes);
}

int main(void) { return check_run((check_case[]){{"excel", excel}, {"libreoffice", libreoffice}, {0}}); }
