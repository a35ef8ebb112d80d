/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving: which format, the file opened and given its name at the end, and the notes of what could not be held. The writers append
 * to one buffer that goes to the file piece by piece; a failure of the file is kept there and told when it is closed.
 */
#include "save_impl.h"

#include "coopnet/snapshot.h"
#include "number.h"

#include <string.h>

typedef struct saver {
    const char *key;
    const char *extensions;
    cn_status (*function)(cn__save *);
    bool whole;
    const char *en;
    const char *ru;
} saver;

static const saver savers[] = {
#define CN_SAVER(id, key, extensions, function, whole, en, ru) {key, extensions, function, whole, en, ru},
#include "savers.def"
#undef CN_SAVER
};
enum { SAVER_COUNT = sizeof savers / sizeof *savers };

size_t cn_save_format_count(void) { return SAVER_COUNT; }
const char *cn_save_format_key(size_t format) { return savers[format].key; }
const char *cn_save_format_extensions(size_t format) { return savers[format].extensions; }
const char *cn_save_format_name(size_t format, cn_lang lang) {
    return lang == CN_LANG_RU ? savers[format].ru : savers[format].en;
}

bool cn__save_step(cn__save *s) {
    enum { ROWS_A_STEP = 4096 };
    if (s->rows++ % ROWS_A_STEP == 0 && s->watch.step && !s->stopped) {
        uint64_t total = ((uint64_t)cn_entity_count(s->net) + cn_link_count(s->net)) * (s->passes ? s->passes : 1);
        s->stopped = !s->watch.step(s->watch.context, s->rows < total ? s->rows : total, total);
    }
    return !s->stopped;
}

bool cn__save_flush(cn__save *s) {
    cn__file_out_put(s->file, "", 0);
    return cn__save_step(s) && s->file->failed == 0 && !s->out->failed;
}

/* ---- what is lost ---- */

void cn__save_lose(cn__save *s, cn_message message, const char *section, const char *what, uint64_t count) {
    cn_buf name = {0};
    cn_buf_add(&name, &(char){(char)('a' + (message == CN_MSG_SAVE_LOST))}, 1);
    cn_buf_add_text(&name, section);
    cn_buf_add_text(&name, *section && *what ? "." : "");
    cn_buf_add_text(&name, what);
    uint32_t at = name.failed ? CN_NONE : cn__strmap_find(&s->loss_names, name.data, name.len);
    if (at == CN_NONE && !name.failed) {
        size_t known = s->loss_names.entry_count;
        bool kept = cn__grow((void **)&s->losses, &s->loss_cap, known, 1, sizeof *s->losses) &&
                    cn__strmap_add(&s->loss_names, name.data, name.len, (uint32_t)known, NULL);
        at = kept ? (uint32_t)known : CN_NONE;
        if (kept) {
            s->losses[at] = (cn__loss){message, strlen(section), 0, false};
        }
    }
    if (at == CN_NONE) {
        s->loss_failed = true;
    } else {
        s->losses[at].count += count;
    }
    cn_buf_release(&name);
}

static const char *loss_name(const cn__save *s, size_t i) {
    return cn__arena_at(&s->loss_names.keys, s->loss_names.entries[i].key) + 1;
}

/* Append "name 26, short 26 …": what was lost of the section of loss `first`. */
static uint64_t list_section(cn__save *s, size_t first, cn_buf *out) {
    const cn__loss *head = &s->losses[first];
    uint64_t total = 0;
    cn_buf_add(out, loss_name(s, first), head->section_len);
    for (size_t i = first; i < s->loss_names.entry_count; i++) {
        cn__loss *loss = &s->losses[i];
        bool same = loss->message == head->message && loss->section_len == head->section_len &&
                    memcmp(loss_name(s, i), loss_name(s, first), head->section_len) == 0;
        if (!same || loss->told) {
            continue;
        }
        const char *what = loss_name(s, i) + head->section_len;
        cn_buf_add_text(out, total ? ", " : *what && head->section_len ? ": " : "");
        cn_buf_add_text(out, what + (*what == '.' && head->section_len > 0));
        cn_buf_add_text(out, " ");
        cn__format_u64(out, loss->count);
        total += loss->count;
        loss->told = true;
    }
    return total;
}

