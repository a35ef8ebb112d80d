/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands: rows of commands.def. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "coopnet/base.h"

struct session;

typedef enum cli_command {
#define CLI_COMMAND(id, name, function, needs_en, needs_ru, en, ru, example) COMMAND_##id,
#include "commands.def"
#undef CLI_COMMAND
    COMMAND_COUNT
} cli_command;

typedef struct command_row {
    const char *name;
    int (*run)(struct session *session); /* returns the exit code */
    const char *needs_en, *needs_ru;
    const char *en, *ru;
    const char *example;
} command_row;

const command_row *command_at(cli_command command);
/* All but those that make one. */
bool command_takes_network(cli_command command);
/* Command of this name, or -1. */
int command_find(const char *name);

#define CLI_COMMAND(id, name, function, needs_en, needs_ru, en, ru, example) int function(struct session *session);
#include "commands.def"
#undef CLI_COMMAND

#endif
