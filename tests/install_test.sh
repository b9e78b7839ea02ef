#!/bin/bash
# The plugin is found from the build folder and where it is installed, and there finds its engine.
#
# usage: install_test.sh BUILD LIBTORCH
# The installation needs a build of its own, for its prefix is compiled in: in BUILD/installed.
set -euo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
build=$1
libtorch=$2
installed=$build/installed
prefix=$installed/prefix

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing that this shell has set may help.
unset GST_PLUGIN_PATH GST_PLUGIN_PATH_1_0 MVGA_ENGINE_PATH LD_LIBRARY_PATH

fail() {
  echo "install_test: $1" >&2
  [ ! -f "$work/log" ] || cat "$work/log" >&2
  exit 1
}

# Runs the command with a registry that knows nothing yet, and keeps what it prints.
afresh() {
  rm -f "$work/registry.bin"
  GST_REGISTRY=$work/registry.bin "$@" >"$work/log" 2>&1
}

# usage: inspect WHERE [COMMAND THAT SETS THE ENVIRONMENT...]
inspect() {
  local where=$1
  shift
  for element in mvgafit mvgadetect mvgaoverlay mvgapublish; do
    afresh "$@" gst-inspect-1.0 "$element" || fail "gst-inspect-1.0 $element fails $where"
    grep -q "Factory Details" "$work/log" || fail "$element is not described $where"
  done
}

inspect "in the build folder" meson devenv -C "$build"

# Everything that is optional stays away but for the plugin, and optimisation, which takes time.
if [ ! -f "$installed/build.ninja" ]; then
  meson setup "$installed" "$source" --prefix="$prefix" --buildtype=plain \
    --auto-features=disabled -Dplugin=enabled \
    -Dlibtorch="$libtorch" >"$work/log" 2>&1 || fail "cannot be configured"
fi
rm -rf "$prefix"
meson install -C "$installed" >"$work/log" 2>&1 || fail "cannot be installed"
plugin=$(find "$prefix" -name libgstmvga.so)
[ -n "$plugin" ] || fail "no plugin in $prefix"
path=$(dirname "$plugin")

inspect "after the installation" env GST_PLUGIN_PATH="$path"

# Only the engine can know that this is no weights file: it was found where it was installed.
echo "no weights" >"$work/weights.safetensors"
if afresh env GST_PLUGIN_PATH="$path" gst-launch-1.0 videotestsrc num-buffers=2 ! \
  mvgafit model="$work/a.mvga" weights="$work/weights.safetensors" ! fakesink; then
  fail "a text passes for weights"
fi
grep -q "weights.safetensors" "$work/log" || fail "the error does not name the weights file"
if grep -qi "engine" "$work/log"; then fail "the engine was not found"; fi

# This build has neither MQTT nor Kafka: the error names the package, and the schemas are there.
for method in mqtt kafka; do
  if afresh env GST_PLUGIN_PATH="$path" gst-launch-1.0 videotestsrc num-buffers=2 ! \
    mvgapublish method=$method address=127.0.0.1 ! fakesink; then
    fail "method=$method plays without its library"
  fi
  grep -q "install lib.*-dev" "$work/log" || fail "nothing says what method=$method needs"
done
[ -f "$prefix/share/mvga/schema/mvga-frame-1.json" ] || fail "the schemas are not installed"
