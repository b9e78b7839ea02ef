// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/list.h"

#include <array>

#include "core/scoring/profiles/calibrated.h"
#include "core/scoring/profiles/calibrated_0_1.h"
#include "core/scoring/profiles/paper.h"

namespace mvga {

std::span<const ListedProfile> profiles() {
  static const std::array listed{
      ListedProfile{Profile::paper, "paper", "paper",
                    "Plain sum and plain mean over the levels, as published", "squared distance",
                    &paper_steps()},
      ListedProfile{Profile::calibrated, "calibrated", "calibrated-0.2",
                    "Positions by place, levels on a common scale, score from image and positions",
                    "standard deviations above normal", &calibrated_steps()},
      ListedProfile{Profile::calibrated_0_1, "calibrated-0.1", "calibrated",
                    "As version 0.1 had it: one mean for all places, half a vote for the image",
                    "standard deviations above normal", &calibrated_0_1_steps()},
  };
  return listed;
}

}  // namespace mvga
