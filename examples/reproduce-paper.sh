#!/bin/bash
# The paper's tables, from your copy of MVTec AD or any other data set that mvga evaluate reads.
# Prints Markdown; what it is doing goes to stderr. Above each table is the command that gives it.
#
#   examples/reproduce-paper.sh DATASET [OPTION]...
#
#   --table NAME      only this one: main, levels, reductions or times
#   --category NAME   only this category
#   --backbone NAME   this one instead of tf_efficientnet_b4 and resnet18
#   --results FOLDER  keep the results there, and do not measure again what is there
#   --quick           learn from 20 pictures of each category, to see that it works
#
# All but the last two can be repeated. docs/reproducing-the-paper.md says what to expect.
set -euo pipefail

fail() {
  echo "reproduce-paper: $*" >&2
  exit 1
}

# The paper has EfficientNet's levels 0 to 8 and ResNet's 0 to 3.
levels_of() {
  case $1 in
    *efficientnet*) echo 0 1 2 3 4 5 6 7 8 ;;
    *) echo 0 1 2 3 ;;
  esac
}

default_reduction_of() {
  case $1 in
    *efficientnet*) echo --reduction opca --variance 0.05 ;;
    *) echo --reduction none ;;
  esac
}

# Before anything takes long.
check_weights() {
  local backbone
  for backbone in "${backbones[@]}"; do
    find_weights "$backbone.safetensors" ||
      fail "no $backbone.safetensors: get the model.safetensors of a $backbone from" \
        "https://huggingface.co/timm (tf_efficientnet_b4.aa_in1k, resnet18.tv_in1k), save it as" \
        "$user_data/weights/$backbone.safetensors (or name its folder in MVGA_WEIGHTS_PATH)," \
        "and start again"
  done
}

# Sets tool.
find_tool() {
  tool=${MVGA_TOOL:-}
  [ -z "$tool" ] || return 0
  echo "Installing what is missing, building (some minutes the first time) ..." >&2
  tests/install-packages.sh
  tool=build/tools/mvga
  [ -f build/build.ninja ] || meson setup build >"$work/build.log" 2>&1 ||
    fail "meson setup failed: $(tail -n 1 "$work/build.log")"
  ninja -C build --quiet tools/mvga gst/libgstmvga.so models/torch/libmvga-torch.so \
    >"$work/build.log" 2>&1 || fail "the build failed; run ninja -C build to see why"
  export GST_PLUGIN_PATH=$PWD/build/gst${GST_PLUGIN_PATH:+:$GST_PLUGIN_PATH}
  export MVGA_ENGINE_PATH=$PWD/build/models/torch
}

# A folder with results of something else would give tables that mix both.
keep_results_in() {
  mkdir -p "$1"
  results=$(realpath "$1")
  local what="${settings[*]}"
  [ -f "$results/settings" ] || echo "$what" >"$results/settings"
  [ "$(cat "$results/settings")" = "$what" ] ||
    fail "$1 has the results of mvga evaluate $(cat "$results/settings"): name another folder"
}

# command_for BACKBONE [OPTIONS]: what there is to type.
command_for() {
  local words
  words=$(printf '%q ' evaluate "${settings[@]}")
  # shellcheck disable=SC2016  # these are Markdown's
  printf '```sh\nmvga %s--backbone %s\n```\n\n' "$words" "$*"
}

