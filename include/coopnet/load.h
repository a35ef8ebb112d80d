/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file load.h
 * Reads a network from JSON, from a folder of CSV tables or from a lone table of links. docs/data-format.md describes
 * the formats.
 */
#ifndef COOPNET_LOAD_H
#define COOPNET_LOAD_H

#include "coopnet/diag.h"
#include "coopnet/network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Limits against broken and hostile input; 0 takes the default in brackets. */
typedef struct cn_load_limits {
    uint64_t max_file_bytes; /**< one file [256 MiB; of a table of links on disk 64 GiB] */
    uint32_t max_entities;   /**< [10,000,000] */
    uint32_t max_links;      /**< [50,000,000] */
    uint32_t max_text_bytes; /**< one text [64 KiB] */
    uint32_t max_depth;      /**< nesting of JSON [64] */
} cn_load_limits;

/** Rows of formats.def. AUTO: told by the content, where that says nothing by the name's end; a folder is CSV tables. */
typedef enum cn_format {
    CN_FORMAT_AUTO = 0,
#define CN_FORMAT(id, name, access, en, ru) CN_FORMAT_##id,
#include "coopnet/formats.def"
#undef CN_FORMAT
    CN_FORMAT_COUNT
} cn_format;

/** The word for a format, "csv"; "" for AUTO. */
CN_API const char *cn_format_key(cn_format format);
/** What it is, in a language; "" for AUTO. */
CN_API const char *cn_format_name(cn_format format, cn_lang lang);
/** By its word; AUTO: there is none. */
CN_API cn_format cn_format_find(const char *key);

/** Asked now and then while a large table of links is read, in bytes. */
typedef cn_watch cn_load_watch;

typedef struct cn_load_options {
    cn_format format;
    cn_load_limits limits;
    int threads;         /**< for large tables of links; 0: as many as the machine has */
    cn_load_watch watch; /**< `step` NULL: none */
    /** Of a graph of another program: the attribute of its nodes (partition, modularity class …) whose values become clusters; NULL: none. */
    const char *clusters_from;
    /**
     * What the columns of tables mean, "HEADER=column,HEADER=column": a column as the format names it, "companies.name" for that of
     * one table only, "x.NAME" for a free attribute, "-" for one that is not to be read, "from+quantity..." for columns that
     * repeat to the end of the row. NULL: none. A header may hold commas. docs/files.md has examples.
     */
    const char *map;
    /**
     * Rows with mistakes are reported, left out and counted (CN_MSG_ROWS_SKIPPED), and do not refuse the input. Of an entity, or
     * of the network, only the wrong values are left out.
     */
    bool keep_going;
    const char *sheet;          /**< of a workbook: the only sheet to be read, "NAME" or "NAME!B3:F200"; NULL: all */
    const char *links_query;    /**< of a database: SELECT that gives the links; NULL: its tables */
    const char *entities_query; /**< SELECT that gives the companies; NULL: none (then the links name them) */
    bool aggregate;             /**< the database adds up links of the same ends, product, kind, status and year */
} cn_load_options;

/**
 * Load from a file, a folder or, for "-", standard input.
 * Every mistake goes to `diags`; with at least one of level ERROR the input is refused and `*out` is NULL.
 * @param options NULL for the defaults
 * @return CN_OK; CN_ERR_INPUT (unreadable, or refused: see diags); CN_ERR_ARGUMENT (a wrong `map` or `sheet`); CN_ERR_MEMORY; CN_ERR_LIMIT (more than 4 GiB of texts);
 * CN_ERR_CANCELLED; CN_ERR_INTERNAL (cJSON refuses what was found sound: it had no memory, or a mistake).
 * Memory: JSON about 13 times the file, CSV about the file and the network; a table of links on disk only the network.
 */
CN_API cn_status cn_load(const char *path, const cn_load_options *options, cn_diags *diags, cn_network **out,
                         cn_error *err);

/** The same from memory; `label` stands for the file name in diagnostics. */
CN_API cn_status cn_load_bytes(const char *label, const void *bytes, size_t len, const cn_load_options *options,
                               cn_diags *diags, cn_network **out, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
