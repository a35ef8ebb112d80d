/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functional map: the facts of a case (rules_case.c) arranged for people. Tiers are breadth-first distances along supplies to an anchor or final-product maker; gaps are those that the rule on the map
 * counts (cn__measure_map_gaps), so that map and verdict cannot differ. O(links + firms · flows).
 */
#include "coopnet/map.h"

#include "rules_case.h"

#include <stdlib.h>

static bool fill_firms(cn__case *c, cn_map *out) {
    bool *linked = cn__case_linked(c, CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE) |
                                          CN_KIND_BIT(CN_LINK_PARTICIPANT));
    out->firms = cn__calloc(c->member_count ? c->member_count : 1, sizeof *out->firms);
    for (size_t i = 0; i < c->member_count && linked && out->firms; i++) {
        const cn__member *member = &c->members[i];
        out->firms[out->firm_count++] = (cn_map_firm){.entity = member->entity,
                                                      .role = member->role,
                                                      .anchor = member->anchor,
                                                      .final_maker = member->final_maker,
                                                      .linked = linked[i],
                                                      .tier = CN_MAP_NO_TIER,
                                                      .output_minor = member->output};
    }
    bool ok = linked && out->firms;
    cn__free(linked);
    return ok;
}

static bool fill_flows(cn__case *c, cn_map *out) {
    cn__wide total = 0;
    out->flows = cn__calloc(c->deal_count ? c->deal_count : 1, sizeof *out->flows);
    for (size_t i = 0; i < c->deal_count && out->flows; i++) {
        const cn__deal *deal = &c->deals[i];
        bool counted = deal->reason == CN_REASON_CONTRACT;
        if (!deal->valid) {
            continue;
        }
        out->flows[out->flow_count++] =
            (cn_map_flow){deal->link, deal->from, deal->to, deal->service, counted, deal->minor};
        if (counted) {
            cn_map_firm *seller = &out->firms[c->place[deal->from]];
            cn_map_firm *buyer = &out->firms[c->place[deal->to]];
            total += deal->minor;
            seller->sold_minor = cn__case_narrow(c, (cn__wide)seller->sold_minor + deal->minor);
            buyer->bought_minor = cn__case_narrow(c, (cn__wide)buyer->bought_minor + deal->minor);
        }
    }
    out->total_minor = cn__case_narrow(c, total);
    return out->flows != NULL;
}

static void find_tiers(const cn__case *c, cn_map *out) {
    for (size_t i = 0; i < out->firm_count; i++) {
        out->firms[i].tier = out->firms[i].anchor || out->firms[i].final_maker ? 0 : CN_MAP_NO_TIER;
    }
    bool more = true;
    for (uint32_t tier = 1; more; tier++) {
        more = false;
        for (size_t i = 0; i < out->flow_count; i++) {
            const cn_map_firm *buyer = &out->firms[c->place[out->flows[i].to]];
            cn_map_firm *seller = &out->firms[c->place[out->flows[i].from]];
            if (buyer->tier == tier - 1 && seller->tier == CN_MAP_NO_TIER) {
                seller->tier = tier;
                more = true;
            }
        }
    }
}

static bool fill_bodies(const cn__case *c, cn_map *out) {
    size_t cap = 0;
    for (int round = 0; round < 2; round++) {
        cn_link_kind kind = round ? CN_LINK_SERVES : CN_LINK_MANAGES;
        for (cn_link link = 0; link < cn_link_count(c->net); link++) {
            if (cn_link_kind_of(c->net, link) != kind || cn_link_to(c->net, link) != c->subject ||
                cn__case_time(c, link) != CN_REASON_CONTRACT || cn__case_has(c, cn_link_from(c->net, link))) {
                continue;
            }
            if (!cn__grow((void **)&out->bodies, &cap, out->body_count, 1, sizeof *out->bodies)) {
                return false;
            }
            out->bodies[out->body_count++] = (cn_map_body){cn_link_from(c->net, link), link, round == 0};
        }
    }
    return true;
}

static int compare_parts(const void *a, const void *b) {
    const cn_map_part *x = a;
    const cn_map_part *y = b;
    if (x->project != y->project) {
        return x->project < y->project ? -1 : 1;
    }
    if (x->initiator != y->initiator) {
        return x->initiator ? -1 : 1;
    }
    return x->link < y->link ? -1 : x->link > y->link;
}

/* Projects in force in which participants have a part. */
static bool fill_parts(const cn__case *c, cn_map *out) {
    out->parts = cn__calloc(c->part_count ? c->part_count : 1, sizeof *out->parts);
    for (cn_link link = 0; link < cn_link_count(c->net) && out->parts; link++) {
        cn_entity firm = cn_link_from(c->net, link);
        for (size_t i = 0; i < c->part_count && cn_link_kind_of(c->net, link) == CN_LINK_PARTICIPANT; i++) {
            bool same = c->parts[i].project == cn_link_to(c->net, link) &&
                        c->members[c->parts[i].member].entity == firm && cn__case_time(c, link) == CN_REASON_CONTRACT;
            if (same && out->part_count < c->part_count) {
                bool initiator = cn_link_role(c->net, link) == CN_ROLE_INITIATOR;
                out->parts[out->part_count++] = (cn_map_part){c->parts[i].project, firm, initiator, link};
                break;
            }
        }
    }
    if (out->parts && out->part_count) {
        qsort(out->parts, out->part_count, sizeof *out->parts, compare_parts);
    }
    return out->parts != NULL;
}

static void find_gaps(cn__case *c, cn_map *out) {
    const cn_rule rule = {.quantity = CN_QUANTITY_MAP_GAPS,
                          .contracts = CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE) |
                                       CN_KIND_BIT(CN_LINK_PARTICIPANT)};
    cn_check check = {0};
    c->check = &check;
    (void)cn__measure_map_gaps(c, &rule);
    out->gaps = check.evidence;
    out->gap_count = check.evidence_count;
}

cn_status cn_map_compute(const cn_network *net, cn_entity cluster, const cn_check_options *options, cn_map *out,
                         cn_error *err) {
    static const cn_profile none = {.id = ""};
    cn__case c;
    *out = (cn_map){.cluster = cluster};
    if (cluster >= cn_entity_count(net) || cn_entity_kind_of(net, cluster) != CN_ENTITY_CLUSTER) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, RULES_NO_CLUSTER,
                         cluster < cn_entity_count(net) ? cn_entity_id(net, cluster) : "");
    }
    cn_status status = cn__case_begin(&c, net, cluster, &none, options, err);
    if (!status) {
        bool ok = fill_firms(&c, out) && fill_flows(&c, out) && fill_bodies(&c, out) && fill_parts(&c, out);
        if (ok) {
            find_tiers(&c, out);
            find_gaps(&c, out);
        }
        out->date = c.date;
        status = !ok || c.failed ? CN__NO_MEMORY(err) : c.beyond ? CN__FAIL0(err, CN_ERR_LIMIT, RULES_SUM) : CN_OK;
    }
    cn__case_release(&c);
    if (status) {
        cn_map_release(out);
    }
    return status;
}

void cn_map_release(cn_map *map) {
    cn__free(map->firms);
    cn__free(map->flows);
    cn__free(map->bodies);
    cn__free(map->parts);
    cn__free(map->gaps);
    *map = (cn_map){0};
}
