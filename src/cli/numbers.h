/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that people type. */
#ifndef CLI_NUMBERS_H
#define CLI_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

/* A positive number with a decimal point or comma, also 1e11. False: it is none. */
bool number_read(const char *text, double *out);
/* A share above 0 and up to 1: 0.4 or 40%. */
bool number_read_share(const char *text, double *out);
/* Bytes: 2G, 512M, 1.5GB, 800000K; powers of 1024. At least one megabyte. */
bool number_read_size(const char *text, uint64_t *out);

#endif
