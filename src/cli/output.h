/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing to standard output. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "coopnet/base.h"

/*
 * Everything to standard output. Returns `code`, also when the reader closed the pipe (it has read enough: no mistake);
 * EXIT_TROUBLE, after saying why, when writing failed.
 */
int output_write(cn_lang lang, const char *bytes, size_t len, int code);

#endif
