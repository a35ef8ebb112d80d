/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coopnet critical: why a firm is critical, in words, from the reason bits and the losses of its row. */
#include "cmd_critical.h"

typedef enum loss_kind { LOSS_SINGLE, LOSS_BLOCKED, LOSS_FOREIGN, LOSS_ANY } loss_kind;

static bool is_only_supplier(const critical *c, const cn_critical_row *row, uint32_t product) {
    size_t count = 0;
    uint32_t others = 0;
    bool own = false;
    const cn_flow *flows = cn_flows_into(c->flows, row->buyer, &count);
    for (size_t i = 0; i < count; i++) {
        own = own || (flows[i].product == product && flows[i].from == row->firm);
        others += flows[i].product == product && flows[i].from != row->firm;
    }
    return own && !others;
}

static bool is_loss(const critical *c, const cn_critical_row *row, const cn_stop_loss *loss, loss_kind kind) {
    bool single = loss->blocked && is_only_supplier(c, row, loss->product);
    switch (kind) {
    case LOSS_SINGLE:
        return single;
    case LOSS_BLOCKED:
        return loss->blocked && !single;
    case LOSS_FOREIGN:
        return loss->only_foreign && !loss->blocked;
    case LOSS_ANY:
        break;
    }
    return true;
}

/* Codes of the products that a row loses in this way; false: none. */
static bool loss_codes(const session *s, const critical *c, const cn_critical_row *row, loss_kind kind, cn_buf *out) {
    out->len = 0;
    cn_buf_add_text(out, "");
    for (uint32_t i = 0; i < row->loss_count; i++) {
        const cn_stop_loss *loss = &c->found.losses[row->loss_start + i];
        if (is_loss(c, row, loss, kind)) {
            cn_buf_add_text(out, out->len ? ", " : "");
            risk_product(s, c->flows, row->buyer, loss->product, RISK_OF, out);
        }
    }
    return out->len > 0;
}

static void add_reason(const session *s, cn_buf *out, cli_text id, const char *first, const char *second) {
    cn_buf_add_text(out, out->len ? "; " : "");
    text_add(out, s->lang, id, first, second, END);
}

/* The largest lost share, for a firm that stops no product altogether. */
static void add_worst_share(const session *s, const critical *c, const cn_critical_row *row, cn_buf *out) {
    for (uint32_t i = 0; i < row->loss_count; i++) {
        const cn_stop_loss *loss = &c->found.losses[row->loss_start + i];
        if (loss->product == row->product) {
            cn_buf share = {0};
            cn_buf name = {0};
            risk_percent(s, loss->share, &share);
            risk_product(s, c->flows, row->buyer, row->product, RISK_OF, &name);
            add_reason(s, out, TEXT_WHY_SHARE, name.data ? name.data : "", share.data ? share.data : "");
            out->failed = out->failed || share.failed || name.failed;
            cn_buf_release(&share);
            cn_buf_release(&name);
        }
    }
}

static void add_dominated(const session *s, const critical *c, const cn_critical_row *row, cn_buf *out) {
    cn_buf name = {0};
    if (row->product == CN_NONE) {
        cn_buf_add_text(&name, text_of(s->lang, TEXT_WHY_EVERYTHING));
    } else {
        risk_product(s, c->flows, row->buyer, row->product, RISK_OF, &name);
    }
    add_reason(s, out, TEXT_WHY_DOMINATOR, name.data ? name.data : "", END);
    out->failed = out->failed || name.failed;
    cn_buf_release(&name);
}

static void add_days(const session *s, const cn_critical_row *row, cn_buf *out) {
    cn_buf recovery = {0};
    cn_buf stock = {0};
    cn_format_number(&recovery, s->lang, row->recovery_days, 0);
    cn_format_number(&stock, s->lang, row->stock_days, 0);
    add_reason(s, out, TEXT_WHY_SLOW, recovery.data ? recovery.data : "", stock.data ? stock.data : "");
    out->failed = out->failed || recovery.failed || stock.failed;
    cn_buf_release(&recovery);
    cn_buf_release(&stock);
}

void critical_why(const session *s, const critical *c, const cn_critical_row *row, cn_buf *out) {
    cli_digits digits;
    cn_buf codes = {0};
    bool hidden = row->reasons & CN_CRITICAL_HIDDEN;
    bool stops = row->reasons & (CN_CRITICAL_STOPS | CN_CRITICAL_SINGLE_SOURCE);
    bool told = false; /* which products stop */
    out->len = 0;
    cn_buf_add_text(out, "");
    if (loss_codes(s, c, row, LOSS_SINGLE, &codes)) {
        add_reason(s, out, TEXT_WHY_SINGLE, codes.data, END);
    }
    if (loss_codes(s, c, row, LOSS_BLOCKED, &codes)) {
        add_reason(s, out, hidden ? TEXT_WHY_HIDDEN_STOPS : TEXT_WHY_STOPS, codes.data, END);
        told = true;
    }
    if (row->reasons & CN_CRITICAL_DIAMOND && loss_codes(s, c, row, LOSS_ANY, &codes)) {
        add_reason(s, out, told ? TEXT_WHY_DIAMOND_SHORT : TEXT_WHY_DIAMOND, digits_of(digits, row->direct_stopped),
                   codes.data);
    }
    if (row->reasons & CN_CRITICAL_DOMINATOR && !stops) {
        add_dominated(s, c, row, out);
    }
    if (row->reasons & CN_CRITICAL_LAST_DOMESTIC && loss_codes(s, c, row, LOSS_FOREIGN, &codes)) {
        add_reason(s, out, TEXT_WHY_LAST_DOMESTIC, codes.data, END);
    }
    if (!out->len) {
        add_worst_share(s, c, row, out);
    }
    if (row->reasons & CN_CRITICAL_FOREIGN) {
        add_reason(s, out, TEXT_WHY_FOREIGN, END, END);
    }
    if (row->reasons & CN_CRITICAL_SLOW) {
        add_days(s, row, out);
    }
    out->failed = out->failed || codes.failed;
    cn_buf_release(&codes);
}
