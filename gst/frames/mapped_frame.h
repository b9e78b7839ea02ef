// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The picture of a buffer, for as long as somebody looks at it or draws on it.
#pragma once

#include <gst/video/video.h>

#include <string>

namespace mvga::gst {

/// A buffer mapped as video; check it before use. Rows may lie in any order and at any distance,
/// bottom-up as well, and planes in as many memories as they like. Where the buffer has a
/// GstVideoCropMeta, the picture is the part that it names, as a sink would show it.
class MappedFrame {
 public:
  /// Takes no reference, so that a writable buffer stays writable; it has to outlive this.
  /// Not mapped when the buffer does not hold all of the picture.
  MappedFrame(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags);
  ~MappedFrame() { unmap(); }
  MappedFrame(const MappedFrame&) = delete;
  MappedFrame& operator=(const MappedFrame&) = delete;

  explicit operator bool() const { return mapped_ != Mapped::not_at_all; }
  /// Its size is that of the caps, unless the buffer has been cropped to another one.
  GstVideoFrame* get() { return &frame_; }
  /// Why it is not mapped.
  const std::string& complaint() const { return complaint_; }

 private:
  enum class Mapped { not_at_all, by_planes, in_one };

  bool map_by_planes(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags);
  bool map_in_one(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags);
  bool is_whole() const;
  void unmap();

  GstVideoFrame frame_ = {};
  GstMapInfo memory_ = {};  ///< all of the buffer's, when mapped in one
  GstBuffer* buffer_;
  Mapped mapped_ = Mapped::not_at_all;
  std::string complaint_;
};

}  // namespace mvga::gst
