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

bool is_one_of(const fs::path& folder, std::initializer_list<std::string_view> names) {
  std::string name = last_name(folder);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string last_name(const fs::path& folder) {
  // With a slash at the end, the last part of a path is empty.
  const fs::path absolute = fs::absolute(folder).lexically_normal();
  return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

bool is_normal_name(const fs::path& folder) {
  return is_one_of(folder, {"good", "ok", "normal"});
}

bool is_mask_name(const fs::path& folder) {
  return is_one_of(folder, {"ground_truth", "masks", "mask"});
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
