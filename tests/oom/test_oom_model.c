/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of the model fails once: build, finish, take a date, resolve, project. Each run must end in
 * CN_ERR_MEMORY (or succeed, where only a convenience was lost) and free everything, which AddressSanitizer watches.
 */
#include <stdio.h>

#include "check.h"
#include "coopnet/builder.h"
#include "coopnet/graph.h"
#include "memory.h"

enum { FIRMS = 70, LINKS = 140 };

static cn_status add_firm(cn_builder *builder, uint32_t number, cn_error *err) {
    char id[16];
    cn_entity entity;
    snprintf(id, sizeof id, "firm%u", number);
    cn_status status = cn_builder_add_entity(builder, CN_ENTITY_COMPANY, id, "Завод", &entity, err);
    if (status == CN_OK) {
        status = cn_builder_add_text(builder, CN_OWNER_ENTITY, entity, CN_FIELD_REGION, number % 2 ? "A" : "B", err);
    }
    if (status == CN_OK) { /* out of order, so that finish has to sort */
        status = cn_builder_add_text(builder, CN_OWNER_ENTITY, entity, CN_FIELD_SHORT, id, err);
    }
    if (status == CN_OK) {
        status = cn_builder_add_x(builder, CN_OWNER_ENTITY, entity, "x", "1", err);
    }
    if (status == CN_OK) {
        cn_item item = {.owner = entity, .kind = CN_ITEM_NEEDS, .value_minor = 1};
        status = cn_builder_add_item(builder, &item, "27.11", err);
    }
    return status;
}

static cn_status fill(cn_builder *builder, cn_error *err) {
    cn_status status = cn_builder_set_title(builder, "Title", err);
    for (uint32_t i = 0; status == CN_OK && i < FIRMS; i++) {
        status = add_firm(builder, i, err);
    }
    for (uint32_t i = 0; status == CN_OK && i < LINKS; i++) {
        cn_link link;
        cn_link_spec spec = {.from = i % FIRMS,
                             .to = (i + 1) % FIRMS,
                             .kind = CN_LINK_SUPPLY,
                             .value_minor = 1,
                             .product = "27.11",
                             .source = "register"};
        status = cn_builder_add_link(builder, &spec, &link, err);
        if (status == CN_OK) {
            status = cn_builder_add_number(builder, CN_OWNER_LINK, LINKS / 2 > i ? link : LINKS - 1 - i,
                                           CN_FIELD_QUANTITY, i, err);
        }
    }
    if (status == CN_OK) {
        cn_item item = {.owner = 0, .kind = CN_ITEM_MAKES, .value_minor = 1};
        status = cn_builder_add_item(builder, &item, "27.12", err);
    }
    return status;
}

static cn_status build(cn_network **net, cn_error *err) {
    cn_builder *builder;
    *net = NULL;
    cn_status status = cn_builder_create(&builder, err);
    if (status == CN_OK) {
        status = fill(builder, err);
    }
    if (status == CN_OK) {
        status = cn_builder_finish(builder, net, err);
    }
    cn_builder_free(builder);
    return status;
}

static const cn_network *given;

static cn_status try_build(cn_error *err) {
    cn_network *net;
    cn_status status = build(&net, err);
    CHECK((net != NULL) == (status == CN_OK));
    cn_network_free(net);
    return status;
}

static cn_status try_as_of(cn_error *err) {
    cn_network *then;
    cn_status status = cn_network_as_of(given, cn_date_make(2020, 0, 0), &then, err);
    CHECK((then != NULL) == (status == CN_OK));
    cn_network_free(then);
    return status;
}

static cn_status try_part(cn_error *err) {
    static bool keep[1 << 16];
    cn_network *part;
    CHECK(cn_entity_count(given) <= sizeof keep);
    for (size_t i = 0; i < sizeof keep; i++) {
        keep[i] = i % 3 != 0;
    }
    cn_status status = cn_network_part(given, keep, NULL, &part, err);
    CHECK((part != NULL) == (status == CN_OK));
    cn_network_free(part);
    return status;
}

static cn_status try_options(const cn_graph_options *options, cn_error *err) {
    cn_graph *graph;
    cn_status status = cn_graph_create(given, options, &graph, err);
    CHECK((graph != NULL) == (status == CN_OK));
    cn_graph_free(graph);
    return status;
}

static cn_status try_graph(cn_error *err) {
    return try_options(&(cn_graph_options){.weighting = CN_WEIGHT_VALUE, .trace = true}, err);
}

static cn_status try_regions(cn_error *err) {
    return try_options(
        &(cn_graph_options){.collapse = CN_COLLAPSE_REGION, .orientation = CN_UNDIRECTED, .keep_loops = true}, err);
}

static cn_status try_arcs(cn_error *err) {
    const uint32_t from[] = {0, 1, 2};
    const uint32_t to[] = {1, 2, 0};
    const double weights[] = {1, 2, 3};
    cn_graph *graph;
    cn_status status = cn_graph_from_arcs(3, 3, from, to, weights, false, &graph, err);
    CHECK((graph != NULL) == (status == CN_OK));
    cn_graph_free(graph);
    return status;
}

/* Every answer of resolving that is not about memory is CN_ERR_ARGUMENT here, and right. */
static cn_status try_resolve(const char *query, cn_message expected, cn_error *err) {
    cn_entity entity;
    cn_status status = cn_entity_resolve(given, query, &entity, err);
    CHECK_INT(entity, CN_NONE);
    if (status == CN_ERR_ARGUMENT) {
        CHECK_INT(err->message, expected);
        return CN_OK;
    }
    return status;
}

static cn_status try_many(cn_error *err) { return try_resolve("завод", CN_MSG_ORG_AMBIGUOUS, err); }

/* Without memory a suggestion may be lost, not the answer. */
static cn_status try_near(cn_error *err) {
    cn_entity entity;
    cn_status status = cn_entity_resolve(given, "firn7", &entity, err);
    bool known = err->message == CN_MSG_ORG_UNKNOWN || err->message == CN_MSG_ORG_UNKNOWN_NEAR;
    CHECK(status == CN_ERR_MEMORY || (status == CN_ERR_ARGUMENT && known));
    return status == CN_ERR_ARGUMENT ? CN_OK : status;
}

/* Let the first allocation fail, then the second, … until none does. */
static void fail_each(cn_status (*run)(cn_error *err), uint64_t least) {
    uint64_t failures = 0;
    for (uint64_t nth = 0;; nth++) {
        cn_error error = {0};
        cn__alloc_fail_after(nth);
        cn_status status = run(&error);
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        CHECK(status == CN_OK || status == CN_ERR_MEMORY);
        if (status == CN_ERR_MEMORY) {
            CHECK_INT(error.status, CN_ERR_MEMORY);
            CHECK_TEXT(cn_message_key(error.message), "out-of-memory");
            failures++;
        } else if (nth > failures + 64) {
            break; /* well past the last allocation that matters */
        }
    }
    CHECK(failures >= least);
}

static void building(void) { fail_each(try_build, 30); }

static void using(void) {
    cn_network *net;
    CHECK_INT(build(&net, NULL), CN_OK);
    given = net;
    fail_each(try_as_of, 20);
    fail_each(try_part, 20);
    fail_each(try_graph, 10);
    fail_each(try_regions, 10);
    fail_each(try_arcs, 5);
    fail_each(try_many, 3);
    fail_each(try_near, 2);
    cn_network_free(net);
}

int main(void) { return check_run((check_case[]){{"building", building}, {"using", using}, {0}}); }
