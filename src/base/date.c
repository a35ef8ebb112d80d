/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates with their precision in one number, so that they compare, hash and store as such.
 *
 * Days are counted by years that begin in March: the leap day is then the last of its year, and a month's start follows
 * from its number alone (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). Every call takes constant time.
 */
#include "date_form.h"
#include "number.h"

#include <string.h>

enum { DAYS_OF_400_YEARS = 146097, DAYS_BEFORE_0001 = 306 /* from 0000-03-01 to 0001-01-01 */ };

static bool leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int month_days(int year, int month) {
    static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap_year(year) ? 29 : days[month - 1];
}

/* Days since 0001-01-01 of a day that exists, year 1 to 9999. */
static int32_t day_number(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400;
    int year_of_era = shifted % 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_400_YEARS + day_of_era - DAYS_BEFORE_0001;
}

static void day_parts(int32_t number, int *year, int *month, int *day) {
    int shifted = number + DAYS_BEFORE_0001;
    int era = shifted / DAYS_OF_400_YEARS;
    int day_of_era = shifted % DAYS_OF_400_YEARS;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static cn_date pack(int32_t number, cn_precision precision) { return (cn_date)number << 2 | (cn_date)precision; }

cn_date cn_date_make(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || (month == 0 && day != 0)) {
        return CN_DATE_NONE;
    }
    if (month == 0) {
        return pack(day_number(year, 1, 1), CN_PRECISION_YEAR);
    }
    if (day > month_days(year, month)) {
        return CN_DATE_NONE;
    }
    return pack(day_number(year, month, day == 0 ? 1 : day), day == 0 ? CN_PRECISION_MONTH : CN_PRECISION_DAY);
}

/* Does `text` have digits where `shape` has 0, and the same characters elsewhere? */
static bool has_shape(const char *text, const char *shape) {
    for (; *shape; text++, shape++) {
        if (*shape == '0' ? *text < '0' || *text > '9' : *text != *shape) {
            return false;
        }
    }
    return *text == '\0';
}

static int number_at(const char *digits, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        value = value * 10 + (digits[i] - '0');
    }
    return value;
}

/* A way to write a date, and where its parts begin; -1: it has none. */
typedef struct date_form {
    const char *shape;
    int year;
    int month;
    int day;
} date_form;

static const date_form *find_form(const char *text) {
    static const date_form forms[] = {
        {"0000", 0, -1, -1},   {"0000-00", 0, 5, -1},   {"0000-00-00", 0, 5, 8},
        {"00.0000", 3, 0, -1}, {"00.00.0000", 6, 3, 0},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (has_shape(text, forms[i].shape)) {
            return &forms[i];
        }
    }
    return NULL;
}

bool cn__date_has_form(const char *text) { return find_form(text) != NULL; }

cn_date cn_date_parse(const char *text) {
    const date_form *form = find_form(text);
    if (!form) {
        return CN_DATE_NONE;
    }
    int month = form->month < 0 ? -1 : number_at(text + form->month, 2);
    int day = form->day < 0 ? -1 : number_at(text + form->day, 2);
    if (month == 0 || day == 0) {
        return CN_DATE_NONE; /* a part that is written must not be 0, which for cn_date_make means "not given" */
    }
    return cn_date_make(number_at(text + form->year, 4), month < 0 ? 0 : month, day < 0 ? 0 : day);
}

cn_precision cn_date_precision(cn_date date) { return (cn_precision)(date & 3u); }

int32_t cn_date_first_day(cn_date date) { return (int32_t)(date >> 2); }

int32_t cn_date_last_day(cn_date date) {
    int year;
    int month;
    int day;
    day_parts(cn_date_first_day(date), &year, &month, &day);
    switch (cn_date_precision(date)) {
    case CN_PRECISION_YEAR:
        return day_number(year, 12, 31);
    case CN_PRECISION_MONTH:
        return day_number(year, month, month_days(year, month));
    default:
        return cn_date_first_day(date);
    }
}

void cn_date_parts(cn_date date, int *year, int *month, int *day) {
    day_parts(cn_date_first_day(date), year, month, day);
    cn_precision precision = cn_date_precision(date);
    if (precision == CN_PRECISION_NONE) {
        *year = 0;
    }
    if (precision < CN_PRECISION_MONTH) {
        *month = 0;
    }
    if (precision < CN_PRECISION_DAY) {
        *day = 0;
    }
}

static void add_padded(cn_buf *out, int value, size_t width) {
    char digits[4];
    for (size_t i = width; i-- > 0; value /= 10) {
        digits[i] = (char)('0' + value % 10);
    }
    cn_buf_add(out, digits, width);
}

void cn_format_date_iso(cn_buf *out, cn_date date) {
    int year;
    int month;
    int day;
    if (date == CN_DATE_NONE) {
        return;
    }
    cn_date_parts(date, &year, &month, &day);
    add_padded(out, year, 4);
    if (month != 0) {
        cn_buf_add_text(out, "-");
        add_padded(out, month, 2);
    }
    if (day != 0) {
        cn_buf_add_text(out, "-");
        add_padded(out, day, 2);
    }
}

static const char *month_name(cn_lang lang, int month) {
    static const char *const names[2][12] = {
        {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December"},
        {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
         "декабрь"},
    };
    return names[lang == CN_LANG_RU][month - 1];
}

void cn_format_date(cn_buf *out, cn_lang lang, cn_date date) {
    int year;
    int month;
    int day;
    if (date == CN_DATE_NONE) {
        return;
    }
    cn_date_parts(date, &year, &month, &day);
    if (day != 0 && lang == CN_LANG_RU) {
        add_padded(out, day, 2);
        cn_buf_add_text(out, ".");
        add_padded(out, month, 2);
        cn_buf_add_text(out, ".");
        add_padded(out, year, 4);
        return;
    }
    if (day != 0) {
        cn__format_i64(out, day);
        cn_buf_add_text(out, " ");
    }
    if (month != 0) {
        const char *name = month_name(lang, month);
        cn_buf_add(out, name, day != 0 ? 3 : strlen(name));
        cn_buf_add_text(out, " ");
    }
    cn__format_i64(out, year);
}

bool cn_date_covers(cn_date since, cn_date until, cn_date when) {
    if (when == CN_DATE_NONE) {
        return true;
    }
    bool begun = since == CN_DATE_NONE || cn_date_first_day(since) <= cn_date_last_day(when);
    bool ended = until != CN_DATE_NONE && cn_date_last_day(until) < cn_date_first_day(when);
    return begun && !ended;
}
