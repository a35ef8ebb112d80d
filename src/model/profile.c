/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rule profile in memory: the public struct, and the keep it owns, so that texts and arrays stay where they are while it
 * is filled. The reader (load) fills it; nothing changes it afterwards. O(size).
 */
#include "profile_impl.h"

#include "memory.h"

static const struct {
    const char *key;
    bool project;
    cn_unit unit;
    cn_unit of;
} quantities[CN_QUANTITY_COUNT] = {
#define CLUSTER false
#define PROJECT true
#define CN_QUANTITY(id, key, subject, unit, of) {key, subject, CN_UNIT_##unit, CN_UNIT_##of},
#include "coopnet/rules.def"
#undef CLUSTER
#undef PROJECT
};

const char *cn_quantity_key(cn_quantity quantity) { return quantities[quantity].key; }
cn_unit cn_quantity_unit(cn_quantity quantity) { return quantities[quantity].unit; }
bool cn_quantity_is_money(cn_quantity quantity) { return quantities[quantity].of == CN_UNIT_MONEY; }
bool cn_quantity_of_project(cn_quantity quantity) { return quantities[quantity].project; }

cn__profile *cn__profile_create(void) {
    cn__profile *profile = cn__calloc(1, sizeof *profile);
    if (profile) {
        profile->open.id = profile->open.law = "";
        profile->open.title_en = profile->open.title_ru = profile->open.note_en = profile->open.note_ru = "";
    }
    return profile;
}

void cn_profile_free(cn_profile *open) {
    cn__profile *profile = (cn__profile *)(void *)open; /* its first member */
    if (profile) {
        cn__keep_release(&profile->keep);
        cn__free(profile);
    }
}
