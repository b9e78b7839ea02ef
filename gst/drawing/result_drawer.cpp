// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/result_drawer.h"

#include "gst/drawing/blend.h"
#include "gst/frames/mapped_frame.h"

namespace mvga::gst {

void ResultDrawer::load_fonts() {
  overlay::OverlayPainter({.style = overlay::label}).paint(Detection(), "", 640, 360);
}

overlay::OverlayPainter& ResultDrawer::painter(const overlay::OverlaySettings& settings) {
  if (!painter_ || painter_settings_ != settings) {
    painter_settings_ = settings;
    painter_.emplace(settings);
  }
  return *painter_;
}

overlay::CompositionPtr ResultDrawer::paint(const GstVideoInfo& info, const FrameResult& result,
                                            const overlay::OverlaySettings& settings) {
  if (result.learning)
    return painter(settings).paint_label(
        overlay::learning_text(result.learning->learned, result.learning->wanted), info.width,
        info.height);
  if (!result.detection) return nullptr;
  const std::string note = result.status == FrameStatus::held ? name_of(result.status) : "";
  return painter(settings).paint(*result.detection, note, info.width, info.height);
}

bool ResultDrawer::draw(GstBuffer* buffer, const GstVideoInfo& info, const FrameResult& result,
                        const overlay::OverlaySettings& settings, Drawing drawing) {
  const auto composition = paint(info, result, settings);
  if (!composition) return false;
  if (drawing == Drawing::attach && taker_.takes(src_)) {
    attach_composition(buffer, composition.get());
    return true;
  }
  MappedFrame frame(info, buffer, GST_MAP_READWRITE);
  if (frame) overlay::blend(composition.get(), frame.get());
  return true;
}

}  // namespace mvga::gst
