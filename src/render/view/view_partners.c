/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom an organisation could work with and does not yet (partners.h): possible suppliers left, possible customers right, partners for joint work on
 * a side that is free, else below. The best of each search are shown in turn, up to a dozen; whoever comes up in two searches has one box. A box
 * says the points and, as far as there is room, the reasons; the line has all parts of the score in its description. Lines are possibilities,
 * no links: where the two trade already, the search has left them out.
 * Invariant: boxes of `pick` in the order supplier, customer, peer, the most points first. Cost: that of cn_partners_find, else linear.
 */
#include "view_compose.h"

#include <math.h>
#include <string.h>

#include "coopnet/partners.h"

#include "error.h"

#define TRADE (CN_KIND_BIT(CN_LINK_SUPPLY) | CN_KIND_BIT(CN_LINK_SERVICE))
#define CURVE 70.0 /* points between centre and columns */
#define ROW_GAP 14.0
#define FIELD_GAP 26.0   /* between the columns and the row below */
#define LINE_WIDTH 138.0 /* of reasons */

enum { SIDES = 3, SHOWN = 12, ON_SLIDE = 8, FEWEST = 3, COLUMN = 8, ROW = 4, ASKED = 40, REASONS = 3 };

typedef struct pick {
    const cn_partner_row *row;
    uint32_t node;
    bool twice; /* for joint work too */
} pick;

typedef struct field {
    pick picks[COLUMN];
    uint32_t nodes[COLUMN];
    size_t count;
    size_t next; /* row that comes next */
    cn__side at; /* of the centre */
    uint32_t zone;
} field;

typedef struct partners_view {
    const cn_network *net;
    const cn_draw_options *options;
    cn__scene *scene;
    cn_entity subject;
    uint8_t *members;
    const cn_partners *found; /* SIDES: supplier, customer, peer */
    field fields[SIDES];
    cn__left_out left_out;
} partners_view;

static const cn_partner_side sides[SIDES] = {CN_PARTNER_SUPPLIER, CN_PARTNER_CUSTOMER, CN_PARTNER_PEER};

/* ---- who is shown ---- */

static pick *picked(partners_view *v, cn_entity org) {
    for (int s = 0; s < SIDES; s++) {
        for (size_t i = 0; i < v->fields[s].count; i++) {
            if (v->fields[s].picks[i].row->org == org) {
                return &v->fields[s].picks[i];
            }
        }
    }
    return NULL;
}

/* The next of a search that has no box yet; banks, parks and offices are near everybody and are no news. */
static bool pick_next(partners_view *v, int side, size_t most) {
    const cn_partners *found = &v->found[side];
    field *f = &v->fields[side];
    while (f->count < most && f->next < found->row_count) {
        const cn_partner_row *row = &found->rows[f->next++];
        if ((sides[side] != CN_PARTNER_PEER || cn_entity_kind_of(v->net, row->org) == CN_ENTITY_COMPANY) &&
            !picked(v, row->org)) {
            f->picks[f->count++] = (pick){.row = row};
            return true;
        }
    }
    return false;
}

static void choose(partners_view *v) {
    static const cn__side places[] = {CN__SIDE_LEFT, CN__SIDE_RIGHT, CN__SIDE_BOTTOM};
    bool suppliers = v->found[0].row_count > 0;
    bool customers = v->found[1].row_count > 0;
    size_t limit = v->options->full ? 0 : v->options->limit;
    size_t room = limit > FEWEST && limit <= SHOWN ? limit - 1 : limit && limit <= FEWEST ? FEWEST : SHOWN;
    if (v->scene->terse && v->options->paper == CN_PAPER_SLIDE && room > ON_SLIDE) {
        room = ON_SLIDE; /* fewer with a reason say more than many with none */
    }
    for (int s = 0; s < SIDES; s++) {
        v->fields[s].at = places[s];
        v->fields[s].zone = CN_NONE;
    }
    if (!suppliers || !customers) {
        v->fields[2].at = customers ? CN__SIDE_LEFT : CN__SIDE_RIGHT;
    }
    for (bool more = true; more && room > 0;) {
        more = false;
        for (int s = 0; s < SIDES && room > 0; s++) {
            bool one = pick_next(v, s, v->fields[s].at == CN__SIDE_BOTTOM ? ROW : COLUMN);
            more = more || one;
            room -= one;
        }
    }
    for (int s = 0; s < SIDES; s++) {
        v->left_out.candidates += v->found[s].found - v->fields[s].count;
    }
    for (size_t i = 0; i < v->found[2].row_count; i++) { /* who has a box on another side is not left out */
        pick *there = picked(v, v->found[2].rows[i].org);
        if (there && there->row != &v->found[2].rows[i]) {
            there->twice = true;
            v->left_out.candidates--;
        }
    }
}

