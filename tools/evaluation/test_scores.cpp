// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/test_scores.h"

#include <algorithm>
#include <numeric>

namespace mvga::tool {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void TestScores::add(const TestedPicture& tested) {
  const bool good = tested.picture.good();
  images.push_back(static_cast<float>(tested.detection.score));
  anomalous.push_back(good ? 0 : 1);
  seconds.push_back(tested.seconds);
  at_threshold.add(good, tested.detection.anomalous);
  if (good) {
    pixels.add(tested.map);
    if (saturated) saturated->add(tested.map);
  } else if (tested.mask) {
    pixels.add(tested.map, tested.mask->defect);
    if (saturated) saturated->add(tested.map, tested.defects);
  } else {
    ++without_mask;
  }
}

RankedTest measure(TestScores& scores, CategoryResult& result) {
  RankedTest ranked{RankedScores(scores.images, scores.anomalous), scores.pixels.rank()};
  result.n_without_mask = scores.without_mask;
  result.n_good = ranked.images.negatives();
  result.n_defect = ranked.images.positives();
  result.metrics.measure(Ranked::images, ranked.images);
  result.metrics.measure(Ranked::pixels, ranked.pixels);
  if (scores.saturated) {
    const RankedScores saturated = scores.saturated->rank();
    result.saturated_pro = {100 * saturated.pro(0.01), 100 * saturated.pro(0.05),
                            100 * saturated.pro(0.1), 100 * saturated.pro(0.3),
                            100 * saturated.pro(1)};
  }
  return ranked;
}

void set_times(const std::vector<ImageSeconds>& images, CategoryResult& result) {
  const auto each = [&](const auto& seconds_of) {
    std::vector<double> seconds(images.size());
    std::transform(images.begin(), images.end(), seconds.begin(), seconds_of);
    return seconds;
  };
  const std::vector<double> all = each([](const ImageSeconds& image) { return image.all(); });
  result.seconds_per_image =
      std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
  result.median_seconds_scaling =
      median(each([](const ImageSeconds& image) { return image.scaling; }));
  result.median_seconds_backbone =
      median(each([](const ImageSeconds& image) { return image.detection.backbone; }));
  result.median_seconds_scoring =
      median(each([](const ImageSeconds& image) { return image.detection.scoring; }));
}

}  // namespace mvga::tool
