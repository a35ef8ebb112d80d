/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One function per type of column, from text to value. Both readers come here with plain text (numbers in the notation of
 * JSON), so that a value means the same in either format. O(length of the text).
 */
#include "convert.h"

#include "coopnet/ident.h"
#include "date_form.h"
#include "near_name.h"
#include "number.h"
#include "utf8.h"

#include <string.h>

/* One cell being converted. */
typedef struct job {
    cn__load *load;
    const cn__record *record;
    const cn__cell *cell;
    const cn__column *column;
    const char *text;
} job;

static void say(const job *j, cn_message message, size_t arg_count, const char *const *args) {
    cn__report(j->load, j->record->file, j->cell->place, message, arg_count, args);
}

static bool wrong(const job *j, cn_message message) {
    say(j, message, 2, (const char *[]){j->text, j->column->key});
    return false;
}

/* A product code: texts of other kinds (“part_a”) are welcome, but what consists of digits and marks was meant as a code. */
static bool looks_like_code(const char *text) { return *text && text[strspn(text, "0123456789.,- /")] == '\0'; }

bool cn__doubtful_product(const char *text) { return looks_like_code(text) && !cn_okpd2_valid(text); }

static bool convert_text(const job *j, cn__value *out) {
    bool doubtful = false;
    cn_message message = CN_MSG_BAD_OKPD2;
    switch (j->column->type) {
    case CN__INN:
        doubtful = !cn_inn_valid(j->text);
        message = CN_MSG_BAD_INN;
        break;
    case CN__OGRN:
        doubtful = !cn_ogrn_valid(j->text);
        message = CN_MSG_BAD_OGRN;
        break;
    case CN__LEI:
        doubtful = !cn_lei_valid(j->text);
        message = CN_MSG_BAD_LEI;
        break;
    case CN__OKPD2:
        doubtful = cn__doubtful_product(j->text);
        break;
    default:
        break;
    }
    if (doubtful) {
        wrong(j, message);
    }
    out->text = j->text;
    return true;
}

/* Of what has the form of a date it is the day that does not exist. */
static bool convert_date(const job *j, cn__value *out) {
    out->count = cn_date_parse(j->text);
    return out->count != CN_DATE_NONE ||
           wrong(j, cn__date_has_form(j->text) ? CN_MSG_IMPOSSIBLE_DATE : CN_MSG_BAD_DATE);
}

static bool convert_money(const job *j, cn__value *out) {
    size_t len = strlen(j->text);
    cn__parse parsed = cn__parse_money(j->text, len, &out->minor);
    if (parsed == CN__PARSE_BAD) {
        return wrong(j, CN_MSG_BAD_NUMBER);
    }
    if (parsed == CN__PARSE_RANGE) {
        return wrong(j, CN_MSG_MONEY_TOO_LARGE);
    }
    out->inexact = parsed == CN__PARSE_INEXACT;
    bool kept = j->column->to == CN__TO_SPEC; /* a link keeps its decimals besides */
    if (out->inexact && !kept) {
        cn_buf rounded = {0};
        cn_format_money_exact(&rounded, out->minor);
        say(j, CN_MSG_MONEY_ROUNDED, 3, (const char *[]){j->text, j->column->key, rounded.data ? rounded.data : "…"});
        cn_buf_release(&rounded);
    }
    return !out->inexact || cn__parse_double(j->text, len, &out->number) == CN__PARSE_OK || wrong(j, CN_MSG_BAD_NUMBER);
}

static bool within(const job *j, double value) {
    if (j->column->max <= j->column->min || (value >= j->column->min && value <= j->column->max)) {
        return true;
    }
    cn_buf bounds[2] = {{0}, {0}};
    cn_format_exact(&bounds[0], j->column->min);
    cn_format_exact(&bounds[1], j->column->max);
    say(j, CN_MSG_OUT_OF_RANGE, 4,
        (const char *[]){j->column->key, j->text, bounds[0].data ? bounds[0].data : "",
                         bounds[1].data ? bounds[1].data : ""});
    cn_buf_release(&bounds[0]);
    cn_buf_release(&bounds[1]);
    return false;
}

static bool convert_number(const job *j, cn__value *out) {
    cn__parse parsed = cn__parse_double(j->text, strlen(j->text), &out->number);
    if (parsed == CN__PARSE_RANGE) {
        say(j, CN_MSG_NOT_FINITE, 1, (const char *[]){j->column->key});
        return false;
    }
    return parsed == CN__PARSE_OK ? within(j, out->number) : wrong(j, CN_MSG_BAD_NUMBER);
}

static bool convert_count(const job *j, cn__value *out) {
    cn__parse parsed = cn__parse_count(j->text, strlen(j->text), UINT32_MAX, &out->count);
    return parsed == CN__PARSE_OK ? within(j, (double)out->count) : wrong(j, CN_MSG_BAD_COUNT);
}

