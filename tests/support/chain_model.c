/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slow second implementation of the chain graph; see chain_model.h. */
#include "chain_model.h"

#include "check.h"
#include "coopnet/builder.h"

#include <stdio.h>
#include <string.h>

uint32_t chain_model_firm(const chain_model *m, uint32_t pair) { return pair == m->n ? m->buyer : pair / m->products; }

static cn_input_role role_in(const chain_model *m, uint32_t pair, uint32_t product) {
    return pair == m->n ? cn_flows_role_for(m->flows, product, m->buyer)
                        : cn_flows_role(m->flows, product, pair % m->products);
}

/* Does the flow go into the pair? */
static bool feeds(const chain_model *m, const cn_flow *flow, uint32_t pair) {
    uint32_t supplier = flow->from * m->products + flow->product;
    if (flow->to != chain_model_firm(m, pair) || flow->from == m->buyer || supplier == pair) {
        return false;
    }
    return pair == m->n || role_in(m, pair, flow->product) != CN_INPUT_IRRELEVANT;
}

static void find_sources(chain_model *m) {
    static bool above[MODEL_MAX + 1][MODEL_MAX + 1]; /* [x][y]: y lies upstream of x */
    for (uint32_t x = 0; x <= m->n; x++) {
        for (uint32_t y = 0; y <= m->n; y++) {
            above[x][y] = m->value[y][x] > 0;
        }
    }
    for (uint32_t k = 0; k <= m->n; k++) {
        for (uint32_t x = 0; x <= m->n; x++) {
            for (uint32_t y = 0; y <= m->n; y++) {
                above[x][y] |= above[x][k] && above[k][y];
            }
        }
    }
    for (uint32_t x = 0; x < m->n; x++) {
        m->source[x] = m->in[x];
        for (uint32_t y = 0; y < m->n; y++) {
            m->source[x] &= !above[x][y] || above[y][x];
        }
    }
}

static void add_outside(chain_model *m, uint32_t pair) {
    size_t count;
    const cn_outside *rows = cn_flows_outside_of(m->flows, chain_model_firm(m, pair), &count);
    double unknown = 0;
    for (size_t i = 0; i < count; i++) {
        if (pair != m->n && role_in(m, pair, rows[i].product) == CN_INPUT_IRRELEVANT) {
            continue;
        }
        m->outside[pair][rows[i].product] = true;
        if (rows[i].origin == CN_ORIGIN_NONE) {
            m->known[pair] += rows[i].value;
        } else {
            unknown += rows[i].value;
        }
    }
    m->unknown[pair] = unknown > 0 ? unknown / (unknown + m->known[pair]) : 0;
}

void chain_model_build(chain_model *m, const cn_flows *flows, uint32_t buyer) {
    memset(m, 0, sizeof *m);
    m->flows = flows;
    m->buyer = buyer;
    m->firms = cn_flows_firm_count(flows);
    m->products = cn_flows_product_count(flows);
    m->n = m->firms * m->products;
    CHECK(m->n <= MODEL_MAX);
    size_t count;
    const cn_flow *all = cn_flows_all(flows, &count);
    m->in[m->n] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < count; i++) {
            uint32_t supplier = all[i].from * m->products + all[i].product;
            for (uint32_t pair = 0; pair <= m->n; pair++) {
                if (m->in[pair] && feeds(m, &all[i], pair) && m->value[supplier][pair] <= 0) {
                    m->value[supplier][pair] = all[i].value;
                    m->essential[supplier][pair] = role_in(m, pair, all[i].product) == CN_INPUT_ESSENTIAL;
                    m->known[pair] += all[i].value;
                    m->in[supplier] = more = true;
                }
            }
        }
    }
    find_sources(m);
    for (uint32_t pair = 0; pair <= m->n; pair++) {
        if (m->in[pair]) {
            add_outside(m, pair);
        }
    }
}

