/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a command line by the table options.def. Long options as "--name value" or "--name=value", letters as "-kN" or
 * "-k N" (flags may be joined), options before or after the network, "--" ends them; a repeated option replaces the earlier one.
 * A command line is short: every search is linear.
 */
#include "options.h"

#include "numbers.h"
#include "texts.h"

#include "coopnet/date.h"
#include "coopnet/load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLI_FOR_CHECK (1u << COMMAND_CHECK)
#define CLI_FOR_INFO (1u << COMMAND_INFO)
#define CLI_FOR_RANK (1u << COMMAND_RANK)
#define CLI_FOR_PATH (1u << COMMAND_PATH)
#define CLI_FOR_CHAIN (1u << COMMAND_CHAIN)
#define CLI_FOR_DRAW (1u << COMMAND_DRAW)
#define CLI_FOR_CRITICAL (1u << COMMAND_CRITICAL)
#define CLI_FOR_WHATIF (1u << COMMAND_WHATIF)
#define CLI_FOR_RISK (1u << COMMAND_RISK)
#define CLI_FOR_CLUSTERS (1u << COMMAND_CLUSTERS)
#define CLI_FOR_REPORT (1u << COMMAND_REPORT)
#define CLI_FOR_ROLES (1u << COMMAND_ROLES)
#define CLI_FOR_DIFF (1u << COMMAND_DIFF)
#define CLI_FOR_CONVERT (1u << COMMAND_CONVERT)
#define CLI_FOR_GENERATE (1u << COMMAND_GENERATE)
#define CLI_FOR_TEMPLATE (1u << COMMAND_TEMPLATE)
#define CLI_FOR_PARTNERS (1u << COMMAND_PARTNERS)
#define CLI_FOR_COMPLY (1u << COMMAND_COMPLY)
#define CLI_FOR_PROJECTS (1u << COMMAND_PROJECTS)
#define CLI_FOR_MERGE (1u << COMMAND_MERGE)
#define CLI_FOR_CONSORTIUM (1u << COMMAND_CONSORTIUM)
#define CLI_FOR_MAP (1u << COMMAND_MAP)
#define CLI_FOR_ALL ((1u << COMMAND_COUNT) - 1)

static const option_row rows[OPTION_COUNT] = {
#define CLI_OPTION(id, name, letter, type, meta_en, meta_ru, commands, en, ru)                                         \
    {name, letter, OPTION_IS_##type, meta_en, meta_ru, commands, en, ru},
#include "options.def"
#undef CLI_OPTION
};

/* Largest value of a COUNT where it is not that of 32 bits. */
static uint64_t count_limit(cli_option option) {
    switch (option) {
    case OPTION_MAX_FILE:
        return UINT64_C(1) << 40;
    case OPTION_DPI:
        return 1200;
    case OPTION_LAYOUT_SECONDS:
        return 86400;
    case OPTION_LAYOUT_MEGABYTES:
        return 1 << 20;
    case OPTION_MAX_DEPTH:
        return 1000;
    case OPTION_K:
        return 10000;
    case OPTION_FIRMS:
        return 50000000;
    case OPTION_THREADS:
        return 1024;
    default:
        return UINT32_MAX - 1;
    }
}

const option_row *option_at(cli_option option) { return &rows[option]; }

const char *option_label(cli_option option, char label[40]) {
    if (rows[option].name[0]) {
        snprintf(label, 40, "--%s", rows[option].name);
    } else {
        snprintf(label, 40, "-%c", rows[option].letter);
    }
    return label;
}

const char *option_meta(cli_option option, cn_lang lang) {
    return lang == CN_LANG_RU ? rows[option].meta_ru : rows[option].meta_en;
}

int option_find(cli_command command, const char *name, size_t len) {
    for (int i = 0; i < OPTION_COUNT && len; i++) {
        bool same = strlen(rows[i].name) == len && memcmp(rows[i].name, name, len) == 0;
        if (same && rows[i].commands >> command & 1) {
            return i;
        }
    }
    return -1;
}

static int find_letter(cli_command command, char letter) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (rows[i].letter == letter && letter && rows[i].commands >> command & 1) {
            return i;
        }
    }
    return -1;
}

/* ---- values ---- */

