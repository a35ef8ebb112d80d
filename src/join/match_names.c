/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names: all bearers of one key are one group, and in a group the records that can be one body are joined. The records that say most
 * (numbers, form, region) come first and open a set each; one that says less joins the only set it fits, and is a question where it
 * fits several. So the answer does not depend on the order of the files. Invariant: the sets of a group differ pairwise in something that
 * a rule must not decide. At most CN_MERGE_BLOCK sets of a group are compared: O(names × CN_MERGE_BLOCK) in the worst case.
 */
#include "match.h"

#include "error.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- collecting ---- */

void cn__names_release(cn__names *names) {
    cn__strmap_release(&names->keys);
    cn__free(names->groups);
    cn__free(names->uses);
    cn__arena_release(&names->words);
    memset(names, 0, sizeof *names);
}

const char *cn__names_key(const cn__names *names, size_t group, size_t *len) {
    const struct cn__strmap_entry *entry = &names->keys.entries[group];
    *len = entry->key_len - 1;
    return cn__arena_at(&names->keys.keys, entry->key) + 1;
}

static bool new_group(cn__names *names, const cn__org_name *name, int class_, const cn_buf *key) {
    if (!cn__grow((void **)&names->groups, &names->group_cap, names->group_count, 1, sizeof *names->groups)) {
        return false;
    }
    cn__name_group group = {CN_NONE, CN_NONE, 0, (uint32_t)name->words.len, class_};
    if (!cn__arena_add(&names->words, name->words.data, name->words.len, &group.words) ||
        !cn__strmap_add(&names->keys, key->data, key->len, (uint32_t)names->group_count, NULL)) {
        return false;
    }
    names->groups[names->group_count++] = group;
    return true;
}

static bool add_use(cn__matcher *m, cn__names *names, uint32_t body, cn__name_rank rank, const char *text,
                    cn__org_name *name, cn_buf *key) {
    int class_ = cn__match_class(cn__body_kind(m, body));
    if (!cn__org_name_read(name, text)) {
        return false;
    }
    if (rank == CN__NAME_MAIN) {
        m->bodies[body].form = name->form;
    }
    if (name->key.len == 0) {
        return true;
    }
    key->len = 0;
    cn_buf_add(key, (char[]){(char)('a' + class_)}, 1);
    cn_buf_add(key, name->key.data, name->key.len);
    if (key->failed || !cn__grow((void **)&names->uses, &names->use_cap, names->use_count, 1, sizeof *names->uses)) {
        return false;
    }
    uint32_t at = cn__strmap_find(&names->keys, key->data, key->len);
    if (at == CN_NONE) {
        at = (uint32_t)names->group_count;
        if (!new_group(names, name, class_, key)) {
            return false;
        }
    }
    cn__name_group *group = &names->groups[at];
    uint32_t use = (uint32_t)names->use_count++;
    names->uses[use] = (cn__name_use){body, CN_NONE, rank, name->form};
    if (group->last != CN_NONE && names->uses[group->last].body == body) {
        names->use_count--; /* the same body under the same name again; the first rank is the better one */
        return true;
    }
    if (group->first == CN_NONE) {
        group->first = use;
    } else {
        names->uses[group->last].next = use;
    }
    group->last = use;
    return true;
}

static bool add_body(cn__matcher *m, cn__names *names, uint32_t body, cn__org_name *name, cn_buf *key) {
    static const struct {
        cn_field field;
        cn__name_rank rank;
    } others[] = {{CN_FIELD_ALIAS, CN__NAME_ALIAS}, {CN_FIELD_SHORT, CN__NAME_SHORT}};
    bool ok = add_use(m, names, body, CN__NAME_MAIN, cn__body_name(m, body), name, key);
    for (size_t f = 0; f < sizeof others / sizeof *others && ok; f++) {
        size_t count = 0;
        const cn_prop *props = cn_entity_values(cn__body_net(m, body), m->bodies[body].entity, others[f].field, &count);
        for (size_t i = 0; i < count && ok; i++) {
            ok = add_use(m, names, body, others[f].rank, cn_prop_text(cn__body_net(m, body), &props[i]), name, key);
        }
    }
    return ok;
}

cn_status cn__names_collect(cn__matcher *m, cn__names *names) {
    cn__org_name name = {0};
    cn_buf key = {0};
    bool ok = true;
    cn_status status = CN_OK;
    memset(names, 0, sizeof *names);
    for (uint32_t body = 0; body < m->body_count && ok && status == CN_OK; body++) {
        /* Products are known by their codes: many are called alike. */
        ok = cn__body_kind(m, body) == CN_ENTITY_PRODUCT || add_body(m, names, body, &name, &key);
        status = cn__match_step(m);
    }
    /* Sets that numbers have made already know the form of every member. */
    for (uint32_t body = 0; body < m->body_count; body++) {
        cn__body *root = &m->bodies[cn__match_root(m, body)];
        root->form = root->form ? root->form : m->bodies[body].form;
    }
    cn__org_name_release(&name);
    cn_buf_release(&key);
    return ok ? status : CN__NO_MEMORY(m->err);
}

