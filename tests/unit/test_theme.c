/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Theme files: an example with its place for every message of a broken one, what a good one gives, logos that are none; and what the
 * schemes must keep in every theme: contrast, and things that differ not by colour alone.
 */
#include "broken_example.h"
#include "coopnet/theme.h"
#include "raster.h"
#include "scheme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "{\"coopnet_theme\": 1,\n"

static const broken_example broken[] = {
    {"theme-no-theme", 1, 1, "[]"},
    {"theme-no-theme", 1, 19, "{\"coopnet_theme\": 2}"},
    {"rules-missing", 1, 1, "{}"},
    {"rules-unknown-field-near", 2, 1, HEAD "\"colors\": {}}"},
    {"rules-unknown-field-near", 2, 13, HEAD "\"colours\": {\"ancor\": \"#123456\"}}"},
    {"rules-field-twice", 2, 14, HEAD "\"name\": \"a\", \"name\": \"b\"}"},
    {"rules-unknown-word-near", 2, 9, HEAD "\"base\": \"darc\"}"},
    {"expect-text", 2, 17, HEAD "\"organisation\": 5}"},
    {"expect-object", 2, 12, HEAD "\"colours\": \"#123456\"}"},
    {"theme-bad-colour", 2, 23, HEAD "\"colours\": {\"anchor\": \"red\"}}"},
    {"theme-bad-colour", 2, 23, HEAD "\"colours\": {\"anchor\": \"#12345g\"}}"},
    {"theme-bad-colour", 2, 23, HEAD "\"colours\": {\"anchor\": \"#12345\"}}"},
    {"theme-contrast", 2, 12, HEAD "\"colours\": {\"ink\": \"#999999\"}}"},
    {"theme-ground", 2, 12, HEAD "\"colours\": {\"paper\": \"#808080\"}}"},
    {"theme-ground", 3, 12, HEAD "\"base\": \"dark\",\n\"colours\": {\"paper\": \"#ffffff\"}}"},
    {"theme-no-logo", 2, 9, HEAD "\"logo\": \"there-is-none.png\"}"},
    {"theme-no-logo", 2, 9, HEAD "\"logo\": \"-\"}"},
    {"theme-logo-kind", 2, 9, HEAD "\"logo\": \"README.md\"}"},
    {"theme-logo-large", 2, 9, HEAD "\"logo\": \"/dev/zero\"}"},
    {"json-comma", 2, 12, HEAD "\"name\": \"a\"]"},
};

static const message_level messages[] = {
#define CN_MESSAGE(id, level, key, en, ru) {key, CN_LEVEL_##level},
#include "coopnet/messages_theme.def"
#undef CN_MESSAGE
};

static void broken_themes_get_their_message(void) {
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        cn_diags *diags = NULL;
        cn_theme *theme = NULL;
        cn_error err = {0};
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        CHECK_INT(cn_theme_load_bytes("t.json", COOPNET_SOURCE_DIR, broken[i].text, strlen(broken[i].text), diags,
                                      &theme, &err),
                  CN_ERR_INPUT);
        CHECK(theme == NULL);
        check_example(&broken[i], diags);
        cn_diags_free(diags);
    }
}

static void every_message_has_an_example(void) {
    check_examples_of_all(messages, sizeof messages / sizeof *messages, broken, sizeof broken / sizeof *broken);
}

static cn_theme *theme_of(const char *text) {
    cn_theme *theme = NULL;
    CHECK_INT(cn_theme_load_bytes("t.json", NULL, text, strlen(text), NULL, &theme, NULL), CN_OK);
    return theme;
}

static void a_good_one(void) {
    cn_theme *theme = theme_of(HEAD "\"name\": \"ours\", \"base\": \"print\", \"organisation\": \"АНО «Центр»\",\n"
                                    "\"colours\": {\"anchor\": \"#C8102E\", \"accent\": \"#abc\"}}");
    CHECK_INT(theme->base, CN_THEME_PRINT);
    CHECK_TEXT(theme->organisation, "АНО «Центр»");
    CHECK_TEXT(theme->colours[CN_THEME_ANCHOR_COLOUR], "#c8102e");
    CHECK_TEXT(theme->colours[CN_THEME_ACCENT_COLOUR], "#aabbcc");
    CHECK_TEXT(theme->colours[CN_THEME_PARK_COLOUR], "");
    CHECK_INT(theme->logo_kind, CN_LOGO_NONE);
    cn_theme_free(theme);
    CHECK_INT(cn_theme_find("mono"), CN_THEME_MONO);
    CHECK_INT(cn_theme_find("pink"), -1);
    CHECK_TEXT(cn_theme_colour_key(CN_THEME_FINAL_MAKER_COLOUR), "final_maker");
}

/* ---- logos ---- */

