// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How many bits cameras have put into the samples of 16 of the pictures that are learned.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace mvga::tool {

/// The fewest of 10, 12, 14 and 16 that hold all numbers of these pictures, and what those say that
/// state their white. All (kAllBits) where no picture has samples of 16. Pictures that cannot be
/// read say nothing: who learns them finds out.
int bits_of_pictures(std::span<const std::string> files);

/// What to learn pictures with: as it is set, or else bits_of_pictures(), with a line on stderr
/// where that is not all, unless it is to be quiet.
struct BitsToLearn {
  std::optional<int> set;
  std::string before;  ///< at the beginning of the line
  bool quiet = false;

  int of(std::span<const std::string> files) const;
};

}  // namespace mvga::tool