/* ---- words ---- */

/* Lines that phrases are put into, separated by dots, as long as there is room. */
typedef struct reasons {
    cn__scene *scene;
    cn_buf lines[REASONS];
    size_t most;
    size_t at;
} reasons;

static double wide(const cn_buf *text) {
    return text->len ? cn__font_width(text->data, text->len, false, CN__SMALL_SIZE) : 0;
}

static void add_reason(reasons *r, cn_buf *phrase) {
    static const char dot[] = " · ";
    r->scene->failed |= phrase->failed;
    if (phrase->len && r->at < r->most) {
        cn_buf *line = &r->lines[r->at];
        double both = wide(line) + wide(phrase) + cn__font_width(dot, strlen(dot), false, CN__SMALL_SIZE);
        if (line->len && both > LINE_WIDTH && ++r->at == r->most) {
            cn_buf_release(phrase);
            return;
        }
        line = &r->lines[r->at];
        cn_buf_add_text(line, line->len ? dot : "");
        cn_buf_add(line, phrase->data, phrase->len);
        r->scene->failed |= line->failed;
    }
    cn_buf_release(phrase);
}

static void add_words(reasons *r, cn__draw_text_id id) {
    cn_buf phrase = {0};
    cn_buf_add_text(&phrase, cn__draw_text(id, r->scene->lang));
    add_reason(r, &phrase);
}

static void add_count(reasons *r, cn__draw_text_id id, uint64_t count) {
    cn_buf phrase = {0};
    if (count > 0) {
        cn__draw_text_count(&phrase, id, r->scene->lang, count);
        add_reason(r, &phrase);
    }
}

static void add_money(const partners_view *v, reasons *r, cn__draw_text_id id, double value) {
    cn_buf money = {0};
    cn_buf phrase = {0};
    if (value > 0 && value < 9e16) { /* not so where it is not known */
        cn_format_money(&money, v->scene->lang, llround(value * 100), cn_network_currency(v->net));
        cn__draw_text_1(&phrase, id, v->scene->lang, money.data ? money.data : "");
        phrase.failed |= money.failed;
        add_reason(r, &phrase);
    }
    cn_buf_release(&money);
}

/* What would be supplied: the code made, and the name of it, else of the code needed. */
static void add_product(const partners_view *v, reasons *r, const cn_partner_row *row) {
    const char *codes[] = {row->made ? row->made : "", row->need ? row->need : ""};
    const char *code = codes[0][0] ? codes[0] : codes[1];
    const char *name = "";
    cn_buf phrase = {0};
    for (int i = 0; i < 2 && !name[0]; i++) {
        cn_entity product = codes[i][0] ? cn_entity_find(v->net, codes[i]) : CN_NONE;
        name = product == CN_NONE ? "" : cn_entity_short(v->net, product);
    }
    cn_buf_add_text(&phrase, code);
    if (name[0] && strcmp(name, code) != 0) {
        cn_buf_add_text(&phrase, " ");
        cn_buf_add_text(&phrase, name);
    }
    add_reason(r, &phrase);
}

static void add_bond(reasons *r, const cn_partner_row *row) {
    static const cn__draw_text_id words[CN_BOND_COUNT] = {
        [CN_BOND_PROJECT] = CN__TEXT_BOND_PROJECT, [CN_BOND_AGREEMENT] = CN__TEXT_BOND_AGREEMENT,
        [CN_BOND_CLUSTER] = CN__TEXT_BOND_CLUSTER, [CN_BOND_PARK] = CN__TEXT_BOND_PARK,
        [CN_BOND_THIRD] = CN__TEXT_BOND_THIRD,     [CN_BOND_EVENT] = CN__TEXT_BOND_EVENT};
    for (int i = 0; i < CN_BOND_COUNT; i++) {
        if (row->bonds[i]) {
            add_words(r, words[i]);
            return; /* the strongest says enough */
        }
    }
}

