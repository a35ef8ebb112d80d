/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet clusters as text: the groups found, who is in them, those that no one registered, the declared clusters and who stands
 * where, and what flows between the groups. Of a large network the largest are shown.
 */
#include "cmd_clusters.h"

#include <math.h>
#include <stdlib.h>

enum { NAMES_SHOWN = 14, ROWS_SHOWN = 20, OUTSIDERS_SHOWN = 7, DE_FACTO_SHOWN = 8 };

/* Below it a member's share of agreeing runs stands behind its name. */
#define SURE 0.995

static uint32_t most_rows(const session *s) {
    return session_given(s, OPTION_TOP) ? (uint32_t)s->options.number[OPTION_TOP] : ROWS_SHOWN;
}

static const char *short_name(const session *s, const clusters *c, uint32_t vertex) {
    return cn_entity_short(s->net, c->graph->entity[vertex]);
}

static void line_with(session *s, cli_text id, cn_buf *first, cn_buf *second) {
    session_line(s, id, first->data ? first->data : "", second && second->data ? second->data : "", END);
    s->out.failed = s->out.failed || first->failed || (second && second->failed);
    cn_buf_release(first);
    if (second) {
        cn_buf_release(second);
    }
}

/* ---- the groups ---- */

static void add_specialties(const session *s, const cn_community_profile *profile, cn_buf *out) {
    for (uint32_t i = 0; i < profile->specialty_count; i++) {
        cn_buf_add_text(out, i ? ", " : "");
        text_add_clean(out, profile->specialties[i].code);
        cn_buf_add_text(out, " (×");
        cn_format_number(out, s->lang, profile->specialties[i].quotient, 1);
        cn_buf_add_text(out, ")");
    }
}

static void add_group_row(const session *s, const clusters *c, uint32_t g, cn_table *table) {
    const cn_community_profile *profile = &c->profiles[g];
    cn_buf cluster = {0}, codes = {0};
    cli_digits some, all;
    if (profile->cluster != CN_NONE) {
        text_add(&cluster, s->lang, TEXT_GROUP_IN_CLUSTER, cn_entity_short(s->net, profile->cluster),
                 digits_of(some, profile->cluster_size), digits_of(all, profile->size), END);
    }
    add_specialties(s, profile, &codes);
    cn_table_add_count(table, g + INT64_C(1));
    cn_table_add_count(table, profile->size);
    groups_add_cell(c->graph, table, profile->trade.inside);
    if (c->trade) {
        cn_table_add_number(table, risk_in_percent(profile->kept));
    }
    cn_table_add_text(table, profile->anchor == CN_NONE ? "" : short_name(s, c, profile->anchor));
    if (c->declared.count) {
        cn_table_add_text(table, cluster.data ? cluster.data : "");
    }
    if (c->trade) {
        cn_table_add_text(table, codes.data ? codes.data : "");
    }
    cn_buf_release(&cluster);
    cn_buf_release(&codes);
}

static cn_status write_groups(session *s, const clusters *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "group", text_of(s->lang, TEXT_COLUMN_RANK), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "size", text_of(s->lang, TEXT_COLUMN_MEMBERS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "inside", text_of(s->lang, c->trade ? TEXT_COLUMN_INSIDE : TEXT_COLUMN_INSIDE_LINKS),
                        groups_cell(c->graph), 0);
    if (c->trade) {
        cn_table_add_column(table, "kept", text_of(s->lang, TEXT_COLUMN_KEPT), CN_CELL_NUMBER, 0);
    }
    cn_table_add_column(table, "anchor", text_of(s->lang, TEXT_COLUMN_HUB), CN_CELL_TEXT, 0);
    if (c->declared.count) {
        cn_table_add_column(table, "cluster", text_of(s->lang, TEXT_COLUMN_DECLARED), CN_CELL_TEXT, 0);
    }
    if (c->trade) {
        cn_table_add_column(table, "codes", text_of(s->lang, TEXT_COLUMN_SPECIALTY), CN_CELL_TEXT, 0);
    }
    for (uint32_t g = 0; g < c->found.count && g < most_rows(s); g++) {
        add_group_row(s, c, g, table);
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    cli_digits all, shown;
    if (c->found.count > most_rows(s)) {
        session_line(s, TEXT_GROUPS_CUT, digits_of(shown, most_rows(s)), digits_of(all, c->found.count), END);
    }
    return status;
}

/* "and 5 more" behind a list of which only the first names were added. */
static void add_rest(const session *s, size_t count, cn_buf *names) {
    cli_digits rest;
    if (count > NAMES_SHOWN) {
        text_add(names, s->lang, TEXT_RISK_AND_MORE, digits_of(rest, count - NAMES_SHOWN), END);
    }
}

/* "1. Zavod, Mine (60 %) and 3 more" */
static void write_members(session *s, const clusters *c) {
    for (uint32_t g = 0; g < c->found.count && g < most_rows(s); g++) {
        cn_buf names = {0};
        cli_digits number;
        size_t count = c->first[g + 1] - c->first[g];
        for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
            uint32_t v = c->vertices[c->first[g] + i];
            cn_buf_add_text(&names, i ? ", " : "");
            text_add_clean(&names, short_name(s, c, v));
            if (c->found.agreement[v] < SURE) {
                cn_buf_add_text(&names, " (");
                risk_percent(s, c->found.agreement[v], &names);
                cn_buf_add_text(&names, ")");
            }
        }
        add_rest(s, count, &names);
        session_line(s, TEXT_GROUP_MEMBERS, digits_of(number, g + UINT64_C(1)), names.data ? names.data : "", END);
        s->out.failed = s->out.failed || names.failed;
        cn_buf_release(&names);
    }
}

