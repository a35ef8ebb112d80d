/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The open register of small and medium firms (data set 7707329152-rsmp of the tax service, form VO_RRMSP 4.x): `Файл/Документ` is a firm.
 * Its contracts of the year before tell customers by INN, not sums: they become supplies without value, marked by their law (x.basis). A customer
 * under 44-FZ is a public body unless its name says enterprise; under 223-FZ and in a programme of partnership a company unless it says
 * institution. O(bytes).
 */
#include "fns.h"

#include <string.h>

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

bool cn__sniff_fns(const cn__input *input) {
    return cn__fns_begins(input, "ОргВклМСП", "\xCE\xF0\xE3\xC2\xEA\xEB\xCC\xD1\xCF") ||
           cn__fns_begins(input, "ИПВклМСП", "\xC8\xCF\xC2\xEA\xEB\xCC\xD1\xCF");
}

static void begin_firm(cn__fns *f, cn__xml *xml, cn__place at) {
    static const char *const sizes[] = {"\"micro\"", "\"small\"", "\"medium\""};
    cn__fns_begin(f, at);
    const char *size = cn__xml_attribute(xml, "КатСубМСП");
    const char *staff = cn__xml_attribute(xml, "ССЧР");
    cn__fns_put(f, "roles", cn_vocabulary_key(CN_VOC_ROLE, CN_ROLE_SME), at);
    cn__fns_put(f, "headcount", staff, at);
    if (size && size[0] >= '1' && size[0] <= '3' && !size[1]) {
        cn__fns_put_free(f, "sme_size", sizes[size[0] - '1'], at);
    }
}

static void take_body(cn__fns *f, cn__xml *xml, cn__place at) {
    cn__fns_identify(f, cn__xml_attribute(xml, "ИННЮЛ"), cn__xml_attribute(xml, "ОГРН"), at);
    cn__fns_put(f, "name", cn__xml_attribute(xml, "НаимОрг"), at);
    cn__fns_put(f, "short", cn__xml_attribute(xml, "НаимОргСокр"), at);
}

static void take_person(cn__fns *f, cn__xml *xml, cn__place at) {
    static const char *const parts[] = {"Фамилия", "Имя", "Отчество"};
    cn_buf name = {0};
    cn_buf_add_text(&name, "ИП");
    for (size_t i = 0; i < 3; i++) {
        const char *part = cn__xml_attribute(xml, parts[i]);
        if (part && part[0]) {
            cn_buf_add_text(&name, " ");
            cn_buf_add_text(&name, part);
        }
    }
    if (name.failed) {
        f->status = CN__NO_MEMORY(f->load->err);
    } else {
        cn__fns_put(f, "name", name.data, at);
    }
    cn_buf_release(&name);
}

/* Attributes of the three elements that name a customer. */
typedef struct contract_form {
    const char *element, *inn, *name, *subject, *number, *date, *basis;
    bool state;
} contract_form;

static const contract_form forms[] = {
    {"СвПрогПарт", "ИННЮЛ_ПП", "НаимЮЛ_ПП", NULL, "НомДог", "ДатаДог", "\"partnership\"", false},
    {"СвКонтр", "ИННЮЛ_ЗК", "НаимЮЛ_ЗК", "ПредмКонтр", "НомКонтрРеестр", "ДатаКонтр", "\"44-FZ\"", true},
    {"СвДог", "ИННЮЛ_ЗД", "НаимЮЛ_ЗД", "ПредмДог", "НомДогРеестр", "ДатаДог", "\"223-FZ\"", false},
};

static bool says(const char *name, const char *upper, const char *lower) {
    return name && (strstr(name, upper) || strstr(name, lower));
}

static void take_contract(cn__fns *f, cn__xml *xml, const contract_form *form, cn__place at) {
    const char *name = cn__xml_attribute(xml, form->name);
    bool organisation = form->state ? !says(name, "ПРЕДПРИЯТИ", "редприяти") : says(name, "УЧРЕЖДЕНИ", "чреждени");
    const char *number = cn__xml_attribute(xml, form->number);
    cn_buf source = {0};
    cn__fns_link link = {.from = CN_NONE, .kind = CN_LINK_SUPPLY, .file = f->file, .place = at};
    link.to = cn__fns_body_of(f, cn__xml_attribute(xml, form->inn), NULL, name, organisation, at);
    if (link.to == CN_NONE) {
        if (f->status == CN_OK) {
            CN__REPORT2(f->load, f->file, at, MISSING_FIELD, form->inn, form->element);
        }
        return;
    }
    cn_buf_add_text(&source, "7707329152-rsmp");
    if (number && number[0]) {
        cn_buf_add_text(&source, ", ");
        cn_buf_add_text(&source, number);
    }
    if (source.failed) {
        f->status = CN__NO_MEMORY(f->load->err);
    } else {
        link.number = cn__fns_keep(f, source.data);
    }
    cn_buf_release(&source);
    link.basis = cn__fns_keep(f, form->basis);
    link.note = cn__fns_keep(f, form->subject ? cn__xml_attribute(xml, form->subject) : NULL);
    link.date = cn__fns_keep(f, cn__xml_attribute(xml, form->date));
    cn__fns_link_add(f, &link);
}

static void open_element(void *context, cn__xml *xml, const char *name) {
    cn__fns *f = context;
    cn__place at = cn__xml_place(xml);
    if (is(name, "Документ")) {
        begin_firm(f, xml, at);
    } else if (!f->inside) {
        return;
    } else if (is(name, "ОргВклМСП")) {
        take_body(f, xml, at);
    } else if (is(name, "ИПВклМСП")) {
        cn__fns_identify(f, cn__xml_attribute(xml, "ИННФЛ"), cn__xml_attribute(xml, "ОГРНИП"), at);
    } else if (is(name, "ФИОИП")) {
        take_person(f, xml, at);
    } else if (is(name, "СведМН")) {
        const char *code = cn__xml_attribute(xml, "КодРегион");
        cn__fns_put(f, "region", code && cn__fns_region(code) ? cn__fns_region(code) : code, at);
    } else if (is(name, "СвОКВЭДОсн") || is(name, "СвОКВЭДДоп")) {
        cn__fns_put(f, "okved", cn__xml_attribute(xml, "КодОКВЭД"), at);
    } else if (is(name, "СвПрод")) {
        cn__fns_make(f, cn__xml_attribute(xml, "КодПрод"), cn__xml_attribute(xml, "НаимПрод"), at);
    }
    for (size_t i = 0; f->inside && i < sizeof forms / sizeof *forms; i++) {
        if (is(name, forms[i].element)) {
            take_contract(f, xml, &forms[i], at);
        }
    }
}

static void close_element(void *context, cn__xml *xml, const char *name, const char *text, size_t len) {
    cn__fns *f = context;
    (void)xml, (void)text, (void)len;
    if (f->inside && is(name, "Документ")) {
        cn__fns_end(f);
    }
}

static void report(cn__fns *f) {
    cn__digits digits;
    if (f->link_count > 0) {
        CN__REPORT1(f->load, f->label, ((cn__place){1, 1}), FNS_CONTRACTS, cn__digits_of(&digits, f->link_count));
    }
}

cn_status cn__read_fns(cn__assembly *assembly, const cn__input *input) {
    static const cn__xml_events events = {open_element, close_element, cn__fns_wanted, NULL};
    return cn__fns_read(assembly, input, &events, report);
}
