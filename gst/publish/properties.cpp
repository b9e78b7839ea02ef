// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/properties.h"

namespace mvga::gst::publish {

PublishProperties publish_settings_properties() {
  using S = PublishSettings;
  PublishProperties table;
  table.choice({"method", "Method", "Where documents go"}, Mutable::ready, method_get_type(),
               &S::method);
  table.text(
      {"file-path", "File path", "File to append to, for method=file: a line for each document"},
      Mutable::ready, &S::file_path);
  table.text({"address", "Address",
              "host:port of the MQTT broker (default port 1883, with TLS 8883); of "
              "Kafka one or more brokers, separated by commas"},
             Mutable::ready, &S::address);
  table.text({"topic", "Topic", "MQTT or Kafka topic"}, Mutable::ready, &S::topic);
  table.text({"source", "Source",
              "Id of the camera or line that each document names; with Kafka also "
              "the key, which keeps its documents in order"},
             Mutable::ready, &S::source);
  table.text({"tags", "Tags", "JSON object that each document carries as it is"}, Mutable::ready,
             &S::tags);
  table.choice({"granularity", "Granularity", "What a document is about"}, Mutable::ready,
               granularity_get_type(), &S::granularity);
  table.yes_or_no({"only-anomalous", "Only anomalous",
                   "With granularity=frame: nothing of frames that are not anomalous"},
                  Mutable::ready, &S::only_anomalous);
  table.number({"queue-size", "Queue size",
                "Documents that may wait for the broker or the disk (documents)"},
               Mutable::ready, 1U, 10'000'000U, &S::queue_size);
  table.choice({"on-full", "On full", "What happens when the queue is full"}, Mutable::ready,
               on_full_get_type(), &S::on_full);
  table.text({"username", "User name", "User name for the broker (Kafka: SASL PLAIN)"},
             Mutable::ready, &S::username);
  table.secret({"password", "Password",
                "Password for the broker; cannot be read back. On a command line "
                "others see it: credentials-file is better"},
               Mutable::ready, &S::password);
  table.text({"credentials-file", "Credentials file",
              "File with the lines username=... and password=..., which replace "
              "the properties"},
             Mutable::ready, &S::credentials_file);
  table.yes_or_no({"tls", "TLS", "Encrypt, and check the broker's certificate"}, Mutable::ready,
                  &S::tls);
  table.text({"ca-file", "CA file",
              "Certificates that the broker's is checked with (PEM); NULL: the "
              "system's"},
             Mutable::ready, &S::ca_file);
  table.text({"cert-file", "Certificate file", "Certificate of this client (PEM), with key-file"},
             Mutable::ready, &S::cert_file);
  table.text({"key-file", "Key file", "Key of cert-file (PEM), without a passphrase"},
             Mutable::ready, &S::key_file);
  table.number({"drain-timeout", "Drain timeout",
                "How long the end of the stream waits for documents that have not "
                "arrived (ms)"},
               Mutable::ready, 0U, 3'600'000U, &S::drain_timeout);
  return table;
}

}  // namespace mvga::gst::publish
