#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures: coopnet draw, and path and chain in picture formats.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
toy=$graphs/toy.json

is_svg() { head -c 300 "$1" | grep -q '<svg' && tail -c 20 "$1" | grep -q '</svg>'; }
begins() { [ "$(head -c "$3" "$1" | tail -c +"$4")" = "$2" ]; }

run draw "$toy" --format dot
ends "dot: code 0" 0
check "dot: a digraph" grep -q '^digraph' "$work/out"
check "dot: no message" err_empty
same "dot: same bytes twice" draw "$electro" --format dot
run draw "$toy"
check "svg is the default" is_svg "$work/out"
same "svg: same bytes twice" draw "$toy"
run draw "$toy" -o "$work/p.pdf"
ends "pdf by the extension: code 0" 0
check "pdf: with -o nothing on stdout" out_empty
check "pdf: file begins as one" begins "$work/p.pdf" "%PDF" 4 1
run draw "$toy" -o "$work/p.png"
check "png by the extension" begins "$work/p.png" PNG 4 2
run draw "$toy" -o "$work/p.dot"
check "dot by the extension" grep -q '^digraph' "$work/p.dot"
run draw "$toy" --format svg -o "$work/odd.txt"
check "--format goes before the extension" is_svg "$work/odd.txt"
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
same "pdf: same bytes twice" draw "$toy" --format pdf
unset SOURCE_DATE_EPOCH
same "png: same bytes twice" draw "$toy" --format png

run draw "$electro" -o "$work/overview.svg"
ends "electro overview: code 0" 0
check "electro overview: svg" is_svg "$work/overview.svg"
run draw "$electro" --view chain --of etz --direction both -o "$work/chain.svg"
ends "electro chain: code 0" 0
run chain "$electro" --of etz --direction both --format svg
check "chain --format svg is draw --view chain" cmp -s "$work/out" "$work/chain.svg"
run draw "$electro" --of etz --direction both
check "--of alone means the chain" cmp -s "$work/out" "$work/chain.svg"
run draw "$electro" --view path --from ruda --to etz -o "$work/path.svg"
ends "electro path: code 0" 0
run path "$electro" --from ruda --to etz --format svg
check "path --format svg is draw --view path" cmp -s "$work/out" "$work/path.svg"
run path "$electro" --from ruda --to etz -o "$work/path2.svg"
check "path: picture by the extension" cmp -s "$work/path.svg" "$work/path2.svg"
run draw "$electro" --view path --from etz --to ruda --format svg
fails "no path: code 1" 1 "coopnet: "
run draw "$toy" --of nobody-at-all
ends "unknown organisation: code 2" 2
run draw "$toy" --depth 2 --format dot
check "an option that the view does not have is told" err_has "--depth is ignored with --view overview"
run draw "$toy" --title "A & B <c>" --format svg
check "--title is escaped" out_has "A &amp; B &lt;c"
run draw "$electro" --lang en --format svg
ends "in English: code 0" 0

# every view by its name
for view in cluster ego projects mission geography partners flows map; do
    run draw "$electro" --view $view -o "$work/$view.svg"
    ends "view $view: code 0" 0
    check "view $view: svg" is_svg "$work/$view.svg"
    check "view $view: its own" grep -q "class=\"coopnet view-$view " "$work/$view.svg"
    same "view $view: same bytes twice" draw "$electro" --view $view --format dot
done
run map "$electro" -o "$work/map2.svg"
check "draw --view map is coopnet map" cmp -s "$work/map.svg" "$work/map2.svg"
run clusters "$electro" -o "$work/flows2.svg"
check "draw --view flows is coopnet clusters" cmp -s "$work/flows.svg" "$work/flows2.svg"
run draw "$electro" --view compare --between 2020 2024-04-01 -o "$work/compare.svg"
ends "view compare: code 0" 0
run diff "$electro" --between 2020 2024-04-01 -o "$work/compare2.svg"
check "draw --view compare is coopnet diff" cmp -s "$work/compare.svg" "$work/compare2.svg"
run draw "$electro" --view compare
ends "compare with nothing to compare: code 2" 2
run draw "$electro" "$toy" --view overview
ends "a second network for another view: code 2" 2
run draw "$electro" --view ego --lang en -o "$work/ego.svg"
check "whom a view took is told" err_has "so the picture is of"
check "and stands in the picture" grep -q "the anchor enterprise with the largest purchases" "$work/ego.svg"
run draw "$electro" --view ego --of "Вымысел-Изолятор" --depth 2 -o "$work/ego.svg"
check "the subject by its short name" grep -q "Партнёры: АО «Вымысловский изоляторный завод»" "$work/ego.svg"
check "named: nothing is told" err_empty
run draw "$electro" --view partners --of electro
fails "partners of a cluster: code 2" 2 "не предприятие"
run draw "$electro" --view mission --of session_2024 -o "$work/mission.svg"
check "an event by its id" grep -q "Стратегическая сессия «Импортозамещение вводов»" "$work/mission.svg"
run draw "$electro" --view mission --of etz
fails "no event: code 2" 2 "не мероприятие"
run draw "$electro" --cluster electro --format svg
check "--cluster alone means the scheme of a cluster" out_has "view-cluster "
run draw "$electro" --view cluster --of etz
fails "no cluster: code 2" 2 "не кластер"
run draw "$toy" --view geography --format svg
fails "no regions: code 2" 2 "region"
run draw "$electro" --view geography --depth 2 --format dot
check "--depth says nothing to a map" err_has "--depth"

run draw "$graphs/electro" --format dot
cp "$work/out" "$work/csv.dot"
run draw "$electro" --format dot
check "CSV tables and JSON give the same picture" cmp -s "$work/out" "$work/csv.dot"

COOPNET_LAYOUT=/bin/false
export COOPNET_LAYOUT
run draw "$toy" --format svg
check "a layout program that fails: code 4" [ "$code" -eq 4 ]
check "a layout program that fails: a message, no picture" sh -c "[ ! -s '$work/out' ] && [ -s '$work/err' ]"
COOPNET_LAYOUT=$work/no-such-program
run draw "$toy" --format svg
ends "no layout program: code 4" 4
printf '#!/bin/sh\nexec sleep 60\n' >"$work/hangs"
chmod +x "$work/hangs"
COOPNET_LAYOUT=$work/hangs
run draw "$toy" --format svg --layout-seconds 1
ends "a layout that hangs: code 4" 4
unset COOPNET_LAYOUT
finish
