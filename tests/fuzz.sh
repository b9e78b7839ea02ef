#!/bin/bash
# Looks for input that crashes what reads foreign files, texts and metadata, and for what breaks the
# elements (tests/fuzz): clang, libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer. As many fuzzers
# at a time as there are processors, and a line for each: executions, edges, crashes; at the end one for
# all. What crashes one is kept.
# usage: fuzz.sh SECONDS [FUZZER...]   (SECONDS for each; default: all of them)
# Exit code 77: skipped, as clang has no libFuzzer here.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz.sh SECONDS [FUZZER...]}
shift
[ $# -gt 0 ] || set -- storm-detect storm-fit storm-overlay storm-publish pictures model statistics \
  safetensors checkpoint metas text csv
build=$(realpath -m "${MVGA_FUZZ_BUILD:-build-fuzz}")
jobs=${MVGA_FUZZ_JOBS:-$(nproc)}

skip() {
  echo "fuzz: skipped: $1"
  exit 77
}

tests/install-packages.sh fuzz || skip "Debian has not all of its packages"
checks=address,undefined,float-cast-overflow
echo 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' |
  clang++ -x c++ - -o /dev/null "-fsanitize=fuzzer,$checks" 2>/dev/null || skip "clang has no libFuzzer"

# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh
# What the compiler reads beside the sources.
export CCACHE_EXTRAFILES=$PWD/tests/fuzz/unchecked.txt:$PWD/tests/fuzz/uncounted.txt
if [ ! -f "$build/build.ninja" ]; then
  # All that is looked at is instrumented: meson's own option would not do that for libFuzzer. Several
  # files at once (unity) compile in half the time.
  CC='ccache clang' CXX='ccache clang++' meson setup "$build" -Dfuzz=enabled -Dtests=disabled \
    -Dtools=disabled -Dexamples=disabled -Ddistill=disabled -Dintrospection=disabled \
    -Dmqtt=disabled -Dkafka=disabled -Dbuildtype=plain -Dunity=on -Db_lundef=false \
    -Dcpp_args="-O1 -g1 -D_GLIBCXX_ASSERTIONS -fsanitize=fuzzer-no-link,$checks -fno-sanitize-recover=all" \
    -Dcpp_link_args="-fsanitize=$checks" >/dev/null
fi
ninja -C "$build" --quiet build.ninja >/dev/null
tests/name_sources_relatively.py "$build"
targets=()
for name; do targets+=("tests/fuzz/fuzz-$name"); done
ninja -C "$build" --quiet "${targets[@]}"
echo "fuzz: ready after $SECONDS s"

found=$build/found
rm -rf "$build/results"
mkdir -p "$found/others" "$build/results" "$build/temporary"
# LibTorch, fonts and GLib keep what they have until the end; only what grows would be of interest.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export TMPDIR=$build/temporary

# Small files to begin with, beside those in the repository: of each sort of picture one.
make_seeds() {
  local seeds=$build/seeds/pictures
  [ ! -d "$seeds" ] || return 0
  mkdir -p "$seeds"
  python3 tests/tools/pictures/pillow_pictures.py "$seeds" 2>/dev/null ||
    /usr/bin/python3 tests/tools/pictures/pillow_pictures.py "$seeds" || true
  rm -f "$seeds"/*.rgb
}

# The library that decodes pictures in which it happened, if it was in one: those are not ours.
# Sanitizers and the C library say of a crash where it was, not whose it was.
decoder_in() {
  grep -E '^ +#[0-9]+ 0x' "$1" | grep -vE '/libc\.so|sysdeps/|stdlib/|nptl/|_interceptor_|_asan_|_sanitizer_|fuzzer::|/compiler-rt/' |
    head -n 1 | grep -oE 'lib(tiff|jpeg|png16|webp|gdk_pixbuf|pixbufloader|z|lzma|zstd|jbig|deflate|Lerc)[-_.a-z0-9]*so' ||
    true
}

# usage: fuzz NAME LOG SECONDS
fuzz() {
  local name=$1
  local seeds=() folder
  local options=(-max_len=4096 -len_control=0)
  case $name in
    storm-*) options=(-max_len=400) ;;
    pictures) options+=(-malloc_limit_mb=4096) ;;
  esac
  for folder in "tests/fuzz/corpus/$name" "$build/seeds/$name"; do
    [ ! -d "$folder" ] || seeds+=("$folder")
  done
  mkdir -p "$build/corpus/$name"
  "$build/tests/fuzz/fuzz-$name" "-max_total_time=$3" -timeout=60 -rss_limit_mb=2048 "${options[@]}" \
    -print_final_stats=1 "-artifact_prefix=$found/$name-" "$build/corpus/$name" "${seeds[@]}" \
    >/dev/null 2>"$2"
}

number_of() {  # usage: number_of LOG PATTERN
  sed -n "s/$2/\\1/p" "$1" | tail -n 1
}

# Until the time is over, or something of ours is found: a decoder's fault is put aside, and it goes on.
run() {
  local name=$1
  local log=$found/$name.log
  local end=$((SECONDS + seconds)) executions=0 others=0 crashes=0 input decoder
  while :; do
    local left=$((end - SECONDS))
    [ $left -gt 0 ] || break
    local failed=0
    fuzz "$name" "$log" "$left" || failed=$?
    executions=$((executions + $(number_of "$log" '^stat::number_of_executed_units: *\(.*\)') + 0))
    [ $failed -ne 0 ] || break
    input=$(number_of "$log" '.*Test unit written to \(.*\)')
    decoder=$(decoder_in "$log")
    if [ -z "$decoder" ] || [ ! -f "$input" ]; then
      crashes=1
      break
    fi
    others=$((others + 1))
    mv "$input" "$found/others/"
    cp "$log" "$found/others/$(basename "$input").log"
    echo "fuzz-$name: in $decoder, which is not ours: $found/others/$(basename "$input")"
    [ $others -lt 20 ] || break
  done
  echo "fuzz-$name: $executions executions, $(number_of "$log" '.* cov: \([0-9]*\).*' | grep . || echo 0) edges," \
    "$crashes crashes$([ $others -eq 0 ] || echo ", $others more in decoders")"
  echo "$executions $crashes" >"$build/results/$name"
  [ $crashes -ne 0 ] || return 0
  grep -E 'ERROR:|SUMMARY:|runtime error:|storm:|^ +#[0-9]+ .*(core|gst|models|tests|tools)/' "$log" | head -n 20 || true
  echo "fuzz-$name: repeat it with: ASAN_OPTIONS=$ASAN_OPTIONS ${build#"$PWD"/}/tests/fuzz/fuzz-$name" \
    "${input:-(no input was kept: see $log)}"
}

make_seeds
for name; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
  run "$name" &
done
wait
rm -rf "$build/temporary"
# One that did not come to its end has no result, and is no success.
awk -v wanted=$# '{ executions += $1; crashes += $2 }
  END { printf "fuzz: %d of %d fuzzers to their end, %d executions, %d crashes\n", NR, wanted, executions, crashes
        exit NR < wanted || crashes > 0 }' /dev/null "$build/results"/*
