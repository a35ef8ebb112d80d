/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thousands of nodes and links as pixels: squares and lines are written straight into an image, which is put onto the canvas at once. Without a
 * GPU a canvas takes a second for 50,000 shapes; this takes a few hundredths. The picture is that of paint.js without outlines and labels.
 * Links beyond a number are thinned evenly; what is lit is always whole.
 *
 * A pixel is one number, 0xAABBGGRR, and moves `part` of 256 towards a colour: red and blue in one multiplication, green in another.
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
    /* "#rrggbb" as a pixel. Little-endian, as all that run browsers are. */
    function pixel(colour) {
        const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) || 0);
        return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
    }
    /* What a colour brings along when it is mixed in by `part`: red and blue, green, and the part of the paper. */
    const mixture = (colour, part) => ({ rb: Math.imul(colour & 0xff00ff, part), g: Math.imul(colour & 0xff00, part), rest: 256 - part, colour });

    function line(ax, ay, bx, by, { rb, g, rest }) {
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
        let x = ax + from * dx;
        let y = ay + from * dy;
        const stepX = dx * (to - from) / steps;
        const stepY = dy * (to - from) / steps;
        for (let i = 0; i <= steps; i++, x += stepX, y += stepY) {
            const at = (y | 0) * width + (x | 0);
            const was = pixels[at];
            pixels[at] = 0xff000000 | ((Math.imul(was & 0xff00ff, rest) + rb) >>> 8 & 0xff00ff) | ((Math.imul(was & 0xff00, rest) + g) >>> 8 & 0xff00);
        }
    }
    function square(x, y, r, { rb, g, rest, colour }) {
        const left = Math.max(0, Math.round(x - r));
        const right = Math.min(image.width, Math.max(left + 1, Math.round(x + r)));
        const top = Math.max(0, Math.round(y - r));
        const bottom = Math.min(image.height, Math.max(top + 1, Math.round(y + r)));
        for (let py = top; py < bottom; py++) {
            for (let at = py * image.width + left, end = py * image.width + right; at < end; at++) {
                const was = pixels[at];
                pixels[at] = rest === 0 ? colour
                    : 0xff000000 | ((Math.imul(was & 0xff00ff, rest) + rb) >>> 8 & 0xff00ff) | ((Math.imul(was & 0xff00, rest) + g) >>> 8 & 0xff00);
            }
        }
    }
    function disc(x, y, r, colour) {
        for (let py = Math.max(0, Math.ceil(y - r)); py <= Math.min(image.height - 1, y + r); py++) {
            const half = Math.sqrt(r * r - (py - y) * (py - y));
            const left = Math.max(0, Math.ceil(x - half));
            const right = Math.min(image.width - 1, Math.floor(x + half));
            if (left <= right) {
                pixels.fill(colour, py * image.width + left, py * image.width + right + 1);
            }
        }
    }
    function blank(context, paper) {
        const { width, height } = context.canvas;
        if (!image || image.width !== width || image.height !== height) {
            image = context.createImageData(width, height);
            pixels = new Uint32Array(image.data.buffer);
        }
        pixels.fill(pixel(paper));
    }
    /* All links of what is lit, two pixels wide, and its nodes with a rim. */
    function light(paint, lit, radius, ratio) {
        const bright = mixture(pixel(paint.lit), 256);
        const paper = pixel(paint.paper);
        const marks = paint.kinds.map(pixel);
        const wide = Math.max(2, Math.round(2 * ratio));
        for (const i of lit.links) {
            const [ax, ay, bx, by] = [sx[model.from[i]] * ratio, sy[model.from[i]] * ratio, sx[model.to[i]] * ratio, sy[model.to[i]] * ratio];
            const flat = Math.abs(bx - ax) > Math.abs(by - ay);
            for (let n = 0; n < wide; n++) {
                const [x, y] = flat ? [0, n - wide / 2 + 0.5] : [n - wide / 2 + 0.5, 0];
                line(ax + x, ay + y, bx + x, by + y, bright);
            }
        }
        for (const v of lit.nodes) {
            if (inside[v]) {
                disc(sx[v] * ratio, sy[v] * ratio, radius(v) * ratio + 0.5, paper);
                disc(sx[v] * ratio, sy[v] * ratio, radius(v) * ratio - 0.5, marks[model.kind[v]]);
            }
        }
    }
    /* After project(). `radius` gives that of a node; dim: something else is lit above it, here (`lit`) or later by the canvas. */
    function paint(context, paint, radius, { dim, lit, moving, ratio }) {
        const step = Math.max(1, Math.ceil(model.linkCount / (moving ? MOVING_LINKS : LINKS)));
        const lines = paint.links.map((colour) => mixture(pixel(colour), Math.round(256 * (dim ? 0.04 : 0.16))));
        const marks = paint.kinds.map((colour) => mixture(pixel(colour), dim ? 70 : 256));
        blank(context, paint.paper);
        for (let i = 0; i < model.linkCount; i += step) {
            const a = model.from[i];
            const b = model.to[i];
            if (model.linkShown[i] && (inside[a] || inside[b])) {
                line(sx[a] * ratio, sy[a] * ratio, sx[b] * ratio, sy[b] * ratio, lines[model.linkKind[i]]);
            }
        }
        for (let v = 0; v < model.nodeCount; v++) {
            if (inside[v]) {
                square(sx[v] * ratio, sy[v] * ratio, 0.8 * radius(v) * ratio, marks[model.kind[v]]);
            }
        }
        if (lit) {
            light(paint, lit, radius, ratio);
        }
        context.putImageData(image, 0, 0);
    }
    return { project, paint, sx, sy, inside };
};
