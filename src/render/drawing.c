/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a view to a sheet: scene, DOT, coordinates (layout process), page. On a paper that was given, the layout is asked a
 * second time to stretch to the shape of the room that the sheet leaves; and when the smallest text would be too small to read, the
 * whole is made again with less to say, in steps. Cost: that of the layout, at most ten times.
 */
#include "drawing.h"

#include <math.h>
#include <string.h>

#include "dot_writer.h"
#include "error.h"
#include "layout_map.h"
#include "number.h"
#include "raster.h"

/* What is left away, one step after the other: words first, then names, then boxes (folded into “17 more”). */
typedef struct step {
    uint32_t terse; /* 0: the end */
    uint32_t limit; /* most boxes; 0: as before */
} step;

static const step paper_steps[] = {{1, 0}, {2, 0}, {3, 0}, {2, 60}, {2, 30}, {2, 15}, {0, 0}};
/* A slide has no room for a key of names, and fewer boxes with their words say more there than many without. */
static const step slide_steps[] = {{1, 0}, {2, 0}, {1, 24}, {2, 24}, {1, 14}, {2, 14}, {2, 9}, {2, 6}, {0, 0}};

#define LEAST_STRETCH 1.08 /* less is not worth another layout */
#define MOST_STRETCH 1.7   /* more would tear the drawing apart */

cn_status cn__drawing_scheme(const cn_theme *theme, cn__scheme *out, cn_buf *logo, cn_error *err) {
    cn__scheme_make(out, theme);
    if (!theme || theme->logo_kind == CN_LOGO_NONE) {
        return CN_OK;
    }
    cn_status status = cn__raster_logo(theme, logo, &out->logo_aspect, err);
    out->logo = logo->data;
    return status;
}

cn_status cn__drawing_raster(const cn__scene *scene, const cn__page *page, const cn_draw_options *options,
                             const cn_buf *svg, cn_sink sink, cn_error *err) {
    const char *title = cn__scene_text(scene, scene->title);
    if (!options->tiles) {
        const char *paper = cn__scheme_role(cn__scene_scheme(scene), CN__ROLE_PAPER);
        double dpi = options->dpi ? options->dpi : options->paper == CN_PAPER_SLIDE ? 144 : 150;
        return cn__raster_write(svg, options->format, dpi, paper, title, sink, err);
    }
    cn__tiles tiles;
    cn_status status =
        cn__tiles_make(scene, page, &tiles) ? cn__raster_tiles(svg, &tiles, title, sink, err) : CN__NO_MEMORY(err);
    cn__tiles_release(&tiles);
    return status;
}

static void release_made(cn__drawing *d) {
    cn__layout_release(&d->layout);
    cn__legend_release(&d->legend);
    cn__scene_release(&d->scene);
    cn_buf_release(&d->dot);
}

void cn__drawing_release(cn__drawing *d) { release_made(d); }

static cn_status write_dot(cn__drawing *d, cn_error *err) {
    cn_buf_release(&d->dot);
    cn__dot_write(&d->scene, &d->dot);
    return d->scene.failed || d->dot.failed ? CN__NO_MEMORY(err) : CN_OK;
}

/* Is the scene placed by forces, so that its lines are ours to lead? Frames are led round by fdp itself. */
static bool is_scattered(const cn__scene *scene) {
    return (scene->engine == CN_ENGINE_NEATO || scene->engine == CN_ENGINE_FDP || scene->engine == CN_ENGINE_SFDP) &&
           scene->group_count == 0;
}

/* The engine that was asked for in place of the view's own. Only dot knows columns, and only dot and fdp frames. */
static cn_status use_engine(cn__scene *scene, const cn_draw_options *options, cn_error *err) {
    if (options->engine == CN_ENGINE_AUTO) {
        return CN_OK;
    }
    scene->engine = options->engine;
    if (scene->engine == CN_ENGINE_DOT) {
        return CN_OK;
    }
    if (scene->group_count > 0 && scene->engine != CN_ENGINE_FDP) {
        return CN__FAIL1(err, CN_ERR_ARGUMENT, DRAW_FRAMES, cn__engine_name(scene->engine));
    }
    scene->column_count = 0;
    for (size_t i = 0; i < scene->link_count; i++) {
        scene->links[i].inside = scene->links[i].turned = false;
    }
    return CN_OK;
}

static cn_status make(cn__drawing *d, uint32_t terse, cn_error *err) {
    const cn_theme *theme = d->options->theme;
    release_made(d);
    d->scene.lang = d->options->lang == CN_LANG_DEFAULT ? cn_network_lang(d->net) : d->options->lang;
    d->scene.view = d->key;
    d->scene.scheme = d->scheme;
    d->scene.terse = terse;
    d->scene.organisation = cn__scene_keep(&d->scene, theme && theme->organisation ? theme->organisation : "", false);
    cn_status status = d->make(d->net, d->options, &d->scene, err);
    status = status ? status : use_engine(&d->scene, d->options, err);
    return status ? status : write_dot(d, err);
}

cn_status cn__drawing_make(cn__drawing *d, cn_error *err) { return make(d, 0, err); }

/* Coordinates: of a view that placed its boxes itself, of our own grid, or of the layout process. */
static cn_status place(cn__drawing *d, cn_error *err) {
    if (d->scene.placed) {
        return cn__layout_place(&d->scene, &d->layout, err);
    }
    if (d->scene.engine == CN_ENGINE_MAP) {
        return cn__map_layout(&d->scene, &d->layout, err);
    }
    cn_buf answer = {0};
    cn_status status = cn__layout_ask(d->options, &d->dot, &answer, err);
    if (status == CN_OK) {
        status = cn__layout_read(answer.data ? answer.data : "", answer.len, &d->scene, &d->layout, err);
    }
    if (status == CN_OK && is_scattered(&d->scene)) {
        d->layout.point_count = 0;
        status = cn__map_lead_lines(&d->scene, &d->layout) ? CN_OK : CN__NO_MEMORY(err);
    }
    cn_buf_release(&answer);
    return status;
}

