/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rule profiles from JSON: what fields a profile and its rules have, as tables for json_tree.c, and what must hold between them. The
 * built-in profiles are the files of rules/, embedded at build time, and are read by the same code as a user's own. O(bytes).
 */
#include "json_tree.h"
#include "memory.h"
#include "profile_impl.h"
#include "rules_embedded.h"
#include "text_check.h"

#include <string.h>

#define MAX_PROFILE_BYTES (UINT64_C(4) << 20)

/* A rule as read: the three ways to write a threshold, of which one must be given. */
typedef struct draft {
    cn_rule rule;
    int64_t bounds[3];
} draft;

typedef struct whole {
    cn_profile open;
    const draft *drafts;
    size_t draft_count;
} whole;

/* ---- words ---- */

static const char *quantity_word(int i) { return i < CN_QUANTITY_COUNT ? cn_quantity_key((cn_quantity)i) : NULL; }

static const char *confidence_word(int i) {
    static const char *const words[] = {"", "found", "background", "inferred", NULL};
    return words[i];
}

static const char *of_vocabulary(cn_vocabulary vocabulary, int i) {
    return i < cn_vocabulary_size(vocabulary) ? cn_vocabulary_key(vocabulary, i) : NULL;
}
static const char *org_word(int i) { return of_vocabulary(CN_VOC_ORG_TYPE, i); }
static const char *park_word(int i) { return of_vocabulary(CN_VOC_PARK_TYPE, i); }
static const char *link_word(int i) { return of_vocabulary(CN_VOC_LINK_KIND, i); }

/* ---- fields ---- */

#define AT(type, member) .offset = offsetof(type, member)

static const cn__field_row relaxed_fields[] = {
    {.key = "special_territory_share", .kind = CN__FIELD_MICRO, .required = true, AT(draft, rule.relaxed_from_micro)},
    {.key = "threshold", .kind = CN__FIELD_MICRO, .required = true, AT(draft, rule.relaxed_to_micro)},
    {0}};

static const cn__field_row rule_fields[] = {
    {.key = "id", .kind = CN__FIELD_TEXT, .required = true, AT(draft, rule.id)},
    {.key = "quantity", .kind = CN__FIELD_WORD, .required = true, AT(draft, rule.quantity), .words = quantity_word},
    {.key = "at_least", .kind = CN__FIELD_MICRO, AT(draft, bounds[0])},
    {.key = "at_most", .kind = CN__FIELD_MICRO, AT(draft, bounds[1])},
    {.key = "equals", .kind = CN__FIELD_MICRO, AT(draft, bounds[2])},
    {.key = "title", .kind = CN__FIELD_WORDS, .required = true, AT(draft, rule.title_en)},
    {.key = "note", .kind = CN__FIELD_WORDS, AT(draft, rule.note_en)},
    {.key = "source", .kind = CN__FIELD_TEXT, AT(draft, rule.source)},
    {.key = "in_force", .kind = CN__FIELD_DATE, AT(draft, rule.in_force)},
    {.key = "confidence", .kind = CN__FIELD_WORD, AT(draft, rule.confidence), .words = confidence_word},
    {.key = "report", .kind = CN__FIELD_FLAG, AT(draft, rule.report)},
    {.key = "standing", .kind = CN__FIELD_FLAG, AT(draft, rule.standing)},
    {.key = "without_final_makers", .kind = CN__FIELD_FLAG, AT(draft, rule.without_final_makers)},
    {.key = "participation_counts", .kind = CN__FIELD_FLAG, AT(draft, rule.counts_participation)},
    {.key = "contracts", .kind = CN__FIELD_SET, AT(draft, rule.contracts), .words = link_word},
    {.key = "organisations", .kind = CN__FIELD_SET, AT(draft, rule.org_types), .words = org_word},
    {.key = "parks", .kind = CN__FIELD_SET, AT(draft, rule.park_types), .words = park_word},
    {.key = "relaxed", .kind = CN__FIELD_OBJECT, .fields = relaxed_fields},
    {0}};

static const cn__field_row figure_fields[] = {
    {.key = "region", .kind = CN__FIELD_TEXT, .required = true, AT(cn_region_figure, region)},
    {.key = "value", .kind = CN__FIELD_MINOR, .required = true, AT(cn_region_figure, minor)},
    {0}};

