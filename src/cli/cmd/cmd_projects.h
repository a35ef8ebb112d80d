/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet projects share. */
#ifndef CLI_CMD_PROJECTS_H
#define CLI_CMD_PROJECTS_H

#include "show_rules.h"

typedef struct projects {
    cn_profile *profile;
    cn_check *checks; /* one a project, in the order of the network */
    size_t count;
} projects;

/* A row of the plan with its fact; `fact` is NaN where there is none. */
typedef struct plan_row {
    int year;
    const char *indicator;
    double plan;
    double fact;
    cn_reason state; /* ON_PLAN, BEHIND, NO_FACT or NOT_YET_DUE; COUNT where no rule asks */
} plan_row;

/* The rows of a project's plan; `*rows` is the caller's to free. False: memory. */
bool projects_plan(const session *s, const cn_check *check, plan_row **rows, size_t *count);

cn_status projects_write_text(session *s, const projects *p, cn_error *err);
void projects_write_json(session *s, const projects *p);

#endif
