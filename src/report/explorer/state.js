/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader has chosen, and its form in the address after "#", so that a view can be sent on. Ids, not numbers, stand there. */
"use strict";

coopnet.state = function (model) {
    const { data } = model;
    const numbers = new Map(data.nodes.id.map((id, v) => [id, v]));
    const kindAt = (list, key) => list.findIndex((row) => row.key === key);

    function fresh() {
        return { selected: -1, from: -1, to: -1, chain: "", kinds: new Set(), linkKinds: new Set(), cluster: -1, date: null, size: 0,
            map: Boolean(data.opensOnMap), transform: null };
    }
    function write(state) {
        const parts = new URLSearchParams();
        const put = (key, value) => value && parts.set(key, value);
        const id = (v) => (v >= 0 ? data.nodes.id[v] : "");
        put("org", id(state.selected));
        put("from", id(state.from));
        put("to", id(state.to));
        put("chain", state.chain);
        put("hide", [...state.kinds].sort().map((k) => data.kinds[k].key).join(","));
        put("hide-links", [...state.linkKinds].sort().map((k) => data.linkKinds[k].key).join(","));
        put("cluster", state.cluster >= 0 ? String(data.groups[state.cluster].id) : "");
        put("date", state.date === null ? "" : new Date(state.date * 86400000).toISOString().slice(0, 10));
        put("size", state.size > 0 ? data.metrics[state.size].key : "");
        put("map", state.map === Boolean(data.opensOnMap) ? "" : String(Number(state.map)));
        put("at", state.transform ? [state.transform.x, state.transform.y, state.transform.k].map((n) => +n.toFixed(3)).join(",") : "");
        return parts.toString();
    }
    function read(hash) {
        const state = fresh();
        const parts = new URLSearchParams(hash.replace(/^#/, ""));
        const node = (key) => (numbers.has(parts.get(key)) ? numbers.get(parts.get(key)) : -1);
        state.selected = node("org");
        state.from = node("from");
        state.to = node("to");
        state.chain = ["up", "down"].includes(parts.get("chain")) ? parts.get("chain") : "";
        for (const [key, set, list] of [["hide", state.kinds, data.kinds], ["hide-links", state.linkKinds, data.linkKinds]]) {
            (parts.get(key) || "").split(",").map((name) => kindAt(list, name)).filter((k) => k >= 0).forEach((k) => set.add(k));
        }
        state.cluster = data.groups.findIndex((group) => String(group.id) === parts.get("cluster"));
        const day = Date.parse(parts.get("date") || "");
        state.date = Number.isNaN(day) || !data.dates ? null : Math.round(day / 86400000);
        state.size = Math.max(0, kindAt(data.metrics, parts.get("size")));
        if (parts.has("map") && data.groups.length) {
            state.map = parts.get("map") === "1";
        }
        const at = (parts.get("at") || "").split(",").map(Number);
        state.transform = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], k: at[2] } : null;
        return state;
    }
    return { fresh, read, write };
};
