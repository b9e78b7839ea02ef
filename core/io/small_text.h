// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files of a few lines, of which somebody could have made gigabytes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace mvga {

/// All that is in the file.
/// @throws Error not_found (it cannot be opened), unreadable (it has more than `largest` bytes, or
///         is a folder)
std::string read_small_text(const std::filesystem::path& file, std::size_t largest = 65536);

}  // namespace mvga