static void write_head(session *s, const clusters *c) {
    cn_buf quality = {0}, agreement = {0};
    cli_digits groups, linked, same, runs;
    session_heading(s, TEXT_CLUSTERS_HEAD, END);
    show_layer_line(s, c->kinds, c->graph);
    if (!c->found.count) {
        session_line(s, TEXT_CLUSTERS_NO_LINKS, END);
        return;
    }
    cn_format_number(&quality, s->lang, c->found.quality, 3);
    risk_percent(s, c->found.mean_agreement, &agreement);
    session_line(s, TEXT_CLUSTERS_FOUND, digits_of(groups, c->found.count), digits_of(linked, c->linked),
                 quality.data ? quality.data : "", END);
    session_line(s, TEXT_CLUSTERS_STABLE, digits_of(runs, c->found.runs), digits_of(same, c->found.same_runs),
                 agreement.data ? agreement.data : "", END);
    cn_buf_release(&quality);
    cn_buf_release(&agreement);
    cn_buf_add_text(&s->out, "\n");
}

/* ---- de facto clusters ---- */

static cn_status write_de_facto_group(session *s, const clusters *c, uint32_t g, cn_error *err) {
    const cn_community_profile *profile = &c->profiles[g];
    cn_buf inside = {0}, kept = {0}, codes = {0};
    cli_digits number, size, members, in_region;
    groups_amount(s, c->graph, profile->trade.inside, &inside);
    risk_percent(s, profile->kept, &kept);
    session_line(s, TEXT_DE_FACTO_GROUP, digits_of(number, g + UINT64_C(1)), digits_of(size, profile->size),
                 profile->anchor == CN_NONE ? "–" : short_name(s, c, profile->anchor), inside.data ? inside.data : "",
                 kept.data ? kept.data : "", digits_of(members, profile->registered), END);
    add_specialties(s, profile, &codes);
    if (codes.len) {
        session_line(s, TEXT_DE_FACTO_MAKES, codes.data, END);
    }
    if (profile->region_size) {
        session_line(s, TEXT_DE_FACTO_REGION, profile->region, digits_of(in_region, profile->region_size),
                     digits_of(size, profile->size), END);
    }
    s->out.failed = s->out.failed || inside.failed || codes.failed;
    cn_buf_release(&inside);
    cn_buf_release(&kept);
    cn_buf_release(&codes);
    return clusters_say_missing(s, c, c->profile, g, err);
}

static cn_status write_de_facto(session *s, const clusters *c, cn_error *err) {
    uint32_t shown = 0;
    cn_status status = CN_OK;
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_DE_FACTO_HEAD, END);
    for (uint32_t g = 0; g < c->found.count && shown < DE_FACTO_SHOWN && !status; g++) {
        if (c->profiles[g].de_facto) {
            status = write_de_facto_group(s, c, g, err);
            shown++;
        }
    }
    if (!c->trade) {
        session_line(s, TEXT_DE_FACTO_NO_TRADE, END);
    } else if (!c->de_facto) {
        session_line(s, TEXT_DE_FACTO_NONE, END);
    } else if (c->de_facto > shown) {
        cli_digits rest;
        session_line(s, TEXT_DE_FACTO_MORE, digits_of(rest, c->de_facto - shown), END);
    }
    return status ? status : clusters_say_candidates(s, c->profile, err);
}

