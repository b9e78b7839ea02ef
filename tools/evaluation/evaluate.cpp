// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/metrics/pixel_scores.h"
#include "core/scoring/detector.h"
#include "gst/frames/pixel_box.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The map at the picture's size. What was not looked at is as normal as anything that was.
AnomalyMap on_picture(const Detection& detection, int height, int width) {
  const gst::PixelRect area = gst::pixels_of(detection.roi, width, height);
  AnomalyMap seen = resize_bilinear(detection.map, area.height, area.width);
  if (seen.height == height && seen.width == width) return seen;
  const float lowest = *std::min_element(seen.values.begin(), seen.values.end());
  AnomalyMap map{height, width,
                 std::vector<float>(static_cast<std::size_t>(height) * width, lowest)};
  for (int y = 0; y < area.height; ++y)
    std::copy_n(seen.values.begin() + static_cast<std::ptrdiff_t>(y) * seen.width, seen.width,
                map.values.begin() + static_cast<std::ptrdiff_t>(area.y + y) * width + area.x);
  return map;
}

/// A mask that does not fit is worth a warning, and its picture is still worth an image score.
std::optional<Mask> mask_of(const TestPicture& picture, const Frame& frame, bool strict) {
  if (picture.good() || !picture.mask) return std::nullopt;
  std::optional<Mask> mask;
  BadFiles(strict).attempt([&] {
    Mask read = read_mask(*picture.mask);
    if (read.width != frame.width() || read.height != frame.height())
      throw Error(ErrorKind::unreadable,
                  picture.mask->string() + ": the mask is " + std::to_string(read.width) + "x" +
                      std::to_string(read.height) + ", its picture " +
                      std::to_string(frame.width()) + "x" + std::to_string(frame.height()));
    if (read.empty)
      say("warning: " + picture.mask->string() +
          ": the mask is black: all pixels of its picture count as normal ones");
    mask = std::move(read);
  });
  return mask;
}

TestedPicture infer(const TestPicture& picture, const Detector& detector,
                    const DetectSettings& settings, InputReader& reader, bool strict) {
  TestedPicture tested;
  tested.picture = picture;
  const Frame frame = read_picture(picture.file);
  const auto start = Clock::now();
  const RgbView input = reader.read(frame);
  tested.seconds.scaling = seconds_since(start);
  tested.detection = detector.detect(input, settings, &tested.seconds.detection);
  tested.map = on_picture(tested.detection, frame.height(), frame.width());
  tested.mask = mask_of(picture, frame, strict);
  return tested;
}

/// Of the test pictures.
struct Scores {
  std::vector<float> images;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  std::size_t without_mask = 0;
  std::vector<ImageSeconds> seconds;

  void add(const TestedPicture& tested) {
    const bool good = tested.picture.good();
    images.push_back(static_cast<float>(tested.detection.score));
    anomalous.push_back(good ? 0 : 1);
    seconds.push_back(tested.seconds);
    if (good)
      pixels.add(tested.map);
    else if (tested.mask)
      pixels.add(tested.map, tested.mask->defect);
    else
      ++without_mask;
  }
};

Scores infer_all(const Category& category, const Detector& detector,
                 const EvaluationSettings& settings, BadFiles& bad_files,
                 std::span<EvaluationObserver* const> observers) {
  Scores scores;
  DetectSettings detecting;
  detecting.roi = settings.fit.roi;
  InputReader reader(detecting.roi, detector.model().input_size);
  Progress progress(category.name + ": testing", category.test.size(), settings.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category.test) {
    std::optional<TestedPicture> tested;
    bad_files.attempt(
        [&] { tested = infer(picture, detector, detecting, reader, settings.strict); });
    if (tested) {
      scores.add(*tested);
      for (EvaluationObserver* observer : observers) observer->see(category, *tested);
    }
    progress.show(++done);
  }
  return scores;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// `images` is not empty.
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

}  // namespace

Learned learn(const Category& category, const std::shared_ptr<const Backbone>& backbone,
              const EvaluationSettings& settings) {
  const auto start = Clock::now();
  BadFiles bad_files(settings.strict);
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
  Model model = learner.finish([&](std::size_t done, std::size_t) { progress.show(done); });
  return {std::move(model), bad_files.passed_over(), seconds_since(start)};
}

CategoryResult test(const Category& category, const Learned& learned,
                    const std::shared_ptr<const Backbone>& backbone,
                    const EvaluationSettings& settings,
                    std::span<EvaluationObserver* const> observers) {
  const Detector detector(backbone, learned.model);
  BadFiles bad_files(settings.strict);
  CategoryResult result;
  result.name = category.name;
  result.seconds_fit = learned.seconds;
  result.n_train = detector.model().frames;

  Scores scores = infer_all(category, detector, settings, bad_files, observers);
  if (scores.images.empty())
    throw Error(ErrorKind::unreadable,
                category.name + ": none of the pictures to test with could be read");
  result.n_without_mask = scores.without_mask;
  result.n_unreadable = learned.unreadable + bad_files.passed_over();
  set_times(scores.seconds, result);
  const RankedScores images(scores.images, scores.anomalous);
  result.n_good = images.negatives();
  result.n_defect = images.positives();
  result.metrics.measure(Ranked::images, images);

  const Progress measuring(category.name + ": ranking pixels", 0, settings.quiet);
  const RankedScores pixels = scores.pixels.rank();
  result.metrics.measure(Ranked::pixels, pixels);
  for (EvaluationObserver* observer : observers)
    observer->end({result, detector.model(), images, pixels});
  return result;
}

CategoryResult evaluate(const Category& category, const std::shared_ptr<const Backbone>& backbone,
                        const EvaluationSettings& settings,
                        std::span<EvaluationObserver* const> observers) {
  return test(category, learn(category, backbone, settings), backbone, settings, observers);
}

}  // namespace mvga::tool
