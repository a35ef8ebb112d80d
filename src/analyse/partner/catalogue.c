/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue of products made and needed. What an organisation says itself (`makes`, `needs`) comes first; what its
 * supplies show fills in what it does not say; then what its products are made from by the product table; a line of business
 * (OKVED) only where nothing else is known of what it makes. The rows of one organisation stand together; a second
 * order by code finds all that could fit a code in a run, because the codes of a group begin alike.
 */
#include "catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "coopnet/flows.h"
#include "coopnet/ident.h"
#include "error.h"
#include "memory.h"
#include "strmap.h"

/* ---- codes ---- */

static size_t digits(const char *code) {
    size_t count = 0;
    for (; *code != '\0'; code++) {
        count += *code != '.';
    }
    return count;
}

/* Letters of a code that its levels of `wanted` digits take: 2, 3, 4, 5, 6 → 2, 4, 5, 7, 8. */
static size_t letters(size_t wanted) {
    static const size_t length[] = {0, 0, 2, 4, 5, 7, 8};
    return length[wanted];
}

size_t cn__code_group(const char *code) {
    size_t len = strlen(code);
    return cn_okpd2_valid(code) && len > letters(4) ? letters(4) : len;
}

/* Digits of the deepest level that two OKPD2 codes share. */
static size_t shared_level(const char *a, const char *b) {
    for (size_t level = 6; level >= 2; level--) {
        size_t len = letters(level);
        if (strlen(a) >= len && strlen(b) >= len && strncmp(a, b, len) == 0) {
            return level;
        }
    }
    return 0;
}

double cn_product_fit(const char *made, const char *need) {
    if (cn_product_covers(need, made)) {
        return need[0] != '\0';
    }
    if (!cn_okpd2_valid(made) || !cn_okpd2_valid(need)) {
        return 0;
    }
    if (cn_product_covers(made, need)) {
        return (double)digits(made) / (double)digits(need);
    }
    size_t shared = shared_level(made, need);
    return shared >= 4 ? 0.5 * (double)shared / (double)digits(need) : 0;
}

/* What is only planned counts for less; a line of business says at best that the group could fit: never as much as a product. */
double cn__ware_fit(const cn__ware *made, const char *need) {
    if (made->evidence == CN_PARTNER_BY_PLAN) {
        return 0.8 * cn_product_fit(made->code, need);
    }
    if (made->evidence != CN_PARTNER_BY_OKVED) {
        return cn_product_fit(made->code, need);
    }
    size_t shared = cn_okpd2_valid(made->code) && cn_okpd2_valid(need) ? shared_level(made->code, need) : 0;
    return shared >= 4 ? 0.5 * 4 / (double)(digits(need) > 4 ? digits(need) : 4) : 0;
}

/* ---- filling ---- */

static bool push(cn__wares *wares, const cn__ware *row) {
    if (!cn__grow((void **)&wares->rows, &wares->cap, wares->count, 1, sizeof *row)) {
        return false;
    }
    wares->rows[wares->count++] = *row;
    return true;
}

static double money(int64_t minor) { return minor == CN_MONEY_NONE ? (double)NAN : (double)minor / 100.0; }

static bool add_items(const cn_network *net, cn_entity org, cn_item_kind kind, cn__wares *wares) {
    size_t count;
    const cn_item *items = cn_entity_items(net, org, kind, &count);
    for (size_t i = 0; i < count; i++) {
        cn__ware row = {.code = cn_item_text(net, &items[i]),
                        .org = org,
                        .evidence = CN_PARTNER_BY_DECLARATION,
                        .origin = items[i].origin,
                        .value = money(items[i].value_minor),
                        .capacity = kind == CN_ITEM_MAKES ? money(items[i].capacity_minor) : (double)NAN};
        if (!push(wares, &row)) {
            return false;
        }
    }
    return true;
}

