// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/kafka_configuration.h"

#include "core/base/error.h"

namespace mvga::gst::publish {
namespace {

void set_unless_empty(const KafkaConfiguration& conf, const char* name, const std::string& value) {
  if (!value.empty()) set(conf, name, value);
}

}  // namespace

void set(const KafkaConfiguration& conf, const char* name, const std::string& value) {
  char why[512] = "";
  if (rd_kafka_conf_set(conf.get(), name, value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK)
    throw Error(ErrorKind::settings, std::string("librdkafka: ") + why);
}

void secure(const KafkaConfiguration& conf, const Security& security) {
  const bool known = !security.credentials.username.empty();
  const std::string transport = security.tls ? "ssl" : "plaintext";
  set(conf, "security.protocol", known ? "sasl_" + transport : transport);
  if (known) {
    set(conf, "sasl.mechanism", "PLAIN");
    set(conf, "sasl.username", security.credentials.username);
    set(conf, "sasl.password", security.credentials.password);
  }
  // Before librdkafka 2.0 the name in the broker's certificate is not looked at otherwise.
  if (security.tls) set(conf, "ssl.endpoint.identification.algorithm", "https");
  set_unless_empty(conf, "ssl.ca.location", security.ca_file);
  set_unless_empty(conf, "ssl.certificate.location", security.cert_file);
  set_unless_empty(conf, "ssl.key.location", security.key_file);
}

}  // namespace mvga::gst::publish
