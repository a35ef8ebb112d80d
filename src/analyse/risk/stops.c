/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stops when one firm stops, for every firm upstream. State: `stopped` by vertex and `alive`, the number of suppliers
 * left by purchase; when the last supplier of an essential purchase stops, so does its maker. The state is built up and taken back
 * along a log, and both are exact inverses, since they only count.
 * Most firms stop what another stops, and more: if the supplier u is the only one of an essential purchase of v, then
 * u stops v. Groups that stop each other (strongly connected in this relation) are one node; each node hangs under the
 * neighbour after which most stops, so that a walk over this forest adds to the state only what is new. A firm
 * of several products is a node of its own under the heaviest of them. The cascade is that of a Horn theory (Dowling and Gallier
 * 1984): AND over essential purchases, OR over suppliers, each arc looked at once.
 * Cost: O(arcs) for the forest, and for each node the arcs out of what it adds; a row costs the buyer's arcs when it adds to the loss.
 */
#include "stops.h"

#include "error.h"
#include "memory.h"

#include <stdlib.h>

#define WORK 1000000000u

/* ---- the state ---- */

/* The purchases of which each vertex is a supplier (counting sort); those of the buyer's own deliveries nobody reads. */
static void list_supplied(cn__stop_state *s) {
    const cn_upstream *up = s->up;
    for (size_t a = 0; a < up->arc_count; a++) {
        s->supplied_start[up->arcs[a].from]++;
    }
    for (uint32_t v = 0; v < up->vertex_count; v++) {
        s->supplied_start[v + 1] += s->supplied_start[v];
    }
    for (size_t g = up->group_count; g-- > 0;) { /* from behind, each list from its end */
        for (uint32_t a = up->groups[g + 1].arc_start; a-- > up->groups[g].arc_start;) {
            s->supplied[--s->supplied_start[up->arcs[a].from]] = (uint32_t)g;
        }
    }
}

bool cn__stop_state_init(cn__stop_state *s, const cn_upstream *up) {
    *s = (cn__stop_state){.up = up};
    s->stopped = cn__calloc(up->vertex_count, sizeof *s->stopped);
    s->alive = cn__alloc(up->group_count, sizeof *s->alive);
    s->log = cn__alloc(up->vertex_count, sizeof *s->log);
    s->supplied_start = cn__calloc((size_t)up->vertex_count + 1, sizeof *s->supplied_start);
    s->supplied = cn__alloc(up->arc_count, sizeof *s->supplied);
    if (!s->stopped || !s->alive || !s->log || !s->supplied_start || !s->supplied) {
        cn__stop_state_release(s);
        return false;
    }
    for (uint32_t g = 0; g < up->group_count; g++) {
        /* what is bought outside the flows is a supplier that never stops */
        s->alive[g] = up->groups[g].sources + up->groups[g].outside;
    }
    list_supplied(s);
    return true;
}

void cn__stop_state_release(cn__stop_state *s) {
    cn__free(s->stopped);
    cn__free(s->alive);
    cn__free(s->log);
    cn__free(s->supplied_start);
    cn__free(s->supplied);
    *s = (cn__stop_state){0};
}

static void mark(cn__stop_state *s, uint32_t vertex) {
    if (!s->stopped[vertex]) {
        s->stopped[vertex] = true;
        s->log[s->log_count++] = vertex;
    }
}

/* All arcs of a purchase have its role. */
static bool is_essential(const cn_upstream *up, uint32_t group) {
    return up->arcs[up->groups[group].arc_start].role == CN_INPUT_ESSENTIAL;
}

void cn__stop_add(cn__stop_state *s, const uint32_t *vertices, uint32_t count) {
    uint32_t head = s->log_count;
    uint32_t of_buyer = s->up->group_start[1]; /* its purchases come first */
    for (uint32_t i = 0; i < count; i++) {
        mark(s, vertices[i]);
    }
    for (; head < s->log_count; head++) {
        uint32_t u = s->log[head];
        s->work += 1 + s->supplied_start[u + 1] - s->supplied_start[u];
        for (uint32_t i = s->supplied_start[u]; i < s->supplied_start[u + 1]; i++) {
            uint32_t g = s->supplied[i];
            s->buyer_touched |= g < of_buyer;
            if (--s->alive[g] == 0 && g >= of_buyer && is_essential(s->up, g)) {
                mark(s, s->up->groups[g].vertex);
            }
        }
    }
}

void cn__stop_undo(cn__stop_state *s, uint32_t log_count) {
    while (s->log_count > log_count) {
        uint32_t u = s->log[--s->log_count];
        s->stopped[u] = false;
        for (uint32_t i = s->supplied_start[u]; i < s->supplied_start[u + 1]; i++) {
            s->alive[s->supplied[i]]++;
        }
    }
}

/* ---- rows ---- */

