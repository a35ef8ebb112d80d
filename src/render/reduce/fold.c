/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folding boxes. Boxes that would share a fold (same column, frame and word, and, where there are no columns, same single neighbour)
 * make a bucket. The most important boxes are kept, as many as leave room for one box for each bucket that is not kept whole.
 * Invariants: every box is kept or in one fold; the values of the lines that are left and those inside the folds add up to the values
 * before; kept boxes keep their order. Cost: O(N log N + L log L).
 */
#include "fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw_text.h"
#include "error.h"
#include "number.h"
#include "view_compose.h"

enum { MOST_NAMES = 40 };
#define SEVERAL (CN_NONE - 1) /* neighbours */

/* ---- words ---- */

/* As what a node is counted. */
static cn__fold_word word_of(const cn__scene_node *node, const cn_network *net) {
    if (node->fold_word) {
        return node->fold_word;
    }
    if (node->entity == CN_NONE || node->entity >= cn_entity_count(net)) {
        return CN__FOLD_OTHERS;
    }
    switch (cn_entity_kind_of(net, node->entity)) {
    case CN_ENTITY_COMPANY:
        return node->group != CN_NONE ? CN__FOLD_MEMBERS : CN__FOLD_COMPANIES;
    case CN_ENTITY_PROJECT:
        return CN__FOLD_PROJECTS;
    case CN_ENTITY_EVENT:
        return CN__FOLD_EVENTS;
    case CN_ENTITY_ORGANISATION:
    case CN_ENTITY_PARK:
        return CN__FOLD_ORGANISATIONS;
    default:
        return CN__FOLD_OTHERS;
    }
}

static cn__draw_text_id text_of(cn__fold_word word) {
    static const cn__draw_text_id texts[] = {
        [CN__FOLD_DERIVED] = CN__TEXT_MORE_OTHERS,      [CN__FOLD_SUPPLIERS] = CN__TEXT_MORE_SUPPLIERS,
        [CN__FOLD_CUSTOMERS] = CN__TEXT_MORE_CUSTOMERS, [CN__FOLD_MEMBERS] = CN__TEXT_MORE_MEMBERS,
        [CN__FOLD_COMPANIES] = CN__TEXT_MORE_COMPANIES, [CN__FOLD_ORGANISATIONS] = CN__TEXT_MORE_ORGANISATIONS,
        [CN__FOLD_PROJECTS] = CN__TEXT_MORE_PROJECTS,   [CN__FOLD_EVENTS] = CN__TEXT_MORE_EVENTS,
        [CN__FOLD_OTHERS] = CN__TEXT_MORE_OTHERS};
    return texts[word];
}

/* ---- buckets ---- */

typedef struct member {
    uint32_t column, group, word, neighbour;
    uint32_t node;
} member;

