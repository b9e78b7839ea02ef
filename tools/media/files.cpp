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

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

template <std::size_t count>
bool ends_as(const fs::path& file, const std::array<std::string_view, count>& endings) {
  return std::find(endings.begin(), endings.end(), lower(file.extension().string())) !=
         endings.end();
}

/// Sees the entries of a folder, in no order, until `see` says false; none if there is no folder.
/// What is_hidden() is not there.
void for_each_entry(const fs::path& folder,
                    const std::function<bool(const fs::directory_entry&)>& see) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  while (!error && entry != fs::directory_iterator()) {
    if (!is_hidden(entry->path()) && !see(*entry)) return;
    entry.increment(error);
  }
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    throw Error(ErrorKind::unreadable,
                folder.string() + ": the folder cannot be listed: " + error.message());
}

bool is_picture_file(const fs::directory_entry& entry) {
  std::error_code dangling;
  return is_picture(entry.path()) && entry.is_regular_file(dangling);
}

template <typename IsWanted>
std::vector<std::string> files_in(const fs::path& folder, const IsWanted& is_wanted) {
  std::vector<std::string> found;
  for_each_entry(folder, [&](const fs::directory_entry& entry) {
    std::error_code dangling;
    if (is_wanted(entry.path()) && entry.is_regular_file(dangling))
      found.push_back(entry.path().string());
    return true;
  });
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

bool is_hidden(const fs::path& entry) {
  static constexpr std::array<std::string_view, 8> names{
      "__macosx",  "$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle",
      "thumbs.db", "desktop.ini"};
  const std::string name = lower(entry.filename().string());
  return name.starts_with(".") || std::find(names.begin(), names.end(), name) != names.end();
}

bool is_picture(const fs::path& file) {
  static constexpr std::array<std::string_view, 11> endings{
      ".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm", ".pnm"};
  return ends_as(file, endings);
}

bool is_motion_jpeg(const fs::path& file) {
  static constexpr std::array<std::string_view, 2> endings{".mjpeg", ".mjpg"};
  return ends_as(file, endings);
}

bool is_video(const fs::path& file) {
  static constexpr std::array<std::string_view, 16> endings{
      ".mp4", ".mkv", ".avi", ".mov", ".webm", ".m4v",   ".mpg", ".mpeg",
      ".ts",  ".mts", ".wmv", ".flv", ".ogv",  ".mjpeg", ".3gp", ".mjpg"};
  return ends_as(file, endings);
}

std::vector<std::string> pictures_in(const fs::path& folder) {
  return files_in(folder, is_picture);
}

std::vector<std::string> media_in(const fs::path& folder) {
  return files_in(folder, [](const fs::path& file) { return is_picture(file) || is_video(file); });
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
