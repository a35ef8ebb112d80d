# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through reports as a reader does. Usage: report.py PAGE_DIR PICTURE_DIR; PAGE_DIR has electro.html, cluster.html, akit.html, hostile.html, large.html."""
import os
import sys

from chrome import Chrome, Failed

pages, pictures = sys.argv[1:3]
passed = failed = 0


def check(name, ok, seen=""):
    global passed, failed
    if ok:
        passed += 1
        print("ok " + name)
    else:
        failed += 1
        print("FAILED %s\n  seen: %s" % (name, str(seen)[:400]))


def page(name):
    return os.path.join(pages, name + ".html")


def picture(browser, name, whole=False):
    browser.picture(os.path.join(pictures, name + ".png"), whole)


def state(browser):
    return browser.run("(() => { const s = coopnet.running.state(); return {selected: s.selected, from: s.from, to: s.to, chain: s.chain, date: s.date, size: s.size, map: s.map, cluster: s.cluster}; })()")


def node(browser, id_):
    """Where a node is in the window."""
    return browser.run("""(() => { const {model, canvas, transform} = coopnet.running; const v = model.data.nodes.id.indexOf(%r);
        const b = canvas.getBoundingClientRect(); const t = transform(); return [b.left + model.x[v] * t.k + t.x, b.top + model.y[v] * t.k + t.y, v]; })()""" % id_)


def part(browser, name, what="textContent"):
    return browser.run("document.querySelector(\"[data-part='%s']\").%s" % (name, what))


def show_explorer(browser):
    browser.run("document.getElementById('explorer').scrollIntoView({behavior: 'instant'})")
    browser.settle()


def opens(browser):
    browser.open(page("electro"))
    check("chapters are listed and their links lead somewhere",
          browser.run("[...document.querySelectorAll('nav a')].every((a) => document.querySelector(a.getAttribute('href')))"))
    check("every picture has loaded", browser.run("[...document.images].length > 2 && [...document.images].every((i) => i.naturalWidth > 0)"))
    check("no picture without a description", browser.run("[...document.images].every((i) => i.alt.length > 5)"))
    check("headings go down without gaps", browser.run("""[...document.querySelectorAll('h1,h2,h3')].map((h) => +h.tagName[1])
        .every((level, i, all) => i === 0 ? level === 1 : level <= all[i - 1] + 1)"""))
    check("nothing is wider than the window", browser.run("document.documentElement.scrollWidth <= innerWidth"), browser.run("document.documentElement.scrollWidth"))
    check("every link inside the page leads somewhere", browser.run("""[...document.querySelectorAll("a[href^='#']")].filter((a) => !a.hash.includes("="))
        .every((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))))"""))
    check("key figures lead to their rows", browser.run("document.querySelectorAll('.facts a.rows').length") > 5)
    check("sentences too", browser.run("document.querySelectorAll('p a.rows').length") > 8)
    picture(browser, "electro-page", True)
    for chapter in browser.run("[...document.querySelectorAll('h2')].map((h) => h.id)"):
        browser.run("document.getElementById(%s).scrollIntoView({behavior: 'instant'})" % json_text(chapter))
        browser.settle()
        picture(browser, "chapter-" + chapter)


def sorts(browser):
    browser.run("document.querySelector('#table-central th:nth-child(3) [role=button]').click()")
    values = browser.run("[...document.querySelectorAll('#table-central tbody tr')].map((r) => Number(r.cells[2].dataset.v))")
    check("a click sorts by numbers", values in (sorted(values), sorted(values, reverse=True)) and len(set(values)) > 2, values)
    check("and says so", browser.run("document.querySelector('#table-central th:nth-child(3)').hasAttribute('aria-sort')"))


def searches(browser):
    show_explorer(browser)
    browser.run("document.querySelector(\"[data-part='search']\").focus()")
    browser.type("катанка")
    check("search as you type finds by a part of the name", browser.run("document.querySelectorAll('#found li').length") >= 1, part(browser, "found"))
    browser.key("ArrowDown", 40)
    browser.key("Enter", 13)
    check("enter opens the card", state(browser)["selected"] >= 0 and len(part(browser, "card")) > 40, part(browser, "card"))
    check("the address remembers it", "org=" in browser.run("location.hash"), browser.run("location.hash"))
    picture(browser, "electro-card")


