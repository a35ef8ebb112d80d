/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of coopnet critical share: the answer for all buyers, and the closer look at one of them. */
#ifndef CLI_CMD_CRITICAL_H
#define CLI_CMD_CRITICAL_H

#include "show_risk.h"

#include "coopnet/exposure.h"

typedef struct critical {
    cn_flows *flows;
    cn_critical found;
} critical;

/* One buyer seen closely. */
typedef struct critical_buyer {
    uint32_t firm;
    cn_exposure exposure; /* all it buys, whatever --product says */
    cn_upstream *up;
    cn_stops stops;
    cn_min_cut cut;
    cn_weak_points weak;
    cn_upstream_cycles cycles;
    cn_dominators dominators;
    double unknown; /* share of the purchases whose chain ends at an unknown supplier */
} critical_buyer;

cn_status critical_look(const session *s, const critical *c, uint32_t firm, critical_buyer *out, cn_error *err);
void critical_buyer_release(critical_buyer *buyer);

/* Does --product cover this product (or is it not given)? */
bool critical_wanted(const session *s, const critical *c, uint32_t product);

/*
 * The flows behind a row, ascending: by which what stops with the firm feeds the buyer and each other; where nothing stops,
 * what the firm sells within the chain. `*flows` is the caller's to free.
 */
cn_status critical_flows(const critical_buyer *buyer, const cn_critical_row *row, uint32_t **flows, size_t *count,
                         cn_error *err);

/* Key of a reason bit ("single_source"). */
enum { CRITICAL_REASONS = 8 };
const char *critical_reason_key(int bit);

/* Why a firm is critical, in words; replaces what is in `out`. */
void critical_why(const session *s, const critical *c, const cn_critical_row *row, cn_buf *out);

/* Parts of the text. */
cn_status critical_write_purchases(session *s, const critical *c, const cn_exposure *exposure, cn_error *err);
void critical_write_weak(session *s, const critical *c, const critical_buyer *buyer);

cn_status critical_write_text(session *s, const critical *c, cn_error *err);
cn_status critical_write_json(session *s, const critical *c, cn_error *err);
cn_status critical_write_csv(session *s, const critical *c, cn_error *err);

#endif
