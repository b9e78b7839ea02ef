// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/tiff.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "tools/pictures/open_tiff.h"
#include "tools/pictures/orientation.h"
#include "tools/pictures/tiff_samples.h"

namespace mvga::tool {
namespace {

bool is_reduced(const OpenTiff& tiff) {
  return (tiff.field<std::uint32_t>(TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE) != 0;
}

/// Depths, temperatures and the like. Which of them is white a file does not say, and what it has
/// at most is another number in each; empty where it is known.
std::string numbers_without_white(const OpenTiff& tiff) {
  switch (tiff.field<std::uint16_t>(TIFFTAG_SAMPLEFORMAT)) {
    case SAMPLEFORMAT_IEEEFP:
      return "floating-point";
    case SAMPLEFORMAT_INT:
      return "signed";
    case SAMPLEFORMAT_COMPLEXINT:
    case SAMPLEFORMAT_COMPLEXIEEEFP:
      return "complex";
    default: {
      const auto bits = tiff.field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE);
      return bits > 16 ? std::to_string(bits) + "-bit" : "";
    }
  }
}

/// Raw files of cameras are TIFFs that begin with a thumbnail.
void check_is_picture(const OpenTiff& tiff) {
  if (is_reduced(tiff))
    throw Error(ErrorKind::unreadable,
                "the TIFF begins with a reduced picture, as raw files of cameras do; convert it");
  if (const std::string numbers = numbers_without_white(tiff); !numbers.empty())
    throw Error(ErrorKind::unreadable,
                "the TIFF holds " + numbers +
                    " numbers, and does not say which of them are black and white; choose two for "
                    "all pictures, and convert these to 16 bits: (number - black) / (white - "
                    "black) * 65535");
}

/// By libtiff's own conversion: few bits, palettes, inks, YCbCr.
Samples converted(OpenTiff& tiff, std::uint32_t width, std::uint32_t height) {
  std::array<char, 1024> why{};
  if (TIFFRGBAImageOK(tiff.get(), why.data()) == 0) {
    tiff.complain(why.data());
    tiff.fail();
  }
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * height);
  // As it is stored: libtiff mirrors, but does not turn.
  const auto orientation = tiff.field<std::uint16_t>(TIFFTAG_ORIENTATION);
  if (TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels.data(), orientation, 1) == 0)
    tiff.fail();
  Samples samples = make_samples(width, height, 3, 8);
  const std::uint32_t* from = pixels.data();
  for (int y = 0; y < samples.height; ++y) {
    std::uint8_t* to = samples.row(y);
    for (int x = 0; x < samples.width; ++x, to += 3, ++from) {
      to[0] = TIFFGetR(*from);
      to[1] = TIFFGetG(*from);
      to[2] = TIFFGetB(*from);
    }
  }
  return samples;
}

/// MaxSampleValue where it is the largest number of so many bits. Another one is no white, but the
/// largest number of this picture. 0 where there is none.
int bits_of_white(const OpenTiff& tiff) {
  std::uint16_t most = 0;
  if (TIFFGetField(tiff.get(), TIFFTAG_MAXSAMPLEVALUE, &most) == 0) return 0;
  return std::has_single_bit(most + 1U) ? std::bit_width(most) : 0;
}

/// Reductions of the picture and masks of it are no pages.
bool has_more_pages(OpenTiff& tiff) {
  while (TIFFReadDirectory(tiff.get()) != 0)
    if (tiff.field<std::uint32_t>(TIFFTAG_SUBFILETYPE) == 0 ||
        tiff.field<std::uint32_t>(TIFFTAG_SUBFILETYPE) == FILETYPE_PAGE)
      return true;
  return false;
}

Samples decode(TiffSource source) {
  OpenTiff tiff(std::move(source));
  const auto width = tiff.field<std::uint32_t>(TIFFTAG_IMAGEWIDTH);
  const auto height = tiff.field<std::uint32_t>(TIFFTAG_IMAGELENGTH);
  check_size(width, height);
  check_is_picture(tiff);
  const auto orientation = tiff.field<std::uint16_t>(TIFFTAG_ORIENTATION);
  tiff.expect_pixels();
  const std::optional<TiffSamples> plain = plain_samples(tiff);
  Samples samples = plain ? plain->read(tiff) : converted(tiff, width, height);
  tiff.check();
  if (plain) take_stated_bits(bits_of_white(tiff), samples);
  samples = upright(std::move(samples), orientation);
  if (has_more_pages(tiff))
    samples.remarks.push_back(
        {Remark::Kind::more_pages, "is a TIFF of several pages, of which only the first is read"});
  return samples;
}

TiffSource source_in(const RegularFile& file) {
  return {file.size(),
          [&file](std::uint64_t from, std::span<unsigned char> to) { return file.read(from, to); }};
}

}  // namespace

Samples decode_tiff(Bytes bytes) {
  return decode({bytes.size(), [bytes](std::uint64_t from, std::span<unsigned char> to) {
                   if (from >= bytes.size()) return std::size_t{0};
                   const std::size_t length = std::min<std::size_t>(to.size(), bytes.size() - from);
                   std::memcpy(to.data(), bytes.data() + from, length);
                   return length;
                 }});
}

Samples decode_tiff(const RegularFile& file) {
  return decode(source_in(file));
}

int bits_of_tiff(const RegularFile& file) {
  return OpenTiff(source_in(file)).field<std::uint16_t>(TIFFTAG_BITSPERSAMPLE);
}

}  // namespace mvga::tool
