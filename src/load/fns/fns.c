/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Open data of the Russian tax service: one XML file or a zip archive of thousands, streamed, each file once. Entities come before links
 * in a network, and a customer may have its own record in a later file: firms become records as they end, links and bodies that are only
 * mentioned are kept until all is read. Invariant: `ids` and `bodies` hold each body once, by INN (without one by OGRN, then by name);
 * links from `first_link` on are those of the firm in hand. O(bytes); memory: the firms, and some 80 bytes a link.
 */
#include "fns.h"

#include "utf8.h"

#include <string.h>

enum { LOOK = 4096, EVERY = 4096 };

static const char *text_of(const cn__fns *f, uint32_t text) { return cn__arena_at(&f->texts, text); }

static void no_memory(cn__fns *f) { f->status = CN__NO_MEMORY(f->load->err); }

/* Forget the firm in hand: its record is not whole, or not wanted. */
static void drop_firm(cn__fns *f) {
    f->link_count = f->inside ? f->first_link : f->link_count;
    f->inside = false;
    cn__draft_begin(&f->draft);
}

/* ---- files ---- */

bool cn__fns_begins(const cn__input *input, const char *utf8, const char *windows) {
    char head[LOOK];
    const char *bytes = input->bytes;
    size_t len = input->len;
    if (cn__zip_begins(bytes, len)) {
        len = cn__zip_peek(bytes, len, ".xml", head, sizeof head);
        bytes = head;
    }
    return len > 0 && (cn__xml_begins(bytes, len, utf8) || cn__xml_begins(bytes, len, windows));
}

bool cn__fns_wanted(const void *context) {
    const cn__fns *f = context;
    return f->status == CN_OK && !f->load->stop && !(f->zip && cn__zip_failed(f->zip));
}

/* "archive.zip/name.xml"; a name that cannot be shown becomes its number. */
static const char *file_label(cn__fns *f, const char *name, uint64_t i) {
    cn_buf label = {0};
    bool plain = name[0] && cn__utf8_valid(name, strlen(name)) == strlen(name);
    for (const char *c = name; *c && plain; c++) {
        plain = (unsigned char)*c >= 0x20 && *c != 0x7F;
    }
    cn_buf_add_text(&label, f->label);
    cn_buf_add_text(&label, "/");
    cn__digits digits;
    cn_buf_add_text(&label, plain ? name : cn__digits_of(&digits, i + 1));
    const char *kept = label.failed ? NULL : cn__load_keep(f->load, label.data);
    cn_buf_release(&label);
    return kept;
}

static void read_archive(cn__fns *f, const cn__input *input) {
    f->status = cn__zip_open(f->load, f->label, input->bytes, input->len, &f->zip);
    const char *name;
    for (uint64_t i = 0; f->zip && cn__fns_wanted(f) && (name = cn__zip_name(f->zip, i)) != NULL; i++) {
        if (!cn__name_ends(name, ".xml")) {
            continue;
        }
        f->file = file_label(f, name, i);
        if (!f->file) {
            no_memory(f);
        } else if (cn__zip_begin_at(f->zip, i)) {
            cn_status status = cn__xml_run_pull(f->load, f->file, cn__zip_pull, f->zip, f->events, f);
            f->status = f->status == CN_OK ? status : f->status;
            drop_firm(f);
        }
    }
    cn__zip_close(f->zip);
    f->zip = NULL;
    f->file = f->label;
}

static void read_files(cn__fns *f, const cn__input *input) {
    f->label = f->file = input->label;
    if (cn__zip_begins(input->bytes, input->len)) {
        read_archive(f, input);
        return;
    }
    cn_status status = cn__xml_run(f->load, f->file, input->bytes, input->len, f->events, f);
    f->status = f->status == CN_OK ? status : f->status;
    drop_firm(f);
}

