#!/bin/bash
# What each library exports, to the last symbol: what goes missing breaks programs of others, and
# what is there without need gets in the way of others' symbols of the same name.
#
# usage: exported_symbols_test.sh LIBMVGA LIBMVGA_META PLUGIN ENGINE
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)/exported_symbols
differences=$(mktemp)
trap 'rm -f "$differences"' EXIT
failed=0

# usage: check LIBRARY LIST
check() {
  local exported
  exported=$(nm -D --defined-only "$1" | awk '{ print $NF }' | LC_ALL=C sort)
  if ! diff -U0 --label "expected, tests/exported_symbols/$2" --label "exported by $1" \
    "$folder/$2" <(printf '%s\n' "$exported") >"$differences"; then
    c++filt <"$differences"
    failed=1
  fi
  echo "$2: $(printf '%s\n' "$exported" | wc -l) symbols"
}

check "$1" libmvga
check "$2" libmvga-meta
check "$3" gstmvga
check "$4" libmvga-torch
exit $failed
