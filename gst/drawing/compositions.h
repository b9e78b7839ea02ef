// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Drawing that travels beside the picture, as GstVideoOverlayCompositionMeta, to a sink that shows
// both: when that can be, and how it is attached.
#pragma once

#include <gst/video/video.h>

#include <atomic>

namespace mvga::gst {

enum class Drawing {
  blend,   ///< into the picture
  attach,  ///< beside it where downstream shows it, else into the picture
};

/// GstBaseTransform's transform_caps() of an element whose frames can gain a composition: what the
/// other pad can have when this one has `caps`. The sink pad's never have the feature.
GstCaps* transform_caps(GstPadDirection direction, GstCaps* caps, GstCaps* filter, Drawing drawing);

/// Whether what is downstream of a source pad shows compositions.
class CompositionTaker {
 public:
  /// Downstream may have changed (caps, RECONFIGURE). From any thread.
  void ask_again() { known_ = false; }

  /// Asks at most once after ask_again(): both the caps and the ALLOCATION query have to agree.
  bool takes(GstPad* src);

 private:
  std::atomic<bool> known_ = false;
  bool takes_ = false;
};

/// Adds to a composition that is already there: sinks show no more than one. The buffer is
/// writable.
void attach_composition(GstBuffer* buffer, GstVideoOverlayComposition* composition);

}  // namespace mvga::gst
