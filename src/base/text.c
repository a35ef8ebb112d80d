/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates of the text tables: `{0}` inserts an argument, `{0|form|form|form}` the form that agrees with the number
 * in it, `{{` is a brace. The rules of agreement are those of the Unicode plural rules for Russian and English.
 *
 * A template is walked once; nothing is allocated here, so that an "out of memory" can still be told. Cost: the length
 * of the output.
 */
#include "text.h"
#include "coopnet/diag.h"
#include "utf8.h"

#include <string.h>

enum { FORM_ONE = 0, FORM_FEW = 1, FORM_MANY = 2 };

static bool put(cn_sink out, const char *bytes, size_t len) { return len == 0 || out.write(out.context, bytes, len); }

bool cn__text_disturbs(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x200E || code == 0x200F || code == 0x061C ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool cn__text_write_clean(cn_sink out, const char *text) {
    static const char hex[] = "0123456789abcdef";
    const char *sound = text; /* start of what is still to be written as it is */
    for (const char *p = text; *p;) {
        const char *start = p;
        uint32_t code = cn__utf8_next(&p);
        bool invalid = code == 0xFFFD && p - start == 1;
        if (!invalid && !cn__text_disturbs(code)) {
            continue;
        }
        const char escape[6] = {'\\',          'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15],
                                hex[code & 15]};
        bool ok =
            put(out, sound, (size_t)(start - sound)) && (invalid ? put(out, "\xEF\xBF\xBD", 3) : put(out, escape, 6));
        if (!ok) {
            return false;
        }
        sound = p;
    }
    return put(out, sound, strlen(sound));
}

/*
 * Reads a whole number as people write it: a sign and digits, groups parted by blanks or no-break spaces. Only the last
 * two digits and whether there are more decide a form. False for everything else, such as a decimal fraction.
 */
static bool read_count(const char *text, unsigned *last_two, bool *is_one) {
    unsigned tail = 0;
    size_t significant = 0;
    const char *p = *text == '-' ? text + 1 : text;
    if (*p < '0' || *p > '9') {
        return false;
    }
    while (*p) {
        const char *start = p;
        uint32_t code = cn__utf8_next(&p);
        if (code == ' ' || code == 0xA0 || code == 0x202F) {
            continue;
        }
        if (*start < '0' || *start > '9') {
            return false;
        }
        significant += (significant > 0 || *start != '0');
        tail = (tail % 10) * 10 + (unsigned)(*start - '0');
    }
    *last_two = tail;
    *is_one = significant == 1 && tail % 10 == 1;
    return true;
}

int cn__text_russian_form(uint64_t count) {
    unsigned last = (unsigned)(count % 10);
    bool teen = count % 100 >= 11 && count % 100 <= 14;
    return last == 1 && !teen ? FORM_ONE : last >= 2 && last <= 4 && !teen ? FORM_FEW : FORM_MANY;
}

static int plural_form(cn_lang lang, const char *number) {
    unsigned last_two;
    bool is_one;
    bool whole = read_count(number, &last_two, &is_one);
    if (lang != CN_LANG_RU) {
        return whole && is_one ? FORM_ONE : FORM_FEW;
    }
    return whole ? cn__text_russian_form(last_two) : FORM_FEW; /* 1,5 предприятия */
}

/* Writes form number `wanted` of "|one|few|many" (up to `end`); the last one there is when it has fewer. */
static bool put_form(cn_sink out, const char *forms, const char *end, int wanted) {
    const char *start = forms + 1;
    for (;;) {
        const char *bar = memchr(start, '|', (size_t)(end - start));
        if (wanted == 0 || !bar) {
            return put(out, start, (size_t)((bar ? bar : end) - start));
        }
        start = bar + 1;
        wanted--;
    }
}

/* Writes what stands between `{` and `}` (at `end`); false when the sink failed. A slot that is none stands as it is. */
static bool put_slot(cn_sink out, cn_lang lang, const char *slot, const char *end, size_t arg_count,
                     const char *const *args, bool clean) {
    bool numbered = *slot >= '0' && *slot <= '9';
    const char *after = slot + 1;
    if (!numbered || (*after != '|' && after != end)) {
        return put(out, slot - 1, (size_t)(end - slot) + 2);
    }
    size_t index = (size_t)(*slot - '0');
    const char *arg = index < arg_count ? args[index] : NULL;
    if (!arg) {
        return true;
    }
    if (*after == '|') {
        return put_form(out, after, end, plural_form(lang, arg));
    }
    return clean ? cn__text_write_clean(out, arg) : put(out, arg, strlen(arg));
}

bool cn__text_write(cn_sink out, cn_lang lang, const char *pattern, size_t arg_count, const char *const *args,
                    bool clean) {
    const char *p = pattern;
    for (;;) {
        const char *brace = strchr(p, '{');
        if (!brace) {
            return put(out, p, strlen(p));
        }
        if (!put(out, p, (size_t)(brace - p))) {
            return false;
        }
        const char *end = strchr(brace, '}');
        if (brace[1] == '{' || !end) {
            p = brace + (brace[1] == '{' ? 2 : 1);
            if (!put(out, "{", 1)) {
                return false;
            }
            continue;
        }
        if (!put_slot(out, lang, brace + 1, end, arg_count, args, clean)) {
            return false;
        }
        p = end + 1;
    }
}

void cn_text_format(cn_buf *out, cn_lang lang, const char *pattern, size_t arg_count, const char *const *args) {
    cn_buf_add(out, "", 0); /* an empty text is a text */
    (void)cn__text_write(cn_sink_buf(out), lang, pattern, arg_count, args, false);
}
