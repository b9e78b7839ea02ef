// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_reader.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "gst/frames/mapped_frame.h"

namespace mvga::gst {
namespace {

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
  roi_ = roi;
  // Fields of interlaced video are looked at together, as one picture.
  info_.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
  roi_ = roi;
  side_ = side;
  set_size(info.width, info.height);
}

// That of the caps, or of a buffer that was cropped to another one.
void FrameReader::set_size(int width, int height) {
  picture_ = info_;
  picture_.width = width;
  picture_.height = height;
  source_ = pixels_of(roi_, width, height);
  if (source_.empty()) throw Error(ErrorKind::settings, "the region of interest is empty");
  low_ = source_.height < kFewestRows;
  rgb_info_ = rgb_info(side_, low_ ? source_.height : side_, info_);
  make_converter();

  rgb_.resize(GST_VIDEO_INFO_SIZE(&rgb_info_));
  rgb_frame_ = {};
  rgb_frame_.info = rgb_info_;
  rgb_frame_.data[0] = rgb_.data();
}

void FrameReader::make_converter() {
  converter_.reset(gst_video_converter_new(
      &picture_, &rgb_info_,
      gst_structure_new("mvga-reader", GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, source_.x,
                        GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, source_.width,
                        GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, source_.y,
                        GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, source_.height,
                        GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD, GST_TYPE_VIDEO_RESAMPLER_METHOD,
                        GST_VIDEO_RESAMPLER_METHOD_LINEAR, GST_VIDEO_CONVERTER_OPT_DITHER_METHOD,
                        GST_TYPE_VIDEO_DITHER_METHOD, GST_VIDEO_DITHER_NONE, nullptr)));
  if (!converter_)
    throw Error(ErrorKind::settings,
                "GStreamer cannot convert " +
                    std::string(gst_video_format_to_string(GST_VIDEO_INFO_FORMAT(&picture_))) +
                    " frames of " + std::to_string(GST_VIDEO_INFO_WIDTH(&picture_)) + "x" +
                    std::to_string(GST_VIDEO_INFO_HEIGHT(&picture_)) + " to RGB");
}

// Each row as often as it takes; from at most two rows nothing better can be made.
RgbView FrameReader::stretched() {
  const int stride = GST_VIDEO_INFO_PLANE_STRIDE(&rgb_info_, 0);
  const std::size_t length = 3 * static_cast<std::size_t>(side_);
  stretched_.resize(length * static_cast<std::size_t>(side_));
  for (int y = 0; y < side_; ++y)
    std::copy_n(rgb_.begin() + y * source_.height / side_ * stride, length,
                stretched_.begin() + static_cast<std::ptrdiff_t>(length) * y);
  return {stretched_.data(), side_, side_, 3 * side_};
}

RgbView FrameReader::read(GstBuffer* buffer) {
  MappedFrame frame(info_, buffer, GST_MAP_READ);
  if (!frame) throw Error(ErrorKind::unreadable, frame.complaint());
  const GstVideoInfo& found = frame.get()->info;
  if (found.width != picture_.width || found.height != picture_.height)
    set_size(found.width, found.height);
  if (low_) make_converter();
  gst_video_converter_frame(converter_.get(), frame.get(), &rgb_frame_);
  if (low_) return stretched();
  return {rgb_.data(), GST_VIDEO_INFO_WIDTH(&rgb_info_), GST_VIDEO_INFO_HEIGHT(&rgb_info_),
          GST_VIDEO_INFO_PLANE_STRIDE(&rgb_info_, 0)};
}

}  // namespace mvga::gst
