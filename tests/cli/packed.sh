#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What is packed: packed.sh SBFOTA. Compressed files and archives, one in another; cut, damaged, with something behind; bombs.
# Those packers are tried that are here.
tool=$(readlink -f "${1:?usage: packed.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

Q='+QIND: "SBFOTA"'
packers=()
for packer in gzip xz bzip2 zstd lz4; do
    command -v $packer >/dev/null && packers+=($packer)
done
archivers=(tar)
command -v zip >/dev/null && archivers+=(zip)
# pack PACKER: standard input to standard output; "none" does nothing
pack() {
    case $1 in
    none) cat ;;
    xz) xz -1c ;;
    zstd | lz4) "$1" -qc ;;
    *) "$1" -c ;;
    esac
}
# archive ARCHIVER FILE...: to standard output
archive() {
    local archiver=$1
    shift
    case $archiver in
    tar) tar cf - "$@" ;;
    zip) zip -q0 - "$@" ;;
    esac
}
# gives NAME "STATUS RECORDS ERRORS" FILE: exit status, records, lines of errors
gives() {
    timeout 60 "$tool" decode -q "$3" >given 2>said </dev/null
    local status=$?
    is "$1 ($(head -c 200 said))" "$2" "$status $(wc -l <given) $(wc -l <said)"
}
for ((i = 0; i < 40; i++)); do printf '%s,"DOWNLOADING",%d%%\r\n' "$Q" $i; done >in.log
printf '%s,"START"\r\n' "$Q" >other.log
"$tool" decode -q in.log | jq -c 'del(.file)' >expected


# Each in each: a compressed file, in a compressed file, in an archive, which is compressed.
for inner in none "${packers[@]}"; do
    pack "$inner" <in.log >in.log.1
    for middle in none "${packers[@]}"; do
        pack "$middle" <in.log.1 >member
        for archiver in "${archivers[@]}"; do
            archive "$archiver" member other.log >packed.1
            for outer in none "${packers[@]}"; do
                pack "$outer" <packed.1 >packed
                "$tool" decode -q packed >given 2>said
                is "each_in_each: $inner, $middle, $archiver, $outer" '0 0 41' "$? $(wc -l <said) $(wc -l <given)"
            done
        done
    done
done
is each_in_each.content 0 "$(jq -c 'select(.file == "packed:member") | del(.file)' given | cmp -s - expected; echo $?)"

# Archives in archives, compressed or not, and what their files are called.
gzip -c in.log >in.log.gz
for first in "${archivers[@]}"; do
    archive "$first" in.log.gz >inner
    for second in "${archivers[@]}"; do
        for packer in none "${packers[@]}"; do
            pack $packer <inner >inner.packed
            archive "$second" other.log inner.packed in.log >outer
            gives "nested: $first in $second, $packer" '0 81 0' outer
            is "nested.names: $first in $second, $packer" 'outer:other.log outer:inner.packed:in.log.gz outer:in.log' "$(jq -r .file given | uniq | paste -sd' ')"
            is "nested.names.pipe: $first in $second, $packer" 'standard input:inner.packed:in.log.gz' "$("$tool" decode -q <outer | jq -r .file | sed -n 2p)"
            is "nested.modem_from_file: $first in $second, $packer" 'other in in' "$("$tool" decode -q --modem-from-file outer | jq -r '.file + " " + .modem' | uniq | cut -d' ' -f2 | paste -sd' ')"
        done
    done
done
cp in.log deep
for ((depth = 1; depth <= 9; depth++)); do
    if ((depth % 2)); then gzip -c deep >deeper; else tar cf deeper deep; fi
    mv deeper deep
    if [ $depth -le 8 ]; then gives "depth.$depth" '0 40 0' deep; else gives "depth.$depth" '2 0 1' deep; fi
done
is depth.is_said yes "$(grep -q 'packed too many times over' said && echo yes)"
tar cf mixed.tar deep in.log
gives depth.others_are_read '2 40 1' mixed.tar

