// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The pixels of a TIFF that are numbers of 8 to 16 bits, grey or RGB, just as they are there:
// libtiff's own conversion takes 16 bits for 8 and multiplies colours by their transparency.
#pragma once

#include <optional>

#include "tools/pictures/open_tiff.h"

namespace mvga::tool {

struct TiffSamples {
  std::uint32_t width;
  std::uint32_t height;
  int channels;  ///< of these we want so many
  int stored;    ///< a pixel has so many
  int bits;
  bool inverted;  ///< 0 is white
  bool separate;  ///< a plane for each channel

  /// @throws Error unreadable
  Samples read(OpenTiff& tiff) const;
};

/// What such a TIFF holds; none if it is of another sort.
std::optional<TiffSamples> plain_samples(const OpenTiff& tiff);

}  // namespace mvga::tool
