// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning from a part of the normal images, for a model that is made of all parts later.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/learning/frame_store.h"
#include "core/learning/learner.h"

namespace mvga {

/// Only stores the images as long as it can store them all: whoever puts the parts together
/// learns them then, in their order, and nothing is done twice. From the first image on that has
/// no room it learns. Not thread-safe.
class PartLearner {
 public:
  /// @throws Error unwritable, no_space if images cannot be stored
  PartLearner(std::shared_ptr<const Backbone> backbone, const FitSettings& settings);

  /// Takes in one image of input_size x input_size pixels.
  void add(const RgbView& image);

  std::uint64_t frames() const { return waiting_ ? waiting_->size() : learner_.frames(); }
  const FrameStore& store() const { return waiting_ ? *waiting_ : learner_.statistics().store; }
  /// What was learned; nothing while store() has all images.
  const Statistics& statistics() const { return learner_.statistics(); }
  const FitSettings& settings() const { return learner_.settings(); }
  const BackboneInfo& backbone() const { return learner_.backbone(); }

 private:
  void learn_those_that_wait();

  Learner learner_;
  std::optional<FrameStore> waiting_;
};

}  // namespace mvga
