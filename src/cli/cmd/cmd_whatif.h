/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet whatif share. */
#ifndef CLI_CMD_WHATIF_H
#define CLI_CMD_WHATIF_H

#include "show_risk.h"

#include "coopnet/scenario.h"

enum { WHATIF_ANCHORS = 5 };

/* Losses up to this share are not worth a line. */
#define WHATIF_SMALL 0.0005

/* One way it may go: with or without the sources that --add names. */
typedef struct whatif_case {
    cn_scenario scenario;
    cn_cascade cascade;
} whatif_case;

typedef struct whatif_row {
    uint32_t firm;
    double loss; /* share of what it makes */
    double money;
} whatif_row;

typedef struct whatif {
    cn_flows *flows;
    cn_edit *edits; /* what fails, then what --add names */
    size_t edit_count;
    size_t fail_count;
    char **texts; /* memory of the edits */
    size_t text_count;
    cn_cascade_options options;
    whatif_case plain;
    whatif_case added;  /* as `plain` where nothing is added: not computed */
    double best, worst; /* loss when purchases of unknown source go on, and when nobody can be replaced */
    whatif_row *rows;   /* firms that lose something in `plain`: by money, loss (largest first), firm */
    size_t row_count;
    uint32_t anchors[WHATIF_ANCHORS];
    size_t anchor_count;
} whatif;

static inline bool whatif_adds(const whatif *w) { return w->edit_count > w->fail_count; }

/* The edits of the command line. Returns the exit code. */
int whatif_read(session *s, whatif *w);
/* What an edit says, in words: "X stops". */
void whatif_edit_text(const session *s, const whatif *w, size_t edit, cn_buf *out);
/* Key of an edit's kind for JSON. */
const char *whatif_edit_key(cn_edit_kind kind);
/* An edit that meets nothing: says so, EXIT_USAGE. */
int whatif_check_touched(const session *s, const whatif *w, const cn_scenario *scenario, size_t count);

/* The causes of a firm's loss; free with cn_cascade_causes_free. */
cn_status whatif_causes(const whatif *w, uint32_t firm, cn_cascade_cause **causes, size_t *count, cn_error *err);

cn_status whatif_write_text(session *s, const whatif *w, cn_error *err);
cn_status whatif_write_json(session *s, const whatif *w, cn_error *err);

#endif
