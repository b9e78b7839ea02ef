// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/overlay/overlay_run.h"

#include <gst/base/gstbasetransform.h>

#include <memory>
#include <utility>

#include "gst/element/errors.h"
#include "gst/meta/meta_reader.h"

GST_DEBUG_CATEGORY_EXTERN(mvga_overlay_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_overlay_debug

namespace mvga::gst {
namespace {

/// A result that stays on the picture for long would look like one of what is to be seen now.
bool is_expired(const FrameResult& result, GstClockTime expire) {
  return expire != 0 && result.status == FrameStatus::held && result.age > expire;
}

void add_places(FrameResult& result, const Places& places) {
  result.detection = std::make_shared<const Detection>(placed(*result.detection, places));
}

}  // namespace

OverlayRun::OverlayRun(GstElement* element)
    : element_(element), drawer_(GST_BASE_TRANSFORM_SRC_PAD(element)) {
  ResultDrawer::load_fonts();
}

void OverlayRun::configure(const GstVideoInfo& info) {
  info_ = info;
  drawer_.ask_downstream_again();
}

void OverlayRun::process(GstBuffer* buffer, const OverlayElementSettings& settings) {
  MetaReading reading = read_metas(buffer);
  if (!reading.complaint.empty()) complain(reading.complaint);
  if (!reading.result || is_expired(*reading.result, settings.expire)) return;
  if (reading.places) add_places(*reading.result, *reading.places);
  if (reading.result->detection)
    tell_if_map_is_missing(*reading.result->detection, settings.drawing.style);
  try {
    drawer_.draw(buffer, info_, *reading.result, settings.drawing, settings.mode);
  } catch (const Error& e) {
    if (std::exchange(cannot_draw_, true)) return;
    post_exception(element_, GST_MESSAGE_WARNING, e);
  }
}

void OverlayRun::complain(const std::string& complaint) {
  if (std::exchange(complained_, true)) return;
  GST_WARNING_OBJECT(element_, "metadata that cannot be drawn: %s", complaint.c_str());
}

void OverlayRun::tell_if_map_is_missing(const Detection& detection, unsigned style) {
  const bool wanted = (style & (overlay::heatmap | overlay::contour)) != 0;
  if (!wanted || !detection.map.values.empty() || std::exchange(told_, true)) return;
  const char* text =
      "no heat map and no contours: the frames carry no anomaly map. mvgadetect attaches it with "
      "attach=score+regions+map; cropping takes it away";
  GST_INFO_OBJECT(element_, "%s", text);
  post_info(element_, text);
}

}  // namespace mvga::gst
