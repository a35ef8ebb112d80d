/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file diag.h
 * The list of what was found in an input: every mistake and every repair, with its place.
 */
#ifndef COOPNET_DIAG_H
#define COOPNET_DIAG_H

#include "coopnet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cn_level {
    CN_LEVEL_NOTE = 0, /**< a repair or remark */
    CN_LEVEL_WARNING,  /**< probably not meant; the input is taken all the same */
    CN_LEVEL_ERROR,    /**< the input is refused */
    CN_LEVEL_FAIL      /**< of a call, never in a list */
} cn_level;

CN_API cn_level cn_message_level(cn_message message);

typedef struct cn_diags cn_diags;

/** One finding. Borrowed from its list. */
typedef struct cn_diag {
    cn_level level;
    cn_message message;
    const char *file; /**< as the user named it, "-" for standard input; within a folder with the folder */
    uint32_t line;    /**< from 1; 0 where the finding has no place */
    uint32_t column;  /**< from 1, in characters (code points); 0 as above */
    uint32_t arg_count;
    const char *const *args;
} cn_diag;

CN_API cn_status cn_diags_create(cn_diags **out, cn_error *err);
CN_API void cn_diags_free(cn_diags *diags);

/**
 * Add a finding; texts are copied, the level is the message's own. Beyond `CN_DIAGS_PER_MESSAGE` of one message only
 * the count grows. Failing memory is remembered: see cn_diags_complete.
 */
#define CN_DIAGS_PER_MESSAGE 1000
CN_API void cn_diags_add(cn_diags *diags, cn_message message, const char *file, uint32_t line, uint32_t column,
                         size_t arg_count, const char *const *args);

/**
 * Kept findings, ordered by file (in order of appearance), line, column, then as added. The first reading after an add
 * puts them in order, so it must be one thread's; after that any number may read.
 */
CN_API size_t cn_diags_count(const cn_diags *diags);
CN_API const cn_diag *cn_diags_at(const cn_diags *diags, size_t index);
/** Findings of a level, those counted but not kept included. */
CN_API uint64_t cn_diags_total(const cn_diags *diags, cn_level level);
/** Findings of one message that were counted but not kept. */
CN_API uint64_t cn_diags_dropped(const cn_diags *diags, cn_message message);
/** False when an allocation failed while adding: something is missing in the list. */
CN_API bool cn_diags_complete(const cn_diags *diags);

/** The finding's text without its place, in a language. */
CN_API void cn_diag_text(const cn_diag *diag, cn_lang lang, cn_buf *out);
/** As compilers write it: "file:line:column: error: text [key]" without a line end. */
CN_API void cn_diag_line(const cn_diag *diag, cn_lang lang, cn_buf *out);

#ifdef __cplusplus
}
#endif
#endif
