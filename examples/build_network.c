/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Builds a network call by call, without a file: four firms and their sales in millions. Then lists the tiers above the
 * final maker, and the two chains that lead to it from the raw material.
 *
 *     raw ──40──> a ──60──> final
 *      └───30──> b ──50──────┘
 */
#include <coopnet/coopnet.h>
#include <stdio.h>

/* Show an error and make main's exit code of it. */
static int fail(const cn_error *err) {
    char text[512];
    cn_error_format(err, CN_LANG_EN, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

static cn_status build(cn_network **out, cn_error *err) {
    static const char *const ids[] = {"raw", "a", "b", "final"};
    static const struct {
        cn_entity from, to;
        int64_t million;
    } sales[] = {{0, 1, 40}, {0, 2, 30}, {1, 3, 60}, {2, 3, 50}};

    cn_builder *builder = NULL;
    cn_status status = cn_builder_create(&builder, err);
    for (size_t i = 0; status == CN_OK && i < sizeof ids / sizeof *ids; i++) {
        status = cn_builder_add_entity(builder, CN_ENTITY_COMPANY, ids[i], NULL, NULL, err);
    }
    for (size_t i = 0; status == CN_OK && i < sizeof sales / sizeof *sales; i++) {
        const cn_link_spec spec = {.from = sales[i].from,
                                   .to = sales[i].to,
                                   .kind = CN_LINK_SUPPLY,
                                   .value_minor = sales[i].million * 1000000 * 100}; /* minor units: kopecks */
        status = cn_builder_add_link(builder, &spec, NULL, err);
    }
    if (status == CN_OK) {
        status = cn_builder_finish(builder, out, err);
    }
    cn_builder_free(builder);
    return status;
}

int main(void) {
    cn_error err = {0};
    cn_network *net = NULL;
    cn_graph *graph = NULL;
    cn_tiers tiers = {0};
    cn_paths paths = {0};
    int code = 0;
    const cn_graph_options options = {.orientation = CN_DIRECTED, .weighting = CN_WEIGHT_VALUE};

    if (build(&net, &err) || cn_graph_create(net, &options, &graph, &err) ||
        cn_tiers_compute(graph, 3, CN_UPSTREAM, 0, &tiers, &err) ||
        cn_paths_compute(graph, 0, 3, 2, CN_PATH_VALUE, &paths, &err)) {
        code = fail(&err);
        goto done;
    }
    for (size_t i = 0; i < tiers.row_count; i++) {
        const cn_tier_row *row = &tiers.rows[i];
        printf("tier %d: %s\n", (int)row->tier, cn_entity_name(net, graph->entity[row->vertex]));
    }
    for (size_t i = 0; i < paths.count; i++) {
        const cn_path *path = &paths.paths[i];
        for (uint32_t step = 0; step <= path->steps; step++) {
            printf("%s%s", step ? " -> " : "", cn_entity_name(net, graph->entity[path->vertices[step]]));
        }
        printf(": at most %.0f million a year\n", path->value / 1e6);
    }
done:
    cn_paths_release(&paths);
    cn_tiers_release(&tiers);
    cn_graph_free(graph);
    cn_network_free(net);
    return code;
}
