# shellcheck shell=bash
# Sourced by the scripts that build. Where ccache is installed, Meson uses it; this makes it find
# what another clone of the same sources has compiled: paths are taken relative to the clone.
export CCACHE_BASEDIR=$PWD
export CCACHE_NOHASHDIR=true
# The compiler by what it is, not by when it was installed: a root that is made anew has the same.
export CCACHE_COMPILERCHECK=content
# Files that are only just written count as well: a fresh clone has nothing else.
export CCACHE_SLOPPINESS=include_file_mtime,include_file_ctime

# usage: configure BUILD SETTING...
# Sets the folder up, or changes its settings, and leaves ninja nothing of that to do.
configure() {
  local build=$1
  shift
  if [ -f "$build/build.ninja" ]; then
    meson configure "$build" "$@"
    ninja -C "$build" --quiet build.ninja >/dev/null
  else
    meson setup "$build" "$@" >/dev/null
  fi
  tests/name_sources_relatively.py "$build"
}
