// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Wheels, which are Python's packages: zip archives. Nothing in them is run.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mvga::tool {

/// What a file in a wheel may have; the largest that we know has 25 MB.
inline constexpr std::size_t kLargestMember = 100'000'000;

/// The only file in the wheel whose name ends so.
/// @param name stands for the wheel in error texts
/// @throws Error unreadable if it is no wheel, or has not one such file of at most `largest` bytes
std::vector<std::byte> read_from_wheel(std::span<const std::byte> wheel, const std::string& name,
                                       std::string_view ending,
                                       std::size_t largest = kLargestMember);

}  // namespace mvga::tool
