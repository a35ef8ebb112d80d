/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and money as text: for people in their language, or exactly for programs.
 *
 * Doubles are rounded from their shortest decimal digits (number.c), so 0.15 to one decimal is 0.2 as the reader who
 * sees "0.15" expects. Money stays an integer throughout. Both round half away from zero, once. Cost: one to three
 * microseconds for each double.
 */
#include "buf.h"
#include "number.h"

#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"
#define DASH "\xE2\x80\x93"
#define INFINITY_SIGN "\xE2\x88\x9E"

static bool russian(cn_lang lang) { return lang == CN_LANG_RU; }

static const char *group_mark(cn_lang lang) { return russian(lang) ? NO_BREAK_SPACE : ","; }

static const char *decimal_mark(cn_lang lang) { return russian(lang) ? "," : "."; }

/* `count` digits, in groups of three from the right. */
static void add_grouped(cn_buf *out, cn_lang lang, const char *digits, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            cn_buf_add_text(out, group_mark(lang));
        }
        cn__buf_add_char(out, digits[i]);
    }
}

/* A point and `count` digits, without the zeros at the end; nothing when all are. */
static void add_fraction(cn_buf *out, cn_lang lang, const char *digits, size_t count) {
    while (count > 0 && digits[count - 1] == '0') {
        count--;
    }
    if (count > 0) {
        cn_buf_add_text(out, decimal_mark(lang));
        cn_buf_add(out, digits, count);
    }
}

/* d.ddde+XX, as printf and Python write it. */
static void add_scientific(cn_buf *out, const cn__decimal *d, const char *point) {
    if (d->negative) {
        cn__buf_add_char(out, '-');
    }
    cn__buf_add_char(out, d->digits[0]);
    if (d->count > 1) {
        cn_buf_add_text(out, point);
        cn_buf_add(out, d->digits + 1, (size_t)d->count - 1);
    }
    unsigned exponent = (unsigned)(d->exponent < 0 ? -d->exponent : d->exponent);
    cn_buf_add_text(out, d->exponent < 0 ? "e-" : "e+");
    if (exponent < 10) {
        cn__buf_add_char(out, '0');
    }
    cn__format_u64(out, exponent);
}

/* More digits than this before the point are no number for people. */
enum { WHOLE_MAX = 21, DECIMALS_MAX = 17 };

/*
 * `d` as one row of digits with `decimals` of them behind the point, rounded half away from zero. The row has room for
 * a carry in front; returns how many digits stand before the point.
 */
static size_t rounded_row(const cn__decimal *d, int decimals, char row[WHOLE_MAX + DECIMALS_MAX + 2]) {
    size_t whole = d->exponent < 0 ? 2 : (size_t)d->exponent + 2; /* one for the carry */
    size_t len = whole + (size_t)decimals;
    memset(row, '0', len);
    /* Digit i of d has its place at `first` + i; that may lie behind the row, but not before it. */
    size_t first = (size_t)(1 - (d->exponent < 0 ? d->exponent : 0));
    for (size_t i = 0; i < (size_t)d->count && first + i < len; i++) {
        row[first + i] = d->digits[i];
    }
    bool up = len >= first && len - first < (size_t)d->count && d->digits[len - first] >= '5';
    for (size_t i = len; up && i > 0; i--) {
        up = row[i - 1] == '9';
        row[i - 1] = up ? '0' : (char)(row[i - 1] + 1);
    }
    return whole;
}

void cn_format_number(cn_buf *out, cn_lang lang, double value, int decimals) {
    if (isnan(value)) {
        cn_buf_add_text(out, DASH);
        return;
    }
    if (isinf(value)) {
        cn_buf_add_text(out, value < 0 ? "-" INFINITY_SIGN : INFINITY_SIGN);
        return;
    }
    cn__decimal d;
    cn__shortest_decimal(value, &d);
    if (d.exponent >= WHOLE_MAX - 1) {
        add_scientific(out, &d, decimal_mark(lang));
        return;
    }
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
    char row[WHOLE_MAX + DECIMALS_MAX + 2];
    size_t whole = rounded_row(&d, decimals, row);
    size_t len = whole + (size_t)decimals;
    size_t start = 0;
    while (start + 1 < whole && row[start] == '0') {
        start++;
    }
    bool is_zero = true;
    for (size_t i = start; i < len; i++) {
        is_zero = is_zero && row[i] == '0';
    }
    if (d.negative && !is_zero) {
        cn__buf_add_char(out, '-');
    }
    add_grouped(out, lang, row + start, whole - start);
    add_fraction(out, lang, row + whole, (size_t)decimals);
}

