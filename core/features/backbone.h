// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The interface between the method and the network that feeds it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/features/feature_map.h"
#include "core/features/rgb_view.h"

namespace mvga {

enum class Precision { automatic, fp32, bf16, fp16 };

/// Which levels are taken when none are named.
enum class LevelSet {
  published,  ///< the paper's
  extended,   ///< the paper's and a finer one for the map
};

/// How a backbone is to be opened. Zero, empty and automatic mean: what suits the architecture.
struct BackboneSettings {
  std::string architecture;       ///< timm's name; empty: the one the weights file names
  std::filesystem::path weights;  ///< empty: looked for on the search path (models/weights.h)
  std::vector<int> levels;        ///< ascending; empty: those of `level_set`
  LevelSet level_set = LevelSet::published;
  int input_size = 0;           ///< side of the network's square input in pixels
  int tiles = 1;                ///< so many in a row and a column (core/features/tiling.h); 1: none
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:N
  Precision precision = Precision::automatic;
  /// Of one extract(); 0: as many as processors, shared among those that extract at the same time.
  int threads = 0;
};

/// Which shape of one level's map to expect.
struct LevelShape {
  int level = 0;
  int channels = 0;
  int height = 0;
  int width = 0;

  bool operator==(const LevelShape&) const = default;
};

/// How features are reduced when the user does not say (paper, section 4.4: opposite PCA helps
/// EfficientNet and hurts ResNet).
enum class DefaultReduction { opposite_pca, none };

/// What was opened.
struct BackboneInfo {
  std::string architecture;
  std::filesystem::path weights;
  std::string weights_sha256;
  int input_size = 0;              ///< side of the images that it takes
  int tiles = 1;                   ///< that are put together in a row and a column
  int tile_size = 0;               ///< side of one; 0 without tiles
  std::vector<LevelShape> levels;  ///< ascending
  /// The levels whose maps localise best, a subset of `levels` unless the user chose levels.
  std::vector<int> map_levels;
  DefaultReduction reduction = DefaultReduction::none;
  std::string device;  ///< the one in use: cpu, cuda:0
  Precision precision = Precision::fp32;
};

/// A pretrained network, cut off above the highest level asked for.
class Backbone {
 public:
  virtual ~Backbone() = default;
  virtual const BackboneInfo& info() const = 0;

  /// Features of an image of exactly input_size x input_size pixels, scaled to [0, 1] and brought
  /// to the architecture's mean and standard deviation inside.
  /// Safe to call from several threads at once: on the CPU they take turns, first come first
  /// served, as long as there are processors for all their threads. Deterministic for the same
  /// device and threads; 0 threads are as many as happen to be free, which changes features by
  /// rounding.
  /// @throws Error engine, no_space
  virtual Levels extract(const RgbView& image) const = 0;

  /// The same for several images, in their order, as many at once as suits network and device.
  /// Differs from extract() in rounding, by 1e-5 of a level's largest feature at most: sums may be
  /// added up in another order. If it throws, for whichever image, none has a result.
  virtual std::vector<Levels> extract_batch(std::span<const RgbView> images) const;
};

}  // namespace mvga
