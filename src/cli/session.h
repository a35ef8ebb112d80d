/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of a command: its options, language, network and the answer that grows until it is written. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "json.h"
#include "options.h"
#include "texts.h"
#include "watch.h"

#include "coopnet/draw.h"
#include "coopnet/load.h"

enum exit_code { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_TROUBLE = 4, EXIT_STOPPED = 130 };

typedef struct session {
    cli_options options;
    cn_lang lang;
    char format[8]; /* "text", "json" … */
    bool bold;      /* the answer goes to a terminal that shows colours */
    int width;      /* of the terminal; 0: not one */
    cn_diags *diags;
    cn_network *net;
    cn_theme theme;       /* of pictures, once the network is open */
    cn_theme *theme_file; /* owns what `theme` borrows; NULL: a built-in one */
    watch watch;
    cn_buf out; /* the answer */
} session;

/* Language, format and terminal, from the options. Returns EXIT_DONE or EXIT_USAGE (said). */
int session_init(session *s);
void session_release(session *s);

/* Find or read what --theme names, and see that --tiles is for a PDF. Returns EXIT_DONE or the exit code (said). */
int session_theme(session *s);

/* Load, without showing what was found. */
cn_status session_load(session *s, cn_error *err);
/* Load and show what was found on standard error; the network with all its years. Returns EXIT_DONE or the exit code (said). */
int session_open_all(session *s);
/* The same, and apply --as-of. Returns EXIT_DONE or the exit code (said). */
int session_open(session *s);
/* Say findings on standard error: errors all, remarks only the first few and none with --quiet. */
void session_show(const session *s, const cn_diags *diags);
/* Write a network to --output in the form of --to; what that cannot hold is said. Returns the exit code. */
int session_save(session *s, const cn_network *net);
/* The organisation that an option names. Returns EXIT_DONE or EXIT_USAGE (said). */
int session_org(const session *s, cli_option option, cn_entity *out);

bool session_given(const session *s, cli_option option);
bool session_format_is(const session *s, const char *format);

/* Say an error; returns the exit code that fits it. */
int session_fail(const session *s, const cn_error *err);
/* Say a remark on standard error, unless --quiet. */
void session_remark_list(const session *s, cli_text id, const char *const *args);
#define session_remark(s, id, ...) session_remark_list((s), (id), (const char *const[]){__VA_ARGS__})
/* Say what is wrong with the call, and where the help is; returns EXIT_USAGE. */
int session_misuse_list(const session *s, cli_text id, const char *const *args);
#define session_misuse(s, id, ...) session_misuse_list((s), (id), (const char *const[]){__VA_ARGS__})

/* Begin long work: `name` is what is computed. Between the two Ctrl-C stops the work at its next step. */
cn_watch session_watch(session *s, const char *name);
/* The work has ended with `status`; CN_ERR_CANCELLED also when it was asked to stop but did not notice. */
cn_status session_unwatch(session *s, cn_status status, cn_error *err);

/* Add a text and a line end to the answer; bold where the terminal can. */
void session_line_list(session *s, cli_text id, const char *const *args);
#define session_line(s, id, ...) session_line_list((s), (id), (const char *const[]){__VA_ARGS__})
void session_heading_list(session *s, cli_text id, const char *const *args);
#define session_heading(s, id, ...) session_heading_list((s), (id), (const char *const[]){__VA_ARGS__})
/* Add a table to the answer as aligned text, cut to the terminal. */
cn_status session_table(session *s, const cn_table *table, cn_error *err);

/* Write the answer where it belongs; `code` is what the command wants to end with. Returns the exit code. */
int session_finish(session *s, int code);

#endif
