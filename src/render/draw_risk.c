/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cn_draw_risk: the risk of all firms against their size as a plot on the same sheet, with the same title, legend and
 * foot as the other pictures. Nobody risks less than its own size, so every point lies on the line "equal" or above it;
 * labels go to those that stand highest above it in what the others lose. Cost: O(V log V).
 */
#include "coopnet/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drawing.h"
#include "error.h"
#include "number.h"
#include "plot.h"
#include "raster.h"
#include "svg_writer.h"
#include "whatif.h"

#define MAX_POINTS 3000
#define MAX_LABELS 16
#define LABEL_ALL 30 /* up to so many firms all are labelled, where there is room */

typedef struct chosen {
    double excess; /* what the others lose */
    double own;
    const char *id;
    uint32_t firm;
} chosen;

typedef struct risk {
    const cn_network *net;
    const cn_flows *flows;
    const cn_esri *esri;
    const cn_draw_options *options;
    cn_cascade_options settings;
    cn__scene scene;
    cn__plot plot;
    uint8_t *members;
    uint64_t left_out; /* points beyond MAX_POINTS */
    uint64_t nothing;  /* firms without size and without effect */
} risk;

static cn__marker marker_of(const risk *r, uint32_t firm) {
    cn_entity entity = cn_flows_entity(r->flows, firm);
    bool any_cluster = cn_entity_count_of(r->net, CN_ENTITY_CLUSTER) > 0;
    if (cn_flows_foreign(r->flows, firm)) {
        return CN__MARKER_FOREIGN;
    }
    switch (cn__node_style_of(r->net, entity, r->members[entity], any_cluster)) {
    case CN__NODE_ANCHOR:
        return CN__MARKER_ANCHOR;
    case CN__NODE_FINAL_MAKER:
        return CN__MARKER_FINAL_MAKER;
    case CN__NODE_MEMBER:
        return CN__MARKER_MEMBER;
    case CN__NODE_CANDIDATE:
        return CN__MARKER_CANDIDATE;
    case CN__NODE_COMPANY:
        return CN__MARKER_COMPANY;
    case CN__NODE_FIRM:
        return CN__MARKER_FIRM;
    default:
        return CN__MARKER_OTHER;
    }
}

static int most_first(const void *a, const void *b) {
    const chosen *x = a;
    const chosen *y = b;
    if (x->excess != y->excess) {
        return x->excess > y->excess ? -1 : 1;
    }
    if (x->own != y->own) {
        return x->own < y->own ? -1 : 1;
    }
    return strcmp(x->id, y->id);
}

static void add_fact(const risk *r, cn_buf *out, cn__draw_text_id id, cn_buf *value) {
    cn_buf_add_text(out, out->len ? "\n" : "");
    cn__draw_text_1(out, id, r->scene.lang, value->data ? value->data : "");
    out->failed |= value->failed;
    cn_buf_release(value);
}

static uint32_t describe(risk *r, uint32_t firm) {
    static const cn__draw_text_id losses[] = {CN__TEXT_LOSS_OUTPUT, CN__TEXT_LOSS_SALES, CN__TEXT_LOSS_HEADCOUNT};
    cn_lang lang = r->scene.lang;
    cn_buf out = {0};
    cn_buf part = {0};
    cn__whatif_percent(&part, lang, r->esri->loss[firm]);
    add_fact(r, &out, losses[r->settings.weight], &part);
    cn__whatif_percent(&part, lang, r->esri->own[firm]);
    add_fact(r, &out, CN__TEXT_RISK_OWN, &part);
    if (r->esri->money && r->esri->money[firm] < 9e16) {
        cn_format_money(&part, lang, llround(r->esri->money[firm] * 100), cn_network_currency(r->net));
        add_fact(r, &out, CN__TEXT_LOSS_MONEY, &part);
    }
    if (r->esri->hit_count) {
        cn__format_u64(&part, r->esri->hit_count[firm]);
        add_fact(r, &out, CN__TEXT_RISK_HIT, &part);
    }
    return cn__scene_keep_buf(&r->scene, &out, true);
}

