/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a table of millions of links: pieces of the text are parsed by several threads, row by row into fixed records, which are
 * then added in the order of the file. Rows that are anything but plain are left to the reader of small tables.
 */
#ifndef CN_LOAD_BULK_H
#define CN_LOAD_BULK_H

#include "assemble.h"
#include "csv_scan.h"

enum { CN__BULK_COLUMNS_MAX = 64 };

/* What is known of the table once its header was read. */
typedef struct cn__bulk_plan {
    const cn__section *section;
    const char *text;
    size_t len;
    char separator;
    bool stops[256];                                 /* bytes that end a cell, or make its row odd */
    const cn__column *columns[CN__BULK_COLUMNS_MAX]; /* NULL: not used */
    size_t column_count;
    bool to_first; /* column `to` stands before `from` */
    uint32_t max_text_bytes;
    const cn_builder *builder; /* for looking up only */
    const cn_entity *numbers;  /* entities whose id is a plain number, by it, as far as known; else CN_NONE */
    size_t number_count;
} cn__bulk_plan;

/* A plain row. Texts are places in the chunk; `product` and `source` are CN_NONE when they are new to the builder. */
typedef struct cn__bulk_row {
    int64_t value;
    uint32_t at;   /* of the row in its chunk */
    uint32_t line; /* from 0, in its chunk */
    uint32_t product, product_at, product_len;
    uint32_t source, source_at, source_len;
    cn_date since, until;
    uint8_t kind, status, role;
} cn__bulk_row;

/* A row for the other reader. */
typedef struct cn__bulk_odd {
    size_t at;       /* in the text */
    size_t end;      /* of the next row */
    uint32_t line;   /* from 0, in its chunk */
    uint32_t before; /* it stands before this plain row */
} cn__bulk_odd;

/* A piece of the text, from the first byte of a row on; its memory is used again for the next piece. */
typedef struct cn__bulk_chunk {
    size_t start;
    size_t limit;    /* rows that begin before it belong to this chunk */
    size_t end;      /* first byte of the next row */
    uint32_t lines;  /* in [start, end) */
    bool unfinished; /* the row at `end` goes on and on: it is the next one for the other reader */
    bool failed;     /* memory */
    cn__bulk_row *rows;
    size_t row_count, row_cap;
    cn__bulk_odd *odd;
    size_t odd_count, odd_cap;
    const char **ids; /* of row i: from is 2 i, to is 2 i + 1 */
    uint32_t *id_lens;
    cn_entity *entities; /* CN_NONE: not known when the chunk was parsed */
    size_t id_cap, len_cap, entity_cap;
} cn__bulk_chunk;

/* An id that is a number below CN__BULK_NUMBERS_MAX, as it is written without zeros before it; else CN_NONE. */
enum { CN__BULK_NUMBERS_MAX = 1 << 24 };
uint32_t cn__bulk_number(const char *id, size_t len);
/* Parse [start, limit) of the text; changes only the chunk. */
void cn__bulk_parse(const cn__bulk_plan *plan, cn__bulk_chunk *chunk);
void cn__bulk_chunk_release(cn__bulk_chunk *chunk);

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
    cn_status (*take_row)(void *context);
    void *context;
} cn__bulk_job;

/* Is this table large and plain enough? */
bool cn__bulk_suits(const cn__bulk_job *job);
cn_status cn__bulk_read(const cn__bulk_job *job);

/* Valid UTF-8 up to here: as cn__utf8_valid, by several threads. */
size_t cn__bulk_utf8_valid(const cn__load *load, const char *bytes, size_t len);

#endif
