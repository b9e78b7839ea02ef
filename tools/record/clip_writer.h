// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One clip of an encoded stream, as a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "gst/frames/handles.h"
#include "tools/record/container.h"
#include "tools/record/decode_times.h"
#include "tools/record/encoded_ring.h"

namespace mvga::tool {

/// Writes to a hidden file beside the clip, on a thread of its own; the clip has its name when it
/// is whole. Destroyed before that, it leaves nothing.
class ClipWriter {
 public:
  enum class State { busy, done, failed };

  /// Of the frames when they are decoded, in pixels; 0: not known.
  struct FrameSize {
    int width = 0;
    int height = 0;
  };

  /// @param first the frame that is shown at the clip's time 0
  /// @param size where the stream's caps have none
  /// @param patient write() waits for a slow disk; if not, the clip fails when much is in arrears
  /// @throws Error settings if this machine's GStreamer cannot write the container
  ClipWriter(std::filesystem::path file, const Container& container, const EncodedFrame& first,
             FrameSize size, bool patient);
  ~ClipWriter();
  ClipWriter(const ClipWriter&) = delete;
  ClipWriter& operator=(const ClipWriter&) = delete;

  void write(const EncodedFrame& frame);
  /// There are no more frames. poll() says when the clip is done.
  void finish();
  State poll();

  const std::filesystem::path& file() const { return file_; }
  GstClockTime start() const { return start_; }
  std::uint64_t bytes() const { return bytes_; }
  /// Whether a frame is of the same stream, so that the file can take it.
  bool goes_on_with(const EncodedFrame& frame) const;
  const std::string& failure() const { return failure_; }

 private:
  void stamp(GstBuffer* buffer, GstClockTime time);
  void complete();
  void fail(const std::string& why);

  std::filesystem::path file_;
  std::filesystem::path part_;
  bool is_mp4_;
  gst::Owned<GstCaps> caps_;
  int orientation_;
  GstClockTime start_;
  DecodeTimes decode_times_;
  bool patient_;
  std::uint64_t bytes_ = 0;
  State state_ = State::busy;
  std::string failure_;
  gst::Pipeline pipeline_;
  gst::Owned<GstElement> source_;
  gst::Owned<GstBus> bus_;
};

}  // namespace mvga::tool
