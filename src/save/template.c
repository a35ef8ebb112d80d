/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbook to fill in. Its sheets, headers and examples are the rows of template.def; types and words come from the schema, so that
 * what is chosen from a list is what the reader takes. O(1).
 */
#include "coopnet/template.h"

#include "error.h"
#include "native.h"
#include "number.h"
#include "utf8.h"
#include "workbook_writer.h"

#include <string.h>

typedef struct line {
    int section; /* a sheet begins; -1: a column */
    const char *key;
    const char *title[2]; /* English, Russian */
    const char *first[2];
    const char *second[2];
    const char *note[2];
} line;

static const line lines[] = {
#define CN_SHEET(section, en, ru) {CN__SECTION_##section, NULL, {en, ru}, {0}, {0}, {0}},
#define CN_COLUMN(key, en, ru, first_en, first_ru, second_en, second_ru, note_en, note_ru)                             \
    {-1, key, {en, ru}, {first_en, first_ru}, {second_en, second_ru}, {note_en, note_ru}},
#include "template.def"
#undef CN_SHEET
#undef CN_COLUMN
};
enum { LINE_COUNT = sizeof lines / sizeof *lines, WORDS_MAX = 64 };

static const cn__column *column_of(const cn__section *section, const char *key) {
    const cn__column *column = section->columns;
    while (strcmp(column->key, key) != 0) {
        column++; /* template.def names columns of the schema only; the test loads all of them */
    }
    return column;
}

/* A word of a list by which people know a value; those with a comma would fall apart in a drop-down. */
static const char *word_of(const cn__column *column, int value, cn_lang lang) {
    const char *name = cn_vocabulary_name(column->vocabulary, value, lang);
    return strchr(name, ',') ? cn_vocabulary_key(column->vocabulary, value) : name;
}

static bool may_stand(const cn__column *column, int value) {
    bool of_companies =
        column->vocabulary != CN_VOC_LINK_KIND || cn__native_of_companies((cn_link_kind)value); /* links of firms */
    return *cn_vocabulary_key(column->vocabulary, value) && of_companies &&
           (column->allowed == 0 || column->allowed >> value & 1U);
}

static void add_choices(cn__workbook *book, const cn__column *column, cn_lang lang) {
    const char *words[WORDS_MAX];
    size_t count = 0;
    for (int i = 0; column->type == CN__ENUM && i < cn_vocabulary_size(column->vocabulary) && count < WORDS_MAX; i++) {
        if (may_stand(column, i)) {
            words[count++] = word_of(column, i, lang);
        }
    }
    if (column->type == CN__FLAG) {
        words[count++] = lang == CN_LANG_RU ? "да" : "yes";
        words[count++] = lang == CN_LANG_RU ? "нет" : "no";
    }
    cn__workbook_choices(book, words, count);
}

static cn__workbook_type type_of(const cn__column *column) {
    switch (column->type) {
    case CN__MONEY:
        return CN__WORKBOOK_MONEY;
    case CN__NUMBER:
    case CN__COUNT:
        return CN__WORKBOOK_PLAIN;
    case CN__DATE:
        return CN__WORKBOOK_DATE;
    case CN__ENUM:
    case CN__FLAG:
        return CN__WORKBOOK_TEXT;
    default:
        return CN__WORKBOOK_CODE;
    }
}

static void add_cell(cn__workbook *book, const cn__column *column, const char *text, cn_lang lang) {
    double value = 0;
    int word = column->type == CN__ENUM ? cn_vocabulary_find(column->vocabulary, text) : -1;
    cn__workbook_type type = type_of(column);
    if (word >= 0) {
        cn__workbook_text(book, word_of(column, word, lang));
    } else if (type == CN__WORKBOOK_DATE) {
        cn__workbook_date(book, cn_date_parse(text));
    } else if ((type == CN__WORKBOOK_MONEY || type == CN__WORKBOOK_PLAIN) &&
               cn__parse_double(text, strlen(text), &value) == CN__PARSE_OK) {
        cn__workbook_number(book, value);
    } else {
        cn__workbook_text(book, text);
    }
}

/* So wide that the title and the examples can be read, and the choices that stand there later. */
static int width_of(const cn__column *column, size_t at, cn_lang lang) {
    enum { LEAST = 12, MOST = 52 };
    int ru = lang == CN_LANG_RU;
    const char *texts[] = {lines[at].title[ru], lines[at].first[ru], lines[at].second[ru]};
    int width = column->type == CN__MONEY ? LEAST + 6 : LEAST;
    for (size_t i = 0; i < 3; i++) {
        int word = i > 0 && column->type == CN__ENUM ? cn_vocabulary_find(column->vocabulary, texts[i]) : -1;
        int own = cn__utf8_text_width(word >= 0 ? word_of(column, word, lang) : texts[i]) + 3;
        width = own > width ? own : width;
    }
    return width < MOST ? width : MOST;
}

/* The sheet that begins at `first`; returns where the next one does. */
static size_t add_sheet(cn__workbook *book, size_t first, cn_lang lang) {
    int ru = lang == CN_LANG_RU;
    const cn__section *section = cn__section_at((cn__section_id)lines[first].section);
    size_t end = first + 1;
    cn__workbook_sheet(book, lines[first].title[ru]);
    for (; end < LINE_COUNT && lines[end].section < 0; end++) {
        const cn__column *column = column_of(section, lines[end].key);
        cn__workbook_column(book, lines[end].title[ru], width_of(column, end, lang), type_of(column));
        add_choices(book, column, lang);
        cn__workbook_note(book, lines[end].note[ru]);
    }
    for (size_t i = first + 1; i < end; i++) {
        add_cell(book, column_of(section, lines[i].key), lines[i].first[ru], lang);
    }
    for (size_t i = first + 1; i < end && *lines[first + 1].second[ru]; i++) {
        add_cell(book, column_of(section, lines[i].key), lines[i].second[ru], lang);
    }
    return end;
}

cn_status cn_template_write(const char *path, cn_lang lang, cn_error *err) {
    cn__workbook *book = NULL;
    if (strcmp(path, "-") == 0) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, SAVE_NEEDS_NAME, "xlsx");
    }
    cn_status status = cn__workbook_create(path, &book, err);
    for (size_t at = 0; status == CN_OK && at < LINE_COUNT;) {
        at = add_sheet(book, at, lang);
    }
    return status == CN_OK ? cn__workbook_close(book, NULL, err) : status;
}
