/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of the text tables, written to any sink. */
#ifndef CN_BASE_TEXT_H
#define CN_BASE_TEXT_H

#include "coopnet/base.h"

/*
 * As cn_text_format, to a sink. With `clean`, an argument that comes from an input cannot disturb a terminal: control
 * and direction characters stand as \u001b, invalid bytes as U+FFFD. False when the sink failed.
 */
bool cn__text_write(cn_sink out, cn_lang lang, const char *pattern, size_t arg_count, const char *const *args,
                    bool clean);
/* One text, cleaned in the same way. */
bool cn__text_write_clean(cn_sink out, const char *text);
/* Controls, line and paragraph separators, and the marks that turn the direction of what follows. */
bool cn__text_disturbs(uint32_t code);

/* Which of three Russian forms agrees with a whole number: 0 of 1, 1 of 2, 2 of 5. */
int cn__text_russian_form(uint64_t count);

#endif
