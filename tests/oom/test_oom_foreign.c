/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of reading another program's file fails once: CN_ERR_MEMORY and nothing left behind, or, where it only served a
 * suggestion, the network. The files are what our writers make of an example.
 */
#include "check.h"

#include "coopnet/load.h"
#include "coopnet/save.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[80];

static void each_allocation_fails(const char *format) {
    cn_network *net = NULL;
    cn_save_options options = {.format = format};
    CHECK_INT(cn_load(COOPNET_SOURCE_DIR "/graphs/toy.json", NULL, NULL, &net, NULL), CN_OK);
    CHECK_INT(cn_save(net, path, &options, NULL, NULL), CN_OK);
    cn_network_free(net);
    bool good = true;
    bool done = false;
    for (uint64_t nth = 0; good && !done; nth += nth < 150 ? 1 : 7) {
        cn_diags *diags = NULL;
        cn_load_options load = {.clusters_from = "kind"};
        net = NULL;
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_load(path, &load, diags, &net, NULL);
        void *probe = cn__alloc(1, 1);
        done = probe != NULL;
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn__free(probe);
        good =
            (done ? status == CN_OK : status == CN_ERR_MEMORY || status == CN_OK) && (net != NULL) == (status == CN_OK);
        if (!good) {
            printf("  %s, allocation %llu: status %d\n", format, (unsigned long long)nth, (int)status);
        }
        cn_network_free(net);
        cn_diags_free(diags);
    }
    CHECK(good);
}

static void graphml(void) { each_allocation_fails("graphml"); }
static void gexf(void) { each_allocation_fails("gexf"); }
static void gml(void) { each_allocation_fails("gml"); }
static void dot(void) { each_allocation_fails("dot"); }
static void pajek(void) { each_allocation_fails("pajek"); }
static void mtx(void) { each_allocation_fails("mtx"); }
static void nodelink(void) { each_allocation_fails("nodelink"); }
static void cyjs(void) { each_allocation_fails("cyjs"); }

int main(void) {
    (void)snprintf(path, sizeof path, "/tmp/coopnet-oom-foreign-XXXXXX");
    int file = mkstemp(path);
    if (file < 0) {
        return 1;
    }
    (void)close(file);
    int failed = check_run((check_case[]){{"graphml", graphml},
                                          {"gexf", gexf},
                                          {"gml", gml},
                                          {"dot", dot},
                                          {"pajek", pajek},
                                          {"mtx", mtx},
                                          {"nodelink", nodelink},
                                          {"cyjs", cyjs},
                                          {0}});
    return unlink(path) ? 1 : failed;
}
