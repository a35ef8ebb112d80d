/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gathering links into lines. A link whose direction says nothing is turned so that its lesser end comes first, so that both ways of writing
 * it become one line. Invariant: the same links in any order of the file give the same lines; in a line links stand in the
 * order of the network. Cost: O(L log L).
 */
#include "view_lines.h"

#include <stdlib.h>

typedef struct line_key {
    cn_entity from;
    cn_entity to;
    uint32_t style; /* twice the kind, and 1 for planned */
    cn_link link;
} line_key;

static line_key key_of(const cn_network *net, cn_link link) {
    line_key key = {cn_link_from(net, link), cn_link_to(net, link), 0, link};
    cn_link_kind kind = cn_link_kind_of(net, link);
    if (!cn_link_kind_directed(kind) && key.from > key.to) {
        key.from = cn_link_to(net, link);
        key.to = cn_link_from(net, link);
    }
    key.style = (uint32_t)kind * 2 + (cn_link_status_of(net, link) == CN_STATUS_PLANNED);
    return key;
}

static int compare_keys(const void *a, const void *b) {
    const line_key *x = a;
    const line_key *y = b;
    uint32_t left[] = {x->from, x->to, x->style, x->link};
    uint32_t right[] = {y->from, y->to, y->style, y->link};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

bool cn__lines_sort(cn__lines *lines) {
    line_key *keys = cn__alloc(lines->count, sizeof *keys);
    for (size_t i = 0; keys && i < lines->count; i++) {
        keys[i] = key_of(lines->net, lines->links[i]);
    }
    if (keys) {
        qsort(keys, lines->count, sizeof *keys, compare_keys);
    }
    for (size_t i = 0; keys && i < lines->count; i++) {
        lines->links[i] = keys[i].link;
    }
    cn__free(keys);
    return keys != NULL;
}

bool cn__lines_gather(cn__lines *lines, const cn_network *net, cn__want_link *want, const void *context) {
    size_t count = 0;
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        count += want(context, link);
    }
    *lines = (cn__lines){.net = net, .links = cn__alloc(count, sizeof *lines->links)};
    for (cn_link link = 0; lines->links && link < cn_link_count(net); link++) {
        if (want(context, link)) {
            lines->links[lines->count++] = link;
        }
    }
    return lines->links && cn__lines_sort(lines);
}

cn__line cn__lines_at(const cn__lines *lines, size_t at) {
    line_key first = key_of(lines->net, lines->links[at]);
    cn__line line = {first.from, first.to, (cn__link_style)(first.style / 2), first.style % 2, lines->links + at, 0, 0};
    for (size_t i = at; i < lines->count; i++) {
        line_key key = key_of(lines->net, lines->links[i]);
        if (key.from != first.from || key.to != first.to || key.style != first.style) {
            break;
        }
        line.count++;
    }
    bool any;
    line.value = cn__view_sum(lines->net, line.links, line.count, &any);
    return line;
}

bool cn__line_has_width(const cn__line *line) {
    return line->style == CN__LINK_SUPPLY || line->style == CN__LINK_SERVICE;
}

double cn__lines_largest(const cn__lines *lines) {
    double most = 0;
    for (size_t at = 0; at < lines->count;) {
        cn__line line = cn__lines_at(lines, at);
        if (cn__line_has_width(&line) && line.value > most) {
            most = line.value;
        }
        at += line.count;
    }
    return most;
}

void cn__lines_release(cn__lines *lines) {
    cn__free(lines->links);
    *lines = (cn__lines){0};
}
