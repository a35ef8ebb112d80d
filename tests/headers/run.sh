#!/bin/sh
# Every public header compiles alone, as C11 and as C++.
set -u
top=$1
passed=0 failed=0
for header in "$top"/include/coopnet/*.h; do
    for language in "c -std=c11" "c++ -std=c++17"; do
        # shellcheck disable=SC2086
        if "${CC:-cc}" -Wall -Wextra -Wpedantic -Werror -I"$top/include" -fsyntax-only -include "$header" -x $language /dev/null; then
            passed=$((passed + 1))
        else
            echo "FAILED ${header##*/} as $language"
            failed=$((failed + 1))
        fi
    done
done
echo "cases: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
