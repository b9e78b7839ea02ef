// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a caller's image to the pixels that a network takes.
#pragma once

#include <mvga/image.h>

#include <cstdint>
#include <vector>

#include "core/base/box.h"
#include "core/features/rgb_view.h"

namespace mvga::v1 {

/// @throws Error settings if it is not a part of an image
mvga::Box checked_roi(const Box& roi);

/// The region of an image, scaled to a square. Where it has that size already, the image's own
/// pixels.
class Input {
 public:
  /// @throws Error argument if the image cannot be
  Input(const Image& image, const mvga::Box& roi, int side);
  Input(const Input&) = delete;  // the view may point at the pixels
  Input& operator=(const Input&) = delete;
  ~Input() = default;

  /// Lives as long as this and the image.
  const RgbView& view() const { return view_; }

 private:
  std::vector<std::uint8_t> pixels_;
  RgbView view_;
};

}  // namespace mvga::v1
