// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The verdict in words, in the top left corner.
#pragma once

#include <string>

#include "core/detection.h"
#include "gst/overlay/handles.h"

namespace mvga::overlay {

/// What the label says. Where the frame is too narrow the note is left out, then the numbers.
struct LabelText {
  bool anomalous = false;
  std::string verdict;  ///< on the coloured pill
  std::string score;
  std::string limit;
  std::string note;

  bool operator==(const LabelText&) const = default;
};

LabelText label_text(const Detection& detection, const std::string& status_note);

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
