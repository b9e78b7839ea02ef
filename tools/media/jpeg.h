// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What GStreamer's JPEG decoder does not say about a file.
#pragma once

#include <filesystem>

namespace mvga::tool {

/// Of a file that starts as a JPEG does. The decoder fills what is missing at the end with grey,
/// without a word, and has no better words for four colours than an internal error.
/// @throws Error unreadable if the file breaks off, or has four colours (CMYK, as print has)
void check_jpeg(const std::filesystem::path& file);

}  // namespace mvga::tool
