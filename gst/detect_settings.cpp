// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect_settings.h"

namespace mvga::gst {
namespace {

GType enum_type(const char* name, const GEnumValue* values) {
  const GType type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

GType flags_type(const char* name, const GFlagsValue* values) {
  const GType type = g_flags_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

template <typename Enum>
constexpr GEnumValue value(Enum e, const char* description, const char* nick) {
  return {static_cast<int>(e), description, nick};
}

constexpr GEnumValue kEndOfValues = {0, nullptr, nullptr};

}  // namespace

GType inference_mode_get_type() {
  static const GEnumValue values[] = {
      value(InferenceMode::sync, "Every frame waits for its result", "sync"), kEndOfValues};
  static const GType type = enum_type("MvgaInferenceMode", values);
  return type;
}

GType overlay_mode_get_type() {
  static const GEnumValue values[] = {
      value(OverlayMode::none, "Leave the picture as it is", "none"),
      value(OverlayMode::blend, "Draw into the picture", "blend"),
      value(OverlayMode::attach,
            "Attach a GstVideoOverlayCompositionMeta where downstream shows it, else blend",
            "attach"),
      kEndOfValues};
  static const GType type = enum_type("MvgaOverlayMode", values);
  return type;
}

GType drawing_get_type() {
  static const GEnumValue values[] = {
      value(Drawing::blend, "Draw into the picture", "blend"),
      value(Drawing::attach,
            "Attach a GstVideoOverlayCompositionMeta where downstream shows it, else blend",
            "attach"),
      kEndOfValues};
  static const GType type = enum_type("MvgaDrawing", values);
  return type;
}

GType overlay_style_get_type() {
  static const GFlagsValue values[] = {
      {overlay::heatmap, "Colours above the normal range", "heatmap"},
      {overlay::contour, "Outlines of what lies above the threshold", "contour"},
      {overlay::box, "Boxes around the regions", "box"},
      {overlay::label, "Verdict, score and threshold", "label"},
      {0, nullptr, nullptr}};
  static const GType type = flags_type("MvgaOverlayStyle", values);
  return type;
}

GType colormap_get_type() {
  using overlay::Colormap;
  static const GEnumValue values[] = {value(Colormap::turbo, "Turbo", "turbo"),
                                      value(Colormap::jet, "Jet", "jet"),
                                      value(Colormap::inferno, "Inferno", "inferno"),
                                      value(Colormap::viridis, "Viridis", "viridis"),
                                      value(Colormap::gray, "Grey", "gray"),
                                      kEndOfValues};
  static const GType type = enum_type("MvgaColormap", values);
  return type;
}

GType messages_get_type() {
  static const GEnumValue values[] = {
      value(Messages::none, "No messages", "none"),
      value(Messages::events, "mvga-event at the start and the end of an event", "events"),
      value(Messages::all, "mvga-event, and mvga-result for every frame", "all"), kEndOfValues};
  static const GType type = enum_type("MvgaMessages", values);
  return type;
}

GType on_error_get_type() {
  static const GEnumValue values[] = {
      value(OnError::abort, "Stop with an error", "abort"),
      value(OnError::passthrough,
            "Pass the frame with status error and a warning; an error after ten in a row",
            "passthrough"),
      kEndOfValues};
  static const GType type = enum_type("MvgaOnError", values);
  return type;
}

GType attach_get_type() {
  static const GFlagsValue values[] = {
      {attach_score, "MvgaAnomalyMeta", "score"},
      {attach_regions, "MvgaPlacesMeta, and a region-of-interest meta for each region", "regions"},
      {attach_map, "The anomaly map in MvgaPlacesMeta", "map"},
      {attach_mask, "The map's positions above the threshold in MvgaPlacesMeta", "mask"},
      {0, nullptr, nullptr}};
  static const GType type = flags_type("MvgaAttach", values);
  return type;
}

}  // namespace mvga::gst
