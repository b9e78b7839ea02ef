// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The parts of addresses, as libcurl sees them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "tools/weights/curl_request.h"

namespace mvga::tool {

/// An address that may name a user and a password, without them, and these.
/// @throws Error settings if it is no address; the text does not repeat it
std::pair<std::string, std::optional<Login>> split_login(const std::string& address);

/// Where a link on the page at `base` leads. Empty if it is none.
std::string resolved(const std::string& base, const std::string& link);

/// Scheme, host and port: whom one talks to. Empty if it is no address.
std::string host_of(const std::string& address);

}  // namespace mvga::tool
