#!/bin/bash
# Builds what several threads use at once with ThreadSanitizer, in a folder of its own, and runs its
# tests. LibTorch, OpenMP and GStreamer are not instrumented: what their locks guard would give false
# alarms. So the backbones are fakes, and of GStreamer there are buffers and events alone.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_SANITIZE_THREADS_DIR:-build-sanitize-threads}")

# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh

tests/install-packages.sh
configure "$build" -Dunity=on -Dbuildtype=debug -Doptimization=1 -Db_sanitize=thread \
  -Db_lundef=false -Dcpp_args=-g1
programs=(tests/models/models-threads-test tests/gst/mvgadetect-lanes-test)
ninja -C "$build" --quiet "${programs[@]}"

# Each test several times (MVGA_REPEAT): threads meet in another way each time. Of what goes well one line is
# enough.
export TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1"
for program in "${programs[@]}"; do
  "$build/$program" --gtest_brief=1 --gtest_repeat="${MVGA_REPEAT:-10}" >"$build/log" 2>&1 || { cat "$build/log"; exit 1; }
  tail -n 1 "$build/log"
done