static bool sells(const random_trade *trade, uint32_t firm, uint32_t product, uint64_t *seed) {
    return trade->one_product ? firm % trade->products == product : check_below(seed, 2) == 0;
}

cn_flows *random_flows(const random_trade *trade, uint64_t *seed) {
    static cn_flow flow[MODEL_MAX * MODEL_MAX];
    static cn_table_row rows[MODEL_MAX];
    cn_flows_arrays arrays = {
        .firm_count = trade->firms, .product_count = trade->products, .flows = flow, .table = rows};
    for (uint32_t from = 0; from < trade->firms; from++) {
        for (uint32_t product = 0; product < trade->products; product++) {
            if (!sells(trade, from, product, seed)) {
                continue;
            }
            for (uint32_t to = 0; to < trade->firms; to++) {
                if (to != from && check_below(seed, 100) < trade->percent) {
                    double value = 1 + check_below(seed, 9);
                    flow[arrays.flow_count++] = (cn_flow){.from = from, .to = to, .product = product, .value = value};
                }
            }
        }
    }
    for (uint32_t p = 0; trade->table && p < trade->products; p++) {
        for (uint32_t q = 0; q < trade->products; q++) {
            if (check_below(seed, 3) == 0) {
                rows[arrays.table_count++] =
                    (cn_table_row){p, q, check_below(seed, 3) ? CN_INPUT_ESSENTIAL : CN_INPUT_NONESSENTIAL};
            }
        }
    }
    cn_flows *flows;
    CHECK_INT(cn_flows_from_arrays(&arrays, NULL, &flows, NULL), CN_OK);
    return flows;
}

static void add_needs(cn_builder *builder, cn_entity firm, const random_trade *trade, uint64_t *seed) {
    static const cn_origin origins[] = {CN_ORIGIN_DOMESTIC, CN_ORIGIN_IMPORT, CN_ORIGIN_UNKNOWN};
    for (uint32_t p = 0; p < trade->products; p++) {
        if (check_below(seed, 4) == 0) {
            char code[16];
            snprintf(code, sizeof code, "p%u", p);
            cn_item item = {.owner = firm,
                            .kind = CN_ITEM_NEEDS,
                            .value_minor = 100 * (int64_t)(1 + check_below(seed, 30)),
                            .capacity_minor = CN_MONEY_NONE,
                            .origin = origins[check_below(seed, 3)]};
            CHECK_INT(cn_builder_add_item(builder, &item, code, NULL), CN_OK);
        }
    }
}

cn_flows *random_network_flows(const random_trade *trade, uint64_t *seed, cn_network **net) {
    cn_flows *plain = random_flows(trade, seed);
    cn_builder *builder;
    CHECK_INT(cn_builder_create(&builder, NULL), CN_OK);
    char text[16];
    cn_entity entity;
    for (uint32_t f = 0; f < trade->firms; f++) {
        snprintf(text, sizeof text, "f%u", f);
        CHECK_INT(cn_builder_add_entity(builder, CN_ENTITY_COMPANY, text, NULL, &entity, NULL), CN_OK);
        CHECK_INT(cn_builder_add_money(builder, CN_OWNER_ENTITY, entity, CN_FIELD_OUTPUT, 100000, NULL), CN_OK);
        add_needs(builder, entity, trade, seed);
    }
    size_t count;
    const cn_flow *all = cn_flows_all(plain, &count);
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "p%u", all[i].product);
        cn_link_spec spec = {.from = all[i].from,
                             .to = all[i].to,
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = (int64_t)all[i].value * 100,
                             .product = text};
        cn_link link;
        CHECK_INT(cn_builder_add_link(builder, &spec, &link, NULL), CN_OK);
    }
    CHECK_INT(cn_builder_finish(builder, net, NULL), CN_OK);
    cn_builder_free(builder);
    cn_flows_free(plain);
    cn_flows *flows;
    CHECK_INT(cn_flows_create(*net, NULL, &flows, NULL), CN_OK);
    return flows;
}
