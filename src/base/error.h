/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling a cn_error, and the message table behind it. */
#ifndef CN_BASE_ERROR_H
#define CN_BASE_ERROR_H

#include "coopnet/base.h"
#include "coopnet/diag.h"

/* Fill `err` (may be NULL). Arguments are texts; too long ones are cut with "…". */
void cn__error_fill(cn_error *err, cn_status status, cn_message message, size_t arg_count, const char *const *args);
/* Likewise, and return `status`: here, so that who reads the code (clang-tidy too) sees that a failure is never CN_OK. */
static inline cn_status cn__fail(cn_error *err, cn_status status, cn_message message, size_t arg_count,
                                 const char *const *args) {
    cn__error_fill(err, status, message, arg_count, args);
    return status;
}
#define CN__FAIL0(err, status, id) cn__fail((err), (status), CN_MSG_##id, 0, NULL)
#define CN__FAIL1(err, status, id, a) cn__fail((err), (status), CN_MSG_##id, 1, (const char *[]){(a)})
#define CN__FAIL2(err, status, id, a, b) cn__fail((err), (status), CN_MSG_##id, 2, (const char *[]){(a), (b)})
#define CN__FAIL3(err, status, id, a, b, c) cn__fail((err), (status), CN_MSG_##id, 3, (const char *[]){(a), (b), (c)})
/* Says so, or by how much the limit of cn_memory_limit would have been exceeded. */
void cn__error_no_memory(cn_error *err);
static inline cn_status cn__no_memory(cn_error *err) {
    cn__error_no_memory(err);
    return CN_ERR_MEMORY;
}
#define CN__NO_MEMORY(err) cn__no_memory(err)

/* Template of a message in a language. */
const char *cn__message_pattern(cn_message message, cn_lang lang);
/* The arguments kept in an error, as an array of at most CN_ARGS_MAX. */
size_t cn__error_args(const cn_error *err, const char *args[CN_ARGS_MAX]);

#endif
