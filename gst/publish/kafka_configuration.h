// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// librdkafka's settings.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>

#include "gst/publish/security.h"

namespace mvga::gst::publish {

struct ReleaseKafkaConfiguration {
  void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
};
using KafkaConfiguration = std::unique_ptr<rd_kafka_conf_t, ReleaseKafkaConfiguration>;

/// @throws Error settings
void set(const KafkaConfiguration& conf, const char* name, const std::string& value);

/// Encryption, who the cluster has to be, and who this client is.
/// @throws Error settings
void secure(const KafkaConfiguration& conf, const Security& security);

}  // namespace mvga::gst::publish
