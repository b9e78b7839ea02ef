#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
#
# Builds and runs all benchmarks in turn, on two threads, and prints their tables as Markdown.
# Takes timm's weights from MVGA_WEIGHTS_PATH; random ones of the same shapes where there are none.
# usage: tests/benchmarks/speed/run.sh [FACTOR]     FACTOR: times the usual number of rounds
set -euo pipefail
cd "$(dirname "$0")/../../.."
build=${MVGA_BUILD_DIR:-build-benchmarks}
factor=${1:-1}
threads=${MVGA_THREADS:-2}
[ "$factor" -ge 1 ] || { echo "usage: $0 [FACTOR]" >&2; exit 2; }

if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dbenchmarks=enabled -Dtests=disabled >&2
fi
ninja -C "$build" --quiet >&2
programs=$build/tests/benchmarks
export MVGA_ENGINE_PATH=$PWD/$build/models/torch
export GST_PLUGIN_PATH=$PWD/$build/gst
export GST_REGISTRY=$PWD/$build/registry.bin
export LD_LIBRARY_PATH=$PWD/$build/models${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

# weights_of ARCHITECTURE TOP_LEVEL: prints the path.
weights_of() {
  local folder
  for folder in ${MVGA_WEIGHTS_PATH//:/ }; do
    if [ -f "$folder/$1.safetensors" ]; then
      echo "$folder/$1.safetensors"
      return
    fi
  done
  [ -f "$programs/$1.safetensors" ] ||
    "$programs/write-weights" "$1" "$2" "$programs/$1.safetensors"
  echo "$programs/$1.safetensors"
}

MVGA_WEIGHTS_PATH=${MVGA_WEIGHTS_PATH:-}
b4=$(weights_of tf_efficientnet_b4 7)
resnet=$(weights_of resnet18 3)

echo "## $(date -u +%F), $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(nproc) cores," \
  "$threads threads, load $(cut -d' ' -f1 /proc/loadavg)"
echo
if /usr/bin/python3 -c 'import torch' 2>/dev/null; then
  for pair in "tf_efficientnet_b4 $b4" "resnet18 $resnet"; do
    read -r architecture weights <<<"$pair"
    script=$programs/$architecture.pt
    /usr/bin/python3 tests/benchmarks/speed/freeze_torchscript.py "$weights" "$architecture" "$script"
    "$programs/backbone-benchmark" "$architecture" "$weights" "$script" $((40 * factor)) "$threads"
    echo
  done
else
  echo "Without Debian's python3-torch there is no TorchScript to compare the backbones with."
  echo
fi
"$programs/frame-cost-benchmark" tf_efficientnet_b4 "$b4" $((10 * factor)) "$threads"
echo
"$programs/reader-benchmark" $((20 * factor))
echo
"$programs/overlay-benchmark" $((200 * factor))
echo
MVGA_WEIGHTS_PATH=$MVGA_WEIGHTS_PATH:$PWD/$programs \
  "$programs/networks-benchmark" $((3 * factor)) tf_efficientnet_b4 resnet18 mvga_small
echo
MVGA_WEIGHTS_PATH=$MVGA_WEIGHTS_PATH:$PWD/$programs \
  "$programs/modes-benchmark" "$factor" tf_efficientnet_b4 resnet18 mvga_small
echo
MVGA_WEIGHTS_PATH=$MVGA_WEIGHTS_PATH:$PWD/$programs \
  "$programs/streams-benchmark" "$factor" mvga_small tf_efficientnet_b4
echo
"$programs/start-up-benchmark" tf_efficientnet_b4 "$b4" $((7 * factor)) "$threads"
echo
"$programs/model-file-benchmark"
echo
"$programs/metrics-benchmark"
