/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names that look alike, without comparing each with each: every name goes into an index under a few keys, and only names that share a key
 * are looked at.
 *
 *   order      the words in alphabetical order
 *   spelling   its pieces (lookalike_spelling.c)
 *   contained  its words; asked for the rarest word of the shorter name
 *   initials   first letters of its words (ЭТЗ); longest word and the initials of the others (Иванов И. И.)
 *
 * Invariant: an index is sorted by hash, then by group, so that the answer does not depend on the hash. Of a key that more than
 * CN_MERGE_BLOCK names share only the first ones are looked at: O(names × CN_MERGE_BLOCK) in the worst case, of real names linear.
 */
#include "lookalike.h"

#include "error.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16 };

/* ---- names in words ---- */

typedef struct word {
    const char *text;
    size_t len;
} word;

static const char *words_of(const cn__finder *f, size_t group) {
    return cn__arena_at(&f->names->words, f->names->groups[group].words);
}

/* Words of a name; 0 when it has more than WORDS_MAX. */
static size_t split(const char *text, word *out) {
    size_t count = 0;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (count == WORDS_MAX) {
            return 0;
        }
        out[count++] = (word){text, len};
        text += len + (text[len] == ' ');
    }
    return count;
}

static int compare_words(const void *a, const void *b) {
    const word *x = a;
    const word *y = b;
    int by_bytes = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
    return by_bytes ? by_bytes : (x->len > y->len) - (x->len < y->len);
}

static bool same_word(const word *a, const word *b) {
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static bool has_digit(const word *w) {
    for (size_t i = 0; i < w->len; i++) {
        if (w->text[i] >= '0' && w->text[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* ---- words in another order ---- */

static uint64_t order_hash(const cn__finder *f, size_t group) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    uint64_t hash = cn__hash_begin(f->names->groups[group].class_, count, 0);
    if (count < 2) {
        return 0;
    }
    qsort(words, count, sizeof *words, compare_words);
    for (size_t i = 0; i < count; i++) {
        hash = cn__hash_add(hash, words[i].text, words[i].len);
        hash = cn__hash_add(hash, " ", 1);
    }
    return hash;
}

static bool same_set(const cn__finder *f, size_t a, size_t b) {
    word left[WORDS_MAX];
    word right[WORDS_MAX];
    size_t count = split(words_of(f, a), left);
    if (split(words_of(f, b), right) != count) {
        return false;
    }
    qsort(left, count, sizeof *left, compare_words);
    qsort(right, count, sizeof *right, compare_words);
    for (size_t i = 0; i < count; i++) {
        if (!same_word(&left[i], &right[i])) {
            return false;
        }
    }
    return true;
}

static bool post_order(cn__finder *f, size_t group) {
    uint64_t hash = order_hash(f, group);
    return !hash || cn__postings_add(&f->index, hash, group);
}

static cn_status find_order(cn__finder *f) {
    cn_status status = cn__finder_search(f, post_order, NULL);
    for (size_t i = 0; i < f->index.count && status == CN_OK; i++) {
        status = cn__match_step(f->m);
        for (size_t k = i + 1; k < f->index.count && k - i <= CN_MERGE_BLOCK &&
                               f->index.rows[k].hash == f->index.rows[i].hash && status == CN_OK;
             k++) {
            if (same_set(f, f->index.rows[i].group, f->index.rows[k].group)) {
                status = cn__finder_ask(f, f->index.rows[i].group, f->index.rows[k].group, CN_MERGE_ORDER);
            }
        }
    }
    return status;
}

/* ---- one name in the other ---- */

/* Words that many names have and that alone are no name. */
static bool is_common(const word *w) {
    static const char *const words[] = {
        "завод",    "компания",   "фирма",     "группа",        "предприятие", "производственная",
        "комбинат", "фабрика",    "институт",  "университет",   "центр",       "объединение",
        "торговый", "дом",        "холдинг",   "корпорация",    "кластер",     "технопарк",
        "парк",     "ассоциация", "company",   "group",         "holding",     "factory",
        "plant",    "center",     "institute", "international", "проект",      "производство"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == w->len && memcmp(words[i], w->text, w->len) == 0) {
            return true;
        }
    }
    return false;
}

static uint64_t word_hash(const cn__finder *f, size_t group, const word *w) {
    return cn__hash_add(cn__hash_begin(f->names->groups[group].class_, 0, 0), w->text, w->len);
}

/* Is every word of the shorter name in the longer, and what is left no number and not too much? */
static bool contains(const word *longer, size_t count, const word *shorter, size_t wanted) {
    size_t found = 0;
    if (count <= wanted || count - wanted > (wanted > 2 ? wanted : 2)) {
        return false;
    }
    for (size_t i = 0; i < wanted; i++) {
        bool there = false;
        for (size_t k = 0; k < count && !there; k++) {
            there = same_word(&longer[k], &shorter[i]);
        }
        found += there;
    }
    for (size_t k = 0; k < count; k++) {
        bool there = false;
        for (size_t i = 0; i < wanted && !there; i++) {
            there = same_word(&longer[k], &shorter[i]);
        }
        if (!there && has_digit(&longer[k])) {
            return false;
        }
    }
    return found == wanted;
}

/* Does a name say enough to be looked for inside others? */
static bool is_telling(const word *words, size_t count) {
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        letters += is_common(&words[i]) || has_digit(&words[i]) ? 0 : cn__utf8_count(words[i].text, words[i].len);
    }
    return letters >= 4;
}

static cn_status probe_words(cn__finder *f, size_t group) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    size_t least = 0;
    const cn__posting *rows = NULL;
    if (count == 0 || !is_telling(words, count)) {
        return CN_OK;
    }
    for (size_t i = 0; i < count; i++) {
        size_t here;
        const cn__posting *found = cn__postings_find(&f->index, word_hash(f, group, &words[i]), &here);
        if (i == 0 || here < least) {
            least = here;
            rows = found;
        }
    }
    cn_status status = CN_OK;
    least = cn__finder_looks_at(f, least);
    for (size_t r = 0; r < least && status == CN_OK; r++) {
        word longer[WORDS_MAX];
        size_t there = split(words_of(f, rows[r].group), longer);
        if (f->names->groups[rows[r].group].class_ == f->names->groups[group].class_ &&
            contains(longer, there, words, count)) {
            status = cn__finder_ask(f, group, rows[r].group, CN_MERGE_CONTAINED);
        }
    }
    return status;
}

static bool post_words(cn__finder *f, size_t group) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = cn__postings_add(&f->index, word_hash(f, group, &words[i]), group);
    }
    return ok;
}

