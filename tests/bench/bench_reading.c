/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading, beside igraph where it reads the same: a list of edges with numbers (igraph_read_graph_edgelist), a table of links with text
 * ids, a folder with a table of companies, and a snapshot. Each is read several times, the fastest counts; what igraph has read is compared
 * edge by edge. A difference ends the program with 1.
 *
 *     bench_reading FOLDER [--scale N] [--firms N] [--threads N] [--cpu-time]
 *
 * FOLDER is for the files, some hundred megabytes; they are removed again.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "bench_graphs.h"
#include "bench_measure.h"
#include "coopnet/generate.h"
#include "coopnet/load.h"
#include "coopnet/snapshot.h"
#include "igraph_graph.h"

enum { TIMES = 3 };

typedef struct reading {
    const char *folder;
    clockid_t clock;
    int threads;
    bool failed;
} reading;

static void path_of(const reading *r, const char *name, char out[512]) {
    (void)snprintf(out, 512, "%.400s/%s", r->folder, name);
}

static double bytes_of(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 ? (double)info.st_size : 0;
}

/* The fastest of some loads; the last network stays. `*peak` and `*kept`: MB beyond what was in use before. */
static double load(const reading *r, const char *path, cn_network **net, double *peak, double *kept) {
    double best = 1e9;
    for (int i = 0; i < TIMES; i++) {
        cn_error err = {0};
        cn_load_options options = {.threads = r->threads, .limits = {.max_file_bytes = 0}};
        cn_network_free(*net);
        double before = bench_reset_peak();
        double t = bench_now(r->clock);
        if (cn_load(path, &options, NULL, net, &err) != CN_OK) {
            fprintf(stderr, "bench: cannot read %s\n", path);
            exit(1);
        }
        t = bench_now(r->clock) - t;
        best = t < best ? t : best;
        *peak = bench_status_mb("VmHWM:") - before;
        *kept = bench_status_mb("VmRSS:") - before;
    }
    return best;
}

static void row(const char *what, double bytes, double links, double ours, double theirs, double peak, double kept) {
    char other[32] = "–";
    char ratio[32] = "–";
    if (theirs > 0) {
        (void)snprintf(other, sizeof other, "%.3g", theirs);
        (void)snprintf(ratio, sizeof ratio, "%.1f", theirs / ours);
    }
    printf("| %s | %.0f | %.3g | %s | %s | %.0f | %.3g | %.0f | %.0f |\n", what, bytes / 1e6, ours, other, ratio,
           bytes / 1e6 / ours, links / 1e6 / ours, peak, kept);
    fflush(stdout);
}

/* ---- a list of edges ---- */

static double read_with_igraph(const reading *r, const char *path, igraph_t *graph) {
    double best = 1e9;
    for (int i = 0; i < TIMES; i++) {
        FILE *file = fopen(path, "r");
        if (i > 0) {
            igraph_destroy(graph);
        }
        double t = bench_now(r->clock);
        if (!file || igraph_read_graph_edgelist(graph, file, 0, true) != IGRAPH_SUCCESS) {
            fprintf(stderr, "bench: igraph cannot read %s\n", path);
            exit(1);
        }
        t = bench_now(r->clock) - t;
        best = t < best ? t : best;
        fclose(file);
    }
    return best;
}

static bool same_edges(const cn_network *net, const igraph_t *graph) {
    bool same = (igraph_integer_t)cn_link_count(net) == igraph_ecount(graph);
    for (cn_link l = 0; same && l < cn_link_count(net); l++) {
        same = strtol(cn_entity_id(net, cn_link_from(net, l)), NULL, 10) == IGRAPH_FROM(graph, l) &&
               strtol(cn_entity_id(net, cn_link_to(net, l)), NULL, 10) == IGRAPH_TO(graph, l);
    }
    return same;
}

