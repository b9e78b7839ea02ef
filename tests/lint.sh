#!/bin/bash
# clang-format, shellcheck and clang-tidy over everything that is in the repository.
# Needs a folder that Meson has configured, one that puts no files together; makes its own.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath -m "${MVGA_LINT_DIR:-build-lint}")

tests/install-packages.sh lint publishing
failed=0

git ls-files -z '*.h' '*.c' '*.cpp' | xargs -0 clang-format --dry-run --Werror || failed=1
{ git ls-files -z '*.sh'; printf '.ci/run\0'; } | xargs -0 shellcheck -x || failed=1

# The database and what is generated are enough, without a build.
[ -f "$build/build.ninja" ] || meson setup "$build" >/dev/null
ninja -C "$build" --quiet models/torch/builtin_weights.inc
tests/clang_tidy.py "$build" "$build/lint" || failed=1

if [ "$failed" -eq 0 ]; then echo "lint: nothing found"; else echo "lint: see above"; fi
exit "$failed"
