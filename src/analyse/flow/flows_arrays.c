/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Flows from the arrays of a program. Rows are copied once, without those whose value is no positive number; the rest
 * is that of flows_sort.c. Cost: O(V + P + E), 24 bytes a flow beside the result.
 */
#include <math.h>
#include <string.h>

#include "buf.h"
#include "error.h"
#include "flows_impl.h"
#include "number.h"

static bool copy_doubles(const double *from, uint32_t count, double **out) {
    if (from == NULL) {
        return true;
    }
    *out = cn__alloc(count, sizeof **out);
    if (*out == NULL) {
        return false;
    }
    memcpy(*out, from, count * sizeof *from);
    return true;
}

static bool copy_firms(const cn_flows_arrays *arrays, cn__trade *trade) {
    trade->firm_count = arrays->firm_count;
    if (arrays->foreign != NULL) {
        trade->foreign = cn__alloc(arrays->firm_count, sizeof *trade->foreign);
        if (trade->foreign == NULL) {
            return false;
        }
        memcpy(trade->foreign, arrays->foreign, arrays->firm_count * sizeof *trade->foreign);
    }
    return copy_doubles(arrays->output, arrays->firm_count, &trade->output) &&
           copy_doubles(arrays->headcount, arrays->firm_count, &trade->headcount) &&
           copy_doubles(arrays->stock_days, arrays->firm_count, &trade->stock_days) &&
           copy_doubles(arrays->recovery_days, arrays->firm_count, &trade->recovery_days);
}

static bool copy_products(const cn_flows_arrays *arrays, const cn_flows_options *options, cn__trade *trade) {
    trade->product_count = arrays->product_count;
    trade->default_nonessential = options != NULL && options->default_nonessential;
    for (uint32_t p = 0; arrays->codes != NULL && p < arrays->product_count; p++) {
        if (!cn__strmap_add(&trade->codes, arrays->codes[p], strlen(arrays->codes[p]), p, NULL)) {
            return false;
        }
        trade->named_count++;
    }
    bool ignore = options != NULL && options->ignore_product_table;
    return cn__trade_index(trade, arrays->table, ignore ? 0 : arrays->table_count);
}

static cn_status bad_number(size_t index, cn_error *err) {
    cn_buf text = {0};
    cn__format_u64(&text, index);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, FLOWS_BAD_NUMBER, text.failed ? "" : text.data);
    cn_buf_release(&text);
    return status;
}

static cn_status check_numbers(const cn_flows_arrays *arrays, cn_error *err) {
    for (size_t i = 0; i < arrays->flow_count; i++) {
        const cn_flow *flow = &arrays->flows[i];
        if (flow->from >= arrays->firm_count || flow->to >= arrays->firm_count ||
            flow->product >= arrays->product_count) {
            return bad_number(i, err);
        }
    }
    for (size_t i = 0; i < arrays->table_count; i++) {
        if (arrays->table[i].output >= arrays->product_count || arrays->table[i].input >= arrays->product_count) {
            return bad_number(i, err);
        }
    }
    for (size_t i = 0; i < arrays->outside_count; i++) {
        if (arrays->outside[i].buyer >= arrays->firm_count || arrays->outside[i].product >= arrays->product_count) {
            return bad_number(i, err);
        }
    }
    return CN_OK;
}

/* The good rows; NULL: memory. */
static cn_flow *good_rows(cn_flows *flows, const cn_flows_arrays *arrays, size_t *count) {
    *count = 0;
    cn_flow *rows = cn__alloc(arrays->flow_count, sizeof *rows);
    for (size_t i = 0; rows != NULL && i < arrays->flow_count; i++) {
        cn_flow flow = arrays->flows[i];
        if (flow.value > 0 && isfinite(flow.value)) {
            flow.link = CN_NONE;
            rows[(*count)++] = flow;
            continue;
        }
        cn_remark remark = {.message = CN_MSG_FLOWS_BAD_VALUE,
                            .firm = flow.from,
                            .product = flow.product,
                            .other = flow.to,
                            .value = flow.value};
        if (!cn__remarks_add(&flows->remarks, &remark)) {
            cn__free(rows);
            rows = NULL;
        }
    }
    return rows;
}

static bool copy_outside(const cn_flows_arrays *arrays, cn_flows *flows) {
    flows->outside = cn__alloc(arrays->outside_count, sizeof *flows->outside);
    if (flows->outside == NULL) {
        return false;
    }
    flows->outside_count = arrays->outside_count;
    if (arrays->outside_count > 0) {
        memcpy(flows->outside, arrays->outside, arrays->outside_count * sizeof *flows->outside);
    }
    return cn__flows_index_outside(flows);
}

cn_status cn_flows_from_arrays(const cn_flows_arrays *arrays, const cn_flows_options *options, cn_flows **out,
                               cn_error *err) {
    *out = NULL;
    cn_flow *rows = NULL;
    size_t count = 0;
    cn_status status = check_numbers(arrays, err);
    cn_flows *flows = status == CN_OK ? cn__calloc(1, sizeof *flows) : NULL;
    if (flows == NULL) {
        return status != CN_OK ? status : CN__NO_MEMORY(err);
    }
    flows->own = cn__calloc(1, sizeof *flows->own);
    flows->trade = flows->own;
    if (flows->own == NULL || !copy_firms(arrays, flows->own) || !copy_products(arrays, options, flows->own) ||
        (rows = good_rows(flows, arrays, &count)) == NULL) {
        status = CN__NO_MEMORY(err);
        goto done;
    }
    status = cn__flows_index(flows, rows, count, false, err);
    if (status == CN_OK && (!copy_outside(arrays, flows) || !cn__flows_judge(flows))) {
        status = CN__NO_MEMORY(err);
    }
done:
    cn__free(rows);
    if (status == CN_OK) {
        *out = flows;
    } else {
        cn_flows_free(flows);
    }
    return status;
}
