/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snapshots: what is written opens as the same network; equal networks give equal bytes; whatever is cut, flipped or forged (with right
 * checksums) is refused with a message or, at worst, opens as a network that can be walked from end to end.
 */
#include "memory.h"
#include "same_network.h"
#include "snapshot_impl.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/coopnet-snapshot-XXXXXX";

static void path_of(const char *name, char out[128]) { (void)snprintf(out, 128, "%s/%s", folder, name); }

static cn_network *load(const char *path) {
    cn_network *net = NULL;
    CHECK_INT(cn_load(path, NULL, NULL, &net, NULL), CN_OK);
    return net;
}

static cn_buf read_all(const char *path) {
    cn_buf bytes = {0};
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    char block[4096];
    for (size_t got = fread(block, 1, sizeof block, file); got > 0; got = fread(block, 1, sizeof block, file)) {
        cn_buf_add(&bytes, block, got);
    }
    (void)fclose(file);
    return bytes;
}

static void same_after(const char *source) {
    char first[128];
    char second[128];
    path_of("a.cnet", first);
    path_of("b.cnet", second);
    cn_network *net = load(source);
    CHECK_INT(cn_snapshot_write(net, first, NULL), CN_OK);
    cn_network *opened = load(first);
    cn_buf a = {0};
    cn_buf b = {0};
    same_add_network(&a, net);
    same_add_network(&b, opened);
    bool same = same_texts(source, a.data, b.data);
    CHECK_INT(cn_snapshot_write(opened, second, NULL), CN_OK);
    cn_network *then = NULL;
    CHECK_INT(cn_network_as_of(opened, cn_date_make(2022, 0, 0), &then, NULL), CN_OK);
    cn_network_free(then);
    cn_buf bytes = read_all(first);
    cn_buf again = read_all(second);
    same = same && bytes.len == again.len && memcmp(bytes.data, again.data, bytes.len) == 0;
    cn_buf_release(&a);
    cn_buf_release(&b);
    cn_buf_release(&bytes);
    cn_buf_release(&again);
    cn_network_free(net);
    cn_network_free(opened);
    CHECK(same);
}

static void written_and_opened(void) {
    same_after(COOPNET_SOURCE_DIR "/graphs/electro.json");
    same_after(COOPNET_SOURCE_DIR "/graphs/akit.json");
    same_after(COOPNET_SOURCE_DIR "/graphs/toy.json");
    same_after(COOPNET_SOURCE_DIR "/graphs/broken/no-entities.json");
}

static cn_status open_bytes(const char *bytes, size_t len, cn_message *message) {
    cn_network *net = NULL;
    cn_error err = {0};
    cn_status status = cn_load_bytes("x.cnet", bytes, len, NULL, NULL, &net, &err);
    *message = err.message;
    if (net) { /* then everything in it can be looked at */
        cn_buf text = {0};
        same_add_network(&text, net);
        cn_buf_release(&text);
    }
    CHECK((status == CN_OK) == (net != NULL));
    CHECK(status == CN_OK || status == CN_ERR_INPUT);
    cn_network_free(net);
    return status;
}

static cn_buf snapshot_of(const char *source) {
    char path[128];
    path_of("s.cnet", path);
    cn_network *net = load(source);
    CHECK_INT(cn_snapshot_write(net, path, NULL), CN_OK);
    cn_network_free(net);
    return read_all(path);
}

static void flipped_bits(void) {
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/electro.json");
    uint64_t state = 1;
    bool all_refused = true;
    for (size_t at = 0; at < bytes.len; at += 1 + check_below(&state, 3)) {
        cn_message message;
        char bit = (char)(1u << check_below(&state, 8));
        bytes.data[at] = (char)(bytes.data[at] ^ bit);
        all_refused = all_refused && open_bytes(bytes.data, bytes.len, &message) == CN_ERR_INPUT;
        bytes.data[at] = (char)(bytes.data[at] ^ bit);
    }
    cn_buf_release(&bytes);
    CHECK(all_refused);
}

