// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/common/pipeline.h"

#include <algorithm>
#include <stdexcept>

namespace mvga::examples {
namespace {

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// GStreamer's detail is a place in the source, and on the lines below it what really happened.
std::string reason_in(const gchar* detail) {
  const std::string text = detail ? detail : "";
  const std::size_t end_of_place = text.find('\n');
  return end_of_place == std::string::npos ? "" : " (" + text.substr(end_of_place + 1) + ")";
}

}  // namespace

std::string text_of(GstMessage* message) {
  GError* error = nullptr;
  gchar* detail = nullptr;
  switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_ERROR:
      gst_message_parse_error(message, &error, &detail);
      break;
    case GST_MESSAGE_WARNING:
      gst_message_parse_warning(message, &error, &detail);
      break;
    case GST_MESSAGE_INFO:
      gst_message_parse_info(message, &error, &detail);
      break;
    default:
      return "";
  }
  const GErrorOwner error_owner(error);
  const Text detail_owner(detail);
  return in_one_line(error->message + reason_in(detail));
}

Pipeline parse_pipeline(const std::string& description) {
  GError* error = nullptr;
  Pipeline pipeline(
      gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  const GErrorOwner owner(error);
  if (!pipeline) throw std::runtime_error(in_one_line(error->message));
  return pipeline;
}

Element find_element(GstElement* pipeline, const char* name) {
  Element element(gst_bin_get_by_name(GST_BIN(pipeline), name));
  if (!element) throw std::runtime_error(std::string("no element ") + name + " in the pipeline");
  return element;
}

void run_pipeline(GstElement* pipeline, const std::function<void(GstMessage*)>& on_message) {
  const Bus bus(gst_element_get_bus(pipeline));
  // What goes wrong on the way to PLAYING is on the bus, with a better text.
  const bool failed =
      gst_element_set_state(pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE;
  while (true) {
    const Message message(gst_bus_timed_pop(bus.get(), failed ? 0 : GST_CLOCK_TIME_NONE));
    if (!message) throw std::runtime_error("the pipeline does not start");
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR) {
      const std::string text = text_of(message.get());
      gst_element_set_state(pipeline, GST_STATE_NULL);
      throw std::runtime_error(text);
    }
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) break;
    if (on_message) on_message(message.get());
  }
  gst_element_set_state(pipeline, GST_STATE_NULL);
}

}  // namespace mvga::examples
