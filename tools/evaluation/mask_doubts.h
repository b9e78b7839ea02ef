// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Masks that may not mean what they say.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>

#include "tools/media/mask.h"

namespace mvga::tool {

/// Warns of masks that have more than two levels, mark nothing, or most of the picture. Of each
/// kind the first few by name, the others as a count.
class MaskDoubts {
 public:
  /// @param category begins the sentence that counts
  explicit MaskDoubts(std::string category) : category_(std::move(category)) {}

  void see(const std::filesystem::path& file, const Mask& mask);
  /// Counts those that were not named.
  void finish() const;

 private:
  enum Doubt { kGrey, kEmpty, kMost, kDoubts };
  void warn(Doubt doubt, const std::filesystem::path& file, const std::string& what);

  std::string category_;
  std::array<std::size_t, kDoubts> counts_{};
};

}  // namespace mvga::tool
