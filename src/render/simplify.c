/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphviz cuts every link into pieces, one a column, and its time grows faster than the square of their number: some
 * hundred links of a tangled network take minutes. So in a large scene only a spanning forest (Kruskal's: the strongest
 * links first, those that give the columns their order before all others) is laid out, and further strong links while
 * the whole stays small. A forest of thousands of links takes a second or two. Cost: O(L log L).
 */
#include "simplify.h"

#include <stdlib.h>

#include "ranked.h"

typedef struct candidate {
    bool orders; /* has a say in the order of the columns */
    double width;
    uint32_t link;
} candidate;

static int strongest_first(const void *a, const void *b) {
    const candidate *x = a;
    const candidate *y = b;
    if (x->orders != y->orders) {
        return x->orders ? -1 : 1;
    }
    if (x->width != y->width) {
        return x->width > y->width ? -1 : 1;
    }
    return x->link < y->link ? -1 : 1;
}

/* Groups are numbered after the nodes. */
static uint32_t root_of_end(const cn__scene *scene, uint32_t *parent, uint32_t end, bool is_group) {
    return cn__root_of(parent, is_group ? (uint32_t)scene->node_count + end : end);
}

/* Keep what ties things together. Returns how many lines that are. */
static size_t keep_forest(const cn__scene *scene, const candidate *candidates, uint32_t *parent, uint8_t *keep) {
    size_t kept = 0;
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[candidates[i].link];
        uint32_t from = root_of_end(scene, parent, link->from, link->from_group);
        uint32_t to = root_of_end(scene, parent, link->to, link->to_group);
        keep[candidates[i].link] = from != to;
        kept += from != to;
        parent[from] = to;
    }
    return kept;
}

bool cn__scene_strongest(const cn__scene *scene, size_t most, uint8_t *keep) {
    size_t things = scene->node_count + scene->group_count;
    candidate *candidates = cn__alloc(scene->link_count, sizeof *candidates);
    uint32_t *parent = cn__alloc(things, sizeof *parent);
    bool ok = candidates && parent;
    for (uint32_t i = 0; ok && i < things; i++) {
        parent[i] = i;
    }
    for (uint32_t i = 0; ok && i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        candidates[i] = (candidate){!link->inside && !link->loose && !link->turned, link->width, i};
    }
    if (ok) {
        qsort(candidates, scene->link_count, sizeof *candidates, strongest_first);
        size_t kept = keep_forest(scene, candidates, parent, keep);
        for (size_t i = 0; i < scene->link_count && kept < most; i++) {
            kept += !keep[candidates[i].link];
            keep[candidates[i].link] = 1;
        }
    }
    cn__free(candidates);
    cn__free(parent);
    return ok;
}

uint32_t cn__scene_simplify(cn__scene *scene) {
    if (scene->link_count <= CN__LINKS_LAID_OUT || scene->engine == CN_ENGINE_MAP) {
        return 0;
    }
    uint8_t *keep = cn__alloc(scene->link_count, 1);
    uint32_t straight = 0;
    if (!keep || !cn__scene_strongest(scene, CN__LINKS_LAID_OUT, keep)) {
        scene->failed = true;
        cn__free(keep);
        return 0;
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        scene->links[i].straight = !keep[i];
        straight += !keep[i];
    }
    scene->simplified = straight > 0;
    for (size_t i = 0; i < scene->link_count && straight > 0; i++) {
        scene->links[i].line_count = 0;
        scene->links[i].lane = 0;
    }
    cn__free(keep);
    return straight;
}
