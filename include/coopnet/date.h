/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file date.h
 * Dates that remember how exact they are: a day, a month or a year.
 */
#ifndef COOPNET_DATE_H
#define COOPNET_DATE_H

#include "coopnet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A date: ((days since 0001-01-01) << 2) | precision with precision 1 year, 2 month, 3 day; the day is the first one of the
 * period. Years 1 to 9999, proleptic Gregorian calendar. CN_DATE_NONE (0) is "not given". Of two dates of the same
 * first day the less exact one compares smaller.
 */
typedef uint32_t cn_date;
#define CN_DATE_NONE ((cn_date)0)

typedef enum cn_precision {
    CN_PRECISION_NONE = 0,
    CN_PRECISION_YEAR,
    CN_PRECISION_MONTH,
    CN_PRECISION_DAY
} cn_precision;

/** A date from its parts; month 0 makes a year, day 0 a month. CN_DATE_NONE when there is no such day. */
CN_API cn_date cn_date_make(int year, int month, int day);

/** Read "2016", "2016-07", "2016-07-01", "07.2016" or "31.12.2016". CN_DATE_NONE when it is none of these or no such day. */
CN_API cn_date cn_date_parse(const char *text);

CN_API cn_precision cn_date_precision(cn_date date);

/** First and last day of the period as days since 0001-01-01 (which is 0). Undefined for CN_DATE_NONE. */
CN_API int32_t cn_date_first_day(cn_date date);
CN_API int32_t cn_date_last_day(cn_date date);

/** Parts of the first day; month and day are 0 where the date does not give them. */
CN_API void cn_date_parts(cn_date date, int *year, int *month, int *day);

/** ISO text at the date's precision: "2016", "2016-07", "2016-07-01"; nothing for CN_DATE_NONE. */
CN_API void cn_format_date_iso(cn_buf *out, cn_date date);

/** For people: ru "31.12.2016", "июль 2016", "2016"; en "31 Dec 2016", "July 2016", "2016". */
CN_API void cn_format_date(cn_buf *out, cn_lang lang, cn_date date);

/**
 * Was something valid at `when`? True when [since, until] and the period of `when` share a day; a missing end is open.
 */
CN_API bool cn_date_covers(cn_date since, cn_date until, cn_date when);

#ifdef __cplusplus
}
#endif
#endif
