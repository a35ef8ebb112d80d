#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes font_widths.inc: advance widths of Liberation Sans Regular and Bold (metric-compatible with Arial).

Run by hand when a range is added (needs python3-fonttools and fonts-liberation); the build uses the file it wrote:
    python3 src/render/make_font_widths.py > src/render/font_widths.inc
"""
from fontTools.ttLib import TTFont

FOLDER = "/usr/share/fonts/truetype/liberation/"
RANGES = [  # first, last code point
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x370, 0x3FF), (0x400, 0x4FF), (0x2010, 0x2026), (0x2030, 0x203A),
    (0x20A0, 0x20BF), (0x2113, 0x2122), (0x2190, 0x2199), (0x2202, 0x2265),
]
fonts = [TTFont(FOLDER + "LiberationSans-%s.ttf" % face) for face in ("Regular", "Bold")]
assert all(font["head"].unitsPerEm == 2048 for font in fonts)

print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Made by make_font_widths.py: advance widths of Liberation Sans in 1/2048 em; 0 is a glyph the font lacks. */")
print("static const struct {\n    uint32_t first, last, start;\n} ranges[] = {")
start = 0
for first, last in RANGES:
    print("    {0x%X, 0x%X, %d}," % (first, last, start))
    start += last - first + 1
print("};")
for name, font in zip(("regular", "bold"), fonts):
    cmap, hmtx = font.getBestCmap(), font["hmtx"]
    widths = [hmtx[cmap[code]][0] if code in cmap else 0 for first, last in RANGES for code in range(first, last + 1)]
    print("static const uint16_t %s_widths[] = {" % name)
    for at in range(0, len(widths), 20):
        print("    " + ", ".join(map(str, widths[at:at + 20])) + ",")
    print("};")
