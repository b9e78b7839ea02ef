// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An MQTT broker of our own, on a free port of this machine.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/models/temporary_folder.h"

namespace mvga::testing {

class MosquittoBroker {
 public:
  /// Whether Debian's package mosquitto is there.
  static bool installed();

  /// `options` are more lines of its configuration. It keeps sessions and messages when it is
  /// stopped. Throws if it does not start.
  explicit MosquittoBroker(const std::string& options = "allow_anonymous true\n");
  ~MosquittoBroker();
  MosquittoBroker(const MosquittoBroker&) = delete;
  MosquittoBroker& operator=(const MosquittoBroker&) = delete;

  void start();
  void stop(int signal = SIGTERM);

  int port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  void write_configuration(const std::string& options) const;

  TemporaryFolder folder_;
  int port_;
  pid_t child_ = -1;
  int output_ = -1;
};

}  // namespace mvga::testing
