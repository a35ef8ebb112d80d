/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a merge and of reading decisions fails once: CN_ERR_MEMORY, and nothing is left behind (the leak checker looks). */
#include "check.h"

#include "coopnet/load.h"
#include "coopnet/merge.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

static const char first[] =
    "{\"coopnet\": 1, \"title\": \"А\", \"as_of\": \"2024\", \"country\": \"RU\", \"companies\": ["
    "{\"id\": \"a\", \"name\": \"ООО «Вега»\", \"short\": \"В\", \"aliases\": [\"Вега-1\"], \"inn\": \"0010000017\", "
    "\"output\": 5,"
    " \"makes\": [{\"product\": \"27.11\", \"value\": 1}], \"x\": {\"n\": 3}, \"source\": \"s\"},"
    "{\"id\": \"b\", \"name\": \"Вымысловский крепёж\"}, {\"id\": \"1\", \"name\": \"Берёза\"}, {\"id\": \"p\", "
    "\"name\": \"Иванов И.\"}],"
    " \"clusters\": [{\"id\": \"k\", \"members\": [\"a\"]}],"
    " \"links\": [{\"from\": \"a\", \"to\": \"b\", \"kind\": \"supply\", \"value\": 1.234, \"x\": {\"c\": 1}}]}";
static const char second[] =
    "{\"coopnet\": 1, \"as_of\": \"2023\", \"country\": \"BY\", \"companies\": ["
    "{\"id\": \"x\", \"name\": \"Вега\", \"inn\": \"0010000017\", \"output\": 6, \"okved\": [\"27.11\"],"
    " \"makes\": [{\"product\": \"27.11\", \"value\": 2}], \"x\": {\"n\": 4}, \"source\": \"t\"},"
    "{\"id\": \"y\", \"name\": \"Вымысловский крепёшь\"}, {\"id\": \"b\"}, {\"id\": \"1\", \"name\": \"Дуб\"},"
    "{\"id\": \"q\", \"name\": \"Иван Иванов\"}, {\"id\": \"r\", \"name\": \"Иванов Иван\"}],"
    " \"clusters\": [{\"id\": \"k\", \"members\": [{\"id\": \"x\", \"since\": \"2020\"}]}],"
    " \"links\": [{\"from\": \"x\", \"to\": \"b\", \"kind\": \"supply\", \"value\": 2, \"x\": {\"c\": 2, \"d\": 3}}]}";
static const char decisions_csv[] = "id_a,file_a,id_b,file_b,decision\nb,first,y,,same\np,,q,,different\n";

static cn_network *load(const char *text) {
    cn_network *net;
    CHECK_INT(cn_load_bytes("x", text, strlen(text), NULL, NULL, &net, NULL), CN_OK);
    return net;
}

static cn_status work(const cn_merge_input *inputs, cn_diags *diags, cn_error *err) {
    cn_decisions *decisions = NULL;
    cn_merge *merge = NULL;
    cn_status status = cn_decisions_create(&decisions, err);
    status =
        status ? status : cn_decisions_read_bytes(decisions, "d", decisions_csv, strlen(decisions_csv), diags, err);
    status = status ? status : cn_merge_run(inputs, 2, decisions, &merge, err);
    if (!status) {
        CHECK(cn_merge_conflict_count(merge) >= 5);
        CHECK(cn_merge_question_count(merge) >= 1);
        CHECK_INT(cn_merge_renamed_count(merge), 1);
    }
    cn_merge_free(merge);
    cn_decisions_free(decisions);
    return status;
}

static void each_allocation_fails(void) {
    cn_network *a = load(first);
    cn_network *b = load(second);
    const cn_merge_input inputs[] = {{a, "first"}, {b, "second"}};
    bool done = false;
    for (uint64_t nth = 0; !done; nth++) {
        cn_diags *diags = NULL;
        cn_error err = {0};
        CHECK(nth < 5000);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = work(inputs, diags, &err);
        void *probe = cn__alloc(1, 1);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        done = probe != NULL;
        cn__free(probe);
        cn_diags_free(diags);
        /* A place that cannot be compared, or a distance, may go without memory: then the answer is a question more or less. */
        CHECK(done ? status == CN_OK : status == CN_ERR_MEMORY || status == CN_OK);
        CHECK(status == CN_OK || err.status == status);
    }
    cn_network_free(a);
    cn_network_free(b);
}

int main(void) { return check_run((check_case[]){{"each allocation fails", each_allocation_fails}, {0}}); }
