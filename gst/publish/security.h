// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a broker wants to see of a client, and the client of a broker.
#pragma once

#include <string>

#include "gst/publish/credentials.h"
#include "gst/publish/publish_settings.h"

namespace mvga::gst::publish {

struct Security {
  Credentials credentials;
  bool tls = false;
  std::string ca_file;    ///< empty: the system's authorities
  std::string cert_file;  ///< empty: no certificate of our own
  std::string key_file;
};

/// Reads credentials-file, whose values replace the properties, and looks whether the other files
/// can be read.
/// @throws Error
Security security_of(const PublishSettings& settings);

}  // namespace mvga::gst::publish