/* ---- judging two sets that bear one name ---- */

/* Words of a place that say of which sort it is. */
static bool is_sort_of_place(const char *word, size_t len) {
    static const char *const words[] = {"г",          "город", "обл",   "область", "край",       "респ",
                                        "республика", "ао",    "округ", "аобл",    "автономный", "автономная"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(word, words[i], len) == 0) {
            return true;
        }
    }
    return false;
}

/* “г. Москва” → “москва”; a number is no name. */
static void place_words(cn_buf *out, const char *text) {
    cn_buf folded = {0};
    cn__utf8_fold(&folded, text);
    out->len = 0;
    cn_buf_add(out, "", 0);
    for (const char *at = folded.data ? folded.data : ""; *at;) {
        size_t len = strcspn(at, " .,()");
        if (len && !is_sort_of_place(at, len) && (*at < '0' || *at > '9')) {
            cn_buf_add_text(out, out->len ? " " : "");
            cn_buf_add(out, at, len);
        }
        at += len + (at[len] != '\0');
    }
    out->failed = out->failed || folded.failed;
    cn_buf_release(&folded);
}

/* Do two texts name places that are surely not the same? One may say more than the other. */
static bool places_differ(const char *a, const char *b) {
    if (!a[0] || !b[0] || strcmp(a, b) == 0) {
        return false;
    }
    cn_buf left = {0};
    cn_buf right = {0};
    place_words(&left, a);
    place_words(&right, b);
    bool differ = left.len > 0 && right.len > 0 && !strstr(left.data, right.data) && !strstr(right.data, left.data);
    differ = differ || left.failed || right.failed; /* without memory: rather a question than a mistake */
    cn_buf_release(&left);
    cn_buf_release(&right);
    return differ;
}

/* Does one file tell them apart: two records of it, each with a name of its own? */
static bool one_file_has_both(const cn__matcher *m, uint32_t a, uint32_t b) {
    uint32_t x = a;
    int steps = 0;
    do {
        uint32_t y = b;
        do {
            const cn__body *left = &m->bodies[x];
            const cn__body *right = &m->bodies[y];
            if (left->input == right->input && left->own_name && right->own_name) {
                return true;
            }
            y = right->next;
        } while (y != b && ++steps < 4096);
        x = m->bodies[x].next;
    } while (x != a && steps < 4096);
    return steps >= 4096;
}

typedef enum verdict { VERDICT_SAME, VERDICT_APART, VERDICT_ASK } verdict;

/* `told_apart`: one file has records of its own for both. */
static verdict judge(cn__matcher *m, uint32_t a, uint32_t b, bool told_apart, cn_merge_reason *why) {
    const cn__body *x = &m->bodies[a];
    const cn__body *y = &m->bodies[b];
    if (cn__match_numbers_clash(m, a, b) || cn__match_decided_different(m, a, b)) {
        return VERDICT_APART;
    }
    if (x->date && y->date && !cn_date_covers(x->date, x->date, y->date)) {
        return VERDICT_APART;
    }
    *why = cn__body_kind(m, a) != cn__body_kind(m, b)                                     ? CN_MERGE_OTHER_KIND
           : x->form && y->form && x->form != y->form                                     ? CN_MERGE_OTHER_FORM
           : places_differ(x->region, y->region) || places_differ(x->country, y->country) ? CN_MERGE_OTHER_PLACE
           : told_apart                                                                   ? CN_MERGE_ONE_FILE
                                                                                          : CN_MERGE_REASON_COUNT;
    return *why == CN_MERGE_REASON_COUNT ? VERDICT_SAME : VERDICT_ASK;
}

/* ---- a group ---- */

/* A bearer of the name, or the set that it opened. */
typedef struct bearer {
    uint32_t body;
    cn__name_rank rank;
    unsigned says; /* how little it says */
    bool alone;    /* its file has no other one of this name, form and region */
} bearer;

static int compare_bearers(const void *a, const void *b) {
    const bearer *x = a;
    const bearer *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    if (x->says != y->says) {
        return x->says < y->says ? -1 : 1;
    }
    return x->body < y->body ? -1 : x->body > y->body;
}

static unsigned says_little(cn__matcher *m, uint32_t body) {
    const cn__body *root = &m->bodies[cn__match_root(m, body)];
    bool number = root->numbers[0] || root->numbers[1] || root->numbers[2];
    return (number ? 0u : 4u) + (root->form ? 0u : 2u) + (root->region[0] ? 0u : 1u);
}

/* What the sets opened so far say to one more bearer. */
typedef struct tally {
    size_t fits;
    bearer fit; /* the first that fits */
    bool asks;
    bearer ask;
    cn_merge_reason why;
    bool apart;
    bool member; /* it is in one of them */
} tally;

