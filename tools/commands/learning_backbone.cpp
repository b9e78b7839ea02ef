// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/learning_backbone.h"

#include <optional>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/features/tiling.h"
#include "models/open_backbone.h"
#include "tools/media/frames.h"

namespace mvga::tool {
namespace {

int pixels_of_first(const std::vector<std::string>& files, const std::string& roi) {
  const Box part = roi.empty() ? Box() : parse_roi(roi);
  std::optional<Error> failure;
  for (const std::string& file : files) {
    try {
      const Frame frame = read_picture(file);
      return longer_side(frame.width(), frame.height(), part);
    } catch (const Error& e) {
      if (!failure) failure = e;
    }
  }
  throw failure.value_or(Error(ErrorKind::not_found, "there is nothing to learn from"));
}

}  // namespace

std::shared_ptr<const Backbone> open_backbone_to_learn(const LearningOptions& learning,
                                                       const std::vector<std::string>& files) {
  const BackboneSettings settings = learning.backbone_settings();
  if (parse_tiles(learning.tiles)) return open_backbone(settings);
  return open_backbone_for(settings, pixels_of_first(files, learning.roi));
}

}  // namespace mvga::tool
