// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning what is normal.
#pragma once

#include <mvga/api.h>
#include <mvga/error.h>
#include <mvga/image.h>
#include <mvga/model.h>
#include <mvga/network.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace mvga::v1 {

struct LearnSettings {
  /// mvga_small, or one of timm's names (models/README.md). Empty: what the weights are of,
  /// mvga_small, or tf_efficientnet_b4 for Profile::paper.
  std::string backbone = {};
  Profile profile = Profile::calibrated;
  int input_size = 0;        ///< side of the square input in pixels, 32..2048; 0: what suits
  Box roi = {};              ///< the part of images that is learned, and looked at later
  double target_fpr = 0.01;  ///< share of normal images that may raise an alarm, 0.001..0.5
  /// Learn every image also brighter and darker by up to this share, with a warm and a cool cast
  /// (0..0.5): three inferences an image instead of one (docs/robustness.md). Below 0: only as it
  /// is, and with Profile::calibrated images in another light are brought back to the learned one.
  double light = -1;
};

/// Learns a model from normal images, one at a time. Some hundred are good, 4 are the least; let
/// them show all variation that is normal. Of a video, add frames in their order: neighbours are
/// no independent witnesses, and are kept together when thresholds are set.
///
/// For one thread at a time. Memory does not grow with the number of images: up to 3000 of them, at
/// the network's size, go to a temporary file (in TMPDIR), to be looked at again when the threshold
/// is set. One that was moved from can only be assigned to, or go.
class MVGA_API Learner {
 public:
  /// Opens the network; takes some tenths of a second.
  /// @throws Error not_found (weights, engine), unreadable (weights), settings, engine, no_space,
  ///         unwritable (the temporary file)
  explicit Learner(const LearnSettings& settings = {}, const NetworkSettings& network = {});

  /// Takes in one image, scaled as a detector does.
  /// @throws Error argument (the image cannot be), engine, no_space, unwritable
  void add(const Image& image);

  std::uint64_t images() const;  ///< how many were added
  int input_size() const;        ///< side of the network's square input in pixels

  /// Called while the threshold is set: images looked at again, of how many. What it throws ends
  /// that, and comes out of learn() as it is.
  using Progress = std::function<void(std::size_t done, std::size_t total)>;
  /// The model of the images so far; more may be added afterwards.
  /// @throws Error too_few (fewer than 4 images, or all the same), engine, no_space, unreadable
  ///         (the temporary file)
  Model learn(const Progress& progress = {}) const;

  Learner(Learner&& other) noexcept;
  Learner& operator=(Learner&& other) noexcept;
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;
  ~Learner();

 private:
  struct Data;

  std::unique_ptr<Data> data_;
};

}  // namespace mvga::v1