static void cut_and_longer(void) {
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/toy.json");
    cn_message message;
    CHECK_INT(open_bytes(bytes.data, bytes.len, &message), CN_OK);
    for (size_t len = 8; len < bytes.len; len += len < 1000 ? 1 : 61) {
        char *exact = malloc(len);
        CHECK(exact != NULL);
        memcpy(exact, bytes.data, len);
        cn_status status = open_bytes(exact, len, &message);
        free(exact);
        CHECK_INT(status, CN_ERR_INPUT);
        CHECK_INT(message, CN_MSG_SNAPSHOT_TORN);
    }
    cn_buf_add(&bytes, "", 1);
    CHECK_INT(open_bytes(bytes.data, bytes.len, &message), CN_ERR_INPUT);
    CHECK_INT(message, CN_MSG_SNAPSHOT_TORN);
    cn_buf_release(&bytes);
}

/* Make the checksums right again after a change: what someone would do who means it. */
static void forge(char *bytes) {
    cn__snapshot_header header;
    cn__snapshot_row table[CN__SNAPSHOT_PART_COUNT];
    cn__checksum sum;
    memcpy(&header, bytes, sizeof header);
    memcpy(table, bytes + sizeof header, sizeof table);
    for (size_t i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        cn__checksum_begin(&sum);
        cn__checksum_add(&sum, bytes + table[i].at, (table[i].bytes + 63) / 64 * 64);
        table[i].checksum = cn__checksum_end(&sum);
    }
    memcpy(bytes + sizeof header, table, sizeof table);
    header.checksum = 0;
    cn__checksum_begin(&sum);
    cn__checksum_add(&sum, &header, sizeof header);
    cn__checksum_add(&sum, bytes + sizeof header, (CN__SNAPSHOT_PART_COUNT + 1) / 2 * 2 * sizeof *table);
    header.checksum = cn__checksum_end(&sum);
    memcpy(bytes, &header, sizeof header);
}

static void forged_numbers(void) {
    static const uint32_t numbers[] = {0, 1, 2, 7, 255, 65535, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF};
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/electro.json");
    char *copy = malloc(bytes.len);
    CHECK(copy != NULL);
    uint64_t state = 5;
    size_t refused = 0;
    size_t parts = sizeof(cn__snapshot_header) + (CN__SNAPSHOT_PART_COUNT + 1) / 2 * 2 * sizeof(cn__snapshot_row);
    for (int run = 0; run < 1500; run++) {
        cn_message message;
        memcpy(copy, bytes.data, bytes.len);
        for (uint32_t change = 1 + check_below(&state, 3); change > 0; change--) {
            size_t at = parts + check_below(&state, (uint32_t)(bytes.len - parts) - 4) / 4 * 4;
            uint32_t number = numbers[check_below(&state, sizeof numbers / sizeof *numbers)];
            memcpy(copy + at, &number, check_below(&state, 2) ? 4 : 1);
        }
        forge(copy);
        refused += open_bytes(copy, bytes.len, &message) != CN_OK;
    }
    free(copy);
    cn_buf_release(&bytes);
    CHECK(refused > 250);
}

static void other_version(void) {
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/toy.json");
    cn_message message;
    bytes.data[8] = 1; /* the version before */
    forge(bytes.data);
    CHECK_INT(open_bytes(bytes.data, bytes.len, &message), CN_ERR_INPUT);
    CHECK_INT(message, CN_MSG_SNAPSHOT_VERSION);
    cn_buf_release(&bytes);
}

static void limits_hold(void) {
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/toy.json");
    cn_load_options options = {.limits = {.max_links = 1}};
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("x", bytes.data, bytes.len, &options, diags, &net, NULL), CN_ERR_INPUT);
    CHECK(net == NULL);
    CHECK_INT(cn_diags_at(diags, 0)->message, CN_MSG_TOO_MANY_LINKS);
    cn_diags_free(diags);
    cn_buf_release(&bytes);
}

