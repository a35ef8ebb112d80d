/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The DOT writer. Nodes are named by the entity's id, always quoted; objects carry their index in the scene as cn_id,
 * by which the layout process names them in its answer (src/layout/exchange/exchange.h). Node sizes are ours
 * (fixedsize), so that the layout does not depend on the machine's fonts. `dot -Tsvg` of the same text gives a decent
 * picture. Order of output = order of the scene. Cost: linear.
 *
 * Quoting in cgraph: inside quotes only \" is special to the reader, but a backslash before the closing quote would eat
 * it, and labels know escapes (\n, \N, \G …) and HTML entities. So every backslash is doubled, and in labels & is
 * written as an entity. Strings that begin with < are harmless inside quotes.
 */
#include "dot_writer.h"

#include <string.h>

#include "exchange.h"
#include "mark.h"
#include "number.h"

#define NUMBER_GAP 15.0   /* where boxes are small, for numbers */
#define NO_LABEL_GAP 26.0 /* between ranks, where lines have no labels */

void cn__dot_string(cn_buf *out, const char *text, bool label) {
    cn_buf_add_text(out, "\"");
    for (; *text; text++) {
        if (*text == '"') {
            cn_buf_add_text(out, "\\\"");
        } else if (*text == '\\') {
            cn_buf_add_text(out, "\\\\");
        } else if (label && *text == '\n') {
            cn_buf_add_text(out, "\\n");
        } else if (label && *text == '&') {
            cn_buf_add_text(out, "&amp;");
        } else {
            cn_buf_add(out, text, 1);
        }
    }
    cn_buf_add_text(out, "\"");
}

/* One attribute list: [a=1, b="x"]. */
static void add_name(cn_buf *out, bool *first, const char *name) {
    cn_buf_add_text(out, *first ? " [" : ", ");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, "=");
    *first = false;
}

static void add_text(cn_buf *out, bool *first, const char *name, const char *text) {
    add_name(out, first, name);
    cn__dot_string(out, text, false);
}

static void add_tooltip(cn_buf *out, bool *first, const char *text) {
    add_name(out, first, "tooltip");
    cn__dot_string(out, text, true);
}

static void add_number(cn_buf *out, bool *first, const char *name, double value, int decimals) {
    add_name(out, first, name);
    cn__add_fixed(out, value, decimals);
}

static void add_label(cn_buf *out, bool *first, const cn__scene *scene, uint32_t marks, const uint32_t *lines,
                      size_t count) {
    cn_buf label = {0};
    cn__mark_add_text(&label, scene->lang, marks);
    for (size_t i = 0; i < count; i++) {
        cn_buf_add_text(&label, i ? "\n" : "");
        cn_buf_add_text(&label, cn__scene_text(scene, lines[i]));
    }
    add_name(out, first, "label");
    cn__dot_string(out, label.len ? label.data : "", true);
    out->failed |= label.failed;
    cn_buf_release(&label);
}

static void add_name_of_group(cn_buf *out, const cn__scene *scene, uint32_t group) {
    cn_buf name = {0};
    cn_buf_add_text(&name, "cluster_");
    cn_buf_add_text(&name, cn__scene_text(scene, scene->groups[group].id));
    cn__dot_string(out, name.data ? name.data : "", false);
    out->failed |= name.failed;
    cn_buf_release(&name);
}

const char *cn__engine_name(cn_engine engine) {
    static const char *const names[] = {"dot", "dot", "neato", "fdp", "sfdp", "map"};
    return (size_t)engine < sizeof names / sizeof *names ? names[engine] : names[0];
}

/* Boxes that repel each other instead of standing in columns. */
static void write_engine(const cn__scene *scene, bool *first, cn_buf *out) {
    if (scene->engine <= CN_ENGINE_DOT) {
        return;
    }
    const char *name = cn__engine_name(scene->engine == CN_ENGINE_MAP ? CN_ENGINE_NEATO : scene->engine);
    add_text(out, first, CN_EXCHANGE_ENGINE, name);
    add_text(out, first, "layout", name); /* for other programs */
    add_text(out, first, "overlap", "prism");
    add_text(out, first, "sep", "+14");
    add_text(out, first, "splines", "line");
}

