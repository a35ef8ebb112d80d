/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command `coopnet`: finds the command in the table, reads its options, runs it, writes its answer. Knows nothing
 * of any single command. docs/coopnet.1 is its manual.
 */
#include "help.h"
#include "output.h"
#include "session.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int print_and_release(cn_buf *text, cn_lang lang, int code) {
    if (text->failed) {
        complain(lang, TEXT_NO_MEMORY, END);
        code = EXIT_TROUBLE;
    } else {
        code = output_write(lang, text->data, text->len, code);
    }
    cn_buf_release(text);
    return code;
}

static int print_help(int command, cn_lang lang) {
    cn_buf text = {0};
    if (command < 0) {
        help_all(&text, lang);
    } else {
        help_command(&text, (cli_command)command, lang);
    }
    return print_and_release(&text, lang, EXIT_DONE);
}

static int print_version(cn_lang lang) {
    cn_buf text = {0};
    text_add(&text, CN_LANG_EN, TEXT_VERSION, cn_version(), END);
    cn_buf_add_text(&text, "\n");
    return print_and_release(&text, lang, EXIT_DONE);
}

static int unknown_command(const char *name, cn_lang lang) {
    nearest search = {name, NULL, 0};
    for (int i = 0; i < COMMAND_COUNT; i++) {
        nearest_try(&search, command_at((cli_command)i)->name);
    }
    complain(lang, search.best ? TEXT_UNKNOWN_COMMAND_NEAR : TEXT_UNKNOWN_COMMAND, name, search.best ? search.best : "",
             END);
    complain(lang, TEXT_SEE_HELP_ALL, END);
    return EXIT_USAGE;
}

/* Does an argument before "--" ask for this? */
static bool asks_for(int argc, char **argv, const char *name, const char *letter) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], name) == 0 || (letter && strcmp(argv[i], letter) == 0)) {
            return true;
        }
    }
    return false;
}

static int run_parsed(session *s, cn_lang lang) {
    cli_command command = s->options.command;
    cn_memory_limit(s->options.number[OPTION_MEMORY_LIMIT]);
    if (option_given(&s->options, OPTION_HELP)) {
        return print_help(command, lang);
    }
    if (option_given(&s->options, OPTION_VERSION)) {
        return print_version(lang);
    }
    if (!s->options.network && command_takes_network(command)) {
        const command_row *row = command_at(command);
        complain(lang, TEXT_NO_NETWORK, row->name, lang == CN_LANG_RU ? row->needs_ru : row->needs_en, END);
        complain(lang, TEXT_SEE_HELP, row->name, END);
        return EXIT_USAGE;
    }
    int code = session_init(s);
    if (!code) {
        code = session_finish(s, command_at(command)->run(s));
    }
    session_release(s);
    return code;
}

static int run(cli_command command, int argc, char **argv, cn_lang lang) {
    session s = {0};
    int code = EXIT_USAGE;
    if (options_parse(&s.options, command, argc, argv, lang)) {
        code = run_parsed(&s, lang);
    } else {
        complain(lang, TEXT_SEE_HELP, command_at(command)->name, END);
    }
    options_release(&s.options);
    return code;
}

/* `coopnet`, `coopnet --help`, `coopnet help COMMAND` and everything else that is not about one network. */
static int run_without_command(int argc, char **argv, cn_lang lang) {
    bool help = argc > 1 && strcmp(argv[1], "help") == 0;
    const char *topic = NULL;
    for (int i = 2; i < argc && help && !topic; i++) {
        bool language = strcmp(argv[i - 1], "--lang") == 0;
        topic = argv[i][0] != '-' && !language ? argv[i] : NULL;
    }
    if (topic && command_find(topic) < 0) {
        return unknown_command(topic, lang);
    }
    if (help || asks_for(argc - 1, argv + 1, "--help", "-h")) {
        return print_help(topic ? command_find(topic) : -1, lang);
    }
    if (asks_for(argc - 1, argv + 1, "--version", NULL)) {
        return print_version(lang);
    }
    if (argc > 1 && argv[1][0] == '-') {
        complain(lang, TEXT_COMMAND_FIRST, argv[1], END);
        complain(lang, TEXT_SEE_HELP_ALL, END);
        return EXIT_USAGE;
    }
    if (argc > 1) {
        return unknown_command(argv[1], lang);
    }
    cn_buf text = {0};
    help_all(&text, lang);
    fputs(text.failed ? "" : text.data, stderr);
    cn_buf_release(&text);
    return EXIT_USAGE;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is told by write(), and ends the command quietly */
    cn_lang lang = options_peek_lang(argc, argv);
    lang = lang == CN_LANG_DEFAULT ? environment_lang() : lang;
    int command = argc > 1 ? command_find(argv[1]) : -1;
    if (command < 0) {
        return run_without_command(argc, argv, lang);
    }
    return run((cli_command)command, argc - 2, argv + 2, lang);
}
