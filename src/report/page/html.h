/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as one HTML file, and as Markdown. */
#ifndef CN_REPORT_HTML_H
#define CN_REPORT_HTML_H

#include "doc.h"

/*
 * One self-contained page: style, script and pictures inside, nothing is fetched; a security policy lets only this style and this script
 * run. Texts are escaped where they are written. CN_ERR_IO (the sink), CN_ERR_MEMORY.
 */
cn_status cn__html_write(const cn__doc *doc, cn_sink sink, cn_error *err);
/* CommonMark with tables; pictures by name (KEY.svg), the explorer is left out. */
cn_status cn__markdown_write(const cn__doc *doc, cn_sink sink, cn_error *err);

/* A text with what HTML would read as markup escaped; fit for an attribute too. */
void cn__html_escape(cn_buf *out, const char *text);

#endif
