// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GStreamer, GLib and cairo objects.
#pragma once

#include <cairo.h>
#include <gst/gst.h>

#include <memory>

#include "gst/element/handles.h"

namespace mvga::examples {

struct Release : gst::Release {
  using gst::Release::operator();
  void operator()(GOptionContext* p) const { g_option_context_free(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_pattern_t* p) const { cairo_pattern_destroy(p); }
};

template <typename T>
using Owned = std::unique_ptr<T, Release>;

using Pipeline = gst::Pipeline;
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
