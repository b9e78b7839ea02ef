// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/publish_settings.h"

#include "gst/element/enum_types.h"

namespace mvga::gst::publish {
GType method_get_type() {
  static const GEnumValue values[] = {
      enum_value(Method::file, "A line of JSON for each document, appended to file-path", "file"),
      enum_value(Method::standard_output, "The same on the standard output", "stdout"),
      enum_value(Method::mqtt, "An MQTT broker, quality of service 1", "mqtt"),
      enum_value(Method::kafka, "A Kafka cluster, with an idempotent producer", "kafka"),
      kEndOfValues};
  static const GType type = register_enum("MvgaPublishMethod", values);
  return type;
}

GType granularity_get_type() {
  static const GEnumValue values[] = {
      enum_value(Granularity::frame, "A document for every frame that has a result", "frame"),
      enum_value(Granularity::event, "A document at the start of an event and one at its end",
                 "event"),
      kEndOfValues};
  static const GType type = register_enum("MvgaPublishGranularity", values);
  return type;
}

GType on_full_get_type() {
  static const GEnumValue values[] = {
      enum_value(OnFull::drop_oldest, "Drop the oldest document that is still waiting",
                 "drop-oldest"),
      enum_value(OnFull::block, "Let the video wait until there is room", "block"), kEndOfValues};
  static const GType type = register_enum("MvgaPublishOnFull", values);
  return type;
}

}  // namespace mvga::gst::publish
