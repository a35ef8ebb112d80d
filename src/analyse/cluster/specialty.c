/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Specialisation by the location quotient: LQ = (S_ck / S_c) / (S_k / S), S_ck the output of products of class k in group c.
 * A class is the first four digits of an OKPD2 code ("27.11"), of another text its beginning. Output is what `makes` declares; of
 * an organisation that declares none what it sells by links of supply and service that hold, by value or, in a graph that is not
 * weighted, by number. Invariant: the rows are sorted by group, then class number, and classes are numbered as they occur, so ties go
 * to the class that occurs first. Cost: O(P + L + R log R).
 */
#include "specialty.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "strmap.h"

typedef struct row {
    uint32_t group;
    uint32_t class;
    double value;
} row;

typedef struct collection {
    cn__strmap classes;
    uint32_t *text; /* by class, in classes.keys */
    size_t text_cap;
    uint32_t class_count;
    row *rows;
    size_t count;
    size_t cap;
    bool failed;
} collection;

/* Length of the class within a code. */
static size_t class_length(const char *code) {
    static const char form[] = "00.00";
    size_t len = 0;
    while (len < sizeof form - 1 && (form[len] == '.' ? code[len] == '.' : code[len] >= '0' && code[len] <= '9')) {
        len++;
    }
    if (len == sizeof form - 1 || (len > 0 && !code[len])) {
        return len;
    }
    size_t most = sizeof((cn_specialty *)NULL)->code - 1;
    len = strlen(code);
    if (len > most) { /* never cut a character in two */
        for (len = most; len > 0 && ((unsigned char)code[len] & 0xC0) == 0x80; len--) {
        }
    }
    return len;
}

static void add(collection *c, uint32_t group, const char *code, double value) {
    size_t len = class_length(code);
    if (!len || !(value > 0) || c->failed) {
        return;
    }
    uint32_t class = cn__strmap_find(&c->classes, code, len);
    if (class == CN_NONE) {
        class = c->class_count;
        c->failed = !cn__grow((void **)&c->text, &c->text_cap, class, 1, sizeof *c->text) ||
                    !cn__strmap_add(&c->classes, code, len, class, &c->text[class]);
        c->class_count += !c->failed;
    }
    c->failed = c->failed || !cn__grow((void **)&c->rows, &c->cap, c->count, 1, sizeof *c->rows);
    if (!c->failed) {
        c->rows[c->count++] = (row){group, class, value};
    }
}

/* What `makes` declares; false: no values there. */
static bool add_makes(collection *c, const cn_network *net, cn_entity entity, uint32_t group) {
    size_t count = 0;
    bool any = false;
    const cn_item *items = cn_entity_items(net, entity, CN_ITEM_MAKES, &count);
    for (size_t i = 0; i < count; i++) {
        if (items[i].value_minor != CN_MONEY_NONE) {
            any = true;
            add(c, group, cn_item_text(net, &items[i]), (double)items[i].value_minor / 100);
        }
    }
    return any;
}

static void add_sales(collection *c, const cn_network *net, const cn_graph *graph, const uint32_t *of,
                      const uint8_t *declared) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        cn_link_kind kind = cn_link_kind_of(net, link);
        cn_link_status status = cn_link_status_of(net, link);
        uint32_t v = graph->vertex[cn_link_from(net, link)];
        bool trade = kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE;
        if (trade && status <= CN_STATUS_ACTUAL && v != CN_NONE && of[v] != CN_NONE && !declared[v]) {
            add(c, of[v], cn_link_product(net, link), graph->weight ? cn_link_value(net, link) : 1);
        }
    }
}

static int by_group_and_class(const void *a, const void *b) {
    const row *x = a;
    const row *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    if (x->class != y->class) {
        return x->class < y->class ? -1 : 1;
    }
    return x->value > y->value ? -1 : x->value < y->value;
}

/* Keep the largest, in order. */
static void offer(cn_community_profile *profile, const cn_specialty *specialty) {
    uint32_t at = profile->specialty_count;
    while (at > 0 && profile->specialties[at - 1].value < specialty->value) {
        at--;
    }
    if (at == CN_SPECIALTIES) {
        return;
    }
    profile->specialty_count += profile->specialty_count < CN_SPECIALTIES;
    for (uint32_t i = profile->specialty_count - 1; i > at; i--) {
        profile->specialties[i] = profile->specialties[i - 1];
    }
    profile->specialties[at] = *specialty;
}

static void compare(const collection *c, const double *by_class, const double *by_group, double total,
                    cn_community_profile *profiles) {
    for (size_t i = 0; i < c->count; i++) {
        const row *r = &c->rows[i];
        cn_specialty specialty = {.value = r->value, .share = r->value / by_group[r->group]};
        specialty.quotient = specialty.share / (by_class[r->class] / total);
        if (specialty.quotient > 1) {
            const char *text = cn__arena_at(&c->classes.keys, c->text[r->class]);
            size_t len = class_length(text);
            memcpy(specialty.code, text, len);
            offer(&profiles[r->group], &specialty);
        }
    }
}

/* Equal rows become one. */
static void merge(collection *c) {
    size_t kept = 0;
    if (c->count > 1) {
        qsort(c->rows, c->count, sizeof *c->rows, by_group_and_class);
    }
    for (size_t i = 0; i < c->count; i++) {
        row *last = kept ? &c->rows[kept - 1] : NULL;
        if (last && last->group == c->rows[i].group && last->class == c->rows[i].class) {
            last->value += c->rows[i].value;
        } else {
            c->rows[kept++] = c->rows[i];
        }
    }
    c->count = kept;
}

bool cn__specialties_find(const cn_network *net, const cn_graph *graph, const uint32_t *of,
                          cn_community_profile *profiles, uint32_t count) {
    collection c = {.count = 0};
    uint8_t *declared = cn__calloc(graph->n, 1);
    double total = 0;
    c.failed = !declared;
    for (uint32_t v = 0; v < graph->n && !c.failed; v++) {
        if (of[v] != CN_NONE) {
            declared[v] = add_makes(&c, net, graph->entity[v], of[v]);
        }
    }
    if (!c.failed) {
        add_sales(&c, net, graph, of, declared);
        merge(&c);
    }
    double *by_class = cn__calloc(c.class_count, sizeof *by_class);
    double *by_group = cn__calloc(count, sizeof *by_group);
    bool ok = !c.failed && by_class && by_group;
    for (size_t i = 0; ok && i < c.count; i++) {
        by_class[c.rows[i].class] += c.rows[i].value;
        by_group[c.rows[i].group] += c.rows[i].value;
        total += c.rows[i].value;
    }
    if (ok) {
        compare(&c, by_class, by_group, total, profiles);
    }
    cn__free(declared);
    cn__free(by_class);
    cn__free(by_group);
    cn__free(c.text);
    cn__free(c.rows);
    cn__strmap_release(&c.classes);
    return ok;
}
