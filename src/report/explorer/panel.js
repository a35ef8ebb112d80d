/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside the picture: search, filters and the card of an organisation. Names come into the page as text nodes only. */
"use strict";

coopnet.panel = function (root, model, words, act) {
    const { data } = model;
    const NEIGHBOURS = 60;
    const find = (name) => root.querySelector("[data-part='" + name + "']");

    function make(tag, attributes, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes || {})) {
            if (name.startsWith("on")) {
                element.addEventListener(name.slice(2), value);
            } else if (value !== false && value !== null && value !== undefined) {
                element.setAttribute(name, value === true ? "" : value);
            }
        }
        element.append(...children.filter((child) => child !== null && child !== undefined));
        return element;
    }
    const button = (text, run, attributes) => make("button", { type: "button", onclick: run, ...attributes }, text);

    /* ---- search ---- */
    function searchBox() {
        const input = find("search");
        const list = find("found");
        let rows = [];
        let at = -1;
        function show(found) {
            rows = found;
            at = -1;
            list.replaceChildren(...rows.map((v, i) => make("li", { role: "option", id: "found-" + i, onmousedown: (event) => {
                event.preventDefault();
                choose(i);
            } }, data.nodes.name[v], make("small", {}, data.kinds[model.kind[v]].name))));
            list.hidden = rows.length === 0;
            input.setAttribute("aria-expanded", String(rows.length > 0));
            input.removeAttribute("aria-activedescendant");
            find("found-count").textContent = input.value.trim() ? words.say("found", rows.length) : "";
        }
        function choose(i) {
            const v = rows[i];
            input.value = "";
            show([]);
            act.select(v, true);
        }
        function move(by) {
            at = rows.length ? (at + by + rows.length) % rows.length : -1;
            [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
            if (at >= 0) {
                input.setAttribute("aria-activedescendant", "found-" + at);
                list.children[at].scrollIntoView({ block: "nearest" });
            }
        }
        input.addEventListener("input", () => show(model.search(input.value, 12)));
        input.addEventListener("blur", () => { list.hidden = true; });
        input.addEventListener("keydown", (event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                event.preventDefault();
                move(event.key === "ArrowDown" ? 1 : -1);
            } else if (event.key === "Enter" && rows.length) {
                choose(Math.max(0, at));
            } else if (event.key === "Escape") {
                input.value = "";
                show([]);
            }
        });
    }

    /* ---- filters ---- */
    function checks(part, list, hidden, mark) {
        const box = find(part);
        box.replaceChildren(...list.map((row, k) => row.count === 0 ? null : make("label", { class: mark + row.tone },
            make("input", { type: "checkbox", checked: !hidden.has(k), onchange: (event) => act.toggle(hidden, k, !event.target.checked) }),
            make("i", { "aria-hidden": "true", class: row.shape ? "shape-" + row.shape : row.dash ? "dashed" : "" }),
            row.name, make("small", {}, words.count(row.count)))).filter(Boolean));
    }
    function choices(part, rows, chosen, run) {
        const select = find(part);
        select.replaceChildren(...rows.map(([value, text]) => make("option", { value, selected: value === chosen }, text)));
        select.onchange = () => run(Number(select.value));
    }
    function slider(state) {
        const box = find("dates");
        box.hidden = !data.dates;
        if (!data.dates) {
            return;
        }
        const input = find("date");
        const all = find("date-all");
        input.min = data.dates[0];
        input.max = data.dates[1];
        input.value = state.date === null ? data.dates[1] : state.date;
        all.checked = state.date === null;
        const tell = () => {
            const text = all.checked ? words.say("any_date") : words.date(Number(input.value));
            find("date-text").textContent = text;
            input.setAttribute("aria-valuetext", text);
        };
        input.oninput = () => {
            all.checked = false;
            tell();
            act.date(Number(input.value));
        };
        all.onchange = () => {
            tell();
            act.date(all.checked ? null : Number(input.value));
        };
        tell();
    }
    function filters(state) {
        checks("kinds", data.kinds, state.kinds, "kind-");
        checks("link-kinds", data.linkKinds, state.linkKinds, "link-");
        choices("size", data.metrics.map((metric, m) => [m, metric.name]), state.size, act.size);
        choices("cluster", [[-1, words.say("all_clusters")]].concat(data.groups.map((group, g) => [g, group.name])), state.cluster, act.cluster);
        const label = find("cluster").closest("label");
        label.hidden = data.groups.length === 0;
        if (data.groupsFound) {
            label.firstChild.textContent = words.say("group_found");
        }
        slider(state);
    }

    /* ---- card ---- */
    const name = (v) => button(data.nodes.name[v], () => act.select(v, true), { class: "name" });
    function facts(v) {
        const rows = data.fields.filter((field) => field.values[v] !== null && field.values[v] !== undefined && field.values[v] !== "")
            .map((field) => [field.name, field.type === "money" ? words.money(field.values[v])
                : field.type === "number" ? words.number(field.values[v]) : field.values[v]]);
        data.metrics.slice(1).forEach((metric) => {
            const value = metric.values[v];
            if (value !== null && value > 0) {
                const place = metric.values.reduce((before, other) => before + Number(other !== null && other > value), 1);
                rows.push([metric.name, (metric.type === "money" ? words.money(value) : words.number(value)) + " · " + words.say("place", place)]);
            }
        });
        return make("dl", {}, ...rows.flatMap(([term, value]) => [make("dt", {}, term), make("dd", {}, String(value))]));
    }
    /* Neighbours by kind and side of the link, the largest values first. */
    function neighbours(v) {
        const sides = new Map();
        model.links(v, (i, other, leaves) => {
            const kind = data.linkKinds[model.linkKind[i]];
            const title = leaves ? kind.outName : kind.inName;
            if (!sides.has(title)) {
                sides.set(title, new Map());
            }
            const side = sides.get(title);
            side.set(other, (side.get(other) || 0) + (Number.isFinite(model.value[i]) ? model.value[i] : 0));
        });
        return [...sides].map(([title, side]) => {
            const rows = [...side].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
            return make("details", { open: rows.length <= 12 }, make("summary", {}, title + " · " + words.count(rows.length)),
                make("ul", {}, ...rows.slice(0, NEIGHBOURS).map(([other, value]) => make("li", {}, name(other),
                    value > 0 ? make("small", {}, words.money(value)) : null)),
                rows.length > NEIGHBOURS ? make("li", {}, words.say("more", rows.length - NEIGHBOURS)) : null));
        });
    }
    function chainWords(state) {
        if (!state.chain) {
            return null;
        }
        const count = model.chain(state.selected, state.chain === "up").nodes.length - 1;
        return make("p", {}, words.say(state.chain === "up" ? "chain_up_has" : "chain_down_has", count));
    }
    function pathWords(state) {
        if (state.from < 0) {
            return null;
        }
        const children = [make("h4", {}, words.say("path"))];
        if (state.to < 0) {
            children.push(make("p", {}, words.say("path_pick", data.nodes.name[state.from])));
        } else {
            const path = model.path(state.from, state.to);
            children.push(path ? make("ol", {}, ...path.nodes.map((v, i) => make("li", {}, i
                ? make("small", {}, data.linkKinds[model.linkKind[path.links[i - 1]]].name + ": ") : null, name(v))))
                : make("p", {}, words.say("path_none", data.nodes.name[state.from], data.nodes.name[state.to])));
        }
        children.push(button(words.say("path_forget"), () => act.path(-1, -1)));
        return make("section", { class: "path" }, ...children);
    }
    /* The map in words: its largest groups, to be opened without a pointer. */
    function groupList() {
        const order = data.groups.map((group, g) => g).sort((a, b) => data.groups[b].count - data.groups[a].count || a - b);
        return make("ol", {}, ...order.slice(0, NEIGHBOURS).map((g) => make("li", {},
            button(data.groups[g].name, () => act.cluster(g), { class: "name" }), make("small", {}, words.count(data.groups[g].count)))),
        order.length > NEIGHBOURS ? make("li", {}, words.say("more", order.length - NEIGHBOURS)) : null);
    }
    function card(state) {
        const box = find("card");
        const v = state.selected;
        if (v < 0) {
            box.replaceChildren(...[make("p", { class: "quiet" }, words.say(state.map ? "map_hint" : "card_hint")), state.map ? groupList() : null,
                pathWords(state)].filter(Boolean));
            return;
        }
        const chainButton = (way, text) => button(words.say(text), () => act.chain(state.chain === way ? "" : way), { "aria-pressed": String(state.chain === way) });
        box.replaceChildren(...[
            make("h3", { tabindex: "-1" }, data.nodes.name[v]),
            make("p", { class: "quiet" }, data.kinds[model.kind[v]].name + (data.nodes.region && data.nodes.region[v] ? " · " + data.nodes.region[v] : "")),
            make("p", { class: "buttons" }, chainButton("up", "chain_up"), chainButton("down", "chain_down"),
                button(words.say("path_from"), () => act.path(v, -1)),
                state.from >= 0 && state.from !== v ? button(words.say("path_to"), () => act.path(state.from, v)) : null,
                button(words.say("close"), () => act.select(-1))),
            chainWords(state), pathWords(state), facts(v), ...neighbours(v)].filter(Boolean));
    }
    const count = (shown) => {
        find("shown").textContent = words.say("shown", shown.nodes, shown.links);
    };
    searchBox();
    return { filters, card, count, find, make, button };
};
