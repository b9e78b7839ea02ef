// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/list.h"

#include <array>

#include "core/scoring/profiles/calibrated.h"
#include "core/scoring/profiles/paper.h"

namespace mvga {

std::span<const ListedProfile> profiles() {
  static const std::array listed{
      ListedProfile{Profile::paper, "paper",
                    "Plain sum and plain mean over the levels, as published", "squared distance",
                    &paper_steps()},
      ListedProfile{Profile::calibrated, "calibrated",
                    "Levels on a common scale, score from image and positions",
                    "standard deviations above normal", &calibrated_steps()},
  };
  return listed;
}

}  // namespace mvga
