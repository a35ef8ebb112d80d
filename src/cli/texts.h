/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command's own texts in both languages. */
#ifndef CLI_TEXTS_H
#define CLI_TEXTS_H

#include "coopnet/base.h"

typedef enum cli_text {
#define CLI_TEXT(id, en, ru) TEXT_##id,
#include "texts.def"
#undef CLI_TEXT
    TEXT_COUNT
} cli_text;

/*
 * The functions below take a list of texts that ends with NULL; the macros of the same name write it:
 * text_add(out, lang, TEXT_X, first, second, END).
 */
#define END ((const char *)NULL)

/*
 * Add a text with its arguments. Control characters in arguments come from files and command lines, and could drive a
 * terminal: they are shown as "�".
 */
void text_add_list(cn_buf *out, cn_lang lang, cli_text id, const char *const *args);
#define text_add(out, lang, id, ...) text_add_list((out), (lang), (id), (const char *const[]){__VA_ARGS__})
/* A text without arguments. */
const char *text_of(cn_lang lang, cli_text id);
/* Add foreign text, cleaned as above. */
void text_add_clean(cn_buf *out, const char *text);

/* A number as an argument; returns `digits`. */
typedef char cli_digits[24];
const char *digits_of(cli_digits digits, uint64_t number);

/* "coopnet: …" and a line end to standard error. */
void complain_list(cn_lang lang, cli_text id, const char *const *args);
#define complain(lang, id, ...) complain_list((lang), (id), (const char *const[]){__VA_ARGS__})
void complain_error(cn_lang lang, const cn_error *err);

/* Language of messages before a network is read: from LC_ALL, LC_MESSAGES or LANG. */
cn_lang environment_lang(void);

#endif
