#!/bin/bash
# Watches a camera. What is normal it learns from the first 300 frames, when there is no model yet.
#
#   examples/webcam.sh [MODEL [SOURCE [SINK]]]
#
# MODEL is webcam.mvga, SOURCE is v4l2src and SINK is autovideosink unless you say otherwise, such as
#   examples/webcam.sh desk.mvga "v4l2src device=/dev/video2"
#   examples/webcam.sh door.mvga "rtspsrc location=rtsp://camera/stream ! decodebin"
# LEARN_FRAMES and EVERY (learn and look at every Nth frame) may be set in the environment: let the
# camera see all that is normal while it learns, which takes LEARN_FRAMES x EVERY frames.
# To learn anew, remove MODEL. GStreamer has to find the plugin: installed, or in the shell of
# `meson devenv -C build`.
set -euo pipefail

case ${1:-} in
  -h | --help)
    sed -n 's/^# \{0,1\}//; 2,13p' "$0"
    exit
    ;;
esac
[ $# -le 3 ] || {
  echo "usage: $0 [MODEL [SOURCE [SINK]]]" >&2
  exit 2
}
model=${1:-webcam.mvga}
read -ra source <<<"${2:-v4l2src}"
read -ra sink <<<"${3:-autovideosink}"

# The queue keeps the newest frame only: what is shown is never older than one inference.
exec gst-launch-1.0 -e -m \
  "${source[@]}" '!' videoconvert '!' queue leaky=downstream max-size-buffers=1 '!' \
  mvgadetect model="$model" learn-frames="${LEARN_FRAMES:-300}" \
  inference-interval="${EVERY:-1}" overlay=blend '!' videoconvert '!' "${sink[@]}"