/* Item `index` of a list split by `split`; false past the end. */
static bool list_item(const char *list, char split, size_t index, char *out, size_t cap) {
    for (; index; index--) {
        list = strchr(list, split);
        if (!list) {
            return false;
        }
        list++;
    }
    const char *end = strchr(list, split);
    size_t len = end ? (size_t)(end - list) : strlen(list);
    len = len < cap ? len : cap - 1;
    memcpy(out, list, len);
    out[len] = '\0';
    return true;
}

/* Words an item of this option may be, one by one; false past the end. */
static bool known_word(cli_option option, size_t index, char *out, size_t cap) {
    const char *key = NULL;
    switch (rows[option].type) {
    case OPTION_IS_CHOICE:
        return list_item(rows[option].meta_en, '|', index, out, cap);
    case OPTION_IS_METRICS:
        key = index < CN_METRIC_COUNT ? cn_metric_key((cn_metric)index) : NULL;
        break;
    case OPTION_IS_LINK_KINDS:
        key = index < CN_LINK_KIND_COUNT ? cn_vocabulary_key(CN_VOC_LINK_KIND, (int)index) : NULL;
        break;
    case OPTION_IS_ENTITY_KINDS:
        key = index < CN_ENTITY_KIND_COUNT ? cn_vocabulary_key(CN_VOC_ENTITY_KIND, (int)index) : NULL;
        break;
    case OPTION_IS_FORMAT:
        key = index + 1 < CN_FORMAT_COUNT ? cn_format_key((cn_format)(index + 1)) : NULL;
        break;
    case OPTION_IS_FLAG:
    case OPTION_IS_TEXT:
    case OPTION_IS_TEXTS:
    case OPTION_IS_OPTIONAL_TEXTS:
    case OPTION_IS_COUNT:
    case OPTION_IS_NUMBER:
    case OPTION_IS_SHARE:
    case OPTION_IS_SIZE:
    case OPTION_IS_DATE:
        break;
    }
    if (key) {
        snprintf(out, cap, "%s", key);
    }
    return key != NULL;
}

/* Number of a word among the known ones, or -1 with a message that names the nearest and all. */
static int word_index(cli_option option, const char *word, cn_lang lang) {
    char known[64];
    char best[64];
    char label[40];
    nearest search = {word, NULL, 0};
    cn_buf all = {0};
    for (size_t i = 0; known_word(option, i, known, sizeof known); i++) {
        if (strcmp(known, word) == 0) {
            cn_buf_release(&all);
            return (int)i;
        }
        const char *before = search.best;
        unsigned distance = search.distance;
        nearest_try(&search, known);
        if (search.best != before || search.distance != distance) {
            memcpy(best, known, sizeof best);
            search.best = best;
        }
        cn_buf_add_text(&all, i ? ", " : "");
        cn_buf_add_text(&all, known);
    }
    complain(lang, search.best ? TEXT_BAD_CHOICE_NEAR : TEXT_BAD_CHOICE, option_label(option, label), word,
             all.data ? all.data : "", search.best ? search.best : "", END);
    cn_buf_release(&all);
    return -1;
}

static bool set_count(cli_options *out, cli_option option, const char *value, cn_lang lang) {
    uint64_t limit = count_limit(option);
    uint64_t number = 0;
    bool ok = value[0] != '\0';
    for (const char *digit = value; *digit && ok; digit++) {
        ok = *digit >= '0' && *digit <= '9' && number <= limit / 10;
        number = number * 10 + (uint64_t)(ok ? *digit - '0' : 0);
    }
    if (!ok || number < 1 || number > limit) {
        cli_digits digits;
        char label[40];
        complain(lang, limit < UINT32_MAX - 1 ? TEXT_BAD_COUNT : TEXT_BAD_COUNT_ANY, option_label(option, label), value,
                 digits_of(digits, limit), END);
        return false;
    }
    out->number[option] = number;
    return true;
}

/* A NUMBER, a SHARE (below 1) or a SIZE. */
static bool set_number(cli_options *out, cli_option option, const char *value, cn_lang lang) {
    double *real = &out->real[option];
    char label[40];
    switch (rows[option].type) {
    case OPTION_IS_SHARE:
        if (number_read_share(value, real) && *real < 1) {
            return true;
        }
        complain(lang, TEXT_BAD_SHARE, option_label(option, label), value, END);
        return false;
    case OPTION_IS_SIZE:
        if (number_read_size(value, &out->number[option])) {
            return true;
        }
        complain(lang, TEXT_BAD_SIZE, option_label(option, label), value, END);
        return false;
    default:
        if (number_read(value, real)) {
            return true;
        }
        complain(lang, TEXT_BAD_NUMBER, option_label(option, label), value, END);
        return false;
    }
}

