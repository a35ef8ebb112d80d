/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ties model, painter and panel together: pointer, keyboard, zoom, address. */
"use strict";

coopnet.explore = function () {
    const root = document.getElementById("explorer");
    const block = document.getElementById("coopnet-data");
    if (!root || !block) {
        return;
    }
    const data = coopnet.unfold(JSON.parse(block.textContent));
    const words = coopnet.words(data.lang, data.texts, data.currency);
    const model = coopnet.model(data);
    const painter = coopnet.painter(model, words);
    const address = coopnet.state(model);
    const saver = coopnet.saver(model, words, painter);
    const canvas = root.querySelector("canvas");
    const context = canvas.getContext("2d");
    const status = root.querySelector("[data-part='status']");
    let state = address.read(location.hash);
    let transform = d3.zoomIdentity;
    let seen = null;
    let moving = false;
    let byHand = false;
    let waiting = 0;
    let rest = 0;
    let lit = null;
    let tree = null;

    /* ---- painting ---- */
    function box() {
        return { width: canvas.clientWidth, height: canvas.clientHeight };
    }
    function fit() {
        const ratio = Math.min(2, window.devicePixelRatio || 1);
        const size = box();
        canvas.width = Math.round(size.width * ratio);
        canvas.height = Math.round(size.height * ratio);
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    function paint() {
        waiting = 0;
        const size = box();
        context.fillStyle = painter.colours().paper;
        context.fillRect(0, 0, size.width, size.height);
        seen = state.map ? painter.paintMap(context, transform, size) : painter.paintNetwork(context, state, lit, transform, size, moving);
    }
    function ask() {
        waiting = waiting || requestAnimationFrame(paint);
    }
    function lights() {
        if (state.from >= 0 && state.to >= 0) {
            const path = model.path(state.from, state.to);
            return path && { nodes: new Set(path.nodes), links: new Set(path.links) };
        }
        if (state.selected < 0) {
            return null;
        }
        const nodes = new Set([state.selected]);
        const links = new Set();
        if (state.chain) {
            const up = state.chain === "up";
            const { steps, nodes: reached } = model.chain(state.selected, up);
            reached.forEach((v) => {
                nodes.add(v);
                model.links(v, (i, other, leaves) => data.linkKinds[model.linkKind[i]].flow && leaves !== up && steps[other] >= 0 && links.add(i));
            });
            return { nodes, links };
        }
        model.links(state.selected, (i, other) => {
            nodes.add(other);
            links.add(i);
        });
        return { nodes, links };
    }

    /* ---- what the reader does ---- */
    function refresh(changed) {
        if (changed.filter) {
            panel.count(model.filter(state));
            tree = null;
        }
        lit = lights();
        panel.card(state);
        root.classList.toggle("on-map", state.map);
        mapButton.setAttribute("aria-pressed", String(state.map));
        remember();
        ask();
    }
    /* "#chapter" is not ours; nothing is written before the reader has done something. */
    const isOurs = (hash) => hash.includes("=");
    let started = false;
    function remember() {
        if (!started) {
            return;
        }
        const hash = address.write(state);
        if (("#" + hash) !== location.hash && (hash || location.hash)) {
            history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
        }
    }
    const act = {
        select(v, travel) {
            state.selected = v;
            state.chain = "";
            if (v >= 0) {
                state.map = false;
                if (!model.nodeShown[v]) {
                    state.kinds.delete(model.kind[v]);
                    state.cluster = -1;
                    state.date = null;
                    panel.filters(state);
                }
            }
            refresh({ filter: true });
            if (v >= 0 && travel) {
                goTo(model.x[v], model.y[v], Math.max(transform.k, 1));
            }
            status.textContent = v >= 0 ? data.nodes.name[v] + ", " + data.kinds[model.kind[v]].name : "";
        },
        chain(way) {
            state.chain = way;
            state.from = -1;
            state.to = -1;
            refresh({});
        },
        path(from, to) {
            state.from = from;
            state.to = to;
            state.chain = "";
            refresh({});
            if (from >= 0 && to >= 0 && lit) {
                frameNodes([...lit.nodes]);
            }
        },
        toggle(set, k, hide) {
            set[hide ? "add" : "delete"](k);
            refresh({ filter: true });
        },
        size(metric) {
            state.size = metric;
            refresh({});
        },
        cluster(group) {
            state.cluster = group;
            state.selected = -1;
            state.map = false;
            refresh({ filter: true });
            frameNodes(shownNodes());
            status.textContent = group >= 0 ? data.groups[group].name + ", " + words.say("organisations", data.groups[group].count) : "";
        },
        date(day) {
            state.date = day;
            refresh({ filter: true });
        },
    };
    const panel = coopnet.panel(root, model, words, act);

    /* ---- moving about ---- */
    /* On a network that opens on the map, zooming into a disc opens it, and zooming out far enough brings the map back. */
    function followZoom() {
        if (!data.opensOnMap) {
            return;
        }
        const size = box();
        const view = Math.min(size.width, size.height);
        const [x, y] = transform.invert([size.width / 2, size.height / 2]);
        const large = state.map && data.groups.some((g) => g.r * transform.k > 0.35 * view && Math.hypot(g.x - x, g.y - y) < g.r);
        const small = !state.map && state.cluster < 0 && state.selected < 0 && state.from < 0
            && data.groups.every((g) => g.r * transform.k < 0.22 * view);
        if (large || small) {
            state.map = small;
            refresh({});
        }
    }
    const zoom = d3.zoom().scaleExtent([0.002, 40]).on("start zoom end", function (event) {
        const happened = event && event.transform ? event : d3.event; /* d3 5 keeps it aside */
        transform = happened.transform;
        moving = happened.type !== "end";
        byHand = byHand || Boolean(happened.sourceEvent); /* the end of turning a wheel has none */
        clearTimeout(rest);
        if (happened.type === "end") {
            rest = setTimeout(() => {
                if (byHand) {
                    byHand = false;
                    followZoom();
                }
                state.transform = { x: transform.x, y: transform.y, k: transform.k };
                remember();
            }, 150);
        }
        ask();
    });
    const surface = d3.select(canvas).call(zoom).on("dblclick.zoom", null);
    function moveTo(next) {
        if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
            surface.call(zoom.transform, next);
        } else {
            surface.transition().duration(350).call(zoom.transform, next);
        }
    }
    function goTo(x, y, k) {
        const size = box();
        moveTo(d3.zoomIdentity.translate(size.width / 2 - x * k, size.height / 2 - y * k).scale(k));
    }
    function shownNodes() {
        return Array.from({ length: model.nodeCount }, (_, v) => v).filter((v) => model.nodeShown[v]);
    }
    function wholeOf(points) {
        const size = box();
        const [left, right] = d3.extent(points, (p) => p[0]);
        const [top, bottom] = d3.extent(points, (p) => p[1]);
        const k = Math.min(4, 0.86 * Math.min(size.width / Math.max(right - left, 1), size.height / Math.max(bottom - top, 1)));
        return d3.zoomIdentity.translate(size.width / 2 - k * (left + right) / 2, size.height / 2 - k * (top + bottom) / 2).scale(k);
    }
    function frameNodes(nodes) {
        if (nodes.length) {
            moveTo(wholeOf(nodes.map((v) => [model.x[v], model.y[v]])));
        }
    }
    function home() {
        const points = state.map ? data.groups.flatMap((g) => [[g.x - g.r, g.y - g.r], [g.x + g.r, g.y + g.r]]) : shownNodes().map((v) => [model.x[v], model.y[v]]);
        return points.length ? wholeOf(points) : d3.zoomIdentity;
    }

    /* ---- pointer and keys ---- */
    function nodeAt(event) {
        const bounds = canvas.getBoundingClientRect();
        const px = event.clientX - bounds.left;
        const py = event.clientY - bounds.top;
        if (state.map) {
            const disc = painter.mapFrame(transform).discs.filter((d) => Math.hypot(d.x - px, d.y - py) <= d.r).sort((a, b) => a.r - b.r)[0];
            return { group: disc ? disc.g : -1, v: -1 };
        }
        tree = tree || d3.quadtree(shownNodes(), (v) => model.x[v], (v) => model.y[v]);
        const [wx, wy] = transform.invert([px, py]);
        const v = tree.find(wx, wy, 24 / transform.k);
        const near = v !== undefined && Math.hypot(model.x[v] - wx, model.y[v] - wy) * transform.k <= painter.radius(state, v, transform.k) + 6;
        return { group: -1, v: near ? v : -1 };
    }
    canvas.addEventListener("click", (event) => {
        const { group, v } = nodeAt(event);
        if (group >= 0) {
            act.cluster(group);
            panel.filters(state);
        } else if (state.from >= 0 && state.to < 0 && v >= 0 && v !== state.from) {
            act.path(state.from, v);
        } else {
            act.select(v);
        }
    });
    const tip = root.querySelector("[data-part='tip']");
    canvas.addEventListener("pointermove", (event) => {
        if (event.buttons || event.pointerType === "touch") {
            tip.hidden = true;
            return;
        }
        const { group, v } = nodeAt(event);
        tip.hidden = group < 0 && v < 0;
        canvas.style.cursor = tip.hidden ? "grab" : "pointer";
        if (!tip.hidden) {
            tip.textContent = v >= 0 ? data.nodes.name[v] : data.groups[group].name + " · " + words.say("organisations", data.groups[group].count);
            const bounds = root.querySelector(".stage").getBoundingClientRect();
            tip.style.left = Math.min(event.clientX - bounds.left + 12, bounds.width - tip.offsetWidth - 4) + "px";
            tip.style.top = Math.min(event.clientY - bounds.top + 14, bounds.height - tip.offsetHeight - 4) + "px";
        }
    });
    canvas.addEventListener("pointerleave", () => { tip.hidden = true; });

    /* Tab goes on from the canvas; arrows pan, with Shift they walk to the nearest neighbour on that side. */
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    function walk(way) {
        const v = state.selected;
        if (v < 0) {
            const first = shownNodes().sort((a, b) => model.data.metrics[state.size].values[b] - model.data.metrics[state.size].values[a] || a - b)[0];
            return first === undefined ? undefined : act.select(first, true);
        }
        let best = -1;
        let least = Infinity;
        model.links(v, (i, other) => {
            const dx = model.x[other] - model.x[v];
            const dy = model.y[other] - model.y[v];
            const along = dx * way[0] + dy * way[1];
            const cost = Math.hypot(dx, dy) * (2 - along / (Math.hypot(dx, dy) || 1));
            if (along > 0 && cost < least) {
                least = cost;
                best = other;
            }
        });
        return best >= 0 ? act.select(best, true) : undefined;
    }
    canvas.addEventListener("keydown", (event) => {
        const way = ways[event.key];
        if (way && event.shiftKey) {
            walk(way);
        } else if (way) {
            surface.call(zoom.translateBy, -way[0] * 60 / transform.k, -way[1] * 60 / transform.k);
        } else if (event.key === "+" || event.key === "=") {
            surface.call(zoom.scaleBy, 1.4);
            followZoom();
        } else if (event.key === "-") {
            surface.call(zoom.scaleBy, 1 / 1.4);
            followZoom();
        } else if (event.key === "0") {
            moveTo(home());
        } else if (event.key === "Escape") {
            act.select(-1);
        } else if (event.key === "/") {
            panel.find("search").focus();
        } else {
            return;
        }
        event.preventDefault();
    });

    /* What a file of the picture holds: everybody in the window, also where a crowd was painted. */
    function shownNow() {
        return state.map || !seen.crowd ? seen : painter.frame(context, state, lit, transform, box());
    }
    /* ---- buttons ---- */
    const tools = panel.find("tools");
    const mapButton = panel.button(words.say("map"), () => {
        state.map = !state.map;
        refresh({});
        surface.call(zoom.transform, home());
    });
    mapButton.hidden = data.groups.length < 2;
    tools.append(mapButton, panel.button(words.say("whole"), () => moveTo(home())),
        panel.button(words.say("reset"), () => {
            state = address.fresh();
            panel.filters(state);
            refresh({ filter: true });
            surface.call(zoom.transform, home());
        }),
        panel.button("SVG", () => saver.svg(canvas, shownNow(), data.title)), panel.button("PNG", () => saver.png(canvas)),
        panel.button("CSV", () => saver.csv()));

    /* ---- begin ---- */
    function begin() {
        fit();
        panel.filters(state);
        refresh({ filter: true });
        surface.call(zoom.transform, state.transform ? d3.zoomIdentity.translate(state.transform.x, state.transform.y).scale(state.transform.k) : home());
    }
    new ResizeObserver(() => { /* also when what stands beside it has grown */
        fit();
        ask();
    }).observe(canvas);
    window.addEventListener("hashchange", () => {
        if (isOurs(location.hash)) {
            state = address.read(location.hash);
            begin();
            root.scrollIntoView({ block: "start" });
            if (state.selected >= 0 && !state.transform) {
                goTo(model.x[state.selected], model.y[state.selected], Math.max(transform.k, 1));
            }
        }
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ask);
    /* Who is not in this page (a product, one of the many beyond the limit) has no card to open. */
    const known = new Set(data.nodes.id);
    document.querySelectorAll("main a[href^='#org=']").forEach((link) => {
        if (!known.has(decodeURIComponent(link.hash.slice(5)))) {
            link.replaceWith(...link.childNodes);
        }
    });
    /* For measuring: what one picture costs, in ms, still or while it moves. */
    function timed(way) {
        const before = performance.now();
        moving = way;
        paint();
        context.getImageData(0, 0, 1, 1);
        moving = false;
        return performance.now() - before;
    }
    root.hidden = false;
    begin();
    started = true;
    if (isOurs(location.hash)) {
        root.scrollIntoView({ block: "start" });
    }
    coopnet.running = { model, saver, seen: () => seen, state: () => state, canvas, act, paint, timed, transform: () => transform,
        zoomTo: (x, y, k) => surface.call(zoom.transform, d3.zoomIdentity.translate(x, y).scale(k)), home: () => surface.call(zoom.transform, home()),
        map: (on) => { state.map = on; refresh({}); } };
};
coopnet.explore();
