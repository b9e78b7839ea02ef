// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where a weights file is, or is to go.
#pragma once

#include <filesystem>
#include <string>

namespace mvga::tool {

std::string weights_file_name(const std::string& architecture);

/// The file that would be used, or empty.
std::filesystem::path present_weights(const std::string& architecture);

/// The first folder of the search path that can be written to; it is made if it is not there.
/// @throws Error unwritable; the text lists the folders
std::filesystem::path writable_weights_folder();

/// What to do so that the file is found, in one line; empty if it is.
std::string why_not_found(const std::string& architecture, const std::filesystem::path& file);

}  // namespace mvga::tool
