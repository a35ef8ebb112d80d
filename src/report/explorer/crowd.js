/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thousands of nodes and links as pixels: squares and lines are written straight into an image, which is put onto the canvas at once. Without a
 * GPU a canvas takes a second for 50,000 shapes; this takes a few hundredths. The picture is that of paint.js without outlines and labels.
 * Links beyond a number are thinned evenly.
 */
"use strict";

coopnet.crowd = function (model) {
    const LINKS = 60000;
    const MOVING_LINKS = 12000;
    const sx = new Float32Array(model.nodeCount);
    const sy = new Float32Array(model.nodeCount);
    const inside = new Uint8Array(model.nodeCount);
    let image = null;
    let pixels = null;

    /* Screen coordinates of all; how many are in the window. */
    function project(transform, box) {
        const { x, y, k } = transform;
        let count = 0;
        for (let v = 0; v < model.nodeCount; v++) {
            const px = sx[v] = model.x[v] * k + x;
            const py = sy[v] = model.y[v] * k + y;
            const seen = model.nodeShown[v] && px > -20 && px < box.width + 20 && py > -20 && py < box.height + 20;
            inside[v] = seen ? 1 : 0;
            count += inside[v];
        }
        return count;
    }
    /* "#rrggbb" as red, green, blue. */
    const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0);

    function line(ax, ay, bx, by, [red, green, blue], share) {
        const width = image.width;
        const height = image.height;
        const dx = bx - ax;
        const dy = by - ay;
        let from = 0;
        let to = 1;
        /* the part inside the window: Liang and Barsky 1984, side by side, as this runs for every link */
        if ((dx === 0 && (ax < 0 || ax > width - 1)) || (dy === 0 && (ay < 0 || ay > height - 1))) {
            return;
        }
        if (dx !== 0) {
            const left = -ax / dx;
            const right = (width - 1 - ax) / dx;
            from = Math.max(from, Math.min(left, right));
            to = Math.min(to, Math.max(left, right));
        }
        if (dy !== 0) {
            const top = -ay / dy;
            const bottom = (height - 1 - ay) / dy;
            from = Math.max(from, Math.min(top, bottom));
            to = Math.min(to, Math.max(top, bottom));
        }
        if (from >= to) {
            return;
        }
        const steps = Math.max(1, Math.round(Math.max(Math.abs(dx), Math.abs(dy)) * (to - from)));
        const part = Math.round(256 * share);
        let x = ax + from * dx;
        let y = ay + from * dy;
        const stepX = dx * (to - from) / steps;
        const stepY = dy * (to - from) / steps;
        for (let i = 0; i <= steps; i++, x += stepX, y += stepY) {
            const at = 4 * ((y | 0) * width + (x | 0));
            pixels[at] += ((red - pixels[at]) * part) >> 8;
            pixels[at + 1] += ((green - pixels[at + 1]) * part) >> 8;
            pixels[at + 2] += ((blue - pixels[at + 2]) * part) >> 8;
        }
    }
    function square(x, y, r, [red, green, blue], part) {
        const left = Math.max(0, Math.round(x - r));
        const right = Math.min(image.width, Math.max(left + 1, Math.round(x + r)));
        const top = Math.max(0, Math.round(y - r));
        const bottom = Math.min(image.height, Math.max(top + 1, Math.round(y + r)));
        for (let py = top; py < bottom; py++) {
            for (let at = 4 * (py * image.width + left), end = 4 * (py * image.width + right); at < end; at += 4) {
                pixels[at] += ((red - pixels[at]) * part) >> 8;
                pixels[at + 1] += ((green - pixels[at + 1]) * part) >> 8;
                pixels[at + 2] += ((blue - pixels[at + 2]) * part) >> 8;
            }
        }
    }
    function blank(context, paper) {
        const { width, height } = context.canvas;
        if (!image || image.width !== width || image.height !== height) {
            image = context.createImageData(width, height);
            pixels = image.data;
        }
        const [red, green, blue] = channels(paper);
        new Uint32Array(pixels.buffer).fill((255 << 24 | blue << 16 | green << 8 | red) >>> 0); /* little-endian, as all that run browsers are */
    }
    /* After project(). `radius` gives that of a node; dim: something else will be lit above it. */
    function paint(context, paint, radius, dim, moving, ratio) {
        const step = Math.max(1, Math.ceil(model.linkCount / (moving ? MOVING_LINKS : LINKS)));
        const lines = paint.links.map(channels);
        const marks = paint.kinds.map(channels);
        blank(context, paint.paper);
        for (let i = 0; i < model.linkCount; i += step) {
            const a = model.from[i];
            const b = model.to[i];
            if (model.linkShown[i] && (inside[a] || inside[b])) {
                line(sx[a] * ratio, sy[a] * ratio, sx[b] * ratio, sy[b] * ratio, lines[model.linkKind[i]], dim ? 0.04 : 0.16);
            }
        }
        for (let v = 0; v < model.nodeCount; v++) {
            if (inside[v]) {
                square(sx[v] * ratio, sy[v] * ratio, 0.8 * radius(v) * ratio, marks[model.kind[v]], dim ? 70 : 256);
            }
        }
        context.putImageData(image, 0, 0);
    }
    return { project, paint, sx, sy, inside };
};
