// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A trained student as a weights file that the engine reads.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "models/distill/student.h"

namespace mvga::distill {

/// Folds the batch norms, rounds to fp16, and writes a safetensors file. `facts` become metadata
/// beside the architecture's name.
/// @returns the SHA-256 of the file
/// @throws Error as write_file_atomically
std::string write_student(const Student& student, const std::map<std::string, std::string>& facts,
                          const std::filesystem::path& path);

}  // namespace mvga::distill
