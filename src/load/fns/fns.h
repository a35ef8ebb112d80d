/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the readers of the tax service's XML share: the file or the archive of files, the firm in hand, bodies known only by being
 * mentioned, and links kept until every body is known.
 */
#ifndef CN_LOAD_FNS_H
#define CN_LOAD_FNS_H

#include "input.h"
#include "xml_read.h"
#include "zip_archive.h"

/* A firm that has its own record, or whom another's names. */
typedef struct cn__fns_body {
    uint32_t id, inn, ogrn, name; /* texts */
    bool told;                    /* has its own record */
    bool organisation;            /* else a company */
    const char *file;
    cn__place place;
} cn__fns_body;

typedef struct cn__fns_link {
    uint32_t from, to; /* bodies; CN_NONE: the firm in hand, until its record ends */
    cn_link_kind kind;
    uint32_t basis, number, date, note, share; /* texts */
    const char *file;
    cn__place place;
} cn__fns_link;

/* A product of the firm in hand. */
typedef struct cn__fns_product {
    uint32_t code;
    cn__place place;
} cn__fns_product;

typedef struct cn__fns {
    cn__assembly *assembly;
    cn__load *load;
    const char *label; /* of the input */
    const char *file;  /* the one being read */
    cn__zip *zip;      /* or NULL */
    const cn__xml_events *events;
    cn_status status; /* the first failure; everything later does nothing */

    bool inside; /* a firm */
    cn__place place;
    cn__draft draft; /* of it */
    cn_buf inn, ogrn;
    size_t first_link;
    cn__fns_product *makes;
    size_t make_count, make_cap;
    uint32_t depth;                       /* of elements, within a firm */
    bool in_address, in_founder, in_part; /* of EGRUL, as the next three */
    uint32_t founder;                     /* a body, or CN_NONE */
    double up, down;

    cn__strmap ids; /* → body */
    cn__fns_body *bodies;
    size_t body_count, body_cap;
    cn__fns_link *links;
    size_t link_count, link_cap;
    cn__strmap products;
    cn__arena texts;
    uint64_t firms, repeated, own, others;
} cn__fns;

/* Does the input, or the first XML file of an archive, begin with an element of this name (in UTF-8 or Windows-1251)? */
bool cn__fns_begins(const cn__input *input, const char *utf8, const char *windows);
/*
 * The whole of a reader: every XML file with `events`, whose context is the cn__fns; what `report` says of what was found; then bodies that
 * have no record of their own are handed over, and the links.
 */
cn_status cn__fns_read(cn__assembly *assembly, const cn__input *input, const cn__xml_events *events,
                       void (*report)(cn__fns *));
bool cn__fns_wanted(const void *context);

/* The firm in hand: begin, who it is, a value of a column (NULL or "": none), a free attribute (`json`: in the notation of JSON), end. */
void cn__fns_begin(cn__fns *f, cn__place place);
void cn__fns_identify(cn__fns *f, const char *inn, const char *ogrn, cn__place place);
void cn__fns_put(cn__fns *f, const char *column, const char *text, cn__place place);
void cn__fns_put_free(cn__fns *f, const char *name, const char *json, cn__place place);
void cn__fns_make(cn__fns *f, const char *code, const char *name, cn__place place);
void cn__fns_end(cn__fns *f);

/* A text kept, 0 where there is none. */
uint32_t cn__fns_keep(cn__fns *f, const char *text);
/* The body of this INN, without one of this OGRN or name; CN_NONE: nothing tells who it is. */
uint32_t cn__fns_body_of(cn__fns *f, const char *inn, const char *ogrn, const char *name, bool organisation,
                         cn__place place);
void cn__fns_link_add(cn__fns *f, const cn__fns_link *link);

/* Name of a region by its code (two digits), or NULL. */
const char *cn__fns_region(const char *code);

#endif
