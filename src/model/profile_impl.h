/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule profile in the making. */
#ifndef CN_MODEL_PROFILE_IMPL_H
#define CN_MODEL_PROFILE_IMPL_H

#include "coopnet/profile.h"

#include "keep.h"

typedef struct cn__profile {
    cn_profile open; /* what is public; first, so that both have one address */
    cn__keep keep;   /* everything it owns */
} cn__profile;

cn__profile *cn__profile_create(void);

#endif
