/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a table of millions of links: pieces of the text are parsed by several threads, row by row into columns, which are
 * then added in the order of the file. Rows that are anything but plain are left to the reader of small tables.
 */
#ifndef CN_LOAD_BULK_H
#define CN_LOAD_BULK_H

#include "assemble.h"
#include "builder_bulk.h"
#include "bulk_ids.h"
#include "csv_scan.h"

enum { CN__BULK_COLUMNS_MAX = 64 };

/* What is known of the table once its header was read. */
typedef struct cn__bulk_plan {
    const cn__section *section;
    const char *text;
    size_t len;
    char separator;
    bool comments;                                   /* lines that begin with '#' or '%' are none of the table */
    bool stops[256];                                 /* bytes that end a cell, or make its row odd */
    const cn__column *columns[CN__BULK_COLUMNS_MAX]; /* NULL: not used */
    int64_t value_factor;                            /* the unit in the header of the values */
    size_t column_count;
    bool to_first;            /* column `to` stands before `from` */
    bool has[CN__SPEC_COUNT]; /* members of a link that the table has */
    uint32_t max_text_bytes;
    const cn_builder *builder; /* for looking up only */
    const cn__bulk_ids *ids;
} cn__bulk_plan;

/* Texts that repeat (products, sources), as a thread met them. They are kept over all pieces. */
typedef struct cn__bulk_known {
    uint64_t head, tail; /* up to 16 bytes, with zeros behind them */
    uint32_t number;     /* text in the builder */
} cn__bulk_known;
enum { CN__BULK_KNOWN = 8192, CN__BULK_KNOWN_ROW = 4 }; /* places, and those where one text may stand */
typedef struct cn__bulk_memory {
    cn__bulk_known products[CN__BULK_KNOWN];
    cn__bulk_known sources[CN__BULK_KNOWN];
} cn__bulk_memory;

/* A text that the builder did not have when the piece was parsed. */
typedef struct cn__bulk_text {
    uint32_t row;
    uint32_t len;
    const char *text;
    bool is_source;
} cn__bulk_text;

/* A row for the other reader. */
typedef struct cn__bulk_odd {
    size_t at;       /* in the text */
    size_t end;      /* of the next row */
    uint32_t line;   /* from 0, in its chunk */
    uint32_t before; /* it stands before this plain row */
} cn__bulk_odd;

/*
 * A piece of the text, from the first byte of a row on; its memory is used again for the next piece. Of plain rows there are columns;
 * those that the table lacks are not filled. A plain row has the cells of the header, no quote inside a cell, money as plain digits,
 * known words, dates that exist and nothing in columns that are no members of a link.
 */
typedef struct cn__bulk_chunk {
    size_t start;
    size_t limit;    /* rows that begin before it belong to this chunk */
    size_t end;      /* first byte of the next row */
    uint32_t lines;  /* in [start, end) */
    bool unfinished; /* the row at `end` goes on and on: it is the next one for the other reader */
    bool failed;     /* memory */
    size_t row_count, row_cap;
    uint32_t *at;     /* of the row in the chunk */
    uint32_t *line;   /* from 0, in the chunk */
    const char **ids; /* of row i: 2 i and 2 i + 1, in the order of the columns */
    uint32_t *id_lens;
    cn_entity *ends; /* CN_NONE: not known when the chunk was parsed */
    int64_t *value;
    uint32_t *product; /* texts; CN_NONE: new to the builder, see `texts` */
    uint32_t *source;
    cn_date *since;
    cn_date *until;
    uint8_t *kind;
    uint8_t *status;
    uint8_t *role;
    cn__bulk_odd *odd;
    size_t odd_count, odd_cap;
    cn__bulk_text *texts;
    size_t text_count, text_cap;
    uint32_t *unknown; /* ends that are CN_NONE */
    size_t unknown_count, unknown_cap;
    bool reserved; /* room for its rows was reserved from `first` on */
    cn_link first;
} cn__bulk_chunk;

/* Parse [start, limit) of the text; changes only the chunk and the memory. */
void cn__bulk_parse(const cn__bulk_plan *plan, cn__bulk_memory *memory, cn__bulk_chunk *chunk);
/* Room for one more row in every column that the table has. False: memory. */
bool cn__bulk_chunk_make_room(const cn__bulk_plan *plan, cn__bulk_chunk *chunk);
/* What the members of the next row are where their cells are empty. */
void cn__bulk_chunk_begin_row(const cn__bulk_plan *plan, cn__bulk_chunk *chunk);
/* Notes that a text of the next row is new to the builder. False: memory, and the chunk has failed. */
bool cn__bulk_chunk_note_text(cn__bulk_chunk *chunk, const char *text, size_t len, bool is_source);
void cn__bulk_chunk_release(cn__bulk_chunk *chunk);
/* Its plain rows, or one of them, as links. */
cn__link_columns cn__bulk_links(const cn__bulk_plan *plan, const cn__bulk_chunk *chunk);
cn__link_columns cn__bulk_link(const cn__bulk_plan *plan, const cn__bulk_chunk *chunk, size_t row);

/*
 * Where cells end. The stops of [from, to), at most CN__BULK_BLOCK bytes, go to `stops` as distances from `from`; their number.
 */
enum { CN__BULK_BLOCK = 4096 };
size_t cn__bulk_stops(const cn__bulk_plan *plan, const char *from, const char *to, uint16_t stops[CN__BULK_BLOCK]);

/*
 * Reads the rows behind the header. `columns` are indices into the section, UINT32_MAX for a cell that means nothing; `take_row` reads
 * the row that `csv` stands on in the ordinary way.
 */
typedef struct cn__bulk_job {
    cn__assembly *assembly;
    cn__csv *csv;
    const cn__section *section;
    const uint32_t *columns;
    size_t column_count;
    int value_shift; /* values are in 10^shift */
    cn_status (*take_row)(void *context);
    /* The first text of the plain row before, for a row whose first cell is empty. */
    cn_status (*see_above)(void *context, const char *text, size_t len);
    void *context;
} cn__bulk_job;

/* Is this table large and plain enough? */
bool cn__bulk_suits(const cn__bulk_job *job);
cn_status cn__bulk_read(const cn__bulk_job *job);

/* Valid UTF-8 up to here: as cn__utf8_valid, by several threads. */
size_t cn__bulk_utf8_valid(const cn__load *load, const char *bytes, size_t len);

#endif
