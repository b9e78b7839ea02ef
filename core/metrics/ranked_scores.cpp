// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/ranked_scores.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/metrics/sort_floats.h"

namespace mvga {
namespace {

constexpr double kNotThere = std::numeric_limits<double>::quiet_NaN();

double ratio(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<float> normal_ones(std::span<const float> scores,
                               std::span<const std::uint8_t> anomalous) {
  std::vector<float> chosen;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (anomalous[i] == 0) chosen.push_back(scores[i]);
  return chosen;
}

std::vector<WeightedScore> anomalous_ones(std::span<const float> scores,
                                          std::span<const std::uint8_t> anomalous) {
  std::vector<WeightedScore> chosen;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (anomalous[i] != 0) chosen.push_back({scores[i], 1});
  return chosen;
}

CurvePoint at_rate(double rate, const CurvePoint& before, const CurvePoint& after) {
  const double part = (rate - before.rate) / (after.rate - before.rate);
  return {rate, before.found + (after.found - before.found) * part};
}

/// A curve from the origin without most of the points that nobody could tell apart.
class ThinnedCurve {
 public:
  explicit ThinnedCurve(double step) : step_(step) {}

  void add(const CurvePoint& point) {
    const CurvePoint& kept = points_.back();
    if (std::max(point.rate - kept.rate, point.found - kept.found) < step_) {
      left_out_ = point;
      return;
    }
    // Where a jump begins, which would become a slope without it.
    if (left_out_) points_.push_back(*left_out_);
    left_out_.reset();
    points_.push_back(point);
  }

  std::vector<CurvePoint> finish() && {
    if (left_out_) points_.push_back(*left_out_);
    return std::move(points_);
  }

 private:
  double step_;
  std::vector<CurvePoint> points_{CurvePoint{}};
  std::optional<CurvePoint> left_out_;  ///< the last one, if it was
};

}  // namespace

RankedScores::RankedScores(std::vector<float> negatives, std::vector<WeightedScore> positives)
    : negatives_(std::move(negatives)), positives_(std::move(positives)) {
  sort_floats(negatives_);
  std::sort(positives_.begin(), positives_.end(),
            [](const WeightedScore& a, const WeightedScore& b) { return a.score < b.score; });
}

RankedScores::RankedScores(std::span<const float> scores, std::span<const std::uint8_t> anomalous)
    : RankedScores(normal_ones(scores, anomalous), anomalous_ones(scores, anomalous)) {}

void RankedScores::walk(const std::function<bool(const Above&)>& visit) const {
  auto negative = negatives_.rbegin();
  auto positive = positives_.rbegin();
  Above above;
  while (negative != negatives_.rend() || positive != positives_.rend()) {
    float threshold = -std::numeric_limits<float>::infinity();
    if (negative != negatives_.rend()) threshold = *negative;
    if (positive != positives_.rend()) threshold = std::max(threshold, positive->score);
    for (; negative != negatives_.rend() && *negative >= threshold; ++negative) ++above.negatives;
    for (; positive != positives_.rend() && positive->score >= threshold; ++positive) {
      ++above.positives;
      above.weight += positive->weight;
    }
    if (!visit(above)) return;
  }
}

double RankedScores::auroc() const {
  if (!complete()) return kNotThere;
  // Twice the number of pairs in the right order: an integer, so exact.
  std::uint64_t twice_won = 0;
  Above before;
  walk([&](const Above& above) {
    const std::size_t new_negatives = above.negatives - before.negatives;
    twice_won += std::uint64_t{new_negatives} * (before.positives + above.positives);
    before = above;
    return true;
  });
  return static_cast<double>(twice_won) / 2 / static_cast<double>(positives_.size()) /
         static_cast<double>(negatives_.size());
}

double RankedScores::average_precision() const {
  if (positives_.empty()) return kNotThere;
  double sum = 0;
  std::size_t positives_before = 0;
  walk([&](const Above& above) {
    const double precision = ratio(above.positives, above.positives + above.negatives);
    sum += static_cast<double>(above.positives - positives_before) * precision;
    positives_before = above.positives;
    return above.positives < positives_.size();
  });
  return sum / static_cast<double>(positives_.size());
}

double RankedScores::f1_max() const {
  if (positives_.empty()) return kNotThere;
  double largest = 0;
  walk([&](const Above& above) {
    largest = std::max(
        largest, ratio(2 * above.positives, above.positives + above.negatives + positives_.size()));
    return above.positives < positives_.size();
  });
  return largest;
}

void RankedScores::follow_pro(double limit,
                              const std::function<void(const CurvePoint&)>& visit) const {
  CurvePoint before;
  walk([&](const Above& above) {
    const CurvePoint point{ratio(above.negatives, negatives_.size()), above.weight};
    visit(point.rate > limit ? at_rate(limit, before, point) : point);
    before = point;
    return point.rate < limit;
  });
}

double RankedScores::pro(double limit) const {
  if (!complete()) return kNotThere;
  double area = 0;
  CurvePoint before;
  follow_pro(limit, [&](const CurvePoint& point) {
    area += (point.rate - before.rate) * (point.found + before.found) / 2;
    before = point;
  });
  return area / limit;
}

std::vector<CurvePoint> RankedScores::roc_curve(double step) const {
  if (!complete()) return {};
  ThinnedCurve curve(step);
  walk([&](const Above& above) {
    curve.add(
        {ratio(above.negatives, negatives_.size()), ratio(above.positives, positives_.size())});
    return true;
  });
  return std::move(curve).finish();
}

std::vector<CurvePoint> RankedScores::pro_curve(double limit, double step) const {
  if (!complete()) return {};
  ThinnedCurve curve(step);
  follow_pro(limit, [&](const CurvePoint& point) { curve.add(point); });
  return std::move(curve).finish();
}

}  // namespace mvga
