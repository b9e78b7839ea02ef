// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ground-truth masks: which pixels a file marks, and what is odd about it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mvga::tool {

/// A ground-truth mask.
struct Mask {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> defect;  ///< [height, width], nonzero where the file marks a defect
  bool empty = true;                 ///< it marks nothing
  double share = 0;                  ///< of the picture that it marks
  std::size_t levels = 0;            ///< how many different ones it has; two are a clean mask
};

/// A pixel of a mask's file. Of a grey one all colours are the same.
struct MaskPixel {
  std::uint16_t brightest = 0;  ///< of red, green and blue
  std::uint16_t darkest = 0;
  std::uint16_t alpha = 0;
};

/// How a mask's file keeps its pixels.
struct MaskFile {
  int width = 0;
  int height = 0;
  std::uint16_t white = 255;  ///< the largest value, of alpha too
  bool lossy = false;         ///< as JPEG, whose black is noise
};

/// Marked is what is brighter than half of the brightest pixel; of a lossy file than half of white,
/// without specks of a few pixels. Three kinds of file are taken as
/// they are meant: small numbers (at most an eighth of white, as labels are) mark wherever they are
/// not 0; on a transparent layer the paint marks, whatever the colour of what is not painted; and
/// of colour on white the colour marks.
/// @param pixels [height, width]
Mask mask_from(const MaskFile& file, std::span<const MaskPixel> pixels);

}  // namespace mvga::tool
