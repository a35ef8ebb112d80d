/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reader is given, and the registry of the readers: one row in formats.def, one pair of functions here. A reader hands
 * records to the assembly (assemble.h, as the JSON reader does) or rows to a row reader (row_reader.h, as the CSV reader does).
 * Mistakes are reported (load_context.h); what it returns besides CN_OK ends the load.
 */
#ifndef CN_LOAD_INPUT_H
#define CN_LOAD_INPUT_H

#include "assemble.h"

typedef struct cn__input {
    const char *label; /* for messages; lives as long as the assembly */
    const char *path;  /* NULL: from memory or standard input. Of a SERVICE its name */
    const char *bytes; /* TEXT, TABLE: valid UTF-8 without NUL. Not NULL but for a SERVICE */
    size_t len;
    size_t start; /* TEXT, TABLE: the first byte behind a byte order mark */
} cn__input;

typedef enum cn__access {
    CN__ACCESS_TEXT,
    CN__ACCESS_TABLE,
    CN__ACCESS_BINARY,
    CN__ACCESS_ARCHIVE,
    CN__ACCESS_SERVICE
} cn__access;

/*
 * Is this input of the format? Told by its content, where that says nothing by its name. Reads little: a file may be large. And
 * the reader, which may be told to read what is nothing of the kind.
 */
#define CN_FORMAT(id, name, access, en, ru)                                                                            \
    bool cn__sniff_##name(const cn__input *input);                                                                     \
    cn_status cn__read_##name(cn__assembly *assembly, const cn__input *input);
#include "coopnet/formats.def"
#undef CN_FORMAT

cn__access cn__format_access(cn_format format);
/* The first format of one of these kinds of access (a set of 1 << cn__access) whose sniffer agrees; AUTO: none. */
cn_format cn__format_sniff(const cn__input *input, unsigned access);
cn_status cn__format_read(cn_format format, cn__assembly *assembly, const cn__input *input);

/* Does a file's name end so, in letters of either case? `end` is in small letters. */
bool cn__name_ends(const char *name, const char *end);

#endif
