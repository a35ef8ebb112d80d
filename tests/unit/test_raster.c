/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF and PNG: the right kind of file, the right size, the same bytes twice, fonts inside, a failing sink. */
#include "check.h"
#include "coopnet/draw.h"
#include "draw_net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cn_buf draw(cn_picture format) {
    cn_network *net = draw_net_cluster();
    cn_draw_options options = {.format = format, .layout_program = COOPNET_LAYOUT_PROGRAM};
    cn_buf out = {0};
    cn_error err = {0};
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_OK);
    cn_network_free(net);
    return out;
}

static bool holds(const cn_buf *bytes, const char *what) {
    size_t len = strlen(what);
    for (size_t i = 0; i + len <= bytes->len; i++) {
        if (memcmp(bytes->data + i, what, len) == 0) {
            return true;
        }
    }
    return false;
}

static void png(void) {
    cn_buf a = draw(CN_PICTURE_PNG);
    cn_buf b = draw(CN_PICTURE_PNG);
    CHECK(a.len > 5000 && memcmp(a.data, "\x89PNG\r\n\x1a\n", 8) == 0);
    const unsigned char *head = (const unsigned char *)a.data;
    long width = head[16] << 24 | head[17] << 16 | head[18] << 8 | head[19];
    long height = head[20] << 24 | head[21] << 16 | head[22] << 8 | head[23];
    CHECK_INT(width > height ? width : height, 1754); /* A4 at 150 dots an inch */
    CHECK(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
    cn_buf_release(&a);
    cn_buf_release(&b);
}

static void pdf(void) {
    CHECK(setenv("SOURCE_DATE_EPOCH", "1711929600", 1) == 0); /* 2024-04-01 */
    cn_buf a = draw(CN_PICTURE_PDF);
    cn_buf b = draw(CN_PICTURE_PDF);
    CHECK(setenv("SOURCE_DATE_EPOCH", "1711929661", 1) == 0);
    cn_buf later = draw(CN_PICTURE_PDF);
    CHECK(unsetenv("SOURCE_DATE_EPOCH") == 0);
    cn_buf none = draw(CN_PICTURE_PDF);
    CHECK(a.len > 5000 && memcmp(a.data, "%PDF-", 5) == 0);
    CHECK(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
    CHECK(holds(&a, "20240401000000Z"));
    CHECK(holds(&later, "20240401000101Z"));
    CHECK(holds(&none, "19700101000000Z"));
    CHECK(holds(&a, "/FontFile"));
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_buf_release(&later);
    cn_buf_release(&none);
}

static bool refuse(void *context, const void *bytes, size_t len) {
    (void)context;
    (void)bytes;
    (void)len;
    return false;
}

static void failing_sink(void) {
    cn_network *net = draw_net_cluster();
    for (int format = 0; format < 4; format++) {
        cn_draw_options options = {.format = (cn_picture)format, .layout_program = COOPNET_LAYOUT_PROGRAM};
        cn_error err = {0};
        CHECK_INT(cn_draw(net, &options, (cn_sink){refuse, NULL}, &err), CN_ERR_IO);
        CHECK_INT(err.message, CN_MSG_CANNOT_WRITE);
    }
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"png", png}, {"pdf", pdf}, {"failing sink", failing_sink}, {0}}); }
