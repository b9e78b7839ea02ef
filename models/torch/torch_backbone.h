// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The backbone: a network, what it was asked for, and how images get in and features out.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/features/backbone.h"
#include "models/torch/architecture.h"
#include "models/torch/input_tensor.h"
#include "models/torch/network.h"

namespace mvga {

class ComputeThreads;

class TorchBackbone : public Backbone {
 public:
  /// `info.levels` needs no more than the level numbers; the shapes are the network's. `threads` as
  /// in BackboneSettings.
  TorchBackbone(BackboneInfo info, const Normalisation& normalisation,
                std::shared_ptr<const Network> network, int threads);

  const BackboneInfo& info() const override { return info_; }
  Levels extract(const RgbView& image) const override;
  std::vector<Levels> extract_batch(std::span<const RgbView> images) const override;
  /// For an input of [3, size, size] that is normalised already.
  Levels extract_tensor(std::span<const float> input) const;

 private:
  void check(const RgbView& image) const;
  /// On a thread that may compute now, with LibTorch's settings for it.
  template <typename F>
  void compute(const F& work) const;
  /// One of `Levels` for each image of the input [N, 3, S, S].
  std::vector<Levels> run(const at::Tensor& input) const;

  BackboneInfo info_;
  ByteTable normalised_;
  std::vector<int> levels_;
  std::shared_ptr<const Network> network_;
  int threads_;
  std::shared_ptr<ComputeThreads> compute_threads_;
};

/// @throws Error as open_backbone in models/open_backbone.h says
std::shared_ptr<const Backbone> open_torch_backbone(const BackboneSettings& settings);

/// The same with a given architecture, which need not be a known one.
std::shared_ptr<const Backbone> open_torch_backbone(const Architecture& architecture,
                                                    const BackboneSettings& settings);

}  // namespace mvga