static bool set_list(cli_options *out, cli_option option, const char *value, cn_lang lang) {
    char item[64];
    uint64_t set = 0;
    out->metric_count = rows[option].type == OPTION_IS_METRICS ? 0 : out->metric_count;
    for (size_t i = 0; list_item(value, ',', i, item, sizeof item); i++) {
        int index = word_index(option, item, lang);
        if (index < 0) {
            return false;
        }
        if (rows[option].type == OPTION_IS_METRICS && !(set >> index & 1)) {
            out->metrics[out->metric_count++] = (cn_metric)index;
        }
        set |= UINT64_C(1) << index;
    }
    out->number[option] = set;
    return true;
}

/* Digits and separators as in 2024-04, 2024-04-01 or 01.04.2024: then it is the date that is wrong, not its form. */
static bool looks_like_date(const char *text) {
    const char *forms[] = {"0000-00", "0000-00-00", "00.00.0000"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        bool same = strlen(text) == strlen(forms[i]);
        for (size_t j = 0; same && text[j]; j++) {
            same = forms[i][j] == '0' ? text[j] >= '0' && text[j] <= '9' : text[j] == forms[i][j];
        }
        if (same) {
            return true;
        }
    }
    return false;
}

static bool set_value(cli_options *out, cli_option option, const char *value, cn_lang lang) {
    int index = 0;
    char label[40];
    out->text[option] = value;
    switch (rows[option].type) {
    case OPTION_IS_FLAG:
        return true;
    case OPTION_IS_OPTIONAL_TEXTS:
        out->values[out->value_count++] = (cli_value){option, value};
        return true;
    case OPTION_IS_TEXTS:
    case OPTION_IS_TEXT:
        out->values[out->value_count] = (cli_value){option, value};
        out->value_count += rows[option].type == OPTION_IS_TEXTS;
        if (!value[0]) {
            complain(lang, TEXT_OPTION_NEEDS_VALUE, option_label(option, label), option_meta(option, lang), END);
        }
        return value[0] != '\0';
    case OPTION_IS_CHOICE:
        index = word_index(option, value, lang);
        out->number[option] = (uint64_t)(index < 0 ? 0 : index);
        return index >= 0;
    case OPTION_IS_FORMAT:
        if (strstr(value, "://") && !out->network) { /* the address of a database is network and format in one */
            out->network = value;
            out->networks[out->network_count++] = value;
            return true;
        }
        index = word_index(option, value, lang);
        out->number[option] = (uint64_t)(index < 0 ? CN_FORMAT_AUTO : index + 1);
        return index >= 0;
    case OPTION_IS_COUNT:
        return set_count(out, option, value, lang);
    case OPTION_IS_NUMBER:
    case OPTION_IS_SHARE:
    case OPTION_IS_SIZE:
        return set_number(out, option, value, lang);
    case OPTION_IS_DATE:
        out->number[option] = cn_date_parse(value);
        if (!out->number[option]) {
            complain(lang, looks_like_date(value) ? TEXT_NO_SUCH_DATE : TEXT_BAD_DATE, option_label(option, label),
                     value, END);
        }
        return out->number[option] != 0;
    case OPTION_IS_METRICS:
    case OPTION_IS_LINK_KINDS:
    case OPTION_IS_ENTITY_KINDS:
        break;
    }
    return set_list(out, option, value, lang);
}

/* ---- the line ---- */

static void complain_unknown(cli_command command, const char *typed, cn_lang lang) {
    char word[48];
    char label[48];
    nearest search = {word, NULL, 0};
    list_item(typed + strspn(typed, "-"), '=', 0, word, sizeof word);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (rows[i].name[0] && rows[i].commands >> command & 1) {
            nearest_try(&search, rows[i].name);
        }
    }
    snprintf(label, sizeof label, "--%s", search.best ? search.best : "");
    complain(lang, search.best ? TEXT_UNKNOWN_OPTION_NEAR : TEXT_UNKNOWN_OPTION, typed, command_at(command)->name,
             label, END);
}

