// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One decoded picture after the other, before a detector.
#pragma once

#include "core/scoring/detector.h"
#include "tools/evaluation/observer.h"
#include "tools/media/frames.h"

namespace mvga::tool {

struct ScoredPicture {
  Detection detection;
  AnomalyMap map;  ///< as TestedPicture has it
  ImageSeconds seconds;
};

/// Refers to the detector.
class PictureScorer {
 public:
  /// @param settings whose region of interest is the model's
  PictureScorer(const Detector& detector, const DetectSettings& settings);

  ScoredPicture score(const Frame& frame);
  /// In samples of 16, as the model was learned: what to read its pictures with.
  int bits() const { return detector_.model().reading.bits; }

 private:
  const Detector& detector_;
  DetectSettings settings_;
  InputReader reader_;
};

}  // namespace mvga::tool
