#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh BUILD CC: install BUILD into a fresh folder, move that, and build and run a user's program against it: with
# find_package and with pkg-config, static and shared.
set -eu
build=$1
compiler=$2
here=$(cd "$(dirname "$0")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/installed" >"$work/install.log"
mv "$work/installed" "$work/moved"

cmake -G Ninja -S "$here" -B "$work/build" -D CMAKE_C_COMPILER="$compiler" -D CMAKE_PREFIX_PATH="$work/moved" >"$work/cmake.log"
cmake --build "$work/build"
"$work/build/with_static"
"$work/build/with_shared"

PKG_CONFIG_PATH=$(dirname "$(find "$work/moved" -name sbfota.pc)")
export PKG_CONFIG_PATH
libdir=$(pkg-config --variable=libdir sbfota)
# shellcheck disable=SC2046 # lists of words
"$compiler" "$here/consumer.c" $(pkg-config --cflags --libs sbfota) -o "$work/shared"
LD_LIBRARY_PATH=$libdir "$work/shared"
# shellcheck disable=SC2046
"$compiler" -static "$here/consumer.c" $(pkg-config --static --cflags --libs sbfota) -o "$work/static"
"$work/static"

if [ -x "$work/moved/bin/sbfota" ]; then
    "$work/moved/bin/sbfota" --version
fi
echo "the installed library works"
