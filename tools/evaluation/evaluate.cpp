// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/evaluate.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/scoring/detector.h"
#include "core/scoring/false_alarm_rate.h"
#include "tools/drawing/map_on_picture.h"
#include "tools/evaluation/mask_doubts.h"
#include "tools/evaluation/test_scores.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A mask that does not fit is worth a warning, and its picture is still worth an image score.
std::optional<Mask> mask_of(const TestPicture& picture, const Frame& frame, bool strict,
                            MaskDoubts& doubts) {
  if (picture.good() || !picture.mask) return std::nullopt;
  std::optional<Mask> mask;
  BadFiles(strict).attempt([&] {
    Mask read = read_mask(*picture.mask);
    if (read.width != frame.width() || read.height != frame.height())
      throw Error(ErrorKind::unreadable,
                  picture.mask->string() + ": the mask is " + std::to_string(read.width) + "x" +
                      std::to_string(read.height) + ", its picture " +
                      std::to_string(frame.width()) + "x" + std::to_string(frame.height()));
    doubts.see(*picture.mask, read);
    mask = std::move(read);
  });
  return mask;
}

TestedPicture infer(const TestPicture& picture, const Detector& detector,
                    const DetectSettings& settings, InputReader& reader, bool strict,
                    MaskDoubts& doubts) {
  TestedPicture tested;
  tested.picture = picture;
  const Frame frame = read_picture(picture.file);
  const auto start = Clock::now();
  const RgbView input = reader.read(frame);
  tested.seconds.scaling = seconds_since(start);
  tested.detection = detector.detect(input, settings, &tested.seconds.detection);
  tested.map = map_on_picture(tested.detection, frame.height(), frame.width());
  tested.mask = mask_of(picture, frame, strict, doubts);
  return tested;
}

TestScores infer_all(const Category& category, const Detector& detector,
                     const EvaluationSettings& settings, BadFiles& bad_files,
                     std::span<EvaluationObserver* const> observers) {
  TestScores scores;
  DetectSettings detecting = settings.detect;
  detecting.roi = detector.model().roi;
  MaskDoubts doubts(category.name);
  for (EvaluationObserver* observer : observers) observer->begin(category);
  InputReader reader(detecting.roi, detector.model().input_size);
  Progress progress(category.name + ": testing", category.test.size(), settings.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category.test) {
    std::optional<TestedPicture> tested;
    bad_files.attempt(
        [&] { tested = infer(picture, detector, detecting, reader, settings.strict, doubts); });
    if (tested) {
      scores.add(*tested);
      for (EvaluationObserver* observer : observers) observer->see(category, *tested);
    }
    progress.show(++done);
  }
  progress.finish();
  doubts.finish();
  return scores;
}

double threshold_of(const Model& model, const DetectSettings& settings) {
  if (settings.threshold) return *settings.threshold;
  const double rate = settings.target_fpr.value_or(model.target_fpr);
  return threshold_for(model.calibration.scores, rate).value;
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

  TestScores scores = infer_all(category, detector, settings, bad_files, observers);
  if (scores.images.empty())
    throw Error(ErrorKind::unreadable,
                category.name + ": none of the pictures to test with could be read");
  result.threshold = threshold_of(detector.model(), settings.detect);
  result.verdicts = scores.at_threshold;
  result.f1 = result.verdicts.f1();
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
