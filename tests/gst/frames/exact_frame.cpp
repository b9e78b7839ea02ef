// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/frames/exact_frame.h"

#include <cstring>
#include <stdexcept>

#include "gst/frames/mapped_frame.h"

namespace mvga::testing {
namespace {

/// Alpha and three components for each pixel, with as many bits as the format has. GStreamer gives
/// each pixel the chroma sample that it shares.
class Unpacked {
 public:
  Unpacked(const GstVideoInfo& info, GstBuffer* buffer)
      : width_(info.width), values_(std::size_t{4} * info.width * info.height) {
    mvga::gst::MappedFrame frame(info, buffer, GST_MAP_READ);
    if (!frame) throw std::runtime_error("not mapped");
    const GstVideoFormatInfo* format = info.finfo;
    const GstVideoFormatInfo* unpacked = gst_video_format_get_info(format->unpack_format);
    const bool wide = GST_VIDEO_FORMAT_INFO_DEPTH(unpacked, 0) == 16;
    const auto row = std::size_t{4} * static_cast<std::size_t>(info.width);
    std::vector<guint8> bytes((wide ? 2 : 1) * row + 64);
    for (int y = 0; y < info.height; ++y) {
      format->unpack_func(format, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE, bytes.data(),
                          frame.get()->data, frame.get()->info.stride, 0, y, info.width);
      for (std::size_t i = 0; i < row; ++i)
        values_[static_cast<std::size_t>(y) * row + i] = value(bytes, i, wide, format);
    }
  }

  double at(int x, int y, std::size_t component) const {
    return values_[4 * (static_cast<std::size_t>(y) * width_ + x) + 1 + component];
  }

 private:
  static double value(const std::vector<guint8>& bytes, std::size_t i, bool wide,
                      const GstVideoFormatInfo* format) {
    if (!wide) return bytes[i];
    guint16 value = 0;
    std::memcpy(&value, bytes.data() + 2 * i, sizeof value);
    return value >> (16 - GST_VIDEO_FORMAT_INFO_DEPTH(format, 0));
  }

  std::size_t width_;
  std::vector<double> values_;
};

ExactColour colour_of(const ExactColour& c, const Standard& s, double one) {
  const double most = 256 * one - 1;
  const double luma = s.full_range ? c[0] / most : (c[0] - 16 * one) / (219 * one);
  const double scale = s.full_range ? most : 224 * one;
  const double blue = luma + 2 * (1 - s.kb) * (c[1] - 128 * one) / scale;
  const double red = luma + 2 * (1 - s.kr) * (c[2] - 128 * one) / scale;
  const double green = (luma - s.kr * red - s.kb * blue) / (1 - s.kr - s.kb);
  return {255 * red, 255 * green, 255 * blue};
}

}  // namespace

ExactPicture exact_frame(const GstVideoInfo& info, GstBuffer* buffer, const Standard& standard) {
  const Unpacked unpacked(info, buffer);
  const GstVideoFormatInfo* format = info.finfo;
  ExactPicture picture;
  for (int c = 0; c < (GST_VIDEO_INFO_IS_GRAY(&info) ? 1 : 3); ++c) {
    ExactPlane plane{GST_VIDEO_INFO_COMP_WIDTH(&info, c),
                     GST_VIDEO_INFO_COMP_HEIGHT(&info, c),
                     1 << GST_VIDEO_FORMAT_INFO_W_SUB(format, c),
                     1 << GST_VIDEO_FORMAT_INFO_H_SUB(format, c),
                     (info.chroma_site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0,
                     (info.chroma_site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0};
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        plane.samples.push_back(unpacked.at(x * plane.pixels_across, y * plane.pixels_down,
                                            static_cast<std::size_t>(c)));
    picture.planes.push_back(std::move(plane));
  }
  // What 1 is in 8 bits.
  const double one = (1 << GST_VIDEO_FORMAT_INFO_DEPTH(format, 0)) / 256.0;
  if (GST_VIDEO_INFO_IS_YUV(&info))
    picture.colour = [=](const ExactColour& c) { return colour_of(c, standard, one); };
  else if (GST_VIDEO_INFO_IS_GRAY(&info))
    picture.colour = [=](const ExactColour& c) {
      const double grey = 255 * c[0] / (256 * one - 1);
      return ExactColour{grey, grey, grey};
    };
  else
    picture.colour = [](const ExactColour& c) { return c; };
  return picture;
}

}  // namespace mvga::testing
