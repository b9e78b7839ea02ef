// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/element_harness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace mvga::testing {

ElementHarness::ElementHarness(const std::string& factory)
    : element_(gst_element_factory_make(factory.c_str(), nullptr)), bus_(gst_bus_new()) {
  if (element_ == nullptr)
    throw std::runtime_error("no element " + factory + ": is GST_PLUGIN_PATH set to the build?");
  gst_object_ref_sink(element_);
  gst_element_set_bus(element_, bus_);
}

ElementHarness::~ElementHarness() {
  gst_element_set_bus(element_, nullptr);
  if (harness_ != nullptr) gst_harness_teardown(harness_);
  gst_element_set_state(element_, GST_STATE_NULL);
  gst_object_unref(element_);
  gst_object_unref(bus_);
}

bool ElementHarness::play() {
  // GstHarness plays an element as soon as it has it, and aborts when that fails.
  if (gst_element_set_state(element_, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state(element_, GST_STATE_NULL);
    return false;
  }
  if (harness_ == nullptr) {
    harness_ = gst_harness_new_with_element(element_, "sink", "src");
    gst_element_set_bus(element_, bus_);
  }
  return true;
}

void ElementHarness::stop() {
  gst_element_set_state(element_, GST_STATE_NULL);
  has_segment_ = false;
}

void ElementHarness::set_caps(const GstVideoInfo& info) {
  GstCaps* caps = gst_video_info_to_caps(&info);
  if (!has_segment_) push_event(gst_event_new_stream_start("test"));
  push_event(gst_event_new_caps(caps));
  gst_caps_unref(caps);
  if (has_segment_) return;
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  push_event(gst_event_new_segment(&segment));
  has_segment_ = true;
}

ElementHarness::Message ElementHarness::take(GstMessageType type, const char* name) {
  while (GstMessage* message = gst_bus_pop(bus_)) arrived_.emplace_back(message, gst_message_unref);
  const auto fits = [&](const Message& message) {
    return GST_MESSAGE_TYPE(message.get()) == type &&
           (name == nullptr || gst_message_has_name(message.get(), name));
  };
  const auto found = std::find_if(arrived_.begin(), arrived_.end(), fits);
  if (found == arrived_.end()) return nullptr;
  Message message = *found;
  arrived_.erase(found);
  return message;
}

void ElementHarness::drop_messages() {
  take(GST_MESSAGE_UNKNOWN);  // all that are on the bus, and none of them
  arrived_.clear();
}

Complaint ElementHarness::parsed(GstMessage* message) {
  GError* error = nullptr;
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_ERROR:
      gst_message_parse_error(message, &error, nullptr);
      break;
    case GST_MESSAGE_INFO:
      gst_message_parse_info(message, &error, nullptr);
      break;
    default:
      gst_message_parse_warning(message, &error, nullptr);
  }
  Complaint complaint{error->domain, error->code, error->message};
  g_error_free(error);
  return complaint;
}

std::optional<Complaint> ElementHarness::complaint(GstMessageType type) {
  const Message message = take(type);
  if (!message) return std::nullopt;
  return parsed(message.get());
}

std::optional<Complaint> ElementHarness::await(GstMessageType type) {
  constexpr GstClockTime kPatience = 30 * GST_SECOND;
  if (auto arrived = complaint(type)) return arrived;
  while (GstMessage* message = gst_bus_timed_pop(bus_, kPatience)) {
    arrived_.emplace_back(message, gst_message_unref);
    if (GST_MESSAGE_TYPE(message) == type) return complaint(type);
  }
  return std::nullopt;
}

std::vector<std::shared_ptr<GstStructure>> ElementHarness::messages(const std::string& name) {
  std::vector<std::shared_ptr<GstStructure>> found;
  while (const Message message = take(GST_MESSAGE_ELEMENT, name.c_str()))
    found.emplace_back(gst_structure_copy(gst_message_get_structure(message.get())),
                       gst_structure_free);
  return found;
}

std::vector<std::shared_ptr<GstMessage>> ElementHarness::of_type(GstMessageType type) {
  std::vector<Message> found;
  while (Message message = take(type)) found.push_back(std::move(message));
  return found;
}

std::vector<std::string> ElementHarness::infos() {
  std::vector<std::string> texts;
  while (const Message message = take(GST_MESSAGE_INFO)) {
    GError* error = nullptr;
    gst_message_parse_info(message.get(), &error, nullptr);
    texts.emplace_back(error->message);
    g_error_free(error);
  }
  return texts;
}

}  // namespace mvga::testing
