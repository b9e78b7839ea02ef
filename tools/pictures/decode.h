// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Still pictures. What a file is, its contents say and not its name; each format is read by the
// library that others read it with, so that the pixels are the same, and completely or not at all.
#pragma once

#include <filesystem>

#include "tools/pictures/samples.h"

namespace mvga::tool {

enum class PictureKind { none, png, jpeg, bmp, tiff, webp, netpbm };

/// So many of the first bytes are enough to tell what a file is.
constexpr std::size_t kStartOfPicture = 160;

PictureKind picture_kind(Bytes start);
PictureKind picture_kind(const std::filesystem::path& file);

/// Whether it is a still picture of a format that is not read. Its error names it.
bool is_foreign_picture(const std::filesystem::path& file);

/// Whether its header allows for samples of 16 bits.
/// @throws Error not_found, unreadable
bool may_be_deep(const std::filesystem::path& file);

/// @throws Error unreadable, with a text that does not name the file
Samples decode_picture(Bytes contents);

/// @throws Error not_found, unreadable: the text names the file
Samples decode_picture(const std::filesystem::path& file);

}  // namespace mvga::tool
