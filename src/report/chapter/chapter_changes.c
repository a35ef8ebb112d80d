/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has changed since an earlier date or file (change.h), and the network year by year. */
#include "chapter.h"

#include "coopnet/change.h"

#include "cluster_part.h"
#include "error.h"

#include <math.h>
#include <stdlib.h>

enum { SHOWN = 30, DRAWN = 150, YEARS_UP_TO = 200000 /* links */ };

typedef struct changed {
    const cn_network *before;
    cn_changes found;
} changed;

static const struct {
    cn_fate fate;
    cn__report_text_id word;
    cn__report_text_id counted;
} fates[] = {{CN_FATE_NEW, CN__REPORT_FATE_NEW, CN__REPORT_LINKS_NEW},
             {CN_FATE_GONE, CN__REPORT_FATE_GONE, CN__REPORT_LINKS_GONE},
             {CN_FATE_GREW, CN__REPORT_FATE_GREW, CN__REPORT_LINKS_GREW},
             {CN_FATE_SHRANK, CN__REPORT_FATE_SHRANK, CN__REPORT_LINKS_SHRANK}};

static const char *word_of(const cn__report *r, cn_fate fate) {
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++) {
        if (fates[i].fate == fate) {
            return cn__chapter_word(r, fates[i].word);
        }
    }
    return "";
}

/* As the later network has it. */
static const char *id_of(const cn__report *r, const changed *c, uint32_t row) {
    const cn_entity_change *e = &c->found.entities[row];
    return e->after != CN_NONE ? cn_entity_id(r->net, e->after) : cn_entity_id(c->before, e->before);
}
static const char *name_of(const cn__report *r, const changed *c, uint32_t row) {
    const cn_entity_change *e = &c->found.entities[row];
    return e->after != CN_NONE ? cn_entity_name(r->net, e->after) : cn_entity_name(c->before, e->before);
}
static cn_entity_kind kind_of(const cn__report *r, const changed *c, uint32_t row) {
    const cn_entity_change *e = &c->found.entities[row];
    return e->after != CN_NONE ? cn_entity_kind_of(r->net, e->after) : cn_entity_kind_of(c->before, e->before);
}

static uint64_t entities_changed(const changed *c, bool gone) {
    uint64_t count = 0;
    for (size_t i = 0; i < c->found.entity_count; i++) {
        count += (gone ? c->found.entities[i].after : c->found.entities[i].before) == CN_NONE;
    }
    return count;
}

static double value_of(double value) { return isnan(value) ? 0 : value; }
static double moved(const cn_link_change *link) { return fabs(value_of(link->after) - value_of(link->before)); }

/* Those between which most money has come or gone first; the order of the links settles the rest. */
static int most_moved_first(const void *a, const void *b) {
    const cn_link_change *const *x = a;
    const cn_link_change *const *y = b;
    double by = moved(*y) - moved(*x);
    return by != 0 ? (by > 0 ? 1 : -1) : (*x > *y) - (*x < *y);
}