static const cn__field_row territory_fields[] = {
    {.key = "regions",
     .kind = CN__FIELD_TEXTS,
     AT(whole, open.special_regions),
     .count_offset = offsetof(whole, open.special_region_count)},
    {.key = "parks", .kind = CN__FIELD_SET, AT(whole, open.special_parks), .words = park_word},
    {0}};

static void init_draft(void *object) {
    draft *d = object;
    d->rule = (cn_rule){.id = "",
                        .title_en = "",
                        .title_ru = "",
                        .note_en = "",
                        .note_ru = "",
                        .source = "",
                        .relaxed_to_micro = INT64_MIN};
    d->bounds[0] = d->bounds[1] = d->bounds[2] = INT64_MIN;
}

static void init_figure(void *object) { ((cn_region_figure *)object)->region = ""; }

/* One of the three comparisons, no more. */
static void finish_draft(cn__tree *tree, uint32_t mark, void *object) {
    draft *d = object;
    int given = 0;
    for (int i = 0; i < 3; i++) {
        if (d->bounds[i] != INT64_MIN) {
            given++;
            d->rule.comparison = (cn_comparison)(CN_AT_LEAST + i);
            d->rule.threshold_micro = d->bounds[i];
        }
    }
    if (given != 1) {
        CN__REPORT0(tree->load, tree->file, cn__tree_place(tree, mark), RULES_COMPARISON);
    }
}

static const cn__field_row profile_fields[] = {
    {.key = "coopnet_rules", .kind = CN__FIELD_VERSION, .required = true},
    {.key = "id", .kind = CN__FIELD_TEXT, .required = true, AT(whole, open.id)},
    {.key = "title", .kind = CN__FIELD_WORDS, .required = true, AT(whole, open.title_en)},
    {.key = "note", .kind = CN__FIELD_WORDS, AT(whole, open.note_en)},
    {.key = "law", .kind = CN__FIELD_TEXT, AT(whole, open.law)},
    {.key = "in_force", .kind = CN__FIELD_DATE, AT(whole, open.in_force)},
    {.key = "until", .kind = CN__FIELD_DATE, AT(whole, open.until)},
    {.key = "confidence", .kind = CN__FIELD_WORD, AT(whole, open.confidence), .words = confidence_word},
    {.key = "special_territories", .kind = CN__FIELD_OBJECT, .fields = territory_fields},
    {.key = "region_productivity",
     .kind = CN__FIELD_OBJECTS,
     AT(whole, open.figures),
     .count_offset = offsetof(whole, open.figure_count),
     .fields = figure_fields,
     .size = sizeof(cn_region_figure),
     .init = init_figure},
    {.key = "less_is_better",
     .kind = CN__FIELD_TEXTS,
     AT(whole, open.less_is_better),
     .count_offset = offsetof(whole, open.less_is_better_count)},
    {.key = "rules",
     .kind = CN__FIELD_OBJECTS,
     .required = true,
     AT(whole, drafts),
     .count_offset = offsetof(whole, draft_count),
     .fields = rule_fields,
     .size = sizeof(draft),
     .init = init_draft,
     .done = finish_draft},
    {0}};

/* ---- the whole ---- */

static void check_ids(cn__tree *tree, const whole *w) {
    for (size_t i = 0; i < w->draft_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(w->drafts[i].rule.id, w->drafts[k].rule.id) == 0) {
                CN__REPORT1(tree->load, tree->file, cn__tree_place(tree, 0), RULES_ID_TWICE, w->drafts[i].rule.id);
                break;
            }
        }
    }
    if (!w->draft_count) {
        CN__REPORT0(tree->load, tree->file, cn__tree_place(tree, 0), RULES_NONE);
    }
}

static void take(cn__tree *tree, cn__profile *profile, const whole *w) {
    cn_rule *rules = cn__keep_add(&profile->keep, w->draft_count, sizeof *rules);
    if (!rules) {
        tree->status = CN__NO_MEMORY(tree->load->err);
        return;
    }
    for (size_t i = 0; i < w->draft_count; i++) {
        rules[i] = w->drafts[i].rule;
    }
    profile->open = w->open;
    profile->open.rules = rules;
    profile->open.rule_count = w->draft_count;
}

