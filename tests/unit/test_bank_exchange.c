/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bank exchange files of 1C: sums worked by hand, three encodings of one file, and every allocation failing once. */
#include "same_network.h"

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>

static cn_network *load(const char *path) {
    cn_network *net;
    CHECK_INT(cn_load(path, NULL, NULL, &net, NULL), CN_OK);
    return net;
}

static void statement(void) {
    cn_network *net = load(COOPNET_SOURCE_DIR "/graphs/payments/statement.txt");
    cn_entity vega = cn_entity_find(net, "0010000017");
    cn_entity yolka = cn_entity_find(net, "0010000024");
    CHECK_INT(cn_entity_count(net), 3);
    CHECK_INT(cn_link_count(net), 3);
    CHECK_TEXT(cn_network_currency(net), "RUB");
    CHECK_TEXT(cn_entity_name(net, yolka), "АО «Ёлочный завод»");
    CHECK_TEXT(cn_entity_text(net, yolka, CN_FIELD_INN), "0010000024");
    /* 120,000.50 + 80,000.00 paid in 2023; 5,000 charged in January 2024 though written in December. */
    CHECK_INT(cn_link_from(net, 0), yolka);
    CHECK_INT(cn_link_to(net, 0), vega);
    CHECK_INT(cn_link_value_minor(net, 0), 20000050);
    CHECK_INT(cn_link_since(net, 0), cn_date_make(2023, 0, 0));
    CHECK_INT(cn_link_value_minor(net, 1), 500000);
    CHECK_INT(cn_link_since(net, 1), cn_date_make(2024, 0, 0));
    CHECK_TEXT(cn_entity_id(net, cn_link_to(net, 2)), "0010000031");
    size_t count;
    const cn_prop *x = cn_link_values(net, 0, CN_FIELD_X, &count);
    CHECK_INT(count, 2);
    CHECK_TEXT(cn_prop_text(net, &x[0]), "\"payment\"");
    CHECK_TEXT(cn_prop_text(net, &x[1]), "2");
    cn_network_free(net);
}

/* The DOS file has other quotes in its names; numbers, ids and letters are the same. */
static void encodings(void) {
    cn_network *windows = load(COOPNET_SOURCE_DIR "/graphs/payments/statement.txt");
    cn_network *dos = load(COOPNET_SOURCE_DIR "/tests/cli/data/statement-dos.txt");
    CHECK_INT(cn_entity_count(windows), cn_entity_count(dos));
    for (cn_entity e = 0; e < cn_entity_count(windows); e++) {
        CHECK_TEXT(cn_entity_id(windows, e), cn_entity_id(dos, e));
    }
    CHECK_TEXT(cn_entity_name(dos, cn_entity_find(dos, "0010000024")), "АО \"Ёлочный завод\"");
    for (cn_link l = 0; l < cn_link_count(windows); l++) {
        CHECK_INT(cn_link_value_minor(windows, l), cn_link_value_minor(dos, l));
    }
    cn_network_free(windows);
    cn_network_free(dos);
}

static void each_allocation_fails(void) {
    static const char text[] =
        "1CClientBankExchange\nКодировка=UTF-8\nСекцияДокумент=x\nСумма=1.5\nПлательщикИНН=0010000017\nПлательщик1=А\n"
        "ПолучательИНН=0010000024\nДата=01.02.2023\nКонецДокумента\nСекцияДокумент=x\nСумма=z\nКонецДокумента\n"
        "СекцияДокумент=x\nПлательщикСчет=1\nПолучатель=Б\nСумма=2\nКонецДокумента\n";
    bool done = false;
    for (uint64_t nth = 0; !done; nth++) {
        cn_network *net = NULL;
        cn_diags *diags;
        CHECK(nth < 2000);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn_load_bytes("x", text, sizeof text - 1, NULL, diags, &net, NULL);
        void *probe = cn__alloc(1, 1);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        done = probe != NULL;
        cn__free(probe);
        CHECK(done ? status == CN_ERR_INPUT
                   : status == CN_ERR_MEMORY || status == CN_ERR_INPUT); /* one sum is no number */
        CHECK(net == NULL);
        cn_diags_free(diags);
    }
}

int main(void) {
    return check_run((check_case[]){
        {"a statement", statement}, {"encodings", encodings}, {"each allocation fails", each_allocation_fails}, {0}});
}
