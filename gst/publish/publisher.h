// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where documents go.
#pragma once

#include <memory>

#include "gst/publish/connection_report.h"
#include "gst/publish/document_queue.h"
#include "gst/publish/publish_settings.h"

namespace mvga::gst::publish {

class Publisher {
 public:
  Publisher() = default;
  virtual ~Publisher() = default;
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Hands over documents until the queue is closed, on a thread of its own. Whatever is in the way
  /// is reported and tried again.
  virtual void run() = 0;
  /// The queue has changed; from any thread.
  virtual void wake() {}
};

/// @throws Error if the settings do not make sense, a file cannot be opened, or the method was not
/// built. A broker that is away is no reason.
std::unique_ptr<Publisher> make_publisher(const PublishSettings& settings, DocumentQueue& queue,
                                          ConnectionReport& report);

/// Each in a file of its own; where its library was not there, in one that says so.
std::unique_ptr<Publisher> make_mqtt_publisher(const PublishSettings& settings,
                                               DocumentQueue& queue, ConnectionReport& report);
std::unique_ptr<Publisher> make_kafka_publisher(const PublishSettings& settings,
                                                DocumentQueue& queue, ConnectionReport& report);

}  // namespace mvga::gst::publish
