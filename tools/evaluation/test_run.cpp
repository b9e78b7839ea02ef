// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/test_run.h"

#include <utility>

#include "core/base/error.h"
#include "tools/evaluation/ground_truth.h"
#include "tools/output/progress.h"

namespace mvga::tool {

TestRun::TestRun(const Category& category, const Detector& detector,
                 const EvaluationSettings& settings)
    : category_(category),
      settings_(settings),
      scorer_(detector, settings.detect),
      doubts_(category.name),
      bad_files_(settings.strict) {
  for (const std::string& part : category.parts) {
    TestScores& scores = parts_[part];
    if (category.defects) scores.saturated.emplace();
  }
}

void TestRun::infer_all(std::span<EvaluationObserver* const> observers) {
  if (!category_.validation.empty()) limit_segmentation();
  for (EvaluationObserver* observer : observers) observer->begin(category_);
  Progress progress(category_.name + ": testing", category_.test.size(), settings_.quiet);
  std::size_t done = 0;
  for (const TestPicture& picture : category_.test) {
    std::optional<TestedPicture> tested;
    bad_files_.attempt([&] { tested = infer(picture); });
    if (tested) {
      add(*tested);
      for (EvaluationObserver* observer : observers) observer->see(category_, *tested);
    }
    progress.show(++done);
  }
  progress.finish();
  doubts_.finish();
  if (all_.images.empty())
    throw Error(ErrorKind::unreadable,
                category_.name + ": none of the pictures to test with could be read");
}

void TestRun::limit_segmentation() {
  NormalPixels normal;
  Progress progress(category_.name + ": looking at normal pictures", category_.validation.size(),
                    settings_.quiet);
  std::size_t done = 0;
  for (const std::string& file : category_.validation) {
    bad_files_.attempt([&] { normal.add(scorer_.score(read_picture(file, scorer_.bits())).map); });
    progress.show(++done);
  }
  progress.finish();
  if (normal.any()) segmentation_.emplace(normal.limit());
}

TestedPicture TestRun::infer(const TestPicture& picture) {
  const Frame frame = read_picture(picture.file, scorer_.bits());
  TestedPicture tested;
  tested.picture = picture;
  ScoredPicture scored = scorer_.score(frame);
  tested.detection = std::move(scored.detection);
  tested.map = std::move(scored.map);
  tested.seconds = scored.seconds;
  add_ground_truth(frame, tested);
  return tested;
}

/// A mask that does not fit is worth a warning, and its picture is still worth an image score.
void TestRun::add_ground_truth(const Frame& frame, TestedPicture& tested) {
  const std::optional<std::filesystem::path>& file = tested.picture.mask;
  if (tested.picture.good() || !file) return;
  BadFiles(settings_.strict).attempt([&] {
    GroundTruth truth = read_ground_truth(*file, category_.defects.get());
    if (truth.mask.width != frame.width() || truth.mask.height != frame.height())
      throw Error(ErrorKind::unreadable,
                  file->string() + ": the mask is " + std::to_string(truth.mask.width) + "x" +
                      std::to_string(truth.mask.height) + ", its picture " +
                      std::to_string(frame.width()) + "x" + std::to_string(frame.height()));
    doubts_.see(*file, truth.mask);
    tested.mask = std::move(truth.mask);
    tested.defects = std::move(truth.defects);
  });
}

void TestRun::add(const TestedPicture& tested) {
  all_.add(tested);
  for (auto& [part, scores] : parts_)
    if (tested.picture.good() || tested.picture.kind == part) scores.add(tested);
  if (!segmentation_) return;
  if (tested.picture.good())
    segmentation_->add(tested.map);
  else if (tested.mask)
    segmentation_->add(tested.map, tested.mask->defect);
}

}  // namespace mvga::tool
