# shellcheck shell=bash
# To be sourced. find_weights FILE: succeeds if mvga will find the weights file of that name.
# The same folders, in the same order, as models/weights.cpp.

user_data=${XDG_DATA_HOME:-$HOME/.local/share}/mvga

find_weights() {
  local folder folders
  IFS=: read -ra folders <<<"${MVGA_WEIGHTS_PATH:-}"
  for folder in "${folders[@]}" "$user_data/weights" /usr/local/share/mvga/weights; do
    [ -n "$folder" ] && [ -f "$folder/$1" ] && return
  done
  return 1
}
