/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON files of our own (rule profiles, themes): fields by name and type, read from the marks of the strict JSON scan. */
#ifndef CN_LOAD_JSON_TREE_H
#define CN_LOAD_JSON_TREE_H

#include "json_scan.h"
#include "keep.h"

typedef struct cn__tree {
    cn__load *load;
    const char *file;
    cn__json_scan scan;
    cn__keep *keep;          /* take what is read; of the caller */
    cn_message no_such_file; /* said of a file that is no object, or whose VERSION is not 1 */
    cn_status status;        /* CN_OK, or CN_ERR_MEMORY */
} cn__tree;

typedef enum cn__field_kind {
    CN__FIELD_VERSION, /* 1 */
    CN__FIELD_TEXT,    /* const char * */
    CN__FIELD_WORDS,   /* {"ru", "en"}: two const char *, English first */
    CN__FIELD_MICRO,   /* int64_t, millionths */
    CN__FIELD_MINOR,   /* int64_t, money */
    CN__FIELD_DATE,    /* cn_date */
    CN__FIELD_FLAG,    /* bool */
    CN__FIELD_COLOUR,  /* char[8], "#rrggbb" */
    CN__FIELD_WORD,    /* int: place in `words` */
    CN__FIELD_SET,     /* uint32_t: places in `words`; a list */
    CN__FIELD_TEXTS,   /* const char *const *, size_t: a list */
    CN__FIELD_OBJECT,  /* object with fields of its own, into the same struct */
    CN__FIELD_OBJECTS  /* list of objects: pointer, size_t */
} cn__field_kind;

typedef struct cn__field_row cn__field_row;
/* Called when an object of a list is read. */
typedef void cn__field_done(cn__tree *tree, uint32_t mark, void *object);

struct cn__field_row {
    const char *key;
    cn__field_kind kind;
    bool required;
    size_t offset;
    size_t count_offset;             /* TEXTS, OBJECTS: of the size_t */
    const char *(*words)(int place); /* WORD, SET: NULL behind the last; "" is no word */
    const cn__field_row *fields;     /* OBJECT, OBJECTS; ended by a row without key */
    size_t size;                     /* OBJECTS: of one */
    void (*init)(void *object);      /* OBJECTS; may be NULL */
    cn__field_done *done;            /* OBJECTS; may be NULL */
};

/* Called with the whole file, when its notation is sound and it is an object. */
typedef void cn__tree_take(cn__tree *tree, void *context);
/*
 * Scan a whole file and have it read. `tree`: keep and no_such_file are set. Findings go to `diags` (may be NULL). CN_ERR_INPUT: there
 * were errors. Release the tree afterwards.
 */
cn_status cn__tree_file(cn__tree *tree, cn__load *load, const char *label, const void *bytes, size_t len,
                        cn__tree_take *take, void *context);
void cn__tree_release(cn__tree *tree);

/* Read the object at a mark into `object`; mistakes are reported. */
void cn__tree_read(cn__tree *tree, uint32_t mark, const cn__field_row *fields, void *object);
/* Is the value at the mark an object? */
bool cn__tree_is(const cn__tree *tree, uint32_t mark, char first);
cn__place cn__tree_place(const cn__tree *tree, uint32_t mark);

#endif