# evaluate BACKBONE [OPTION...]: sets json, the file with the results. What the backbone does by
# itself is measured once.
evaluate() {
  local backbone=$1 name=$*
  shift
  if [ "$*" = "$(default_reduction_of "$backbone")" ]; then
    set --
    name=$backbone
  fi
  name=${name//--/}
  json=$results/${name// /-}.json
  [ ! -f "$json" ] || return 0
  echo "$backbone $*" >&2
  "$tool" evaluate "${settings[@]}" --backbone "$backbone" "$@" --json "$json" >/dev/null || exit 1
}

tables() {
  python3 examples/common/result_tables.py "$@"
}

# The results with each backbone's own settings, as arguments for the tables. Sets files.
evaluate_backbones() {
  local backbone
  files=()
  for backbone in "${backbones[@]}"; do
    evaluate "$backbone"
    files+=("$backbone=$json")
  done
}

main_table() {
  evaluate_backbones
  printf '## Main result (Tables 1 and 2)\n\n'
  command_for BACKBONE
  tables categories "${files[@]}"
}

# A row for every level alone.
levels_table() {
  local backbone level files
  printf '## One level alone (Table 5)\n\n'
  printf 'Counted from 0. EfficientNet: 0 is the stem, 1 to 7 are the stages, 8 is the head.\n'
  printf 'ResNet: 0 is the first max-pooling, 1 to 3 are layer1 to layer3.\n\n'
  for backbone in "${backbones[@]}"; do
    files=()
    for level in $(levels_of "$backbone"); do
      evaluate "$backbone" --levels "$level"
      files+=("$level=$json")
    done
    evaluate "$backbone"
    files+=("those of the paper=$json")
    command_for "$backbone" --levels LEVEL
    tables rows LEVEL "${files[@]}"
  done
}

# A row for every way to choose components.
reductions_table() {
  local backbone options words files
  printf '## Opposite PCA, PCA and all features (Figure 5, Table 4)\n\n'
  printf 'The variance is the share that is kept: of OPCA the smallest components that have it, '
  printf 'of PCA the largest.\n\n'
  for backbone in "${backbones[@]}"; do
    files=()
    for options in "--reduction none" "--reduction opca --variance 0.05" \
      "--reduction opca --variance 0.01" "--reduction pca --variance 0.95"; do
      read -ra words <<<"$options"
      evaluate "$backbone" "${words[@]}"
      files+=("\`$options\`=$json")
    done
    command_for "$backbone" OPTIONS
    tables rows OPTIONS "${files[@]}"
  done
}

times_table() {
  evaluate_backbones
  printf '## Time for a picture (Table 3)\n\n'
  command_for BACKBONE --json FILE
  tables times "${files[@]}"
  printf 'Median of the test pictures, mean of the categories. %s, threads: %s.\n\n' \
    "$(lscpu | sed -n 's/^Model name: *//p' | head -n 1)" "$(nproc)"
}

[ $# -gt 0 ] || fail "wants the folder of a data set (see --help)"
case $1 in
  -h | --help)
    sed -n 's/^# \{0,1\}//; 2,13p' "$0"
    exit
    ;;
esac
[ -d "$1" ] || fail "$1: there is no such folder; it should be a data set, such as MVTec AD unpacked"
settings=("$(realpath "$1")")
shift
backbones=() wanted=() quick=() keep=""
while [ $# -gt 0 ]; do
  [ "$1" = --quick ] || [ $# -gt 1 ] || fail "$1: there is no such option, or it wants a value"
  case $1 in
    --quick)
      quick=(--max-frames 20)
      shift
      continue
      ;;
    --category) settings+=(--category "$2") ;;
    --backbone) backbones+=("$2") ;;
    --results) keep=$(realpath -m "$2") ;;
    --table)
      case $2 in
        main | levels | reductions | times) wanted+=("$2") ;;
        *) fail "there is no table $2: there is main, levels, reductions and times" ;;
      esac
      ;;
    *) fail "there is no option $1 (see --help)" ;;
  esac
  shift 2
done
settings+=("${quick[@]}" --profile paper)
[ ${#backbones[@]} -gt 0 ] || backbones=(tf_efficientnet_b4 resnet18)
[ ${#wanted[@]} -gt 0 ] || wanted=(main levels reductions times)

cd "$(dirname "$0")/.."
# shellcheck source=examples/common/find-weights.sh
. examples/common/find-weights.sh
check_weights
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
keep_results_in "${keep:-$work/results}"
find_tool

printf '# %s\n\n' "$(basename "${settings[0]}")"
# shellcheck disable=SC2016  # these are Markdown's
printf 'In percent, means over the categories. `mvga` is the installed one, or build/tools/mvga in\n'
# shellcheck disable=SC2016
printf 'the shell that `meson devenv -C build` opens.\n\n'
for table in "${wanted[@]}"; do "${table}_table"; done
