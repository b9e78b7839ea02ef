#!/bin/bash
# Builds with AddressSanitizer (leaks included) and UndefinedBehaviorSanitizer in a folder of its
# own, and runs all test programs there. The last line counts the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_SANITIZE_DIR:-build-sanitize}")

# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh

tests/install-packages.sh publishing
# Some optimisation, or the numerics take minutes; no werror, as instrumented code gives GCC false
# alarms that plain code does not. Reports name lines, for which -g1 is enough. No introspection:
# what reads it is a program of others, in Python. Several files at once (unity) take a third of the
# time. No check of virtual tables: it wants each class's type information once in a process, and
# each of our libraries has its own, as it exports none.
settings=(-Dunity=on -Dbuildtype=debug -Doptimization=1 "-Db_sanitize=address,undefined"
  "-Dcpp_args=-g1 -fno-sanitize=vptr" -Dintrospection=disabled)
configure "$build" "${settings[@]}"
ninja -C "$build" --quiet meson-test-prereq

# The runtime comes first in the tests' children too: GStreamer's tools are not instrumented, but load
# the plugin that is. What they, or the shell that runs a script, leak is not our business; in the
# programs built here all leaks are.
options=$build/options
rm -rf "$options"
mkdir "$options"
find "$build" -type f -executable ! -name '*.so*' -printf '%f\n' | while read -r program; do
  echo detect_leaks=1 >"$options/$program"
done

# What is allocated while libraries are loaded does not count.
for part in begins ends; do
  first=()
  [ $part = ends ] || first=("-Wl,-z,initfirst")
  cc -shared -fPIC "${first[@]}" -o "$build/loading-$part.so" "tests/sanitize/loading_$part.c"
done

# GStreamer's tools are C programs: the runtime looks for C++'s functions before the plugin brings
# them.
preload=$(g++ -print-file-name=libasan.so):$build/loading-ends.so:$build/loading-begins.so
preload=$preload:$(g++ -print-file-name=libstdc++.so.6)

asan=detect_leaks=0:detect_stack_use_after_return=1:strict_string_checks=1
asan=$asan:include_if_exists=$options/%b
# The leak check dies of LibTorch's threads when it follows their thread-local memory by itself.
asan=$asan:intercept_tls_get_addr=0
leaks=suppressions=$PWD/tests/sanitize/leaks-of-others.supp:print_suppressions=0

# With all of this a leak is still found: this program has one.
# shellcheck disable=SC2046 # a list of flags
cc -fsanitize=address -o "$build/leaking" tests/sanitize/leaking.c $(pkg-config --cflags --libs glib-2.0)
echo detect_leaks=1 >"$options/leaking"
if LD_PRELOAD=$preload ASAN_OPTIONS=$asan LSAN_OPTIONS=$leaks "$build/leaking" 2>"$build/leaking.log" ||
  ! grep -q '1234 byte(s) leaked' "$build/leaking.log"; then
  echo "tests/sanitize.sh: leaks are not found" >&2
  exit 1
fi

# Without the real pictures: they are for the numbers, and these tests would take minutes here.
# Without training, minutes of LibTorch, which is not instrumented, and without what is about memory or
# numbers and takes as long: of the ways to put parts together one is enough. Recording from a camera is
# timed: the camera does not wait for instrumented code.
left_out=(
  "TrainingTest.*"
  "RecordCamera.*"
  "Sharing.TakesNoMoreMemoryOnceItIsUnderWay"
  "Pictures.AreTheSameForTheSameSeedAndNumber"
  "Pictures.AreOfEveryKind"
  "Pictures.AreDifferentAndMostlyNotEmpty"
  "StatisticsFiles.OfTooManyPictures*"
  "StatisticsFiles.OfPicturesInOtherLight*"
  "StatisticsFiles.GiveTheModelOfTheWhole*"
  "StatisticsFiles.WithoutTheirPlace*"
  "StatisticsFiles.OfPicturesThatAreAllStored*"
  "NearCopies.AreFoundHoweverManyThereAre"
  "Learner.ShrinksExactlyWhile*"
  "Learner.KeepsEnoughPictures*"
  "Learner.FitsAllPictures*"
  "Learner.LooksAtABoundedNumber*"
  "ReproducePaper.*"
  "FitProperties.TargetFprSetsTheRate*"
)
env -u MVGA_SHARED -u MVGA_STATISTICS_GOLDEN \
  GTEST_FILTER="-$(IFS=:; echo "${left_out[*]}")" \
  tests/run_tests.py --programs-only --patience 10 --jobs "$(nproc)" \
  --env "LD_PRELOAD=$preload" \
  --env "ASAN_OPTIONS=$asan" \
  --env "LSAN_OPTIONS=$leaks" \
  --env "UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1" \
  "$build"
