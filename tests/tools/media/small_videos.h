// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files with moving pictures, or with none.
#pragma once

#include <filesystem>

namespace mvga::testing {

/// Matroska, Motion JPEG of 48x40 pixels, 25 frames a second.
void write_video(const std::filesystem::path& file, int frames);

/// A second of sound, as WAV.
void write_sound(const std::filesystem::path& file);

}  // namespace mvga::testing
