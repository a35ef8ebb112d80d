/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cooperation scheme of one cluster, for the wall: its members in a frame, who manages, serves and supports it, its parks and joint projects, and
 * its largest partners outside, with product code and value on every supply. It is the overview of this part of the network; the functional
 * map (view_map.c) is the document that the rules ask for and shows the members alone. Cost: O(L log L).
 */
#include "view.h"

#include <stdlib.h>

#include "error.h"

enum { MOST_OUTSIDERS = 12 };
#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
#define FRAME                                                                                                          \
    (CN_KIND_BIT(CN_LINK_MANAGES) | CN_KIND_BIT(CN_LINK_SERVES) | CN_KIND_BIT(CN_LINK_SUPPORTS) |                      \
     CN_KIND_BIT(CN_LINK_AGREEMENT))

typedef struct scheme {
    const cn_network *net;
    cn_entity cluster;
    uint8_t *part;
    uint64_t outsiders;
} scheme;

/* Add those at the end `inner` or the other of a drawn link of some kinds whose one end is of the matter already. */
static void add_linked(scheme *c, uint32_t kinds, uint32_t inner_kinds, uint32_t outer_kinds) {
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        cn_entity ends[2] = {cn_link_from(c->net, link), cn_link_to(c->net, link)};
        if (!(kinds & CN_KIND_BIT(cn_link_kind_of(c->net, link))) || !cn__view_link_drawn(c->net, link)) {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            cn_entity inner = ends[i];
            cn_entity outer = ends[1 - i];
            bool fits = c->part[inner] == CN__PART_CORE && c->part[outer] == CN__PART_NONE &&
                        inner_kinds & CN_KIND_BIT(cn_entity_kind_of(c->net, inner)) &&
                        outer_kinds & CN_KIND_BIT(cn_entity_kind_of(c->net, outer));
            if (fits) {
                c->part[outer] = UINT8_MAX; /* found in this round: leads nowhere yet */
            }
        }
    }
    for (cn_entity entity = 0; entity < cn_entity_count(c->net); entity++) {
        c->part[entity] = c->part[entity] == UINT8_MAX ? CN__PART_CORE : c->part[entity];
    }
}

static void find_core(scheme *c) {
    c->part[c->cluster] = CN__PART_CORE;
    for (cn_link link = 0; link < cn_link_count(c->net); link++) {
        if (cn_link_kind_of(c->net, link) == CN_LINK_MEMBER && cn_link_to(c->net, link) == c->cluster &&
            cn__view_link_drawn(c->net, link)) {
            c->part[cn_link_from(c->net, link)] = CN__PART_CORE;
        }
    }
    add_linked(c, CN_KIND_BIT(CN_LINK_PARTICIPANT), CN_K_ANY, CN_K_PROJECT);
    add_linked(c, CN_KIND_BIT(CN_LINK_RESIDENT), CN_K_COMPANY, CN_K_PARK);
    add_linked(c, FRAME, CN_K_CLUSTER | CN_K_PROJECT | CN_K_PARK, CN_K_ACTOR);
    /* With whom the managers have agreements for the cluster. */
    add_linked(c, CN_KIND_BIT(CN_LINK_AGREEMENT), CN_K_ORGANISATION, CN_K_ORGANISATION);
}

typedef struct trader {
    double value;
    cn_entity entity;
} trader;

static int largest_first(const void *a, const void *b) {
    const trader *x = a;
    const trader *y = b;
    if (x->value < y->value || x->value > y->value) {
        return x->value > y->value ? -1 : 1;
    }
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/* The partners outside of the largest sums. False: memory. */
static bool find_outsiders(scheme *c) {
    uint32_t n = cn_entity_count(c->net);
    trader *list = cn__alloc(n, sizeof *list);
    uint32_t count = 0;
    for (cn_entity entity = 0; list && entity < n; entity++) {
        list[entity] = (trader){-1, entity};
    }
    for (cn_link link = 0; list && link < cn_link_count(c->net); link++) {
        cn_entity from = cn_link_from(c->net, link);
        cn_entity to = cn_link_to(c->net, link);
        bool crosses = (c->part[from] == CN__PART_CORE) != (c->part[to] == CN__PART_CORE);
        if (TRADE & CN_KIND_BIT(cn_link_kind_of(c->net, link)) && crosses && cn__view_link_drawn(c->net, link)) {
            trader *outside = &list[c->part[from] == CN__PART_CORE ? to : from];
            bool any;
            double value = cn__view_sum(c->net, &link, 1, &any);
            count += outside->value < 0;
            outside->value = (outside->value < 0 ? 0 : outside->value) + value;
        }
    }
    if (list && n) {
        qsort(list, n, sizeof *list, largest_first);
    }
    for (uint32_t i = 0; list && i < count && i < MOST_OUTSIDERS; i++) {
        c->part[list[i].entity] = CN__PART_OUTSIDE;
    }
    c->outsiders = count > MOST_OUTSIDERS ? count - MOST_OUTSIDERS : 0;
    bool ok = list != NULL;
    cn__free(list);
    return ok;
}

static cn_status draw(scheme *c, const cn_draw_options *options, cn__draw_text_id remark, cn__scene *scene,
                      cn_error *err) {
    cn_buf title = {0};
    cn__draw_text_1(&title, CN__TEXT_TITLE_CLUSTER, scene->lang, cn_entity_name(c->net, c->cluster));
    const cn__extract extract = {
        .part = c->part,
        .frame = c->cluster,
        .title = title.data ? title.data : "",
        .words = {cn__draw_text(CN__TEXT_SUB_CLUSTER, scene->lang),
                  remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, scene->lang)},
        .outsiders = c->outsiders,
    };
    scene->failed |= title.failed;
    scene->short_labels = true;
    cn_status status = cn__view_overview_of(c->net, options, &extract, scene, err);
    cn_buf_release(&title);
    return status;
}

cn_status cn__view_cluster(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    scheme c = {.net = net, .cluster = options->subject};
    cn__draw_text_id remark = CN__TEXT_COUNT;
    if (!options->subject_given && !cn__subject_cluster(net, &c.cluster, &remark)) {
        return CN__NO_MEMORY(err);
    }
    if (c.cluster == CN_NONE) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_CLUSTERS);
    }
    if (cn_entity_kind_of(net, c.cluster) != CN_ENTITY_CLUSTER) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_NO_CLUSTER, cn_entity_name(net, c.cluster));
    }
    c.part = cn__calloc(cn_entity_count(net), sizeof *c.part);
    cn_status status = CN_OK;
    if (c.part) {
        find_core(&c);
    }
    if (!c.part || !find_outsiders(&c)) {
        status = CN__NO_MEMORY(err);
    } else {
        status = draw(&c, options, remark, scene, err);
    }
    cn__free(c.part);
    return status;
}
