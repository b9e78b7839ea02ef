// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/layouts/names.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string_view>

#include "tools/media/files.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

bool is_one_of(const std::string& name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Ground_Truth, ground-truth and GroundTruth are the same.
std::string letters_of(const fs::path& folder) {
  std::string name = lower(last_name(folder));
  std::erase_if(name, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return name;
}

}  // namespace

std::string last_name(const fs::path& folder) {
  // With a slash at the end, the last part of a path is empty.
  const fs::path absolute = fs::absolute(folder).lexically_normal();
  return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool is_normal_name(const fs::path& folder) {
  return is_one_of(lower(last_name(folder)), {"good", "ok", "normal"});
}

bool is_mask_name(const fs::path& folder) {
  return is_one_of(letters_of(folder),
                   {"groundtruth", "groundtruths", "gt", "gts", "mask", "masks"});
}

bool may_be_mask_name(const fs::path& folder) {
  return is_one_of(letters_of(folder), {"label", "labels", "annotation", "annotations",
                                        "segmentation", "segmentations"});
}

MasksAndOthers apart(const std::vector<fs::path>& folders, const std::vector<fs::path>& elsewhere) {
  const bool sure = std::any_of(folders.begin(), folders.end(), is_mask_name) ||
                    std::any_of(elsewhere.begin(), elsewhere.end(), is_mask_name);
  MasksAndOthers found;
  for (const fs::path& folder : folders) {
    const bool masks = sure ? is_mask_name(folder) : may_be_mask_name(folder);
    (masks ? found.masks : found.others).push_back(folder);
  }
  return found;
}

std::string kind_of(const fs::path& folder) {
  return is_normal_name(folder) ? "good" : last_name(folder);
}

std::vector<fs::path> normal_folders_in(const fs::path& folder) {
  std::vector<fs::path> found = folders_in(folder);
  std::erase_if(found, [](const fs::path& below) { return !is_normal_name(below); });
  return found;
}

}  // namespace mvga::tool
