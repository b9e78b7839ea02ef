// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/open_backbone.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gst/detect/lanes/lane.h"
#include "models/open_backbone.h"
#include "models/sharing/shared_inference.h"

namespace mvga::gst {

BackboneSettings backbone_settings(const DetectElementSettings& settings,
                                   BackboneSettings backbone) {
  backbone.weights = settings.weights;
  backbone.device = settings.device;
  backbone.precision = settings.precision;
  backbone.threads = static_cast<int>(settings.threads);
  return backbone;
}

std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& backbone,
                                              const DetectElementSettings& settings) {
  std::shared_ptr<const Backbone> opened = mvga::open_backbone(backbone);
  const Batching batching{settings.batch_size, std::chrono::nanoseconds(settings.batch_timeout)};
  if (!settings.model_instance_id.empty())
    return share_inference(settings.model_instance_id, std::move(opened), batching);
  const std::size_t at_once = most_inferred_at_once(settings);
  if (at_once > 1 && batching.size > 1)
    return infer_in_batches(std::move(opened),
                            {std::min(batching.size, at_once), batching.timeout});
  return opened;
}

}  // namespace mvga::gst
