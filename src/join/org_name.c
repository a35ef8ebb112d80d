/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a name as people write it to the key by which names are compared, in three steps: words (letters and digits; everything else
 * parts them), each word in one alphabet (a Latin letter typed in a Cyrillic word, or the reverse, becomes its twin; a word of which every
 * letter looks Cyrillic counts as Cyrillic), then without the legal form (org_form.def) and without what carries no name (“№”, “и”,
 * “and”). Invariant: `all` and `words` are words in the form of cn__utf8_fold with one blank between. Two names with the same key look the
 * same to a reader who ignores case, quotes, dashes, blanks and form. Linear in the name, times the rows of the form table.
 * Source of the pairs: Unicode UTS #39 (confusables), restricted to the letters that look alike in their own case.
 */
#include "org_name.h"

#include "utf8.h"

#include <string.h>

typedef struct twin {
    char latin;
    uint32_t cyrillic;
} twin;

static const twin twins[] = {
    {'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415}, {'H', 0x41D}, {'K', 0x41A}, {'M', 0x41C},
    {'O', 0x41E}, {'P', 0x420}, {'T', 0x422}, {'X', 0x425}, {'Y', 0x423}, {'a', 0x430}, {'c', 0x441},
    {'e', 0x435}, {'o', 0x43E}, {'p', 0x440}, {'x', 0x445}, {'y', 0x443},
};

static uint32_t cyrillic_twin(uint32_t latin) {
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        if (latin == (unsigned char)twins[i].latin) {
            return twins[i].cyrillic;
        }
    }
    return 0;
}

static uint32_t latin_twin(uint32_t cyrillic) {
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        if (cyrillic == twins[i].cyrillic) {
            return (unsigned char)twins[i].latin;
        }
    }
    return 0;
}

static bool is_latin(uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
static bool is_cyrillic(uint32_t c) { return c >= 0x400 && c <= 0x52F; }
static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* Seen by nobody: soft hyphen, stress mark, joiners, byte order mark. */
static bool is_unseen(uint32_t c) {
    return c == 0xAD || c == 0x301 || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static bool is_small(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F); }

/* A stroke inside a word (O'Neil, L'Oréal, Macy's), and not a quote before the next one. */
static bool is_stroke(uint32_t c, size_t letters_before, uint32_t after) {
    bool stroke = c == '\'' || c == '`' || c == 0x2019 || c == 0x02BC;
    return stroke && letters_before > 0 && (is_small(after) || letters_before <= 2);
}

static bool is_word(uint32_t c) {
    if (c < 0x80) {
        return is_latin(c) || is_digit(c);
    }
    bool mark = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
                c == 0xFFFD;
    return !mark;
}

/* ---- words ---- */

static uint32_t code_at(const cn_buf *codes, size_t i) {
    uint32_t code;
    memcpy(&code, codes->data + i * sizeof code, sizeof code);
    return code;
}

/* Into which alphabet the letters of a word are to be brought: 'c', 'l', or 0 to leave them. */
static char alphabet_of(const cn_buf *codes, size_t count) {
    size_t latin = 0, cyrillic = 0, latin_alike = 0, cyrillic_alike = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = code_at(codes, i);
        latin += is_latin(c);
        latin_alike += is_latin(c) && cyrillic_twin(c);
        cyrillic += is_cyrillic(c);
        cyrillic_alike += is_cyrillic(c) && latin_twin(c);
    }
    if (latin && latin == latin_alike) {
        return 'c';
    }
    return latin && cyrillic && cyrillic == cyrillic_alike ? 'l' : '\0';
}

/* The word collected in `codes` goes to `all`. */
static void end_word(cn__org_name *name) {
    size_t count = name->codes.len / sizeof(uint32_t);
    if (count == 0) {
        return;
    }
    char alphabet = alphabet_of(&name->codes, count);
    name->spelled.len = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = code_at(&name->codes, i);
        uint32_t other = alphabet == 'c' ? cyrillic_twin(c) : alphabet == 'l' && is_cyrillic(c) ? latin_twin(c) : 0;
        cn__utf8_add(&name->spelled, other ? other : c);
    }
    name->codes.len = 0;
    size_t before = name->all.len;
    cn_buf_add_text(&name->all, before ? " " : "");
    size_t start = name->all.len;
    cn__utf8_fold(&name->all, name->spelled.data ? name->spelled.data : "");
    if (name->all.len == start && !name->all.failed) {
        name->all.len = before;
    }
}

static void split(cn__org_name *name, const char *text) {
    name->all.len = 0;
    name->codes.len = 0;
    cn_buf_add(&name->all, "", 0);
    while (*text) {
        uint32_t c = cn__utf8_next(&text);
        bool mark_of_letter = c == 0x306 || c == 0x308; /* й and ё in two characters: folding joins them */
        const char *after = text;
        uint32_t next = cn__utf8_next(&after);
        if (is_unseen(c) || (is_word(next) && is_stroke(c, name->codes.len / sizeof c, next))) {
            continue;
        }
        if (is_word(c) || mark_of_letter) {
            cn_buf_add(&name->codes, &c, sizeof c);
        } else {
            end_word(name);
        }
    }
    end_word(name);
}

