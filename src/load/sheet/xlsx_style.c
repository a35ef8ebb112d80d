/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates in Excel are numbers: days since 30 December 1899 (with a 29 February 1900 that never was, day 60) or since 1 January 1904, told
 * from others by the number format of their style (ECMA-376 part 1, 18.8.30 and 18.17.4.1). O(styles), then O(1).
 */
#include "xlsx_style.h"

#include "error.h"
#include "memory.h"
#include "number.h"
#include "xml_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cn__cell_kind cn__xlsx_form_kind(const char *code) {
    bool day = false, month = false, year = false, time = false;
    for (const char *at = code; *at && *at != ';'; at++) {
        if (*at == '"') { /* a text that is shown as it is */
            at = strchr(at + 1, '"');
            if (!at) {
                break;
            }
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] != '\0';
        } else if (*at == '[') { /* a colour, a language, elapsed hours */
            time = time || strchr("hms", at[1] | 0x20) != NULL;
            const char *end = strchr(at, ']');
            at = end ? end : at;
        } else {
            char c = (char)(*at | 0x20);
            day = day || c == 'd';
            month = month || c == 'm';
            year = year || c == 'y';
            time = time || c == 'h' || c == 's';
        }
    }
    if (strcmp(code, ";;;@") == 0) {
        return CN__CELL_LITERAL; /* a mark of our own writer: a text as it is */
    }
    if (strncmp(code, "General", 7) == 0 || (!day && !year && (!month || time))) {
        return CN__CELL_NUMBER;
    }
    return day && month && !year ? CN__CELL_DAY : month && year && !day ? CN__CELL_MONTH : CN__CELL_DATE;
}

/* Formats that every program knows by number. */
static cn__cell_kind built_in(unsigned id) {
    bool date = (id >= 14 && id <= 15) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
                id == 57 || id == 58;
    return date ? CN__CELL_DATE : id == 16 ? CN__CELL_DAY : id == 17 ? CN__CELL_MONTH : CN__CELL_NUMBER;
}

static cn__cell_kind kind_of(const cn__xlsx_styles *styles, unsigned id) {
    for (size_t i = 0; i < styles->form_count; i++) {
        if (styles->forms[i].id == id) {
            return styles->forms[i].kind;
        }
    }
    return built_in(id);
}

static void open_style(void *context, cn__xml *xml, const char *name) {
    enum { FORMS_MAX = 4096, STYLES_MAX = 1 << 17 };
    cn__xlsx_styles *styles = context;
    const char *id = cn__xml_attribute(xml, "numFmtId");
    const char *code = cn__xml_attribute(xml, "formatCode");
    unsigned number = id ? (unsigned)strtoul(id, NULL, 10) : 0;
    if (strcmp(name, "cellXfs") == 0) {
        styles->in_cells = true;
    } else if (strcmp(name, "numFmt") == 0 && code && !styles->in_cells && styles->form_count < FORMS_MAX) {
        bool kept = cn__grow((void **)&styles->forms, &styles->form_cap, styles->form_count, 1, sizeof *styles->forms);
        if (kept) {
            styles->forms[styles->form_count++] = (struct cn__xlsx_form){number, cn__xlsx_form_kind(code)};
        }
        styles->failed = styles->failed || !kept;
    } else if (strcmp(name, "xf") == 0 && styles->in_cells && styles->count < STYLES_MAX) {
        bool kept = cn__grow((void **)&styles->kinds, &styles->cap, styles->count, 1, 1);
        if (kept) {
            styles->kinds[styles->count++] = (uint8_t)kind_of(styles, number);
        }
        styles->failed = styles->failed || !kept;
    }
}

static void close_style(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    cn__xlsx_styles *styles = context;
    (void)xml, (void)text, (void)len;
    styles->in_cells = styles->in_cells && strcmp(name, "cellXfs") != 0;
}

static bool wanted(const void *context) { return !((const cn__xlsx_styles *)context)->failed; }

cn_status cn__xlsx_styles_read(cn__xlsx_styles *styles, cn__load *load, const char *label, cn__zip *zip) {
    static const cn__xml_events events = {.open = open_style, .close = close_style, .wanted = wanted};
    static const char part[] = "xl/styles.xml";
    if (!cn__zip_has(zip, part) || !cn__zip_begin(zip, part)) {
        return CN_OK;
    }
    cn_status status = cn__xml_run_pull(load, label, cn__zip_pull, zip, &events, styles);
    cn__zip_end(zip);
    return status == CN_OK && styles->failed ? CN__NO_MEMORY(load->err) : status;
}

cn__cell_kind cn__xlsx_style_kind(const cn__xlsx_styles *styles, unsigned style) {
    return style < styles->count ? (cn__cell_kind)styles->kinds[style] : CN__CELL_NUMBER;
}

void cn__xlsx_styles_release(cn__xlsx_styles *styles) {
    cn__free(styles->kinds);
    cn__free(styles->forms);
    memset(styles, 0, sizeof *styles);
}

bool cn__xlsx_date(double serial, bool from_1904, char out[64]) {
    if (!(serial >= 0 && serial < 2958466)) { /* up to 9999 */
        return false;
    }
    long days = (long)floor(serial);
    if (from_1904) {
        days += 1462;
    } else if (days == 60 || days == 0) {
        return false; /* 29 February 1900, and no day at all: a time of day */
    } else if (days < 60) {
        days++;
    }
    /* Days since 1 March 0000 (H. Hinnant, days_from_civil); 30 December 1899 is 693899. */
    long z = days + 693899;
    long era = z / 146097;
    long of_era = z - era * 146097;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * of_year + 2) / 153;
    long day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    (void)snprintf(out, 64, "%04ld-%02ld-%02ld", year_of_era + era * 400 + (month <= 2), month, day);
    return true;
}

void cn__xlsx_number(const char *text, double value, char out[64]) {
    size_t digits = 0;
    for (const char *at = text; *at && *at != 'E' && *at != 'e'; at++) {
        digits += *at >= '0' && *at <= '9' && (digits > 0 || *at != '0');
    }
    if (digits <= 15 && strlen(text) < 40) {
        (void)snprintf(out, 64, "%s", text);
        return;
    }
    char shown[40];
    (void)snprintf(shown, sizeof shown, "%.14e", value);
    char *point = strpbrk(shown, ".,"); /* the decimal mark is the locale's */
    if (point) {
        *point = '.';
    }
    int exponent = atoi(strchr(shown, 'e') + 1);
    char *end = strchr(shown, 'e');
    while (end > shown && end[-1] == '0') { /* zeros that say nothing */
        end--;
    }
    end -= end > shown && end[-1] == '.';
    *end = '\0';
    const char *sign = *shown == '-' ? "-" : "";
    const char *rest = shown + (*shown == '-');
    size_t count = strlen(rest) - (strlen(rest) > 1); /* digits */
    if (exponent >= 0 && exponent < 15) {
        int before = exponent + 1;
        char plain[32] = "";
        size_t at = 0;
        for (size_t i = 0; i < count || (int)i < before; i++) {
            if ((int)i == before) {
                plain[at++] = '.';
            }
            plain[at++] = i < count ? rest[i == 0 ? 0 : i + 1] : '0';
        }
        plain[at] = '\0';
        (void)snprintf(out, 64, "%s%s", sign, plain);
    } else {
        (void)snprintf(out, 64, "%s%se%d", sign, rest, exponent);
    }
}
