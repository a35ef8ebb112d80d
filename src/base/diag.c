/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of findings.
 *
 * Each finding is one block: the cn_diag, its argument pointers and their texts, so that what a caller borrowed stays
 * where it is while the list grows. File names are kept once; their numbers follow their appearance. Findings mostly
 * come in order; those that do not are sorted when the list is first read, by a total order (the last key is the number
 * of adding), so any sort gives the same result. Cost: n log n in the kept findings, which are limited per message.
 */
#include "coopnet/diag.h"
#include "error.h"
#include "memory.h"
#include "number.h"
#include "strmap.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

typedef struct finding {
    uint32_t file;
    uint32_t order;
    cn_diag *diag;
} finding;

typedef struct finding_list {
    finding *items;
    size_t count;
    size_t cap;
    bool sorted;
} finding_list;

struct cn_diags {
    /* Behind a pointer: reading a const list may still bring it into order. */
    finding_list *list;
    cn__strmap file_numbers;
    char **files;
    size_t file_count;
    size_t file_cap;
    uint64_t added[CN_MSG_COUNT];
    bool incomplete;
};

cn_status cn_diags_create(cn_diags **out, cn_error *err) {
    *out = NULL;
    cn_diags *diags = cn__calloc(1, sizeof *diags);
    finding_list *list = cn__calloc(1, sizeof *list);
    if (!diags || !list) {
        cn__free(diags);
        cn__free(list);
        return CN__NO_MEMORY(err);
    }
    list->sorted = true;
    diags->list = list;
    *out = diags;
    return CN_OK;
}

void cn_diags_free(cn_diags *diags) {
    if (!diags) {
        return;
    }
    for (size_t i = 0; i < diags->list->count; i++) {
        cn__free(diags->list->items[i].diag);
    }
    for (size_t i = 0; i < diags->file_count; i++) {
        cn__free(diags->files[i]);
    }
    cn__free(diags->list->items);
    cn__free(diags->list);
    cn__free(diags->files);
    cn__strmap_release(&diags->file_numbers);
    cn__free(diags);
}

/* Number of a file name, kept when new; CN_NONE without memory. */
static uint32_t file_number(cn_diags *diags, const char *file) {
    size_t len = strlen(file);
    uint32_t known = cn__strmap_find(&diags->file_numbers, file, len);
    if (known != CN_NONE) {
        return known;
    }
    if (!cn__grow((void **)&diags->files, &diags->file_cap, diags->file_count, 1, sizeof *diags->files)) {
        return CN_NONE;
    }
    char *copy = cn__strdup(file);
    if (!copy || !cn__strmap_add(&diags->file_numbers, file, len, (uint32_t)diags->file_count, NULL)) {
        cn__free(copy);
        return CN_NONE;
    }
    diags->files[diags->file_count] = copy;
    return (uint32_t)diags->file_count++;
}

/* One block of a finding with its arguments; NULL without memory. */
static cn_diag *make_diag(cn_message message, size_t arg_count, const char *const *args) {
    size_t texts = sizeof(cn_diag) + arg_count * sizeof(char *);
    size_t bytes = texts;
    for (size_t i = 0; i < arg_count; i++) {
        bytes += (args[i] ? strlen(args[i]) : 0) + 1;
    }
    char *block = cn__alloc(bytes, 1);
    if (!block) {
        return NULL;
    }
    cn_diag *diag = (void *)block;
    const char **copies = (void *)(block + sizeof(cn_diag));
    char *at = block + texts;
    for (size_t i = 0; i < arg_count; i++) {
        size_t len = args[i] ? strlen(args[i]) : 0;
        memcpy(at, args[i] ? args[i] : "", len + 1);
        copies[i] = at;
        at += len + 1;
    }
    cn_level level = cn_message_level(message);
    *diag = (cn_diag){.level = level == CN_LEVEL_FAIL ? CN_LEVEL_ERROR : level,
                      .message = message,
                      .arg_count = (uint32_t)arg_count,
                      .args = copies};
    return diag;
}

