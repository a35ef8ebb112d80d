/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registry of formats as a table of functions, from formats.def. Constant; asked once or twice a load.
 */
#include "input.h"

#include "error.h"

#include <string.h>

static const struct {
    const char *key;
    cn__access access;
    bool (*sniff)(const cn__input *input);
    cn_status (*read)(cn__assembly *assembly, const cn__input *input);
    const char *en, *ru;
} rows[CN_FORMAT_COUNT] = {
#define CN_FORMAT(id, name, access, en, ru)                                                                            \
    [CN_FORMAT_##id] = {#name, CN__ACCESS_##access, cn__sniff_##name, cn__read_##name, en, ru},
#include "coopnet/formats.def"
#undef CN_FORMAT
};

static bool exists(cn_format format) { return format > CN_FORMAT_AUTO && format < CN_FORMAT_COUNT; }

const char *cn_format_key(cn_format format) { return exists(format) ? rows[format].key : ""; }

const char *cn_format_name(cn_format format, cn_lang lang) {
    return !exists(format) ? "" : lang == CN_LANG_RU ? rows[format].ru : rows[format].en;
}

cn_format cn_format_find(const char *key) {
    for (int i = CN_FORMAT_AUTO + 1; i < CN_FORMAT_COUNT; i++) {
        if (strcmp(rows[i].key, key) == 0) {
            return (cn_format)i;
        }
    }
    return CN_FORMAT_AUTO;
}

cn__access cn__format_access(cn_format format) { return exists(format) ? rows[format].access : CN__ACCESS_TEXT; }

cn_format cn__format_sniff(const cn__input *input, unsigned access) {
    for (int i = CN_FORMAT_AUTO + 1; i < CN_FORMAT_COUNT; i++) {
        if ((access >> rows[i].access & 1u) && rows[i].sniff(input)) {
            return (cn_format)i;
        }
    }
    return CN_FORMAT_AUTO;
}

cn_status cn__format_read(cn_format format, cn__assembly *assembly, const cn__input *input) {
    const cn__load *load = assembly->load;
    bool database = format == CN_FORMAT_SQLITE || format == CN_FORMAT_POSTGRESQL;
    if (!database && (load->links_query || load->entities_query || load->aggregate)) {
        return CN__FAIL1(load->err, CN_ERR_ARGUMENT, NO_DATABASE, input->label);
    }
    return rows[format].read(assembly, input);
}

bool cn__name_ends(const char *name, const char *end) {
    size_t len = strlen(name);
    size_t end_len = strlen(end);
    bool same = len >= end_len;
    for (size_t i = 0; i < end_len && same; i++) {
        char c = name[len - end_len + i];
        same = (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) == end[i];
    }
    return same;
}
