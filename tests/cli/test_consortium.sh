#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet consortium: the project of electro, needs by code, the import gap, wrong calls.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json

run consortium "$electro" --project p_trafo
ends "consortium: code 0" 0
check "consortium: nothing on stderr" err_empty
check "consortium: the project and its people" out_has "с участниками Небыль-Ввод, Вымысел-Изолятор, Магнитопровод-Небыль"
check "consortium: needs" out_has "Нужно позиций: 12. Уже делают свои: 3; могут сделать новые участники: 9"
check "consortium: who makes most of it" out_has "27.90.12.110 (Небыль-Ввод)"
check "consortium: two needs in one member" out_has "Вымысел-Металл: 25.29.11.000 Баки и радиаторы"
check "consortium: a trader makes nothing" out_lacks "ТД «Вымысел»"
check "consortium: proven" out_has "Лучшее доказано"
run consortium "$electro" --project p_trafo --format json
json "consortium: JSON"
query "JSON: teams" '[.exact, (.teams | length), .teams[0].uncovered, ([.teams[0].members[].covers[].need] | unique | length)]' '[true,3,0,9]'
query "JSON: the best first" '[.teams[] | .hops] | . == sort' true
query "JSON: all different" '[.teams[] | [.members[].id] | sort] | length == (unique | length)' true
run consortium "$electro" --project p_trafo --top 1 --format csv
check "CSV: a row for each seat" [ "$(wc -l <"$work/out")" -eq 10 ]
run consortium "$electro" --leader seti --needs "27.11.41, 22.21.30,26.11.30,20.16.40" --lang en
check "the import gap" out_has "Import gap: nobody at home in the network makes this"
check "the import gap: code" out_has "   26.11.30"
check "not joined is said" out_has "not joined to the leader by supplies"
run consortium "$electro" --leader etz --needs 27.32.11.000,22.21.30 --max-members 1 --format json
query "--max-members" '[.teams[] | [.uncovered, (.members | length)]] | unique' '[[1,1]]'
query "--max-members: the nearest first" '.teams[0].members[0].id' '"provod"'
run consortium "$graphs/akit.json" --leader zeto --needs 27.11 --lang en
check "nobody makes anything" out_has "There is nobody to add."
run consortium "$electro" --leader nowhere --needs 27.32.11.000 --format json
query "the leader makes it itself" '.needs[0] | [.state, .made_by]' '["held","nowhere"]'
for format in text csv json; do
    same "as $format: same bytes twice" consortium "$electro" --project p_trafo --format $format
done

run consortium "$electro" --leader etz
fails "no needs: code 2" 2 "--needs"
run consortium "$electro" --project etz --lang en
fails "no project: code 2" 2 "is no joint project"
run consortium "$electro" --project p_modul --lang en
fails "product that the table does not know: code 2" 2 "does not say what 26.51.43.120 is made from"
run consortium "$electro" --leader electro --needs 27 --lang en
fails "a cluster cannot lead: code 2" 2 "a leader that is a company"
run consortium "$electro" --leader etz --needs , --lang en
fails "no code: code 2" 2 "no product code is given"
finish
