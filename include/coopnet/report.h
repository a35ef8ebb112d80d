/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file report.h
 * A report on a network: passport, figures, who is central, the anchor's supply chain, critical places, and the network to walk through.
 * One HTML file that needs no other and no network, or Markdown, or the tables behind it.
 */
#ifndef COOPNET_REPORT_H
#define COOPNET_REPORT_H

#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A report made, to be written in as many forms as are wanted. */
typedef struct cn_report cn_report;

typedef enum cn_report_form { CN_REPORT_HTML = 0, CN_REPORT_MARKDOWN } cn_report_form;

/** For whom: what comes first and what is left out. */
typedef enum cn_audience { CN_AUDIENCE_MANAGER = 0, CN_AUDIENCE_MINISTRY, CN_AUDIENCE_MISSION } cn_audience;

typedef struct cn_report_options {
    cn_lang lang; /**< default: the network's */
    cn_audience audience;
    cn_entity subject;  /**< whose supply chain is told */
    bool subject_given; /**< else the anchor enterprise with the largest purchases */
    cn_entity cluster;  /**< the report of one cluster: its members, their links and outside partners, its rules */
    bool cluster_given;
    const cn_network
        *since; /**< an earlier network (or the same at an earlier date): what has changed since; NULL: not told */
    const char *since_name; /**< what to call it: its date or its file; NULL: its date */
    const cn_entity
        *mission; /**< the mission pack: organisations with a page each, in place of the chapters; NULL: none */
    size_t mission_count;
    const char *occasion; /**< of the mission pack, as its first page names it; NULL: none */
    const char *
        input; /**< name of the input, for the foot of the page, beside the SHA-256 of the network's records; NULL: not told */
    const char *parameters; /**< how the report was asked for, for the foot; NULL: none */
    const char *
        as_of; /**< date to which the caller has cut the network, as typed: the commands under the chapters repeat it; NULL: none */
    bool no_explorer; /**< leave the network to walk through out: Markdown and tables have no use for it */
    uint32_t
        explorer_limit; /**< organisations in the explorer at most; 0: 50,000. Those with the largest sums of links stay */
    bool tables;        /**< cn_report_write_tables will be called: hold all rows, not only those that the page shows */
    const char *layout_program; /**< see cn_draw_options */
} cn_report_options;

/**
 * Make a report: run the analyses, draw the pictures. `net` is not needed afterwards.
 * @return CN_OK; CN_ERR_ARGUMENT (subject or cluster out of range, no cluster); CN_ERR_IO (layout program cannot be started); CN_ERR_INTERNAL; CN_ERR_MEMORY. A
 * picture that is too large to lay out is left out and the report says so. Cost: that of the analyses; the whole page in memory.
 */
CN_API cn_status cn_report_create(const cn_network *net, const cn_report_options *options, cn_report **out,
                                  cn_error *err);
CN_API void cn_report_free(cn_report *report);

/** Write it. The bytes depend on the network and the options only. CN_ERR_IO (the sink), CN_ERR_MEMORY. */
CN_API cn_status cn_report_write(const cn_report *report, cn_report_form form, cn_sink sink, cn_error *err);

/**
 * Write every table with all its rows into a folder, which is made where it is missing: KEY.csv in the habit of spreadsheets of the report's
 * language (Russian: “;” and a decimal comma), and report.xlsx with a sheet for each. CN_ERR_IO, CN_ERR_LIMIT, CN_ERR_MEMORY.
 */
CN_API cn_status cn_report_write_tables(const cn_report *report, const char *folder, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
