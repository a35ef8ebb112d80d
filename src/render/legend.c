/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making and placing the legend. Entries are found by marking the styles that the scene uses; a style drawn only pale
 * (surroundings) is explained by the one entry for pale boxes. Placing: the fewest rows for which the columns, each as
 * wide as its widest entry, fit beside each other. Cost: O(scene + entries²).
 */
#include "legend.h"

#include <math.h>
#include <string.h>

#include "draw_text.h"
#include "mark.h"
#include "plot.h"

void cn__legend_add(cn__legend *legend, cn__legend_entry entry, const char *text) {
    if (!text[0]) {
        return;
    }
    entry.text = cn__strdup(text);
    if (!entry.text || !cn__grow((void **)&legend->entries, &legend->cap, legend->count, 1, sizeof entry)) {
        cn__free(entry.text);
        legend->failed = true;
        return;
    }
    entry.text_width = cn__font_width(text, strlen(text), false, CN__LEGEND_SIZE);
    legend->entries[legend->count++] = entry;
}

static const char *in(cn_lang lang, const char *en, const char *ru) { return lang == CN_LANG_RU ? ru : en; }

static void add_groups(const cn__scene *scene, cn__legend *legend) {
    bool used[CN__GROUP_STYLE_COUNT] = {false};
    for (size_t i = 0; i < scene->group_count; i++) {
        used[scene->groups[i].style] = true;
    }
    for (uint32_t style = 0; style < CN__GROUP_STYLE_COUNT; style++) {
        const cn__group_look *look = cn__group_look_of((cn__group_style)style);
        if (used[style]) {
            cn__legend_add(legend, (cn__legend_entry){.sample = CN__SAMPLE_GROUP, .style = style},
                           in(scene->lang, look->en, look->ru));
        }
    }
}

static void add_nodes(const cn__scene *scene, cn__legend *legend) {
    bool used[CN__NODE_STYLE_COUNT] = {false};
    bool pale = false;
    bool cycle = false;
    for (size_t i = 0; i < scene->node_count; i++) {
        pale |= scene->nodes[i].pale;
        cycle |= scene->nodes[i].cycle != 0;
        used[scene->nodes[i].style] |= !scene->nodes[i].pale;
    }
    for (uint32_t style = 0; style < CN__NODE_STYLE_COUNT; style++) {
        const cn__node_look *look = cn__node_look_of((cn__node_style)style);
        if (used[style]) {
            cn__legend_add(legend, (cn__legend_entry){.sample = CN__SAMPLE_NODE, .style = style},
                           in(scene->lang, look->en, look->ru));
        }
    }
    if (pale) {
        cn__legend_add(legend, (cn__legend_entry){.sample = CN__SAMPLE_PALE},
                       cn__draw_text(CN__TEXT_LEGEND_PALE, scene->lang));
    }
    if (cycle) {
        cn__legend_add(legend, (cn__legend_entry){.sample = CN__SAMPLE_CYCLE},
                       cn__draw_text(CN__TEXT_LEGEND_CYCLE, scene->lang));
    }
}

static void add_links(const cn__scene *scene, cn__legend *legend) {
    bool used[CN__LINK_STYLE_COUNT] = {false};
    bool plain[CN__LINK_STYLE_COUNT] = {false};
    uint32_t planned = CN_NONE;
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        used[link->style] = true;
        plain[link->style] |= link->plain;
        if (link->planned && planned == CN_NONE) {
            planned = link->style;
        }
    }
    for (uint32_t style = 0; style < CN__LINK_STYLE_COUNT; style++) {
        const cn__link_look *look = cn__link_look_of((cn__link_style)style);
        if (used[style]) {
            cn__legend_entry entry = {.sample = CN__SAMPLE_LINK, .style = style, .width = look->width};
            entry.plain = plain[style];
            cn__legend_add(legend, entry, in(scene->lang, look->en, look->ru));
        }
    }
    if (planned != CN_NONE) {
        cn__legend_entry entry = {.sample = CN__SAMPLE_LINK, .style = planned, .planned = true};
        entry.width = cn__link_look_of((cn__link_style)planned)->width;
        cn__legend_add(legend, entry, cn__draw_text(CN__TEXT_LEGEND_PLANNED, scene->lang));
    }
}

