/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of answers about groups. Everything here only reads; a matrix costs the square of the few groups it has. */
#include "show_groups.h"

#include <math.h>
#include <stdlib.h>

void groups_amount(const session *s, const cn_graph *graph, double value, cn_buf *out) {
    if (graph->weight) {
        show_money(s, value, out);
    } else {
        cn_format_number(out, s->lang, value, 0);
    }
}

cn_cell_type groups_cell(const cn_graph *graph) { return graph->weight ? CN_CELL_MONEY : CN_CELL_COUNT; }

void groups_add_cell(const cn_graph *graph, cn_table *table, double value) {
    if (graph->weight) {
        cn_table_add_money(table, risk_minor(value));
    } else {
        cn_table_add_count(table, (int64_t)value);
    }
}

static double flow_between(const cn_group_flows *flows, uint32_t from, uint32_t to) {
    if (from == to) {
        return flows->sums[from].inside;
    }
    for (size_t i = 0; i < flows->flow_count; i++) {
        if (flows->flows[i].from == from && flows->flows[i].to == to) {
            return flows->flows[i].value;
        }
    }
    return 0;
}

/* The row and column of those in no group stand only where anything is traded there. */
static uint32_t matrix_size(const cn_group_flows *flows) {
    const cn_group_sum *none = &flows->sums[flows->count];
    return flows->count + (none->inside + none->out + none->in > 0);
}

static void group_title(const session *s, const cn_graph *graph, const cn_groups *groups, uint32_t group, cn_buf *out) {
    cn_buf name = {0};
    cn_group_name(s->net, graph, groups, group, s->lang, &name);
    if (groups->grouping == CN_GROUPING_FOUND && group < groups->count) {
        text_add(out, s->lang, TEXT_GROUP_NUMBER, name.data ? name.data : "", END);
    } else {
        text_add_clean(out, name.data ? name.data : "");
    }
    out->failed = out->failed || name.failed;
    cn_buf_release(&name);
}

static cn_status write_matrix(session *s, const cn_graph *graph, const cn_groups *groups, const cn_group_flows *flows,
                              cn_error *err) {
    uint32_t size = matrix_size(flows);
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "from", text_of(s->lang, TEXT_COLUMN_FROM_TO), CN_CELL_TEXT, 0);
    for (uint32_t to = 0; to < size; to++) {
        cn_buf name = {0};
        group_title(s, graph, groups, to, &name);
        cn_table_add_column(table, "to", name.data ? name.data : "", groups_cell(graph), 0);
        cn_buf_release(&name);
    }
    for (uint32_t from = 0; from < size; from++) {
        cn_buf name = {0};
        group_title(s, graph, groups, from, &name);
        cn_table_add_text(table, name.data ? name.data : "");
        for (uint32_t to = 0; to < size; to++) {
            groups_add_cell(graph, table, flow_between(flows, from, to));
        }
        cn_buf_release(&name);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

static int largest_flow_first(const void *a, const void *b) {
    const cn_group_flow *x = a;
    const cn_group_flow *y = b;
    if (x->value != y->value) {
        return x->value > y->value ? -1 : 1;
    }
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to < y->to ? -1 : x->to > y->to;
}

static cn_status write_largest(session *s, const cn_graph *graph, const cn_groups *groups, const cn_group_flows *flows,
                               cn_error *err) {
    cn_table *table = NULL;
    cn_group_flow *sorted = malloc((flows->flow_count + 1) * sizeof *sorted);
    cn_status status = cn_table_create(&table, err);
    if (!sorted || status) {
        free(sorted);
        cn_table_free(table);
        *err = (cn_error){.status = CN_ERR_MEMORY, .message = CN_MSG_OUT_OF_MEMORY};
        return CN_ERR_MEMORY;
    }
    for (size_t i = 0; i < flows->flow_count; i++) {
        sorted[i] = flows->flows[i];
    }
    qsort(sorted, flows->flow_count, sizeof *sorted, largest_flow_first);
    cn_table_add_column(table, "from", text_of(s->lang, TEXT_COLUMN_FROM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "to", text_of(s->lang, TEXT_COLUMN_TO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", text_of(s->lang, graph->weight ? TEXT_COLUMN_SUM : TEXT_COLUMN_LINKS),
                        groups_cell(graph), 0);
    for (size_t i = 0; i < flows->flow_count && i < GROUPS_FLOWS_MAX; i++) {
        cn_buf from = {0}, to = {0};
        group_title(s, graph, groups, sorted[i].from, &from);
        group_title(s, graph, groups, sorted[i].to, &to);
        cn_table_add_text(table, from.data ? from.data : "");
        cn_table_add_text(table, to.data ? to.data : "");
        groups_add_cell(graph, table, sorted[i].value);
        cn_buf_release(&from);
        cn_buf_release(&to);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    free(sorted);
    return status;
}

cn_status groups_matrix(session *s, const cn_graph *graph, const cn_groups *groups, const cn_group_flows *flows,
                        cn_error *err) {
    return matrix_size(flows) <= GROUPS_MATRIX_MAX ? write_matrix(s, graph, groups, flows, err)
                                                   : write_largest(s, graph, groups, flows, err);
}

static void group_json(const session *s, json *j, const char *key, const cn_graph *graph, const cn_groups *groups,
                       uint32_t group) {
    cn_buf name = {0};
    if (group < groups->count) {
        cn_group_name(s->net, graph, groups, group, s->lang, &name);
        json_text(j, key, name.data ? name.data : "");
    } else {
        json_null(j, key);
    }
    j->out->failed = j->out->failed || name.failed;
    cn_buf_release(&name);
}

void groups_flows_json(const session *s, json *j, const char *key, const cn_graph *graph, const cn_groups *groups,
                       const cn_group_flows *flows) {
    json_begin(j, key, '[');
    for (uint32_t g = 0; g <= flows->count; g++) {
        if (flows->sums[g].inside > 0) {
            json_begin(j, NULL, '{');
            group_json(s, j, "from", graph, groups, g);
            group_json(s, j, "to", graph, groups, g);
            json_count(j, "links", flows->sums[g].arcs);
            json_number(j, "value", flows->sums[g].inside);
            json_end(j, '}');
        }
    }
    for (size_t i = 0; i < flows->flow_count; i++) {
        json_begin(j, NULL, '{');
        group_json(s, j, "from", graph, groups, flows->flows[i].from);
        group_json(s, j, "to", graph, groups, flows->flows[i].to);
        json_count(j, "links", flows->flows[i].arcs);
        json_number(j, "value", flows->flows[i].value);
        json_end(j, '}');
    }
    json_end(j, ']');
}
