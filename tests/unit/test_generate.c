/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The published properties of a national network (arXiv:2302.11451, arXiv:1808.10090), each measured on what was written for 20,000
 * firms, and that what was written loads without a finding.
 */
#include "check.h"

#include "coopnet/generate.h"
#include "coopnet/graph.h"
#include "coopnet/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRMS = 20000 };
static char folder[] = "/tmp/coopnet-generate-XXXXXX";
static cn_network *net;

static cn_network *load(const char *path) {
    cn_network *loaded = NULL;
    cn_diags *diags = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn_load(path, NULL, diags, &loaded, NULL);
    size_t found = cn_diags_count(diags);
    cn_diags_free(diags);
    CHECK_INT(status, CN_OK);
    CHECK_INT(found, 0);
    return loaded;
}

static void loads_without_a_finding(void) {
    cn_generate_options options = {.firms = FIRMS, .seed = 3};
    CHECK_INT(cn_generate(folder, &options, NULL), CN_OK);
    net = load(folder);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_COMPANY), FIRMS);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_CLUSTER), FIRMS / 400);
    CHECK_INT(cn_entity_count_of(net, CN_ENTITY_PROJECT), FIRMS / 1000);
    uint32_t members = cn_link_count_of(net, CN_LINK_MEMBER);
    CHECK(members > FIRMS * 6 / 100 && members < FIRMS * 10 / 100);
    CHECK(cn_link_count_of(net, CN_LINK_PARTICIPANT) >= FIRMS / 1000 * 2);
    CHECK_INT(cn_network_lang(net), CN_LANG_RU);
}

static void degree_and_reciprocity(void) {
    CHECK(net != NULL);
    double mean = cn_link_count_of(net, CN_LINK_SUPPLY) / (double)FIRMS;
    CHECK_NEAR(mean, 4.65, 0.15);
    cn_graph_options options = {.link_kinds = CN_KIND_BIT(CN_LINK_SUPPLY), .orientation = CN_DIRECTED};
    cn_graph *graph = NULL;
    CHECK_INT(cn_graph_create(net, &options, &graph, NULL), CN_OK);
    uint32_t answered = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        for (uint32_t a = graph->out_start[v]; a < graph->out_start[v + 1]; a++) {
            uint32_t w = graph->out_to[a];
            for (uint32_t b = graph->out_start[w]; b < graph->out_start[w + 1]; b++) {
                answered += graph->out_to[b] == v;
            }
        }
    }
    double reciprocity = answered / (double)graph->m;
    CHECK(graph->m > 0.95 * cn_link_count_of(net, CN_LINK_SUPPLY));
    cn_graph_free(graph);
    CHECK(reciprocity > 0.02 && reciprocity < 0.05);
}

/* The class of the product is the sector of whoever sells it. */
static void own_sector(void) {
    CHECK(net != NULL);
    char *sectors = calloc(FIRMS, 1);
    CHECK(sectors != NULL);
    uint32_t known = 0;
    uint32_t own = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (cn_link l = 0; l < cn_link_count(net); l++) {
            if (cn_link_kind_of(net, l) != CN_LINK_SUPPLY) {
                continue;
            }
            char sector = (char)strtol(cn_link_product(net, l), NULL, 10);
            if (pass == 0) {
                sectors[cn_link_from(net, l)] = sector;
            } else if (sectors[cn_link_to(net, l)] != 0) {
                known++;
                own += sectors[cn_link_to(net, l)] == sector;
            }
        }
    }
    free(sectors);
    CHECK_NEAR(own / (double)known, 0.20, 0.02);
}

static void log_normal_values(void) {
    CHECK(net != NULL);
    double sums[4] = {0};
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        if (cn_link_kind_of(net, l) == CN_LINK_SUPPLY) {
            double x = log(cn_link_value(net, l)) - 12.9;
            sums[0] += 1;
            sums[1] += x;
            sums[2] += x * x;
            sums[3] += x * x * x;
        }
    }
    double deviation = sqrt(sums[2] / sums[0]);
    CHECK_NEAR(sums[1] / sums[0], 0.0, 0.05);
    CHECK_NEAR(deviation, 1.9, 0.05);
    CHECK_NEAR(sums[3] / sums[0] / (deviation * deviation * deviation), 0.0, 0.1); /* no skew */
}

/* Firms that a walk from the largest reaches, and that reach it: the giant strongly connected part. */
static size_t walk(const cn_graph *graph, uint32_t from, bool out, char *mark) {
    const uint32_t *start = out ? graph->out_start : graph->in_start;
    const uint32_t *to = out ? graph->out_to : graph->in_from;
    uint32_t *waiting = malloc(graph->n * sizeof *waiting);
    size_t count = 0;
    size_t seen = 0;
    CHECK(waiting != NULL);
    char bit = out ? 1 : 2;
    waiting[count++] = from;
    mark[from] = (char)(mark[from] | bit);
    while (count > 0) {
        uint32_t v = waiting[--count];
        seen++;
        for (uint32_t a = start[v]; a < start[v + 1]; a++) {
            if (!(mark[to[a]] & bit)) {
                mark[to[a]] = (char)(mark[to[a]] | bit);
                waiting[count++] = to[a];
            }
        }
    }
    free(waiting);
    return seen;
}