static void add_place(const partners_view *v, reasons *r, const cn_partner_row *row) {
    cn_buf number = {0};
    cn_buf phrase = {0};
    if (!isnan(row->km)) {
        cn_format_number(&number, v->scene->lang, row->km, 0);
        cn__draw_text_1(&phrase, CN__TEXT_PARTNERS_KM, v->scene->lang, number.data ? number.data : "");
        phrase.failed |= number.failed;
        add_reason(r, &phrase);
    } else if (row->same_region) {
        add_words(r, CN__TEXT_PARTNERS_REGION);
    }
    cn_buf_release(&number);
}

static void give_reasons(const partners_view *v, int side, const pick *p, reasons *r) {
    static const cn__draw_text_id network[SIDES] = {CN__TEXT_PARTNERS_SELLS_ALIKE, CN__TEXT_PARTNERS_BUYS_ALIKE,
                                                    CN__TEXT_PARTNERS_COMMON};
    static const cn__draw_text_id already[SIDES] = {CN__TEXT_PARTNERS_IS_CUSTOMER, CN__TEXT_PARTNERS_IS_SUPPLIER,
                                                    CN__TEXT_PARTNERS_TRADES};
    const cn_partner_row *row = p->row;
    if (row->fit > 0 && sides[side] != CN_PARTNER_PEER) {
        add_product(v, r, row);
        add_money(v, r, row->origin == CN_ORIGIN_IMPORT ? CN__TEXT_PARTNERS_IMPORTED : CN__TEXT_PARTNERS_NEEDED,
                  row->need_value);
    }
    if (row->planned) {
        add_words(r, CN__TEXT_PARTNERS_PLANNED);
    }
    add_count(r, network[side], row->alike);
    if (row->reverse) {
        add_words(r, already[side]);
    }
    add_bond(r, row);
    if (p->twice) {
        add_words(r, CN__TEXT_PARTNERS_TWICE);
    }
    add_money(v, r, CN__TEXT_PARTNERS_FREE, row->free_capacity);
    add_place(v, r, row);
}

/* "62 of 100: codes 50, network 12": every part, as in the table of a report. */
static uint32_t describe(const partners_view *v, const cn_partner_row *row) {
    cn_buf out = {0};
    cn__draw_text_count(&out, CN__TEXT_PARTNERS_POINTS, v->scene->lang, (uint64_t)llround(row->score));
    for (int part = 0, said = 0; part < CN_PARTNER_PART_COUNT; part++) {
        if (row->points[part] >= 0.5) {
            cn_buf_add_text(&out, said++ ? ", " : ": ");
            cn_buf_add_text(&out, cn_partner_part_name((cn_partner_part)part, v->scene->lang));
            cn_buf_add_text(&out, " ");
            cn_format_number(&out, v->scene->lang, row->points[part], 0);
        }
    }
    return cn__scene_keep_buf(v->scene, &out, true);
}

/* ---- boxes and lines ---- */

static uint32_t add_box(const partners_view *v, cn_entity entity, const char *small) {
    bool any_cluster = cn_entity_count_of(v->net, CN_ENTITY_CLUSTER) > 0;
    cn__node_style style = cn__node_style_of(v->net, entity, v->members[entity], any_cluster);
    return cn__view_add_node(v->scene, v->net, entity, style, entity == v->subject, small);
}

static void add_candidate(partners_view *v, int side, pick *p) {
    static const size_t most[] = {REASONS, 1, 0}; /* by terseness */
    cn__scene *scene = v->scene;
    p->node = add_box(v, p->row->org, "");
    if (p->node == CN_NONE || scene->terse >= sizeof most / sizeof *most) {
        return; /* a number, and its name in the legend */
    }
    cn_buf points = {0};
    reasons r = {.scene = scene, .most = most[scene->terse]};
    cn__draw_text_count(&points, CN__TEXT_PARTNERS_POINTS, scene->lang, (uint64_t)llround(p->row->score));
    give_reasons(v, side, p, &r);
    const char *lines[1 + REASONS] = {points.data ? points.data : ""};
    for (size_t i = 0; i < REASONS; i++) {
        lines[1 + i] = r.lines[i].data ? r.lines[i].data : "";
    }
    scene->nodes[p->node].line_count = 0; /* measured anew, with all its lines */
    cn__scene_fit_lines(scene, p->node, cn_entity_short(v->net, p->row->org), lines, 1 + REASONS);
    scene->failed |= points.failed;
    cn_buf_release(&points);
    for (size_t i = 0; i < REASONS; i++) {
        cn_buf_release(&r.lines[i]);
    }
}

