/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A zip archive in memory, its entries read piece by piece. libzip does the reading and stays in zip_archive.c. Nothing is ever
 * written; names of entries are compared, never used as paths. What unpacks to far too much is refused.
 */
#ifndef CN_LOAD_ZIP_ARCHIVE_H
#define CN_LOAD_ZIP_ARCHIVE_H

#include "load_context.h"

typedef struct cn__zip cn__zip;

bool cn__zip_begins(const char *bytes, size_t len);
/* Does the list of entries at the end of an archive hold this name? For sniffing: the archive is not opened. */
bool cn__zip_lists(const char *bytes, size_t len, const char *name);
/* For sniffing: the first bytes of the first entry whose name ends so; 0: none. */
size_t cn__zip_peek(const char *bytes, size_t len, const char *end, char *out, size_t cap);
/* The bytes are borrowed. *out NULL with CN_OK: it cannot be read (reported). */
cn_status cn__zip_open(cn__load *load, const char *label, const char *bytes, size_t len, cn__zip **out);
void cn__zip_close(cn__zip *zip);
/* Is there an entry of this name? */
bool cn__zip_has(const cn__zip *zip, const char *name);
/* Name of entry i, in the order of the archive; NULL past the end. */
const char *cn__zip_name(const cn__zip *zip, uint64_t i);

/* Begin to read an entry; one at a time. False: there is none, or it cannot be read (reported). */
bool cn__zip_begin(cn__zip *zip, const char *name);
/* The same by its number in the archive: names may stand twice. */
bool cn__zip_begin_at(cn__zip *zip, uint64_t i);
/* The next bytes of a cn__zip into `out`; 0: the end, or a failure (reported, see cn__zip_failed). */
size_t cn__zip_pull(void *context, char *out, size_t cap);
bool cn__zip_failed(const cn__zip *zip);
void cn__zip_end(cn__zip *zip);
/* For progress: bytes that the present entry has given, and will give. */
uint64_t cn__zip_unpacked(const cn__zip *zip);
uint64_t cn__zip_size(const cn__zip *zip);

#endif
