/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every part of one load shares: where findings go, what is being built, and the limits. */
#ifndef CN_LOAD_CONTEXT_H
#define CN_LOAD_CONTEXT_H

#include "coopnet/builder.h"
#include "coopnet/load.h"

#include "column_map.h"
#include "error.h"
#include "file.h"
#include "place.h"
#include "strmap.h"

/* How large tables of links are read. */
typedef struct cn__bulk_tuning {
    uint64_t from_bytes; /* tables of at least so many bytes are read in parallel */
    size_t chunk_bytes;
    int threads;
} cn__bulk_tuning;

typedef struct cn__load {
    cn_diags *diags;
    cn_builder *builder;
    cn_load_limits limits;    /* defaults filled in */
    uint64_t max_table_bytes; /* limit of a table of links that is mapped */
    cn_error *err;            /* of the caller, may be NULL; filled when a function returns something else than CN_OK */
    unsigned suggestions;     /* searches for a near name so far */
    cn__strmap names[CN_VOC_COUNT]; /* values by their folded names; made when a word is no key */
    bool stop;                      /* a limit was reached: what follows is not read */
    cn__bulk_tuning bulk;
    cn_load_watch watch;
    const char *clusters_from; /* attribute of nodes of foreign graphs whose values become clusters; or NULL */
    bool keep_going;           /* see cn_load_options */
    const char *sheet;         /* the same */
    cn__column_map map;
    bool in_rows;                   /* what is found now belongs to rows, which may be left out */
    uint64_t forgiven;              /* errors found in rows that were left out */
    uint64_t left_out;              /* rows */
    uint64_t repairs[CN_MSG_COUNT]; /* of the present table */
    const char *links_query;        /* of a database; NULL: none */
    const char *entities_query;
    bool aggregate;
    struct cn__kept_text *kept; /* texts that live as long as the load */
    const cn__file_view *view;  /* the file being read, where it may give memory back; else NULL */
} cn__load;

void cn__load_release(cn__load *load); /* the builder included */

/* A copy of a text that lives as long as the load; NULL: no memory. */
const char *cn__load_keep(cn__load *load, const char *text);

/* Options of the command that raise the limits. */
#define CN__OPTION_FILE "--max-file-bytes"
#define CN__OPTION_ENTITIES "--max-entities"
#define CN__OPTION_LINKS "--max-links"
#define CN__OPTION_TEXT "--max-text-bytes"
#define CN__OPTION_DEPTH "--max-depth"

void cn__load_limits_fill(cn_load_limits *limits);

/* Add a finding. Arguments longer than a line are cut with "…". */
void cn__report(cn__load *load, const char *file, cn__place place, cn_message message, size_t arg_count,
                const char *const *args);
#define CN__REPORT0(load, file, place, id) cn__report((load), (file), (place), CN_MSG_##id, 0, NULL)
#define CN__REPORT1(load, file, place, id, a) cn__report((load), (file), (place), CN_MSG_##id, 1, (const char *[]){(a)})
#define CN__REPORT2(load, file, place, id, a, b)                                                                       \
    cn__report((load), (file), (place), CN_MSG_##id, 2, (const char *[]){(a), (b)})
#define CN__REPORT3(load, file, place, id, a, b, c)                                                                    \
    cn__report((load), (file), (place), CN_MSG_##id, 3, (const char *[]){(a), (b), (c)})

/*
 * Add a finding that is a repair: of one table only the first few of a kind are listed, the others counted, and the count is told by
 * cn__repairs_done at the end of the table.
 */
void cn__repair(cn__load *load, const char *file, cn__place place, cn_message message, size_t arg_count,
                const char *const *args);
void cn__repairs_done(cn__load *load, const char *file, cn__place place);
#define CN__REPAIR1(load, file, place, id, a) cn__repair((load), (file), (place), CN_MSG_##id, 1, (const char *[]){(a)})
#define CN__REPAIR2(load, file, place, id, a, b)                                                                       \
    cn__repair((load), (file), (place), CN_MSG_##id, 2, (const char *[]){(a), (b)})
#define CN__REPAIR3(load, file, place, id, a, b, c)                                                                    \
    cn__repair((load), (file), (place), CN_MSG_##id, 3, (const char *[]){(a), (b), (c)})

/* A rule of the model was broken (CN_ERR_ARGUMENT of a builder call): make it a finding. CN_OK, unless the call itself was wrong. */
cn_status cn__report_error(cn__load *load, const char *file, cn__place place, const cn_error *error);
/* Any other failure of a call: hand it to the caller's error and return its status. */
cn_status cn__pass_on(cn__load *load, const cn_error *error);

/* Is one more search for a near name worth its time? Not in a file that has had very many mistakes already. */
bool cn__may_suggest(cn__load *load);

/* Whole numbers as text for arguments. */
typedef struct cn__digits {
    char text[24];
} cn__digits;
const char *cn__digits_of(cn__digits *digits, uint64_t value);
/* "file:line:column", of a very long path only its end. False: memory. */
bool cn__place_text(cn_buf *out, const char *file, cn__place place);

#endif
