// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/film.h"

#include <gst/app/gstappsrc.h>

#include <stdexcept>

#include "gst/frames/handles.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

using gst::Owned;

std::string error_of(GstMessage* message) {
  GError* error = nullptr;
  gst_message_parse_error(message, &error, nullptr);
  return Owned<GError>(error)->message;
}

gst::Pipeline parse(const std::string& description) {
  GError* error = nullptr;
  gst::Pipeline pipeline(gst_parse_launch(description.c_str(), &error));
  if (error != nullptr) throw std::runtime_error(Owned<GError>(error)->message);
  return pipeline;
}

void wait_for_end(GstElement* pipeline) {
  const Owned<GstBus> bus(gst_element_get_bus(pipeline));
  const Owned<GstMessage> message(
      gst_bus_timed_pop_filtered(bus.get(), GST_CLOCK_TIME_NONE,
                                 static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_EOS)));
  if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR)
    throw std::runtime_error(error_of(message.get()));
}

}  // namespace

void write_film(const std::filesystem::path& file, const std::string& frames,
                const std::string& encoder) {
  const gst::Pipeline pipeline = parse("appsrc name=frames format=time block=true ! " + encoder +
                                       " ! matroskamux ! filesink location=" + file.string());
  const Owned<GstElement> source(gst_bin_get_by_name(GST_BIN(pipeline.get()), "frames"));
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  const gst::Caps caps(gst_video_info_to_caps(&info));
  g_object_set(source.get(), "caps", caps.get(), nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  for (unsigned i = 0; i < frames.size(); ++i) {
    Buffer frame = frames[i] == 'A' ? anomalous_frame(info, i) : normal_frame(info, i);
    gst_app_src_push_buffer(GST_APP_SRC(source.get()), frame.release());
  }
  gst_app_src_end_of_stream(GST_APP_SRC(source.get()));
  wait_for_end(pipeline.get());
}

}  // namespace mvga::testing
