# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads pictures back and says what is wrong with them; knows nothing of the program that drew them.

    picture.py LEAST FILE.svg ...

Geometry: everything inside the page, boxes apart, labels and legend off the boxes, no text smaller than LEAST points.
Contrast by WCAG 2.1: text on what lies under it 4.5:1, lines and frames on the sheet 3:1. Lines of different meaning differ in dash or
arrowhead, or else (for who has all or not all cones: matrices of Machado, Oliveira and Fernandes 2009, severity 1) by 10 of CIE76.
Structure: no style sheets, scripts, markers or transformations, unique ids, a title for what can be pointed at, fonts with a substitute.
"""
import re
import sys
import xml.etree.ElementTree as ET

SVG = '{http://www.w3.org/2000/svg}'
ALLOWED = {'svg', 'title', 'desc', 'g', 'rect', 'path', 'polygon', 'polyline', 'circle', 'text', 'image', 'a'}
VISION = {
    'normal': ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    'protanopia': ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    'deuteranopia': ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    'tritanopia': ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
wrong = []


def linear(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]


def luminance(colour):
    return sum(f * v for f, v in zip((0.2126, 0.7152, 0.0722), linear(colour)))


def contrast(a, b):
    x, y = luminance(a), luminance(b)
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)


def blend(colour, ground, opacity):
    mix = [round(int(colour[i:i + 2], 16) * opacity + int(ground[i:i + 2], 16) * (1 - opacity)) for i in (1, 3, 5)]
    return '#%02x%02x%02x' % tuple(mix)


def lab(colour, vision):
    r = [min(max(sum(m * v for m, v in zip(row, linear(colour))), 0), 1) for row in VISION[vision]]
    xyz = (0.4124 * r[0] + 0.3576 * r[1] + 0.1805 * r[2], 0.2126 * r[0] + 0.7152 * r[1] + 0.0722 * r[2],
           0.0193 * r[0] + 0.1192 * r[1] + 0.9505 * r[2])
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def apart(a, b):
    """The least distance of two colours over all kinds of vision."""
    return min(sum((x - y) ** 2 for x, y in zip(lab(a, v), lab(b, v))) ** 0.5 for v in VISION)


def numbers(text):
    return [float(n) for n in re.findall(r'-?\d+(?:\.\d+)?', text)]


def extent(e):
    """Left, top, right, bottom of a shape."""
    tag = e.tag.replace(SVG, '')
    get = lambda name: float(e.get(name, 0))
    if tag in ('rect', 'image'):
        return get('x'), get('y'), get('x') + get('width'), get('y') + get('height')
    if tag == 'circle':
        return get('cx') - get('r'), get('cy') - get('r'), get('cx') + get('r'), get('cy') + get('r')
    if tag == 'text':
        size = get('font-size')
        width = 0.4 * size * len(e.text or '')  # less than any words are wide
        left = get('x') - width * {'start': 0, 'middle': 0.5, 'end': 1}[e.get('text-anchor', 'start')]
        return left, get('y') - 0.7 * size, left + width, get('y') + 0.15 * size
    at = numbers(e.get('points') or e.get('d') or '')
    return (min(at[::2]), min(at[1::2]), max(at[::2]), max(at[1::2])) if at else None


def overlap(a, b, slack=0.05):
    return a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack


class Picture:
    def __init__(self, name, least):
        self.name, self.least = name, least
        self.root = ET.parse(name).getroot()
        self.width, self.height = numbers(self.root.get('viewBox'))[2:]
        self.paper = next(e for e in self.root if e.get('class') == 'paper').get('fill')

    def say(self, what):
        wrong.append('%s: %s' % (self.name, what))

    def groups(self, kind):
        return [g for g in self.root.iter(SVG + 'g') if (g.get('class') or '').split(' ')[0] == kind]

    def box(self, group):
        return extent(next(e for e in group if e.tag.replace(SVG, '') in ('rect', 'polygon', 'path')))

    def check_structure(self):
        ids = set()
        if self.root.get('role') != 'img' or 'sans-serif' not in self.root.get('font-family', ''):
            self.say('no role or no substitute for the font')
        for name in ('width', 'height'):
            stated = float(self.root.get(name).removesuffix('mm')) / 25.4 * 72
            if abs(stated - getattr(self, name)) > 0.05:
                self.say('%s is not what the view box says' % name)
        for e in self.root.iter():
            if e.tag.replace(SVG, '') not in ALLOWED:
                self.say('element %s' % e.tag)
            for name, value in e.attrib.items():
                if name.startswith('on') or name in ('style', 'transform', 'clip-path', 'filter', 'marker-end'):
                    self.say('attribute %s' % name)
                if 'href' in name and not value.startswith(('data:image/png;base64,', 'https://', 'http://')):
                    self.say('address %s' % value[:40])
            if e.get('id') in ids:
                self.say('id %s twice' % e.get('id'))
            ids.add(e.get('id') or id(e))
        for kind in ('node', 'link', 'group', 'point'):
            for g in self.groups(kind):
                if g.find(SVG + 'title') is None or not g.get('id'):
                    self.say('%s without title or id' % kind)

    def check_page(self):
        for e in self.root.iter():
            if e.tag.replace(SVG, '') in ('title', 'desc', 'svg', 'g', 'a'):
                continue
            at = extent(e)
            if at and (at[0] < -0.1 or at[1] < -0.1 or at[2] > self.width + 0.1 or at[3] > self.height + 0.1):
                self.say('off the page: %s %s' % (e.tag.replace(SVG, ''), (e.text or e.get('class') or '').strip()))
            if e.tag == SVG + 'text' and float(e.get('font-size')) < self.least - 0.01:
                self.say('text of %s points: %s' % (e.get('font-size'), e.text))

    def check_overlaps(self):
        boxes = [(g.find(SVG + 'title').text, self.box(g)) for g in self.groups('node')]
        others = [('label ' + (g.find(SVG + 'text').text or ''), self.box(g)) for g in self.groups('link-label')]
        others += [('legend', self.box(g)) for g in self.groups('legend')]
        others += [('title', extent(t)) for g in self.groups('heading') + self.groups('foot') for t in g.iter(SVG + 'text')]
        others += [('logo', extent(t)) for t in self.root.iter(SVG + 'image')]
        for i, (name, box) in enumerate(boxes):
            for other, at in boxes[:i] + others:
                if overlap(box, at):
                    self.say('%s and %s overlap' % (name, other))
        for i, (name, box) in enumerate(others):
            for other, at in others[:i]:
                if overlap(box, at, 0.5):
                    self.say('%s and %s overlap' % (name, other))

    def check_contrast(self):
        grounds = []  # what is filled, in the order of painting
        for e in self.root.iter():
            tag = e.tag.replace(SVG, '')
            if tag not in ('rect', 'polygon', 'path', 'polyline', 'circle', 'text'):
                continue
            if tag == 'text':
                at = extent(e)
                x, y = (at[0] + at[2]) / 2, (at[1] + at[3]) / 2
                under = [c for c, b in grounds if b[0] <= x <= b[2] and b[1] <= y <= b[3]]
                if under and contrast(e.get('fill'), under[-1]) < 4.5:
                    self.say('text %s on %s: %.2f: %s' % (e.get('fill'), under[-1],
                                                          contrast(e.get('fill'), under[-1]), e.text))
                continue
            at = extent(e)
            if e.get('fill', 'none') != 'none' and at:
                grounds.append((e.get('fill'), at))
        for kind in ('node', 'link', 'group'):
            for g in self.groups(kind):
                for e in g:
                    stroke = e.get('stroke', 'none')
                    opacity = float(e.get('stroke-opacity', 1))
                    if stroke == 'none' or opacity < 0.5:  # weak lines of a simplified drawing are a texture
                        continue
                    seen = contrast(blend(stroke, self.paper, opacity), self.paper)
                    inside = kind == 'node' and g.find(".//*[@class='bar']") is not None
                    if seen < (3 if opacity == 1 else 2) and not inside and not (g.get('class') or '').startswith('mark'):
                        self.say('%s %s on %s: %.2f' % (g.get('class'), stroke, self.paper, seen))

    def check_kinds(self):
        looks = {}
        for g in self.groups('link'):
            path = g.find(SVG + 'path')
            head = [e for e in g if e.tag.replace(SVG, '') in ('polygon', 'polyline', 'circle')]
            shape = tuple((e.tag, len(numbers(e.get('points', ''))), e.get('fill') == self.paper) for e in head)
            dash = tuple(numbers(path.get('stroke-dasharray', '')))
            planned = float(path.get('stroke-opacity', 1)) < 1
            if not planned:
                looks.setdefault(g.get('class'), (path.get('stroke'), dash, shape, float(path.get('stroke-width'))))
        names = sorted(looks)
        for i, a in enumerate(names):
            for b in names[:i]:
                same = looks[a][1:3] == looks[b][1:3] and abs(looks[a][3] - looks[b][3]) < 0.3
                if same and apart(looks[a][0], looks[b][0]) < 10:
                    self.say('%s and %s look alike' % (a, b))


def main():
    for name in sys.argv[2:]:
        picture = Picture(name, float(sys.argv[1]))
        for check in (picture.check_structure, picture.check_page, picture.check_overlaps, picture.check_contrast,
                      picture.check_kinds):
            check()
    for line in wrong[:60]:
        print(line)
    return 1 if wrong else 0


sys.exit(main())
