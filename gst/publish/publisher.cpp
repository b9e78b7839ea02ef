// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/publisher.h"

#include "gst/publish/file_publisher.h"

namespace mvga::gst::publish {

std::unique_ptr<Publisher> make_publisher(const PublishSettings& settings, DocumentQueue& queue,
                                          ConnectionReport& report) {
  switch (settings.method) {
    case Method::standard_output:
      return std::make_unique<FilePublisher>(standard_output(), queue, report);
    case Method::mqtt:
      return make_mqtt_publisher(settings, queue, report);
    case Method::kafka:
      return make_kafka_publisher(settings, queue, report);
    case Method::file:
      break;
  }
  return std::make_unique<FilePublisher>(open_for_appending(settings.file_path), queue, report);
}

}  // namespace mvga::gst::publish