# Cut at any byte: what can be unpacked is there, in its order, and one line says that it is not all. A tar's padding and a zip's
# directory are not needed.
for inner in none "${packers[@]}"; do
    pack $inner <in.log >in.log.x
    for archiver in none "${archivers[@]}"; do
        if [ $archiver = none ]; then cp in.log.x packed.1; else archive "$archiver" in.log.x >packed.1; fi
        for outer in none "${packers[@]}"; do
            [ "$inner$archiver$outer" != nonenonenone ] || continue
            pack "$outer" <packed.1 >packed
            size=$(stat -c %s packed)
            for length in $((size / 3)) $((size / 2)) $((size - 9)) $((size - 1)); do
                head -c $length packed >cut
                "$tool" decode -q cut >given 2>said
                status=$?
                # The last record may be one half of a number.
                jq -c 'del(.file)' given | sed '$d' >got
                name="cut: $inner, $archiver, $outer, $length of $size ($(cat said))"
                is "$name" 0 "$(head -n "$(wc -l <got)" expected | cmp -s - got; echo $?)"
                case $archiver$outer in
                tarnone | zipnone) ;;
                *) is "$name is said" '2 1' "$status $(wc -l <said)" ;;
                esac
            done
        done
    done
    # All but the last byte: nothing that can be had is lost.
    [ $inner = none ] || { head -c -1 in.log.x >cut; gives "cut.last_byte: $inner" '2 40 1' cut; }
done
# A file, which can be read again, and a pipe, which cannot: the same of what is damaged.
for ((i = 0; i < 3000; i++)); do printf '%s,"DOWNLOADING",%d%%\r\nnoise %d\r\n' "$Q" $((i % 100)) $((i * i)); done >long.log
(gzip -c in.log; gzip -c long.log; gzip -c other.log) >sound.gz
size=$(stat -c %s sound.gz)
for ((place = 30; place < size; place += size / 40)); do
    (head -c $place sound.gz; printf U; tail -c +$((place + 2)) sound.gz) >damaged.gz
    "$tool" decode -q damaged.gz 2>said | jq -c 'del(.file)' >given
    "$tool" decode -q <damaged.gz 2>said.pipe | jq -c 'del(.file)' >given.pipe
    is "file_and_pipe: byte $place" 'same same' "$(cmp -s given given.pipe && echo same) $(diff -q <(sed 's/^[^:]*: [^:]*: //' said) <(sed 's/^[^:]*: [^:]*: //' said.pipe) >/dev/null && echo same)"
done

# However much is read at once: pieces of a pipe give what the file gives, and as much as a small one has before the damage.
in_pieces() { dd bs="$1" status=none | "$tool" decode -q 2>/dev/null | jq -c 'del(.file)'; }
head -c 300000 /dev/urandom | base64 | sed "s/^/$Q,\"DOWNLOADING\",7%\nnoise /" >mixed.log
for packer in "${packers[@]}"; do
    pack "$packer" <mixed.log >sound
    size=$(stat -c %s sound)
    for ((place = size / 9; place < size; place += size / 9)); do
        (head -c $place sound; printf 'U\252U'; tail -c +$((place + 4)) sound) >damaged
        "$tool" decode -q damaged 2>/dev/null | jq -c 'del(.file)' >given
        for piece in 999 70000; do
            is "pieces.$piece: $packer, byte $place of $size" same "$(in_pieces $piece <damaged | cmp -s - given && echo same)"
        done
    done
    # The sum at the end is wrong: all is there.
    pack "$packer" <in.log >sound
    (head -c -4 sound; printf U; tail -c 3 sound) >damaged
    gives "pieces.wrong_sum: $packer" '2 40 1' damaged
done

