/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of textual graph formats share: walking, places, complaints, entities in texts. */
#ifndef CN_LOAD_FOREIGN_TEXT_H
#define CN_LOAD_FOREIGN_TEXT_H

#include "foreign.h"

typedef struct cn__foreign_text {
    cn__foreign *f;
    const char *text;
    size_t at;
    size_t len;
    cn__cursor cursor; /* not behind `at` when a place is asked for */
    bool quiet;        /* only looking: nothing is reported */
} cn__foreign_text;

void cn__foreign_text_begin(cn__foreign_text *t, cn__foreign *f, const cn__input *input);
static inline bool cn__foreign_text_at(const cn__foreign_text *t, char c) {
    return t->at < t->len && t->text[t->at] == c;
}
/* Skip blanks, with `lines` also line ends. */
void cn__foreign_text_space(cn__foreign_text *t, bool lines);
/* Skip the rest of the line and its end. */
void cn__foreign_text_line(cn__foreign_text *t);
/* Place of `at`, or of what came last where it lies before. */
cn__place cn__foreign_text_place(cn__foreign_text *t);
/* Report that `what` is expected here. */
void cn__foreign_text_wrong(cn__foreign_text *t, const char *what);
/* The next word of a line: up to white space, in quotes up to the next quote (without them). False: the line is over. */
bool cn__foreign_text_word(cn__foreign_text *t, const char **word, size_t *len, bool *quoted);
/* A whole number up to `most`. */
bool cn__foreign_text_number(const char *word, size_t len, uint64_t most, uint64_t *out);
/* Does the word begin the text at `at`, in letters of either case? */
bool cn__foreign_text_is(const char *text, size_t len, const char *word);

/* Append with &amp; &quot; &#1047; … as the characters they mean; what is none stays. */
void cn__foreign_text_entities(cn_buf *out, const char *text, size_t len);
/* Append the name of a GML key, in which our writer puts characters that a key cannot have as _0433_. */
void cn__foreign_text_decode_name(cn_buf *out, const char *name, size_t len);

/* Where all nodes have labels that differ and are not empty, these become their ids. */
void cn__foreign_use_labels(cn__foreign *f);

#endif
