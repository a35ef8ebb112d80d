/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contingency tables, and what they say of how alike two partitions are.
 * NMI = I(A, B) / ((H(A) + H(B)) / 2) (Danon et al. 2005). ARI (Hubert & Arabie 1985): with S the pairs together in both, a and b those in each, t
 * all pairs: (S − ab/t) / ((a + b)/2 − ab/t). Both are 1 where the partitions are the same.
 * The table is made by two stable passes of counting, by b and then by a. Cost: O(n + numbers).
 */
#include "contingency.h"

#include <math.h>
#include <string.h>

#include "coopnet/communities.h"
#include "error.h"
#include "memory.h"

static uint32_t numbers_in(uint32_t n, const uint32_t *of) {
    uint32_t count = 0;
    for (uint32_t v = 0; v < n; v++) {
        count = of[v] != CN_NONE && of[v] >= count ? of[v] + 1 : count;
    }
    return count;
}

/* Stable: `from` into `to` by key; `first` has numbers+1 entries. */
static void pass(uint32_t count, const uint32_t *from, const uint32_t *key, uint32_t numbers, uint32_t *first,
                 uint32_t *to) {
    memset(first, 0, ((size_t)numbers + 1) * sizeof *first);
    for (uint32_t i = 0; i < count; i++) {
        first[key[from[i]] + 1]++;
    }
    for (uint32_t k = 0; k < numbers; k++) {
        first[k + 1] += first[k];
    }
    for (uint32_t i = 0; i < count; i++) {
        to[first[key[from[i]]]++] = from[i];
    }
}

bool cn__contingency_make(uint32_t n, const uint32_t *a, const uint32_t *b, cn__contingency *out) {
    *out = (cn__contingency){.a_count = numbers_in(n, a), .b_count = numbers_in(n, b)};
    uint32_t most = out->a_count > out->b_count ? out->a_count : out->b_count;
    uint32_t *one = cn__alloc(n, sizeof *one);
    uint32_t *two = cn__alloc(n, sizeof *two);
    uint32_t *first = cn__alloc((size_t)most + 1, sizeof *first);
    bool ok = one && two && first;
    for (uint32_t v = 0; ok && v < n; v++) {
        if (a[v] != CN_NONE && b[v] != CN_NONE) {
            one[out->placed++] = v;
        }
    }
    if (ok) {
        pass(out->placed, one, b, out->b_count, first, two);
        pass(out->placed, two, a, out->a_count, first, one);
    }
    for (uint32_t i = 0; ok && i < out->placed; i++) {
        out->cell_count += i == 0 || a[one[i]] != a[one[i - 1]] || b[one[i]] != b[one[i - 1]];
    }
    out->cells = ok ? cn__alloc(out->cell_count, sizeof *out->cells) : NULL;
    ok = out->cells != NULL;
    cn__cell *cell = out->cells;
    for (uint32_t i = 0; ok && i < out->placed; i++) {
        uint32_t v = one[i];
        if (i > 0 && a[v] == cell->a && b[v] == cell->b) {
            cell->count++;
        } else {
            cell += i > 0;
            *cell = (cn__cell){a[v], b[v], 1};
        }
    }
    cn__free(one);
    cn__free(two);
    cn__free(first);
    return ok;
}

void cn__contingency_release(cn__contingency *table) {
    cn__free(table->cells);
    *table = (cn__contingency){.placed = 0};
}

static double pairs(double count) { return count * (count - 1) / 2; }

/* x log x for a share. */
static double entropy_part(double count, double total) {
    double share = count / total;
    return share > 0 ? -share * log(share) : 0;
}

static double adjusted_rand(double both, double a, double b, double all) {
    double expected = a * b / all;
    double most = (a + b) / 2;
    return most > expected ? (both - expected) / (most - expected) : 1;
}

static void measure(const cn__contingency *table, double *a_size, double *b_size, cn_partition_match *out) {
    double n = table->placed;
    double both = 0, entropy = 0, entropy_a = 0, entropy_b = 0, pairs_a = 0, pairs_b = 0;
    for (uint32_t i = 0; i < table->cell_count; i++) {
        const cn__cell *cell = &table->cells[i];
        a_size[cell->a] += cell->count;
        b_size[cell->b] += cell->count;
        both += pairs(cell->count);
        entropy += entropy_part(cell->count, n);
    }
    for (uint32_t i = 0; i < table->a_count; i++) {
        entropy_a += entropy_part(a_size[i], n);
        pairs_a += pairs(a_size[i]);
    }
    for (uint32_t i = 0; i < table->b_count; i++) {
        entropy_b += entropy_part(b_size[i], n);
        pairs_b += pairs(b_size[i]);
    }
    double mutual = entropy_a + entropy_b - entropy;
    double mean = (entropy_a + entropy_b) / 2;
    out->nmi = mean > 0 ? fmin(1, fmax(0, mutual / mean)) : 1;
    out->ari = adjusted_rand(both, pairs_a, pairs_b, pairs(n));
}

cn_status cn_partition_compare(uint32_t n, const uint32_t *a, const uint32_t *b, cn_partition_match *out,
                               cn_error *err) {
    cn__contingency table;
    *out = (cn_partition_match){0, (double)NAN, (double)NAN};
    bool ok = cn__contingency_make(n, a, b, &table);
    double *a_size = ok ? cn__calloc(table.a_count, sizeof *a_size) : NULL;
    double *b_size = ok ? cn__calloc(table.b_count, sizeof *b_size) : NULL;
    ok = a_size && b_size;
    if (ok) {
        out->compared = table.placed;
        if (table.placed > 1) {
            measure(&table, a_size, b_size, out);
        }
    }
    cn__free(a_size);
    cn__free(b_size);
    cn__contingency_release(&table);
    return ok ? CN_OK : CN__NO_MEMORY(err);
}