/* Up to three round values: one digit, the largest not above the scene's largest, then each a tenth of the former. */
static void add_widths(const cn__scene *scene, cn__legend *legend) {
    if (!(scene->value_max > 0)) {
        return;
    }
    double unit = pow(10, floor(log10(scene->value_max)));
    double value = floor(scene->value_max / unit) * unit;
    for (int i = 0; i < 3 && value * 100 >= 1 && value < 9e14; i++, value /= 10) {
        cn_buf money = {0};
        cn_buf text = {0};
        cn_format_money(&money, scene->lang, llround(value * 100), cn__scene_text(scene, scene->value_currency));
        cn__draw_text_1(&text, scene->value_text ? scene->value_text : CN__TEXT_LEGEND_WIDTH, scene->lang,
                        money.data ? money.data : "");
        cn__legend_entry entry = {.sample = CN__SAMPLE_LINK, .style = scene->value_style, .plain = true};
        entry.width = cn__scene_value_width(scene, value);
        cn__legend_add(legend, entry, text.data ? text.data : "");
        legend->failed |= money.failed || text.failed;
        cn_buf_release(&money);
        cn_buf_release(&text);
    }
}

/* The names of boxes that have numbers instead. */
static void add_key(const cn__scene *scene, cn__legend *legend) {
    for (uint32_t i = 0; i < scene->node_count; i++) {
        cn__legend_add(legend, (cn__legend_entry){.sample = CN__SAMPLE_NUMBER, .style = i},
                       cn__scene_text(scene, scene->nodes[i].key));
    }
}

void cn__legend_make(const cn__scene *scene, cn__legend *out) {
    memset(out, 0, sizeof *out);
    const char *title = cn__draw_text(CN__TEXT_LEGEND, scene->lang);
    out->title_width = cn__font_width(title, strlen(title), true, CN__LEGEND_TITLE_SIZE);
    add_groups(scene, out);
    add_nodes(scene, out);
    cn__mark_legend(scene, out);
    if (scene->plot) {
        cn__plot_legend(scene->plot, scene->lang, out);
    }
    add_links(scene, out);
    add_widths(scene, out);
    add_key(scene, out);
}

void cn__legend_release(cn__legend *legend) {
    for (size_t i = 0; i < legend->count; i++) {
        cn__free(legend->entries[i].text);
    }
    cn__free(legend->entries);
    memset(legend, 0, sizeof *legend);
}

/* Width with `rows` rows; sets the places. */
static double place_rows(cn__legend *legend, size_t rows) {
    double x = 0;
    double widest = 0;
    for (size_t i = 0; i < legend->count; i++) {
        if (i > 0 && i % rows == 0) {
            x += widest + CN__LEGEND_GAP;
            widest = 0;
        }
        cn__legend_entry *entry = &legend->entries[i];
        double width = CN__LEGEND_SAMPLE + 4 + entry->text_width;
        widest = width > widest ? width : widest;
        entry->x = x;
        entry->y = CN__LEGEND_ROW * (double)(1 + i % rows);
    }
    return x + widest;
}

void cn__legend_place(cn__legend *legend, double max_width) {
    legend->width = legend->height = 0;
    if (legend->count == 0) {
        return;
    }
    size_t rows = 1;
    while (rows < legend->count && place_rows(legend, rows) > max_width) {
        rows++;
    }
    legend->width = place_rows(legend, rows);
    legend->width = legend->width < legend->title_width ? legend->title_width : legend->width;
    legend->height = CN__LEGEND_ROW * (double)(rows + 1);
}