def clicks(browser):
    browser.run("coopnet.running.act.select(-1)")
    browser.key("0")
    browser.run("document.querySelector('#explorer canvas').focus()")
    browser.run("new Promise((done) => setTimeout(done, 500))")
    x, y, v = node(browser, "etz")
    browser.click(x, y)
    check("a click on a node opens its card", state(browser)["selected"] == v, state(browser))
    check("the card names suppliers with money", "₽" in part(browser, "card"), part(browser, "card"))
    browser.run("[...document.querySelectorAll(\"[data-part='card'] .buttons button\")][0].click()")
    check("the chain upstream lights up", state(browser)["chain"] == "up" and browser.run("coopnet.running.model.chain(%d, true).nodes.length" % v) > 10)
    browser.settle()
    picture(browser, "electro-chain")


def paths(browser):
    browser.run("coopnet.running.act.path(coopnet.running.model.data.nodes.id.indexOf('glinozem'), coopnet.running.model.data.nodes.id.indexOf('etz'))")
    browser.settle()
    ways = browser.run("coopnet.running.model.path(coopnet.running.state().from, coopnet.running.state().to).nodes.map((v) => coopnet.running.model.data.nodes.id[v])")
    check("the path between two goes along supplies", ways in (["glinozem", "izol", "etz"], ["glinozem", "vvod", "etz"]), ways)
    hash_ = browser.run("location.hash")
    browser.open(page("electro"), hash_)
    check("the address brings the path back", state(browser)["from"] >= 0 and state(browser)["to"] >= 0, hash_)
    browser.run("coopnet.running.act.path(-1, -1)")


def filters(browser):
    everything = browser.run("coopnet.running.model.nodeShown.reduce((a, b) => a + b)")
    browser.run("document.querySelector(\"[data-part='kinds'] input\").click()")
    fewer = browser.run("coopnet.running.model.nodeShown.reduce((a, b) => a + b)")
    check("a kind can be hidden", 0 < fewer < everything, (fewer, everything))
    check("what is left is told", str(fewer) in part(browser, "shown"), part(browser, "shown"))
    browser.run("document.querySelector(\"[data-part='kinds'] input\").click()")
    before = browser.run("coopnet.running.model.linkShown.reduce((a, b) => a + b)")
    browser.run("(() => { const d = document.querySelector(\"[data-part='date']\"); d.value = d.min; d.dispatchEvent(new Event('input')); })()")
    early = browser.run("coopnet.running.model.linkShown.reduce((a, b) => a + b)")
    check("the slider leaves what was valid then", early < before and state(browser)["date"] is not None, (early, before))
    browser.run("document.querySelector(\"[data-part='date-all']\").click()")
    browser.run("(() => { const s = document.querySelector(\"[data-part='size']\"); s.value = 1; s.onchange(); })()")
    check("sizes follow a metric", state(browser)["size"] == 1)
    browser.settle()
    picture(browser, "electro-sizes")


def exports(browser):
    svg = browser.run("coopnet.running.saver.svgText(coopnet.running.canvas, coopnet.running.seen(), 'A & B')")
    ok = browser.run("new DOMParser().parseFromString(%s, 'image/svg+xml').querySelector('parsererror') === null" % json_text(svg))
    check("the SVG of what is seen is well-formed", ok and svg.count("<text") > 5, svg[:200])
    rows = browser.run("coopnet.running.saver.nodesCsv()").split("\r\n")
    check("the CSV has a row for each organisation shown", len(rows) - 2 == browser.run("coopnet.running.model.nodeShown.reduce((a, b) => a + b)"), len(rows))


def json_text(text):
    import json
    return json.dumps(text)


def keyboard(browser):
    browser.run("coopnet.running.act.select(coopnet.running.model.data.nodes.id.indexOf('etz'))")
    browser.run("document.querySelector('#explorer canvas').focus()")
    start = state(browser)["selected"]
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        browser.key(key, 37, shift=True)
    check("shift and an arrow walk to a neighbour", state(browser)["selected"] != start)
    before = browser.run("coopnet.running.transform().k")
    browser.key("+", 187)
    check("plus zooms in", browser.run("coopnet.running.transform().k") > before)
    before = browser.run("coopnet.running.transform().x")
    browser.key("ArrowLeft", 37)
    check("arrows move", browser.run("coopnet.running.transform().x") != before)
    browser.key("/", 191)
    check("slash goes to the search", browser.run("document.activeElement.dataset.part") == "search")
    browser.run("document.querySelector('#explorer canvas').focus()")
    browser.key("Escape", 27)
    check("escape closes the card", state(browser)["selected"] == -1, state(browser))
    check("a reader of the screen is told what is chosen", part(browser, "status", "getAttribute('role')") == "status")


