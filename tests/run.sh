#!/bin/bash
# Installs what is missing, builds, and runs all tests. The last line counts them.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_BUILD_DIR:-build}")

# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh

tests/install-packages.sh comparisons publishing
settings=(-Dwerror=true)
# From nothing, several files at once take half the time; a folder that is there stays as it is.
[ -f "$build/build.ninja" ] || settings+=(-Dunity=on)
configure "$build" "${settings[@]}"
ninja -C "$build" --quiet

# shellcheck source=tests/make_goldens.sh
. tests/make_goldens.sh
tests/run_tests.py --patience 3 --jobs "$(nproc)" "$build"
