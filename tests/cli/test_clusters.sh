#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet clusters as a user types it.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
akit=$graphs/akit.json

run clusters "$electro" --lang en
ends "clusters: code 0" 0
check "clusters: nothing on stderr" err_empty
check "clusters: how many, how clear" out_has "Found: 5 groups among 26 linked organisations. Modularity 0.345"
check "clusters: how stable" out_has "Of 50 searches with other random numbers 50 gave exactly these groups"
check "clusters: the member without trade is named" out_has "Members without any trade with their cluster: Сказ-Полимеры."
check "clusters: a de facto group is told" out_has "not in the register"
check "clusters: the matrix" out_has "Supplies between the groups"
run clusters "$electro"
check "clusters in Russian" out_has "Участники, которые ничем не торгуют со своим кластером: Сказ-Полимеры."

check "what a de facto group would still miss: ten participants" out_has "R1"
run clusters "$electro" --rules 779-2015 --lang en
check "by the rules asked for" out_has "by the rules 779-2015 on members"
run clusters "$electro" --rules no-such-rules --lang en
ends "rules that do not exist" 2

run clusters "$electro" --format csv
ends "clusters as CSV: code 0" 0
value "trade with its own cluster, by hand: 210 to etz, 4 from kart" magnit trade_in_cluster 214000000
value "all trade of magnit: and 124 from prokat" magnit trade 338000000
check "the idle member" sh -c "grep -q '^polimer,.*,electro,idle,' '$work/out'"
check "no products or events among the rows" sh -c "! grep -q '^27.11.41,' '$work/out'"

run clusters "$electro" --format json
json "clusters as JSON"
query "the cluster keeps 1,364 m of 4,254 m inside" '.clusters[0] | [.members, (.kept * 1000 | round)]' '[17,320]'
query "flows and inside add up to all supplies" '([.flows[].value] | add) == ([.groups[].inside, .groups[].supplied_elsewhere] | add)' 'true'
query "every group is counted" '[.groups[].size] | add' '26'

run clusters "$electro" --groups region --format json
query "flows between regions" '.flows_between' '"region"'
run clusters "$electro" --resolution 5 --format json
query "a higher resolution gives more groups" '.groups | length > 5' 'true'
run clusters "$electro" --resolution 0,5 --format json
query "a comma is a point" '.resolution' '0.5'
same "the same bytes twice" clusters "$electro" --format json --threads 2
for wrong in 0 -1 many 1e400 ""; do
    run clusters "$electro" --resolution "$wrong" --lang en
    ends "resolution '$wrong' is refused" 2
done

run clusters "$akit" --lang en
ends "a network without supplies: code 0" 0
check "without supplies it says so" out_has "The network holds no supplies"
check "the candidate is named" out_has "Судостроительный кластер Астраханской области"
check "what the candidate lacks for the register" out_has "coopnet comply NETWORK --cluster astr_ship"
check "without supplies nothing is said of trade" out_lacks "stays inside"

for format in svg pdf png dot; do
    run clusters "$electro" -o "$work/groups.$format"
    ends "picture $format: code 0" 0
    check "picture $format: something is there" [ -s "$work/groups.$format" ]
done
check "the legend tells de facto groups apart" grep -q "кластер де-факто" "$work/groups.svg"
run clusters "$akit" -o "$work/akit.svg"
check "no supplies are drawn where there are none" sh -c "! grep -q 'поставки между' '$work/akit.svg'"

printf 'from,to\na,b\n' >"$work/two.csv"
run clusters "$work/two.csv" --lang en
ends "two firms: code 0" 0
printf '{"coopnet": 1, "companies": [{"id": "a"}]}' >"$work/alone.json"
run clusters "$work/alone.json" --lang en
check "no links at all" out_has "There are no links to find groups in."
run clusters "$work/alone.json" -o "$work/alone.svg"
ends "an empty picture: code 0" 0
# More flows than a picture shows, all but the last one equal: the largest is drawn, wherever it stands.
mkdir "$work/equal"
awk -v to="$work/equal/" 'BEGIN {
    print "id,name" >(to "clusters.csv"); print "id" >(to "companies.csv")
    print "cluster,id" >(to "members.csv"); print "from,to,value" >(to "links.csv")
    for (i = 1; i <= 8; i++) {
        print "c" i ",Cluster " i >(to "clusters.csv"); print "f" i >(to "companies.csv"); print "c" i ",f" i >(to "members.csv")
        for (j = 1; j <= 8; j++) if (i != j) print "f" i ",f" j "," (i == 8 && j == 7 ? 1000 : 10) >(to "links.csv")
    }
}'
run draw "$work/equal" --view flows --groups cluster --lang en --format dot
check "the largest flow is drawn" out_has "Cluster 8 → Cluster 7"
check "forty flows are" [ "$(grep -c ' -> ' "$work/out")" = 40 ]
finish
