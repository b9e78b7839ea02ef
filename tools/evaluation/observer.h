// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Who wants more of an evaluation than its numbers.
#pragma once

#include <optional>
#include <vector>

#include "core/metrics/ranked_scores.h"
#include "core/metrics/saturated_scores.h"
#include "core/scoring/anomaly_map.h"
#include "core/scoring/detection.h"
#include "core/scoring/detector.h"
#include "core/scoring/model.h"
#include "tools/evaluation/category.h"
#include "tools/evaluation/result.h"
#include "tools/media/frames.h"

namespace mvga::tool {

/// Where the time of an image went.
struct ImageSeconds {
  double scaling = 0;  ///< and conversion, from the decoded picture to the backbone's input
  StageTimes detection;

  double all() const { return scaling + detection.backbone + detection.scoring; }
};

/// A test picture, and what the detector says of it.
struct TestedPicture {
  TestPicture picture;
  Detection detection;
  AnomalyMap map;            ///< raw scores at the picture's own size; outside the region of
                             ///< interest the lowest of them
  std::optional<Mask> mask;  ///< of a defect, where there is one; as large as the picture
  std::vector<SaturatedDefect> defects;  ///< one by one, where a part of each is enough
  ImageSeconds seconds;
};

/// What there is at the end of a category, for as long as the call lasts.
struct TestedCategory {
  const CategoryResult& result;
  const Model& model;
  const RankedScores& images;
  const RankedScores& pixels;
};

/// Looks on while a category is tested. What it throws ends the evaluation.
class EvaluationObserver {
 public:
  virtual ~EvaluationObserver() = default;
  EvaluationObserver() = default;
  EvaluationObserver(const EvaluationObserver&) = delete;
  EvaluationObserver& operator=(const EvaluationObserver&) = delete;

  /// Before the first picture of a category, whether the one before came to an end or not.
  virtual void begin(const Category&) {}
  virtual void see(const Category& category, const TestedPicture& tested) = 0;
  virtual void end(const TestedCategory&) {}
};

}  // namespace mvga::tool
