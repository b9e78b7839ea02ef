// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Folders that results go to.
#pragma once

#include <filesystem>

namespace mvga::tool {

/// Makes the folder and those above it, unless they are there, and finds out whether a file can be
/// written into it: before the long work, not after it.
/// @throws Error unwritable, no_space: the text names the folder
void make_output_folder(const std::filesystem::path& folder);

}  // namespace mvga::tool
