#!/bin/bash
# One inference, two recordings: the video as it is, and with what was found drawn on it. The
# second may have another size of the same shape; it is drawn at that size.
#
#   examples/two-recordings.sh VIDEO MODEL [OUTPUT_FOLDER [WIDTH HEIGHT]]
#
# MODEL is a file that mvgafit wrote, such as the quick start's quickstart-out/line.mvga. Writes
# clean.mkv and annotated.mkv. GStreamer has to find the plugin: installed, or in the shell of
# `meson devenv -C build`.
set -euo pipefail

case ${1:-} in
  -h | --help)
    sed -n 's/^# \{0,1\}//; 2,9p' "$0"
    exit
    ;;
esac
[ $# -eq 2 ] || [ $# -eq 3 ] || [ $# -eq 5 ] || {
  echo "usage: $0 VIDEO MODEL [OUTPUT_FOLDER [WIDTH HEIGHT]]" >&2
  exit 2
}
video=$1 model=$2 out=${3:-.}
scaled=()
[ $# -lt 5 ] || scaled=('!' videoscale '!' "video/x-raw,width=$4,height=$5,pixel-aspect-ratio=1/1")
mkdir -p "$out"

record=(x264enc pass=quant quantizer=20 speed-preset=veryfast '!' matroskamux '!' filesink)
# An encoder holds back some frames before it gives the first: the queues have to be long enough
# for the other branch to go on.
queue=(queue max-size-buffers=100 max-size-bytes=0 max-size-time=0)
gst-launch-1.0 -e \
  filesrc location="$video" '!' decodebin '!' videoconvert '!' \
  mvgadetect model="$model" attach=score+regions+map '!' tee name=frames \
  frames. '!' "${queue[@]}" '!' videoconvert '!' "${record[@]}" location="$out/clean.mkv" \
  frames. '!' "${queue[@]}" "${scaled[@]}" '!' mvgaoverlay '!' videoconvert '!' \
  "${record[@]}" location="$out/annotated.mkv"
