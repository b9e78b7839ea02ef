#!/bin/bash
# From a bare Debian 12 or 13 to an annotated video, with nothing but Debian's packages: installs
# what is missing, builds, learns what is normal from the first seconds of a video, watches all of
# it, and leaves in quickstart-out/ line.mvga, annotated.mkv, events.json and contact-sheet.png.
#
#   examples/quickstart.sh [VIDEO [GOOD_SECONDS]]
#
# Without VIDEO: renders a film of parts on a conveyor, 30 good seconds and 40 with defects among
# them, and says which of the planted defects were found.
set -euo pipefail

fail() {
  echo "quickstart: $*" >&2
  exit 1
}

build() {
  [ -f build/build.ninja ] || meson setup build >"$out/build.log" 2>&1 ||
    fail "meson setup failed, see $out/build.log"
  ninja -C build --quiet gst/libgstmvga.so models/torch/libmvga-torch.so examples/mvga-learn \
    examples/mvga-watch examples/mvga-inspection-line >"$out/build.log" 2>&1 ||
    fail "the build failed, see $out/build.log"
  export GST_PLUGIN_PATH=$PWD/build/gst${GST_PLUGIN_PATH:+:$GST_PLUGIN_PATH}
  export MVGA_ENGINE_PATH=$PWD/build/models/torch
}

# Sets video, and good_seconds, ground_truth and input_size, which belong to it.
render_film() {
  video=$out/inspection-line.mkv
  good_seconds=30
  input_size=512  # its defects are a few pixels across
  ground_truth=$out/inspection-line.json
  [ -f "$video" ] && [ -f "$ground_truth" ] && return
  echo "Rendering a film of an inspection line ..."
  build/examples/mvga-inspection-line --output "$video" --ground-truth "$ground_truth" \
    --good-seconds "$good_seconds"
}

case ${1:-} in
  -h | --help)
    sed -n 's/^# \{0,1\}//; 2,9p' "$0"
    exit
    ;;
esac
[ $# -le 2 ] || fail "wants at most VIDEO and GOOD_SECONDS (see --help)"
[ $# -eq 0 ] || [ -f "$1" ] || fail "$1: no such video"
[ $# -eq 0 ] || set -- "$(realpath "$1")" "${2:-5}"
cd "$(dirname "$0")/.."
out=$PWD/quickstart-out
mkdir -p "$out"

echo "Installing what is missing, building (some minutes the first time) ..."
tests/install-packages.sh
build
video=${1:-} good_seconds=${2:-} ground_truth='' input_size=''
[ $# -gt 0 ] || render_film

echo "Learning what is normal from the first $good_seconds seconds of $video ..."
build/examples/mvga-learn "$video" "$out/line.mvga" "$good_seconds" ${input_size:+"$input_size"}
echo "Watching all of it ..."
build/examples/mvga-watch "$video" "$out/line.mvga" "$out" ${ground_truth:+"$ground_truth"}
echo "See quickstart-out/: annotated.mkv, contact-sheet.png, events.json, line.mvga (the model)"
