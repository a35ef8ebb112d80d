/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report: what all chapters need is made once, the chapters of the reader add their blocks in the reader's order, a writer makes the file.
 */
#include "coopnet/report.h"

#include "ahead.h"
#include "cluster_part.h"
#include "error.h"
#include "html.h"
#include "network_digest.h"
#include "tables_out.h"

#include <math.h>
#include <string.h>

typedef struct chapter_row {
    cn__chapter *write;
    int place[CN_AUDIENCE_MISSION + 1];
} chapter_row;

static const chapter_row chapters[] = {
#define CN__CHAPTER(function, manager, ministry, mission) {function, {manager, ministry, mission}},
#include "chapters.def"
#undef CN__CHAPTER
};
#define CHAPTER_COUNT (sizeof chapters / sizeof *chapters)

/* The anchor enterprise with the largest purchases, else the company with the largest; of a cluster, only those inside. */
static cn_entity choose_subject(const cn__report *r, const bool *inside) {
    cn_entity best = CN_NONE;
    bool best_anchor = false;
    double most = 0;
    for (uint32_t firm = 0; firm < cn_flows_firm_count(r->flows); firm++) {
        cn_entity entity = cn_flows_entity(r->flows, firm);
        double purchases = cn_flows_purchases(r->flows, firm);
        bool anchor = cn_entity_has_role(r->net, entity, CN_ROLE_ANCHOR);
        if (purchases > 0 && (!inside || inside[entity]) &&
            (anchor > best_anchor || (anchor == best_anchor && purchases > most))) {
            best = entity;
            best_anchor = anchor;
            most = purchases;
        }
    }
    return best;
}

static bool any_value(const cn_network *net, uint32_t layer) {
    for (cn_link link = 0; link < cn_link_count(net); link++) {
        if ((layer & CN_KIND_BIT(cn_link_kind_of(net, link))) && !isnan(cn_link_value(net, link))) {
            return true;
        }
    }
    return false;
}

static cn_status prepare_graphs(cn__report *r, cn_error *err) {
    uint32_t layer = cn_graph_default_layer(r->net);
    cn_graph_options options = {.link_kinds = layer,
                                .entity_kinds = CN_K_ACTOR,
                                .weighting = any_value(r->net, layer) ? CN_WEIGHT_VALUE : CN_WEIGHT_NONE};
    cn_status status = cn_graph_create(r->net, &options, &r->graph, err);
    return status ? status : cn_flows_create(r->net, NULL, &r->flows, err);
}

static cn_status prepare_subject(cn__report *r, cn_error *err) {
    cn_status status = CN_OK;
    bool *inside = r->cluster == CN_NONE ? NULL : cn__alloc(cn_entity_count(r->net), sizeof *inside);
    if (r->cluster != CN_NONE && !inside) {
        status = CN__NO_MEMORY(err);
    }
    if (inside) {
        cn__cluster_inside(r->net, r->cluster, inside);
    }
    if (!status && r->subject == CN_NONE) {
        r->subject = choose_subject(r, inside);
    }
    cn__free(inside);
    return status;
}

/* The graphs, whose analysis all chapters share, and beside them the digest of the network, which takes as long. */
static cn_status prepare(cn__report *r, cn_buf *hash, cn_error *err) {
    cn_status status = CN_OK;
#pragma omp parallel sections
    {
#pragma omp section
        status = prepare_graphs(r, err);
#pragma omp section
        {
            if (r->options->input) {
                cn__network_digest(r->whole, hash);
            }
        }
    }
    return status ? status : prepare_subject(r, err);
}

static void title(cn__report *r) {
    const char *name = r->cluster == CN_NONE ? cn_network_title(r->net) : cn_entity_name(r->net, r->cluster);
    r->doc.title = cn__doc_keep(&r->doc, name[0] ? name : cn__chapter_word(r, CN__REPORT_UNTITLED));
    if (cn_network_as_of_date(r->net)) {
        cn_buf date = {0};
        cn_buf text = {0};
        cn_format_date(&date, r->lang, cn_network_as_of_date(r->net));
        CN__SAY(&text, SUBTITLE_DATE, r->lang, date.len ? date.data : "");
        r->doc.subtitle = cn__doc_keep_buf(&r->doc, &text);
        cn_buf_release(&date);
    }
}

enum { HASH_SHOWN = 12 };

static void foot(cn__report *r, const cn_buf *digest) {
    const cn_report_options *o = r->options;
    const cn_buf hash = *digest;
    cn_buf text = {0};
    r->doc.failed |= hash.failed;
    if (o->input) {
        const char *parameters =
            o->parameters && o->parameters[0] ? o->parameters : cn__chapter_word(r, CN__REPORT_NONE_GIVEN);
        CN__SAY(&text, FOOT, r->lang, cn_version(), o->input, hash.len ? hash.data : "", parameters);
        cn_buf origin = {0};
        cn_buf beginning = {0};
        cn_buf_add(&beginning, hash.len ? hash.data : "", hash.len < HASH_SHOWN ? hash.len : HASH_SHOWN);
        CN__SAY(&origin, ORIGIN, r->lang, o->input, beginning.len ? beginning.data : "", cn_version(), parameters);
        r->origin = cn__doc_keep_buf(&r->doc, &origin);
        r->doc.failed |= beginning.failed;
        cn_buf_release(&beginning);
    } else {
        CN__SAY(&text, FOOT_PLAIN, r->lang, cn_version());
    }
    r->doc.foot = cn__doc_keep_buf(&r->doc, &text);
}

