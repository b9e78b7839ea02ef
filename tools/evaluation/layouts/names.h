// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What people call the folders of a data set.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

/// The last part of a path, with or without a slash at the end, also of "." and "..".
std::string last_name(const std::filesystem::path& folder);

/// good, ok, normal, in any case.
bool is_normal_name(const std::filesystem::path& folder);

/// ground_truth, masks, mask, in any case.
bool is_mask_name(const std::filesystem::path& folder);

/// The kind of pictures that a folder holds: `good` for all names of normal ones, else its name.
std::string kind_of(const std::filesystem::path& folder);

/// The folders of normal pictures directly in a folder.
std::vector<std::filesystem::path> normal_folders_in(const std::filesystem::path& folder);

}  // namespace mvga::tool
