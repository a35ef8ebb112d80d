/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of a load fails once: the load returns CN_ERR_MEMORY and leaves nothing behind (the leak checker looks), or, where the
 * allocation only served a suggestion, goes on as it should.
 */
#include "check.h"

#include "coopnet/load.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

static const char json[] =
    "{\"coopnet\": 1, \"title\": \"Сеть\", \"currency\": \"RUB\", \"as_of\": \"2024\",\n"
    " \"companies\": [\n"
    "  {\"id\": \"a\", \"name\": \"А\", \"aliases\": [\"x\", \"y\"], \"inn\": \"7707083893\", \"roles\": [\"anchor\"], "
    "\"output\": 5.25,\n"
    "   \"makes\": [{\"product\": \"27.11\", \"value\": 1}], \"needs\": [{\"product\": \"27.12\"}], \"x\": {\"city\": "
    "\"П\", \"n\": 3}},\n"
    "  {\"id\": \"b\", \"owner\": \"a\"}],\n"
    " \"clusters\": [{\"id\": \"k\", \"members\": [{\"id\": \"b\", \"role\": \"participant\"}, \"a\", \"b\"]}],\n"
    " \"projects\": [{\"id\": \"p\", \"initiator\": \"a\", \"plan\": [{\"year\": 2024, \"indicator\": \"i\", "
    "\"value\": 1.5}]}],\n"
    " \"links\": [{\"from\": \"a\", \"to\": \"b\", \"kind\": \"supply\", \"value\": 1.234, \"x\": {\"c\": [1, {\"d\": "
    "null}]}}]}\n";
static const char json_wrong[] =
    "{\"coopnet\": 1, \"companys\": [], \"companies\": [{\"id\": \"alpha\", \"nam\": \"А\", \"since\": "
    "\"31.02.2016\"},\n"
    " {\"id\": \"alpha\"}], \"links\": [{\"from\": \"alpa\", \"to\": \"alpha\", \"kind\": \"suply\"}]}\n";
static const char csv[] = "поставщик;покупатель;сумма;x.n;role;phone\n\"A \"\"1\"\"\";b;1 234,567;3;якорное "
                          "предприятие;\nb;c;5;text;anchor;6\n";
static const char csv_plain[] = "a,b,1\nb,c,2\n";

/* Whether it loads at all is what the run without failures says. */
static void each_allocation_fails(const char *text, cn_status want) {
    for (uint64_t nth = 0;; nth++) {
        CHECK(nth < 5000);
        cn_diags *diags = NULL;
        cn_network *net = NULL;
        cn_error err = {0};
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_load_bytes("x", text, strlen(text), NULL, diags, &net, &err);
        void *probe = cn__alloc(1, 1); /* still allowed: this load needed no more than nth allocations */
        bool done = probe != NULL;
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn__free(probe);
        bool good = done ? status == want : status == CN_ERR_MEMORY || status == want;
        bool right = (net != NULL) == (status == CN_OK) && (status == CN_OK || err.status == status);
        if (!good || !right) {
            printf("  allocation %llu: status %d\n", (unsigned long long)nth, (int)status);
        }
        cn_network_free(net);
        cn_diags_free(diags);
        CHECK(good && right);
        if (done) {
            CHECK(nth > 10);
            return;
        }
    }
}

static void json_load(void) { each_allocation_fails(json, CN_OK); }
static void json_with_mistakes(void) { each_allocation_fails(json_wrong, CN_ERR_INPUT); }
static void csv_load(void) { each_allocation_fails(csv, CN_OK); }
static void csv_without_header(void) { each_allocation_fails(csv_plain, CN_OK); }

static void folder_of_tables(void) {
    for (uint64_t nth = 0; nth < 4000; nth += nth < 200 ? 1 : 37) {
        cn_diags *diags = NULL;
        cn_network *net = NULL;
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_load(COOPNET_SOURCE_DIR "/graphs/electro", NULL, diags, &net, NULL);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn_network_free(net);
        cn_diags_free(diags);
        CHECK(status == CN_ERR_MEMORY || (status == CN_OK && nth > 200));
    }
}

int main(void) {
    return check_run((check_case[]){{"json_load", json_load},
                                    {"json_with_mistakes", json_with_mistakes},
                                    {"csv_load", csv_load},
                                    {"csv_without_header", csv_without_header},
                                    {"folder_of_tables", folder_of_tables},
                                    {0}});
}
