// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Reading and writing `*.mvga`.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/scoring/model.h"

namespace mvga {

inline constexpr int kModelFormatVersion = 3;

/// Replaces the file at `path` in one step: when anything fails, an older model stays as it was.
/// @throws Error not_found, no_space, unwritable
void save_model(const Model& model, const std::filesystem::path& path);

/// Checks every length, shape, type and number, and a SHA-256 over the whole file.
/// @throws Error not_found, unreadable; the text names the file and what is wrong with it
Model load_model(const std::filesystem::path& path);

/// The bytes of the file and back, for callers that keep models elsewhere.
std::vector<std::byte> serialise_model(const Model& model);
Model parse_model(std::vector<std::byte> bytes, const std::string& name);

}  // namespace mvga