static void half_is_strongly_connected(void) {
    CHECK(net != NULL);
    cn_graph_options options = {.link_kinds = CN_KIND_BIT(CN_LINK_SUPPLY), .orientation = CN_DIRECTED};
    cn_graph *graph = NULL;
    CHECK_INT(cn_graph_create(net, &options, &graph, NULL), CN_OK);
    char *mark = calloc(graph->n, 1);
    CHECK(mark != NULL);
    uint32_t hub = 0;
    uint64_t most = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        uint64_t both =
            (uint64_t)(graph->out_start[v + 1] - graph->out_start[v]) * (graph->in_start[v + 1] - graph->in_start[v]);
        hub = both > most ? v : hub;
        most = both > most ? both : most;
    }
    (void)walk(graph, hub, true, mark);
    (void)walk(graph, hub, false, mark);
    uint32_t strong = 0;
    for (uint32_t v = 0; v < graph->n; v++) {
        strong += mark[v] == 3;
    }
    free(mark);
    cn_graph_free(graph);
    CHECK_NEAR(strong / (double)FIRMS, 0.48, 0.05);
}

/*
 * Attachment: in the second half of the links, how often a firm of degree k is chosen, over how many there are, goes as k^1.08. Degrees
 * from 10 (below, newcomers choose for themselves) to 160 (above, the largest attract no more).
 */
static void attachment(void) {
    enum { BINS = 6 };
    static const uint32_t edges[BINS + 1] = {10, 16, 25, 40, 63, 100, 160};
    CHECK(net != NULL);
    uint32_t *degrees = calloc(cn_entity_count(net), sizeof *degrees);
    double chosen[BINS] = {0}, there[BINS] = {0}, weighted[BINS] = {0};
    CHECK(degrees != NULL);
    uint32_t seen = 0;
    uint32_t total = cn_link_count_of(net, CN_LINK_SUPPLY);
    for (cn_link l = 0; l < cn_link_count(net); l++) {
        if (cn_link_kind_of(net, l) != CN_LINK_SUPPLY) {
            continue;
        }
        bool counted = ++seen > total / 2;
        cn_entity ends[2] = {cn_link_from(net, l), cn_link_to(net, l)};
        if (counted && seen % 200 == 0) {
            for (cn_entity e = 0; e < FIRMS; e++) {
                for (int b = 0; b < BINS; b++) {
                    bool in = degrees[e] >= edges[b] && degrees[e] < edges[b + 1];
                    there[b] += in ? 200 : 0;
                    weighted[b] += in ? 200.0 * degrees[e] : 0;
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            uint32_t degree = degrees[ends[i]]++;
            for (int b = 0; counted && b < BINS; b++) {
                chosen[b] += degree >= edges[b] && degree < edges[b + 1];
            }
        }
    }
    free(degrees);
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int b = 0; b < BINS; b++) {
        CHECK(chosen[b] > 100);
        double x = log(weighted[b] / there[b]);
        double y = log(chosen[b] / there[b]);
        n += 1;
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    CHECK_NEAR((n * sxy - sx * sy) / (n * sxx - sx * sx), 1.08, 0.1);
}

static cn_buf read_all(const char *path) {
    cn_buf bytes = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    for (size_t got = fread(block, 1, sizeof block, file); got > 0; got = fread(block, 1, sizeof block, file)) {
        cn_buf_add(&bytes, block, got);
    }
    (void)fclose(file);
    return bytes;
}

static cn_buf table_of(uint32_t firms, uint64_t seed) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/lone.csv", folder);
    cn_generate_options options = {.firms = firms, .seed = seed};
    CHECK_INT(cn_generate(path, &options, NULL), CN_OK);
    cn_network_free(load(path));
    cn_buf bytes = read_all(path);
    (void)unlink(path);
    return bytes;
}

static void same_seed_same_bytes(void) {
    cn_buf a = table_of(700, 5);
    cn_buf b = table_of(700, 5);
    cn_buf c = table_of(700, 6);
    bool same = a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
    bool differs = a.len != c.len || memcmp(a.data, c.data, a.len) != 0;
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_buf_release(&c);
    CHECK(same && differs);
}

static void very_small(void) {
    for (uint32_t firms = 2; firms < 40; firms++) {
        cn_buf bytes = table_of(firms, firms);
        CHECK(bytes.len > 20);
        cn_buf_release(&bytes);
    }
    cn_generate_options options = {.firms = 1};
    CHECK_INT(cn_generate("-", &options, NULL), CN_ERR_ARGUMENT);
}

static bool stop(void *context, uint64_t done, uint64_t total) {
    (void)context;
    return done < total / 2;
}

static void stopped_leaves_nothing(void) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/stopped", folder);
    cn_generate_options options = {.firms = FIRMS, .seed = 1, .step = stop};
    CHECK_INT(cn_generate(path, &options, NULL), CN_ERR_CANCELLED);
    CHECK(rmdir(path) == 0); /* the folder itself, empty */
}

static void last(void) {
    static const char *const names[] = {"network",  "companies",    "clusters", "members",
                                        "projects", "participants", "links"};
    cn_network_free(net);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        (void)unlink(path);
    }
    CHECK(rmdir(folder) == 0);
}

int main(void) {
    if (!mkdtemp(folder)) {
        return 1;
    }
    return check_run((check_case[]){{"loads_without_a_finding", loads_without_a_finding},
                                    {"degree_and_reciprocity", degree_and_reciprocity},
                                    {"own_sector", own_sector},
                                    {"log_normal_values", log_normal_values},
                                    {"half_is_strongly_connected", half_is_strongly_connected},
                                    {"attachment", attachment},
                                    {"same_seed_same_bytes", same_seed_same_bytes},
                                    {"very_small", very_small},
                                    {"stopped_leaves_nothing", stopped_leaves_nothing},
                                    {"last", last},
                                    {0}});
}
