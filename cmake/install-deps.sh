#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian or Ubuntu packages that are missing, and nothing when none is.
#   install-deps.sh run     what building and drawing needs
#   install-deps.sh test    and what the tests need besides
# Needs root or sudo only when something is missing. Exit 0: everything is there. Exit 1: names what is missing.
set -eu

set_=${1:-run}
packages="gcc libc6-dev cmake make pkg-config libgraphviz-dev libcjson-dev libexpat1-dev libzip-dev libpq-dev libsqlite3-dev libxlsxwriter-dev"
packages="$packages librsvg2-dev libcairo2-dev libglib2.0-dev node-d3 fonts-liberation"
case $set_ in
run) ;;
test) packages="$packages libigraph-dev g++ mold clang-format librsvg2-bin libxml2-utils poppler-utils jq postgresql sqlite3 chromium python3 python3-networkx python3-igraph python3-openpyxl graphviz" ;;
*)
    echo "usage: install-deps.sh run|test" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian or Ubuntu: please install by hand what these packages give: $packages" >&2
    exit 1
fi

missing=
for package in $packages; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Missing packages:$missing" >&2
        echo "Neither root nor sudo is at hand. Ask for: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing:$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >"$log" 2>&1
}
# A stale or absent package list is the usual reason for a failure: read it anew and try once more.
install || { $as_root apt-get update >>"$log" 2>&1 && install; } || {
    tail -n 5 "$log" >&2
    echo "Could not install:$missing" >&2
    exit 1
}
