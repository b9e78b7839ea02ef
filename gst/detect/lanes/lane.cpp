// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/lane.h"

#include <utility>

#include "gst/detect/lanes/async_lane.h"
#include "gst/detect/lanes/decoupled_lane.h"
#include "gst/detect/lanes/sync_lane.h"

namespace mvga::gst {

std::unique_ptr<Lane> make_lane(const DetectElementSettings& settings, LaneSteps steps) {
  switch (settings.inference_mode) {
    case InferenceMode::sync:
      break;
    case InferenceMode::async:
      return std::make_unique<AsyncLane>(settings, std::move(steps));
    case InferenceMode::decoupled:
      return std::make_unique<DecoupledLane>(std::move(steps));
  }
  return std::make_unique<SyncLane>(std::move(steps));
}

std::size_t most_inferred_at_once(const DetectElementSettings& settings) {
  return settings.inference_mode == InferenceMode::async ? settings.max_in_flight : 1;
}

}  // namespace mvga::gst
