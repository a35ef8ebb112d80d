/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One saving from its beginning to its end: what every writer gets. */
#ifndef CN_SAVE_SAVE_IMPL_H
#define CN_SAVE_SAVE_IMPL_H

#include "coopnet/save.h"
#include "coopnet/snapshot.h"

#include "error.h"
#include "file.h"
#include "strmap.h"

/* How often something could not be written as it is. */
typedef struct cn__loss {
    cn_message message;
    size_t section_len; /* of its name, the part before the point */
    uint64_t count;
    bool told;
} cn__loss;

typedef struct cn__save {
    const cn_network *net;
    const char *path;
    cn_watch watch;
    unsigned passes; /* how often the writer walks over all entities and links; 0: once */
    uint64_t rows;   /* walked over so far */
    bool stopped;    /* the watch said so; cn__save_tell makes it an error */
    size_t format;
    cn_buf *out; /* what is to be written; cn__save_flush hands it on. NULL for a writer that writes `path` itself */
    cn__file_out *file;
    cn__strmap loss_names; /* number in `losses` of a message and what it speaks of */
    cn__loss *losses;
    size_t loss_cap;
    bool loss_failed; /* no memory to keep one */
    cn_diags *lost;
    cn_error *err;
} cn__save;

/* A row more is behind: every writer says so for each entity and link, so that the watch can be asked. False: stop. */
bool cn__save_step(cn__save *s);
/* The same, and let go of what has been appended to s->out once it is much. False also: writing failed, or memory; the close tells which. */
bool cn__save_flush(cn__save *s);
/*
 * Remember that something is not written (SAVE_LOST) or written otherwise (SAVE_ALTERED). `section` and `what` name it ("companies",
 * "inn"); told at the end in one note for each section.
 */
void cn__save_lose(cn__save *s, cn_message message, const char *section, const char *what, uint64_t count);

/*
 * Tell what was remembered; CN_ERR_CANCELLED when the watch stopped the writing. A writer of `path` itself does it before the path appears,
 * so that a failure leaves nothing.
 */
cn_status cn__save_tell(cn__save *s);

#define CN_SAVER(id, key, extensions, function, whole, en, ru) cn_status function(cn__save *s);
#include "savers.def"
#undef CN_SAVER

#endif
