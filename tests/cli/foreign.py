#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of networkx and python-igraph for tests/cli/test_foreign.sh.

foreign.py write DIR          write graphs with odd names and attributes in every format of both, and beside each what it says
foreign.py compare WANT GOT   is the node-link JSON that coopnet made of a file what was written?
foreign.py central FILE CSV   degree, betweenness and PageRank of a file that coopnet wrote, against coopnet's own, to 1e-9
"""
import csv
import json
import math
import sys
import warnings

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


def same(want, got):
    if isinstance(want, (int, float)) and not isinstance(want, bool):
        return isinstance(got, (int, float)) and float(want) == float(got)
    return want == got


def compare(want_path, got_path):
    with open(want_path) as file:
        want = json.load(file)
    with open(got_path) as file:
        got = json.load(file)
    mistakes = []
    nodes = {n["id"]: n for n in got["nodes"]}
    if set(nodes) != set(want["nodes"]):
        mistakes.append("nodes %r" % sorted(set(nodes) ^ set(want["nodes"]))[:4])
    for name, values in want["nodes"].items():
        for key, value in values.items():
            if name in nodes and not same(value, nodes[name].get(key)):
                mistakes.append("%r %s: %r, not %r" % (name[:20], key, nodes[name].get(key), value))
    kind = "supply" if want["directed"] else "agreement"
    edges = {}
    for e in got["links"]:
        ends = (e["source"], e["target"])
        edges[ends if want["directed"] else tuple(sorted(ends))] = e
    if len(edges) != len(want["edges"]) or len(got["links"]) != len(want["edges"]):
        mistakes.append("%d edges, not %d" % (len(got["links"]), len(want["edges"])))
    for a, b, values in want["edges"]:
        e = edges.get((a, b) if want["directed"] else tuple(sorted((a, b))))
        if e is None or e["kind"] != kind:
            mistakes.append("edge %r %r: %r" % (a[:20], b[:20], e))
            continue
        for key, value in values.items():
            if not same(value, e.get(key)):
                mistakes.append("edge %r %r %s: %r, not %r" % (a[:20], b[:20], key, e.get(key), value))
    for mistake in mistakes[:5]:
        print(mistake)
    return 1 if mistakes else 0


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


def close(name, what, got, want, mistakes):
    if not math.isclose(got, want, rel_tol=1e-9, abs_tol=1e-9):
        mistakes.append("%s %s: %r, not %r" % (name, what, got, want))


def central(path, table):
    g = read(path)
    mistakes = []
    names = list(g)
    ig = igraph.Graph(n=len(names), edges=[(names.index(a), names.index(b)) for a, b in g.edges()], directed=True)
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
    for mistake in mistakes[:5]:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit({"write": write, "compare": compare, "central": central}[sys.argv[1]](*sys.argv[2:]))
