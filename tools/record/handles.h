// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GStreamer's objects.
#pragma once

#include <gst/gst.h>

#include <memory>

namespace mvga::tool {

struct UnrefGst {
  void operator()(GstElement* p) const { gst_object_unref(p); }
  void operator()(GstPad* p) const { gst_object_unref(p); }
  void operator()(GstBus* p) const { gst_object_unref(p); }
  void operator()(GstBuffer* p) const { gst_buffer_unref(p); }
  void operator()(GstCaps* p) const { gst_caps_unref(p); }
  void operator()(GstSample* p) const { gst_sample_unref(p); }
  void operator()(GstMessage* p) const { gst_message_unref(p); }
  void operator()(GstQuery* p) const { gst_query_unref(p); }
  void operator()(GstIterator* p) const { gst_iterator_free(p); }
  void operator()(GError* p) const { g_error_free(p); }
  void operator()(gchar* p) const { g_free(p); }
};
template <typename T>
using Gst = std::unique_ptr<T, UnrefGst>;

/// Stops the pipeline before it goes.
struct StopAndUnref {
  void operator()(GstElement* p) const {
    gst_element_set_state(p, GST_STATE_NULL);
    gst_object_unref(p);
  }
};
using GstPipelineOwner = std::unique_ptr<GstElement, StopAndUnref>;

}  // namespace mvga::tool
