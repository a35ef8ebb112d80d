/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole commands, as a user types them: elapsed time, processor time and peak memory of the process, on generated networks.
 *
 *     bench_commands COOPNET FOLDER
 *
 * FOLDER is for the files, some hundred megabytes; they are removed again.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench_measure.h"

typedef struct place {
    const char *coopnet;
    char table[512];
    char snapshot[512];
} place;

/* Runs a command; its row. */
static void measure(const char *shown, unsigned firms, const char *const argv[]) {
    char *args[16] = {NULL}; /* execv asks for texts that may be written to */
    for (size_t i = 0; i < 15 && argv[i]; i++) {
        memcpy(&args[i], &argv[i], sizeof args[i]);
    }
    double t = bench_now(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        (void)dup2(null, STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        execv(args[0], args);
        _exit(127);
    }
    struct rusage used;
    int status = 0;
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "bench: %s failed\n", shown);
        exit(1);
    }
    t = bench_now(CLOCK_MONOTONIC) - t;
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    printf("| `%s` | %u | %.2f | %.2f | %.0f |\n", shown, firms, t, cpu, (double)used.ru_maxrss / 1024);
    fflush(stdout);
}

#define RUN(shown, ...) measure(shown, firms, (const char *const[]){p->coopnet, __VA_ARGS__, NULL})

static void commands(place *p, unsigned firms) {
    char count[16];
    (void)snprintf(count, sizeof count, "%u", firms);
    RUN("generate", "generate", "--firms", count, "--seed", "1", "-o", p->table);
    RUN("convert links.csv NET.cnet", "convert", p->table, "-o", p->snapshot);
    RUN("info NET.cnet", "info", p->snapshot);
    RUN("path NET.cnet", "path", p->snapshot, "--from", "f777", "--to", "f10");
    RUN("chain NET.cnet", "chain", p->snapshot, "--of", "f10");
    RUN("rank NET.cnet --by pagerank", "rank", p->snapshot, "--by", "pagerank");
    RUN("rank NET.cnet --by pagerank,betweenness", "rank", p->snapshot, "--by", "pagerank,betweenness");
    RUN("rank links.csv --by pagerank", "rank", p->table, "--by", "pagerank");
    (void)unlink(p->table);
    (void)unlink(p->snapshot);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: bench_commands COOPNET FOLDER\n", stderr);
        return 2;
    }
    place p = {.coopnet = argv[1]};
    (void)snprintf(p.table, sizeof p.table, "%.400s/bench-links.csv", argv[2]);
    (void)snprintf(p.snapshot, sizeof p.snapshot, "%.400s/bench.cnet", argv[2]);
    puts("| command | firms | elapsed, s | processor, s | peak, MB |");
    puts("| --- | ---: | ---: | ---: | ---: |");
    for (unsigned firms = 10000; firms <= 1000000; firms *= 10) {
        commands(&p, firms);
    }
    return 0;
}
