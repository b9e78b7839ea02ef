// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where weights files are looked for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mvga {

/// The folders that are searched, in order: those in MVGA_WEIGHTS_PATH (separated by colons), the
/// user's data folder ($XDG_DATA_HOME/mvga/weights), the installed data folder.
std::vector<std::filesystem::path> weights_search_path();

/// The file `ARCHITECTURE.safetensors` in the first folder that has it, if one does.
std::optional<std::filesystem::path> look_for_weights(const std::string& architecture);

/// The same where there has to be one.
/// @throws Error not_found; the text lists the folders
std::filesystem::path find_weights(const std::string& architecture);

}  // namespace mvga
