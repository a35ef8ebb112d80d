/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a saving fails once: CN_ERR_MEMORY (or a file that could not be kept), nothing leaks, no file is left. */
#include "check.h"

#include "coopnet/load.h"
#include "coopnet/save.h"
#include "memory.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

static size_t files_left(void) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        count += entry->d_name[0] != '.' || strstr(entry->d_name, "coopnet") != NULL;
    }
    if (dir) {
        (void)closedir(dir);
    }
    return count;
}

static void each_allocation_fails(size_t format) {
    char path[128];
    char command[160];
    cn_network *net = NULL;
    cn_save_options options = {.format = cn_save_format_key(format)};
    (void)snprintf(path, sizeof path, "%s/out", folder);
    (void)snprintf(command, sizeof command, "rm -rf %s", path);
    CHECK_INT(cn_load(COOPNET_SOURCE_DIR "/graphs/electro.json", NULL, NULL, &net, NULL), CN_OK);
    bool done = false;
    bool good = true;
    for (uint64_t nth = 0; !done && good; nth += nth < 60 ? 1 : 23 + nth / 4) {
        cn_diags *lost = NULL;
        cn_error err = {0};
        CHECK_INT(cn_diags_create(&lost, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_save(net, path, &options, lost, &err);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        done = status == CN_OK;
        bool tidy = done || files_left() == 0;
        good = tidy && (done || status == CN_ERR_MEMORY) && nth < 100000;
        if (!good) {
            printf("  %s, allocation %llu: status %d, %s\n", options.format, (unsigned long long)nth, (int)status,
                   tidy ? "tidy" : "a file is left");
        }
        cn_diags_free(lost);
    }
    cn_network_free(net);
    CHECK_INT(system(command), 0);
    CHECK(good);
}

static void every_format(void) {
    for (size_t format = 0; format < cn_save_format_count(); format++) {
        each_allocation_fails(format);
    }
}

int main(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/coopnet-oom-save-XXXXXX");
    if (!mkdtemp(folder)) {
        return 1;
    }
    int failed = check_run((check_case[]){{"every_format", every_format}, {0}});
    return rmdir(folder) ? 1 : failed;
}
