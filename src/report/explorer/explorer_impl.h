/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers of the explorer's data share. Numbers in the page are those of `entity`: they follow the order of the network. */
#ifndef CN_REPORT_EXPLORER_IMPL_H
#define CN_REPORT_EXPLORER_IMPL_H

#include "explorer_data.h"

#include "error.h"
#include "memory.h"
#include "number.h"
#include "report_text.h"

typedef struct cn__explorer {
    const cn_network *net;
    const cn__explorer_options *options;
    cn_lang lang;
    cn_buf *out;
    uint32_t count;    /* entities in the page */
    cn_entity *entity; /* by number in the page */
    uint32_t *number;  /* by entity: its number, or CN_NONE */
    double *sum;       /* by entity: values of its links */
    uint32_t *degree;  /* by entity */
    uint32_t *from;    /* by link in the page: numbers of its ends */
    uint32_t *to;
    cn_link *link;
    size_t link_count;
    uint32_t *group; /* by number: group, or CN_NONE */
    uint32_t group_count;
    uint32_t *head;    /* by group: the number that gives it its name; the cluster itself, or who has the most links */
    bool found;        /* groups are communities found in the links, not clusters that were declared */
    float *x, *y;      /* by number */
    double *place;     /* by group: x, y and radius of its disc */
    bool opens_on_map; /* so many that the page begins with the groups */
} cn__explorer;

enum { CN__EXPLORER_MAP_FROM = 3000 };

/* Who belongs together (explorer_groups.c): clusters, else communities. Fills group, group_count, head, found. */
cn_status cn__explorer_group(cn__explorer *e, cn_error *err);
void cn__explorer_put_groups(cn__explorer *e);
/* Where everything stands (explorer_places.c). Fills x, y, place. */
cn_status cn__explorer_place(cn__explorer *e, cn_error *err);
/* Nodes, links, figures and facts (explorer_columns.c); kinds and their looks (explorer_looks.c). */
void cn__explorer_put_columns(cn__explorer *e);
void cn__explorer_put_looks(cn__explorer *e);

static inline void cn__explorer_put(cn__explorer *e, const char *text) { cn_buf_add_text(e->out, text); }
/* A number with so many decimals at most; NaN is null. */
void cn__explorer_put_number(cn__explorer *e, double value, int decimals);
/* `key` as it stands, then a text. */
void cn__explorer_put_pair(cn__explorer *e, const char *key, const char *text);

#endif