static void watch(cn__fns *f) {
    if (f->firms % EVERY == 0 && f->load->watch.step && f->status == CN_OK) {
        uint64_t done = f->zip ? cn__zip_unpacked(f->zip) : 0;
        uint64_t all = f->zip ? cn__zip_size(f->zip) : 0;
        if (!f->load->watch.step(f->load->watch.context, done, all)) {
            f->status = CN__FAIL0(f->load->err, CN_ERR_CANCELLED, CANCELLED);
        }
    }
}

/* ---- records ---- */

uint32_t cn__fns_keep(cn__fns *f, const char *text) {
    uint32_t kept = 0;
    if (text && text[0] && !cn__arena_add(&f->texts, text, strlen(text), &kept)) {
        no_memory(f);
    }
    return kept;
}

static void put(cn__fns *f, cn__section_id section_id, const char *key, const char *text, cn__place place) {
    const cn__section *section = cn__section_at(section_id);
    const cn__column *column = cn__column_find(section, key);
    if (!text || !text[0] || f->status != CN_OK) {
        return;
    }
    if (strlen(text) > f->load->limits.max_text_bytes) {
        cn__digits limit;
        CN__REPORT3(f->load, f->file, place, TEXT_TOO_LONG, key, cn__digits_of(&limit, f->load->limits.max_text_bytes),
                    CN__OPTION_TEXT);
    } else if (!cn__draft_add(&f->draft, (uint32_t)(column - section->columns), NULL, text, strlen(text), place)) {
        no_memory(f);
    }
}

static void put_free(cn__fns *f, cn__section_id section_id, const char *name, const char *json, cn__place place) {
    const cn__section *section = cn__section_at(section_id);
    const cn__column *column = cn__column_find(section, "x");
    if (f->status == CN_OK &&
        !cn__draft_add(&f->draft, (uint32_t)(column - section->columns), name, json, strlen(json), place)) {
        no_memory(f);
    }
}

/* Hand over the draft. */
static uint32_t take(cn__fns *f, cn__section_id section, uint32_t parent, const char *file, cn__place place) {
    uint32_t row = CN_NONE;
    cn__record record = {
        cn__section_at(section), file, f->draft.texts.bytes, f->draft.cells, f->draft.cell_count, parent, place};
    if (f->status == CN_OK && !f->load->stop) {
        f->status = cn__assembly_take(f->assembly, &record, &row);
    }
    cn__draft_begin(&f->draft);
    return row;
}

/* ---- the firm in hand ---- */

void cn__fns_begin(cn__fns *f, cn__place place) {
    drop_firm(f);
    f->inside = true;
    f->place = place;
    f->inn.len = f->ogrn.len = 0;
    f->first_link = f->link_count;
    f->make_count = 0;
    f->depth = 0;
    f->in_address = f->in_founder = f->in_part = false;
    f->founder = CN_NONE;
}

void cn__fns_identify(cn__fns *f, const char *inn, const char *ogrn, cn__place place) {
    f->inn.len = f->ogrn.len = 0;
    cn_buf_add_text(&f->inn, inn ? inn : "");
    cn_buf_add_text(&f->ogrn, ogrn ? ogrn : "");
    if (f->inn.failed || f->ogrn.failed) {
        no_memory(f);
    }
    cn__fns_put(f, "inn", inn, place);
    cn__fns_put(f, "ogrn", ogrn, place);
}

void cn__fns_put(cn__fns *f, const char *column, const char *text, cn__place place) {
    put(f, CN__SECTION_COMPANIES, column, text, place);
}

void cn__fns_put_free(cn__fns *f, const char *name, const char *json, cn__place place) {
    put_free(f, CN__SECTION_COMPANIES, name, json, place);
}

/* The name of a product is told once, when its code comes for the first time: see give_products. */
void cn__fns_make(cn__fns *f, const char *code, const char *name, cn__place place) {
    if (!code || !code[0] || f->status != CN_OK) {
        return;
    }
    size_t len = strlen(code);
    uint32_t at = cn__strmap_find(&f->products, code, len);
    if (at == CN_NONE) {
        at = cn__fns_keep(f, name);
        if (f->status == CN_OK && !cn__strmap_add(&f->products, code, len, at, NULL)) {
            no_memory(f);
        }
    }
    cn__fns_product made = {cn__fns_keep(f, code), place};
    for (size_t i = 0; i < f->make_count; i++) {
        if (strcmp(text_of(f, f->makes[i].code), code) == 0) {
            return;
        }
    }
    if (!cn__grow((void **)&f->makes, &f->make_cap, f->make_count, 1, sizeof *f->makes)) {
        no_memory(f);
        return;
    }
    f->makes[f->make_count++] = made;
}

