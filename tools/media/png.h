// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What GStreamer's PNG decoder gets wrong.
#pragma once

#include <filesystem>

namespace mvga::tool {

/// Whether a file is a PNG with 16 bits for each of red, green and blue, and no transparency.
/// pngdec (up to 1.22 at least) gives such pixels one colour too late: red is always full, green
/// is red and blue is green.
bool is_rgb_16_png(const std::filesystem::path& file);

}  // namespace mvga::tool
