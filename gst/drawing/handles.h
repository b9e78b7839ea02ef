// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of cairo and Pango objects, and the names that drawing has for GStreamer's.
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <memory>

#include "gst/frames/handles.h"

namespace mvga::overlay {

struct Release {
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};

using CairoPtr = std::unique_ptr<cairo_t, Release>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, Release>;
using LayoutPtr = std::unique_ptr<PangoLayout, Release>;
using FontPtr = std::unique_ptr<PangoFontDescription, Release>;
using RectanglePtr = gst::Owned<GstVideoOverlayRectangle>;
using CompositionPtr = gst::Owned<GstVideoOverlayComposition>;

}  // namespace mvga::overlay
