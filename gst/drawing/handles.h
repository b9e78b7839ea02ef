// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Owners of cairo, Pango and GStreamer objects.
#pragma once

#include <cairo.h>
#include <gst/video/video.h>
#include <pango/pango.h>

#include <memory>

namespace mvga::overlay {

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* object) const {
    release(object);
  }
};

// gst_video_overlay_*_unref are macros or inline functions in some versions.
struct UnrefMiniObject {
  template <typename T>
  void operator()(T* object) const {
    gst_mini_object_unref(GST_MINI_OBJECT_CAST(object));
  }
};

using CairoPtr = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using LayoutPtr = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using FontPtr = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;
using RectanglePtr = std::unique_ptr<GstVideoOverlayRectangle, UnrefMiniObject>;
using CompositionPtr = std::unique_ptr<GstVideoOverlayComposition, UnrefMiniObject>;

}  // namespace mvga::overlay
