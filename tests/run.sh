#!/bin/bash
# Installs what is missing, builds, and runs all tests. The last line counts them.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_BUILD_DIR:-build}")

tests/install-packages.sh comparisons publishing
if [ -f "$build/build.ninja" ]; then
  meson configure "$build" -Dwerror=true
else
  meson setup "$build" -Dwerror=true >/dev/null
fi
ninja -C "$build" --quiet

# shellcheck source=tests/make_goldens.sh
. tests/make_goldens.sh "$build"
tests/run_tests.py --patience 3 "$build"