static void add_point(risk *r, const chosen *from, bool labelled) {
    cn_entity entity = cn_flows_entity(r->flows, from->firm);
    cn__plot_point point = {.x = from->own, .y = r->esri->loss[from->firm], .number = from->firm};
    point.marker = marker_of(r, from->firm);
    point.title = cn__scene_keep(&r->scene, cn_entity_name(r->net, entity), false);
    point.desc = describe(r, from->firm);
    point.name =
        cn__scene_keep_line(&r->scene, cn_entity_short(r->net, entity), from->own > 0 ? 110 : 72, CN__PLOT_LABEL_SIZE);
    point.labelled = labelled;
    r->plot.points[r->plot.count++] = point;
}

/* False: memory. */
static bool add_points(risk *r) {
    uint32_t firms = cn_flows_firm_count(r->flows);
    chosen *list = cn__alloc(firms, sizeof *list);
    size_t count = 0;
    for (uint32_t firm = 0; list && firm < firms; firm++) {
        double loss = r->esri->loss[firm];
        double own = isnan(r->esri->own[firm]) ? 0 : r->esri->own[firm];
        if (loss > 0) {
            const char *id = cn_entity_id(r->net, cn_flows_entity(r->flows, firm));
            list[count++] = (chosen){fmax(loss - own, 0), own, id, firm};
        } else {
            r->nothing += loss == 0;
        }
    }
    size_t shown = count < MAX_POINTS ? count : MAX_POINTS;
    r->left_out = count - shown;
    r->plot.points = list ? cn__calloc(shown, sizeof *r->plot.points) : NULL;
    if (r->plot.points) {
        qsort(list, count, sizeof *list, most_first);
        for (size_t i = 0; i < shown; i++) {
            add_point(r, &list[i], count <= LABEL_ALL || i < MAX_LABELS);
        }
    }
    cn__free(list);
    return r->plot.points != NULL;
}

static void add_counted(const risk *r, cn_buf *out, cn__draw_text_id id, uint64_t count) {
    if (count > 0) {
        cn_buf_add_text(out, " ");
        cn__draw_text_count(out, id, r->scene.lang, count);
    }
}

static void set_words(risk *r) {
    static const cn__draw_text_id across[] = {CN__TEXT_AXIS_OUTPUT, CN__TEXT_AXIS_SALES, CN__TEXT_AXIS_HEADCOUNT};
    static const cn__draw_text_id up[] = {CN__TEXT_AXIS_LOSS_OUTPUT, CN__TEXT_AXIS_LOSS_SALES,
                                          CN__TEXT_AXIS_LOSS_HEADCOUNT};
    cn_lang lang = r->scene.lang;
    cn__left_out none = {0};
    const char *parts[] = {cn__draw_text(CN__TEXT_SUB_RISK, lang)};
    cn__view_finish(&r->scene, r->net, r->options, cn__draw_text(CN__TEXT_TITLE_RISK, lang), parts, 1, &none);
    cn_buf notes = {0};
    cn_buf_add_text(&notes, cn__draw_text(CN__TEXT_RISK_ALONE, lang));
    cn_buf_add_text(&notes, " ");
    cn_buf_add_text(&notes, cn__draw_text(CN__TEXT_ASSUMED_ESRI, lang));
    cn_buf_add_text(&notes, ".");
    add_counted(r, &notes, CN__TEXT_RISK_LEFT_OUT, r->left_out);
    add_counted(r, &notes, CN__TEXT_RISK_NOTHING, r->nothing);
    if (r->plot.count == 0) {
        cn_buf_add_text(&notes, " ");
        cn_buf_add_text(&notes, cn__draw_text(CN__TEXT_EMPTY, lang));
    }
    r->scene.notes = cn__scene_keep_buf(&r->scene, &notes, false);
    r->plot.across.words = cn__scene_keep(&r->scene, cn__draw_text(across[r->settings.weight], lang), false);
    r->plot.up.words = cn__scene_keep(&r->scene, cn__draw_text(up[r->settings.weight], lang), false);
    r->plot.strip_words = cn__scene_keep(&r->scene, cn__draw_text(CN__TEXT_AXIS_NO_SIZE, lang), false);
    r->plot.diagonal_words = cn__scene_keep(&r->scene, cn__draw_text(CN__TEXT_AXIS_EQUAL, lang), false);
}

