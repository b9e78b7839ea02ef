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
#include "tools/evaluation/test_run.h"
#include "tools/media/bad_files.h"
#include "tools/media/frames.h"
#include "tools/media/sample_bits.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What is said of the images under a threshold: of the model's, if it promises one.
void judge(const Model& model, const DetectSettings& settings, const TestScores& scores,
           CategoryResult& result) {
  result.judged = settings.threshold || model.promises;
  if (!result.judged) return;
  const double rate = settings.target_fpr.value_or(model.target_fpr);
  result.threshold = settings.threshold.value_or(promised_threshold(model, rate).value);
  result.verdicts = scores.at_threshold;
  result.f1 = result.verdicts.f1();
}

}  // namespace

Learned learn(const Category& category, const std::shared_ptr<const Backbone>& backbone,
              const EvaluationSettings& settings) {
  const auto start = Clock::now();
  BadFiles bad_files(settings.strict);
  std::size_t wanted = category.train.size();
  if (settings.max_frames > 0) wanted = std::min(wanted, settings.max_frames);
  const std::span<const std::string> files = std::span(category.train).first(wanted);
  FitSettings fit = settings.fit;
  const int bits = BitsToLearn{settings.bits, category.name + ": ", settings.quiet}.of(files);
  fit.reading.bits = bits;
  Learner learner(backbone, fit);
  InputReader reader(settings.fit.roi, backbone->info().input_size, bits);
  {
    Progress progress(category.name + ": learning", wanted, settings.quiet);
    for (std::size_t i = 0; i < wanted; ++i) {
      bad_files.attempt([&] { learner.add(reader.read(read_picture(files[i], bits))); });
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
  CategoryResult result;
  result.name = category.name;
  result.seconds_fit = learned.seconds;
  result.n_train = detector.model().frames;

  TestRun test(category, detector, settings);
  test.infer_all(observers);
  if (const std::optional<Segmentation>& segmentation = test.segmentation()) {
    result.seg_f1 = segmentation->f1();
    result.seg_threshold = segmentation->limit();
  }
  judge(detector.model(), settings.detect, test.scores(), result);
  result.n_unreadable = learned.unreadable + test.unreadable();
  set_times(test.scores().seconds, result);

  const Progress measuring(category.name + ": ranking pixels", 0, settings.quiet);
  const RankedTest ranked = measure(test.scores(), result);
  for (const std::string& name : category.parts) {
    CategoryResult part = result;
    part.name = name;
    measure(test.parts()[name], part);
    judge(detector.model(), settings.detect, test.parts()[name], part);
    result.parts.push_back(std::move(part));
  }
  if (!result.parts.empty()) average_parts(result);
  for (EvaluationObserver* observer : observers)
    observer->end({result, detector.model(), ranked.images, ranked.pixels});
  return result;
}

CategoryResult evaluate(const Category& category, const std::shared_ptr<const Backbone>& backbone,
                        const EvaluationSettings& settings,
                        std::span<EvaluationObserver* const> observers) {
  return test(category, learn(category, backbone, settings), backbone, settings, observers);
}

}  // namespace mvga::tool
