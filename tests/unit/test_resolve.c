/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a person means: id, INN, names; several candidates are listed, near misses suggested, parts never taken. */
#include <string.h>

#include "make_network.h"

static cn_network *net;

static void add(cn_builder *builder, const char *id, const char *name, const char *brief, const char *alias,
                const char *inn) {
    cn_entity entity;
    CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, name, &entity, NULL), CN_OK);
    make_text(builder, entity, CN_FIELD_SHORT, brief);
    make_text(builder, entity, CN_FIELD_ALIAS, alias);
    make_text(builder, entity, CN_FIELD_INN, inn);
}

static void start(void) {
    cn_builder *builder = make_builder();
    add(builder, "zeto", "Завод электротехнического оборудования «ЗЭТО»", "ЗЭТО", "АО ЗЭТО", "7707083893");
    add(builder, "kalibr", "ПАО «Калибр»", "Калибр", "", "1234567894");
    add(builder, "kalibr2", "Технопарк «Калибр»", "Калибр", "", "");
    add(builder, "zvezda", "Звёздный завод", "", "Star Works", "");
    add(builder, "twin1", "Первый", "", "", "123456789047");
    add(builder, "twin2", "Второй", "", "", "123456789047");
    add(builder, "Второй", "Третий", "", "", "");
    net = make_network(builder);
}

static void finds(const char *query, const char *id) {
    cn_entity entity;
    cn_error error = {0};
    CHECK_INT(cn_entity_resolve(net, query, &entity, &error), CN_OK);
    CHECK_TEXT(cn_entity_id(net, entity), id);
}

static void refuses(const char *query, const char *text) {
    cn_entity entity = 3;
    cn_error error = {0};
    char got[600];
    CHECK_INT(cn_entity_resolve(net, query, &entity, &error), CN_ERR_ARGUMENT);
    CHECK_INT(entity, CN_NONE);
    cn_error_format(&error, CN_LANG_EN, got, sizeof got);
    CHECK_TEXT(got, text);
}

static void found(void) {
    start();
    finds("zeto", "zeto");
    finds("7707083893", "zeto");
    finds(" 7707083893 ", "zeto");
    finds("зэто", "zeto");
    finds("ао \"ЗЭТО\"", "zeto");
    finds("звездный  завод", "zvezda");
    finds("STAR-WORKS", "zvezda");
    finds("Технопарк Калибр", "kalibr2");
    finds("Второй", "Второй"); /* an id goes before a name */
    finds("второй", "twin2");
    cn_network_free(net);
}

static void ambiguous(void) {
    start();
    refuses("калибр", "“калибр” can mean 2 entities: ПАО «Калибр» (kalibr); Технопарк «Калибр» (kalibr2); give the id");
    refuses("123456789047", "“123456789047” can mean 2 entities: Первый (twin1); Второй (twin2); give the id");
    cn_network_free(net);
}

static void unknown(void) {
    start();
    refuses("нечто совсем иное", "no entity is called “нечто совсем иное”");
    refuses("", "no entity is called “”");
    refuses(" «» ", "no entity is called “ «» ”");
    refuses("зэт0", "no entity is called “зэт0”; did you mean Завод электротехнического оборудования «ЗЭТО» (zeto)?");
    /* the only name that contains it is suggested, not taken */
    refuses("электротехнич", "no entity is called “электротехнич”; did you mean Завод электротехнического "
                             "оборудования «ЗЭТО» (zeto)?");
    refuses("zvesda", "no entity is called “zvesda”; did you mean Звёздный завод (zvezda)?");
    cn_network_free(net);
}

/* Of many candidates five are listed. */
static void many(void) {
    cn_builder *builder = make_builder();
    for (int i = 0; i < 7; i++) {
        char id[] = {'w', (char)('0' + i), '\0'};
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, "Works", NULL, NULL), CN_OK);
    }
    net = make_network(builder);
    refuses("works", "“works” can mean 7 entities: Works (w0); Works (w1); Works (w2); Works (w3); Works (w4); …; "
                     "give the id");
    cn_network_free(net);
}

int main(void) {
    return check_run(
        (check_case[]){{"found", found}, {"ambiguous", ambiguous}, {"unknown", unknown}, {"many", many}, {0}});
}
