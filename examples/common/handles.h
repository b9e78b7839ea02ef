// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GStreamer, GLib and cairo objects. The plugin has such owners for itself; the
// examples are programs that know nothing of its insides.
#pragma once

#include <cairo.h>
#include <gst/gst.h>

#include <memory>

namespace mvga::examples {

struct Release {
  void operator()(gchar* p) const { g_free(p); }
  void operator()(GError* p) const { g_error_free(p); }
  void operator()(GOptionContext* p) const { g_option_context_free(p); }
  void operator()(GstElement* p) const { gst_object_unref(p); }
  void operator()(GstBus* p) const { gst_object_unref(p); }
  void operator()(GstPad* p) const { gst_object_unref(p); }
  void operator()(GstMessage* p) const { gst_message_unref(p); }
  void operator()(GstSample* p) const { gst_sample_unref(p); }
  void operator()(GstCaps* p) const { gst_caps_unref(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_pattern_t* p) const { cairo_pattern_destroy(p); }
};

template <typename T>
using Owned = std::unique_ptr<T, Release>;

/// Stops the pipeline before it goes.
struct StopAndRelease {
  void operator()(GstElement* p) const {
    gst_element_set_state(p, GST_STATE_NULL);
    gst_object_unref(p);
  }
};

using Pipeline = std::unique_ptr<GstElement, StopAndRelease>;
using Element = Owned<GstElement>;
using Bus = Owned<GstBus>;
using Pad = Owned<GstPad>;
using Message = Owned<GstMessage>;
using Sample = Owned<GstSample>;
using Caps = Owned<GstCaps>;
using OptionContext = Owned<GOptionContext>;
using GErrorOwner = Owned<GError>;
using Text = Owned<gchar>;
using Cairo = Owned<cairo_t>;
using Surface = Owned<cairo_surface_t>;
using Pattern = Owned<cairo_pattern_t>;

}  // namespace mvga::examples
