// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A server on 127.0.0.1 (weights_server.py, whose path is MVGA_WEIGHTS_SERVER) that ends with the
// object.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace mvga::testing {

class WeightsServer {
 public:
  /// @param certificate with its key; none: no TLS
  /// @throws std::runtime_error if it does not start
  WeightsServer(const std::filesystem::path& file, const std::filesystem::path& log,
                const std::filesystem::path& certificate = {});
  ~WeightsServer();
  WeightsServer(const WeightsServer&) = delete;
  WeightsServer& operator=(const WeightsServer&) = delete;

  std::string address(const std::string& path) const {
    return scheme_ + "://127.0.0.1:" + port_ + path;
  }

 private:
  std::string scheme_;
  std::string port_;
  pid_t process_ = -1;
};

}  // namespace mvga::testing
