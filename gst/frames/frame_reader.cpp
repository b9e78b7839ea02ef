// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_reader.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "gst/frames/mapped_frame.h"

namespace mvga::gst {
namespace {

struct Span {
  int start;
  int length;
};

// At least one pixel, inside the frame.
Span pixels(double start, double length, int size) {
  const int first = std::clamp(static_cast<int>(std::floor(start * size + 0.5)), 0, size - 1);
  const int end = static_cast<int>(std::floor((start + length) * size + 0.5));
  return {first, std::clamp(end, first + 1, size) - first};
}

// GstVideoConverter keeps lines of the last frame and takes those of a frame this low for the next
// one's (GStreamer 1.22).
constexpr int kFewestRows = 3;

GstVideoInfo rgb_info(int width, int height, const GstVideoInfo& like) {
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_RGB, static_cast<guint>(width),
                            static_cast<guint>(height));
  info.fps_n = like.fps_n;
  info.fps_d = like.fps_d;
  return info;
}

}  // namespace

void FrameReader::configure(const GstVideoInfo& info, const Box& roi, int side) {
  info_ = info;
  // Fields of interlaced video are looked at together, as one picture.
  info_.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  const Span x = pixels(roi.x, roi.width, GST_VIDEO_INFO_WIDTH(&info_));
  const Span y = pixels(roi.y, roi.height, GST_VIDEO_INFO_HEIGHT(&info_));
  source_ = {x.start, y.start, x.length, y.length};
  side_ = side;
  low_ = y.length < kFewestRows;
  rgb_info_ = rgb_info(side, low_ ? y.length : side, info_);
  make_converter();

  rgb_.resize(GST_VIDEO_INFO_SIZE(&rgb_info_));
  rgb_frame_ = {};
  rgb_frame_.info = rgb_info_;
  rgb_frame_.data[0] = rgb_.data();
}

void FrameReader::make_converter() {
  converter_.reset(gst_video_converter_new(
      &info_, &rgb_info_,
      gst_structure_new("mvga-reader", GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, source_.x,
                        GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, source_.w,
                        GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, source_.y,
                        GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, source_.h,
                        GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD, GST_TYPE_VIDEO_RESAMPLER_METHOD,
                        GST_VIDEO_RESAMPLER_METHOD_LINEAR, GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
                        GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, nullptr)));
  if (!converter_)
    throw Error(ErrorKind::settings,
                "GStreamer cannot convert " +
                    std::string(gst_video_format_to_string(GST_VIDEO_INFO_FORMAT(&info_))) +
                    " frames of " + std::to_string(GST_VIDEO_INFO_WIDTH(&info_)) + "x" +
                    std::to_string(GST_VIDEO_INFO_HEIGHT(&info_)) + " to RGB");
}

// Each row as often as it takes; from at most two rows nothing better can be made.
RgbView FrameReader::stretched() {
  const int stride = GST_VIDEO_INFO_PLANE_STRIDE(&rgb_info_, 0);
  const std::size_t length = 3 * static_cast<std::size_t>(side_);
  stretched_.resize(length * static_cast<std::size_t>(side_));
  for (int y = 0; y < side_; ++y)
    std::copy_n(rgb_.begin() + y * source_.h / side_ * stride, length,
                stretched_.begin() + static_cast<std::ptrdiff_t>(length) * y);
  return {stretched_.data(), side_, side_, 3 * side_};
}

RgbView FrameReader::read(GstBuffer* buffer) {
  MappedFrame frame(info_, buffer, GST_MAP_READ);
  if (!frame)
    throw Error(ErrorKind::unreadable, "a buffer of " +
                                           std::to_string(gst_buffer_get_size(buffer)) +
                                           " bytes is too small for the frame its caps promise");
  if (low_) make_converter();
  gst_video_converter_frame(converter_.get(), frame.get(), &rgb_frame_);
  if (low_) return stretched();
  return {rgb_.data(), GST_VIDEO_INFO_WIDTH(&rgb_info_), GST_VIDEO_INFO_HEIGHT(&rgb_info_),
          GST_VIDEO_INFO_PLANE_STRIDE(&rgb_info_, 0)};
}

}  // namespace mvga::gst
