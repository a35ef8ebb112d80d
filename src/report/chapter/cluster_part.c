/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cluster cut out of its network: flags for what is inside, for what is near, then a copy of what they leave. O(V + E) passes over the links. */
#include "cluster_part.h"

#include "error.h"
#include "memory.h"

void cn__cluster_inside(const cn_network *net, cn_entity cluster, bool *inside) {
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        inside[e] = e == cluster;
    }
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        inside[cn_link_from(net, link)] |= cn_link_to(net, link) == cluster;
        inside[cn_link_to(net, link)] |= cn_link_from(net, link) == cluster;
    }
}

static void mark_members(const cn_network *net, cn_entity cluster, bool *member) {
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        member[e] = e == cluster;
    }
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        member[cn_link_from(net, link)] |=
            cn_link_kind_of(net, link) == CN_LINK_MEMBER && cn_link_to(net, link) == cluster;
    }
}

/* Other clusters that a member is in stay; what else they are made of does not. */
static void mark_links(const cn_network *net, const bool *member, const bool *inside, bool *near, bool *links) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        cn_entity from = cn_link_from(net, link);
        cn_entity to = cn_link_to(net, link);
        links[link] = member[from] || member[to] || (inside[from] && inside[to]);
        near[from] |= links[link];
        near[to] |= links[link];
    }
}

static void mark_product(const cn_network *net, const char *code, bool *near) {
    cn_entity product = code[0] ? cn_entity_find(net, code) : CN_NONE;
    if (product != CN_NONE) {
        near[product] = true;
    }
}

/* What the links and the members name, and what those products are made from. */
static void mark_products(const cn_network *net, const bool *member, bool *near, bool *links) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        if (links[link]) {
            mark_product(net, cn_link_product(net, link), near);
        }
    }
    for (cn_entity e = 0; e < cn_entity_count(net); e++) {
        static const cn_item_kind kinds[] = {CN_ITEM_MAKES, CN_ITEM_NEEDS};
        for (size_t k = 0; member[e] && k < sizeof kinds / sizeof *kinds; k++) {
            size_t count = 0;
            const cn_item *items = cn_entity_items(net, e, kinds[k], &count);
            for (size_t i = 0; i < count; i++) {
                mark_product(net, cn_item_text(net, &items[i]), near);
            }
        }
    }
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        links[link] |= cn_link_kind_of(net, link) == CN_LINK_MADE_FROM;
    }
}

cn_status cn__cluster_part(const cn_network *net, cn_entity cluster, cn_network **out, cn_error *err) {
    uint32_t entities = cn_entity_count(net);
    bool *member = cn__calloc(entities, sizeof *member);
    bool *inside = cn__calloc(entities, sizeof *inside);
    bool *near = cn__calloc(entities, sizeof *near);
    bool *links = cn__calloc(cn_link_count(net), sizeof *links);
    cn_status status = member && inside && near && links ? CN_OK : CN__NO_MEMORY(err);
    if (!status) {
        near[cluster] = true;
        mark_members(net, cluster, member);
        cn__cluster_inside(net, cluster, inside);
        mark_links(net, member, inside, near, links);
        mark_products(net, member, near, links);
        status = cn_network_part(net, near, links, out, err);
    }
    cn__free(member);
    cn__free(inside);
    cn__free(near);
    cn__free(links);
    return status;
}
