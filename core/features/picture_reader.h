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

/// Crops, resizes and converts to RGB in one pass over the rows: their columns are weighed, eight
/// rows at a time; the last rows are kept, and weighed for an output row; the colours come last.
/// All of that is linear, so it is as exact as in any other order. Only what rounds_between says is
/// rounded before the end. The same on every CPU. Not thread-safe.
class PictureReader {
 public:
  PictureReader(const PictureLayout& layout, const PicturePart& part, int width, int height);

  /// The view lives until the next call.
  RgbView read(const PlaneViews& planes);
  /// Those of the last view, from a reader that is of no more use.
  std::vector<std::uint8_t> pixels() && { return std::move(rgb_); }

 private:
  /// Components of a plane that lie alike: one, or all of packed RGB, or both colours of YUV.
  struct Group {
    Sampling sampling;
    int step = 1;
    int high_byte = 0;
    std::vector<int> offsets;  ///< of each component, in bytes from the plane's first one in use
    ResizeTaps across;         ///< `first` is in bytes from there
    int begin = 0;             ///< of the samples in use, likewise
    int length = 0;
    std::vector<float> rows;  ///< [kept, components, width]: the last rows, in place row % kept
    std::vector<float> row;   ///< of the output, [components, width]

    int components() const { return static_cast<int>(offsets.size()); }
  };
  /// Its groups share their rows.
  struct Plane {
    int index = 0;
    int begin = 0;  ///< bytes into a row
    int length = 0;
    int height = 0;
    ResizeTaps down;
    int start = 0;  ///< the first row in use
    int kept = 0;   ///< a multiple of kRowsAtOnce
    int next = 0;   ///< the first row that is not among the last ones
    std::vector<Group> groups;
    std::vector<SideBySide> samples;  ///< [length]
  };
  /// Where a component is.
  struct Place {
    std::size_t plane;
    std::size_t group;
    int index;  ///< in the group
  };

  Plane& plane_for(const ComponentLayout& component, const PicturePart& part);
  Group& group_for(Plane& plane, const ComponentLayout& component, const PicturePart& part);
  void add(const ComponentLayout& component, const PicturePart& part);
  void weigh_columns(Plane& plane, const PlaneView& view);
  void weigh_rows(Plane& plane, int y);

  ToRgb to_rgb_;
  bool rounds_between_;
  int width_;
  int height_;
  std::vector<Plane> planes_;
  std::vector<Place> order_;                          ///< of the components
  std::vector<SideBySide> weighed_;                   ///< [components, width]
  std::vector<const float*> taken_;                   ///< rows for an output row
  std::array<std::vector<std::uint8_t>, 3> colours_;  ///< [width]
  std::vector<std::uint8_t> rgb_;
};

}  // namespace mvga
