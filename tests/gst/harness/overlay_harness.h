// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgaoverlay behind mvgadetect.
#pragma once

#include <gst/video/video.h>

#include <string>

#include "tests/gst/harness/detect_harness.h"

namespace mvga::testing {

inline constexpr const char* kEverything = "heatmap+contour+box+label";

/// mvgadetect that attaches all that mvgaoverlay can draw.
class Describe : public Detect {
 public:
  explicit Describe(const char* attach = "score+regions+map");
};

class Overlay : public ElementHarness {
 public:
  Overlay() : ElementHarness("mvgaoverlay") {}

  /// Plays, with these caps; throws if it cannot.
  void start(const GstVideoInfo& video);

  /// Pushes a frame and gives back what came out; throws if nothing did.
  Buffer draw(Buffer buffer);
};

/// A property given as its text.
void set_text(ElementHarness& harness, const char* property, const char* value);

/// From now on, what is downstream says that it shows compositions.
void take_compositions(ElementHarness& harness);

/// The composition that a frame carries; null without one.
GstVideoOverlayComposition* composition_of(GstBuffer* buffer);

}  // namespace mvga::testing
