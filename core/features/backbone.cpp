// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/backbone.h"

namespace mvga {

std::vector<Levels> Backbone::extract_batch(std::span<const RgbView> images) const {
  std::vector<Levels> all;
  for (const RgbView& image : images) all.push_back(extract(image));
  return all;
}

}  // namespace mvga
