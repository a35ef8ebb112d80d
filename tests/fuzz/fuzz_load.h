/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One load of arbitrary bytes, and what must hold whatever they are. Used by the fuzzers (fuzz_json.c, fuzz_csv.c) and by
 * test_fuzz_load.c, which ctest runs.
 */
#ifndef CN_FUZZ_LOAD_H
#define CN_FUZZ_LOAD_H

#include "coopnet/load.h"

#include <stdio.h>
#include <stdlib.h>

#define FUZZ_EXPECT(e)                                                                                                 \
    do {                                                                                                               \
        if (!(e)) {                                                                                                    \
            (void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #e);                                              \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

static inline void fuzz_load(cn_format format, const uint8_t *data, size_t size) {
    cn_load_options options = {.format = format,
                               .limits = {.max_entities = 2000, .max_links = 5000, .max_text_bytes = 5000}};
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_error err = {0};
    FUZZ_EXPECT(cn_diags_create(&diags, &err) == CN_OK);
    cn_status status = cn_load_bytes("fuzz", data, size, &options, diags, &net, &err);
    FUZZ_EXPECT(status == CN_OK || status == CN_ERR_INPUT);
    FUZZ_EXPECT((status == CN_OK) == (net != NULL));
    /* A database that cannot be opened or asked is no finding at a place of a file: the call fails with what it said. */
    bool database = err.message == CN_MSG_DATABASE_OPEN || err.message == CN_MSG_DATABASE_QUERY ||
                    err.message == CN_MSG_DATABASE_NO_TABLES || err.message == CN_MSG_DATABASE_URL;
    FUZZ_EXPECT(database || (status == CN_OK) == (cn_diags_total(diags, CN_LEVEL_ERROR) == 0));
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        const cn_diag *diag = cn_diags_at(diags, i);
        FUZZ_EXPECT((diag->line == 0) == (diag->column == 0));
        cn_buf text = {0};
        cn_diag_line(diag, i % 2 ? CN_LANG_RU : CN_LANG_EN, &text);
        FUZZ_EXPECT(text.len > 0);
        cn_buf_release(&text);
    }
    cn_network_free(net);
    cn_diags_free(diags);
}

#endif
