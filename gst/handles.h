// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GLib and GStreamer objects.
#pragma once

#include <gst/video/video.h>

#include <memory>

namespace mvga::gst {

struct Release {
  void operator()(gchar* p) const { g_free(p); }
  void operator()(GstStructure* p) const { gst_structure_free(p); }
  void operator()(GstCaps* p) const { gst_caps_unref(p); }
  void operator()(GstQuery* p) const { gst_query_unref(p); }
  void operator()(GstVideoConverter* p) const { gst_video_converter_free(p); }
};

using String = std::unique_ptr<gchar, Release>;
using Structure = std::unique_ptr<GstStructure, Release>;
using Caps = std::unique_ptr<GstCaps, Release>;
using Query = std::unique_ptr<GstQuery, Release>;
using Converter = std::unique_ptr<GstVideoConverter, Release>;

}  // namespace mvga::gst
