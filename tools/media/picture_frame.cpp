// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/picture_frame.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/features/reading.h"
#include "gst/frames/handles.h"
#include "gst/frames/saturation.h"

namespace mvga::tool {
namespace {

/// The upper eight of so many bits.
std::uint8_t upper(std::uint16_t number, int bits) {
  return static_cast<std::uint8_t>(std::min(number >> (bits - 8), 255));
}

/// What there is of a picture's numbers.
struct Seen {
  int bits_in_use = 0;
  std::uint64_t saturated = 0;  ///< pixels above white
};

template <typename Number>
Seen copy_colours(const Samples& from, int bits, const Samples& to) {
  const int colours = from.channels >= 3 ? 3 : 1;
  Number all = 0;
  Seen seen;
  for (int y = 0; y < from.height; ++y) {
    const std::uint8_t* source = from.row(y);
    std::uint8_t* target = to.row(y);
    for (int x = 0; x < from.width; ++x, target += 3) {
      Number pixel = 0;
      for (int c = 0; c < colours; ++c) {
        Number number = 0;
        std::memcpy(&number, source + static_cast<std::size_t>(c) * sizeof(number), sizeof(number));
        pixel |= number;
        target[c] = upper(number, bits);
      }
      if (colours == 1) target[1] = target[2] = target[0];
      all |= pixel;
      seen.saturated += pixel >> bits != 0 ? 1 : 0;
      source += static_cast<std::size_t>(from.channels) * sizeof(Number);
    }
  }
  seen.bits_in_use = std::bit_width(all);
  return seen;
}

/// Fewer bits than are taken for all: what is read of them is dark. Not scaled by what a picture
/// has: each would be scaled by another factor.
void note_darkness(int used, int bits, std::vector<Remark>& remarks) {
  if (used == 0 || used > bits - 2) return;
  const std::string share = std::to_string(1U << (bits - used));
  std::string text =
      bits == kAllBits ? "has 16 bits a colour, of which "
                       : "has " + std::to_string(bits) + " bits a colour as the model's, of which ";
  text +=
      std::to_string(used) + " are used: it is dark, and 1/" + share + " of its contrast is left; ";
  text += bits == kAllBits
              ? "a model that is learned from such pictures remembers their bits (--bits)"
              : "pictures with other bits need a model of their own, or are scaled first (times " +
                    share + ")";
  remarks.push_back({Remark::Kind::dark, text});
}

void note_saturation(std::uint64_t pixels, int bits, std::vector<Remark>& remarks) {
  if (pixels == 0) return;
  remarks.push_back({Remark::Kind::saturated, gst::saturation_text(bits) + ". Here they are " +
                                                  std::to_string(pixels) + " pixels"});
}

/// @param bits of a sample of 16; the largest number is white
Samples as_rgb(Samples samples, int bits, Seen& seen) {
  if (samples.channels == 3 && samples.bits == 8) return samples;
  Samples rgb = make_samples(static_cast<std::uint64_t>(samples.width),
                             static_cast<std::uint64_t>(samples.height), 3, 8);
  rgb.remarks = std::move(samples.remarks);
  rgb.orientation = samples.orientation;
  if (samples.bits == 8) {
    copy_colours<std::uint8_t>(samples, 8, rgb);
    return rgb;
  }
  seen = copy_colours<std::uint16_t>(samples, bits, rgb);
  // Who says which number is white may mean a dark picture.
  if (samples.stated_bits == 0) note_darkness(seen.bits_in_use, bits, rgb.remarks);
  note_saturation(seen.saturated, bits, rgb.remarks);
  return rgb;
}

void free_pixels(gpointer pixels) {
  delete[] static_cast<std::uint8_t*>(pixels);
}

}  // namespace

Frame frame_of(Samples samples, const std::filesystem::path& file, int bits) {
  // What says itself which number is white is of full range by now.
  if (samples.stated_bits != 0) bits = kAllBits;
  Seen seen;
  Samples rgb = as_rgb(std::move(samples), bits, seen);
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_RGB, static_cast<guint>(rgb.width),
                            static_cast<guint>(rgb.height));
  g_assert(GST_VIDEO_INFO_SIZE(&info) == rgb.size());
  std::uint8_t* pixels = rgb.data.release();
  const gst::Owned<GstBuffer> buffer(gst_buffer_new_wrapped_full(
      GST_MEMORY_FLAG_READONLY, pixels, rgb.size(), 0, rgb.size(), pixels, free_pixels));
  const gst::Caps caps(gst_video_info_to_caps(&info));
  Frame frame(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
  frame.set_saturated(static_cast<double>(seen.saturated) / rgb.width / rgb.height);
  frame.set_remarks(file, std::move(rgb.remarks));
  frame.set_orientation(rgb.orientation);
  return frame;
}

}  // namespace mvga::tool
