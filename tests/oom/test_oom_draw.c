/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a drawing fails once: the answer is "no memory", nothing leaks, nothing crashes. */
#include "check.h"
#include "coopnet/draw.h"
#include "draw_net.h"
#include "memory.h"

static void fail_each(cn_draw_options options, uint64_t step) {
    cn_network *net = draw_net_cluster();
    if (options.view == CN_VIEW_PATH) {
        options.subject = cn_entity_find(net, "out");
        options.target = cn_entity_find(net, "plant");
    }
    options.layout_program = COOPNET_LAYOUT_PROGRAM;
    cn_status status = CN_ERR_MEMORY;
    uint64_t nth = 0;
    for (; status != CN_OK && nth < 100000; nth += step) {
        cn_buf out = {0};
        cn_error err = {0};
        cn__alloc_fail_after(nth);
        status = cn_draw(net, &options, cn_sink_buf(&out), &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        bool sink_had_none = status == CN_ERR_IO && out.failed;
        cn_buf_release(&out);
        CHECK(status == CN_OK || sink_had_none || (status == CN_ERR_MEMORY && err.message == CN_MSG_OUT_OF_MEMORY));
    }
    CHECK(nth > 10 && nth < 100000);
    cn_network_free(net);
}

static void overview(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT}, 1); }
static void chain(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_CHAIN}, 1); }
static void path(void) { fail_each((cn_draw_options){.format = CN_PICTURE_DOT, .view = CN_VIEW_PATH}, 1); }
static void svg(void) { fail_each((cn_draw_options){0}, 61); } /* each starts the layout process */

int main(void) {
    return check_run((check_case[]){{"overview", overview}, {"chain", chain}, {"path", path}, {"svg", svg}, {0}});
}
