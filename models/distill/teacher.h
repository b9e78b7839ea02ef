// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the student is to foretell: the teacher's features, on a scale of their own.
#pragma once

#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "core/features/backbone.h"

namespace mvga::distill {

/// A pretrained network. Safe to ask from several threads at once.
class Teacher {
 public:
  /// One thread for every picture: several pictures at once are faster than several threads.
  /// @throws Error as open_backbone
  Teacher(const std::filesystem::path& weights, const std::vector<int>& levels, int size,
          const std::string& device);

  /// [channels, height, width] of each level, as the network gives them.
  std::vector<torch::Tensor> raw_features(const RgbView& picture) const;

  /// How many principal components of a level are to be foretold, and on which scale.
  struct Wanted {
    std::vector<std::int64_t> components;
    double floor = 0;  ///< see Scale
  };
  /// Learns the scales from some pictures' features.
  /// @throws Error settings if a level has fewer channels than components are wanted
  void learn_scale(const std::vector<std::vector<torch::Tensor>>& features, const Wanted& wanted);
  /// [components, height, width] of each level on that scale, in fp16 (half the memory of a pool of
  /// them).
  std::vector<torch::Tensor> features(const RgbView& picture) const;

  const BackboneInfo& info() const { return backbone_->info(); }

 private:
  /// (L + floor * mean variance * I)^(-1/2) V^T (x - mean), with V the leading eigenvectors of the
  /// covariance over all positions of generated pictures and L their eigenvalues, then scaled to a
  /// mean variance of 1. Without the floor all directions would count the same, with a large one as
  /// much as they vary: the Mahalanobis distance cares for directions that hardly vary, and a plain
  /// squared error does not.
  struct Scale {
    torch::Tensor mean;     ///< [channels, 1]
    torch::Tensor project;  ///< [components, channels]
  };

  std::shared_ptr<const Backbone> backbone_;
  std::vector<Scale> scales_;
};

}  // namespace mvga::distill
