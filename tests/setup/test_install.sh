#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install gives a tree that works by itself: the command draws, and a program builds through pkg-config and through CMake.
# $1 is the built command (its folder is the build tree), $2 the source folder.
. "$2/tests/cli/lib.sh"
build=$(dirname "$coopnet")
prefix=$work/usr
last="cmake --install"
cmake --install "$build" --prefix "$prefix" >"$work/out" 2>"$work/err"
code=$?
ends "installs" 0

installed=$prefix/bin/coopnet
last="installed coopnet draw"
(unset COOPNET_LAYOUT && cd / && "$installed" draw "$graphs/toy.json" --of final -o "$work/toy.svg") >"$work/out" 2>"$work/err"
code=$?
ends "the installed command draws" 0

# A build with sanitizers needs them in the program too.
flags=
if grep -q 'COOPNET_SANITIZE:BOOL=ON' "$build/CMakeCache.txt"; then flags="-fsanitize=address,undefined"; fi
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name coopnet.pc)")
export PKG_CONFIG_PATH
last="cc with pkg-config"
# The file names the prefix of the configuration; here it lies elsewhere.
libdir=$(dirname "$(find "$prefix" -name 'libcoopnet.so')")
# shellcheck disable=SC2086,SC2046
cc -std=c11 $flags "$source_dir/examples/build_network.c" -o "$work/by_pkg_config" \
    $(pkg-config --define-variable=prefix="$prefix" --define-variable=includedir="$prefix/include" --define-variable=libdir="$libdir" --cflags --libs coopnet) \
    >"$work/out" 2>"$work/err" && LD_LIBRARY_PATH=$libdir "$work/by_pkg_config" >"$work/out"
code=$?
ends "a program builds with pkg-config and runs" 0
check "it found the chains" out_has "raw -> a -> final"

mkdir "$work/user"
cat >"$work/user/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(user C)
find_package(coopnet 0.1 REQUIRED)
add_executable(user $source_dir/examples/build_network.c)
target_compile_options(user PRIVATE $flags)
target_link_options(user PRIVATE $flags)
target_link_libraries(user PRIVATE coopnet::coopnet)
END
last="find_package(coopnet)"
{ cmake -S "$work/user" -B "$work/user/build" -DCMAKE_PREFIX_PATH="$prefix" && cmake --build "$work/user/build"; } >"$work/out" 2>"$work/err" &&
    "$work/user/build/user" >"$work/out"
code=$?
ends "a program builds with find_package and runs" 0
check "it found the chains as well" out_has "raw -> b -> final"
finish
