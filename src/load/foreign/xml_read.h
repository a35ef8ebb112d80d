/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML as events. expat does the reading and stays in xml_read.c; entities that a file declares and everything outside the file are
 * refused, nesting is limited.
 */
#ifndef CN_LOAD_XML_READ_H
#define CN_LOAD_XML_READ_H

#include "load_context.h"

typedef struct cn__xml cn__xml;

/* What a reader does with an element; names come without their prefix. */
typedef struct cn__xml_events {
    void (*open)(void *context, cn__xml *xml, const char *name);
    /* `text`: what stood directly before the end of the element, behind any element inside. */
    void (*close)(void *context, cn__xml *xml, const char *name, const char *text, size_t len);
    bool (*wanted)(const void *context); /* false ends the reading */
    /* Every piece of text as it comes; NULL where `close` tells enough. */
    void (*text)(void *context, cn__xml *xml, const char *text, size_t len);
} cn__xml_events;

/* Value of an attribute of the element being opened, or NULL. */
const char *cn__xml_attribute(const cn__xml *xml, const char *name);
/* Its attributes one by one, from 0; false: no more. */
bool cn__xml_attribute_at(const cn__xml *xml, size_t at, const char **name, const char **value);
/* While an element is opened: what stood directly before it. */
const char *cn__xml_text(const cn__xml *xml, size_t *len);
cn__place cn__xml_place(const cn__xml *xml);

/* Read the whole; mistakes are reported. */
cn_status cn__xml_run(cn__load *load, const char *file, const char *bytes, size_t len, const cn__xml_events *events,
                      void *context);
/* The same from a stream: `pull` puts the next bytes into `out`, 0 is the end. */
cn_status cn__xml_run_pull(cn__load *load, const char *file, size_t (*pull)(void *context, char *out, size_t cap),
                           void *pull_context, const cn__xml_events *events, void *context);
/* Does the input begin as XML, with an element of this name among its first bytes? Sees through UTF-16. */
bool cn__xml_begins(const char *bytes, size_t len, const char *element);

#endif
