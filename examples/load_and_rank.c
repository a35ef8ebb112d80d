/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loads a network file, says what is wrong with it, and lists the five organisations with the largest PageRank.
 * Usage: load_and_rank NETWORK
 */
#include <coopnet/coopnet.h>
#include <stdio.h>
#include <stdlib.h>

static int fail(const cn_error *err) {
    char text[512];
    cn_error_format(err, CN_LANG_EN, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

/* Each finding on a line of its own, as compilers write them. */
static void show_findings(const cn_diags *diags) {
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        cn_buf line = {0};
        cn_diag_line(cn_diags_at(diags, i), CN_LANG_EN, &line);
        fprintf(stderr, "%s\n", line.data ? line.data : "");
        cn_buf_release(&line);
    }
}

static int rank(const cn_network *net) {
    cn_error err = {0};
    cn_graph *graph = NULL;
    double *values = NULL;
    uint32_t *order = NULL;
    int code = 1;

    if (cn_graph_create(net, NULL, &graph, &err)) {
        return fail(&err);
    }
    values = calloc(graph->n + 1, sizeof *values);
    order = calloc(graph->n + 1, sizeof *order);
    if (!values || !order) {
        goto done;
    }
    if (cn_metric_compute(graph, CN_METRIC_PAGERANK, NULL, values, NULL, &err) ||
        cn_metric_order(graph, net, values, order, &err)) {
        code = fail(&err);
        goto done;
    }
    for (uint32_t i = 0; i < graph->n && i < 5; i++) {
        printf("%.4f  %s\n", values[order[i]], cn_entity_name(net, graph->entity[order[i]]));
    }
    code = 0;
done:
    free(order);
    free(values);
    cn_graph_free(graph);
    return code;
}

int main(int argc, char **argv) {
    cn_error err = {0};
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    int code = 1;

    if (argc != 2) {
        fprintf(stderr, "usage: load_and_rank NETWORK\n");
        return 2;
    }
    if (cn_diags_create(&diags, &err) || cn_load(argv[1], NULL, diags, &net, &err)) {
        show_findings(diags);
        code = fail(&err);
    } else {
        show_findings(diags);
        code = rank(net);
    }
    cn_network_free(net);
    cn_diags_free(diags);
    return code;
}
