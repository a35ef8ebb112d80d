/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Extracts of the register of legal entities (EGRUL) as XML: `СвЮЛ` is a firm. Its founders that are Russian legal entities become owners, with the
 * share where a percentage, a fraction or a decimal tells it; other founders are counted. The same element names stand in many places of
 * a record, so that only children of СвЮЛ are the firm's own (`depth`). O(bytes).
 * Source: format of open data of EGRUL, tax service of Russia, version 4.05 and later.
 */
#include "fns.h"

#include "number.h"

#include <string.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

bool cn__sniff_egrul(const cn__input *input) { return cn__fns_begins(input, "СвЮЛ", "\xD1\xE2\xDE\xCB"); }

static void open_founder(cn__fns *f, cn__xml *xml, const char *name, cn__place at) {
    if (is(name, "НаимИННЮЛ") && f->founder == CN_NONE) {
        f->founder = cn__fns_body_of(f, cn__xml_attribute(xml, "ИНН"), cn__xml_attribute(xml, "ОГРН"),
                                     cn__xml_attribute(xml, "НаимЮЛПолн"), false, at);
    } else if (is(name, "ДоляУстКап")) {
        f->in_part = true;
    }
}

/* A number with a point or a comma; -1: none. */
static double number_of(const char *text, size_t len) {
    char copy[32];
    double number;
    while (len && strchr(" \t\r\n", *text)) {
        text++, len--;
    }
    while (len && strchr(" \t\r\n", text[len - 1])) {
        len--;
    }
    if (len == 0 || len >= sizeof copy) {
        return -1;
    }
    for (size_t i = 0; i < len; i++) {
        copy[i] = (char)(text[i] == ',' ? '.' : text[i]);
    }
    return cn__parse_double(copy, len, &number) == CN__PARSE_OK ? number : -1;
}

/* Процент 25, Числит 1 of Знаменат 4, or ДробДесят 0.25. */
static void close_part(cn__fns *f, const char *name, const char *text, size_t len) {
    if (is(name, "Процент")) {
        f->up = number_of(text, len);
        f->down = 100;
    } else if (is(name, "Числит")) {
        f->up = number_of(text, len);
    } else if (is(name, "Знаменат")) {
        f->down = number_of(text, len);
    } else if (is(name, "ДробДесят")) {
        f->up = number_of(text, len);
        f->down = 1;
    } else if (is(name, "ДоляУстКап")) {
        f->in_part = false;
    }
}

static void close_founder(cn__fns *f, cn__place at) {
    f->in_founder = f->in_part = false;
    if (f->founder == CN_NONE) {
        f->others++;
        return;
    }
    cn_buf share = {0};
    cn__fns_link link = {.from = f->founder, .to = CN_NONE, .kind = CN_LINK_OWNERSHIP, .file = f->file, .place = at};
    if (f->up > 0 && f->down > 0 && f->up <= f->down) {
        cn_format_exact(&share, f->up / f->down);
        link.share = share.failed ? 0 : cn__fns_keep(f, share.data);
        if (share.failed) {
            f->status = CN__NO_MEMORY(f->load->err);
        }
    }
    cn_buf_release(&share);
    cn__fns_link_add(f, &link);
}

static void take_region(cn__fns *f, const char *code, cn__place at) {
    cn__fns_put(f, "region", code && cn__fns_region(code) ? cn__fns_region(code) : code, at);
    f->in_address = false; /* the first tells enough */
}

static void open_child(cn__fns *f, cn__xml *xml, const char *name, cn__place at) {
    if (f->depth == 1 && is(name, "СвНаимЮЛ")) {
        cn__fns_put(f, "name", cn__xml_attribute(xml, "НаимЮЛПолн"), at);
        cn__fns_put(f, "short", cn__xml_attribute(xml, "НаимЮЛСокр"), at);
    } else if (f->depth == 2 && is(name, "СвНаимЮЛСокр")) {
        cn__fns_put(f, "short", cn__xml_attribute(xml, "НаимСокр"), at);
    } else if (f->depth == 1 && is(name, "СвАдресЮЛ")) {
        f->in_address = true;
    } else if (f->in_address && is(name, "АдресРФ")) {
        take_region(f, cn__xml_attribute(xml, "КодРегион"), at);
    } else if (is(name, "СвОКВЭДОсн") || is(name, "СвОКВЭДДоп")) {
        cn__fns_put(f, "okved", cn__xml_attribute(xml, "КодОКВЭД"), at);
    } else if (f->depth == 1 && is(name, "СвПрекрЮЛ")) {
        cn__fns_put(f, "until", cn__xml_attribute(xml, "ДатаПрекрЮЛ"), at);
    } else if (f->depth == 2 && is(name, "УчрЮЛРос")) {
        f->in_founder = true;
        f->founder = CN_NONE;
        f->up = f->down = -1;
    } else if (f->depth == 2 && strncmp(name, "Учр", strlen("Учр")) == 0) {
        f->others++;
    } else if (f->in_founder) {
        open_founder(f, xml, name, at);
    }
}

static void open_element(void *context, cn__xml *xml, const char *name) {
    cn__fns *f = context;
    cn__place at = cn__xml_place(xml);
    if (f->inside) {
        f->depth++;
        open_child(f, xml, name, at);
    } else if (is(name, "СвЮЛ")) {
        cn__fns_begin(f, at);
        cn__fns_identify(f, cn__xml_attribute(xml, "ИНН"), cn__xml_attribute(xml, "ОГРН"), at);
        cn__fns_put(f, "since", cn__xml_attribute(xml, "ДатаОГРН"), at);
    }
}

static void close_element(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    cn__fns *f = context;
    if (!f->inside) {
        return;
    }
    if (f->depth == 0) {
        cn__fns_end(f);
        return;
    }
    if (f->in_part) {
        close_part(f, name, text, len);
    } else if (f->in_founder && is(name, "УчрЮЛРос")) {
        close_founder(f, cn__xml_place(xml));
    } else if (f->in_address && is(name, "Регион") &&
               len > 0) { /* of an address by the state register of addresses: the code as text */
        char code[3] = "";
        memcpy(code, text, len < 2 ? len : 2);
        take_region(f, code, cn__xml_place(xml));
    } else if (f->in_address && is(name, "СвАдресЮЛ")) {
        f->in_address = false;
    }
    f->depth--;
}

static void report(cn__fns *f) {
    cn__digits digits;
    if (f->others > 0) {
        CN__REPORT1(f->load, f->label, ((cn__place){1, 1}), FNS_FOUNDERS, cn__digits_of(&digits, f->others));
    }
}

cn_status cn__read_egrul(cn__assembly *assembly, const cn__input *input) {
    static const cn__xml_events events = {open_element, close_element, cn__fns_wanted, NULL};
    return cn__fns_read(assembly, input, &events, report);
}
