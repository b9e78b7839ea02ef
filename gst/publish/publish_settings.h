// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of mvgapublish.
#pragma once

#include <gst/gst.h>

#include <string>

#include "gst/publish/document_queue.h"

namespace mvga::gst::publish {

enum class Method { file, standard_output, mqtt, kafka };
enum class Granularity { frame, event };

GType method_get_type();
GType granularity_get_type();
GType on_full_get_type();

/// Names, defaults and ranges are those of the properties.
struct PublishSettings {
  Method method = Method::file;
  std::string file_path;
  std::string address;
  std::string topic = "mvga";
  std::string source;
  std::string tags;
  Granularity granularity = Granularity::frame;
  bool only_anomalous = false;
  guint queue_size = 1000;
  OnFull on_full = OnFull::drop_oldest;
  std::string username;
  std::string password;
  std::string credentials_file;
  bool tls = false;
  std::string ca_file;
  std::string cert_file;
  std::string key_file;
  guint drain_timeout = 5000;  ///< milliseconds
};

}  // namespace mvga::gst::publish
