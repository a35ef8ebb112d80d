/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates: every day of 400 years, precision, texts, validity. */
#include "check.h"
#include "coopnet/date.h"

#include <stdio.h>
#include <string.h>

static int days_in(int year, int month) {
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Counts day by day, as the slow and obvious way. */
static void count_days(int first_year, int last_year, int32_t number) {
    for (int y = first_year; y <= last_year; y++) {
        CHECK_INT(cn_date_first_day(cn_date_make(y, 0, 0)), number);
        CHECK_INT(cn_date_last_day(cn_date_make(y, 0, 0)), number + 337 + days_in(y, 2) - 1);
        for (int m = 1; m <= 12; m++) {
            CHECK_INT(cn_date_last_day(cn_date_make(y, m, 0)), number + days_in(y, m) - 1);
            for (int d = 1; d <= days_in(y, m); d++, number++) {
                cn_date date = cn_date_make(y, m, d);
                int year;
                int month;
                int day;
                cn_date_parts(date, &year, &month, &day);
                if (cn_date_first_day(date) != number || cn_date_last_day(date) != number || year != y || month != m ||
                    day != d) {
                    CHECK_INT(number, -1);
                }
            }
            CHECK_INT(cn_date_make(y, m, days_in(y, m) + 1), CN_DATE_NONE);
        }
    }
}

static void every_day(void) {
    count_days(1, 401, 0);
    CHECK_INT(cn_date_first_day(cn_date_make(1970, 1, 1)), 719162);
    count_days(1970, 2369, 719162);
    CHECK_INT(cn_date_first_day(cn_date_make(9999, 12, 31)), 3652058);
    count_days(9999, 9999, 3652058 - 364);
}

static void no_such_day(void) {
    CHECK_INT(cn_date_make(0, 1, 1), CN_DATE_NONE);
    CHECK_INT(cn_date_make(10000, 1, 1), CN_DATE_NONE);
    CHECK_INT(cn_date_make(2016, 13, 1), CN_DATE_NONE);
    CHECK_INT(cn_date_make(2016, -1, 1), CN_DATE_NONE);
    CHECK_INT(cn_date_make(2016, 1, -1), CN_DATE_NONE);
    CHECK_INT(cn_date_make(2016, 0, 5), CN_DATE_NONE);
    CHECK_INT(cn_date_make(1900, 2, 29), CN_DATE_NONE);
    CHECK(cn_date_make(2000, 2, 29) != CN_DATE_NONE);
    CHECK(cn_date_make(1, 0, 0) != CN_DATE_NONE);
}

static void order(void) {
    cn_date year = cn_date_make(2016, 0, 0);
    cn_date month = cn_date_make(2016, 1, 0);
    cn_date day = cn_date_make(2016, 1, 1);
    CHECK(year < month && month < day && day < cn_date_make(2016, 1, 2));
    CHECK_INT(cn_date_precision(year), CN_PRECISION_YEAR);
    CHECK_INT(cn_date_precision(month), CN_PRECISION_MONTH);
    CHECK_INT(cn_date_precision(day), CN_PRECISION_DAY);
    CHECK_INT(cn_date_precision(CN_DATE_NONE), CN_PRECISION_NONE);
    int parts[3];
    cn_date_parts(CN_DATE_NONE, &parts[0], &parts[1], &parts[2]);
    CHECK(parts[0] == 0 && parts[1] == 0 && parts[2] == 0);
    cn_date_parts(month, &parts[0], &parts[1], &parts[2]);
    CHECK(parts[0] == 2016 && parts[1] == 1 && parts[2] == 0);
}

static void check_texts(const char *text, const char *iso, const char *ru, const char *en) {
    cn_date date = cn_date_parse(text);
    CHECK(date != CN_DATE_NONE);
    cn_buf buf = {0};
    cn_format_date_iso(&buf, date);
    CHECK_TEXT(buf.data, iso);
    CHECK_INT(cn_date_parse(buf.data), date);
    cn_buf_release(&buf);
    cn_format_date(&buf, CN_LANG_RU, date);
    CHECK_TEXT(buf.data, ru);
    cn_buf_release(&buf);
    cn_format_date(&buf, CN_LANG_DEFAULT, date);
    CHECK_TEXT(buf.data, en);
    cn_buf_release(&buf);
}

static void texts(void) {
    check_texts("2016", "2016", "2016", "2016");
    check_texts("2016-07", "2016-07", "июль 2016", "July 2016");
    check_texts("07.2016", "2016-07", "июль 2016", "July 2016");
    check_texts("2016-07-01", "2016-07-01", "01.07.2016", "1 Jul 2016");
    check_texts("31.12.2016", "2016-12-31", "31.12.2016", "31 Dec 2016");
    check_texts("29.02.2024", "2024-02-29", "29.02.2024", "29 Feb 2024");
    check_texts("0987-05", "0987-05", "май 987", "May 987");
    cn_buf buf = {0};
    cn_format_date_iso(&buf, CN_DATE_NONE);
    cn_format_date(&buf, CN_LANG_RU, CN_DATE_NONE);
    CHECK(buf.data == NULL);
}

static void no_dates(void) {
    static const char *const bad[] = {
        "",           " 2016",      "2016 ",      "16",          "216",       "20160",      "0000",       "2016-",
        "2016-7",     "2016-00",    "2016-13",    "2016-07-00",  "2016-7-01", "2016-07-32", "2023-02-29", "2016/07/01",
        "01-07-2016", "31.11.2016", "00.01.2016", "01.00.2016",  "1.07.2016", "00.2016",    "13.2016",    "7.2016",
        "31.12.16",   "2016.07.01", "2016-07-1",  "2016-07-01T", "20l6",      "-2016",      "+2016",      "2016-07-011",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (cn_date_parse(bad[i]) != CN_DATE_NONE) {
            CHECK_TEXT(bad[i], "refused");
        }
    }
}

static bool covers(const char *since, const char *until, const char *when) {
    return cn_date_covers(cn_date_parse(since), cn_date_parse(until), cn_date_parse(when));
}

static void validity(void) {
    CHECK(covers("", "", "2016"));
    CHECK(covers("2016", "2017", ""));
    CHECK(covers("2016-07-01", "", "2016"));
    CHECK(covers("2016-07-01", "", "2016-07"));
    CHECK(covers("2016-07-01", "", "2016-07-01"));
    CHECK(!covers("2016-07-01", "", "2016-06-30"));
    CHECK(!covers("2016-07-01", "", "2016-06"));
    CHECK(!covers("2016-07-01", "", "2015"));
    CHECK(covers("", "2016", "2016-12-31"));
    CHECK(!covers("", "2016", "2017-01-01"));
    CHECK(covers("", "2016-02", "2016-02-29"));
    CHECK(!covers("", "2016-02", "2016-03"));
    CHECK(covers("2016-03-05", "2016-03-05", "2016-03"));
    CHECK(covers("2015", "2017", "2016-05-05"));
    CHECK(!covers("2017", "2015", "2016"));
}

int main(void) {
    return check_run((check_case[]){{"every day of 400 years", every_day},
                                    {"no such day", no_such_day},
                                    {"order and precision", order},
                                    {"texts", texts},
                                    {"no dates", no_dates},
                                    {"validity", validity},
                                    {0}});
}
