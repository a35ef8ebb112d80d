/* SPDX-License-Identifier: MIT */
/*
 * coopnet-layout: reads DOT on standard input, lets Graphviz lay it out and writes the coordinates on standard output
 * (exchange/exchange.h). It is a program of its own because Graphviz leaks, keeps global state, may crash or run for
 * minutes, and because its licence (EPL) must not meet that of coopnet (GPL) in one process: whoever starts this program sets limits
 * and loses one diagram at worst.
 *
 * No font of the machine takes part: nodes come with fixed sizes and lose their labels here, labels of edges and
 * clusters are replaced by empty tables of the measured size. So the same DOT gives the same coordinates everywhere.
 */
#include <graphviz/gvc.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "exchange.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

#ifdef WITH_ASAN
/* Graphviz leaks by design of its globals; our own few bytes live until the end. */
__attribute__((visibility("default"))) const char *
__asan_default_options(void); /* hidden, the sanitizer does not find it */
const char *__asan_default_options(void) { return "detect_leaks=0"; }
#endif

/* What Graphviz complains of, in fragments; the handler gets no context pointer, hence the one global of this program. */
static struct {
    char text[4096];
    size_t len;
} complaints;

/* NOLINTNEXTLINE(readability-non-const-parameter): the type of Graphviz's callback */
static int take_complaint(char *fragment) {
    for (const char *c = fragment; *c && complaints.len + 1 < sizeof complaints.text; c++) {
        complaints.text[complaints.len++] = *c;
    }
    complaints.text[complaints.len] = '\0';
    return 0;
}

static void set_limit(int resource, rlim_t amount) {
    struct rlimit limit = {amount, amount};
    (void)setrlimit(resource, &limit); /* refused: the parent's wall clock still ends us */
}

static void set_limits(int argc, char **argv) {
    unsigned long seconds = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    unsigned long megabytes = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    set_limit(RLIMIT_CORE, 0);
    if (seconds) {
        set_limit(RLIMIT_CPU, (rlim_t)seconds);
    }
#ifndef WITH_ASAN /* it reserves terabytes of address space */
    if (megabytes) {
        set_limit(RLIMIT_AS, (rlim_t)megabytes << 20);
    }
#else
    (void)megabytes;
#endif
}

/* Whole standard input as text, or NULL. Read by hand so that a fault in the middle of the pipe is seen. */
static char *read_input(void) {
    size_t len = 0;
    size_t cap = 1u << 16;
    char *text = malloc(cap);
    while (text) {
        size_t got = fread(text + len, 1, cap - len - 1, stdin);
        len += got;
        if (got == 0) {
            break;
        }
        if (cap - len < 2) {
            cap *= 2;
            char *larger = realloc(text, cap);
            if (!larger) {
                free(text);
            }
            text = larger;
        }
    }
    if (text && ferror(stdin)) {
        free(text);
        return NULL;
    }
    if (text) {
        text[len] = '\0';
    }
    return text;
}

/* agget and agset take their names as char *. */
static const char *attribute(void *object, const char *name) {
    char key[16];
    snprintf(key, sizeof key, "%s", name);
    const char *value = agget(object, key);
    return value ? value : "";
}

static void set_attribute(void *object, const char *name, char *value) {
    char key[16];
    snprintf(key, sizeof key, "%s", name);
    (void)agset(object, key, value);
}

/* Number of an object, or -1. */
static long number_of(void *object) {
    const char *text = attribute(object, CN_EXCHANGE_NUMBER);
    return *text ? strtol(text, NULL, 10) : -1;
}

/* Put an empty table of the stated size where the label was. */
static void fix_label(Agraph_t *root, void *object) {
    long width = strtol(attribute(object, CN_EXCHANGE_WIDTH), NULL, 10);
    long height = strtol(attribute(object, CN_EXCHANGE_HEIGHT), NULL, 10);
    char none[] = "";
    if (width <= 0 || height <= 0 || width > 60000 || height > 60000) {
        set_attribute(object, "label", none);
        return;
    }
    char table[200];
    snprintf(
        table, sizeof table,
        "<TABLE FIXEDSIZE=\"TRUE\" BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\" WIDTH=\"%ld\" "
        "HEIGHT=\"%ld\"><TR><TD></TD></TR></TABLE>",
        width, height);
    char *html = agstrdup_html(root, table);
    if (html) {
        set_attribute(object, "label", html);
        agstrfree(root, html);
    }
}

static void fix_groups(Agraph_t *root, Agraph_t *parent) {
    for (Agraph_t *group = agfstsubg(parent); group; group = agnxtsubg(group)) {
        if (number_of(group) >= 0) {
            fix_label(root, group);
        }
        fix_groups(root, group);
    }
}