/* One note for each section; the format stands there by its key. */
cn_status cn__save_tell(cn__save *s) {
    if (s->stopped) {
        return CN__FAIL0(s->err, CN_ERR_CANCELLED, CANCELLED);
    }
    cn_buf list = {0};
    cn_buf count = {0};
    for (size_t i = 0; i < s->loss_names.entry_count && s->lost; i++) {
        if (s->losses[i].told) {
            continue;
        }
        list.len = count.len = 0;
        cn__format_u64(&count, list_section(s, i, &list));
        const char *args[] = {count.data ? count.data : "", list.data ? list.data : "", savers[s->format].key};
        cn_diags_add(s->lost, s->losses[i].message, s->path, 0, 0, 3, args);
        s->loss_failed = s->loss_failed || list.failed || count.failed;
    }
    cn_buf_release(&list);
    cn_buf_release(&count);
    return s->loss_failed || (s->lost && !cn_diags_complete(s->lost)) ? CN__NO_MEMORY(s->err) : CN_OK;
}

/* ---- the format ---- */

/* Is `word` (case of letters ignored) one of "a|b|c"? */
static bool in_list(const char *list, const char *word) {
    size_t len = strlen(word);
    while (*list) {
        size_t item = strcspn(list, "|");
        size_t same = 0;
        while (same < len && same < item) {
            char c = word[same];
            c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            if (c != list[same]) {
                break;
            }
            same++;
        }
        if (same == len && item == len && len > 0) {
            return true;
        }
        list += item + (list[item] == '|');
    }
    return false;
}

static cn_status refuse(cn_error *err, cn_message message, const char *given, bool keys) {
    cn_buf list = {0};
    for (size_t i = 0; i < SAVER_COUNT; i++) {
        const char *word = keys ? savers[i].key : savers[i].extensions;
        if (*word) {
            cn_buf_add_text(&list, list.len ? (keys ? ", " : ", .") : (keys ? "" : "."));
            cn_buf_add(&list, word, strcspn(word, "|"));
        }
    }
    cn_status status = list.failed ? CN__NO_MEMORY(err)
                                   : cn__fail(err, CN_ERR_ARGUMENT, message, 2, (const char *[]){given, list.data});
    cn_buf_release(&list);
    return status;
}

static size_t find_key(const char *key) {
    size_t i = 0;
    while (i < SAVER_COUNT && strcmp(savers[i].key, key) != 0) {
        i++;
    }
    return i;
}

/* By the key, else by the extension; a path without one, and a folder, is a folder of tables. */
static cn_status choose(const char *path, const char *key, size_t *out, cn_error *err) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    if (key) {
        *out = find_key(key);
        return *out < SAVER_COUNT ? CN_OK : refuse(err, CN_MSG_SAVE_FORMAT_UNKNOWN, key, true);
    }
    if (cn__path_is_dir(path) || ((!dot || dot == name) && strcmp(path, "-") != 0)) {
        *out = find_key("csv");
        return CN_OK;
    }
    for (*out = 0; dot && *out < SAVER_COUNT; (*out)++) {
        if (in_list(savers[*out].extensions, dot + 1)) {
            return CN_OK;
        }
    }
    return refuse(err, CN_MSG_SAVE_EXTENSION_UNKNOWN, path, false);
}

/* ---- all ---- */

static cn_status write_file(cn__save *s) {
    cn__file_out file;
    cn_status status = cn__file_out_open(s->path, &file, s->err);
    if (status != CN_OK) {
        return status;
    }
    s->file = &file;
    s->out = &file.waiting;
    status = savers[s->format].function(s);
    status = status == CN_OK ? cn__save_tell(s) : status;
    bool good = status == CN_OK;
    cn_status closed = cn__file_out_close(&file, s->path, good, good ? s->err : NULL);
    return good ? closed : status;
}

cn_status cn__save_snapshot(cn__save *s) {
    const cn_snapshot_watch watch = {s->watch.step, s->watch.context};
    return cn_snapshot_write_watched(s->net, s->path, &watch, s->err);
}

cn_status cn_save(const cn_network *net, const char *path, const cn_save_options *options, cn_diags *lost,
                  cn_error *err) {
    cn__save s = {.net = net, .path = path, .lost = lost, .err = err};
    if (options) {
        s.watch = (cn_watch){options->step, options->context};
    }
    cn_status status = choose(path, options ? options->format : NULL, &s.format, err);
    if (status == CN_OK && savers[s.format].whole && strcmp(path, "-") == 0) {
        status = CN__FAIL1(err, CN_ERR_ARGUMENT, SAVE_NEEDS_NAME, savers[s.format].key);
    }
    if (status == CN_OK) {
        status = savers[s.format].whole ? savers[s.format].function(&s) : write_file(&s);
    }
    if (status == CN_OK) {
        status = cn__save_tell(&s);
    }
    cn__strmap_release(&s.loss_names);
    cn__free(s.losses);
    return status;
}
