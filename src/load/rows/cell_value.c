/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the text of a cell to what was meant. Nothing is guessed that could mean two things: 1,234 in a table with commas for separators
 * stays a mistake. A code that became a date is restored only where no other code could have become it: spreadsheets turn dd.mm, dd.mm.yy
 * and mm.yy into dates, and no OKPD2 code has a group that begins with 0 (XX.0Y), so that 23.янв was 23.1 and 26.11.2010 was 26.11.10, but
 * 01.02.2023 was none. O(length).
 */
#include "cell_value.h"

#include "coopnet/ident.h"
#include "number.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64, NO_PART = 1000 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- units ---- */

typedef struct unit_word {
    const char *begin; /* of a folded word */
    int shift;         /* -1: a currency or filler, which multiplies nothing */
} unit_word;

static const unit_word unit_words[] = {
    {"млрд", 9},    {"миллиард", 9}, {"bn", 9},   {"billion", 9}, {"млн", 6},      {"миллион", 6}, {"mln", 6},
    {"million", 6}, {"mio", 6},      {"тыс", 3},  {"тысяч", 3},   {"thousand", 3}, {"руб", -1},    {"₽", -1},
    {"rub", -1},    {"rouble", -1},  {"rur", -1}, {"eur", -1},    {"евро", -1},    {"€", -1},      {"долл", -1},
    {"usd", -1},    {"$", -1},       {"сша", -1}, {"юан", -1},    {"cny", -1},
};

/* Is it this word? The longer ones stand for all their endings. */
static bool is_word(const char *word, const char *begin) {
    size_t len = strlen(begin);
    return strncmp(word, begin, len) == 0 && (len > 3 || strlen(word) <= len + 4);
}

