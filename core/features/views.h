// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// As what an image is learned besides itself (core/learning/other_views.h makes them).
#pragma once

#include <cstdint>
#include <string_view>

namespace mvga {

enum class Views : std::uint8_t {
  none,
  moved,   ///< shifted, turned and scaled as far as a part in a fixture is
  turned,  ///< in any direction, and mirrored: parts that may lie anyhow
};

std::string_view name_of(Views views);
/// @throws Error settings if there is no such name
Views views_from(std::string_view name);

}  // namespace mvga