/* ---- declared clusters ---- */

static uint32_t groups_of_cluster(const clusters *c, uint32_t cluster) {
    uint32_t count = 0;
    uint8_t *seen = calloc(c->found.count + (size_t)1, 1);
    for (uint32_t v = 0; seen && v < c->graph->n; v++) {
        uint32_t g = c->found.of[v];
        if (c->declared.of[v] == cluster && g != CN_NONE && !seen[g]) {
            seen[g] = 1;
            count++;
        }
    }
    free(seen);
    return count;
}

static cn_status write_declared_table(session *s, const clusters *c, cn_error *err) {
    cn_table *table = NULL;
    cn_status status = cn_table_create(&table, err);
    if (status) {
        return status;
    }
    cn_table_add_column(table, "cluster", text_of(s->lang, TEXT_COLUMN_CLUSTER), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "members", text_of(s->lang, TEXT_COLUMN_MEMBERS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "inside", text_of(s->lang, TEXT_COLUMN_INSIDE), groups_cell(c->graph), 0);
    cn_table_add_column(table, "kept", text_of(s->lang, TEXT_COLUMN_KEPT), CN_CELL_NUMBER, 0);
    cn_table_add_column(table, "groups", text_of(s->lang, TEXT_COLUMN_FOUND_IN), CN_CELL_COUNT, 0);
    for (uint32_t g = 0; g < c->declared.count && g < most_rows(s); g++) {
        const cn_group_sum *sum = &c->declared_flows.sums[g];
        cn_table_add_text(table, cn_entity_short(s->net, c->declared.list[g].cluster));
        cn_table_add_count(table, sum->size);
        groups_add_cell(c->graph, table, sum->inside);
        cn_table_add_number(table, risk_in_percent(cn_group_kept(sum)));
        cn_table_add_count(table, groups_of_cluster(c, g));
    }
    status = session_table(s, table, err);
    cn_table_free(table);
    return status;
}

static void write_misfits(session *s, const clusters *c) {
    cn_buf idle = {0}, elsewhere = {0};
    size_t idle_count = 0, elsewhere_count = 0;
    for (uint32_t v = 0; v < c->graph->n; v++) {
        const cn_placement *place = &c->places[v];
        if (place->fit == CN_FIT_IDLE && ++idle_count <= NAMES_SHOWN) {
            cn_buf_add_text(&idle, idle.len ? ", " : "");
            text_add_clean(&idle, short_name(s, c, v));
        } else if (place->fit == CN_FIT_ELSEWHERE && ++elsewhere_count <= NAMES_SHOWN) {
            cn_buf own = {0}, other = {0};
            groups_amount(s, c->graph, place->with_own, &own);
            groups_amount(s, c->graph, place->with_other, &other);
            cn_buf_add_text(&elsewhere, elsewhere.len ? "; " : "");
            text_add(&elsewhere, s->lang, TEXT_PLACE_ELSEWHERE, short_name(s, c, v),
                     cn_entity_short(s->net, c->declared.list[place->own].cluster), own.data ? own.data : "",
                     cn_entity_short(s->net, c->declared.list[place->other].cluster), other.data ? other.data : "",
                     END);
            cn_buf_release(&own);
            cn_buf_release(&other);
        }
    }
    add_rest(s, idle_count, &idle);
    add_rest(s, elsewhere_count, &elsewhere);
    if (idle.len) {
        line_with(s, TEXT_PLACES_IDLE, &idle, NULL);
    }
    if (elsewhere.len) {
        line_with(s, TEXT_PLACES_ELSEWHERE, &elsewhere, NULL);
    }
    cn_buf_release(&idle);
    cn_buf_release(&elsewhere);
}

typedef struct outsider {
    double share;
    const cn_placement *place;
} outsider;

static int largest_share_first(const void *a, const void *b) {
    const outsider *x = a;
    const outsider *y = b;
    if (isnan(x->share) != isnan(y->share)) {
        return isnan(x->share) ? 1 : -1;
    }
    if (!isnan(x->share) && x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    if (x->place->sold_other != y->place->sold_other) {
        return x->place->sold_other > y->place->sold_other ? -1 : 1;
    }
    return x->place->vertex < y->place->vertex ? -1 : x->place->vertex > y->place->vertex;
}

/* Those in no cluster, by the share of their output that goes to the members of one. */
static size_t find_outsiders(const clusters *c, outsider *list) {
    size_t count = 0;
    for (uint32_t v = 0; v < c->graph->n; v++) {
        const cn_placement *place = &c->places[v];
        if (place->fit == CN_FIT_OUTSIDE && place->sold_other > 0) {
            list[count++] = (outsider){place->sold_other / place->output, place};
        }
    }
    if (count > 1) {
        qsort(list, count, sizeof *list, largest_share_first);
    }
    return count;
}

static cn_status write_outsiders(session *s, const clusters *c, cn_error *err) {
    cn_table *table = NULL;
    outsider *list = malloc((c->graph->n + (size_t)1) * sizeof *list);
    cn_status status = cn_table_create(&table, err);
    size_t count = list ? find_outsiders(c, list) : 0;
    if (!count || status) {
        free(list);
        cn_table_free(table);
        return status;
    }
    session_line(s, TEXT_PLACES_OUTSIDE, END);
    cn_table_add_column(table, "name", text_of(s->lang, TEXT_COLUMN_NAME), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "cluster", text_of(s->lang, TEXT_COLUMN_SELLS_TO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "sold", text_of(s->lang, c->graph->weight ? TEXT_COLUMN_SUM : TEXT_COLUMN_LINKS),
                        groups_cell(c->graph), 0);
    cn_table_add_column(table, "share", text_of(s->lang, TEXT_COLUMN_OF_OUTPUT), CN_CELL_NUMBER, 0);
    for (size_t i = 0; i < count && i < OUTSIDERS_SHOWN; i++) {
        cn_table_add_text(table, short_name(s, c, list[i].place->vertex));
        cn_table_add_text(table, cn_entity_short(s->net, c->declared.list[list[i].place->other].cluster));
        groups_add_cell(c->graph, table, list[i].place->sold_other);
        cn_table_add_number(table, risk_in_percent(list[i].share));
    }
    status = session_table(s, table, err);
    cli_digits rest;
    if (count > OUTSIDERS_SHOWN) {
        session_line(s, TEXT_PLACES_MORE, digits_of(rest, count - OUTSIDERS_SHOWN), END);
    }
    cn_table_free(table);
    free(list);
    return status;
}

static cn_status write_declared(session *s, const clusters *c, cn_error *err) {
    cn_buf nmi = {0}, ari = {0};
    if (!c->declared.count || !c->trade) {
        return CN_OK;
    }
    cn_buf_add_text(&s->out, "\n");
    session_heading(s, TEXT_DECLARED_HEAD, END);
    cn_status status = write_declared_table(s, c, err);
    if (!isnan(c->match.nmi)) {
        cn_format_number(&nmi, s->lang, c->match.nmi, 2);
        cn_format_number(&ari, s->lang, c->match.ari, 2);
        line_with(s, c->with_outside ? TEXT_DECLARED_MATCH_OUTSIDE : TEXT_DECLARED_MATCH, &nmi, &ari);
    }
    write_misfits(s, c);
    return status ? status : write_outsiders(s, c, err);
}

cn_status clusters_write_text(session *s, const clusters *c, cn_error *err) {
    static const cli_text heads[] = {TEXT_FLOWS_CLUSTER, TEXT_FLOWS_REGION, TEXT_FLOWS_FOUND, TEXT_FLOWS_FOUND};
    cn_status status = CN_OK;
    write_head(s, c);
    if (c->found.count) {
        status = write_groups(s, c, err);
        cn_buf_add_text(&s->out, "\n");
        write_members(s, c);
        status = status ? status : write_de_facto(s, c, err);
    }
    status = status ? status : write_declared(s, c, err);
    if (!status && c->flows.flow_count) {
        cn_buf_add_text(&s->out, "\n");
        session_heading(s, c->trade ? heads[c->shown.grouping] : TEXT_FLOWS_LINKS, END);
        status = groups_matrix(s, c->graph, &c->shown, &c->flows, err);
    }
    if (!status && c->found.count) {
        cn_buf_add_text(&s->out, "\n");
        session_line(s, TEXT_CLUSTERS_NOTE, END);
    }
    return status;
}
