// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a picture in any layout to the RGB image that a network takes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/features/picture_layout.h"
#include "core/features/picture_rows.h"
#include "core/features/resize_taps.h"
#include "core/features/rgb_view.h"

namespace mvga {

/// A rectangle of whole pixels, inside the picture.
struct PicturePart {
  Stretch across;
  Stretch down;
};

/// Crops, resizes and converts to RGB in one pass: an output row is the weighted sum of the plane's
/// rows, of which then the columns are weighed, and the colours come last. All of that is linear,
/// so it is as exact as in any other order, and rounded once. The same on every CPU.
/// Not thread-safe.
class PictureReader {
 public:
  PictureReader(const PictureLayout& layout, const PicturePart& part, int width, int height);

  /// The view lives until the next call.
  RgbView read(const PlaneViews& planes);
  /// Those of the last view, from a reader that is of no more use.
  std::vector<std::uint8_t> pixels() && { return std::move(rgb_); }

 private:
  /// Components that lie in one plane share their rows.
  struct Rows {
    int plane = 0;
    int begin = 0;  ///< bytes into a row
    int length = 0;
    ResizeTaps taps;
    std::vector<float> sums;          ///< [kRowsAtOnce, length], of bytes weighed down the columns
    std::vector<SideBySide> samples;  ///< the same, [length]
  };
  struct Columns {
    std::size_t rows = 0;  ///< index
    int begin = 0;         ///< of the samples in use, among those of the rows
    int step = 1;
    int high_byte = 0;
    int length = 0;
    ResizeTaps taps;                  ///< `first` is among the samples of the rows
    std::vector<SideBySide> resized;  ///< [width]
  };

  void add(const ComponentLayout& component, const PicturePart& part);
  std::size_t rows_for(const ComponentLayout& component, const ResizeTaps& across,
                       const PicturePart& part);
  void weigh_rows(const PlaneViews& planes, int y, int count);
  void weigh_columns();
  void write_colours(int y, int count);

  ToRgb to_rgb_;
  int width_;
  int height_;
  std::vector<Rows> rows_;
  std::vector<Columns> columns_;
  std::array<std::vector<std::uint8_t>, 3> colours_;  ///< [width, kRowsAtOnce]
  std::vector<std::uint8_t> rgb_;
};

}  // namespace mvga
