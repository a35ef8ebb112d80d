/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seeded mutations of a theme file and of a logo through their readers: whatever comes, it is refused or taken whole. COOPNET_FUZZ_RUNS sets the number
 * for a long run.
 */
#include "coopnet/theme.h"
#include "damage_json.h"
#include "raster.h"

#include <stdlib.h>

enum { RUNS = 300, ROOM = 4096 };

static const char *const theme_text =
    "{\"coopnet_theme\": 1, \"name\": \"x\", \"base\": \"dark\", \"organisation\": \"\\u0410\\u041d \\ud83d\\ude00\",\n"
    " \"colours\": {\"paper\": \"#101010\", \"ink\": \"#FfF\", \"anchor\": \"#c8102e\", \"supply\": \"#444\"}}";
static const char *const logo_text =
    "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='100' viewBox='0 0 300 100'><defs><filter "
    "id='f'><feGaussianBlur stdDeviation='3'/></filter></defs><g transform='scale(1.5)'><rect width='200' height='60' "
    "fill='#c8102e' filter='url(#f)'/><text x='10' y='50'>A&amp;B</text></g></svg>";

static long run_count(void) {
    const char *asked = getenv("COOPNET_FUZZ_RUNS");
    return asked ? strtol(asked, NULL, 10) : RUNS;
}

static void themes(void) {
    char text[ROOM];
    uint64_t seed = 16;
    long taken = 0;
    for (long run = 0; run < run_count(); run++) {
        size_t len = strlen(theme_text);
        memcpy(text, theme_text, len);
        damage_json(text, &len, &seed);
        cn_diags *diags = NULL;
        cn_theme *theme = NULL;
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn_status status = cn_theme_load_bytes("fuzz", "no-such-folder", text, len, diags, &theme, NULL);
        CHECK(status == CN_OK || status == CN_ERR_INPUT);
        CHECK((status == CN_OK) == (theme != NULL));
        CHECK((status == CN_ERR_INPUT) == (cn_diags_total(diags, CN_LEVEL_ERROR) > 0));
        taken += theme != NULL;
        cn_theme_free(theme);
        cn_diags_free(diags);
    }
    CHECK(taken > 0 && taken < run_count());
}

static void logos(void) {
    char text[ROOM];
    uint64_t seed = 9;
    long taken = 0;
    for (long run = 0; run < run_count() / 6; run++) {
        size_t len = strlen(logo_text);
        memcpy(text, logo_text, len);
        damage_json(text, &len, &seed);
        const cn_theme theme = {.logo_kind = CN_LOGO_SVG, .logo = text, .logo_bytes = len};
        cn_buf base64 = {0};
        double aspect = 0;
        cn_status status = cn__raster_logo(&theme, &base64, &aspect, NULL);
        CHECK(status == CN_OK || status == CN_ERR_INPUT);
        CHECK((status == CN_OK) == (base64.len > 0) && (status != CN_OK || (aspect > 0.05 && aspect < 20)));
        taken += status == CN_OK;
        cn_buf_release(&base64);
    }
    CHECK(taken > 0 && taken < run_count());
}

int main(void) { return check_run((check_case[]){{"mutated themes", themes}, {"mutated logos", logos}, {0}}); }
