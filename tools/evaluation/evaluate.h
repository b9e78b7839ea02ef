// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning and testing one category, with the metrics of MVTec's evaluation.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "core/learning/learner.h"
#include "core/scoring/detector.h"
#include "tools/evaluation/category.h"
#include "tools/evaluation/observer.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

struct EvaluationSettings {
  FitSettings fit;
  DetectSettings detect;       ///< its region of interest is the model's
  std::size_t max_frames = 0;  ///< learn from so many pictures; 0: from all
  std::optional<int> bits;     ///< in samples of 16; none: what the pictures have
  bool strict = false;         ///< a bad picture is an error, not passed over with a warning
  bool quiet = false;
};

/// What the good pictures of a category taught, or a model that was there before.
struct Learned {
  Model model;
  std::size_t unreadable = 0;  ///< pictures that were passed over
  double seconds = 0;
};

/// Learns from the good pictures of a category.
/// @throws Error
Learned learn(const Category& category, const std::shared_ptr<const Backbone>& backbone,
              const EvaluationSettings& settings);

/// Tests the others. `observers` see every tested picture, in order, and then the category.
/// @throws Error
CategoryResult test(const Category& category, const Learned& learned,
                    const std::shared_ptr<const Backbone>& backbone,
                    const EvaluationSettings& settings,
                    std::span<EvaluationObserver* const> observers = {});

/// learn(), then test().
/// @throws Error
CategoryResult evaluate(const Category& category, const std::shared_ptr<const Backbone>& backbone,
                        const EvaluationSettings& settings,
                        std::span<EvaluationObserver* const> observers = {});

}  // namespace mvga::tool
