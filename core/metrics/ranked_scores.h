// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How well scores tell anomalies from what is normal, without any threshold.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/metrics/score_counts.h"

namespace mvga {

/// The score of something anomalous, and how much it counts in pro().
struct WeightedScore {
  float score = 0;
  double weight = 1;
};

/// A point of a curve over the false-positive rate, both 0..1.
struct CurvePoint {
  double rate = 0;   ///< share of the negatives above a threshold
  double found = 0;  ///< what of the positives is above it

  bool operator==(const CurvePoint&) const = default;
};

/// Scores of negatives (normal) and positives (anomalous), in order. All metrics are of the raw
/// scores, equal ones taken together, and lie in 0..1; they are NaN when a kind is missing that
/// they need.
class RankedScores {
 public:
  /// @param positives their weights add up to 1, or do not matter
  RankedScores(const std::vector<float>& negatives, const std::vector<WeightedScore>& positives);
  /// @param positives their weights, times `weight`, add up to 1
  RankedScores(ScoreCounts negatives, ScoreCounts positives, double weight);
  /// @param anomalous as long as `scores`
  RankedScores(std::span<const float> scores, std::span<const std::uint8_t> anomalous);

  /// Area under the ROC curve: the probability that a positive scores higher than a negative, ties
  /// counting half (Mann-Whitney).
  double auroc() const;

  /// Sum over the thresholds of (recall - recall before) * precision, as scikit-learn's
  /// average_precision_score. Needs positives only.
  double average_precision() const;

  /// The largest F1 (harmonic mean of precision and recall) over all thresholds. Needs positives
  /// only.
  double f1_max() const;

  /// Area under the curve of the positives' weight above the threshold over the false-positive
  /// rate, from 0 to `limit`, divided by it; linear between the thresholds. With weights that give
  /// every defect the same share this is the normalised area under the per-region overlap
  /// (Bergmann et al. 2021, "The MVTec Anomaly Detection Dataset", section 5.2).
  double pro(double limit) const;

  /// The ROC curve from (0, 0) to (1, 1), straight between the thresholds: recall over the
  /// false-positive rate. Thinned for drawing: a threshold is left out only if it lies less than
  /// `step` from one that is kept, on both axes, so that there are at most 4 / step points or so.
  /// Empty when negatives or positives are missing.
  std::vector<CurvePoint> roc_curve(double step) const;

  /// The curve that pro() measures, from (0, 0) to the rate `limit`, thinned in the same way.
  std::vector<CurvePoint> pro_curve(double limit, double step) const;

  std::uint64_t negatives() const { return negatives_.total(); }
  std::uint64_t positives() const { return positives_.total(); }

 private:
  /// Everything that scores at least as much as a threshold.
  struct Above {
    std::uint64_t negatives = 0;
    std::uint64_t positives = 0;
    double weight = 0;
  };
  /// Calls `visit` for every distinct score, from the highest to the lowest, until it says false.
  void walk(const std::function<bool(const Above&)>& visit) const;
  /// Calls `visit` for every point of the curve of pro() after the origin, the last one at the rate
  /// `limit`.
  void follow_pro(double limit, const std::function<void(const CurvePoint&)>& visit) const;
  bool complete() const { return negatives() > 0 && positives() > 0; }

  ScoreCounts negatives_;
  ScoreCounts positives_;
  double weight_ = 1;
};

}  // namespace mvga
