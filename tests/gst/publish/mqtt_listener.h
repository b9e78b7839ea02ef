// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Somebody who subscribes, and comes back when the broker does.
#pragma once

#include <mosquitto.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace mvga::testing {

class MqttListener {
 public:
  /// Returns when it has subscribed to everything. With TLS if there is a file.
  explicit MqttListener(int port, const std::string& ca_file = "");
  ~MqttListener();
  MqttListener(const MqttListener&) = delete;
  MqttListener& operator=(const MqttListener&) = delete;

  /// Waits until so many different documents have come, and returns all: some may have come twice.
  std::vector<nlohmann::json> wait_for(std::size_t documents);
  /// Of the last message.
  std::string topic() const;

 private:
  static void on_connect(mosquitto* client, void* self, int code);
  static void on_subscribe(mosquitto* client, void* self, int, int, const int*);
  static void on_message(mosquitto* client, void* self, const mosquitto_message* message);

  struct Free {
    void operator()(mosquitto* client) const { mosquitto_destroy(client); }
  };
  std::unique_ptr<mosquitto, Free> client_;

  mutable std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  bool subscribed_ = false;
  std::string topic_;
  std::vector<nlohmann::json> documents_;
  std::set<std::string> different_;
};

}  // namespace mvga::testing
