// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/frames.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gst/frames/saturation.h"
#include "tools/media/files.h"
#include "tools/media/picture_frame.h"
#include "tools/media/video.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

std::uint16_t sample(const std::uint8_t* at, int bits) {
  if (bits == 8) return *at;
  std::uint16_t value = 0;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

MaskPixel mask_pixel(const Samples& samples, int x, int y) {
  const auto bytes = static_cast<std::size_t>(samples.bits / 8);
  const std::uint8_t* at = samples.row(y) + static_cast<std::size_t>(x) *
                                                static_cast<std::size_t>(samples.channels) * bytes;
  const auto channel = [&](int c) {
    return sample(at + static_cast<std::size_t>(c) * bytes, samples.bits);
  };
  const int colours = samples.channels >= 3 ? 3 : 1;
  MaskPixel pixel{channel(0), channel(0), 0};
  for (int c = 1; c < colours; ++c) {
    pixel.brightest = std::max(pixel.brightest, channel(c));
    pixel.darkest = std::min(pixel.darkest, channel(c));
  }
  if (samples.channels > colours) pixel.alpha = channel(colours);
  return pixel;
}

/// By its contents; what is called a picture is nothing else.
bool is_still(const fs::path& file) {
  const PictureKind kind = picture_kind(file);
  // GStreamer would make something of some of those that are not read here.
  if (kind == PictureKind::none) return is_picture(file) || is_foreign_picture(file);
  // JPEGs one after the other are a picture with others behind it, but for their name.
  return kind != PictureKind::jpeg || !is_motion_jpeg(file);
}

}  // namespace

Frame::Frame(GstSample* sample) : sample_(sample, gst_sample_unref) {
  gst_video_info_from_caps(&info_, gst_sample_get_caps(sample));
}

void Frame::set_remarks(const fs::path& file, std::vector<Remark> remarks) {
  file_ = file;
  remarks_ = std::move(remarks);
}

std::size_t for_each_frame(const fs::path& file, const std::function<bool(const Frame&)>& see,
                           int bits) {
  if (!is_still(file)) return decode_video(file, see);
  see(frame_of(decode_picture(file), file, bits));
  return 1;
}

Frame read_picture(const fs::path& file, int bits) {
  std::optional<Frame> first;
  for_each_frame(
      file,
      [&](const Frame& frame) {
        first = frame;
        return false;
      },
      bits);
  return *first;  // without a frame there was an error
}

Mask read_mask(const fs::path& file) {
  const Samples samples = decode_picture(file);
  const bool lossy = picture_kind(file) == PictureKind::jpeg;
  const MaskFile kept{samples.width, samples.height,
                      static_cast<std::uint16_t>(samples.bits > 8 ? UINT16_MAX : UINT8_MAX), lossy};
  std::vector<MaskPixel> pixels;
  pixels.reserve(static_cast<std::size_t>(kept.width) * static_cast<std::size_t>(kept.height));
  for (int y = 0; y < kept.height; ++y)
    for (int x = 0; x < kept.width; ++x) pixels.push_back(mask_pixel(samples, x, y));
  return mask_from(kept, pixels);
}

RgbView InputReader::read(const Frame& frame) {
  for (const Remark& remark : frame.remarks()) reporter_.report(frame.file(), remark);
  if (!reader_.configured() || !gst_video_info_is_equal(&reader_.info(), &frame.info()))
    reader_.configure(frame.info(), roi_, side_, bits_);
  const RgbView view = reader_.read(frame.buffer());
  if (reader_.saturated())
    reporter_.report(frame.file().empty() ? "the stream" : frame.file(),
                     {Remark::Kind::saturated, gst::saturation_text(bits_)});
  return view;
}

}  // namespace mvga::tool
