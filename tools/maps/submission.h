// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What MVTec AD 2's server takes: anomaly maps of the pictures whose defects nobody else knows.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/features/backbone.h"
#include "tools/evaluation/category.h"
#include "tools/evaluation/evaluate.h"

namespace mvga::tool {

/// Writes for each of them
///   FOLDER/anomaly_images/CATEGORY/SET/STEM.tiff             16-bit floats
///   FOLDER/anomaly_images_thresholded/CATEGORY/SET/STEM.png  255 above the limit, else 0
/// at the picture's size.
class Submission {
 public:
  /// Makes the folders.
  /// @throws Error settings if there are no such pictures, unwritable, no_space
  Submission(std::filesystem::path folder, const std::vector<Category>& categories);

  /// @param limit above which a pixel is defective; NaN: the model's
  /// @throws Error unreadable if a picture cannot be read: the server takes nothing in part;
  ///   as write_file_atomically()
  void write(const Category& category, const Learned& learned,
             const std::shared_ptr<const Backbone>& backbone, const EvaluationSettings& settings,
             double limit) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace mvga::tool
