// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/frames.h"

#include <gst/app/gstappsink.h>

#include <optional>
#include <string>
#include <utility>

#include "core/io/error.h"
#include "gst/mapped_frame.h"
#include "gst/video_formats.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

struct Unref {
  void operator()(GstElement* element) const {
    gst_element_set_state(element, GST_STATE_NULL);
    gst_object_unref(element);
  }
  void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
  void operator()(GstMessage* message) const { gst_message_unref(message); }
  void operator()(GError* error) const { g_error_free(error); }
};
template <typename T>
using Handle = std::unique_ptr<T, Unref>;

/// The part of a pipeline by its name, without a reference of its own: the pipeline keeps it.
GstElement* part(GstElement* pipeline, const char* name) {
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), name);
  gst_object_unref(element);
  return element;
}

Handle<GstElement> decoder(const fs::path& file, const char* formats) {
  // Converts only where a file has none of these formats, such as 16 bits a channel.
  Handle<GstElement> pipeline(gst_parse_launch(
      "filesrc name=file ! decodebin ! videoconvert ! appsink name=frames sync=false max-buffers=2",
      nullptr));
  g_object_set(part(pipeline.get(), "file"), "location", file.c_str(), nullptr);
  const Handle<GstCaps> caps(gst_caps_from_string(formats));
  g_object_set(part(pipeline.get(), "frames"), "caps", caps.get(), nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  return pipeline;
}

std::optional<std::string> error_of(GstElement* pipeline) {
  GstBus* bus = gst_element_get_bus(pipeline);
  const Handle<GstMessage> message(gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR));
  gst_object_unref(bus);
  if (!message) return std::nullopt;
  GError* error = nullptr;
  gst_message_parse_error(message.get(), &error, nullptr);
  return Handle<GError>(error)->message;
}

void check_there(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error))
    throw Error(ErrorKind::not_found, file.string() + ": there is no such file");
  if (fs::file_size(file, error) == 0 && !error)
    throw Error(ErrorKind::unreadable, file.string() + ": the file is empty");
}

std::size_t decode(const fs::path& file, const char* formats,
                   const std::function<bool(const Frame&)>& see) {
  check_there(file);
  const Handle<GstElement> pipeline = decoder(file, formats);
  GstAppSink* sink = GST_APP_SINK(part(pipeline.get(), "frames"));
  std::size_t frames = 0;
  for (;;) {
    // An error in front of the sink does not wake it up.
    GstSample* sample = gst_app_sink_try_pull_sample(sink, 50 * GST_MSECOND);
    if (sample != nullptr) {
      ++frames;
      if (!see(Frame(sample))) return frames;
    } else if (const auto error = error_of(pipeline.get())) {
      throw Error(ErrorKind::unreadable, file.string() + ": cannot be decoded: " + *error);
    } else if (gst_app_sink_is_eos(sink) != FALSE) {
      break;
    }
  }
  if (frames == 0)
    throw Error(ErrorKind::unreadable, file.string() + ": there is no picture in it");
  return frames;
}

Frame first_frame(const fs::path& file, const char* formats) {
  std::optional<Frame> first;
  decode(file, formats, [&](const Frame& frame) {
    first = frame;
    return false;
  });
  return *first;
}

bool black(const guint8* pixel, int channels) {
  for (int c = 0; c < channels; ++c)
    if (pixel[c] != 0) return false;
  return true;
}

}  // namespace

Frame::Frame(GstSample* sample) : sample_(sample, gst_sample_unref) {
  gst_video_info_from_caps(&info_, gst_sample_get_caps(sample));
}

std::size_t for_each_frame(const fs::path& file, const std::function<bool(const Frame&)>& see) {
  return decode(file, MVGA_VIDEO_CAPS, see);
}

Frame read_picture(const fs::path& file) {
  return first_frame(file, MVGA_VIDEO_CAPS);
}

Mask read_mask(const fs::path& file) {
  const Frame frame = first_frame(file, "video/x-raw, format = (string) { GRAY8, RGB }");
  gst::MappedFrame mapped(frame.info(), frame.buffer(), GST_MAP_READ);
  if (!mapped) throw Error(ErrorKind::unreadable, file.string() + ": cannot be read");
  Mask mask{frame.width(), frame.height(), {}};
  mask.defect.reserve(static_cast<std::size_t>(mask.width) * mask.height);
  const int channels = GST_VIDEO_FRAME_COMP_PSTRIDE(mapped.get(), 0);
  for (int y = 0; y < mask.height; ++y) {
    const auto* row =
        static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(mapped.get(), 0)) +
        static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(mapped.get(), 0);
    for (int x = 0; x < mask.width; ++x)
      mask.defect.push_back(black(row + static_cast<std::ptrdiff_t>(x) * channels, channels) ? 0
                                                                                             : 1);
  }
  return mask;
}

RgbView InputReader::read(const Frame& frame) {
  if (!reader_.configured() || !gst_video_info_is_equal(&reader_.info(), &frame.info()))
    reader_.configure(frame.info(), roi_, side_);
  return reader_.read(frame.buffer());
}

}  // namespace mvga::tool
