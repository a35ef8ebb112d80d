/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for names that look alike: an index of hashed keys, and the question about a pair that was found. */
#ifndef CN_JOIN_LOOKALIKE_H
#define CN_JOIN_LOOKALIKE_H

#include "match.h"

/* A key of a name, hashed. */
typedef struct cn__posting {
    uint64_t hash;
    uint32_t group;
} cn__posting;

/* All of them; once finished, in the order of hash and group. `{0}` to init. */
typedef struct cn__postings {
    cn__posting *rows;
    size_t count, cap;
    uint32_t *starts; /* by the hash's highest bits: its first row */
    int shift;
} cn__postings;

uint64_t cn__hash_begin(int class_, size_t length, size_t piece);
uint64_t cn__hash_add(uint64_t hash, const void *bytes, size_t len);
bool cn__postings_add(cn__postings *index, uint64_t hash, size_t group);
bool cn__postings_finish(cn__postings *index);
/* All rows of a hash, once finished. */
const cn__posting *cn__postings_find(const cn__postings *index, uint64_t hash, size_t *count);
void cn__postings_release(cn__postings *index);

typedef struct cn__finder {
    cn__matcher *m;
    const cn__names *names;
    cn__postings index;
} cn__finder;

/* Ask about two names: about the first of their bearers that may be asked about. */
cn_status cn__finder_ask(cn__finder *f, size_t a, size_t b, cn_merge_reason reason);
/* Of so many rows of one key these are looked at. */
size_t cn__finder_looks_at(cn__finder *f, size_t count);

/* Post every name into the index (false: memory), then ask for each of them; `probe` NULL: the index alone is wanted. */
cn_status cn__finder_search(cn__finder *f, bool (*post)(cn__finder *, size_t group),
                            cn_status (*probe)(cn__finder *, size_t group));

/* Names that differ in a letter or two (lookalike_spelling.c). */
cn_status cn__find_spelling(cn__finder *f);

#endif
