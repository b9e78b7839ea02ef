// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/ranked_scores.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace mvga {
namespace {

constexpr double kNotThere = std::numeric_limits<double>::quiet_NaN();

double ratio(std::uint64_t part, std::uint64_t whole) {
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

RankedScores::RankedScores(ScoreCounts negatives, ScoreCounts positives, double weight)
    : negatives_(std::move(negatives)), positives_(std::move(positives)), weight_(weight) {
  // Keys of one kind are held against those of the other.
  negatives_.merge(positives_.merged_bits());
  positives_.merge(negatives_.merged_bits());
}

RankedScores::RankedScores(const std::vector<float>& negatives,
                           const std::vector<WeightedScore>& positives)
    : negatives_(Weighted::no), positives_(Weighted::yes) {
  for (const float score : negatives) negatives_.add(score);
  for (const WeightedScore& positive : positives) positives_.add(positive.score, positive.weight);
}

RankedScores::RankedScores(std::span<const float> scores, std::span<const std::uint8_t> anomalous)
    : RankedScores(normal_ones(scores, anomalous), anomalous_ones(scores, anomalous)) {}

void RankedScores::walk(const std::function<bool(const Above&)>& visit) const {
  ScoreCounts::Descent negative(negatives_);
  ScoreCounts::Descent positive(positives_);
  Above above;
  double weight = 0;
  while (negative.now() != nullptr || positive.now() != nullptr) {
    std::uint32_t key = 0;
    for (const ScoreCounts::Seen* seen : {negative.now(), positive.now()})
      if (seen != nullptr) key = std::max(key, seen->key);
    if (const ScoreCounts::Seen* seen = negative.now(); seen != nullptr && seen->key == key) {
      above.negatives += seen->count;
      negative.next();
    }
    if (const ScoreCounts::Seen* seen = positive.now(); seen != nullptr && seen->key == key) {
      above.positives += seen->count;
      weight += seen->weight;
      above.weight = weight * weight_;
      positive.next();
    }
    if (!visit(above)) return;
  }
}

double RankedScores::auroc() const {
  if (!complete()) return kNotThere;
  // Twice the number of pairs in the right order: an integer, so exact up to 2^64.
  long double twice_won = 0;
  Above before;
  walk([&](const Above& above) {
    const auto new_negatives = static_cast<long double>(above.negatives - before.negatives);
    twice_won += new_negatives * static_cast<long double>(before.positives + above.positives);
    before = above;
    return true;
  });
  return static_cast<double>(twice_won / 2 / static_cast<long double>(positives()) /
                             static_cast<long double>(negatives()));
}

double RankedScores::average_precision() const {
  if (positives() == 0) return kNotThere;
  double sum = 0;
  std::uint64_t positives_before = 0;
  walk([&](const Above& above) {
    const double precision = ratio(above.positives, above.positives + above.negatives);
    sum += static_cast<double>(above.positives - positives_before) * precision;
    positives_before = above.positives;
    return above.positives < positives();
  });
  return sum / static_cast<double>(positives());
}

double RankedScores::f1_max() const {
  if (positives() == 0) return kNotThere;
  double largest = 0;
  walk([&](const Above& above) {
    largest = std::max(largest,
                       ratio(2 * above.positives, above.positives + above.negatives + positives()));
    return above.positives < positives();
  });
  return largest;
}

void RankedScores::follow_pro(double limit,
                              const std::function<void(const CurvePoint&)>& visit) const {
  CurvePoint before;
  walk([&](const Above& above) {
    const CurvePoint point{ratio(above.negatives, negatives()), above.weight};
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
    curve.add({ratio(above.negatives, negatives()), ratio(above.positives, positives())});
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
