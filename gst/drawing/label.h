// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The verdict in words, in the top left corner.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/scoring/detection.h"
#include "gst/drawing/handles.h"

namespace mvga::overlay {

/// What the label says. Where the frame is too narrow the note is left out, then the numbers.
struct LabelText {
  enum class Pill { normal, anomaly, learning };
  /// A figure and what it is called.
  struct Figure {
    std::string name;
    std::string value;
    bool operator==(const Figure&) const = default;
  };

  Pill pill = Pill::normal;
  std::string verdict;  ///< on the coloured pill
  std::vector<Figure> figures;
  std::string note;

  bool operator==(const LabelText&) const = default;
};

LabelText label_text(const Detection& detection, const std::string& status_note);
/// While what is normal is being learned.
LabelText learning_text(std::uint64_t learned_frames, std::uint64_t wanted_frames);

/// Draws the label, and keeps it for as long as neither its text nor the frame's size changes.
class Label {
 public:
  /// Null where the frame is too small for a readable label. Owned by the label.
  GstVideoOverlayRectangle* rectangle(const LabelText& text, int frame_width, int frame_height);

 private:
  LabelText text_;
  int frame_width_ = 0;
  int frame_height_ = 0;
  RectanglePtr rectangle_;
};

}  // namespace mvga::overlay
