/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chapters of a report: each is a function that adds its blocks, or nothing where the network has nothing to say. */
#ifndef CN_REPORT_CHAPTER_H
#define CN_REPORT_CHAPTER_H

#include "coopnet/draw.h"
#include "coopnet/exposure.h"
#include "coopnet/partners.h"
#include "coopnet/report.h"
#include "coopnet/summary.h"

#include "doc.h"
#include "positions.h"
#include "report_text.h"

/* A picture, or the note that stands in its place. */
typedef struct cn__drawn {
    cn_buf svg;
    cn_buf note;
} cn__drawn;

/* What chapters tell, made before they are written (ahead.h). */
typedef struct cn__ahead {
    cn_critical critical; /* of the subject; without losses */
    cn_imports imports;
    cn_summary summary;
    cn__drawn overview;
} cn__ahead;

typedef struct cn__report {
    const cn_network *net;   /* what is told: the whole network, or the part that a cluster is about */
    const cn_network *whole; /* as it was given */
    const cn_report_options *options;
    cn_lang lang;
    cn__doc doc;
    cn_graph *graph; /* supplies and services, or the default layer; directed, by value where there are values */
    cn_flows *flows;
    cn_entity subject;       /* whose chain is told, or CN_NONE */
    cn_entity cluster;       /* the report is of this one, or CN_NONE */
    const char *rows;        /* key of the table that numbers come from, or NULL */
    uint32_t origin;         /* what every chapter says of its data, as a text of the document */
    cn__positions positions; /* made when a chapter first asks: cn__report_positions */
    cn__ahead ahead;
} cn__report;

typedef cn_status cn__chapter(cn__report *report, cn_error *err);

#define CN__CHAPTER(function, manager, ministry, mission) cn__chapter function;
#include "chapters.def"
#undef CN__CHAPTER

/* report->positions, its vertices those of report->graph. */
cn_status cn__report_positions(cn__report *report, cn_error *err);

/* The mission pack: an index and a page for each organisation, in place of the chapters. */
cn_status cn__mission_write(cn__report *report, cn_error *err);
/* What to ask an organisation, from what the data say and what they leave open. */
cn_status cn__mission_questions(cn__report *report, cn_entity org, cn_error *err);

/* Begin a chapter; its key is the anchor of its heading. */
void cn__chapter_begin(cn__report *report, const char *key, cn__report_text_id title);
/* Numbers of the sentences that follow, up to the end of the chapter, come from the table with this key, and lead to it; NULL: from none. */
void cn__chapter_rows(cn__report *report, const char *table_key);
/*
 * The command that answers the same, with an argument (an id, a file; quoted for a shell where it must be) between `command` and `rest`,
 * or "". In the report of a cluster only commands that can be told the cluster answer the same: there the others are left out by the chapters.
 */
void cn__chapter_command(cn__report *report, const char *command, const char *argument, const char *rest);
/* Say a template with arguments as one block. */
void cn__chapter_say(cn__report *report, cn__block_kind kind, cn__report_text_id id, size_t count,
                     const char *const *args);
#define CN__CHAPTER_SAY(report, kind, id, ...)                                                                         \
    cn__chapter_say((report), CN__BLOCK_##kind, CN__REPORT_##id,                                                       \
                    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *),                                 \
                    (const char *const[]){__VA_ARGS__})
const char *cn__chapter_word(const cn__report *report, cn__report_text_id id);

/* Short texts of numbers for arguments, as many as a call needs; released by the caller. */
typedef struct cn__spoken {
    cn_buf buf;
} cn__spoken;
const char *cn__spoken_count(const cn__report *report, cn__spoken *out, uint64_t count);
const char *cn__spoken_number(cn__spoken *out, cn_lang lang, double value, int decimals);
/* Units of the currency. */
const char *cn__spoken_money(cn__spoken *out, const cn__report *report, double value);
void cn__spoken_release(cn__spoken *out);

/* A product as "27.11.62.110 Магнитопроводы"; by code alone where the network does not name it. */
const char *cn__spoken_product(cn__spoken *out, const cn__report *report, const char *code);

/* Money of a double in units of the currency; INT64_MIN where it is none. */
int64_t cn__chapter_minor(double value);
/* Draw into the report. A layout that takes too long or too much leaves a note in its place. */
cn_status cn__chapter_draw(cn__report *report, const char *key, const char *caption, const cn_draw_options *options,
                           cn_error *err);
/* The same in two steps: draw, then put what was drawn (which becomes the document's) into the report. */
cn_status cn__chapter_drawn_make(const cn__report *report, const cn_draw_options *options, cn__drawn *out,
                                 cn_error *err);
void cn__chapter_drawn_put(cn__report *report, const char *key, const char *caption, cn__drawn *drawn);
void cn__chapter_drawn_release(cn__drawn *drawn);

#endif
