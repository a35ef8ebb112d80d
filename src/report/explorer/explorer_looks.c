/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of entity and link that the explorer shows: names in the language of the page, shape, dash and tone; the page's style has a colour for each tone. */
#include "explorer_impl.h"

static const struct {
    const char *shape;
    const char *tone;
} kind_look[CN_ENTITY_KIND_COUNT] = {
    [CN_ENTITY_COMPANY] = {"circle", "company"},
    [CN_ENTITY_CLUSTER] = {"hexagon", "cluster"},
    [CN_ENTITY_PROJECT] = {"diamond", "project"},
    [CN_ENTITY_PARK] = {"triangle", "park"},
    [CN_ENTITY_ORGANISATION] = {"square", "organisation"},
    [CN_ENTITY_EVENT] = {"cross", "event"},
    [CN_ENTITY_PRODUCT] = {"bar", "product"},
};
static const struct {
    const char *tone;
    const char *dash;
    bool flow;
} link_look[CN_LINK_KIND_COUNT] = {
    [CN_LINK_SUPPLY] = {"supply", NULL, true},           [CN_LINK_SERVICE] = {"service", NULL, true},
    [CN_LINK_MEMBER] = {"member", "[1,3]", false},       [CN_LINK_PARTICIPANT] = {"participant", "[6,3]", false},
    [CN_LINK_RESIDENT] = {"resident", "[2,2]", false},   [CN_LINK_MANAGES] = {"manages", NULL, false},
    [CN_LINK_SERVES] = {"serves", "[7,3,2,3]", false},   [CN_LINK_AGREEMENT] = {"agreement", "[9,4]", false},
    [CN_LINK_OWNERSHIP] = {"ownership", "[2,2]", false}, [CN_LINK_SUPPORTS] = {"supports", NULL, false},
    [CN_LINK_ORGANISES] = {"event", NULL, false},        [CN_LINK_TAKES_PART] = {"event", "[2,3]", false},
    [CN_LINK_HOSTS] = {"event", "[5,3]", false},         [CN_LINK_MADE_FROM] = {"product", "[2,3]", false},
};

static void put_kinds(cn__explorer *e) {
    uint32_t seen[CN_ENTITY_KIND_COUNT] = {0};
    for (uint32_t i = 0; i < e->count; i++) {
        seen[cn_entity_kind_of(e->net, e->entity[i])]++;
    }
    cn__explorer_put(e, "\"kinds\":[");
    for (int k = 0; k < CN_ENTITY_KIND_COUNT; k++) {
        cn__explorer_put_pair(e, k ? ",{\"key\":" : "{\"key\":", cn_vocabulary_key(CN_VOC_ENTITY_KIND, k));
        cn__explorer_put_pair(e, ",\"name\":", cn_vocabulary_name(CN_VOC_ENTITY_KIND, k, e->lang));
        cn__explorer_put_pair(e, ",\"shape\":", kind_look[k].shape);
        cn__explorer_put_pair(e, ",\"tone\":", kind_look[k].tone);
        cn__explorer_put(e, ",\"count\":");
        cn__format_u64(e->out, seen[k]);
        cn__explorer_put(e, "}");
    }
    cn__explorer_put(e, "]");
}

static void put_link_kinds(cn__explorer *e) {
    uint32_t seen[CN_LINK_KIND_COUNT] = {0};
    for (size_t i = 0; i < e->link_count; i++) {
        seen[cn_link_kind_of(e->net, e->link[i])]++;
    }
    cn__explorer_put(e, "\"linkKinds\":[");
    for (int k = 0; k < CN_LINK_KIND_COUNT; k++) {
        cn_buf side = {0};
        const char *name = cn_vocabulary_name(CN_VOC_LINK_KIND, k, e->lang);
        cn__explorer_put_pair(e, k ? ",{\"key\":" : "{\"key\":", cn_vocabulary_key(CN_VOC_LINK_KIND, k));
        cn__explorer_put_pair(e, ",\"name\":", name);
        CN__SAY(&side, LINK_OUT, e->lang, name);
        cn__explorer_put_pair(e,
                              ",\"outName\":", cn_link_kind_directed((cn_link_kind)k) && side.len ? side.data : name);
        side.len = 0;
        CN__SAY(&side, LINK_IN, e->lang, name);
        cn__explorer_put_pair(e, ",\"inName\":", cn_link_kind_directed((cn_link_kind)k) && side.len ? side.data : name);
        cn__explorer_put_pair(e, ",\"tone\":", link_look[k].tone);
        cn__explorer_put(e, ",\"dash\":");
        cn__explorer_put(e, link_look[k].dash ? link_look[k].dash : "null");
        cn__explorer_put(e, link_look[k].flow ? ",\"flow\":true" : ",\"flow\":false");
        cn__explorer_put(e, cn_link_kind_directed((cn_link_kind)k) ? ",\"directed\":true,\"count\":"
                                                                   : ",\"directed\":false,\"count\":");
        cn__format_u64(e->out, seen[k]);
        cn__explorer_put(e, "}");
        e->out->failed |= side.failed;
        cn_buf_release(&side);
    }
    cn__explorer_put(e, "]");
}

void cn__explorer_put_looks(cn__explorer *e) {
    put_kinds(e);
    cn__explorer_put(e, ",\n");
    put_link_kinds(e);
    cn__explorer_put(e, ",\"clusterKind\":");
    cn__format_u64(e->out, CN_ENTITY_CLUSTER);
    cn__explorer_put(e, ",\"firmKind\":");
    cn__format_u64(e->out, CN_ENTITY_COMPANY);
}