static bool convert_flag(const job *j, cn__value *out) {
    static const char *const words[2][4] = {{"false", "0", "no", "нет"}, {"true", "1", "yes", "да"}};
    cn_buf folded = {0};
    cn__utf8_fold(&folded, j->text);
    bool found = false;
    for (size_t i = 0; i < 8 && folded.data && !found; i++) {
        if (strcmp(folded.data, words[i / 4][i % 4]) == 0) {
            out->count = i / 4;
            found = true;
        }
    }
    cn_buf_release(&folded);
    return found || wrong(j, CN_MSG_BAD_FLAG);
}

/* Fill the index of a vocabulary's names in either language, folded, as people write them in tables. */
static void index_names(cn__strmap *names, cn_vocabulary vocabulary) {
    cn_buf folded = {0};
    for (int i = 0; i < 2 * cn_vocabulary_size(vocabulary); i++) {
        folded.len = 0;
        cn__utf8_fold(&folded, cn_vocabulary_name(vocabulary, i / 2, i % 2 ? CN_LANG_RU : CN_LANG_EN));
        if (folded.len && !folded.failed && cn__strmap_find(names, folded.data, folded.len) == CN_NONE) {
            (void)cn__strmap_add(names, folded.data, folded.len, (uint32_t)(i / 2), NULL);
        }
    }
    cn_buf_release(&folded);
}

/* A value by its key or name; `names` is filled when it is needed. -1: none (or no memory, which the next allocation will tell). */
static int find_value(cn__strmap *names, cn_vocabulary vocabulary, const char *text) {
    int value = cn_vocabulary_find(vocabulary, text);
    if (value >= 0) {
        return value;
    }
    if (names->entry_count == 0) {
        index_names(names, vocabulary);
    }
    cn_buf folded = {0};
    cn__utf8_fold(&folded, text);
    uint32_t found = folded.failed || !folded.data ? CN_NONE : cn__strmap_find(names, folded.data, folded.len);
    cn_buf_release(&folded);
    return found == CN_NONE ? -1 : (int)found;
}

int cn__value_by_word(cn_vocabulary vocabulary, const char *word) {
    cn__strmap names = {0};
    int value = find_value(&names, vocabulary, word);
    cn__strmap_release(&names);
    return value;
}

static bool value_allowed(const cn__column *column, int value) {
    bool given = value >= 0 && *cn_vocabulary_key(column->vocabulary, value);
    return given && (!column->allowed || (column->allowed >> value & 1u));
}

static bool convert_enum(const job *j, cn__value *out) {
    const cn__column *column = j->column;
    int value = find_value(&j->load->names[column->vocabulary], column->vocabulary, j->text);
    if (value_allowed(column, value)) {
        out->count = (uint64_t)value;
        return true;
    }
    cn_buf list = {0};
    for (int v = 0; v < cn_vocabulary_size(column->vocabulary); v++) {
        if (value_allowed(column, v)) {
            cn_buf_add_text(&list, list.len ? ", " : "");
            cn_buf_add_text(&list, cn_vocabulary_key(column->vocabulary, v));
        }
    }
    const char *near = cn__may_suggest(j->load) ? cn__near_value(column->vocabulary, column->allowed, j->text) : NULL;
    const char *args[] = {j->text, column->key, list.data ? list.data : "", near ? near : ""};
    say(j, near ? CN_MSG_UNKNOWN_VALUE_NEAR : CN_MSG_UNKNOWN_VALUE, near ? 4 : 3, args);
    cn_buf_release(&list);
    return false;
}

static bool convert_lang(const job *j, cn__value *out) {
    cn_lang lang = cn_lang_find(j->text);
    if (lang == CN_LANG_DEFAULT) {
        say(j, CN_MSG_UNKNOWN_VALUE, 3, (const char *[]){j->text, j->column->key, "ru, en"});
        return false;
    }
    out->count = lang;
    return true;
}

bool cn__convert(cn__load *load, const cn__record *record, const cn__cell *cell, cn__value *out) {
    job j = {load, record, cell, cn__cell_column(record, cell), cn__cell_text(record, cell)};
    memset(out, 0, sizeof *out);
    out->text = j.text;
    switch (j.column->type) {
    case CN__DATE:
        return convert_date(&j, out);
    case CN__MONEY:
        return convert_money(&j, out);
    case CN__NUMBER:
        return convert_number(&j, out);
    case CN__COUNT:
        return convert_count(&j, out);
    case CN__FLAG:
        return convert_flag(&j, out);
    case CN__ENUM:
        return convert_enum(&j, out);
    case CN__LANG:
        return convert_lang(&j, out);
    default:
        return convert_text(&j, out);
    }
}