static cn_status logo_of(cn_logo_kind kind, const char *bytes, size_t len, double *aspect, cn_buf *base64) {
    const cn_theme theme = {.logo_kind = kind, .logo = bytes, .logo_bytes = len};
    return cn__raster_logo(&theme, base64, aspect, NULL);
}

static void logos(void) {
    static const char *const refused[] = {
        "<svg xmlns='http://www.w3.org/2000/svg'", "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='5'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 1'/>",
        "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
        "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>"
        "<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&g;</text></svg>"};
    const char *hostile =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='200' "
        "height='100' onload='alert(1)'><script>alert(1)</script><image "
        "xlink:href='file:///etc/passwd'/><rect width='200' height='100' fill='red'/></svg>";
    double aspect = 0;
    cn_buf out = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CHECK_INT(logo_of(CN_LOGO_SVG, refused[i], strlen(refused[i]), &aspect, &out), CN_ERR_INPUT);
    }
    CHECK_INT(logo_of(CN_LOGO_PNG, "\x89PNG\r\n\x1a\n", 8, &aspect, &out), CN_ERR_INPUT);
    CHECK_INT(out.len, 0);
    CHECK_INT(logo_of(CN_LOGO_SVG, hostile, strlen(hostile), &aspect, &out), CN_OK);
    CHECK_NEAR(aspect, 2, 0.01);
    CHECK(strncmp(out.data, "iVBORw0KGgo", 11) == 0); /* a PNG, and nothing but one */
    cn_buf_release(&out);
}

/* ---- schemes: by a second computation of luminance ---- */

static double part(const char *text, int i) {
    char digits[3] = {text[1 + 2 * i], text[2 + 2 * i], 0};
    double v = (double)strtol(digits, NULL, 16) / 255;
    return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double contrast(const char *a, const char *b) {
    double x = 0.2126 * part(a, 0) + 0.7152 * part(a, 1) + 0.0722 * part(a, 2) + 0.05;
    double y = 0.2126 * part(b, 0) + 0.7152 * part(b, 1) + 0.0722 * part(b, 2) + 0.05;
    return x > y ? x / y : y / x;
}

static void contrast_at_least(const char *a, const char *b, double least, const char *what, const char *key) {
    if (contrast(a, b) < least) {
        printf("  %s %s: %s on %s is %.2f\n", what, key, a, b, contrast(a, b));
    }
    CHECK(contrast(a, b) >= least);
}

static void check_scheme(const cn_theme *theme) {
    cn__scheme s;
    cn__scheme_make(&s, theme);
    const char *paper = cn__scheme_role(&s, CN__ROLE_PAPER);
    const char *ink = cn__scheme_role(&s, CN__ROLE_INK);
    for (int i = 0; i < CN__NODE_STYLE_COUNT; i++) {
        const char *key = cn__node_look_of((cn__node_style)i)->key;
        contrast_at_least(ink, s.nodes[i].fill.text, 7, "name in", key);
        contrast_at_least(cn__scheme_role(&s, CN__ROLE_SOFT), s.nodes[i].fill.text, 4.5, "second line in", key);
        contrast_at_least(s.nodes[i].line.text, paper, 3, "border of", key);
        contrast_at_least(s.nodes[i].line.text, s.nodes[i].fill.text, 3, "border and fill of", key);
    }
    for (int i = 0; i < CN__GROUP_STYLE_COUNT; i++) {
        const char *key = cn__group_look_of((cn__group_style)i)->key;
        contrast_at_least(s.groups[i].line.text, s.groups[i].fill.text, 4.5, "name of group", key);
        contrast_at_least(s.groups[i].line.text, paper, 3, "frame of", key);
    }
    for (int i = 0; i < CN__LINK_STYLE_COUNT; i++) {
        contrast_at_least(s.links[i].text, paper, 3, "line", cn__link_look_of((cn__link_style)i)->key);
        for (int g = 0; g < CN__GROUP_STYLE_COUNT; g++) {
            contrast_at_least(s.links[i].text, s.groups[g].fill.text, 2.9, "line in a group",
                              cn__link_look_of((cn__link_style)i)->key);
        }
    }
    contrast_at_least(ink, paper, 7, "text", "ink");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_ACCENT), paper, 4.5, "text", "accent");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_GREY), paper, 4.5, "text", "grey");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_GREY), cn__scheme_role(&s, CN__ROLE_BAND), 4.5, "heading", "grey");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_PALE_INK), cn__scheme_role(&s, CN__ROLE_PALE_FILL), 4.5, "text",
                      "pale");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_PALE_LINE), paper, 3, "border", "pale");
    contrast_at_least(cn__scheme_role(&s, CN__ROLE_BADGE), paper, 4.5, "badge", "cycle");
    contrast_at_least(ink, cn__scheme_role(&s, CN__ROLE_PANEL), 7, "legend", "ink");
}

