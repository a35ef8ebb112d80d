/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paints the network on a canvas. What the eye gets is decided in `frame` once: nodes and links inside the window, radii, colours,
 * labels that do not collide; the canvas and the SVG export both take it from there. Where thousands of nodes are in the window they are
 * painted as a crowd (crowd.js), and labels wait until the picture stands still.
 */
"use strict";

coopnet.shapes = {
    circle: (r) => [["arc", r]],
    square: (r) => polygon([[-r, -r], [r, -r], [r, r], [-r, r]], 0.9),
    diamond: (r) => polygon([[0, -r], [r, 0], [0, r], [-r, 0]], 1.2),
    triangle: (r) => polygon([[0, -r], [r, r * 0.8], [-r, r * 0.8]], 1.15),
    hexagon: (r) => polygon([0, 1, 2, 3, 4, 5].map((k) => [r * Math.cos(k * Math.PI / 3), r * Math.sin(k * Math.PI / 3)]), 1.1),
    bar: (r) => polygon([[-r * 1.3, -r * 0.7], [r * 1.3, -r * 0.7], [r * 1.3, r * 0.7], [-r * 1.3, r * 0.7]], 1),
    cross: (r) => polygon([[-0.4, -1], [0.4, -1], [0.4, -0.4], [1, -0.4], [1, 0.4], [0.4, 0.4], [0.4, 1], [-0.4, 1], [-0.4, 0.4],
        [-1, 0.4], [-1, -0.4], [-0.4, -0.4]].map(([x, y]) => [x * r, y * r]), 1),
};
function polygon(points, scale) {
    return points.map(([x, y], i) => [i ? "line" : "move", x * scale, y * scale]);
}

