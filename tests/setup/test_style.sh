#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The habits a machine can check: clang-format decides the layout of the code, parts include only what they may, and the
# third-party headers stay behind their one file. $1 is not used, $2 the source folder.
. "$2/tests/cli/lib.sh"
cd "$source_dir" || exit 1
last="(style)"
: >"$work/out"
: >"$work/err"
if [ -d .git ] && command -v git >/dev/null 2>&1; then
    git ls-files -co --exclude-standard >"$work/files"
else
    find . -type f -not -path './build/*' -not -path './out/*' | sed 's#^\./##' >"$work/files"
fi
grep -E '\.[ch]$' "$work/files" >"$work/sources"

# Other versions of clang-format lay some lines out otherwise.
if clang-format --version 2>/dev/null | grep -q ' version 14\.'; then
    xargs clang-format --dry-run -Werror <"$work/sources" >"$work/out" 2>&1
    code=$?
    ends "clang-format agrees with every file" 0
else
    skip "clang-format" "version 14 is not here"
fi

# only PATTERN FILES-ALLOWED: sources outside that include it
only() {
    xargs grep -lE "^#include <($1)" <"$work/sources" | grep -vE "^($2|tests/.*)$" >"$work/out"
    check "only $2 includes $1" out_empty
}
only 'igraph' 'none: the tests compare with it'
only 'cjson|cJSON' 'src/load/json/json_(reader|free)\.c'
only 'expat' 'src/load/foreign/xml_read\.c'
only 'libpq|postgres' 'src/load/database/postgres_door\.c'
only 'sqlite3' 'src/(load/database/sqlite_door|save/save_sqlite)\.c'
only 'librsvg|cairo' 'src/render/svg/raster\.c'
only 'zip\.h' 'src/load/sheet/zip_archive\.c'
only 'xlsxwriter' 'src/sheet/workbook_writer\.c'
only 'glib' 'src/report/page/digest\.c'
only 'graphviz|gvc|cgraph|cdt|xdot' 'src/layout/coopnet_layout\.c'

grep '^src/cli/.*' "$work/sources" | xargs grep -hE '^#include "' | grep -vE '"(coopnet/)?[a-z_]+\.(h|def)"' >"$work/out"
check "the command includes public headers and its own" out_empty

xargs grep -LE 'SPDX-License-Identifier' <"$work/sources" >"$work/out"
check "every source names its licence" out_empty

sed 's#.*/##' "$work/sources" | sort | uniq -d >"$work/out"
check "file names are unique in the tree" out_empty

finish
