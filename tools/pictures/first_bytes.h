// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What tells a file's format.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Whether these bytes are at that place.
inline bool has_at(Bytes contents, std::size_t at, std::string_view wanted) {
  return contents.size() >= at + wanted.size() &&
         std::equal(wanted.begin(), wanted.end(),
                    contents.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

}  // namespace mvga::tool
