/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version of the library at run time; the numbers stand in base.h. */
#include "coopnet/base.h"

#define TEXT_OF(value) #value
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *cn_version(void) { return VERSION_TEXT(CN_VERSION_MAJOR, CN_VERSION_MINOR, CN_VERSION_PATCH); }
