/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest of many names, for "did you mean". */
#ifndef CN_LOAD_NEAR_NAME_H
#define CN_LOAD_NEAR_NAME_H

#include "schema.h"

/* A search. Begin, offer every candidate, take `best` (borrowed from its offer; NULL: none is near). */
typedef struct cn__near {
    cn_buf word; /* folded */
    cn_buf candidate;
    unsigned limit;
    const char *best;
} cn__near;

void cn__near_begin(cn__near *near, const char *word);
void cn__near_offer(cn__near *near, const char *candidate);
void cn__near_release(cn__near *near);

/* Nearest key among the columns of a section (and, for an entity section in JSON, its child lists). NULL: none. */
const char *cn__near_column(const cn__section *section, const char *word, bool csv);
/* Nearest key of a vocabulary. */
const char *cn__near_value(cn_vocabulary vocabulary, uint32_t allowed, const char *word);
/* Nearest section key at the top level of JSON, or nearest table name. */
const char *cn__near_section(const char *word);
const char *cn__near_table(const char *word);

#endif
