// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/overlay_harness.h"

#include <stdexcept>

namespace mvga::testing {

Describe::Describe(const char* attach) {
  set_text(*this, "attach", attach);
}

void Overlay::start(const GstVideoInfo& video) {
  if (!play()) throw std::runtime_error(error().value_or(Complaint{}).text);
  set_caps(video);
}

Buffer Overlay::draw(Buffer buffer) {
  if (push(std::move(buffer)) != GST_FLOW_OK)
    throw std::runtime_error(error().value_or(Complaint{}).text);
  Buffer out = pull();
  if (out == nullptr) throw std::runtime_error("a frame did not come out");
  return out;
}

void set_text(ElementHarness& harness, const char* property, const char* value) {
  gst_util_set_object_arg(G_OBJECT(harness.element()), property, value);
}

void take_compositions(ElementHarness& harness) {
  gst_harness_add_propose_allocation_meta(harness.get(),
                                          GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, nullptr);
}

GstVideoOverlayComposition* composition_of(GstBuffer* buffer) {
  const GstVideoOverlayCompositionMeta* meta =
      gst_buffer_get_video_overlay_composition_meta(buffer);
  return meta == nullptr ? nullptr : meta->overlay;
}

}  // namespace mvga::testing
