/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work done again and again with the n-th allocation failing, until it gets through. */
#ifndef CN_TEST_FAIL_EACH_H
#define CN_TEST_FAIL_EACH_H

#include "check.h"
#include "memory.h"

/* How many ways of failing there were; -1: more than 10000. Each must end with CN_ERR_MEMORY. */
static inline int fail_each(cn_status (*work)(void)) {
    for (int n = 0; n < 10000; n++) {
        cn__alloc_fail_after((uint64_t)n);
        cn_status status = work();
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        if (status == CN_OK) {
            return n;
        }
        CHECK_INT(status, CN_ERR_MEMORY);
    }
    return -1;
}

#endif