static void write_head(const cn__scene *scene, cn_buf *out) {
    bool first = true;
    cn_buf_add_text(out, "digraph coopnet {\n  graph");
    add_text(out, &first, "rankdir", "LR");
    add_text(out, &first, "compound", "true");
    add_text(out, &first, "charset", "UTF-8");
    add_number(out, &first, "nodesep", scene->node_gap / 72, 4);
    add_number(out, &first, "ranksep",
               (scene->terse >= 3   ? NUMBER_GAP
                : scene->terse == 2 ? NO_LABEL_GAP
                                    : scene->rank_gap) /
                   72,
               3);
    if (scene->fill > 0) {
        add_number(out, &first, "ratio", scene->fill, 3);
    }
    add_text(out, &first, "fontname", "Liberation Sans");
    add_number(out, &first, "fontsize", 14, 0);
    add_text(out, &first, "labelloc", "t");
    add_label(out, &first, scene, 0, &scene->title, 1);
    const cn__scheme *scheme = cn__scene_scheme(scene);
    const char *ink = scheme->base == CN_THEME_LIGHT ? NULL : cn__scheme_role(scheme, CN__ROLE_INK);
    if (ink) {
        add_text(out, &first, "bgcolor", cn__scheme_role(scheme, CN__ROLE_PAPER));
        add_text(out, &first, "fontcolor", ink);
    }
    write_engine(scene, &first, out);
    if (scene->placed) { /* for other programs: boxes stay where they are */
        add_text(out, &first, "layout", "neato");
        add_text(out, &first, "overlap", "true");
    }
    if (scene->simplified) { /* fewer rounds of improvement, and no curves round the boxes */
        add_number(out, &first, "nslimit", 0.05, 2);
        add_number(out, &first, "nslimit1", 1, 0);
        add_number(out, &first, "searchsize", 10, 0);
        add_number(out, &first, "mclimit", 0.1, 1);
        add_text(out, &first, "splines", "line");
    }
    cn_buf_add_text(out, "];\n  node [fixedsize=true, fontname=\"Liberation Sans\"");
    first = false;
    add_number(out, &first, "fontsize", CN__NAME_SIZE, 1);
    if (ink) {
        add_text(out, &first, "fontcolor", ink);
    }
    cn_buf_add_text(out, "];\n  edge [fontname=\"Liberation Sans\"");
    add_number(out, &first, "fontsize", CN__SMALL_SIZE, 1);
    if (ink) {
        add_text(out, &first, "fontcolor", ink);
    }
    cn_buf_add_text(out, "];\n");
}