def touches(browser):
    browser.call("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=5)
    browser.open(page("electro"))
    show_explorer(browser)
    x, y, v = node(browser, "etz")
    before = browser.run("coopnet.running.transform().k")
    for kind, gap in (("touchStart", 40), ("touchMove", 60), ("touchMove", 90), ("touchMove", 120), ("touchEnd", None)):
        points = [] if gap is None else [{"x": x - gap, "y": y, "id": 0}, {"x": x + gap, "y": y, "id": 1}]
        browser.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    browser.settle()
    check("two fingers zoom", browser.run("coopnet.running.transform().k") > 1.2 * before, (before, browser.run("coopnet.running.transform().k")))
    x, y, v = node(browser, "etz")
    browser.run("coopnet.running.act.select(-1)")
    browser.run("new Promise((done) => setTimeout(done, 600))")
    browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
    browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    browser.run("new Promise((done) => setTimeout(done, 600))")
    check("a finger opens a card", state(browser)["selected"] == v, state(browser))
    browser.run("coopnet.running.act.select(-1)")
    browser.call("Emulation.setTouchEmulationEnabled", enabled=False)


def sizes(browser):
    count = browser.run("coopnet.running.model.data.metrics.length")
    check("sizes by sums, links, output and positions", count >= 6, count)
    radii = []
    for metric in range(count):
        browser.run("(() => { const s = document.querySelector(\"[data-part='size']\"); s.value = %d; s.onchange(); })()" % metric)
        browser.settle()
        radii.append(browser.run("coopnet.running.seen().nodes.map((n) => n.r).join()"))
    check("each gives another picture", len(set(radii)) == count, count)


def cluster(browser):
    browser.open(page("cluster"))
    check("the report of a cluster has chapters", browser.run("document.querySelectorAll('h2').length") > 8)
    picture(browser, "cluster-page", True)


def prints(browser):
    target = os.path.join(pictures, "electro.pdf")
    browser.pdf(target)
    check("it prints", os.path.getsize(target) > 20000)


def hostile(browser):
    browser.open(page("hostile"))
    check("hostile names run nothing", browser.run("window.hacked === undefined"))
    check("and make no elements", browser.run("document.querySelectorAll('img[src=x], body script:not(#coopnet-data):not(:last-of-type), b.hostile').length") == 0)
    browser.run("coopnet.running.act.select(coopnet.running.model.data.nodes.name.findIndex((n) => n.includes('<img')))")
    check("a hostile name stands in its card as it is", "<img src=x" in part(browser, "card"), part(browser, "card"))
    browser.settle()
    picture(browser, "hostile")


def akit(browser):
    browser.size(1366, 768)
    browser.open(page("akit"))
    picture(browser, "akit-screen")
    show_explorer(browser)
    picture(browser, "akit-explorer")
    check("a click in a table leads to the explorer", browser.run("""(() => { const a = document.querySelector('#table-central a'); a.click(); return true; })()"""))
    browser.settle()
    check("and opens the card", state(browser)["selected"] >= 0, browser.run("location.hash"))


def large(browser):
    browser.open(page("large"))
    show_explorer(browser)
    nodes = browser.run("coopnet.running.model.nodeCount")
    check("a large network opens", nodes > 3000, nodes)
    check("on the map of its groups", state(browser)["map"] and part(browser, "card", "querySelectorAll('li button').length") > 3)
    picture(browser, "large")
    groups = browser.run("coopnet.running.model.data.groups.length")
    check("everybody is in one", browser.run("coopnet.running.model.group.every((g) => g >= 0 && g < %d)" % groups))
    check("no discs overlap", browser.run("""coopnet.running.model.data.groups.every((a, i, all) => all.slice(i + 1)
        .every((b) => Math.hypot(a.x - b.x, a.y - b.y) > 0.97 * (a.r + b.r)))"""))
    check("members stand inside their disc", browser.run("""(() => { const m = coopnet.running.model; return m.group.every((g, v) => Math.hypot(m.x[v] - m.data.groups[g].x,
        m.y[v] - m.data.groups[g].y) <= m.data.groups[g].r + 2); })()"""))
    disc = browser.run("""(() => { const r = coopnet.running; const g = r.model.data.groups[0]; const t = r.transform(); const b = r.canvas.getBoundingClientRect();
        return [b.left + g.x * t.k + t.x, b.top + g.y * t.k + t.y]; })()""")
    for _ in range(12):
        browser.wheel(disc[0], disc[1], -400)
    browser.run("new Promise((done) => setTimeout(done, 500))")
    browser.settle()
    check("zooming into a disc opens it", not state(browser)["map"], browser.run("coopnet.running.transform().k"))
    picture(browser, "large-inside")
    for _ in range(16):
        browser.wheel(disc[0], disc[1], 400)
    browser.run("new Promise((done) => setTimeout(done, 500))")
    check("zooming out brings the map back", state(browser)["map"])
    browser.run("document.querySelector(\"[data-part='card'] li button\").click()")
    browser.run("new Promise((done) => setTimeout(done, 600))")
    check("the list beside it opens a group without a pointer", state(browser)["cluster"] >= 0 and not state(browser)["map"], state(browser))
    check("the rest is not shown", browser.run("coopnet.running.model.nodeShown.reduce((a, b) => a + b)") < nodes / 2)
    picture(browser, "large-group")
    browser.run("coopnet.running.act.cluster(-1)")
    browser.run("new Promise((done) => setTimeout(done, 600))")
    browser.settle()
    bounds = browser.run("(() => { const b = coopnet.running.canvas.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()")
    before = browser.run("coopnet.running.transform().k")
    browser.wheel(bounds[0], bounds[1], -300)
    browser.run("new Promise((done) => setTimeout(done, 300))")
    check("the wheel zooms", browser.run("coopnet.running.transform().k") > before)
    picture(browser, "large-near")
    lit_while_moving(browser)


def lit_while_moving(browser):
    """All that is lit is painted while the picture moves: its colour along every lit link that is long enough to be seen, but for what lies beneath nodes."""
    lit, dark = browser.run("""(() => { const r = coopnet.running; const m = r.model;
        r.act.cluster(-1);
        const count = (v) => { let n = 0; m.links(v, () => { n++; }); return n; };
        let hub = 0; for (let v = 0; v < m.nodeCount; v++) { hub = count(v) > count(hub) ? v : hub; }
        r.act.select(hub); r.home();
        r.timed(true);
        const ratio = r.canvas.width / r.canvas.clientWidth; const t = r.transform();
        const copy = new OffscreenCanvas(r.canvas.width, r.canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(r.canvas, 0, 0);
        const data = copy.getImageData(0, 0, r.canvas.width, r.canvas.height).data;
        const colour = getComputedStyle(document.documentElement).getPropertyValue("--lit").trim();
        const rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
        const at = (v) => [(m.x[v] * t.k + t.x) * ratio, (m.y[v] * t.k + t.y) * ratio];
        const shines = (x, y) => [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => rgb.every((c, k) =>
            Math.abs(data[4 * ((Math.floor(y) + dy) * r.canvas.width + Math.floor(x) + dx) + k] - c) < 40)));
        const discs = [at(hub)]; m.links(hub, (i, other) => { discs.push(at(other)); });
        let lit = 0; const dark = [];
        m.links(hub, (i, other) => {
            const [ax, ay] = at(hub); const [bx, by] = at(other);
            if (Math.hypot(bx - ax, by - ay) < 40) { return; }
            lit++;
            const points = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].map((p) => [ax + p * (bx - ax), ay + p * (by - ay)]);
            if (!points.every(([x, y]) => shines(x, y) || discs.some(([dx, dy]) => Math.hypot(dx - x, dy - y) < 9 * ratio))) { dark.push(i); }
        });
        return [lit, dark.length]; })()""")
    check("the largest hub has enough links to be painted as a crowd", lit > 220, lit)
    check("while the picture moves, all that is lit shines", dark == 0, (lit, dark))
    picture(browser, "large-lit-moving")


def dark(browser):
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    browser.open(page("electro"))
    show_explorer(browser)
    picture(browser, "electro-dark")
    check("a dark screen gets a dark page", browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)")
    browser.call("Emulation.setEmulatedMedia", features=[])


def main():
    browser = Chrome()
    try:
        for step in (opens, sorts, searches, clicks, paths, filters, exports, keyboard, touches, sizes, prints, cluster, hostile, akit, large, dark):
            try:
                step(browser)
            except Failed as trouble:
                check(step.__name__, False, trouble)
            said = browser.complaints()
            check(step.__name__ + ": the browser complains of nothing", not said, said)
            browser.events = []
    finally:
        browser.close()
    print("cases: %d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