static void edge_list(reading *r, uint32_t scale) {
    char path[512];
    bench_arcs arcs = {0};
    path_of(r, "edges.txt", path);
    bench_kronecker(&arcs, scale, 1);
    FILE *file = bench_need(fopen(path, "w"));
    for (size_t i = 0; i < arcs.count; i++) {
        fprintf(file, "%u %u\n", arcs.from[i], arcs.to[i]);
    }
    fclose(file);
    bench_release(&arcs);
    igraph_t graph;
    cn_network *net = NULL;
    double peak, kept;
    double theirs = read_with_igraph(r, path, &graph);
    double ours = load(r, path, &net, &peak, &kept);
    row("list of edges, numbers", bytes_of(path), cn_link_count(net), ours, theirs, peak, kept);
    if (!same_edges(net, &graph)) {
        fputs("bench: igraph read other edges\n", stderr);
        r->failed = true;
    }
    igraph_destroy(&graph);
    cn_network_free(net);
    (void)unlink(path);
}

/* ---- tables and snapshots ---- */

static void table_and_snapshot(const reading *r, uint32_t firms) {
    char table[512], snapshot[512];
    double peak, kept;
    cn_network *net = NULL;
    cn_generate_options options = {.firms = firms, .seed = 1};
    path_of(r, "firms.csv", table);
    path_of(r, "firms.cnet", snapshot);
    if (cn_generate(table, &options, NULL) != CN_OK) {
        exit(1);
    }
    double t = load(r, table, &net, &peak, &kept);
    row("table of links, text ids", bytes_of(table), cn_link_count(net), t, 0, peak, kept);
    double before = bench_reset_peak();
    t = bench_now(r->clock);
    if (cn_snapshot_write(net, snapshot, NULL) != CN_OK) {
        exit(1);
    }
    t = bench_now(r->clock) - t;
    double links = cn_link_count(net);
    row("snapshot, written", bytes_of(snapshot), links, t, 0, bench_status_mb("VmHWM:") - before, 0);
    t = load(r, snapshot, &net, &peak, &kept);
    row("snapshot, opened", bytes_of(snapshot), links, t, 0, peak, kept);
    cn_network_free(net);
    (void)unlink(table);
    (void)unlink(snapshot);
}

static void folder_of_tables(const reading *r, uint32_t firms) {
    static const char *const names[] = {"network",  "companies",    "clusters", "members",
                                        "projects", "participants", "links"};
    char folder[512], path[600];
    double peak, kept, bytes = 0;
    cn_network *net = NULL;
    cn_generate_options options = {.firms = firms, .seed = 1};
    path_of(r, "firms", folder);
    if (cn_generate(folder, &options, NULL) != CN_OK) {
        exit(1);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        bytes += bytes_of(path);
    }
    double t = load(r, folder, &net, &peak, &kept);
    row("folder of seven tables", bytes, cn_link_count(net), t, 0, peak, kept);
    cn_network_free(net);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(path, sizeof path, "%s/%s.csv", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

int main(int argc, char **argv) {
    uint32_t scale = 18;
    uint32_t firms = 1000000;
    reading r = {.folder = argc > 1 ? argv[1] : ".", .clock = CLOCK_MONOTONIC};
    for (int i = 2; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--scale") == 0) {
            scale = (uint32_t)atoi(value);
        } else if (strcmp(argv[i], "--firms") == 0) {
            firms = (uint32_t)atoi(value);
        } else if (strcmp(argv[i], "--threads") == 0) {
            r.threads = atoi(value);
        } else if (strcmp(argv[i], "--cpu-time") == 0) {
            r.clock = CLOCK_PROCESS_CPUTIME_ID;
        }
    }
    puts("| what | MB | ours, s | igraph, s | ratio | MB/s | M links/s | peak, MB | kept, MB |");
    puts("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    edge_list(&r, scale);
    table_and_snapshot(&r, firms);
    folder_of_tables(&r, firms);
    return r.failed;
}