/* The shape of the room that the sheet leaves, of the normal area, and no larger than it can be at the least scale. */
static void shape_plot(risk *r, const cn__page *page) {
    double width = sqrt(CN__PLOT_WIDTH * CN__PLOT_HEIGHT * page->room_width / page->room_height);
    double most = page->room_width / cn__page_least(r->options->paper) - 2;
    r->plot.width = fmin(width, most);
    r->plot.height = r->plot.width * page->room_height / page->room_width;
}

static bool write_svg(risk *r, cn__page *page, cn_buf *svg) {
    cn__layout layout = {.width = CN__PLOT_WIDTH, .height = CN__PLOT_HEIGHT};
    cn__legend legend = {0};
    cn_paper paper = r->options->paper;
    r->scene.plot = &r->plot;
    cn__plot_place(&r->plot, &r->scene);
    cn__legend_make(&r->scene, &legend);
    cn__page_plan(&r->scene, &layout, &legend, paper, r->options->tiles, page);
    if (paper != CN_PAPER_AUTO) {
        shape_plot(r, page);
        cn__plot_place(&r->plot, &r->scene);
        layout = (cn__layout){.width = r->plot.width, .height = r->plot.height};
        cn__page_plan(&r->scene, &layout, &legend, paper, r->options->tiles, page);
    }
    bool ok = !legend.failed && cn__svg_write(&r->scene, &layout, page, &legend, svg);
    cn__legend_release(&legend);
    return ok;
}

static cn_status check(const cn_network *net, const cn_flows *flows, const cn_esri *esri,
                       const cn_draw_options *options, cn_error *err) {
    if ((size_t)options->format > CN_PICTURE_PNG || (size_t)options->paper > CN_PAPER_SLIDE ||
        (options->tiles && options->format != CN_PICTURE_PDF) || options->format == CN_PICTURE_DOT) {
        return CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_BAD_OPTION);
    }
    bool fits = flows && esri && cn_flows_network(flows) == net && esri->firm_count == cn_flows_firm_count(flows);
    return fits ? CN_OK : CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_RESULT);
}

cn_status cn_draw_risk(const cn_network *net, const cn_flows *flows, const cn_esri *esri,
                       const cn_draw_options *options, cn_sink sink, cn_error *err) {
    cn_buf svg = {0};
    cn_buf logo = {0};
    cn__page page = {0};
    cn__scheme scheme;
    risk r = {.net = net, .flows = flows, .esri = esri, .options = options};
    cn_status status = check(net, flows, esri, options, err);
    if (status != CN_OK) {
        return status;
    }
    r.scene.lang = options->lang == CN_LANG_DEFAULT ? cn_network_lang(net) : options->lang;
    r.scene.view = "risk";
    r.scene.scheme = &scheme;
    r.settings = options->cascade_options ? *options->cascade_options : r.settings;
    status = cn__drawing_scheme(options->theme, &scheme, &logo, err);
    if (status != CN_OK) {
        cn_buf_release(&logo);
        return status;
    }
    const char *owner = options->theme && options->theme->organisation ? options->theme->organisation : "";
    r.scene.organisation = cn__scene_keep(&r.scene, owner, false);
    r.members = cn__view_cluster_members(net);
    bool ok = r.members && add_points(&r);
    if (ok) {
        set_words(&r);
        ok = !r.scene.failed && write_svg(&r, &page, &svg);
    }
    if (!ok) {
        status = CN__NO_MEMORY(err);
    } else if (options->format != CN_PICTURE_SVG) {
        status = cn__drawing_raster(&r.scene, &page, options, &svg, sink, err);
    } else if (!sink.write(sink.context, svg.data, svg.len)) {
        status = CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, "svg", "-");
    }
    cn__free(r.plot.points);
    cn__free(r.members);
    cn__scene_release(&r.scene);
    cn_buf_release(&svg);
    cn_buf_release(&logo);
    return status;
}
