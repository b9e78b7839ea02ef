// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which files of a folder are pictures.
#pragma once

#include <filesystem>
#include <vector>

namespace mvga::tool {

/// By the ending of the name: png, jpg, jpeg, bmp, tif, tiff, webp, in any case.
bool is_picture(const std::filesystem::path& file);

/// The pictures directly in a folder, in alphabetical order; none if there is no such folder.
std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder);

/// The folders directly in a folder, in alphabetical order.
std::vector<std::filesystem::path> folders_in(const std::filesystem::path& folder);

}  // namespace mvga::tool
