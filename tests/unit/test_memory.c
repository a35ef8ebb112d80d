/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The allocation seam, growing arrays, the text arena and the byte buffer. */
#include "buf.h"
#include "check.h"
#include "error.h"
#include "memory.h"

#include <string.h>

static void sizes(void) {
    void *empty = cn__alloc(0, 16);
    CHECK(empty != NULL);
    cn__free(empty);
    CHECK(cn__alloc(SIZE_MAX / 2, 4) == NULL);
    CHECK(cn__calloc(SIZE_MAX, SIZE_MAX) == NULL);
    unsigned char *zeros = cn__calloc(10, 10);
    CHECK(zeros != NULL);
    for (int i = 0; zeros && i < 100; i++) {
        CHECK_INT(zeros[i], 0);
    }
    cn__free(zeros);
    cn__free(NULL);
}

static void nth_fails(void) {
    void *blocks[4];
    cn__alloc_fail_after(2);
    for (int i = 0; i < 4; i++) {
        blocks[i] = cn__alloc(1, 1);
    }
    cn__alloc_fail_after(CN__ALLOC_NEVER);
    CHECK(blocks[0] && blocks[1] && !blocks[2] && !blocks[3]);
    cn__free(blocks[0]);
    cn__free(blocks[1]);
}

/* Under a limit blocks are counted when made, grown and freed; what was refused is told. */
static void limit_holds(void) {
    enum { MEGABYTE = 1 << 20 };
    uint64_t limit;
    cn_error err = {0};
    char text[200];
    cn_memory_limit(3 * MEGABYTE);
    for (int round = 0; round < 5; round++) { /* freed ones do not count */
        void *a = cn__alloc(MEGABYTE, 1);
        void *b = cn__calloc(MEGABYTE / 2, 3 / 2);
        void *grown = cn__realloc(a, 2, MEGABYTE);
        CHECK(a && b && grown);
        CHECK_INT(cn__memory_refused(&limit), 0);
        CHECK_INT(limit, 3 * MEGABYTE);
        cn__free(grown);
        cn__free(b);
    }
    CHECK_INT(CN__NO_MEMORY(&err), CN_ERR_MEMORY);
    CHECK_INT(err.message, CN_MSG_OUT_OF_MEMORY); /* the limit was not the reason */
    void *kept = cn__alloc(2, MEGABYTE);
    CHECK(kept && !cn__alloc(MEGABYTE + 1, 1) && !cn__calloc(2, MEGABYTE) && !cn__realloc(kept, 4, MEGABYTE));
    CHECK(cn__memory_refused(&limit) >= 4 * MEGABYTE);
    CHECK_INT(CN__NO_MEMORY(&err), CN_ERR_MEMORY);
    cn_error_format(&err, CN_LANG_EN, text, sizeof text);
    CHECK(strstr(text, "4 MB or more") && strstr(text, "limit is 3 MB"));
    cn__free(kept);
    cn_memory_limit(0);
    kept = cn__alloc(8, MEGABYTE);
    CHECK(kept != NULL);
    cn__free(kept);
}

static void grows(void) {
    uint32_t *v = NULL;
    size_t cap = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        CHECK(cn__grow((void **)&v, &cap, i, 1, sizeof *v));
        CHECK(cap > i);
        v[i] = i * 3;
    }
    CHECK_INT(v[999], 2997);
    size_t old_cap = cap;
    uint32_t *old = v;
    CHECK(!cn__grow((void **)&v, &cap, 1000, SIZE_MAX / 4, sizeof *v));
    CHECK(!cn__grow((void **)&v, &cap, 1000, SIZE_MAX, sizeof *v));
    CHECK(v == old && cap == old_cap);
    cn__free(v);
}

static void arena_keeps_texts(void) {
    cn__arena arena = {0};
    CHECK_TEXT(cn__arena_at(&arena, 0), "");
    uint32_t empty = 7;
    uint32_t first;
    uint32_t second;
    CHECK(cn__arena_add(&arena, "", 0, &empty));
    CHECK_INT(empty, 0);
    CHECK(cn__arena_add(&arena, "завод", strlen("завод"), &first));
    CHECK(cn__arena_add(&arena, "abcdef", 3, &second));
    CHECK(first != 0 && second != 0 && first != second);
    CHECK_TEXT(cn__arena_at(&arena, first), "завод");
    CHECK_TEXT(cn__arena_at(&arena, second), "abc");
    CHECK_TEXT(cn__arena_at(&arena, 0), "");
    CHECK(!cn__arena_add(&arena, "x", UINT32_MAX, &first));
    cn__arena_release(&arena);
    CHECK(arena.bytes == NULL);
}

static void buffer_adds(void) {
    cn_buf buf = {0};
    cn_buf_add(&buf, NULL, 0);
    CHECK_TEXT(buf.data, "");
    for (int i = 0; i < 300; i++) {
        cn_buf_add_text(&buf, "abc");
    }
    CHECK_INT(buf.len, 900);
    CHECK_INT(strlen(buf.data), 900);
    CHECK(buf.cap > buf.len);
    cn_sink sink = cn_sink_buf(&buf);
    CHECK(sink.write(sink.context, "\0z", 2));
    CHECK_INT(buf.len, 902);
    CHECK_INT(buf.data[901], 'z');
    cn_buf_release(&buf);
    CHECK(buf.data == NULL && buf.len == 0);
    cn_buf_release(NULL);
}

static void buffer_remembers_failure(void) {
    cn_buf buf = {0};
    cn_buf_add_text(&buf, "1234567");
    cn__alloc_fail_after(0);
    cn_buf_add_text(&buf, "89");
    cn__alloc_fail_after(CN__ALLOC_NEVER);
    CHECK(buf.failed);
    cn_buf_add_text(&buf, "x");
    CHECK_TEXT(buf.data, "1234567");
    cn_sink sink = cn_sink_buf(&buf);
    CHECK(!sink.write(sink.context, "x", 1));
    cn_buf_release(&buf);
}

int main(void) {
    return check_run((check_case[]){{"sizes", sizes},
                                    {"the n-th allocation fails", nth_fails},
                                    {"a limit holds", limit_holds},
                                    {"arrays grow", grows},
                                    {"an arena keeps texts", arena_keeps_texts},
                                    {"a buffer adds", buffer_adds},
                                    {"a buffer remembers a failure", buffer_remembers_failure},
                                    {0}});
}
