#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
#
# What one would take instead: anomalib's PaDiM with ResNet-18, in torch and exported to OpenVINO,
# and mvga with the same network, weights and input size, in turn on two threads. Prints tables as
# Markdown. The first time it makes a virtual environment from PyPI (6 GB, most of it CUDA, which is
# not used).
# usage: tests/benchmarks/speed/versus_anomalib.sh [ROUNDS [DATASET]]
# DATASET: a category in the layout of MVTec AD; default: MVGA_SHARED/data/bottle.
# resnet18.safetensors is looked for where mvga does, then in MVGA_SHARED/weights. Other settings:
#   MVGA_ANOMALIB     the folder of the virtual environment (~/.cache/mvga/anomalib)
#   MVGA_INPUT_SIZE   for both; 256 is anomalib's default (mvga's for ResNet: 224)
#   MVGA_BUILD_DIR    build-benchmarks
#   MVGA_THREADS      2
set -euo pipefail
dataset=${2:-${MVGA_SHARED:+$MVGA_SHARED/data/bottle}}
[ -z "$dataset" ] || dataset=$(realpath -m "$dataset")
cd "$(dirname "$0")/../../.."
build=${MVGA_BUILD_DIR:-build-benchmarks}
venv=${MVGA_ANOMALIB:-${XDG_CACHE_HOME:-$HOME/.cache}/mvga/anomalib}
versions=tests/benchmarks/speed/versus_anomalib_versions.txt
rounds=${1:-11}
python=/usr/bin/python3 # 3.11 or newer; another one may come first on PATH

fail() {
  echo "$0: $1" >&2
  exit 1
}

[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail "usage: $0 [ROUNDS [DATASET]]"
[ -n "$dataset" ] || fail "name a DATASET, or set MVGA_SHARED to a folder with data/bottle"
for part in train/good test; do
  [ -d "$dataset/$part" ] || fail "there is no $dataset/$part: DATASET is a category as in MVTec AD"
done

IFS=: read -ra folders <<<"${MVGA_WEIGHTS_PATH:-}"
folders+=("${XDG_DATA_HOME:-$HOME/.local/share}/mvga/weights" /usr/local/share/mvga/weights)
[ -z "${MVGA_SHARED:-}" ] || folders+=("$MVGA_SHARED/weights")
weights=
for folder in "${folders[@]}"; do
  [ -z "$folder" ] || [ ! -f "$folder/resnet18.safetensors" ] || {
    weights=$folder/resnet18.safetensors
    break
  }
done
[ -n "$weights" ] || fail "no resnet18.safetensors in ${folders[*]}: set MVGA_WEIGHTS_PATH"

# The copy of the versions is put there when everything is.
if ! cmp -s "$versions" "$venv/versions.txt"; then
  # It is emptied first: let it be nobody's home.
  [ ! -e "$venv" ] || [ -f "$venv/pyvenv.cfg" ] || fail "$venv is there, and no virtual environment"
  echo "installing anomalib into $venv" >&2
  mkdir -p "$(dirname "$venv")"
  $python -m venv --clear "$venv" || fail "$python makes no virtual environment (python3-venv?)"
  "$venv/bin/pip" install --quiet --use-pep517 -r "$versions" >&2 ||
    fail "anomalib could not be installed, see above"
  cp "$versions" "$venv/versions.txt"
fi

if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dbenchmarks=enabled -Dtests=disabled >&2
fi
ninja -C "$build" --quiet tools/mvga gst/libgstmvga.so models/torch/libmvga-torch.so \
  tests/benchmarks/versus-mvga >&2
export MVGA_ENGINE_PATH=$PWD/$build/models/torch
export GST_PLUGIN_PATH=$PWD/$build/gst
export GST_REGISTRY=$PWD/$build/registry.bin
export LD_LIBRARY_PATH=$PWD/$build/models${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

echo "## $(date -u +%F), $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs)," \
  "$(nproc) cores, ${MVGA_THREADS:-2} threads, load $(cut -d' ' -f1 /proc/loadavg)"
echo
"$venv/bin/python" tests/benchmarks/speed/versus_anomalib.py "$rounds" "$dataset" "$weights" "$build"