coopnet.painter = function (model, words) {
    const { data } = model;
    const CROWD = 2500; /* nodes in the window */
    const LIT_MOVING = 400; /* lit nodes and links that a canvas paints in time */
    const LABELS = 140;
    const FONT = 12;
    const widths = new Map();
    const radii = data.metrics.map((metric, m) => (m ? radiiOf(metric.values) : new Float32Array(model.nodeCount).fill(6)));
    const outlines = data.kinds.map((kind) => coopnet.shapes[kind.shape] || coopnet.shapes.circle);

    /* Area grows with the value. The first metric is none: all alike. */
    function radiiOf(values) {
        const top = values.reduce((most, value) => (value !== null && value > most ? value : most), 0);
        return Float32Array.from(values, (value) => (top > 0 && value > 0 ? 3.5 + 13 * Math.sqrt(value / top) : 3.5));
    }
    function colours() {
        const style = getComputedStyle(document.documentElement);
        const get = (name) => style.getPropertyValue(name).trim();
        return { paper: get("--paper"), ink: get("--ink"), quiet: get("--quiet"), lit: get("--lit"), halo: get("--paper"),
            kinds: data.kinds.map((kind) => get("--kind-" + kind.tone)), links: data.linkKinds.map((kind) => get("--link-" + kind.tone)) };
    }
    function textWidth(context, text) {
        let width = widths.get(text);
        if (width === undefined) {
            width = context.measureText(text).width;
            widths.set(text, width);
        }
        return width;
    }

    /* Radius on screen: grows slower than the distance between nodes, so that zooming in untangles. */
    function radius(state, v, k) {
        return radii[state.size][v] * Math.min(2.2, Math.max(0.45, Math.sqrt(k)));
    }

    /* Labels by rank; each takes its cells of a coarse grid, and who finds one taken stays silent. */
    function label(context, nodes, box, must) {
        const taken = new Set();
        const labels = [];
        const height = FONT + 3;
        for (const node of nodes) {
            if (labels.length >= LABELS) {
                break;
            }
            const text = shorten(data.nodes.short[node.v] || data.nodes.name[node.v]);
            const width = textWidth(context, text);
            const left = Math.min(Math.max(node.x - width / 2, 2), box.width - width - 2);
            const top = node.y + node.r + 2;
            const cells = [];
            for (let cx = Math.floor(left / 14); cx <= Math.floor((left + width) / 14); cx++) {
                for (let cy = Math.floor(top / 9); cy <= Math.floor((top + height) / 9); cy++) {
                    cells.push(cx * 4096 + cy);
                }
            }
            if (must.has(node.v) || !cells.some((cell) => taken.has(cell))) {
                cells.forEach((cell) => taken.add(cell));
                labels.push({ v: node.v, text, x: left + width / 2, y: top + FONT });
            }
        }
        return labels;
    }
    const shorten = (text) => (text.length > 34 ? text.slice(0, 33) + "…" : text);

    /* What is seen: everything in screen coordinates. */
    function frame(context, state, lit, transform, box) {
        const { x, y, k } = transform;
        const margin = 40;
        const nodes = [];
        const at = (v) => [model.x[v] * k + x, model.y[v] * k + y];
        for (let v = 0; v < model.nodeCount; v++) {
            if (model.nodeShown[v]) {
                const [sx, sy] = at(v);
                if (sx > -margin && sx < box.width + margin && sy > -margin && sy < box.height + margin) {
                    nodes.push({ v, x: sx, y: sy, r: radius(state, v, k), lit: !lit || lit.nodes.has(v) });
                }
            }
        }
        const links = [];
        for (let i = 0; i < model.linkCount; i++) {
            const shines = lit && lit.links.has(i);
            if (!model.linkShown[i]) {
                continue;
            }
            const [ax, ay] = at(model.from[i]);
            const [bx, by] = at(model.to[i]);
            if (Math.max(ax, bx) < 0 || Math.max(ay, by) < 0 || Math.min(ax, bx) > box.width || Math.min(ay, by) > box.height) {
                continue;
            }
            links.push({ i, ax, ay, bx, by, lit: shines, dim: Boolean(lit) && !shines });
        }
        return { nodes, links, labels: labelsOf(context, nodes, state, lit, box) };
    }
    function labelsOf(context, nodes, state, lit, box) {
        const order = radii[state.size];
        const ranked = nodes.slice().sort((a, b) => Number(b.lit) - Number(a.lit) || order[b.v] - order[a.v] || a.v - b.v);
        const must = new Set([state.selected, state.from, state.to].filter((v) => v >= 0));
        const first = ranked.filter((node) => must.has(node.v));
        const named = lit ? ranked.filter((node) => node.lit) : ranked;
        context.font = FONT + "px sans-serif";
        return label(context, first.concat(named.filter((n) => !must.has(n.v))), box, must);
    }

    /* ---- a crowd ---- */
    const crowd = coopnet.crowd(model);
    const { sx, sy, inside } = crowd;
    const nodeObject = (state, v, k) => ({ v, x: sx[v], y: sy[v], r: radius(state, v, k), lit: true });
    const linkObject = (i) => ({ i, ax: sx[model.from[i]], ay: sy[model.from[i]], bx: sx[model.to[i]], by: sy[model.to[i]], lit: true, dim: false });
    /* The nodes that could have a label: the largest in the window, found without sorting all of them. */
    function largestInside(state, k) {
        const order = radii[state.size];
        const seen = [];
        for (let v = 0; v < model.nodeCount; v++) {
            if (inside[v]) {
                seen.push(v);
            }
        }
        const sample = Float32Array.from(seen, (v) => order[v]).sort();
        const least = sample[Math.max(0, sample.length - 4 * LABELS)];
        return seen.filter((v) => order[v] >= least).slice(0, 16 * LABELS).map((v) => nodeObject(state, v, k));
    }
    function paintCrowd(context, state, lit, transform, box, moving) {
        const paint = colours();
        const crowded = moving && lit && lit.links.size + lit.nodes.size > LIT_MOVING; /* too many for a canvas under the hand */
        crowd.paint(context, paint, (v) => radius(state, v, transform.k),
            { dim: Boolean(lit), lit: crowded ? lit : null, moving, ratio: context.canvas.width / box.width });
        const nodes = lit ? [...lit.nodes].filter((v) => inside[v]).map((v) => nodeObject(state, v, transform.k)) : [];
        if (lit && !crowded) {
            const links = [...lit.links].map(linkObject);
            paintLinks(context, links, paint, false);
            paintArrows(context, links, paint, new Map(nodes.map((node) => [node.v, node])));
            paintNodes(context, nodes, paint, state);
        } else if (lit) {
            paintNodes(context, nodes.filter((node) => node.v === state.selected), paint, state);
        }
        const labels = moving ? [] : labelsOf(context, lit ? nodes : largestInside(state, transform.k), state, lit, box);
        paintLabels(context, labels, paint);
        return { crowd: true, nodes, links: [], labels };
    }

    function trace(context, outline, node) {
        for (const [verb, a, b] of outline(node.r)) {
            if (verb === "arc") {
                context.moveTo(node.x + a, node.y);
                context.arc(node.x, node.y, a, 0, 2 * Math.PI);
            } else {
                context[verb === "move" ? "moveTo" : "lineTo"](node.x + a, node.y + b);
            }
        }
        context.closePath();
    }
    /* One path for each look: a canvas is slow where its style changes. */
    function bundles(items, keyOf) {
        const all = new Map();
        for (const item of items) {
            const key = keyOf(item);
            if (!all.has(key)) {
                all.set(key, []);
            }
            all.get(key).push(item);
        }
        return all;
    }
    function paintLinks(context, links, paint, dense) {
        const looks = bundles(links, (link) => model.linkKind[link.i] * 4 + (link.lit ? 2 : 0) + (link.dim ? 1 : 0));
        for (const [key, list] of [...looks].sort((a, b) => (a[0] & 2) - (b[0] & 2) || a[0] - b[0])) {
            const kind = key >> 2;
            const shines = key & 2;
            context.strokeStyle = shines ? paint.lit : paint.links[kind];
            context.globalAlpha = shines ? 1 : key & 1 ? 0.07 : dense ? 0.22 : 0.6;
            context.lineWidth = shines ? 2 : dense ? 0.6 : 1;
            context.setLineDash(data.linkKinds[kind].dash || []);
            context.beginPath();
            for (const link of list) {
                context.moveTo(link.ax, link.ay);
                context.lineTo(link.bx, link.by);
            }
            context.stroke();
        }
        context.setLineDash([]);
        context.globalAlpha = 1;
    }
    function paintArrows(context, links, paint, nodesAt) {
        context.fillStyle = paint.lit;
        context.beginPath();
        for (const link of links) {
            const end = nodesAt.get(model.to[link.i]);
            if (!link.lit || !end || !data.linkKinds[model.linkKind[link.i]].directed) {
                continue;
            }
            const angle = Math.atan2(link.by - link.ay, link.bx - link.ax);
            const tip = [link.bx - Math.cos(angle) * (end.r + 1), link.by - Math.sin(angle) * (end.r + 1)];
            context.moveTo(tip[0], tip[1]);
            for (const side of [-0.4, 0.4]) {
                context.lineTo(tip[0] - 9 * Math.cos(angle + side), tip[1] - 9 * Math.sin(angle + side));
            }
            context.closePath();
        }
        context.fill();
    }
    function paintNodes(context, nodes, paint, state) {
        for (const [key, list] of bundles(nodes, (node) => model.kind[node.v] * 2 + Number(node.lit))) {
            context.globalAlpha = key & 1 ? 1 : 0.18;
            context.fillStyle = paint.kinds[key >> 1];
            context.strokeStyle = paint.paper;
            context.lineWidth = 1;
            context.beginPath();
            list.forEach((node) => trace(context, outlines[key >> 1], node));
            context.fill();
            context.stroke();
        }
        context.globalAlpha = 1;
        context.strokeStyle = paint.ink;
        context.lineWidth = 2.5;
        for (const node of nodes.filter((n) => n.v === state.selected || n.v === state.from || n.v === state.to)) {
            context.beginPath();
            context.arc(node.x, node.y, node.r + 4, 0, 2 * Math.PI);
            context.stroke();
        }
    }
    function paintLabels(context, labels, paint) {
        context.font = FONT + "px sans-serif";
        context.textAlign = "center";
        context.lineJoin = "round";
        context.lineWidth = 3;
        context.strokeStyle = paint.halo;
        context.fillStyle = paint.ink;
        for (const item of labels) {
            context.strokeText(item.text, item.x, item.y);
            context.fillText(item.text, item.x, item.y);
        }
    }
    function paintNetwork(context, state, lit, transform, box, moving) {
        if (crowd.project(transform, box) > CROWD) {
            return paintCrowd(context, state, lit, transform, box, moving);
        }
        const seen = frame(context, state, lit, transform, box);
        const paint = colours();
        const dense = seen.links.length > 3000;
        paintLinks(context, seen.links, paint, dense);
        paintArrows(context, seen.links, paint, lit ? new Map(seen.nodes.map((node) => [node.v, node])) : new Map());
        paintNodes(context, seen.nodes, paint, state);
        paintLabels(context, seen.labels, paint);
        return seen;
    }

    /* The map: groups as discs, what flows between them as lines. */
    function mapFrame(transform) {
        const { x, y, k } = transform;
        const discs = data.groups.map((group, g) => ({ g, x: group.x * k + x, y: group.y * k + y, r: Math.max(4, group.r * k) }));
        const top = data.groupFlows.reduce((most, [, , value]) => Math.max(most, value), 0);
        const flows = data.groupFlows.slice(0, Math.max(40, 3 * discs.length)).map(([a, b, value]) => ({ a: discs[a], b: discs[b], value, width: 0.5 + 7 * Math.sqrt(value / top) }));
        return { discs, flows };
    }
    function paintMap(context, transform, box) {
        const seen = mapFrame(transform);
        const paint = colours();
        context.globalAlpha = 0.35;
        context.strokeStyle = paint.quiet;
        for (const flow of seen.flows) {
            context.lineWidth = flow.width;
            context.beginPath();
            context.moveTo(flow.a.x, flow.a.y);
            context.lineTo(flow.b.x, flow.b.y);
            context.stroke();
        }
        context.globalAlpha = 1;
        context.strokeStyle = paint.paper;
        context.lineWidth = 1.5;
        for (const disc of seen.discs) {
            context.beginPath();
            context.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
            context.fillStyle = paint.paper; /* lines end at the rim */
            context.fill();
            context.globalAlpha = 0.22;
            context.fillStyle = context.strokeStyle = data.groups[disc.g].declared ? paint.kinds[data.clusterKind] : paint.kinds[data.firmKind];
            context.fill();
            context.globalAlpha = 1;
            context.stroke();
        }
        context.font = FONT + "px sans-serif";
        const order = seen.discs.slice().sort((a, b) => b.r - a.r || a.g - b.g);
        const taken = [];
        const labels = [];
        for (const disc of order) {
            const { node, name, count } = data.groups[disc.g];
            const text = shorten(node >= 0 ? data.nodes.short[node] || data.nodes.name[node] : name);
            const half = textWidth(context, text) / 2;
            const spot = { left: disc.x - half - 3, right: disc.x + half + 3, top: disc.y - 10, bottom: disc.y + 20 };
            const free = spot.right > 0 && spot.left < box.width && labels.length < LABELS
                && !taken.some((t) => t.left < spot.right && spot.left < t.right && t.top < spot.bottom && spot.top < t.bottom);
            if (free) {
                taken.push(spot);
                labels.push({ text, x: disc.x, y: disc.y + 2 }, { text: words.count(count), x: disc.x, y: disc.y + 16 });
            }
        }
        paintLabels(context, labels, paint);
        return { ...seen, labels };
    }
    return { frame, mapFrame, paintNetwork, paintMap, colours, outlines, radius, FONT };
};
