#!/bin/bash
# The plugin is found from the build folder and where it is installed, and there finds its engine.
# What is installed for other programs is all that they need.
#
# usage: install_test.sh BUILD LIBTORCH PYTHON
# The installation needs a build of its own, for its prefix is compiled in: in BUILD/installed.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD
build=$1
libtorch=$2
python=$3
installed=$build/installed
prefix=$installed/prefix

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing that this shell has set may help.
unset GST_PLUGIN_PATH GST_PLUGIN_PATH_1_0 MVGA_ENGINE_PATH LD_LIBRARY_PATH
unset GI_TYPELIB_PATH PKG_CONFIG_PATH

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

# Everything that is optional stays away but for the plugin and what other languages read of it, and
# optimisation, which takes time.
introspection=disabled
if command -v g-ir-scanner >/dev/null; then introspection=enabled; fi
# shellcheck source=tests/compiler_cache.sh
. tests/compiler_cache.sh
configure "$installed" --prefix="$prefix" --buildtype=plain --auto-features=disabled -Dunity=on \
  -Dplugin=enabled -Dlibtorch="$libtorch" -Dintrospection=$introspection >"$work/log" 2>&1 ||
  fail "cannot be configured"
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

# A program of others, in C: from the installed header and library alone, which bring no LibTorch.
library=$(find "$prefix" -name libmvga-meta.so.0)
[ -n "$library" ] || fail "no libmvga-meta.so.0 in $prefix"
libraries=$(dirname "$library")
PKG_CONFIG_PATH=$libraries/pkgconfig pkg-config --cflags --libs mvga-meta gstreamer-app-1.0 \
  >"$work/flags" 2>"$work/log" || fail "pkg-config does not find mvga-meta"
read -ra flags <"$work/flags"
cc -std=c11 -Wall -Wextra -Werror -o "$work/reader" "$source/examples/read-metadata/read_metadata.c" \
  "${flags[@]}" >"$work/log" 2>&1 || fail "a program in C does not build"
for code in 1 2; do
  arguments=()
  [ $code -eq 2 ] || arguments=("$work/none.mkv" "$work/none.mvga")  # 2: without arguments
  ended=0
  afresh env LD_LIBRARY_PATH="$libraries" GST_PLUGIN_PATH="$path" "$work/reader" "${arguments[@]}" ||
    ended=$?
  [ $ended -eq $code ] || fail "the program in C ends with $ended instead of $code"
done
LD_LIBRARY_PATH=$libraries ldd "$work/reader" >"$work/log"
grep -q "libmvga-meta.so.0 => $libraries" "$work/log" || fail "the program has another library"
if grep -qE "torch|libmvga\.so" "$work/log"; then fail "reading metadata brings the detector in"; fi

# A program of others, in C++ and without GStreamer: what it includes, needs and does.
[ -f "$libraries/libmvga.so.0" ] || fail "no libmvga.so.0 in $libraries"
export PKG_CONFIG_PATH=$libraries/pkgconfig
pkg-config --cflags --libs mvga >"$work/flags" 2>"$work/log" || fail "pkg-config does not find mvga"
read -ra flags <"$work/flags"
pkg-config --print-requires --print-requires-private mvga >"$work/log"
[ ! -s "$work/log" ] || fail "pkg-config's mvga requires other packages"
compile=(c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -O1)
example=$source/examples/score-image/score_image.cpp
"${compile[@]}" -o "$work/score" "$example" "${flags[@]}" >"$work/log" 2>&1 ||
  fail "a program in C++ does not build"
"${compile[@]}" -M "$example" "${flags[@]}" >"$work/log"
if grep -qE "gstreamer|glib|torch|ATen|c10|[Ee]igen|nlohmann" "$work/log"; then
  fail "the headers of libmvga include others' headers"
fi
LD_LIBRARY_PATH=$libraries ldd "$work/score" >"$work/log"
grep -q "libmvga.so.0 => $libraries" "$work/log" || fail "the program has another libmvga"
if grep -qE "libgst|torch|c10" "$work/log"; then fail "scoring brings GStreamer or LibTorch in"; fi
for header in "$prefix"/include/mvga/*.h; do
  [ "$(basename "$header")" != anomaly.h ] || continue
  echo "#include <mvga/$(basename "$header")>" >"$work/alone.cpp"
  "${compile[@]}" -fsyntax-only "$work/alone.cpp" "${flags[@]}" >"$work/log" 2>&1 ||
    fail "$(basename "$header") cannot be included by itself"
done
for order in "anomaly.h mvga.h" "mvga.h anomaly.h"; do
  for header in $order; do echo "#include <mvga/$header>"; done >"$work/both.cpp"
  # shellcheck disable=SC2046 # a list of flags
  "${compile[@]}" -Wno-pedantic -fsyntax-only "$work/both.cpp" \
    $(pkg-config --cflags mvga mvga-meta) >"$work/log" 2>&1 ||
    fail "the headers of both libraries do not go together ($order)"
done
unset PKG_CONFIG_PATH

# It learns from installed files alone, and finds what is not normal.
"$python" - "$work" <<'END'
import os, random, sys
random.seed(1)
os.mkdir(sys.argv[1] + "/good")
def write(name, stain):
    light = random.randrange(20)
    pixels = bytearray()
    for y in range(60):
        for x in range(80):
            inside = stain and 20 <= x < 40 and 10 <= y < 30
            for c in range(3):
                value = 60 + light + x + y // 2 + random.randrange(16)
                pixels.append((250, 10, 10)[c] if inside else value)
    with open(sys.argv[1] + "/" + name, "wb") as file:
        file.write(b"P6\n80 60\n255\n" + pixels)
for i in range(8):
    write("good/%d.ppm" % i, False)
write("stained.ppm", True)
END
score() {
  local ended=0
  LD_LIBRARY_PATH=$libraries "$work/score" "$@" >"$work/log" 2>&1 || ended=$?
  echo $ended
}
[ "$(score "$work/a.mvga" "$work/stained.ppm" "$work/good")" -eq 1 ] || fail "the stain is not found"
grep -q "^  region" "$work/log" || fail "the stain has no region"
[ "$(score "$work/a.mvga" "$work/good/0.ppm")" -eq 0 ] || fail "a normal image is not normal"
[ "$(score "$work/none.mvga" "$work/good/0.ppm")" -eq 2 ] || fail "a model that is not there opens"
grep -q "none.mvga" "$work/log" || fail "the error does not name the model"
[ "$(score)" -eq 2 ] || fail "the program runs without arguments"

# And in Python, by name.
if [ $introspection = enabled ] && "$python" -c "import gi" 2>/dev/null; then
  [ -f "$prefix/share/gir-1.0/Mvga-0.1.gir" ] || fail "the GIR is not installed"
  afresh env LD_LIBRARY_PATH="$libraries" GI_TYPELIB_PATH="$libraries/girepository-1.0" "$python" -c '
import gi
gi.require_version("Gst", "1.0")
gi.require_version("Mvga", "0.1")
from gi.repository import Gst, Mvga
Gst.init(None)
Mvga.init()
assert Mvga.buffer_get_anomaly(Gst.Buffer()) is None
assert Mvga.AnomalyStatus.FRESH.value_nick == "fresh"
' || fail "Python does not find the typelib"
else
  echo "install_test: without g-ir-scanner or Python's gi, the typelib was not looked for"
fi
