#!/bin/bash
# Builds with AddressSanitizer (leaks included) and UndefinedBehaviorSanitizer in a folder of its
# own, and runs all test programs there. The last line counts the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_SANITIZE_DIR:-build-sanitize}")

tests/install-packages.sh
# Some optimisation, or the numerics take minutes; no werror, as instrumented code gives GCC false
# alarms that plain code does not.
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dbuildtype=debug -Doptimization=1 -Db_sanitize=address,undefined >/dev/null
fi
ninja -C "$build" --quiet meson-test-prereq

# The runtime comes first in the tests' children too: gst-launch-1.0 and GStreamer's plugin scanner
# are not instrumented, but load the plugin that is.
tests/run_tests.py --programs-only --patience 10 \
  --env "LD_PRELOAD=$(g++ -print-file-name=libasan.so)" \
  --env "ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1" \
  --env "LSAN_OPTIONS=suppressions=$PWD/tests/leaks-of-others.supp:print_suppressions=0" \
  --env "UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1" \
  "$build"
