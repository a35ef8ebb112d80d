/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as a list of blocks: chapters fill it and know no output format; html.c, markdown.c and data.c write it.
 * A failed allocation is remembered in `failed`, so that chapters look only once.
 */
#ifndef CN_REPORT_DOC_H
#define CN_REPORT_DOC_H

#include "coopnet/table.h"

#include "memory.h"

typedef enum cn__block_kind {
    CN__BLOCK_CHAPTER,
    CN__BLOCK_SECTION,
    CN__BLOCK_LEAD, /* what a chapter says in a sentence or two */
    CN__BLOCK_TEXT,
    CN__BLOCK_NOTE,
    CN__BLOCK_ITEM, /* of a list */
    CN__BLOCK_FACT, /* a figure with its name; several in a row stand beside each other */
    CN__BLOCK_TABLE,
    CN__BLOCK_PICTURE,
    CN__BLOCK_COMMAND, /* the command that answers the same */
    CN__BLOCK_ORIGIN,  /* of a chapter: data, hash, version, parameters */
    CN__BLOCK_EXPLORER
} cn__block_kind;

typedef struct cn__block {
    cn__block_kind kind;
    uint32_t key;  /* chapter, table, picture: an identifier for anchors and file names */
    uint32_t text; /* what is said; of a fact its name, of a table or picture its caption */
    uint32_t more; /* of a fact its value; of a table its explanation */
    uint32_t rows; /* of a text or a fact: key of the table that its numbers come from; 0: none */
    cn_table *table;
    int id_column;   /* of a table: holds ids of entities, not shown; or -1 */
    int name_column; /* of a table: its cells lead to the entity of id_column */
    size_t shown;    /* rows on the page; 0: all */
    size_t total;    /* rows that there are, where the table holds only those of the page; 0: those it holds */
    cn_buf bytes;    /* SVG of a picture, JSON of an explorer */
} cn__block;

typedef struct cn__doc {
    cn_lang lang;
    cn__arena texts;
    cn__block *blocks;
    size_t block_count;
    size_t block_cap;
    uint32_t title;
    uint32_t subtitle;
    uint32_t foot;        /* version, parameters, hash of the input */
    const char *currency; /* borrowed */
    bool failed;
} cn__doc;

void cn__doc_release(cn__doc *doc);
const char *cn__doc_at(const cn__doc *doc, uint32_t text);
uint32_t cn__doc_keep(cn__doc *doc, const char *text);
/* Keep what a buffer holds and release it. */
uint32_t cn__doc_keep_buf(cn__doc *doc, cn_buf *buf);

void cn__doc_chapter(cn__doc *doc, const char *key, const char *title);
/* A block of one text; the buffer is released. */
void cn__doc_say(cn__doc *doc, cn__block_kind kind, cn_buf *text);
void cn__doc_say_text(cn__doc *doc, cn__block_kind kind, const char *text);
void cn__doc_fact(cn__doc *doc, const char *name, const char *value);
/* The last block's numbers come from the table with this key. */
void cn__doc_rows(cn__doc *doc, const char *table_key);
/* In the texts of a block with `rows` a number stands between these; no other text may hold them. */
#define CN__DOC_NUMBER_BEGIN "\x02"
#define CN__DOC_NUMBER_END "\x03"
/* A table to be filled by the caller before the next block; the document owns it. NULL: memory (remembered). */
cn_table *cn__doc_table(cn__doc *doc, const char *key, const char *caption, size_t shown);
/* The last table's cells in column `name` lead to the entities whose ids stand in column `id`. */
void cn__doc_table_links(cn__doc *doc, int id, int name);
void cn__doc_table_explain(cn__doc *doc, const char *text);
/* The last table holds the first of so many rows. */
void cn__doc_table_total(cn__doc *doc, size_t total);
/* How many rows of a table the page shows, and of how many. */
size_t cn__doc_shown(const cn__block *block, size_t *total);
/* The buffer's bytes move into the document. */
void cn__doc_picture(cn__doc *doc, const char *key, const char *caption, cn_buf *svg);
void cn__doc_explorer(cn__doc *doc, cn_buf *json);

#endif