static void contrasts(void) {
    for (int base = CN_THEME_LIGHT; base <= CN_THEME_MONO; base++) {
        printf("  theme %s\n", cn_theme_key((cn_theme_base)base));
        cn_theme theme = {.base = (cn_theme_base)base};
        check_scheme(&theme);
        for (int i = CN_THEME_ACCENT_COLOUR; i < CN_THEME_COLOUR_COUNT; i++) { /* the loudest of house colours */
            static const char *const loud[] = {"#ffff00", "#00ff00", "#ff00ff", "#ffffff", "#000000", "#00ffff"};
            memcpy(theme.colours[i], loud[(i + base) % 6], 8);
        }
        check_scheme(&theme);
    }
}

static bool same_line(const char *a, const char *b) { return strcmp(a, b) == 0; }

/*
 * Two boxes or lines of different meaning must differ in shape, dash, arrowhead, second line or in a width by 0.4: for who sees no colours.
 * Those that never meet in a drawing are told here.
 */
static void not_by_colour_alone(void) {
    size_t alike = 0;
    static const cn__node_style never[][2] = {
        {CN__NODE_MEMBER, CN__NODE_FIRM},
        {CN__NODE_COMPANY, CN__NODE_FIRM},
        {CN__NODE_FINAL_MAKER, CN__NODE_NEW},
        {CN__NODE_MEMBER, CN__NODE_STAYED},
        {CN__NODE_FIRM, CN__NODE_STAYED},
        {CN__NODE_MEMBER, CN__NODE_REGION},
        {CN__NODE_FIRM, CN__NODE_REGION},
        {CN__NODE_COMPANY, CN__NODE_REGION},
        {CN__NODE_COMPANY, CN__NODE_STAYED},
        {CN__NODE_STAYED, CN__NODE_REGION},
        {CN__NODE_CLUSTER_CANDIDATE, CN__NODE_DE_FACTO},
        {CN__NODE_CLUSTER_PLAIN, CN__NODE_FOUND},
    };
    for (unsigned i = 0; i < CN__NODE_STYLE_COUNT; i++) {
        for (unsigned j = 0; j < i; j++) {
            const cn__node_look *a = cn__node_look_of((cn__node_style)i);
            const cn__node_look *b = cn__node_look_of((cn__node_style)j);
            bool differ = a->shape != b->shape || a->twice != b->twice || !same_line(a->dash, b->dash) ||
                          fabs(a->width - b->width) >= 0.4;
            for (size_t n = 0; n < sizeof never / sizeof *never; n++) {
                differ |= (never[n][0] == i && never[n][1] == j) || (never[n][0] == j && never[n][1] == i);
            }
            if (!differ) {
                printf("  boxes %s and %s differ by colour alone\n", a->key, b->key);
            }
            alike += !differ;
        }
    }
    static const cn__link_style apart[][2] = {
        {CN__LINK_SUPPLY, CN__LINK_FLOW},        {CN__LINK_ROUTE, CN__LINK_SHORTAGE},
        {CN__LINK_ROUTE, CN__LINK_NEW},          {CN__LINK_SHORTAGE, CN__LINK_NEW},
        {CN__LINK_STAYED, CN__LINK_SERVICE},     {CN__LINK_PALE, CN__LINK_INSIDE},
        {CN__LINK_REGION_FLOW, CN__LINK_SUPPLY}, {CN__LINK_REGION_FLOW, CN__LINK_FLOW},
        {CN__LINK_REGION_TIE, CN__LINK_TIE},     {CN__LINK_STREAM, CN__LINK_SUPPLY},
        {CN__LINK_STREAM, CN__LINK_FLOW},        {CN__LINK_STREAM, CN__LINK_REGION_FLOW},
    };
    for (unsigned i = 0; i < CN__LINK_STYLE_COUNT; i++) {
        for (unsigned j = 0; j < i; j++) {
            const cn__link_look *a = cn__link_look_of((cn__link_style)i);
            const cn__link_look *b = cn__link_look_of((cn__link_style)j);
            bool differ = a->arrow != b->arrow || !same_line(a->dash, b->dash) || fabs(a->width - b->width) >= 0.4;
            for (size_t n = 0; n < sizeof apart / sizeof *apart; n++) {
                differ |= (apart[n][0] == i && apart[n][1] == j) || (apart[n][0] == j && apart[n][1] == i);
            }
            if (!differ) {
                printf("  lines %s and %s differ by colour alone\n", a->key, b->key);
            }
            alike += !differ;
        }
    }
    CHECK_INT(alike, 0);
}

int main(void) {
    return check_run((check_case[]){{"broken themes get their message", broken_themes_get_their_message},
                                    {"every message has an example", every_message_has_an_example},
                                    {"a good one", a_good_one},
                                    {"logos", logos},
                                    {"contrasts", contrasts},
                                    {"not by colour alone", not_by_colour_alone},
                                    {0}});
}
