#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with AddressSanitizer and UBSan and warnings as errors, runs every test.
# The last line is "N passed, N failed"; the exit code is 0 only when none failed.
# With --valgrind instead: the main commands under valgrind (tests/valgrind.sh), which must be installed.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1:-}" = --valgrind ]; then
    exec sh "$top/tests/valgrind.sh"
fi
sh "$top/cmake/install-deps.sh" test
cd "$top"
build=build/asan
jobs=$(nproc 2>/dev/null || echo 2)
# mold links the many test programs in a fraction of the time; without it the usual linker does.
linker=
command -v mold >/dev/null 2>&1 && linker=-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold
[ -f "$build/CMakeCache.txt" ] || cmake --preset asan $linker >/dev/null
cmake --build "$build" -j "$jobs" | { grep -vE '^\[ *[0-9]+%\] (Building|Built|Linking|Generating)|^Consolidate' || true; }
# cmake's own exit code is lost in the pipe: a build that failed has no fresh program to test.
cmake --build "$build" -j "$jobs" >/dev/null

log=$build/tests.log
# LeakSanitizer is on by default; naming it in ASAN_OPTIONS here would also turn it on for Graphviz, which leaks.
export UBSAN_OPTIONS=print_stacktrace=1
status=0
ctest --test-dir "$build" -j "$jobs" --output-on-failure >"$log" 2>&1 || status=$?
grep -vE '^(Test project|    Start|\*\*\*)' "$log" || true

# Every test program ends with "cases: N passed, N failed[, N skipped]"; ctest keeps them all in its own log. A program that
# died before that line counts as one failure.
details=$build/Testing/Temporary/LastTest.log
awk '
    /^cases: [0-9]+ passed, [0-9]+ failed/ { passed += $2; failed += $4; if (NF >= 6) skipped += $6; closed = 1 }
    / Testing: / { closed = 0 }
    /^Test (Failed|Passed)\./ { if (!closed) { if (/Failed/) failed++; else unclosed = unclosed " " } }
    /^  skipped: |^skipped .+: / { sub(/^ +/, ""); reasons[$0]++ }
    END {
        for (reason in reasons) print reason " (" reasons[reason] ")"
        if (passed + 0 == 0) failed++
        printf "%d passed, %d failed", passed, failed
        if (skipped) printf ", %d skipped", skipped
        printf "\n"
        exit failed > 0
    }' "$details" || status=1
exit "$status"
