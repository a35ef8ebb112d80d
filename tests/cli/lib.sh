# SPDX-License-Identifier: GPL-3.0-or-later
# Helpers of the tests of the command as a user types it. A test is: . lib.sh, cases, finish.
# $1 is the program, $2 the source folder.
set -u
coopnet=$1
source_dir=$2
data=$source_dir/tests/cli/data
graphs=$source_dir/graphs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset LC_ALL LC_MESSAGES NO_COLOR COLUMNS SOURCE_DATE_EPOCH
LANG=C
export LANG
# In a build with sanitizers: what libraries below us never free is not our leak.
LSAN_OPTIONS=suppressions=$source_dir/tests/support/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
passed=0
failed=0
skipped=0

# run ARGUMENTS: stdout to $work/out, stderr to $work/err, exit code to $code
run() {
    last="coopnet $*"
    "$coopnet" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

pass() {
    passed=$((passed + 1))
    echo "ok $1"
}

fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    echo "  command: $last"
    echo "  $2"
    sed 's/^/  stdout: /' "$work/out" | head -5
    sed 's/^/  stderr: /' "$work/err" | head -5
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped $1: $2"
}

# check NAME COMMAND…: the command succeeds
check() {
    case_name=$1
    shift
    if "$@"; then pass "$case_name"; else fail "$case_name" "not so: $*"; fi
}

# ends NAME CODE
ends() {
    if [ "$code" -eq "$2" ]; then pass "$1"; else fail "$1" "exit code $code, want $2"; fi
}

out_has() { grep -qF -e "$1" "$work/out"; }
err_has() { grep -qF -e "$1" "$work/err"; }
out_lacks() { ! out_has "$1"; }
err_lacks() { ! err_has "$1"; }
out_empty() { [ ! -s "$work/out" ]; }
err_empty() { [ ! -s "$work/err" ]; }
out_is() { [ "$(cat "$work/out")" = "$1" ]; }

# A line of stdout with this place (":3:7: ") and message key.
out_has_finding() { grep -F -e "[$2]" "$work/out" | grep -qF -e "$1"; }

# fails NAME CODE TEXT: this exit code, nothing on stdout, the text on stderr
fails() {
    if [ "$code" -ne "$2" ]; then
        fail "$1" "exit code $code, want $2"
    elif ! out_empty; then
        fail "$1" "something on stdout"
    elif ! err_has "$3"; then
        fail "$1" "stderr lacks: $3"
    else
        pass "$1"
    fi
}

# cell FILE ID COLUMN: one value of a CSV table whose texts have no commas
cell() {
    awk -F, -v id="$2" -v column="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        NR > 1 && $1 == id { print $at }' "$1"
}

near() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(a != "" && d < 1e-9 && d > -1e-9) }'; }

# value NAME ID COLUMN WANT: in the CSV table on stdout, to 1e-9
value() {
    got=$(cell "$work/out" "$2" "$3")
    if near "$got" "$4"; then pass "$1"; else fail "$1" "$2 $3 is '$got', want $4"; fi
}

json_by_jq() { jq -es 'length == 1' "$work/out" >"$work/jq" 2>&1; }

# json NAME: stdout is one JSON document
json() {
    if command -v jq >/dev/null 2>&1; then
        check "$1" json_by_jq
    elif command -v python3 >/dev/null 2>&1; then
        check "$1" python3 -m json.tool "$work/out" /dev/null
    else
        skip "$1" "neither jq nor python3 here"
    fi
}

# query NAME FILTER WANT: what jq makes of stdout
query() {
    if ! command -v jq >/dev/null 2>&1; then
        skip "$1" "no jq here"
        return
    fi
    got=$(jq -c "$2" "$work/out" 2>&1)
    if [ "$got" = "$3" ]; then pass "$1"; else fail "$1" "$2 gives $got, want $3"; fi
}

# same NAME ARGUMENTS…: the command gives the same bytes twice
same() {
    same_name=$1
    shift
    "$coopnet" "$@" >"$work/first" 2>&1 </dev/null
    "$coopnet" "$@" >"$work/second" 2>&1 </dev/null
    last="coopnet $*"
    check "$same_name" cmp -s "$work/first" "$work/second"
}

finish() {
    echo "cases: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