typedef struct builder {
    cn_stops *out;
    cn__stop_state state;
    cn__stop_forest forest;
    cn__stop_output output;
    cn_stop *effects; /* rows without firm, tier, stopped, direct, diamond */
    size_t effect_count;
    size_t effect_cap;
    size_t loss_cap;
    size_t row_cap;
    uint32_t *firm_seen; /* by local firm: stamp */
    uint32_t stamp;
    double *worst; /* by product that the buyer sells */
    bool *foreign; /* by arc into the buyer: from abroad; asked again for every effect */
} builder;

/* Loss of one purchase of the buyer in the present state; false when nothing is lost. */
static bool loss_of(builder *b, uint32_t group, cn_stop_loss *loss, uint32_t *firms) {
    const cn_upstream *up = b->state.up;
    const cn__upstream_group *g = &up->groups[group];
    if (b->state.alive[group] == g->sources + g->outside) { /* none of them has stopped */
        return false;
    }
    size_t flow_count;
    const cn_flow *all = cn_flows_all(up->flows, &flow_count);
    *loss = (cn_stop_loss){.product = g->product};
    bool home_left = false;
    bool home_lost = false;
    for (uint32_t a = g->arc_start; a < g[1].arc_start; a++) {
        uint32_t from = up->arcs[a].from;
        bool foreign = b->foreign[a];
        if (!b->state.stopped[from]) {
            home_left |= !foreign;
            continue;
        }
        home_lost |= !foreign;
        loss->suppliers++;
        loss->lost += all[up->arcs[a].flow].value;
        if (b->firm_seen[up->local[from]] != b->stamp) {
            b->firm_seen[up->local[from]] = b->stamp;
            (*firms)++;
        }
    }
    loss->share = loss->suppliers ? loss->lost / b->output.total[group] : 0;
    loss->blocked = b->state.alive[group] == 0;
    loss->only_foreign = home_lost && !home_left && !loss->blocked && !b->output.home_outside[group];
    return loss->suppliers > 0;
}

/* Share of the buyer's output at risk: in each product the input that lacks most decides. */
static void add_risk(builder *b, uint32_t group, double share) {
    for (size_t q = 0; q < b->output.count; q++) {
        if (b->output.essential[group * b->output.count + q] && share > b->worst[q]) {
            b->worst[q] = share;
        }
    }
}

/* The effect of the present state on the buyer, as a new entry of `effects`. False: memory. */
static bool make_effect(builder *b, uint32_t *index) {
    const cn_upstream *up = b->state.up;
    cn_stop row = {.loss_start = b->out->loss_count};
    b->stamp++;
    for (size_t q = 0; q < b->output.count; q++) {
        b->worst[q] = 0;
    }
    b->state.work += up->arc_start[1];
    for (uint32_t g = 0; g < up->group_start[1]; g++) {
        cn_stop_loss loss;
        if (!loss_of(b, g, &loss, &row.direct_stopped)) {
            continue;
        }
        if (!cn__grow((void **)&b->out->losses, &b->loss_cap, b->out->loss_count, 1, sizeof loss)) {
            return false;
        }
        b->out->losses[b->out->loss_count++] = loss;
        row.loss_count++;
        row.lost += loss.lost;
        row.blocked_count += loss.blocked;
        row.blocked += loss.blocked ? loss.lost : 0;
        add_risk(b, g, loss.share);
    }
    for (size_t q = 0; q < b->output.count; q++) {
        row.output_at_risk += b->worst[q] * b->output.value[q];
    }
    if (!cn__grow((void **)&b->effects, &b->effect_cap, b->effect_count, 1, sizeof *b->effects)) {
        return false;
    }
    *index = (uint32_t)b->effect_count;
    b->effects[b->effect_count++] = row;
    return true;
}

static bool add_row(builder *b, uint32_t local, uint32_t effect_index) {
    const cn_upstream *up = b->state.up;
    if (!cn__grow((void **)&b->out->rows, &b->row_cap, b->out->row_count, 1, sizeof *b->out->rows)) {
        return false;
    }
    cn_stop row = b->effects[effect_index];
    row.firm = up->firm[local];
    row.tier = up->vertices[up->firm_vertex[up->firm_start[local]]].tier;
    row.stopped = b->state.log_count;
    row.direct = row.tier == 1;
    row.diamond = !row.direct && row.direct_stopped >= 2;
    b->out->rows[b->out->row_count++] = row;
    return true;
}

/* ---- the walk over the forest ---- */

/* An open node: what to take back, and the effect it had. */
typedef struct frame {
    uint32_t node;
    uint32_t log_count;
    uint32_t effect;
    uint32_t next_child;
} frame;

#define NO_EFFECT CN_NONE

/* Add a node to the state of its parent and note its firm. False: memory. */
static bool open_node(builder *b, frame *top, uint32_t node, uint32_t parent_effect) {
    const cn__stop_forest *forest = &b->forest;
    *top = (frame){.node = node, .log_count = b->state.log_count, .effect = parent_effect};
    top->next_child = forest->child_start[node];
    b->state.buyer_touched = false;
    uint32_t count;
    const uint32_t *vertices = cn__stop_node_vertices(forest, b->state.up, node, &count);
    cn__stop_add(&b->state, vertices, count);
    if (b->state.buyer_touched && !make_effect(b, &top->effect)) {
        return false;
    }
    bool ok = true;
    for (uint32_t i = 0; top->effect != NO_EFFECT && ok && i < count; i++) {
        uint32_t local = cn__stop_node_firm(forest, b->state.up, node, i);
        ok = local == CN_NONE || add_row(b, local, top->effect);
    }
    return ok;
}

