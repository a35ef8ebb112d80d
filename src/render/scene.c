/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Growing a scene: texts are cleaned on their way in, so that no writer below meets a control character, a change of
 * writing direction or invalid UTF-8; boxes are measured as soon as their lines are known. Cost: linear in the texts.
 */
#include "backdrop.h"

#include <math.h>
#include <string.h>

#include "number.h"
#include "utf8.h"

#define SMALL_WIDTH 92.0
#define KEY_WIDTH 150.0        /* of a name in the legend */
#define NARROW_NAME_WIDTH 64.0 /* in terse scenes */
#define ROOMY_WIDTH 100.0      /* of boxes of groups */
#define MAX_LABEL_WIDTH 62.0
#define MAX_SHORT_LABEL_WIDTH 110.0 /* of a label on one line */
#define MAX_GROUP_WIDTH 320.0

void cn__scene_release(cn__scene *scene) {
    cn__arena_release(&scene->texts);
    cn__free(scene->nodes);
    cn__free(scene->links);
    cn__free(scene->groups);
    cn__free(scene->columns);
    if (scene->backdrop) {
        cn__backdrop_release(scene->backdrop);
        cn__free(scene->backdrop);
    }
    memset(scene, 0, sizeof *scene);
}

const cn__scheme *cn__scene_scheme(const cn__scene *scene) {
    return scene->scheme ? scene->scheme : cn__scheme_light();
}

const char *cn__scene_text(const cn__scene *scene, uint32_t text) {
    return text ? cn__arena_at(&scene->texts, text) : "";
}

