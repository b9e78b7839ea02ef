// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/sample_bits.h"

#include <algorithm>
#include <bit>
#include <filesystem>

#include "core/base/error.h"
#include "core/features/reading.h"
#include "tools/media/files.h"
#include "tools/output/progress.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

/// 0: it has bytes, or nothing but black.
int bits_of(const std::string& file) {
  try {
    if (!is_picture(file) || !may_be_deep(file)) return 0;
    const Samples samples = decode_picture(std::filesystem::path(file));
    if (samples.bits != kAllBits) return 0;
    if (samples.stated_bits != 0) return samples.stated_bits;
    return static_cast<int>(std::bit_width(bits_in_use(samples)));
  } catch (const Error&) {
    return 0;
  }
}

}  // namespace

int bits_of_pictures(std::span<const std::string> files) {
  int most = 0;
  for (const std::string& file : files) {
    most = std::max(most, bits_of(file));
    if (whole_bits(most) == kAllBits) break;
  }
  return most == 0 ? kAllBits : whole_bits(most);
}

int BitsToLearn::of(std::span<const std::string> files) const {
  if (set) return *set;
  const int bits = bits_of_pictures(files);
  if (bits != kAllBits && !quiet)
    say(before + "the pictures have " + std::to_string(bits) + " bits in samples of 16: " +
        std::to_string((1 << bits) - 1) + " is white, and the model remembers it (--bits)");
  return bits;
}

}  // namespace mvga::tool