/* Do rows `from` … `end`-1 say it already, or something more exact? */
static bool has_code(const cn__wares *wares, uint32_t from, uint32_t end, const char *code) {
    for (uint32_t i = from; i < end; i++) {
        if (cn_product_covers(code, wares->rows[i].code)) {
            return true;
        }
    }
    return false;
}

/* Links of one organisation, by its side of them. */
typedef struct trades {
    uint32_t *start; /* by entity */
    cn_link *link;
} trades;

static bool is_trade(const cn_network *net, cn_link link) {
    cn_link_kind kind = cn_link_kind_of(net, link);
    return (kind == CN_LINK_SUPPLY || kind == CN_LINK_SERVICE) && cn_link_product(net, link)[0] != '\0';
}

/* Sold, bought, planned to be sold, or what a product is made from. */
typedef enum trade_side { SOLD, BOUGHT, PLANNED, INPUTS, SIDES } trade_side;

static bool counts(const cn_network *net, cn_link link, trade_side side) {
    if (side == INPUTS || side == PLANNED) {
        return side == INPUTS ? cn_link_kind_of(net, link) == CN_LINK_MADE_FROM
                              : is_trade(net, link) && cn_link_status_of(net, link) == CN_STATUS_PLANNED;
    }
    return is_trade(net, link) && cn__in_force(net, link);
}

static bool sort_links(const cn_network *net, trade_side side, trades *out) {
    uint32_t n = cn_entity_count(net);
    uint32_t links = cn_link_count(net);
    out->start = cn__calloc((size_t)n + 2, sizeof *out->start);
    out->link = cn__alloc(links, sizeof *out->link);
    if (out->start == NULL || out->link == NULL) {
        return false;
    }
    for (cn_link l = 0; l < links; l++) {
        out->start[(side == BOUGHT ? cn_link_to(net, l) : cn_link_from(net, l)) + 2] += counts(net, l, side);
    }
    for (uint32_t e = 0; e < n; e++) {
        out->start[e + 2] += out->start[e + 1];
    }
    for (cn_link l = 0; l < links; l++) {
        if (counts(net, l, side)) {
            out->link[out->start[(side == BOUGHT ? cn_link_to(net, l) : cn_link_from(net, l)) + 1]++] = l;
        }
    }
    return true;
}

static bool add_trades(const cn_network *net, cn_entity org, const trades *side, cn_partner_evidence evidence,
                       cn__wares *wares, uint32_t first) {
    uint32_t before = wares->count;
    for (uint32_t i = side->start[org]; i < side->start[org + 1]; i++) {
        const char *code = cn_link_product(net, side->link[i]);
        double value = cn_link_value(net, side->link[i]);
        uint32_t at = before;
        while (at < wares->count && strcmp(wares->rows[at].code, code) != 0) {
            at++;
        }
        if (at < wares->count) {
            wares->rows[at].value += value > 0 ? value : 0;
            continue;
        }
        cn__ware row = {
            .code = code, .org = org, .evidence = evidence, .value = value > 0 ? value : 0, .capacity = NAN};
        if (!has_code(wares, first, before, code) && !push(wares, &row)) {
            return false;
        }
    }
    return true;
}

static bool add_okved(const cn_network *net, cn_entity org, cn__wares *wares) {
    size_t count;
    const cn_prop *props = cn_entity_values(net, org, CN_FIELD_OKVED, &count);
    for (size_t i = 0; i < count; i++) {
        cn__ware row = {.code = cn_prop_text(net, &props[i]),
                        .org = org,
                        .evidence = CN_PARTNER_BY_OKVED,
                        .value = NAN,
                        .capacity = NAN};
        if (!push(wares, &row)) {
            return false;
        }
    }
    return true;
}

