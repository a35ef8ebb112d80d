/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help of the program and of each command, from the same tables as the parser, so that it cannot lie. Explanations
 * are wrapped at 100 columns beside their option.
 */
#include "help.h"

#include "coopnet/load.h"
#include "coopnet/save.h"

#include "options.h"
#include "texts.h"

#include "coopnet/network.h"
#include <string.h>

enum { TEXT_COLUMN = 30, LINE_WIDTH = 100 };

/* Columns of a text whose letters are all one wide (Latin, Cyrillic). */
static size_t width_of(const char *text, size_t bytes) {
    size_t width = 0;
    for (size_t i = 0; i < bytes; i++) {
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return width;
}

static void add_blanks(cn_buf *out, size_t count) {
    for (; count; count--) {
        cn_buf_add_text(out, " ");
    }
}

/* A term and its explanation, wrapped at blanks. */
static void add_entry(cn_buf *out, const char *term, const char *text) {
    size_t column = 2 + width_of(term, strlen(term));
    cn_buf_add_text(out, "  ");
    cn_buf_add_text(out, term);
    if (column + 2 > TEXT_COLUMN) {
        cn_buf_add_text(out, "\n");
        column = 0;
    }
    add_blanks(out, TEXT_COLUMN - column);
    column = TEXT_COLUMN;
    while (*text) {
        size_t word = strcspn(text, " ");
        size_t width = width_of(text, word);
        if (column > TEXT_COLUMN && column + 1 + width > LINE_WIDTH) {
            cn_buf_add_text(out, "\n");
            add_blanks(out, TEXT_COLUMN);
            column = TEXT_COLUMN;
        } else if (column > TEXT_COLUMN) {
            cn_buf_add_text(out, " ");
            column++;
        }
        cn_buf_add(out, text, word);
        column += width;
        text += word;
        text += strspn(text, " ");
    }
    cn_buf_add_text(out, "\n");
}

static void add_line(cn_buf *out, const char *text) {
    cn_buf_add_text(out, text);
    cn_buf_add_text(out, "\n");
}

static void add_heading(cn_buf *out, cn_lang lang, cli_text id) {
    cn_buf_add_text(out, "\n");
    add_line(out, text_of(lang, id));
}

void help_all(cn_buf *out, cn_lang lang) {
    add_line(out, text_of(lang, TEXT_ABOUT));
    cn_buf_add_text(out, "\n");
    add_line(out, text_of(lang, TEXT_USAGE_ALL));
    add_heading(out, lang, TEXT_COMMANDS);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        const command_row *row = command_at((cli_command)i);
        add_entry(out, row->name, lang == CN_LANG_RU ? row->ru : row->en);
    }
    cn_buf_add_text(out, "\n");
    add_line(out, text_of(lang, TEXT_NETWORK_IS));
    add_line(out, text_of(lang, TEXT_MORE_HELP));
    add_line(out, text_of(lang, TEXT_EXIT_CODES));
}

static void add_option(cn_buf *out, cli_option option, cn_lang lang) {
    const option_row *row = option_at(option);
    const char *meta = option_meta(option, lang);
    cn_buf term = {0};
    if (row->letter) {
        cn_buf_add(&term, (char[]){'-', row->letter}, 2);
        cn_buf_add_text(&term, row->name[0] ? ", " : "");
    }
    if (row->name[0]) {
        cn_buf_add_text(&term, "--");
        cn_buf_add_text(&term, row->name);
    }
    if (meta) {
        cn_buf_add_text(&term, " ");
        cn_buf_add_text(&term, meta);
    }
    add_entry(out, term.data ? term.data : "", lang == CN_LANG_RU ? row->ru : row->en);
    cn_buf_release(&term);
}

static void add_vocabulary(cn_buf *out, cn_vocabulary vocabulary, int count, cn_lang lang) {
    for (int i = 0; i < count; i++) {
        add_entry(out, cn_vocabulary_key(vocabulary, i), cn_vocabulary_name(vocabulary, i, lang));
    }
}

/* What the values of a command's list options may be. */
static void add_lists(cn_buf *out, cli_command command, cn_lang lang) {
    if (option_at(OPTION_METRICS)->commands >> command & 1) {
        add_heading(out, lang, TEXT_METRIC_LIST);
        for (int i = 0; i < CN_METRIC_COUNT; i++) {
            add_entry(out, cn_metric_key((cn_metric)i), cn_metric_name((cn_metric)i, lang));
        }
    }
    if (command == COMMAND_CONVERT) {
        add_heading(out, lang, TEXT_SAVE_FORMAT_LIST);
        for (size_t i = 0; i < cn_save_format_count(); i++) {
            add_entry(out, cn_save_format_key(i), cn_save_format_name(i, lang));
        }
        add_heading(out, lang, TEXT_FORMAT_LIST);
        for (int i = CN_FORMAT_AUTO + 1; i < CN_FORMAT_COUNT; i++) {
            add_entry(out, cn_format_key((cn_format)i), cn_format_name((cn_format)i, lang));
        }
    }
    if (option_at(OPTION_KIND)->commands >> command & 1) {
        add_heading(out, lang, TEXT_ENTITY_KIND_LIST);
        add_vocabulary(out, CN_VOC_ENTITY_KIND, CN_ENTITY_KIND_COUNT, lang);
    }
    if (option_at(OPTION_LAYER)->commands >> command & 1) {
        add_heading(out, lang, TEXT_LINK_KIND_LIST);
        add_vocabulary(out, CN_VOC_LINK_KIND, CN_LINK_KIND_COUNT, lang);
    }
}

void help_command(cn_buf *out, cli_command command, cn_lang lang) {
    const command_row *row = command_at(command);
    const unsigned all = (1u << COMMAND_COUNT) - 1;
    text_add(out, lang, TEXT_USAGE_ONE, row->name, lang == CN_LANG_RU ? row->needs_ru : row->needs_en, END);
    cn_buf_add_text(out, "\n\n");
    text_add(out, lang, TEXT_COMMAND_DOES, row->name, lang == CN_LANG_RU ? row->ru : row->en, END);
    cn_buf_add_text(out, "\n");
    add_line(out, text_of(lang, TEXT_NETWORK_IS));
    for (int common = 0; common < 2; common++) {
        add_heading(out, lang, common ? TEXT_COMMON_OPTIONS : TEXT_OPTIONS);
        for (int i = 0; i < OPTION_COUNT; i++) {
            unsigned commands = option_at((cli_option)i)->commands;
            bool everywhere = commands == all || i == OPTION_INPUT_FORMAT; /* but for those that say so there */
            if (commands >> command & 1 && everywhere == common) {
                add_option(out, (cli_option)i, lang);
            }
        }
    }
    add_lists(out, command, lang);
    add_heading(out, lang, TEXT_EXAMPLE);
    cn_buf_add_text(out, "  ");
    add_line(out, row->example);
}
