/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads the answer of the layout process. It comes from another program, so every number is checked: indices against
 * the scene, lengths for being finite and of a sane size, and at the end that every node and group has its place.
 * Cost: linear in the answer.
 */
#include "layout.h"

#include <math.h>
#include <string.h>

#include "error.h"
#include "exchange.h"
#include "number.h"

#define LARGEST 1e7 /* points; a hundred kilometres would be 2.8e8 */

void cn__layout_release(cn__layout *layout) {
    cn__free(layout->nodes);
    cn__free(layout->groups);
    cn__free(layout->group_labels);
    cn__free(layout->links);
    cn__free(layout->points);
    memset(layout, 0, sizeof *layout);
}

/* The words of one line. */
typedef struct words {
    const char *at;
    const char *end;
    bool bad;
} words;

static const char *next_word(words *line, size_t *len) {
    while (line->at < line->end && *line->at == ' ') {
        line->at++;
    }
    const char *word = line->at;
    while (line->at < line->end && *line->at != ' ') {
        line->at++;
    }
    *len = (size_t)(line->at - word);
    return word;
}

static double next_length(words *line) {
    size_t len;
    const char *word = next_word(line, &len);
    double value = 0;
    if (cn__parse_double(word, len, &value) != CN__PARSE_OK || !(fabs(value) <= LARGEST)) {
        line->bad = true;
        return 0;
    }
    return value;
}

static size_t next_index(words *line, size_t count) {
    size_t len;
    const char *word = next_word(line, &len);
    uint64_t value = 0;
    if (cn__parse_count(word, len, UINT32_MAX, &value) != CN__PARSE_OK || value >= count) {
        line->bad = true;
        return 0;
    }
    return (size_t)value;
}

static bool at_end(words *line) {
    size_t len;
    next_word(line, &len);
    return len == 0;
}

static void read_node(words *line, const cn__scene *scene, cn__layout *out) {
    size_t index = next_index(line, scene->node_count);
    double x = next_length(line);
    double y = next_length(line);
    (void)next_length(line); /* the size is ours */
    (void)next_length(line);
    if (!line->bad) {
        const cn__scene_node *node = &scene->nodes[index];
        out->nodes[index] =
            (cn__rect){x - node->width / 2, y - node->height / 2, x + node->width / 2, y + node->height / 2};
    }
}

static void read_group(words *line, const cn__scene *scene, cn__layout *out) {
    size_t index = next_index(line, scene->group_count);
    cn__rect box;
    box.left = next_length(line);
    box.top = next_length(line);
    box.right = next_length(line);
    box.bottom = next_length(line);
    cn__point label = {(box.left + box.right) / 2, box.top + 8};
    words before = *line;
    if (!at_end(&before)) {
        label.x = next_length(line);
        label.y = next_length(line);
    }
    if (!line->bad) {
        out->groups[index] = box;
        out->group_labels[index] = label;
    }
}

/* False: memory. */
static bool read_edge(words *line, const cn__scene *scene, cn__layout *out) {
    size_t index = next_index(line, scene->link_count);
    size_t flags = next_index(line, 4);
    size_t count = next_index(line, 100000);
    if (line->bad) {
        return true;
    }
    if (!cn__grow((void **)&out->points, &out->point_cap, out->point_count, count, sizeof *out->points)) {
        return false;
    }
    cn__layout_link *link = &out->links[index];
    link->start = out->point_count;
    link->arrow_at_end = flags & CN_EXCHANGE_ARROW_AT_END;
    link->arrow_at_start = flags & CN_EXCHANGE_ARROW_AT_START;
    for (size_t i = 0; i < count; i++) {
        double x = next_length(line);
        double y = next_length(line);
        out->points[out->point_count++] = (cn__point){x, y};
    }
    size_t arrows = (size_t)link->arrow_at_end + (size_t)link->arrow_at_start;
    line->bad |= count < 4 + arrows || (count - arrows) % 3 != 1;
    link->count = line->bad ? 0 : count;
    return true;
}

static void read_label(words *line, const cn__scene *scene, cn__layout *out) {
    size_t index = next_index(line, scene->link_count);
    cn__point centre;
    centre.x = next_length(line);
    centre.y = next_length(line);
    if (!line->bad) {
        out->links[index].has_label = true;
        out->links[index].label = centre;
    }
}

static bool is_word(const char *word, size_t len, const char *wanted) {
    return len == strlen(wanted) && memcmp(word, wanted, len) == 0;
}

/* One line after the first. False: memory. */
static bool read_line(words *line, const cn__scene *scene, cn__layout *out, bool *ended) {
    size_t len;
    const char *word = next_word(line, &len);
    if (is_word(word, len, "graph")) {
        out->width = next_length(line);
        out->height = next_length(line);
    } else if (is_word(word, len, "node")) {
        read_node(line, scene, out);
    } else if (is_word(word, len, "group")) {
        read_group(line, scene, out);
    } else if (is_word(word, len, "edge")) {
        return read_edge(line, scene, out);
    } else if (is_word(word, len, "label")) {
        read_label(line, scene, out);
    } else if (is_word(word, len, "warning")) {
        out->warnings++;
    } else if (is_word(word, len, "end")) {
        *ended = true;
    } else {
        line->bad = true;
    }
    return true;
}

static bool is_complete(const cn__scene *scene, const cn__layout *layout) {
    for (size_t i = 0; i < scene->node_count; i++) {
        if (!(layout->nodes[i].right > layout->nodes[i].left)) {
            return false;
        }
    }
    for (size_t i = 0; i < scene->group_count; i++) {
        if (!(layout->groups[i].right > layout->groups[i].left)) {
            return false;
        }
    }
    return true;
}

static cn_status garbled(cn_error *err, uint64_t number) {
    cn_buf text = {0};
    cn__format_u64(&text, number);
    cn_status status = CN__FAIL1(err, CN_ERR_INTERNAL, LAYOUT_GARBLED, text.data ? text.data : "");
    cn_buf_release(&text);
    return status;
}

cn_status cn__layout_read(const char *answer, size_t len, const cn__scene *scene, cn__layout *out, cn_error *err) {
    memset(out, 0, sizeof *out);
    out->nodes = cn__calloc(scene->node_count, sizeof *out->nodes);
    out->groups = cn__calloc(scene->group_count, sizeof *out->groups);
    out->group_labels = cn__calloc(scene->group_count, sizeof *out->group_labels);
    out->links = cn__calloc(scene->link_count, sizeof *out->links);
    bool memory = out->nodes && out->groups && out->group_labels && out->links;
    const char *end = answer + len;
    bool ended = false;
    uint64_t number = 0;
    while (memory && !ended && answer < end) {
        const char *stop = memchr(answer, '\n', (size_t)(end - answer));
        words line = {answer, stop ? stop : end, false};
        number++;
        if (number == 1) {
            line.bad = !is_word(answer, (size_t)(line.end - answer), CN_EXCHANGE_HEADER);
        } else {
            memory = read_line(&line, scene, out, &ended);
        }
        if (line.bad) {
            cn__layout_release(out);
            return garbled(err, number);
        }
        answer = stop ? stop + 1 : end;
    }
    if (!memory) {
        cn__layout_release(out);
        return CN__NO_MEMORY(err);
    }
    if (!ended || !is_complete(scene, out)) {
        cn__layout_release(out);
        return garbled(err, number + 1);
    }
    return CN_OK;
}
