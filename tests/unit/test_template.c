/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook to fill in loads as it is, in both languages, without a remark; its example rows say what they are. */
#include "check.h"

#include "coopnet/load.h"
#include "coopnet/template.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void loads_as_it_is(cn_lang lang) {
    char path[64];
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    (void)snprintf(path, sizeof path, "/tmp/coopnet-template-%ld.xlsx", (long)getpid());
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_template_write(path, lang, NULL), CN_OK);
    CHECK_INT(cn_load(path, NULL, diags, &net, NULL), CN_OK);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        printf("  %s\n", line.data);
        cn_buf_release(&line);
    }
    CHECK_INT(cn_diags_count(diags), 0);
    CHECK_INT(cn_entity_count(net), 4); /* two companies, a cluster, a project */
    CHECK_INT(cn_link_count(net), 4);   /* supply, member, initiator, participant */
    CHECK_INT(cn_network_lang(net), lang);
    size_t makes = 0;
    size_t needs = 0;
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        size_t count = 0;
        (void)cn_entity_items(net, e, CN_ITEM_MAKES, &count);
        makes += count;
        const cn_item *need = cn_entity_items(net, e, CN_ITEM_NEEDS, &count);
        needs += count;
        CHECK(count == 0 || need[0].origin == CN_ORIGIN_IMPORT);
        CHECK(strstr(cn_entity_name(net, e), lang == CN_LANG_RU ? "ПРИМЕР" : "EXAMPLE") != NULL);
    }
    CHECK_INT(makes, 1);
    CHECK_INT(needs, 1);
    cn_network_free(net);
    cn_diags_free(diags);
    CHECK_INT(unlink(path), 0);
}

static void russian(void) { loads_as_it_is(CN_LANG_RU); }
static void english(void) { loads_as_it_is(CN_LANG_EN); }

static void refused(void) {
    cn_error err = {0};
    CHECK_INT(cn_template_write("-", CN_LANG_EN, &err), CN_ERR_ARGUMENT);
    CHECK_INT(cn_template_write("/no/such/folder/x.xlsx", CN_LANG_EN, &err), CN_ERR_IO);
}

int main(void) {
    return check_run((check_case[]){{"russian", russian}, {"english", english}, {"refused", refused}, {0}});
}
