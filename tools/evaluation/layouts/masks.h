// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which mask belongs to a picture, by their names.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mvga::tool {

/// The pictures in a folder, looked at as masks of others. Listed once.
class MaskFolder {
 public:
  explicit MaskFolder(std::filesystem::path folder);

  /// The one that is called STEM_mask, after the picture, or with another of the words that people
  /// use (_gt, _label, ...), or STEM alone; in any case, of any type of picture, png before others.
  std::optional<std::filesystem::path> mask_of(const std::filesystem::path& picture) const;

  const std::filesystem::path& path() const { return path_; }
  /// The name of one of its files; empty if there are none.
  std::string example() const;

 private:
  std::filesystem::path path_;
  std::map<std::string, std::vector<std::filesystem::path>> by_stem_;  ///< in lower case
};

/// Pictures, and the masks that lie beside them in the same folder.
struct PicturesAndMasks {
  std::vector<std::string> pictures;
  std::map<std::string, std::string> mask_of;  ///< by picture
};

/// Tells 000_mask.png, which is the mask of 000.png (or .jpg) if that is there, from pictures.
PicturesAndMasks apart(const std::vector<std::string>& files);

}  // namespace mvga::tool
