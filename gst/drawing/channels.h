// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A row of an overlay, split into what blending multiplies.
#pragma once

#include <cstdint>
#include <vector>

namespace mvga::overlay {

/// A row of premultiplied pixels, one array a component. 16 bits, because that is the width in
/// which the compiler can do the arithmetic on many pixels at once.
struct Channels {
  std::vector<std::uint16_t> red, green, blue, alpha;

  explicit Channels(int width) : red(width), green(width), blue(width), alpha(width) {}

  template <typename Function>
  void for_each(const Function& function) {
    for (auto* channel : {&red, &green, &blue, &alpha}) function(*channel);
  }
};

/// A range of columns, counted from the first one of the arrays.
struct Range {
  int begin = 0;
  int end = 0;

  bool empty() const { return begin >= end; }
};

}  // namespace mvga::overlay
