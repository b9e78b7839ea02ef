// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <vector>

#include "core/detector.h"
#include "core/io/error.h"
#include "core/metrics/pixel_scores.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"
#include "tools/progress.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Model learn(const Category& category, const std::shared_ptr<const Backbone>& backbone,
            const EvaluationSettings& settings, BadFiles& bad_files) {
  std::size_t wanted = category.train.size();
  if (settings.max_frames > 0) wanted = std::min(wanted, settings.max_frames);
  Learner learner(backbone, settings.fit);
  InputReader reader(settings.fit.roi, backbone->info().input_size);
  {
    Progress progress(category.name + ": learning", wanted, settings.quiet);
    for (std::size_t i = 0; i < wanted; ++i) {
      bad_files.attempt([&] { learner.add(reader.read(read_picture(category.train[i]))); });
      progress.show(i + 1);
    }
  }
  if (learner.frames() == 0)
    throw Error(ErrorKind::unreadable,
                category.name + ": none of the pictures to learn from could be read");
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

/// A mask that does not fit is worth a warning, and its picture is still worth an image score.
std::optional<Mask> mask_of(const TestPicture& picture, const AnomalyMap& map, bool strict) {
  if (!picture.mask) return std::nullopt;
  std::optional<Mask> mask;
  BadFiles(strict).attempt([&] {
    Mask read = read_mask(*picture.mask);
    if (read.width != map.width || read.height != map.height)
      throw Error(ErrorKind::unreadable,
                  picture.mask->string() + ": the mask is " + std::to_string(read.width) + "x" +
                      std::to_string(read.height) + ", its picture " + std::to_string(map.width) +
                      "x" + std::to_string(map.height));
    if (read.empty)
      say("warning: " + picture.mask->string() +
          ": the mask is black: all pixels of its picture count as normal ones");
    mask = std::move(read);
  });
  return mask;
}

void add_pixels(const TestPicture& picture, const Detection& detection, const Frame& frame,
                bool strict, Scores& scores) {
  const AnomalyMap map = resize_bilinear(detection.map, frame.height(), frame.width());
  if (picture.good())
    scores.pixels.add(map);
  else if (const std::optional<Mask> mask = mask_of(picture, map, strict))
    scores.pixels.add(map, mask->defect);
  else
    ++scores.without_mask;
}

Scores test(const Category& category, const Detector& detector, const EvaluationSettings& settings,
            BadFiles& bad_files) {
  Scores scores;
  InputReader reader(settings.fit.roi, detector.model().input_size);
  Progress progress(category.name + ": testing", category.test.size(), settings.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category.test) {
    bad_files.attempt([&] {
      const Frame frame = read_picture(picture.file);
      const auto start = Clock::now();
      const Detection detection = detector.detect(reader.read(frame), {});
      scores.seconds += seconds_since(start);
      add_pixels(picture, detection, frame, settings.strict, scores);
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
  BadFiles bad_files(settings.strict);
  CategoryResult result;
  result.name = category.name;
  const auto start = Clock::now();
  const Detector detector(backbone, learn(category, backbone, settings, bad_files));
  result.seconds_fit = seconds_since(start);
  result.n_train = detector.model().frames;

  Scores scores = test(category, detector, settings, bad_files);
  if (scores.images.empty())
    throw Error(ErrorKind::unreadable,
                category.name + ": none of the pictures to test with could be read");
  const RankedScores images(scores.images, scores.anomalous);
  result.n_good = images.negatives();
  result.n_defect = images.positives();
  result.n_without_mask = scores.without_mask;
  result.n_unreadable = bad_files.passed_over();
  result.seconds_per_image = scores.seconds / static_cast<double>(scores.images.size());
  result.image_auroc = 100 * images.auroc();
  result.image_f1_max = 100 * images.f1_max();
  result.image_ap = 100 * images.average_precision();

  const Progress measuring(category.name + ": ranking pixels", 0, settings.quiet);
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
