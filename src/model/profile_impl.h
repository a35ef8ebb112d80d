/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule profile in the making. */
#ifndef CN_MODEL_PROFILE_IMPL_H
#define CN_MODEL_PROFILE_IMPL_H

#include "coopnet/profile.h"

typedef struct cn__profile {
    cn_profile open; /* what is public; first, so that both have one address */
    void **blocks;   /* everything it owns */
    size_t block_count;
    size_t block_cap;
} cn__profile;

cn__profile *cn__profile_create(void);
/* A cleared array that the profile owns, NULL without memory; a copy of a text. */
void *cn__profile_block(cn__profile *profile, size_t count, size_t size);
const char *cn__profile_text(cn__profile *profile, const char *text, size_t len);

#endif
