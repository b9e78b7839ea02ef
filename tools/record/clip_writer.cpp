// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/clip_writer.h"

#include <fcntl.h>
#include <gst/app/gstappsrc.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "tools/record/event_files.h"
#include "tools/record/mp4_orientation.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

/// As much as a disk may be in arrears.
constexpr std::uint64_t kMostWaiting = 64 << 20;

/// From decoding a clip's first frame to showing it, at most.
constexpr GstClockTime kLead = 60 * GST_SECOND;

/// The data are on the disk before the name is.
bool sync(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return synced;
}

/// Matroska wants to know it, and Motion JPEG of a network does not say.
gst::Caps with_size(const GstCaps* caps, int width, int height) {
  gst::Caps sized(gst_caps_copy(caps));
  const GstStructure* structure = gst_caps_get_structure(caps, 0);
  if (width > 0 && gst_structure_has_field(structure, "width") == FALSE)
    gst_caps_set_simple(sized.get(), "width", G_TYPE_INT, width, "height", G_TYPE_INT, height,
                        nullptr);
  return sized;
}

}  // namespace

ClipWriter::ClipWriter(std::filesystem::path file, const Container& container,
                       const EncodedFrame& first, FrameSize size, bool patient)
    : file_(std::move(file)),
      part_(part_file(file_)),
      is_mp4_(container.is_mp4),
      caps_(gst_caps_ref(first.caps.get())),
      orientation_(first.orientation),
      start_(first.time),
      patient_(patient),
      pipeline_(parse_pipeline(container.muxer +
                               " name=clip ! filesink name=file sync=false async=false  "
                               "appsrc name=frames format=time ! clip.video_0")),
      source_(part_of(pipeline_.get(), "frames")),
      bus_(gst_element_get_bus(pipeline_.get())) {
  const gst::Caps caps = with_size(caps_.get(), size.width, size.height);
  g_object_set(source_.get(), "caps", caps.get(), "max-bytes", guint64{kMostWaiting}, "block",
               static_cast<gboolean>(patient), nullptr);
  g_object_set(part_of(pipeline_.get(), "file").get(), "location", part_.c_str(), nullptr);
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

ClipWriter::~ClipWriter() {
  pipeline_.reset();
  std::error_code ignored;
  if (state_ != State::done) std::filesystem::remove(part_, ignored);
}

void ClipWriter::write(const EncodedFrame& frame) {
  if (poll() != State::busy) return;
  // It is shown before the clip begins, and cannot be decoded without the frames before that.
  if (frame.time < start_) return;
  if (!patient_ && gst_app_src_get_current_level_bytes(GST_APP_SRC(source_.get())) > kMostWaiting) {
    fail("the disk is too slow");
    return;
  }
  GstBuffer* buffer = gst_buffer_copy(frame.buffer.get());
  stamp(buffer, frame.time);
  bytes_ += frame.bytes();
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), buffer);
}

void ClipWriter::stamp(GstBuffer* buffer, GstClockTime time) {
  const GstClockTime decoded = GST_BUFFER_DTS(buffer);
  GST_BUFFER_PTS(buffer) = time - start_;
  GST_BUFFER_DTS(buffer) = GST_CLOCK_TIME_NONE;
  if (!is_mp4_) return;
  std::optional<GstClockTimeDiff> said;
  if (GST_CLOCK_TIME_IS_VALID(decoded)) said = GST_CLOCK_DIFF(start_, decoded);
  // Buffers have no negative times. Where the first one is the file has its time 0.
  GST_BUFFER_DTS(buffer) = static_cast<GstClockTime>(
      static_cast<GstClockTimeDiff>(kLead) +
      decode_times_.next(static_cast<GstClockTimeDiff>(GST_BUFFER_PTS(buffer)), said));
  GST_BUFFER_PTS(buffer) += kLead;
}

bool ClipWriter::goes_on_with(const EncodedFrame& frame) const {
  return gst_caps_is_equal(caps_.get(), frame.caps.get()) != FALSE &&
         orientation_ == frame.orientation;
}

void ClipWriter::finish() {
  gst_app_src_end_of_stream(GST_APP_SRC(source_.get()));
}

ClipWriter::State ClipWriter::poll() {
  if (state_ != State::busy) return state_;
  const gst::Owned<GstMessage> message(gst_bus_pop_filtered(
      bus_.get(), static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_EOS)));
  if (!message) return state_;
  if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR)
    fail(text_of(message.get()));
  else
    complete();
  return state_;
}

void ClipWriter::complete() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  try {
    if (is_mp4_) set_mp4_orientation(part_, orientation_);
  } catch (const Error& e) {
    fail(e.what());
    return;
  }
  if (!sync(part_) || std::rename(part_.c_str(), file_.c_str()) != 0)
    fail(std::strerror(errno));
  else
    state_ = State::done;
}

void ClipWriter::fail(const std::string& why) {
  failure_ = why;
  state_ = State::failed;
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

}  // namespace mvga::tool
