// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/picture_frame.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "gst/frames/handles.h"

namespace mvga::tool {
namespace {

/// The upper half of sixteen bits is what is left of a number.
std::uint8_t upper(std::uint16_t number) {
  return static_cast<std::uint8_t>(number >> 8);
}
std::uint8_t upper(std::uint8_t number) {
  return number;
}

/// @return the largest number of all colours
template <typename Number>
Number copy_colours(const Samples& from, const Samples& to) {
  const int colours = from.channels >= 3 ? 3 : 1;
  Number most = 0;
  for (int y = 0; y < from.height; ++y) {
    const std::uint8_t* source = from.row(y);
    std::uint8_t* target = to.row(y);
    for (int x = 0; x < from.width; ++x, target += 3) {
      for (int c = 0; c < colours; ++c) {
        Number number = 0;
        std::memcpy(&number, source + static_cast<std::size_t>(c) * sizeof(number), sizeof(number));
        most = std::max(most, number);
        target[c] = upper(number);
      }
      if (colours == 1) target[1] = target[2] = target[0];
      source += static_cast<std::size_t>(from.channels) * sizeof(Number);
    }
  }
  return most;
}

/// 10 or 12 bits of a camera in the lower ones of 16: what is read of them is nearly black. Not
/// scaled by what a picture has: each would be scaled by another factor.
void note_darkness(std::uint16_t most, std::vector<Remark>& remarks) {
  constexpr int kEnough = 15;
  const int used = std::bit_width(most);
  if (used == 0 || used >= kEnough) return;
  remarks.push_back({Remark::Kind::dark,
                     "has 16 bits a colour, of which " + std::to_string(used) +
                         " are used: as the upper 8 are read, it is dark and 1/" +
                         std::to_string(1U << (16 - used)) +
                         " of its contrast is left; scale such pictures to 16 bits first (times " +
                         std::to_string(1U << (16 - used)) + ")"});
}

Samples as_rgb(Samples samples) {
  if (samples.channels == 3 && samples.bits == 8) return samples;
  Samples rgb = make_samples(static_cast<std::uint64_t>(samples.width),
                             static_cast<std::uint64_t>(samples.height), 3, 8);
  rgb.remarks = std::move(samples.remarks);
  rgb.orientation = samples.orientation;
  if (samples.bits == 8)
    copy_colours<std::uint8_t>(samples, rgb);
  else
    note_darkness(copy_colours<std::uint16_t>(samples, rgb), rgb.remarks);
  return rgb;
}

void free_pixels(gpointer pixels) {
  delete[] static_cast<std::uint8_t*>(pixels);
}

}  // namespace

Frame frame_of(Samples samples, const std::filesystem::path& file) {
  Samples rgb = as_rgb(std::move(samples));
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_RGB, static_cast<guint>(rgb.width),
                            static_cast<guint>(rgb.height));
  g_assert(GST_VIDEO_INFO_SIZE(&info) == rgb.size());
  std::uint8_t* pixels = rgb.data.release();
  const gst::Owned<GstBuffer> buffer(gst_buffer_new_wrapped_full(
      GST_MEMORY_FLAG_READONLY, pixels, rgb.size(), 0, rgb.size(), pixels, free_pixels));
  const gst::Caps caps(gst_video_info_to_caps(&info));
  Frame frame(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
  frame.set_remarks(file, std::move(rgb.remarks));
  frame.set_orientation(rgb.orientation);
  return frame;
}

}  // namespace mvga::tool
