#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the answer goes: files, full disks, closed pipes, terminals.
. "$2/tests/cli/lib.sh"
toy=$graphs/toy.json

run rank "$toy" --by degree --format csv
cp "$work/out" "$work/want"
run rank "$toy" --by degree -o "$work/answer.csv"
ends "-o: code 0" 0
check "-o: nothing on stdout" out_empty
check "-o: form by the extension" cmp -s "$work/answer.csv" "$work/want"
run rank "$toy" --by degree --format csv --output="$work/answer"
check "--output" cmp -s "$work/answer" "$work/want"
run rank "$toy" --by degree --format csv -o-
check "-o - is standard output" cmp -s "$work/out" "$work/want"
run rank "$toy" --by degree -o "$work/no/such/folder.csv"
fails "-o into a folder that is not there: code 4" 4 "folder.csv"
run rank "$toy" --by degree -o "$work/answer.xlsx"
fails "-o with the name of a form it cannot write: code 2" 2 "“.xlsx”"
check "-o with the name of a form it cannot write: no file" [ ! -e "$work/answer.xlsx" ]
run draw "$toy" -o "$work/p.JPG" --lang ru
fails "-o with the name of a form it cannot write, in Russian" 2 "не пишет файлы «.jpg»; допустимо: svg, dot, pdf, png"
run rank "$toy" --by degree -o "$work/answer.xlsx" --format csv
check "--format allows any name" cmp -s "$work/answer.xlsx" "$work/want"
run rank "$toy" --by degree -o "$work/ANSWER.CSV"
check "-o: the extension in capitals" cmp -s "$work/ANSWER.CSV" "$work/want"
mkdir "$work/v1.2"
run rank "$toy" --by degree -o "$work/v1.2/answer"
ends "-o: a point in the folder's name is no extension" 0
run rank "$toy" --by degree -o "$work/answer.txt"
ends "-o: .txt is text" 0
printf old >"$work/kept.csv"
run rank "$toy" --by degree --layer made_from --kind nothing -o "$work/kept.csv"
check "a failed command leaves the old file" [ "$(cat "$work/kept.csv")" = old ]
run info "$data/refused.json" --format text -o "$work/kept.csv"
check "a refused network leaves the old file" [ "$(cat "$work/kept.csv")" = old ]
check "no temporary files are left" [ "$(find "$work/." -name '*kept*' | wc -l)" -eq 1 ]

if [ -c /dev/full ]; then
    for command in "check $toy" "info $toy" "rank $toy --by degree" "path $toy --from raw --to final" \
        "chain $toy --of final" "critical $toy" "whatif $toy --remove a" "risk $toy" "draw $toy --format dot" "--help" "--version" "rank --help"; do
        last="coopnet $command >/dev/full"
        : >"$work/out"
        # shellcheck disable=SC2086
        "$coopnet" $command >/dev/full 2>"$work/err"
        code=$?
        fails "full disk: coopnet ${command%% *}: code 4" 4 "cannot write"
    done
    run rank "$toy" --by degree --format csv -o /dev/full
    fails "full disk by -o: code 4" 4 "/dev/full"
    check "the device is still a device" [ -c /dev/full ]
else
    skip "full disk" "no /dev/full here"
fi
last="coopnet info >&-"
: >"$work/out"
"$coopnet" info "$toy" >&- 2>"$work/err"
code=$?
fails "closed standard output: code 4" 4 "cannot write"

# A reader that leaves: a table larger than a pipe holds, so that writing cannot end before it is gone.
awk 'BEGIN { print "from,to"; for (i = 0; i < 6000; i++) printf "firm-number-%d,firm-number-%d\n", i, i + 1 }' >"$work/big.csv"
last="coopnet rank big.csv | head -1"
{
    "$coopnet" rank "$work/big.csv" --by degree --format csv 2>"$work/err"
    echo $? >"$work/code"
} | head -1 >"$work/out"
code=$(cat "$work/code")
ends "closed pipe: code 0" 0
check "closed pipe: quiet" err_empty
check "closed pipe: the first line came" [ "$(cat "$work/out")" = "id,name,kind,degree" ]
{
    "$coopnet" rank "$work/big.csv" --by degree 2>"$work/err"
    echo $? >"$work/code"
} | :
check "pipe closed at once: code 0, quiet" sh -c "[ \"\$(cat '$work/code')\" = 0 ] && [ ! -s '$work/err' ]"

# A terminal: script(1) gives one.
if command -v script >/dev/null 2>&1 && script -qec true /dev/null >/dev/null 2>&1; then
    on_terminal() { script -qec "$1" /dev/null </dev/null >"$work/out" 2>"$work/err"; }
    escape=$(printf '\033')
    TERM=xterm
    export TERM
    last="coopnet rank on a terminal"
    on_terminal "$coopnet rank $toy --by degree"
    check "terminal: bold header" out_has "$escape[1m"
    NO_COLOR=1 on_terminal "$coopnet rank $toy --by degree"
    check "NO_COLOR is honoured" out_lacks "$escape"
    TERM=dumb on_terminal "$coopnet rank $toy --by degree"
    check "TERM=dumb is honoured" out_lacks "$escape"
    COLUMNS=40 on_terminal "$coopnet rank $graphs/electro.json --by degree"
    check "terminal: long names are cut" out_has "…"
    on_terminal "$coopnet draw $toy --format png"
    check "no PNG to a terminal" out_has "not written to a terminal"
    on_terminal "$coopnet draw $toy"
    check "no SVG to a terminal unasked" out_has "not written to a terminal"
    on_terminal "$coopnet draw $toy --format svg"
    check "SVG to a terminal when asked for" out_has "<svg"
else
    skip "terminal" "no script(1) here"
fi
run rank "$graphs/electro.json" --by degree
check "piped: nothing is cut" out_lacks "…"
check "piped: no escapes" out_lacks "$(printf '\033')"
finish
