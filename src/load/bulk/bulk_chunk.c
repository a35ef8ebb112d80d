/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of a piece of a table. Invariant: every column that the table has, has room for row_cap rows, of which row_count are filled;
 * the others have none. Amortised O(1) a row.
 */
#include "bulk.h"

#include "memory.h"

#include <string.h>

static bool resize(void **column, size_t count, size_t size) {
    void *grown = cn__realloc(*column, count, size);
    *column = grown ? grown : *column;
    return grown != NULL;
}

bool cn__bulk_chunk_make_room(const cn__bulk_plan *plan, cn__bulk_chunk *chunk) {
    if (chunk->row_count < chunk->row_cap) {
        return true;
    }
    size_t cap = chunk->row_cap > 0 ? 2 * chunk->row_cap : 64;
    struct {
        bool wanted;
        void *column;
        size_t size;
    } columns[] = {{true, &chunk->at, sizeof *chunk->at},
                   {true, &chunk->line, sizeof *chunk->line},
                   {true, (void *)&chunk->ids, 2 * sizeof *chunk->ids},
                   {true, &chunk->id_lens, 2 * sizeof *chunk->id_lens},
                   {true, &chunk->ends, 2 * sizeof *chunk->ends},
                   {plan->has[CN__SPEC_VALUE], &chunk->value, sizeof *chunk->value},
                   {plan->has[CN__SPEC_PRODUCT], &chunk->product, sizeof *chunk->product},
                   {plan->has[CN__SPEC_SOURCE], &chunk->source, sizeof *chunk->source},
                   {plan->has[CN__SPEC_SINCE], &chunk->since, sizeof *chunk->since},
                   {plan->has[CN__SPEC_UNTIL], &chunk->until, sizeof *chunk->until},
                   {plan->has[CN__SPEC_KIND], &chunk->kind, sizeof *chunk->kind},
                   {plan->has[CN__SPEC_STATUS], &chunk->status, sizeof *chunk->status},
                   {plan->has[CN__SPEC_ROLE], &chunk->role, sizeof *chunk->role}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        void *column; /* the pointers have other types: read and written as bytes, which any type allows */
        memcpy(&column, columns[i].column, sizeof column);
        bool grown = !columns[i].wanted || resize(&column, cap, columns[i].size);
        memcpy(columns[i].column, &column, sizeof column);
        if (!grown) {
            return false;
        }
    }
    chunk->row_cap = cap;
    return true;
}

void cn__bulk_chunk_begin_row(const cn__bulk_plan *plan, cn__bulk_chunk *chunk) {
    size_t row = chunk->row_count;
    if (plan->has[CN__SPEC_VALUE]) {
        chunk->value[row] = CN_MONEY_NONE;
    }
    if (plan->has[CN__SPEC_PRODUCT]) {
        chunk->product[row] = 0;
    }
    if (plan->has[CN__SPEC_SOURCE]) {
        chunk->source[row] = 0;
    }
    if (plan->has[CN__SPEC_SINCE]) {
        chunk->since[row] = CN_DATE_NONE;
    }
    if (plan->has[CN__SPEC_UNTIL]) {
        chunk->until[row] = CN_DATE_NONE;
    }
    if (plan->has[CN__SPEC_KIND]) {
        chunk->kind[row] = UINT8_MAX; /* must be given */
    }
    if (plan->has[CN__SPEC_STATUS]) {
        chunk->status[row] = CN_STATUS_NONE;
    }
    if (plan->has[CN__SPEC_ROLE]) {
        chunk->role[row] = CN_ROLE_NONE;
    }
}

bool cn__bulk_chunk_note_text(cn__bulk_chunk *chunk, const char *text, size_t len, bool is_source) {
    if (!cn__grow((void **)&chunk->texts, &chunk->text_cap, chunk->text_count, 1, sizeof *chunk->texts)) {
        chunk->failed = true;
        return false;
    }
    size_t at = chunk->text_count++;
    uint32_t row = (uint32_t)chunk->row_count;
    /* The builder keeps the product first, wherever its column stands. */
    if (!is_source && at > 0 && chunk->texts[at - 1].row == row) {
        chunk->texts[at] = chunk->texts[at - 1];
        at--;
    }
    chunk->texts[at] = (cn__bulk_text){row, (uint32_t)len, text, is_source};
    return true;
}

cn__link_columns cn__bulk_links(const cn__bulk_plan *plan, const cn__bulk_chunk *chunk) {
    const bool *has = plan->has;
    return (cn__link_columns){.count = chunk->row_count,
                              .ends = chunk->ends,
                              .to_first = plan->to_first,
                              .value = has[CN__SPEC_VALUE] ? chunk->value : NULL,
                              .product = has[CN__SPEC_PRODUCT] ? chunk->product : NULL,
                              .source = has[CN__SPEC_SOURCE] ? chunk->source : NULL,
                              .since = has[CN__SPEC_SINCE] ? chunk->since : NULL,
                              .until = has[CN__SPEC_UNTIL] ? chunk->until : NULL,
                              .kind = has[CN__SPEC_KIND] ? chunk->kind : NULL,
                              .status = has[CN__SPEC_STATUS] ? chunk->status : NULL,
                              .role = has[CN__SPEC_ROLE] ? chunk->role : NULL};
}

cn__link_columns cn__bulk_link(const cn__bulk_plan *plan, const cn__bulk_chunk *chunk, size_t row) {
    cn__link_columns all = cn__bulk_links(plan, chunk);
    return (cn__link_columns){.count = 1,
                              .ends = all.ends + 2 * row,
                              .to_first = all.to_first,
                              .value = all.value ? all.value + row : NULL,
                              .product = all.product ? all.product + row : NULL,
                              .source = all.source ? all.source + row : NULL,
                              .since = all.since ? all.since + row : NULL,
                              .until = all.until ? all.until + row : NULL,
                              .kind = all.kind ? all.kind + row : NULL,
                              .status = all.status ? all.status + row : NULL,
                              .role = all.role ? all.role + row : NULL};
}

void cn__bulk_chunk_release(cn__bulk_chunk *chunk) {
    cn__free(chunk->at);
    cn__free(chunk->line);
    cn__free((void *)chunk->ids);
    cn__free(chunk->id_lens);
    cn__free(chunk->ends);
    cn__free(chunk->value);
    cn__free(chunk->product);
    cn__free(chunk->source);
    cn__free(chunk->since);
    cn__free(chunk->until);
    cn__free(chunk->kind);
    cn__free(chunk->status);
    cn__free(chunk->role);
    cn__free(chunk->odd);
    cn__free(chunk->texts);
    cn__free(chunk->unknown);
    memset(chunk, 0, sizeof *chunk);
}
