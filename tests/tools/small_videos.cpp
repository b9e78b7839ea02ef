// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/small_videos.h"

#include <gst/gst.h>

#include <stdexcept>
#include <string>

namespace mvga::testing {
namespace {

void play(const std::string& description) {
  GError* error = nullptr;
  GstElement* pipeline = gst_parse_launch(description.c_str(), &error);
  if (error != nullptr) throw std::runtime_error(error->message);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);
  GstBus* bus = gst_element_get_bus(pipeline);
  gst_message_unref(gst_bus_timed_pop_filtered(
      bus, GST_CLOCK_TIME_NONE, static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(bus);
  gst_object_unref(pipeline);
}

}  // namespace

void write_video(const std::filesystem::path& file, int frames) {
  play("videotestsrc pattern=snow num-buffers=" + std::to_string(frames) +
       " ! video/x-raw,format=I420,width=48,height=40,framerate=25/1 ! jpegenc ! matroskamux ! "
       "filesink location=" +
       file.string());
}

void write_sound(const std::filesystem::path& file) {
  play("audiotestsrc num-buffers=40 ! audio/x-raw,rate=44100 ! wavenc ! filesink location=" +
       file.string());
}

}  // namespace mvga::testing
