// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/settings.h"

#include "gst/element/enum_types.h"

namespace mvga::gst {

GType inference_mode_get_type() {
  static const GEnumValue values[] = {
      enum_value(InferenceMode::sync, "Every frame waits for its result", "sync"),
      enum_value(InferenceMode::async,
                 "Every frame has its result; up to max-in-flight frames wait for theirs at once",
                 "async"),
      enum_value(InferenceMode::decoupled,
                 "No frame waits: the newest one is looked at, the others carry the last result",
                 "decoupled"),
      kEndOfValues};
  static const GType type = register_enum("MvgaInferenceMode", values);
  return type;
}

GType qos_policy_get_type() {
  static const GEnumValue values[] = {
      enum_value(QosPolicy::ignore, "Look at late frames as well", "ignore"),
      enum_value(QosPolicy::skip_inference,
                 "Pass late frames without looking at them, but look at one a second at least",
                 "skip-inference"),
      kEndOfValues};
  static const GType type = register_enum("MvgaQosPolicy", values);
  return type;
}

GType overlay_mode_get_type() {
  static const GEnumValue values[] = {
      enum_value(OverlayMode::none, "Leave the picture as it is", "none"),
      enum_value(OverlayMode::blend, "Draw into the picture", "blend"),
      enum_value(OverlayMode::attach,
                 "Attach a GstVideoOverlayCompositionMeta where downstream shows it, else blend",
                 "attach"),
      kEndOfValues};
  static const GType type = register_enum("MvgaOverlayMode", values);
  return type;
}

GType messages_get_type() {
  static const GEnumValue values[] = {
      enum_value(Messages::none, "No messages", "none"),
      enum_value(Messages::events, "mvga-event at the start and the end of an event", "events"),
      enum_value(Messages::all, "mvga-event, and mvga-result for every frame", "all"),
      kEndOfValues};
  static const GType type = register_enum("MvgaMessages", values);
  return type;
}

GType on_error_get_type() {
  static const GEnumValue values[] = {
      enum_value(OnError::abort, "Stop with an error", "abort"),
      enum_value(OnError::passthrough,
                 "Pass the frame with status error and a warning; an error after ten in a row",
                 "passthrough"),
      kEndOfValues};
  static const GType type = register_enum("MvgaOnError", values);
  return type;
}

GType attach_get_type() {
  static const GFlagsValue values[] = {
      {attach_score, "MvgaAnomalyMeta, and GstAnalyticsClsMtd where GStreamer has it", "score"},
      {attach_regions,
       "MvgaPlacesMeta, and for each region a region-of-interest meta and GstAnalyticsODMtd",
       "regions"},
      {attach_map, "The anomaly map in MvgaPlacesMeta", "map"},
      {attach_mask,
       "The map's positions above the threshold in MvgaPlacesMeta and GstAnalyticsSegmentationMtd",
       "mask"},
      {0, nullptr, nullptr}};
  static const GType type = register_flags("MvgaAttach", values);
  return type;
}

}  // namespace mvga::gst
