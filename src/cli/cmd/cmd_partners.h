/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet partners share. */
#ifndef CLI_CMD_PARTNERS_H
#define CLI_CMD_PARTNERS_H

#include "show_risk.h"

#include "coopnet/partners.h"

/* One search: a side and what was found. */
typedef struct partner_search {
    cn_partner_query query;
    cn_partners found;
} partner_search;

/* Phrases joined by "; ". `{0}` to init. */
typedef struct phrases {
    cn_buf out;
} phrases;
void phrases_add_list(const session *s, phrases *p, cli_text id, const char *const *args);
#define phrases_add(s, p, id, ...) phrases_add_list((s), (p), (id), (const char *const[]){__VA_ARGS__})

/* Why a row is on the list, in words. */
void partner_words(const session *s, const partner_search *search, const cn_partner_row *row, phrases *p);
/* How a maker of something imported fits. */
void import_words(const session *s, const cn_import_need *need, const cn_import_maker *maker, phrases *p);

void partner_write_text(session *s, const partner_search *search);
void imports_write_text(session *s, const cn_imports *imports, cn_entity org);
cn_status imports_write(session *s, const cn_imports *imports, cn_entity org, cn_error *err);

/* --evaluate; returns the exit code. */
int partner_trials(session *s);

#endif
