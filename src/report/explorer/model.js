/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network in the page: columns from the page's data block as typed arrays, neighbours as compressed rows (CSR), what is
 * visible under the filters, and searches along links.
 * Invariant: out.at[out.start[v] … out.start[v+1]-1] are the numbers of the links that leave v; into likewise.
 */
"use strict";

/* Columns come short where all are alike ({all}) or texts repeat ({words, at}). */
coopnet.unfold = function (data) {
    const spread = (column, count) => column.words ? column.at.map((word) => column.words[word])
        : column.all !== undefined ? new Array(count).fill(column.all) : column;
    const nodes = data.nodes.id.length;
    for (const [columns, count] of [[data.nodes, nodes], [data.links, data.linkCount]]) {
        Object.keys(columns).forEach((key) => { columns[key] = spread(columns[key], count); });
    }
    data.metrics.concat(data.fields).forEach((row) => { row.values = spread(row.values, nodes); });
    return data;
};

coopnet.model = function (data) {
    const nodeCount = data.nodes.id.length;
    const linkCount = data.links.from.length;
    const NEVER = 1e9;
    const model = {
        data,
        nodeCount,
        linkCount,
        x: Float32Array.from(data.nodes.x),
        y: Float32Array.from(data.nodes.y),
        kind: Uint8Array.from(data.nodes.kind),
        group: Int32Array.from(data.nodes.group),
        since: Int32Array.from(data.nodes.since, (day) => (day === null ? -NEVER : day)),
        until: Int32Array.from(data.nodes.until, (day) => (day === null ? NEVER : day)),
        from: Uint32Array.from(data.links.from),
        to: Uint32Array.from(data.links.to),
        linkKind: Uint8Array.from(data.links.kind),
        value: Float64Array.from(data.links.value, (value) => (value === null ? NaN : value)),
        linkSince: Int32Array.from(data.links.since, (day) => (day === null ? -NEVER : day)),
        linkUntil: Int32Array.from(data.links.until, (day) => (day === null ? NEVER : day)),
        nodeShown: new Uint8Array(nodeCount).fill(1),
        linkShown: new Uint8Array(linkCount).fill(1),
    };
    model.folded = data.nodes.name.map((name, v) => fold(name + " " + (data.nodes.short[v] || "") + " " + data.nodes.id[v]
        + " " + (data.nodes.inn ? data.nodes.inn[v] || "" : "")));

    function rows(ends) {
        const start = new Uint32Array(nodeCount + 1);
        for (let i = 0; i < linkCount; i++) {
            start[ends[i] + 1]++;
        }
        for (let v = 0; v < nodeCount; v++) {
            start[v + 1] += start[v];
        }
        const next = start.slice(0, nodeCount);
        const at = new Uint32Array(linkCount);
        for (let i = 0; i < linkCount; i++) {
            at[next[ends[i]]++] = i;
        }
        return { start, at };
    }
    model.out = rows(model.from);
    model.into = rows(model.to);

    /* Case, ё and quotes do not matter to a search. */
    function fold(text) {
        return text.toLowerCase().replace(/ё/g, "е").replace(/[«»"“”„'’]/g, "");
    }
    model.fold = fold;

    /* What the filters leave: state.kinds and state.linkKinds are sets of what is hidden. */
    model.filter = function (state) {
        let nodes = 0;
        let links = 0;
        const day = state.date;
        for (let v = 0; v < nodeCount; v++) {
            const shown = !state.kinds.has(model.kind[v]) && (state.cluster < 0 || model.inCluster(v, state.cluster))
                && (day === null || (model.since[v] <= day && day <= model.until[v]));
            model.nodeShown[v] = shown ? 1 : 0;
            nodes += shown;
        }
        for (let i = 0; i < linkCount; i++) {
            const shown = model.nodeShown[model.from[i]] && model.nodeShown[model.to[i]]
                && !state.linkKinds.has(model.linkKind[i])
                && (day === null || (model.linkSince[i] <= day && day <= model.linkUntil[i]));
            model.linkShown[i] = shown ? 1 : 0;
            links += shown ? 1 : 0;
        }
        return { nodes, links };
    };
    model.inCluster = (v, cluster) => model.group[v] === cluster;

    /* Visible links of a node, each with the other end: [link, other, leaves]. */
    model.links = function (v, visit) {
        for (let k = model.out.start[v]; k < model.out.start[v + 1]; k++) {
            const i = model.out.at[k];
            if (model.linkShown[i]) {
                visit(i, model.to[i], true);
            }
        }
        for (let k = model.into.start[v]; k < model.into.start[v + 1]; k++) {
            const i = model.into.at[k];
            if (model.linkShown[i]) {
                visit(i, model.from[i], false);
            }
        }
    };
    const flows = (i) => data.linkKinds[model.linkKind[i]].flow;

    /* Suppliers of suppliers (up) or customers of customers: steps from v by node, −1 where none. */
    model.chain = function (v, up) {
        const steps = new Int32Array(nodeCount).fill(-1);
        const queue = [v];
        steps[v] = 0;
        for (let head = 0; head < queue.length; head++) {
            const at = queue[head];
            model.links(at, (i, other, leaves) => {
                if (flows(i) && leaves !== up && steps[other] < 0) {
                    steps[other] = steps[at] + 1;
                    queue.push(other);
                }
            });
        }
        return { steps, nodes: queue };
    };

    /* A shortest way: along supplies where there is one, else along any links. */
    model.path = function (from, to) {
        return walk(from, to, (i, leaves) => flows(i) && leaves) || walk(from, to, () => true);
    };
    function walk(from, to, may) {
        const came = new Int32Array(nodeCount).fill(-1);
        const queue = [from];
        came[from] = linkCount;
        for (let head = 0; head < queue.length && came[to] < 0; head++) {
            model.links(queue[head], (i, other, leaves) => {
                if (came[other] < 0 && may(i, leaves)) {
                    came[other] = i;
                    queue.push(other);
                }
            });
        }
        if (came[to] < 0) {
            return null;
        }
        const links = [];
        const nodes = [to];
        for (let v = to; v !== from;) {
            const i = came[v];
            links.unshift(i);
            v = model.from[i] === v ? model.to[i] : model.from[i];
            nodes.unshift(v);
        }
        return { nodes, links };
    }

    /* Nodes that answer a query, those whose name begins with it first. */
    model.search = function (query, limit) {
        const wanted = fold(query.trim());
        if (!wanted) {
            return [];
        }
        const begins = [];
        const holds = [];
        for (let v = 0; v < nodeCount && begins.length < limit; v++) {
            const at = model.folded[v].indexOf(wanted);
            if (at === 0 || (at > 0 && model.folded[v][at - 1] === " ")) {
                begins.push(v);
            } else if (at > 0 && holds.length < limit) {
                holds.push(v);
            }
        }
        return begins.concat(holds).slice(0, limit);
    };
    return model;
};
