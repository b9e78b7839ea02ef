// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ownership of GLib and GStreamer objects.
#pragma once

#include <gst/video/video.h>

#include <memory>

namespace mvga::gst {

struct Release {
  void operator()(gchar* p) const { g_free(p); }
  void operator()(GstStructure* p) const { gst_structure_free(p); }
  void operator()(GstVideoConverter* p) const { gst_video_converter_free(p); }
};

using String = std::unique_ptr<gchar, Release>;
using Structure = std::unique_ptr<GstStructure, Release>;
using Converter = std::unique_ptr<GstVideoConverter, Release>;

/// A buffer mapped as video; check it before use.
class MappedFrame {
 public:
  /// Takes no reference, so that a writable buffer stays writable; it has to outlive this.
  MappedFrame(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags) {
    const int all = static_cast<int>(flags) | static_cast<int>(GST_VIDEO_FRAME_MAP_FLAG_NO_REF);
    mapped_ = gst_video_frame_map(&frame_, &info, buffer, static_cast<GstMapFlags>(all));
  }
  ~MappedFrame() {
    if (mapped_) gst_video_frame_unmap(&frame_);
  }
  MappedFrame(const MappedFrame&) = delete;
  MappedFrame& operator=(const MappedFrame&) = delete;

  explicit operator bool() const { return mapped_; }
  GstVideoFrame* get() { return &frame_; }

 private:
  GstVideoFrame frame_ = {};
  bool mapped_;
};

}  // namespace mvga::gst
