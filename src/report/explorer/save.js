/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes home what is seen: SVG, PNG, CSV. Every text is escaped for the form it goes into. */
"use strict";

coopnet.saver = function (model, words, painter) {
    const { data } = model;
    const escape = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd")
        .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

    function download(blob, name) {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name;
        document.body.append(link);
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
    function outline(steps, node) {
        const n = (value) => +value.toFixed(1);
        if (steps[0][0] === "arc") {
            const r = n(steps[0][1]);
            return `M${n(node.x - r)} ${n(node.y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
        }
        return steps.map(([verb, a, b]) => (verb === "move" ? "M" : "L") + n(node.x + a) + " " + n(node.y + b)).join("") + "z";
    }
    function svgText(labels, paint) {
        return labels.map((item) => `<text x="${item.x.toFixed(1)}" y="${item.y.toFixed(1)}" fill="${paint.ink}" stroke="${paint.paper}" `
            + `stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escape(item.text)}</text>`).join("\n");
    }
    function networkSvg(seen, paint) {
        const lines = seen.links.map((link) => {
            const kind = data.linkKinds[model.linkKind[link.i]];
            const dash = kind.dash ? ` stroke-dasharray="${kind.dash.join(" ")}"` : "";
            return `<path d="M${link.ax.toFixed(1)} ${link.ay.toFixed(1)}L${link.bx.toFixed(1)} ${link.by.toFixed(1)}" fill="none" `
                + `stroke="${link.lit ? paint.lit : paint.links[model.linkKind[link.i]]}" stroke-width="${link.lit ? 2 : 1}" `
                + `opacity="${link.dim ? 0.1 : 0.7}"${dash}/>`;
        });
        const marks = seen.nodes.map((node) => `<path d="${outline(painter.outlines[model.kind[node.v]](node.r), node)}" `
            + `fill="${paint.kinds[model.kind[node.v]]}" stroke="${paint.paper}" opacity="${node.lit ? 1 : 0.2}">`
            + `<title>${escape(data.nodes.name[node.v])}</title></path>`);
        return [...lines, ...marks, svgText(seen.labels, paint)].join("\n");
    }
    function mapSvg(seen, paint) {
        const lines = seen.flows.map((flow) => `<path d="M${flow.a.x.toFixed(1)} ${flow.a.y.toFixed(1)}L${flow.b.x.toFixed(1)} ${flow.b.y.toFixed(1)}" `
            + `stroke="${paint.quiet}" stroke-width="${flow.width.toFixed(1)}" opacity="0.35"/>`);
        const discs = seen.discs.map((disc) => `<circle cx="${disc.x.toFixed(1)}" cy="${disc.y.toFixed(1)}" r="${disc.r.toFixed(1)}" `
            + `fill="${data.groups[disc.g].declared ? paint.kinds[data.clusterKind] : paint.kinds[data.firmKind]}" stroke="${paint.paper}">`
            + `<title>${escape(data.groups[disc.g].name)}</title></circle>`);
        return [...lines, ...discs, svgText(seen.labels, paint)].join("\n");
    }
    function svg(canvas, seen, title) {
        const paint = painter.colours();
        const box = canvas.getBoundingClientRect();
        return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.round(box.width)} ${Math.round(box.height)}" `
            + `font-family="Liberation Sans, Arial, sans-serif" font-size="${painter.FONT}" text-anchor="middle">\n`
            + `<title>${escape(title)}</title>\n<rect width="100%" height="100%" fill="${paint.paper}"/>\n${seen.discs ? mapSvg(seen, paint) : networkSvg(seen, paint)}\n</svg>\n`;
    }

    /* A spreadsheet must not take a name for a formula. */
    function cell(value) {
        const text = value === null || value === undefined || Number.isNaN(value) ? "" : String(value);
        const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
        return /[",\n\r;]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
    }
    const table = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

    function nodesCsv() {
        const head = ["id", words.say("column_name"), words.say("column_kind")].concat(data.metrics.slice(1).map((metric) => metric.name));
        const rows = [head];
        for (let v = 0; v < model.nodeCount; v++) {
            if (model.nodeShown[v]) {
                rows.push([data.nodes.id[v], data.nodes.name[v], data.kinds[model.kind[v]].name]
                    .concat(data.metrics.slice(1).map((metric) => metric.values[v])));
            }
        }
        return table(rows);
    }
    function linksCsv() {
        const rows = [["from", words.say("column_from"), "to", words.say("column_to"), words.say("column_kind"), words.say("column_value")]];
        for (let i = 0; i < model.linkCount; i++) {
            if (model.linkShown[i]) {
                rows.push([data.nodes.id[model.from[i]], data.nodes.name[model.from[i]], data.nodes.id[model.to[i]],
                    data.nodes.name[model.to[i]], data.linkKinds[model.linkKind[i]].name, model.value[i]]);
            }
        }
        return table(rows);
    }
    return {
        svg: (canvas, seen, title) => download(new Blob([svg(canvas, seen, title)], { type: "image/svg+xml" }), "coopnet.svg"),
        png: (canvas) => canvas.toBlob((blob) => download(blob, "coopnet.png"), "image/png"),
        csv: () => {
            download(new Blob([nodesCsv()], { type: "text/csv" }), "coopnet-organisations.csv");
            download(new Blob([linksCsv()], { type: "text/csv" }), "coopnet-links.csv");
        },
        svgText: svg,
        nodesCsv,
        linksCsv,
    };
};
