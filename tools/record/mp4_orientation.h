// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How an MP4 asks to be turned, which GStreamer's muxers write only from 1.26 on.
#pragma once

#include <filesystem>

namespace mvga::tool {

/// Writes it into a finished MP4 or QuickTime file with one track.
/// @param orientation as EXIF numbers it
/// @throws Error unreadable, unwritable
void set_mp4_orientation(const std::filesystem::path& file, int orientation);

}  // namespace mvga::tool
