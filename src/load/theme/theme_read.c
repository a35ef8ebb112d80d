/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Themes from JSON: their fields as a table for json_tree.c, what must hold between the colours, and the logo's file. Everything wrong is
 * an error with its place: nobody looks for a misspelt colour on a printed poster. Of a logo only the kind and the size are looked at;
 * whoever draws it makes a picture of it, so that nothing in an SVG can act. O(bytes).
 */
#include "colour.h"
#include "json_tree.h"
#include "memory.h"
#include "theme_impl.h"

#include <stdio.h>
#include <string.h>

#define MAX_THEME_BYTES (UINT64_C(256) << 10)
#define MAX_LOGO_BYTES (UINT64_C(2) << 20)
#define MAX_LOGO_SIDE 4000u
#define LEAST_CONTRAST 7.0

/* A theme as read. */
typedef struct draft {
    cn_theme open;
    int base; /* cn_theme_base */
    const char *logo;
    const char *name;
} draft;

static const char *base_word(int i) {
    return cn_theme_key((cn_theme_base)i)[0] ? cn_theme_key((cn_theme_base)i) : NULL;
}

static const cn__field_row colour_fields[] = {
#define CN_THEME_COLOUR(id, k, en, ru)                                                                                 \
    {.key = (k), .kind = CN__FIELD_COLOUR, .offset = offsetof(draft, open.colours[CN_THEME_##id##_COLOUR])},
#include "coopnet/theme.def"
#undef CN_THEME_COLOUR
    {0}};

static const cn__field_row theme_fields[] = {
    {.key = "coopnet_theme", .kind = CN__FIELD_VERSION, .required = true},
    {.key = "name", .kind = CN__FIELD_TEXT, .offset = offsetof(draft, name)},
    {.key = "base", .kind = CN__FIELD_WORD, .offset = offsetof(draft, base), .words = base_word},
    {.key = "organisation", .kind = CN__FIELD_TEXT, .offset = offsetof(draft, open.organisation)},
    {.key = "logo", .kind = CN__FIELD_TEXT, .offset = offsetof(draft, logo)},
    {.key = "colours", .kind = CN__FIELD_OBJECT, .fields = colour_fields},
    {0}};

typedef struct reading {
    cn__theme_file *theme;
    const char *folder;
} reading;

/* The place of the value of a field that is there. */
static cn__place place_of(const cn__tree *tree, const char *field) {
    const cn__mark *marks = tree->scan.marks;
    for (uint32_t key = 1; key < marks[0].next; key = marks[key + 1].next) {
        size_t len = strlen(field);
        if (marks[key].len == len + 2 && memcmp(tree->scan.text + marks[key].start + 1, field, len) == 0) {
            return marks[key + 1].place;
        }
    }
    return marks[0].place;
}

/* ---- colours ---- */

static void check_colours(cn__tree *tree, const cn_theme *theme) {
    const char *paper = cn__theme_paper(theme);
    const char *ink = cn__theme_ink(theme);
    double lightness = cn__colour_lch(paper).l;
    double contrast = cn__colour_contrast(paper, ink);
    bool fits = theme->base == CN_THEME_DARK ? lightness < 0.3 : lightness > 0.93;
    if (!fits) {
        CN__REPORT2(tree->load, tree->file, place_of(tree, "colours"), THEME_GROUND, paper, cn_theme_key(theme->base));
    } else if (contrast < LEAST_CONTRAST) {
        char number[32];
        (void)snprintf(number, sizeof number, "%d.%d", (int)contrast, (int)(contrast * 10) % 10);
        CN__REPORT3(tree->load, tree->file, place_of(tree, "colours"), THEME_CONTRAST, ink, paper, number);
    }
}

/* ---- logo ---- */

static uint32_t big_endian(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* A PNG begins with its signature and the chunk that states its size. */
static bool is_png(const cn_buf *bytes, uint32_t *width, uint32_t *height) {
    static const unsigned char head[16] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    if (bytes->len < 24 || memcmp(bytes->data, head, sizeof head) != 0) {
        return false;
    }
    *width = big_endian((const unsigned char *)bytes->data + 16);
    *height = big_endian((const unsigned char *)bytes->data + 20);
    return true;
}

/* Text with an element svg near its beginning. */
static bool is_svg(const cn_buf *bytes) {
    size_t end = bytes->len < 4096 ? bytes->len : 4096;
    for (size_t i = 0; i + 4 < end; i++) {
        if (bytes->data[i] == '\0') {
            return false;
        }
        if (memcmp(bytes->data + i, "<svg", 4) == 0 && strchr(" \t\r\n>", bytes->data[i + 4])) {
            return true;
        }
    }
    return false;
}

static void take_logo(cn__tree *tree, const char *name, const cn_buf *bytes, cn_theme *theme) {
    uint32_t width = 1;
    uint32_t height = 1;
    if (is_png(bytes, &width, &height)) {
        theme->logo_kind = CN_LOGO_PNG;
    } else if (is_svg(bytes)) {
        theme->logo_kind = CN_LOGO_SVG;
    } else {
        CN__REPORT1(tree->load, tree->file, place_of(tree, "logo"), THEME_LOGO_KIND, name);
        return;
    }
    if (width == 0 || height == 0 || width > MAX_LOGO_SIDE || height > MAX_LOGO_SIDE) {
        CN__REPORT1(tree->load, tree->file, place_of(tree, "logo"), THEME_LOGO_LARGE, name);
        return;
    }
    theme->logo = cn__keep_copy(tree->keep, bytes->data, bytes->len);
    theme->logo_bytes = bytes->len;
    if (!theme->logo) {
        tree->status = CN__NO_MEMORY(tree->load->err);
    }
}

static void read_logo(cn__tree *tree, const char *folder, const char *name, cn_theme *theme) {
    cn_buf path = {0};
    cn_buf bytes = {0};
    cn_error why = {0};
    if (folder && folder[0] && name[0] != '/') {
        cn_buf_add_text(&path, folder);
        cn_buf_add_text(&path, "/");
    }
    cn_buf_add_text(&path, name);
    if (path.failed) {
        tree->status = CN__NO_MEMORY(tree->load->err);
    } else {
        cn_status status = name[0] == '-' && !name[1] ? CN_ERR_INPUT /* standard input is no logo */
                                                      : cn__file_read(path.data, MAX_LOGO_BYTES, NULL, &bytes, &why);
        if (status == CN_ERR_MEMORY) {
            tree->status = CN__NO_MEMORY(tree->load->err);
        } else if (status == CN_ERR_LIMIT) {
            CN__REPORT1(tree->load, tree->file, place_of(tree, "logo"), THEME_LOGO_LARGE, name);
        } else if (status) {
            CN__REPORT1(tree->load, tree->file, place_of(tree, "logo"), THEME_NO_LOGO, name);
        } else {
            take_logo(tree, name, &bytes, theme);
        }
    }
    cn_buf_release(&path);
    cn_buf_release(&bytes);
}

/* ---- the whole ---- */

static void read_theme(cn__tree *tree, void *context) {
    const reading *r = context;
    draft d = {0};
    uint64_t before = cn_diags_total(tree->load->diags, CN_LEVEL_ERROR);
    cn__tree_read(tree, 0, theme_fields, &d);
    if (tree->status || cn_diags_total(tree->load->diags, CN_LEVEL_ERROR) > before) {
        return;
    }
    d.open.base = (cn_theme_base)d.base;
    check_colours(tree, &d.open);
    if (d.logo) {
        read_logo(tree, r->folder, d.logo, &d.open);
    }
    r->theme->open = d.open;
}

cn_status cn_theme_load_bytes(const char *label, const char *folder, const void *bytes, size_t len, cn_diags *diags,
                              cn_theme **out, cn_error *err) {
    cn__load load = {.err = err, .diags = diags};
    *out = NULL;
    reading r = {cn__calloc(1, sizeof *r.theme), folder};
    if (!r.theme) {
        return CN__NO_MEMORY(err);
    }
    cn__tree tree = {.keep = &r.theme->keep, .no_such_file = CN_MSG_THEME_NO_THEME};
    cn_status status = cn__tree_file(&tree, &load, label, bytes, len, read_theme, &r);
    if (status) {
        cn_theme_free(&r.theme->open);
    } else {
        *out = &r.theme->open;
    }
    cn__tree_release(&tree);
    return status;
}

cn_status cn_theme_load(const char *path, cn_diags *diags, cn_theme **out, cn_error *err) {
    cn_buf bytes = {0};
    cn_buf folder = {0};
    *out = NULL;
    cn_status status = cn__file_read(path, MAX_THEME_BYTES, NULL, &bytes, err);
    if (!status) {
        const char *slash = strrchr(path, '/');
        cn_buf_add(&folder, path, slash ? (size_t)(slash - path) + (slash == path) : 0);
        status = folder.failed ? CN__NO_MEMORY(err)
                               : cn_theme_load_bytes(path, folder.len ? folder.data : NULL, bytes.data, bytes.len,
                                                     diags, out, err);
    }
    cn_buf_release(&folder);
    cn_buf_release(&bytes);
    return status;
}
