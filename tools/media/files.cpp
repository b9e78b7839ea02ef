// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <string>
#include <string_view>

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries(const fs::path& folder,
                              const std::function<bool(const fs::directory_entry&)>& wanted) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (wanted(entry)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

bool is_picture(const fs::path& file) {
  static constexpr std::array<std::string_view, 7> endings{".png", ".jpg",  ".jpeg", ".bmp",
                                                           ".tif", ".tiff", ".webp"};
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::vector<fs::path> pictures_in(const fs::path& folder) {
  return entries(folder, [](const fs::directory_entry& entry) {
    return entry.is_regular_file() && is_picture(entry.path());
  });
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  return entries(folder, [](const fs::directory_entry& entry) { return entry.is_directory(); });
}

}  // namespace mvga::tool
