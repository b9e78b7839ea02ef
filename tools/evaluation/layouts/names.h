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

/// ground_truth, gt, masks, mask, in any case, with or without what stands between words.
bool is_mask_name(const std::filesystem::path& folder);

/// label(s), annotation(s), segmentation(s): masks, or pictures of labels, which is a matter of
/// what there is beside them.
bool may_be_mask_name(const std::filesystem::path& folder);

/// Folders as they lie beside each other: those that hold masks, and all others.
struct MasksAndOthers {
  std::vector<std::filesystem::path> masks;
  std::vector<std::filesystem::path> others;
};

/// By their names. Those of may_be_mask_name() hold masks where no other folder does, neither
/// among these nor in `elsewhere`.
MasksAndOthers apart(const std::vector<std::filesystem::path>& folders,
                     const std::vector<std::filesystem::path>& elsewhere = {});

/// In lower case (of ASCII).
std::string lower(std::string text);

/// The kind of pictures that a folder holds: `good` for all names of normal ones, else its name.
std::string kind_of(const std::filesystem::path& folder);

/// The folders of normal pictures directly in a folder.
std::vector<std::filesystem::path> normal_folders_in(const std::filesystem::path& folder);

}  // namespace mvga::tool
