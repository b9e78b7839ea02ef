// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Grey pictures with samples of 16 bits, as industrial cameras' programs write them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace mvga::testing {

inline constexpr int kDeepSide = 48;

/// What a camera saw, in 8 bits and row by row: a texture, noise that depends on `seed`, and a
/// bright block where there is a defect.
std::vector<std::uint8_t> camera_picture(unsigned seed, bool defect = false);

/// The same in more bits, of which the upper 8 are these; below them is noise. The brightest pixel
/// needs all bits.
std::vector<std::uint16_t> deepened(const std::vector<std::uint8_t>& bytes, int bits);

/// A file of kDeepSide x kDeepSide by its ending: .png, .tif or .pgm.
/// @param stated_bits what it says of its white, by sBIT, MaxSampleValue or the number in its
///   header; 0: nothing, or 65535
void write_deep_picture(const std::filesystem::path& file,
                        const std::vector<std::uint16_t>& numbers, int stated_bits = 0);

/// A PGM of 8 bits.
void write_byte_picture(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes);

}  // namespace mvga::testing
