// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where symbolic links lead, for what is to be written there.
#pragma once

#include <filesystem>

namespace mvga {

/// The file that a chain of symbolic links ends at, whether it exists or not. Links of others in a
/// folder in which everybody may write are not followed, as Linux does not (protected_symlinks).
/// @throws Error unwritable
std::filesystem::path without_links(const std::filesystem::path& target);

}  // namespace mvga
