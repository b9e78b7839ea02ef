// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The backbone: a network, what it was asked for, and how pictures get in and features out.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/backbone.h"
#include "models/torch/architecture.h"
#include "models/torch/placement.h"

namespace mvga {

class TorchBackbone : public Backbone {
 public:
  /// `info.levels` needs no more than the level numbers; the shapes are found out by a first run.
  TorchBackbone(BackboneInfo info, std::vector<Stage> stages, Placement placement, int threads);

  const BackboneInfo& info() const override { return info_; }
  Levels extract(const RgbView& image) const override;
  /// For an input of [3, size, size] that is normalised already.
  Levels extract_tensor(std::span<const float> input) const;

 private:
  Levels run(const at::Tensor& input) const;

  BackboneInfo info_;
  std::vector<Stage> stages_;
  Placement placement_;
  int threads_;
};

/// @throws Error as open_backbone in models/backbone.h says
std::shared_ptr<const Backbone> open_torch_backbone(const BackboneSettings& settings);

}  // namespace mvga
