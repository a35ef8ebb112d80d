/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Look-alikes against a second implementation that compares every name with every other by the words of docs/merge.md. Names are made
 * of a small alphabet and few words, so that there are many pairs of each sort.
 */
#include "make_network.h"

#include "coopnet/merge.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 60, WORDS = 5, WORD_BYTES = 24 };

typedef struct name {
    char words[WORDS][WORD_BYTES];
    int count;
    char text[WORDS * WORD_BYTES];
    char joined[WORDS * WORD_BYTES]; /* without blanks */
} name;

static void make_name(name *out, uint64_t *random) {
    static const char *const words[] = {"вега", "сокол", "север", "ромб", "альтаир", "веге", "соколик", "мс"};
    out->count = 1 + (int)check_below(random, 4);
    out->text[0] = out->joined[0] = '\0';
    for (int i = 0; i < out->count; i++) {
        (void)snprintf(out->words[i], WORD_BYTES, "%s", words[check_below(random, 8)]);
        if (check_below(random, 5) == 0) {
            (void)snprintf(out->words[i] + strlen(out->words[i]) - 2, WORD_BYTES - strlen(out->words[i]), "%s",
                           (const char *[]){"", "ю", "юя"}[check_below(random, 3)]);
        }
        (void)strcat(out->text, i ? " " : "");
        (void)strcat(out->text, out->words[i]);
        (void)strcat(out->joined, out->words[i]);
    }
}

/* Edit distance without swaps, in code points, by the textbook. */
static unsigned distance(const char *a, const char *b) {
    uint32_t x[200], y[200];
    size_t n = 0, m = 0;
    unsigned d[200];
    while (*a) {
        x[n++] = cn__utf8_next(&a);
    }
    while (*b) {
        y[m++] = cn__utf8_next(&b);
    }
    for (size_t j = 0; j <= m; j++) {
        d[j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = d[0];
        d[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = diagonal + (x[i - 1] != y[j - 1]);
            best = d[j] + 1 < best ? d[j] + 1 : best;
            best = d[j - 1] + 1 < best ? d[j - 1] + 1 : best;
            diagonal = d[j];
            d[j] = best;
        }
    }
    return d[m];
}

static int compare_words(const void *a, const void *b) { return strcmp(a, b); }

static bool same_words(const name *a, const name *b) {
    name x = *a;
    name y = *b;
    qsort(x.words, (size_t)x.count, WORD_BYTES, compare_words);
    qsort(y.words, (size_t)y.count, WORD_BYTES, compare_words);
    bool same = x.count == y.count && x.count > 1;
    for (int i = 0; i < x.count && same; i++) {
        same = strcmp(x.words[i], y.words[i]) == 0;
    }
    return same;
}

static bool near(const name *a, const name *b) {
    size_t n = cn__utf8_count(a->joined, strlen(a->joined));
    size_t m = cn__utf8_count(b->joined, strlen(b->joined));
    size_t least = n < m ? n : m;
    unsigned limit = least < 5 ? 0 : least < 9 ? 1 : 2;
    return limit && distance(a->joined, b->joined) <= limit;
}

static bool inside(const name *shorter, const name *longer) {
    int extra = longer->count - shorter->count;
    size_t letters = 0;
    for (int i = 0; i < shorter->count; i++) {
        bool there = false;
        for (int k = 0; k < longer->count; k++) {
            there = there || strcmp(shorter->words[i], longer->words[k]) == 0;
        }
        if (!there) {
            return false;
        }
        letters += cn__utf8_count(shorter->words[i], strlen(shorter->words[i]));
    }
    return extra > 0 && extra <= (shorter->count > 2 ? shorter->count : 2) && letters >= 4;
}

/* Is this pair asked about, and for which of the three reasons (0 none)? */
static unsigned asked_of(const cn_merge *merge, cn_entity a, cn_entity b) {
    for (size_t i = 0; i < cn_merge_question_count(merge); i++) {
        const cn_merge_question *q = cn_merge_question_at(merge, i);
        if (q->entity_a == a && q->entity_b == b) {
            return (unsigned)q->reason;
        }
    }
    return 0;
}

static void compare(uint64_t seed) {
    static name names[NAMES];
    cn_builder *builder = make_builder();
    size_t count = 0;
    while (count < NAMES) {
        bool known = false;
        make_name(&names[count], &seed);
        for (size_t i = 0; i < count; i++) {
            known = known || strcmp(names[i].joined, names[count].joined) == 0; /* the same name */
        }
        if (!known) {
            char id[8];
            cn_entity e;
            (void)snprintf(id, sizeof id, "n%zu", count);
            CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, names[count].text, &e, NULL), CN_OK);
            count++;
        }
    }
    cn_network *net = make_network(builder);
    const cn_merge_input input = {net, "a"};
    cn_merge *merge;
    CHECK_INT(cn_merge_run(&input, 1, NULL, &merge, NULL), CN_OK);
    CHECK_INT(cn_entity_count(cn_merge_network(merge)), NAMES);
    for (cn_entity a = 0; a < NAMES; a++) {
        for (cn_entity b = a + 1; b < NAMES; b++) {
            unsigned want = same_words(&names[a], &names[b])                               ? CN_MERGE_ORDER
                            : near(&names[a], &names[b])                                   ? CN_MERGE_SPELLING
                            : inside(&names[a], &names[b]) || inside(&names[b], &names[a]) ? CN_MERGE_CONTAINED
                                                                                           : 0;
            unsigned got = asked_of(merge, a, b);
            if (want != (got == CN_MERGE_INITIALS ? 0 : got)) {
                printf("  %s | %s: got %s, want %s\n", names[a].text, names[b].text,
                       cn_merge_reason_key((cn_merge_reason)got), cn_merge_reason_key((cn_merge_reason)want));
            }
            CHECK_INT(got == CN_MERGE_INITIALS ? 0 : got, want);
        }
    }
    CHECK_INT(cn_merge_counts_of(merge)->not_asked, 0);
    cn_merge_free(merge);
    cn_network_free(net);
}

static void all_pairs(void) {
    for (uint64_t seed = 1; seed <= 40; seed++) {
        compare(seed);
    }
}

int main(void) { return check_run((check_case[]){{"every pair by hand", all_pairs}, {0}}); }
