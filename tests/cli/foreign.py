#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of networkx and python-igraph for tests/cli/test_foreign.sh.

foreign.py write DIR          write graphs with odd names and attributes in every format of both, and beside each what it says
foreign.py compare WANT GOT   is the node-link JSON that coopnet made of a file what was written?
foreign.py back WANT FILE     is a file (or folder) that coopnet wrote of it read as what was written, by networkx, igraph, Graphviz, SQLite …?
foreign.py dates FILE JSON    has a GEXF file the days and colours of the node-link JSON?
foreign.py central FILE CSV   degree, betweenness and PageRank of a file that coopnet wrote, against coopnet's own, to 1e-9
"""
import csv
import html
import json
import math
import os
import sqlite3
import subprocess
import sys
import warnings
from xml.etree import ElementTree

import igraph
import networkx as nx

warnings.simplefilter("ignore")

NAMES = ["a", 'quote"s', "apos'trophe", "new\nline", "emoji \U0001F600", "end ]]> of", "Завод «Ё» №1", "tab\there",
         "amp & <b> &amp;", "back\\slash", " blank ", "=1+1", "2", "x" * 300]
PAIRS = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (9, 10), (10, 3), (11, 12), (12, 13), (0, 13), (6, 0)]


def attributes(i):
    return {"city": "Город «%d» <&>" % i, "size": 1.5 * i, "rank": i, "big": 10 ** 12 + i, "lat": -5.25 + i, "region": "Р%d" % i}


def edge_attributes(i):
    return {"weight": 1000.25 * (i + 1), "contract": "№ %d \"x\" & <y>" % i, "share": 0.0625 * (i % 16)}


def graph(directed, names=NAMES):
    g = nx.DiGraph() if directed else nx.Graph()
    for i, name in enumerate(names):
        g.add_node(name, **attributes(i))
    for i, (a, b) in enumerate(PAIRS):
        g.add_edge(names[a], names[b], **edge_attributes(i))
    return g


def expect(path, names, directed, node_keys=None, edge_keys=None, label=None):
    """What a reader must find; keys None: all attributes."""
    nodes = {}
    for i, name in enumerate(names):
        values = {k: v for k, v in attributes(i).items() if node_keys is None or k in node_keys}
        nodes[label[i] if label else name] = values
    edges = []
    key = label if label else names
    for i, (a, b) in enumerate(PAIRS):
        values = {k: v for k, v in edge_attributes(i).items() if edge_keys is None or k in edge_keys}
        edges.append([key[a], key[b], values])
    with open(path + ".want", "w") as out:
        json.dump({"directed": directed, "nodes": nodes, "edges": edges}, out)


def write(folder):
    for directed in (True, False):
        tag = folder + ("/directed_" if directed else "/undirected_")
        g = graph(directed)
        nx.write_graphml(g, tag + "nx.graphml")
        expect(tag + "nx.graphml", NAMES, directed)
        nx.write_graphml(g, tag + "nx16.graphml", encoding="utf-16")
        expect(tag + "nx16.graphml", NAMES, directed)
        for encoding in ("windows-1251", "iso-8859-1"):
            nx.write_graphml(g, tag + encoding + ".graphml", encoding=encoding)
            expect(tag + encoding + ".graphml", NAMES, directed)
        nx.write_gexf(g, tag + "nx.gexf")
        expect(tag + "nx.gexf", NAMES, directed)
        nx.write_gml(g, tag + "nx.gml")
        # Whole numbers beyond 32 bits are texts in its GML.
        expect(tag + "nx.gml", NAMES, directed, [k for k in attributes(0) if k != "big"])
        with open(tag + "nx_nodelink.json", "w") as out:
            json.dump(nx.node_link_data(g), out)
        expect(tag + "nx_nodelink.json", NAMES, directed)
        with open(tag + "nx.cyjs", "w") as out:
            json.dump(nx.cytoscape_data(g), out)
        expect(tag + "nx.cyjs", NAMES, directed)
        simple = ["n%d" % i for i in range(len(NAMES))]
        h = nx.relabel_nodes(g, dict(zip(NAMES, simple)))
        for node in h:
            h.nodes[node].clear()
        for _, _, data in h.edges(data=True):
            weight = data["weight"]
            data.clear()
            data["weight"] = weight
        nx.write_pajek(h, tag + "nx.net")
        expect(tag + "nx.net", simple, directed, [], ["weight"])

        ig = igraph.Graph(n=len(NAMES), edges=PAIRS, directed=directed)
        ig.vs["name"] = NAMES
        for key in attributes(0):
            ig.vs[key] = [attributes(i)[key] for i in range(len(NAMES))]
        for key in edge_attributes(0):
            ig.es[key] = [edge_attributes(i)[key] for i in range(len(PAIRS))]
        numbers = ["n%d" % i for i in range(len(NAMES))]
        ig.write_graphml(tag + "ig.graphml")
        expect(tag + "ig.graphml", NAMES, directed, label=numbers)
        plain = igraph.Graph(n=len(NAMES), edges=PAIRS, directed=directed)
        plain.vs["name"] = plain.vs["id"] = simple
        plain.es["weight"] = [edge_attributes(i)["weight"] for i in range(len(PAIRS))]
        plain.write_pajek(tag + "ig.net")
        expect(tag + "ig.net", simple, directed, [], ["weight"])
        plain.write_dot(tag + "ig.dot")
        expect(tag + "ig.dot", [str(i) for i in range(len(NAMES))], directed, [], ["weight"])
        del plain.vs["id"]
        plain.write_gml(tag + "ig.gml")
        expect(tag + "ig.gml", [str(i) for i in range(len(NAMES))], directed, [], ["weight"])
    with open(folder + "/directed_empty.graphml", "w") as out:
        out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id=""/>'
                  '<node id="b"/><edge source="" target="b"/></graph></graphml>')


def same(want, got, typed=True):
    """Equal; where the format has no types, a number may be its text."""
    if isinstance(want, (int, float)) and not isinstance(want, bool):
        if not typed and isinstance(got, str):
            try:
                got = float(got)
            except ValueError:
                return False
        return isinstance(got, (int, float)) and float(want) == float(got)
    return want == got


def load(path):
    with open(path) as file:
        return json.load(file)


def compare(want_path, got_path):
    got = load(got_path)
    return check(load(want_path), got["nodes"], got["links"])


def check(want, node_list, edge_list, typed=True):
    """Nodes with "id", edges with "source", "target" and "kind": are they those that are wanted, with their attributes?"""
    mistakes = []
    nodes = {n["id"]: n for n in node_list}
    if set(nodes) != set(want["nodes"]):
        mistakes.append("nodes %r" % sorted(set(nodes) ^ set(want["nodes"]))[:4])
    for name, values in want["nodes"].items():
        for key, value in values.items():
            if name in nodes and not same(value, nodes[name].get(key), typed):
                mistakes.append("%r %s: %r, not %r" % (name[:20], key, nodes[name].get(key), value))
    kind = "supply" if want["directed"] else "agreement"
    edges = {}
    for e in edge_list:
        ends = (e["source"], e["target"])
        edges[ends if want["directed"] else tuple(sorted(ends))] = e
    if len(edges) != len(want["edges"]) or len(edge_list) != len(want["edges"]):
        mistakes.append("%d edges, not %d" % (len(edge_list), len(want["edges"])))
    for a, b, values in want["edges"]:
        e = edges.get((a, b) if want["directed"] else tuple(sorted((a, b))))
        if e is None or e["kind"] != kind:
            mistakes.append("edge %r %r: %r" % (a[:20], b[:20], e))
            continue
        for key, value in values.items():
            if not same(value, e.get(key), typed):
                mistakes.append("edge %r %r %s: %r, not %r" % (a[:20], b[:20], key, e.get(key), value))
    return tell(mistakes)


def tell(mistakes):
    for mistake in mistakes[:5]:
        print(mistake)
    return 1 if mistakes else 0


def of_networkx(g):
    nodes = [dict(values, id=name) for name, values in g.nodes(data=True)]
    return nodes, [dict(values, source=a, target=b) for a, b, values in g.edges(data=True)]


def of_igraph(g, name):
    nodes = [dict(v.attributes(), id=v[name]) for v in g.vs]
    return nodes, [dict(e.attributes(), source=g.vs[e.source][name], target=g.vs[e.target][name]) for e in g.es]


def of_graphviz(path):
    """What Graphviz makes of a DOT file."""
    text = subprocess.run(["dot", "-Tjson0", path], stdout=subprocess.PIPE, check=True).stdout
    data = json.loads(text)
    nodes = [dict(o, id=o["name"]) for o in data["objects"]]
    names = {o["_gvid"]: o["name"] for o in data["objects"]}
    edges = [dict(e, source=names[e["tail"]], target=names[e["head"]], weight=e["value"]) for e in data["edges"]]
    return nodes, edges


def of_tables(companies, links):
    """Rows of our own tables, as dicts: free attributes stand behind x., empty cells are none."""
    def plain(row):
        return {k[2:] if k.startswith("x.") else k: v for k, v in row.items() if v not in (None, "")}
    nodes = [plain(row) for row in companies]
    edges = [plain(row) for row in links]
    return nodes, [dict(e, source=e["from"], target=e["to"], weight=e["value"]) for e in edges]


def of_sqlite(path):
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    return of_tables(*([dict(row) for row in base.execute("SELECT * FROM " + table)] for table in ("companies", "links")))


def of_folder(path):
    tables = []
    for table in ("companies", "links"):
        with open(os.path.join(path, table + ".csv"), newline="") as file:
            rows = [{k: v[1:] if v[:2] in ("'=", "'-", "'+", "'@") else v for k, v in row.items()}
                    for row in csv.DictReader(file, delimiter=";")]
            tables.append(rows)
    return of_tables(*tables)


def of_workbook(path):
    import openpyxl
    book = openpyxl.load_workbook(path)
    tables = []
    for table in ("companies", "links"):
        rows = [[cell.value for cell in row] for row in book[table].iter_rows()]
        tables.append([dict(zip(rows[0], row)) for row in rows[1:]])
    return of_tables(*tables)


def readers(path):
    """(name, nodes and edges, are values typed) of every program here that reads the file."""
    ending = path.rsplit(".", 1)[-1]
    if ending == "graphml":
        yield "networkx", of_networkx(nx.read_graphml(path)), True
        # igraph leaves references in the values of XML attributes as they are (&#38;), not those in elements.
        nodes, edges = of_igraph(igraph.Graph.Read_GraphML(path), "id")
        for row, key in [(n, "id") for n in nodes] + [(e, end) for e in edges for end in ("source", "target")]:
            row[key] = row[key].replace("&#38;", "&")
        yield "igraph", (nodes, edges), True
    elif ending == "gexf":
        yield "networkx", of_networkx(nx.read_gexf(path)), True
    elif ending == "gml":
        yield "networkx", of_networkx(nx.read_gml(path)), True
        # igraph leaves the references of GML (&#1047;) as they are.
        tables = of_igraph(igraph.Graph.Read_GML(path), "label")
        yield "igraph", [[{k: html.unescape(v) if isinstance(v, str) else v for k, v in row.items()} for row in table]
                         for table in tables], True
    elif ending == "cyjs":
        yield "networkx", of_networkx(nx.cytoscape_graph(load(path))), True
    elif ending == "json":
        yield "networkx", of_networkx(nx.node_link_graph(load(path))), True
    elif ending == "dot":
        yield "graphviz", of_graphviz(path), False
    elif ending == "sqlite":
        yield "sqlite3", of_sqlite(path), False  # 3.0 is the text it was written as
    elif ending == "xlsx":
        yield "openpyxl", of_workbook(path), False
    else:
        yield "csv", of_folder(path), False


def back(want_path, path):
    want = load(want_path)
    failed = 0
    for name, (nodes, edges), typed in readers(path):
        for edge in edges:
            edge.setdefault("kind", edge.get("interaction"))
        if check(want, nodes, edges, typed):
            print("  (read by %s)" % name)
            failed = 1
    return failed


def dates(path, json_path):
    """By the XML itself: networkx reads no graph that mixes directed and undirected edges."""
    root = ElementTree.parse(path).getroot()
    space = "{http://www.gexf.net/1.2draft}"
    nodes = {n.get("id"): n for n in root.iter(space + "node")}
    edges = {e.get("id"): e for e in root.iter(space + "edge")}
    colours = {name: n.find(space[:-1] + "/viz}color").attrib for name, n in nodes.items()}
    want = load(json_path)
    mistakes = []
    days = 0
    rows = [(n["id"], n, nodes[n["id"]]) for n in want["nodes"]]
    rows += [("%s %s" % (e["source"], e["target"]), e, edges[str(e["key"])]) for e in want["links"]]
    for name, row, got in rows:
        since = row.get("since")
        day = since + "-01-01"[3 * since.count("-"):] if since else None
        days += since is not None
        if got.get("start") != day:
            mistakes.append("%s starts %r, not %r" % (name, got.get("start"), day))
    for e in want["links"]:
        if e["kind"] == "member" and colours[e["source"]] != colours[e["target"]]:
            mistakes.append("%s is not in the colour of %s" % (e["source"], e["target"]))
    if not days:
        mistakes.append("no day to compare")
    return tell(mistakes)


def read(path):
    """A file as a simple directed graph with the ids of coopnet."""
    if path.endswith(".graphml"):
        g = nx.read_graphml(path)
    elif path.endswith(".gexf"):
        g = nx.read_gexf(path)
    elif path.endswith(".gml"):
        g = nx.read_gml(path)
    elif path.endswith(".net"):
        g = nx.read_pajek(path)
    elif path.endswith(".cyjs"):
        with open(path) as file:
            g = nx.cytoscape_graph(json.load(file))
    elif path.endswith((".sqlite", ".dot")):
        nodes, edges = of_sqlite(path) if path.endswith(".sqlite") else of_graphviz(path)
        g = nx.DiGraph()
        g.add_nodes_from(node["id"] for node in nodes)
        g.add_edges_from((edge["source"], edge["target"]) for edge in edges)
    elif path.endswith(".mtx"):
        with open(path) as file:
            rows = [line.split() for line in file if not line.startswith("%")]
        g = nx.DiGraph()
        g.add_nodes_from(str(i + 1) for i in range(int(rows[0][0])))
        g.add_edges_from((a, b) for a, b, _ in rows[1:])
    else:
        with open(path) as file:
            data = json.load(file)
        g = nx.node_link_graph(data)
    return nx.DiGraph(g)


def own_igraphs(path):
    """The graph as igraph reads it from the file, and the attribute with the ids."""
    if path.endswith(".graphml"):
        yield igraph.Graph.Read_GraphML(path), "id"
    elif path.endswith(".gml"):
        yield igraph.Graph.Read_GML(path), "label"
    elif path.endswith(".net"):
        yield igraph.Graph.Read_Pajek(path), "id"


def close(name, what, got, want, mistakes):
    if not math.isclose(got, want, rel_tol=1e-9, abs_tol=1e-9):
        mistakes.append("%s %s: %r, not %r" % (name, what, got, want))


def central(path, table):
    g = read(path)
    mistakes = []
    names = list(g)
    ig = igraph.Graph(n=len(names), edges=[(names.index(a), names.index(b)) for a, b in g.edges()], directed=True)
    for own, key in own_igraphs(path):
        got = dict(zip(own.vs[key], own.simplify().betweenness()))
        for name, value in zip(names, ig.betweenness()):
            close(name, "betweenness by igraph's own reader", got.get(name, math.nan), value, mistakes)
    between = dict(zip(names, ig.betweenness()))
    rank = dict(zip(names, ig.pagerank(implementation="prpack")))
    with open(table) as file:
        rows = list(csv.DictReader(file))
    if len(rows) != len(names):
        mistakes.append("%d rows, %d nodes" % (len(rows), len(names)))
    number = {}
    if path.endswith(".mtx"):  # its nodes are numbers, in the order of the network
        with open(path[:-4] + ".json") as file:
            number = {node["id"]: str(i + 1) for i, node in enumerate(json.load(file)["nodes"])}
    for row in rows:
        name = row["id"] if row["id"] in between else number[row["id"]]
        close(name, "degree", g.in_degree(name) + g.out_degree(name), float(row["degree"]), mistakes)
        close(name, "betweenness", between[name], float(row["betweenness"]), mistakes)
        close(name, "pagerank", rank[name], float(row["pagerank"]), mistakes)
    return tell(mistakes)


if __name__ == "__main__":
    sys.exit({"write": write, "compare": compare, "back": back, "dates": dates, "central": central}[sys.argv[1]](*sys.argv[2:]))
