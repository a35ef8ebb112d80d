/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options: rows of options.def, and what a command line gave for them. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "commands.h"
#include "coopnet/metrics.h"

typedef enum cli_option {
#define CLI_OPTION(id, name, letter, type, meta_en, meta_ru, commands, en, ru) OPTION_##id,
#include "options.def"
#undef CLI_OPTION
    OPTION_COUNT
} cli_option;

typedef enum option_type {
    OPTION_IS_FLAG,
    OPTION_IS_TEXT,
    OPTION_IS_TEXTS,          /* may be repeated: every value counts */
    OPTION_IS_OPTIONAL_TEXTS, /* the same, and the value may be left out */
    OPTION_IS_CHOICE,
    OPTION_IS_COUNT,
    OPTION_IS_NUMBER,
    OPTION_IS_SHARE,
    OPTION_IS_SIZE,
    OPTION_IS_DATE,
    OPTION_IS_FORMAT,
    OPTION_IS_METRICS,
    OPTION_IS_LINK_KINDS,
    OPTION_IS_ENTITY_KINDS
} option_type;

typedef struct option_row {
    const char *name;
    char letter;
    option_type type;
    const char *meta_en, *meta_ru;
    unsigned commands; /* set of 1 << cli_command */
    const char *en, *ru;
} option_row;

const option_row *option_at(cli_option option);
/* "--top" or "-k". */
const char *option_label(cli_option option, char label[40]);
const char *option_meta(cli_option option, cn_lang lang);

/* One value of an option that may be repeated; "" where it was left out. */
typedef struct cli_value {
    cli_option option;
    const char *text;
} cli_value;

/* What was given. Texts are borrowed from argv. `{0}` to init. */
typedef struct cli_options {
    cli_command command;
    const char *network;   /* NULL when not given */
    const char **networks; /* of a command that takes several: all of them */
    size_t network_count;
    const char *second; /* diff, draw --view compare: the other network, or the second date of --between; else NULL */
    const char *text[OPTION_COUNT]; /* as typed; NULL: not given */
    uint64_t number[OPTION_COUNT];  /* CHOICE: its index; COUNT; SIZE: bytes; DATE: cn_date; KINDS: a set */
    double real[OPTION_COUNT];      /* NUMBER, SHARE */
    cn_metric metrics[CN_METRIC_COUNT];
    size_t metric_count;
    cli_value *values; /* of TEXTS and OPTIONAL_TEXTS, in the order given */
    size_t value_count;
} cli_options;

/* Given at all? */
static inline bool option_given(const cli_options *options, cli_option option) { return options->text[option] != NULL; }

/* The option of a command by its long name, or -1. */
int option_find(cli_command command, const char *name, size_t len);

/*
 * Read the arguments of a command; every value is checked here, before any file is opened.
 * False when something was wrong (it is said on standard error in `lang`).
 */
bool options_parse(cli_options *out, cli_command command, int argc, char **argv, cn_lang lang);
void options_release(cli_options *options);
/* --lang among the arguments, before they are parsed, so that mistakes are told in that language. */
cn_lang options_peek_lang(int argc, char **argv);

/* The nearest of several words to one that is not among them. `{word, NULL, 0}` to init. */
typedef struct nearest {
    const char *word;
    const char *best; /* NULL: nothing is near enough */
    unsigned distance;
} nearest;
void nearest_try(nearest *search, const char *candidate);

#endif
