// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/result_drawer.h"

#include "core/base/error.h"
#include "gst/drawing/blend.h"
#include "gst/frames/mapped_frame.h"
#include "gst/frames/picture_part.h"

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

overlay::CompositionPtr ResultDrawer::paint(const PixelRect& picture, const FrameResult& result,
                                            const overlay::OverlaySettings& settings) {
  if (result.learning)
    return painter(settings).paint_label(
        overlay::learning_text(result.learning->learned, result.learning->wanted), picture.width,
        picture.height);
  if (!result.detection) return nullptr;
  const std::string note = result.status == FrameStatus::held ? name_of(result.status) : "";
  return painter(settings).paint(*result.detection, note, picture.width, picture.height);
}

bool ResultDrawer::draw(GstBuffer* buffer, const GstVideoInfo& info, const FrameResult& result,
                        const overlay::OverlaySettings& settings, Drawing drawing) {
  const ShownPart part = picture_part(buffer, info);
  if (!part.complaint.empty()) throw Error(ErrorKind::unreadable, part.complaint);
  const auto composition = paint(part.rect, result, settings);
  if (!composition) return false;
  // Sinks do not agree on what a composition beside a cropped picture lies on.
  const bool cropped = gst_buffer_get_video_crop_meta(buffer) != nullptr;
  if (drawing == Drawing::attach && !cropped && taker_.takes(src_)) {
    attach_composition(buffer, composition.get());
    return true;
  }
  MappedFrame frame(info, buffer, GST_MAP_READWRITE);
  if (!frame) throw Error(ErrorKind::unreadable, frame.complaint());
  overlay::blend(composition.get(), frame.get());
  return true;
}

}  // namespace mvga::gst
