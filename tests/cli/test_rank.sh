#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet rank. Numbers: the kite (Krackhardt 1990), Padgett's marriages (betweenness as published), the toy by hand.
. "$2/tests/cli/lib.sh"

run rank "$data/kite.csv" --undirected --by betweenness,degree,harmonic,coreness --format csv
ends "kite: code 0" 0
check "kite: columns" [ "$(head -1 "$work/out")" = "id,name,kind,betweenness,degree,harmonic,coreness" ]
check "kite: all rows" [ "$(wc -l <"$work/out")" -eq 11 ]
check "kite: h is first" [ "$(sed -n 2p "$work/out" | cut -d, -f1)" = h ]
check "kite: ties by id" [ "$(sed -n '3,4p' "$work/out" | cut -d, -f1 | tr '\n' ' ')" = "f g " ]
value "kite: betweenness of h" h betweenness 14
value "kite: betweenness of f" f betweenness 8.333333333333334
value "kite: betweenness of g" g betweenness 8.333333333333334
value "kite: betweenness of i" i betweenness 8
value "kite: degree of d" d degree 6
# f: a c d g h at 1, b e i at 2, j at 3: 5 + 3/2 + 1/3
value "kite: harmonic of f" f harmonic 6.833333333333333
value "kite: coreness of j" j coreness 1
run rank "$data/kite.csv" --undirected --by betweenness,harmonic --normalized --format csv
value "kite: betweenness of h, normalized (of 36 pairs)" h betweenness 0.38888888888888889
value "kite: harmonic of f, normalized (of 9)" f harmonic 0.75925925925925924

run rank "$data/padgett.csv" --undirected --by betweenness --format csv
while read -r family want; do
    value "Padgett: $family" "$family" betweenness "$want"
done <<'END'
Medici 47.5
Guadagni 23.166666666666668
Albizzi 19.333333333333332
Salviati 13
Ridolfi 10.333333333333334
Bischeri 9.5
Strozzi 9.333333333333334
Barbadori 8.5
Tornabuoni 8.333333333333334
Castellani 5
Peruzzi 2
Pazzi 0
END

toy=$graphs/toy.json
run rank "$toy" --by strength,in_strength,out_strength,betweenness,in_degree,out_degree,degree --format csv
value "toy: strength of a" a strength 100
value "toy: purchases of final" final in_strength 110
value "toy: sales of raw" raw out_strength 70
value "toy: betweenness of a" a betweenness 0.5
value "toy: suppliers of final" final in_degree 2
value "toy: customers of raw" raw out_degree 2
value "toy: degree of a" a degree 2
check "csv: without --top all entities" [ "$(wc -l <"$work/out")" -eq 9 ]
run rank "$toy" --by strength --weight none --format csv
value "--weight none: strength counts links" a strength 2
run rank "$toy" --by harmonic --format csv
value "harmonic along the links" raw harmonic 2.5
value "harmonic of a sink" final harmonic 0
run rank "$toy" --by harmonic --direction in --format csv
value "--direction in" final harmonic 2.5
run rank "$toy" --by harmonic --undirected --format csv
value "--undirected" final harmonic 2.5
run rank "$data/valued.csv" --by strength,degree --format csv
value "parallel links are added up" mine strength 15
value "parallel links are one partner" mine degree 1
value "decimals" works strength 0.1
run rank "$data/kite.csv" --by strength --format csv
ends "strength without values: code 0" 0
check "strength without values: told" err_has "no link of this layer has a value"
value "strength without values: links counted" d strength 6

run rank "$toy" --by eigenvector
ends "undefined metric: code 0" 0
check "undefined metric: told" [ -s "$work/err" ]
run rank "$toy" --by eigenvector --format json
json "undefined metric: JSON"
query "undefined metric: null" '.rows[0].eigenvector' null
run rank "$toy" --by eigenvector --format csv --quiet
check "--quiet" err_empty
check "undefined metric: empty cell" grep -q '^a,Maker A,company,$' "$work/out"