/* A disk that is full: files may have no more than 100 bytes. */
static void full_disk(void) {
    char path[128];
    path_of("full.cnet", path);
    cn_network *net = load(COOPNET_SOURCE_DIR "/graphs/toy.json");
    struct rlimit old;
    CHECK(getrlimit(RLIMIT_FSIZE, &old) == 0);
    struct rlimit small = {100, old.rlim_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    cn_error err = {0};
    cn_status status = cn_snapshot_write(net, path, &err);
    CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
    cn_network_free(net);
    CHECK_INT(status, CN_ERR_IO);
    CHECK(access(path, F_OK) != 0 && errno == ENOENT);
}

/* Stopped after each of its steps: no file, and the one that was there stays. */
static bool stop_at(void *context, uint64_t done, uint64_t total) {
    CHECK(done > 0 && done <= total);
    return --*(int *)context > 0;
}

static void stopped_while_writing(void) {
    char path[128];
    path_of("stopped.cnet", path);
    cn_network *net = load(COOPNET_SOURCE_DIR "/graphs/electro.json");
    cn_status status = CN_ERR_CANCELLED;
    for (int steps = 1; status == CN_ERR_CANCELLED; steps++) {
        int left = steps;
        cn_error err = {0};
        cn_snapshot_watch watch = {stop_at, &left};
        status = cn_snapshot_write_watched(net, path, &watch, &err);
        CHECK((status == CN_OK) == (access(path, F_OK) == 0));
        CHECK(status == CN_OK || (status == CN_ERR_CANCELLED && err.status == CN_ERR_CANCELLED));
        CHECK(steps < 1000);
    }
    int none = 1;
    cn_buf before = read_all(path);
    cn_snapshot_watch watch = {stop_at, &none};
    CHECK_INT(cn_snapshot_write_watched(net, path, &watch, NULL), CN_ERR_CANCELLED);
    cn_buf after = read_all(path);
    bool same = before.len == after.len && memcmp(before.data, after.data, before.len) == 0;
    cn_buf_release(&before);
    cn_buf_release(&after);
    cn_network_free(net);
    (void)unlink(path);
    CHECK(same);
}

/* One byte changed, or the file cut, at the beginning, in the middle and at the end of every part. */
static void every_part(void) {
    cn_buf bytes = snapshot_of(COOPNET_SOURCE_DIR "/graphs/electro.json");
    cn__snapshot_row table[CN__SNAPSHOT_PART_COUNT];
    memcpy(table, bytes.data + sizeof(cn__snapshot_header), sizeof table);
    size_t parts = 0;
    for (size_t i = 0; i < CN__SNAPSHOT_PART_COUNT; i++) {
        const size_t offsets[] = {0, table[i].bytes / 2, table[i].bytes - 1};
        for (size_t k = 0; k < 3 && table[i].bytes > 0; k++) {
            cn_message message;
            size_t at = table[i].at + offsets[k];
            bytes.data[at] = (char)(bytes.data[at] ^ 0x40);
            CHECK_INT(open_bytes(bytes.data, bytes.len, &message), CN_ERR_INPUT);
            CHECK_INT(message, CN_MSG_SNAPSHOT_DAMAGED);
            bytes.data[at] = (char)(bytes.data[at] ^ 0x40);
            CHECK_INT(open_bytes(bytes.data, at, &message), CN_ERR_INPUT);
            CHECK_INT(message, CN_MSG_SNAPSHOT_TORN);
        }
        parts += table[i].bytes > 0;
    }
    cn_buf_release(&bytes);
    CHECK(parts > 15);
}

static void each_allocation_fails(void) {
    char path[128];
    path_of("oom.cnet", path);
    cn_network *net = load(COOPNET_SOURCE_DIR "/graphs/electro.json");
    for (uint64_t nth = 0; nth < 200; nth++) {
        cn_network *opened = NULL;
        cn__alloc_fail_after(nth);
        cn_status status = cn_snapshot_write(net, path, NULL);
        status = status == CN_OK ? cn_load(path, NULL, NULL, &opened, NULL) : status;
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK(status == CN_OK || (status == CN_ERR_MEMORY && opened == NULL));
        cn_network_free(opened);
        if (status == CN_OK) {
            CHECK(nth > 5);
            break;
        }
    }
    cn_network_free(net);
}

static void last(void) {
    static const char *const names[] = {"a.cnet", "b.cnet", "s.cnet", "oom.cnet"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        path_of(names[i], path);
        (void)unlink(path);
    }
    CHECK(rmdir(folder) == 0); /* nothing else was left behind */
}

int main(void) {
    if (!mkdtemp(folder)) {
        return 1;
    }
    return check_run((check_case[]){{"written_and_opened", written_and_opened},
                                    {"flipped_bits", flipped_bits},
                                    {"cut_and_longer", cut_and_longer},
                                    {"forged_numbers", forged_numbers},
                                    {"other_version", other_version},
                                    {"limits_hold", limits_hold},
                                    {"full_disk", full_disk},
                                    {"stopped_while_writing", stopped_while_writing},
                                    {"every_part", every_part},
                                    {"each_allocation_fails", each_allocation_fails},
                                    {"last", last},
                                    {0}});
}
