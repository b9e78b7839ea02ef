#!/bin/bash
# Looks for input that crashes what reads foreign files, texts and metadata (tests/fuzz): clang, libFuzzer,
# AddressSanitizer and UndefinedBehaviorSanitizer. A line for each fuzzer; what crashes one is kept.
# usage: fuzz.sh SECONDS [FUZZER...]   (SECONDS for each; default: all of them)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: fuzz.sh SECONDS [FUZZER...]}
shift
[ $# -gt 0 ] || set -- checkpoint model statistics safetensors text metas

tests/install-packages.sh fuzz
# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh
build=${MVGA_FUZZ_BUILD:-build-fuzz}
checks=address,undefined,float-cast-overflow
if [ ! -f "$build/build.ninja" ]; then
  # The library is instrumented as well: meson's own option would not do that for libFuzzer. Several
  # files at once (unity) compile in half the time.
  CC='ccache clang' CXX='ccache clang++' meson setup "$build" -Dfuzz=enabled -Dtests=disabled \
    -Dtools=disabled -Dexamples=disabled -Ddistill=disabled -Dintrospection=disabled \
    -Dmqtt=disabled -Dkafka=disabled -Dbuildtype=plain -Dunity=on -Db_lundef=false \
    -Dcpp_args="-O1 -g1 -D_GLIBCXX_ASSERTIONS -fsanitize=fuzzer-no-link,$checks -fno-sanitize-recover=all" \
    -Dcpp_link_args="-fsanitize=$checks" >/dev/null
fi
targets=()
for name; do targets+=("tests/fuzz/fuzz-$name"); done
ninja -C "$build" --quiet "${targets[@]}"

found=$PWD/$build/found
mkdir -p "$found"
# LibTorch, fonts and GLib keep what they have until the end; only what grows would be of interest.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
status=0
for name; do
  mkdir -p "$build/corpus/$name"
  log=$found/$name.log
  seeds=()
  [ ! -d "tests/fuzz/corpus/$name" ] || seeds=("tests/fuzz/corpus/$name")
  outcome="no crash"
  "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
    -max_len=4096 -len_control=0 -print_final_stats=1 -artifact_prefix="$found/$name-" \
    "$build/corpus/$name" "${seeds[@]}" >"$log" 2>&1 || outcome="CRASH: $log"
  [ "$outcome" = "no crash" ] || status=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  edges=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
  echo "fuzz-$name: ${executions:-0} executions, ${edges:-0} edges, $outcome"
done
exit $status
