// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a picture's file holds, before anything is made of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace mvga::tool {

/// A file's contents.
using Bytes = std::span<const unsigned char>;

/// What may surprise whoever uses a picture, though it can be read.
struct Remark {
  enum class Kind {
    dark,        ///< 16 bits a colour, of which only the lower ones are used
    saturated,   ///< brighter than what was white when the model was learned
    turned,      ///< the file asks for it to be turned, which is not done
    more_pages,  ///< others follow the one that is read
  };
  Kind kind;
  std::string text;
};

/// Grey or RGB, then transparency where the file has it, in rows from top to bottom.
struct Samples {
  int width = 0;
  int height = 0;
  int channels = 0;        ///< 1 grey, 2 with transparency, 3 RGB, 4 with transparency
  int bits = 8;            ///< of a sample: 8, or 16 in this machine's byte order
  std::size_t stride = 0;  ///< bytes from row to row, a multiple of four
  /// Of samples of 16 as the file says it, whose largest number is white: they have been brought to
  /// the full range. 0: it does not say so, and the numbers are as they are.
  int stated_bits = 0;
  /// How it asks to be turned before it is seen, which is not done here: 1 to 8, as EXIF has it.
  int orientation = 1;
  std::unique_ptr<std::uint8_t[]> data;
  std::vector<Remark> remarks;

  std::uint8_t* row(int y) const { return data.get() + static_cast<std::size_t>(y) * stride; }
  std::size_t size() const { return stride * static_cast<std::size_t>(height); }
};

/// A side may have so many pixels, and a picture so many: 16384 x 16384.
constexpr std::uint64_t kLongestSide = 65535;
constexpr std::uint64_t kMostPixels = std::uint64_t{1} << 28;

/// Of what a header says, before memory is taken for it.
/// @throws Error unreadable with the limit in its text
void check_size(std::uint64_t width, std::uint64_t height);

/// With memory for a picture of checked size, whose contents are not set.
Samples make_samples(std::uint64_t width, std::uint64_t height, int channels, int bits);

/// The bits that are set in any of the colours, which transparency is not.
unsigned bits_in_use(const Samples& samples);

/// Takes over what the file says of numbers of 16 bits, unless one of them belies it.
/// @param bits 8 to 15 are used; others say nothing
void take_stated_bits(int bits, Samples& samples);

}  // namespace mvga::tool
