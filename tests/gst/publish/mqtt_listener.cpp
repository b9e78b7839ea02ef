// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/publish/mqtt_listener.h"

#include <chrono>
#include <stdexcept>

namespace mvga::testing {
namespace {

constexpr std::chrono::seconds kPatience{60};

}  // namespace

MqttListener::MqttListener(int port, const std::string& ca_file) {
  mosquitto_lib_init();
  // With a session, so that the broker keeps for it what comes while it is away.
  client_.reset(mosquitto_new("listener", false, this));
  if (!ca_file.empty())
    mosquitto_tls_set(client_.get(), ca_file.c_str(), nullptr, nullptr, nullptr, nullptr);
  mosquitto_connect_callback_set(client_.get(), on_connect);
  mosquitto_subscribe_callback_set(client_.get(), on_subscribe);
  mosquitto_message_callback_set(client_.get(), on_message);
  if (mosquitto_connect(client_.get(), "127.0.0.1", port, 30) != MOSQ_ERR_SUCCESS)
    throw std::runtime_error("the listener finds no broker");
  mosquitto_loop_start(client_.get());
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, kPatience, [&] { return subscribed_; }))
    throw std::runtime_error("the listener cannot subscribe");
}

MqttListener::~MqttListener() {
  mosquitto_disconnect(client_.get());
  mosquitto_loop_stop(client_.get(), false);
}

std::vector<nlohmann::json> MqttListener::wait_for(std::size_t documents) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kPatience, [&] { return different_.size() >= documents; });
  return documents_;
}

std::string MqttListener::topic() const {
  const std::lock_guard lock(mutex_);
  return topic_;
}

void MqttListener::on_connect(mosquitto* client, void*, int code) {
  if (code == 0) mosquitto_subscribe(client, nullptr, "#", 1);
}

void MqttListener::on_subscribe(mosquitto*, void* self, int, int, const int*) {
  auto* listener = static_cast<MqttListener*>(self);
  const std::lock_guard lock(listener->mutex_);
  listener->subscribed_ = true;
  listener->changed_.notify_all();
}

void MqttListener::on_message(mosquitto*, void* self, const mosquitto_message* message) {
  auto* listener = static_cast<MqttListener*>(self);
  const std::string text(static_cast<const char*>(message->payload),
                         static_cast<std::size_t>(message->payloadlen));
  const std::lock_guard lock(listener->mutex_);
  listener->topic_ = message->topic;
  listener->documents_.push_back(nlohmann::json::parse(text));
  listener->different_.insert(text);
  listener->changed_.notify_all();
}

}  // namespace mvga::testing
