// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/video.h"

#include <gst/app/gstappsink.h>

#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "gst/frames/formats.h"
#include "gst/frames/handles.h"
#include "tools/media/autoplugging.h"
#include "tools/media/playing_time.h"
#include "tools/media/stream_orientation.h"
#include "tools/media/whole_file.h"

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

/// Converts only where a file has none of our formats, such as 10 bits a channel.
gst::Pipeline decoder(const fs::path& file, Autoplugging& autoplugging) {
  gst::Pipeline pipeline(
      gst_parse_launch("filesrc name=file ! decodebin name=decoder ! videoconvert ! "
                       "appsink name=frames sync=false max-buffers=2",
                       nullptr));
  g_object_set(part(pipeline.get(), "file"), "location", file.c_str(), nullptr);
  autoplugging.watch(part(pipeline.get(), "decoder"));
  const gst::Caps caps(gst_caps_from_string(MVGA_VIDEO_CAPS));
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

/// A stream has its tags before its first frame, and its length: later, at the end, some demuxers
/// no longer say it.
class Stream {
 public:
  Stream(GstElement* pipeline, GstElement* sink, fs::path file)
      : pipeline_(pipeline),
        pad_(gst_element_get_static_pad(sink, "sink")),
        file_(std::move(file)) {}

  Frame frame(GstSample* sample) {
    if (frames_++ == 0) look_at_head();
    time_.add(*gst_sample_get_segment(sample), gst_sample_get_buffer(sample));
    Frame frame(sample);
    frame.set_orientation(orientation_);
    std::vector<Remark> remarks;
    if (orientation_ != 1) remarks.push_back(turned_stream(orientation_));
    frame.set_remarks(file_, std::move(remarks));
    return frame;
  }
  std::size_t frames() const { return frames_; }

  /// Why there should have been more frames; empty if there should not.
  std::string broke_off() const {
    const std::optional<FileLength> length = length_of_film(file_);
    std::string text = time_.broke_off() ? time_.text() : "";
    if (length && length->cut()) text += (text.empty() ? "" : ", and ") + text_of(*length);
    return text;
  }

 private:
  void look_at_head() {
    gint64 duration = 0;
    if (gst_element_query_duration(pipeline_, GST_FORMAT_TIME, &duration) != FALSE)
      time_.promise(duration);
    orientation_ = stream_orientation(pad_.get());
  }

  GstElement* pipeline_;
  gst::Owned<GstPad> pad_;
  fs::path file_;
  PlayingTime time_;
  int orientation_ = 1;
  std::size_t frames_ = 0;
};

[[noreturn]] void fail_after(std::size_t frames, const fs::path& file, const std::string& why) {
  if (frames == 0)
    throw Error(ErrorKind::unreadable, file.string() + ": cannot be decoded: " + why);
  throw BrokenOff(file.string() + ": breaks off after " + std::to_string(frames) +
                  " frames: " + why);
}

/// What was left alone says more than that there is no video then.
std::string reason(const Autoplugging& autoplugging, const std::string& otherwise) {
  const std::string type = autoplugging.refused();
  if (type.empty()) return otherwise;
  return "it is " + type +
         ", no picture or video itself; what such a file names is not fetched, so give the video "
         "instead";
}

}  // namespace

std::size_t decode_video(const fs::path& file, const std::function<bool(const Frame&)>& see) {
  Autoplugging autoplugging;
  const gst::Pipeline pipeline = decoder(file, autoplugging);
  GstAppSink* sink = GST_APP_SINK(part(pipeline.get(), "frames"));
  Stream stream(pipeline.get(), GST_ELEMENT(sink), file);
  GstClockTime waited = 0;
  for (;;) {
    // An error in front of the sink does not wake it up.
    GstSample* sample = gst_app_sink_try_pull_sample(sink, kWait);
    waited = sample != nullptr ? 0 : waited + kWait;
    if (sample != nullptr) {
      if (!see(stream.frame(sample))) return stream.frames();
    } else if (const auto error = error_of(pipeline.get())) {
      fail_after(stream.frames(), file, reason(autoplugging, *error));
    } else if (gst_app_sink_is_eos(sink) != FALSE) {
      break;
    } else if (waited >= kLongestWait) {
      fail_after(stream.frames(), file,
                 reason(autoplugging, "GStreamer gives nothing, and no error"));
    }
  }
  if (stream.frames() == 0) fail_after(0, file, reason(autoplugging, "there is no picture in it"));
  if (const std::string why = stream.broke_off(); !why.empty())
    fail_after(stream.frames(), file, why);
  return stream.frames();
}

}  // namespace mvga::tool
