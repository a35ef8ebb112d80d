/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, made from the tables of commands and options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "commands.h"

void help_all(cn_buf *out, cn_lang lang);
void help_command(cn_buf *out, cli_command command, cn_lang lang);

#endif
