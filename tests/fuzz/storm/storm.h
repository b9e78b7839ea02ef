// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A storm around one element: buffers, caps, properties, events, queries, states and pads in any
// order, some of them two at a time.
#pragma once

#include <functional>

#include "tests/fuzz/storm/bench.h"
#include "tests/fuzz/storm/properties.h"

namespace mvga::fuzz {

/// What is particular about an element.
struct Subject {
  const char* factory;
  PropertyLimits limits;
  std::function<void(GstElement*)> prepare = [](GstElement*) {};
  /// After properties were written: what must not be set together.
  std::function<void(GstElement*)> mend = [](GstElement*) {};
  /// When the element is gone: what it has left behind.
  std::function<void()> check = [] {};
};

/// To be called before elements are made: GStreamer without any plugin, and with ours.
void start_gstreamer();

void run_storm(const Subject& subject, const std::uint8_t* data, std::size_t size);

}  // namespace mvga::fuzz
