// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A data set in MVTec AD's layout, made in the test: a texture, and a bright block as the defect.
#pragma once

#include <filesystem>
#include <string>

namespace mvga::testing {

/// An RGB picture of 48x40 pixels as PNG; makes the folders that it takes.
void write_normal_picture(const std::filesystem::path& file, unsigned seed);
void write_defective_picture(const std::filesystem::path& file, unsigned seed);
/// White where write_defective_picture() has the block, black elsewhere.
void write_mask(const std::filesystem::path& file, int width = 48, int height = 40);
void write_black_mask(const std::filesystem::path& file);
/// Black where it should be white.
void write_inverted_mask(const std::filesystem::path& file);

/// `folder` with 16 pictures in train/good, 4 in test/good, 3 in test/block, and their masks.
void write_category(const std::filesystem::path& folder);

}  // namespace mvga::testing