/* Of two who would work together, without a direction. */
static uint32_t keep_pair(const partners_view *v, cn_entity other) {
    cn_buf out = {0};
    cn_buf_add_text(&out, cn_entity_name(v->net, v->subject));
    cn_buf_add_text(&out, " — ");
    cn_buf_add_text(&out, cn_entity_name(v->net, other));
    return cn__scene_keep_buf(v->scene, &out, false);
}

static void add_line(partners_view *v, int side, const pick *p, uint32_t centre) {
    static const cn__side across[] = {
        [CN__SIDE_LEFT] = CN__SIDE_RIGHT, [CN__SIDE_RIGHT] = CN__SIDE_LEFT, [CN__SIDE_BOTTOM] = CN__SIDE_TOP};
    bool inward = sides[side] == CN_PARTNER_SUPPLIER;
    bool joint = sides[side] == CN_PARTNER_PEER;
    cn_entity from = inward ? p->row->org : v->subject;
    cn__line line = {.from = from,
                     .to = inward ? v->subject : p->row->org,
                     .style = joint ? CN__LINK_POSSIBLE_WORK : CN__LINK_POSSIBLE};
    cn__scene_link *link = cn__view_add_line(v->scene, v->net, &line);
    size_t index = v->scene->link_count - 1;
    if (!link) {
        return;
    }
    uint32_t desc = describe(v, p->row);
    uint32_t title = joint ? keep_pair(v, p->row->org) : link->title;
    cn__side at = v->fields[side].at;
    link = &v->scene->links[index];
    link->title = title;
    link->desc = desc;
    link->plain = joint;
    link->from = inward ? p->node : centre;
    link->to = inward ? centre : p->node;
    link->from_side = inward ? across[at] : at;
    link->to_side = inward ? at : across[at];
}

static void add_fields(partners_view *v, uint32_t centre) {
    static const char *const ids[SIDES] = {"zone suppliers", "zone customers", "zone joint"};
    static const cn__draw_text_id words[SIDES] = {CN__TEXT_PARTNERS_SUPPLIERS, CN__TEXT_PARTNERS_CUSTOMERS,
                                                  CN__TEXT_PARTNERS_JOINT};
    for (int s = 0; s < SIDES; s++) {
        field *f = &v->fields[s];
        if (!f->count) {
            continue;
        }
        f->zone = cn__compose_zone(v->scene, ids[s], cn__draw_text(words[s], v->scene->lang));
        for (size_t i = 0; f->zone != CN_NONE && i < f->count && !v->scene->failed; i++) {
            add_candidate(v, s, &f->picks[i]);
            f->nodes[i] = f->picks[i].node;
            if (f->nodes[i] != CN_NONE) {
                v->scene->nodes[f->nodes[i]].group = f->zone;
                add_line(v, s, &f->picks[i], centre);
            }
        }
        if (f->zone != CN_NONE) {
            v->scene->groups[f->zone].label_below = f->at == CN__SIDE_BOTTOM;
        }
    }
}

/* ---- places ---- */

/* Columns beside the centre; then the row below both. Boxes of a field are of one width. */
static void place(partners_view *v, uint32_t centre) {
    cn__scene *scene = v->scene;
    double half = scene->nodes[centre].height / 2;
    double bottom = half;
    for (int s = 0; s < SIDES; s++) {
        field *f = &v->fields[s];
        double widest = cn__compose_widest(scene, f->nodes, f->count);
        for (size_t i = 0; i < f->count; i++) {
            scene->nodes[f->nodes[i]].width = widest;
        }
        if (f->at != CN__SIDE_BOTTOM && f->count) {
            double x = scene->nodes[centre].width / 2 + CURVE + widest / 2;
            double height = cn__compose_height(scene, f->nodes, f->count, CN__COMPOSE_GAP);
            cn__compose_stack(scene, f->nodes, f->count, f->at == CN__SIDE_LEFT ? -x : x, -height / 2, CN__COMPOSE_GAP);
            bottom = fmax(bottom, height / 2 + CN__ZONE_PAD);
        }
    }
    field *row = &v->fields[2];
    if (row->at == CN__SIDE_BOTTOM && row->count) {
        double high = 0;
        for (size_t i = 0; i < row->count; i++) {
            high = fmax(high, scene->nodes[row->nodes[i]].height);
        }
        for (size_t i = 0; i < row->count; i++) {
            scene->nodes[row->nodes[i]].height = high;
        }
        double width = cn__compose_width(scene, row->nodes, row->count, ROW_GAP);
        cn__compose_row(scene, row->nodes, row->count, -width / 2, bottom + FIELD_GAP + CN__ZONE_PAD + high / 2,
                        ROW_GAP);
        for (size_t i = 0; i < scene->link_count; i++) { /* straight on until the columns are passed */
            scene->links[i].lead = scene->links[i].from_side == CN__SIDE_BOTTOM ? bottom - half : 0;
        }
    }
}

