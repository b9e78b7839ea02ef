// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/picture_inspector.h"

#include "core/base/stopwatch.h"
#include "tools/drawing/map_on_picture.h"

namespace mvga::tool {

PictureInspector::PictureInspector(const Detector& detector, const DetectSettings& settings)
    : detector_(detector),
      settings_(settings),
      reader_(detector.model().roi, detector.model().input_size, detector.model().reading.bits) {
  settings_.roi = detector.model().roi;
}

InspectedPicture PictureInspector::inspect(const Frame& frame) {
  InspectedPicture inspected;
  const Stopwatch watch;
  const RgbView input = reader_.read(frame);
  inspected.seconds.scaling = watch.seconds();
  inspected.detection = detector_.detect(input, settings_, &inspected.seconds.detection);
  inspected.map = map_on_picture(inspected.detection, frame.height(), frame.width());
  return inspected;
}

}  // namespace mvga::tool
