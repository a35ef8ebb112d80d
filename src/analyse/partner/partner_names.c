/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the scores and of the parts of a score, from partner_scores.def and partner_parts.def. */
#include "coopnet/partners.h"

static const struct {
    const char *key;
    const char *en;
    const char *ru;
} scores[CN_PARTNER_SCORE_COUNT] = {
#define CN_PARTNER_SCORE(id, key, en, ru) {key, en, ru},
#include "coopnet/partner_scores.def"
};

const char *cn_partner_score_key(cn_partner_score score) {
    return (unsigned)score < CN_PARTNER_SCORE_COUNT ? scores[score].key : "";
}

const char *cn_partner_score_name(cn_partner_score score, cn_lang lang) {
    if ((unsigned)score >= CN_PARTNER_SCORE_COUNT) {
        return "";
    }
    return lang == CN_LANG_RU ? scores[score].ru : scores[score].en;
}

static const struct {
    const char *key;
    double most[3]; /* suppliers and customers, substitutes, peers */
    const char *en;
    const char *ru;
} parts[CN_PARTNER_PART_COUNT] = {
#define CN_PARTNER_PART(id, key, complement, substitute, peer, en, ru) {key, {complement, substitute, peer}, en, ru},
#include "coopnet/partner_parts.def"
};

const char *cn_partner_part_key(cn_partner_part part) {
    return (unsigned)part < CN_PARTNER_PART_COUNT ? parts[part].key : "";
}

const char *cn_partner_part_name(cn_partner_part part, cn_lang lang) {
    if ((unsigned)part >= CN_PARTNER_PART_COUNT) {
        return "";
    }
    return lang == CN_LANG_RU ? parts[part].ru : parts[part].en;
}

double cn_partner_part_most(cn_partner_part part, cn_partner_side side) {
    static const int column[] = {0, 0, 1, 2};
    return (unsigned)part < CN_PARTNER_PART_COUNT && (unsigned)side < 4 ? parts[part].most[column[side]] : 0;
}