/* Arrowheads of other forms have lengths of their own in Graphviz; the asker draws them all as long as `arrowsize` says. */
static void fix_arrow(void *edge, const char *name) {
    char normal[] = "normal";
    const char *form = attribute(edge, name);
    if (*form && strcmp(form, "none") != 0) {
        set_attribute(edge, name, normal);
    }
}

static void fix_labels(Agraph_t *graph) {
    char none[] = "";
    char box[] = "box";
    char one[] = "1";
    fix_groups(graph, graph);
    set_attribute(graph, "label", none);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        set_attribute(node, "label", none);
        if (number_of(node) >= 0) { /* links end at the rectangle; the asker draws shapes that fill it */
            set_attribute(node, "shape", box);
            set_attribute(node, "peripheries", one);
        }
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
            fix_label(graph, edge);
            fix_arrow(edge, "arrowhead");
            fix_arrow(edge, "arrowtail");
        }
    }
}

static void write_node(Agnode_t *node, double height) {
    long number = number_of(node);
    if (number >= 0) {
        printf("node %ld %.3f %.3f %.3f %.3f\n", number, ND_coord(node).x, height - ND_coord(node).y,
               ND_width(node) * 72, ND_height(node) * 72);
    }
}

static void write_edge(Agedge_t *edge, double height) {
    long number = number_of(edge);
    if (number < 0 || !ED_spl(edge) || ED_spl(edge)->size < 1) {
        return;
    }
    const bezier *curve = &ED_spl(edge)->list[0];
    int flags = (curve->eflag ? CN_EXCHANGE_ARROW_AT_END : 0) | (curve->sflag ? CN_EXCHANGE_ARROW_AT_START : 0);
    int count = (int)curve->size + (curve->eflag ? 1 : 0) + (curve->sflag ? 1 : 0);
    printf("edge %ld %d %d", number, flags, count);
    if (curve->sflag) {
        printf(" %.3f %.3f", curve->sp.x, height - curve->sp.y);
    }
    for (size_t i = 0; i < (size_t)curve->size; i++) {
        printf(" %.3f %.3f", curve->list[i].x, height - curve->list[i].y);
    }
    if (curve->eflag) {
        printf(" %.3f %.3f", curve->ep.x, height - curve->ep.y);
    }
    printf("\n");
    const textlabel_t *label = ED_label(edge);
    if (label && label->set) {
        printf("label %ld %.3f %.3f\n", number, label->pos.x, height - label->pos.y);
    }
}

static void write_groups(Agraph_t *parent, double height) {
    for (Agraph_t *group = agfstsubg(parent); group; group = agnxtsubg(group)) {
        long number = number_of(group);
        if (number >= 0) {
            boxf box = GD_bb(group);
            printf("group %ld %.3f %.3f %.3f %.3f", number, box.LL.x, height - box.UR.y, box.UR.x, height - box.LL.y);
            const textlabel_t *label = GD_label(group);
            if (label && label->set) {
                printf(" %.3f %.3f", label->pos.x, height - label->pos.y);
            }
            printf("\n");
        }
        write_groups(group, height);
    }
}

static void write_complaints(void) {
    for (char *line = complaints.text; *line;) {
        size_t len = strcspn(line, "\n");
        printf("warning %.*s\n", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

static void write_layout(Agraph_t *graph) {
    double height = GD_bb(graph).UR.y;
    printf("%s\ngraph %.3f %.3f\n", CN_EXCHANGE_HEADER, GD_bb(graph).UR.x, height);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        write_node(node, height);
    }
    write_groups(graph, height);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
            write_edge(edge, height);
        }
    }
    write_complaints();
    printf("end\n");
}

static int give_up(int code, const char *what) {
    size_t len = strcspn(complaints.text, "\n");
    fprintf(stderr, "%s%s%.*s\n", what, len ? ": " : "", (int)len, complaints.text);
    return code;
}

int main(int argc, char **argv) {
    set_limits(argc, argv);
    agseterrf(take_complaint);
    char *dot = read_input();
    Agraph_t *graph = dot ? agmemread(dot) : NULL;
    free(dot);
    if (!graph) {
        return give_up(CN_EXCHANGE_EXIT_INPUT, "the DOT text cannot be read");
    }
    const char *wanted = attribute(graph, CN_EXCHANGE_ENGINE);
    char engine[16];
    snprintf(engine, sizeof engine, "%s", *wanted ? wanted : "dot");
    fix_labels(graph);
    GVC_t *context = gvContext();
    if (!context || gvLayout(context, graph, engine) != 0) {
        return give_up(CN_EXCHANGE_EXIT_LAYOUT, "the layout engine failed");
    }
    write_layout(graph);
    /* The end of the process frees faster and safer than gvFreeLayout would. */
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : CN_EXCHANGE_EXIT_LAYOUT;
}
