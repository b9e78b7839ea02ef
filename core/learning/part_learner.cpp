// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/part_learner.h"

#include <utility>
#include <vector>

namespace mvga {

PartLearner::PartLearner(std::shared_ptr<const Backbone> backbone, const FitSettings& settings)
    : learner_(std::move(backbone), settings),
      waiting_(std::in_place, learner_.backbone().input_size,
               learner_.statistics().store.capacity()) {}

void PartLearner::add(const RgbView& image) {
  if (waiting_ && waiting_->add_if_room(image, 0)) return;
  if (waiting_) learn_those_that_wait();
  learner_.add(image);
}

void PartLearner::learn_those_that_wait() {
  const int side = learner_.backbone().input_size;
  for (const std::size_t i : waiting_->in_order()) {
    const std::vector<std::uint8_t> pixels = waiting_->read(i);
    learner_.add({pixels.data(), side, side, std::ptrdiff_t{3} * side});
  }
  waiting_.reset();
}

}  // namespace mvga
