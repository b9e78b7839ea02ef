// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/detector.h"
#include "core/io/error.h"
#include "core/metrics/pixel_scores.h"
#include "tools/media/frames.h"
#include "tools/progress.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Runs `work` on a picture; one that cannot be read is an error only when that is asked for.
class Reading {
 public:
  explicit Reading(bool strict) : strict_(strict) {}

  void operator()(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& e) {
      if (strict_ || (e.kind() != ErrorKind::unreadable && e.kind() != ErrorKind::not_found)) throw;
      std::fprintf(stderr, "warning: %s; passed over\n", e.what());
      ++unreadable_;
    }
  }
  std::size_t unreadable() const { return unreadable_; }

 private:
  bool strict_;
  std::size_t unreadable_ = 0;
};

Model learn(const Category& category, const std::shared_ptr<const Backbone>& backbone,
            const EvaluationSettings& settings, Reading& reading) {
  std::size_t wanted = category.train.size();
  if (settings.max_frames > 0) wanted = std::min(wanted, settings.max_frames);
  Learner learner(backbone, settings.fit);
  InputReader reader(settings.fit.roi, backbone->info().input_size);
  {
    Progress progress(category.name + ": learning", wanted, settings.quiet);
    for (std::size_t i = 0; i < wanted; ++i) {
      reading([&] { learner.add(reader.read(read_picture(category.train[i]))); });
      progress.show(i + 1);
    }
  }
  Progress progress(category.name + ": calibrating", learner.frames(), settings.quiet);
  return learner.finish([&](std::size_t done, std::size_t) { progress.show(done); });
}

/// Of the test pictures.
struct Scores {
  std::vector<float> images;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  std::size_t without_mask = 0;
  double seconds = 0;
};

void add_pixels(const TestPicture& picture, const Detection& detection, const Frame& frame,
                Scores& scores) {
  const AnomalyMap map = resize_bilinear(detection.map, frame.height(), frame.width());
  if (picture.good()) {
    scores.pixels.add(map);
    return;
  }
  if (!picture.mask) {
    ++scores.without_mask;
    return;
  }
  const Mask mask = read_mask(*picture.mask);
  if (mask.width != map.width || mask.height != map.height)
    throw Error(ErrorKind::unreadable,
                picture.mask->string() + ": the mask is " + std::to_string(mask.width) + "x" +
                    std::to_string(mask.height) + ", its picture " + std::to_string(map.width) +
                    "x" + std::to_string(map.height));
  scores.pixels.add(map, mask.defect);
}

Scores test(const Category& category, const Detector& detector, const EvaluationSettings& settings,
            Reading& reading) {
  Scores scores;
  InputReader reader(settings.fit.roi, detector.model().input_size);
  Progress progress(category.name + ": testing", category.test.size(), settings.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category.test) {
    reading([&] {
      const Frame frame = read_picture(picture.file);
      const auto start = Clock::now();
      const Detection detection = detector.detect(reader.read(frame), {});
      scores.seconds += seconds_since(start);
      add_pixels(picture, detection, frame, scores);
      scores.images.push_back(static_cast<float>(detection.score));
      scores.anomalous.push_back(picture.good() ? 0 : 1);
    });
    progress.show(++done);
  }
  return scores;
}

/// The numbers of a result that have a mean.
constexpr std::array kMetrics{&CategoryResult::image_auroc,      &CategoryResult::image_f1_max,
                              &CategoryResult::image_ap,         &CategoryResult::pixel_auroc,
                              &CategoryResult::au_pro,           &CategoryResult::au_pro_05,
                              &CategoryResult::pixel_ap,         &CategoryResult::seconds_fit,
                              &CategoryResult::seconds_per_image};
constexpr std::array kCounts{&CategoryResult::n_train, &CategoryResult::n_good,
                             &CategoryResult::n_defect, &CategoryResult::n_without_mask,
                             &CategoryResult::n_unreadable};

}  // namespace

CategoryResult evaluate(const Category& category, const std::shared_ptr<const Backbone>& backbone,
                        const EvaluationSettings& settings) {
  Reading reading(settings.strict);
  CategoryResult result;
  result.name = category.name;
  const auto start = Clock::now();
  const Detector detector(backbone, learn(category, backbone, settings, reading));
  result.seconds_fit = seconds_since(start);
  result.n_train = detector.model().frames;

  Scores scores = test(category, detector, settings, reading);
  const RankedScores images(scores.images, scores.anomalous);
  result.n_good = images.negatives();
  result.n_defect = images.positives();
  result.n_without_mask = scores.without_mask;
  result.n_unreadable = reading.unreadable();
  result.seconds_per_image = scores.seconds / static_cast<double>(scores.images.size());
  result.image_auroc = 100 * images.auroc();
  result.image_f1_max = 100 * images.f1_max();
  result.image_ap = 100 * images.average_precision();

  const RankedScores pixels = scores.pixels.rank();
  result.pixel_auroc = 100 * pixels.auroc();
  result.au_pro = 100 * pixels.pro(0.3);
  result.au_pro_05 = 100 * pixels.pro(0.05);
  result.pixel_ap = 100 * pixels.average_precision();
  return result;
}

CategoryResult mean_of(const std::vector<CategoryResult>& results) {
  CategoryResult mean;
  mean.name = "mean";
  for (const auto metric : kMetrics) {
    double sum = 0;
    double count = 0;
    for (const CategoryResult& r : results) {
      if (std::isnan(r.*metric)) continue;
      sum += r.*metric;
      ++count;
    }
    mean.*metric = count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
  }
  for (const auto counted : kCounts)
    for (const CategoryResult& r : results) mean.*counted += r.*counted;
  return mean;
}

}  // namespace mvga::tool
