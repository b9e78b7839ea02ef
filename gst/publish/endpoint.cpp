// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/endpoint.h"

#include <charconv>

#include "core/base/error.h"

namespace mvga::gst::publish {
namespace {

constexpr int kHighestPort = 65535;

[[noreturn]] void refuse(const std::string& address) {
  throw Error(ErrorKind::settings, "address '" + address +
                                       "' is no host:port; write it as broker.example:1883 or "
                                       "[::1]:1883");
}

/// Where the host ends; the colons inside [...] belong to it.
std::size_t end_of_host(const std::string& address) {
  if (!address.starts_with('[')) return address.find(':');
  const auto bracket = address.find(']');
  if (bracket == std::string::npos) refuse(address);
  return bracket + 1 < address.size() ? bracket + 1 : std::string::npos;
}

int parse_port(const std::string& address, std::size_t start) {
  int port = 0;
  const char* end = address.data() + address.size();
  const auto [stopped, error] = std::from_chars(address.data() + start, end, port);
  if (error != std::errc() || stopped != end || port < 1 || port > kHighestPort) refuse(address);
  return port;
}

}  // namespace

Endpoint parse_endpoint(const std::string& address, int default_port) {
  const std::size_t end = end_of_host(address);
  Endpoint endpoint{address.substr(0, end), default_port};
  if (endpoint.host.starts_with('['))
    endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
  if (endpoint.host.empty() || address.find('/') != std::string::npos) refuse(address);
  if (end == std::string::npos) return endpoint;
  if (address[end] != ':') refuse(address);
  endpoint.port = parse_port(address, end + 1);
  return endpoint;
}

}  // namespace mvga::gst::publish
