/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The nearest of many names by edit distance on folded text (case, ё and quotes do not count). A name is near within two
 * edits or a third of the word's length (one edit in words of up to four letters); the first of equals wins. Without
 * memory there is simply no suggestion. O(candidates · length · limit).
 */
#include "near_name.h"

#include "utf8.h"

#include <string.h>

void cn__near_begin(cn__near *near, const char *word) {
    memset(near, 0, sizeof *near);
    cn__utf8_fold(&near->word, word);
    size_t length = near->word.data && !near->word.failed ? cn__utf8_count(near->word.data, near->word.len) : 0;
    if (length > 200) {
        length = 0;
    }
    near->limit = length < 2 ? 0 : length < 5 ? 1 : length < 7 ? 2 : (unsigned)(length + 2) / 3;
}

void cn__near_offer(cn__near *near, const char *candidate) {
    if (near->limit == 0 && near->best) {
        return;
    }
    near->candidate.len = 0;
    cn__utf8_fold(&near->candidate, candidate);
    if (near->candidate.failed || !near->candidate.data || !near->word.data || near->word.failed ||
        near->word.len == 0) {
        return;
    }
    size_t a = near->word.len;
    size_t b = near->candidate.len;
    if ((a > b ? a - b : b - a) > 4 * (size_t)near->limit) {
        return;
    }
    unsigned distance = cn__utf8_distance(near->word.data, near->candidate.data, near->limit);
    if (distance <= near->limit && (!near->best || distance < near->limit)) {
        near->best = candidate;
        near->limit = distance; /* from now on only a nearer one, see the condition above */
    }
}

void cn__near_release(cn__near *near) {
    cn_buf_release(&near->word);
    cn_buf_release(&near->candidate);
}

const char *cn__near_column(const cn__section *section, const char *word, bool csv) {
    cn__near near;
    cn__near_begin(&near, word);
    for (size_t i = 0; i < section->column_count; i++) {
        if (!(section->columns[i].flags & (csv ? CN__JSON_ONLY : CN__CSV_ONLY))) {
            cn__near_offer(&near, section->columns[i].key);
        }
    }
    for (int id = 0; id < CN__SECTION_COUNT && section->shape == CN__SHAPE_ENTITY && !csv; id++) {
        const cn__section *child = cn__section_at((cn__section_id)id);
        bool is_child = child->shape == CN__SHAPE_CHILD_LINK || child->shape == CN__SHAPE_CHILD_ITEM;
        if (is_child && child->kind == section->kind) {
            cn__near_offer(&near, child->key);
        }
    }
    cn__near_release(&near);
    return near.best;
}

const char *cn__near_value(cn_vocabulary vocabulary, uint32_t allowed, const char *word) {
    cn__near near;
    cn__near_begin(&near, word);
    for (int value = 0; value < cn_vocabulary_size(vocabulary); value++) {
        const char *key = cn_vocabulary_key(vocabulary, value);
        if (*key && (!allowed || (allowed >> value & 1u))) {
            cn__near_offer(&near, key);
        }
    }
    cn__near_release(&near);
    return near.best;
}

const char *cn__near_section(const char *word) {
    cn__near near;
    cn__near_begin(&near, word);
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_ENTITY || section->shape == CN__SHAPE_LINK) {
            cn__near_offer(&near, section->key);
        }
    }
    const cn__section *network = cn__section_at(CN__SECTION_NETWORK);
    for (size_t i = 0; i < network->column_count; i++) {
        cn__near_offer(&near, network->columns[i].key);
    }
    cn__near_release(&near);
    return near.best;
}

const char *cn__near_table(const char *word) {
    cn__near near;
    cn__near_begin(&near, word);
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        cn__near_offer(&near, cn__section_at((cn__section_id)id)->table);
    }
    cn__near_release(&near);
    return near.best;
}
