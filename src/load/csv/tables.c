/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder of CSV tables. The folder's names are sorted, so that its findings come in one order on every file system; then the
 * tables are read in the order of assembly, the links last. One file at a time is in memory. O(bytes + names log names).
 */
#include "tables.h"

#include "csv_reader.h"
#include "error.h"
#include "file.h"
#include "near_name.h"
#include "text_check.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

cn_status cn__view_limited(cn__load *load, const char *path, bool large, cn__file_view *out, bool *got) {
    cn_error error = {0};
    uint64_t most = large ? load->max_table_bytes : load->limits.max_file_bytes;
    cn_status status = cn__file_view_open(path, most, load->limits.max_file_bytes, &load->watch, out, &error);
    *got = status == CN_OK;
    if (status == CN_ERR_LIMIT) {
        cn__digits limit;
        CN__REPORT2(load, path, ((cn__place){0, 0}), INPUT_TOO_LARGE, cn__digits_of(&limit, most), CN__OPTION_FILE);
        return CN_OK;
    }
    return status == CN_OK ? CN_OK : cn__pass_on(load, &error);
}

typedef struct names {
    char **items;
    size_t count;
    size_t cap;
} names;

static int compare_names(const void *a, const void *b) {
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

/* Does the name end in .csv, in letters of either case? */
static bool is_csv(const char *name) {
    static const char lower[] = ".csv";
    static const char upper[] = ".CSV";
    size_t len = strlen(name);
    for (size_t i = 0; len > 4 && i < 4; i++) {
        char c = name[len - 4 + i];
        if (c != lower[i] && c != upper[i]) {
            return false;
        }
    }
    return len > 4 && name[0] != '.';
}

static bool add_name(names *out, const char *name) {
    char *copy = cn__strdup(name);
    if (!copy || !cn__grow((void **)&out->items, &out->cap, out->count, 1, sizeof *out->items)) {
        cn__free(copy);
        return false;
    }
    out->items[out->count++] = copy;
    return true;
}

static cn_status list_names(cn__load *load, const char *folder, names *out) {
    DIR *dir = opendir(folder);
    if (!dir) {
        return cn__file_fail_reading(load->err, folder, errno);
    }
    cn_status status = CN_OK;
    while (status == CN_OK) {
        errno = 0; /* the end and a failure are both told by NULL */
        const struct dirent *entry = readdir(dir);
        if (!entry) {
            status = errno ? cn__file_fail_reading(load->err, folder, errno) : CN_OK;
            break;
        }
        if (is_csv(entry->d_name) && !add_name(out, entry->d_name)) {
            status = CN__NO_MEMORY(load->err);
        }
    }
    (void)closedir(dir);
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, compare_names);
    }
    return status;
}

static char *join(const char *folder, const char *name) {
    cn_buf path = {0};
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/') {
        len--;
    }
    cn_buf_add(&path, folder, len);
    cn_buf_add_text(&path, len == 1 && *folder == '/' ? "" : "/");
    cn_buf_add_text(&path, name);
    char *copy = path.failed ? NULL : cn__strdup(path.data);
    cn_buf_release(&path);
    return copy;
}

static void say_unknown(cn__load *load, const char *path, const char *name, size_t stem) {
    char word[64];
    const char *near = NULL;
    if (stem < sizeof word) {
        memcpy(word, name, stem);
        word[stem] = '\0';
        near = cn__near_table(word);
    }
    cn_buf file = {0};
    cn_buf_add_text(&file, near ? near : "");
    cn_buf_add_text(&file, ".csv");
    if (near && file.data) {
        CN__REPORT2(load, path, ((cn__place){0, 0}), UNKNOWN_FILE_NEAR, name, file.data);
    } else {
        CN__REPORT1(load, path, ((cn__place){0, 0}), UNKNOWN_FILE, name);
    }
    cn_buf_release(&file);
}

/* Which file is which table. */
static cn_status assign(cn__tables *tables, cn__load *load, const char *folder, const names *list) {
    for (size_t i = 0; i < list->count; i++) {
        char *path = join(folder, list->items[i]);
        if (!path) {
            return CN__NO_MEMORY(load->err);
        }
        size_t stem = strlen(list->items[i]) - 4;
        const cn__section *section = cn__section_find_name(list->items[i], stem);
        if (section && !tables->names[section->id]) {
            tables->names[section->id] = path;
        } else {
            say_unknown(load, path, list->items[i], stem);
            cn__free(path);
        }
    }
    return CN_OK;
}

static cn_status read_one(cn__tables *tables, cn__assembly *assembly, const cn__section *section) {
    const char *path = tables->names[section->id];
    cn__load *load = assembly->load;
    cn__file_view view;
    bool links = section->shape == CN__SHAPE_LINK;
    bool got = false;
    bool good = false;
    cn__text text = {0};
    cn_status status = cn__view_limited(load, path, links, &view, &got);
    load->view = &view;
    if (status == CN_OK && got) {
        status = cn__text_open(load, path, view.bytes, view.len, &text, &good);
    }
    if (status == CN_OK && good) {
        status =
            cn__csv_read(assembly, section, assembly->name_entities && links, path, text.bytes, text.start, text.len);
    }
    cn__text_close(&text);
    load->view = NULL;
    cn__file_view_close(&view);
    return status;
}

static cn_status read_all(cn__tables *tables, cn__assembly *assembly, const char *folder) {
    cn__load *load = assembly->load;
    bool any = false;
    assembly->name_entities = true;
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        any = any || tables->names[id];
        if (tables->names[id] && cn__section_at((cn__section_id)id)->shape == CN__SHAPE_ENTITY) {
            assembly->name_entities = false;
        }
    }
    if (!any) {
        CN__REPORT0(load, folder, ((cn__place){0, 0}), NO_TABLES);
        return CN_OK;
    }
    cn_status status = CN_OK;
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK && !load->stop; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_LINK) {
            status = cn__assembly_entities_done(assembly);
        }
        if (tables->names[id] && status == CN_OK && !load->stop) {
            status = read_one(tables, assembly, section);
        }
    }
    return status;
}

cn_status cn__tables_read(cn__tables *tables, cn__assembly *assembly, const char *folder) {
    names list = {0};
    cn_status status = list_names(assembly->load, folder, &list);
    if (status == CN_OK) {
        status = assign(tables, assembly->load, folder, &list);
    }
    for (size_t i = 0; i < list.count; i++) {
        cn__free(list.items[i]);
    }
    cn__free(list.items);
    return status == CN_OK ? read_all(tables, assembly, folder) : status;
}

void cn__tables_release(cn__tables *tables) {
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        cn__free(tables->names[id]);
        tables->names[id] = NULL;
    }
}
