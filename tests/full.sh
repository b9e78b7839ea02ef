#!/bin/bash
# What is too slow for every change, by hand before a release: thousand-fold repeats and a soak.
#
# usage: tests/full.sh [MINUTES]     of the soak, default: 10
# Ends with 1 if anything failed. Takes about an hour besides the soak on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-10}
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "usage: $0 [MINUTES]" >&2; exit 2; }
build=$(realpath -m "${MVGA_BUILD_DIR:-build}")
benchmarks=$(realpath -m "${MVGA_BENCHMARKS_DIR:-build-benchmarks}")
log=$(mktemp)
trap 'rm -rf "$log" "${model:-}"' EXIT
failed=()

# usage: part NAME COMMAND...     What goes well is one line.
part() {
  local name=$1 start=$SECONDS status=0
  shift
  "$@" >"$log" 2>&1 || status=$?
  echo "== $name: $([ $status -eq 0 ] && echo well || echo "ended with $status") after $((SECONDS - start)) s"
  [ $status -eq 0 ] || { failed+=("$name"); tail -n 60 "$log"; }
}

# Each of the elements' tests many times, in another order each time, as meson.build declares them.
repeat_elements() {
  local name
  for name in mvgadetect mvgadetect-instances mvgadetect-pipelines mvgafit mvgaoverlay mvgapublish; do
    meson test -C "$build" --no-rebuild --num-processes 1 --timeout-multiplier 0 --verbose \
      --test-args="--gtest_brief=1 --gtest_repeat=20 --gtest_shuffle" "$name"
  done
}

# A live camera of 1920x1080 at 30 frames a second: every frame passes, memory stays what it is.
soak() {
  local mode=$1
  MVGA_ENGINE_PATH=$benchmarks/models/torch GST_PLUGIN_PATH=$benchmarks/gst \
    "$benchmarks/tests/benchmarks/live-camera-benchmark" "$model" "$mode" $((60 * minutes)) |
    tee /dev/stderr | awk -v mode="$mode" '
      NR == 2 { start = $8 }
      { in_ = $2; out = $3; end = $8 }
      END {
        if (NR < 3 || out < in_ - 8) { print "frames were lost: " in_ " in, " out " out"; exit 1 }
        if (end > 1.05 * start + 8) { print "memory grew from " start " to " end " MiB"; exit 1 }
      }'
}

tests/run.sh
# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh
configure "$benchmarks" -Dbenchmarks=enabled -Dtests=disabled
ninja -C "$benchmarks" --quiet
model=$(mktemp --suffix=.mvga)
MVGA_ENGINE_PATH=$build/models/torch GST_PLUGIN_PATH=$build/gst gst-launch-1.0 -q \
  videotestsrc pattern=ball num-buffers=300 ! \
  video/x-raw,format=I420,width=640,height=360 ! mvgafit model="$model" ! fakesink

part "training that has to learn something" env MVGA_LONG_TESTS=1 \
  meson test -C "$build" --no-rebuild --timeout-multiplier 0 models-distill
part "threads, a thousand times" env MVGA_REPEAT=1000 tests/sanitize_threads.sh
part "elements, twenty times in any order" repeat_elements
for mode in decoupled async; do
  part "$minutes minutes of a live camera, $mode" soak "$mode"
  cat "$log"
done
if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
  exit 1
fi
echo "all went well"
