// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// host:port, as the property `address` has it.
#pragma once

#include <string>

namespace mvga::gst::publish {

struct Endpoint {
  std::string host;
  int port = 0;
};

/// `host`, `host:port`, `[::1]:port`.
/// @throws Error settings
Endpoint parse_endpoint(const std::string& address, int default_port);

}  // namespace mvga::gst::publish