static bool unit_word_shift(const char *word, int *shift) {
    static const char *const fillers[] = {"в", "in", "of", "р"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (strcmp(word, fillers[i]) == 0) {
            *shift = i + 1 == sizeof fillers / sizeof *fillers ? -1 : -2;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (is_word(word, unit_words[i].begin)) {
            *shift = unit_words[i].shift;
            return true;
        }
    }
    return false;
}

bool cn__unit_parse(const char *text, size_t len, int *shift) {
    char plain[WORD_MAX];
    cn_buf folded = {0};
    bool unit = false;
    bool good = len > 0 && len < sizeof plain;
    *shift = 0;
    if (good) {
        memcpy(plain, text, len);
        plain[len] = '\0';
        cn__utf8_fold(&folded, plain);
        good = folded.data != NULL && !folded.failed;
    }
    char *rest = NULL;
    for (char *word = good ? strtok_r(folded.data, " .,()/", &rest) : NULL; word && good;
         word = strtok_r(NULL, " .,()/", &rest)) {
        int own = 0;
        good = unit_word_shift(word, &own) && (own <= 0 || *shift == 0);
        *shift = good && own > 0 ? own : *shift;
        unit = unit || own != -2;
    }
    cn_buf_release(&folded);
    return good && unit;
}

size_t cn__unit_split(const char *header, size_t len, int *shift) {
    for (size_t i = 1; i < len; i++) {
        bool border = header[i] == ',' || header[i] == '(' || header[i] == ' ' || (unsigned char)header[i] == 0xC2;
        if (border && cn__unit_parse(header + i, len - i, shift)) {
            while (i > 0 && (header[i - 1] == ' ' || header[i - 1] == ',')) {
                i--;
            }
            return i;
        }
    }
    *shift = 0;
    return len;
}

/* ---- numbers ---- */

/* Bytes of a mark that may stand between groups of digits: spaces of every width, apostrophes. */
static size_t group_mark(const char *text) {
    return *text == ' ' || *text == '\''           ? 1
           : strncmp(text, "\xC2\xA0", 2) == 0     ? 2
           : strncmp(text, "\xE2\x80\xAF", 3) == 0 ? 3
           : strncmp(text, "\xE2\x80\x89", 3) == 0 ? 3
           : strncmp(text, "\xE2\x80\x87", 3) == 0 ? 3
           : strncmp(text, "\xE2\x80\x99", 3) == 0 ? 3
                                                   : 0;
}

/* A number in pieces: digits with their points and commas, then what follows. */
typedef struct pieces {
    cn_buf digits; /* with points and commas, without other marks */
    int points, commas;
    const char *rest;
} pieces;

static void take_apart(const char *text, pieces *out) {
    if (strncmp(text, "\xE2\x88\x92", 3) == 0) { /* the minus sign of typographers */
        cn_buf_add(&out->digits, "-", 1);
        text += 3;
    } else if (*text == '-') {
        cn_buf_add(&out->digits, text++, 1);
    }
    while (*text) {
        size_t mark = group_mark(text);
        bool behind_digit = out->digits.len > 0 && is_digit(out->digits.data[out->digits.len - 1]);
        if (is_digit(*text)) {
            cn_buf_add(&out->digits, text++, 1);
        } else if ((*text == '.' || *text == ',') && behind_digit && is_digit(text[1])) {
            out->points += *text == '.';
            out->commas += *text == ',';
            cn_buf_add(&out->digits, text++, 1);
        } else if (mark && behind_digit && is_digit(text[mark])) {
            text += mark;
        } else {
            break;
        }
    }
    out->rest = text;
}

/* Do these marks part whole groups of three digits, up to `end`? */
static bool parts_groups(const char *digits, const char *end, char mark) {
    size_t since = 0;
    bool seen = false;
    for (const char *at = *digits == '-' ? digits + 1 : digits; at < end; at++) {
        if (*at == mark) {
            if ((seen && since != 3) || (!seen && (since == 0 || since > 3))) {
                return false;
            }
            seen = true;
            since = 0;
        } else if (is_digit(*at)) {
            since++;
        } else {
            return false;
        }
    }
    return seen && since == 3;
}

/* Which mark is the decimal one, and which parts groups ('\0': none). False: it cannot be told. */
static bool tell_marks(const pieces *p, bool decimal_comma, char *decimal, char *group) {
    const char *digits = p->digits.data;
    const char *last = strrchr(digits, '.');
    const char *comma = strrchr(digits, ',');
    *decimal = *group = '\0';
    if (p->points && p->commas) {
        last = !last || comma > last ? comma : last;
        *decimal = *last;
        *group = *last == '.' ? ',' : '.';
        return (*last == '.' ? p->points : p->commas) == 1 && parts_groups(digits, last, *group);
    }
    char mark = p->points ? '.' : ',';
    int count = p->points + p->commas;
    if (count == 1) {
        *decimal = mark;
        return mark == '.' || decimal_comma;
    }
    *group = count ? mark : '\0';
    return count == 0 || parts_groups(digits, digits + p->digits.len, mark);
}

/* Move the decimal point of the number that begins at `start` to the right, or for a percentage to the left. */
static void shift_point(cn_buf *out, size_t start, int power) {
    cn_buf whole = {0};
    const char *text = out->failed ? "" : out->data + start;
    const char *digits = text + (*text == '-');
    size_t all = strlen(digits);
    size_t before = strcspn(digits, ".");
    if (power == 0 || !*digits) {
        return;
    }
    cn_buf_add(&whole, "-", *text == '-');
    long at = (long)before + power; /* where the point goes among the digits */
    size_t count = all - (digits[before] == '.');
    for (long i = at <= 0 ? at - 1 : 0; i < (long)count || i < at; i++) {
        size_t place = i < 0 ? 0 : (size_t)i + ((size_t)i >= before);
        bool given = i >= 0 && i < (long)count;
        if (i == at) {
            cn_buf_add(&whole, ".", 1);
        }
        cn_buf_add(&whole, given ? digits + place : "0", 1);
    }
    const char *first = whole.data ? whole.data + (*text == '-') : "";
    size_t zeros = strspn(first, "0"); /* JSON begins no number with 00 or 05 */
    zeros -= zeros > 0 && (first[zeros] == '.' || !first[zeros]);
    out->len = start;
    cn_buf_add(out, "-", *digits != *text);
    cn_buf_add_text(out, first + zeros);
    out->failed = out->failed || whole.failed;
    cn_buf_release(&whole);
}

/* "e6" and the like behind the digits, already in the notation of JSON. */
static bool is_exponent(const char *text) {
    size_t sign = *text ? (size_t)(text[1] == '+' || text[1] == '-') : 0;
    return (*text == 'e' || *text == 'E') && text[1 + sign] &&
           strspn(text + 1 + sign, "0123456789") == strlen(text + 1 + sign);
}

cn__number_form cn__number_read(const char *text, size_t len, bool decimal_comma, int shift, cn_buf *out) {
    pieces p = {{0}, 0, 0, text};
    char decimal, group;
    int unit = 0;
    size_t start = out->len;
    take_apart(text, &p);
    while (*p.rest == ' ' || strncmp(p.rest, "\xC2\xA0", 2) == 0) {
        p.rest += *p.rest == ' ' ? 1 : 2;
    }
    bool percent = strcmp(p.rest, "%") == 0;
    bool exponent = is_exponent(p.rest);
    bool own_unit = *p.rest && !percent && !exponent && cn__unit_parse(p.rest, strlen(p.rest), &unit);
    bool known = *p.rest == '\0' || percent || exponent || own_unit;
    bool digits = p.digits.len > 0 && is_digit(p.digits.data[p.digits.len - 1]);
    if (!known || !digits || p.digits.failed || !tell_marks(&p, decimal_comma, &decimal, &group)) {
        out->failed = out->failed || p.digits.failed;
        cn_buf_release(&p.digits);
        cn_buf_add(out, text, len);
        return CN__NUMBER_NOT;
    }
    for (size_t i = 0; i < p.digits.len; i++) {
        char c = p.digits.data[i];
        if (c != group || !group) {
            cn_buf_add(out, c == decimal ? "." : &c, 1);
        }
    }
    int power = (percent ? -2 : 0) + (own_unit ? unit : shift);
    shift_point(out, start, power);
    if (exponent) {
        cn_buf_add_text(out, p.rest);
    }
    cn_buf_release(&p.digits);
    return group || percent || own_unit ? CN__NUMBER_READ_AS : CN__NUMBER_PLAIN;
}

/* ---- marks ---- */

/* Does a text begin with one of these letters? Folding every cell of a large table would cost more than all the rest. */
static bool begins_with_one_of(const char *text, const char *letters) {
    for (const char *at = letters; *at;) {
        size_t len = (unsigned char)*at >= 0xC0 ? ((unsigned char)*at >= 0xE0 ? 3 : 2) : 1;
        if (*text == *at && strncmp(text, at, len) == 0) {
            return true;
        }
        at += len;
    }
    return false;
}

static bool folds_to_one_of(const char *text, const char *const *words) {
    cn_buf folded = {0};
    bool found = false;
    cn__utf8_fold(&folded, text);
    for (; *words && folded.data && !found; words++) {
        found = strcmp(folded.data, *words) == 0;
    }
    cn_buf_release(&folded);
    return found;
}

bool cn__is_no_data(const char *text, size_t len, bool typed) {
    static const char *const words[] = {"н/д", "н.д.", "нет данных", "нет сведений", "n/a", "#n/a", "#н/д", NULL};
    static const char *const typed_words[] = {"na", "nan", "null", "none", "…", "...", NULL};
    if (len == 0 || len > 40) {
        return false;
    }
    if (typed &&
        strcmp(text, "-2147483648") == 0) { /* the missing integer of R, which other programs write as a number */
        return true;
    }
    const char *at = text;
    while (*at == '-' || strncmp(at, "\xE2\x80\x94", 3) == 0 || strncmp(at, "\xE2\x80\x93", 3) == 0) {
        at += *at == '-' ? 1 : 3;
    }
    if (*at && !begins_with_one_of(text, "нНnN#.…\"«' ")) {
        return false;
    }
    return !*at || folds_to_one_of(text, words) || (typed && folds_to_one_of(text, typed_words));
}

bool cn__is_total(const char *text) {
    static const char *const words[] = {"итого", "всего", "total", "grand total", "итог", "общий итог"};
    cn_buf folded = {0};
    bool found = false;
    if (!begins_with_one_of(text, "иИвВоОtTgG\"«' ")) {
        return false;
    }
    cn__utf8_fold(&folded, text);
    for (size_t i = 0; i < sizeof words / sizeof *words && folded.data && !found; i++) {
        size_t len = strlen(words[i]);
        bool begins = strncmp(folded.data, words[i], len) == 0;
        const char *rest = folded.data + (begins ? len : 0);
        bool more = strncmp(rest, " по ", strlen(" по ")) == 0 || strncmp(rest, " за ", strlen(" за ")) == 0;
        found = begins && (!*rest || strcmp(rest, ":") == 0 || more);
    }
    cn_buf_release(&folded);
    return found;
}

/* ---- what spreadsheets spoil ---- */

bool cn__inn_restore(const char *text, size_t len, char out[16]) {
    if ((len != 9 && len != 11) || strspn(text, "0123456789") != len) {
        return false;
    }
    (void)snprintf(out, 16, "0%s", text);
    return cn_inn_valid(out);
}

bool cn__is_shortened(const char *text, size_t len) {
    size_t digits = strspn(text, "0123456789");
    size_t at = digits;
    if (at == 1 && (text[at] == ',' || text[at] == '.')) {
        at += 1 + strspn(text + at + 1, "0123456789");
    }
    return digits == 1 && (text[at] == 'e' || text[at] == 'E') && text[at + 1] == '+' && is_digit(text[at + 2]) &&
           at + 2 + strspn(text + at + 2, "0123456789") == len;
}

/* Month of a name as spreadsheets shorten it in Russian or English; 0: none. *len: of the name with its full stop. */
static int month_of(const char *text, size_t *len) {
    static const char *const names[] = {"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг",
                                        "сен", "окт", "ноя", "дек", "jan", "feb", "mar", "apr",
                                        "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    char lower[8] = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i]);
        bool same = strncmp(text, names[i], size) == 0;
        if (!same && size == 3) {
            for (size_t k = 0; k < 3 && text[k]; k++) {
                lower[k] = text[k] >= 'A' && text[k] <= 'Z' ? (char)(text[k] - 'A' + 'a') : text[k];
                lower[k + 1] = '\0';
            }
            same = strcmp(lower, names[i]) == 0;
        }
        if (same || (i == 4 && strncmp(text, "мая", strlen("мая")) == 0)) {
            *len = size;
            return (int)(i % 12) + 1;
        }
    }
    return 0;
}

/* A code of parts between points; a part is two digits, or one where it is negative. */
static bool keep_code(char out[16], int a, int b, int c) {
    const int parts[] = {a, b, c};
    char *at = out;
    for (size_t i = 0; i < 3 && parts[i] != NO_PART; i++) {
        unsigned part = (unsigned)abs(parts[i]) % 100;
        if (i > 0) {
            *at++ = '.';
        }
        if (parts[i] >= 0) {
            *at++ = (char)('0' + part / 10);
        }
        *at++ = (char)('0' + part % 10);
    }
    *at = '\0';
    return cn_okpd2_valid(out);
}

/* A day and a month were dd.mm: before October one digit was typed, for no code has a group XX.0Y. */
static bool from_day(int day, int month, char out[16]) {
    return keep_code(out, day, month < 10 ? -month : month, NO_PART);
}

/* A whole date was dd.mm.yy. */
static bool from_date(int day, int month, int year, char out[16]) {
    return month >= 10 && year >= 1930 && year <= 2029 && keep_code(out, day, month, year % 100);
}

/* "23.янв", "23-янв", "янв.41", "янв-41". */
static bool from_words(const char *text, char out[16], bool *is_date) {
    char *end = NULL;
    size_t len = 0;
    long first = is_digit(*text) ? strtol(text, &end, 10) : -1;
    const char *at = end ? end : text;
    at += first >= 0 && (*at == '.' || *at == '-' || *at == ' ');
    int month = month_of(at, &len);
    *is_date = false;
    if (!month) {
        return false;
    }
    at += len;
    if (first >= 0) {
        *is_date = *at == '\0' || (*at == '.' && !at[1]);
        return *is_date && first >= 1 && first <= 31 && from_day((int)first, month, out);
    }
    at += *at == '.' || *at == '-' || *at == ' ';
    long year = strtol(at, &end, 10);
    *is_date = is_digit(*at) && *end == '\0' && (end - at == 2 || end - at == 4);
    return *is_date && keep_code(out, month, (int)(year % 100), NO_PART);
}

/* Digits and points without a year at the end: no date, as nearly all codes. */
static bool is_plain_code(const char *text) {
    size_t len = strspn(text, "0123456789.");
    size_t digits = 0;
    while (digits < 4 && digits < len && is_digit(text[len - 1 - digits])) {
        digits++;
    }
    return text[len] == '\0' && digits < 4;
}

cn__code_fate cn__code_restore(const char *text, cn__date_look look, char out[16]) {
    int a = 0, b = 0, c = 0;
    char more = '\0';
    bool is_date = look != CN__LOOK_TEXT;
    bool restored = false;
    if (is_plain_code(text) || strlen(text) > 20) {
        return CN__CODE_FINE;
    }
    if (sscanf(text, "%4d-%2d-%2d%c", &a, &b, &c, &more) == 3 && a > 999) {
        is_date = true;
        restored = look == CN__LOOK_DAY     ? from_day(c, b, out)
                   : look == CN__LOOK_MONTH ? keep_code(out, b, a % 100, NO_PART)
                                            : from_date(c, b, a, out);
    } else if (sscanf(text, "%2d.%2d.%4d%c", &a, &b, &c, &more) == 3 && c > 999) {
        is_date = true;
        restored = from_date(a, b, c, out);
    } else {
        restored = from_words(text, out, &is_date);
    }
    return restored ? CN__CODE_RESTORED : is_date ? CN__CODE_LOST : CN__CODE_FINE;
}