/* Inputs, by the product table, of what the organisation makes. */
static bool add_inputs(const cn_network *net, const trades *inputs, const cn__wares *makes, uint32_t first_made,
                       cn__wares *needs, uint32_t first) {
    for (uint32_t i = first_made; i < makes->count; i++) {
        cn_entity product = cn_entity_find(net, makes->rows[i].code);
        if (product == CN_NONE || cn_entity_kind_of(net, product) != CN_ENTITY_PRODUCT ||
            makes->rows[i].evidence != CN_PARTNER_BY_DECLARATION) {
            continue;
        }
        for (uint32_t k = inputs->start[product]; k < inputs->start[product + 1]; k++) {
            const char *code = cn_entity_id(net, cn_link_to(net, inputs->link[k]));
            cn__ware row = {.code = code,
                            .org = makes->rows[i].org,
                            .evidence = CN_PARTNER_BY_TABLE,
                            .value = NAN,
                            .capacity = NAN};
            if (!has_code(needs, first, needs->count, code) && !push(needs, &row)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- order by code ---- */

typedef struct coded {
    const char *code;
    uint32_t number; /* in the order of the first rows that have it */
    uint32_t count;  /* of rows */
} coded;

static int compare_coded(const void *a, const void *b) {
    return strcmp(((const coded *)a)->code, ((const coded *)b)->code);
}

/* The different codes, and by row the number of its code; NULL: memory. */
static coded *list_codes(const cn__wares *wares, uint32_t *number, size_t *count) {
    cn__strmap map = {0};
    coded *list = NULL;
    size_t cap = 0;
    bool ok = true;
    *count = 0;
    for (uint32_t i = 0; ok && i < wares->count; i++) {
        const char *code = wares->rows[i].code;
        size_t len = strlen(code);
        uint32_t at = *count ? cn__strmap_find(&map, code, len) : CN_NONE;
        if (at == CN_NONE) {
            at = (uint32_t)*count;
            ok = cn__strmap_add(&map, code, len, at, NULL) && cn__grow((void **)&list, &cap, *count, 1, sizeof *list);
            if (ok) {
                list[(*count)++] = (coded){code, at, 0};
            }
        }
        if (ok) {
            number[i] = at;
            list[at].count++;
        }
    }
    cn__strmap_release(&map);
    if (!ok) {
        cn__free(list);
        return NULL;
    }
    return list ? list : cn__alloc(1, sizeof *list);
}

/* Few codes, many rows: the codes are sorted, the rows counted into their places. */
static bool order_by_code(cn__wares *wares) {
    size_t count = 0;
    uint32_t *number = cn__alloc(wares->count, sizeof *number);
    wares->by_code = cn__alloc(wares->count, sizeof *wares->by_code);
    coded *codes = number && wares->by_code ? list_codes(wares, number, &count) : NULL;
    uint32_t *place = codes ? cn__alloc(count, sizeof *place) : NULL; /* by number of code */
    if (place) {
        uint32_t sum = 0;
        qsort(codes, count, sizeof *codes, compare_coded);
        for (size_t c = 0; c < count; c++) {
            place[codes[c].number] = sum;
            sum += codes[c].count;
        }
        for (uint32_t i = 0; i < wares->count; i++) {
            wares->by_code[place[number[i]]++] = i;
        }
    }
    bool ok = place != NULL;
    cn__free(place);
    cn__free(codes);
    cn__free(number);
    return ok;
}

/* First place in the order by code that is not below `code`, of which `len` letters count. */
static uint32_t lower_bound(const cn__wares *wares, const char *code, size_t len) {
    uint32_t low = 0;
    uint32_t high = wares->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strncmp(wares->rows[wares->by_code[middle]].code, code, len) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool cn__code_near(const char *made, const char *code) {
    size_t group = cn__code_group(code);
    bool levels = cn_okpd2_valid(code);
    for (size_t level = 2; levels && level < 4; level++) {
        size_t len = letters(level);
        if (len < group && strncmp(made, code, len) == 0 && made[len] == '\0') {
            return true;
        }
    }
    return strncmp(made, code, group) == 0 && (levels || made[group] == '\0');
}

void cn__wares_near(const cn__wares *wares, const char *code, cn__ware_visit *visit, void *context) {
    size_t group = cn__code_group(code);
    bool levels = cn_okpd2_valid(code);
    for (size_t level = 2; levels && level < 4; level++) { /* the general ones: exactly "27", "27.1" */
        size_t len = letters(level);
        for (uint32_t i = lower_bound(wares, code, len); len < group && i < wares->count; i++) {
            const cn__ware *row = &wares->rows[wares->by_code[i]];
            if (strncmp(row->code, code, len) != 0 || row->code[len] != '\0') {
                break;
            }
            visit(context, row);
        }
    }
    for (uint32_t i = lower_bound(wares, code, group); i < wares->count; i++) {
        const cn__ware *row = &wares->rows[wares->by_code[i]];
        if (strncmp(row->code, code, group) != 0) {
            break;
        }
        if (levels || row->code[group] == '\0') {
            visit(context, row);
        }
    }
}

/* ---- all ---- */

static bool fill_one(const cn_network *net, cn_entity e, const trades sides[SIDES], cn__catalogue *out) {
    cn__wares *makes = &out->makes;
    cn__wares *needs = &out->needs;
    uint32_t made = makes->count;
    uint32_t needed = needs->count;
    return add_items(net, e, CN_ITEM_MAKES, makes) &&
           add_trades(net, e, &sides[SOLD], CN_PARTNER_BY_SUPPLIES, makes, made) &&
           (makes->count > made || add_okved(net, e, makes)) &&
           add_trades(net, e, &sides[PLANNED], CN_PARTNER_BY_PLAN, makes, made) &&
           add_items(net, e, CN_ITEM_NEEDS, needs) &&
           add_trades(net, e, &sides[BOUGHT], CN_PARTNER_BY_SUPPLIES, needs, needed) &&
           add_inputs(net, &sides[INPUTS], makes, made, needs, needed);
}

static bool fill(const cn_network *net, const trades sides[SIDES], cn__catalogue *out) {
    uint32_t n = cn_entity_count(net);
    for (cn_entity e = 0; e < n; e++) {
        out->makes.start[e] = out->makes.count;
        out->needs.start[e] = out->needs.count;
        bool actor = (CN_K_ACTOR & CN_KIND_BIT(cn_entity_kind_of(net, e))) != 0;
        if (actor && !fill_one(net, e, sides, out)) {
            return false;
        }
    }
    out->makes.start[n] = out->makes.count;
    out->needs.start[n] = out->needs.count;
    return order_by_code(&out->makes) && order_by_code(&out->needs);
}

cn_status cn__catalogue_create(const cn_network *net, cn__catalogue *out, cn_error *err) {
    trades sides[SIDES] = {{NULL, NULL}};
    uint32_t n = cn_entity_count(net);
    *out = (cn__catalogue){.net = net};
    out->makes.start = cn__calloc((size_t)n + 1, sizeof *out->makes.start);
    out->needs.start = cn__calloc((size_t)n + 1, sizeof *out->needs.start);
    bool ok = out->makes.start != NULL && out->needs.start != NULL;
    for (int i = 0; i < SIDES && ok; i++) {
        ok = sort_links(net, (trade_side)i, &sides[i]);
    }
    ok = ok && fill(net, sides, out);
    for (int i = 0; i < SIDES; i++) {
        cn__free(sides[i].start);
        cn__free(sides[i].link);
    }
    if (!ok) {
        cn__catalogue_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn__catalogue_release(cn__catalogue *catalogue) {
    cn__wares *both[] = {&catalogue->makes, &catalogue->needs};
    for (size_t i = 0; i < 2; i++) {
        cn__free(both[i]->rows);
        cn__free(both[i]->start);
        cn__free(both[i]->by_code);
    }
    *catalogue = (cn__catalogue){0};
}
