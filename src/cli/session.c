/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all commands share: loading with its messages, and writing the answer. The answer is built whole in memory and
 * written at the end, so that a command that fails half way leaves no half answer, and a file is replaced in one step.
 */
#include "session.h"

#include "output.h"

#include "coopnet/save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Remarks and warnings shown before "… more": a table of a million rows may have as many. */
enum { REMARKS_SHOWN = 20 };

bool session_given(const session *s, cli_option option) { return option_given(&s->options, option); }
bool session_format_is(const session *s, const char *format) { return strcmp(s->format, format) == 0; }

/* ---- beginning ---- */

/* Is `word` one of the values "a|b|c"? */
static bool in_list(const char *list, const char *word) {
    size_t len = strlen(word);
    while (list) {
        if (strncmp(list, word, len) == 0 && (list[len] == '|' || list[len] == '\0')) {
            return true;
        }
        list = strchr(list, '|');
        list += list != NULL;
    }
    return false;
}

/* The extension of a file's name in small letters; "" where there is none, or a longer one than any form has. */
static void extension_of(const char *file, char out[8]) {
    const char *slash = strrchr(file, '/');
    const char *dot = strrchr(slash ? slash + 1 : file, '.');
    size_t len = dot ? strlen(dot + 1) : 0;
    len = len < 8 ? len : 0;
    for (size_t i = 0; i < len; i++) {
        char c = dot[1 + i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    out[len] = '\0';
}

static int refuse_extension(const session *s, const char *extension, const char *list) {
    cn_buf forms = {0};
    for (const char *c = list; *c; c++) {
        cn_buf_add(&forms, *c == '|' ? ", " : c, *c == '|' ? 2 : 1);
    }
    int code = session_misuse(s, TEXT_UNKNOWN_EXTENSION, command_at(s->options.command)->name, extension,
                              forms.data ? forms.data : "", END);
    cn_buf_release(&forms);
    return code;
}

/* As asked for, else by the file's extension, else the command's first. A file named .xlsx must not hold something else. */
static int choose_format(session *s) {
    int option = option_find(s->options.command, "format", strlen("format"));
    if (option < 0) {
        return EXIT_DONE; /* a command with one form of output */
    }
    const char *list = option_at((cli_option)option)->meta_en;
    const char *file = s->options.text[OPTION_OUTPUT];
    char extension[8] = "";
    extension_of(file ? file : "", extension);
    bool text = strcmp(extension, "txt") == 0 && in_list(list, "text");
    if (s->options.text[option]) {
        snprintf(s->format, sizeof s->format, "%s", s->options.text[option]);
    } else if (extension[0] && in_list(list, extension)) {
        snprintf(s->format, sizeof s->format, "%s", extension);
    } else if (extension[0] && !text) {
        return refuse_extension(s, extension, list);
    } else {
        snprintf(s->format, sizeof s->format, "%.*s", (int)strcspn(list, "|"), list);
    }
    return EXIT_DONE;
}

/* A picture nobody can read there; SVG and DOT are text, for those who ask for them. */
static bool unfit_for_terminal(const session *s) {
    int option = option_find(s->options.command, "format", strlen("format"));
    bool asked = option >= 0 && s->options.text[option] != NULL;
    return session_format_is(s, "pdf") || session_format_is(s, "png") || (session_format_is(s, "svg") && !asked);
}

static bool to_stdout(const session *s) {
    const char *file = s->options.text[OPTION_OUTPUT];
    return !file || strcmp(file, "-") == 0;
}

static int terminal_width(void) {
    const char *columns = getenv("COLUMNS");
    int width = columns ? atoi(columns) : 0;
    struct winsize size;
    if (width <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        width = size.ws_col;
    }
    return width > 0 ? width : 80;
}

int session_init(session *s) {
    s->lang = environment_lang();
    if (session_given(s, OPTION_LANG)) {
        s->lang = cn_lang_find(s->options.text[OPTION_LANG]);
    }
    int code = choose_format(s);
    if (code) {
        return code;
    }
    if (!to_stdout(s) || !isatty(STDOUT_FILENO)) {
        return EXIT_DONE;
    }
    if (unfit_for_terminal(s)) {
        return session_misuse(s, TEXT_BINARY_TO_TERMINAL, s->format, END);
    }
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    s->bold = !(no_color && no_color[0]) && term && strcmp(term, "dumb") != 0;
    s->width = terminal_width();
    return EXIT_DONE;
}

void session_release(session *s) {
    cn_theme_free(s->theme_file);
    cn_network_free(s->net);
    cn_diags_free(s->diags);
    cn_buf_release(&s->out);
}

/* ---- the network ---- */

cn_status session_load(session *s, cn_error *err) {
    const uint64_t *number = s->options.number;
    cn_load_options options = {.limits = {.max_file_bytes = number[OPTION_MAX_FILE],
                                          .max_entities = (uint32_t)number[OPTION_MAX_ENTITIES],
                                          .max_links = (uint32_t)number[OPTION_MAX_LINKS],
                                          .max_text_bytes = (uint32_t)number[OPTION_MAX_TEXT],
                                          .max_depth = (uint32_t)number[OPTION_MAX_DEPTH]}};
    cn_status status = cn_diags_create(&s->diags, err);
    if (!status) {
        watch_begin(&s->watch, s->lang, TEXT_READING, NULL, session_given(s, OPTION_QUIET));
        options.clusters_from = s->options.text[OPTION_CLUSTERS_FROM];
        options.links_query = s->options.text[OPTION_LINKS_QUERY];
        options.entities_query = s->options.text[OPTION_ENTITIES_QUERY];
        options.aggregate = session_given(s, OPTION_AGGREGATE);
        options.threads = (int)number[OPTION_THREADS];
        options.map = s->options.text[OPTION_MAP];
        options.sheet = s->options.text[OPTION_SHEET];
        options.keep_going = session_given(s, OPTION_KEEP_GOING);
        options.format = (cn_format)(number[OPTION_INPUT_FORMAT] | number[OPTION_INPUT_FORMAT_BESIDE_FROM]);
        options.watch = (cn_load_watch){watch_step, &s->watch};
        status = cn_load(s->options.network, &options, s->diags, &s->net, err);
        status = session_unwatch(s, status, err);
    }
    if (!status && !session_given(s, OPTION_LANG)) {
        s->lang = cn_network_lang(s->net);
    }
    return status;
}

void session_show(const session *s, const cn_diags *diags) {
    size_t remarks = 0;
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        const cn_diag *diag = cn_diags_at(diags, i);
        bool error = diag->level == CN_LEVEL_ERROR;
        if (!error && (session_given(s, OPTION_QUIET) || ++remarks > REMARKS_SHOWN)) {
            continue;
        }
        cn_buf raw = {0};
        cn_buf line = {0};
        cn_diag_line(diag, s->lang, &raw);
        text_add_clean(&line, raw.data ? raw.data : "");
        cn_buf_add_text(&line, "\n");
        fputs(line.data ? line.data : "", stderr);
        cn_buf_release(&raw);
        cn_buf_release(&line);
    }
    if (remarks > REMARKS_SHOWN) {
        cli_digits digits;
        session_remark(s, TEXT_MORE_FINDINGS, digits_of(digits, remarks - REMARKS_SHOWN), s->options.network, END);
    }
}

int session_open_all(session *s) {
    cn_error err = {0};
    int code = session_theme(s);
    if (code) {
        return code;
    }
    cn_status status = session_load(s, &err);
    if (s->diags) {
        session_show(s, s->diags);
    }
    if (!status && session_given(s, OPTION_AGGREGATE)) {
        cli_digits digits;
        session_remark(s, TEXT_AGGREGATED, s->options.network, digits_of(digits, cn_link_count(s->net)), END);
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int session_open(session *s) {
    cn_error err = {0};
    int code = session_open_all(s);
    if (!code && session_given(s, OPTION_AS_OF)) {
        cn_network *then = NULL;
        if (cn_network_as_of(s->net, (cn_date)s->options.number[OPTION_AS_OF], &then, &err)) {
            return session_fail(s, &err);
        }
        cn_network_free(s->net);
        s->net = then;
        if (cn_entity_count(then) == 0) {
            session_remark(s, TEXT_EMPTY_AS_OF, s->options.text[OPTION_AS_OF], END);
        }
    }
    return code;
}

int session_save(session *s, const cn_network *net) {
    cn_error err = {0};
    cn_diags *lost = NULL;
    const cn_save_options options = {
        .format = s->options.text[OPTION_TO_FORMAT], .step = watch_step, .context = &s->watch};
    cn_status status = cn_diags_create(&lost, &err);
    if (!status) {
        watch_begin(&s->watch, s->lang, TEXT_WRITING, NULL, session_given(s, OPTION_QUIET));
        status = cn_save(net, s->options.text[OPTION_OUTPUT], &options, lost, &err);
        watch_end(&s->watch);
    }
    if (!status) {
        session_show(s, lost);
    }
    cn_diags_free(lost);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

cn_watch session_watch(session *s, const char *name) {
    watch_begin(&s->watch, s->lang, TEXT_COMPUTING, name, session_given(s, OPTION_QUIET));
    return (cn_watch){watch_step, &s->watch};
}

cn_status session_unwatch(session *s, cn_status status, cn_error *err) {
    if (watch_end(&s->watch) && status == CN_OK) {
        *err = (cn_error){.status = CN_ERR_CANCELLED, .message = CN_MSG_CANCELLED};
        return CN_ERR_CANCELLED;
    }
    return status;
}

int session_org(const session *s, cli_option option, cn_entity *out) {
    cn_error err = {0};
    if (cn_entity_resolve(s->net, s->options.text[option], out, &err)) {
        int code = session_fail(s, &err);
        if (err.message == CN_MSG_ORG_UNKNOWN) {
            complain(s->lang, TEXT_SEE_NAMES, s->options.network, END);
        }
        return code;
    }
    return EXIT_DONE;
}

/* ---- messages ---- */

int session_fail(const session *s, const cn_error *err) {
    static const int codes[] = {
        [CN_OK] = EXIT_TROUBLE,       [CN_ERR_ARGUMENT] = EXIT_USAGE,   [CN_ERR_INPUT] = EXIT_INPUT,
        [CN_ERR_IO] = EXIT_TROUBLE,   [CN_ERR_MEMORY] = EXIT_TROUBLE,   [CN_ERR_LIMIT] = EXIT_TROUBLE,
        [CN_ERR_UNDEFINED] = EXIT_NO, [CN_ERR_INTERNAL] = EXIT_TROUBLE, [CN_ERR_CANCELLED] = EXIT_STOPPED,
    };
    complain_error(s->lang, err);
    return codes[err->status];
}

void session_remark_list(const session *s, cli_text id, const char *const *args) {
    if (!session_given(s, OPTION_QUIET)) {
        complain_list(s->lang, id, args);
    }
}

int session_misuse_list(const session *s, cli_text id, const char *const *args) {
    complain_list(s->lang, id, args);
    complain(s->lang, TEXT_SEE_HELP, command_at(s->options.command)->name, END);
    return EXIT_USAGE;
}

/* ---- the answer ---- */

void session_line_list(session *s, cli_text id, const char *const *args) {
    text_add_list(&s->out, s->lang, id, args);
    cn_buf_add_text(&s->out, "\n");
}

void session_heading_list(session *s, cli_text id, const char *const *args) {
    cn_buf_add_text(&s->out, s->bold ? "\x1b[1m" : "");
    text_add_list(&s->out, s->lang, id, args);
    cn_buf_add_text(&s->out, s->bold ? "\x1b[0m\n" : "\n");
}

cn_status session_table(session *s, const cn_table *table, cn_error *err) {
    const cn_table_text_options options = {
        .lang = s->lang, .currency = cn_network_currency(s->net), .bold_header = s->bold, .max_width = s->width};
    return cn_table_write_text(table, &options, cn_sink_buf(&s->out), err);
}

int session_finish(session *s, int code) {
    cn_error err = {0};
    if (s->out.failed) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    if (!s->out.len || code > EXIT_NO) {
        return code;
    }
    if (!to_stdout(s)) {
        cn_status status = cn_file_write(s->options.text[OPTION_OUTPUT], s->out.data, s->out.len, &err);
        return status ? session_fail(s, &err) : code;
    }
    return output_write(s->lang, s->out.data, s->out.len, code);
}
