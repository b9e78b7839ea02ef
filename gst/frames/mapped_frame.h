// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The picture of a buffer, for as long as somebody looks at it or draws on it.
#pragma once

#include <gst/video/video.h>

namespace mvga::gst {

/// A buffer mapped as video; check it before use.
class MappedFrame {
 public:
  /// Takes no reference, so that a writable buffer stays writable; it has to outlive this.
  /// Not mapped when the buffer does not hold all of the picture.
  MappedFrame(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags);
  ~MappedFrame() { unmap(); }
  MappedFrame(const MappedFrame&) = delete;
  MappedFrame& operator=(const MappedFrame&) = delete;

  explicit operator bool() const { return mapped_; }
  GstVideoFrame* get() { return &frame_; }

 private:
  void unmap();

  GstVideoFrame frame_ = {};
  bool mapped_;
};

}  // namespace mvga::gst