static void read_profile(cn__tree *tree, void *context) {
    cn__profile *profile = context;
    whole w = {.open = profile->open};
    uint64_t before = cn_diags_total(tree->load->diags, CN_LEVEL_ERROR);
    cn__tree_read(tree, 0, profile_fields, &w);
    if (!tree->status && cn_diags_total(tree->load->diags, CN_LEVEL_ERROR) == before) {
        check_ids(tree, &w);
    }
    if (!tree->status) {
        take(tree, profile, &w);
    }
}

cn_status cn_profile_load_bytes(const char *label, const void *bytes, size_t len, cn_diags *diags, cn_profile **out,
                                cn_error *err) {
    cn__load load = {.err = err, .diags = diags};
    *out = NULL;
    cn__profile *profile = cn__profile_create();
    if (!profile) {
        return CN__NO_MEMORY(err);
    }
    cn__tree tree = {.keep = &profile->keep, .no_such_file = CN_MSG_RULES_NO_PROFILE};
    cn_status status = cn__tree_file(&tree, &load, label, bytes, len, read_profile, profile);
    if (status) {
        cn_profile_free(&profile->open);
    } else {
        *out = &profile->open;
    }
    cn__tree_release(&tree);
    return status;
}

cn_status cn_profile_load(const char *path, cn_diags *diags, cn_profile **out, cn_error *err) {
    cn_buf bytes = {0};
    *out = NULL;
    cn_status status = cn__file_read(path, MAX_PROFILE_BYTES, NULL, &bytes, err);
    if (!status) {
        status = cn_profile_load_bytes(path, bytes.data, bytes.len, diags, out, err);
    }
    cn_buf_release(&bytes);
    return status;
}

/* ---- the built-in ones ---- */

size_t cn_profile_builtin_count(void) {
    size_t count = 0;
    while (cn__rules_embedded[count].id) {
        count++;
    }
    return count;
}

const char *cn_profile_builtin_id(size_t index) { return cn__rules_embedded[index].id; }

static cn_status read_builtin(size_t index, cn_profile **out, cn_error *err) {
    const cn__embedded *file = &cn__rules_embedded[index];
    return cn_profile_load_bytes(file->id, file->bytes, file->len, NULL, out, err);
}

cn_status cn_profile_builtin(const char *id, cn_profile **out, cn_error *err) {
    cn_buf names = {0};
    *out = NULL;
    for (size_t i = 0; i < cn_profile_builtin_count(); i++) {
        if (strcmp(cn_profile_builtin_id(i), id) == 0) {
            cn_buf_release(&names);
            return read_builtin(i, out, err);
        }
        cn_buf_add_text(&names, i ? ", " : "");
        cn_buf_add_text(&names, cn_profile_builtin_id(i));
    }
    cn_status status =
        names.failed ? CN__NO_MEMORY(err) : CN__FAIL2(err, CN_ERR_ARGUMENT, RULES_NO_BUILTIN, id, names.data);
    cn_buf_release(&names);
    return status;
}

/* Does `a` suit the date better than `b`? The latest that is in force; when none is yet, the earliest. */
static bool suits_better(const cn_profile *a, const cn_profile *b, cn_date date) {
    bool a_begun = date == CN_DATE_NONE || a->in_force <= date;
    bool b_begun = date == CN_DATE_NONE || b->in_force <= date;
    if (a_begun != b_begun) {
        return a_begun;
    }
    return a_begun ? a->in_force > b->in_force : a->in_force < b->in_force;
}

cn_status cn_profile_in_force(cn_date date, bool of_projects, cn_profile **out, cn_error *err) {
    cn_profile *best = NULL;
    cn_status status = CN_OK;
    *out = NULL;
    for (size_t i = 0; i < cn_profile_builtin_count() && !status; i++) {
        cn_profile *profile = NULL;
        status = read_builtin(i, &profile, err);
        bool fits = profile && cn_quantity_of_project(profile->rules[0].quantity) == of_projects;
        if (fits && (!best || suits_better(profile, best, date))) {
            cn_profile_free(best);
            best = profile;
            profile = NULL;
        }
        cn_profile_free(profile);
    }
    if (status) {
        cn_profile_free(best);
        best = NULL;
    }
    *out = best;
    return status;
}
