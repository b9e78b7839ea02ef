// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/frames.h"

#include <gst/app/gstappsink.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "gst/frames/formats.h"
#include "gst/frames/handles.h"
#include "gst/frames/mapped_frame.h"
#include "tools/media/jpeg.h"
#include "tools/media/png.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

constexpr GstClockTime kWait = 50 * GST_MSECOND;
/// decodebin may lose the error of a demuxer that fails as soon as it starts, and then waits for
/// ever. As long as a disk takes to wake up, twice.
constexpr GstClockTime kLongestWait = 20 * GST_SECOND;

/// The part of a pipeline by its name, without a reference of its own: the pipeline keeps it.
GstElement* part(GstElement* pipeline, const char* name) {
  GstElement* element = gst_bin_get_by_name(GST_BIN(pipeline), name);
  gst_object_unref(element);
  return element;
}

gst::Pipeline decoder(const fs::path& file, const char* formats) {
  std::string description = "filesrc name=file ! decodebin";
  if (is_rgb_16_png(file)) {
    if (!gst_registry_check_feature_version(gst_registry_get(), "gdkpixbufdec", 1, 0, 0))
      throw Error(ErrorKind::unreadable,
                  file.string() +
                      ": is a PNG of 16 bits a colour, which takes GStreamer's plugin "
                      "gdkpixbuf; install that, or convert it to 8 bits");
    description = "filesrc name=file ! gdkpixbufdec";
  }
  // Converts only where a file has none of these formats, such as 16 bits a channel.
  description += " ! videoconvert ! appsink name=frames sync=false max-buffers=2";
  gst::Pipeline pipeline(gst_parse_launch(description.c_str(), nullptr));
  g_object_set(part(pipeline.get(), "file"), "location", file.c_str(), nullptr);
  const gst::Caps caps(gst_caps_from_string(formats));
  g_object_set(part(pipeline.get(), "frames"), "caps", caps.get(), nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  return pipeline;
}

/// A file with sound alone is no error to GStreamer, only nothing to link.
bool found_no_video(const GError* warning) {
  return g_error_matches(warning, GST_PARSE_ERROR, GST_PARSE_ERROR_DELAYED_LINK) != FALSE;
}

std::string text_of(const GError* error) {
  // What a source says when an element after it fails.
  if (g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED) != FALSE &&
      std::strstr(error->message, "Internal data stream error") != nullptr)
    return "it is damaged, or of a kind that GStreamer does not decode here";
  return error->message;
}

std::optional<std::string> error_of(GstElement* pipeline) {
  const gst::Owned<GstBus> bus(gst_element_get_bus(pipeline));
  std::optional<std::string> text;
  while (!text) {
    const gst::Owned<GstMessage> message(gst_bus_pop_filtered(
        bus.get(), static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_WARNING)));
    if (!message) break;
    GError* parsed = nullptr;
    const bool fatal = GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR;
    if (fatal)
      gst_message_parse_error(message.get(), &parsed, nullptr);
    else
      gst_message_parse_warning(message.get(), &parsed, nullptr);
    const gst::Owned<GError> error(parsed);
    if (found_no_video(error.get()))
      text = "there is no picture or video in it";
    else if (fatal)
      text = text_of(error.get());
  }
  return text;
}

void check_there(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error))
    throw Error(ErrorKind::not_found, file.string() + ": there is no such file");
  if (fs::file_size(file, error) == 0 && !error)
    throw Error(ErrorKind::unreadable, file.string() + ": the file is empty");
}

/// How far into a video its frames have come, against what its header promises.
class PlayingTime {
 public:
  explicit PlayingTime(GstElement* pipeline) : pipeline_(pipeline) {}

  void add(GstSample* sample) {
    // Later, at the end of the stream, some demuxers no longer answer.
    if (!asked_ && gst_element_query_duration(pipeline_, GST_FORMAT_TIME, &promised_) == FALSE)
      promised_ = 0;
    asked_ = true;
    const GstBuffer* buffer = gst_sample_get_buffer(sample);
    if (!GST_BUFFER_PTS_IS_VALID(buffer)) return;
    const guint64 start = gst_segment_to_stream_time(gst_sample_get_segment(sample),
                                                     GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
    const guint64 length = GST_BUFFER_DURATION_IS_VALID(buffer) ? GST_BUFFER_DURATION(buffer) : 0;
    if (GST_CLOCK_TIME_IS_VALID(start))
      seen_ = std::max(seen_, static_cast<gint64>(start + length));
  }

  /// Sound may go on for a little after the last frame.
  bool broke_off() const {
    return seen_ > 0 && promised_ - seen_ > std::max<gint64>(GST_SECOND, promised_ / 20);
  }
  std::string text() const {
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "it ends at %.1f of %.1f seconds",
                  static_cast<double>(seen_) / GST_SECOND,
                  static_cast<double>(promised_) / GST_SECOND);
    return text.data();
  }