/* Under every chapter: the data, their hash, the version, how it was asked for. The whole hash stands in the foot. */
static void say_origin(cn__report *r, size_t blocks_before) {
    if (r->origin && r->doc.block_count > blocks_before &&
        r->doc.blocks[r->doc.block_count - 1].kind != CN__BLOCK_EXPLORER) {
        cn_buf text = {0};
        cn_buf_add_text(&text, cn__doc_at(&r->doc, r->origin));
        cn__doc_say(&r->doc, CN__BLOCK_ORIGIN, &text);
    }
}

static bool is_wanted(const cn__report *r, cn__chapter *chapter) {
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        if (chapters[i].write == chapter) {
            return chapters[i].place[r->options->audience] > 0;
        }
    }
    return false;
}

static cn_status write_chapters(cn__report *r, cn_error *err) {
    cn_status status = CN_OK;
    for (int place = 1; place < 200 && !status; place++) {
        for (size_t i = 0; i < CHAPTER_COUNT && !status; i++) {
            if (chapters[i].place[r->options->audience] == place) {
                size_t before = r->doc.block_count;
                status = chapters[i].write(r, err);
                say_origin(r, before);
            }
        }
    }
    return status;
}

struct cn_report {
    cn__doc doc;
    cn_buf currency; /* borrowed by the document */
};

void cn_report_free(cn_report *report) {
    if (report) {
        cn__doc_release(&report->doc);
        cn_buf_release(&report->currency);
        cn__free(report);
    }
}

static cn_status check_options(const cn_network *net, const cn_report_options *o, cn_error *err) {
    uint32_t count = cn_entity_count(net);
    if ((o->subject_given && o->subject >= count) ||
        (o->cluster_given && (o->cluster >= count || cn_entity_kind_of(net, o->cluster) != CN_ENTITY_CLUSTER))) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_BAD_ENTITY, "");
    }
    return CN_OK;
}

/* The network that is told: the whole, or the part that a cluster is about, in which entities have other numbers. */
static cn_status choose_network(cn__report *r, cn_network **part, cn_error *err) {
    const cn_report_options *o = r->options;
    r->subject = o->subject_given ? o->subject : CN_NONE;
    if (!o->cluster_given || o->mission_count) {
        return CN_OK;
    }
    cn_status status = cn__cluster_part(r->whole, o->cluster, part, err);
    if (status == CN_OK) {
        r->net = *part;
        r->cluster = cn_entity_find(r->net, cn_entity_id(r->whole, o->cluster));
        if (o->subject_given) { /* who has nothing to do with the cluster is not in its report */
            r->subject = cn_entity_find(r->net, cn_entity_id(r->whole, o->subject));
        }
    }
    return status;
}

static cn_status make(cn__report *r, cn_error *err) {
    cn_buf hash = {0};
    title(r);
    cn_status status = prepare(r, &hash, err);
    foot(r, &hash);
    cn_buf_release(&hash);
    if (!status && r->options->mission_count) {
        status = cn__mission_write(r, err);
    } else if (!status) {
        status = cn__ahead_make(r, is_wanted, err);
        status = status ? status : write_chapters(r, err);
    }
    cn__ahead_release(&r->ahead);
    return status ? status : r->doc.failed ? CN__NO_MEMORY(err) : CN_OK;
}

cn_status cn_report_create(const cn_network *net, const cn_report_options *options, cn_report **out, cn_error *err) {
    const cn_report_options none = {0};
    cn__report r = {
        .net = net, .whole = net, .options = options ? options : &none, .subject = CN_NONE, .cluster = CN_NONE};
    cn_network *part = NULL;
    *out = NULL;
    cn_status status = check_options(net, r.options, err);
    if (status) {
        return status;
    }
    cn_report *made = cn__calloc(1, sizeof *made);
    if (!made) {
        return CN__NO_MEMORY(err);
    }
    cn_buf_add_text(&made->currency, cn_network_currency(net));
    r.lang = r.options->lang == CN_LANG_DEFAULT ? cn_network_lang(net) : r.options->lang;
    r.doc.lang = r.lang;
    r.doc.currency = made->currency.data ? made->currency.data : "";
    status = made->currency.failed ? CN__NO_MEMORY(err) : choose_network(&r, &part, err);
    status = status ? status : make(&r, err);
    cn_graph_free(r.graph);
    cn_flows_free(r.flows);
    cn__positions_release(&r.positions);
    cn_network_free(part);
    made->doc = r.doc;
    if (status) {
        cn_report_free(made);
        return status;
    }
    *out = made;
    return CN_OK;
}

cn_status cn_report_write(const cn_report *report, cn_report_form form, cn_sink sink, cn_error *err) {
    return form == CN_REPORT_MARKDOWN ? cn__markdown_write(&report->doc, sink, err)
                                      : cn__html_write(&report->doc, sink, err);
}

cn_status cn_report_write_tables(const cn_report *report, const char *folder, cn_error *err) {
    return cn__tables_out(&report->doc, folder, err);
}
