// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Films of the small scene that ask to be turned, as those of phones do.
#pragma once

#include <filesystem>
#include <string>

namespace mvga::testing {

/// The film's frames as they are, in a file that this muxer writes.
void remux(const std::filesystem::path& film, const std::filesystem::path& file,
           const std::string& muxer);

/// As EXIF numbers it, by GStreamer's demuxers.
int orientation_of(const std::filesystem::path& film);

}  // namespace mvga::testing
