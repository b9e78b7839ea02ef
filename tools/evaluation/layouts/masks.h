// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which mask belongs to a picture.
#pragma once

#include <filesystem>
#include <optional>

namespace mvga::tool {

/// The file in `folder` that is called STEM_mask or STEM, after the picture, and is of a kind that
/// keeps black black (png, bmp, tif, tiff).
std::optional<std::filesystem::path> mask_in(const std::filesystem::path& folder,
                                             const std::filesystem::path& picture);

}  // namespace mvga::tool
