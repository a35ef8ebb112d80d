/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The products of flows: numbers of codes, for each code the nearest listed code above it, and the product table as
 * rows by output and input, the strongest role of equal rows kept. Cost: O(P) and O(rows log rows).
 */
#include <stdlib.h>
#include <string.h>

#include "coopnet/ident.h"
#include "flows_impl.h"

bool cn_product_covers(const char *general, const char *specific) {
    size_t len = strlen(general);
    if (strncmp(general, specific, len) != 0) {
        return false;
    }
    return specific[len] == '\0' || (cn_okpd2_valid(general) && cn_okpd2_valid(specific));
}

bool cn__trade_code(cn__trade *trade, const char *code, uint32_t *out) {
    size_t len = strlen(code);
    *out = trade->named_count > 0 ? cn__strmap_find(&trade->codes, code, len) : CN_NONE;
    if (*out != CN_NONE) {
        return true;
    }
    *out = trade->named_count;
    if (!cn__strmap_add(&trade->codes, code, len, *out, NULL)) {
        return false;
    }
    trade->named_count++;
    return true;
}

static const char *code_of(const cn__trade *trade, uint32_t product) {
    return cn__arena_at(&trade->codes.keys, trade->codes.entries[product].key);
}

/* Cut from the end until a known code is left. */
static uint32_t parent_of(const cn__trade *trade, uint32_t product) {
    const char *code = code_of(trade, product);
    if (!cn_okpd2_valid(code)) {
        return CN_NONE;
    }
    for (size_t len = strlen(code) - 1; len >= 2; len--) {
        uint32_t found = cn__strmap_find(&trade->codes, code, len);
        if (found != CN_NONE && cn_product_covers(code_of(trade, found), code)) {
            return found;
        }
    }
    return CN_NONE;
}

static int compare_rows(const void *a, const void *b) {
    const cn_table_row *x = a;
    const cn_table_row *y = b;
    if (x->output != y->output) {
        return x->output < y->output ? -1 : 1;
    }
    if (x->input != y->input) {
        return x->input < y->input ? -1 : 1;
    }
    return x->role > y->role ? -1 : x->role < y->role; /* the strongest first: it is kept */
}

static bool index_rows(cn__trade *trade, const cn_table_row *rows, size_t count) {
    trade->row_start = cn__calloc((size_t)trade->product_count + 1, sizeof *trade->row_start);
    trade->rows = cn__alloc(count, sizeof *trade->rows);
    if (trade->row_start == NULL || trade->rows == NULL) {
        return false;
    }
    memcpy(trade->rows, rows, count * sizeof *rows);
    qsort(trade->rows, count, sizeof *trade->rows, compare_rows);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        cn_table_row row = trade->rows[i];
        if (kept == 0 || row.output != trade->rows[kept - 1].output || row.input != trade->rows[kept - 1].input) {
            trade->rows[kept++] = row;
            trade->row_start[row.output + 1]++;
        }
    }
    for (uint32_t p = 0; p < trade->product_count; p++) {
        trade->row_start[p + 1] += trade->row_start[p];
    }
    return true;
}

bool cn__trade_index(cn__trade *trade, const cn_table_row *rows, size_t row_count) {
    trade->parent = cn__alloc(trade->named_count, sizeof *trade->parent);
    if (trade->parent == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < trade->named_count; p++) {
        trade->parent[p] = parent_of(trade, p);
    }
    return row_count == 0 || index_rows(trade, rows, row_count);
}