 private:
  GstElement* pipeline_;
  bool asked_ = false;
  gint64 promised_ = 0;
  gint64 seen_ = 0;
};

[[noreturn]] void fail_after(std::size_t frames, const fs::path& file, const std::string& why) {
  if (frames == 0)
    throw Error(ErrorKind::unreadable, file.string() + ": cannot be decoded: " + why);
  throw BrokenOff(file.string() + ": breaks off after " + std::to_string(frames) +
                  " frames: " + why);
}

std::size_t decode(const fs::path& file, const char* formats,
                   const std::function<bool(const Frame&)>& see) {
  check_there(file);
  check_jpeg(file);
  const gst::Pipeline pipeline = decoder(file, formats);
  GstAppSink* sink = GST_APP_SINK(part(pipeline.get(), "frames"));
  PlayingTime time(pipeline.get());
  std::size_t frames = 0;
  GstClockTime waited = 0;
  for (;;) {
    // An error in front of the sink does not wake it up.
    GstSample* sample = gst_app_sink_try_pull_sample(sink, kWait);
    waited = sample != nullptr ? 0 : waited + kWait;
    if (sample != nullptr) {
      ++frames;
      time.add(sample);
      if (!see(Frame(sample))) return frames;
    } else if (const auto error = error_of(pipeline.get())) {
      fail_after(frames, file, *error);
    } else if (gst_app_sink_is_eos(sink) != FALSE) {
      break;
    } else if (waited >= kLongestWait) {
      fail_after(frames, file, "GStreamer gives nothing, and no error");
    }
  }
  if (frames == 0) fail_after(0, file, "there is no picture in it");
  if (time.broke_off()) fail_after(frames, file, time.text());
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

std::uint16_t component(const GstVideoFrame* frame, int number, int x, int y) {
  const auto* at = static_cast<const guint8*>(GST_VIDEO_FRAME_COMP_DATA(frame, number)) +
                   static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_COMP_STRIDE(frame, number) +
                   static_cast<std::ptrdiff_t>(x) * GST_VIDEO_FRAME_COMP_PSTRIDE(frame, number);
  switch (GST_VIDEO_FRAME_FORMAT(frame)) {
    case GST_VIDEO_FORMAT_GRAY16_LE:
      return GST_READ_UINT16_LE(at);
    case GST_VIDEO_FORMAT_GRAY16_BE:
      return GST_READ_UINT16_BE(at);
    default:
      return *at;
  }
}

MaskPixel mask_pixel(const GstVideoFrame* frame, int x, int y) {
  const auto colours = std::min(3, static_cast<int>(GST_VIDEO_FRAME_N_COMPONENTS(frame)));
  MaskPixel pixel{0, UINT16_MAX, UINT16_MAX};
  for (int c = 0; c < colours; ++c) {
    const std::uint16_t value = component(frame, c, x, y);
    pixel.brightest = std::max(pixel.brightest, value);
    pixel.darkest = std::min(pixel.darkest, value);
  }
  if (GST_VIDEO_INFO_HAS_ALPHA(&frame->info)) pixel.alpha = component(frame, 3, x, y);
  return pixel;
}

/// Its noise is no second level.
bool is_lossy(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = g_ascii_tolower(c);
  return ending == ".jpg" || ending == ".jpeg";
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
  // Labels may be small numbers in 16 bits: scaled to 8, they would be black.
  const Frame frame = first_frame(file,
                                  "video/x-raw, format = (string) { GRAY8, GRAY16_LE, GRAY16_BE, "
                                  "RGB, RGBA, ARGB, BGRA, ABGR }");
  gst::MappedFrame mapped(frame.info(), frame.buffer(), GST_MAP_READ);
  if (!mapped) throw Error(ErrorKind::unreadable, file.string() + ": cannot be read");
  const bool wide = GST_VIDEO_FRAME_COMP_DEPTH(mapped.get(), 0) > 8;
  const MaskFile kept{frame.width(), frame.height(),
                      static_cast<std::uint16_t>(wide ? UINT16_MAX : UINT8_MAX), is_lossy(file)};
  std::vector<MaskPixel> pixels;
  pixels.reserve(static_cast<std::size_t>(kept.width) * kept.height);
  for (int y = 0; y < kept.height; ++y)
    for (int x = 0; x < kept.width; ++x) pixels.push_back(mask_pixel(mapped.get(), x, y));
  return mask_from(kept, pixels);
}

RgbView InputReader::read(const Frame& frame) {
  if (!reader_.configured() || !gst_video_info_is_equal(&reader_.info(), &frame.info()))
    reader_.configure(frame.info(), roi_, side_);
  return reader_.read(frame.buffer());
}

}  // namespace mvga::tool
