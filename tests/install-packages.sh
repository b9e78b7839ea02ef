#!/bin/sh
# Installs the packages that building and testing need on Debian 12 and 13, those that are missing.
# usage: install-packages.sh [comparisons] [debian13] [fuzz] [lint] [publishing]   (what these need in addition)
set -eu
packages="g++ meson ninja-build ccache pkg-config python3 ca-certificates libtorch-dev
libopenblas0-pthread libeigen3-dev libgtest-dev nlohmann-json3-dev libcli11-dev libtiff-dev
libarchive-dev libcurl4-openssl-dev libgdk-pixbuf-2.0-dev libjpeg-dev libpng-dev libwebp-dev
libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev libcairo2-dev libpango1.0-dev
libgirepository1.0-dev gobject-introspection python3-gi python3-numpy python3-pil
gstreamer1.0-tools gstreamer1.0-plugins-base
gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav
fonts-dejavu-core"
# From Debian 13 on, GStreamer has GstAnalytics. (Testing and unstable have no number.)
release=$(. /etc/os-release && echo "${VERSION_ID:-99}")
[ "${release%%.*}" -lt 13 ] || packages="$packages libgstreamer-plugins-bad1.0-dev"
for part; do
  case $part in
    comparisons) packages="$packages python3-venv python3-torchvision python3-sklearn" ;;
    publishing)
      packages="$packages libmosquitto-dev mosquitto librdkafka-dev openssl python3-jsonschema"
      ;;
    fuzz)
      # clang's default version, and what it links with.
      packages="$packages clang"
      case ${release%%.*} in
        12) packages="$packages libclang-rt-14-dev" ;;
        *) packages="$packages libclang-rt-19-dev" ;;
      esac
      ;;
    debian13) packages="$packages debootstrap" ;;
    lint) packages="$packages git clang-format clang-tidy shellcheck" ;;
    *) echo "install-packages.sh: there is no part $part" >&2; exit 2 ;;
  esac
done
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0
root=""
[ "$(id -u)" -eq 0 ] || root=sudo
$root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
