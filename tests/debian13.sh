#!/bin/bash
# Builds and tests on Debian 13, in a root of its own that debootstrap makes and that is kept between
# runs, as is the build in it. The last line counts the tests. Exit code 77: that cannot be done here.
#
# The root is in MVGA_DEBIAN13_DIR (default: ~/.cache/mvga/debian13), 4 GB. Delete the folder to start
# afresh, or root/ alone to keep what its compiler has done (ccache/): between runs nothing is mounted
# there. MVGA_SHARED is passed on. With --prepare the root is made and its packages are installed, and
# that is all: something else may use the processors meanwhile. The comparisons with timm
# and scikit-learn skip: what they compare does not depend on the system, and they need PyTorch's
# Python packages.
set -euo pipefail
cd "$(dirname "$0")/.."
mirror=${MVGA_DEBIAN_MIRROR:-http://deb.debian.org/debian}
folder=$(realpath -m "${MVGA_DEBIAN13_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/mvga/debian13}")
root=$folder/root

skip() {
  echo "tests/debian13.sh: $1: Debian 13 is not tested" >&2
  echo "0 passed, 0 failed, 1 skipped"
  exit 77
}

# Says how long the command took. Not in a condition, where a failure would not end the script.
timed() {
  local name=$1 start=$SECONDS
  shift
  "$@"
  echo "== Debian 13: $name took $((SECONDS - start)) s"
}

# Under another name until it is whole, so that a half-made root is never taken for one.
make_root() {
  rm -rf --one-file-system "$root.part"
  mkdir -p "$root.part"
  if ! debootstrap --variant=minbase trixie "$root.part" "$mirror" >"$folder/log" 2>&1; then
    if grep -qE "Failed getting release file|Couldn't download" "$folder/log"; then
      grep -m 1 -E "Failed getting release file|Couldn't download" "$folder/log" >&2
      skip "$mirror cannot be reached"
    fi
    tail -n 20 "$folder/log" >&2
    echo "tests/debian13.sh: debootstrap failed, see $folder/log" >&2
    exit 1
  fi
  # It can be made anew at any time: no waiting for the disk, and nothing that nobody reads.
  printf 'force-unsafe-io\npath-exclude=/usr/share/%s/*\npath-exclude=/usr/share/%s/*\n' doc man \
    >"$root.part/etc/dpkg/dpkg.cfg.d/mvga"
  mv "$root.part" "$root"
}

# The command, in the root.
inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 \
    CCACHE_DIR=/ccache \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
    ${MVGA_SHARED:+MVGA_SHARED=/shared} ${GTEST_FILTER:+"GTEST_FILTER=$GTEST_FILTER"} \
    chroot "$root" "$@"
}

# In a namespace of mounts that is this process's own: they are gone with it, however it ends.
mount_all() {
  mkdir -p "$root/source" "$root/build" "$root/shared" "$root/ccache" "$folder/ccache"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$PWD" "$root/source"
  mount -o remount,bind,ro "$root/source"
  mount --bind "$folder/ccache" "$root/ccache"
  if [ -n "${MVGA_SHARED:-}" ]; then
    mount --bind "$MVGA_SHARED" "$root/shared"
    mount -o remount,bind,ro "$root/shared"
  fi
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
}

install_packages() {
  inside dpkg --configure -a  # after an installation that was interrupted
  inside /source/tests/install-packages.sh publishing
  inside apt-get clean
}

# In the shortest time: several files at once (unity), hardly optimised, without debug information,
# and without the training of networks (models/distill), which does not depend on the system.
build() {
  # shellcheck disable=SC2016
  inside bash -c 'cd /source && . tests/compiler_cache.sh && configure /build "$@" &&
    ninja -C /build --quiet meson-test-prereq' build \
    -Dwerror=true -Dunity=on -Ddistill=disabled "-Dcpp_args=-g0 -O1"
}

# Goes on as the first process in namespaces of its own: all processes and mounts end with it.
enter_namespace() {
  [ "$(id -u)" -eq 0 ] || skip "chroot and mount need root"
  command -v debootstrap >/dev/null ||
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq debootstrap; } \
      >/dev/null 2>&1 || skip "debootstrap is not there and cannot be installed"
  local own=(unshare --mount --propagation private --pid --fork --kill-child)
  "${own[@]}" mount --bind / / 2>/dev/null || skip "no permission to mount"
  mkdir -p "$folder"
  exec 9>"$folder/lock"
  flock --nonblock 9 || { echo "tests/debian13.sh: another run uses $folder" >&2; exit 1; }
  exec "${own[@]}" "$0" --in-namespace "$@"
}

prepare() {
  # The first process of a namespace ignores signals that it does not ask for.
  trap 'exit 130' INT
  trap 'exit 143' TERM
  [ -d "$root" ] || timed debootstrap make_root
  mount_all
  timed "installing packages" install_packages
}

build_and_test() {
  timed "the build" build
  inside /source/tests/run_tests.py --patience 3 --jobs "$(nproc)" /build
}

# Read to its end before it runs, which takes long enough for an edit.
if [ "${1:-}" = --in-namespace ]; then
  prepare
  [ "${2:-}" = --prepare ] || build_and_test
  exit
fi
enter_namespace "$@"