void cn_format_exact(cn_buf *out, double value) {
    if (isnan(value) || isinf(value)) {
        cn_buf_add_text(out, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return;
    }
    cn__decimal d;
    cn__shortest_decimal(value, &d);
    if (d.exponent < -4 || d.exponent >= 16) {
        add_scientific(out, &d, ".");
        return;
    }
    if (d.negative) {
        cn__buf_add_char(out, '-');
    }
    if (d.exponent < 0) {
        cn_buf_add_text(out, "0.");
        for (int i = -1; i > d.exponent; i--) {
            cn__buf_add_char(out, '0');
        }
        cn_buf_add(out, d.digits, (size_t)d.count);
        return;
    }
    for (int i = 0; i <= d.exponent || i < d.count; i++) {
        if (i == d.exponent + 1) {
            cn__buf_add_char(out, '.');
        }
        cn__buf_add_char(out, i < d.count ? d.digits[i] : '0');
    }
}

typedef struct money_unit {
    uint64_t minor; /* minor units of money in one */
    const char *en;
    const char *ru;
} money_unit;

static const money_unit units[] = {
    {100u, "", ""},
    {100000u, "k", NO_BREAK_SPACE "тыс."},
    {100000000u, "m", NO_BREAK_SPACE "млн"},
    {100000000000u, "bn", NO_BREAK_SPACE "млрд"},
    {100000000000000u, "tn", NO_BREAK_SPACE "трлн"},
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

/* Symbol of a currency, or NULL. */
static const char *currency_symbol(const char *code) {
    static const char *const symbols[][2] = {{"RUB", "₽"}, {"USD", "$"}, {"EUR", "€"}, {"CNY", "¥"}, {"GBP", "£"}};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (strcmp(symbols[i][0], code) == 0) {
            return symbols[i][1];
        }
    }
    return NULL;
}

static uint64_t divide_rounded(uint64_t value, uint64_t step) {
    uint64_t whole = value / step;
    return whole + (value % step >= step - value % step);
}

/*
 * The amount in the smallest unit that leaves three digits before the point, with as many decimals as make three
 * places. Every try rounds the amount itself, so that 999 950 becomes one million without being rounded twice.
 */
static const money_unit *shorten(uint64_t minor, uint64_t *scaled, unsigned *decimals) {
    static const uint64_t tens[] = {1, 10, 100};
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        for (unsigned places = 3; places-- > 0;) {
            uint64_t rounded = divide_rounded(minor, units[i].minor / tens[places]);
            if (rounded < 1000 || (i == UNIT_COUNT - 1 && places == 0)) {
                *scaled = rounded;
                *decimals = places;
                return &units[i];
            }
        }
    }
    return NULL; /* not reached: the last unit takes everything */
}

void cn_format_money(cn_buf *out, cn_lang lang, int64_t minor, const char *currency) {
    uint64_t scaled = 0;
    unsigned decimals = 0;
    const money_unit *unit = shorten(minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor, &scaled, &decimals);
    const char *symbol = currency_symbol(currency);
    if (minor < 0) {
        cn__buf_add_char(out, '-');
    }
    if (!russian(lang) && *currency) {
        cn_buf_add_text(out, symbol ? symbol : currency);
        cn_buf_add_text(out, symbol ? "" : NO_BREAK_SPACE);
    }
    /* At least one digit stands before the point. */
    char digits[20] = {0};
    size_t start = sizeof digits;
    for (uint64_t rest = scaled; rest != 0 || sizeof digits - start <= decimals; rest /= 10) {
        digits[--start] = (char)('0' + rest % 10);
    }
    size_t point = sizeof digits - decimals;
    add_grouped(out, lang, digits + start, point - start);
    add_fraction(out, lang, digits + point, decimals);
    cn_buf_add_text(out, russian(lang) ? unit->ru : unit->en);
    if (russian(lang) && *currency) {
        cn_buf_add_text(out, NO_BREAK_SPACE);
        cn_buf_add_text(out, symbol ? symbol : currency);
    }
}

void cn_format_money_exact(cn_buf *out, int64_t minor) {
    uint64_t magnitude = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    if (minor < 0) {
        cn__buf_add_char(out, '-');
    }
    cn__format_u64(out, magnitude / 100);
    if (magnitude % 100 != 0) {
        const char cents[3] = {'.', (char)('0' + magnitude % 100 / 10), (char)('0' + magnitude % 10)};
        cn_buf_add(out, cents, sizeof cents);
    }
}