static tally compare_with_sets(cn__matcher *m, const bearer *b, const bearer *sets, size_t count) {
    tally t = {0};
    uint32_t root = cn__match_root(m, b->body);
    for (size_t i = 0; i < count && !t.member; i++) {
        cn_merge_reason why;
        uint32_t set = cn__match_root(m, sets[i].body);
        t.member = set == root;
        verdict v = VERDICT_APART;
        if (!t.member) {
            /* Who writes that somebody is also called so knows more than that the names agree. */
            bool alias = sets[i].rank == CN__NAME_ALIAS || b->rank == CN__NAME_ALIAS;
            const cn__body *x = &m->bodies[sets[i].body];
            const cn__body *y = &m->bodies[b->body];
            bool both = alias ? x->input == y->input && x->own_name && y->own_name : one_file_has_both(m, set, root);
            v = judge(m, set, root, both, &why);
        }
        t.apart = t.apart || v == VERDICT_APART;
        if (v == VERDICT_SAME) {
            t.fit = t.fits++ == 0 ? sets[i] : t.fit;
        } else if (v == VERDICT_ASK && !t.asks) {
            t.asks = true;
            t.ask = sets[i];
            t.why = why;
        }
    }
    return t;
}

/* Full name with full or other name is enough to join; two other names, or a short one, only for a question. */
static bool ranks_join(cn__name_rank a, cn__name_rank b) {
    return a < CN__NAME_SHORT && b < CN__NAME_SHORT && (a == CN__NAME_MAIN || b == CN__NAME_MAIN);
}

static cn_status place(cn__matcher *m, const bearer *b, bearer *sets, size_t *count) {
    tally t = compare_with_sets(m, b, sets, *count);
    cn_status status = CN_OK;
    if (t.member) {
        return CN_OK;
    }
    bool several = t.fits > 1 || *count == CN_MERGE_BLOCK || !b->alone || !t.fit.alone;
    if (t.fits && !several && ranks_join(t.fit.rank, b->rank)) {
        bool alias = t.fit.rank == CN__NAME_ALIAS || b->rank == CN__NAME_ALIAS;
        cn__match_unite(m, t.fit.body, b->body, alias ? CN_MERGE_ALIAS : CN_MERGE_NAME);
        return CN_OK;
    }
    if (t.fits) {
        status = cn__match_ask(m, t.fit.body, b->body, several ? CN_MERGE_AMBIGUOUS : CN_MERGE_SHORT);
    } else if (t.asks && cn__match_may_ask(m, t.ask.body, b->body)) {
        status = cn__match_ask(m, t.ask.body, b->body, ranks_join(t.ask.rank, b->rank) ? t.why : CN_MERGE_SHORT);
    } else if (!t.asks) {
        m->counts.apart += t.apart;
    }
    if (*count < CN_MERGE_BLOCK) {
        sets[(*count)++] = *b;
    }
    return status;
}

/* Of the records of one file that nothing tells apart none can be taken for one of another file. */
static void mark_alone(const cn__matcher *m, bearer *list, size_t count) {
    for (size_t first = 0, end = 0; first < count; first = end) {
        while (end < count && m->bodies[list[end].body].input == m->bodies[list[first].body].input) {
            end++;
        }
        for (size_t i = first; i < end; i++) {
            const cn__body *x = &m->bodies[list[i].body];
            bool marked = x->own_name && !x->numbers[0] && !x->numbers[1] && !x->numbers[2];
            list[i].alone = !marked || end - first <= CN_MERGE_BLOCK;
            for (size_t k = first; k < end && marked && list[i].alone; k++) {
                const cn__body *y = &m->bodies[list[k].body];
                list[i].alone = k == i || !y->own_name || y->form != x->form || strcmp(y->region, x->region) != 0;
            }
        }
    }
}

static cn_status join_group(cn__matcher *m, const cn__names *names, const cn__name_group *group, bearer **list,
                            size_t *cap) {
    size_t count = 0;
    for (uint32_t use = group->first; use != CN_NONE; use = names->uses[use].next) {
        if (!cn__grow((void **)list, cap, count, 1, sizeof **list)) {
            return CN__NO_MEMORY(m->err);
        }
        uint32_t body = names->uses[use].body;
        (*list)[count++] = (bearer){body, names->uses[use].rank, says_little(m, body), true};
    }
    if (count < 2) {
        return CN_OK;
    }
    mark_alone(m, *list, count);
    qsort(*list, count, sizeof **list, compare_bearers);
    bearer sets[CN_MERGE_BLOCK];
    size_t set_count = 0;
    cn_status status = CN_OK;
    for (size_t i = 0; i < count && status == CN_OK; i++) {
        status = place(m, &(*list)[i], sets, &set_count);
    }
    return status;
}

cn_status cn__match_names(cn__matcher *m) {
    cn__names names;
    bearer *list = NULL;
    size_t cap = 0;
    cn_status status = cn__names_collect(m, &names);
    for (size_t i = 0; i < names.group_count && status == CN_OK; i++) {
        status = join_group(m, &names, &names.groups[i], &list, &cap);
        status = status == CN_OK ? cn__match_step(m) : status;
    }
    if (status == CN_OK) {
        status = cn__match_lookalikes(m, &names);
    }
    cn__free(list);
    cn__names_release(&names);
    return status;
}