/* ---- the legal form ---- */

enum { ANY, EDGE, LAST };

static const struct form_row {
    cn__org_family family;
    int place;
    const char *words;
} forms[] = {
#define CN_ORG_FORM(family, place, words) {CN__FORM_##family, place, words},
#include "org_form.def"
#undef CN_ORG_FORM
};

/* Bytes of the form that stands at `at`, 0: none. */
static size_t form_at(const char *all, const char *at, cn__org_family *family) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct form_row *row = &forms[i];
        size_t len = strlen(row->words);
        if (strncmp(at, row->words, len) != 0 || (at[len] != ' ' && at[len] != '\0')) {
            continue;
        }
        bool last = at[len] == '\0';
        if (row->place == ANY || last || (row->place == EDGE && at == all)) {
            *family = row->family;
            return len;
        }
    }
    return 0;
}

/* “О.О.О.” and the like: three single letters or more that make a form. Bytes in `at`, 0: none. */
static size_t spelled_form_at(const char *all, const char *at, cn__org_family *family) {
    char word[16] = "";
    size_t len = 0;
    size_t letters = 0;
    const char *p = at;
    while (letters < 4 && len < sizeof word - 5) {
        const char *next = p;
        uint32_t c = cn__utf8_next(&next);
        if (c == 0 || (*next != ' ' && *next != '\0')) {
            break;
        }
        memcpy(word + len, p, (size_t)(next - p));
        len += (size_t)(next - p);
        word[len] = '\0';
        letters++;
        p = *next == ' ' ? next + 1 : next;
        if (letters >= 3 && form_at(word, word, family) == len) {
            return (size_t)(next - at);
        }
    }
    /* “А.О.” only in front: elsewhere two letters are initials. */
    return letters >= 2 && at == all && strncmp(word, "ао", 4) == 0 && (*family = CN__FORM_STOCK) ? 2 * 2 + 1 : 0;
}

/* ---- the key ---- */

static bool same_word(const char *word, size_t len, const char *known) {
    return strlen(known) == len && memcmp(word, known, len) == 0;
}

/* More than one letter in the word that ends before `at`, and in the one that begins there? */
static bool between_words(const char *all, const char *word, size_t len) {
    if (word == all || word[len] == '\0') {
        return false;
    }
    const char *start = word - 1;
    while (start > all && start[-1] != ' ') {
        start--;
    }
    size_t before = (size_t)(word - 1 - start);
    size_t after = strcspn(word + len + 1, " ");
    return cn__utf8_count(start, before) > 1 && cn__utf8_count(word + len + 1, after) > 1;
}

/* Words that carry no name: “и” and “and” (but not the initial И.), “№ 5”, “No 5”, “N 5”. */
static bool is_idle(const char *all, const char *word, size_t len) {
    bool number = word[len] == ' ' && is_digit((unsigned char)word[len + 1]);
    if (number && (same_word(word, len, "no") || same_word(word, len, "n") || same_word(word, len, "номер"))) {
        return true;
    }
    return (same_word(word, len, "и") || same_word(word, len, "and")) && between_words(all, word, len);
}

static void add_word(cn__org_name *name, const char *word, size_t len) {
    bool digits_meet = name->key.len > 0 && is_digit((unsigned char)name->key.data[name->key.len - 1]) &&
                       is_digit((unsigned char)*word);
    cn_buf_add_text(&name->words, name->words.len ? " " : "");
    cn_buf_add(&name->words, word, len);
    cn_buf_add_text(&name->key, digits_meet ? "." : "");
    cn_buf_add(&name->key, word, len);
}

static void keep_words(cn__org_name *name, bool forms_too) {
    const char *all = name->all.data;
    name->words.len = 0;
    name->key.len = 0;
    name->form = CN__FORM_NONE;
    cn_buf_add(&name->words, "", 0);
    cn_buf_add(&name->key, "", 0);
    for (const char *at = all; *at;) {
        cn__org_family family = CN__FORM_NONE;
        size_t len = forms_too ? 0 : form_at(all, at, &family);
        len = len || forms_too ? len : spelled_form_at(all, at, &family);
        if (len) {
            name->form = name->form ? name->form : family;
        } else {
            len = strcspn(at, " ");
            if (forms_too || !is_idle(all, at, len)) {
                add_word(name, at, len);
            }
        }
        at += len + (at[len] == ' ');
    }
}

bool cn__org_name_read(cn__org_name *name, const char *text) {
    split(name, text);
    if (name->all.failed || name->spelled.failed || name->codes.failed) {
        return false;
    }
    keep_words(name, false);
    if (name->words.len == 0) {
        keep_words(name, true); /* “ООО” alone is a name all the same */
    }
    return !name->words.failed && !name->key.failed;
}

void cn__org_name_release(cn__org_name *name) {
    cn_buf_release(&name->words);
    cn_buf_release(&name->key);
    cn_buf_release(&name->codes);
    cn_buf_release(&name->spelled);
    cn_buf_release(&name->all);
}