# The first bytes of a pipe tell what it is only with those behind them, however late they are. All wait at the same time.
late() { (head -c "$1" "$2"; sleep 1.5; tail -c +$(($1 + 1)) "$2") | "$tool" decode -q 2>&1 | sed 's/standard input//' >"late.$1.$2"; }
for packer in "${packers[@]}"; do pack "$packer" <in.log >late-$packer; done
for archiver in "${archivers[@]}"; do archive "$archiver" in.log other.log >late-$archiver; done
tar cf - --format=ustar --transform "s/^/$(printf '%050d' {1..2} | cut -c1-93)/" in.log >late-long_name
printf '7z\274\257\047\034%0300d' 0 >late-7z
printf 'SQLite format 3\0%0300d' 0 >late-sqlite
for file in late-*; do
    for first in 1 2 3 5 6 9 16 17 100 256 257 263 264 265 300; do late $first $file & done
    wait
    cat $file | "$tool" decode -q 2>&1 | sed 's/standard input//' >at_once
    for first in 1 2 3 5 6 9 16 17 100 256 257 263 264 265 300; do
        is "late: $file, $first" '' "$(diff at_once late.$first.$file | head -n 3)"
    done
done

# Several files, of which some are unpacked before their turn: for any number of threads the same, and the same is said. Large ones,
# small ones, plain ones, ones that are cut or damaged, one that is missing, one in several streams, an archive of them.
for ((i = 0; i < 20; i++)); do sed "s/noise/noise $i $RANDOM/" long.log; done >large.log
head -c 400000 /dev/urandom | base64 >>large.log
mkdir ahead
for ((i = 0; i < 4; i++)); do
    for packer in "${packers[@]}"; do
        pack "$packer" <large.log >ahead/$i-$packer.x
        pack "$packer" <large.log | head -c $((90000 + i * 7)) >ahead/$i-$packer.cut
    done
done
cp in.log ahead/1-plain
cat large.log large.log >ahead/2-plain
cat ahead/0-gzip.x sound.gz ahead/1-gzip.x >ahead/2-streams
(head -c 70000 ahead/0-gzip.x; printf 'U%.0s' {1..99}; tail -c +70100 ahead/0-gzip.x) >ahead/2-damaged
gzip -c ahead/2-plain | gzip -c >ahead/3-twice
tar cf - ahead/0-gzip.x in.log | gzip -c >ahead/3-tar
ahead=(ahead/0-* ahead/1-* missing ahead/[23]-*)
"$tool" decode -q -j1 "${ahead[@]}" >given.1 2>said.1
for threads in 2 3 8; do
    "$tool" decode -q -j$threads "${ahead[@]}" >given.n 2>said.n
    is "ahead: $threads threads" '0 0' "$(cmp -s given.1 given.n; echo $?) $(cmp -s said.1 said.n; echo $?)"
