// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// Sees the entries of a folder, in no order, until `see` says false; none if there is no folder.
void for_each_entry(const fs::path& folder,
                    const std::function<bool(const fs::directory_entry&)>& see) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  while (!error && entry != fs::directory_iterator()) {
    if (!see(*entry)) return;
    entry.increment(error);
  }
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    throw Error(ErrorKind::unreadable,
                folder.string() + ": the folder cannot be listed: " + error.message());
}

std::string ending_of(const fs::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return ending;
}

bool is_picture_file(const fs::directory_entry& entry) {
  std::error_code dangling;
  return is_picture(entry.path()) && entry.is_regular_file(dangling);
}

}  // namespace

bool is_picture(const fs::path& file) {
  static constexpr std::array<std::string_view, 7> endings{".png", ".jpg",  ".jpeg", ".bmp",
                                                           ".tif", ".tiff", ".webp"};
  return std::find(endings.begin(), endings.end(), ending_of(file)) != endings.end();
}

bool is_motion_jpeg(const fs::path& file) {
  const std::string ending = ending_of(file);
  return ending == ".mjpeg" || ending == ".mjpg";
}

std::vector<std::string> pictures_in(const fs::path& folder) {
  std::vector<std::string> found;
  for_each_entry(folder, [&](const fs::directory_entry& entry) {
    if (is_picture_file(entry)) found.push_back(entry.path().string());
    return true;
  });
  std::sort(found.begin(), found.end());
  return found;
}

bool has_pictures(const fs::path& folder) {
  bool found = false;
  for_each_entry(folder, [&](const fs::directory_entry& entry) {
    found = is_picture_file(entry);
    return !found;
  });
  return found;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for_each_entry(folder, [&](const fs::directory_entry& entry) {
    std::error_code dangling;
    if (entry.is_directory(dangling)) found.push_back(entry.path());
    return true;
  });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace mvga::tool
