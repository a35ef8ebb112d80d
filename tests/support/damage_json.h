/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeded damage to small JSON files, for fuzz tests of their readers. */
#ifndef CN_TEST_MUTATE_H
#define CN_TEST_MUTATE_H

#include "check.h"

#include <string.h>

/* Up to four changes; the text may grow by up to 160 bytes. */
static inline void damage_json(char *text, size_t *len, uint64_t *seed) {
    static const char bytes[] = "\"{}[],:0129.eE-+\\utfn \xD0\x90";
    for (uint32_t i = 1 + check_below(seed, 4); i > 0 && *len > 8; i--) {
        size_t at = check_below(seed, (uint32_t)*len);
        size_t run = 1 + check_below(seed, 40);
        switch (check_below(seed, 4)) {
        case 0:
            text[at] = bytes[check_below(seed, sizeof bytes - 1)];
            break;
        case 1:
            text[at] = (char)check_below(seed, 256);
            break;
        case 2: /* cut out */
            run = at + run < *len ? run : *len - at;
            memmove(text + at, text + at + run, *len - at - run);
            *len -= run;
            break;
        default: /* double */
            run = at + run < *len ? run : *len - at;
            memmove(text + at + run, text + at, *len - at);
            *len += run;
            break;
        }
    }
}

#endif
