#!/bin/bash
# Installs what is missing, builds, and runs all tests. The last line counts them.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${MVGA_BUILD_DIR:-build}

tests/install-packages.sh
[ -f "$build/build.ninja" ] || meson setup "$build" >/dev/null
ninja -C "$build" --quiet

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
for program in core-test models/models-backbone-test models/models-engine-test \
  models/models-golden-test models/models-cpu-kernels-test gst/overlay-test gst/mvgadetect-test \
  gst/mvgadetect-formats-test gst/mvgadetect-bad-input-test gst/mvgadetect-pipelines-test; do
  name=$(basename "$program")
  code=0
  MVGA_ENGINE_PATH=$PWD/$build/models/torch GST_PLUGIN_PATH=$PWD/$build/gst \
    "$build/tests/$program" --gtest_brief=1 --gtest_output="json:$results/$name.json" || code=$?
  read -r p f s < <(python3 tests/count_results.py "$results/$name.json" "$code")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
