/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Members of groups, and the ties between those who share one. Every pair of a group is written out once; the graph adds up
 * parallel ones. A group of s members makes s(s-1)/2 pairs, which is why very large ones are left out. Cost: the number of
 * pairs, 24 bytes each while the graph is made.
 */
#include "partner_ties.h"

#include <stdlib.h>

#include "catalogue.h"
#include "error.h"
#include "memory.h"

typedef struct pair {
    uint32_t group, member;
} pair;

static int compare_pairs(const void *a, const void *b) {
    const pair *x = a;
    const pair *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    return x->member < y->member ? -1 : x->member > y->member;
}

cn_status cn__members_find(const cn_network *net, uint32_t kinds, cn__members *out, cn_error *err) {
    uint32_t links = cn_link_count(net);
    pair *pairs = cn__alloc(links, 2 * sizeof *pairs);
    size_t count = 0;
    *out = (cn__members){.n = cn_entity_count(net)};
    out->member = cn__alloc(links, 2 * sizeof *out->member);
    out->group = cn__alloc(links, 2 * sizeof *out->group);
    if (pairs == NULL || out->member == NULL || out->group == NULL) {
        cn__free(pairs);
        cn__members_release(out);
        return CN__NO_MEMORY(err);
    }
    for (cn_link l = 0; l < links; l++) {
        if (cn__in_force(net, l) && (kinds & CN_KIND_BIT(cn_link_kind_of(net, l))) != 0) {
            bool two = cn_link_kind_of(net, l) == CN_LINK_AGREEMENT; /* a group of its own */
            uint32_t group = two ? out->n + l : cn_link_to(net, l);
            pairs[count++] = (pair){group, cn_link_from(net, l)};
            if (two) {
                pairs[count++] = (pair){group, cn_link_to(net, l)};
            }
        }
    }
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_pairs(&pairs[i - 1], &pairs[i]) != 0) {
            out->member[out->count] = pairs[i].member;
            out->group[out->count++] = pairs[i].group;
        }
    }
    cn__free(pairs);
    return CN_OK;
}

void cn__members_release(cn__members *members) {
    cn__free(members->member);
    cn__free(members->group);
    *members = (cn__members){0};
}

/* Members i … j-1 share a group. */
static size_t group_end(const cn__members *members, size_t i) {
    size_t j = i;
    while (j < members->count && members->group[j] == members->group[i]) {
        j++;
    }
    return j;
}

cn_status cn__ties_of_groups(const cn__members *members, cn_graph **out, cn_error *err) {
    size_t pairs = 0;
    for (size_t i = 0; i < members->count; i = group_end(members, i)) {
        size_t size = group_end(members, i) - i;
        pairs += size <= CN__GROUP_MOST ? size * (size - 1) / 2 : 0;
    }
    uint32_t *from = cn__alloc(pairs, sizeof *from);
    uint32_t *to = cn__alloc(pairs, sizeof *to);
    double *weight = cn__alloc(pairs, sizeof *weight);
    cn_status status = from && to && weight ? CN_OK : CN__NO_MEMORY(err);
    size_t at = 0;
    for (size_t i = 0; i < members->count && !status;) {
        size_t end = group_end(members, i);
        for (size_t a = i; a < end && end - i <= CN__GROUP_MOST; a++) {
            for (size_t b = a + 1; b < end; b++) {
                from[at] = members->member[a];
                to[at] = members->member[b];
                weight[at++] = 1.0 / (double)(end - i - 1);
            }
        }
        i = end;
    }
    *out = NULL;
    status = status ? status : cn_graph_from_arcs(members->n, pairs, from, to, weight, false, out, err);
    cn__free(from);
    cn__free(to);
    cn__free(weight);
    return status;
}
