// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A part of the frame.
#pragma once

namespace mvga {

/// A rectangle in fractions of the frame: 0..1, origin at the top left.
struct Box {
  double x = 0;
  double y = 0;
  double width = 1;
  double height = 1;

  bool operator==(const Box&) const = default;
};

}  // namespace mvga
