/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a DOT file. */
#ifndef CN_LOAD_DOT_WORDS_H
#define CN_LOAD_DOT_WORDS_H

#include "foreign_text.h"

typedef struct cn__dot_words {
    cn__foreign_text t;
    bool broken; /* a mistake of notation was reported */
} cn__dot_words;

/* Report the first mistake of notation; false. */
bool cn__dot_expected(cn__dot_words *r, const char *what);
/* White space and comments. */
void cn__dot_skip(cn__dot_words *r);
/* Take a mark that comes next. */
bool cn__dot_take(cn__dot_words *r, const char *mark);
bool cn__dot_next_is(cn__dot_words *r, char c);
/* An ID; false: there is none. `quoted`: it is no keyword. `out` may have failed for memory. */
bool cn__dot_id(cn__dot_words *r, cn_buf *out, bool *quoted);

#endif
