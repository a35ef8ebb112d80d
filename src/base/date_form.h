/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells a text that is no date from one that has the form of a date but names a day that does not exist. */
#ifndef CN_BASE_DATE_FORM_H
#define CN_BASE_DATE_FORM_H

#include "coopnet/date.h"

/* Digits and separators in one of the forms that cn_date_parse reads? */
bool cn__date_has_form(const char *text);

#endif
