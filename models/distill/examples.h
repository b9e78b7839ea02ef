// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures with what the teacher sees in them, used a few times before new ones take their place.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "models/distill/pictures/generator.h"
#include "models/distill/teacher.h"

namespace mvga::distill {

struct Example {
  torch::Tensor picture;                ///< [size, size, 3] bytes
  std::vector<torch::Tensor> features;  ///< the teacher's, in fp16; empty without a teacher
  std::int64_t kind = 0;
};

/// A batch on the device, ready for the student.
struct Batch {
  torch::Tensor pictures;               ///< [batch, 3, size, size], normalised, channels last
  std::vector<torch::Tensor> features;  ///< [batch, channels, height, width]
  torch::Tensor kinds;                  ///< [batch]
};

/// Making a picture and asking the teacher takes as long as the student takes to learn from it, so
/// each one is looked at several times, in other company.
class ExamplePool {
 public:
  struct Settings {
    std::uint64_t seed = 1;
    std::size_t capacity = 2000;
    int workers = 2;  ///< threads that make examples
  };
  /// @param teacher null for tasks without one. Both have to outlive the pool.
  ExamplePool(const PictureGenerator& pictures, const Teacher* teacher, const Settings& settings);

  /// Makes `count` new examples, which take the places of the oldest.
  void renew(std::size_t count);
  /// The newest `fresh` ones, and others by chance.
  Batch batch(std::size_t size, std::size_t fresh, torch::Device device);
  std::uint64_t made() const { return made_; }

 private:
  Example make(std::uint64_t index) const;

  const PictureGenerator& pictures_;
  const Teacher* teacher_;
  Settings settings_;
  Random random_;
  std::vector<Example> examples_;  ///< a ring, once it is full
  std::uint64_t made_ = 0;
};

}  // namespace mvga::distill