static int by_bucket(const void *a, const void *b) {
    const member *x = a;
    const member *y = b;
    const uint32_t left[] = {x->column, x->group, x->word, x->neighbour, x->node};
    const uint32_t right[] = {y->column, y->group, y->word, y->neighbour, y->node};
    for (size_t i = 0; i < 5; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static bool same_bucket(const member *x, const member *y) {
    return x->column == y->column && x->group == y->group && x->word == y->word && x->neighbour == y->neighbour;
}

/* The single neighbour of each node; CN_NONE: none, several, or a frame. */
static void find_neighbours(const cn__scene *scene, uint32_t *neighbour) {
    memset(neighbour, 0xFF, scene->node_count * sizeof *neighbour);
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        const uint32_t ends[2] = {link->from, link->to};
        const bool frames[2] = {link->from_group, link->to_group};
        for (size_t e = 0; e < 2; e++) {
            if (!frames[e]) {
                uint32_t other = frames[1 - e] ? SEVERAL : ends[1 - e];
                uint32_t *known = &neighbour[ends[e]];
                *known = *known == CN_NONE || *known == other ? other : SEVERAL;
            }
        }
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        neighbour[i] = neighbour[i] == SEVERAL ? CN_NONE : neighbour[i];
    }
}

/* f->bucket by node; returns how many. `leaves`: those of one neighbour fold beside it. False in *ok: memory. */
static uint32_t make_buckets(const cn__scene *scene, const cn_network *net, bool leaves, uint32_t *bucket, bool *ok) {
    size_t count = scene->node_count;
    member *list = cn__alloc(count, sizeof *list);
    uint32_t *neighbour = cn__alloc(count, sizeof *neighbour);
    uint32_t buckets = 0;
    *ok = list && neighbour;
    if (*ok) {
        find_neighbours(scene, neighbour);
        for (uint32_t i = 0; i < count; i++) {
            const cn__scene_node *node = &scene->nodes[i];
            bool leaf = leaves && node->column == CN_NONE;
            list[i] = (member){node->column, node->group, word_of(node, net), leaf ? neighbour[i] : CN_NONE, i};
        }
        qsort(list, count, sizeof *list, by_bucket);
        for (size_t i = 0; i < count; i++) {
            buckets += i == 0 || !same_bucket(&list[i - 1], &list[i]);
            bucket[list[i].node] = buckets - 1;
        }
    }
    cn__free(list);
    cn__free(neighbour);
    return buckets;
}

/* ---- who stays ---- */

typedef struct ranked {
    bool keep;
    double importance;
    uint32_t node;
} ranked;

static int foremost_first(const void *a, const void *b) {
    const ranked *x = a;
    const ranked *y = b;
    if (x->keep != y->keep) {
        return x->keep ? -1 : 1;
    }
    if (x->importance != y->importance) {
        return x->importance > y->importance ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Boxes that there would be if the first `kept` of the list stayed. `left` is room by bucket. */
static size_t boxes_with(const cn__folding *f, const ranked *list, size_t count, size_t kept, uint32_t *left) {
    size_t folds = 0;
    memset(left, 0, f->buckets * sizeof *left);
    for (size_t i = kept; i < count; i++) {
        folds += left[f->bucket[list[i].node]]++ == 0;
    }
    return kept + folds;
}

/* The folds: f->fold by node (CN_NONE: stays), numbered by bucket. False: memory. */
static bool choose(cn__folding *f, const cn__scene *scene, size_t target, const double *importance) {
    size_t count = scene->node_count;
    ranked *list = cn__alloc(count, sizeof *list);
    uint32_t *left = cn__alloc(f->buckets, sizeof *left);
    uint32_t *number = cn__alloc(f->buckets, sizeof *number);
    bool ok = list && left && number;
    size_t least = 0;
    if (ok) {
        for (uint32_t i = 0; i < count; i++) {
            list[i] = (ranked){scene->nodes[i].keep, importance[i], i};
            least += scene->nodes[i].keep;
        }
        qsort(list, count, sizeof *list, foremost_first);
        size_t kept = target < count ? target : count;
        while (kept > least) {
            size_t boxes = boxes_with(f, list, count, kept, left);
            if (boxes <= target) {
                break;
            }
            kept = kept - least > boxes - target ? kept - (boxes - target) : least;
        }
        (void)boxes_with(f, list, count, kept, left);
        for (uint32_t b = 0; b < f->buckets; b++) { /* one alone stands for itself */
            number[b] = left[b] > 1 ? f->folds++ : CN_NONE;
        }
        memset(f->fold, 0xFF, count * sizeof *f->fold);
        for (size_t i = kept; i < count; i++) {
            f->fold[list[i].node] = number[f->bucket[list[i].node]];
        }
    }
    cn__free(list);
    cn__free(left);
    cn__free(number);
    return ok;
}

bool cn__folding_plan(cn__folding *f, const cn__scene *scene, const cn_network *net, size_t target,
                      const double *importance) {
    bool ok = false;
    *f = (cn__folding){.bucket = cn__alloc(scene->node_count, sizeof *f->bucket),
                       .fold = cn__alloc(scene->node_count, sizeof *f->fold)};
    if (f->bucket && f->fold) {
        f->buckets = make_buckets(scene, net, true, f->bucket, &ok);
        if (ok && f->buckets > target / 2) {
            f->buckets = make_buckets(scene, net, false, f->bucket, &ok);
        }
        ok = ok && choose(f, scene, target, importance);
    }
    if (!ok) {
        cn__folding_release(f);
    }
    return ok;
}

void cn__folding_release(cn__folding *f) {
    cn__free(f->bucket);
    cn__free(f->fold);
    *f = (cn__folding){0};
}

/* ---- the boxes of the folds ---- */

typedef struct summary {
    uint32_t count;
    uint32_t first; /* node */
    double out, in; /* over lines that lead on from tier to tier */
    double any;
    cn_buf names;
} summary;

static void add_names(const cn__scene *scene, uint32_t node, summary *s) {
    if (s->count <= MOST_NAMES) {
        cn_buf_add_text(&s->names, s->count > 1 ? ", " : "");
        cn_buf_add_text(&s->names, s->count > MOST_NAMES - 1 ? "…" : cn__scene_text(scene, scene->nodes[node].title));
    }
}

static void sum_up(const cn__folding *f, const cn__scene *scene, summary *sums) {
    for (uint32_t i = 0; i < scene->node_count; i++) {
        if (f->fold[i] != CN_NONE) {
            summary *s = &sums[f->fold[i]];
            s->first = s->count++ == 0 ? i : s->first;
            add_names(scene, i, s);
        }
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        const cn__scene_link *link = &scene->links[i];
        uint32_t from = link->from_group ? CN_NONE : f->fold[link->from];
        uint32_t to = link->to_group ? CN_NONE : f->fold[link->to];
        if (from != CN_NONE) {
            sums[from].out += link->inside || link->turned ? 0 : link->value;
            sums[from].any += link->value;
        }
        if (to != CN_NONE) {
            sums[to].in += link->inside || link->turned ? 0 : link->value;
            sums[to].any += from == to ? 0 : link->value;
        }
    }
}

static void add_box(cn__scene *scene, const cn_network *net, uint32_t fold, const summary *s) {
    cn_buf id = {0}, name = {0}, money = {0};
    cn__scene_node like = scene->nodes[s->first];
    cn__fold_word word = word_of(&like, net);
    double value = word == CN__FOLD_SUPPLIERS ? s->out : word == CN__FOLD_CUSTOMERS ? s->in : s->any;
    cn_buf_add_text(&id, "more-");
    cn__format_u64(&id, fold + UINT64_C(1));
    cn__draw_text_count_grouped(&name, text_of(word), scene->lang, s->count);
    if (value > 0 && value < 9e16) {
        cn_format_money(&money, scene->lang, llround(value * 100), cn_network_currency(net));
    }
    uint32_t desc = cn__scene_keep(scene, s->names.data ? s->names.data : "", true);
    uint32_t index =
        cn__compose_fold(scene, id.data ? id.data : "", name.data ? name.data : "", money.data ? money.data : "");
    if (index != CN_NONE) {
        cn__scene_node *node = &scene->nodes[index];
        node->desc = desc;
        node->group = like.group;
        node->column = like.column;
        node->fold_word = word;
    }
    scene->failed |= id.failed || name.failed || money.failed || s->names.failed;
    cn_buf_release(&id);
    cn_buf_release(&name);
    cn_buf_release(&money);
}

/* Adds the boxes behind the nodes there are. False: memory. */
static bool add_boxes(const cn__folding *f, cn__scene *scene, const cn_network *net) {
    summary *sums = cn__calloc(f->folds, sizeof *sums);
    if (!sums) {
        return false;
    }
    sum_up(f, scene, sums);
    for (uint32_t i = 0; i < f->folds; i++) {
        add_box(scene, net, i, &sums[i]);
        cn_buf_release(&sums[i].names);
    }
    cn__free(sums);
    return !scene->failed;
}

/* ---- their lines ---- */

typedef struct end_pair {
    uint32_t from, to;
    uint32_t state; /* what tells lines apart that are not merged */
    uint32_t link;
} end_pair;

static int by_ends(const void *a, const void *b) {
    const end_pair *x = a;
    const end_pair *y = b;
    const uint32_t left[] = {x->from, x->to, x->state, x->link};
    const uint32_t right[] = {y->from, y->to, y->state, y->link};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static uint32_t state_of(const cn__scene_link *link) {
    return (uint32_t)link->style << 8 | (uint32_t)link->from_group << 7 | (uint32_t)link->to_group << 6 |
           (uint32_t)link->planned << 5 | (uint32_t)link->plain << 4 | (uint32_t)link->turned << 3 |
           (uint32_t)link->inside << 2;
}

/* The words of a line that stands for `count` others. */
static void rename_line(cn__scene *scene, const cn_network *net, uint32_t index, size_t count, bool labelled) {
    cn_buf id = {0}, title = {0}, desc = {0}, money = {0};
    cn__scene_link *link = &scene->links[index];
    uint32_t ends[2] = {link->from_group ? scene->groups[link->from].title : scene->nodes[link->from].title,
                        link->to_group ? scene->groups[link->to].title : scene->nodes[link->to].title};
    uint32_t ids[2] = {link->from_group ? scene->groups[link->from].id : scene->nodes[link->from].id,
                       link->to_group ? scene->groups[link->to].id : scene->nodes[link->to].id};
    for (size_t e = 0; e < 2; e++) {
        cn_buf_add_text(&id, cn__scene_text(scene, ids[e]));
        cn_buf_add_text(&id, "-");
        cn_buf_add_text(&title, e ? link->plain ? " — " : " → " : "");
        cn_buf_add_text(&title, cn__scene_text(scene, ends[e]));
    }
    cn_buf_add_text(&id, cn__link_look_of(link->style)->key);
    cn_buf_add_text(&id, link->planned ? "-planned" : "");
    if (count > 1) {
        cn__draw_text_count(&desc, CN__TEXT_LINKS_MERGED, scene->lang, count);
    }
    if (link->value > 0 && link->value < 9e16) {
        cn_format_money(&money, scene->lang, llround(link->value * 100), cn_network_currency(net));
        cn_buf_add_text(&desc, desc.len ? "\n" : "");
        cn_buf_add_text(&desc, money.data ? money.data : "");
    }
    link->id = cn__scene_keep_buf(scene, &id, false);
    link->title = cn__scene_keep_buf(scene, &title, false);
    link->desc = cn__scene_keep_buf(scene, &desc, true);
    link->line_count = 0;
    link->marks = 0;
    link->label_width = link->label_height = 0;
    if (labelled) {
        const char *texts[CN__LABEL_LINES] = {money.data ? money.data : "", "", ""};
        cn__scene_set_label(scene, index, texts);
    }
    scene->failed |= money.failed;
    cn_buf_release(&money);
}

/* Is the width of the line that of its value? */
static bool tells_value(const cn__scene *scene, const cn__scene_link *link) {
    return scene->value_max > 0 && link->value > 0 &&
           fabs(link->width - cn__scene_value_width(scene, link->value)) < 1e-6;
}

/* Lines merged may be worth more than any before: all widths follow. `wide` by link. */
static void widen(cn__scene *scene, const uint8_t *wide) {
    for (size_t i = 0; i < scene->link_count; i++) {
        scene->value_max = wide[i] ? fmax(scene->value_max, scene->links[i].value) : scene->value_max;
    }
    for (size_t i = 0; i < scene->link_count; i++) {
        cn__scene_link *link = &scene->links[i];
        link->width = wide[i] ? cn__scene_value_width(scene, link->value) : link->width;
    }
}

/* Rewrites the links; `place` is where each old node stands now. False: memory. */
static bool merge_lines(cn__scene *scene, const cn_network *net, const cn__folding *f, const uint32_t *place) {
    size_t count = scene->link_count;
    end_pair *list = cn__alloc(count, sizeof *list);
    cn__scene_link *old = cn__alloc(count, sizeof *old);
    uint8_t *wide = cn__calloc(count, 1);
    size_t merged = 0;
    bool ok = list && old && wide;
    if (!ok) {
        goto done;
    }
    memcpy(old, scene->links, count * sizeof *old);
    for (uint32_t i = 0; i < count; i++) {
        const cn__scene_link *link = &old[i];
        bool folded =
            (!link->from_group && f->fold[link->from] != CN_NONE) || (!link->to_group && f->fold[link->to] != CN_NONE);
        uint32_t from = link->from_group ? link->from : place[link->from];
        uint32_t to = link->to_group ? link->to : place[link->to];
        if (folded && from == to && !link->from_group && !link->to_group) {
            continue;
        }
        list[merged++] = (end_pair){folded ? from : CN_NONE, folded ? to : i, folded ? state_of(link) : 0, i};
    }
    qsort(list, merged, sizeof *list, by_ends); /* lines of kept boxes last, in their order */
    scene->link_count = 0;
    for (size_t at = 0; at < merged;) {
        size_t end = at + 1;
        cn__scene_link line = old[list[at].link];
        bool folded = list[at].from != CN_NONE;
        bool labelled = line.line_count > 0;
        bool wide_one = tells_value(scene, &line);
        while (folded && end < merged && list[end].from == list[at].from && list[end].to == list[at].to &&
               list[end].state == list[at].state) {
            const cn__scene_link *other = &old[list[end++].link];
            wide_one |= tells_value(scene, other);
            labelled |= other->line_count > 0;
            line.value += other->value;
        }
        line.from = line.from_group ? line.from : place[line.from];
        line.to = line.to_group ? line.to : place[line.to];
        uint32_t index = (uint32_t)scene->link_count++;
        scene->links[index] = line;
        wide[index] = wide_one;
        if (folded) {
            rename_line(scene, net, index, end - at, labelled);
        }
        at = end;
    }
    widen(scene, wide);
done:
    cn__free(list);
    cn__free(old);
    cn__free(wide);
    return ok && !scene->failed;
}

bool cn__folding_apply(const cn__folding *f, cn__scene *scene, const cn_network *net) {
    size_t before = scene->node_count;
    uint32_t *place = cn__alloc(before, sizeof *place);
    bool ok = place && add_boxes(f, scene, net);
    if (ok) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < before; i++) {
            if (f->fold[i] == CN_NONE) {
                scene->nodes[kept] = scene->nodes[i];
                place[i] = kept++;
            }
        }
        for (uint32_t i = 0; i < before; i++) {
            place[i] = f->fold[i] == CN_NONE ? place[i] : kept + f->fold[i];
        }
        memmove(scene->nodes + kept, scene->nodes + before, f->folds * sizeof *scene->nodes);
        scene->node_count = kept + (size_t)f->folds;
        ok = merge_lines(scene, net, f, place);
    }
    cn__free(place);
    return ok;
}