static void write_node(const cn__scene *scene, size_t index, const char *indent, cn_buf *out) {
    const cn__scene_node *node = &scene->nodes[index];
    const cn__node_look *look = cn__node_look_of(node->style);
    bool first = true;
    cn_buf_add_text(out, indent);
    cn__dot_string(out, cn__scene_text(scene, node->id), false);
    add_number(out, &first, CN_EXCHANGE_NUMBER, (double)index, 0);
    add_label(out, &first, scene, node->marks, node->lines, node->line_count);
    add_tooltip(out, &first, cn__scene_text(scene, node->title));
    add_number(out, &first, "width", node->width / 72, 4);
    add_number(out, &first, "height", node->height / 72, 4);
    add_text(out, &first, "shape", look->dot_shape);
    if (scene->placed) {
        cn_buf at = {0};
        cn__add_fixed(&at, node->x / 72, 4);
        cn_buf_add_text(&at, ",");
        cn__add_fixed(&at, -node->y / 72, 4);
        cn_buf_add_text(&at, "!");
        add_text(out, &first, "pos", at.data ? at.data : "");
        out->failed |= at.failed;
        cn_buf_release(&at);
    }
    cn_buf style = {0};
    cn_buf_add_text(&style, "filled");
    cn_buf_add_text(&style, look->shape == CN__SHAPE_ROUND ? ",rounded" : "");
    cn_buf_add_text(&style, look->dash[0] ? ",dashed" : "");
    add_text(out, &first, "style", style.data ? style.data : "filled");
    out->failed |= style.failed;
    cn_buf_release(&style);
    const cn__scheme *scheme = cn__scene_scheme(scene);
    const cn__coat *coat = &scheme->nodes[node->style];
    add_text(out, &first, "fillcolor", node->pale ? scheme->roles[CN__ROLE_PALE_FILL].text : coat->fill.text);
    add_text(out, &first, "color", node->pale ? scheme->roles[CN__ROLE_PALE_LINE].text : coat->line.text);
    add_number(out, &first, "penwidth", look->width, 1);
    if (look->twice) {
        add_number(out, &first, "peripheries", 2, 0);
    }
    cn_buf_add_text(out, "];\n");
}

static void write_group(const cn__scene *scene, uint32_t index, cn_buf *out) {
    const cn__scene_group *group = &scene->groups[index];
    const cn__group_look *look = cn__group_look_of(group->style);
    bool first = true;
    cn_buf_add_text(out, "  subgraph ");
    add_name_of_group(out, scene, index);
    cn_buf_add_text(out, " {\n    graph");
    add_number(out, &first, CN_EXCHANGE_NUMBER, index, 0);
    uint32_t lines[2] = {group->label, group->small_label};
    add_label(out, &first, scene, 0, lines, group->small_label ? 2 : 1);
    add_number(out, &first, CN_EXCHANGE_WIDTH, group->label_width, 0);
    add_number(out, &first, CN_EXCHANGE_HEIGHT, group->label_height, 0);
    add_text(out, &first, "labelloc", "t");
    add_text(out, &first, "labeljust", "l");
    add_number(out, &first, "fontsize", CN__GROUP_SIZE, 1);
    add_number(out, &first, "margin", 6, 0);
    add_text(out, &first, "style", look->dash[0] ? "rounded,filled,dashed" : "rounded,filled");
    const cn__coat *coat = &cn__scene_scheme(scene)->groups[group->style];
    add_text(out, &first, "fillcolor", coat->fill.text);
    add_text(out, &first, "color", coat->line.text);
    add_number(out, &first, "penwidth", look->width, 1);
    cn_buf_add_text(out, "];\n");
    if (group->linked) { /* where links that end at the group itself are tied to */
        cn_buf_add_text(out, "    ");
        cn__dot_string(out, cn__scene_text(scene, group->id), false);
        cn_buf_add_text(out, " [shape=point, style=invis, width=0.03, height=0.03, label=\"\"];\n");
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        if (scene->nodes[i].group == index) {
            write_node(scene, i, "    ", out);
        }
    }
    cn_buf_add_text(out, "  }\n");
}

static void write_end(const cn__scene *scene, uint32_t end, bool is_group, cn_buf *out) {
    uint32_t id = is_group ? scene->groups[end].id : scene->nodes[end].id;
    cn__dot_string(out, cn__scene_text(scene, id), false);
}

static void write_arrow(const cn__scene_link *link, const cn__link_look *look, bool *first, cn_buf *out) {
    cn__arrow arrow = link->plain ? CN__ARROW_NONE : look->arrow;
    if (arrow == CN__ARROW_NONE) {
        add_text(out, first, "dir", "none");
        return;
    }
    add_text(out, first, "dir", link->turned ? "back" : "forward");
    add_text(out, first, link->turned ? "arrowtail" : "arrowhead", cn__arrow_dot_name(arrow));
    add_number(out, first, "arrowsize", cn__arrow_length(arrow, link->width) / 10, 2);
}