static cn_status lay_out(cn__drawing *d, cn_error *err) {
    cn__layout_release(&d->layout);
    cn__legend_release(&d->legend);
    cn_status status = place(d, err);
    if (status == CN_OK) {
        cn__legend_make(&d->scene, &d->legend);
        status = d->legend.failed ? CN__NO_MEMORY(err) : CN_OK;
    }
    if (status == CN_OK) {
        cn__page_plan(&d->scene, &d->layout, &d->legend, d->options->paper, d->options->tiles, &d->page);
    }
    return status;
}

/* The shape to stretch to, height : width; 0: it is well as it is. */
static double wanted_fill(const cn__drawing *d) {
    double now = d->layout.height / d->layout.width;
    if (d->scene.placed || d->scene.engine > CN_ENGINE_DOT || !(d->layout.width > 0) || !(now > 0)) {
        return 0;
    }
    double stretch = d->page.room_height / d->page.room_width / now;
    if (fmax(stretch, 1 / stretch) < LEAST_STRETCH) {
        return 0;
    }
    return now * fmin(fmax(stretch, 1 / MOST_STRETCH), MOST_STRETCH);
}

/* Ask the layout to fill the sheet; when that comes out smaller, take back what was. */
static cn_status stretch(cn__drawing *d, cn_error *err) {
    double before = d->page.scale;
    d->scene.fill = wanted_fill(d);
    if (d->scene.fill == 0) {
        return CN_OK;
    }
    cn_status status = write_dot(d, err);
    status = status ? status : lay_out(d, err);
    if (status == CN_OK && d->page.scale < before * 0.98) {
        d->scene.fill = 0;
        status = write_dot(d, err);
        status = status ? status : lay_out(d, err);
    }
    return status;
}

static void say_terse(cn__drawing *d) {
    static const cn__draw_text_id words[] = {CN__TEXT_TERSE_LABELS, CN__TEXT_TERSE_LABELS, CN__TEXT_TERSE_NAMES,
                                             CN__TEXT_TERSE_KEY};
    cn__draw_text_id text =
        d->scene.terse < 3 && d->scene.terse_words ? (cn__draw_text_id)d->scene.terse_words : words[d->scene.terse];
    cn_buf notes = {0};
    if (d->scene.terse < 3 && !d->scene.terse_words && d->scene.link_count == 0) {
        return; /* no line has lost a label */
    }
    cn_buf_add_text(&notes, cn__scene_text(&d->scene, d->scene.notes));
    cn_buf_add_text(&notes, notes.len ? " " : "");
    const char *paper =
        d->options->paper == CN_PAPER_SLIDE ? cn__draw_text(CN__TEXT_ON_SLIDE, d->scene.lang) : d->page.paper;
    cn__draw_text_1(&notes, text, d->scene.lang, paper);
    d->scene.notes = cn__scene_keep_buf(&d->scene, &notes, false);
}

/* What it would have to be: the smallest text on this paper, and the paper that takes it. */
static cn_status too_small(cn__drawing *d, cn_error *err) {
    d->too_small = true;
    char paper[8];
    cn_buf is = {0};
    cn_buf least = {0};
    (void)strncpy(paper, d->page.paper, sizeof paper - 1);
    paper[sizeof paper - 1] = '\0';
    cn__add_fixed(&is, d->page.scale * CN__SMALL_SIZE, 1);
    cn__add_fixed(&least, cn__page_least(d->options->paper) * CN__SMALL_SIZE, 1);
    cn__page_plan(&d->scene, &d->layout, &d->legend, CN_PAPER_AUTO, false, &d->page);
    const char *args[] = {paper, is.data, least.data, d->page.paper};
    cn_status status =
        is.failed || least.failed ? CN__NO_MEMORY(err) : cn__fail(err, CN_ERR_LIMIT, CN_MSG_DRAW_TOO_SMALL, 4, args);
    cn_buf_release(&is);
    cn_buf_release(&least);
    return status;
}

/* Say less, as a step has it. */
static cn_status try_step(cn__drawing *d, const step *next, cn_error *err) {
    const cn_draw_options *given = d->options;
    cn_draw_options less = *given;
    less.told = NULL; /* the picture itself tells */
    if (next->limit > 0) {
        less.limit = next->limit;
    }
    d->options = &less;
    cn_status status = make(d, next->terse, err);
    if (status == CN_OK) {
        say_terse(d);
        status = d->scene.failed ? CN__NO_MEMORY(err) : lay_out(d, err);
    }
    d->options = given;
    return status;
}

/* May a step fold boxes as it wants to? Not where everything was asked for, or fewer boxes already. */
static bool may_fold(const cn_draw_options *options, const step *next) {
    return next->limit == 0 || (!options->full && (options->limit == 0 || options->limit > next->limit));
}

cn_status cn__drawing_fit(cn__drawing *d, cn_error *err) {
    bool given = d->options->paper != CN_PAPER_AUTO;
    const step *next = d->options->paper == CN_PAPER_SLIDE ? slide_steps : paper_steps;
    cn_status status = lay_out(d, err);
    for (; status == CN_OK && !d->page.fits && next->terse; next++) {
        if (may_fold(d->options, next)) {
            status = try_step(d, next, err);
        }
    }
    if (status == CN_OK && !d->page.fits) {
        return too_small(d, err);
    }
    return status == CN_OK && given ? stretch(d, err) : status;
}
