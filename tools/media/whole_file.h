// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether a film's file is as long as its container says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace mvga::tool {

struct FileLength {
  std::uint64_t there = 0;     ///< bytes that the file has
  std::uint64_t promised = 0;  ///< bytes that it should have at least

  bool cut() const { return there < promised; }
};

/// "the file has 400 of 1000 bytes"
std::string text_of(const FileLength& length);

/// MP4 and its kin, Matroska, AVI and WAV say how long their parts are. Demuxers take the end of a
/// file for the end of the film. None for other containers, and those that were written without
/// being gone back to.
std::optional<FileLength> length_of_film(const std::filesystem::path& path);

}  // namespace mvga::tool
