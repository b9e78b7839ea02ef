// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/png.h"

#include <array>
#include <cstring>
#include <fstream>

namespace mvga::tool {

bool is_rgb_16_png(const std::filesystem::path& file) {
  // The signature, then the header chunk: length, "IHDR", width, height, bits, colour type.
  constexpr std::array<char, 8> kSignature{'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'};
  constexpr std::size_t kBits = 24;
  constexpr std::size_t kColourType = 25;
  constexpr char kRgb = 2;
  std::array<char, 26> start{};
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(start.data(), start.size())) return false;
  return std::memcmp(start.data(), kSignature.data(), kSignature.size()) == 0 &&
         start[kBits] == 16 && start[kColourType] == kRgb;
}

}  // namespace mvga::tool