static int compare_findings(const void *a, const void *b) {
    const finding *x = a;
    const finding *y = b;
    const uint32_t keys[4][2] = {
        {x->file, y->file},
        {x->diag->line, y->diag->line},
        {x->diag->column, y->diag->column},
        {x->order, y->order},
    };
    for (size_t i = 0; i < 4; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static bool keep(cn_diags *diags, cn_diag *diag, const char *file) {
    finding_list *list = diags->list;
    uint32_t number = file_number(diags, file);
    if (number == CN_NONE || !cn__grow((void **)&list->items, &list->cap, list->count, 1, sizeof *list->items)) {
        return false;
    }
    diag->file = diags->files[number];
    list->items[list->count] = (finding){.file = number, .order = (uint32_t)list->count, .diag = diag};
    if (list->count > 0 && compare_findings(&list->items[list->count - 1], &list->items[list->count]) > 0) {
        list->sorted = false;
    }
    list->count++;
    return true;
}

void cn_diags_add(cn_diags *diags, cn_message message, const char *file, uint32_t line, uint32_t column,
                  size_t arg_count, const char *const *args) {
    if ((unsigned)message >= (unsigned)CN_MSG_COUNT) {
        return;
    }
    if (diags->added[message]++ >= CN_DIAGS_PER_MESSAGE) {
        return;
    }
    cn_diag *diag = make_diag(message, arg_count < CN_ARGS_MAX ? arg_count : CN_ARGS_MAX, args);
    if (diag) {
        diag->line = line;
        diag->column = column;
    }
    if (!diag || !keep(diags, diag, file ? file : "")) {
        cn__free(diag);
        diags->incomplete = true;
    }
}

size_t cn_diags_count(const cn_diags *diags) { return diags->list->count; }

const cn_diag *cn_diags_at(const cn_diags *diags, size_t index) {
    finding_list *list = diags->list;
    if (!list->sorted) {
        qsort(list->items, list->count, sizeof *list->items, compare_findings);
        list->sorted = true;
    }
    return list->items[index].diag;
}

uint64_t cn_diags_total(const cn_diags *diags, cn_level level) {
    uint64_t total = 0;
    for (int m = 0; m < CN_MSG_COUNT; m++) {
        cn_level own = cn_message_level((cn_message)m);
        if ((own == CN_LEVEL_FAIL ? CN_LEVEL_ERROR : own) == level) {
            total += diags->added[m];
        }
    }
    return total;
}

uint64_t cn_diags_dropped(const cn_diags *diags, cn_message message) {
    if ((unsigned)message >= (unsigned)CN_MSG_COUNT || diags->added[message] <= CN_DIAGS_PER_MESSAGE) {
        return 0;
    }
    return diags->added[message] - CN_DIAGS_PER_MESSAGE;
}

bool cn_diags_complete(const cn_diags *diags) { return !diags->incomplete; }

void cn_diag_text(const cn_diag *diag, cn_lang lang, cn_buf *out) {
    (void)cn__text_write(cn_sink_buf(out), lang, cn__message_pattern(diag->message, lang), diag->arg_count, diag->args,
                         true);
}

static const char *level_name(cn_level level, cn_lang lang) {
    static const char *const names[][2] = {
        [CN_LEVEL_NOTE] = {"note", "замечание"},
        [CN_LEVEL_WARNING] = {"warning", "предупреждение"},
        [CN_LEVEL_ERROR] = {"error", "ошибка"},
        [CN_LEVEL_FAIL] = {"error", "ошибка"},
    };
    return names[level][lang == CN_LANG_RU];
}

static void add_place(cn_buf *out, uint32_t number) {
    if (number != 0) {
        cn_buf_add_text(out, ":");
        cn__format_u64(out, number);
    }
}

void cn_diag_line(const cn_diag *diag, cn_lang lang, cn_buf *out) {
    if (*diag->file) {
        (void)cn__text_write_clean(cn_sink_buf(out), diag->file);
        add_place(out, diag->line);
        add_place(out, diag->line != 0 ? diag->column : 0);
        cn_buf_add_text(out, ": ");
    }
    cn_buf_add_text(out, level_name(diag->level, lang));
    cn_buf_add_text(out, ": ");
    cn_diag_text(diag, lang, out);
    cn_buf_add_text(out, " [");
    cn_buf_add_text(out, cn_message_key(diag->message));
    cn_buf_add_text(out, "]");
}