run rank "$toy" --by betweenness,degree --format json
json "JSON"
query "JSON: rows" '[.rows[0].id, .rows[0].betweenness, .rows[0].degree, .rows[0].kind]' '["a",0.5,2,"company"]'
query "JSON: layer" '[.layer, .directed]' '[["supply","service"],true]'
run rank "$toy" --by degree --direction in --format csv
check "an option without effect is told" err_has "--direction makes no difference to degree"
run rank "$toy" --by degree --top 2 --format csv
check "--top" [ "$(wc -l <"$work/out")" -eq 3 ]
run rank "$toy" --by degree --kind product --format csv
check "--kind filters rows" [ "$(wc -l <"$work/out")" -eq 5 ]
check "--kind leaves only that kind" sh -c "! grep -q company '$work/out'"
run rank "$toy" --by in_degree --layer made_from --format csv
value "--layer" raw_material in_degree 2
run rank "$toy" --by degree
check "text: header" out_has "Layer: supply (directed)"
check "text: names of kinds" out_has "company"
check "text: entities without links are not shown" out_lacks "product"
check "text: but counted" out_has "Not shown: 4 entities without links"
run rank "$toy" --by degree --lang ru --top 1
check "text in Russian" out_has "Слой: поставка (направленный)"
check "text in Russian: number form" out_has "Не показаны 4 объекта без связей"
check "text in Russian: cut" out_has "Показано 1 из 4"
check "no colour when piped" out_lacks "$(printf '\033')"
run rank "$data/twins.json" --by degree --format csv
check "formulas are guarded in CSV" grep -q "^formula,'=cmd()," "$work/out"
run rank "$data/twins.json" --by degree --as-of 2020 --format csv
check "--as-of" sh -c "! grep -q '^old,' '$work/out'"
run rank "$data/twins.json" --by degree --as-of 1800 --format csv
ends "--as-of before everything ended: code 0" 0

if [ -f "$graphs/akit.json" ]; then
    run rank "$graphs/akit.json" --by betweenness,pagerank --format csv
    ends "АКИТ: code 0" 0
    check "АКИТ is first on betweenness" [ "$(sed -n 2p "$work/out" | cut -d, -f1)" = akit ]
fi
for metric in degree in_degree out_degree strength in_strength out_strength betweenness harmonic eigenvector pagerank \
    coreness constraint; do
    same "$metric: same bytes twice" rank "$graphs/electro.json" --by $metric --format csv
    run rank "$graphs/electro.json" --by $metric --weight value --undirected --normalized --format csv --quiet
    ends "$metric weighted, undirected, normalized: code 0" 0
    check "$metric: no message" err_empty
done
# Estimates: the kite is small, so they are asked for; no value may be farther off than the margin that is told.
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --epsilon 5% --delta 0.2 --format csv
ends "estimate: code 0" 0
check "estimate: margin and probability in CSV" [ "$(head -1 "$work/out")" = "id,name,kind,betweenness,betweenness_margin,betweenness_probability" ]
check "estimate: ±5 % of 36 pairs, 80 %" [ "$(sed -n 2p "$work/out" | cut -d, -f5-)" = "1.8,0.8" ]
check "estimate: h within the margin of 14" [ "$(awk -F, '$1 == "h" { print ($4 > 12.2 && $4 < 15.8) }' "$work/out")" = 1 ]
cp "$work/out" "$work/one"
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --epsilon 0,05 --delta 20% --threads 3 --format csv
check "estimate: the same bytes for any number of threads" cmp -s "$work/one" "$work/out"
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --normalized --format json --lang en
check "estimate: in JSON" sh -c "grep -qF '\"margin\": 0.01' '$work/out' && grep -qF '\"probability\": 0.9' '$work/out'"
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --lang en
check "estimate: in words" out_has "±0.01 of the normalized value (here ±0.36) with probability 90 %"
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --lang ru
check "estimate: in Russian words" out_has "±0,01 от нормированного значения (здесь ±0,36) с вероятностью 90 %"
run rank "$data/kite.csv" --undirected --by harmonic --exact-up-to 1 --lang en
check "a sample of all is exact" out_lacks "probability"
run rank "$data/kite.csv" --undirected --by betweenness --exact-up-to 1 --exact --format csv
value "--exact" h betweenness 14
check "--exact: no margin" out_lacks "margin"
run rank "$data/kite.csv" --by betweenness --format json
check "exact: estimate is null" out_has '"estimate": null'
run rank "$data/kite.csv" --by degree --epsilon 0.1 --lang en
check "--epsilon changes nothing in a degree" err_has "--epsilon makes no difference to degree"
for wrong in 0 1 1.5 x -0.1 100% 0x1 inf; do
    run rank "$data/kite.csv" --by betweenness --epsilon "$wrong" --lang en
    fails "--epsilon $wrong" 2 "must lie between 0 and 1"
done
run rank "$data/kite.csv" --by betweenness --exact-up-to 0 --lang en
fails "--exact-up-to 0" 2 "must be a number above 0"
run rank "$data/kite.csv" --by betweenness --exact --epsilon 0.1 --lang en
fails "--exact with --epsilon" 2 "--epsilon"

# Katz on the toy with the default factor: a chain of three supplies, checked with numpy
run rank "$toy" --by katz --format csv
value "katz: who has no suppliers has 1" raw katz 1

finish
