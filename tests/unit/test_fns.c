/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers of the tax service: a lone file, an archive of two in two encodings, founders, broken archives, and every allocation failing once. */
#include "check.h"
#include "coopnet/load.h"
#include "coopnet/network.h"

#include "memory.h"

#include <stdio.h>

#define REGISTERS COOPNET_SOURCE_DIR "/graphs/registers/"

static cn_network *load(const char *path) {
    cn_network *net;
    CHECK_INT(cn_load(path, NULL, NULL, &net, NULL), CN_OK);
    return net;
}

static const char *field(const cn_network *net, cn_entity e, cn_field which) { return cn_entity_text(net, e, which); }

/* Two records in the file, four customers: the cable works, the grid, the hospital and the water works, as customers only. */
static void lone_file(void) {
    cn_network *net = load(REGISTERS "small-firms.xml");
    cn_entity works = cn_entity_find(net, "0010000112");
    cn_entity turner = cn_entity_find(net, "001000003187");
    cn_entity hospital = cn_entity_find(net, "0010000144");
    CHECK_INT(cn_entity_count(net), 7); /* and a product */
    CHECK_INT(cn_link_count(net), 5);
    CHECK_TEXT(cn_entity_name(net, works), "ООО «Завод Небывалый»");
    CHECK_TEXT(field(net, works, CN_FIELD_REGION), "Псковская область");
    CHECK_TEXT(field(net, works, CN_FIELD_OGRN), "1000000000110");
    CHECK_TEXT(cn_entity_name(net, turner), "ИП ВЫДУМКИН ИВАН НЕБЫЛОВИЧ");
    CHECK_TEXT(field(net, turner, CN_FIELD_REGION), "Москва");
    CHECK_INT(cn_entity_kind_of(net, hospital), CN_ENTITY_ORGANISATION);
    CHECK_INT(cn_entity_kind_of(net, cn_entity_find(net, "0010000151")),
              CN_ENTITY_COMPANY); /* a МУП buys under 44-FZ */
    CHECK_INT(cn_link_from(net, 1), works);
    CHECK_INT(cn_link_to(net, 1), hospital);
    CHECK_INT(cn_link_kind_of(net, 1), CN_LINK_SUPPLY);
    CHECK_INT(cn_link_since(net, 1), cn_date_make(2023, 3, 15));
    CHECK_INT(cn_link_value_minor(net, 1), CN_MONEY_NONE);
    cn_network_free(net);
}

/* In the archive the cable works has its own record, in the second file, which is UTF-8: no entity more, but one product. */
static void archive(void) {
    cn_network *net = load(REGISTERS "small-firms.zip");
    cn_entity cable = cn_entity_find(net, "0010000120");
    size_t count;
    CHECK_INT(cn_entity_count(net), 8);
    CHECK_INT(cn_link_count(net), 5);
    CHECK_TEXT(field(net, cable, CN_FIELD_SHORT), "Небыль-Кабель");
    CHECK_TEXT(field(net, cable, CN_FIELD_REGION), "Псковская область");
    (void)cn_entity_items(net, cable, CN_ITEM_MAKES, &count);
    CHECK_INT(count, 2);
    cn_network_free(net);
}

static double share_of(const cn_network *net, cn_link link) {
    size_t count;
    const cn_prop *share = cn_link_values(net, link, CN_FIELD_SHARE, &count);
    return count == 1 ? share->as.number : -1;
}

static void founders(void) {
    cn_network *net = load(REGISTERS "egrul.xml");
    cn_entity works = cn_entity_find(net, "0010000112");
    cn_entity holding = cn_entity_find(net, "0010000169");
    CHECK_INT(cn_entity_count(net), 3);
    CHECK_INT(cn_link_count(net), 2);
    CHECK_TEXT(field(net, works, CN_FIELD_SHORT), "ООО «ЗАВОД НЕБЫВАЛЫЙ»");
    CHECK_TEXT(field(net, holding, CN_FIELD_REGION), "Москва");
    CHECK_INT(cn_link_kind_of(net, 0), CN_LINK_OWNERSHIP);
    CHECK_INT(cn_link_from(net, 0), holding);
    CHECK_INT(cn_link_to(net, 0), works);
    CHECK(share_of(net, 0) == 0.75);
    CHECK(share_of(net, 1) == 0.25); /* 1/4 */
    CHECK_TEXT(cn_entity_name(net, cn_link_from(net, 1)), "ООО «ВЫМЫСЕЛ-ИНВЕСТ»");
    cn_network_free(net);
}

static size_t read_all(const char *path, char *out, size_t cap) {
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    size_t len = fread(out, 1, cap, file);
    (void)fclose(file);
    return len;
}

static cn_status load_bytes(const char *bytes, size_t len, cn_format format) {
    cn_network *net = NULL;
    cn_diags *diags;
    cn_load_options options = {.format = format};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load_bytes("x", bytes, len, &options, diags, &net, NULL);
    CHECK((status == CN_OK) == (net != NULL));
    cn_network_free(net);
    cn_diags_free(diags);
    return status;
}

/* Every archive cut short is refused, none crashes. */
static void cut_archive(void) {
    static char bytes[1 << 16];
    size_t len = read_all(REGISTERS "small-firms.zip", bytes, sizeof bytes);
    for (size_t cut = 4; cut < len; cut += 37) {
        CHECK_INT(load_bytes(bytes, cut, CN_FORMAT_FNS), CN_ERR_INPUT);
    }
}

static void fail_each(const char *path, cn_format format) {
    static char bytes[1 << 16];
    size_t len = read_all(path, bytes, sizeof bytes);
    bool done = false;
    for (uint64_t nth = 0; !done; nth++) {
        CHECK(nth < 5000);
        cn__alloc_fail_after(nth);
        cn_network *net = NULL;
        cn_load_options options = {.format = format};
        cn_status status = cn_load_bytes("x", bytes, len, &options, NULL, &net, NULL);
        void *probe = cn__alloc(1, 1);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        done = probe != NULL;
        cn__free(probe);
        CHECK(status == CN_OK ||
              (!done && status == CN_ERR_MEMORY)); /* the last allocation may be one that only saves memory */
        CHECK((status == CN_OK) == (net != NULL));
        cn_network_free(net);
    }
}

static void each_allocation_fails(void) {
    fail_each(REGISTERS "small-firms.zip", CN_FORMAT_FNS);
    fail_each(REGISTERS "egrul.xml", CN_FORMAT_EGRUL);
}

int main(void) {
    return check_run((check_case[]){{"a lone file", lone_file},
                                    {"an archive", archive},
                                    {"founders", founders},
                                    {"an archive cut short", cut_archive},
                                    {"each allocation fails", each_allocation_fails},
                                    {0}});
}
