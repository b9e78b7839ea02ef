// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/near_copies.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/splitmix.h"
#include "core/learning/alignment.h"

namespace mvga {
namespace {

constexpr double kSpreads = 5;             // by chance: one pair in some millions
constexpr double kSmallestSpread = 0.16;   // of a logarithm; less is luck
constexpr double kSameShare = 1e-4;        // of the variance: 1 % of the contrast
constexpr double kAlmostSameShare = 3e-3;  // 5 % of the contrast
constexpr std::size_t kNearest = 6;        // looked at closely, for each picture
constexpr std::size_t kFewestNeighbours = 8;
constexpr std::size_t kSampledPairs = 500;

struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
  int orientation = 0;  ///< of the second
};

/// All pictures at one glance.
class Glance {
 public:
  explicit Glance(std::span<const SmallPicture> pictures) : count_(pictures.size()) {
    for (const SmallPicture& p : pictures) spaces_.push_back(CoarseLikeness::space(p.planes[0]));
    for (int o = 0; o < kOrientations; ++o) {
      Eigen::MatrixXf all(spaces_.front().cols(), static_cast<Eigen::Index>(count_));
      for (std::size_t i = 0; i < count_; ++i)
        all.col(static_cast<Eigen::Index>(i)) =
            CoarseLikeness::pixels(turned(pictures[i].planes[0], o));
      pixels_.push_back(std::move(all));
    }
  }

  /// The pictures that are most like this one, the most alike first.
  std::vector<Pair> nearest(std::size_t to, std::size_t wanted) const {
    Eigen::VectorXf best = Eigen::VectorXf::Constant(static_cast<Eigen::Index>(count_), -1);
    std::vector<Pair> pairs(count_);
    for (int o = 0; o < kOrientations; ++o) {
      const Eigen::VectorXf explained =
          (spaces_[to] * pixels_[static_cast<std::size_t>(o)]).colwise().squaredNorm();
      for (std::size_t i = 0; i < count_; ++i) {
        const auto index = static_cast<Eigen::Index>(i);
        if (explained[index] <= best[index]) continue;
        best[index] = explained[index];
        pairs[i] = {to, i, o};
      }
    }
    pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(to));
    const auto more_alike = [&](const Pair& a, const Pair& b) {
      return best[static_cast<Eigen::Index>(a.second)] > best[static_cast<Eigen::Index>(b.second)];
    };
    const std::size_t kept = std::min(wanted, pairs.size());
    std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept), pairs.end(),
                      more_alike);
    pairs.resize(kept);
    return pairs;
  }

 private:
  std::size_t count_;
  std::vector<CoarseLikeness::Space> spaces_;
  std::vector<Eigen::MatrixXf> pixels_;  ///< of each orientation: a column for each picture
};

Difference difference(std::span<const SmallPicture> pictures, const Pair& pair) {
  return difference_when_aligned(pictures[pair.first],
                                 turned(pictures[pair.second], pair.orientation));
}

double logarithm(const Difference& difference) {
  return std::log(difference.energy + 1e-6);
}

/// Logarithms of what pairs of pictures differ in, in ascending order.
struct Sample {
  std::vector<double> alike;  ///< of those that resemble each other as far as independent ones do
  std::vector<double> any;
};

/// Where a set has several kinds of pictures, those of other kinds say nothing of what the pictures
/// of one kind differ in: `alike` has pairs of neighbours, from the nearest quarter.
Sample sample_of(const Glance& glance, std::span<const SmallPicture> pictures) {
  const std::size_t count = pictures.size();
  const std::size_t neighbours = std::min(count - 1, std::max(count / 4, kFewestNeighbours));
  const std::size_t step = std::max<std::size_t>(1, count / kSampledPairs);
  const std::size_t times = std::clamp<std::size_t>(kSampledPairs / count, 1, neighbours);
  Sample sample;
  for (std::size_t i = 0; i < count; i += step) {
    const std::vector<Pair> others = glance.nearest(i, count);
    for (std::size_t k = 0; k < times; ++k) {
      const std::uint64_t random = splitmix64(i * times + k);
      const std::size_t near = times == neighbours ? k : random % neighbours;
      sample.alike.push_back(logarithm(difference(pictures, others[near])));
      const std::size_t far = (random >> 32U) % others.size();
      sample.any.push_back(far == near ? sample.alike.back()
                                       : logarithm(difference(pictures, others[far])));
    }
  }
  std::sort(sample.alike.begin(), sample.alike.end());
  std::sort(sample.any.begin(), sample.any.end());
  return sample;
}

/// @param values in ascending order, at least one
double quantile(std::span<const double> values, double share) {
  return values[static_cast<std::size_t>(
      std::lround(share * static_cast<double>(values.size() - 1)))];
}

/// Below this logarithm a pair is one of copies.
/// @param pairs logarithms, in ascending order, at least one
double bound_of(const std::vector<double>& pairs, std::size_t pictures) {
  // Few pictures say little about how much they differ.
  const double least = std::max(kSmallestSpread, 1 / std::sqrt(static_cast<double>(pictures)));
  const auto below = [&](double centre, double spread) {
    return centre - kSpreads * std::max(spread, least);
  };
  // Three quarters may be copies at first: what is above belongs to pairs that are none.
  const double upper = quantile(pairs, 0.75);
  double bound = below(upper, (quantile(pairs, 0.975) - upper) / (1.960 - 0.674));
  for (int round = 0; round < 5; ++round) {
    const auto first = std::lower_bound(pairs.begin(), pairs.end(), bound);
    if (first == pairs.end()) break;
    const std::span<const double> others(first, pairs.end());
    const double median = quantile(others, 0.5);
    // The narrower half: the other one may hold pictures of another kind, or copies.
    bound = below(
        median, std::min(median - quantile(others, 0.25), quantile(others, 0.75) - median) / 0.674);
  }
  return bound;
}

class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }
  std::size_t root(std::size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace

std::vector<int> near_copies(std::span<const SmallPicture> pictures) {
  if (pictures.size() < 2) return std::vector<int>(pictures.size());
  const Glance glance(pictures);
  const Sample sample = sample_of(glance, pictures);
  const double alike = bound_of(sample.alike, pictures.size());
  const double any = bound_of(sample.any, pictures.size());
  const auto are_copies = [&](const Difference& d) {
    return d.share <= kSameShare || logarithm(d) < alike ||
           (d.share <= kAlmostSameShare && logarithm(d) < any);
  };

  UnionFind clusters(pictures.size());
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    for (const Pair& pair : glance.nearest(i, kNearest)) {
      if (clusters.root(i) == clusters.root(pair.second)) continue;
      if (are_copies(difference(pictures, pair))) clusters.join(i, pair.second);
    }
  }
  std::vector<std::optional<int>> numbers(pictures.size());
  std::vector<int> labels;
  int next = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    std::optional<int>& number = numbers[clusters.root(i)];
    if (!number) number = next++;
    labels.push_back(*number);
  }
  return labels;
}

std::size_t count_clusters(std::span<const int> clusters) {
  return clusters.empty()
             ? 0
             : static_cast<std::size_t>(*std::max_element(clusters.begin(), clusters.end())) + 1;
}

}  // namespace mvga
