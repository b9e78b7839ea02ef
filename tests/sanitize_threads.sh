#!/bin/bash
# Builds what several threads use at once with ThreadSanitizer, in a folder of its own, and runs its
# tests. LibTorch, OpenMP and GStreamer are not instrumented: their locks would go unseen and give
# false alarms, so nothing that needs them is in here; the backbones are fakes.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_SANITIZE_THREADS_DIR:-build-sanitize-threads}")

tests/install-packages.sh
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dbuildtype=debug -Doptimization=1 -Db_sanitize=thread -Db_lundef=false \
    >/dev/null
fi
ninja -C "$build" --quiet tests/models/models-threads-test

# Each test several times: threads meet in another way each time.
TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1" \
  "$build/tests/models/models-threads-test" --gtest_brief=1 --gtest_repeat=50