static bool walk_tree(builder *b, frame *frames, uint32_t root, uint64_t limit) {
    uint32_t depth = 0;
    bool ok = open_node(b, &frames[depth++], root, NO_EFFECT);
    while (depth > 0) {
        frame *top = &frames[depth - 1];
        if (ok && top->next_child < b->forest.child_start[top->node + 1] && b->state.work < limit) {
            uint32_t child = b->forest.child[top->next_child++];
            ok = open_node(b, &frames[depth], child, top->effect);
            depth++;
            continue;
        }
        for (; top->next_child < b->forest.child_start[top->node + 1]; top->next_child++) {
            b->out->unchecked += b->forest.firms_below[b->forest.child[top->next_child]];
        }
        cn__stop_undo(&b->state, top->log_count);
        depth--;
    }
    return ok;
}

static bool walk_forest(builder *b, uint64_t limit) {
    frame *frames = cn__alloc(b->forest.node_count, sizeof *frames);
    bool ok = frames != NULL;
    for (uint32_t node = 0; ok && node < b->forest.node_count; node++) {
        if (b->forest.parent[node] != CN_NONE) {
            continue;
        }
        if (b->state.work >= limit) {
            b->out->unchecked += b->forest.firms_below[node];
        } else {
            ok = walk_tree(b, frames, node, limit);
        }
    }
    cn__free(frames);
    return ok;
}

static int compare_rows(const void *a, const void *b) {
    const cn_stop *x = a;
    const cn_stop *y = b;
    int order = cn__compare_down(x->output_at_risk, y->output_at_risk);
    order = order ? order : cn__compare_down(x->blocked, y->blocked);
    order = order ? order : cn__compare_down(x->lost, y->lost);
    order = order ? order : x->tier < y->tier ? -1 : x->tier > y->tier;
    return order ? order : x->firm < y->firm ? -1 : x->firm > y->firm;
}

/* By arc into the buyer; NULL: memory. */
static bool *list_foreign(const cn_upstream *up) {
    bool *foreign = cn__alloc(up->arc_start[1], sizeof *foreign);
    for (uint32_t a = 0; foreign && a < up->arc_start[1]; a++) {
        foreign[a] = cn_flows_foreign(up->flows, up->vertices[up->arcs[a].from].firm);
    }
    return foreign;
}

cn_status cn_stops_compute(const cn_upstream *up, uint64_t work, cn_stops *out, cn_error *err) {
    *out = (cn_stops){0};
    builder b = {.out = out};
    bool ok = cn__stop_state_init(&b.state, up) && cn__stop_forest_init(&b.forest, &b.state) &&
              cn__stop_output_init(&b.output, up);
    b.firm_seen = ok ? cn__calloc(up->local_count, sizeof *b.firm_seen) : NULL;
    b.worst = ok ? cn__alloc(b.output.count, sizeof *b.worst) : NULL;
    b.foreign = ok ? list_foreign(up) : NULL;
    ok = ok && b.firm_seen && b.worst && b.foreign && walk_forest(&b, work ? work : WORK);
    if (ok) {
        out->output = b.output.sum;
        out->output_assumed = b.output.assumed;
        if (out->row_count > 1) {
            qsort(out->rows, out->row_count, sizeof *out->rows, compare_rows);
        }
    }
    cn__stop_state_release(&b.state);
    cn__stop_forest_release(&b.forest);
    cn__stop_output_release(&b.output);
    cn__free(b.effects);
    cn__free(b.firm_seen);
    cn__free(b.worst);
    cn__free(b.foreign);
    if (!ok) {
        cn_stops_release(out);
        return CN__NO_MEMORY(err);
    }
    return CN_OK;
}

void cn_stops_release(cn_stops *stops) {
    if (stops) {
        cn__free(stops->rows);
        cn__free(stops->losses);
        *stops = (cn_stops){0};
    }
}

cn_status cn_stop_trace(const cn_upstream *up, uint32_t firm, uint32_t **stopped, uint32_t *count, cn_error *err) {
    *stopped = NULL;
    *count = 0;
    uint32_t local = 1;
    while (local < up->local_count && up->firm[local] != firm) {
        local++;
    }
    if (local >= up->local_count) {
        return cn__no_firm(firm, err);
    }
    cn__stop_state state;
    if (!cn__stop_state_init(&state, up)) {
        return CN__NO_MEMORY(err);
    }
    cn__stop_add(&state, up->firm_vertex + up->firm_start[local], up->firm_start[local + 1] - up->firm_start[local]);
    *stopped = state.log;
    *count = state.log_count;
    state.log = NULL;
    cn__stop_state_release(&state);
    return CN_OK;
}

void cn_stop_free(uint32_t *stopped) { cn__free(stopped); }