static cn_status find_contained(cn__finder *f) { return cn__finder_search(f, post_words, probe_words); }

/* ---- initials ---- */

static size_t first_letter(const word *w) {
    const char *p = w->text;
    (void)cn__utf8_next(&p);
    return (size_t)(p - w->text);
}

/* The first letters of all words; 0 for a name of fewer than three. */
static uint64_t acronym_hash(const cn__finder *f, size_t group) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    uint64_t hash = cn__hash_begin(f->names->groups[group].class_, 1, 0);
    for (size_t i = 0; i < count; i++) {
        hash = cn__hash_add(hash, words[i].text, first_letter(&words[i]));
    }
    return count < 3 ? 0 : hash;
}

/* A short lone word that may be such initials. */
static uint64_t lone_hash(const cn__finder *f, size_t group) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    size_t letters = count == 1 ? cn__utf8_count(words[0].text, words[0].len) : 0;
    return letters < 3 || letters > 8
               ? 0
               : cn__hash_add(cn__hash_begin(f->names->groups[group].class_, 1, 0), words[0].text, words[0].len);
}

/*
 * A person: word `surname` and the sorted initials of the others. 0: there is no such word, or it is an initial itself. `*cut`: some
 * other word is but an initial.
 */
static uint64_t person_hash(const cn__finder *f, size_t group, size_t surname, bool *cut) {
    word words[WORDS_MAX];
    size_t count = split(words_of(f, group), words);
    *cut = false;
    if (count < 2 || count > 3 || surname >= count || first_letter(&words[surname]) == words[surname].len) {
        return 0;
    }
    uint64_t hash = cn__hash_begin(f->names->groups[group].class_, 2, count);
    hash = cn__hash_add(hash, words[surname].text, words[surname].len);
    words[surname] = words[count - 1];
    for (size_t i = 0; i + 1 < count; i++) {
        size_t first = first_letter(&words[i]);
        *cut = *cut || first == words[i].len;
        words[i].len = first;
    }
    qsort(words, count - 1, sizeof *words, compare_words);
    for (size_t i = 0; i + 1 < count; i++) {
        hash = cn__hash_add(hash, words[i].text, words[i].len);
    }
    return hash;
}

static cn_status probe_initials(cn__finder *f, size_t group, uint64_t hash) {
    size_t count;
    const cn__posting *rows = cn__postings_find(&f->index, hash, &count);
    cn_status status = CN_OK;
    count = cn__finder_looks_at(f, count);
    for (size_t r = 0; r < count && status == CN_OK; r++) {
        size_t other = rows[r].group;
        if (other != group && f->names->groups[other].class_ == f->names->groups[group].class_) {
            status = cn__finder_ask(f, other, group, CN_MERGE_INITIALS);
        }
    }
    return status;
}

static bool post_initials(cn__finder *f, size_t group) {
    bool cut;
    uint64_t hash = acronym_hash(f, group);
    bool ok = !hash || cn__postings_add(&f->index, hash, group);
    for (size_t surname = 0; surname < 3 && ok; surname++) {
        hash = person_hash(f, group, surname, &cut);
        ok = !hash || cn__postings_add(&f->index, hash, group);
    }
    return ok;
}

static cn_status probe_all_initials(cn__finder *f, size_t group) {
    uint64_t lone = lone_hash(f, group);
    cn_status status = lone ? probe_initials(f, group, lone) : CN_OK;
    for (size_t surname = 0; surname < 3 && status == CN_OK; surname++) {
        bool cut;
        uint64_t person = person_hash(f, group, surname, &cut);
        status = person && cut ? probe_initials(f, group, person) : CN_OK;
    }
    return status;
}

static cn_status find_initials(cn__finder *f) { return cn__finder_search(f, post_initials, probe_all_initials); }

cn_status cn__match_lookalikes(cn__matcher *m, const cn__names *names) {
    static cn_status (*const searches[])(cn__finder *) = {find_order, cn__find_spelling, find_contained, find_initials};
    cn__finder f = {m, names, {0}};
    cn_status status = CN_OK;
    for (size_t i = 0; i < sizeof searches / sizeof *searches && status == CN_OK; i++) {
        status = searches[i](&f);
        cn__postings_release(&f.index);
    }
    return status;
}
