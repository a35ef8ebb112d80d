#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every broken network as typed: its message with line and column, exit code 3 (1 from check), never a crash.
# graphs/broken/expected.tsv says what each is broken by.
. "$2/tests/cli/lib.sh"

tab=$(printf '\t')
seen=0
while IFS=$tab read -r path want line column key; do
    [ "$path" = path ] && continue
    seen=$((seen + 1))
    network=$graphs/broken/${path%%/*} # "folder/table.csv": the network is the folder
    place=
    [ "$line" != 0 ] && place=":$line:$column: "
    run check "$network" --lang ru
    ends "$path: check" $((want == 3))
    check "$path: check tells $place[$key]" out_has_finding "$place" "$key"
    run info "$network"
    ends "$path: info" "$want"
    if [ "$want" -eq 3 ]; then
        check "$path: no answer" out_empty
    fi
done <"$graphs/broken/expected.tsv"
check "there are many of them" [ "$seen" -gt 40 ]
finish
