/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout program that is missing, hangs, crashes, lies or stops listening costs one clear message each. */
#include "check.h"
#include "coopnet/draw.h"
#include "draw_net.h"
#include "layout.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/coopnet-layout-XXXXXX";
static char program[200];

/* Write the script as the layout program. */
static void set_program(const char *script) {
    snprintf(program, sizeof program, "%s/layout", folder);
    FILE *file = fopen(program, "wb");
    CHECK(file != NULL);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    CHECK(fclose(file) == 0);
    CHECK(chmod(program, 0700) == 0);
}

static cn_error draw_with(const char *script, cn_status want) {
    set_program(script);
    cn_network *net = draw_net_cluster();
    cn_draw_options options = {.layout_program = program, .layout_ms = 1500};
    cn_buf out = {0};
    cn_error err = {0};
    cn_status status = cn_draw(net, &options, cn_sink_buf(&out), &err);
    size_t len = out.len;
    cn_buf_release(&out);
    cn_network_free(net);
    CHECK_INT(status, want);
    CHECK_INT(len, 0);
    return err;
}

static void hangs(void) {
    CHECK_INT(draw_with("exec sleep 30", CN_ERR_LIMIT).message, CN_MSG_LAYOUT_TIMEOUT);
    CHECK_INT(draw_with("exec >&- 2>&-; exec sleep 30", CN_ERR_LIMIT).message, CN_MSG_LAYOUT_TIMEOUT);
}

static void crashes(void) {
    cn_error err = draw_with("kill -SEGV $$", CN_ERR_LIMIT);
    CHECK_INT(err.message, CN_MSG_LAYOUT_CRASHED);
    CHECK_TEXT(err.args, "11");
    CHECK_INT(draw_with("kill -XCPU $$", CN_ERR_LIMIT).message, CN_MSG_LAYOUT_TIMEOUT);
}

static void fails(void) {
    cn_error err = draw_with("cat >/dev/null; echo 'no luck today' >&2; echo more >&2; exit 4", CN_ERR_INTERNAL);
    CHECK_INT(err.message, CN_MSG_LAYOUT_FAILED);
    CHECK_TEXT(err.args, "no luck today");
}

/* Never an empty reason: what ends without a word is told by its exit code, also after an empty line. */
static void fails_silently(void) {
    const char *scripts[] = {"exit 3", "echo >&2; exit 3", "cat >/dev/null; exit 3"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        cn_error err = draw_with(scripts[i], CN_ERR_INTERNAL);
        char text[1000];
        CHECK_INT(err.message, CN_MSG_LAYOUT_EXIT);
        cn_error_format(&err, CN_LANG_RU, text, sizeof text);
        CHECK(strstr(text, program) && strstr(text, "с кодом 3 "));
    }
}

static void lies(void) {
    const char *scripts[] = {
        "echo garbage",
        ":",
        "echo 'coopnet-layout 1'; echo end",                                    /* nodes are missing */
        "echo 'coopnet-layout 1'; echo 'node 0 1 2 3 4'",                       /* cut off */
        "echo 'coopnet-layout 1'; echo 'node 9999 1 2 3 4'; echo end",          /* no such node */
        "echo 'coopnet-layout 1'; echo 'node 0 nan 2 3 4'; echo end",           /* no number */
        "echo 'coopnet-layout 1'; echo 'node 0 1e300 2 3 4'; echo end",         /* far away */
        "echo 'coopnet-layout 1'; echo 'edge 0 1 4 1 1 1 1 1 1 1 1'; echo end", /* an arrow without its tip */
        "echo 'coopnet-layout 1'; echo 'edge 0 0 99999999 1 1'; echo end",      /* more points than sense */
        "echo 'coopnet-layout 1'; head -c 100000 /dev/zero; echo; echo end",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        CHECK_INT(draw_with(scripts[i], CN_ERR_INTERNAL).message, CN_MSG_LAYOUT_GARBLED);
    }
}

static void is_missing(void) {
    cn_network *net = draw_net_cluster();
    cn_draw_options options = {.layout_program = "/nonexistent/coopnet-layout"};
    cn_buf out = {0};
    cn_error err = {0};
    CHECK_INT(cn_draw(net, &options, cn_sink_buf(&out), &err), CN_ERR_IO);
    CHECK_INT(err.message, CN_MSG_LAYOUT_MISSING);
    CHECK_TEXT(err.args, "/nonexistent/coopnet-layout");
    cn_network_free(net);
}

/* A large input to a program that closes its end at once: no SIGPIPE, the exit code decides. */
static void stops_listening(void) {
    cn_buf dot = {0};
    cn_buf answer = {0};
    cn_error err = {0};
    for (int i = 0; i < 100000; i++) {
        cn_buf_add_text(&dot, "0123456789abcdef");
    }
    set_program("exec <&-; echo ok; exit 0");
    cn_draw_options options = {.layout_program = program};
    CHECK_INT(cn__layout_ask(&options, &dot, &answer, &err), CN_OK);
    CHECK_TEXT(answer.data, "ok\n");
    cn_buf_release(&answer);
    set_program("wc -c"); /* and one that listens to the end gets everything */
    CHECK_INT(cn__layout_ask(&options, &dot, &answer, &err), CN_OK);
    CHECK_INT(strtol(answer.data, NULL, 10), 1600000);
    cn_buf_release(&answer);
    cn_buf_release(&dot);
}

static void gets_its_limits(void) {
    cn_buf dot = {0};
    cn_buf answer = {0};
    cn_buf_add_text(&dot, "x");
    set_program("cat >/dev/null; echo $1 $2");
    cn_draw_options options = {.layout_program = program, .layout_ms = 2500, .layout_bytes = (64u << 20) + 1};
    CHECK_INT(cn__layout_ask(&options, &dot, &answer, NULL), CN_OK);
    CHECK_TEXT(answer.data, "3 65\n");
    cn_buf_release(&answer);
    cn_buf_release(&dot);
}

static void real_program_refuses_nonsense(void) {
    cn_buf dot = {0};
    cn_buf answer = {0};
    cn_error err = {0};
    cn_buf_add_text(&dot, "digraph { a -> ");
    cn_draw_options options = {.layout_program = COOPNET_LAYOUT_PROGRAM};
    CHECK_INT(cn__layout_ask(&options, &dot, &answer, &err), CN_ERR_INTERNAL);
    CHECK_INT(err.message, CN_MSG_LAYOUT_FAILED);
    CHECK(strstr(err.args, "syntax error") != NULL);
    cn_buf_release(&answer);
    cn_buf_release(&dot);
}

int main(void) {
    if (!mkdtemp(folder)) {
        return 1;
    }
    int code = check_run((check_case[]){{"hangs", hangs},
                                        {"crashes", crashes},
                                        {"fails", fails},
                                        {"fails silently", fails_silently},
                                        {"lies", lies},
                                        {"is missing", is_missing},
                                        {"stops listening", stops_listening},
                                        {"gets its limits", gets_its_limits},
                                        {"real program refuses nonsense", real_program_refuses_nonsense},
                                        {0}});
    unlink(program);
    rmdir(folder);
    return code;
}
