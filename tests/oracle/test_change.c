/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes worked by hand: matches by id and INN, links of every fate, years. */
#include "coopnet/change.h"

#include <math.h>
#include <string.h>

#include "check.h"
#include "make_network.h"
#include "memory.h"

static cn_entity firm(cn_builder *b, const char *id, const char *inn) {
    cn_entity e = make_company(b, id);
    if (inn) {
        make_text(b, e, CN_FIELD_INN, inn);
    }
    return e;
}

/* c has another id afterwards but the same INN; d keeps its id but not its INN; e goes, g comes. */
static cn_network *make_before(void) {
    cn_builder *builder = make_builder();
    cn_entity a = firm(builder, "a", NULL), b = firm(builder, "b", NULL), c = firm(builder, "c", "7707083893"),
              d = firm(builder, "d", "1234567894");
    firm(builder, "e", "7736207543");
    make_link(builder, CN_LINK_SUPPLY, a, b, 10);
    make_link(builder, CN_LINK_SUPPLY, a, b, 5);
    make_link(builder, CN_LINK_SUPPLY, b, c, 7);
    make_link(builder, CN_LINK_SUPPLY, c, d, 3);
    make_link(builder, CN_LINK_SUPPLY, d, a, -1);
    make_link(builder, CN_LINK_AGREEMENT, a, d, -1);
    make_link(builder, CN_LINK_SUPPLY, b, a, 9);
    return make_network(builder);
}

static cn_network *make_after(void) {
    cn_builder *builder = make_builder();
    cn_entity d = firm(builder, "d", "7707049388"), c = firm(builder, "new_c", "7707083893"),
              b = firm(builder, "b", NULL), a = firm(builder, "a", NULL), g = firm(builder, "g", NULL);
    make_link(builder, CN_LINK_SUPPLY, a, b, 20);
    make_link(builder, CN_LINK_SUPPLY, b, c, 7);
    make_link(builder, CN_LINK_SUPPLY, c, d, 1);
    make_link(builder, CN_LINK_SUPPLY, d, a, 4);
    make_link(builder, CN_LINK_AGREEMENT, d, a, -1);
    make_link(builder, CN_LINK_SUPPLY, g, a, 2);
    return make_network(builder);
}

static const cn_link_change *find(const cn_changes *changes, cn_link_kind kind, uint32_t from, uint32_t to) {
    for (size_t i = 0; i < changes->link_count; i++) {
        const cn_link_change *link = &changes->links[i];
        if (link->kind == kind && link->from == from && link->to == to) {
            return link;
        }
    }
    return NULL;
}

static void by_hand(void) {
    cn_network *before = make_before();
    cn_network *after = make_after();
    cn_changes changes;
    CHECK_INT(cn_changes_find(before, after, &changes, NULL), CN_OK);
    CHECK_INT(changes.entity_count, 6); /* a b c d e, and g */
    CHECK_INT(changes.by_id, 3);
    CHECK_INT(changes.by_inn, 1);
    CHECK_INT(changes.entities[2].matched, CN_MATCHED_INN);
    CHECK_INT(changes.entities[2].after, 1);
    CHECK(changes.entities[3].inn_differs);
    CHECK_INT(changes.entities[4].after, CN_NONE);
    CHECK_INT(changes.entities[5].before, CN_NONE);
    CHECK_INT(changes.link_count, 7);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 0, 1)->change, CN_FATE_GREW);
    CHECK_NEAR(find(&changes, CN_LINK_SUPPLY, 0, 1)->before, 15, 0);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 0, 1)->count_before, 2);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 1, 2)->change, CN_FATE_SAME);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 2, 3)->change, CN_FATE_SHRANK);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 3, 0)->change, CN_FATE_SAME); /* a value became known: nothing grew */
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 1, 0)->change, CN_FATE_GONE);
    CHECK_INT(find(&changes, CN_LINK_SUPPLY, 5, 0)->change, CN_FATE_NEW);
    CHECK_INT(find(&changes, CN_LINK_AGREEMENT, 0, 3)->change, CN_FATE_SAME); /* whichever way it stands */
    cn_changes_release(&changes);
    cn_network_free(before);
    cn_network_free(after);
}

static void nothing_changes(void) {
    cn_network *net = make_before();
    cn_changes changes;
    CHECK_INT(cn_changes_find(net, net, &changes, NULL), CN_OK);
    CHECK_INT(changes.by_id, cn_entity_count(net));
    for (size_t i = 0; i < changes.link_count; i++) {
        CHECK_INT(changes.links[i].change, CN_FATE_SAME);
    }
    cn_changes_release(&changes);
    cn_network_free(net);
}

/* a→b since 2019, b→c since 2020 until 2021, both members of one cluster since 2020. */
static cn_network *make_dated_network(void) {
    cn_builder *builder = make_builder();
    cn_entity a = make_company(builder, "a"), b = make_company(builder, "b"), c = make_company(builder, "c");
    cn_entity cluster = make_entity(builder, CN_ENTITY_CLUSTER, "k");
    make_dated(builder, CN_LINK_SUPPLY, a, b, "2019-05", NULL);
    make_dated(builder, CN_LINK_SUPPLY, b, c, "2020", "2021-06-30");
    make_dated(builder, CN_LINK_MEMBER, a, cluster, "2020", NULL);
    make_dated(builder, CN_LINK_MEMBER, b, cluster, "2020", NULL);
    return make_network(builder);
}

static void years_by_hand(void) {
    cn_network *net = make_dated_network();
    cn_year *years;
    size_t count;
    static const uint32_t links[] = {1, 2, 1}, linked[] = {2, 3, 2}, members[] = {0, 2, 2};
    CHECK_INT(cn_years_find(net, &years, &count, NULL), CN_OK);
    CHECK_INT(count, 3);
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(years[i].date, cn_date_make(2019 + (int)i, 12, 31));
        CHECK_INT(years[i].links, links[i]);
        CHECK_INT(years[i].linked, linked[i]);
        CHECK_INT(years[i].members, members[i]);
        CHECK(isnan(years[i].value)); /* no value is given */
    }
    CHECK_NEAR(years[1].density, 2.0 / 6, 1e-15);
    cn_years_free(years);
    cn_network_free(net);
}

static void without_memory(void) {
    cn_network *before = make_before();
    cn_network *after = make_after();
    cn_network *dated = make_dated_network();
    uint64_t nth = 0;
    for (cn_status status = CN_ERR_MEMORY; status != CN_OK; nth++) {
        cn_changes changes;
        cn_year *years = NULL;
        size_t count;
        cn__alloc_fail_after(nth);
        status = cn_changes_find(before, after, &changes, NULL);
        if (status == CN_OK) {
            status = cn_years_find(dated, &years, &count, NULL);
        }
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn_changes_release(&changes);
        cn_years_free(years);
        CHECK(status == CN_OK || status == CN_ERR_MEMORY);
    }
    CHECK(nth > 10);
    cn_network_free(before);
    cn_network_free(after);
    cn_network_free(dated);
}

int main(void) {
    return check_run((check_case[]){{"by hand", by_hand},
                                    {"nothing changes", nothing_changes},
                                    {"years by hand", years_by_hand},
                                    {"without memory", without_memory},
                                    {0}});
}