/* ---- the whole ---- */

static cn_status fill(partners_view *v, cn__draw_text_id remark, cn_error *err) {
    cn_lang lang = v->scene->lang;
    cn_buf small = {0};
    v->members = cn__view_cluster_members(v->net);
    if (!v->members) {
        return CN__NO_MEMORY(err);
    }
    choose(v);
    cn__view_small_line(v->net, v->subject, lang, &small);
    uint32_t centre = add_box(v, v->subject, small.data ? small.data : "");
    v->scene->failed |= small.failed;
    cn_buf_release(&small);
    if (centre != CN_NONE) {
        add_fields(v, centre);
    }
    if (v->scene->failed || !cn__compose_raise(v->scene)) {
        return CN__NO_MEMORY(err);
    }
    place(v, centre);
    if (v->scene->node_count == 1) {
        v->left_out.alone = cn__draw_text(CN__TEXT_PARTNERS_NOBODY, lang);
    }
    cn_buf title = {0};
    cn__draw_text_1(&title, CN__TEXT_TITLE_PARTNERS, lang, cn_entity_name(v->net, v->subject));
    const char *parts[] = {cn__draw_text(CN__TEXT_SUB_PARTNERS, lang),
                           remark == CN__TEXT_COUNT ? "" : cn__draw_text(remark, lang)};
    cn__view_finish(v->scene, v->net, v->options, title.data ? title.data : "", parts, 2, &v->left_out);
    v->scene->failed |= title.failed;
    cn_buf_release(&title);
    return v->scene->failed ? CN__NO_MEMORY(err) : CN_OK;
}

static cn_status find_subject(partners_view *v, cn__draw_text_id *remark, cn_error *err) {
    cn_graph *graph = NULL;
    const cn_graph_options layer = {.link_kinds = TRADE, .orientation = CN_DIRECTED, .weighting = CN_WEIGHT_VALUE};
    v->subject = v->options->subject;
    *remark = CN__TEXT_COUNT;
    if (v->options->subject_given) {
        return CN_OK;
    }
    cn_status status = cn_graph_create(v->net, &layer, &graph, err);
    if (status == CN_OK && !cn__subject_partner(v->net, graph, &v->subject, remark)) {
        status = CN__NO_MEMORY(err);
    }
    cn_graph_free(graph);
    return status == CN_OK && v->subject == CN_NONE ? CN__FAIL0(err, CN_ERR_ARGUMENT, DRAW_NO_SUBJECT) : status;
}

cn_status cn__view_partners(const cn_network *net, const cn_draw_options *options, cn__scene *scene, cn_error *err) {
    partners_view v = {.net = net, .options = options, .scene = scene, .found = options->partners};
    cn_partners own[SIDES] = {{0}};
    cn__draw_text_id remark;
    scene->placed = true;
    scene->terse_words = CN__TEXT_TERSE_REASONS;
    cn_status status = find_subject(&v, &remark, err);
    for (int s = 0; s < SIDES && !status && !options->partners; s++) {
        const cn_partner_query query = {.org = v.subject, .side = sides[s], .top = ASKED};
        status = cn_partners_find(net, &query, &own[s], err);
    }
    if (status == CN_OK) {
        v.found = options->partners ? options->partners : own;
        status = fill(&v, remark, err);
    }
    for (int s = 0; s < SIDES; s++) {
        cn_partners_release(&own[s]);
    }
    cn__free(v.members);
    return status;
}
