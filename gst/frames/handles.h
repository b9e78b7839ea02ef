// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GLib and GStreamer objects, for the plugin and the tools.
#pragma once

#include <gst/video/video.h>

#include <memory>

namespace mvga::gst {

struct Release {
  void operator()(gchar* p) const { g_free(p); }
  void operator()(GBytes* p) const { g_bytes_unref(p); }
  void operator()(GError* p) const { g_error_free(p); }
  void operator()(GDateTime* p) const { g_date_time_unref(p); }
  void operator()(GstElement* p) const { gst_object_unref(p); }
  void operator()(GstPad* p) const { gst_object_unref(p); }
  void operator()(GstBus* p) const { gst_object_unref(p); }
  void operator()(GstBuffer* p) const { gst_buffer_unref(p); }
  void operator()(GstCaps* p) const { gst_caps_unref(p); }
  void operator()(GstEvent* p) const { gst_event_unref(p); }
  void operator()(GstMessage* p) const { gst_message_unref(p); }
  void operator()(GstQuery* p) const { gst_query_unref(p); }
  void operator()(GstSample* p) const { gst_sample_unref(p); }
  void operator()(GstIterator* p) const { gst_iterator_free(p); }
  void operator()(GstStructure* p) const { gst_structure_free(p); }
  void operator()(GstVideoConverter* p) const { gst_video_converter_free(p); }
  // gst_video_overlay_*_unref are macros or inline functions in some versions.
  void operator()(GstVideoOverlayRectangle* p) const { unref(GST_MINI_OBJECT_CAST(p)); }
  void operator()(GstVideoOverlayComposition* p) const { unref(GST_MINI_OBJECT_CAST(p)); }

 private:
  static void unref(GstMiniObject* p) { gst_mini_object_unref(p); }
};

template <typename T>
using Owned = std::unique_ptr<T, Release>;

using String = Owned<gchar>;
using Structure = Owned<GstStructure>;
using Caps = Owned<GstCaps>;
using Query = Owned<GstQuery>;
using Converter = Owned<GstVideoConverter>;

/// Stops the pipeline before it goes.
struct StopAndRelease {
  void operator()(GstElement* p) const {
    gst_element_set_state(p, GST_STATE_NULL);
    gst_object_unref(p);
  }
};
using Pipeline = std::unique_ptr<GstElement, StopAndRelease>;

}  // namespace mvga::gst