/* Does this argument look like an option of the command rather than a value? */
static bool is_option(cli_command command, const char *argument) {
    if (strncmp(argument, "--", 2) != 0) {
        return false;
    }
    return option_find(command, argument + 2, strcspn(argument + 2, "=")) >= 0;
}

/* A product code such as 24.10.31: what an option takes from the next argument where it may also stand alone. */
static bool is_code(const char *argument) {
    return argument[0] >= '0' && argument[0] <= '9' && !argument[strspn(argument, "0123456789.")];
}

/* An option whose value, if any, stands at `value` or else in the next argument. */
static bool take(cli_options *out, cli_option option, const char *value, int argc, char **argv, int *at, cn_lang lang) {
    char label[40];
    if (rows[option].type == OPTION_IS_FLAG) {
        if (value) {
            complain(lang, TEXT_OPTION_TAKES_NONE, option_label(option, label), value, END);
        }
        return !value && set_value(out, option, "", lang);
    }
    bool optional = rows[option].type == OPTION_IS_OPTIONAL_TEXTS;
    bool next = !value && *at + 1 < argc && !is_option(out->command, argv[*at + 1]);
    if (next && (!optional || is_code(argv[*at + 1]))) {
        value = argv[++*at];
    }
    value = value || !optional ? value : "";
    if (!value) {
        complain(lang, TEXT_OPTION_NEEDS_VALUE, option_label(option, label), option_meta(option, lang), END);
        return false;
    }
    return set_value(out, option, value, lang);
}

static bool take_long(cli_options *out, int argc, char **argv, int *at, cn_lang lang) {
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    int option = option_find(out->command, name, equals ? (size_t)(equals - name) : strlen(name));
    if (option < 0) {
        complain_unknown(out->command, argv[*at], lang);
        return false;
    }
    return take(out, (cli_option)option, equals ? equals + 1 : NULL, argc, argv, at, lang);
}

static bool take_letters(cli_options *out, int argc, char **argv, int *at, cn_lang lang) {
    const char *argument = argv[*at];
    for (const char *letter = argument + 1; *letter; letter++) {
        int option = find_letter(out->command, *letter);
        if (option < 0) {
            complain_unknown(out->command, argument, lang);
            return false;
        }
        bool flag = rows[option].type == OPTION_IS_FLAG;
        if (!take(out, (cli_option)option, flag || !letter[1] ? NULL : letter + 1, argc, argv, at, lang)) {
            return false;
        }
        if (!flag) {
            break;
        }
    }
    return true;
}

bool options_parse(cli_options *out, cli_command command, int argc, char **argv, cn_lang lang) {
    bool only_arguments = false;
    *out = (cli_options){.command = command,
                         .networks = calloc((size_t)argc + 1, sizeof *out->networks),
                         .values = calloc((size_t)argc + 1, sizeof *out->values)};
    if (!out->values || !out->networks) {
        complain(lang, TEXT_NO_MEMORY, END);
        return false;
    }
    for (int at = 0; at < argc; at++) {
        const char *argument = argv[at];
        bool option = !only_arguments && argument[0] == '-' && argument[1];
        if (option && strcmp(argument, "--") == 0) {
            only_arguments = true;
        } else if (option) {
            bool is_long = argument[1] == '-';
            if (!(is_long ? take_long(out, argc, argv, &at, lang) : take_letters(out, argc, argv, &at, lang))) {
                return false;
            }
        } else if (out->network && command == COMMAND_CONVERT && !out->text[OPTION_OUTPUT]) {
            out->text[OPTION_OUTPUT] = argument;
        } else if (out->network && (command == COMMAND_DIFF || command == COMMAND_DRAW) && !out->second) {
            out->second = argument;
        } else if ((out->network && command != COMMAND_MERGE) || !command_takes_network(command)) {
            complain(lang, TEXT_EXTRA_ARGUMENT, argument, END);
            return false;
        } else {
            out->network = out->network ? out->network : argument;
            out->networks[out->network_count++] = argument;
        }
    }
    return true;
}

void options_release(cli_options *options) {
    free(options->values);
    free(options->networks);
}

cn_lang options_peek_lang(int argc, char **argv) {
    cn_lang found = CN_LANG_DEFAULT;
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0) {
            found = cn_lang_find(argv[i] + 7);
        } else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            found = cn_lang_find(argv[i + 1]);
        }
    }
    return found;
}
