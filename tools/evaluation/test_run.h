// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The pictures of a category, shown to a detector.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/scoring/detector.h"
#include "tools/evaluation/category.h"
#include "tools/evaluation/evaluate.h"
#include "tools/evaluation/mask_doubts.h"
#include "tools/evaluation/observer.h"
#include "tools/evaluation/picture_scorer.h"
#include "tools/evaluation/segmentation.h"
#include "tools/evaluation/test_scores.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"

namespace mvga::tool {

/// Refers to what it is made of.
class TestRun {
 public:
  TestRun(const Category& category, const Detector& detector, const EvaluationSettings& settings);

  /// Looks at the pictures that limit a segmentation, and at all of the test.
  /// @throws Error unreadable if none of the test could be read
  void infer_all(std::span<EvaluationObserver* const> observers);

  TestScores& scores() { return all_; }
  /// Of each of the category's parts.
  std::map<std::string, TestScores>& parts() { return parts_; }
  const std::optional<Segmentation>& segmentation() const { return segmentation_; }
  std::size_t unreadable() const { return bad_files_.passed_over(); }

 private:
  TestedPicture infer(const TestPicture& picture);
  void add_ground_truth(const Frame& frame, TestedPicture& tested);
  void limit_segmentation();
  void add(const TestedPicture& tested);

  const Category& category_;
  const EvaluationSettings& settings_;
  PictureScorer scorer_;
  MaskDoubts doubts_;
  BadFiles bad_files_;
  TestScores all_;
  std::map<std::string, TestScores> parts_;
  std::optional<Segmentation> segmentation_;
};

}  // namespace mvga::tool
