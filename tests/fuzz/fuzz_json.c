/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libFuzzer entry for the JSON reader. Build beside the static library:
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Itests/fuzz tests/fuzz/fuzz_json.c libcoopnet.a …
 */
#include "fuzz_load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_load(CN_FORMAT_JSON, data, size);
    return 0;
}
