// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The anomaly maps of an evaluation, for other programs to measure.
#pragma once

#include <filesystem>
#include <vector>

#include "tools/evaluation/observer.h"

namespace mvga::tool {

/// Writes the map of every tested picture where MVTec's evaluation looks for it:
/// FOLDER/CATEGORY/test/KIND/STEM.tiff.
class TiffMaps : public EvaluationObserver {
 public:
  /// Makes the folders.
  /// @throws Error settings if two pictures would share a file, unwritable, no_space
  TiffMaps(std::filesystem::path folder, const std::vector<Category>& categories);

  /// @throws Error as write_file_atomically()
  void see(const Category& category, const TestedPicture& tested) override;

 private:
  std::filesystem::path file_of(const Category& category, const TestPicture& picture) const;

  std::filesystem::path folder_;
};

}  // namespace mvga::tool
