// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where the first sample of a component is.
#pragma once

#include <gst/video/video.h>

namespace mvga::gst {

/// Bytes into the first row of its plane. GStreamer's own description of P010_10LE has V begin in
/// the middle of U (1.22); what packs and unpacks such frames there does not go by it.
inline int component_offset(const GstVideoFormatInfo* format, guint component) {
  if (GST_VIDEO_FORMAT_INFO_FORMAT(format) == GST_VIDEO_FORMAT_P010_10LE && component == 2)
    return 2;
  return GST_VIDEO_FORMAT_INFO_POFFSET(format, component);
}

inline guint8* component_data(const GstVideoFrame& frame, guint component) {
  const auto plane = GST_VIDEO_FORMAT_INFO_PLANE(frame.info.finfo, component);
  return static_cast<guint8*>(frame.data[plane]) + component_offset(frame.info.finfo, component);
}

}  // namespace mvga::gst
