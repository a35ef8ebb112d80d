/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The growth of a made-up network. Firms arrive one after the other and link up; then links come up between those that are there. The
 * other end is always drawn in proportion to degree^1.08, a fifth of the links stay within the sector, some firms only sell and some
 * only buy, so that about half of all are strongly connected, and now and then a recent link is answered (Hungary's network of
 * suppliers, arXiv:2302.11451; Japan's, arXiv:1808.10090).
 *
 * Firms of a sector are numbered side by side, so that a sector is a range of the Fenwick tree (Fenwick 1994) over the weights, and a
 * draw within it is one among its part of the sums. Invariant: the tree holds weight(degrees[f]) for every firm f.
 * O(log firms) a link; 12 bytes a firm, and 8 for each hundredth.
 */
#include "generate_shape.h"

#include "memory.h"

#include <math.h>
#include <string.h>

static const double attachment = 1.08;
/* Of a thousand. */
enum { SELLS_ONLY = 200, BUYS_ONLY = 200, OWN_SECTOR = 178, ANSWERED = 14, TRIES = 64 };

uint64_t cn__growth_random(uint64_t *state) { /* splitmix64 (Steele, Lea & Flood 2014) */
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint32_t cn__growth_below(uint64_t *state, uint32_t bound) {
    return (uint32_t)((cn__growth_random(state) >> 32) * bound >> 32);
}

double cn__growth_unit(uint64_t *state) { return ((double)(cn__growth_random(state) >> 11) + 0.5) * 0x1p-53; }

static bool happens(cn__growth *g, uint32_t of_thousand) { return cn__growth_below(&g->random, 1000) < of_thousand; }

/* ---- weights ---- */

/*
 * More than linear attachment would end with one firm in nearly every link. As real ones have no room for that, the largest
 * stop to attract more once they have a share that the largest of a country have.
 */
static uint64_t weight(const cn__growth *g, uint32_t degree) { return g->weights[degree < g->most ? degree : g->most]; }

static bool make_weights(cn__growth *g) {
    g->most = g->firms / 100 + 30;
    g->weights = cn__alloc((size_t)g->most + 1, sizeof *g->weights);
    for (uint32_t degree = 0; g->weights && degree <= g->most; degree++) {
        g->weights[degree] = (uint64_t)(256.0 * pow(degree, attachment));
    }
    return g->weights != NULL;
}

static void raise_degree(cn__growth *g, uint32_t firm) {
    uint64_t more = weight(g, g->degrees[firm] + 1) - weight(g, g->degrees[firm]);
    g->degrees[firm]++;
    for (uint64_t i = (uint64_t)firm + 1; i <= g->firms; i += i & (~i + 1)) {
        g->sums[i] += more;
    }
}

/* Sum of the weights of the firms before this one. */
static uint64_t sum_before(const cn__growth *g, uint32_t firm) {
    uint64_t sum = 0;
    for (uint32_t i = firm; i > 0; i &= i - 1) {
        sum += g->sums[i];
    }
    return sum;
}

/* The firm in whose part of the sums `mark` lies. */
static uint32_t firm_at(const cn__growth *g, uint64_t mark) {
    uint32_t at = 0;
    uint32_t stride = 1;
    while (stride <= g->firms / 2) {
        stride *= 2;
    }
    for (; stride > 0; stride /= 2) {
        if (at + stride <= g->firms && g->sums[at + stride] <= mark) {
            at += stride;
            mark -= g->sums[at];
        }
    }
    return at;
}

/* ---- firms ---- */

static bool may(uint32_t firm, bool sell) {
    uint64_t state = firm;
    uint32_t lot = cn__growth_below(&state, 1000);
    return sell ? lot >= BUYS_ONLY : lot < BUYS_ONLY || lot >= BUYS_ONLY + SELLS_ONLY;
}

uint32_t cn__growth_sector(const cn__growth *g, uint32_t firm) {
    uint32_t low = 0;
    uint32_t high = CN__SECTORS - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (firm < g->sector_end[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* Sectors are of very different size. */
static void place_sectors(cn__growth *g) {
    double all = 0;
    double sum = 0;
    for (int s = 0; s < CN__SECTORS; s++) {
        all += 1.0 / (s + 6);
    }
    for (int s = 0; s < CN__SECTORS; s++) {
        sum += 1.0 / (s + 6);
        g->sector_end[s] = s + 1 == CN__SECTORS ? g->firms : (uint32_t)((double)g->firms * (sum / all));
    }
}

/* Another firm that sells or buys, in the sector of `of` or anywhere. */
static uint32_t draw(cn__growth *g, uint32_t of, bool sell, bool own_sector) {
    uint32_t sector = own_sector ? cn__growth_sector(g, of) : 0;
    uint64_t low = own_sector && sector > 0 ? sum_before(g, g->sector_end[sector - 1]) : 0;
    uint64_t high = sum_before(g, own_sector ? g->sector_end[sector] : g->firms);
    uint32_t found = of;
    for (int i = 0; i < TRIES && high > low && (found == of || !may(found, sell)); i++) {
        uint64_t span = high - low;
        found = firm_at(g, low + cn__growth_random(&g->random) % span);
    }
    return found;
}

static bool join(cn__growth *g, uint32_t firm, bool sells, cn__shape_link *out) {
    bool own_sector = happens(g, OWN_SECTOR);
    uint32_t other = draw(g, firm, !sells, own_sector);
    if (other == firm && own_sector) { /* the first of its sector */
        other = draw(g, firm, !sells, false);
    }
    *out = sells ? (cn__shape_link){firm, other} : (cn__shape_link){other, firm};
    return other != firm;
}

/* ---- growth ---- */

static uint32_t common_divisor(uint32_t a, uint32_t b) {
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool cn__growth_begin(cn__growth *g, uint32_t firms, uint64_t seed) {
    memset(g, 0, sizeof *g);
    g->firms = firms;
    g->random = seed * UINT64_C(0xD1342543DE82EF95) + 1;
    g->degrees = cn__calloc(firms, sizeof *g->degrees);
    g->sums = cn__calloc((size_t)firms + 1, sizeof *g->sums);
    g->step = (uint32_t)(0.618 * firms) + 1;
    while (common_divisor(firms, g->step) != 1) {
        g->step++;
    }
    place_sectors(g);
    return make_weights(g) && g->degrees && g->sums;
}

static void keep(cn__growth *g, cn__shape_link link) {
    raise_degree(g, link.from);
    raise_degree(g, link.to);
    g->recent[g->recent_count++ % CN__RECENT] = link;
}

static bool answer(cn__growth *g, cn__shape_link *out) {
    uint32_t known = g->recent_count < CN__RECENT ? g->recent_count : CN__RECENT;
    cn__shape_link link = g->recent[cn__growth_below(&g->random, known)];
    *out = (cn__shape_link){link.to, link.from};
    return may(link.to, true) && may(link.from, false);
}

size_t cn__growth_next(cn__growth *g, cn__shape_link links[16]) {
    size_t count = 0;
    uint32_t firm = (uint32_t)((uint64_t)g->arrived++ * g->step % g->firms);
    bool sells = may(firm, true) && (!may(firm, false) || happens(g, 500));
    if (g->arrived == 1) { /* alone: its first link is with the second one */
        return 0;
    }
    if (g->arrived == 2) {
        links[count] = (cn__shape_link){0, firm};
        keep(g, links[count++]);
    } else if (join(g, firm, sells, &links[count])) {
        keep(g, links[count++]);
    }
    for (uint32_t more = 1 + cn__growth_below(&g->random, 4); more > 0; more--) {
        bool turns = may(firm, true) && may(firm, false) && happens(g, 450);
        if (join(g, firm, turns ? !sells : sells, &links[count])) {
            keep(g, links[count++]);
        }
    }
    /* 4.6 a firm in all */
    size_t wanted = 4 + happens(g, 600);
    while (count < wanted) {
        uint32_t known = draw(g, CN_NONE, true, false);
        bool good = happens(g, ANSWERED * 2) ? answer(g, &links[count]) : join(g, known, true, &links[count]);
        if (good) {
            keep(g, links[count++]);
        } else {
            wanted--;
        }
    }
    return count;
}

uint64_t cn__growth_value(cn__growth *g) {
    double u = cn__growth_unit(&g->random);
    double v = cn__growth_unit(&g->random);
    double normal = sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
    return (uint64_t)exp(12.9 + 1.9 * normal) + 1;
}

void cn__growth_end(cn__growth *g) {
    cn__free(g->degrees);
    cn__free(g->sums);
    cn__free(g->weights);
    g->weights = NULL;
    g->degrees = NULL;
    g->sums = NULL;
}
