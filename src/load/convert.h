/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the text of a cell to a value of its column's type. */
#ifndef CN_LOAD_CONVERT_H
#define CN_LOAD_CONVERT_H

#include "load_context.h"
#include "record.h"

typedef struct cn__value {
    const char *text; /* of texts; else the cell's text */
    int64_t minor;    /* MONEY, rounded */
    double number;    /* NUMBER; MONEY unrounded */
    uint64_t count;   /* COUNT, FLAG, ENUM, LANG, DATE (cn_date) */
    bool inexact;     /* MONEY: more than two decimals were given */
} cn__value;

/*
 * Convert a cell of any type but REF and FREE. False: it is wrong and was reported. Doubts (a check digit, rounding) are reported
 * and the value is taken; the rounding of a link's value is left to the caller, who keeps the decimals.
 */
bool cn__convert(cn__load *load, const cn__record *record, const cn__cell *cell, cn__value *out);

/* Value of an ENUM by its key or its name in either language; -1: none. */
int cn__value_by_word(cn_vocabulary vocabulary, const char *word);
/* Is this text, meant as a product, worth a warning? */
bool cn__doubtful_product(const char *text);

#endif
