#!/bin/bash -eu
# SPDX-License-Identifier: MIT
#
# Called by ClusterFuzzLite and OSS-Fuzz: $CC and $CFLAGS instrument, $LIB_FUZZING_ENGINE is linked, $OUT takes the result.
# Under the memory sanitizer only what needs no other library to read the input. The engine is C++: $CXX links.
own=OFF
[ "${SANITIZER:-}" != memory ] || own=ON
cmake -S "$SRC/sbfota" -B "$WORK/build" -G Ninja -D CMAKE_BUILD_TYPE=RelWithDebInfo \
    -D SBFOTA_BUILD_TOOL=OFF -D SBFOTA_BUILD_FUZZ=ON -D SBFOTA_FUZZ_OWN=$own \
    -D SBFOTA_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -D CMAKE_EXE_LINKER_FLAGS="-Wl,-rpath,'\$ORIGIN/lib'"
cmake --build "$WORK/build"

mkdir -p "$OUT/lib"
for program in "$WORK"/build/fuzz/fuzz_*; do
    name=$(basename "$program")
    cp "$program" "$OUT/"
    cp "$SRC/sbfota/gen/sbfota.dict" "$OUT/$name.dict"
    (cd "$SRC/sbfota/fuzz/seeds/${name#fuzz_}" && zip -qr "$OUT/${name}_seed_corpus.zip" .)
    # The runners have no packages of ours.
    ldd "$program" | sed -n 's/.*=> \(\/.*\) (.*/\1/p' | grep -E 'jansson|archive|pcre2|xml|nettle|acl|lz|bz|zstd|icu' |
        xargs -r -I{} cp {} "$OUT/lib/"
done
