/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict look at JSON before it is parsed: where every key and value stands, and what is wrong with the notation. */
#ifndef CN_LOAD_JSON_SCAN_H
#define CN_LOAD_JSON_SCAN_H

#include "load_context.h"

/* One key or value, in document order: for each member of an object its key, then its value. */
typedef struct cn__mark {
    size_t start; /* first byte; of a text its opening quote */
    size_t len;   /* 0 for objects and arrays */
    cn__place place;
    uint32_t next; /* number of the mark after this value and all it holds */
} cn__mark;

typedef struct cn__json_scan {
    cn__load *load;
    const char *file;
    const char *text;
    size_t len;
    size_t at;
    cn__cursor cursor;
    cn__mark *marks;
    size_t mark_count;
    size_t mark_cap;
    uint64_t mistakes;
    bool broken;      /* the structure is wrong: the scan is over */
    cn_status status; /* CN_OK, or CN_ERR_MEMORY */
} cn__json_scan;

/* cJSON nests no deeper, and takes no longer number. */
enum { CN__JSON_DEPTH_MAX = 1000, CN__JSON_NUMBER_MAX = 63 };

/*
 * Scan text[start, len). Mistakes are reported: those of the structure end the scan (true is not returned), those inside
 * texts and numbers do not. True: the text is JSON without a mistake and `marks` is complete.
 */
bool cn__json_scan_run(cn__json_scan *scan, cn__load *load, const char *file, const char *text, size_t start,
                       size_t len);
void cn__json_scan_release(cn__json_scan *scan);

/* The parts that look inside one token; json_token.c. */
void cn__json_scan_report(cn__json_scan *scan, size_t at, cn_message message, const char *arg);
bool cn__json_scan_string(cn__json_scan *scan); /* false: not closed */
void cn__json_scan_number(cn__json_scan *scan);

#endif
