// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/storm.h"

using namespace mvga;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool started = (fuzz::start_gstreamer(), true);
  static const fuzz::Subject subject{.factory = "mvgaoverlay"};
  if (started) fuzz::run_storm(subject, data, size);
  return 0;
}
