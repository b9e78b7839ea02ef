// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/picture_scorer.h"

#include "core/base/stopwatch.h"
#include "tools/drawing/map_on_picture.h"

namespace mvga::tool {

PictureScorer::PictureScorer(const Detector& detector, const DetectSettings& settings)
    : detector_(detector),
      settings_(settings),
      reader_(detector.model().roi, detector.model().input_size, detector.model().reading.bits) {
  settings_.roi = detector.model().roi;
}

ScoredPicture PictureScorer::score(const Frame& frame) {
  ScoredPicture scored;
  const Stopwatch watch;
  const RgbView input = reader_.read(frame);
  scored.seconds.scaling = watch.seconds();
  scored.detection = detector_.detect(input, settings_, &scored.seconds.detection);
  scored.map = map_on_picture(scored.detection, frame.height(), frame.width());
  return scored;
}

}  // namespace mvga::tool