/* The links of the firm get its body; one with itself is left out. */
static void place_links(cn__fns *f, uint32_t body) {
    size_t kept = f->first_link;
    for (size_t i = f->first_link; i < f->link_count; i++) {
        cn__fns_link link = f->links[i];
        link.from = link.from == CN_NONE ? body : link.from;
        link.to = link.to == CN_NONE ? body : link.to;
        if (link.from == link.to) {
            f->own++;
        } else {
            f->links[kept++] = link;
        }
    }
    f->link_count = kept;
}

void cn__fns_end(cn__fns *f) {
    if (f->status != CN_OK) {
        return;
    }
    uint32_t body =
        cn__fns_body_of(f, f->inn.len ? f->inn.data : NULL, f->ogrn.len ? f->ogrn.data : NULL, NULL, false, f->place);
    if (body == CN_NONE) {
        if (f->status == CN_OK) {
            CN__REPORT2(f->load, f->file, f->place, MISSING_FIELD, "ИНН", "companies");
        }
        drop_firm(f);
        return;
    }
    if (f->bodies[body].told) {
        f->repeated++;
        drop_firm(f);
        return;
    }
    f->bodies[body].told = true;
    put(f, CN__SECTION_COMPANIES, "id", text_of(f, f->bodies[body].id), f->place);
    uint32_t row = take(f, CN__SECTION_COMPANIES, CN_NONE, f->file, f->place);
    for (size_t i = 0; i < f->make_count; i++) {
        put(f, CN__SECTION_MAKES, "product", text_of(f, f->makes[i].code), f->makes[i].place);
        (void)take(f, CN__SECTION_MAKES, row, f->file, f->makes[i].place);
    }
    place_links(f, body);
    f->inside = false;
    f->firms++;
    watch(f);
}

/* ---- bodies and links ---- */

uint32_t cn__fns_body_of(cn__fns *f, const char *inn, const char *ogrn, const char *name, bool organisation,
                         cn__place place) {
    const char *id = inn && inn[0] ? inn : ogrn && ogrn[0] ? ogrn : name && name[0] ? name : "";
    if (!id[0] || f->status != CN_OK) {
        return CN_NONE;
    }
    uint32_t at = cn__strmap_find(&f->ids, id, strlen(id));
    if (at != CN_NONE) {
        if (f->bodies[at].name == 0) {
            f->bodies[at].name = cn__fns_keep(f, name);
        }
        return f->status == CN_OK ? at : CN_NONE;
    }
    cn__fns_body body = {.organisation = organisation, .file = f->file, .place = place};
    body.inn = cn__fns_keep(f, inn);
    body.ogrn = cn__fns_keep(f, ogrn);
    body.name = cn__fns_keep(f, name);
    body.id = cn__fns_keep(f, id);
    at = (uint32_t)f->body_count;
    if (f->status != CN_OK || !cn__grow((void **)&f->bodies, &f->body_cap, f->body_count, 1, sizeof *f->bodies) ||
        !cn__strmap_add(&f->ids, id, strlen(id), at, NULL)) {
        no_memory(f);
        return CN_NONE;
    }
    f->bodies[f->body_count++] = body;
    return at;
}

void cn__fns_link_add(cn__fns *f, const cn__fns_link *link) {
    if (f->status != CN_OK) {
        return;
    }
    if (!cn__grow((void **)&f->links, &f->link_cap, f->link_count, 1, sizeof *f->links)) {
        no_memory(f);
        return;
    }
    f->links[f->link_count++] = *link;
}

