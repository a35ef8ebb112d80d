/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of rules/, written into a source by cmake/EmbedRules.cmake; the last row has no id. */
#ifndef CN_LOAD_RULES_EMBEDDED_H
#define CN_LOAD_RULES_EMBEDDED_H

#include <stddef.h>

typedef struct cn__embedded {
    const char *id;
    const unsigned char *bytes;
    size_t len;
} cn__embedded;

extern const cn__embedded cn__rules_embedded[];

#endif
