#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files of other programs: what networkx and python-igraph write comes in with the same nodes, links and attributes; what coopnet writes
# they read, with the same degree, betweenness and PageRank.
. "$2/tests/cli/lib.sh"
script=$source_dir/tests/cli/foreign.py

python=
for candidate in /usr/bin/python3 python3; do
    if [ -z "$python" ] && "$candidate" -c 'import networkx, igraph, openpyxl' 2>/dev/null; then python=$candidate; fi
done

# Our own formats and back: the second file says what the first one does.
for format in graphml gexf gml dot cyjs nodelink; do
    run convert "$graphs/electro.json" "$work/electro.$format" --to "$format" --quiet
    check "writes $format" [ "$code" = 0 ]
    run convert "$work/electro.$format" "$work/back.$format" --to "$format" --quiet
    check "reads $format" [ "$code" = 0 ]
    run convert "$work/back.$format" "$work/again.$format" --to "$format" --quiet
    check "$format comes back to the byte" cmp -s "$work/back.$format" "$work/again.$format"
    run info "$graphs/electro.json" --layer supply
    grep -v "${format}" "$work/out" >"$work/first"
    run info "$work/electro.$format" --layer supply --lang ru
    check "$format: the same figures of the supplies" sh -c "tail -n 11 '$work/first' >'$work/f'; tail -n 11 '$work/out' | cmp -s - '$work/f'"
done
run check "$work/electro.graphml"
check "and without a remark" [ "$code" = 0 ]

if [ -z "$python" ]; then
    skip "files of networkx and igraph" "no python3 with networkx, igraph and openpyxl here"
    finish
fi
mkdir "$work/files"
last="$python $script write"
check "networkx and igraph write" "$python" "$script" write "$work/files"
for want in "$work"/files/*.want; do
    file=${want%.want}
    name=$(basename "$file")
    run convert "$file" "$work/got.json" --to nodelink --quiet
    check "$name loads" [ "$code" = 0 ]
    "$python" "$script" compare "$want" "$work/got.json" >"$work/out"
    check "$name: the same nodes, links and attributes" out_empty
done
# Such a graph, read and written again in every format that keeps its attributes: other programs find what networkx had.
for graph in directed undirected; do
    for format in graphml gexf gml cyjs nodelink dot sqlite xlsx csv; do
        out=$work/$graph.$format
        [ "$format" = nodelink ] && out=$work/$graph.json
        [ "$format" = csv ] && out=$work/$graph
        run convert "$work/files/${graph}_nx.graphml" "$out" --to "$format" --quiet
        last="back $out"
        "$python" "$script" back "$work/files/${graph}_nx.graphml.want" "$out" >"$work/out" 2>"$work/err"
        check "$graph $format: others read the same nodes, links and attributes" [ "$?:$(cat "$work/out")" = "0:" ]
    done
done
run convert "$graphs/electro.json" "$work/electro.json" --to nodelink --quiet
last="dates electro.gexf"
"$python" "$script" dates "$work/electro.gexf" "$work/electro.json" >"$work/out" 2>"$work/err"
check "GEXF: days and the colours of clusters" [ "$?:$(cat "$work/out")" = "0:" ]

run check "$work/files/directed_empty.graphml" --lang en
check "a node without id gets one" out_has "[foreign-empty-id]"

run generate --firms 80 --seed 5 -o "$work/firms.csv"
run rank "$work/firms.csv" --by degree,betweenness,pagerank --format csv --quiet
cp "$work/out" "$work/ranks.csv"
for format in json graphml gexf gml net cyjs mtx sqlite dot; do
    key=$format
    [ "$format" = net ] && key=pajek
    [ "$format" = json ] && key=nodelink
    run convert "$work/firms.csv" "$work/firms.$format" --to "$key" --quiet
    last="central firms.$format"
    "$python" "$script" central "$work/firms.$format" "$work/ranks.csv" >"$work/out" 2>"$work/err"
    check "$format: the same centralities in networkx and igraph" [ "$?:$(cat "$work/out")" = "0:" ]
done
finish
