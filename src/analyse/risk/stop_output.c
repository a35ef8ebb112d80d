/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the buyer sells, by product, with its value a year: the declared value of `makes`, else the sales in the flows. When
 * no product has a value, one nameless product stands for all, worth the declared output, the sales or (assumed) the
 * purchases. Cost: O(products sold · (products sold + products bought)).
 */
#include "memory.h"
#include "stops.h"

typedef struct sold {
    uint32_t product; /* CN_NONE: the nameless one */
    double declared;
    double sales;
} sold;

static sold *sold_of(sold *list, size_t *count, uint32_t product) {
    for (size_t i = 0; i < *count; i++) {
        if (list[i].product == product) {
            return &list[i];
        }
    }
    list[*count] = (sold){.product = product};
    return &list[(*count)++];
}

static size_t different_sales(const cn_flows *flows, uint32_t firm) {
    size_t flow_count;
    const cn_flow *all = cn_flows_all(flows, &flow_count);
    size_t count;
    const uint32_t *from = cn_flows_from(flows, firm, &count);
    size_t different = 0;
    for (size_t i = 0; i < count; i++) {
        different += i == 0 || all[from[i]].product != all[from[i - 1]].product;
    }
    return different;
}

/* Products of the flows out of the buyer, then of its `makes`. NULL: memory. */
static sold *list_sold(const cn_upstream *up, size_t *count) {
    const cn_flows *flows = up->flows;
    const cn_network *net = cn_flows_network(flows);
    size_t item_count = 0;
    const cn_item *items =
        net ? cn_entity_items(net, cn_flows_entity(flows, up->buyer), CN_ITEM_MAKES, &item_count) : NULL;
    sold *list = cn__alloc(different_sales(flows, up->buyer) + item_count + 1, sizeof *list);
    *count = 0;
    if (!list) {
        return NULL;
    }
    size_t flow_count;
    const cn_flow *all = cn_flows_all(flows, &flow_count);
    size_t out_count;
    const uint32_t *from = cn_flows_from(flows, up->buyer, &out_count);
    for (size_t i = 0; i < out_count; i++) {
        const cn_flow *flow = &all[from[i]];
        if (i == 0 || flow->product != all[from[i - 1]].product) {
            list[(*count)++] = (sold){.product = flow->product};
        }
        list[*count - 1].sales += flow->value;
    }
    for (size_t i = 0; i < item_count; i++) {
        uint32_t product = cn_flows_product_find(flows, cn_item_text(net, &items[i]));
        if (product != CN_NONE && items[i].value_minor != CN_MONEY_NONE) {
            sold_of(list, count, product)->declared += (double)items[i].value_minor / 100;
        }
    }
    return list;
}

/* One nameless product in place of the list. */
static void use_total(cn__stop_output *output, const cn_upstream *up, sold *list, size_t *count) {
    double value = cn_flows_output(up->flows, up->buyer);
    if (!(value > 0)) {
        value = cn_flows_purchases(up->flows, up->buyer);
        output->assumed = true;
    }
    list[0] = (sold){.product = CN_NONE, .declared = value};
    *count = 1;
}

static bool fill_output(cn__stop_output *output, const cn_upstream *up, sold *list, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += list[i].declared + list[i].sales;
    }
    if (!(sum > 0)) {
        use_total(output, up, list, &count);
    }
    uint32_t groups = up->group_start[1];
    output->count = count;
    output->value = cn__alloc(count, sizeof *output->value);
    output->essential = cn__alloc(count, (size_t)groups * sizeof *output->essential);
    if (!output->value || !output->essential) {
        return false;
    }
    for (size_t q = 0; q < count; q++) {
        output->value[q] = list[q].declared > 0 ? list[q].declared : list[q].sales;
        output->sum += output->value[q];
        for (uint32_t g = 0; g < groups; g++) {
            uint32_t product = up->groups[g].product;
            cn_input_role role = list[q].product != CN_NONE ? cn_flows_role(up->flows, product, list[q].product)
                                                            : cn_flows_role_for(up->flows, product, up->buyer);
            output->essential[g * count + q] = role == CN_INPUT_ESSENTIAL;
        }
    }
    return true;
}

static bool fill_totals(cn__stop_output *output, const cn_upstream *up) {
    uint32_t groups = up->group_start[1];
    output->total = cn__calloc(groups, sizeof *output->total);
    output->home_outside = cn__calloc(groups, sizeof *output->home_outside);
    if (!output->total || !output->home_outside) {
        return false;
    }
    size_t count;
    const cn_flow *all = cn_flows_all(up->flows, &count);
    const cn_outside *outside = cn_flows_outside_of(up->flows, up->buyer, &count);
    size_t i = 0;
    for (uint32_t g = 0; g < groups; g++) { /* both are ordered by product */
        for (uint32_t a = up->groups[g].arc_start; a < up->groups[g + 1].arc_start; a++) {
            output->total[g] += all[up->arcs[a].flow].value;
        }
        while (i < count && outside[i].product < up->groups[g].product) {
            i++;
        }
        for (; i < count && outside[i].product == up->groups[g].product; i++) {
            output->total[g] += outside[i].value;
            output->home_outside[g] |= outside[i].origin != CN_ORIGIN_IMPORT;
        }
    }
    return true;
}

bool cn__stop_output_init(cn__stop_output *output, const cn_upstream *up) {
    *output = (cn__stop_output){0};
    size_t count;
    sold *list = list_sold(up, &count);
    bool ok = list && fill_output(output, up, list, count) && fill_totals(output, up);
    cn__free(list);
    return ok;
}

void cn__stop_output_release(cn__stop_output *output) {
    cn__free(output->value);
    cn__free(output->essential);
    cn__free(output->total);
    cn__free(output->home_outside);
    *output = (cn__stop_output){0};
}
