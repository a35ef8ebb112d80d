/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a report as files. */
#ifndef CN_REPORT_TABLES_OUT_H
#define CN_REPORT_TABLES_OUT_H

#include "doc.h"

/*
 * Into a folder, made where it is missing: KEY.csv for every table, in the form a spreadsheet of the language opens by double click, and report.xlsx with
 * a sheet for each. All rows, not only those on the page. CN_ERR_IO, CN_ERR_MEMORY, CN_ERR_LIMIT.
 */
cn_status cn__tables_out(const cn__doc *doc, const char *folder, cn_error *err);

#endif
