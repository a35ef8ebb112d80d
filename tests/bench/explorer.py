# SPDX-License-Identifier: GPL-3.0-or-later
"""What a picture of the explorer costs: explorer.py [--write PICTURE_DIR] REPORT.html…  Milliseconds in a headless Chromium without a GPU, the
middle one of twenty; never a test. A frame budget of 50 ms is what keeps a picture under the hand."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "browser"))
from chrome import Chrome  # noqa: E402

BUDGET = 50
SCENES = (  # name, what brings it about
    ("map", "r.map(true); r.home()"),
    ("whole network", "r.map(false); r.home()"),
    ("zoomed in four times", "r.map(false); r.home(); (() => { const t = r.transform(); const b = r.canvas.getBoundingClientRect();"
     " r.zoomTo(b.width / 2 - 4 * (b.width / 2 - t.x), b.height / 2 - 4 * (b.height / 2 - t.y), 4 * t.k); })()"),
    ("one organisation lit", "r.map(false); r.home(); r.act.select(0)"),
)


def middle(browser, moving):
    return browser.run("(() => { const all = Array.from({length: 20}, () => coopnet.running.timed(%s)); return all.sort((a, b) => a - b)[10]; })()" % str(moving).lower())


def main(arguments):
    pictures = None
    if arguments[:1] == ["--write"]:
        pictures, arguments = arguments[1], arguments[2:]
    browser = Chrome(1366, 768)
    try:
        print("| page | MB | organisations | links | opens, ms | scene | moving, ms | still, ms |")
        print("| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |")
        for path in arguments:
            browser.open(path)
            opened = browser.run("performance.getEntriesByType('navigation')[0].loadEventEnd")
            browser.run("document.getElementById('explorer').scrollIntoView()")
            nodes, links, groups = browser.run("(() => { const m = coopnet.running.model; return [m.nodeCount, m.linkCount, m.data.groups.length]; })()")
            for name, script in SCENES:
                if name == "map" and groups < 2:
                    continue
                browser.run("(() => { const r = coopnet.running; %s; })()" % script)
                moving, still = middle(browser, True), middle(browser, False)
                print("| %s | %.1f | %d | %d | %.0f | %s | %.0f%s | %.0f |" % (os.path.basename(path), os.path.getsize(path) / 1e6, nodes, links, opened, name,
                                                                        moving, " (over the budget)" if moving > BUDGET else "", still))
                if pictures:
                    browser.picture(os.path.join(pictures, "%s-%s.png" % (os.path.basename(path), name.replace(" ", "-"))))
    finally:
        browser.close()


main(sys.argv[1:])
