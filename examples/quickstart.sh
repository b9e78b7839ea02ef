#!/bin/bash
# From a bare Debian 12 to an annotated video: installs what is missing, builds, learns what is
# normal from the first seconds of a video, watches all of it, and leaves in quickstart-out/
# line.mvga, annotated.mkv, events.json and contact-sheet.png.
#
#   examples/quickstart.sh [VIDEO [GOOD_SECONDS]]
#
# Without VIDEO: three bottles on a table, from Intel's sample videos (CC BY 4.0).
set -euo pipefail

sample_url=https://github.com/intel-iot-devkit/sample-videos/raw/master/bottle-detection.mp4
weights_name=tf_efficientnet_b4.safetensors
weights_url=https://huggingface.co/timm/tf_efficientnet_b4.ns_jft_in1k/resolve/main/model.safetensors
# shellcheck source=examples/common/find-weights.sh
. "$(dirname "$0")/common/find-weights.sh"

fail() {
  echo "quickstart: $*" >&2
  exit 1
}

# fetch URL FILE: the file appears when it is complete. Otherwise fetch_error says why not.
fetch() {
  mkdir -p "$(dirname "$2")"
  if fetch_error=$(curl --fail --location --silent --show-error --retry 2 --connect-timeout 20 \
    --output "$2.part" "$1" 2>&1 | tail -n 1); then
    mv "$2.part" "$2"
  else
    rm -f "$2.part"
    return 1
  fi
}

get_weights() {
  find_weights "$weights_name" && return
  echo "Downloading the backbone's weights (75 MB) to $user_data/weights ..."
  fetch "$weights_url" "$user_data/weights/$weights_name" ||
    fail "no $weights_name ($fetch_error): get $weights_url another way, save it as" \
      "$user_data/weights/$weights_name (or name its folder in MVGA_WEIGHTS_PATH), and start again"
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

# Sets video (and good_seconds, which depends on it).
choose_video() {
  good_seconds=5
  video=${MVGA_SHARED:+$MVGA_SHARED/data/video/bottle-detection.mp4}
  [ -f "$video" ] && return
  video=$user_data/bottle-detection.mp4
  [ -f "$video" ] && return
  echo "Downloading the sample video ..."
  fetch "$sample_url" "$video" && return
  echo "The sample video cannot be had: rendering a film of an inspection line instead ..."
  video=$out/inspection-line.mkv
  good_seconds=30
  build/examples/mvga-inspection-line --output "$video" --ground-truth "$out/inspection-line.json"
}

case ${1:-} in
  -h | --help)
    sed -n 's/^# \{0,1\}//; 2,8p' "$0"
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
get_weights
if [ $# -gt 0 ]; then
  video=$1 good_seconds=$2
else
  choose_video
fi

echo "Learning what is normal from the first $good_seconds seconds of $video ..."
build/examples/mvga-learn "$video" "$out/line.mvga" "$good_seconds"
echo "Watching all of it ..."
build/examples/mvga-watch "$video" "$out/line.mvga" "$out"
echo "See quickstart-out/: annotated.mkv, contact-sheet.png, events.json, line.mvga (the model)"
