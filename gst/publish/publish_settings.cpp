// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/publish_settings.h"

namespace mvga::gst::publish {
namespace {

GType enum_type(const char* name, const GEnumValue* values) {
  const GType type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

template <typename Enum>
constexpr GEnumValue value(Enum e, const char* description, const char* nick) {
  return {static_cast<int>(e), description, nick};
}

constexpr GEnumValue kEndOfValues = {0, nullptr, nullptr};

}  // namespace

GType method_get_type() {
  static const GEnumValue values[] = {
      value(Method::file, "A line of JSON for each document, appended to file-path", "file"),
      value(Method::standard_output, "The same on the standard output", "stdout"),
      value(Method::mqtt, "An MQTT broker, quality of service 1", "mqtt"),
      value(Method::kafka, "A Kafka cluster, with an idempotent producer", "kafka"), kEndOfValues};
  static const GType type = enum_type("MvgaPublishMethod", values);
  return type;
}

GType granularity_get_type() {
  static const GEnumValue values[] = {
      value(Granularity::frame, "A document for every frame that has a result", "frame"),
      value(Granularity::event, "A document at the start of an event and one at its end", "event"),
      kEndOfValues};
  static const GType type = enum_type("MvgaPublishGranularity", values);
  return type;
}

GType on_full_get_type() {
  static const GEnumValue values[] = {
      value(OnFull::drop_oldest, "Drop the oldest document that is still waiting", "drop-oldest"),
      value(OnFull::block, "Let the video wait until there is room", "block"), kEndOfValues};
  static const GType type = enum_type("MvgaPublishOnFull", values);
  return type;
}

}  // namespace mvga::gst::publish
