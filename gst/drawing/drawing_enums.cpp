// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/drawing_enums.h"

#include "gst/drawing/colormap.h"
#include "gst/drawing/compositions.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/element/enum_types.h"

namespace mvga::gst {

GType drawing_get_type() {
  static const GEnumValue values[] = {
      enum_value(Drawing::blend, "Draw into the picture", "blend"),
      enum_value(Drawing::attach,
                 "Attach a GstVideoOverlayCompositionMeta where downstream shows it, else blend",
                 "attach"),
      kEndOfValues};
  static const GType type = register_enum("MvgaDrawing", values);
  return type;
}

GType overlay_style_get_type() {
  static const GFlagsValue values[] = {
      {overlay::heatmap, "Colours above the normal range", "heatmap"},
      {overlay::contour, "Outlines of what lies above the threshold", "contour"},
      {overlay::box, "Boxes around the regions", "box"},
      {overlay::label, "Verdict, score and threshold", "label"},
      {0, nullptr, nullptr}};
  static const GType type = register_flags("MvgaOverlayStyle", values);
  return type;
}

GType colormap_get_type() {
  using overlay::Colormap;
  static const GEnumValue values[] = {enum_value(Colormap::turbo, "Turbo", "turbo"),
                                      enum_value(Colormap::jet, "Jet", "jet"),
                                      enum_value(Colormap::inferno, "Inferno", "inferno"),
                                      enum_value(Colormap::viridis, "Viridis", "viridis"),
                                      enum_value(Colormap::gray, "Grey", "gray"),
                                      kEndOfValues};
  static const GType type = register_enum("MvgaColormap", values);
  return type;
}

}  // namespace mvga::gst
