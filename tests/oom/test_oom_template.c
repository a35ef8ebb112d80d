/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of writing the workbook to fill in fails once: CN_ERR_MEMORY, and no file is left. */
#include "check.h"
#include "fail_each.h"

#include "coopnet/template.h"

#include <stdio.h>
#include <unistd.h>

static char path[64];
static char unfinished[80];

static cn_status write_it(void) {
    cn_status status = cn_template_write(path, CN_LANG_RU, NULL);
    CHECK(status == CN_OK || (access(path, F_OK) != 0 && access(unfinished, F_OK) != 0));
    return status;
}

static void template(void) {
    (void)snprintf(path, sizeof path, "/tmp/coopnet-oom-template-%ld.xlsx", (long)getpid());
    (void)snprintf(unfinished, sizeof unfinished, "%s.unfinished", path);
    CHECK(fail_each(write_it) > 10);
    CHECK_INT(unlink(path), 0);
}

int main(void) { return check_run((check_case[]){{"template", template}, {0}}); }
