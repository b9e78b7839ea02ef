// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How frames became images. What was learned from images that were read in one way says a little
// less of those that are read in another.
#pragma once

#include <string>
#include <string_view>

namespace mvga {

/// Industrial cameras put 10, 12 or 14 bits into samples of 16.
inline constexpr int kAllBits = 16;

struct Reading {
  enum class By {
    gstreamer,  ///< GstVideoConverter, which gave YUV in 8 bits up to four levels too dark
    exact,      ///< core/features/picture_reader.h
  };

  By by = By::exact;
  int bits = kAllBits;  ///< of a sample of 16: 10, 12, 14 or all; the largest number is white

  static const Reading gstreamer;
  static const Reading exact;

  bool operator==(const Reading&) const = default;
};

inline constexpr Reading Reading::gstreamer{By::gstreamer, kAllBits};
inline constexpr Reading Reading::exact{By::exact, kAllBits};

/// The fewest of 10, 12, 14 and 16 that are so many.
constexpr int whole_bits(int bits) {
  if (bits <= 10) return 10;
  return bits >= kAllBits ? kAllBits : (bits + 1) / 2 * 2;
}

/// As files say it. Those that do not are older than the second way.
std::string name_of(const Reading& reading);
/// @throws Error settings
Reading reading_from(std::string_view name);

/// What who uses such a file is to know: one line that begins with its name. Empty where there is
/// nothing to be said.
std::string warning_of(const Reading& reading, const std::string& file);

}  // namespace mvga
