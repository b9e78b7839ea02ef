// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which file the heat map of a frame goes to, its raw map, or its mask.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

/// Every frame of every input has a file of its own, and none of them is an input. The folders of
/// the inputs come back below FOLDER, from the one that all have in common: a picture NAME.jpg
/// becomes NAME.png there (NAME-2.png where there is another NAME already), frame 12 of a video
/// NAME.mp4 becomes NAME.mp4/000012.png.
class HeatMapFiles {
 public:
  /// Makes the folders.
  /// @param ending of files that are no PNG
  /// @throws Error unwritable, no_space
  HeatMapFiles(const std::filesystem::path& folder,
               const std::vector<std::filesystem::path>& inputs, std::string ending = ".png");

  /// @param input index into the inputs
  /// @throws Error as the constructor, where a picture has a second frame
  std::filesystem::path file_of(std::size_t input, std::size_t frame) const;

 private:
  struct Place {
    std::filesystem::path picture;  ///< the file of a picture's only frame; empty for a video
    std::filesystem::path frames;   ///< the folder of a video's frames
  };
  std::string ending_;
  std::vector<Place> places_;
};

}  // namespace mvga::tool