static void link_rows(cn__report *r, const changed *c, const cn_link_change *const *list, size_t count) {
    cn_table *table = cn__doc_table(&r->doc, "changes", cn__chapter_word(r, CN__REPORT_CHANGES_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "change", cn__chapter_word(r, CN__REPORT_COL_CHANGE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "from", cn__chapter_word(r, CN__REPORT_COL_FROM), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "to", cn__chapter_word(r, CN__REPORT_COL_TO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "before", cn__chapter_word(r, CN__REPORT_COL_BEFORE), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "after", cn__chapter_word(r, CN__REPORT_COL_AFTER), CN_CELL_MONEY, 0);
    for (size_t i = 0; i < count; i++) {
        cn_table_add_text(table, id_of(r, c, list[i]->from));
        cn_table_add_text(table, word_of(r, list[i]->change));
        cn_table_add_text(table, name_of(r, c, list[i]->from));
        cn_table_add_text(table, name_of(r, c, list[i]->to));
        cn_table_add_text(table, cn_vocabulary_name(CN_VOC_LINK_KIND, (int)list[i]->kind, r->lang));
        cn_table_add_money(table, cn__chapter_minor(list[i]->before));
        cn_table_add_money(table, cn__chapter_minor(list[i]->after));
    }
    cn__doc_table_links(&r->doc, 0, 2);
}

static void entity_rows(cn__report *r, const changed *c) {
    cn_table *table = cn__doc_table(&r->doc, "newcomers", cn__chapter_word(r, CN__REPORT_NEWCOMERS_TABLE), SHOWN);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "id", "id", CN_CELL_TEXT, 0);
    cn_table_add_column(table, "change", cn__chapter_word(r, CN__REPORT_COL_CHANGE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "name", cn__chapter_word(r, CN__REPORT_COL_WHO), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "kind", cn__chapter_word(r, CN__REPORT_COL_KIND), CN_CELL_TEXT, 0);
    for (uint32_t i = 0; i < c->found.entity_count; i++) {
        bool gone = c->found.entities[i].after == CN_NONE;
        if (gone || c->found.entities[i].before == CN_NONE) {
            cn_table_add_text(table, id_of(r, c, i));
            cn_table_add_text(table, cn__chapter_word(r, gone ? CN__REPORT_FATE_GONE : CN__REPORT_FATE_NEW));
            cn_table_add_text(table, name_of(r, c, i));
            cn_table_add_text(table, cn_vocabulary_name(CN_VOC_ENTITY_KIND, kind_of(r, c, i), r->lang));
        }
    }
    cn__doc_table_links(&r->doc, 0, 2);
}

static void lead(cn__report *r, const changed *c, const cn_link_change *const *list, size_t count) {
    cn__spoken numbers[4] = {0};
    cn_buf date = {0};
    double money = 0;
    const char *since = r->options->since_name;
    if (!since) {
        cn_format_date(&date, r->lang, cn_network_as_of_date(c->before));
        since = date.len ? date.data : "";
    }
    for (size_t i = 0; i < c->found.link_count; i++) {
        money += value_of(c->found.links[i].after) - value_of(c->found.links[i].before);
    }
    cn__chapter_rows(r, "newcomers");
    CN__CHAPTER_SAY(r, LEAD, CHANGES_LEAD, since, cn__spoken_count(r, &numbers[0], entities_changed(c, false)),
                    cn__spoken_count(r, &numbers[1], entities_changed(c, true)));
    cn__chapter_rows(r, "changes");
    CN__CHAPTER_SAY(r, TEXT, CHANGES_MONEY, cn__spoken_count(r, &numbers[2], count),
                    cn__spoken_money(&numbers[3], r, money));
    for (int i = 0; i < 4; i++) {
        cn__spoken_release(&numbers[i]);
    }
    cn_buf_release(&date);
    for (size_t f = 0; f < sizeof fates / sizeof *fates; f++) {
        uint64_t of_fate = 0;
        cn__spoken number = {0};
        for (size_t i = 0; i < count; i++) {
            of_fate += list[i]->change == fates[f].fate;
        }
        cn__doc_fact(&r->doc, cn__chapter_word(r, fates[f].counted), cn__spoken_count(r, &number, of_fate));
        cn__doc_rows(&r->doc, "changes");
        cn__spoken_release(&number);
    }
}

static cn_status compared(cn__report *r, const changed *c, cn_error *err) {
    size_t count = 0;
    const cn_link_change **list = cn__alloc(c->found.link_count, sizeof *list);
    cn_status status = list ? CN_OK : CN__NO_MEMORY(err);
    if (status) {
        return status;
    }
    for (size_t i = 0; i < c->found.link_count; i++) {
        if (c->found.links[i].change != CN_FATE_SAME) {
            list[count++] = &c->found.links[i];
        }
    }
    qsort(list, count, sizeof *list, most_moved_first);
    lead(r, c, list, count);
    if (c->found.entity_count <= DRAWN) {
        status = cn__chapter_draw(
            r, "changes", cn__chapter_word(r, CN__REPORT_CHANGES_PICTURE),
            &(cn_draw_options){.view = CN_VIEW_COMPARE, .before = c->before, .changes = &c->found}, err);
    }
    if (count) {
        link_rows(r, c, list, count);
    }
    if (entities_changed(c, false) + entities_changed(c, true)) {
        entity_rows(r, c);
    }
    cn__free(list);
    return status;
}

/* Is the earlier network the same at an earlier date? */
static bool since_date(const cn__report *r) { return !r->options->since_name || cn_date_parse(r->options->since_name); }

/* An earlier date is set against the network as it stands on its own date, not against what it holds of all times, as in coopnet diff. */
static cn_status later_of(cn__report *r, cn_network **later, cn_error *err) {
    cn_date date = cn_network_as_of_date(r->net);
    return date && since_date(r) ? cn_network_as_of(r->net, date, later, err) : CN_OK;
}

static cn_status since_then(cn__report *r, cn_error *err) {
    const cn_network *net = r->net;
    changed c = {.before = r->options->since};
    cn_network *part = NULL;
    cn_network *later = NULL;
    cn_status status = later_of(r, &later, err);
    cn_entity cluster = r->cluster == CN_NONE ? CN_NONE : cn_entity_find(c.before, cn_entity_id(r->net, r->cluster));
    if (!status && cluster != CN_NONE && cn_entity_kind_of(c.before, cluster) == CN_ENTITY_CLUSTER) {
        status = cn__cluster_part(c.before, cluster, &part, err);
        c.before = part;
    }
    r->net = later ? later : net; /* what is told and drawn of the changes has its numbers */
    status = status ? status : cn_changes_find(c.before, r->net, &c.found, err);
    status = status ? status : compared(r, &c, err);
    r->net = net;
    cn_changes_release(&c.found);
    cn_network_free(part);
    cn_network_free(later);
    return status;
}

/* None where the earlier date has no later one beside it, nor of a cluster, which coopnet diff cannot be told. */
static void commands(cn__report *r, bool years) {
    cn_date date = cn_network_as_of_date(r->net);
    if (r->cluster != CN_NONE) {
        return;
    }
    if (r->options->since && !since_date(r)) {
        if (!r->options->as_of) { /* that command would cut the earlier one, too */
            cn__chapter_command(r, "coopnet diff ", r->options->since_name, " NETWORK");
        }
    } else if (r->options->since && date) {
        cn_buf dates = {0};
        cn_buf_add_text(&dates, "coopnet diff NETWORK --between ");
        cn_format_date_iso(&dates, cn_network_as_of_date(r->options->since));
        cn_buf_add_text(&dates, " ");
        cn_format_date_iso(&dates, date);
        cn__doc_say(&r->doc, CN__BLOCK_COMMAND,
                    &dates); /* no --as-of: what had ended by then would be missing before */
    }
    if (years) {
        cn__chapter_command(r, "coopnet diff NETWORK --by-year", "", "");
    }
}

static void year_rows(cn__report *r, const cn_year *years, size_t count) {
    cn_table *table = cn__doc_table(&r->doc, "years", cn__chapter_word(r, CN__REPORT_YEARS_TABLE), 0);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "date", cn__chapter_word(r, CN__REPORT_AS_OF), CN_CELL_DATE, 0);
    cn_table_add_column(table, "linked", cn__chapter_word(r, CN__REPORT_COL_LINKED), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "links", cn__chapter_word(r, CN__REPORT_COL_PAIRS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_SUM), CN_CELL_MONEY, 0);
    cn_table_add_column(table, "members", cn__chapter_word(r, CN__REPORT_COL_MEMBERS), CN_CELL_COUNT, 0);
    cn_table_add_column(table, "kept", cn__chapter_word(r, CN__REPORT_COL_KEPT), CN_CELL_NUMBER, 1);
    cn_table_add_column(table, "projects", cn__chapter_word(r, CN__REPORT_COL_PROJECTS), CN_CELL_COUNT, 0);
    for (size_t i = 0; i < count; i++) {
        cn_table_add_date(table, years[i].date);
        cn_table_add_count(table, years[i].linked);
        cn_table_add_count(table, years[i].links);
        cn_table_add_money(table, cn__chapter_minor(years[i].value));
        cn_table_add_count(table, years[i].members);
        cn_table_add_number(table, 100 * years[i].kept);
        cn_table_add_count(table, years[i].projects);
    }
}

cn_status cn__chapter_changes(cn__report *r, cn_error *err) {
    cn_year *years = NULL;
    size_t count = 0;
    cn_status status = cn_link_count(r->net) <= YEARS_UP_TO ? cn_years_find(r->net, &years, &count, err) : CN_OK;
    if (!status && (r->options->since || count > 1)) {
        cn__chapter_begin(r, "changes", CN__REPORT_CH_CHANGES);
        status = r->options->since ? since_then(r, err) : CN_OK;
    }
    if (!status && count > 1) {
        cn__spoken numbers[2] = {0};
        cn__chapter_rows(r, "years");
        CN__CHAPTER_SAY(r, TEXT, YEARS_LEAD, cn__spoken_count(r, &numbers[0], years[0].links),
                        cn__spoken_count(r, &numbers[1], years[count - 1].links));
        cn__spoken_release(&numbers[0]);
        cn__spoken_release(&numbers[1]);
        year_rows(r, years, count);
    }
    if (!status && (r->options->since || count > 1)) {
        commands(r, count > 1);
    }
    cn_years_free(years);
    return status;
}
