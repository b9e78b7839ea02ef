// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/play.h"

#include <gst/app/gstappsink.h>

#include <memory>

namespace mvga::testing {
namespace {

struct Release {
  void operator()(GstElement* element) const { gst_object_unref(element); }
  void operator()(GstBus* bus) const { gst_object_unref(bus); }
  void operator()(GstMessage* message) const { gst_message_unref(message); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};

template <typename T>
using Handle = std::unique_ptr<T, Release>;

std::string error_of(GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_error(message, &error, nullptr);
  return Handle<GError>(error)->message;
}

std::string wait_for_end(GstBus* bus, const std::function<void(const GstStructure&)>& seen) {
  constexpr auto wanted =
      static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);
  for (;;) {
    const Handle<GstMessage> message(gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE, wanted));
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) return {};
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR) return error_of(message.get());
    if (seen) seen(*gst_message_get_structure(message.get()));
  }
}

}  // namespace

std::string play(const std::string& description,
                 const std::function<void(const GstStructure&)>& seen) {
  GError* error = nullptr;
  const Handle<GstElement> pipeline(gst_parse_launch(description.c_str(), &error));
  if (error != nullptr) return Handle<GError>(error)->message;
  const Handle<GstBus> bus(gst_element_get_bus(pipeline.get()));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::string text = wait_for_end(bus.get(), seen);
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return text;
}

std::vector<GstClockTime> frame_times_of(const std::filesystem::path& video) {
  const Handle<GstElement> pipeline(gst_parse_launch(
      ("filesrc location=" + video.string() + " ! decodebin ! appsink name=sink sync=false")
          .c_str(),
      nullptr));
  const Handle<GstElement> sink(gst_bin_get_by_name(GST_BIN(pipeline.get()), "sink"));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  std::vector<GstClockTime> times;
  while (const Handle<GstSample> sample{gst_app_sink_pull_sample(GST_APP_SINK(sink.get()))})
    times.push_back(GST_BUFFER_PTS(gst_sample_get_buffer(sample.get())));
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return times;
}

}  // namespace mvga::testing
