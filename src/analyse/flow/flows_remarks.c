/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remarks: what in the data an answer depends on. They lie in the order in which they were found, which is that of the
 * firms, and at most 100 of one message are kept. Finding those of flows costs O(V + E).
 */
#include <math.h>
#include <string.h>

#include "buf.h"
#include "error.h"
#include "flows_impl.h"
#include "number.h"

enum { REMARKS_PER_MESSAGE = 100, REMARK_ARGS = 5 };

/* Relative slack within which sales and output count as equal: both are sums of rounded money. */
static const double same_money = 1e-12;

bool cn__remarks_add(cn__remarks *remarks, const cn_remark *remark) {
    size_t same = 0;
    for (size_t i = 0; i < remarks->count; i++) {
        same += remarks->rows[i].message == remark->message;
    }
    if (same >= REMARKS_PER_MESSAGE) {
        return true;
    }
    if (!cn__grow((void **)&remarks->rows, &remarks->cap, remarks->count, 1, sizeof *remarks->rows)) {
        return false;
    }
    remarks->rows[remarks->count++] = *remark;
    return true;
}

const cn_remark *cn_flows_remarks(const cn_flows *flows, size_t *count) {
    const cn_flows *owner = flows->base != NULL ? flows->base : flows;
    *count = owner->remarks.count;
    return owner->remarks.rows;
}

static void add_firm(const cn_flows *flows, uint32_t firm, cn_buf *out) {
    if (firm != CN_NONE && flows->trade->net != NULL) {
        cn_buf_add_text(out, cn_entity_name(flows->trade->net, flows->trade->entity[firm]));
    } else if (firm != CN_NONE) {
        cn__buf_add_char(out, '#');
        cn__format_u64(out, firm);
    }
    cn__buf_add_char(out, '\0');
}

static void add_value(double value, cn_buf *out) {
    cn_format_exact(out, value);
    cn__buf_add_char(out, '\0');
}

void cn_remark_text(const cn_flows *flows, const cn_remark *remark, cn_lang lang, cn_buf *out) {
    cn_buf parts = {0};
    add_firm(flows, remark->firm, &parts);
    cn_buf_add_text(&parts, remark->product != CN_NONE ? cn_flows_product_code(flows, remark->product) : "");
    cn__buf_add_char(&parts, '\0');
    add_value(remark->value, &parts);
    add_value(remark->second, &parts);
    add_firm(flows, remark->other, &parts);
    if (parts.failed) {
        out->failed = true;
    } else {
        const char *args[REMARK_ARGS];
        const char *next = parts.data;
        for (size_t i = 0; i < REMARK_ARGS; i++) {
            args[i] = next;
            next += strlen(next) + 1;
        }
        cn_text_format(out, lang, cn__message_pattern(remark->message, lang), REMARK_ARGS, args);
    }
    cn_buf_release(&parts);
}

static bool judge_output(cn_flows *flows, uint32_t firm) {
    double output = cn_flows_output(flows, firm);
    cn_remark remark = {.firm = firm, .product = CN_NONE, .other = CN_NONE, .value = output};
    if (!isnan(output) && !(output >= 0 && isfinite(output))) {
        remark.message = CN_MSG_FLOWS_BAD_OUTPUT;
        flows->own->output[firm] = (double)NAN;
        return cn__remarks_add(&flows->remarks, &remark);
    }
    if (output < flows->sales[firm] * (1 - same_money)) {
        remark.message = CN_MSG_OUTPUT_BELOW_SALES;
        remark.second = flows->sales[firm];
        return cn__remarks_add(&flows->remarks, &remark);
    }
    return true;
}

/* A firm that buys, and sells something that the table does not say how to make. */
static bool judge_products(cn_flows *flows, uint32_t firm) {
    size_t count;
    const uint32_t *sold = cn_flows_from(flows, firm, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t product = flows->flow[sold[i]].product;
        bool first = i == 0 || product != flows->flow[sold[i - 1]].product;
        if (first && product < flows->trade->named_count && !cn__trade_has_rows(flows->trade, product)) {
            cn_remark remark = {
                .message = CN_MSG_FLOWS_NOT_IN_TABLE, .firm = firm, .product = product, .other = CN_NONE};
            if (!cn__remarks_add(&flows->remarks, &remark)) {
                return false;
            }
        }
    }
    return true;
}

bool cn__flows_judge(cn_flows *flows) {
    bool ok = true;
    for (uint32_t firm = 0; firm < flows->trade->firm_count && ok; firm++) {
        ok = judge_output(flows, firm);
    }
    for (uint32_t firm = 0; firm < flows->trade->firm_count && ok && flows->trade->row_start != NULL; firm++) {
        bool buys = flows->into_start[firm + 1] > flows->into_start[firm];
        ok = !buys || judge_products(flows, firm);
    }
    return ok;
}
