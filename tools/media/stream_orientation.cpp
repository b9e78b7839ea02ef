// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/stream_orientation.h"

#include <gst/video/video.h>

#include <array>
#include <string>

#include "gst/frames/handles.h"

namespace mvga::tool {
namespace {

int exif_number(GstVideoOrientationMethod method) {
  switch (method) {
    case GST_VIDEO_ORIENTATION_HORIZ:
      return 2;
    case GST_VIDEO_ORIENTATION_180:
      return 3;
    case GST_VIDEO_ORIENTATION_VERT:
      return 4;
    case GST_VIDEO_ORIENTATION_UL_LR:
      return 5;
    case GST_VIDEO_ORIENTATION_90R:
      return 6;
    case GST_VIDEO_ORIENTATION_UR_LL:
      return 7;
    case GST_VIDEO_ORIENTATION_90L:
      return 8;
    default:
      return 1;
  }
}

}  // namespace

int stream_orientation(GstPad* pad) {
  int orientation = 1;
  // There is one such event for the stream, and one for all streams together.
  for (guint i = 0;; ++i) {
    const gst::Owned<GstEvent> event(gst_pad_get_sticky_event(pad, GST_EVENT_TAG, i));
    if (!event) return orientation;
    GstTagList* tags = nullptr;
    gst_event_parse_tag(event.get(), &tags);
    GstVideoOrientationMethod method{};
    if (gst_video_orientation_from_tag(tags, &method) != FALSE) orientation = exif_number(method);
  }
}

Remark turned_stream(int orientation) {
  return {Remark::Kind::turned,
          std::string("asks for it to be turned (") + orientation_name(orientation) +
              "); it is learned and judged as it is stored, as mvgadetect sees it, and only heat "
              "maps are turned"};
}

const char* orientation_name(int orientation) {
  static constexpr std::array<const char*, 9> kNames{
      "rotate-0",        "rotate-0",  "flip-rotate-0",  "rotate-180", "flip-rotate-180",
      "flip-rotate-270", "rotate-90", "flip-rotate-90", "rotate-270"};
  return kNames.at(orientation >= 1 && orientation <= 8 ? static_cast<std::size_t>(orientation)
                                                        : 0);
}

}  // namespace mvga::tool