static void give_bodies(cn__fns *f) {
    for (size_t i = 0; i < f->body_count && cn__fns_wanted(f); i++) {
        const cn__fns_body *b = &f->bodies[i];
        if (b->told) {
            continue;
        }
        cn__section_id section = b->organisation ? CN__SECTION_ORGANISATIONS : CN__SECTION_COMPANIES;
        put(f, section, "id", text_of(f, b->id), b->place);
        put(f, section, "name", text_of(f, b->name), b->place);
        put(f, section, "inn", text_of(f, b->inn), b->place);
        put(f, section, "ogrn", text_of(f, b->ogrn), b->place);
        if (b->organisation) {
            put(f, section, "type", cn_vocabulary_key(CN_VOC_ORG_TYPE, CN_ORG_CUSTOMER), b->place);
        }
        (void)take(f, section, CN_NONE, b->file, b->place);
    }
}

static void give_products(cn__fns *f) {
    cn__place place = {1, 1};
    for (size_t i = 0; i < f->products.entry_count && cn__fns_wanted(f); i++) {
        const char *name = text_of(f, f->products.entries[i].value);
        if (name[0]) {
            put(f, CN__SECTION_PRODUCTS, "id", cn__arena_at(&f->products.keys, f->products.entries[i].key), place);
            put(f, CN__SECTION_PRODUCTS, "name", name, place);
            (void)take(f, CN__SECTION_PRODUCTS, CN_NONE, f->label, place);
        }
    }
}

static void give_links(cn__fns *f) {
    for (size_t i = 0; i < f->link_count && cn__fns_wanted(f); i++) {
        const cn__fns_link *l = &f->links[i];
        const cn__section_id section = CN__SECTION_LINKS;
        put(f, section, "from", text_of(f, f->bodies[l->from].id), l->place);
        put(f, section, "to", text_of(f, f->bodies[l->to].id), l->place);
        put(f, section, "kind", cn_vocabulary_key(CN_VOC_LINK_KIND, (int)l->kind), l->place);
        put(f, section, "since", text_of(f, l->date), l->place);
        put(f, section, "share", text_of(f, l->share), l->place);
        put(f, section, "note", text_of(f, l->note), l->place);
        put(f, section, "source", text_of(f, l->number), l->place);
        if (l->basis) {
            put_free(f, section, "basis", text_of(f, l->basis), l->place);
        }
        (void)take(f, section, CN_NONE, l->file, l->place);
    }
}

static void give_all(cn__fns *f) {
    cn__draft_begin(&f->draft);
    give_bodies(f);
    give_products(f);
    if (cn__fns_wanted(f)) {
        f->status = cn__assembly_entities_done(f->assembly);
    }
    give_links(f);
}

static void report_all(cn__fns *f, void (*report)(cn__fns *)) {
    cn__place all = {1, 1};
    cn__digits again, own;
    if (f->firms == 0) {
        CN__REPORT0(f->load, f->label, all, FNS_NO_FIRMS);
    }
    report(f);
    if (f->repeated + f->own > 0) {
        CN__REPORT2(f->load, f->label, all, FNS_LEFT_OUT, cn__digits_of(&again, f->repeated),
                    cn__digits_of(&own, f->own));
    }
}

static void release(cn__fns *f) {
    cn__draft_release(&f->draft);
    cn_buf_release(&f->inn);
    cn_buf_release(&f->ogrn);
    cn__free(f->makes);
    cn__free(f->bodies);
    cn__free(f->links);
    cn__strmap_release(&f->ids);
    cn__strmap_release(&f->products);
    cn__arena_release(&f->texts);
}

cn_status cn__fns_read(cn__assembly *assembly, const cn__input *input, const cn__xml_events *events,
                       void (*report)(cn__fns *)) {
    cn__fns f = {.assembly = assembly, .load = assembly->load, .events = events};
    read_files(&f, input);
    if (f.status == CN_OK && !f.load->stop) {
        report_all(&f, report);
        give_all(&f);
    }
    release(&f);
    return f.status;
}