/* Marks that turn the writing direction of what follows would leave their text and mix up the picture. */
static bool is_direction_mark(uint32_t code) {
    return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

static bool is_forbidden_in_xml(uint32_t code) {
    return code == 0xFFFE || code == 0xFFFF || (code >= 0xD800 && code <= 0xDFFF);
}

static void add_clean(cn_buf *out, const char *text, bool keep_lines) {
    bool blank = false;
    while (*text) {
        uint32_t code = cn__utf8_next(&text);
        if (is_direction_mark(code)) {
            continue;
        }
        if (code == '\n' && keep_lines) {
            cn_buf_add_text(out, "\n");
            blank = false;
            continue;
        }
        if (code <= 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029) {
            blank = out->len > 0;
            continue;
        }
        if (blank) {
            cn_buf_add_text(out, " ");
            blank = false;
        }
        cn__utf8_add(out, is_forbidden_in_xml(code) ? 0xFFFD : code);
    }
}

uint32_t cn__scene_keep(cn__scene *scene, const char *text, bool keep_lines) {
    cn_buf clean = {0};
    uint32_t kept = 0;
    add_clean(&clean, text, keep_lines);
    if (clean.failed || (clean.len > 0 && !cn__arena_add(&scene->texts, clean.data, clean.len, &kept))) {
        scene->failed = true;
    }
    cn_buf_release(&clean);
    return kept;
}

uint32_t cn__scene_keep_raw(cn__scene *scene, const char *text) {
    uint32_t kept = 0;
    size_t len = strlen(text);
    if (len > 0 && !cn__arena_add(&scene->texts, text, len, &kept)) {
        scene->failed = true;
    }
    return kept;
}

uint32_t cn__scene_keep_buf(cn__scene *scene, cn_buf *buf, bool keep_lines) {
    uint32_t kept = 0;
    if (buf->failed) {
        scene->failed = true;
    } else if (buf->len > 0) {
        kept = cn__scene_keep(scene, buf->data, keep_lines);
    }
    cn_buf_release(buf);
    return kept;
}

static void *add_cleared(cn__scene *scene, void **items, size_t *cap, size_t *len, size_t size) {
    if (!cn__grow(items, cap, *len, 1, size)) {
        scene->failed = true;
        return NULL;
    }
    void *item = (char *)*items + *len * size;
    memset(item, 0, size);
    *len += 1;
    return item;
}

cn__scene_node *cn__scene_add_node(cn__scene *scene) {
    cn__scene_node *node =
        add_cleared(scene, (void **)&scene->nodes, &scene->node_cap, &scene->node_count, sizeof *node);
    if (node) {
        node->group = node->column = CN_NONE;
    }
    return node;
}

cn__scene_link *cn__scene_add_link(cn__scene *scene) {
    cn__scene_link *link =
        add_cleared(scene, (void **)&scene->links, &scene->link_cap, &scene->link_count, sizeof *link);
    if (link) {
        link->weight = 1;
    }
    return link;
}

cn__scene_group *cn__scene_add_group(cn__scene *scene) {
    return add_cleared(scene, (void **)&scene->groups, &scene->group_cap, &scene->group_count, sizeof *scene->groups);
}

cn__scene_column *cn__scene_add_column(cn__scene *scene) {
    return add_cleared(scene, (void **)&scene->columns, &scene->column_cap, &scene->column_count,
                       sizeof *scene->columns);
}

/* Keep a text on one line of at most `max_width`, cut with "…". */
static uint32_t keep_line(cn__scene *scene, const char *text, double max_width, bool bold, double size) {
    cn_buf clean = {0};
    cn_buf line = {0};
    cn__wrap wrap;
    add_clean(&clean, text, false);
    cn__wrap_text(clean.len ? clean.data : "", 1, max_width, bold, size, &wrap);
    if (wrap.count > 0) {
        cn_buf_add(&line, clean.data + wrap.lines[0].start, wrap.lines[0].len);
        cn_buf_add_text(&line, wrap.lines[0].cut ? "…" : "");
    }
    line.failed |= clean.failed;
    cn_buf_release(&clean);
    return cn__scene_keep_buf(scene, &line, false);
}

uint32_t cn__scene_keep_line(cn__scene *scene, const char *text, double max_width, double size) {
    return keep_line(scene, text, max_width, false, size);
}

/* Wrap one text into further lines of a node; returns the widest. */
static double add_lines(cn__scene *scene, cn__scene_node *node, const char *text, size_t max_lines, double max_width,
                        bool bold, double size) {
    cn__wrap wrap;
    cn__wrap_text(text, max_lines, max_width, bold, size, &wrap);
    if (wrap.count > 0 && wrap.lines[wrap.count - 1].cut) { /* a long name gets a wider box before it is cut */
        cn__wrap_text(text, max_lines, max_width * 1.5, bold, size, &wrap);
    }
    for (size_t i = 0; i < wrap.count; i++) {
        cn_buf line = {0};
        cn_buf_add(&line, text + wrap.lines[i].start, wrap.lines[i].len);
        if (wrap.lines[i].cut) {
            cn_buf_add_text(&line, "…");
        }
        node->lines[node->line_count++] = cn__scene_keep_buf(scene, &line, false);
    }
    return wrap.width;
}

/* The box round the lines, the widest of which is `width`. */
static void fit_box(cn__scene_node *node, double width) {
    double sides, above, below;
    cn__shape_padding(cn__node_look_of(node->style)->shape, &sides, &above, &below);
    double lines =
        node->name_lines * CN__NAME_SIZE * 1.15 + (node->line_count - node->name_lines) * CN__SMALL_SIZE * 1.2;
    node->width = ceil(width + 2 * sides);
    node->height = ceil(lines + above + below);
    node->width = node->width < 24 ? 24 : node->width;
}

/* A narrow box takes the longest word of its name whole, if that is no wider than a name may be. */
static double narrow_width(const char *name, bool bold) {
    double widest = NARROW_NAME_WIDTH;
    while (*name) {
        size_t len = strcspn(name, " -");
        double width = cn__font_width(name, len, bold, CN__NAME_SIZE);
        widest = width > widest && width <= CN__NAME_WIDTH ? ceil(width) : widest;
        name += name[len] ? len + 1 : len;
    }
    return widest;
}

void cn__scene_fit_node(cn__scene *scene, uint32_t index, const char *name, const char *small) {
    cn_buf clean = {0};
    cn_buf clean_small = {0};
    add_clean(&clean, name, false);
    add_clean(&clean_small, small, false);
    scene->failed |= clean.failed || clean_small.failed;
    cn__scene_node *node = &scene->nodes[index];
    if (scene->terse >= 3) {
        node->key = cn__scene_keep_line(scene, clean.len ? clean.data : "", KEY_WIDTH, CN__SMALL_SIZE);
        clean.len = 0;
        cn__format_u64(&clean, (uint64_t)index + 1);
        scene->failed |= clean.failed;
    }
    double name_width = scene->terse >= 2 ? narrow_width(clean.len ? clean.data : "", node->bold) : CN__NAME_WIDTH;
    double width =
        add_lines(scene, node, clean.len ? clean.data : "", CN__WRAP_LINES, name_width, node->bold, CN__NAME_SIZE);
    node->name_lines = node->line_count;
    if (clean_small.len && scene->terse < 2) {
        double small_width = add_lines(scene, node, clean_small.data, 2, SMALL_WIDTH, false, CN__SMALL_SIZE);
        width = small_width > width ? small_width : width;
    }
    fit_box(node, width);
    cn_buf_release(&clean);
    cn_buf_release(&clean_small);
}

void cn__scene_fit_lines(cn__scene *scene, uint32_t index, const char *name, const char *const *small, size_t count) {
    cn_buf clean = {0};
    add_clean(&clean, name, false);
    scene->failed |= clean.failed;
    cn__scene_node *node = &scene->nodes[index];
    double width = add_lines(scene, node, clean.len ? clean.data : "", 2, ROOMY_WIDTH, node->bold, CN__NAME_SIZE);
    node->name_lines = node->line_count;
    for (size_t i = 0; i < count && node->line_count < CN__NODE_LINES; i++) {
        uint32_t kept = keep_line(scene, small[i], ROOMY_WIDTH * 1.4, false, CN__SMALL_SIZE);
        const char *line = cn__scene_text(scene, kept);
        if (line[0]) {
            width = fmax(width, cn__font_width(line, strlen(line), false, CN__SMALL_SIZE));
            node->lines[node->line_count++] = kept;
        }
    }
    fit_box(node, width);
    cn_buf_release(&clean);
}

void cn__scene_set_label(cn__scene *scene, uint32_t index, const char *const texts[CN__LABEL_LINES]) {
    double width = 0;
    if (scene->terse >= 2) {
        return;
    }
    for (size_t i = 0; i < CN__LABEL_LINES; i++) {
        if (!texts[i][0]) {
            continue;
        }
        uint32_t kept = keep_line(scene, texts[i], scene->short_labels ? MAX_SHORT_LABEL_WIDTH : MAX_LABEL_WIDTH, false,
                                  CN__SMALL_SIZE);
        const char *clean = cn__scene_text(scene, kept);
        double line = cn__font_width(clean, strlen(clean), false, CN__SMALL_SIZE);
        width = line > width ? line : width;
        cn__scene_link *link = &scene->links[index];
        link->lines[link->line_count++] = kept;
    }
    cn__scene_link *link = &scene->links[index];
    link->label_width = ceil(width + 4);
    /* The layout puts the label against the middle of its line: leave room for half its width. */
    link->label_height = ceil(link->line_count * CN__SMALL_SIZE * 1.2 + 2 + link->width);
}

void cn__scene_set_group_label(cn__scene *scene, uint32_t index, const char *label, const char *small) {
    uint32_t kept = keep_line(scene, label, MAX_GROUP_WIDTH, true, CN__GROUP_SIZE);
    uint32_t kept_small = keep_line(scene, small, MAX_GROUP_WIDTH, false, CN__SMALL_SIZE);
    const char *text = cn__scene_text(scene, kept);
    const char *small_text = cn__scene_text(scene, kept_small);
    cn__scene_group *group = &scene->groups[index];
    group->label = kept;
    group->small_label = kept_small;
    double width = cn__font_width(text, strlen(text), true, CN__GROUP_SIZE);
    double small_width = cn__font_width(small_text, strlen(small_text), false, CN__SMALL_SIZE);
    group->label_width = ceil((width > small_width ? width : small_width) + 4);
    group->label_height = ceil(CN__GROUP_SIZE * 1.2 + (kept_small ? CN__SMALL_SIZE * 1.2 : 0));
}

double cn__scene_value_width(const cn__scene *scene, double value) {
    if (!(value > 0) || !(scene->value_max > 0)) {
        return 0.6;
    }
    double share = value / scene->value_max;
    return 0.6 + (scene->value_span > 0 ? scene->value_span : 4.4) * (scene->value_linear ? share : sqrt(share));
}

void cn__add_fixed(cn_buf *out, double value, int decimals) {
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++) {
        unit *= 10;
    }
    int64_t scaled = llround(value * (double)unit);
    if (scaled < 0) {
        cn_buf_add_text(out, "-");
        scaled = -scaled;
    }
    cn__format_i64(out, scaled / unit);
    char digits[8] = ".";
    int64_t rest = scaled % unit;
    for (int i = decimals; i > 0; i--) {
        digits[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    cn_buf_add(out, digits, decimals > 0 ? (size_t)decimals + 1 : 0);
}
