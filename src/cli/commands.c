/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands. */
#include "commands.h"

#include <string.h>

static const command_row rows[COMMAND_COUNT] = {
#define CLI_COMMAND(id, name, function, needs_en, needs_ru, en, ru, example)                                           \
    {name, function, needs_en, needs_ru, en, ru, example},
#include "commands.def"
#undef CLI_COMMAND
};

const command_row *command_at(cli_command command) { return &rows[command]; }

bool command_takes_network(cli_command command) { return command != COMMAND_GENERATE && command != COMMAND_TEMPLATE; }

int command_find(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}
