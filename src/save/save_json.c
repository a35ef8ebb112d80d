/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The native JSON: what the network says of itself, then each section that has rows, one record a line, child rows inside their owner.
 * Equal networks give equal bytes. O(values); memory: the plan of the links.
 */
#include "native.h"

#include <string.h>

typedef struct writer {
    cn__save *save;
    cn__native native;
    cn__values values;
} writer;

static bool is_bare(cn__type type) {
    return type == CN__MONEY || type == CN__NUMBER || type == CN__COUNT || type == CN__FLAG;
}

static void add_value(cn_buf *out, const cn__column *column, const char *text) {
    if (is_bare(column->type)) {
        cn_buf_add_text(out, text);
    } else {
        cn_json_string(out, text);
    }
}

static void add_key(cn_buf *out, bool *first, const char *key) {
    cn_buf_add_text(out, *first ? "" : ", ");
    *first = false;
    cn_json_string(out, key);
    cn_buf_add_text(out, ": ");
}

static void write_column(writer *w, const cn__native_row *row, const cn__column *column, bool *first) {
    cn_buf *out = w->save->out;
    cn__native_values(&w->native, row, column, &w->values);
    if (w->values.count == 0 || w->values.texts.failed) {
        return;
    }
    bool list = (column->flags & CN__LIST) != 0;
    const char *text = w->values.texts.data;
    add_key(out, first, column->key);
    cn_buf_add_text(out, list ? "[" : "");
    for (size_t i = 0; i < w->values.count && (list || i == 0); i++) {
        cn_buf_add_text(out, i ? ", " : "");
        add_value(out, column, text);
        text += strlen(text) + 1;
    }
    cn_buf_add_text(out, list ? "]" : "");
}

static void write_free(writer *w, const cn__native_row *row, bool *first) {
    cn_buf *out = w->save->out;
    bool none = true;
    size_t at = 0;
    for (const cn_prop *prop = cn__native_free(&w->native, row, &at); prop;
         prop = cn__native_free(&w->native, row, &at)) {
        if (none) {
            add_key(out, first, "x");
            cn_buf_add_text(out, "{");
        }
        bool x_first = none;
        add_key(out, &x_first, cn_prop_x(w->save->net, prop));
        cn_buf_add_text(out, cn_prop_text(w->save->net, prop));
        none = false;
    }
    cn_buf_add_text(out, none ? "" : "}");
}

/* The columns of a row, without braces. */
static void write_columns(writer *w, const cn__native_row *row, bool *first) {
    for (size_t i = 0; i < row->section->column_count; i++) {
        const cn__column *column = &row->section->columns[i];
        if (column->flags & CN__CSV_ONLY) {
            continue;
        }
        if (column->to == CN__TO_X) {
            write_free(w, row, first);
        } else {
            write_column(w, row, column, first);
        }
    }
}

static bool holds(const cn__section *child, const cn__section *parent) {
    bool is_child = child->shape == CN__SHAPE_CHILD_LINK || child->shape == CN__SHAPE_CHILD_ITEM;
    return is_child && parent->shape == CN__SHAPE_ENTITY && child->kind == parent->kind;
}

static void write_children(writer *w, cn_entity entity, const cn__section *child, bool *first) {
    cn_buf *out = w->save->out;
    cn__native_row row = {.section = child, .entity = entity};
    bool any = false;
    while (cn__native_next_child(&w->native, &row)) {
        if (any) {
            cn_buf_add_text(out, ", ");
        } else {
            add_key(out, first, child->key);
            cn_buf_add_text(out, "[");
        }
        any = true;
        bool inner = true;
        cn_buf_add_text(out, "{");
        write_columns(w, &row, &inner);
        cn_buf_add_text(out, "}");
    }
    cn_buf_add_text(out, any ? "]" : "");
}

static bool write_section(writer *w, const cn__section *section) {
    cn_buf *out = w->save->out;
    cn__native_row row = {.section = section};
    bool any = false;
    bool good = true;
    while (good && cn__native_next(&w->native, &row)) {
        if (!any) {
            cn_buf_add_text(out, ",\n ");
            cn_json_string(out, section->key);
            cn_buf_add_text(out, ": [\n  {");
        } else {
            cn_buf_add_text(out, ",\n  {");
        }
        any = true;
        bool first = true;
        write_columns(w, &row, &first);
        for (int id = 0; id < CN__SECTION_COUNT; id++) {
            const cn__section *child = cn__section_at((cn__section_id)id);
            if (holds(child, section)) {
                write_children(w, row.entity, child, &first);
            }
        }
        cn_buf_add_text(out, "}");
        good = cn__save_flush(w->save);
    }
    cn_buf_add_text(out, any ? "]" : "");
    return good;
}

cn_status cn__save_json(cn__save *s) {
    writer w = {.save = s};
    cn_status status = cn__native_begin(&w.native, s->net, s->err);
    if (status != CN_OK) {
        return status;
    }
    bool first = true;
    bool good = true;
    cn__native_row network = {.section = cn__section_at(CN__SECTION_NETWORK)};
    cn_buf_add_text(s->out, "{");
    write_columns(&w, &network, &first);
    for (int id = 0; id < CN__SECTION_COUNT && good; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_ENTITY || section->shape == CN__SHAPE_LINK) {
            good = write_section(&w, section);
        }
    }
    cn_buf_add_text(s->out, "}\n");
    cn__native_lose(s);
    status = w.values.texts.failed ? CN__NO_MEMORY(s->err) : CN_OK;
    cn_buf_release(&w.values.texts);
    cn__native_release(&w.native);
    return status;
}
