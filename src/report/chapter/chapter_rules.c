/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does each cluster meet the rules in force on the network's date (rules.h): the verdicts, and what is missing in money. */
#include "chapter.h"

#include "coopnet/rules.h"

#include <math.h>

enum { CLUSTERS_SHOWN = 5 };

static cn__report_text_id word_of(cn_verdict verdict) {
    switch (verdict) {
    case CN_VERDICT_MET:
        return CN__REPORT_RULE_MET;
    case CN_VERDICT_NOT_MET:
        return CN__REPORT_RULE_NOT_MET;
    case CN_VERDICT_UNKNOWN:
        break;
    }
    return CN__REPORT_RULE_UNKNOWN;
}

/* The measure in the rule's unit; nothing where it is not known. */
static void add_measure(const cn__report *r, const cn_rule_result *result, cn_table *table) {
    cn__spoken text = {0};
    const char *said = "";
    bool known = result->low.denominator && result->high.denominator &&
                 result->low.numerator == result->high.numerator && result->low.denominator == result->high.denominator;
    if (known) {
        double value = (double)result->low.numerator / (double)result->low.denominator;
        bool share = cn_quantity_unit(result->rule->quantity) == CN_UNIT_SHARE;
        cn__spoken_number(&text, r->lang, share ? 100 * value : value, 1);
        cn_buf_add_text(&text.buf, share ? "\xC2\xA0%" : "");
        said = text.buf.len ? text.buf.data : "";
    }
    cn_table_add_text(table, said);
    cn__spoken_release(&text);
}

static void add_gap(const cn__report *r, const cn_rule_result *result, cn_table *table) {
    cn__spoken text = {0};
    const char *said = "";
    if (result->gap && cn_quantity_is_money(result->rule->quantity)) {
        said = cn__spoken_money(&text, r, (double)result->gap / 100);
    } else if (result->gap) {
        said = cn__spoken_number(&text, r->lang, (double)result->gap, 0);
    }
    cn_table_add_text(table, said);
    cn__spoken_release(&text);
}

static void rows(cn__report *r, cn_entity cluster, const cn_check *check, const char *key) {
    cn_table *table = cn__doc_table(&r->doc, key, cn_entity_name(r->whole, cluster), 0);
    if (!table) {
        return;
    }
    cn_table_add_column(table, "rule", cn__chapter_word(r, CN__REPORT_COL_RULE), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "what", cn__chapter_word(r, CN__REPORT_COL_WHAT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "verdict", cn__chapter_word(r, CN__REPORT_COL_VERDICT), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "value", cn__chapter_word(r, CN__REPORT_COL_IS), CN_CELL_TEXT, 0);
    cn_table_add_column(table, "gap", cn__chapter_word(r, CN__REPORT_COL_GAP), CN_CELL_TEXT, 0);
    for (size_t i = 0; i < check->result_count; i++) {
        const cn_rule_result *result = &check->results[i];
        cn_table_add_text(table, result->rule->id);
        cn_table_add_text(table, r->lang == CN_LANG_RU ? result->rule->title_ru : result->rule->title_en);
        cn_table_add_text(table, cn__chapter_word(r, word_of(result->verdict)));
        add_measure(r, result, table);
        add_gap(r, result, table);
    }
}

static void one_cluster(cn__report *r, cn_entity cluster, const cn_check *check, const cn_profile *profile) {
    cn__spoken numbers[3] = {0};
    cn_buf key = {0};
    cn_buf_add_text(&key, "rules-of-");
    cn_buf_add_text(&key, cn_entity_id(r->whole, cluster));
    cn__chapter_rows(r, key.len ? key.data : NULL);
    CN__CHAPTER_SAY(r, TEXT, RULES_LEAD, cn_entity_short(r->whole, cluster),
                    cn__spoken_count(r, &numbers[0], check->met), cn__spoken_count(r, &numbers[1], check->not_met),
                    cn__spoken_count(r, &numbers[2], check->unknown), profile->id);
    for (int i = 0; i < 3; i++) {
        cn__spoken_release(&numbers[i]);
    }
    cn__chapter_rows(r, NULL);
    rows(r, cluster, check, key.len ? key.data : "");
    cn_buf_release(&key);
}

static cn_status all_clusters(cn__report *r, const cn_profile *profile, cn_error *err) {
    cn_status status = CN_OK;
    int shown = 0;
    const cn_check_options options = {.date = cn_network_as_of_date(r->whole)};
    for (cn_entity v = 0; v < cn_entity_count(r->whole) && !status && shown < CLUSTERS_SHOWN; v++) {
        cn_check check = {0};
        bool wanted = r->cluster == CN_NONE || v == r->options->cluster;
        if (cn_entity_kind_of(r->whole, v) != CN_ENTITY_CLUSTER || !wanted) {
            continue;
        }
        status = cn_check_compute(r->whole, v, profile, &options, &check, err);
        if (status == CN_OK && check.result_count) {
            one_cluster(r, v, &check, profile);
            shown++;
        }
        cn_check_release(&check);
    }
    return status;
}

/* Of one cluster with its id; of several the reader chooses. */
static void command(cn__report *r) {
    cn_entity one = r->cluster != CN_NONE ? r->options->cluster : CN_NONE;
    for (cn_entity v = 0; v < cn_entity_count(r->whole) && one == CN_NONE; v++) {
        one = cn_entity_kind_of(r->whole, v) == CN_ENTITY_CLUSTER ? v : CN_NONE;
    }
    bool several = r->cluster == CN_NONE && cn_entity_count_of(r->whole, CN_ENTITY_CLUSTER) > 1;
    cn__chapter_command(r, "coopnet comply NETWORK --cluster ", several ? "ID" : cn_entity_id(r->whole, one), "");
}

cn_status cn__chapter_rules(cn__report *r, cn_error *err) {
    cn_profile *profile = NULL;
    if (cn_entity_count_of(r->whole, CN_ENTITY_CLUSTER) == 0 || !cn_network_as_of_date(r->whole)) {
        return CN_OK;
    }
    cn_status status = cn_profile_in_force(cn_network_as_of_date(r->whole), false, &profile, err);
    if (status == CN_ERR_ARGUMENT || status == CN_ERR_UNDEFINED) { /* no rules were in force then */
        return CN_OK;
    }
    if (status == CN_OK) {
        cn__chapter_begin(r, "rules", CN__REPORT_CH_RULES);
        status = all_clusters(r, profile, err);
        cn__doc_say_text(&r->doc, CN__BLOCK_NOTE, cn__chapter_word(r, CN__REPORT_RULES_NOTE));
        command(r);
    }
    cn_profile_free(profile);
    return status;
}