done
is "ahead: all is read" yes "$([ "$(jq -r .file given.1 | uniq | wc -l)" -gt 20 ] && echo yes)"
is "ahead: what is cut is said" $((4 * ${#packers[@]} + 2)) "$(wc -l <said.1)"

# What is damaged in an archive does not harm what stands beside it.
for packer in "${packers[@]}"; do
    pack $packer <in.log | head -c -1 >damaged.x
    for archiver in "${archivers[@]}"; do
        archive "$archiver" other.log damaged.x in.log >packed
        gives "damaged_among_others: $packer in $archiver" '2 81 1' packed
        is "damaged_among_others: $packer in $archiver is named" yes "$(grep -q '^sbfota: packed:damaged.x: damaged' said && echo yes)"
    done
done
tar cf bad.tar in.log
printf 'U%.0s' {1..200} | dd of=bad.tar bs=1 seek=20 conv=notrunc status=none
tar cf packed other.log bad.tar in.log
gives damaged_archive_among_others '2 41 1' packed

# Something behind: it is said, and what stands before is there. Zeros fill up a block.
for packer in "${packers[@]}"; do
    for inside in no yes; do
        for behind in x 'some text' '+QIND' '\x1f\x8b' '\xfd7zXZ' 'BZh9x' '\x28\xb5\x2f\xfd'; do
            (pack $packer <in.log; printf "$behind") >packed
            [ $inside = no ] || tar cf packed.tar packed other.log
            if [ $inside = no ]; then gives "behind: $packer, $behind" '2 40 1' packed; else gives "behind: $packer, $behind, in an archive" '2 41 1' packed.tar; fi
        done
    done
    (pack $packer <in.log; head -c 512 /dev/zero) >packed
    gives "behind: $packer, zeros" '0 40 0' packed
    (pack $packer <in.log; pack $packer <other.log; pack $packer <in.log) >packed
    gives "behind: $packer, files of the same kind" '0 81 0' packed
    (pack $packer <in.log; pack $packer </dev/null; pack $packer <other.log) >packed
    gives "behind: $packer, an empty one between" '0 41 0' packed
done
tar cf one.tar in.log
tar cf two.tar other.log
cat one.tar two.tar >packed
gives behind.another_archive '0 41 0' packed
(cat one.tar; printf 'no header%.0s' {1..100}) >packed
gives behind.archive '2 40 1' packed
(cat one.tar | gzip -c; printf x) >packed
gives behind.compressed_archive '2 40 1' packed

# What is no file is named.
ln -s in.log link
mkdir folder
tar cf packed link folder in.log
gives no_file.link '0 40 1' packed
is no_file.is_named 'sbfota: packed:link: skipped: a link in an archive is not followed' "$(cat said)"

# A ZIP archive that is cut behind its last file: in the list of its files, in its last record, in the comment behind that. One with an
# archive in it, stored as it is, is no less cut.
if [ -n "$(command -v zip)" ]; then
    zip -q0 one.zip in.log
    zip -q0 two.zip one.zip
    for name in one two; do
        size=$(stat -c %s $name.zip)
        gives zip.whole '0 40 0' $name.zip
        for less in 1 4 18 21 22 23 40 60; do
            head -c $((size - less)) $name.zip >cut
            gives "zip.cut: $name, $less" '2 40 1' cut
        done
    done
    zip -qz one.zip <<<'a comment'
    gives zip.comment '0 40 0' one.zip
    head -c -1 one.zip >cut
    gives zip.comment_is_cut '2 40 1' cut
    gzip -c one.zip >packed
    gives zip.in_gzip '0 40 0' packed
fi

# What cannot be read is named, beside a log and in an archive with one.
mkdir -p unread
for head in '7z\274\257\047\034' 'Rar!\032\007' '\037\235\220' '\037\235\214' 'LZIP\001' '\211LZO\000\r\n\032\n' LPKSHHRH 'SQLite format 3\000' 'PK\005\006'; do
    (printf "$head"; head -c 1000 /dev/zero) >unread/file
    gives "unread.alone: $head" '2 0 1' unread/file
    tar cf packed unread/file in.log
    gives "unread.in_archive: $head" '2 40 1' packed
    is "unread.beside_a_log: $head" '2 40' "$("$tool" decode -q unread/file in.log 2>said >given; echo "$? $(wc -l <given)")"
done

# Bombs: compressed once, as much as it is, in little memory; several times, only what a log may be.
for packer in "${packers[@]}"; do
    (head -c 30000000 /dev/zero; printf '\n%s,"START"\n' "$Q") | pack $packer >packed
    for second in "${packers[@]}"; do
        pack $second <packed >packed.1
        is "bomb.small: $packer, $second" 'overlong start' "$(limit 400000; "$tool" decode -q -j2 packed.1 | jq -r .event | paste -sd' ')"
    done
done
head -c 400000000 /dev/zero | gzip -1 >packed
gives bomb.once '1 1 1' packed
gzip -c packed >twice
gives bomb.twice '2 1 1' twice
is bomb.is_said yes "$(grep -q 'too much comes out' said && echo yes)"
tar cf packed twice in.log twice
gives bomb.nothing_behind_it '2 1 1' packed
if [ -n "$(command -v zip)" ]; then
    for ((i = 0; i < 10; i++)); do cp twice $i; done
    zip -q0 first.zip ? && zip -q second.zip first.zip
    is bomb.of_many '2 1' "$(limit 400000; timeout 60 "$tool" decode -q -j2 second.zip 2>said >given; echo "$? $(wc -l <said)")"
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