static void write_link(const cn__scene *scene, size_t index, cn_buf *out) {
    const cn__scene_link *link = &scene->links[index];
    const cn__link_look *look = cn__link_look_of(link->style);
    bool first = true;
    uint32_t tail = link->turned ? link->to : link->from;
    uint32_t head = link->turned ? link->from : link->to;
    bool tail_group = link->turned ? link->to_group : link->from_group;
    bool head_group = link->turned ? link->from_group : link->to_group;
    cn_buf_add_text(out, "  ");
    write_end(scene, tail, tail_group, out);
    cn_buf_add_text(out, " -> ");
    write_end(scene, head, head_group, out);
    add_number(out, &first, CN_EXCHANGE_NUMBER, (double)index, 0);
    if (tail_group) {
        add_name(out, &first, "ltail");
        add_name_of_group(out, scene, tail);
    }
    if (head_group) {
        add_name(out, &first, "lhead");
        add_name_of_group(out, scene, head);
    }
    if (link->line_count > 0) {
        add_label(out, &first, scene, link->marks, link->lines, link->line_count);
        add_number(out, &first, CN_EXCHANGE_WIDTH, link->label_width + link->lane, 0);
        add_number(out, &first, CN_EXCHANGE_HEIGHT, link->label_height, 0);
    }
    add_tooltip(out, &first, cn__scene_text(scene, link->title));
    add_text(out, &first, "color", cn__scene_scheme(scene)->links[link->style].text);
    add_number(out, &first, "penwidth", link->width, 2);
    if (link->planned || look->dash[0]) {
        add_text(out, &first, "style", strlen(look->dash) == 3 && !link->planned ? "dotted" : "dashed");
    }
    write_arrow(link, look, &first, out);
    if (link->weight != 1) {
        add_number(out, &first, "weight", link->weight, 0);
    }
    if (link->loose) {
        add_text(out, &first, "constraint", "false");
    }
    cn_buf_add_text(out, "];\n");
}

/* Invisible links from column to column, where the links drawn may not tell the order. */
static void write_column_order(const cn__scene *scene, cn_buf *out) {
    const char *last = NULL;
    for (uint32_t column = 0; scene->ordered_columns && column < scene->column_count; column++) {
        size_t i = 0;
        while (i < scene->node_count && scene->nodes[i].column != column) {
            i++;
        }
        if (i == scene->node_count) {
            continue;
        }
        const char *id = cn__scene_text(scene, scene->nodes[i].id);
        if (last) {
            cn_buf_add_text(out, "  ");
            cn__dot_string(out, last, false);
            cn_buf_add_text(out, " -> ");
            cn__dot_string(out, id, false);
            cn_buf_add_text(out, " [style=invis, weight=0];\n");
        }
        last = id;
    }
}

static void write_columns(const cn__scene *scene, cn_buf *out) {
    for (uint32_t column = 0; column < scene->column_count; column++) {
        cn_buf_add_text(out, "  { rank=same;");
        for (size_t i = 0; i < scene->node_count; i++) {
            if (scene->nodes[i].column == column) {
                cn_buf_add_text(out, " ");
                cn__dot_string(out, cn__scene_text(scene, scene->nodes[i].id), false);
                cn_buf_add_text(out, ";");
            }
        }
        cn_buf_add_text(out, " }\n");
    }
}

void cn__dot_write(const cn__scene *scene, cn_buf *out) {
    write_head(scene, out);
    for (uint32_t i = 0; i < scene->group_count; i++) {
        write_group(scene, i, out);
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        if (scene->nodes[i].group == CN_NONE) {
            write_node(scene, i, "  ", out);
        }
    }
    write_columns(scene, out);
    write_column_order(scene, out);
    for (size_t i = 0; i < scene->link_count; i++) {
        if (!scene->links[i].straight) {
            write_link(scene, i, out);
        }
    }
    cn_buf_add_text(out, "}\n");
}
