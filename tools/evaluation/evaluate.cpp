// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/detector.h"
#include "core/io/error.h"
#include "core/metrics/pixel_scores.h"
#include "gst/overlay/pixel_rect.h"
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

/// The map at the picture's size. What was not looked at is as normal as anything that was.
AnomalyMap on_picture(const Detection& detection, int height, int width) {
  const overlay::PixelRect area = overlay::to_pixels(detection.roi, width, height);
  AnomalyMap seen =
      resize_bilinear(detection.map, std::max(area.height, 1), std::max(area.width, 1));
  if (seen.height == height && seen.width == width) return seen;
  const float lowest = *std::min_element(seen.values.begin(), seen.values.end());
  AnomalyMap map{height, width,
                 std::vector<float>(static_cast<std::size_t>(height) * width, lowest)};
  for (int y = 0; y < area.height; ++y)
    std::copy_n(seen.values.begin() + static_cast<std::ptrdiff_t>(y) * seen.width, seen.width,
                map.values.begin() + static_cast<std::ptrdiff_t>(area.y + y) * width + area.x);
  return map;
}

TestedPicture look_at(const TestPicture& picture, const Detector& detector,
                      const DetectSettings& settings, InputReader& reader) {
  TestedPicture tested;
  tested.picture = picture;
  const Frame frame = read_picture(picture.file);
  const auto start = Clock::now();
  tested.detection = detector.detect(reader.read(frame), settings);
  tested.seconds = seconds_since(start);
  tested.map = on_picture(tested.detection, frame.height(), frame.width());
  if (picture.good() || !picture.mask) return tested;

  tested.mask = read_mask(*picture.mask);
  if (tested.mask->width != frame.width() || tested.mask->height != frame.height())
    throw Error(ErrorKind::unreadable,
                picture.mask->string() + ": the mask is " + std::to_string(tested.mask->width) +
                    "x" + std::to_string(tested.mask->height) + ", its picture " +
                    std::to_string(frame.width()) + "x" + std::to_string(frame.height()));
  return tested;
}

/// Of the test pictures.
struct Scores {
  std::vector<float> images;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  std::size_t without_mask = 0;
  double seconds = 0;

  void add(const TestedPicture& tested) {
    const bool good = tested.picture.good();
    images.push_back(static_cast<float>(tested.detection.score));
    anomalous.push_back(good ? 0 : 1);
    seconds += tested.seconds;
    if (good)
      pixels.add(tested.map);
    else if (tested.mask)
      pixels.add(tested.map, tested.mask->defect);
    else
      ++without_mask;
  }
};

Scores test(const Category& category, const Detector& detector, const EvaluationSettings& settings,
            Reading& reading, std::span<EvaluationObserver* const> observers) {
  Scores scores;
  DetectSettings looking;
  looking.roi = settings.fit.roi;
  InputReader reader(looking.roi, detector.model().input_size);
  Progress progress(category.name + ": testing", category.test.size(), settings.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category.test) {
    std::optional<TestedPicture> tested;
    reading([&] { tested = look_at(picture, detector, looking, reader); });
    if (tested) {
      scores.add(*tested);
      for (EvaluationObserver* observer : observers) observer->see(category, *tested);
    }
    progress.show(++done);
  }
  return scores;
}

void set_image_metrics(const RankedScores& images, CategoryResult& result) {
  result.n_good = images.negatives();
  result.n_defect = images.positives();
  result.image_auroc = 100 * images.auroc();
  result.image_f1_max = 100 * images.f1_max();
  result.image_ap = 100 * images.average_precision();
}

void set_pixel_metrics(const RankedScores& pixels, CategoryResult& result) {
  result.pixel_auroc = 100 * pixels.auroc();
  result.au_pro = 100 * pixels.pro(0.3);
  result.au_pro_05 = 100 * pixels.pro(0.05);
  result.pixel_ap = 100 * pixels.average_precision();
}

}  // namespace

CategoryResult evaluate(const Category& category, const std::shared_ptr<const Backbone>& backbone,
                        const EvaluationSettings& settings,
                        std::span<EvaluationObserver* const> observers) {
  Reading reading(settings.strict);
  CategoryResult result;
  result.name = category.name;
  const auto start = Clock::now();
  const Detector detector(backbone, learn(category, backbone, settings, reading));
  result.seconds_fit = seconds_since(start);
  result.n_train = detector.model().frames;

  Scores scores = test(category, detector, settings, reading, observers);
  result.n_without_mask = scores.without_mask;
  result.n_unreadable = reading.unreadable();
  result.seconds_per_image = scores.seconds / static_cast<double>(scores.images.size());
  const RankedScores images(scores.images, scores.anomalous);
  set_image_metrics(images, result);
  const RankedScores pixels = scores.pixels.rank();
  set_pixel_metrics(pixels, result);
  for (EvaluationObserver* observer : observers)
    observer->end({result, detector.model(), images, pixels});
  return result;
}

}  // namespace mvga::tool
