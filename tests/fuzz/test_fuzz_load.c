/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every file of graphs/ and seeded mutations of them through both readers. COOPNET_FUZZ_RUNS sets the number of mutations for a long
 * run. The seed is fixed: a run that fails, fails again.
 */
#include "check.h"
#include "fuzz_load.h"
#include "mutate.h"

#include <dirent.h>
#include <string.h>

enum { FILES_MAX = 400, DEFAULT_RUNS = 4000, MUTANT_MAX = 20000 };

static struct {
    uint8_t *bytes;
    size_t len;
} corpus[FILES_MAX];
static size_t corpus_count;

static void read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || corpus_count == FILES_MAX) {
        if (file) {
            (void)fclose(file);
        }
        return;
    }
    uint8_t *bytes = malloc(1 << 20);
    size_t len = bytes ? fread(bytes, 1, 1 << 20, file) : 0;
    (void)fclose(file);
    corpus[corpus_count].bytes = bytes;
    corpus[corpus_count++].len = len;
}

static bool is_network_file(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".json") == 0 || strcmp(dot, ".csv") == 0 || strcmp(dot, ".txt") == 0 ||
                   strcmp(dot, ".xml") == 0 || strcmp(dot, ".zip") == 0);
}

static int compare_paths(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Files below a folder in the order of their names. */
static void read_folder(const char *folder, int depth) {
    char *paths[FILES_MAX];
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry && count < FILES_MAX; entry = readdir(dir)) {
        if (entry->d_name[0] != '.') {
            size_t size = strlen(folder) + strlen(entry->d_name) + 2;
            paths[count] = malloc(size);
            CHECK(paths[count] != NULL);
            (void)snprintf(paths[count++], size, "%s/%s", folder, entry->d_name);
        }
    }
    if (dir) {
        (void)closedir(dir);
    }
    qsort(paths, count, sizeof *paths, compare_paths);
    for (size_t i = 0; i < count; i++) {
        if (is_network_file(paths[i])) {
            read_file(paths[i]);
        } else if (depth > 0) {
            read_folder(paths[i], depth - 1);
        }
        free(paths[i]);
    }
}

static void corpus_loads(void) {
    if (corpus_count == 0) {
        read_folder(COOPNET_SOURCE_DIR "/graphs", 3);
    }
    CHECK(corpus_count > 60);
    for (size_t i = 0; i < corpus_count; i++) {
        fuzz_load(CN_FORMAT_AUTO, corpus[i].bytes, corpus[i].len);
        fuzz_load(CN_FORMAT_JSON, corpus[i].bytes, corpus[i].len);
        fuzz_load(CN_FORMAT_CSV, corpus[i].bytes, corpus[i].len);
    }
}

/* Pieces that matter to the readers. */
static const char *const tokens[] = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\\u0000",
    "\\ud800",
    "1e999",
    "-",
    "0",
    "99999999",
    "null",
    "true",
    "\"\"",
    "\"x\":",
    "\"id\":",
    "\"from\":",
    "\"links\":",
    "\"companies\":",
    "\xEF\xBB\xBF",
    "\xFF",
    "|",
    "x.",
    "ИНН",
    "31.02.2016",
    "2016-13",
    "\"coopnet\": 1",
    "00",
    "9e99",
    " ",
    "\xC2\xA0",
    "\"\"\"",
};

enum { TOKEN_COUNT = sizeof tokens / sizeof *tokens };

/* A file, or a piece of one with a piece of another behind it. */
static size_t pick(uint64_t *state, uint8_t *out) {
    size_t i = check_below(state, (uint32_t)corpus_count);
    size_t len = corpus[i].len < MUTANT_MAX / 2 ? corpus[i].len : MUTANT_MAX / 2;
    memcpy(out, corpus[i].bytes, len);
    if (check_below(state, 8) == 0) {
        size_t k = check_below(state, (uint32_t)corpus_count);
        size_t from = check_below(state, (uint32_t)corpus[k].len + 1);
        size_t more = corpus[k].len - from < MUTANT_MAX / 2 ? corpus[k].len - from : MUTANT_MAX / 2;
        len = check_below(state, (uint32_t)len + 1);
        memcpy(out + len, corpus[k].bytes + from, more);
        len += more;
    }
    return len;
}

static void mutations_load(void) {
    long runs = fuzz_runs(DEFAULT_RUNS);
    uint64_t state = 20240401;
    uint8_t *bytes = malloc(MUTANT_MAX + 64);
    CHECK(bytes != NULL && corpus_count > 0);
    for (long run = 0; run < runs; run++) {
        size_t len = fuzz_mutate(&state, bytes, pick(&state, bytes), MUTANT_MAX, tokens, TOKEN_COUNT);
        uint8_t *exact = fuzz_exact(bytes, len);
        /* As a rule it is told what it is; now and then it is taken for anything. */
        bool told = check_below(&state, 2) == 0;
        fuzz_load(told ? CN_FORMAT_AUTO : (cn_format)check_below(&state, CN_FORMAT_COUNT), exact, len);
        free(exact);
    }
    free(bytes);
}

int main(void) {
    int failed = check_run((check_case[]){{"corpus_loads", corpus_loads}, {"mutations_load", mutations_load}, {0}});
    for (size_t i = 0; i < corpus_count; i++) {
        free(corpus[i].bytes);
    }
    return failed;
}
